/** The one number of a person from end to end. */
export { type ClientId, clientIdFromSequence, formatClientId, isClientId, parseClientId } from './client-id.ts'
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
export { type EthnicCategory, ethnicCategories, ethnicCategoryWords, isEthnicCategory } from './ethnicity.ts'
/** Whether two may be one person, how likely, and why in words; where in the tokens to look for such people. */
export { type Likeness, likelyFrom, type Match, matchOf, sureFrom, whereToLook } from './matching.ts'
export { foldName, formatName, nameWords, type PersonName, readNamePart, spokenName, tidyName } from './names.ts'
export { datesNear, slipBetween, slipInWords } from './near-dates.ts'
export { communicationNeeds, interpreterNeeds, languages, languageWords } from './needs.ts'
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
export { isPseudoPostcode, noFixedAbode, outwardOf, type Postcode, parsePostcode } from './postcode.ts'
export { type Gender, genders, type Sex, sexes } from './sex-and-gender.ts'
export { soundsAlike, soundsLikeKeys } from './sounds-like.ts'
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
  telephoneToken,
  tokenKinds,
  tokensOf,
} from './tokens.ts'
