import type { Goal, Need, Plan } from '../cases/index.ts'
import type { Member } from './episode.ts'

/** For whom a paper is made: it stands on it, so that two papers of one episode are told apart. */
export const readersOfPaper = {
  themselves: 'the child or adult themselves',
  mother: 'their mother',
  father: 'their father',
  family: 'the whole family',
  other: 'somebody else',
} as const
export type ReaderOfPaper = keyof typeof readersOfPaper
export const isReaderOfPaper = (text: string): text is ReaderOfPaper => Object.hasOwn(readersOfPaper, text)

/** What somebody chose to put on paper, by id. Nothing is on it that was not chosen: whoever holds it may show it to anybody at home. */
export type Choice = { members: ReadonlySet<string>; numbers: ReadonlySet<string>; lines: ReadonlySet<string> }

export const choiceFrom = (query: URLSearchParams): Choice => ({
  members: new Set(query.getAll('member')),
  numbers: new Set(query.getAll('number')),
  lines: new Set(query.getAll('line')),
})

/** Members as they stand on it: a private number is a choice of its own, the number of somebody's work is not. */
export const membersOnPaper = (members: readonly Member[], { members: chosen, numbers }: Choice): Member[] =>
  members.filter(one => chosen.has(one.id)).map(one => (hasOwnNumber(one) && !numbers.has(one.id) ? { ...one, telephone: '' } : one))

/** Somebody without a log-in who gave a number: a grandmother's is hers. */
export const hasOwnNumber = ({ userId, telephone }: Member): boolean => userId === null && telephone !== ''

/** Needs, goals and actions that stand, without the detail that is for those who work with them. */
export function planOnPaper(plan: Plan, { lines }: Choice): Need[] {
  return standing(plan)
    .map(need => ({ ...need, goals: need.goals.map(goal => ({ ...goal, actions: goal.actions.filter(one => lines.has(one.id)) })) }))
    .map(need => ({ ...need, goals: need.goals.filter(goal => lines.has(goal.id) || goal.actions.length > 0) }))
    .filter(need => lines.has(need.id) || need.goals.length > 0)
}

/** What could be put on it. */
export const standing = (plan: Plan): Need[] =>
  plan.needs
    .filter(need => !need.endedReason)
    .map(need => ({ ...need, goals: need.goals.filter(goal => !goal.endedReason).map(withoutDropped) }))

const withoutDropped = (goal: Goal): Goal => ({ ...goal, actions: goal.actions.filter(one => one.status !== 'dropped') })
