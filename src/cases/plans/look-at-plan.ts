import { timescalesFor } from '../../dues/index.ts'
import { spokenName } from '../../people/index.ts'
import { today } from '../../platform/clock.ts'
import { isId } from '../../platform/id.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { type Colleague, colleaguesAmong, type PartOfCase } from '../part-of-case.ts'
import { targetFrom } from '../stage.ts'
import { planOf } from './plan.queries.ts'
import { type Action, actionsOf, type Goal, goalsOf, type Need, type Plan } from './plan.ts'
import type { WhoChoices } from './plan-forms.tsx'

/** What a form of the plan has to know: what it is about, who can do what it asks for, and when the plan is looked at next. */
export type Look = {
  plan: Plan
  part: PartOfCase
  visit: Visit
  need?: Need
  goal?: Goal
  action?: Action
  who: WhoChoices
  review: { on: PlainDate | null; planned: boolean }
  today: PlainDate
}

/** Undefined when what it is about is not in this plan. */
export async function lookFor(visit: Visit, part: PartOfCase, about: 'need' | 'goal' | 'action' | undefined): Promise<Look | undefined> {
  const plan = await planOf(visit.tx, part.caseId)
  const id = visit.params.id ?? ''
  if (about && !isId(id)) return undefined
  const need = about === 'need' ? plan.needs.find(one => one.id === id) : undefined
  const goal = about === 'goal' ? goalsOf(plan).find(one => one.id === id) : undefined
  const action = about === 'action' ? actionsOf(plan).find(one => one.id === id) : undefined
  if (about && !need && !goal && !action) return undefined
  const day = today(visit.clock)
  const who = { colleagues: await colleagues(visit, part), personName: await personSpoken(visit, part) }
  const found = { ...(need ? { need } : {}), ...(goal ? { goal } : {}), ...(action ? { action } : {}) }
  return { plan, part, visit, ...found, who, review: await reviewOf(visit, part, day), today: day }
}

/** The reader first: what one does oneself is the commonest. */
async function colleagues(visit: Visit, part: PartOfCase): Promise<Colleague[]> {
  const all = await colleaguesAmong(visit.tx, part, visit.clock.now())
  const own = (one: Colleague) => one.principal === visit.actor.principal
  return [...all.filter(own), ...all.filter(one => !own(one))]
}

async function personSpoken(visit: Visit, part: PartOfCase): Promise<string> {
  const row = await visit.tx.selectFrom('people').select(['given_name', 'family_name']).where('id', '=', part.personId).executeTakeFirst()
  return row ? spokenName({ given: row.given_name, family: row.family_name }) : part.personName
}

async function reviewOf(visit: Visit, part: PartOfCase, day: PlainDate): Promise<Look['review']> {
  const { theCase } = part
  if (theCase.state.reviewDueOn) return { on: theCase.state.reviewDueOn, planned: true }
  return { on: targetFrom(await timescalesFor(visit.tx, theCase.serviceArea), 'review', day), planned: false }
}
