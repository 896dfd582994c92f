import type { Plan } from '../../cases/index.ts'
import type { AnswerSet } from '../../forms/index.ts'
import { fingerprintOf } from '../paper/paper.ts'

/** What exactly is signed: which version, and a fingerprint of all that it says. */
export type Content = { readonly version: string; readonly contentHash: string }

/** Needs, goals and actions. That it was agreed is written beside it, and leaves what was signed as it is. */
export const contentOfPlan = (plan: Pick<Plan, 'version' | 'needs'>): Content => ({
  version: String(plan.version),
  contentHash: fingerprintOf(JSON.parse(JSON.stringify(plan.needs))),
})

/**
 * A completed form, whole. Undefined while it is not completed, and for somebody from whom a section is withheld: nobody signs, or has signed
 * before them, what they do not see.
 */
export function contentOfForm(set: AnswerSet): Content | undefined {
  if (set.state !== 'completed' && set.state !== 'signed-off') return undefined
  const wanted = set.form.definition.pages.flatMap(page => page.sections.map(section => section.code))
  if (!set.completedAt || !wanted.every(code => set.sections.get(code)?.completed)) return undefined
  const completed = Object.fromEntries(wanted.map(code => [code, set.sections.get(code)?.completed ?? {}]))
  const { code, version } = set.form.definition
  return { version: set.completedAt.toISOString(), contentHash: fingerprintOf({ form: code, version, completed }) }
}
