import { type GeneratedPerson, readContactRules } from '../../imports/index.ts'
import {
  type NewContact,
  type NewPerson,
  noFixedAbode,
  parseNhsNumber,
  parsePostcode,
  parseTelephone,
  safeAlways,
} from '../../people/index.ts'

/** The council's former system, whose numbers the bulk of Porthkerris keeps. */
export const formerSystem = 'the former system'

/** One of the generator's people as they are put on record. */
export function personOf(person: GeneratedPerson): NewPerson {
  const nhsNumber = read(parseNhsNumber(person.nhsNumber))
  const postcode = read(parsePostcode(person.postcode))
  return {
    given: person.given || null,
    family: person.family || null,
    dateOfBirth: person.dateOfBirth,
    sex: person.sex,
    gender: person.gender,
    nhsNumber,
    nhsNumberStatus: nhsNumber ? (person.household % 5 === 0 ? '02' : '01') : null,
    ethnicCategory: person.ethnicity || null,
    language: person.language || null,
    interpreter: person.interpreter ? (person.language === 'bfi' ? 'sign' : 'spoken') : 'no',
    gpPractice: person.gpPractice || null,
    diedOn: person.dateOfDeath,
    names: person.knownAs ? [{ kind: 'known-as', given: person.knownAs, family: null }] : [],
    addresses: person.address
      ? [{ kind: 'home', lines: person.address, town: person.town, postcode }]
      : [{ kind: 'no-fixed-abode', town: person.town, postcode: noFixedAbode }],
    contacts: contactsOf(person),
    externalIds: [{ system: 'Former system', value: person.recordId }],
  }
}

function contactsOf({ mobile, telephone, email, safeToContact }: GeneratedPerson): NewContact[] {
  const rules = readContactRules(safeToContact)
  const first = read(parseTelephone(mobile))
  const second = read(parseTelephone(telephone))
  return [
    ...(first ? [{ kind: 'mobile' as const, value: first, safe: rules.mobile }] : []),
    ...(second ? [{ kind: 'telephone' as const, value: second, safe: rules.telephone }] : []),
    ...(email ? [{ kind: 'email' as const, value: email, safe: rules.rest ? { ...safeAlways, note: rules.rest } : safeAlways }] : []),
  ]
}

const read = <T>(reading: { ok: true; value: T } | { ok: false }): T | null => (reading.ok ? reading.value : null)
