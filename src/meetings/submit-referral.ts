import { sql } from 'kysely'
import { rewriteItem } from '../access/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { no, ok, type Result } from '../platform/result.ts'
import { auditItem } from './change-items.ts'
import { keepAsElsewhere } from './kept-elsewhere.ts'
import type { MeetingKind } from './kind.ts'
import { addToLog } from './log.ts'
import type { Item } from './meeting.ts'
import { addParty } from './parties.ts'
import type { NewLogged, NewParty, Referred } from './referral.ts'
import { recordStep } from './review-steps.ts'
import { recordMove } from './stages.ts'
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
    where id = ${item.id} and state = 'draft' and referred_by = ${actor.userId}`.execute(tx)
  if (sent.numAffectedRows !== 1n) return no('sent-already')
  const parties: (NewParty & { id: string })[] = []
  for (const party of referred.parties) parties.push({ ...party, id: await addParty(tx, item.id, party, [actor.principal]) })
  for (const { stage, ...party } of parties)
    if (stage && kind.stages) {
      const { list, reasons } = kind.stages
      const move = { party, list, stage: stage.code, reasons, reason: '', givenOn: stage.givenOn, until: null, agencyId: null, own: [] }
      await recordMove(tx, actor, now, item, move, [actor.principal])
    }
  for (const logged of referred.logged) {
    const entry = { ...logged, partyId: await whoseIs(tx, actor, item.id, kind, parties, logged), agencyId: null, words: '', own: [] }
    await addToLog(tx, actor, now, item.id, entry, [actor.principal])
  }
  if (referred.reviewAskedOn)
    await recordStep(tx, actor, now, item.id, { step: 'asked', happenedOn: referred.reviewAskedOn }, [actor.principal])
  await rewriteItem(tx, item.id)
  await auditItem(tx, actor, now, 'meeting-referral-sent', item.id)
  const withheld = await keepAsElsewhere(tx, now, item.id, kind)
  await tellThoseWhoRun(tx, actor, now, { ...item, withheld }, 'A case has been referred to a meeting that you run')
  return ok(undefined)
}

/** Somebody whom the referral names already, or who comes with what they told of. */
async function whoseIs(
  tx: Tx,
  actor: Actor,
  itemId: string,
  kind: MeetingKind,
  parties: (NewParty & { id: string })[],
  { role, familyName, givenName }: NewLogged,
): Promise<string | null> {
  const part = kind.parties.find(one => one.role === role)?.part
  if (!part) return null
  const isThey = (one: NewParty) =>
    one.role === role &&
    one.familyName.toLowerCase() === familyName.toLowerCase() &&
    (one.givenName.toLowerCase() === givenName.toLowerCase() || givenName === '')
  const known = parties.find(isThey)
  if (known) return known.id
  const party = { part, role, familyName, givenName, bornOn: null, isPlace: false, postcode: '', about: '', stage: null }
  const id = await addParty(tx, itemId, party, [actor.principal])
  parties.push({ ...party, id })
  return id
}
