/** Adds a reason for somebody to see a case; ends one; ends all of a kind; opens a restricted case in an emergency. */
export { breakGlass, endGrant, endGrantsOf, grantAccess, type NewGrant } from './grants.ts'
/** The rules of who may see a case, as a pure function. */
export { type CaseFacts, type CaseLists, type Grant, type Lists, listsFor } from './lists.ts'
/** Writes the lists on to a case's rows; gives those that a new case or a new row begins with. */
export { listsForNewCase, listsForPart, rewriteCase } from './rewrite-case.ts'
/** What people are found by, given to whoever may read them. */
export { writePersonTokens } from './person-tokens.ts'
/** The same for people, after a new case or a change of somebody's posts. */
export { rewritePeople, rewritePeopleWithheldFrom } from './rewrite-people.ts'
/** Hides a case or a section from an agency or a user; ends that. */
export { endWithholding, type NewWithholding, withhold } from './withholdings.ts'
