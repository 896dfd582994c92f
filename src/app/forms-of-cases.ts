import { listsForPart } from '../access/index.ts'
import { settleForm, signOffLine } from '../approvals/index.ts'
import {
  type CasesParts,
  caseName,
  casePage,
  findCase,
  needsApproval,
  noteForm,
  noteWork,
  recordOnTimeline,
  sectionOf,
} from '../cases/index.ts'
import { ConsentBeside, consentInTheWay } from '../consents/index.ts'
import { addDocument, keepUpload, type Scanning } from '../documents/index.ts'
import { dateAnswersOf, type FormCase, type FormHappening, type FormsHost, isSeenWhole } from '../forms/index.ts'
import { FormSignatures } from '../letters/index.ts'
import { paths } from '../paths.ts'
import { today } from '../platform/clock.ts'
import type { Files } from '../platform/files.ts'
import type { Visit } from '../platform/web/routes.ts'

export type FormsOfCasesParts = Pick<CasesParts, 'personBanner' | 'tabs'> & {
  files: Files
  /** Told of each new file. Null where no scanner is configured. */
  scanning: Pick<Scanning, 'wake'> | null
}

/** What forms need to know of the case that they are about: its frame, its people, where its files go, and who is told. */
export function formsOfCases(parts: FormsOfCasesParts): FormsHost {
  return {
    openCase: (visit, caseId) => openCase(visit, parts, caseId),
    async keepFile(visit, theCase, upload, of) {
      const kept = await keepUpload(parts.files, upload)
      if (!kept.ok) return kept
      const { name, bytes } = kept.file
      const document = { title: name, kind: 'assessment', datedOn: null, file: kept.file, willBeScanned: parts.scanning !== null, of }
      const id = await addDocument(visit.tx, visit.actor, visit.clock.now(), { caseId: theCase.id, personId: theCase.personId }, document)
      visit.afterCommit(() => parts.scanning?.wake())
      return { ok: true, file: { id, name, bytes } }
    },
    happened,
    inTheWay: ({ tx, clock }, { id }) => consentInTheWay(tx, id, today(clock)),
    consentTo: (visit, { id }) => ConsentBeside(visit, id),
    besideForm: FormSignatures,
    signOffLine: (visit, theCase, set) =>
      signOffLine(visit, 'form', {
        caseId: theCase.id,
        serviceArea: theCase.serviceArea,
        subjectId: set.id,
        canSend: set.mayEdit && set.state === 'completed' && isSeenWhole(set),
        sendHref: paths.approvals.sendForm(theCase.id, set.id),
      }),
  }
}

async function openCase(visit: Visit, parts: FormsOfCasesParts, caseId: string): Promise<FormCase | undefined> {
  const { tx, actor } = visit
  const theCase = await findCase(tx, actor, caseId)
  if (!theCase) return undefined
  // A share may let somebody edit the forms of a case and nothing else of it.
  const mayEdit =
    theCase.mayEdit || (await listsForPart(tx, caseId, 'forms')).editors.some(editor => actor.writePrincipals.includes(editor))
  return {
    id: caseId,
    personId: theCase.personId,
    serviceArea: theCase.serviceArea,
    name: `${caseName(theCase)} – ${theCase.personName}`,
    mayEdit,
    isSeenWhole: theCase.whole,
    // Only with the whole of it is its assessment known to be done, which any agency may then find (E7).
    completedBy:
      theCase.isEpisode && !theCase.mayEdit ? 'Whoever co-ordinates the episode completes it. What you wrote is saved' : undefined,
    endedOn: theCase.closedOn,
    people: async () => {
      const seen = await tx.selectFrom('people').select('id').where('id', '=', theCase.personId).executeTakeFirst()
      return seen ? [{ id: theCase.personId, name: theCase.personName }] : []
    },
    section: sectionOf(theCase),
    page: (title, body, options) =>
      casePage(
        visit,
        parts,
        theCase,
        { current: 'forms', title: `${title} – ${caseName(theCase)} – ${theCase.personName}`, ...options },
        body,
      ),
  }
}

/** What was done on a form's own page. One that was signed off or opened again there decides the round of sign-off that waits. */
async function happened(visit: Visit, happening: FormHappening): Promise<void> {
  const { tx, actor, clock } = visit
  const { kind, caseId, answerSetId, formCode, reason } = happening
  const now = clock.now()
  if (kind === 'completed')
    await noteForm(tx, actor, now, caseId, { form: formCode, answerSetId, answers: await dateAnswersOf(tx, answerSetId) })
  if (kind === 'signed-off' || kind === 'reopened') await settleForm(tx, actor, now, answerSetId, kind, reason)
  await formMoved(visit, happening)
}

/** The case's stages and the person's timeline follow its assessments. A case that does not take it (it has ended) leaves the form as it is. */
export async function formMoved(
  visit: Visit,
  { kind, caseId, answerSetId, title, reason }: Omit<FormHappening, 'formCode'>,
): Promise<void> {
  const { tx, actor, clock } = visit
  const now = clock.now()
  const href = paths.forms.show(caseId, answerSetId)
  const stage = await stageMoved(visit, kind, caseId)
  if (stage) {
    const noted = await noteWork(tx, actor, now, caseId, {
      kind: `assessment-${stage}`,
      answerSetId,
      title: `${title} ${words[kind]}`,
      href,
    })
    if (noted.ok) return
  }
  await recordOnTimeline(tx, {
    caseId,
    at: now,
    kind: 'assessment',
    part: 'forms',
    title: `${title} ${words[kind]}`,
    summary: reason,
    source: { type: 'answer-set', id: answerSetId },
    href,
    actor,
  })
}

const words = {
  started: 'started',
  completed: 'completed',
  discarded: 'discarded',
  reopened: 'reopened',
  'signed-off': 'signed off',
} as const

/** F7: where the service has forms signed off, the assessment is over when it has been, and not before. */
async function stageMoved(
  { tx, actor }: Visit,
  kind: FormHappening['kind'],
  caseId: string,
): Promise<'started' | 'completed' | 'discarded' | null> {
  if (kind === 'started' || kind === 'discarded') return kind
  if (kind === 'reopened') return null
  const theCase = await findCase(tx, actor, caseId)
  const isNeeded = theCase !== undefined && (await needsApproval(tx, theCase.serviceArea, 'form'))
  return isNeeded === (kind === 'signed-off') ? 'completed' : null
}
