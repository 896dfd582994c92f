import { type PlainDate, readDateParts } from '../../platform/plain-date.ts'
import type { Fields } from '../../platform/web/fields.ts'
import type { FieldError } from '../../ui/index.ts'
import { type Address, addressKinds } from '../person.ts'
import { noFixedAbode, type Postcode, parsePostcode } from '../postcode.ts'

/** Who reads it is read apart (`secretReaders`). */
export type TypedAddress = Omit<Address, 'id' | 'recordedAt' | 'version' | 'namedReaders' | 'keptBy'>
export type AddressReading =
  | { readonly ok: true; readonly value: TypedAddress }
  | { readonly ok: false; readonly errors: readonly FieldError[] }

/** Reads an address form. An address has at least a line or a postcode, unless there is no fixed abode. */
export function readAddress(fields: Fields): AddressReading {
  const errors: FieldError[] = []
  const kind = addressKinds.find(each => each === fields.text('kind'))
  if (!kind) errors.push({ field: 'kind', message: 'Select what kind of address it is' })
  const lines = textOf('lines', 'Building and street', 300)
  const town = textOf('town', 'Town or city', 100)
  const note = textOf('note', 'About this address', 300)
  const uprn = fields.text('uprn').replace(/\s/g, '')
  // BS7666: a unique property reference number has up to twelve digits and no check digit.
  if (uprn !== '' && !/^\d{1,12}$/.test(uprn)) errors.push({ field: 'uprn', message: 'UPRN must be 12 digits or fewer' })
  const postcode = postcodeOf()
  const from = dateOf('from', 'Date they moved in')
  const to = dateOf('to', 'Date they moved out')
  if (from && to && to < from)
    errors.push({ field: 'to-day', message: 'Date they moved out must be the same as or after the date they moved in' })
  if (kind && kind !== 'no-fixed-abode' && lines === null && postcode === null && errors.length === 0)
    errors.push({ field: 'lines', message: 'Enter the building and street, or a postcode' })
  if (errors.length > 0 || !kind) return { ok: false, errors }
  const place = kind === 'no-fixed-abode' ? { lines: null, postcode: postcode ?? noFixedAbode } : { lines, postcode }
  return { ok: true, value: { kind, ...place, town, uprn: uprn || null, from, to, confidential: fields.has('confidential'), note } }

  function textOf(name: string, label: string, longest: number): string | null {
    const text = fields.text(name)
    if ([...text].length > longest) errors.push({ field: name, message: `${label} must be ${longest} characters or fewer` })
    return text || null
  }

  function postcodeOf(): Postcode | null {
    if (fields.text('postcode') === '') return null
    const reading = parsePostcode(fields.text('postcode'))
    if (reading.ok) return reading.value
    errors.push({ field: 'postcode', message: reading.message })
    return null
  }

  function dateOf(name: string, label: string): PlainDate | null {
    const typed = { day: fields.text(`${name}-day`), month: fields.text(`${name}-month`), year: fields.text(`${name}-year`) }
    if (Object.values(typed).every(part => part === '')) return null
    const reading = readDateParts(typed, label)
    if (reading.ok) return reading.value
    errors.push({ field: `${name}-${reading.error.parts[0] ?? 'day'}`, message: reading.error.message })
    return null
  }
}
