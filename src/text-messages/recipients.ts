import { sql } from 'kysely'
import { formatTelephone, linesThatTellWhere, type SafeToContact, secretAddressesOf, type Telephone } from '../people/index.ts'
import type { Actor } from '../platform/actor.ts'
import { londonDate, type PlainTime } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import { type Cost, costOf, mostFragments } from './fragments.ts'
import { type About, type Candidate, type Hours, type LeftOut, mayText, nearestReason, usualHours } from './may-text.ts'
import type { Receiver, ReceiversOf } from './receivers.ts'
import { tellingWordsIn } from './telling-words.ts'
import { type Filling, fill } from './words.ts'

/**
 * Somebody of a group: the case because of which they are texted, and what is known only there, such as an appointment. `receiverId` is the parent
 * or carer to whom it goes instead; `said` is what has been confirmed already, its fields filled in.
 */
export type Member = { caseId: string; receiverId?: string | null; filling?: Filling; said?: string }

export type Recipient = { candidate: Candidate; number: Telephone; words: string; cost: Cost; post: number }
export type Omitted = { candidate: Candidate; why: LeftOut }
export type Recipients = { to: Recipient[]; leftOut: Omitted[]; fragments: number }

export type Asked = {
  members: readonly Member[]
  /** With their fields still open. */
  words: string
  /** One person, by somebody who has their record open. */
  alone: boolean
  /** Without it nobody is texted about somebody else. */
  receiversOf?: ReceiversOf
}

/**
 * Whom these words would go to now and who is left out and why, under the actor's own rights. Nobody is in it twice: somebody with several cases is
 * texted because of the first of them that they may be texted about.
 */
export async function recipientsOf(tx: Tx, actor: Actor, now: Date, { members, words, alone, receiversOf }: Asked): Promise<Recipients> {
  const [rows, hours] = await Promise.all([candidatesOf(tx, actor, members), hoursOf(tx, actor.agency)])
  const found = await withReceivers(tx, now, rows, receiversOf)
  const fillings = new Map(members.map(member => [member.caseId, member.filling]))
  const said = new Map(members.map(member => [member.caseId, member.said]))
  const concerned = found.flatMap(({ personId, about }) => [personId, ...(about ? [about.personId] : [])])
  const secret = await secretAddressesOf(tx, concerned, londonDate(now))
  const decide = ({ post, callBack, ...candidate }: Found): Recipient | Omitted => {
    const decided = mayText(candidate, now, hours, alone)
    if (!decided.ok) return { candidate, why: decided.why }
    const own: Filling = { 'first name': candidate.given, 'your name': actor.name, 'call back': callBack }
    const filled = fill(words, { ...own, ...fillings.get(candidate.caseId) })
    if (!filled.ok) return { candidate, why: 'field-missing' }
    // A phone is read by whoever picks it up: not where the one is whom it goes to, nor where the one is whom it is about.
    const addresses = [candidate.personId, candidate.about?.personId ?? ''].flatMap(id => secret.get(id) ?? [])
    if (linesThatTellWhere(said.get(candidate.caseId) ?? filled.words, { addresses }, londonDate(now)).length > 0)
      return { candidate, why: 'tells-where' }
    const cost = costOf(filled.words)
    if (cost.fragments > mostFragments) return { candidate, why: 'too-long' }
    return { candidate, number: decided.number, words: filled.words, cost, post }
  }
  const recipients: Recipients = { to: [], leftOut: [], fragments: 0 }
  for (const cases of Map.groupBy(found, one => one.personId).values()) {
    const decided = cases.map(decide)
    const to = decided.find((one): one is Recipient => !('why' in one))
    if (to) {
      recipients.to.push(to)
      recipients.fragments += to.cost.fragments
    } else recipients.leftOut.push(nearest(decided.filter((one): one is Omitted => 'why' in one)))
  }
  return recipients
}

/** Of several cases none of which may be texted about, the one that came nearest says why. */
const nearest = (omitted: readonly Omitted[]): Omitted => {
  const why = nearestReason(omitted.map(one => one.why))
  return omitted.find(one => one.why === why)!
}

/** The words of a text that may tell of a case: of the list, names of services, teams, agencies, groups and programmes, and of those whom it goes to or is about. */
export async function tellingWordsOf(tx: Tx, words: string, { to }: Recipients): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from service_areas union select name from teams union select name from agencies
    union select name from groups union select name from programmes`.execute(tx)
  const people = to.flatMap(({ candidate: { family, about } }) => [family, about?.given ?? null, about?.family ?? null])
  return tellingWordsIn(words, [...rows.map(row => row.name), ...new Set(people)])
}

/** Whether whoever is texted about somebody else still answers for them, and nothing speaks against it. */
async function withReceivers(tx: Tx, now: Date, rows: readonly Found[], receiversOf?: ReceiversOf): Promise<Found[]> {
  const asked: Found[] = []
  for (const row of rows) {
    const { about } = row
    if (!about) asked.push(row)
    else {
      const child = { id: about.personId, dateOfBirth: about.dateOfBirth }
      const receivers = (await receiversOf?.(tx, child, londonDate(now))) ?? []
      asked.push({ ...row, about: { ...about, answering: answeringOf(receivers.find(one => one.personId === row.personId)) } })
    }
  }
  return asked
}

const answeringOf = (receiver: Receiver | undefined): About['answering'] => (!receiver ? 'no' : receiver.warned ? 'warned' : 'yes')

export async function hoursOf(tx: Tx, agency: number): Promise<Hours> {
  const { rows } = await sql<Hours>`select from_time as "from", to_time as "to" from text_hours where agency = ${agency}`.execute(tx)
  return rows[0] ?? usualHours
}

type Row = Omit<Candidate, 'mayEdit' | 'mobiles' | 'about'> & {
  editors: number[]
  post: number
  callBack: string | null
  about: Omit<About, 'answering'> | null
  mobiles: MobileRow[] | null
}
type Found = Candidate & Pick<Row, 'post' | 'callBack'>
type MobileRow = {
  number: Telephone
  whose: string | null
  use: SafeToContact['use']
  leaveMessage: boolean
  days: number[]
  from: PlainTime | null
  to: PlainTime | null
  note: string | null
  stopped: boolean
  shared: boolean
}

/**
 * The people of these cases with their mobiles, in the order of their names; those whom the actor may not see are not among them. Row-level
 * security reads each of these tables as the actor: whoever shares a number with somebody out of their sight is not told apart by it.
 */
async function candidatesOf(tx: Tx, actor: Actor, members: readonly Member[]): Promise<Found[]> {
  if (members.length === 0) return []
  const { rows } = await sql<Row>`
    select c.id as "caseId", p.id as "personId", p.given_name as given, p.family_name as family, p.date_of_birth as "dateOfBirth", p.death_recorded_at is not null as "hasDied", c.restricted,
      c.editors, case when m.receiver_id is not null then
        json_build_object('personId', x.id, 'given', x.given_name, 'family', x.family_name, 'dateOfBirth', x.date_of_birth, 'hasDied', x.death_recorded_at is not null) end as about, s.principal as post, coalesce(nullif(t.telephone, ''), nullif(a.telephone, '')) as "callBack",
      (select json_agg(json_build_object('number', k.value, 'whose', k.whose, 'use', k.safe_use, 'leaveMessage', k.leave_message, 'days', k.safe_days,
          'from', k.safe_from, 'to', k.safe_to, 'note', k.note,
          'stopped', exists (select from text_stops x where x.number = k.value and x.started_at is null),
          'shared', exists (select from person_contacts o where o.value = k.value and o.ended_at is null and o.person_id <> k.person_id))
          order by k.whose is not null, k.recorded_at desc, k.id)
        from person_contacts k where k.person_id = p.id and k.kind = 'mobile' and k.ended_at is null) as mobiles
    from unnest(${members.map(member => member.caseId)}::uuid[], ${members.map(member => member.receiverId ?? null)}::uuid[]) as m (case_id, receiver_id)
      join cases c on c.id = m.case_id
      join people x on x.id = c.person_id and x.removed_at is null
      join people p on p.id = coalesce(m.receiver_id, c.person_id) and p.removed_at is null
      join team_services s on s.team_id = c.team_id and s.service_area = c.service_area
      join teams t on t.id = c.team_id
      join agencies a on a.principal = c.agency
    order by lower(p.family_name), lower(p.given_name), c.id`.execute(tx)
  return rows.map(({ editors, mobiles, callBack, about, ...row }) => ({
    ...row,
    about: about && { ...about, answering: 'no' },
    callBack: callBack?.startsWith('+') ? formatTelephone(callBack as Telephone) : callBack,
    mayEdit: editors.some(one => actor.writePrincipals.includes(one)),
    mobiles: (mobiles ?? []).map(({ number, whose, stopped, shared, ...safe }) => ({ number, whose, stopped, shared, safe })),
  }))
}
