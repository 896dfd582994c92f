/** Meetings of several agencies: one engine; what a kind of meeting is made of is its configuration. What they are and who sees what: README.md. */
/** What an agency is to do about an item. */
export { endAction, findAction, setAction, updateAction } from './actions.ts'
/** Sends an agenda out, and asks each agency what it knows; puts on a further date what was talked about. */
export { bringAgain, sendAgenda } from './agenda.ts'
/** Minutes: approved, and sent round. */
export { approveMinutes, circulateMinutes } from './approve-minutes.ts'
/** A referral, an answer and a form of all from beginning to end: for stories that are told through the product. */
export { answerAtOnce, referAtOnce, writeTogetherAtOnce } from './at-once.ts'
export { type Triage, triageItem } from './change-items.ts'
/** Sets a series up, and who sits in it. */
export { addMeetings, addMember, addSeat, setUpSeries } from './change-series.ts'
/** What members of a meeting talk about: a date, an item, an action. */
export { agreedActionSubject, dateSubject, itemSubject } from './conversations.ts'
/** A date from when it is opened until its minutes have gone round. */
export { finishMeeting, openMeeting } from './course.ts'
/** The dates of those who sit in meetings or run them, for their calendars. */
export { datesInCalendars } from './dates-in-calendars.ts'
/** What agencies bring to an item. */
export { addItemDocument } from './documents.ts'
export { markDiscussed, recordAttendance, writeEntry } from './entries.ts'
/** Files that show that an action was done, and documents of items, for the scanner. */
export { evidenceToScan, itemDocumentsToScan } from './files-to-scan.ts'
/** What the navigation says of meetings, and who is here for nothing else. */
export { hasNoCasework, isHereForMeetings, sitsInMeetings, wantedByMeetings } from './for-navigation.ts'
/** Parts of the forms of several kinds. */
export { namesOfChildren, namesOfPeople, namesOfSomebody, yesNoNotKnown } from './form-parts.ts'
export { findItem, partiesOf } from './items.queries.ts'
/** Tells the authority where nobody is left who runs a meeting and sees what waits there. */
export { tellWhereNobodyRuns } from './kept-elsewhere.ts'
export type { MeetingKind } from './kind.ts'
/** What happened about an item, day by day. */
export { addToLog } from './log.ts'
export type { Item, Meeting, Seat, Series } from './meeting.ts'
/** The pages. */
export { meetingRoutes } from './meetings.routes.ts'
/** What somebody tried to save in a meeting after they had been signed out, in the words of its form. */
export { typedInMeetings } from './not-lost.tsx'
/** Where a person is talked about, on their record, for those who may read both. */
export { MeetingsOfPerson } from './of-person.tsx'
/** As whom somebody writes down what happens about an item. */
export { ownRowOf } from './own-rows.ts'
/** Whether somebody can be referred to a meeting from their record. */
export { mayReferPerson } from './refer-person.tsx'
export { circulatePapers, researchOfMeeting } from './research.ts'
/** The steps of a review that somebody asked for. */
export { recordStep } from './review-steps.ts'
export { allSeries, comingOf, findMeeting, findSeries, pastOf, seatsOfSeries } from './series.queries.ts'
/** The steps that are taken with somebody in an item. */
export { recordMove } from './stages.ts'
/** Reminds and closes, every morning. */
export { tendMeetings } from './tend.ts'
/** What meetings give somebody to do, among their tasks and in their work. */
export { actionsToDo, MeetingAnswersPanel, meetingActionsPanel } from './to-do.tsx'
