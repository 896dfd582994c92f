import type { VNode } from 'preact'
import { formatDate } from '../platform/plain-date.ts'
import { DataTable, InsetText } from '../ui/index.ts'
import type { RecordToFlag, ToFlag } from './flags.ts'
import { dayInWords, itemLink, surnames } from './frame.tsx'
import { type MeetingKind, roleLabel } from './kind.ts'
import { partyName } from './meeting.ts'

type Props = { kind: MeetingKind; records: readonly RecordToFlag[] }

/** Their own records, for whoever has any of the people of an item that was heard: which they can flag, and which are flagged. */
export function FlagRecords({ kind, records }: Props): VNode | null {
  if (records.length === 0) return null
  return (
    <section aria-labelledby="flag">
      <h2 class="govuk-heading-m" id="flag">
        Flag your own records
      </h2>
      {records.some(one => one.href) ? (
        <>
          <p class="govuk-body">
            Anything new until that day is a repeat. Whoever sees the record sees its flags: say there no more than they may know.
          </p>
          {kind.flag?.caution ? InsetText({ text: kind.flag.caution }) : null}
        </>
      ) : null}
      <ul class="govuk-list">
        {records.map(one => (
          <li key={`${one.party.id} ${one.caseId}`}>
            <bdi>{partyName(one.party)}</bdi>{' '}
            <span class="ly-second">
              {roleLabel(kind, one.party.role)} · {one.serviceName} {one.reference}
            </span>
            <Flagged one={one} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The same for the reader's first page: what is still to be flagged, of whatever meeting. */
export function FlagsWanted({ wanted }: { wanted: readonly ToFlag[] }): VNode | null {
  if (wanted.length === 0) return null
  const cautions = [...new Set(wanted.flatMap(({ kind }) => kind.flag?.caution || []))]
  return (
    <>
      <DataTable
        caption="Records that you can flag"
        rows={wanted}
        keyOf={({ item, record }) => `${item.id} ${record.caseId}`}
        columns={[
          {
            heading: 'What',
            rowHeader: true,
            cell: ({ record }) => <Flagged one={record} />,
            second: ({ kind, record: { party, serviceName, reference } }) => (
              <>
                <bdi>{partyName(party)}</bdi> · {roleLabel(kind, party.role)} · {serviceName} {reference}
              </>
            ),
          },
          {
            heading: 'Heard',
            cell: ({ kind, item, parties }) => itemLink(item, surnames(kind, parties)),
            second: ({ series, item }) => `${series.name}${item.meetingAt ? `, ${dayInWords(item.meetingAt)}` : ''}`,
          },
        ]}
      />
      {cautions.map(one => (
        <p class="govuk-body" key={one}>
          {one}
        </p>
      ))}
    </>
  )
}

/** The way to flag one, or who has. */
function Flagged({ one: { href, flag, until, party, reference } }: { one: RecordToFlag }): VNode | null {
  if (href)
    return (
      <a class="govuk-link" href={href}>
        Flag their record until {formatDate(until)}
        <span class="govuk-visually-hidden">
          : {partyName(party)}, {reference}
        </span>
      </a>
    )
  if (!flag) return null
  if (flag.isOff) return <>The flag that {flag.author} raised has been taken off</>
  return (
    <>
      Flagged by {flag.author}
      {flag.reviewOn ? `, until ${formatDate(flag.reviewOn)}` : ''}
    </>
  )
}
