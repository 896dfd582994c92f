import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import { redirect } from '../../platform/web/answer.ts'
import { type Door, doorActor } from '../door.ts'
import { inGate } from '../gate.ts'
import { endSessions } from '../sessions/sessions.ts'

/** Ends the session here. A post, since a picture on somebody's page could ask for an address. */
export function signOutRoutes(door: Door) {
  door.get(paths.signOut, async () => redirect(paths.signIn))
  door.post(paths.signOut, async visit => {
    const { session, now } = visit
    if (session?.actor.userId) {
      const { userId } = session.actor
      await inGate(visit.gate, async tx => {
        await endSessions(tx, now, { userId, because: 'signed-out', only: session.id })
        await audit(tx, doorActor(visit, session.actor), now, { action: 'signed-out', subject: { type: 'session', id: session.id } })
      })
    }
    visit.forgetSession()
    return redirect(paths.signIn, { notice: 'You have signed out.' })
  })
}
