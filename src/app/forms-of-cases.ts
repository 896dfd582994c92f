import { listsForPart } from '../access/index.ts'
import { type CasesParts, caseFrame, caseName, findCase, noteForm, noteWork, recordOnTimeline } from '../cases/index.ts'
import { addDocument, keepUpload, type Scanning } from '../documents/index.ts'
import { dateAnswersOf, type FormCase, type FormHappening, type FormsHost } from '../forms/index.ts'
import { FormSignatures } from '../letters/index.ts'
import { paths } from '../paths.ts'
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
    besideForm: FormSignatures,
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
    endedOn: theCase.closedOn,
    people: async () => {
      const seen = await tx.selectFrom('people').select('id').where('id', '=', theCase.personId).executeTakeFirst()
      return seen ? [{ id: theCase.personId, name: theCase.personName }] : []
    },
    frame: body => caseFrame(visit, parts, theCase, 'forms', body),
  }
}

/** The case's stages and the person's timeline follow its assessments. A case that does not take it (it has ended) leaves the form as it is. */
async function happened({ tx, actor, clock }: Visit, { kind, caseId, answerSetId, formCode, title, reason }: FormHappening): Promise<void> {
  const now = clock.now()
  const href = paths.forms.show(caseId, answerSetId)
  if (kind === 'completed')
    await noteForm(tx, actor, now, caseId, { form: formCode, answerSetId, answers: await dateAnswersOf(tx, answerSetId) })
  if (kind === 'started' || kind === 'completed' || kind === 'discarded') {
    const noted = await noteWork(tx, actor, now, caseId, { kind: `assessment-${kind}`, answerSetId, title: `${title} ${kind}`, href })
    if (noted.ok) return
  }
  await recordOnTimeline(tx, {
    caseId,
    at: now,
    kind: 'assessment',
    part: 'forms',
    title: `${title} ${kind === 'signed-off' ? 'signed off' : kind}`,
    summary: reason,
    source: { type: 'answer-set', id: answerSetId },
    href,
    actor,
  })
}
