import { sectionInText } from '../../access/index.ts'
import { audit } from '../../audit/index.ts'
import { recordOnTimeline } from '../../cases/index.ts'
import { addDocument, addVersion, findDocument, keepMade, type Scanning } from '../../documents/index.ts'
import { paths } from '../../paths.ts'
import { today } from '../../platform/clock.ts'
import type { Files } from '../../platform/files.ts'
import { no, ok, type Result } from '../../platform/result.ts'
import { paperAsDocx } from '../docx/paper-as-docx.ts'
import type { About, Writing } from '../merge/letter-of-case.ts'
import { fingerprintOfPaper, type Paper } from '../paper/paper.ts'
import { paperAsPdf } from '../pdf/paper-as-pdf.ts'
import { type NewSignature, signatureShown } from '../signatures/signature.ts'
import { addSignature } from '../signatures/signatures.queries.ts'
import { type Draft, discardDraft } from './drafts.queries.ts'
import { letterNow, type Obstacle } from './letter-now.ts'
import { keepLetter, letterOf } from './letters.queries.ts'

export type LetterFormat = 'pdf' | 'docx'
export type ProducingParts = { readonly files: Files; readonly scanning: Pick<Scanning, 'wake'> | null }
type Producing = {
  draft: Draft
  about: About
  format: LetterFormat
  signature: NewSignature | null
  /** The fingerprint of what was read before it was signed. Undefined where nobody read it: a story. */
  asRead?: string
}

/** Makes the file, puts it on the record with its line in the timeline, and keeps its signature, bound to what it says. Posts nothing. */
export async function produce(
  visit: Writing,
  parts: ProducingParts,
  { draft, about, format, signature, asRead }: Producing,
): Promise<Result<string, 'obstacles' | 'not-as-read' | 'changed-meanwhile'> & { obstacles?: readonly Obstacle[] }> {
  const { tx, actor, clock } = visit
  const now = clock.now()
  const shown = signature && signatureShown({ ...signature, signedAt: now, recordedBy: actor.name })
  const { paper, filled, sections, obstacles } = await letterNow(visit, about, draft, shown)
  if (obstacles.length > 0) return { ...no('obstacles'), obstacles }
  const contentHash = fingerprintOfPaper(paper)
  if (asRead !== undefined && asRead !== contentHash) return no('not-as-read')
  const file = await keepMade(parts.files, `${fileNameOf(draft.title)}.${format}`, await fileOf(paper, format, now))
  const kept = await putOnFile(visit, { draft, about, sections, file, willBeScanned: parts.scanning !== null })
  if (!kept.ok) return kept
  const { documentId, number } = kept.value
  const { caseId, templateCode, templateVersion, options } = draft
  await keepLetter(tx, actor, now, {
    caseId,
    templateCode,
    templateVersion,
    options,
    documentId,
    number,
    wording: filled.wording,
    sections,
    paper,
    contentHash,
  })
  if (signature)
    await addSignature(
      tx,
      actor,
      now,
      about.part,
      { type: 'letter', id: documentId, version: String(number), contentHash },
      signature,
      sections,
    )
  await recordOnTimeline(tx, {
    caseId,
    at: now,
    kind: 'document',
    part: 'documents',
    title: `Letter: ${draft.title}`,
    summary: goesTo(options),
    source: { type: 'document', id: documentId },
    href: paths.documents.show(caseId, documentId),
    actor,
    followsFrom: sections,
  })
  await audit(tx, actor, now, {
    action: 'letter-produced',
    subject: { type: 'document', id: documentId },
    personId: about.person.id,
    caseId,
    detail: { template: `${templateCode}/${templateVersion}`, number, format, delivery: options.delivery, signed: signature !== null },
  })
  await discardDraft(tx, draft.id)
  return ok(documentId)
}

/** On the timeline a letter is taken to be for the person, by post. */
function goesTo({ delivery, addressee }: Draft['options']): string {
  if (delivery === 'other') return `To ${addressee.split('\n', 1)[0]}.`
  return delivery === 'hand' ? 'To be handed over in person.' : ''
}

export const fileOf = (paper: Paper, format: LetterFormat, now: Date): Promise<Buffer> =>
  format === 'pdf' ? paperAsPdf(paper, now) : paperAsDocx(paper)

/** A name that every computer takes. */
export const fileNameOf = (title: string): string =>
  title
    .replaceAll(/[^\p{L}\p{N} ,-]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 80) || 'Letter'

type OnFile = Pick<Producing, 'draft' | 'about'> & {
  sections: Draft['sections']
  file: Awaited<ReturnType<typeof keepMade>>
  willBeScanned: boolean
}

async function putOnFile(
  visit: Writing,
  { draft, about, sections, file, willBeScanned }: OnFile,
): Promise<Result<{ documentId: string; number: number }, 'changed-meanwhile'>> {
  const { tx, actor, clock } = visit
  const now = clock.now()
  const before = draft.documentId ? await letterOf(tx, draft.documentId) : undefined
  const known = new Set(before?.sections.map(sectionInText))
  // A letter that takes answers of a further section is withheld from more people than the one before it: it is a document of its own.
  if (!draft.documentId || !sections.every(section => known.has(sectionInText(section)))) {
    const document = { title: draft.title, kind: 'letter', datedOn: today(clock), file, willBeScanned, followsFrom: sections }
    return ok({ documentId: await addDocument(tx, actor, now, about.part, document), number: 1 })
  }
  const document = await findDocument(tx, draft.documentId)
  const change = document && { id: document.id, version: document.version, file, note: 'Written again', willBeScanned }
  const added = change && (await addVersion(tx, actor, now, about.part, change))
  return added?.ok ? ok({ documentId: draft.documentId, number: added.value }) : no('changed-meanwhile')
}
