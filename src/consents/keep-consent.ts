import { v7 as uuid } from 'uuid'
import { audit } from '../audit/index.ts'
import { type PartOfCase, recordOnTimeline } from '../cases/index.ts'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { lowerFirst } from '../platform/first-letter.ts'
import { type Answer, type Consent, type Purpose, purposes } from './consent.ts'

/** What is written down of a consent, whoever writes it and when. */
export type ConsentWords = Omit<Consent, 'consentId' | 'version' | 'author' | 'recordedAt'>

/** Writes down what somebody was asked and what they said. */
export async function recordConsent(tx: Tx, actor: Actor, now: Date, part: PartOfCase, words: ConsentWords): Promise<string> {
  const id = uuid()
  await keep(tx, actor, now, part, { ...words, id, consentId: id, version: 1 })
  return id
}

/** It was taken back, or somebody goes on without it: another version, beside the one that stands. */
export async function changeConsent(
  tx: Tx,
  actor: Actor,
  now: Date,
  part: PartOfCase,
  before: Consent,
  change: Partial<ConsentWords>,
): Promise<void> {
  const { author: _author, recordedAt: _at, ...words } = before
  await keep(tx, actor, now, part, { ...words, because: '', ...change, id: uuid(), version: before.version + 1 })
}

async function keep(
  tx: Tx,
  actor: Actor,
  now: Date,
  { caseId, personId, lists }: PartOfCase,
  { id, consentId, version, ...words }: ConsentWords & { id: string; consentId: string; version: number },
): Promise<void> {
  await tx
    .insertInto('consents')
    .values({
      id,
      consent_id: consentId,
      version,
      case_id: caseId,
      purposes: [...words.purposes],
      share_what: words.shareWhat,
      share_with: words.shareWith,
      answer: words.answer,
      asked_on: words.askedOn,
      asked_by: words.askedBy,
      how: words.how,
      answered_by: words.answeredBy,
      authority: words.authority,
      capacity: words.capacity,
      capacity_because: words.capacityBecause,
      evidence: words.evidence,
      document_id: words.documentId,
      until_on: words.untilOn,
      without_consent: words.withoutConsent,
      without_because: words.withoutBecause,
      because: words.because,
      recorded_at: now,
      user_id: actor.userId,
      author: actor.name,
      ...lists,
    })
    .execute()
  const title = titleOf(words, version)
  const source = { type: 'consent', id }
  const href = paths.consents.ofCase(caseId)
  await recordOnTimeline(tx, { caseId, at: now, kind: 'people', part: 'consent', title, source, href, actor })
  await audit(tx, actor, now, {
    action: actionOf(words.answer, words.withoutConsent, version),
    subject: source,
    personId,
    caseId,
    detail: { purposes: words.purposes, answer: words.answer, withoutConsent: words.withoutConsent },
  })
}

const actionOf = (answer: Answer, withoutConsent: string, version: number): string =>
  withoutConsent
    ? 'consent-gone-on-without'
    : version === 1
      ? 'consent-recorded'
      : answer === 'withdrawn'
        ? 'consent-withdrawn'
        : 'consent-changed'

function titleOf({ purposes: asked, answer, withoutConsent }: ConsentWords, version: number): string {
  const what = inWords(asked)
  if (withoutConsent) return `Gone on without consent to ${what}`
  const words = { given: 'given', refused: 'refused', withdrawn: 'withdrawn', 'not-asked': 'not asked for' }[answer]
  return `Consent to ${what} ${version > 1 && answer === 'given' ? 'changed' : words}`
}

/** 'an assessment and sharing what is recorded' */
export const inWords = (asked: readonly Purpose[]): string => asked.map(one => lowerFirst(purposes[one])).join(' and ')
