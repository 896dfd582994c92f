/** Who works with somebody as far as the reader may know; authors by name for those who may know of their service; in which posts somebody records. */
export { type AgencyAround, agenciesAround, authorsFor } from './authors/agencies-around.ts'
export { agenciesOf, recordingPosts } from './authors/recording-posts.ts'
/** Who a page is about, on every page of a record; age and birth, and needs, in words for lists. */

/** Whether words tell where somebody must not be found, and the addresses that would. */
export { linesThatTellWhere } from './addresses/lines-that-tell-where.ts'
export { secretAddressesOf } from './addresses/secret-addresses.ts'
export { ageAndBirth, needsInShort, PersonBanner, type PersonBannerProps } from './banner/person-banner.tsx'
/** The pages about one person, beside each other under the banner. */
export { type PersonTab, PersonTabs } from './banner/person-tabs.tsx'
/** Writes a change of a person with its version, tokens and audit; takes a person out of search when an import is undone. */
export { authorOf, type Change, type ChangePart, changePerson, differences, listsOfPerson, removePerson } from './change-person.ts'
/** The one number of a person from end to end. */
export { type ClientId, clientIdFromSequence, formatClientId, isClientId, parseClientId } from './client-id.ts'
/** Telephone numbers, and whether, when and how it is safe to use a contact. */
export {
  type ContactKind,
  type ContactWay,
  formatTelephone,
  mayContact,
  needsCare,
  parseTelephone,
  type SafeToContact,
  safeAlways,
  safeToContactWords,
  type Telephone,
  takesTexts,
} from './contact.ts'
/** Puts a way to reach somebody on their record. */
export { addContact } from './contacts/contacts.routes.tsx'
/** Records that somebody has died. */
export { recordDeath } from './death/death.routes.tsx'
/** People who may be the same, with why. */
export { MatchList } from './duplicates/match-list.tsx'
/** Remembers that two are not the same person. */
export { tellApart } from './duplicates/tell-apart.ts'
/** The NHS's sixteen categories and two more. */
export { type EthnicCategory, ethnicCategories, ethnicCategoryWords, isEthnicCategory } from './ethnicity.ts'
/** Any field of a person, or all of them, in the words of the pages. */
export { fieldInWords, fieldLabels, fieldsInWords, type PersonField } from './field-words.ts'
/** Makes the search tokens of a person anew. */
export { refreshTokens } from './findable.ts'
/** Whether two may be one person, how likely, and why in words; where in the tokens to look for such people. */
export { type Likeness, likelyFrom, type Match, matchOf, sureFrom, whereToLook } from './matching.ts'
/** Merges two records of one individual, and takes that back; what they say differently; where a record went. */
export { mergePeople } from './merge/merge-people.ts'
export { type MergeOnRecord, mergesInto, recordKeptFor } from './merge/merges.queries.ts'
export { fieldsBack, undoMerge } from './merge/undo-merge.ts'
export { choicesBetween, type UnitChoice } from './merge/units.ts'
/** Names: read, tidied, shown surname first or spoken, folded for search. */
export { foldName, formatName, isNameParticle, nameWords, type PersonName, readNamePart, spokenName, tidyName } from './names.ts'
/** Dates of birth one slip apart, and the slip in words. */
export { datesNear, slipBetween, slipInWords } from './near-dates.ts'
/** Languages, interpreters and needs of communication. */
export { communicationNeeds, interpreterNeeds, languages, languageWords } from './needs.ts'
/** NHS numbers: modulus 11, three-three-four, how far traced. */
export {
  formatNhsNumber,
  isNhsNumber,
  isNhsNumberStatus,
  type NhsNumber,
  type NhsNumberStatus,
  nhsCheckDigit,
  nhsNumberStatuses,
  nhsStatusInShort,
  parseNhsNumber,
} from './nhs-number.ts'
/** All pages of this module. */
export { peopleRoutes } from './people.routes.ts'
/** Reads people whom the actor may see: one for a banner, several for a list, one whole, its history. `personColumns` is for joins. */
export { findPeople, findPerson, findRecord, findRecords, likenessOf, personColumns, versionsOf } from './person.queries.ts'
/** What a person is, in the program. */
export {
  type Address,
  type AddressKind,
  addressKindWords,
  addressOnOneLine,
  type Contact,
  contactInWords,
  currentAddress,
  type ExternalId,
  isCurrent as isCurrentAddress,
  isHiding,
  isHidingElsewhere,
  isSecretAddress,
  mayEdit,
  type NameKind,
  nameKindWords,
  type OtherName,
  type Person,
  type PersonId,
  type PersonRecord,
  type PersonVersion,
} from './person.ts'
/** Postcodes, with NHS pseudo-postcodes and BFPO numbers. */
export { isPseudoPostcode, noFixedAbode, outwardOf, type Postcode, parsePostcode } from './postcode.ts'
/** Somebody to be put on record. */
export type { NewAddress, NewContact, NewPerson, Registered } from './register-person/entry.ts'
/** Who on record may be this person, likeliest first. */
export { type LikelyMatch, likelyMatches } from './register-person/likely-matches.ts'
/** Puts any number of people on record. */
export { postsOf, registerPeople } from './register-person/register.ts'
/** Sex and gender, which are two questions. */
export { type Gender, genders, type Sex, sexes } from './sex-and-gender.ts'
export { soundsAlike, soundsLikeKeys } from './sounds-like.ts'
/** Many people at once: who of them may be on record already; whether they were changed since; out of sight again. */
export { type LikelyOnRecord, likelyMatchesOfMany } from './take-over/likely-matches-of-many.ts'
export { type KnownPerson, peopleChangedSince, removePeople } from './take-over/remove-people.ts'
/** What people are found by. */
export {
  afterPrefix,
  clientIdToken,
  dateOfBirthToken,
  expectedDateToken,
  externalIdToken,
  type Findable,
  nameToken,
  nhsNumberToken,
  postcodeToken,
  soundsLikeToken,
  type TokenKind,
  telephoneToken,
  tokenKinds,
  tokensOf,
} from './tokens.ts'
/** For pages of other modules about one person: to read, to show a form, to change, each audited; and the page under the banner. */
export { changingPerson, editingPerson, type KnownElsewhere, type PersonFrame, personPage, readingPerson } from './visit-person.tsx'
