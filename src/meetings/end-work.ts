import { sql } from 'kysely'
import { rewriteItem } from '../access/index.ts'
import type { Actor } from '../platform/actor.ts'
import { londonDate } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import { no, ok, type Result } from '../platform/result.ts'
import { auditItem } from './change-items.ts'
import type { MeetingKind } from './kind.ts'
import { addToLog } from './log.ts'
import type { Item } from './meeting.ts'

/** Whether the work on an item can be ended: of a kind whose items stay on until somebody ends it, by those who run it, once its agencies have it. */
export const mayEndWork = ({ item, kind }: { item: Item; kind: MeetingKind }): boolean =>
  kind.outcomes !== null && item.mayEdit && (item.state === 'sent' || item.state === 'discussed')

/**
 * Ends the work on an item: it closes to its members at once, and is no longer on the agenda of a date to come. What came of it is a code on the item; in
 * words it stands in the log of the work, which is free words. Whoever was given something to do keeps that.
 */
export async function endWork(
  tx: Tx,
  actor: Actor,
  now: Date,
  { item, kind }: { item: Item; kind: MeetingKind },
  { outcome, words }: { outcome: string; words: string },
): Promise<Result<void, 'not-now'>> {
  // Where it was on an agenda to come, its last date is the one that heard it last.
  const ended = await sql`
    update meeting_items set state = 'closed', closed_at = ${now}, ended_as = ${outcome}, version = version + 1,
      meeting_id = case when state = 'discussed' then meeting_id else (
        select e.meeting_id from meeting_entries e join meetings m on m.id = e.meeting_id where e.item_id = ${item.id} and e.kind <> 'carried-over' order by m.starts_at desc limit 1) end
    where id = ${item.id} and state in ('sent', 'discussed')`.execute(tx)
  if (ended.numAffectedRows !== 1n) return no('not-now')
  await rewriteItem(tx, item.id)
  const log = kind.logs.find(one => one.code === 'work')
  if (words && log)
    await addToLog(tx, actor, now, item.id, {
      log: log.code,
      what: 'ended',
      happenedOn: londonDate(now),
      toldOn: null,
      partyId: null,
      agencyId: null,
      words,
      own: [],
    })
  await auditItem(tx, actor, now, 'meeting-work-ended', item.id, { outcome })
  return ok(undefined)
}
