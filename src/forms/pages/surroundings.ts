import { sql } from 'kysely'
import { labelsOf, optionsOf } from '../../lists/index.ts'
import type { Visit } from '../../platform/web/routes.ts'
import type { Answers, ChosenAnswer, Surroundings } from '../answer.ts'
import { type Form, type Lists, questionsOf } from '../definition/form.ts'
import type { Column, Option, Question } from '../definition/shape.ts'
import type { FormCase } from './host.ts'

/** Gathers what a form needs around it, and only that: most forms ask for no agency, no user and no list. */
export async function surroundingsFor(visit: Asking, theCase: About, form: Form, answers: Answers, now: Date): Promise<Surroundings> {
  const asked = neededBy(form)
  return {
    now,
    received: {},
    lists: await listsFor(visit, theCase, asked.lists, answers),
    people: asked.people ? await theCase.people() : [],
    agencies: asked.agencies ? await agencies(visit, wordsIn(answers)) : [],
    users: asked.users ? await colleagues(visit, wordsIn(answers)) : [],
  }
}

type Asking = Pick<Visit, 'tx' | 'actor'>
type About = Pick<FormCase, 'serviceArea' | 'people'>
type Needed = { lists: readonly string[]; people: boolean; agencies: boolean; users: boolean }
const needed = new WeakMap<Form, Needed>()

function neededBy(form: Form): Needed {
  const known = needed.get(form)
  if (known) return known
  const all = questionsOf(form.definition).flatMap<Question | Column>(question =>
    question.type === 'table' ? [question, ...question.columns] : [question],
  )
  const lists = all.flatMap(question =>
    (question.type === 'choice' || question.type === 'choices') && !Array.isArray(question.options) ? [question.options.list] : [],
  )
  const asked = {
    lists: [...new Set(lists)],
    people: all.some(question => question.type === 'person'),
    agencies: all.some(question => question.type === 'agency'),
    users: all.some(question => question.type === 'user'),
  }
  needed.set(form, asked)
  return asked
}

/** What may be chosen now, and what was chosen before it was archived: an old answer stays an answer. */
async function listsFor({ tx }: Asking, { serviceArea }: About, asked: readonly string[], answers: Answers): Promise<Lists> {
  const lists: Record<string, Option[]> = {}
  const given = asked.length > 0 ? new Set(wordsIn(answers)) : new Set<string>()
  for (const list of asked) {
    const open = await optionsOf(tx, list, serviceArea)
    const isOpen = new Set(open.map(option => option.code))
    const archived = [...(await labelsOf(tx, list, serviceArea))].filter(([code]) => given.has(code) && !isOpen.has(code))
    lists[list] = [...open.map(({ code, label }) => ({ code, label })), ...archived.map(([code, label]) => ({ code, label }))]
  }
  return lists
}

function wordsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(wordsIn) : []
}

/** Those that there are now, and those that were chosen when they still were. */
async function agencies({ tx }: Asking, chosen: readonly string[]): Promise<ChosenAnswer[]> {
  const { rows } = await sql<ChosenAnswer>`
    select id::text as id, name from agencies where disabled_at is null or id::text = any (${chosen}::text[]) order by name, id`.execute(tx)
  return rows
}

/** Active users of the writer's own agency, all of them, and whoever was chosen before they left. */
async function colleagues({ tx, actor }: Asking, chosen: readonly string[]): Promise<ChosenAnswer[]> {
  const { rows } = await sql<ChosenAnswer>`
    select id::text as id, name from users where (agency = ${actor.agency} and status = 'active') or id::text = any (${chosen}::text[])
    order by name, id`.execute(tx)
  return rows
}
