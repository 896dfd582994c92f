import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { agenciesOf, changePerson, differences, listsOfPerson, type PersonRecord, recordingPosts } from '../../people/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import { whenInWords } from '../words.tsx'

/** Somebody of another service who works with a person and does not use this system. */
export type Professional = {
  readonly id: string
  readonly role: string
  readonly name: string | null
  readonly organisation: string | null
  readonly telephone: string | null
  readonly email: string | null
  readonly from: PlainDate | null
  readonly to: PlainDate | null
  readonly note: string | null
  /** The agencies that alone read it; null: whoever reads the person. */
  readonly namedReaders: readonly number[] | null
  readonly version: number
}
export type StatedProfessional = Omit<Professional, 'id' | 'version' | 'namedReaders'>

/** What is offered when one is recorded; any other role may be written. */
export const usualRoles = [
  'GP',
  'Health visitor',
  'School nurse',
  'Midwife',
  'School',
  'Social worker',
  'Community psychiatric nurse',
  'Probation officer',
  'Police officer',
  'Housing officer',
  'Solicitor',
  'Advocate',
  'Interpreter',
] as const

/** Those who work with a person and those who did, today's first. */
export async function professionalsOf(tx: Tx, personId: string): Promise<Professional[]> {
  const { rows } = await sql<Professional>`
    select id, role, name, organisation, telephone, email, from_on as "from", to_on as "to", note, named_readers as "namedReaders", version from person_professionals
    where person_id = ${personId} and ended_at is null order by to_on is not null, role, name`.execute(tx)
  return rows
}

/** The caller holds the person (`changingPerson`). */
export async function addProfessional(tx: Tx, actor: Actor, now: Date, person: PersonRecord, stated: StatedProfessional): Promise<string> {
  const id = uuid()
  const { role, name, organisation, telephone, email, from, to, note } = stated
  const namedReaders = await unspokenAgencies(tx, actor, person)
  await sql`
    insert into person_professionals (id, person_id, role, name, organisation, telephone, email, from_on, to_on, note, recorded_at, named_readers,
      readers, editors, withheld)
    select ${id}, p.id, ${role}, ${name}, ${organisation}, ${telephone}, ${email}, ${from}, ${to}, ${note}, ${now}, ${namedReaders}::int[], ${listsOfPerson}
    from people p where p.id = ${person.id}`.execute(tx)
  await remember(tx, actor, now, person, { id, namedReaders }, undefined, stated, 'professional-added')
  return id
}

/**
 * The agencies of the posts in which the actor works with this person for a service of which nobody is told that it is involved (E7); null where there is none.
 * Whom such a service deals with tells of it: their refuge, their solicitor. So they alone read it.
 */
async function unspokenAgencies(tx: Tx, actor: Actor, person: PersonRecord): Promise<number[] | null> {
  const posts = recordingPosts(actor, person)
  const { rows } = await sql<{ code: string }>`
    select code from service_areas where not existence_shown and code = any (${posts.flatMap(post => post.serviceArea ?? [])}::text[])`.execute(
    tx,
  )
  const unspoken = posts.filter(post => rows.some(({ code }) => code === post.serviceArea))
  return unspoken.length > 0 ? agenciesOf(unspoken) : null
}

export async function changeProfessional(
  tx: Tx,
  actor: Actor,
  now: Date,
  person: PersonRecord,
  before: Professional,
  after: StatedProfessional,
): Promise<void> {
  if (after.role === before.role && professionalInWords(after) === professionalInWords(before)) return
  const { role, name, organisation, telephone, email, from, to, note } = after
  await sql`
    update person_professionals set name = ${name}, role = ${role}, organisation = ${organisation}, telephone = ${telephone}, email = ${email},
      from_on = ${from}, to_on = ${to}, note = ${note}, version = version + 1 where id = ${before.id}`.execute(tx)
  await remember(tx, actor, now, person, before, before, after, 'professional-changed')
}

/** Taken back: it was recorded by mistake. Whoever no longer works with the person has a last day instead. */
export async function removeProfessional(tx: Tx, actor: Actor, now: Date, person: PersonRecord, before: Professional): Promise<void> {
  await sql`update person_professionals set ended_at = ${now}, version = version + 1 where id = ${before.id}`.execute(tx)
  await remember(tx, actor, now, person, before, before, undefined, 'professional-removed')
}

function remember(
  tx: Tx,
  actor: Actor,
  now: Date,
  person: PersonRecord,
  { id, namedReaders }: Pick<Professional, 'id' | 'namedReaders'>,
  before: StatedProfessional | undefined,
  after: StatedProfessional | undefined,
  action: string,
): Promise<number> {
  const changes = differences([
    ['Professional', before && `${before.role}: ${professionalInWords(before)}`, after && `${after.role}: ${professionalInWords(after)}`],
  ])
  const parts = [{ aboutId: id, namedReaders, changes }]
  return changePerson(tx, actor, now, person, { section: 'Professionals', changes: [], parts, findable: false, action })
}

function professionalInWords({ name, organisation, telephone, email, from, to, note }: StatedProfessional): string {
  return [name, organisation, telephone, email, whenInWords(from, to), note].filter(Boolean).join(', ')
}
