import { sql } from 'kysely'
import { holdCase } from '../../access/index.ts'
import { audit } from '../../audit/index.ts'
import { type Actor, may } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { no, ok, type Result } from '../../platform/result.ts'
import { takeOutTexts } from '../../texts/index.ts'
import type { Answers, Surroundings } from '../answer.ts'
import { type FormError, validate } from '../validate.ts'
import { workOut } from '../work-out.ts'
import { type AnswerSet, codesOf, filledOf, findAnswerSet } from './answer-sets.queries.ts'
import { recordEvent } from './start-answers.ts'
import { after } from './states.ts'
import { writeFormTexts } from './texts-of-forms.ts'

/** `seen` is what its signatory has read (`stampOf`): the form is theirs to answer for as it was then, and as nothing else. */
type Which = { caseId: string; answerSetId: string; seen?: string }
export type Completed =
  | { ok: true }
  | { ok: false; error: 'not-there' | 'not-open' | 'not-all-visible' | 'changed' }
  | { ok: false; error: 'not-ready'; errors: readonly FormError[] }

/**
 * Completes a form: everything required is there and right, and what applied is kept as completed, with scores and calculations.
 * Somebody from whom a section is withheld cannot answer for the whole, so they cannot complete it.
 */
export async function complete(tx: Tx, actor: Actor, { caseId, answerSetId, seen }: Which, around: Surroundings): Promise<Completed> {
  const set = await lock(tx, actor, caseId, answerSetId)
  if (set === undefined) return no('not-there')
  const to = after(set.state, 'complete')
  if (to === undefined) return no('not-open')
  const wanted = sectionsOf(set)
  if (!wanted.every(section => set.sections.get(section)?.mayEdit)) return no('not-all-visible')
  if (seen !== undefined && seen !== stampOf(set)) return no('changed')
  const filled = filledOf(set)
  const workedOut = workOut(set.form, filled.answers, around)
  const errors = validate(set.form, filled, around, 'complete', workedOut)
  if (errors.length > 0) return { ok: false, error: 'not-ready', errors }
  for (const section of wanted) {
    const kept: Answers = Object.fromEntries(
      codesOf(set.form, section).flatMap(code => (workedOut.answers[code] === undefined ? [] : [[code, workedOut.answers[code]]])),
    )
    await sql`update answer_sections set completed = ${JSON.stringify(kept)}::jsonb where answer_set_id = ${answerSetId} and section = ${section}`.execute(
      tx,
    )
  }
  await sql`
    update answer_sets set state = ${to}, completed_by = ${actor.userId}, completed_at = ${around.now}, signed_off_by = null, signed_off_at = null
    where id = ${answerSetId}`.execute(tx)
  await writeFormTexts(tx, answerSetId, wanted)
  await record(tx, actor, around.now, set, 'completed')
  return { ok: true }
}

/** Signs a completed form off, as a whole that its signatory can read. One's own asks for a right of its own (F7). */
export async function signOff(
  tx: Tx,
  actor: Actor,
  now: Date,
  { caseId, answerSetId, seen }: Which,
): Promise<Result<undefined, 'not-there' | 'not-completed' | 'not-yours' | 'your-own' | 'not-all-visible' | 'changed'>> {
  const set = await lock(tx, actor, caseId, answerSetId)
  if (set === undefined) return no('not-there')
  const to = after(set.state, 'sign-off')
  if (to === undefined) return no('not-completed')
  if (!maySignOff(actor, set)) return no(isOwn(actor, set) ? 'your-own' : 'not-yours')
  if (!isSeenWhole(set)) return no('not-all-visible')
  if (seen !== undefined && seen !== stampOf(set)) return no('changed')
  await sql`update answer_sets set state = ${to}, signed_off_by = ${actor.userId}, signed_off_at = ${now} where id = ${answerSetId}`.execute(
    tx,
  )
  await record(tx, actor, now, set, 'signed-off')
  return ok(undefined)
}

/** Whether its reader sees every section of it: only they can answer for it as a whole. */
export const isSeenWhole = (set: AnswerSet): boolean => sectionsOf(set).every(section => set.sections.has(section))

const sectionsOf = ({ form }: AnswerSet): string[] => form.definition.pages.flatMap(page => page.sections.map(section => section.code))

/** What somebody has before them of a form, in words that a page carries: its sections by revision, and when it was completed. */
export function stampOf({ sections, completedAt }: Pick<AnswerSet, 'sections' | 'completedAt'>): string {
  const revisions = [...sections].map(([code, { revision }]) => `${code}:${revision}`).sort()
  return [...revisions, completedAt?.toISOString() ?? 'not-completed'].join(' ')
}

/** Opens a completed form again, for a reason. What was completed stays readable until it is completed anew. */
export async function reopen(
  tx: Tx,
  actor: Actor,
  now: Date,
  { caseId, answerSetId }: Which,
  reason: string,
): Promise<Result<undefined, 'not-there' | 'not-closed' | 'not-yours' | 'no-reason'>> {
  const set = await lock(tx, actor, caseId, answerSetId)
  if (set === undefined) return no('not-there')
  const to = after(set.state, 'reopen')
  if (to === undefined) return no('not-closed')
  if (!mayReopen(actor, set)) return no('not-yours')
  if (reason.trim() === '') return no('no-reason')
  await sql`update answer_sets set state = ${to} where id = ${answerSetId}`.execute(tx)
  await record(tx, actor, now, set, 'reopened', reason.trim())
  return ok(undefined)
}

/** Puts a form that was begun by mistake aside, for whoever began it. What was written into it can still be read. */
export async function discard(
  tx: Tx,
  actor: Actor,
  now: Date,
  { caseId, answerSetId }: Which,
): Promise<Result<undefined, 'not-there' | 'not-a-draft' | 'not-yours'>> {
  const set = await lock(tx, actor, caseId, answerSetId)
  if (set === undefined) return no('not-there')
  const to = after(set.state, 'discard')
  if (to === undefined) return no('not-a-draft')
  if (!mayDiscard(actor, set)) return no('not-yours')
  await sql`update answer_sets set state = ${to} where id = ${answerSetId}`.execute(tx)
  await takeOutTexts(tx, 'form', answerSetId)
  await record(tx, actor, now, set, 'discarded')
  return ok(undefined)
}

export function mayDiscard(actor: Actor, set: Pick<AnswerSet, 'state' | 'mayEdit' | 'startedById'>): boolean {
  return set.mayEdit && set.state === 'draft' && set.startedById === actor.userId
}

type Written = Pick<AnswerSet, 'completedById' | 'authorIds'>

export function maySignOff(actor: Actor, set: Written & Pick<AnswerSet, 'mayEdit'>): boolean {
  return set.mayEdit && may(actor, isOwn(actor, set) ? 'sign-off-own' : 'sign-off')
}

/** A form is one's own where one wrote any of it, whoever completed it (F7). */
const isOwn = (actor: Actor, { completedById, authorIds }: Written): boolean =>
  completedById === actor.userId || authorIds.some(one => one === actor.userId)

/** Whoever may edit may reopen what is completed; what is signed off, those who may sign off. */
export function mayReopen(actor: Actor, set: Pick<AnswerSet, 'state' | 'mayEdit'>): boolean {
  return set.mayEdit && (set.state !== 'signed-off' || may(actor, 'sign-off') || may(actor, 'sign-off-own'))
}

/** The case, then its sections, as saving does, so that a save in flight is finished before its form is completed. */
async function lock(tx: Tx, actor: Actor, caseId: string, answerSetId: string): Promise<AnswerSet | undefined> {
  const before = await findAnswerSet(tx, actor, caseId, answerSetId)
  if (before === undefined || !before.mayEdit) return undefined
  await holdCase(tx, caseId)
  await sql`select section from answer_sections where answer_set_id = ${answerSetId} order by section for update`.execute(tx)
  await sql`select id from answer_sets where id = ${answerSetId} for update`.execute(tx)
  return findAnswerSet(tx, actor, caseId, answerSetId)
}

async function record(
  tx: Tx,
  actor: Actor,
  now: Date,
  set: AnswerSet,
  kind: 'completed' | 'signed-off' | 'reopened' | 'discarded',
  reason = '',
): Promise<void> {
  await recordEvent(tx, actor, now, set.id, kind, reason)
  await audit(tx, actor, now, {
    action: `form-${kind}`,
    subject: { type: 'answer-set', id: set.id },
    personId: set.personId,
    caseId: set.caseId,
    detail: { form: set.form.definition.code },
  })
}
