import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import {
  changePerson,
  differences,
  listsOfPerson,
  type Person,
  type PersonRecord,
  personColumns,
  postcodeToken,
} from '../../people/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import { whenInWords } from '../words.tsx'

/** Somebody's being in a household, as their own record says it. */
export type Member = {
  readonly id: string
  readonly householdId: string
  readonly personId: string
  readonly address: string | null
  readonly role: string
  readonly from: PlainDate | null
  readonly to: PlainDate | null
  readonly version: number
  readonly person: Person
  /** Whether where they live today is confidential, or a refuge. */
  readonly hidden: boolean
}
export type StatedMember = Pick<Member, 'address' | 'role' | 'from' | 'to'>

/** Whether somebody lives where nobody must learn that they do, whichever service keeps the address. Of the table `people` as `p`. */
const isHidden = (today: PlainDate) => sql<boolean>`coalesce(p.address_secret_until >= ${today}, false)`

/**
 * The members of this person's households whom the reader may see, each on their own record's word. Whoever's address is confidential is
 * in no household with somebody whose address is not, and the other way round: who lives with whom would tell where.
 */
export async function householdsOf(tx: Tx, personId: string, today: PlainDate): Promise<Member[]> {
  const { rows } = await sql<Person & Omit<Member, 'person' | 'id' | 'version'> & { memberId: string; memberVersion: number }>`
    select ${personColumns}, m.id as "memberId", m.household_id as "householdId", m.person_id as "personId", m.address, m.role, m.from_on as "from", m.to_on as "to",
      m.version as "memberVersion", ${isHidden(today)} as hidden
    from household_members m join people p on p.id = m.person_id and p.removed_at is null
    where m.ended_at is null and m.household_id in (select h.household_id from household_members h where h.person_id = ${personId} and h.ended_at is null)
    order by m.person_id <> ${personId}, p.date_of_birth nulls last, p.family_name, m.id`.execute(tx)
  const members = rows.map(({ memberId, memberVersion, householdId, personId, address, role, from, to, hidden, ...person }) => ({
    id: memberId,
    householdId,
    personId,
    address,
    role,
    from,
    to,
    hidden,
    version: memberVersion,
    person,
  }))
  const own = members.find(member => member.personId === personId)
  return members.filter(member => member.hidden === own?.hidden)
}

export type Candidate = { readonly person: Person; readonly hidden: boolean }

/** Those whom the reader may see and who are on record at the same address: who may live together. Nobody whose address is confidential. */
export async function suggestedFor(tx: Tx, person: Person, today: PlainDate): Promise<Candidate[]> {
  if (person.postcode === null || person.addressLine === null) return []
  const { rows } = await sql<Person & { hidden: boolean }>`
    select ${personColumns}, ${isHidden(today)} as hidden from people p
    where p.id in (select k.person_id from person_tokens k where k.token = ${postcodeToken(person.postcode)})
      and lower(p.address_line) = lower(${person.addressLine}) and p.id <> ${person.id} and p.removed_at is null
    order by p.date_of_birth nulls last, p.id limit 20`.execute(tx)
  return rows.map(({ hidden, ...one }) => ({ person: one, hidden })).filter(one => !one.hidden)
}

export async function candidate(tx: Tx, personId: string, today: PlainDate): Promise<Candidate | undefined> {
  const { rows } = await sql<Person & { hidden: boolean }>`
    select ${personColumns}, ${isHidden(today)} as hidden from people p where p.id = ${personId} and p.removed_at is null`.execute(tx)
  const row = rows[0]
  if (!row) return undefined
  const { hidden, ...person } = row
  return { person, hidden }
}

/** Puts somebody into a household. The caller holds the person. */
export async function joinHousehold(
  tx: Tx,
  actor: Actor,
  now: Date,
  person: Pick<PersonRecord, 'id' | 'version'>,
  householdId: string,
  stated: StatedMember,
): Promise<void> {
  await sql`
    insert into household_members (id, household_id, person_id, address, role, from_on, to_on, recorded_at, readers, editors, withheld)
    select ${uuid()}, ${householdId}, p.id, ${stated.address}, ${stated.role}, ${stated.from}, ${stated.to}, ${now}, ${listsOfPerson}
    from people p where p.id = ${person.id}`.execute(tx)
  await remember(tx, actor, now, person, undefined, stated, 'household-joined')
}

export async function changeMember(
  tx: Tx,
  actor: Actor,
  now: Date,
  person: PersonRecord,
  before: Member,
  after: StatedMember,
): Promise<void> {
  if (memberInWords(before) === memberInWords(after)) return
  await sql`
    update household_members set address = ${after.address}, role = ${after.role}, from_on = ${after.from}, to_on = ${after.to}, version = version + 1
    where id = ${before.id}`.execute(tx)
  await remember(tx, actor, now, person, before, after, 'household-changed')
}

/** Taken back: it was recorded by mistake. Whoever has moved out has a last day instead. */
export async function removeMember(tx: Tx, actor: Actor, now: Date, person: PersonRecord, before: Member): Promise<void> {
  await sql`update household_members set ended_at = ${now}, version = version + 1 where id = ${before.id}`.execute(tx)
  await remember(tx, actor, now, person, before, undefined, 'household-left')
}

function remember(
  tx: Tx,
  actor: Actor,
  now: Date,
  person: Pick<PersonRecord, 'id' | 'version'>,
  before: StatedMember | undefined,
  after: StatedMember | undefined,
  action: string,
): Promise<number> {
  const changes = differences([['Household', before && memberInWords(before), after && memberInWords(after)]])
  return changePerson(tx, actor, now, person, { section: 'Household', changes, findable: false, action })
}

const memberInWords = ({ address, role, from, to }: StatedMember): string =>
  [address ?? 'Address confidential or not known', role, whenInWords(from, to)].filter(Boolean).join(', ')
