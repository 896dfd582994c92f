/** Meetings of several agencies: one engine; what a kind of meeting is made of is its configuration. What they are and who sees what: README.md. */
/** Sends an agenda out, and asks each agency what it knows. */
export { sendAgenda } from './agenda.ts'
/** A referral and an answer from beginning to end: for stories that are told through the product. */
export { answerAtOnce, referAtOnce } from './at-once.ts'
export { type Triage, triageItem } from './change-items.ts'
/** Sets a series up, and who sits in it. */
export { addMeetings, addMember, addSeat, setUpSeries } from './change-series.ts'
/** What members of a meeting talk about: a date, an item, an action. */
export { agreedActionSubject, dateSubject, itemSubject } from './conversations.ts'
/** The dates of those who sit in meetings or run them, for their calendars. */
export { datesInCalendars } from './dates-in-calendars.ts'
/** Files that show that an action was done, and documents of items, for the scanner. */
export { evidenceToScan, itemDocumentsToScan } from './files-to-scan.ts'
/** What the navigation says of meetings, and who is here for nothing else. */
export { hasNoCasework, isHereForMeetings, sitsInMeetings, wantedByMeetings } from './for-navigation.ts'
/** Parts of the forms of several kinds. */
export { namesOfPeople, namesOfSomebody, yesNoNotKnown } from './form-parts.ts'
export { findItem } from './items.queries.ts'
/** Tells the authority where nobody is left who runs a meeting and sees what waits there. */
export { tellWhereNobodyRuns } from './kept-elsewhere.ts'
export type { MeetingKind } from './kind.ts'
/** The pages. */
export { meetingRoutes } from './meetings.routes.ts'
/** Where a person is talked about, on their record, for those who may read both. */
export { MeetingsOfPerson } from './of-person.tsx'
export { researchOfMeeting } from './research.ts'
export { allSeries, findSeries, meetingsOf, seatsOfSeries } from './series.queries.ts'
/** Reminds and closes, every morning. */
export { tendMeetings } from './tend.ts'
/** What meetings give somebody to do, among their tasks and in their work. */
export { actionsToDo, meetingActionsPanel } from './to-do.tsx'
