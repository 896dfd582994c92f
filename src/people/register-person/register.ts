import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { writePersonTokens } from '../../access/index.ts'
import { auditAll } from '../../audit/index.ts'
import type { Actor } from '../../platform/actor.ts'
import { londonDate } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { no, ok, type Result } from '../../platform/result.ts'
import { keepersOf } from '../authors/recording-posts.ts'
import { agencyOf, authorOf } from '../change-person.ts'
import { clientIdFromSequence } from '../client-id.ts'
import type { PersonId } from '../person.ts'
import { type Entry, entryOf, type NewPerson, type Part, type Registered } from './entry.ts'

/**
 * Puts people on record: any number in a handful of statements, so that one form and an import of thousands take the same way. Each
 * is read by the post that registers them and by the commissioners until a first case says otherwise.
 *
 * `post` is the principal of one of the actor's posts; without it their first. The duplicate check comes before (`likelyMatches`).
 */
export async function registerPeople(
  tx: Tx,
  actor: Actor,
  now: Date,
  people: readonly NewPerson[],
  options: { readonly post?: number; readonly reason?: string } = {},
): Promise<Result<Registered[], 'no-post'>> {
  const registeredBy = options.post ?? postsOf(actor)[0]?.principal
  if (registeredBy === undefined || !actor.writePrincipals.includes(registeredBy)) return no('no-post')
  if (people.length === 0) return ok([])
  const numbers = await sql<{
    n: number
  }>`select nextval('client_id_sequence') as n from generate_series(1, ${people.length}::int)`.execute(tx)
  const [today, keepers] = [londonDate(now), keepersOf(actor, { editors: [registeredBy] })]
  const entries = people.map((person, index) => {
    const clientId = clientIdFromSequence(Number(numbers.rows[index]?.n))
    return entryOf(person, uuid() as PersonId, clientId, today, keepers)
  })
  await insertAll(tx, actor, now, entries, registeredBy, options.reason ?? null)
  await writePersonTokens(
    tx,
    entries.map(entry => ({ personId: entry.id, tokens: entry.tokens })),
  )
  await auditAll(
    tx,
    actor,
    now,
    entries.map(({ id, clientId }) => ({
      action: 'person-registered',
      subject: { type: 'person', id },
      personId: id,
      detail: { clientId },
    })),
  )
  return ok(entries.map(({ id, clientId }) => ({ id, clientId })))
}

/** The posts as which the actor may register people: the principal that will read them, and its name. */
export function postsOf(actor: Actor): { readonly principal: number; readonly name: string }[] {
  return actor.posts
    .filter(post => post.postPrincipal !== null && actor.writePrincipals.includes(post.postPrincipal))
    .map(post => ({ principal: post.postPrincipal as number, name: post.teamName }))
}

async function insertAll(
  tx: Tx,
  actor: Actor,
  now: Date,
  entries: readonly Entry[],
  registeredBy: number,
  reason: string | null,
): Promise<void> {
  const all = (part: Part) => JSON.stringify(entries.flatMap(entry => entry.parts[part]))
  // One statement: the parts refer to people added beside them, which is checked when the statement ends.
  await sql`
    with lists as materialized (
      select array(select distinct r from unnest(array[${registeredBy}::int, (select commissioners from authorities)]) r order by r) as readers,
        array[${registeredBy}::int] as editors
    ), added as (
      insert into people (id, client_id, registered_by, registered_at, given_name, family_name, date_of_birth, expected_date, sex, gender, pronouns,
        nhs_number, nhs_number_status, ethnic_category, language, interpreter, communication_needs, gp_name, gp_practice, died_on,
        death_recorded_at, death_recorded_by, address_line, postcode, address_secret_until, contact_care, readers, editors)
      select g.id, g.client_id, ${registeredBy}, ${now}, g.given_name, g.family_name, g.date_of_birth, g.expected_date, g.sex, g.gender, g.pronouns,
        g.nhs_number, g.nhs_number_status, g.ethnic_category, g.language, g.interpreter, g.communication_needs, g.gp_name, g.gp_practice, g.died_on,
        case when g.died_on is null then null else ${now}::timestamptz end, case when g.died_on is null then null else ${authorOf(actor)} end,
        g.address_line, g.postcode, g.address_secret_until, g.contact_care, l.readers, l.editors
      from lists l, jsonb_to_recordset(${JSON.stringify(entries.map(entry => entry.row))}::jsonb) as g (id uuid, client_id text, given_name text,
        family_name text, date_of_birth date, expected_date date, sex text, gender text, pronouns text, nhs_number text, nhs_number_status text,
        ethnic_category text, language text, interpreter text, communication_needs text[], gp_name text, gp_practice text, died_on date,
        address_line text, postcode text, address_secret_until date, contact_care text)
    ), versions as (
      insert into person_versions (id, person_id, version, at, user_id, author, agency, section, reason, changes, about_id, named_readers, readers, editors)
      select gen_random_uuid(), v.person_id, 1, ${now}, ${actor.userId}::uuid, ${authorOf(actor)}, ${agencyOf(actor)}::int, v.section, ${reason}, v.changes,
        v.about_id, v.named_readers, l.readers, l.editors
      from lists l, jsonb_to_recordset(${all('versions')}::jsonb) as v (person_id uuid, section text, about_id uuid, named_readers int[], changes jsonb)
    ), names as (
      insert into person_names (id, person_id, kind, given_name, family_name, recorded_at, readers, editors)
      select n.id, n.person_id, n.kind, n.given_name, n.family_name, ${now}, l.readers, l.editors
      from lists l, jsonb_to_recordset(${all('names')}::jsonb) as n (id uuid, person_id uuid, kind text, given_name text, family_name text)
    ), addresses as (
      insert into person_addresses (id, person_id, kind, lines, town, postcode, uprn, from_on, to_on, confidential, note, recorded_at, named_readers, kept_by,
        readers, editors)
      select a.id, a.person_id, a.kind, a.lines, a.town, a.postcode, a.uprn, a.from_on, a.to_on, a.confidential, a.note, ${now}, a.kept_by, a.kept_by,
        l.readers, l.editors
      from lists l, jsonb_to_recordset(${all('addresses')}::jsonb) as a (id uuid, person_id uuid, kind text, lines text, town text, postcode text,
        uprn text, from_on date, to_on date, confidential boolean, note text, kept_by int[])
    ), contacts as (
      insert into person_contacts (id, person_id, kind, value, whose, safe_use, leave_message, safe_days, safe_from, safe_to, note, recorded_at, readers, editors)
      select c.id, c.person_id, c.kind, c.value, c.whose, c.safe_use, c.leave_message, c.safe_days, c.safe_from, c.safe_to, c.note, ${now}, l.readers, l.editors
      from lists l, jsonb_to_recordset(${all('contacts')}::jsonb) as c (id uuid, person_id uuid, kind text, value text, whose text, safe_use text,
        leave_message boolean, safe_days int[], safe_from text, safe_to text, note text)
    )
    insert into person_identifiers (id, person_id, system, value, recorded_at, readers, editors)
    select i.id, i.person_id, i.system, i.value, ${now}, l.readers, l.editors
    from lists l, jsonb_to_recordset(${all('identifiers')}::jsonb) as i (id uuid, person_id uuid, system text, value text)`.execute(tx)
}
