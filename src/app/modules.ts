import {
  AppointmentsPanel,
  activitiesRoutes,
  appointmentsToText,
  bookHearing,
  endAppointments,
  OverdueAlerts,
  openAppointmentsOf,
  passAppointments,
  todayPanel,
} from '../activities/index.ts'
import { adminRoutes, listPage } from '../admin/index.ts'
import { ApprovalsPanel, approvalRoutes, closureSignOff, NeedsAnswerPanel, planNow, signOffLine } from '../approvals/index.ts'
import { auditRoutes } from '../audit/index.ts'
import {
  type CasesParts,
  caseAsSeen,
  casesRoutes,
  DocumentsPanel,
  documentRoutes,
  NotesPanel,
  noteRoutes,
  PlanPanel,
  planRoutes,
  readsSharing,
  SupervisionPanel,
} from '../cases/index.ts'
import { ConsentBar, consentRoutes } from '../consents/index.ts'
import type { Scanning } from '../documents/index.ts'
import { EpisodePage, episodeRoutes } from '../episodes/index.ts'
import { formsRoutes } from '../forms/index.ts'
import { endPlaces, GroupsPanel, groupRoutes, groupsToText, openPlacesOf, programmeRoutes } from '../groups/index.ts'
import type { Gate } from '../identity/index.ts'
import { importRoutes } from '../imports/index.ts'
import { LetterPanel, letterRoutes, PlanSignatures, printoutRoutes, signatureRoutes, templateRoutes } from '../letters/index.ts'
import {
  actionsToDo,
  agreedActionSubject,
  dateSubject,
  isHereForMeetings,
  itemSubject,
  MeetingAnswersPanel,
  meetingActionsPanel,
  meetingRoutes,
  tellWhereNobodyRuns,
} from '../meetings/index.ts'
import { actionSubject, caseSubject, conversationRoutes, MessagesPanel } from '../messages/index.ts'
import { noticeRoutes, noticesPanel } from '../notifications/index.ts'
import { paths } from '../paths.ts'
import { formatName, peopleRoutes } from '../people/index.ts'
import { type Files, filesOnDisk } from '../platform/files.ts'
import { enqueue } from '../platform/jobs.ts'
import type { Live } from '../platform/live/streams.ts'
import { redirect } from '../platform/web/answer.ts'
import type { Routes } from '../platform/web/routes.ts'
import { bannerOf, recordRoutes } from '../record/index.ts'
import { ReferralTalkPanel, referralRoutes, SentContactPanel, tellOfReferral } from '../referrals/index.ts'
import { relationshipsRoutes } from '../relationships/index.ts'
import { samePersonRoutes } from '../same-person/index.ts'
import { FindInCasePanel, findToChoose, knownElsewhere, searchRoutes } from '../search/index.ts'
import { EndingSharesPanel, SharedWithMePanel, sharingRoutes } from '../sharing/index.ts'
import { endActions, openActionsOf, passTasks, TasksPanel, taskRoutes } from '../tasks/index.ts'
import { caseTextRoutes, inboxRoutes, messageRoutes, TextsPanel, wordingRoutes } from '../text-messages/index.ts'
import { listToText, workRoutes } from '../work/index.ts'
import { alsoInCalendar } from './calendars.ts'
import { formsBeingWritten } from './forms-being-written.ts'
import { formMoved, formsOfCases } from './forms-of-cases.ts'
import { meetingKinds } from './meeting-kinds.ts'
import { tellOwner, tellWorker } from './notices.ts'
import { OutwardPanel } from './outward.tsx'
import { addresseesOf, parentsAndCarers } from './parents-and-carers.ts'
import { mayConsentFor } from './who-may-consent.ts'

export type ModuleParts = {
  live: Live
  files: Files
  /** Of what comes from outside. */
  outsideFiles: Files
  scanning: Scanning | null
  dataFolder: string
  origin: string
  gate: Gate
  texting: boolean
  outbox: boolean
}

/** Every signed-in page of the product, and what each module is told of the others. The order of tabs and panels is decided here. */
export function moduleRoutes(
  routes: Routes,
  { live, files, outsideFiles, scanning, dataFolder, origin, gate, texting, outbox }: ModuleParts,
): void {
  const frame: Pick<CasesParts, 'personBanner' | 'tabs'> = {
    personBanner: bannerOf,
    tabs: [
      { key: 'forms', text: 'Assessments', href: paths.forms.list },
      { key: 'plan', text: 'Plan', href: paths.plan.show },
      { key: 'notes', text: 'Notes', href: paths.notes.list },
      { key: 'appointments', text: 'Appointments', href: paths.appointments.ofCase },
      { key: 'documents', text: 'Documents', href: paths.documents.list },
      { key: 'groups', text: 'Groups', href: paths.groups.ofCase },
      { key: 'consent', text: 'Consent', href: paths.consents.ofCase },
      { key: 'team-around', text: 'Team', href: paths.episodes.team, isShownTo: (_, theCase) => theCase.isEpisode && theCase.whole },
      { key: 'sharing', text: 'Sharing', href: paths.sharing.ofCase, isShownTo: ({ actor }, theCase) => readsSharing(actor, theCase) },
    ],
  }
  const forms = formsOfCases({ ...frame, files, scanning })
  routes.get(paths.home, { may: 'anyone-signed-in' }, async ({ tx, actor }) =>
    redirect((await isHereForMeetings(tx, actor)) ? paths.meetings.home : firstPageOf(actor.capabilities)),
  )
  workRoutes(routes, {
    enqueue,
    alerts: OverdueAlerts,
    panels: [
      todayPanel({ alsoInCalendar }),
      OutwardPanel,
      NeedsAnswerPanel,
      MeetingAnswersPanel,
      meetingActionsPanel(meetingKinds),
      noticesPanel({ formatName }),
      SharedWithMePanel,
      EndingSharesPanel,
    ],
    texting,
  })
  recordRoutes(routes, { recordContact: caseId => paths.notes.record({ caseId }) })
  peopleRoutes(routes, { ...frame, knownElsewhere })
  relationshipsRoutes(routes, frame)
  samePersonRoutes(routes, frame)
  searchRoutes(routes)
  const ofEpisodes = { panels: [PlanPanel, NotesPanel, DocumentsPanel], sidePanels: [TasksPanel, AppointmentsPanel, MessagesPanel] }
  const ofCases: CasesParts = {
    ...frame,
    bars: [ConsentBar],
    howToReach: SentContactPanel,
    ownPage: async (visit, theCase, heading) => (theCase.isEpisode ? EpisodePage(visit, theCase, ofEpisodes, heading) : null),
    panels: [ReferralTalkPanel, PlanPanel, NotesPanel, DocumentsPanel],
    sidePanels: [
      TasksPanel,
      AppointmentsPanel,
      ApprovalsPanel,
      MessagesPanel,
      ...(texting ? [TextsPanel] : []),
      GroupsPanel,
      SupervisionPanel,
      FindInCasePanel,
    ],
    openActionsOf: async (tx, caseId) => [
      ...(await openActionsOf(tx, caseId)),
      ...(await formsBeingWritten(tx, caseId)),
      ...(await openAppointmentsOf(tx, caseId)),
      ...(await openPlacesOf(tx, caseId)),
    ],
    endActions: async (...closing) => {
      await endActions(...closing)
      await endAppointments(...closing)
      await endPlaces(...closing)
    },
    signOffClosure: closureSignOff,
    passing: { tasks: passTasks, appointments: passAppointments },
    tellWorker,
    tellOwner,
    tellOfReferral,
  }
  casesRoutes(routes, ofCases)
  episodeRoutes(routes, { ...frame, mayConsentFor })
  consentRoutes(routes, { ...frame, mayConsentFor })
  sharingRoutes(routes, {
    ...frame,
    caseAsSeen: (visit, caseId) => caseAsSeen(visit, ofCases, caseId),
    afterWithholding: (tx, now) => tellWhereNobodyRuns(tx, now, 'all'),
  })
  referralRoutes(routes, { ...frame, files, outsideFiles, scanning })
  noteRoutes(routes, { ...frame, findPeople: findToChoose, bookHearing })
  planRoutes(routes, {
    ...frame,
    underPlan: PlanSignatures,
    signOffLine: async (visit, { caseId, serviceArea }, mayChange) => {
      const plan = await planNow(visit.tx, caseId)
      const sendHref = paths.approvals.sendPlan(caseId)
      return plan ? signOffLine(visit, 'plan', { caseId, serviceArea, subjectId: plan.id, canSend: mayChange, sendHref }) : null
    },
  })
  documentRoutes(routes, { ...frame, files, scanning, onDocument: LetterPanel, write: paths.letters.choose })
  letterRoutes(routes, { ...frame, files, scanning, addresseesOf })
  printoutRoutes(routes)
  taskRoutes(routes, { ...frame, also: actionsToDo(meetingKinds) })
  approvalRoutes(routes, { ...frame, formMoved, forms })
  groupRoutes(routes, { ...frame, findPeople: findToChoose, texting })
  meetingRoutes(routes, { kinds: meetingKinds, files, scanning, besides: SharedWithMePanel })
  programmeRoutes(routes, { ...frame, findPeople: findToChoose })
  activitiesRoutes(routes, { ...frame, findPeople: findToChoose, origin, alsoInCalendar, texting })
  const subjects = [caseSubject, actionSubject, dateSubject, itemSubject, agreedActionSubject]
  const ofMessages = filesOnDisk(`${dataFolder}/messages`)
  conversationRoutes(routes, live, { subjects, origin, files: { ofCases: files, ofMessages }, scanning, administration: listPage })
  noticeRoutes(routes, { formatName })
  formsRoutes(routes, forms)
  signatureRoutes(routes, { ...frame, openFormCase: forms.openCase })
  if (texting) {
    messageRoutes(routes, [listToText, appointmentsToText, ...groupsToText], parentsAndCarers, { outbox })
    inboxRoutes(routes)
    wordingRoutes(routes)
    caseTextRoutes(routes, { ...frame, receiversOf: parentsAndCarers })
  }
  importRoutes(routes, { files: filesOnDisk(`${dataFolder}/imports`), enqueue })
  auditRoutes(routes)
  templateRoutes(routes, listPage)
  adminRoutes(routes, gate)
}

/** Where somebody lands: their work, or what they are here to administer. */
function firstPageOf(capabilities: ReadonlySet<string>): string {
  if (capabilities.has('read-records')) return paths.work.mine
  return capabilities.has('manage-users') ? paths.users.list : paths.account.show
}
