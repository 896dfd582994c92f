import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { carryWithholdings, type Lists, letReferrerFollow, listsForNewCase, rewritePeople } from '../access/index.ts'
import { audit } from '../audit/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { lowerFirst } from '../platform/first-letter.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import { writeStage } from './dues/write-dues.ts'
import { insertEvent, instantOf } from './events.ts'
import { begin, type Urgency } from './status.ts'
import { recordOnTimeline } from './timeline/record-on-timeline.ts'
import { type Consent, urgencyWords } from './words.ts'

export type NewReferral = {
  personId: string
  teamId: string
  serviceArea: string
  receivedOn: PlainDate
  /** A code of the list referral-source. */
  source: string
  sourceLabel: string
  referrerName: string
  referrerContact: string
  reason: string
  urgency: Urgency
  consent: Consent
  consentHow: string
  consentOn: PlainDate | null
  withoutConsentBecause: string
  /** What its line in the timeline says, where it is not a referral that somebody made. */
  title?: string
}

export type Begun = { caseId: string; reference: string /** Whether the referrer works in the team that receives it. */; isOwn: boolean }

/** Begins a case with its referral. Anybody who may see the person may refer them to any team; nobody can begin one for somebody they may not see. */
export async function beginCase(
  tx: Tx,
  actor: Actor,
  now: Date,
  referral: NewReferral,
  /** What else is done while whoever begins it may still change it, in place of their following the referral; it leaves the case's lists right. */
  meanwhile?: (caseId: string) => Promise<void>,
): Promise<Begun> {
  const caseId = uuid()
  const { teamId, serviceArea, personId } = referral
  const { whole, header } = await listsForNewCase(tx, teamId, serviceArea)
  const isOwn = whole.editors.some(one => actor.writePrincipals.includes(one))
  // A referrer to another team writes the rows in their own name; the lists lose them again below.
  const mine = (lists: Lists): Lists =>
    isOwn ? lists : { ...lists, readers: [...lists.readers, actor.principal], editors: [...lists.editors, actor.principal] }
  const lists = mine(whole)
  const reference = await nextReference(tx, serviceArea, referral.receivedOn)
  const event = { kind: 'referred' as const, data: { teamId, serviceArea, urgency: referral.urgency }, occurredOn: referral.receivedOn }

  const added = await sql`
    insert into cases (id, reference, person_id, service_area, team_id, agency, referred_on, readers, editors, withheld)
    select ${caseId}, ${reference}, ${personId}, ${serviceArea}, t.id, t.agency, ${referral.receivedOn},
      ${mine(header).readers}::int[], ${mine(header).editors}::int[], '{}' from teams t join people p on p.id = ${personId} where t.id = ${teamId}`.execute(
    tx,
  )
  if (added.numAffectedRows !== 1n) throw new Error('A case was begun for somebody who may not be seen.')
  await sql`
    insert into caseload_entries (case_id, person_id, reference, service_area, team_id, status, stage, open_since, readers, editors)
    values (${caseId}, ${personId}, ${reference}, ${serviceArea}, ${teamId}, 'referred', '', ${referral.receivedOn}, ${lists.readers}::int[], ${lists.editors}::int[])`.execute(
    tx,
  )
  await insertEvent(tx, actor, now, { id: caseId }, event, { id: uuid(), part: 'referral', position: 1, lists })
  const fromTeam = isOwn ? null : teamOf(actor)
  const referralId = await insertReferral(tx, actor, now, caseId, { ...referral, fromTeam }, lists)
  await recordOnTimeline(tx, {
    caseId,
    at: instantOf(referral.receivedOn, now),
    recordedAt: now,
    kind: 'referral',
    part: 'referral',
    title: referral.title ?? referralTitle(referral),
    summary: referral.reason,
    source: { type: 'referral', id: referralId },
    actor,
    grave: referral.urgency === 'emergency',
    lists,
  })
  await writeStage(tx, caseId, begin(event))
  await audit(tx, actor, now, {
    action: 'case-referred',
    subject: { type: 'case', id: caseId },
    personId,
    caseId,
    detail: { teamId, serviceArea, source: referral.source },
  })
  if (meanwhile) await meanwhile(caseId)
  else if (isOwn) await rewritePeople(tx, [personId])
  else await letReferrerFollow(tx, actor, now, caseId, followerOf(actor))
  await carryWithholdings(tx, actor, now, caseId)
  return { caseId, reference, isOwn }
}

/** 'Referred by school · urgent: within days': the referral's line in the timeline. */
export function referralTitle({ sourceLabel, urgency }: Pick<NewReferral, 'sourceLabel' | 'urgency'>): string {
  return `Referred by ${lowerFirst(sourceLabel)}${urgency === 'routine' ? '' : ` · ${lowerFirst(urgencyWords[urgency])}`}`
}

/** The next reference of a service, such as EH-26-0412. One number for all services: a reference can be said without its letters. */
export async function nextReference(tx: Tx, serviceArea: string, on: PlainDate): Promise<string> {
  const { rows } = await sql<{ number: number }>`select nextval('case_reference_sequence') as number`.execute(tx)
  return referenceOf(serviceArea, on, rows[0]!.number)
}

/** 'EH-26-0412' for early-help in 2026. */
export function referenceOf(serviceArea: string, on: PlainDate, number: number): string {
  const words = serviceArea.split('-').filter(word => word !== 'and')
  const letters = words.length > 1 ? words.map(word => word.charAt(0)).join('') : serviceArea.slice(0, 2)
  return `${letters.toUpperCase()}-${on.slice(2, 4)}-${String(number).padStart(4, '0')}`
}

/** A colleague in the same post takes over when a referrer leaves; somebody without casework follows it themselves. */
const followerOf = (actor: Actor): number => actor.posts.find(post => post.postPrincipal !== null)?.postPrincipal ?? actor.principal

/** For whom somebody refers: their team, which follows the referral beside them. */
const teamOf = ({ posts }: Actor): string | null => (posts.find(post => post.postPrincipal !== null) ?? posts[0])?.teamId ?? null

type ReferralFrom = NewReferral & { fromTeam: string | null }
async function insertReferral(tx: Tx, actor: Actor, now: Date, caseId: string, referral: ReferralFrom, lists: Lists): Promise<string> {
  const id = uuid()
  await tx
    .insertInto('referrals')
    .values({
      id,
      case_id: caseId,
      source: referral.source,
      referrer_name: referral.referrerName,
      referrer_contact: referral.referrerContact,
      received_on: referral.receivedOn,
      reason: referral.reason,
      urgency: referral.urgency,
      consent: referral.consent,
      consent_how: referral.consentHow,
      consent_on: referral.consentOn,
      without_consent_because: referral.withoutConsentBecause,
      user_id: actor.userId,
      author: actor.name,
      from_team_id: referral.fromTeam,
      recorded_at: now,
      ...lists,
    })
    .execute()
  return id
}
