import { v7 as uuid } from 'uuid'
import { rewritePeopleWithheldFrom } from '../../access/index.ts'
import { endCalendarAddress } from '../../activities/index.ts'
import { audit } from '../../audit/index.ts'
import {
  cancelLinks,
  endSessions,
  firstPassword,
  type Gate,
  hashPassword,
  inGate,
  newLink,
  removeSecondFactors,
  setPassword,
} from '../../identity/index.ts'
import { sendMail } from '../../notifications/index.ts'
import { paths } from '../../paths.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { leave } from '../leave.ts'
import { isOfAuthority } from '../rights.ts'
import { tellOfReader } from './tell-of-reader.ts'
import type { Place, RoleRow, UserShown } from './users.queries.ts'

export type NewUser = { name: string; email: string; jobTitle: string; telephone: string; place: Place; role: RoleRow }

/**
 * Creates a user with a first post. Their way in is a link sent to them, or, where the authority does it, a random first password that is answered to be
 * handed over and changed at first sign-in (S12).
 */
export async function createUser(
  visit: Visit,
  gate: Gate,
  user: NewUser,
  wayIn: 'invitation' | 'password',
): Promise<{ id: string; password: string | undefined }> {
  const { tx, actor, clock } = visit
  const now = clock.now()
  const id = uuid()
  const agency = user.place.agency
  const { id: principal } = await tx.insertInto('principals').values({ kind: 'user' }).returning('id').executeTakeFirstOrThrow()
  await tx
    .insertInto('users')
    .values({
      id,
      principal,
      agency,
      name: user.name,
      email: user.email,
      job_title: user.jobTitle,
      telephone: user.telephone,
      status: 'invited',
      created_by: actor.userId,
      created_at: now,
    })
    .execute()
  const password = firstPassword()
  await tx
    .insertInto('credentials')
    .values({ user_id: id, agency, password_hash: await hashPassword(password), password_changed_at: now, must_change_password: true })
    .execute()
  await audit(tx, actor, now, { action: 'user-created', subject: { type: 'user', id }, detail: { agency, wayIn } })
  await givePost(visit, { id, principal, agency }, user.place, user.role)
  if (wayIn === 'invitation') await sendInvitation(visit, gate, { id, agency, ...user })
  return { id, password: wayIn === 'password' ? password : undefined }
}

type Holder = { id: string; principal: number; agency: number }

/** Gives a post. What only the authority may give is refused by the database too. */
export async function givePost(visit: Visit, user: Holder, place: Place, role: RoleRow): Promise<void> {
  const { tx, actor, clock } = visit
  await tellOfReader(visit, user.id, place, role)
  const id = uuid()
  const now = clock.now()
  await tx
    .insertInto('posts')
    .values({
      id,
      user_id: user.id,
      team_id: place.teamId,
      agency: place.agency,
      service_area: place.serviceArea,
      role_id: role.id,
      role_authority_only: role.authorityOnly,
      started_at: now,
    })
    .execute()
  await audit(tx, actor, now, {
    action: 'post-given',
    subject: { type: 'user', id: user.id },
    detail: { post: id, role: role.name, team: place.team, serviceArea: place.serviceArea },
  })
  await rewritePeopleWithheldFrom(tx, [user.principal, user.agency, place.agency])
}

/** Ends a post at once: the next request of its holder is without it, and without what its agency may see once it was the last one there. */
export async function endPost(visit: Visit, user: Holder, postId: string): Promise<boolean> {
  const { tx, actor, clock } = visit
  const now = clock.now()
  const ended = await tx
    .updateTable('posts')
    .set({ ended_at: now, ended_by: actor.userId })
    .where('id', '=', postId)
    .where('user_id', '=', user.id)
    .where('ended_at', 'is', null)
    .returning(['agency'])
    .executeTakeFirst()
  if (!ended) return false
  await audit(tx, actor, now, { action: 'post-ended', subject: { type: 'user', id: user.id }, detail: { post: postId } })
  await leave(visit, user, ended.agency)
  await rewritePeopleWithheldFrom(tx, [user.principal, user.agency, ended.agency])
  return true
}

/** Sends a link with which somebody new sets their own password, within a week. */
export async function sendInvitation(
  { tx, actor, clock }: Visit,
  gate: Gate,
  user: { id: string; agency: number; name: string; email: string },
): Promise<void> {
  const now = clock.now()
  const token = await newLink(tx, now, { userId: user.id, purpose: 'invitation', agency: user.agency })
  await sendMail(tx, now, {
    to: user.email,
    kind: 'invitation',
    subject: `Your account for ${gate.serviceName}`,
    text: `${actor.name}, ${actor.agencyName}, has set up an account for you.\n\nChoose your password here, within a week:\n${gate.publicOrigin}${paths.setPassword(token)}\n\nAfterwards sign in with this email address at ${gate.publicOrigin}\n`,
  })
  await audit(tx, actor, now, { action: 'user-invited', subject: { type: 'user', id: user.id } })
}

/** Disables an account: nothing that it does from now on is answered, whatever its sessions say. What the authority disabled, it enables. */
export async function disableUser(visit: Visit, gate: Gate, user: UserShown, reason: string): Promise<void> {
  const { tx, actor, clock } = visit
  const now = clock.now()
  const byAuthority = isOfAuthority(actor)
  await tx
    .updateTable('users')
    .set({
      status: 'disabled',
      disabled_reason: reason,
      disabled_at: now,
      disabled_by: actor.userId,
      disabled_by_authority: byAuthority,
      version: user.version + 1,
    })
    .where('id', '=', user.id)
    .execute()
  await audit(tx, actor, now, { action: 'user-disabled', subject: { type: 'user', id: user.id }, detail: { byAuthority } })
  await inGate(gate, async gateTx => {
    await endSessions(gateTx, now, { userId: user.id, because: 'ended-by-administrator' })
    // Or one would work again as soon as the account does.
    await cancelLinks(gateTx, now, user.id)
    await endCalendarAddress(gateTx, user.id)
  })
}

export async function enableUser({ tx, actor, clock }: Visit, gate: Gate, user: UserShown): Promise<void> {
  const status = user.lastSignInAt ? 'active' : 'invited'
  await tx
    .updateTable('users')
    .set({ status, disabled_reason: '', disabled_at: null, disabled_by: null, disabled_by_authority: false, version: user.version + 1 })
    .where('id', '=', user.id)
    .execute()
  await audit(tx, actor, clock.now(), { action: 'user-enabled', subject: { type: 'user', id: user.id } })
  // Accounts that were disabled when the address of a calendar outlived them.
  await inGate(gate, gateTx => endCalendarAddress(gateTx, user.id))
}

// The gate's tables are the gate's alone. The caller has locked the user as their administrator (`administeredUser`) before any of these, and
// the audit event is written where the change is, so that neither stands without the other.

/** A new random password, to be handed over and changed at the next sign-in. Ends the user's sessions. */
export async function giveFirstPassword({ actor, clock }: Visit, gate: Gate, user: UserShown): Promise<string> {
  const now = clock.now()
  const password = firstPassword()
  const hash = await hashPassword(password)
  await inGate(gate, async gateTx => {
    await setPassword(gateTx, now, user.id, hash, { mustChange: true })
    await endSessions(gateTx, now, { userId: user.id, because: 'ended-by-administrator' })
    await audit(gateTx, actor, now, { action: 'first-password-given', subject: { type: 'user', id: user.id } })
    await tell(
      gate,
      gateTx,
      now,
      user,
      'first-password',
      'Your password was reset',
      'gave you a new first password. You choose your own at the next sign-in.',
      actor.name,
    )
  })
  return password
}

/** Forgets every second factor of somebody: their phone or key is lost and so are their recovery codes. Ends their sessions. */
export async function resetSecondFactor({ actor, clock }: Visit, gate: Gate, user: UserShown): Promise<void> {
  const now = clock.now()
  await inGate(gate, async gateTx => {
    await removeSecondFactors(gateTx, user.id)
    await endSessions(gateTx, now, { userId: user.id, because: 'ended-by-administrator' })
    await audit(gateTx, actor, now, { action: 'second-factor-reset', subject: { type: 'user', id: user.id } })
    await tell(gate, gateTx, now, user, 'second-factor-reset', 'Your second factor was reset', 'reset your second factor.', actor.name)
  })
}

export async function endAllSessions({ actor, clock }: Visit, gate: Gate, user: UserShown): Promise<number> {
  const now = clock.now()
  return inGate(gate, async gateTx => {
    const count = await endSessions(gateTx, now, { userId: user.id, because: 'ended-by-administrator' })
    await audit(gateTx, actor, now, { action: 'sessions-ended', subject: { type: 'user', id: user.id }, detail: { count } })
    return count
  })
}

/** What was done to somebody's way in, they are told: they alone know whether they had asked for it. */
export function tell(
  gate: Gate,
  tx: Visit['tx'],
  now: Date,
  user: UserShown,
  kind: string,
  subject: string,
  did: string,
  by: string,
): Promise<void> {
  return sendMail(tx, now, {
    to: user.email,
    kind,
    subject: `${subject} (${gate.serviceName})`,
    text: `${by} ${did}\n\nIf you had not asked for this, tell your agency’s administrator at once.\n`,
  })
}
