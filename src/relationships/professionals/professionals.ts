import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { changePerson, differences, listsOfPerson, type PersonRecord } from '../../people/index.ts'
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
  readonly version: number
}
export type StatedProfessional = Omit<Professional, 'id' | 'version'>

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
    select id, role, name, organisation, telephone, email, from_on as "from", to_on as "to", note, version from person_professionals
    where person_id = ${personId} and ended_at is null order by to_on is not null, role, name`.execute(tx)
  return rows
}

/** The caller holds the person (`changingPerson`). */
export async function addProfessional(tx: Tx, actor: Actor, now: Date, person: PersonRecord, stated: StatedProfessional): Promise<string> {
  const id = uuid()
  const { role, name, organisation, telephone, email, from, to, note } = stated
  await sql`
    insert into person_professionals (id, person_id, role, name, organisation, telephone, email, from_on, to_on, note, recorded_at, readers, editors, withheld)
    select ${id}, p.id, ${role}, ${name}, ${organisation}, ${telephone}, ${email}, ${from}, ${to}, ${note}, ${now}, ${listsOfPerson}
    from people p where p.id = ${person.id}`.execute(tx)
  await remember(tx, actor, now, person, undefined, stated, 'professional-added')
  return id
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
  await remember(tx, actor, now, person, before, after, 'professional-changed')
}

/** Taken back: it was recorded by mistake. Whoever no longer works with the person has a last day instead. */
export async function removeProfessional(tx: Tx, actor: Actor, now: Date, person: PersonRecord, before: Professional): Promise<void> {
  await sql`update person_professionals set ended_at = ${now}, version = version + 1 where id = ${before.id}`.execute(tx)
  await remember(tx, actor, now, person, before, undefined, 'professional-removed')
}

function remember(
  tx: Tx,
  actor: Actor,
  now: Date,
  person: PersonRecord,
  before: StatedProfessional | undefined,
  after: StatedProfessional | undefined,
  action: string,
): Promise<number> {
  const changes = differences([
    ['Professional', before && `${before.role}: ${professionalInWords(before)}`, after && `${after.role}: ${professionalInWords(after)}`],
  ])
  return changePerson(tx, actor, now, person, { section: 'Professionals', changes, findable: false, action })
}

function professionalInWords({ name, organisation, telephone, email, from, to, note }: StatedProfessional): string {
  return [name, organisation, telephone, email, whenInWords(from, to), note].filter(Boolean).join(', ')
}
