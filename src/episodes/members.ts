import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { carryWithholdings, endGrantsOf, grantAccess, listsForPart } from '../access/index.ts'
import { audit } from '../audit/index.ts'
import { type Case, isWithheldFrom, recordOnTimeline } from '../cases/index.ts'
import { tellUsers } from '../notifications/index.ts'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import { londonDate } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import { no, ok, type Result } from '../platform/result.ts'
import { addedToByTeam, type Member, type MemberAccess, readByTeam } from './episode.ts'

/** A user as somebody to be put in the team. */
export type Colleague = {
  userId: string
  principal: number
  name: string
  jobTitle: string
  agencyName: string
  telephone: string
  email: string
}

export type NewMember = {
  /** Null for somebody without a log-in. */
  user: Colleague | null
  name: string
  role: string
  organisation: string
  telephone: string
  email: string
  access: MemberAccess
  familyView: string
  /** A code of lawful-basis, and of without-consent where it needs one. Empty where nothing is opened to them. */
  lawfulBasis: string
  withoutConsent: string
}

/** Who is in the team around the person and who was, in it now first. Empty for whoever may not read that part. */
export async function membersOf(tx: Tx, caseId: string): Promise<Member[]> {
  const { rows } = await sql<Member>`
    select m.id, m.user_id as "userId", m.name, m.role, m.organisation, m.telephone, m.email, m.access, m.family_view as "familyView",
      m.from_on as "fromOn", m.to_on as "toOn", m.ended_because as "endedBecause"
    from episode_members m where m.case_id = ${caseId} order by m.ended_at is not null, m.recorded_at, m.id`.execute(tx)
  return rows
}

/** Somebody who can be asked into a team; undefined for whoever is no user any more. */
export async function colleagueById(tx: Tx, userId: string): Promise<Colleague | undefined> {
  const { rows } = await sql<Colleague>`
    select u.id as "userId", u.principal, u.name, u.job_title as "jobTitle", a.name as "agencyName", coalesce(nullif(u.telephone, ''), a.telephone) as telephone, u.email
    from users u join agencies a on a.principal = u.agency where u.id = ${userId} and u.status <> 'disabled'`.execute(tx)
  return rows[0]
}

/**
 * Puts somebody in the team around the person. What they see is a share with its purpose, its lawful basis and, where there is no consent, the
 * reason to go on without (F4, E4), of the parts that the team reads and never of the whole. The case was locked.
 */
export async function addMember(
  tx: Tx,
  actor: Actor,
  now: Date,
  theCase: Case,
  wish: NewMember,
): Promise<Result<string, 'in-it-already' | 'withheld'>> {
  const { user, access, lawfulBasis, withoutConsent } = wish
  const standing = await membersOf(tx, theCase.id)
  if (user && standing.some(one => one.userId === user.userId && one.toOn === null)) return no('in-it-already')
  // Nobody is asked in who is kept from another case of theirs.
  if (user) await carryWithholdings(tx, actor, now, theCase.id)
  if (user && (await isWithheldFrom(tx, theCase.id, user.userId))) return no('withheld')
  const id = uuid()
  await tx
    .insertInto('episode_members')
    .values({
      id,
      case_id: theCase.id,
      user_id: user?.userId ?? null,
      name: wish.name,
      role: wish.role,
      organisation: wish.organisation,
      telephone: wish.telephone,
      email: wish.email,
      access: user ? access : 'none',
      family_view: wish.familyView,
      from_on: londonDate(now),
      added_by: actor.userId,
      author: actor.name,
      recorded_at: now,
      ...(await listsForPart(tx, theCase.id, 'episode')),
    })
    .execute()
  const title = `${wish.name}, ${wish.role}, is in the team around the person`
  await note(tx, actor, now, theCase, { id, action: 'episode-member-added', title, detail: { access, user: user?.userId ?? null } })
  if (user && access !== 'none') {
    const grant = {
      caseId: theCase.id,
      kind: 'member' as const,
      holder: user.principal,
      purpose: `In the team around the person: ${wish.role}`,
    }
    const why = { lawfulBasis, withoutConsent }
    await grantAccess(tx, actor, now, { ...grant, ...why, level: 'read', parts: readByTeam })
    if (access === 'add') await grantAccess(tx, actor, now, { ...grant, ...why, level: 'edit', parts: addedToByTeam })
    if (user.userId !== actor.userId)
      await tellUsers(tx, now, {
        to: [user.userId],
        kind: 'shared',
        words: 'You are in the team around somebody now',
        href: paths.cases.show(theCase.id),
        caseId: theCase.id,
      })
  }
  return ok(id)
}

/** Somebody leaves the team, and what it opened to them is shut at the same moment. The case was locked. */
export async function endMember(tx: Tx, actor: Actor, now: Date, theCase: Case, member: Member, reason: string): Promise<void> {
  await tx
    .updateTable('episode_members')
    .set({ to_on: londonDate(now), ended_at: now, ended_by: actor.name, ended_because: reason })
    .where('id', '=', member.id)
    .where('ended_at', 'is', null)
    .execute()
  const title = `${member.name}, ${member.role}, has left the team around the person`
  await note(tx, actor, now, theCase, { id: member.id, action: 'episode-member-ended', title, summary: reason })
  if (member.userId === null) return
  const user = await tx.selectFrom('users').select('principal').where('id', '=', member.userId).executeTakeFirstOrThrow()
  await endGrantsOf(tx, actor, now, { caseId: theCase.id, kind: 'member', holder: user.principal, reason })
}

type Noted = { id: string; action: string; title: string; summary?: string; detail?: Record<string, unknown> }

async function note(tx: Tx, actor: Actor, now: Date, { id: caseId, personId }: Case, noted: Noted): Promise<void> {
  const { id, action, title, summary = '', detail } = noted
  const source = { type: 'episode-member', id }
  const href = paths.episodes.team(caseId)
  await recordOnTimeline(tx, { caseId, at: now, kind: 'people', part: 'episode', title, summary, source, href, actor })
  await audit(tx, actor, now, { action, subject: source, personId, caseId, ...(detail ? { detail } : {}) })
}
