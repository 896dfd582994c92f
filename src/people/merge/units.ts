import { fieldInWords, type PersonField } from '../field-words.ts'
import { spokenName } from '../names.ts'
import type { Person } from '../person.ts'

/** Fields that are chosen together when two records are merged: a number and how far it was traced, a death and who recorded it. */
export type Unit = {
  readonly key: string
  readonly title: string
  readonly fields: readonly (keyof Person)[]
  readonly shown: (person: Person) => string | null
}

const joined =
  (...fields: PersonField[]) =>
  (person: Person): string | null =>
    fields
      .map(field => fieldInWords(person, field))
      .filter(Boolean)
      .join('; ') || null
const unit = (key: string, title: string, ...fields: PersonField[]): Unit => ({ key, title, fields, shown: joined(...fields) })

export const units: readonly Unit[] = [
  { key: 'name', title: 'Name', fields: ['given', 'family'], shown: person => (person.given || person.family ? spokenName(person) : null) },
  unit('pronouns', 'Pronouns', 'pronouns'),
  unit('birth', 'Date of birth', 'dateOfBirth', 'expectedDate'),
  unit('sex', 'Sex registered at birth', 'sex'),
  unit('gender', 'Gender', 'gender', 'genderSameAsRegistered'),
  unit('nhs', 'NHS number', 'nhsNumber', 'nhsNumberStatus'),
  unit('ethnicity', 'Ethnicity', 'ethnicCategory'),
  unit('language', 'Language and interpreter', 'language', 'interpreter'),
  unit('needs', 'Communication needs', 'communicationNeeds', 'needsNote'),
  unit('gp', 'GP', 'gpName', 'gpPractice', 'gpPracticeCode'),
  {
    key: 'death',
    title: 'Death',
    fields: ['diedOn', 'deathRecordedAt', 'deathRecordedBy', 'deathNote'],
    shown: person => (person.deathRecordedAt === null ? null : `Has died${person.diedOn ? ` on ${fieldInWords(person, 'diedOn')}` : ''}`),
  },
]

/** The columns of `people` under the fields that a merge chooses among. */
export const columnOf: Partial<Record<keyof Person, string>> = {
  given: 'given_name',
  family: 'family_name',
  pronouns: 'pronouns',
  dateOfBirth: 'date_of_birth',
  expectedDate: 'expected_date',
  sex: 'sex',
  gender: 'gender',
  genderSameAsRegistered: 'gender_same_as_registered',
  nhsNumber: 'nhs_number',
  nhsNumberStatus: 'nhs_number_status',
  ethnicCategory: 'ethnic_category',
  language: 'language',
  interpreter: 'interpreter',
  communicationNeeds: 'communication_needs',
  needsNote: 'needs_note',
  gpName: 'gp_name',
  gpPractice: 'gp_practice',
  gpPracticeCode: 'gp_practice_code',
  diedOn: 'died_on',
  deathRecordedAt: 'death_recorded_at',
  deathRecordedBy: 'death_recorded_by',
  deathNote: 'death_note',
}

export type Side = 'kept' | 'merged'
export type UnitChoice = {
  readonly unit: Unit
  readonly kept: string | null
  readonly merged: string | null
  /** What is taken unless somebody chooses otherwise. */
  readonly usual: Side
  /** Set where there is nothing to choose: the rule says which. */
  readonly settled: boolean
}

/**
 * What two records say differently. The kept record's own word stands unless it has none. Its NHS number stands whatever is chosen (P15), and
 * a death that either knows of is not lost.
 */
export function choicesBetween(kept: Person, merged: Person): UnitChoice[] {
  return units.flatMap(one => {
    const [mine, theirs] = [one.shown(kept), one.shown(merged)]
    if (mine === theirs || theirs === null) return []
    const usual: Side = mine === null ? 'merged' : 'kept'
    return [
      { unit: one, kept: mine, merged: theirs, usual, settled: one.key === 'nhs' ? mine !== null : one.key === 'death' && mine === null },
    ]
  })
}

export type Change = { readonly before: unknown; readonly after: unknown }

/** What is taken from the merged record in the end. */
export function unitsTaken(kept: Person, merged: Person, taken: ReadonlySet<string>): UnitChoice[] {
  return choicesBetween(kept, merged).filter(({ unit: one, usual, settled }) => (settled ? usual === 'merged' : taken.has(one.key)))
}

/** The columns of the kept record that change with it, with what they say before and after. */
export function columnsTaken(kept: Person, merged: Person, taken: ReadonlySet<string>): Record<string, Change> {
  const changes: Record<string, Change> = {}
  for (const { unit: one } of unitsTaken(kept, merged, taken)) {
    for (const field of one.fields) {
      const [before, after] = [kept[field], merged[field]]
      if (!isSame(before, after)) changes[columnOf[field]!] = { before, after }
    }
  }
  return changes
}

/** As they stand in JSON, where the past is kept. */
export const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
