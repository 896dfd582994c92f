import { type PlainTime, parseTimeText } from '../../platform/clock.ts'
import type { Fields } from '../../platform/web/fields.ts'
import type { FieldError } from '../../ui/index.ts'
import { contactKinds, parseTelephone, type SafeToContact, takesTexts } from '../contact.ts'
import type { Contact } from '../person.ts'

export type TypedContact = Pick<Contact, 'kind' | 'value' | 'whose' | 'safe'>
export type ContactReading =
  | { readonly ok: true; readonly value: TypedContact }
  | { readonly ok: false; readonly errors: readonly FieldError[] }

/** Reads a contact and when it is safe to use it. */
export function readContact(fields: Fields): ContactReading {
  const errors: FieldError[] = []
  const kind = contactKinds.find(each => each === fields.text('kind'))
  if (!kind) errors.push({ field: 'kind', message: 'Select what kind of contact it is' })
  const value = kind ? readValue(kind) : fields.text('value')
  const whose = fields.text('whose')
  if (whose.length > 60) errors.push({ field: 'whose', message: 'Whose it is must be 60 characters or fewer' })
  const note = fields.text('note')
  if (note.length > 200) errors.push({ field: 'note', message: 'What to know before must be 200 characters or fewer' })
  const use = (['any', 'call-only', 'text-only', 'never'] as const).find(each => each === fields.text('use'))
  if (!use) errors.push({ field: 'use', message: 'Select whether it is safe to use' })
  if (kind === 'telephone' && use === 'text-only')
    errors.push({ field: 'use', message: 'A landline takes no texts. Select another way, or record it as a mobile' })
  const from = timeOf('from', 'Safe from')
  const to = timeOf('to', 'Safe until')
  if ((from === null) !== (to === null) && errors.length === 0)
    errors.push({ field: from === null ? 'from' : 'to', message: 'Enter both times, or neither' })
  const days = fields
    .all('days')
    .map(Number)
    .filter(day => day >= 1 && day <= 7)
  if (errors.length > 0 || !kind || !use) return { ok: false, errors }
  const safe: SafeToContact = {
    use,
    leaveMessage: fields.text('message') !== 'no',
    days: days.length === 7 ? [] : days,
    from,
    to,
    note: note || null,
  }
  return { ok: true, value: { kind, value, whose: whose || null, safe } }

  function readValue(kind: Contact['kind']): string {
    const text = fields.text('value')
    if (text === '') {
      errors.push({ field: 'value', message: 'Enter the number or address' })
      return text
    }
    if (kind === 'mobile' || kind === 'telephone') {
      const reading = parseTelephone(text)
      if (!reading.ok) errors.push({ field: 'value', message: reading.message })
      else if (kind === 'mobile' && !takesTexts(reading.value))
        errors.push({ field: 'value', message: 'This is not a mobile number. Select Telephone, or check the number' })
      else return reading.value
      return text
    }
    if (kind === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text))
      errors.push({ field: 'value', message: 'Enter an email address in the correct format, like name@example.com' })
    if ([...text].length > 200) errors.push({ field: 'value', message: 'The number or address must be 200 characters or fewer' })
    return kind === 'email' ? text.toLowerCase() : text
  }

  function timeOf(name: string, label: string): PlainTime | null {
    const text = fields.text(name)
    if (text === '') return null
    const time = parseTimeText(text)
    if (time) return time
    errors.push({ field: name, message: `${label} must be a time, like 9:30am or 14:00` })
    return null
  }
}
