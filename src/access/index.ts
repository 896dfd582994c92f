/** Keeps a form that was begun from whoever is kept from a section of an earlier one of its kind. */
export { carrySections } from './carry-sections.ts'
/** Keeps an item of a meeting from whom another about the same people is kept, as it is referred; those that are open, as one is kept from somebody. */
export { carryFromItem, carryToItem, carryToReplacing, keepOnceRunByOthers, keptOnceTriaged, type Named } from './carry-to-items.ts'
/** Keeps a case from whoever is kept from another of the person's; whether somebody is, and who, before another service is asked in. */
export { carryWithholdings, isKeptFromPerson, keptFromPerson } from './carry-withholdings.ts'
/** Holds a conversation while it is changed; writes who is in it on to all its rows. */
export { holdConversation, nameMembers } from './conversation-members.ts'
/** What an emergency opened to the actor: whether it lasts, until when, and closing it again. */
export { emergencyUntil, endOwnEmergency, hasEmergency } from './emergencies.ts'
/** An episode's one co-ordinator, its first, and what ends when it is closed. */
export { appointCoordinator, coordinateNew, endWithEpisode } from './episodes.ts'
/** Adds a reason for somebody to see a case; hands it over; ends one; ends all of a kind; opens one in an emergency; a referrer's own; whose it is. */
export {
  allocateTo,
  breakGlass,
  decidesCase,
  endGrant,
  endGrantsOf,
  grantAccess,
  letReferrerFollow,
  type NewGrant,
} from './grants.ts'
/** How many open cases a user works, for their administrator, who reads none of them. */
export { type HeldWork, tasksAloneOf, workHeldBy } from './held-work.ts'
/** Holds a case while rows are added to it under lists that were read from its other rows. `listsForPart` does it by itself. From whom items are kept, before one of them is held. */
export { holdCase, holdItemsKept } from './hold.ts'
/** Whether somebody is on record who is known by all of this. */
export { peopleKnownBy } from './known-by-tokens.ts'
/** What somebody loses who has no post in an agency any more: its cases, its seats, and what was theirs by name as one of its people. */
export { type Leaver, leaveAgency } from './leave-agency.ts'
/** Before somebody's own principal is written on to a row: they are not leaving an agency at this moment. */
export { mustBeThereStill } from './left-meanwhile.ts'
/** Lets whoever may merge change both records for the rest of the transaction. */
export { letChange } from './let-change.ts'
/** The rules of who may see a case, as a pure function. */
export { type CaseFacts, type CaseLists, decidingGrants, type Grant, type Lists, listsFor, thingOfPart } from './lists.ts'
/** The lists of a row between two people: those of both. */
export { listsOfTwo } from './lists-of-two.ts'
/** What a share would show, as whoever it is for. */
export { lookThroughShare } from './look-through-share.ts'
/** The same for many cases at once: a caseload taken over, and an import undone. */
export { allocateNewCases, hideRemoved, listsForPartOfMany, peopleWithOtherCases, rowsOfCasesIn } from './many-cases.ts'
/** Opens an item's papers and minutes to everybody who reads it. */
export { circulateEntries, circulateOwnResearch, circulateResearch, letTheUnseenWait } from './meeting-circulation.ts'
/** Writes who may read what is said about a date of a meeting. */
export { rewriteConversationsOfDates } from './meeting-conversations.ts'
/** Who may see an item of a meeting: its lists, and their rewriting after whatever decides them. */
export { holdItem, listsForNewItem, listsForRowOfItem, rewriteItem, rewriteItemsOfSeries, seatsOfItem } from './meeting-items.ts'
export { goesWith, type ItemState, partOfOne, type RowOfItem, wholePart, wordsPart } from './meeting-lists.ts'
/** Takes back what a referral to a meeting brought with it, where it is corrected. */
export { takeBackWithReferral } from './meeting-referrals.ts'
/** From whom an item, or a part of it, is kept. */
export {
  endItemWithholding,
  isOwnKeptFrom,
  itemsKeptFrom,
  itemsWithSomebodyKeptFrom,
  keepFromSelf,
  keepFromWhomTheyName,
  type NewItemWithholding,
  partsKeptFrom,
  partsKeptOfItems,
  withholdItem,
} from './meeting-withholdings.ts'
/** A meeting's principal and who holds it. */
export { joinMeeting, leaveMeeting, newMeetingPrincipal } from './meetings.ts'
/** Makes everything of one record another's of the same individual, and takes that back; whether the actor sees all that would move; for whom they stay two. */
export {
  keptApartFor,
  type Merge,
  type MergeRow,
  moveBack,
  moveRecord,
  noteMadeByMerge,
  rowsOfMerge,
  seesEveryCaseOf,
} from './move-record.ts'
/** What others opened to the actor, as whoever holds it may be told. */
export { isAnythingOpenedToMe, isOpenedOnly, type OpenedToMe, openedToMe } from './opened-to-me.ts'
/** Which parts of a case are open to the actor; who opened it since when. */
export { knownWithoutTheWork, type Opening, openingsOf, partsOpenTo } from './openings.ts'
/** Passes a referral from outside on to another team's inbox. */
export { moveToInbox } from './outside-inboxes.ts'
/** What people are found by, given to whoever may read them. */
export { writePersonTokens } from './person-tokens.ts'
/** How many have a place in a group, as far as the actor may know; one at a time gives places; who waits, and who answers for whom. */
export { holdPlaces, knownAhead, knownPlaces, type Places, waitingInOrder, whoAnswersForPlaces } from './places.ts'
/** Writes the lists on to a case's rows; gives those that a new case or a new row begins with. */
export { listsForNewCase, listsForPart, rewriteCase, type SectionOfForm, sectionFromText, sectionInText } from './rewrite-case.ts'
/** The same for people: after a new case; after a change of somebody's posts, agency or role. */
export { rewritePeople, rewritePeopleWithheldFrom } from './rewrite-people.ts'
/** Until when somebody has an address that must not be told, whoever keeps it. */
export { addressSecretUntil } from './secret-addresses.ts'
/** Passes a task of no case on to somebody else. */
export { passTask } from './task-lists.ts'
/** Whether somebody who runs a meeting sees its items, and where nobody does or may. */
export { isRunStill, runByNobody } from './who-runs-items.ts'
/** Whose a case is, for the audit alone. */
export { whoseCase } from './whose-case.ts'
/** Hides a case or a section from an agency or a user; ends that. */
export { endWithholding, type NewWithholding, withhold } from './withholdings.ts'
