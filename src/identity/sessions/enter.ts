import type { FastifyRequest } from 'fastify'
import type { Entry } from '../../platform/web/routes.ts'
import { isUnattended } from '../../platform/web/unattended.ts'
import { findSession, type Session } from '../find-session.ts'
import type { Gate } from '../gate.ts'
import { addressOf, localPath, stageOf } from './stages.ts'

/** Who is at the door of a signed-in page: see `Entry`. One statement, and once a minute a second one that says the session is in use. */
export async function enter(gate: Gate, request: FastifyRequest): Promise<Entry> {
  // Read before anything is awaited: the socket of a browser that has gone away no longer knows it.
  const address = request.ip ?? ''
  const found = await sessionOf(gate, request)
  if (!found) return { kind: 'signed-out' }
  const { session, live } = found
  if (!live) return { kind: 'signed-out' }
  if (!isUnattended(request)) await touch(gate, session)
  const stage = stageOf(session)
  if (stage) return { kind: 'half-way', next: addressOf(stage, request.method === 'GET' ? localPath(request.url) : '/') }
  const provedLately = gate.clock.now().getTime() - session.provedAt.getTime() <= session.proofMinutes * 60_000
  return { kind: 'signed-in', actor: { ...session.actor, requestId: request.id, address }, csrf: session.csrf, provedLately }
}

/** The session that a request's cookie names, and whether it is still going. */
export async function sessionOf(gate: Gate, request: FastifyRequest): Promise<{ session: Session; live: boolean } | undefined> {
  const token = request.cookies[gate.cookies.session]
  if (!token || token.length > 100) return undefined
  const now = gate.clock.now()
  const session = await findSession(gate.database, token, now)
  return session && { session, live: isLive(gate, session, now) }
}

export function isLive(
  gate: Pick<Gate, 'idleMinutes' | 'longestMinutes'>,
  session: Pick<Session, 'endedAt' | 'lastSeenAt' | 'createdAt'>,
  now: Date,
): boolean {
  const minutesSince = (moment: Date) => (now.getTime() - moment.getTime()) / 60_000
  return !session.endedAt && minutesSince(session.lastSeenAt) <= gate.idleMinutes && minutesSince(session.createdAt) <= gate.longestMinutes
}

async function touch(gate: Gate, session: Session): Promise<void> {
  const now = gate.clock.now()
  const minuteAgo = new Date(now.getTime() - 60_000)
  if (session.lastSeenAt > minuteAgo) return
  await gate.database.kysely
    .updateTable('sessions')
    .set({ last_seen_at: now })
    .where('id', '=', session.id)
    .where('last_seen_at', '<=', minuteAgo)
    .execute()
}
