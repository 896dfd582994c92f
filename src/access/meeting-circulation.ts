import { sql } from 'kysely'
import { type Actor, asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { mustDecide, rewriteItemAsKeeper } from './meeting-items.ts'

/**
 * Opens what agencies have submitted on this item to everybody who reads it: its papers go round. The keeper opens it without having read it. Throws
 * unless the actor decides who sees the item.
 */
export async function circulateResearch(tx: Tx, actor: Actor, itemId: string): Promise<void> {
  await mustDecide(tx, actor, itemId)
  await asKeeper(tx, keeper => openSubmitted(keeper, itemId))
}

/** The same for research that comes in once the papers have gone round, by the agency whose own it is. */
export async function circulateOwnResearch(tx: Tx, researchId: string): Promise<void> {
  const { rows } = await sql<{ itemId: string }>`
    select item_id as "itemId" from meeting_research where id = ${researchId} for update`.execute(tx)
  if (!rows[0]) throw new Error('Research goes round by whoever may change it.')
  await asKeeper(tx, keeper => openSubmitted(keeper, rows[0]!.itemId, researchId))
}

/** Opens the notes and decisions of an item at one meeting, as they stand, to everybody who reads it: its minutes go round. Throws as before. */
export async function circulateEntries(tx: Tx, actor: Actor, itemId: string, meetingId: string): Promise<void> {
  await mustDecide(tx, actor, itemId)
  await asKeeper(tx, async keeper => {
    await sql`update meeting_entries set audience = 'item' where item_id = ${itemId} and meeting_id = ${meetingId} and replaced_at is null`.execute(
      keeper,
    )
    await rewriteItemAsKeeper(keeper, itemId)
  })
}

/**
 * Lets wait to be triaged again whatever is left on a date that is cancelled: what its canceller does not see. Whoever is kept from a case would otherwise shelve
 * it by that. Answers each with those from whom it is kept, for whoever tells those who see it; the canceller learns of none.
 */
export async function letTheUnseenWait(tx: Tx, meetingId: string): Promise<{ id: string; withheld: number[] }[]> {
  return asKeeper(tx, async keeper => {
    const { rows } = await sql<{ id: string; withheld: number[] }>`
      update meeting_items set state = 'referred', meeting_id = null, triaged_at = null, triaged_by = null, papers_circulated_at = null,
        minutes_circulated_at = null, version = version + 1
      where meeting_id = ${meetingId} and state in ('listed', 'sent') returning id, withheld`.execute(keeper)
    for (const { id } of rows) await rewriteItemAsKeeper(keeper, id)
    return rows
  })
}

async function openSubmitted(keeper: Tx, itemId: string, only: string | null = null): Promise<void> {
  const submitted = sql`select id from meeting_research where item_id = ${itemId} and state in ('submitted', 'nothing-held') and (${only}::uuid is null or id = ${only})`
  // Of each section the words last submitted, and nothing of what is still being written or has been taken out again.
  await sql`
    update meeting_answers v set audience = case when v.submitted_at is null or exists (
        select from meeting_answers later where later.research_id = v.research_id and later.section = v.section and later.submitted_at is not null
          and later.revision > v.revision) then 'own' else 'item' end
    where v.research_id in (${submitted})`.execute(keeper)
  await sql`update meeting_research set audience = 'item' where id in (${submitted})`.execute(keeper)
  await rewriteItemAsKeeper(keeper, itemId)
}
