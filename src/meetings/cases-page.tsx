import { sql } from 'kysely'
import { paths } from '../paths.ts'
import { londonDate } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import type { Answer } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, DataTable, Due, FilterChips, Tag } from '../ui/index.ts'
import { auditItems } from './change-items.ts'
import { dayInWords, itemLink, itemTag, meetingPage, type OfSeries, peopleLine, seriesLink, surnames } from './frame.tsx'
import { openItemsOf, partiesOf } from './items.queries.ts'
import type { Item, Party } from './meeting.ts'

/** What is open of a case: how many actions, and the day of the first. */
type Open = { count: number; first: PlainDate }

async function openActions(tx: Tx, itemIds: readonly string[]): Promise<ReadonlyMap<string, Open>> {
  if (itemIds.length === 0) return new Map()
  const { rows } = await sql<Open & { itemId: string }>`
    select item_id as "itemId", count(*)::int as count, min(due_on) as first from meeting_actions
    where state = 'open' and item_id = any (${[...itemIds]}::uuid[]) group by item_id`.execute(tx)
  return new Map(rows.map(({ itemId, ...row }) => [itemId, row]))
}

/** Every case of a series that is open to its reader, whatever date it is on: whom the group works with now, and what is to be done. */
export async function casesPage(visit: Visit, { series, kind }: OfSeries): Promise<Answer> {
  const { tx, actor, clock, query } = visit
  const all = await openItemsOf(tx, actor, series.id)
  const ids = all.map(one => one.id)
  const parties = await partiesOf(tx, ids)
  const open = await openActions(tx, ids)
  await auditItems(tx, actor, clock.now(), 'meeting-cases-listed', all)
  const today = londonDate(clock.now())
  const isLate = (one: Item) => (open.get(one.id)?.first ?? today) < today
  const wanted = query.get('with')
  const shown = [...all]
    .filter(one => (wanted === 'late' ? isLate(one) : true))
    .sort((a, b) => nameOf(a, parties).localeCompare(nameOf(b, parties)))
  const here = paths.meetings.cases(series.id)
  const body = (
    <>
      <FilterChips
        label="Which cases"
        items={[
          { text: `All (${all.length})`, href: here, current: wanted !== 'late' },
          { text: `With an action that is late (${all.filter(isLate).length})`, href: `${here}?with=late`, current: wanted === 'late' },
        ]}
      />
      <DataTable
        caption="Cases"
        captionHidden
        rows={shown}
        keyOf={one => one.id}
        empty={<p class="govuk-body">{wanted === 'late' ? 'No action is late.' : 'No case is open to you.'}</p>}
        columns={[
          {
            heading: 'Case',
            rowHeader: true,
            cell: one => itemLink(one, surnames(kind, parties.get(one.id) ?? [])),
            second: one => <bdi>{peopleLine(kind, parties.get(one.id) ?? [])}</bdi>,
          },
          {
            heading: 'Where it stands',
            cell: one => (
              <>
                {itemTag(one)} {one.isRepeat ? <Tag text="Repeat" classes="govuk-tag--orange" /> : null}
              </>
            ),
            second: one => (one.meetingAt ? dayInWords(one.meetingAt) : ''),
          },
          {
            heading: 'Open actions',
            cell: one => {
              const its = open.get(one.id)
              return its ? String(its.count) : 'None'
            },
            second: one => {
              const its = open.get(one.id)
              return its ? <Due date={its.first} today={today} /> : ''
            },
          },
        ]}
      />
    </>
  )
  const mayRefer = actor.capabilities.has('record')
  return meetingPage(kind, 'Cases', body, {
    context: seriesLink(series),
    inTitle: series.name,
    actions: mayRefer ? Button({ text: `Refer to ${series.name}`, href: paths.meetings.refer(series.id) }) : undefined,
  })

  function nameOf(item: Item, of: ReadonlyMap<string, readonly Party[]>): string {
    return surnames(kind, of.get(item.id) ?? []) || `~${item.reference}`
  }
}
