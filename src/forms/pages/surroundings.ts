import { sql } from 'kysely'
import type { Visit } from '../../platform/web/routes.ts'
import type { ChosenAnswer, FileAnswer, Surroundings } from '../answer.ts'
import { type Form, questionsOf } from '../definition/check.ts'
import type { Column, Question } from '../definition/shape.ts'
import type { FormCase, FormsHost } from './host.ts'

// A list longer than this is not picked from; it is a sign that the question should be about a person.
const mostToPick = 500

/** Gathers what a form needs around it, and only that: most forms ask for no agency, no user and no list. */
export async function surroundingsFor(
  visit: Visit,
  host: FormsHost,
  theCase: FormCase,
  form: Form,
  { now = visit.clock.now(), received = {} }: { now?: Date; received?: Readonly<Record<string, readonly FileAnswer[]>> } = {},
): Promise<Surroundings> {
  const asked = neededBy(form)
  return {
    now,
    received,
    lists: asked.lists ? await host.lists(visit) : {},
    people: asked.people ? await theCase.people() : [],
    agencies: asked.agencies ? await agencies(visit) : [],
    users: asked.users ? await colleagues(visit) : [],
  }
}

type Needed = { lists: boolean; people: boolean; agencies: boolean; users: boolean }
const needed = new WeakMap<Form, Needed>()

function neededBy(form: Form): Needed {
  const known = needed.get(form)
  if (known) return known
  const all: (Question | Column)[] = questionsOf(form.definition).flatMap<Question | Column>(question =>
    question.type === 'table' ? [question, ...question.columns] : [question],
  )
  const asked = {
    lists: all.some(question => (question.type === 'choice' || question.type === 'choices') && !Array.isArray(question.options)),
    people: all.some(question => question.type === 'person'),
    agencies: all.some(question => question.type === 'agency'),
    users: all.some(question => question.type === 'user'),
  }
  needed.set(form, asked)
  return asked
}

async function agencies({ tx }: Visit): Promise<ChosenAnswer[]> {
  const { rows } =
    await sql<ChosenAnswer>`select id::text as id, name from agencies where disabled_at is null order by name limit ${mostToPick}`.execute(
      tx,
    )
  return rows
}

/** Active users of the writer's own agency. */
async function colleagues({ tx, actor }: Visit): Promise<ChosenAnswer[]> {
  const { rows } = await sql<ChosenAnswer>`
    select id::text as id, name from users where agency = ${actor.agency} and status = 'active' order by name, id limit ${mostToPick}`.execute(
    tx,
  )
  return rows
}
