import { audit } from '../../audit/index.ts'
import type { FrameParts } from '../../cases/index.ts'
import { findDocument } from '../../documents/index.ts'
import { paths } from '../../paths.ts'
import { isId } from '../../platform/id.ts'
import { type Answer, file, notFound, redirect } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import type { AddresseesOf } from '../merge/addressees.ts'
import { type About, aboutCase } from '../merge/letter-of-case.ts'
import { paperAsPdf } from '../pdf/paper-as-pdf.ts'
import { chooseTemplate, postChosen } from './choose-template.tsx'
import { draftPage, postDraft } from './draft-page.tsx'
import { beginDraft, type Draft, discardDraft, findDraft, tellOfDraft } from './drafts.queries.ts'
import { letterNow } from './letter-now.ts'
import { letterOf } from './letters.queries.ts'
import { fileNameOf, type ProducingParts } from './produce.ts'
import { postProduce, producePage } from './produce-page.tsx'
import { postSignOnFile, signOnFilePage, withLetterToSign } from './sign-on-file.tsx'

export type LetterParts = FrameParts & ProducingParts & { addresseesOf?: AddresseesOf }

/** `/cases/:caseId/letters…`: choose a template, write, look, sign, produce; write again. For those who may add to the case's documents. */
export function letterRoutes(routes: Routes, parts: LetterParts): void {
  const recording = { may: 'record' } as const
  const draft = paths.letters.draft(':caseId', ':draftId')
  routes.get(paths.letters.choose(':caseId'), recording, visit => withCase(visit, parts, about => chooseTemplate(visit, parts, about)))
  routes.post(paths.letters.choose(':caseId'), recording, visit => withCase(visit, parts, about => postChosen(visit, parts, about)))
  routes.get(draft, recording, visit => withDraft(visit, parts, (about, one) => openDraft(visit, parts, about, one)))
  routes.post(draft, recording, visit => withDraft(visit, parts, (about, one) => postDraft(visit, parts, about, one)))
  routes.get(`${draft}/pdf`, recording, visit => withDraft(visit, parts, (about, one) => seeAsPdf(visit, about, one)))
  routes.get(`${draft}/produce`, recording, visit => withDraft(visit, parts, (about, one) => producePage(visit, parts, about, one)))
  routes.post(`${draft}/produce`, recording, visit => withDraft(visit, parts, (about, one) => postProduce(visit, parts, about, one)))
  routes.post(`${draft}/discard`, recording, visit => withDraft(visit, parts, (about, one) => discard(visit, about, one)))
  const signing = { may: 'sign' } as const
  const toSign = (visit: Visit, work: (about: About, onFile: Parameters<typeof signOnFilePage>[3]) => Promise<Answer>) =>
    withCase(visit, parts, about => withLetterToSign(visit, about, onFile => work(about, onFile)))
  routes.get(paths.letters.sign(':caseId', ':documentId'), signing, visit =>
    toSign(visit, (about, onFile) => signOnFilePage(visit, parts, about, onFile)),
  )
  routes.post(paths.letters.sign(':caseId', ':documentId'), signing, visit =>
    toSign(visit, (about, onFile) => postSignOnFile(visit, parts, about, onFile)),
  )
  routes.post(paths.letters.again(':caseId', ':documentId'), recording, visit => withCase(visit, parts, about => writeAgain(visit, about)))
}

async function withCase(visit: Visit, { addresseesOf }: LetterParts, work: (about: About) => Promise<Answer>): Promise<Answer> {
  const about = await aboutCase(visit, visit.params.caseId ?? '', addresseesOf)
  return about?.part.mayEdit ? work(about) : notFound()
}

/** A draft is only ever its writer's, and only while they may add to the case's documents. */
const withDraft = (visit: Visit, parts: LetterParts, work: (about: About, draft: Draft) => Promise<Answer>): Promise<Answer> =>
  withCase(visit, parts, async about => {
    const draft = await findDraft(visit.tx, visit.actor, about.theCase.id, visit.params.draftId ?? '')
    return draft ? work(about, draft) : notFound()
  })

async function openDraft(visit: Visit, parts: LetterParts, about: About, draft: Draft): Promise<Answer> {
  await tellOfDraft(visit, about, 'letter-draft-opened')
  return draftPage(visit, parts, about, draft)
}

/** As it would be printed. Kept nowhere. */
async function seeAsPdf(visit: Visit, about: About, draft: Draft): Promise<Answer> {
  await tellOfDraft(visit, about, 'letter-draft-opened')
  const { paper } = await letterNow(visit, about, draft)
  const content = await paperAsPdf({ ...paper, foot: `${paper.foot} · Draft` }, visit.clock.now())
  return file({
    content,
    type: 'application/pdf',
    name: `${fileNameOf(draft.title)}, draft.pdf`,
    inline: true,
    headers: { 'x-content-type-options': 'nosniff' },
  })
}

async function discard(visit: Visit, about: About, draft: Draft): Promise<Answer> {
  await discardDraft(visit.tx, draft.id)
  await tellOfDraft(visit, about, 'letter-draft-discarded')
  return redirect(paths.documents.list(draft.caseId), { notice: 'The draft has been discarded.' })
}

/** A letter that is on file becomes a draft again, with the wording that it was made of. */
async function writeAgain(visit: Visit, { theCase, part, person }: About): Promise<Answer> {
  const { tx, actor, clock, params } = visit
  const documentId = params.documentId ?? ''
  const isAnId = isId(documentId)
  const document = isAnId ? await findDocument(tx, documentId) : undefined
  const letter = document && !document.withdrawn ? await letterOf(tx, documentId) : undefined
  if (!document || letter?.caseId !== part.caseId) return notFound()
  const { templateCode, templateVersion, wording, options, sections } = letter
  const id = await beginDraft(tx, actor, clock.now(), {
    caseId: theCase.id,
    documentId,
    templateCode,
    templateVersion,
    title: document.title,
    wording,
    options,
    sections,
  })
  await audit(tx, actor, clock.now(), {
    action: 'letter-begun',
    subject: { type: 'case', id: theCase.id },
    personId: person.id,
    caseId: theCase.id,
    detail: { template: `${templateCode}/${templateVersion}`, sections, of: documentId },
  })
  return redirect(paths.letters.draft(theCase.id, id))
}
