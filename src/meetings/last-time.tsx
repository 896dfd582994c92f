import { sql } from 'kysely'
import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import { londonDate } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import { dueWords, InsetText, Words } from '../ui/index.ts'
import { type Action, actionsOfItems } from './actions.ts'
import { dayInWords } from './frame.tsx'
import { findItem } from './items.queries.ts'
import type { Item } from './meeting.ts'

/** What was decided last of the people of an item, and what is open from then: of the case that it repeats, and of itself where it goes on from date to date. */
export type LastTime = { decisions: readonly Decision[]; open: readonly Action[]; earlier: Item | undefined }
type Decision = { at: Date; words: string; rationale: string }

/** Before the date that the item is at, as far as the actor may read it: the earlier case may have been closed to them. */
export async function lastTimeOf(tx: Tx, actor: Actor, item: Pick<Item, 'id' | 'repeatOf' | 'meetingId' | 'meetingAt'>): Promise<LastTime> {
  const earlier = item.repeatOf ? await findItem(tx, actor, item.repeatOf) : undefined
  const ids = [item.id, ...(earlier ? [earlier.id] : [])]
  const { rows } = await sql<Decision>`
    select m.starts_at as at, e.words, e.rationale from meeting_entries e join meetings m on m.id = e.meeting_id
    where e.item_id = any (${ids}::uuid[]) and e.kind = 'decision' and e.words <> '' and e.replaced_at is null
      and e.meeting_id is distinct from ${item.meetingId}::uuid and m.starts_at <= ${item.meetingAt ?? 'infinity'}::timestamptz
    order by m.starts_at desc, e.id limit 2`.execute(tx)
  const actions = await actionsOfItems(tx, actor, ids)
  return { decisions: rows, earlier, open: actions.filter(one => one.state === 'open' && one.meetingId !== item.meetingId) }
}

export function LastTime({ last: { decisions, open, earlier }, now }: { last: LastTime; now: Date }): VNode | null {
  if (decisions.length === 0 && open.length === 0) return null
  return InsetText({
    text: (
      <section aria-labelledby="last-time">
        <h2 class="govuk-heading-s" id="last-time">
          Last time
        </h2>
        {decisions.map(one => (
          <div key={one.at.getTime()}>
            <Words lead={`Decided on ${dayInWords(one.at)}`} text={one.words} />
            {one.rationale ? <Words lead="Why" text={one.rationale} /> : null}
          </div>
        ))}
        {open.map(one => (
          <p class="govuk-body" key={one.id}>
            <a class="govuk-link" href={paths.meetings.action(one.id)}>
              {one.what}
            </a>
            <span class="ly-second">
              {one.agencyName}
              {one.workerName ? ` · ${one.workerName}` : ''} · {dueWords(one.dueOn, londonDate(now)).words}
            </span>
          </p>
        ))}
        {earlier ? (
          <p class="govuk-body">
            <a class="govuk-link" href={paths.meetings.item(earlier.id)}>
              The earlier case
            </a>
          </p>
        ) : null}
      </section>
    ),
  })
}
