import { isOption, type ListName, type Option } from '../../lists/index.ts'
import type { FieldError } from '../../ui/index.ts'
import { type Counts, readCounts, total } from '../counts.tsx'
import { type KeptTyping, type Typed, typedFrom } from '../typed.ts'

/** Something that a kind of contact asks for beside the words. */
export type KindField = { name: string; label: string; hint?: string } & (
  | { kind: 'text'; missing?: string }
  | { kind: 'choice'; list: ListName }
  /** How many of each of a list's choices. */
  | { kind: 'counts'; list: ListName }
  /** A day and time to come, which becomes an appointment. */
  | { kind: 'next' }
)

/** What was given, by the name of the field: words, a code of its list, or how many of each code. */
export type Details = Readonly<Record<string, string | Counts>>

/**
 * The kinds of contact that have fields of their own, by their code in the list `note-type`. Every other kind of that list, and any that an
 * authority adds, asks for the words alone.
 */
export const contactKinds: Readonly<Record<string, readonly KindField[]>> = {
  'one-to-one': [{ name: 'place', label: 'Where you met', kind: 'text' }],
  visit: [{ name: 'present', label: 'Who was there', hint: 'And whether you saw the person alone', kind: 'text' }],
  meeting: [{ name: 'present', label: 'Who was there', kind: 'text' }],
  'drop-in': [{ name: 'place', label: 'Where the drop-in was', kind: 'text' }],
  outreach: [
    { name: 'place', label: 'Where you met them', kind: 'text', missing: 'Enter where you met them' },
    { name: 'handed-out', label: 'What you handed out', kind: 'counts', list: 'handed-out' },
  ],
  court: [
    { name: 'court', label: 'Court', hint: 'Such as Truro Crown Court', kind: 'text', missing: 'Enter which court it was' },
    { name: 'hearing', label: 'Hearing', hint: 'Such as first hearing, sentencing or review', kind: 'text' },
    { name: 'purpose', label: 'Why you were there', kind: 'choice', list: 'court-purpose' },
    { name: 'result', label: 'What the court decided', kind: 'text' },
    { name: 'next', label: 'Next hearing', kind: 'next' },
  ],
}

/** What a kind asks for beside the words. The code may be anything that was posted, so nothing but a kind of ours is looked up. */
export const fieldsOfKind = (noteType: string): readonly KindField[] =>
  Object.hasOwn(contactKinds, noteType) ? (contactKinds[noteType] ?? []) : []

/** Lists whose words the fields need. */
export const listsOfKinds: readonly ListName[] = [
  ...new Set(
    Object.values(contactKinds)
      .flat()
      .flatMap(field => ('list' in field ? [field.list] : [])),
  ),
]

/** Every field of any kind, once each: two kinds may ask the same. */
export const fieldNamed = (noteType: string, name: string): KindField | undefined =>
  fieldsOfKind(noteType).find(field => field.name === name)

/** How a field is called on the form: kinds that ask the same are asked apart. */
export const inputName = (noteType: string, field: KindField): string => `${noteType}-${field.name}`

/**
 * What was typed but for what other kinds than the chosen one ask: of a kind that somebody chose first, nothing is kept. What is wrong there, as
 * `errors` says, stays in its boxes: without script it may be the kind that is wrong.
 */
export function ofChosenKind(typed: Pick<KeptTyping, 'toJSON'>, errors: readonly FieldError[] = []): KeptTyping {
  const values = typed.toJSON()
  const chosen = values['note-type']?.[0] ?? ''
  const others = Object.keys(contactKinds).filter(kind => kind !== chosen)
  const names = others.flatMap(kind => fieldsOfKind(kind).map(field => inputName(kind, field)))
  const isOf = (name: string, field: string) => name === field || name.startsWith(`${field}-`)
  const isOfAnother = (name: string) => names.some(other => isOf(name, other) && !errors.some(error => isOf(error.field, other)))
  return typedFrom(Object.fromEntries(Object.entries(values).filter(([name]) => !isOfAnother(name))))
}

/** What an option is in words, by list and code. */
export type WordsOf = (list: ListName, code: string) => string

const longest = 500

/** Reads what this kind of contact asks for; what was typed for another kind stays out. */
export function readDetails(typed: Typed, noteType: string, options: (list: ListName) => readonly Option[], errors: FieldError[]): Details {
  const details: Record<string, string | Counts> = {}
  for (const field of fieldsOfKind(noteType)) {
    const name = inputName(noteType, field)
    switch (field.kind) {
      case 'text': {
        const text = typed.text(name)
        if (!text && field.missing) errors.push({ field: name, message: field.missing })
        if ([...text].length > longest) errors.push({ field: name, message: `${field.label} must be ${longest} characters or fewer` })
        if (text) details[field.name] = text
        break
      }
      case 'choice': {
        const code = typed.text(name)
        if (code && !isOption(options(field.list), code))
          errors.push({ field: name, message: `Select one of the choices for ${field.label}` })
        else if (code) details[field.name] = code
        break
      }
      case 'counts': {
        const counts = readCounts(typed, name, field.label, options(field.list), errors)
        if (total(counts) > 0) details[field.name] = counts
        break
      }
      // Read beside the note, since it is about another day: read-next.ts.
      case 'next':
        break
    }
  }
  return details
}

/** What was given, in words, in the order of the form. What a kind no longer asks for is still shown. */
export function detailsInWords(noteType: string, details: Details, wordsOf: WordsOf): { label: string; words: string }[] {
  const known = fieldsOfKind(noteType).map(field => field.name)
  const names = [...known.filter(name => Object.hasOwn(details, name)), ...Object.keys(details).filter(name => !known.includes(name))]
  return names.map(name => {
    const field = fieldNamed(noteType, name)
    const given = details[name] ?? ''
    const list = field && 'list' in field ? field.list : ''
    const words =
      typeof given === 'string'
        ? list
          ? wordsOf(list, given)
          : given
        : Object.entries(given)
            .map(([code, count]) => `${wordsOf(list, code)} ${count}`)
            .join(', ')
    return { label: field?.label ?? name, words }
  })
}
