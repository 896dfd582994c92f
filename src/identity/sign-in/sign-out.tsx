import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import { type Answer, redirect } from '../../platform/web/answer.ts'
import { Button } from '../../ui/index.ts'
import { type Door, type DoorVisit, doorActor } from '../door.ts'
import { doorPage } from '../door-page.tsx'
import type { Session } from '../find-session.ts'
import { inGate } from '../gate.ts'
import { addressToSignOut } from '../outside/ask-provider.ts'
import { findProvider } from '../outside/providers.ts'
import { unseal } from '../second-factor/totp.ts'
import { endSessions } from '../sessions/sessions.ts'

/** Ends the session here, and where it began elsewhere there too. A post, since a picture on somebody's page could ask for an address. */
export function signOutRoutes(door: Door) {
  door.get(paths.signOut, async () => redirect(paths.signIn))
  door.post(paths.signOut, async visit => {
    const { session, now } = visit
    const elsewhere = session && (await whereItBegan(visit, session))
    if (session?.actor.userId) {
      const { userId } = session.actor
      await inGate(visit.gate, async tx => {
        await endSessions(tx, now, { userId, because: 'signed-out', only: session.id })
        await audit(tx, doorActor(visit, session.actor), now, { action: 'signed-out', subject: { type: 'session', id: session.id } })
      })
    }
    visit.forgetSession()
    return elsewhere ? goOnPage(elsewhere) : redirect(paths.signIn, { notice: 'You have signed out.' })
  })
}

type Elsewhere = { name: string; address: string }

async function whereItBegan({ gate }: DoorVisit, { id, begunWith }: Session): Promise<Elsewhere | undefined> {
  if (begunWith !== 'provider') return undefined
  const begun = await gate.database.kysely
    .selectFrom('sessions')
    .select(['provider_id as providerId', 'id_token as idToken'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!begun?.providerId || !begun.idToken) return undefined
  const provider = await findProvider(gate.database.kysely, begun.providerId)
  if (!provider?.endsSessionThere) return undefined
  const address = await addressToSignOut(gate, provider, unseal(gate.keys.providers, id, begun.idToken))
  return address === undefined ? undefined : { name: provider.name, address }
}

/** The answer to our form may not lead elsewhere by itself, so a page does. */
const goOnPage = ({ name, address }: Elsewhere): Answer => ({
  ...doorPage(
    'You have signed out here',
    <>
      <p class="govuk-body">You are taken to {name}, so that nobody at this computer comes back in as you.</p>
      <Button href={address}>Sign out of {name} too</Button>
    </>,
  ),
  leadsOnTo: address,
})
