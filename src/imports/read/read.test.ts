import { describe, expect, it } from 'vitest'
import { csvCell } from '../../platform/csv.ts'
import { asPlainDate } from '../../platform/plain-date.ts'
import { columnErrors, guessColumns, headingsOf } from '../columns/guess.ts'
import type { Import } from '../import.ts'
import { readOldDate, readOldInstant } from './dates.ts'
import { readPerson } from './read-person.ts'
import { cellsBy } from './row.ts'
import { readContactRules } from './safe-to-contact.ts'

describe('dates of old systems', () => {
  it.each([
    ['31/03/1980', '1980-03-31'],
    ['1/3/1980', '1980-03-01'],
    ['1980-03-31', '1980-03-31'],
    ['1980-03-31 00:00:00', '1980-03-31'],
    ['31 March 1980', '1980-03-31'],
    ['29/02/2024', '2024-02-29'],
  ])('[F24] read %s', (text, date) => expect(readOldDate(text, 'Date of birth')).toEqual({ ok: true, value: date }))

  it.each([
    ['31/02/1980', 'Date of birth must be a real date, dd/mm/yyyy: “31/02/1980” is none'],
    ['29/02/2023', 'Date of birth must be a real date, dd/mm/yyyy: “29/02/2023” is none'],
    ['31/03/80', 'Date of birth has a year of two figures: “31/03/80”. Write all four, since 14 may be 1914 or 2014'],
    ['29311', 'Date of birth is “29311”, a spreadsheet’s number for a day. Format the column as dd/mm/yyyy and export it again'],
    ['03/31/1980', 'Date of birth seems to have the month first: “03/31/1980”. Write the day first, dd/mm/yyyy'],
    ['Mar 31 1980', 'Date of birth must be a real date, dd/mm/yyyy: “Mar 31 1980” is none'],
    ['unknown', 'Date of birth must be a date: “unknown” is none. Leave it empty where it is not known'],
    ['??/??/1980', 'Date of birth must be a real date, dd/mm/yyyy: “??/??/1980” is none'],
  ])('[F24] refuse %s, and say how to mend it', (text, message) =>
    expect(readOldDate(text, 'Date of birth')).toEqual({ ok: false, message }),
  )

  it.each([
    ['20/11/2026 14:30', '2026-11-20T14:30:00.000Z'],
    ['20/06/2026 14:30:59', '2026-06-20T13:30:00.000Z'],
    ['2026-06-20T09:05', '2026-06-20T08:05:00.000Z'],
    ['20/06/2026', '2026-06-20T11:00:00.000Z'],
    ['20/06/2026 00:00', '2026-06-20T11:00:00.000Z'],
    ['29/03/2026 01:30', '2026-03-29T01:30:00.000Z'],
  ])('[F24] read %s as the clocks of London showed it', (text, instant) => {
    const reading = readOldInstant(text, 'Date of the note')
    expect(reading.ok && reading.value.at.toISOString()).toBe(instant)
  })
})

const known = { system: 'Halo', today: asPlainDate('2026-11-20') }
const base = { key: 'PK1', family: 'Penrose', given: 'Jago' }
const problemsOf = (cells: object) =>
  readPerson({ ...base, ...cells }, known).problems.map(one => `${one.severity} ${one.field}: ${one.message}`)

describe('a row of people', () => {
  it('[F24] becomes a person with everything that the old system knew', () => {
    const { person, problems } = readPerson(
      {
        ...base,
        knownAs: 'Jay',
        dateOfBirth: '03/06/2014',
        sex: 'male',
        gender: 'boy',
        nhsNumber: '999 432 6163',
        ethnicity: 'White British',
        language: 'English',
        interpreter: 'N',
        address: '14 Fore Street',
        town: 'Porthkerris',
        postcode: 'tr184qa',
        mobile: '07700 900123',
        email: 'jago@example.org',
        safeToContact: 'Text only, Weekdays 09:00 to 15:00, do not leave a message',
        gpPractice: 'Harbour Surgery',
      },
      known,
    )
    expect(problems).toEqual([])
    expect(person).toMatchObject({
      family: 'Penrose',
      given: 'Jago',
      dateOfBirth: '2014-06-03',
      sex: 'M',
      gender: 'boy',
      nhsNumber: '9994326163',
      ethnicCategory: 'A',
      language: 'en',
      interpreter: 'no',
      names: [{ kind: 'known-as', given: 'Jay' }],
      addresses: [{ kind: 'home', lines: '14 Fore Street', town: 'Porthkerris', postcode: 'TR18 4QA' }],
      contacts: [
        {
          kind: 'mobile',
          value: '+447700900123',
          safe: { use: 'text-only', leaveMessage: false, days: [1, 2, 3, 4, 5], from: '09:00', to: '15:00', note: null },
        },
        { kind: 'email', value: 'jago@example.org' },
      ],
      externalIds: [{ system: 'Halo', value: 'PK1' }],
    })
  })

  it.each([
    [
      { nhsNumber: '9994326164' },
      'rejected nhsNumber: NHS number is not valid. Check that each digit is right, and in the right order: “9994326164”. Correct it, or leave it empty',
    ],
    [
      { nhsNumber: '9.99433E+09' },
      'rejected nhsNumber: NHS number “9.99433E+09” was spoilt by a spreadsheet, which cut its last figures. Format the column as text and export it again',
    ],
    [{ sex: 'W1' }, 'rejected sex: Sex “W1” is not known here. Write F, M, I or X, or leave it empty'],
    [
      { ethnicity: 'Other' },
      'rejected ethnicity: Ethnic category “Other” is not known here. Write a code of the NHS list, A to S, Z or 99, or leave it empty',
    ],
    [
      { dateOfBirth: '01/01/1900' },
      'rejected dateOfBirth: Date of birth “01/01/1900” stands for “not known” in many systems. Leave it empty where it is not known',
    ],
    [{ dateOfBirth: '21/11/2026' }, 'rejected dateOfBirth: Date of birth must be in the past: “21/11/2026” is to come'],
    [
      { family: '=HYPERLINK("x")' },
      'rejected family: Surname must only include letters, spaces, hyphens, apostrophes and full stops: “=HYPERLINK("x")”',
    ],
    [
      { family: 'A'.repeat(101) },
      'rejected family: Surname must be 100 characters or fewer: it has 101. Shorten it, or move some of it elsewhere',
    ],
    [{ family: '', given: '' }, 'rejected family: A surname or a first name is needed'],
    [{ key: '' }, 'rejected key: Number in the old system must not be empty'],
    [{ postcode: 'TR' }, 'warning postcode: Postcode “TR” is not a whole UK postcode: kept as a line of the address, and not found by'],
    [{ mobile: '7700900123' }, 'warning mobile: Mobile “7700900123” had lost its first 0, which is put back'],
    [{ family: 'XXX' }, 'warning family: Surname “XXX” is no name: taken as not known'],
    [{ family: 'Penrose, Mr' }, 'warning family: Surname “Penrose, Mr” has a title in it, which is left out'],
  ])('[F24] with %j says what is wrong', (cells, problem) => expect(problemsOf(cells)).toEqual([problem]))

  it('[F24] keeps contact rules that it does not understand beside every number', () => {
    const rules = readContactRules('Never ring the landline, ask for the dentist')
    expect(rules.telephone).toMatchObject({ use: 'never', note: 'ask for the dentist' })
    expect(rules.mobile).toMatchObject({ use: 'any', note: 'ask for the dentist' })
  })

  it('takes the apostrophe off that keeps a spreadsheet from seeing a formula', () => {
    for (const value of ['+44 7700 900123', '-', '=1+1', '@home']) expect(cellsBy(['x'], [csvCell(value)])).toEqual({ x: value })
    expect(csvCell('=1+1')).toBe("'=1+1")
    expect(csvCell('a "b", c')).toBe('"a ""b"", c"')
  })
})

describe('columns', () => {
  const file = (headings: string[]): Import['files'] => ({
    people: { name: 'people.csv', key: '', bytes: 1, encoding: 'utf-8', delimiter: ',', headings, samples: [] },
  })

  it('[F24] are guessed from their headings, each field once', () => {
    expect(guessColumns(file(['Client ID', 'SURNAME', 'First name', 'D.O.B.', 'Last Name', 'Shoe size']))).toEqual({
      people: ['key', 'family', 'given', 'dateOfBirth', '', ''],
    })
  })

  it('[F24] are found again by a name, in whatever order they stand', () => {
    const kept = headingsOf(file(['Ref', 'Nm']), { people: ['key', 'family'] })
    expect(guessColumns(file(['nm', 'Other', 'REF']), kept)).toEqual({ people: ['family', '', 'key'] })
  })

  it('[F24] must say what is needed, and nothing twice', () => {
    expect(columnErrors(file(['a', 'b']), { people: ['family', 'family'] }).map(one => one.message)).toEqual([
      'Two columns of people.csv are “Surname”. Choose one',
      'Say which column of people.csv is “Number in the old system”',
    ])
  })
})
