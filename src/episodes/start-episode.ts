import { coordinateNew, letReferrerFollow } from '../access/index.ts'
import { beginCase, keepAtDesk, lockCase, openPartToEdit, type PartOfCase, type TeamChoice } from '../cases/index.ts'
import { type ConsentWords, changeConsent, recordConsent } from '../consents/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import { appoint, type Candidate } from './coordinator.ts'

export type NewEpisode = {
  personId: string
  desk: TeamChoice
  startedOn: PlainDate
  reason: string
  consent: ConsentWords
  coordinator: Candidate
}

/**
 * Begins an episode (E1) for somebody whom the actor may see, whichever agency they are of: no case of that agency comes of it, and it is not shown as
 * involved (E6). What was said to an assessment and to sharing is the first thing on it (E4). Whoever begins it holds it until its co-ordinator is
 * appointed; where that is somebody else, they follow that it was begun and see no more of it.
 */
export async function startEpisode(tx: Tx, actor: Actor, now: Date, wish: NewEpisode): Promise<string> {
  const { personId, desk, startedOn, reason, consent, coordinator } = wish
  const { caseId } = await beginCase(
    tx,
    actor,
    now,
    {
      personId,
      teamId: desk.teamId,
      serviceArea: desk.serviceArea,
      receivedOn: startedOn,
      source: 'episode',
      sourceLabel: 'Whoever began it',
      title: `Episode begun by ${actor.agencyName}`,
      referrerName: actor.name,
      referrerContact: actor.agencyName,
      reason,
      urgency: 'routine',
      ...saidIn(consent),
    },
    async begun => {
      await coordinateNew(tx, actor, now, begun)
      await keepAtDesk(tx, actor, now, begun, startedOn)
      const part = await openPartToEdit(tx, actor, begun, 'consent')
      if (!part) throw new Error('Whoever began an episode could not write on it.')
      await writeConsent(tx, actor, now, part, consent)
      const theCase = await lockCase(tx, actor, begun)
      if (!theCase) throw new Error('Whoever began an episode could not change it.')
      const words = { fromOn: startedOn, reason: 'When the episode began', handOver: '' }
      const appointed = await appoint(tx, actor, now, theCase, { to: coordinator, ...words })
      if (!appointed.ok) throw new Error(`Nobody could be appointed to a new episode: ${appointed.error}.`)
      if (coordinator.userId !== actor.userId) await letReferrerFollow(tx, actor, now, begun, actor.principal)
    },
  )
  return caseId
}

/** A no stays as it was said; that it was gone on without is written beside it (E4). */
async function writeConsent(tx: Tx, actor: Actor, now: Date, part: PartOfCase, { withoutConsent, withoutBecause, ...said }: ConsentWords) {
  const asked = { ...said, withoutConsent: '', withoutBecause: '' }
  const consentId = await recordConsent(tx, actor, now, part, asked)
  if (!withoutConsent) return
  const before = { ...asked, consentId, version: 1, author: actor.name, recordedAt: now }
  await changeConsent(tx, actor, now, part, before, { withoutConsent, withoutBecause })
}

/** The same as the referral of any case says it. */
function saidIn({ answer, askedOn, how, evidence, withoutBecause }: ConsentWords) {
  const isGiven = answer === 'given'
  return {
    consent: isGiven ? ('given' as const) : answer === 'not-asked' ? ('not-asked' as const) : ('refused' as const),
    consentHow: isGiven ? evidence || how : '',
    consentOn: isGiven ? askedOn : null,
    withoutConsentBecause: isGiven ? '' : withoutBecause,
  }
}
