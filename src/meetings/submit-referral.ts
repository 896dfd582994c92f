import { sql } from 'kysely'
import { rewriteItem } from '../access/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { no, ok, type Result } from '../platform/result.ts'
import { bringAlong, namedIn } from './brought-along.ts'
import { auditItem } from './change-items.ts'
import { partiesOf } from './items.queries.ts'
import { keepAsElsewhere } from './kept-elsewhere.ts'
import type { MeetingKind } from './kind.ts'
import type { Item } from './meeting.ts'
import { saveOfPeople } from './own-parts.ts'
import { asNamed, putParties } from './parties.ts'
import type { Referred } from './referral.ts'
import { savedReferral } from './saved-referral.ts'
import { tellThoseWhoRun } from './tell.ts'

/**
 * Sends a referral to those who run the series. From now on they have it, and the referrer follows it; but for those from whom another about the same people
 * is kept, who neither read it nor are told.
 */
export async function submitReferral(
  tx: Tx,
  actor: Actor,
  now: Date,
  item: Item,
  kind: MeetingKind,
  referred: Referred,
): Promise<Result<void, 'sent-already'>> {
  const sent = await sql`
    update meeting_items set state = 'referred', referred_at = ${now}, score = ${referred.score}, band = ${referred.band}, criteria = ${referred.criteria}::text[],
      measures = ${referred.measures}::text[], version = version + 1
    where id = ${item.id} and state = 'draft'`.execute(tx)
  if (sent.numAffectedRows !== 1n) return no('sent-already')
  const named = namedIn(kind, referred)
  // Whoever it was begun for on their record is somebody of it already.
  const before = ((await partiesOf(tx, [item.id])).get(item.id) ?? []).map(asNamed)
  const { placed } = await putParties(tx, now, item.id, { before, named }, [actor.principal])
  await saveOfPeople(tx, actor, now, { itemId: item.id, kind, filled: await savedReferral(tx, kind, item.id), stood: [], placed })
  await bringAlong(tx, actor, now, item, kind, referred, placed)
  await rewriteItem(tx, item.id)
  await auditItem(tx, actor, now, 'meeting-referral-sent', item.id)
  const withheld = await keepAsElsewhere(tx, now, item.id, kind)
  await tellThoseWhoRun(tx, actor, now, { ...item, withheld }, 'A case has been referred to a meeting that you run')
  return ok(undefined)
}
