import { type Answers, type Filled, type Form, validate, workOut } from '../forms/index.ts'
import type { Actor } from '../platform/actor.ts'
import { londonDate } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import { formOfMeeting, saveAnswers, savedAnswers, surroundings } from './answers.ts'
import { auditItem, beginReferral } from './change-items.ts'
import { findItem } from './items.queries.ts'
import { kindOf, type MeetingKind, type MeetingKinds, researchForm, researchPart } from './kind.ts'
import { kindNow } from './kind-now.ts'
import type { Item, Series } from './meeting.ts'
import { partOf } from './parts-of-item.ts'
import { referredFrom } from './referral.ts'
import { type Research, submitResearch } from './research.ts'
import { submitReferral } from './submit-referral.ts'

/** A referral from beginning to end, for stories that are told through the product. Throws for one that its pages would not have sent. */
export async function referAtOnce(tx: Tx, actor: Actor, now: Date, kinds: MeetingKinds, series: Series, answers: Answers): Promise<string> {
  const kind = await kindNow(tx, kindOf(kinds, series.kind))
  const form = formOfMeeting(kind.referral)
  const around = surroundings(now)
  const filled = { answers, typed: {} }
  mustBeRight(form, filled, now)
  const itemId = await beginReferral(tx, actor, now, series)
  await saveAnswers(tx, actor, now, {
    itemId,
    form,
    filled,
    sections: form.definition.pages.flatMap(page => page.sections.map(section => section.code)),
    rowFor: section => ({ audience: 'referrer', part: partOf(kind, section) }),
  })
  const item = await findItem(tx, actor, itemId)
  const sent =
    item && (await submitReferral(tx, actor, now, item, kind, referredFrom(kind, workOut(form, answers, around).answers, londonDate(now))))
  if (!sent?.ok) throw new Error('The referral was not sent.')
  return itemId
}

/** What an agency knows, submitted. */
export async function answerAtOnce(
  tx: Tx,
  actor: Actor,
  now: Date,
  kinds: MeetingKinds,
  series: Series,
  one: Research,
  answers: Answers,
): Promise<void> {
  const kind = await kindNow(tx, kindOf(kinds, series.kind))
  const form = formOfMeeting(researchForm(kind, one.category))
  const filled = { answers, typed: {} }
  mustBeRight(form, filled, now)
  await saveAnswers(tx, actor, now, {
    itemId: one.itemId,
    researchId: one.id,
    form,
    filled,
    sections: form.definition.pages.flatMap(page => page.sections.map(section => section.code)),
    rowFor: () => ({ audience: 'own', own: [one.seatPrincipal], part: researchPart(kind, one.category) }),
  })
  const sent = await submitResearch(tx, actor, now, one, 'submitted', false)
  if (!sent.ok) throw new Error('The research was not submitted.')
}

/** Some answers of the form that everybody on an item writes, on top of what stands there: a version of each section that they change. */
export async function writeTogetherAtOnce(tx: Tx, actor: Actor, now: Date, kind: MeetingKind, item: Item, answers: Answers): Promise<void> {
  if (!kind.shared) throw new Error(`${kind.name} has no form that everybody writes.`)
  const form = formOfMeeting(kind.shared)
  const saved = await savedAnswers(tx, { itemId: item.id, formCode: kind.shared.code })
  const filled = { answers: { ...saved.answers, ...answers }, typed: saved.typed }
  mustBeRight(form, filled, now)
  for (const page of kind.shared.pages) {
    const sections = page.sections.filter(one => one.questions.some(({ code }) => code in answers)).map(one => one.code)
    if (sections.length === 0) continue
    const rowFor = (section: string) => ({ audience: 'item' as const, own: item.invited ?? [], part: partOf(kind, section) })
    await saveAnswers(tx, actor, now, { itemId: item.id, form, filled, sections, rowFor })
    await auditItem(tx, actor, now, 'meeting-shared-form-changed', item.id, { page: page.code })
  }
}

function mustBeRight(form: Form, filled: Filled, now: Date): void {
  const [wrong] = validate(form, filled, surroundings(now), 'complete')
  if (wrong) throw new Error(`${wrong.code}: ${wrong.message}`)
}
