import { type PlainDate, readDateParts } from '../../platform/plain-date.ts'
import type { Fields } from '../../platform/web/fields.ts'
import type { FieldError } from '../../ui/index.ts'
import { fieldLabels } from '../field-words.ts'
import { readNamePart } from '../names.ts'
import { parseNhsNumber } from '../nhs-number.ts'
import type { Section, SectionField, Values } from './sections.ts'

export type SectionReading = { readonly values: Values; readonly errors: readonly FieldError[] }

/** Reads what was typed into a section's form. Values that could not be read are left out, with an error for each. */
export function readSection(section: Section, fields: Fields, today: PlainDate): SectionReading {
  const values: Values = {}
  const errors: FieldError[] = []
  for (const field of section.fields) {
    const read = readField(field, fields)
    if ('error' in read) errors.push(read.error)
    else values[field.field] = read.value
  }
  if (errors.length === 0 && section.check) errors.push(...section.check(values, today))
  return { values, errors }
}

type FieldReading = { readonly value: string | readonly string[] | null } | { readonly error: FieldError }

function readField(spec: SectionField, fields: Fields): FieldReading {
  const label = fieldLabels[spec.field]
  const text = fields.text(spec.field)
  switch (spec.kind) {
    case 'name': {
      const reading = readNamePart(fields.typed(spec.field), label)
      return reading.ok ? { value: reading.value } : { error: { field: spec.field, message: reading.message } }
    }
    case 'date': {
      const typed = {
        day: fields.text(`${spec.field}-day`),
        month: fields.text(`${spec.field}-month`),
        year: fields.text(`${spec.field}-year`),
      }
      if (typed.day === '' && typed.month === '' && typed.year === '') return { value: null }
      const reading = readDateParts(typed, label)
      return reading.ok
        ? { value: reading.value }
        : { error: { field: `${spec.field}-${reading.error.parts[0] ?? 'day'}`, message: reading.error.message } }
    }
    case 'nhs-number': {
      if (text === '') return { value: null }
      const reading = parseNhsNumber(text)
      return reading.ok ? { value: reading.value } : { error: { field: spec.field, message: reading.message } }
    }
    case 'one-of':
    case 'one-of-many':
      if (text === '') return { value: null }
      if (!spec.choices?.some(choice => choice.code === text))
        return { error: { field: spec.field, message: `Select one of the list for ${label.toLowerCase()}` } }
      return { value: text }
    case 'several': {
      const chosen = fields.all(spec.field).filter(code => spec.choices?.some(choice => choice.code === code))
      return { value: chosen }
    }
    case 'language': {
      const other = fields.text(`${spec.field}-other`)
      const value = other || text
      if (value.length > 60) return { error: { field: `${spec.field}-other`, message: 'Language must be 60 characters or fewer' } }
      return { value: value || null }
    }
    case 'text':
    case 'long-text': {
      const longest = spec.longest ?? 200
      if ([...text].length > longest) return { error: { field: spec.field, message: `${label} must be ${longest} characters or fewer` } }
      return { value: text || null }
    }
  }
}
