import { paths } from '../paths.ts'
import type { Answer } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, Columns, DataTable, Facts, Pagination, SidePanel, Tag } from '../ui/index.ts'
import { auditItems } from './change-items.ts'
import { dayInWords, itemLine, itemLink, meetingPage, type OfSeries, peopleLine, whenInWords } from './frame.tsx'
import { partiesOf, waitingItems, withdrawnItems } from './items.queries.ts'
import { meetingStateWords, memberRoleWords } from './meeting.ts'
import { comingOf, membersOf, pastOf } from './series.queries.ts'
import { mayChangeSeries } from './series-settings-page.tsx'

const pageLength = 20
/** From which date on, as the address of a further page says. */
function placeIn(after: string): { at: Date; id: string } | undefined {
  const place = /^(\d{1,13})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(after)
  return place ? { at: new Date(Number(place[1])), id: place[2]! } : undefined
}

/** A series for those who have a part in it: what waits to be triaged, its dates, who runs it. */
export async function seriesPage(visit: Visit, { series, kind }: OfSeries): Promise<Answer> {
  const { tx, actor, clock, query } = visit
  const waiting = series.runs ? await waitingItems(tx, actor, series.id) : []
  const withdrawn = series.runs ? await withdrawnItems(tx, actor, series.id) : []
  const parties = await partiesOf(
    tx,
    [...waiting, ...withdrawn].map(one => one.id),
  )
  const coming = await comingOf(tx, series.id)
  const past = await pastOf(tx, series.id, { limit: pageLength + 1, after: placeIn(query.get('after') ?? '') })
  const last = past.length > pageLength ? past[pageLength - 1] : undefined
  const running = (await membersOf(tx, series.id)).filter(one => one.seatId === null)
  await auditItems(tx, actor, clock.now(), 'meeting-agenda-read', [...waiting, ...withdrawn])
  const dates = (caption: string, rows: typeof coming, empty: string) => (
    <DataTable
      caption={caption}
      rows={rows}
      keyOf={one => one.id}
      empty={
        <>
          <h2 class="govuk-heading-m">{caption}</h2>
          <p class="govuk-body">{empty}</p>
        </>
      }
      columns={[
        {
          heading: 'When',
          rowHeader: true,
          cell: one => (
            <a class="govuk-link" href={paths.meetings.date(one.id)}>
              {whenInWords(one.startsAt)}
            </a>
          ),
          second: one => one.place,
        },
        { heading: 'Agenda', cell: one => meetingStateWords[one.state] },
      ]}
    />
  )
  const aside = (
    <SidePanel id="about" title="Who runs it">
      <Facts items={running.map(one => ({ label: memberRoleWords[one.role], value: one.name, second: one.agencyName }))} />
      <p class="govuk-body">
        <a class="govuk-link" href={paths.meetings.cases(series.id)}>
          Cases
        </a>
      </p>
      <p class="govuk-body">
        <a class="govuk-link" href={paths.meetings.members(series.id)}>
          Members
        </a>
      </p>
      {series.runs ? (
        <p class="govuk-body">
          <a class="govuk-link" href={paths.meetings.figures(series.id)}>
            Figures
          </a>
        </p>
      ) : null}
      {mayChangeSeries(actor, series) ? (
        <p class="govuk-body">
          <a class="govuk-link" href={paths.meetings.editSeries(series.id)}>
            Change how it is run
          </a>
        </p>
      ) : null}
    </SidePanel>
  )
  const body = (
    <Columns aside={aside}>
      {series.runs ? (
        <DataTable
          caption="To be triaged"
          rows={waiting}
          keyOf={one => one.id}
          empty={
            <>
              <h2 class="govuk-heading-m">To be triaged</h2>
              <p class="govuk-body">Nothing waits.</p>
            </>
          }
          columns={[
            {
              heading: 'Case',
              rowHeader: true,
              cell: one => itemLink(one),
              second: one => <bdi>{peopleLine(kind, parties.get(one.id) ?? [])}</bdi>,
            },
            {
              heading: 'Referred',
              cell: one => (
                <>
                  {one.referredAt ? dayInWords(one.referredAt) : ''}{' '}
                  {one.correctedAt ? <Tag text="Corrected" classes="govuk-tag--orange" /> : null}
                </>
              ),
              second: one => itemLine(one, kind),
            },
          ]}
        />
      ) : null}
      {dates('Dates to come', coming, 'No date is fixed.')}
      {series.runs ? (
        <p class="govuk-body">
          <a class="govuk-link" href={paths.meetings.addDates(series.id)}>
            Add dates
          </a>
        </p>
      ) : null}
      {past.length > 0 ? dates('Held and cancelled', past.slice(0, pageLength), '') : null}
      {last
        ? Pagination({
            landmarkLabel: 'Pages of dates',
            next: { text: 'Earlier dates', href: `${paths.meetings.series(series.id)}?after=${last.startsAt.getTime()}_${last.id}` },
          })
        : null}
      {withdrawn.length > 0 ? (
        <DataTable
          caption="Withdrawn by their referrers"
          rows={withdrawn}
          keyOf={one => one.id}
          columns={[
            {
              heading: 'Case',
              rowHeader: true,
              cell: one => itemLink(one),
              second: one => <bdi>{peopleLine(kind, parties.get(one.id) ?? [])}</bdi>,
            },
            {
              heading: 'Withdrawn',
              cell: one => (one.withdrawnAt ? dayInWords(one.withdrawnAt) : ''),
              second: one => `from ${one.referringAgency}`,
            },
          ]}
        />
      ) : null}
    </Columns>
  )
  const actions = actor.capabilities.has('record')
    ? Button({ text: `Refer to ${series.name}`, href: paths.meetings.refer(series.id) })
    : undefined
  return meetingPage(kind, series.name, body, { context: kind.about, actions })
}
