import { sql } from 'kysely'
import { carryToReplacing, holdItemsKept, partsKeptFrom, rewriteItem, wordsPart } from '../access/index.ts'
import type { Answers, Filled, Form, FormDefinition, Typed } from '../forms/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { no, ok, type Result } from '../platform/result.ts'
import { formOfMeeting, saveAnswers, savedAnswers } from './answers.ts'
import { bringAlongCorrected, namedIn } from './brought-along.ts'
import { auditItem } from './change-items.ts'
import { keepAsElsewhere } from './kept-elsewhere.ts'
import type { MeetingKind } from './kind.ts'
import type { Item } from './meeting.ts'
import { differsOfPeople, isOfEachPerson, saveOfPeople } from './own-parts.ts'
import { putParties } from './parties.ts'
import { partOf } from './parts-of-item.ts'
import type { Corrected, Referred } from './referral.ts'
import { asNow, savedReferral } from './saved-referral.ts'
import { tellThoseWhoRun } from './tell.ts'

// What has been sent, and waits to be triaged, is still its referrer's to put right or to take back. Whoever runs the meeting is told that it was.

type Correction = {
  kind: MeetingKind
  form: Form
  filled: Filled
  /** The sections that the correction is of. */
  sections: readonly string[]
  before: Referred
  corrected: Corrected
  isOpen: (part: string) => boolean
}

/**
 * Saves a correction, as a revision with its author. Answers whether it changed anything; no, where the referral has been triaged meanwhile. Where it shows
 * that another case about the same people is kept from somebody, so is this from then on: before anybody is told of it.
 */
export async function correctReferral(
  tx: Tx,
  actor: Actor,
  now: Date,
  item: Item,
  { kind, form, filled, sections, before, corrected, isOpen }: Correction,
): Promise<Result<boolean, 'not-now'>> {
  await holdItemsKept(tx)
  if (!(await holdWaiting(tx, actor, item))) return no('not-now')
  const at = [item.referredAt!, ...(await revisionsOfReferral(tx, kind, item.id)).map(one => one.savedAt)]
  const differ = differsOfPeople(kind, sections, await savedReferral(tx, kind, item.id), filled)
  const changed = await saveAnswers(tx, actor, now, {
    itemId: item.id,
    form,
    filled,
    sections: sections.filter(section => !isOfEachPerson(kind, section)),
    rowFor: section => ({ audience: 'referrer', part: partOf(kind, section) }),
  })
  if (changed.length === 0 && !differ) return ok(false)
  const { score, band, criteria, measures, judged, isScoreJudged, areCriteriaJudged } = corrected
  await sql`
    update meeting_items set version = version + 1,
      score = case when ${isScoreJudged} then ${score}::int else score end, band = case when ${isScoreJudged} then ${band} else band end,
      criteria = case when ${areCriteriaJudged} then ${criteria}::text[] else criteria end,
      measures = array(select one from unnest(measures) one where not one = any (${judged}::text[])) || ${measures}::text[]
    where id = ${item.id}`.execute(tx)
  const openIn = (one: Referred) => namedIn(kind, one).filter(party => isOpen(party.part))
  const parties = await putParties(tx, now, item.id, { before: openIn(before), named: openIn(corrected) }, [actor.principal])
  const { stood, placed } = parties
  const ofPeople = differ ? await saveOfPeople(tx, actor, now, { itemId: item.id, kind, filled, stood, placed }) : []
  await bringAlongCorrected(tx, actor, now, item, kind, { before, now: corrected, ...parties }, { isOpen, at })
  const partsBut = (these: typeof placed, those: typeof placed) =>
    these.filter(one => !those.some(each => each.id === one.id)).map(one => one.part)
  await carryToReplacing(tx, now, item.id, partsBut(stood, placed), partsBut(placed, stood))
  await rewriteItem(tx, item.id)
  const all = [...changed, ...ofPeople.map(one => one.section)]
  await auditItem(tx, actor, now, 'meeting-referral-corrected', item.id, { sections: [...new Set(all)] })
  await keepAsElsewhere(tx, now, item.id, kind)
  const parts = [...changed.map(section => partOf(kind, section)), ...ofPeople.map(one => one.part)]
  await tellThoseWhoRun(tx, actor, now, item, 'A referral that waits to be triaged has been corrected', parts)
  return ok(true)
}

/** Takes a referral back with the reason: it is triaged no more, counts in no figure, and stands for its referrer and those who run the meeting. */
export async function withdrawReferral(tx: Tx, actor: Actor, now: Date, item: Item, reason: string): Promise<Result<void, 'not-now'>> {
  if (!(await holdWaiting(tx, actor, item))) return no('not-now')
  // Written while it is still theirs to write. From whom free words are kept, their own reason is no part of those.
  const part = (await partsKeptFrom(tx, actor, item.id)).includes(wordsPart) ? 'referral' : wordsPart
  await saveAnswers(tx, actor, now, {
    itemId: item.id,
    form: formOfMeeting(withdrawal),
    filled: { answers: { [reasonAsked]: reason }, typed: {} },
    sections: ['withdrawal'],
    rowFor: () => ({ audience: 'referrer', part }),
  })
  await sql`update meeting_items set state = 'withdrawn', withdrawn_at = ${now}, version = version + 1 where id = ${item.id}`.execute(tx)
  await rewriteItem(tx, item.id)
  await auditItem(tx, actor, now, 'meeting-referral-withdrawn', item.id)
  await tellThoseWhoRun(tx, actor, now, item, 'A referral that waited to be triaged has been withdrawn')
  return ok(undefined)
}

/** Why a referral was taken back. */
export const whyWithdrawn = async (tx: Tx, itemId: string): Promise<string> =>
  String((await savedAnswers(tx, { itemId, formCode: withdrawal.code })).answers[reasonAsked] ?? '')

const reasonAsked = 'reason'
const withdrawal: FormDefinition = {
  code: 'referral-withdrawal',
  title: 'Withdraw the referral',
  version: 1,
  pages: [
    {
      code: 'withdrawal',
      title: 'Withdraw the referral',
      sections: [
        {
          code: 'withdrawal',
          title: 'Withdraw the referral',
          questions: [{ code: reasonAsked, type: 'long-text', label: 'Why?', required: true }],
        },
      ],
    },
  ],
}

/** Holds the item until the transaction ends, if it still waits and is the actor's own: of them and whoever triages it, one comes first. */
async function holdWaiting(tx: Tx, actor: Actor, item: Item): Promise<boolean> {
  const { rows } = await sql`
    select id from meeting_items where id = ${item.id} and state = 'referred' and referrer = any (${[...actor.writePrincipals]}::int[]) for update`.execute(
    tx,
  )
  return rows.length > 0
}

export type Revision = { section: string; revision: number; answers: Answers; typed: Typed; savedAt: Date; savedBy: string }

/** Every revision of the referral that the actor reads, the first first: of a section, or of what it says of one person. */
export async function revisionsOfReferral(tx: Tx, kind: MeetingKind, itemId: string): Promise<Revision[]> {
  const { rows } = await sql<Revision>`
    select v.section, v.revision, v.answers, v.typed, v.saved_at as "savedAt", u.name as "savedBy"
    from meeting_answers v join users u on u.id = v.saved_by
    where v.item_id = ${itemId} and v.form_code = ${kind.referral.code} and v.research_id is null order by v.saved_at, v.section`.execute(
    tx,
  )
  return rows.map(row => ({ ...row, ...asNow(kind, row) }))
}
