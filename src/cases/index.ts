import type { Routes } from '../platform/web/routes.ts'
import { answerOfferRoutes } from './allocate/answer-offer-routes.tsx'
import { allocateRoutes } from './allocate/routes.tsx'
import { breakGlassRoutes } from './break-glass/routes.tsx'
import type { CasesParts } from './case-frame.tsx'
import { closeRoutes } from './close/routes.tsx'
import { coWorkerRoutes } from './co-workers/routes.tsx'
import { dueRoutes } from './dues/routes.tsx'
import { alertRoutes } from './flags/alert-routes.tsx'
import { flagRoutes } from './flags/routes.tsx'
import { reviewRoutes } from './hold-review/routes.tsx'
import { makeReferralRoutes } from './make-referral/routes.tsx'
import { rateRiskRoutes } from './rate-risk/routes.tsx'
import { reopenRoutes } from './reopen/routes.tsx'
import { restrictRoutes } from './restrict/routes.tsx'
import { historyRoutes } from './show-case/history-routes.tsx'
import { showCaseRoutes } from './show-case/routes.tsx'
import { startWorkRoutes } from './start-work/routes.ts'
import { superviseRoutes } from './supervise/routes.tsx'
import { timelineRoutes } from './timeline/routes.tsx'
import { triageRoutes } from './triage-referral/routes.tsx'

/** The pages of a case's life, the caseload and the timeline. */
export function casesRoutes(routes: Routes, parts: CasesParts): void {
  makeReferralRoutes(routes, parts)
  showCaseRoutes(routes, parts)
  historyRoutes(routes, parts)
  triageRoutes(routes, parts)
  allocateRoutes(routes, parts)
  answerOfferRoutes(routes, parts)
  coWorkerRoutes(routes, parts)
  startWorkRoutes(routes)
  rateRiskRoutes(routes, parts)
  flagRoutes(routes, parts)
  alertRoutes(routes, parts)
  reviewRoutes(routes, parts)
  superviseRoutes(routes, parts)
  closeRoutes(routes, parts)
  dueRoutes(routes, parts)
  reopenRoutes(routes, parts)
  restrictRoutes(routes, parts)
  breakGlassRoutes(routes, parts)
  timelineRoutes(routes, parts)
}

/** Gives a case to a team or a worker. */
export { allocate, coversFor, type NewAllocation } from './allocate/allocate-case.ts'
/** Asks a worker whether they take a case; their answer. */
export { acceptOffer, declineOffer, offerCase } from './allocate/offer-case.ts'
/** What a service has signed off before it counts. */
export { type Approvable, approvable, approvalNeeds, keepApprovalNeeds, needsApproval } from './approval-needs.ts'
/** Begins a case with its referral. */
export { type Begun, beginCase, type NewReferral, referenceOf } from './begin-case.ts'
/** The frame of every page of a case, and what its pages need from other modules. */
export {
  type CasePanel,
  type CasesParts,
  type CaseTab,
  type ClosureSignOff,
  caseName,
  casePage,
  type EmergencyOpening,
  type Fate,
  type OpenAction,
  type PassAppointments,
  type PassTasks,
  type ReferralStep,
  sectionOf,
  type TellOfReferral,
} from './case-frame.tsx'
/** Closes and reopens. */
export { type Closing, type Closure, closeApproved, closeCase, mustBeSent } from './close/close-case.ts'
export { endings } from './close/still-open.tsx'
/** Who works with a case beside its worker. */
export { addCoWorker, type Beside, coWorkersOf, coWorkersWith, endCoWorker } from './co-workers/co-workers.ts'
/** How many of each choice of a list. */
export { added, type Counts, CountsInput, countsInWords, readCounts, total } from './counts.tsx'
/** For a module that writes to a part of a case, such as its tasks: may the actor, who else may see it, and the page to stand in. */
export { DayInput } from './day-input.tsx'
/** Teams that take work in a service, and who in them can take a case. */
export {
  type DeskChoice,
  episodeDesks,
  isWithheldFrom,
  type TeamChoice,
  teamChosen,
  teamsFor,
  teamValue,
  type WorkerChoice,
  workersFor,
} from './directory.ts'
/** What is written about a case: notes, its plan, its documents. Each has its routes and its panel. */
export { type DocumentParts, DocumentsPanel, documentRoutes } from './documents/index.ts'
export { dueJobs } from './dues/all-cases.ts'
/** What rules ask for on the cases of one worker. */
export { datesOfWork, type WorkDate } from './dues/dates-of-work.queries.ts'
/** Raises the flags of rules whose dates have passed. */
export { flagOverdue } from './dues/flag-overdue.ts'
/** Dates that tasks follow. */
export { datesOfCase, type FollowedDate, followDates, followersTask } from './dues/followed.ts'
/** Lets a case's dates know of a form that was completed. */
export { noteForm } from './dues/note-moment.ts'
/** What a rule asks for on one case. */
export { dueRoutes } from './dues/routes.tsx'
export { type NextDue, noteDue } from './dues/write-dues.ts'
/** How an episode begins, and who co-ordinates it, as a case keeps that. */
export { keepAtDesk, writeCoordinator } from './episode-steps.ts'
/** What a flag asks, for other pages that raise one. */
export { FlagDetailFields, NewFlagFields, readNewFlag } from './flags/flag-fields.tsx'
/** Flags of a case, and alerts on a person that everybody who works with them sees. */
export { alertsOf, type Flag, flagsOfCase, type NewFlag, raiseAlert, raiseFlag, settleAlert, settleFlag } from './flags/flags.ts'
/** Says to those whose case it is that something of it was given to somebody who is kept from it. */
export { tellOfGivenInVain } from './given-in-vain.ts'
export { type HeldReview, holdReview, scheduleReview } from './hold-review/routes.tsx'
/** A day and a time of London in a form: its boxes, and what was typed into them. */
export { InstantInput, type InstantWords, isInstantTyped, readInstant } from './instant-input.tsx'
/** Who decides about an episode: its co-ordinator, its desk. */
export { coordinates, isOfItsDesk, leadsEpisode } from './leads-episode.ts'
/** A case by its id: to read, or locked to change. */
export { type Case, findCase, lockCase, readsSharing } from './load-case.ts'
/** From whom a person's cases are kept, said before another service is asked in. */
export { KeptFrom } from './make-referral/kept-from.tsx'
/** What somebody has open already, before another case is begun; and the question whether to begin one beside it. */
export { askAboutAnother, type OpenCase, openCaseInWords, openCasesOf, openWith } from './make-referral/open-already.tsx'
/** The ordinary referral: its boxes, and what they say. For whoever takes up one that came from outside. */
export { readReferral } from './make-referral/read-referral.ts'
export { ReferralFields } from './make-referral/referral-fields.tsx'
/** Whether the actor sees somebody, and for good: who may open them to others. */
export { howTheySee, lasts } from './make-referral/routes.tsx'
/** Lets a case know of an assessment or a plan. */
export { noteWork, type WorkDone } from './note-on-case.ts'
export {
  addNote,
  addNoteOnSeveral,
  auditChoice,
  beginNote,
  type CaseToWrite,
  caseInWords,
  casesToWriteFor,
  correctNote,
  FindBox,
  type FoundToChoose,
  findNote,
  minutesInWords,
  type NewNote,
  type Note,
  type NoteParts,
  NotesPanel,
  namedInWords,
  notAContact,
  noteRoutes,
  notesOf,
  noteWordsOf,
  type PartOfNote,
  parseMinutes,
  recentCases,
  type TitledNote,
  titleOf,
} from './notes/index.ts'
export { type NoteToTakeOver, takeOverNotes } from './notes/take-over.ts'
export {
  agenciesKnownTo,
  type Colleague,
  colleagueInWords,
  colleaguesAmong,
  openPart,
  openPartToEdit,
  type PartOfCase,
  panelPart,
  readsPart,
  type WrittenPart,
} from './part-of-case.ts'
export { type FrameParts, partPage, withPart } from './part-page.tsx'
export {
  type Action,
  changePlan,
  type Goal,
  type Need,
  openPlanActions,
  type Plan,
  type PlanChange,
  PlanPanel,
  PlanView,
  planActionsFor,
  planApproved,
  planOf,
  planProgress,
  planRoutes,
  planToSign,
} from './plans/index.ts'
export { type NewRisk, rateRisk } from './rate-risk/routes.tsx'
export { readerOf } from './read-fields.ts'
export { reopenCase } from './reopen/routes.tsx'
export { restrictCase, unrestrictCase } from './restrict/restrict-case.ts'
/** Reviews and closures as they were held. */
export { type ClosureRow, closuresOf, type ReviewRow, referralOf, reviewsOf, risksOf } from './show-case/case-facts.ts'
/** Why somebody was referred; how dangerous it is, with why. */
export { SharedRisk } from './show-case/risk-panel.tsx'
/** A case's page as somebody else would find it. */
export { caseAsSeen } from './show-case/routes.tsx'
/** By when what is urgent is decided. */
export { soonest } from './stage.ts'
export { startWork } from './start-work/routes.ts'
/** The states of a case and the table of what may happen in each. */
export {
  type CaseEvent,
  type CaseEventKind,
  type CaseState,
  type CaseStatus,
  mayHappen,
  moves,
  stateAfter,
  type Urgency,
} from './status.ts'
/** A person's cases, their highest risk, and who else is involved (existence without content). */
export {
  type CaseSummary,
  caseSummariesOf,
  highestRisk,
  type Involvement,
  involvementsOf,
  involvementsWith,
  type PersonDue,
  personDuesOf,
} from './summaries.ts'
/** Supervision of a case, and a leader's remarks on it. */
export { type NewSupervision, supervise } from './supervise/supervise.ts'
export { SupervisionPanel } from './supervise/supervision-panel.tsx'
export type { CaseToTakeOver, OldStatus, TakenOverCase } from './take-over/case-to-take-over.ts'
export { casesWorkedOn, type KnownCase, removeCases } from './take-over/remove-cases.ts'
export { takeOverCases } from './take-over/take-over-cases.ts'
/** The timeline: written by every module, read with filters, shown. */
export { type NewTimelineEntry, recordOnTimeline, type TimelineKind } from './timeline/record-on-timeline.ts'
export { timelineKinds } from './timeline/routes.tsx'
export { type Coming, TimelineList, type TimelineListProps } from './timeline/timeline-list.tsx'
export { type TimelineFilters, type TimelineLine, type TimelinePage, timelineChoices, timelineOf } from './timeline/timeline-of.ts'
/** What is next on a case because of another module's source. */
/** Jobs on every open case, when a rule or a bank holiday has changed. */
/** By when a referral is to be decided. */
export { decideBy } from './triage-referral/decide-by.ts'
export { type Triage, triage } from './triage-referral/triage.ts'
export { type KeptTyping, type Typed, typedFrom, typedInstant } from './typed.ts'
/** Levels of risk, in order and in words. */
export { riskLevels, riskWords, urgencyWords } from './words.ts'
