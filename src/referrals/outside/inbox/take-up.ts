import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import { beginCase, type Case, type NewReferral, recordOnTimeline } from '../../../cases/index.ts'
import { addDocument, keepUpload } from '../../../documents/index.ts'
import { type Answers, complete, type FileAnswer, type Form, loadForm, saveSections, startAnswers } from '../../../forms/index.ts'
import { tellUsers } from '../../../notifications/index.ts'
import { paths } from '../../../paths.ts'
import { type NewPerson, registerPeople, tellApart } from '../../../people/index.ts'
import type { Files } from '../../../platform/files.ts'
import { isId } from '../../../platform/id.ts'
import type { Visit } from '../../../platform/web/routes.ts'
import { tellOfReferral } from '../../between/tell.ts'
import { filesOfReferral, type OutsideFile } from '../files.ts'
import { aboutWhom, surroundings } from '../form.ts'
import type { OutsideReferral } from '../inbox.queries.ts'
import { auditOutside } from './of-referral.tsx'
import { contactSent, keepContact } from './sent-contact.tsx'

export type Stores = { /** Of documents. */ documents: Files /** Of what came from outside. */; outside: Files; willBeScanned: boolean }

/**
 * Makes the ordinary referral of what came from outside: a case with its referral, and what was sent on it. The referral was locked. Answers the case,
 * and what became of the number that was sent.
 */
export async function takeUp(
  visit: Visit,
  referral: OutsideReferral,
  asked: NewReferral,
  { stores, keeps }: { stores: Stores /** Whether the number that was sent goes on a record that there is already. */; keeps: boolean },
): Promise<{ caseId: string; contact: Awaited<ReturnType<typeof keepContact>> | null }> {
  const { tx, actor, clock } = visit
  const { caseId } = await beginCase(tx, actor, clock.now(), asked)
  await putOnCase(visit, referral, { caseId, personId: asked.personId }, stores)
  await tellOfReferral(tx, actor, clock.now(), { caseId, step: 'made' })
  return { caseId, contact: keeps ? await keepContact(visit, referral, asked.personId) : null }
}

/** Puts what was sent on a case that is open already, in place of beginning another, and tells whoever works with it. Both were locked. */
export async function addToOpenCase(visit: Visit, referral: OutsideReferral, theCase: Case, stores: Stores): Promise<void> {
  const { tx, actor, clock } = visit
  await putOnCase(visit, referral, { caseId: theCase.id, personId: theCase.personId }, stores)
  if (!theCase.workerId || theCase.workerId === actor.userId) return
  await tellUsers(tx, clock.now(), {
    to: [theCase.workerId],
    kind: 'referral-received',
    words: 'Something sent from outside was put on a case of yours',
    href: paths.cases.show(theCase.id),
    caseId: theCase.id,
  })
}

/**
 * What was sent, as a completed form of the case, its files as documents. Nothing of it is then left in the inbox, so that from now on the lists of the
 * case alone say who reads it.
 */
async function putOnCase(
  visit: Visit,
  referral: OutsideReferral,
  place: { caseId: string; personId: string },
  stores: Stores,
): Promise<void> {
  const { tx, actor, clock } = visit
  const now = clock.now()
  const { caseId } = place
  const form = await loadForm(tx, referral.formCode, referral.formVersion)
  const started = await startAnswers(tx, actor, now, {
    caseId,
    formCode: referral.formCode,
    formVersion: referral.formVersion,
    part: 'referral',
  })
  if (!started.ok) throw new Error(`What was sent could not be put on the case: ${started.error}.`)
  const answerSetId = started.value
  const documents = await toDocuments(visit, place, referral, form, answerSetId, stores)
  const answers = withDocuments(form, referral.answers, documents)
  await saveSections(tx, actor, now, {
    caseId,
    answerSetId,
    kind: 'saved',
    sections: form.definition.pages
      .flatMap(page => page.sections)
      .map(section => ({
        section: section.code,
        codes: section.questions.map(question => question.code),
        base: { revision: 0 },
        filled: { answers, typed: referral.typed },
      })),
  })
  // What its sender could send is complete by its own form; where a rule is of the day that it was sent, it stays open to be looked at.
  await complete(tx, actor, { caseId, answerSetId }, surroundings(now))
  await recordOnTimeline(tx, {
    caseId,
    at: referral.sentAt,
    recordedAt: now,
    kind: 'referral',
    part: 'referral',
    title: `Sent from outside: ${referral.pageName}`,
    summary: `Number ${referral.number}`,
    source: { type: 'answer-set', id: answerSetId },
    href: paths.forms.show(caseId, answerSetId),
    actor,
  })
  await sql`delete from outside_files where referral_id = ${referral.id}`.execute(tx)
  await sql`
    update outside_referrals set state = 'taken-up', answers = '{}', typed = '{}', case_id = ${caseId}, decided_at = ${now}, decided_by = ${actor.userId}
    where id = ${referral.id}`.execute(tx)
  await auditOutside(visit, 'outside-referral-taken-up', referral, place)
}

/** Copies what may be opened, or is still to be scanned, among the documents of the case. By the id that it had. */
async function toDocuments(
  { tx, actor, clock }: Visit,
  place: { caseId: string; personId: string },
  referral: OutsideReferral,
  form: Form,
  answerSetId: string,
  { documents, outside, willBeScanned }: Stores,
): Promise<ReadonlyMap<string, FileAnswer>> {
  const moved = new Map<string, FileAnswer>()
  for (const sent of await filesOfReferral(tx, referral.id)) {
    const section = form.questions.get(sent.question)?.section.code
    if (sent.scan === 'infected' || section === undefined) continue
    const file = await copied(outside, documents, sent)
    const id = await addDocument(tx, actor, clock.now(), place, {
      title: sent.name,
      kind: 'referral',
      datedOn: null,
      file,
      willBeScanned: willBeScanned && sent.scan !== 'clean',
      of: { answerSetId, section },
    })
    moved.set(sent.id, { id, name: file.name, bytes: file.bytes })
  }
  return moved
}

/** The same check as for any document: what is kept among them has passed it there. */
async function copied(from: Files, to: Files, { key, name, bytes }: OutsideFile) {
  const folder = await mkdtemp(join(tmpdir(), 'lanyard-outside-'))
  try {
    const path = join(folder, 'file')
    const kept = await from.read(key)
    if (!kept) throw new Error('A file from outside is not in storage.')
    await pipeline(kept.content, createWriteStream(path, { mode: 0o600 }))
    const copy = await keepUpload(to, { field: '', name, path, bytes, tooLarge: false })
    if (!copy.ok) throw new Error(`A file from outside cannot be kept as a document: ${copy.message}`)
    return copy.file
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The answers with each file as the document that it has become; one with a virus is named no more. */
function withDocuments(form: Form, answers: Answers, documents: ReadonlyMap<string, FileAnswer>): Answers {
  return Object.fromEntries(
    Object.entries(answers).flatMap(([code, answer]) => {
      if (form.questions.get(code)?.question.type !== 'file' || !Array.isArray(answer)) return [[code, answer]]
      const moved = (answer as readonly FileAnswer[]).flatMap(one => documents.get(one.id) ?? [])
      return moved.length > 0 ? [[code, moved]] : []
    }),
  )
}

/** Puts whoever it is about on record, as it says, with how it is safe to reach them; and remembers who on record is somebody else. */
export async function registerAbout(
  { tx, actor, clock }: Visit,
  referral: OutsideReferral,
  name: Pick<NewPerson, 'given' | 'family'>,
  { toldApart, keeps }: { toldApart: readonly string[]; keeps: boolean },
): Promise<string | undefined> {
  const now = clock.now()
  const about = aboutWhom(referral.answers)
  const sent = contactSent(referral.answers)
  const person: NewPerson = {
    ...name,
    dateOfBirth: about.born,
    nhsNumber: about.nhsNumber,
    addresses: about.postcode ? [{ kind: 'home', postcode: about.postcode }] : [],
    contacts: keeps && sent ? [sent] : [],
  }
  const outcome = await registerPeople(tx, actor, now, [person], {
    post: referral.inbox,
    reason: `Referral from outside ${referral.number}`,
  })
  const registered = outcome.ok ? outcome.value[0] : undefined
  if (!registered) return undefined
  await tellApart(tx, actor, now, registered.id, toldApart.filter(isId))
  return registered.id
}
