import type { ComponentChildren, VNode } from 'preact'
import { paths } from '../paths.ts'
import { formatInstant, londonDate } from '../platform/clock.ts'
import { lowerFirst } from '../platform/first-letter.ts'
import { daysBetween, formatDate } from '../platform/plain-date.ts'
import { DataTable, EmptyState, Tag } from '../ui/index.ts'
import { partsInWords, type Thing } from './parts.ts'
import { lastDayOf, mayBeEnded, type Share, standingOf } from './shares.queries.ts'

export type Opened = { name: string; first: Date; last: Date; times: number }

type Props = {
  shares: readonly Share[]
  things: readonly Thing[]
  opened: ReadonlyMap<string, readonly Opened[]>
  /** From whom the whole case is withheld: a share with them shows them nothing. */
  keptOut: ReadonlySet<number>
  /** Restricted to named people: what it is shared by waits. */
  restricted: boolean
  /** What was agreed about sharing stands still. */
  consentStands: boolean
  now: Date
  mayEnd: boolean
}

/** What shows nothing while a case is restricted (src/access/lists.ts). */
const waits: ReadonlySet<Share['kind']> = new Set(['share', 'member', 'meeting'])

/** What is shared and what was: with whom, how much, why and by what right, until when, who opened it. */
export function SharesTable({ shares, things, opened, keptOut, restricted, consentStands, now, mayEnd }: Props): VNode {
  // Somebody in an episode's team holds two grants of one moment, to read and to add to: they stand here once.
  const addedTo = new Map(shares.filter(one => one.kind === 'member' && one.level === 'edit').map(one => [momentOf(one), one]))
  const rows = shares.filter(one => !(one.kind === 'member' && one.level === 'edit'))
  const standing = rows.filter(share => standingOf(share, now) !== 'over')
  const over = rows.filter(share => standingOf(share, now) === 'over')
  return (
    <>
      <Table caption="Shared now" shares={standing} empty={<EmptyState title="Shared with nobody else." />} />
      {over.length > 0 ? <Table caption="Before" shares={over} /> : null}
    </>
  )

  function Table({ caption, shares: rows, empty }: { caption: string; shares: readonly Share[]; empty?: VNode }): VNode {
    return (
      <DataTable
        caption={caption}
        rows={rows}
        keyOf={row => row.id}
        {...(empty ? { empty } : {})}
        columns={[
          {
            heading: 'With',
            rowHeader: true,
            cell: row => row.name,
            second: row => (row.agencyName && row.agencyName !== row.name ? row.agencyName : kindWords[row.holderKind]),
          },
          {
            heading: 'What',
            cell: row =>
              standingOf(row, now) !== 'over' && (keptOut.has(row.holder) || (row.agency !== null && keptOut.has(row.agency))) ? (
                <>
                  {whatOf(row, things)} <Tag text="Shows nothing: withheld" classes="govuk-tag--red" />
                </>
              ) : restricted && waits.has(row.kind) && standingOf(row, now) !== 'over' ? (
                <>
                  {whatOf(row, things)} <Tag text="Shows nothing: restricted" classes="govuk-tag--red" />
                </>
              ) : (
                whatOf(row, things)
              ),
            second: row => doesWith(row, row.kind === 'member' ? addedTo.get(momentOf(row)) : undefined, things),
          },
          {
            heading: 'Why',
            cell: row => row.purpose || 'Not said',
            second: row => <Basis share={row} lacksConsent={!consentStands && row.restsOnConsent && standingOf(row, now) !== 'over'} />,
          },
          {
            heading: 'When',
            cell: row => <When share={row} now={now} />,
            second: row => `${row.grantedBy}, ${formatInstant(row.grantedAt)}`,
          },
          { heading: 'Who opened it', cell: row => <WhoOpened opened={opened.get(row.id) ?? []} /> },
          {
            heading: 'End the share',
            headingHidden: true,
            cell: row =>
              mayEnd && mayBeEnded.has(row.kind) && standingOf(row, now) !== 'over' ? (
                <a class="govuk-link ly-nowrap" href={paths.sharing.end(row.caseId, row.id)}>
                  {row.kind === 'break-glass' ? 'Close it again' : 'End share'}
                  <span class="govuk-visually-hidden">: {row.name}</span>
                </a>
              ) : mayEnd && row.kind === 'member' && standingOf(row, now) !== 'over' ? (
                <a class="govuk-link" href={paths.episodes.team(row.caseId)}>
                  Change the team<span class="govuk-visually-hidden">: {row.name}</span>
                </a>
              ) : null,
          },
        ]}
      />
    )
  }
}

const momentOf = ({ caseId, holder, grantedAt }: Share): string => `${caseId} ${holder} ${grantedAt.getTime()}`

/** What they may do with it; of somebody in an episode's team, which of it they add to. */
function doesWith({ level }: Share, addsTo: Share | undefined, things: Props['things']): string {
  if (addsTo) return `To read; to add to: ${lowerFirst(partsInWords(addsTo.parts, things))}`
  return level === 'edit' ? 'To read and add to' : 'To read'
}

/** Somebody in an episode's team reads what the team reads. */
function whatOf({ kind, parts }: Share, things: Props['things']): string {
  if (kind === 'member') return 'All that the team around the person sees'
  return kind === 'share' || parts ? partsInWords(parts, things) : reasonWords[kind]
}

const kindWords = { agency: 'Agency', team: 'Team', user: '', other: '' } as const
const reasonWords = {
  share: '',
  named: 'Named: the case is restricted',
  'break-glass': 'Opened in an emergency',
  meeting: 'A meeting',
  member: 'In the team around the person',
  'co-ordinator': 'Co-ordinates',
} as const

function Basis({ share: { lawfulBasis, withoutConsent }, lacksConsent }: { share: Share; lacksConsent: boolean }): VNode {
  return (
    <>
      {lawfulBasis}
      {lacksConsent ? (
        <>
          {' '}
          <Tag text="No consent in force" classes="govuk-tag--red" />
        </>
      ) : null}
      {withoutConsent ? (
        <>
          <br />
          Without consent: {withoutConsent}
        </>
      ) : null}
    </>
  )
}

function When({ share, now }: { share: Share; now: Date }): VNode {
  const { startsAt, endsAt, endedAt, endedBy, endedReason } = share
  const from = `From ${formatDate(londonDate(startsAt))}`
  if (endedAt)
    return (
      <>
        {from}, ended {formatInstant(endedAt)}
        <span class="ly-second">{[endedBy, endedReason].filter(Boolean).join(': ')}</span>
      </>
    )
  const last = lastDayOf(share)
  return (
    <>
      {from} {last ? `to ${share.kind === 'break-glass' && endsAt ? formatInstant(endsAt) : formatDate(last)}` : 'until it is ended'}{' '}
      {standingTag(share, now)}
    </>
  )
}

function standingTag(share: Share, now: Date): ComponentChildren {
  const standing = standingOf(share, now)
  if (standing === 'to-come') return <Tag text="Not yet" classes="govuk-tag--grey" />
  const last = lastDayOf(share)
  if (standing === 'over' || last === null) return null
  const left = daysBetween(londonDate(now), last)
  if (left > 14) return null
  return <Tag text={left === 0 ? 'Ends today' : left === 1 ? 'Ends tomorrow' : `Ends in ${left} days`} classes="govuk-tag--yellow" />
}

function WhoOpened({ opened }: { opened: readonly Opened[] }): VNode {
  if (opened.length === 0) return <>Nobody yet</>
  return (
    <ul class="ly-list">
      {opened.map(one => (
        <li key={one.name}>
          {one.name}
          <span class="ly-second">
            {one.times === 1 ? formatInstant(one.last) : `${one.times} times, last on ${formatInstant(one.last)}`}
          </span>
        </li>
      ))}
    </ul>
  )
}
