import { sql } from 'kysely'
import type { Tx } from '../platform/db/database.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import { type Consent, type Purpose, type Standing, standingFor } from './consent.ts'

/** Every version of every consent of a case, the latest first. */
export async function consentsOf(tx: Tx, caseId: string): Promise<Consent[]> {
  const { rows } = await sql<Consent>`
    select consent_id as "consentId", version, purposes, share_what as "shareWhat", share_with as "shareWith", answer, asked_on as "askedOn", asked_by as "askedBy",
      how, answered_by as "answeredBy", authority, capacity, capacity_because as "capacityBecause", evidence, document_id as "documentId", until_on as "untilOn",
      without_consent as "withoutConsent", without_because as "withoutBecause", because, author, recorded_at as "recordedAt"
    from consents where case_id = ${caseId} order by recorded_at desc, version desc`.execute(tx)
  return rows
}

/**
 * How a case stands with a purpose. Where nobody has been asked since, the referral says whether they agreed to it, and why it went on if they
 * did not.
 */
export async function standingOf(tx: Tx, caseId: string, purpose: Purpose, today: PlainDate): Promise<Standing> {
  const own = standingFor(await consentsOf(tx, caseId), purpose, today)
  if (own.state !== 'unknown') return own
  const { rows } = await sql<{ consent: 'given' | 'refused' | 'not-asked'; because: string }>`
    select consent, without_consent_because as because from referrals where case_id = ${caseId} order by recorded_at desc, id desc limit 1`.execute(
    tx,
  )
  const referral = rows[0]
  // Who agreed to be referred has not been asked what may be shared; who refused that has refused both.
  if (referral?.consent === 'given' && purpose === 'share') return { ...own, state: 'not-asked' }
  // Against a refusal goes on whoever has the right to, by a lawful reason: not whoever refers, in words of their own (E4).
  return referral
    ? { state: referral.consent, wentOnWithout: referral.consent === 'not-asked' && referral.because !== '', last: null }
    : own
}

/** Documents of a case that its reader may name as what was signed. */
export async function papersOf(tx: Tx, caseId: string): Promise<{ id: string; title: string }[]> {
  const { rows } = await sql<{ id: string; title: string }>`
    select id, title from documents where case_id = ${caseId} and withdrawn_at is null order by added_at desc, id limit 100`.execute(tx)
  return rows
}
