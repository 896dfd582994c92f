import { largestFile } from '../documents/index.ts'
import type { FormDefinition } from '../forms/index.ts'
import { paths } from '../paths.ts'
import type { Answer } from '../platform/web/answer.ts'
import type { Routes, Visit } from '../platform/web/routes.ts'
import { documentFile, documentsPage, postDocument, postWithdrawDocument } from './documents-page.tsx'
import { type MeetingParts, type OfItem, withItem } from './frame.tsx'
import { addToLogPage, logPage, postAddToLog, postTakeFromLog } from './log-page.tsx'
import { inBoxes, notLost, onPage, sharedForms } from './not-lost.tsx'
import { postTakeReviewStepBack, reviewPage } from './review-page.tsx'
import { postReviewStep, reviewStepPage } from './review-step-page.tsx'
import { postShared, postSharedAsked, sharedEditPage, sharedFormPage, withSharedForm } from './shared-form.tsx'
import { postGoBackToShared, sharedVersionPage, sharedVersionsPage } from './shared-versions.tsx'
import { postStage, postTakeStageBack, stagePage } from './stage-page.tsx'

/** `/meetings/items/…`, between meetings: the form that all share, documents, logs, stages of warnings and the steps of a review. */
export function workBetweenRoutes(routes: Routes, parts: MeetingParts): void {
  const { meetings } = paths
  const read = { may: 'read-records' } as const
  const record = { may: 'record' } as const
  const typing = { ...record, repeatable: true } as const
  const withFile = { ...record, uploadLimit: largestFile } as const
  const forThoseWho = (to: 'read' | 'edit') => (work: (visit: Visit, of: OfItem) => Promise<Answer>) => (visit: Visit) =>
    withItem(visit, parts, to, of => work(visit, of))
  const reads = forThoseWho('read')
  const edits = forThoseWho('edit')
  const item = ':itemId'

  const shared = (work: (visit: Visit, of: OfItem, definition: FormDefinition) => Promise<Answer>) =>
    reads((visit, of) => withSharedForm(visit, of, definition => work(visit, of, definition)))
  const formPage = meetings.sharedPage(item, ':formPage')
  routes.get(meetings.shared(item), read, shared(sharedFormPage))
  routes.get(formPage, record, shared(sharedEditPage))
  routes.post(formPage, record, notLost(onPage(parts, sharedForms), shared(postShared)))
  routes.post(meetings.askedNow(formPage), typing, shared(postSharedAsked))
  routes.get(meetings.sharedVersions(item), read, shared(sharedVersionsPage))
  routes.get(meetings.sharedVersion(item, ':versionId'), read, shared(sharedVersionPage))
  routes.post(meetings.goBackToShared(item, ':versionId'), record, shared(postGoBackToShared))

  const document = meetings.document(item, ':itemDocumentId')
  routes.get(meetings.documents(item), read, reads(documentsPage))
  routes.post(
    meetings.documents(item),
    withFile,
    notLost(
      inBoxes({ title: 'What it is', file: 'The file, which was not kept' }),
      reads((visit, of) => postDocument(visit, parts, of)),
    ),
  )
  routes.get(
    document,
    read,
    reads((visit, of) => documentFile(visit, parts, of)),
  )
  routes.post(meetings.withdrawDocument(item, ':itemDocumentId'), record, reads(postWithdrawDocument))

  const log = ':logCode'
  routes.get(meetings.log(item, log), read, reads(logPage))
  routes.get(meetings.addToLog(item, log), record, reads(addToLogPage))
  const logged = { words: 'In words', on: 'When it happened', told: 'When somebody told of it', family: 'Surname', given: 'First name' }
  routes.post(meetings.addToLog(item, log), record, notLost(inBoxes(logged), reads(postAddToLog)))
  routes.post(meetings.takeFromLog(item, log, ':entryId'), record, reads(postTakeFromLog))

  routes.get(meetings.stage(item, ':partyId'), read, reads(stagePage))
  routes.post(meetings.stage(item, ':partyId'), record, reads(postStage))
  routes.post(meetings.takeStageBack(item, ':partyId', ':moveId'), record, reads(postTakeStageBack))

  const step = ':reviewStep'
  routes.get(meetings.review(item), read, reads(reviewPage))
  routes.get(meetings.reviewStep(item, step), record, edits(reviewStepPage))
  routes.post(meetings.reviewStep(item, step), record, edits(postReviewStep))
  routes.post(meetings.takeReviewStepBack(item, ':stepId'), record, edits(postTakeReviewStepBack))
}
