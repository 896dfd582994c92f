import type { Visit } from '../../platform/web/routes.ts'
import type { Filled, Surroundings } from '../answer.ts'
import { type AnswerSet, filledOf, findAnswerSet } from '../answer-sets/answer-sets.queries.ts'
import { isOpen } from '../answer-sets/states.ts'
import type { Page } from '../definition/shape.ts'
import { isPageShown } from '../render/facts.tsx'
import { type WorkedOut, workOut } from '../work-out.ts'
import type { FormCase, FormsHost } from './host.ts'
import { surroundingsFor } from './surroundings.ts'

/** A form as every page of it begins: the case, the answers that this reader may see, and what follows from them. */
export interface OpenForm {
  readonly theCase: FormCase
  readonly set: AnswerSet
  readonly around: Surroundings
  readonly filled: Filled
  readonly workedOut: WorkedOut
  /** The pages that apply and that have something for this reader. */
  readonly pages: readonly Page[]
  readonly sections: ReadonlySet<string>
}

/** Undefined where the case or the form is not there for the actor. */
export async function openForm(visit: Visit, host: FormsHost): Promise<OpenForm | undefined> {
  const { caseId = '', answerSetId = '' } = visit.params
  const set = await findAnswerSet(visit.tx, visit.actor, caseId, answerSetId)
  if (set === undefined) return undefined
  const theCase = await host.openCase(visit, caseId)
  if (theCase === undefined) return undefined
  // A completed form reads as on the day that it was completed: ages and days left do not run on.
  const now = isOpen(set.state) ? visit.clock.now() : (set.completedAt ?? visit.clock.now())
  return opened(theCase, set, await surroundingsFor(visit, theCase, set.form, filledOf(set).answers, now))
}

/** The same form after something was saved into it. */
export async function openAgain(visit: Visit, { theCase, set, around }: OpenForm): Promise<OpenForm> {
  const saved = await findAnswerSet(visit.tx, visit.actor, set.caseId, set.id)
  return opened(theCase, saved ?? set, around)
}

function opened(theCase: FormCase, set: AnswerSet, around: Surroundings): OpenForm {
  const filled = filledOf(set)
  const sections = new Set(set.sections.keys())
  const workedOut = workOut(set.form, filled.answers, around, sections)
  const pages = set.form.definition.pages.filter(
    page => page.sections.some(section => sections.has(section.code)) && isPageShown(page, workedOut.shown),
  )
  return { theCase, set, around, filled, workedOut, pages, sections }
}
