import { sql } from 'kysely'
import { audit, auditPeopleSearch } from '../../audit/index.ts'
import { formatName } from '../../people/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Visit } from '../../platform/web/routes.ts'

/** A case on which the actor can record a contact, and whose it is. */
export type CaseToWrite = {
  caseId: string
  reference: string
  serviceName: string
  personId: string
  personName: string
  /** Why they are among those found who have not what was typed: 'Sounds like Glewyas'. */
  alike?: string | undefined
}

/** Somebody who was found, and why where it was not as typed. */
export type FoundToChoose = { readonly id: string; readonly alike?: string | undefined }

/** Which of their cases, and why they are there at all. */
export const caseInWords = ({ serviceName, reference, alike }: CaseToWrite): string =>
  [`${serviceName} ${reference}`, alike].filter(Boolean).join(' · ')

/** The open cases of these people that the actor may write on, in the order of the people. */
export async function casesToWriteFor(tx: Tx, actor: Actor, people: readonly FoundToChoose[]): Promise<CaseToWrite[]> {
  if (people.length === 0) return []
  const personIds = people.map(person => person.id)
  const alike = new Map(people.map(person => [person.id, person.alike]))
  const { rows } = await sql<Row>`${columns} where c.person_id = any (${personIds}::uuid[]) and ${isOpenTo(actor)}
    order by array_position(${personIds}::uuid[], c.person_id), c.referred_on desc limit 50`.execute(tx)
  return rows.map(row => ({ ...named(row), alike: alike.get(row.personId) }))
}

/** The open cases that the actor wrote on last, then those allocated to them: who has just rung is most likely among them. */
export async function recentCases(tx: Tx, actor: Actor, limit = 12): Promise<CaseToWrite[]> {
  const { rows } = await sql<Row>`
    with written as (
      select case_id, max(recorded_at) as at from (
        select case_id, recorded_at from case_notes where recorded_by = ${actor.userId} order by recorded_at desc limit 60) latest
      group by case_id
    ), mine as (
      select id as case_id, null::timestamptz as at from cases where worker_id = ${actor.userId} and closed_on is null limit 40
    ), both_kinds as (
      select case_id, max(at) as at from (select * from written union all select * from mine) each group by case_id
    )
    ${columns} join both_kinds r on r.case_id = c.id where ${isOpenTo(actor)}
    order by r.at desc nulls last, p.family_name, p.given_name, c.id limit ${limit}`.execute(tx)
  return rows.map(named)
}

/** Who was offered: each of those found has it in their own audit (decision 6); a look at one's own latest is one event. */
export async function auditChoice({ tx, actor, clock }: Visit, typed: string, cases: readonly CaseToWrite[]): Promise<void> {
  const shown = [...new Set(cases.map(one => one.personId))]
  if (typed) return auditPeopleSearch(tx, actor, clock.now(), { term: typed, shown })
  const subject = { type: 'user', id: actor.userId ?? '' }
  return audit(tx, actor, clock.now(), { action: 'contact-choice-opened', subject, detail: { shown: shown.length } })
}

type Row = Omit<CaseToWrite, 'personName'> & { given: string | null; family: string | null }
const named = ({ given, family, ...row }: Row): CaseToWrite => ({ ...row, personName: formatName({ given, family }) })

const columns = sql`
  select c.id as "caseId", c.reference, s.name as "serviceName", c.person_id as "personId", p.given_name as given, p.family_name as family
  from cases c join people p on p.id = c.person_id join service_areas s on s.code = c.service_area`

const isOpenTo = (actor: Actor) =>
  sql`c.status not in ('closed', 'declined', 'signposted') and c.editors && ${[...actor.writePrincipals]}::int[]`
