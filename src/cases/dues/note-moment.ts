import { answered, completedForm, settlingMoment, type Timescales, timescalesFor } from '../../dues/index.ts'
import type { Actor } from '../../platform/actor.ts'
import { londonDate } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import { no, ok, type Result } from '../../platform/result.ts'
import { instantOf } from '../events.ts'
import { type Case, findCase } from '../load-case.ts'
import { recordOnTimeline } from '../timeline/record-on-timeline.ts'
import { keepMoment, type NewMoment } from './moments.queries.ts'
import { writeStage } from './write-dues.ts'

type CompletedForm = { form: string; answerSetId: string; answers: readonly { question: string; section: string; on: PlainDate }[] }

/**
 * Lets the case's dates know that a form was completed, and of the days that were answered in it, as far as rules count from them. For
 * somebody who edits the forms of a case and not all of it nothing is noted: the next to complete it who does will have it noted.
 */
export async function noteForm(tx: Tx, actor: Actor, now: Date, caseId: string, completed: CompletedForm): Promise<void> {
  const theCase = await findCase(tx, actor, caseId)
  if (!theCase?.whole || !theCase.mayEdit) return
  const wanted = momentsOfRules(await timescalesFor(tx, theCase.serviceArea))
  const { form, answerSetId, answers } = completed
  const days: NewMoment[] = answers.map(({ question, section, on }) => ({
    moment: answered(form, question),
    on,
    answer: { answerSetId, section },
  }))
  const kept = [{ moment: completedForm(form), on: londonDate(now) }, ...days].filter(one => wanted.has(one.moment))
  for (const moment of kept) await keepMoment(tx, actor, now, caseId, moment)
  if (kept.length > 0) await writeStage(tx, caseId, theCase.state)
}

const momentsOfRules = ({ rules }: Timescales): ReadonlySet<string> => new Set(rules.flatMap(rule => [rule.anchor, settlingMoment(rule)]))

/** Somebody says that what a rule asks for has been done, on this day. The case was locked. */
export async function settleByHand(
  tx: Tx,
  actor: Actor,
  now: Date,
  theCase: Case,
  code: string,
  { on, note }: { on: PlainDate; note: string },
): Promise<Result<string, 'not-due'>> {
  const rule = (await timescalesFor(tx, theCase.serviceArea)).rules.find(one => one.code === code && one.settledBy === '')
  if (!rule || theCase.closedOn) return no('not-due')
  const id = await keepMoment(tx, actor, now, theCase.id, { moment: settlingMoment(rule), on, note })
  await writeStage(tx, theCase.id, theCase.state)
  await recordOnTimeline(tx, {
    caseId: theCase.id,
    at: instantOf(on, now),
    kind: 'task',
    part: 'work',
    title: `Done: ${rule.words}`,
    summary: note,
    source: { type: 'case-moment', id },
    actor,
  })
  return ok(rule.words)
}
