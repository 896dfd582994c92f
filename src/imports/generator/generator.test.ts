import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, describe, expect, it } from 'vitest'
import { isEthnicCategory, isNhsNumber, parsePostcode, parseTelephone } from '../../people/index.ts'
import { asPlainDate } from '../../platform/plain-date.ts'
import { type GeneratedPerson, generateCaseload, writeCaseload } from './index.ts'

const asOf = asPlainDate('2026-11-20')
const folder = mkdtempSync(join(tmpdir(), 'lanyard-caseload-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const all = (people: number, seed = 7) => [...generateCaseload({ people, seed, asOf })]
const hash = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')
const rowsOf = (file: string): Record<string, string>[] => parse(readFileSync(file), { columns: true })

describe('people who do not exist', () => {
  const people: GeneratedPerson[] = all(3_000)

  it('are the same for the same seed and others for another', () => {
    expect(all(50)).toEqual(people.slice(0, 50))
    expect(all(50, 8)).not.toEqual(people.slice(0, 50))
  })

  it('pass every check that a real record would', () => {
    for (const person of people) {
      if (person.nhsNumber !== '') expect(isNhsNumber(person.nhsNumber)).toBe(true)
      expect(parsePostcode(person.postcode)).toMatchObject({ ok: true, value: person.postcode })
      for (const number of [person.mobile, person.telephone]) if (number !== '') expect(parseTelephone(number).ok).toBe(true)
      expect(isEthnicCategory(person.ethnicity)).toBe(true)
      expect(person.dateOfBirth <= asOf).toBe(true)
    }
  })

  it('could be nobody: numbers of the NHS test range, drama telephone numbers, example e-mail', () => {
    const numbers = people.map(person => person.nhsNumber).filter(Boolean)
    expect(new Set(numbers).size).toBe(numbers.length)
    for (const person of people) {
      expect(person.nhsNumber).toMatch(/^(999\d{7})?$/)
      expect(person.mobile).toMatch(/^(07700 900\d{3})?$/)
      expect(person.telephone).toMatch(/^(01632 960\d{3})?$/)
      expect(person.email).toMatch(/^([a-z0-9.]+@example\.org)?$/)
    }
  })

  it('have stories in order: referred, then notes, then closed, never after the day', () => {
    for (const person of people) {
      for (const each of person.cases) {
        expect(each.referredOn >= person.dateOfBirth && each.referredOn <= asOf).toBe(true)
        const end = each.closedOn ?? asOf
        expect(end >= each.referredOn && end <= asOf).toBe(true)
        const days = [each.referredOn, ...each.notes.map(note => note.on), end]
        expect([...days].sort()).toEqual(days)
        for (const note of each.notes) expect(note.text).not.toMatch(/[{}]|undefined/)
      }
      if (person.dateOfDeath !== null) expect(person.cases.at(-1)?.closureReason).toBe('Died')
    }
  })
})

describe('files of them', () => {
  it('[F24] are the same bytes for the same seed, and hold everybody', async () => {
    const first = await writeCaseload({ people: 200, seed: 3, asOf, dirty: false }, join(folder, 'a'))
    await writeCaseload({ people: 200, seed: 3, asOf, dirty: false }, join(folder, 'b'))
    for (const file of ['people.csv', 'cases.csv', 'notes.csv']) expect(hash(join(folder, 'a', file))).toBe(hash(join(folder, 'b', file)))
    expect(rowsOf(join(folder, 'a', 'people.csv'))).toHaveLength(200)
    expect(rowsOf(join(folder, 'a', 'cases.csv'))).toHaveLength(first.cases)
    expect(rowsOf(join(folder, 'a', 'notes.csv'))).toHaveLength(first.notes)
    expect(first.dirt).toEqual({})
  })

  it('[F24] can be those of one service alone', () => {
    const people = [...generateCaseload({ people: 200, seed: 3, asOf, service: 'refugees' })]
    expect(people).toHaveLength(200)
    expect(new Set(people.map(person => person.cases[0]?.service).filter(Boolean))).toEqual(new Set(['refugees']))
  })

  it('[F24] are dirty in every way when asked, and still CSV', async () => {
    const written = await writeCaseload({ people: 4_000, seed: 3, asOf, dirty: true }, join(folder, 'dirty'))
    const done = Object.keys(written.dirt).join('\n')
    for (const kind of [
      'does not exist',
      'common year',
      'swapped',
      'two figures',
      "spreadsheet's day",
      'as a spreadsheet writes it',
      'leading nought',
      'spaces around',
      'no surname',
      'unknown code',
      'too long',
      'quotes and new lines',
      'Windows-1252',
      'row twice',
      'leads nowhere',
    ])
      expect(done).toContain(kind)
    expect(rowsOf(join(folder, 'dirty', 'people.csv')).length).toBe(4_000 + (written.dirt['people: row twice'] ?? 0))
  })
})
