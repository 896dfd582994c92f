import { nhsCheckDigit } from '../../people/index.ts'
import { addDays, compareDates, daysBetween, type PlainDate } from '../../platform/plain-date.ts'
import { addressFrom } from './addresses.ts'
import { casesOf, type GeneratedCase } from './cases.ts'
import { type Heritage, heritages, shortNames } from './names.ts'
import { type Random, randomFrom } from './random.ts'
import type { ServiceArea } from './sentences.ts'

/** A person who does not exist, with all of their cases and notes. */
export type GeneratedPerson = {
  readonly recordId: string
  readonly family: string
  readonly given: string
  readonly knownAs: string
  readonly dateOfBirth: PlainDate
  readonly sex: 'F' | 'M'
  readonly gender: 'woman' | 'man' | 'girl' | 'boy' | 'non-binary'
  /** In the range 999, which the NHS keeps for tests; '' where none is on record. */
  readonly nhsNumber: string
  readonly ethnicity: string
  readonly language: string
  readonly interpreter: boolean
  /** '' with no fixed abode. */
  readonly address: string
  readonly town: string
  readonly postcode: string
  /** In Ofcom's ranges for drama: 07700 900xxx and 01632 960xxx. */
  readonly mobile: string
  readonly telephone: string
  readonly email: string
  readonly safeToContact: string
  readonly gpPractice: string
  readonly dateOfDeath: PlainDate | null
  /** People of one household share it. */
  readonly household: number
  readonly cases: readonly GeneratedCase[]
}

export type CaseloadOptions = {
  readonly people: number
  readonly seed: number
  /** The day that the old system was left: the last on which anything happens. */
  readonly asOf: PlainDate
  /** People of one service alone, but for what else they are known to; without it, of all. */
  readonly service?: ServiceArea | undefined
}

/** The people of a caseload, one at a time, the same for the same options. Nothing is kept, so any number can be made. */
export function* generateCaseload(options: CaseloadOptions): Generator<GeneratedPerson> {
  const random = randomFrom(options.seed)
  let made = 0
  for (let household = 1; made < options.people; household++) {
    const home = householdFrom(random, options.service)
    for (let member = 0; member < home.size && made < options.people; member++) {
      made++
      yield personOf(random, options, home, household, member, made)
    }
  }
}

type Household = {
  readonly service: ServiceArea
  readonly heritage: Heritage
  readonly size: number
  readonly family: string
  readonly address: { readonly line: string; readonly town: string; readonly postcode: string }
  readonly telephone: string
}

function householdFrom(random: Random, only: ServiceArea | undefined): Household {
  const service = only ?? random.weighed(serviceWeights)
  const heritage = service === 'refugees' ? random.weighed(refugeeHeritages) : random.weighed(heritageWeights)
  const size = service === 'early-help' || service === 'refugees' ? random.between(1, 4) : random.chance(18) ? 2 : 1
  const noFixedAbode = service === 'complex-needs' ? random.chance(55) : random.chance(2)
  const address = noFixedAbode ? { line: '', town: 'Porthkerris', postcode: 'ZZ99 3VZ' } : addressFrom(random)
  const telephone = random.chance(30) && !noFixedAbode ? `01632 960${threeDigits(random)}` : ''
  return { service, heritage, size, family: random.pick(heritage.family), address, telephone }
}

function personOf(
  random: Random,
  { asOf, seed }: CaseloadOptions,
  home: Household,
  household: number,
  member: number,
  nth: number,
): GeneratedPerson {
  const sex = random.chance(home.service === 'domestic-abuse' ? 88 : home.service === 'complex-needs' ? 25 : 50) ? 'F' : 'M'
  const given = random.pick(sex === 'F' ? home.heritage.female : home.heritage.male)
  const family = member > 0 && random.chance(12) ? random.pick(home.heritage.family) : home.family
  const age = ageFor(random, home.service, member)
  const dateOfBirth = addDays(asOf, -Math.floor(age * 365.25) - random.between(0, 364))
  const language = random.weighed(home.heritage.languages)
  const mobile = age >= 11 && random.chance(82) ? `07700 900${threeDigits(random)}` : ''
  const cases = casesOf(random, { asOf, given, sex, dateOfBirth, service: home.service, nth, main: member === 0 })
  const died = cases.some(each => each.closureReason === 'Died')
  const lastDay =
    cases
      .map(each => each.closedOn ?? each.referredOn)
      .sort(compareDates)
      .at(-1) ?? asOf
  return {
    recordId: `PK${String(nth).padStart(7, '0')}`,
    family,
    given,
    knownAs: random.chance(12) ? (shortNames[given] ?? '') : '',
    dateOfBirth,
    sex,
    gender: random.chance(1) ? 'non-binary' : age < 16 ? (sex === 'F' ? 'girl' : 'boy') : sex === 'F' ? 'woman' : 'man',
    nhsNumber: random.chance(home.service === 'anti-social-behaviour' ? 10 : 70) ? testNhsNumber(nth, seed) : '',
    ethnicity: random.weighed(home.heritage.ethnicities),
    language,
    interpreter: language === 'bfi' || (language !== 'en' && language !== 'cy' && language !== 'kw' && random.chance(45)),
    address: home.address.line,
    town: home.address.town,
    postcode: home.address.postcode,
    mobile,
    telephone: home.telephone,
    email: age >= 14 && random.chance(35) ? emailOf(random, given, family, nth) : '',
    safeToContact: home.service === 'domestic-abuse' ? random.pick(safeRules) : random.chance(6) ? 'Text only' : '',
    gpPractice: random.chance(80) ? random.pick(practices) : '',
    dateOfDeath: died && daysBetween(dateOfBirth, lastDay) > 0 ? lastDay : null,
    household,
    cases,
  }
}

const serviceWeights: readonly (readonly [ServiceArea, number])[] = [
  ['early-help', 30],
  ['drug-and-alcohol', 24],
  ['domestic-abuse', 20],
  ['anti-social-behaviour', 12],
  ['refugees', 8],
  ['complex-needs', 6],
]
const heritageWeights = heritages.map(heritage => [heritage, heritage.weight] as const)
const refugeeHeritages = heritages
  .filter(heritage => heritage.name === 'Ukrainian' || heritage.name.startsWith('Arab'))
  .map(heritage => [heritage, heritage.weight] as const)

const safeRules = [
  'Text only',
  'Do not leave a message',
  'Weekdays 09:00 to 15:00',
  'Never ring the landline',
  'Weekdays 09:00 to 15:00, text first, do not leave a message',
  '',
  '',
] as const
const practices = [
  'Harbour Surgery',
  'Alverne Practice',
  'Bal Lane Medical Centre',
  'Trenwith Health Centre',
  'The Sea Front Surgery',
] as const

function ageFor(random: Random, service: ServiceArea, member: number): number {
  switch (service) {
    case 'early-help':
      return member === 0 ? random.between(2, 16) : random.chance(55) ? random.between(0, 17) : random.between(24, 48)
    case 'drug-and-alcohol':
      return random.weighed([
        [random.between(16, 24), 15],
        [random.between(25, 44), 50],
        [random.between(45, 70), 35],
      ])
    case 'domestic-abuse':
      return random.weighed([
        [random.between(16, 24), 22],
        [random.between(25, 44), 55],
        [random.between(45, 82), 23],
      ])
    case 'anti-social-behaviour':
      return random.chance(60) ? random.between(12, 20) : random.between(21, 88)
    case 'refugees':
      return member === 0 ? random.between(22, 55) : random.between(0, 70)
    case 'complex-needs':
      return random.between(24, 64)
  }
}

/** Nine digits beginning 999 and the check digit; '' for those nine that have none. Never repeated within a million people. */
function testNhsNumber(nth: number, seed: number): string {
  if (nth > 999_999) return ''
  // 387,421 and a million have no common factor, so that every number comes once.
  const nine = `999${String((nth * 387_421 + seed * 7_919) % 1_000_000).padStart(6, '0')}`
  const check = nhsCheckDigit(nine)
  return check === undefined ? '' : `${nine}${check}`
}

function emailOf(random: Random, given: string, family: string, nth: number): string {
  const plain = (text: string) =>
    text
      .normalize('NFKD')
      .replace(/[^A-Za-z]/g, '')
      .toLowerCase()
  return `${plain(given)}.${plain(family)}${random.chance(60) ? nth % 997 : ''}@example.org`
}

function threeDigits(random: Random): string {
  return String(random.between(0, 999)).padStart(3, '0')
}
