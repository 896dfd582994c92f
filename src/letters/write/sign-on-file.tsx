import { audit } from '../../audit/index.ts'
import { type FrameParts, partPage, recordOnTimeline } from '../../cases/index.ts'
import { addVersion, type Document, findDocument, keepMade } from '../../documents/index.ts'
import { paths } from '../../paths.ts'
import { linesThatTellWhere } from '../../people/index.ts'
import { type Actor, may } from '../../platform/actor.ts'
import { today } from '../../platform/clock.ts'
import { isId } from '../../platform/id.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import { type Fields, noFields } from '../../platform/web/fields.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, errorSummaryFor, type FieldError, Form } from '../../ui/index.ts'
import type { About } from '../merge/letter-of-case.ts'
import { fingerprintOfPaper, type Paper, wordsOfPaper } from '../paper/paper.ts'
import { PaperOnPage } from '../paper/paper-on-page.tsx'
import { signatureShown } from '../signatures/signature.ts'
import { readSignature, SignatureFields } from '../signatures/signature-fields.tsx'
import { addSignature, signaturesOf } from '../signatures/signatures.queries.ts'
import { keepLetter, type LetterOnFile, letterOf } from './letters.queries.ts'
import { fileNameOf, fileOf, type ProducingParts } from './produce.ts'

/** Whether the actor can sign a letter that is on file: their own, which leaves room for it, as long as nothing has been put after it. */
export const maySignOnFile = (actor: Actor, document: Document, letter: LetterOnFile): boolean =>
  may(actor, 'sign') &&
  letter.producedBy === actor.userId &&
  letter.number === document.latest.number &&
  letter.paper.blocks.some(block => block.kind === 'signature' && !block.signature)

type OnFile = { document: Document; letter: LetterOnFile }

/** Answers about a letter on file that is the actor's to sign and has not been signed. */
export async function withLetterToSign(visit: Visit, about: About, work: (onFile: OnFile) => Promise<Answer>): Promise<Answer> {
  const { tx, actor, params } = visit
  const documentId = params['documentId'] ?? ''
  const isAnId = isId(documentId)
  const document = isAnId ? await findDocument(tx, documentId) : undefined
  const letter = document && !document.withdrawn ? await letterOf(tx, documentId) : undefined
  if (!document || letter?.caseId !== about.part.caseId || !maySignOnFile(actor, document, letter)) return notFound()
  const signed = await signaturesOf(tx, letter.caseId, 'letter', documentId)
  const isSigned = signed.some(({ version }) => version === String(letter.number))
  return isSigned
    ? redirect(paths.documents.show(letter.caseId, documentId), { notice: 'It is signed already.' })
    : work({ document, letter })
}

export async function signOnFilePage(
  visit: Visit,
  parts: FrameParts,
  about: About,
  { document, letter }: OnFile,
  { typed = noFields, errors = [] }: { typed?: Fields; errors?: readonly FieldError[] } = {},
): Promise<Answer> {
  const { tx, actor, clock } = visit
  const subject = { type: 'letter', id: document.id }
  await audit(tx, actor, clock.now(), { action: 'signing-opened', subject, personId: about.person.id, caseId: letter.caseId })
  const back = paths.documents.show(letter.caseId, document.id)
  const body = (
    <>
      {errorSummaryFor(errors)}
      <PaperOnPage paper={letter.paper} below={1} />
      <Form {...visit.form} action={paths.letters.sign(letter.caseId, document.id)} classes="ly-form">
        <input type="hidden" name="hash" value={letter.contentHash} />
        <SignatureFields typed={typed} errors={errors} name={about.writer.name} whose="Your signature" />
        <div class="govuk-button-group">
          {Button({ text: 'Sign the letter', preventDoubleClick: true })}
          <a class="govuk-link" href={back}>
            Cancel
          </a>
        </div>
      </Form>
    </>
  )
  return partPage(visit, parts, about.part, `Sign: ${document.title}`, body, {
    current: 'documents',
    hasErrors: errors.length > 0,
    narrow: true,
  })
}

/** The same letter with its signature becomes the next file: what was read is what is signed, and what is printed. */
export async function postSignOnFile(visit: Visit, parts: FrameParts & ProducingParts, about: About, onFile: OnFile): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const { document, letter } = onFile
  const now = clock.now()
  const { value: signature, errors } = readSignature(fields, { signer: 'user', name: about.writer.name })
  const wrong = [...errors]
  if (!signature && errors.length === 0) wrong.push({ field: 'typed', message: 'Type your name or draw your signature' })
  if (fields.text('hash') !== letter.contentHash || fingerprintOfPaper(letter.paper) !== letter.contentHash)
    wrong.push({ field: 'typed', message: 'The letter on file is another than the one you read. Read it again, then sign' })
  // An address may have become confidential since it was put on file.
  if (linesThatTellWhere(wordsOfPaper(letter.paper), about.person, today(clock)).length > 0)
    wrong.push({ field: 'typed', message: 'It tells where the person lives, which is confidential by now. Write it again without that' })
  if (wrong.length > 0 || !signature) return signOnFilePage(visit, parts, about, onFile, { typed: fields, errors: wrong })
  const paper = withSignature(letter.paper, signatureShown({ ...signature, signedAt: now, recordedBy: actor.name }))
  const format = document.latest.contentType === 'application/pdf' ? 'pdf' : 'docx'
  const file = await keepMade(parts.files, `${fileNameOf(document.title)}.${format}`, await fileOf(paper, format, now))
  const change = { id: document.id, version: document.version, file, note: 'Signed', willBeScanned: parts.scanning !== null }
  const added = await addVersion(tx, actor, now, about.part, change)
  if (!added.ok)
    return redirect(paths.documents.show(letter.caseId, document.id), {
      notice: 'The letter has been changed meanwhile. Look at it again.',
    })
  const number = added.value
  await keepLetter(tx, actor, now, { ...letter, number, paper })
  const subject = { type: 'letter', id: document.id, version: String(number), contentHash: letter.contentHash } as const
  await addSignature(tx, actor, now, about.part, subject, signature, letter.sections)
  await recordOnTimeline(tx, {
    caseId: letter.caseId,
    at: now,
    kind: 'document',
    part: 'documents',
    title: `Letter signed: ${document.title}`,
    source: { type: 'document', id: document.id },
    href: paths.documents.show(letter.caseId, document.id),
    actor,
    followsFrom: letter.sections,
  })
  visit.afterCommit(() => parts.scanning?.wake())
  return redirect(paths.documents.show(letter.caseId, document.id), { notice: 'The letter is signed. The signed file is the latest.' })
}

const withSignature = (paper: Paper, signature: ReturnType<typeof signatureShown>): Paper => ({
  ...paper,
  blocks: paper.blocks.map(block => (block.kind === 'signature' ? { ...block, signature } : block)),
})
