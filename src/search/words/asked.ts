import { sql } from 'kysely'
import { today } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Visit } from '../../platform/web/routes.ts'
import type { TextSource } from '../../texts/index.ts'
import type { FieldError } from '../../ui/index.ts'
import { readDays } from './days.ts'
import type { PlaceInOrder, Wanted } from './wanted.ts'

/** Where somebody looks: among people, or in what was written: all of it or one kind. */
export type Where = 'people' | 'written' | TextSource

/** In the order of the tabs. */
export const wheres: readonly { readonly where: Where; readonly text: string }[] = [
  { where: 'people', text: 'People' },
  { where: 'written', text: 'Everything written' },
  { where: 'note', text: 'Notes' },
  { where: 'case', text: 'Cases' },
  { where: 'form', text: 'Forms' },
  { where: 'document', text: 'Documents' },
  { where: 'plan', text: 'Plans' },
  { where: 'task', text: 'Tasks' },
  { where: 'message', text: 'Messages' },
]

/** What narrows a search, as it was typed and stands in the address. */
export const filterNames = ['service', 'author', 'worker', 'when'] as const
export type FilterName = (typeof filterNames)[number]

/** What the address asks for. */
export type Asked = {
  readonly text: string
  readonly where: Where
  readonly typed: Readonly<Record<FilterName, string>>
  readonly personId: string | undefined
  readonly caseId: string | undefined
  readonly after: PlaceInOrder | undefined
  /** What was recorded after this moment is new to whoever opened a saved search. */
  readonly newSince: Date | undefined
}

const longest = 200
const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export function readAsked(query: URLSearchParams): Asked {
  // A saved search is an address in a field of a form: what the server's own reading of addresses leaves out is left out here too.
  const typed = (name: string) => (query.get(name) ?? '').replaceAll('\0', '').trim().slice(0, longest)
  const id = (name: string) => idPattern.exec(query.get(name) ?? '')?.[0]
  const scoped = id('person') ?? id('case')
  const where = wheres.find(one => one.where === query.get('in'))?.where ?? (scoped ? 'written' : 'people')
  return {
    text: typed('q').normalize('NFC'),
    where: scoped && where === 'people' ? 'written' : where,
    typed: { service: serviceOf(typed('service')), author: typed('author'), worker: typed('worker'), when: typed('when') },
    personId: id('person'),
    caseId: id('case'),
    after: placeOf(query.get('after')),
    newSince: momentOf(query.get('new')),
  }
}

/** Codes have no other letters, and none may come into the marks of the index. */
const serviceOf = (text: string): string => (/^[a-z0-9-]{1,50}$/.test(text) ? text : '')

function placeOf(text: string | null): PlaceInOrder | undefined {
  const [, micros, id = ''] = /^(\d{1,16})_([0-9a-f-]{36})$/.exec(text ?? '') ?? []
  return micros && idPattern.test(id) ? { micros: Number(micros), id } : undefined
}

function momentOf(text: string | null): Date | undefined {
  return /^\d{1,13}$/.test(text ?? '') ? new Date(Number(text)) : undefined
}

/** The address of a search; what is empty is left out of it. */
export function addressOf(
  path: string,
  asked: Asked,
  change: Partial<Omit<Asked, 'typed'>> & { typed?: Partial<Asked['typed']> } = {},
): string {
  const { text, where, personId, caseId, after, newSince } = { ...asked, after: undefined, ...change }
  const typed = { ...asked.typed, ...change.typed }
  const parts: [string, string | undefined][] = [
    ['q', text],
    ['in', where === 'people' ? undefined : where],
    ['person', personId],
    ['case', caseId],
    ...filterNames.map((name): [string, string] => [name, where === 'people' ? '' : typed[name]]),
    ['after', after && `${after.micros}_${after.id}`],
    ['new', newSince && String(newSince.getTime())],
  ]
  const query = new URLSearchParams(parts.flatMap(([name, value]) => (value ? [[name, value]] : []))).toString()
  return query ? `${path}?${query}` : path
}

/** What is to be found, or what is wrong with what was typed. Names of users are any part of them; "me" is whoever asks. */
export async function wantedFrom({ tx, actor, clock }: Visit, asked: Asked): Promise<{ wanted: Wanted; errors: readonly FieldError[] }> {
  const errors: FieldError[] = []
  const days = readDays(asked.typed.when, today(clock))
  if (!days.ok) errors.push({ field: 'when', message: days.message })
  const users = async (field: 'author' | 'worker') => {
    const typed = asked.typed[field]
    if (typed === '') return undefined
    if (/^(me|myself)$/i.test(typed)) return actor.userId ? [actor.userId] : []
    const found = await usersCalled(tx, typed)
    if (found.length === 0) errors.push({ field, message: `No user is called “${typed}”` })
    return found
  }
  const wanted: Wanted = {
    words: asked.text,
    source: asked.where === 'people' || asked.where === 'written' ? undefined : asked.where,
    serviceArea: asked.typed.service || undefined,
    authors: await users('author'),
    workers: await users('worker'),
    days: days.ok && (days.value.from || days.value.to) ? days.value : undefined,
    personId: asked.personId,
    caseId: asked.caseId,
  }
  return { wanted, errors }
}

/** At most some dozens: who types one letter does not mean anybody. */
async function usersCalled(tx: Tx, typed: string): Promise<string[]> {
  const parts = typed.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 4)
  const { rows } = await sql<{ id: string }>`
    select u.id from users u where ${sql.join(
      parts.map(part => sql`position(${part} in lower(u.name)) > 0`),
      sql` and `,
    )} order by u.name limit 40`.execute(tx)
  return rows.map(row => row.id)
}

/** Whether anything is looked for: a word that is not only to be left out. */
export const isAnythingWanted = (text: string): boolean => /[\p{L}\p{N}]/u.test(text.replace(/(^|\s)-("[^"]*"?|\S+)/g, ' '))
