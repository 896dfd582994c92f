import { sql } from 'kysely'
import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import { type Answer, redirect } from '../../platform/web/answer.ts'
import { type DoorVisit, doorActor } from '../door.ts'
import { findSession, hashOfToken, type Session } from '../find-session.ts'
import { inGate } from '../gate.ts'
import { heldPostsOf } from '../sessions/held-posts.ts'
import { newToken } from '../sessions/sessions.ts'
import { addressOf, stageOf, withReturn } from '../sessions/stages.ts'

/** The next stage of a session or, when nothing is left to do, into the product: to what was posted too late, else to where one was going. */
export async function proceed(visit: DoorVisit, token: string): Promise<Answer> {
  const session = await findSession(visit.gate.database, token, visit.now)
  if (!session) return redirect(paths.signIn)
  const stage = stageOf(session)
  if (stage) return redirect(addressOf(stage, visit.returnTo))
  return finish(visit, session)
}

/** The same for a page whose session has not changed its token. */
export async function proceedWith(visit: DoorVisit, session: Session): Promise<Answer> {
  const stage = stageOf(session)
  return stage ? redirect(addressOf(stage, visit.returnTo)) : finish(visit, session)
}

async function finish(visit: DoorVisit, session: Session): Promise<Answer> {
  const { gate, now } = visit
  const userId = session.actor.userId!
  const deviceToken = visit.deviceToken ?? newToken()
  const held = await inGate(gate, async tx => {
    const first = await tx
      .updateTable('sessions')
      .set({ signed_in_at: now })
      .where('id', '=', session.id)
      .where('signed_in_at', 'is', null)
      .executeTakeFirst()
    if (first.numUpdatedRows > 0n) {
      await sql`update users set last_sign_in_at = ${now}, status = case status when 'invited' then 'active' else status end where id = ${userId}`.execute(
        tx,
      )
      await sql`
        insert into known_devices (device_hash, user_id, last_used_at) values (${hashOfToken(deviceToken)}, ${userId}, ${now})
        on conflict (device_hash, user_id) do update set last_used_at = excluded.last_used_at`.execute(tx)
      await audit(tx, doorActor(visit, session.actor), now, {
        action: 'signed-in',
        subject: { type: 'session', id: session.id },
        detail: session.begunWith === 'password' ? {} : { with: session.begunWith },
      })
    }
    return heldPostsOf(tx, userId, now)
  })
  visit.keepDevice(deviceToken)
  return redirect(held.length > 0 ? withReturn(paths.unsaved, visit.returnTo) : visit.returnTo)
}
