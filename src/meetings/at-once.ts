import { type Answers, validate, workOut } from '../forms/index.ts'
import type { Actor } from '../platform/actor.ts'
import { londonDate } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import { formOfMeeting, saveAnswers, surroundings } from './answers.ts'
import { beginReferral } from './change-items.ts'
import { findItem } from './items.queries.ts'
import { kindOf, type MeetingKinds, researchForm, researchPart } from './kind.ts'
import { kindNow } from './kind-now.ts'
import type { Series } from './meeting.ts'
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
  const [wrong] = validate(form, filled, around, 'complete')
  if (wrong) throw new Error(`${wrong.code}: ${wrong.message}`)
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
  const [wrong] = validate(form, filled, surroundings(now), 'complete')
  if (wrong) throw new Error(`${wrong.code}: ${wrong.message}`)
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
