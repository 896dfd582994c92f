import {
  type ContactKind,
  type NewPerson,
  noFixedAbode,
  type Postcode,
  parseNhsNumber,
  parsePostcode,
  parseTelephone,
  readNamePart,
  type SafeToContact,
  safeAlways,
  tidyName,
} from '../../people/index.ts'
import { choose } from './choices.ts'
import type { Knowledge } from './knowledge.ts'
import { ethnicityWords, genderWords, interpreterWords, languageWords, sexWords } from './known-words.ts'
import { type Cells, isNotKnown, type Problem, quoted, type RowReader, rowReader } from './row.ts'
import { readContactRules } from './safe-to-contact.ts'

export type ReadPerson = { problems: readonly Problem[]; person: NewPerson | null }

/** Reads a row of people. With anything rejected there is no person: what was wrong is mended in the file, and the row taken over then. */
export function readPerson(cells: Cells, { system, today }: Pick<Knowledge, 'system' | 'today'>): ReadPerson {
  const row = rowReader('people', cells)
  const family = name(row, 'family', 'Surname')
  const given = name(row, 'given', 'First names')
  if (family === null && given === null && !row.isRejected()) row.reject('family', 'A surname or a first name is needed')
  const dateOfBirth = row.date('dateOfBirth')
  if (dateOfBirth && dateOfBirth > today)
    row.reject('dateOfBirth', `Date of birth must be in the past: ${quoted(row.text('dateOfBirth'))} is to come`)
  if (dateOfBirth && dateOfBirth < '1901-01-02')
    row.reject(
      'dateOfBirth',
      `Date of birth ${quoted(row.text('dateOfBirth'))} stands for “not known” in many systems. Leave it empty where it is not known`,
    )
  const diedOn = row.date('diedOn')
  if (diedOn && diedOn > today) row.reject('diedOn', `Date of death must be in the past: ${quoted(row.text('diedOn'))} is to come`)
  if (diedOn && dateOfBirth && diedOn < dateOfBirth) row.reject('diedOn', 'Date of death must not be before the date of birth')
  const knownAs = row.text('knownAs') === '' ? null : name(row, 'knownAs', 'Known as')
  const language = row.text('language')
  const person: NewPerson = {
    family,
    given,
    dateOfBirth,
    diedOn,
    sex: code(row, 'sex', 'Sex', sexWords, 'F, M, I or X', 'X'),
    gender: code(row, 'gender', 'Gender', genderWords, 'woman, man, girl, boy or non-binary'),
    nhsNumber: nhsNumber(row),
    ethnicCategory: code(row, 'ethnicity', 'Ethnic category', ethnicityWords, 'a code of the NHS list, A to S, Z or 99', '99'),
    language: language === '' || isNotKnown(language) ? null : (choose(languageWords, language) ?? language),
    interpreter: interpreter(row),
    gpPractice: row.text('gpPractice') || null,
    names: knownAs === null ? [] : [{ kind: 'known-as', given: knownAs, family: null }],
    addresses: address(row),
    contacts: contacts(row),
    externalIds: [{ system, value: row.text('key') }],
  }
  return { problems: row.problems, person: row.isRejected() ? null : person }
}

/** Titles that a surname field swallowed, and words that stand where a name is not known. */
const title = /,\s*(mr|mrs|miss|ms|mx|dr)\.?$/i
const placeholder = /^(x{2,}|unknown|not known|n\/a|na|nk|n\/k|test|\?+|-+)$/i

function name(row: RowReader, field: string, label: string): string | null {
  const text = row.text(field)
  if (placeholder.test(text)) {
    row.warn(field, `${label} ${quoted(text)} is no name: taken as not known`)
    return null
  }
  const bare = text.replace(title, '')
  if (bare !== text) row.warn(field, `${label} ${quoted(text)} has a title in it, which is left out`)
  // Longer than a name may be was said already.
  if ([...tidyName(bare)].length > 100) return null
  const reading = readNamePart(bare, label)
  if (reading.ok) return reading.value
  row.reject(field, `${reading.message}: ${quoted(text)}`)
  return null
}

function code(
  row: RowReader,
  field: string,
  label: string,
  from: ReadonlyMap<string, string>,
  known: string,
  notKnown?: string,
): string | null {
  const text = row.text(field)
  if (text === '') return null
  const found = choose(from, text)
  if (found) return found
  if (isNotKnown(text)) return notKnown ?? null
  row.reject(field, `${label} ${quoted(text)} is not known here. Write ${known}, or leave it empty`)
  return null
}

const spreadsheetNumber = /^\d([.,]\d+)?e\+?\d+$/i

function nhsNumber(row: RowReader) {
  const text = row.text('nhsNumber')
  if (text === '' || isNotKnown(text)) return null
  const reading = parseNhsNumber(text)
  if (reading.ok) return reading.value
  if (spreadsheetNumber.test(text))
    row.reject(
      'nhsNumber',
      `NHS number ${quoted(text)} was spoilt by a spreadsheet, which cut its last figures. Format the column as text and export it again`,
    )
  else row.reject('nhsNumber', `${reading.message}: ${quoted(text)}. Correct it, or leave it empty`)
  return null
}

function interpreter(row: RowReader): string | null {
  const text = row.text('interpreter')
  if (text === '' || isNotKnown(text)) return null
  const found = choose(interpreterWords, text)
  if (!found) {
    row.reject('interpreter', `Interpreter ${quoted(text)} is not known here. Write Y or N`)
    return null
  }
  return found === 'spoken' && choose(languageWords, row.text('language')) === 'bfi' ? 'sign' : found
}

function address(row: RowReader): NonNullable<NewPerson['addresses']> {
  const [lines, town, text] = [row.text('address'), row.text('town'), row.text('postcode')]
  const reading = text === '' ? undefined : parsePostcode(text)
  const postcode: Postcode | null = reading?.ok ? reading.value : null
  if (postcode === noFixedAbode && lines === '') return [{ kind: 'no-fixed-abode', town: town || null, postcode }]
  if (lines === '' && town === '' && text === '') return []
  if (reading && !reading.ok)
    row.warn('postcode', `Postcode ${quoted(text)} is not a whole UK postcode: kept as a line of the address, and not found by`)
  const all = [lines, ...(reading && !reading.ok ? [text] : [])].filter(line => line !== '').join('\n')
  return [{ kind: 'home', lines: all || null, town: town || null, postcode }]
}

function contacts(row: RowReader): NonNullable<NewPerson['contacts']> {
  const rules = readContactRules(row.text('safeToContact'))
  if (rules.rest !== '')
    row.warn(
      'safeToContact',
      `Safe to contact ${quoted(rules.rest)} stands beside the numbers in these words. Read it, and choose the rules that it means`,
    )
  const found = [
    ...number(row, 'mobile', 'Mobile', rules.mobile),
    ...number(row, 'telephone', 'Telephone', rules.telephone),
    ...email(row, rules.rest),
  ]
  if (found.length === 0 && row.text('safeToContact') !== '') {
    // A rule without a number still has to be seen before somebody finds one.
    return [{ kind: 'other', value: 'No number was taken over', safe: { ...safeAlways, note: row.text('safeToContact') } }]
  }
  return found
}

function number(
  row: RowReader,
  field: 'mobile' | 'telephone',
  label: string,
  safe: SafeToContact,
): { kind: ContactKind; value: string; safe: SafeToContact }[] {
  const text = row.text(field)
  if (text === '' || isNotKnown(text)) return []
  if (spreadsheetNumber.test(text)) {
    row.warn(
      field,
      `${label} ${quoted(text)} was spoilt by a spreadsheet, which cut its last figures: left out. Format the column as text and export it again`,
    )
    return []
  }
  const reading = parseTelephone(text)
  if (reading.ok) return [{ kind: field, value: reading.value, safe }]
  const withNought = /^[1-37]\d{8,9}$/.test(text.replace(/\s/g, '')) ? parseTelephone(`0${text}`) : undefined
  if (withNought?.ok) {
    row.warn(field, `${label} ${quoted(text)} had lost its first 0, which is put back`)
    return [{ kind: field, value: withNought.value, safe }]
  }
  row.warn(field, `${label} ${quoted(text)} is not a telephone number: kept in these words`)
  return [{ kind: 'other', value: text, safe }]
}

function email(row: RowReader, note: string): { kind: ContactKind; value: string; safe: SafeToContact }[] {
  const text = row.text('email')
  if (text === '' || isNotKnown(text)) return []
  const safe = note === '' ? safeAlways : { ...safeAlways, note }
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return [{ kind: 'email', value: text, safe }]
  row.warn('email', `Email ${quoted(text)} is not an email address: kept in these words`)
  return [{ kind: 'other', value: text, safe }]
}
