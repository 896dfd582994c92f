import { type PlainDate, readDateParts } from '../../platform/plain-date.ts'
import type { Fields } from '../../platform/web/fields.ts'
import type { FieldError } from '../../ui/index.ts'
import { parseTelephone, type Telephone, takesTexts } from '../contact.ts'
import type { Likeness } from '../matching.ts'
import { readNamePart } from '../names.ts'
import { parseNhsNumber } from '../nhs-number.ts'
import { noFixedAbode, parsePostcode } from '../postcode.ts'
import { genders, sexes } from '../sex-and-gender.ts'
import { externalIdToken } from '../tokens.ts'
import type { NewAddress, NewContact, NewPerson } from './entry.ts'

export type RegistrationReading = { readonly person: NewPerson; readonly errors: readonly FieldError[] }

/**
 * Reads the registration form. Whatever can be read is in `person`, whether or not the rest can: the duplicate warning looks while
 * the form is half typed.
 */
export function readRegistration(fields: Fields, today: PlainDate): RegistrationReading {
  const errors: FieldError[] = []
  const given = namePart('given', 'First names')
  const family = namePart('family', 'Surname')
  const knownAs = namePart('known-as', 'Known as')
  const dateOfBirth = date('dateOfBirth', 'Date of birth')
  const expectedDate = date('expectedDate', 'Expected date of birth')
  if (dateOfBirth !== null && dateOfBirth > today)
    errors.push({ field: 'dateOfBirth-day', message: 'Date of birth must be today or in the past' })
  if (dateOfBirth !== null && expectedDate !== null)
    errors.push({ field: 'expectedDate-day', message: 'Enter a date of birth or an expected date of birth, not both' })
  if (given === null && family === null && expectedDate === null && errors.length === 0)
    errors.push({ field: 'family', message: 'Enter a surname or a first name' })
  const nhsNumber = nhs()
  const address = addressTyped()
  const contacts = telephones()
  const externalIds = otherNumber()
  const person: NewPerson = {
    given,
    family,
    dateOfBirth,
    expectedDate,
    sex: oneOf('sex', sexes),
    gender: oneOf('gender', genders),
    nhsNumber,
    nhsNumberStatus: nhsNumber === null ? null : '02',
    names: knownAs === null ? [] : [{ kind: 'known-as', given: knownAs, family: null }],
    addresses: address === null ? [] : [address],
    contacts,
    externalIds,
  }
  return { person, errors }

  function namePart(name: string, label: string): string | null {
    const reading = readNamePart(fields.typed(name), label)
    if (reading.ok) return reading.value
    errors.push({ field: name, message: reading.message })
    return null
  }

  function date(name: string, label: string): PlainDate | null {
    const typed = { day: fields.text(`${name}-day`), month: fields.text(`${name}-month`), year: fields.text(`${name}-year`) }
    if (Object.values(typed).every(part => part === '')) return null
    const reading = readDateParts(typed, label)
    if (reading.ok) return reading.value
    errors.push({ field: `${name}-${reading.error.parts[0] ?? 'day'}`, message: reading.error.message })
    return null
  }

  function nhs() {
    if (fields.text('nhsNumber') === '') return null
    const reading = parseNhsNumber(fields.text('nhsNumber'))
    if (reading.ok) return reading.value
    errors.push({ field: 'nhsNumber', message: reading.message })
    return null
  }

  function addressTyped(): NewAddress | null {
    if (fields.has('no-fixed-abode')) return { kind: 'no-fixed-abode', postcode: noFixedAbode }
    const lines = short('lines', 'Building and street', 300)
    const town = short('town', 'Town or city', 100)
    const typed = fields.text('postcode')
    const postcode = typed === '' ? null : parsePostcode(typed)
    if (postcode !== null && !postcode.ok) errors.push({ field: 'postcode', message: postcode.message })
    if (lines === null && town === null && (postcode === null || !postcode.ok)) return null
    return { kind: 'home', lines, town, postcode: postcode?.ok ? postcode.value : null }
  }

  function short(name: string, label: string, longest: number): string | null {
    const text = fields.text(name)
    if ([...text].length <= longest) return text || null
    errors.push({ field: name, message: `${label} must be ${longest} characters or fewer` })
    return null
  }

  function telephones(): NewContact[] {
    if (fields.text('telephone') === '') return []
    const reading = parseTelephone(fields.text('telephone'))
    if (reading.ok) return [{ kind: takesTexts(reading.value) ? 'mobile' : 'telephone', value: reading.value }]
    errors.push({ field: 'telephone', message: reading.message })
    return []
  }

  function otherNumber(): { system: string; value: string }[] {
    const system = short('system', 'System', 60)
    const value = short('number', 'Number', 60)
    if (system === null && value === null) return []
    if (system === null) errors.push({ field: 'system', message: 'Enter the name of the system that the number is from' })
    else if (value === null || externalIdToken(value) === undefined)
      errors.push({ field: 'number', message: `Enter the number from ${system}` })
    else return [{ system, value }]
    return []
  }

  function oneOf(name: string, list: readonly { readonly code: string }[]): string | null {
    const code = fields.text(name)
    return list.some(item => item.code === code) ? code : null
  }
}

/** What a registration is matched by. */
export function likenessTyped(person: NewPerson): Likeness {
  return {
    names: [person, ...(person.names ?? []).map(name => ({ given: name.given, family: name.family ?? person.family }))],
    dateOfBirth: person.dateOfBirth ?? null,
    expectedDate: person.expectedDate ?? null,
    nhsNumber: person.nhsNumber ?? null,
    nhsTraced: person.nhsNumberStatus === '01',
    // Everybody with no fixed abode has the same postcode: it says nothing.
    postcodes: (person.addresses ?? []).flatMap(({ postcode }) => (postcode && postcode !== noFixedAbode ? [postcode] : [])),
    telephones: (person.contacts ?? []).flatMap(({ kind, value }) =>
      kind === 'mobile' || kind === 'telephone' ? [value as Telephone] : [],
    ),
    externalIds: person.externalIds ?? [],
  }
}
