import { londonDate, timeInSentence } from '../platform/clock.ts'
import { formatLongDate, weekdayOf } from '../platform/plain-date.ts'
import { plainly } from './fragments.ts'

/**
 * What can be filled into a text. A closed list, and nothing of it says anything about a case: not the service, not the team, not why. A
 * telephone may lie open on a table beside somebody else.
 */
export const fields = {
  'first name': 'The person’s first name',
  'your name': 'Your own name',
  'call back': 'The telephone number of your team',
  'appointment day': 'The day of the appointment: Tuesday 17 November',
  'appointment time': 'The time of the appointment: 2:30pm. Of two on one day, both',
} as const
export type Field = keyof typeof fields
export type Filling = Partial<Readonly<Record<Field, string | null>>>

/** Fields that only a reminder of an appointment has. */
const ofAppointments: readonly Field[] = ['appointment day', 'appointment time']

export const fieldsFor = (purpose: TemplatePurpose): Field[] =>
  (Object.keys(fields) as Field[]).filter(one => purpose === 'appointment' || !ofAppointments.includes(one))
export type TemplatePurpose = 'any' | 'appointment'

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const

/** When an appointment is, without the year: it is days away. Of several on one day each time is said: '10am and 2pm'. */
export function appointmentInWords(first: Date, ...later: readonly Date[]): Filling {
  const day = londonDate(first)
  const times = [...new Set([first, ...later].map(start => timeInSentence(start)))]
  return {
    'appointment day': `${weekdays[weekdayOf(day) - 1]} ${formatLongDate(day).replace(/ \d+$/, '')}`,
    'appointment time': times.join(', ').replace(/, ([^,]+)$/, ' and $1'),
  }
}

const pattern = /\(\(([^()]*)\)\)/g

/** The fields that these words leave open, as typed: a name that is on no list is among them. */
export const fieldsIn = (words: string): string[] => [...new Set([...words.matchAll(pattern)].map(([, name = '']) => tidied(name)))]

/** What is wrong with words as a template or a text, or nothing. */
export function faultIn(words: string, purpose: TemplatePurpose): string | undefined {
  if (words.trim() === '') return 'Enter the words of the text'
  if ([...words].length > 918) return 'The words must be 918 characters or fewer'
  const known = fieldsFor(purpose)
  const unknown = fieldsIn(words).find(name => !known.includes(name as Field))
  if (ofAppointments.includes(unknown as Field)) return `((${unknown})) is only for reminders of appointments, to people who have one`
  if (unknown !== undefined) return `((${unknown})) is no field that can be filled in. Use ${inWords(known)}`
  return undefined
}

export type Filled = { ok: true; words: string } | { ok: false; missing: Field }

/** The words with their fields filled in, in characters that cost less; or the field for which there is nothing to fill in. */
export function fill(words: string, filling: Filling): Filled {
  for (const name of fieldsIn(words) as Field[]) if (!filling[name]?.trim()) return { ok: false, missing: name }
  // One pass: what is filled in is not looked through again.
  return { ok: true, words: plainly(words.replaceAll(pattern, (_, name: string) => (filling[tidied(name) as Field] ?? '').trim())) }
}

const tidied = (name: string): string => name.trim().replaceAll(/\s+/g, ' ').toLowerCase()
const inWords = (known: readonly Field[]): string =>
  known
    .map(one => `((${one}))`)
    .join(', ')
    .replace(/, ([^,]+)$/, ' or $1')
