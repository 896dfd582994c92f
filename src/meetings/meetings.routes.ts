import { largestFile } from '../documents/index.ts'
import { paths } from '../paths.ts'
import type { Routes, Visit } from '../platform/web/routes.ts'
import { actionPage, withAction } from './action-page.tsx'
import { actionsBeforePage, actionsPage } from './actions-page.tsx'
import { activityPage } from './activity-page.tsx'
import { postAgain } from './again.tsx'
import { agendaPage, postChase, postCirculate, postSend } from './agenda-page.tsx'
import { arrangePage, postArrange } from './arrange-page.tsx'
import { attendancePage, postAttendance } from './attendance-page.tsx'
import { casesPage } from './cases-page.tsx'
import { chairPage } from './chair-page.tsx'
import { postChangeAction } from './change-action.ts'
import { cancelDatePage, moveDatePage, postCancelDate, postMoveDate } from './change-date-pages.tsx'
import { conflictPage, postConflict } from './conflict-page.tsx'
import { documentFile, documentsPage, postDocument, postWithdrawDocument } from './documents-page.tsx'
import { postEndAction } from './end-action.ts'
import { endMemberPage, postEndMember } from './end-member-page.tsx'
import { endSeatPage, postEndSeat } from './end-seat-page.tsx'
import { endWorkPage, postEndWork } from './end-work-page.tsx'
import { evidenceFile, postWithdrawEvidence } from './evidence-pages.tsx'
import { figuresAsCsv, figuresPage } from './figures-page.tsx'
import { finishPage, postFinish } from './finish-page.tsx'
import { type MeetingParts, type OfItem, withItem, withMeeting, withSeries } from './frame.tsx'
import { meetingsHome } from './home-page.tsx'
import { itemPage } from './item-page.tsx'
import { linkPage, postLink, postUnlink } from './link-page.tsx'
import { addToLogPage, logPage, postAddToLog, postTakeFromLog } from './log-page.tsx'
import { membersPage, postMembers } from './members-page.tsx'
import { minutesAsPdf, minutesPage, postCirculateMinutes, postMinutes } from './minutes-pages.tsx'
import { openPage, postNotYet, postOpen } from './open-page.tsx'
import { papersAsPdf, papersPage } from './papers-pages.tsx'
import { postOrder } from './post-order.ts'
import { postAddAction, postKeepTyped, postRecord } from './record-item.ts'
import { checkPage, postCheck, postRefer, referPage } from './refer-pages.tsx'
import { postReferral, postReferralAsked, referralPage } from './referral-page.tsx'
import { postResearch, postResearchAsked, researchPage, withOwnResearch } from './research-page.tsx'
import { postTakeReviewStepBack, reviewPage } from './review-page.tsx'
import { postReviewStep, reviewStepPage } from './review-step-page.tsx'
import { postRunBy, runByPage } from './run-by-page.tsx'
import { seriesPage } from './series-page.tsx'
import { postSeriesSettings, seriesSettingsPage } from './series-settings-page.tsx'
import { addDatesPage, postAddDates, postSetUp, setUpPage } from './set-up-pages.tsx'
import { postShared, postSharedAsked, sharedEditPage, sharedFormPage, withSharedForm } from './shared-form.tsx'
import { postGoBackToShared, sharedVersionPage, sharedVersionsPage } from './shared-versions.tsx'
import { postStage, postTakeStageBack, stagePage } from './stage-page.tsx'
import { postTriage, triagePage } from './triage-page.tsx'
import { postWithdraw, withdrawPage } from './withdraw-page.tsx'
import { endWithholdingPage, postEndWithholding, postWithhold, withholdPage } from './withhold-page.tsx'

/** `/meetings…` */
export function meetingRoutes(routes: Routes, parts: MeetingParts): void {
  const { meetings } = paths
  const anyone = { may: 'anyone-signed-in' } as const
  const read = { may: 'read-records' } as const
  const record = { may: 'record' } as const
  const authority = { may: 'manage-authority' } as const
  routes.get(meetings.home, anyone, visit => meetingsHome(visit, parts))
  routes.get(meetings.setUp, authority, visit => setUpPage(visit, parts))
  routes.post(meetings.setUp, authority, visit => postSetUp(visit, parts))

  type OfSeriesWork = Parameters<typeof withSeries>[3]
  const run = (work: (visit: Visit, of: Parameters<OfSeriesWork>[0]) => ReturnType<OfSeriesWork>) => (visit: Visit) =>
    withSeries(visit, parts, 'runs', of => work(visit, of))
  routes.get(meetings.series(':seriesId'), read, visit => withSeries(visit, parts, 'part', of => seriesPage(visit, of)))
  routes.get(meetings.cases(':seriesId'), read, visit => withSeries(visit, parts, 'part', of => casesPage(visit, of)))
  routes.get(meetings.members(':seriesId'), read, visit => withSeries(visit, parts, 'part', of => membersPage(visit, of)))
  routes.post(meetings.members(':seriesId'), record, run(postMembers))
  routes.get(meetings.endMember(':seriesId', ':sitterId'), record, run(endMemberPage))
  routes.post(meetings.endMember(':seriesId', ':sitterId'), record, run(postEndMember))
  routes.get(
    meetings.endSeat(':seriesId', ':seatId'),
    record,
    run((visit, of) => endSeatPage(visit, of)),
  )
  routes.post(meetings.endSeat(':seriesId', ':seatId'), record, run(postEndSeat))
  // Whoever runs it, and the authority.
  routes.get(meetings.editSeries(':seriesId'), anyone, visit => withSeries(visit, parts, 'anybody', of => seriesSettingsPage(visit, of)))
  routes.post(meetings.editSeries(':seriesId'), anyone, visit => withSeries(visit, parts, 'anybody', of => postSeriesSettings(visit, of)))
  routes.get(meetings.runBy(':seriesId'), anyone, visit => withSeries(visit, parts, 'anybody', of => runByPage(visit, of)))
  routes.post(meetings.runBy(':seriesId'), anyone, visit => withSeries(visit, parts, 'anybody', of => postRunBy(visit, of)))
  routes.get(
    meetings.addDates(':seriesId'),
    record,
    run((visit, of) => addDatesPage(visit, of)),
  )
  routes.post(meetings.addDates(':seriesId'), record, run(postAddDates))
  routes.get(meetings.figures(':seriesId'), record, run(figuresPage))
  routes.get(meetings.figuresAsCsv(':seriesId'), record, run(figuresAsCsv))
  const begin = { ...record, begins: true } as const
  routes.get(meetings.refer(':seriesId'), begin, visit => withSeries(visit, parts, 'anybody', of => referPage(visit, of)))
  routes.post(meetings.refer(':seriesId'), begin, visit => withSeries(visit, parts, 'anybody', of => postRefer(visit, of)))

  routes.get(meetings.date(':meetingId'), read, visit => withMeeting(visit, parts, 'part', of => agendaPage(visit, of)))
  routes.post(meetings.order(':meetingId'), record, visit => withMeeting(visit, parts, 'runs', of => postOrder(visit, of)))
  routes.post(meetings.send(':meetingId'), record, visit => withMeeting(visit, parts, 'runs', of => postSend(visit, of)))
  routes.post(meetings.chase(':meetingId'), record, visit => withMeeting(visit, parts, 'runs', of => postChase(visit, of)))
  routes.post(meetings.circulate(':meetingId'), record, visit => withMeeting(visit, parts, 'runs', of => postCirculate(visit, of)))

  const held =
    (work: (visit: Visit, of: Parameters<Parameters<typeof withMeeting>[3]>[0]) => ReturnType<typeof withMeeting>) => (visit: Visit) =>
      withMeeting(visit, parts, 'runs', of => work(visit, of))
  routes.get(
    meetings.run(':meetingId'),
    record,
    held((visit, of) => chairPage(visit, of)),
  )
  routes.get(
    meetings.moveDate(':meetingId'),
    record,
    held((visit, of) => moveDatePage(visit, of)),
  )
  routes.post(meetings.moveDate(':meetingId'), record, held(postMoveDate))
  routes.get(
    meetings.cancelDate(':meetingId'),
    record,
    held((visit, of) => cancelDatePage(visit, of)),
  )
  routes.post(meetings.cancelDate(':meetingId'), record, held(postCancelDate))
  routes.get(
    meetings.actionsBefore(':meetingId'),
    record,
    held((visit, of) => actionsBeforePage(visit, of)),
  )
  routes.get(meetings.open(':meetingId'), record, held(openPage))
  routes.post(meetings.open(':meetingId'), record, held(postOpen))
  routes.post(meetings.notYet(':meetingId'), record, held(postNotYet))
  routes.get(
    meetings.finish(':meetingId'),
    record,
    held((visit, of) => finishPage(visit, of)),
  )
  routes.post(meetings.finish(':meetingId'), record, held(postFinish))
  routes.get(
    meetings.attendance(':meetingId'),
    record,
    held((visit, of) => attendancePage(visit, of)),
  )
  routes.post(meetings.attendance(':meetingId'), record, held(postAttendance))

  const sat =
    (work: (visit: Visit, of: Parameters<Parameters<typeof withMeeting>[3]>[0]) => ReturnType<typeof withMeeting>) => (visit: Visit) =>
      withMeeting(visit, parts, 'part', of => work(visit, of))
  routes.get(meetings.papers(':meetingId'), read, sat(papersPage))
  routes.get(meetings.papersAsPdf(':meetingId'), read, sat(papersAsPdf))
  routes.get(
    meetings.minutes(':meetingId'),
    read,
    sat((visit, of) => minutesPage(visit, of)),
  )
  routes.post(meetings.minutes(':meetingId'), record, held(postMinutes))
  routes.post(meetings.circulateMinutes(':meetingId'), record, held(postCirculateMinutes))
  routes.get(meetings.minutesAsPdf(':meetingId'), read, sat(minutesAsPdf))

  routes.get(meetings.actions, read, visit => actionsPage(visit, parts))
  const agreed = ':agreedId'
  routes.get(meetings.action(agreed), read, visit => withAction(visit, parts, 'read', of => actionPage(visit, of)))
  routes.post(meetings.endAction(agreed), { ...record, uploadLimit: largestFile }, visit =>
    withAction(visit, parts, 'edit', of => postEndAction(visit, parts, of)),
  )
  const file = ':evidenceId'
  routes.get(meetings.evidence(agreed, file), read, visit => withAction(visit, parts, 'read', of => evidenceFile(visit, parts, of)))
  routes.post(meetings.withdrawEvidence(agreed, file), record, visit =>
    withAction(visit, parts, 'edit', of => postWithdrawEvidence(visit, of)),
  )
  routes.post(meetings.changeAction(agreed), record, visit => withAction(visit, parts, 'edit', of => postChangeAction(visit, of)))

  const item = ':itemId'
  routes.post(meetings.record(item), record, visit => withItem(visit, parts, 'edit', of => postRecord(visit, of)))
  routes.post(meetings.keepTyped(item), { ...record, repeatable: true }, visit =>
    withItem(visit, parts, 'edit', of => postKeepTyped(visit, of)),
  )
  routes.post(meetings.addAction(item), record, visit => withItem(visit, parts, 'edit', of => postAddAction(visit, of)))
  routes.get(meetings.item(item), read, visit => withItem(visit, parts, 'read', of => itemPage(visit, of)))
  routes.get(meetings.referral(item, ':referralPage'), record, visit => withItem(visit, parts, 'read', of => referralPage(visit, of)))
  routes.post(meetings.referral(item, ':referralPage'), record, visit => withItem(visit, parts, 'read', of => postReferral(visit, of)))
  const typing = { ...record, repeatable: true } as const
  routes.post(meetings.askedNow(meetings.referral(item, ':referralPage')), typing, visit =>
    withItem(visit, parts, 'read', of => postReferralAsked(visit, of)),
  )
  routes.get(meetings.check(item), record, visit => withItem(visit, parts, 'read', of => checkPage(visit, of)))
  routes.post(meetings.check(item), record, visit => withItem(visit, parts, 'read', of => postCheck(visit, of)))
  routes.get(meetings.withdraw(item), record, visit => withItem(visit, parts, 'read', of => withdrawPage(visit, of)))
  routes.post(meetings.withdraw(item), record, visit => withItem(visit, parts, 'read', of => postWithdraw(visit, of)))
  type Shared = Parameters<Parameters<typeof withSharedForm>[1]>[0]
  const onShared = (work: (visit: Visit, of: OfItem, definition: Shared) => ReturnType<typeof withSharedForm>) => (visit: Visit) =>
    withItem(visit, parts, 'read', of => withSharedForm(of, definition => work(visit, of, definition)))
  routes.get(meetings.shared(item), read, onShared(sharedFormPage))
  routes.get(meetings.sharedVersions(item), read, onShared(sharedVersionsPage))
  routes.get(
    meetings.sharedVersion(item, ':versionId'),
    read,
    onShared((visit, of, definition) => sharedVersionPage(visit, of, definition)),
  )
  routes.post(meetings.goBackToShared(item, ':versionId'), record, onShared(postGoBackToShared))
  routes.get(
    meetings.sharedPage(item, ':formPage'),
    record,
    onShared((visit, of, definition) => sharedEditPage(visit, of, definition)),
  )
  routes.post(meetings.sharedPage(item, ':formPage'), record, onShared(postShared))
  routes.post(meetings.askedNow(meetings.sharedPage(item, ':formPage')), typing, onShared(postSharedAsked))
  routes.post(meetings.again(item), record, visit => withItem(visit, parts, 'edit', of => postAgain(visit, of)))
  routes.get(meetings.triage(item), record, visit => withItem(visit, parts, 'edit', of => triagePage(visit, of)))
  routes.post(meetings.triage(item), record, visit => withItem(visit, parts, 'edit', of => postTriage(visit, of)))
  routes.get(meetings.conflict(item), record, visit => withItem(visit, parts, 'read', of => conflictPage(visit, of)))
  routes.post(meetings.conflict(item), record, visit => withItem(visit, parts, 'read', of => postConflict(visit, of)))
  routes.get(meetings.arrange(item), record, visit => withItem(visit, parts, 'edit', of => arrangePage(visit, of)))
  routes.post(meetings.arrange(item), record, visit => withItem(visit, parts, 'edit', of => postArrange(visit, of)))
  routes.get(meetings.withhold(item), record, visit => withItem(visit, parts, 'edit', of => withholdPage(visit, of)))
  routes.post(meetings.withhold(item), record, visit => withItem(visit, parts, 'edit', of => postWithhold(visit, of)))
  routes.get(meetings.endWithholding(item, ':keptFromId'), record, visit =>
    withItem(visit, parts, 'edit', of => endWithholdingPage(visit, of)),
  )
  routes.post(meetings.endWithholding(item, ':keptFromId'), record, visit =>
    withItem(visit, parts, 'edit', of => postEndWithholding(visit, of)),
  )
  routes.get(meetings.stage(item, ':partyId'), read, visit => withItem(visit, parts, 'read', of => stagePage(visit, of)))
  routes.post(meetings.stage(item, ':partyId'), record, visit => withItem(visit, parts, 'read', of => postStage(visit, of)))
  routes.post(meetings.takeStageBack(item, ':partyId', ':moveId'), record, visit =>
    withItem(visit, parts, 'read', of => postTakeStageBack(visit, of)),
  )
  routes.get(meetings.endWork(item), record, visit => withItem(visit, parts, 'edit', of => endWorkPage(visit, of)))
  routes.post(meetings.endWork(item), record, visit => withItem(visit, parts, 'edit', of => postEndWork(visit, of)))
  routes.get(meetings.activity(item), read, visit => withItem(visit, parts, 'read', of => activityPage(visit, of)))
  const document = ':itemDocumentId'
  routes.get(meetings.documents(item), read, visit => withItem(visit, parts, 'read', of => documentsPage(visit, of)))
  routes.post(meetings.documents(item), { ...record, uploadLimit: largestFile }, visit =>
    withItem(visit, parts, 'read', of => postDocument(visit, parts, of)),
  )
  routes.get(meetings.document(item, document), read, visit => withItem(visit, parts, 'read', of => documentFile(visit, parts, of)))
  routes.post(meetings.withdrawDocument(item, document), record, visit =>
    withItem(visit, parts, 'read', of => postWithdrawDocument(visit, of)),
  )
  const log = ':logCode'
  routes.get(meetings.log(item, log), read, visit => withItem(visit, parts, 'read', of => logPage(visit, of)))
  routes.get(meetings.addToLog(item, log), record, visit => withItem(visit, parts, 'read', of => addToLogPage(visit, of)))
  routes.post(meetings.addToLog(item, log), record, visit => withItem(visit, parts, 'read', of => postAddToLog(visit, of)))
  routes.post(meetings.takeFromLog(item, log, ':entryId'), record, visit =>
    withItem(visit, parts, 'read', of => postTakeFromLog(visit, of)),
  )
  const step = ':reviewStep'
  routes.get(meetings.review(item), read, visit => withItem(visit, parts, 'read', of => reviewPage(visit, of)))
  routes.get(meetings.reviewStep(item, step), record, visit => withItem(visit, parts, 'edit', of => reviewStepPage(visit, of)))
  routes.post(meetings.reviewStep(item, step), record, visit => withItem(visit, parts, 'edit', of => postReviewStep(visit, of)))
  routes.post(meetings.takeReviewStepBack(item, ':stepId'), record, visit =>
    withItem(visit, parts, 'edit', of => postTakeReviewStepBack(visit, of)),
  )
  routes.get(meetings.link(item, ':partyId'), record, visit => withItem(visit, parts, 'read', of => linkPage(visit, of)))
  routes.post(meetings.link(item, ':partyId'), record, visit => withItem(visit, parts, 'read', of => postLink(visit, of)))
  routes.post(meetings.unlink(item, ':partyId'), record, visit => withItem(visit, parts, 'read', of => postUnlink(visit, of)))
  const research = meetings.research(item, ':researchId')
  routes.get(research, record, visit =>
    withItem(visit, parts, 'read', of => withOwnResearch(visit, of, one => researchPage(visit, of, one))),
  )
  routes.post(research, record, visit =>
    withItem(visit, parts, 'read', of => withOwnResearch(visit, of, one => postResearch(visit, of, one))),
  )
  routes.post(meetings.askedNow(research), typing, visit =>
    withItem(visit, parts, 'read', of => withOwnResearch(visit, of, one => postResearchAsked(visit, of, one))),
  )
}
