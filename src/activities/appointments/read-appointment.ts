import { parseMinutes, readInstant, type Typed } from '../../cases/index.ts'
import { londonDate } from '../../platform/clock.ts'
import { addDays } from '../../platform/plain-date.ts'
import type { FieldError } from '../../ui/index.ts'
import { type NewAppointment, noSuchTimeOn, repeated } from './appointment.ts'

export const startWords = { date: 'Date', time: 'Time it begins' }
export const repeats = { '0': 'Once', '1': 'Every week', '2': 'Every two weeks', '4': 'Every four weeks' } as const
const mostTimes = 26

export type Choices = { kinds: readonly { code: string }[]; workers: readonly { id: string }[] }
export type AppointmentReading =
  | { ok: true; appointment: NewAppointment; starts: readonly Date[] }
  | { ok: false; errors: readonly FieldError[] }

/** Reads what was typed of an appointment, or says everything that has to be put right, in the order of the form. */
export function readAppointment(typed: Typed, choices: Choices, now: Date): AppointmentReading {
  const errors: FieldError[] = []
  const kind = typed.text('kind')
  if (!choices.kinds.some(one => one.code === kind)) errors.push({ field: 'kind', message: 'Select what kind of contact it will be' })
  const startsAt = readInstant(typed, 'starts', startWords, errors)
  if (startsAt && startsAt <= now)
    errors.push({ field: 'starts-day', message: 'Date and time must be in the future. Record a contact for one that has been' })
  if (startsAt && londonDate(startsAt) > addDays(londonDate(now), 731))
    errors.push({ field: 'starts-year', message: 'Date must be within the next two years' })
  const minutes = parseMinutes(typed.text('minutes'))
  if (!minutes) errors.push({ field: 'minutes', message: 'Enter how long it will take, like 45 or 1:30' })
  const workerId = typed.text('worker')
  if (!choices.workers.some(one => one.id === workerId)) errors.push({ field: 'worker', message: 'Select who will be there' })
  const text = (name: string, label: string, longest: number) => {
    const words = typed.text(name)
    if ([...words].length > longest) errors.push({ field: name, message: `${label} must be ${longest} characters or fewer` })
    return words
  }
  const place = text('place', 'Place', 200)
  const purpose = text('purpose', 'What it is for', 500)
  const safety = text('safety', 'Safety note', 1_000)
  const starts = startsAt ? readStarts(typed, startsAt, errors) : []
  if (errors.length > 0 || !startsAt || !minutes) return { ok: false, errors }
  const endsAt = new Date(startsAt.getTime() + minutes * 60_000)
  return { ok: true, appointment: { kind, purpose, workerId, startsAt, endsAt, place, safety }, starts }
}

function readStarts(typed: Typed, first: Date, errors: FieldError[]): readonly Date[] {
  const weeks = Number(typed.text('repeat') || '0')
  if (weeks === 0) return [first]
  if (!(String(weeks) in repeats)) errors.push({ field: 'repeat', message: 'Select how often' })
  const times = typed.text('times')
  if (!/^\d+$/.test(times) || Number(times) < 2 || Number(times) > mostTimes) {
    errors.push({ field: 'times', message: `How many times must be a whole number from 2 to ${mostTimes}` })
    return [first]
  }
  const starts = repeated(first, weeks, Number(times))
  if (starts.ok) return starts.value
  errors.push({ field: 'starts-time', message: noSuchTimeOn(starts.error) })
  return [first]
}
