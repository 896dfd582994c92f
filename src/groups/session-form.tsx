import type { VNode } from 'preact'
import { DayInput, InstantInput, readerOf, readInstant } from '../cases/index.ts'
import { formatTime, londonDate, londonTime, parseTimeText } from '../platform/clock.ts'
import { partsOf } from '../platform/plain-date.ts'
import { type Fields, fieldsFrom } from '../platform/web/fields.ts'
import { errorFor, type FieldError, Input, Radios, Select } from '../ui/index.ts'
import { type SessionWords, seriesOf } from './change-sessions.ts'
import type { Session } from './group.ts'

/** A module of the group's programme that a session can be about. */
export type ModuleChoice = { id: string; title: string }
type Props = { typed: Fields; errors: readonly FieldError[]; modules: readonly ModuleChoice[] }

const words = { date: 'Date', time: 'Starts at' }
const longest = { minutes: 12 * 60, sessions: 60 }

/** One session, or as many as a series has. */
export function SeriesFields({ typed, errors, modules }: Props): VNode {
  return (
    <>
      <DayInput name="starts" legend="Day of the first session" typed={typed} errors={errors} />
      <TimeFields typed={typed} errors={errors} />
      {Input({
        name: 'count',
        label: { text: 'How many sessions?', classes: 'govuk-label--s' },
        classes: 'govuk-input--width-2',
        inputmode: 'numeric',
        value: typed.has('count') ? typed.typed('count') : '1',
        errorMessage: errorFor(errors, 'count'),
      })}
      {Radios({
        name: 'every',
        classes: 'govuk-radios--inline',
        fieldset: { legend: { text: 'How often?', classes: 'govuk-fieldset__legend--s' } },
        value: typed.text('every') || '1',
        items: [
          { value: '1', text: 'Every week' },
          { value: '2', text: 'Every 2 weeks' },
          { value: '4', text: 'Every 4 weeks' },
        ],
        errorMessage: errorFor(errors, 'every'),
      })}
      {modules.length > 0
        ? Radios({
            name: 'modules',
            fieldset: { legend: { text: 'What are they about?', classes: 'govuk-fieldset__legend--s' } },
            value: typed.text('modules') || 'in-order',
            items: [
              { value: 'in-order', text: 'A module of the programme each, in its order, from the first that has no session yet' },
              { value: 'none', text: 'Something else' },
            ],
          })
        : null}
      <PlaceAndTopic typed={typed} errors={errors} />
    </>
  )
}

const TimeFields = ({ typed, errors }: Pick<Props, 'typed' | 'errors'>): VNode => (
  <>
    {Input({
      name: 'starts-time',
      label: { text: words.time, classes: 'govuk-label--s' },
      hint: 'For example, 14:30 or 2:30pm',
      classes: 'govuk-input--width-5',
      value: typed.typed('starts-time'),
      errorMessage: errorFor(errors, 'starts-time'),
    })}
    {Input({
      name: 'ends-time',
      label: { text: 'Ends at', classes: 'govuk-label--s' },
      classes: 'govuk-input--width-5',
      value: typed.typed('ends-time'),
      errorMessage: errorFor(errors, 'ends-time'),
    })}
  </>
)

const PlaceAndTopic = ({ typed, errors }: Pick<Props, 'typed' | 'errors'>): VNode => (
  <>
    {Input({
      name: 'place',
      label: { text: 'Where, if not where the group always meets? (optional)', classes: 'govuk-label--s' },
      value: typed.typed('place'),
      errorMessage: errorFor(errors, 'place'),
    })}
    {Input({
      name: 'topic',
      label: { text: 'What is it about? (optional)', classes: 'govuk-label--s' },
      hint: 'Name nobody here: whoever sees the group reads it',
      value: typed.typed('topic'),
      errorMessage: errorFor(errors, 'topic'),
    })}
  </>
)

/** Reads a series. `modules` are those that have no session yet, in order. */
export function readSeries(fields: Fields, modules: readonly ModuleChoice[]): { sessions: SessionWords[]; errors: readonly FieldError[] } {
  const reader = readerOf(fields)
  const first = reader.day('starts', words.date)
  const from = parseTimeText(fields.text('starts-time'))
  if (!from) reader.refuse('starts-time', 'Enter when it starts, like 14:30 or 2:30pm')
  const until = parseTimeText(fields.text('ends-time'))
  if (!until) reader.refuse('ends-time', 'Enter when it ends, like 16:00 or 4pm')
  const minutes = from && until ? minutesBetween(from, until) : 0
  if (from && until && (minutes <= 0 || minutes > longest.minutes))
    reader.refuse('ends-time', `The end must be after ${formatTime(from)} on the same day`)
  const typedCount = fields.text('count')
  const count = /^\d+$/.test(typedCount) ? Number(typedCount) : 0
  if (count < 1 || count > longest.sessions)
    reader.refuse('count', `Number of sessions must be a whole number from 1 to ${longest.sessions}`)
  const every = reader.choice('every', ['1', '2', '4'], 'Select how often')
  const place = reader.text('place', 'Where', 200)
  const topic = reader.text('topic', 'What it is about', 200)
  if (reader.errors.length > 0 || !first || !from || !every) return { sessions: [], errors: reader.errors }
  const series = seriesOf(first, from, minutes, Number(every), count)
  if (!series.ok) return { sessions: [], errors: [{ field: 'starts-time', message: series.error }] }
  const inOrder = fields.text('modules') === 'in-order' ? modules : []
  return {
    sessions: series.value.map((time, index) => ({ ...time, place, topic, moduleId: inOrder[index]?.id ?? null })),
    errors: [],
  }
}

export function SessionFields({ typed, errors, modules }: Props): VNode {
  return (
    <>
      <InstantInput name="starts" words={words} typed={typed} errors={errors} />
      {Input({
        name: 'minutes',
        label: { text: 'How long is it, in minutes?', classes: 'govuk-label--s' },
        classes: 'govuk-input--width-3',
        inputmode: 'numeric',
        value: typed.typed('minutes'),
        errorMessage: errorFor(errors, 'minutes'),
      })}
      {modules.length > 0
        ? Select({
            name: 'module',
            label: { text: 'Module of the programme', classes: 'govuk-label--s' },
            value: typed.text('module'),
            items: [{ value: '', text: 'None' }, ...modules.map(one => ({ value: one.id, text: one.title }))],
          })
        : null}
      <PlaceAndTopic typed={typed} errors={errors} />
    </>
  )
}

export function readSession(
  fields: Fields,
  modules: readonly ModuleChoice[],
): { value: SessionWords | undefined; errors: readonly FieldError[] } {
  const errors: FieldError[] = []
  const startsAt = readInstant(fields, 'starts', words, errors)
  const typedMinutes = fields.text('minutes')
  const minutes = /^\d+$/.test(typedMinutes) ? Number(typedMinutes) : 0
  if (minutes < 1 || minutes > longest.minutes)
    errors.push({ field: 'minutes', message: `Length must be a whole number of minutes from 1 to ${longest.minutes}` })
  const reader = readerOf(fields)
  const place = reader.text('place', 'Where', 200)
  const topic = reader.text('topic', 'What it is about', 200)
  errors.push(...reader.errors)
  if (errors.length > 0 || !startsAt) return { value: undefined, errors }
  const moduleId = modules.find(one => one.id === fields.text('module'))?.id ?? null
  return { value: { startsAt, endsAt: new Date(startsAt.getTime() + minutes * 60_000), place, topic, moduleId }, errors }
}

/** A session as its form begins. `ownPlace` is empty where it is held where the group always meets. */
export function fieldsOfSession(session: Session, ownPlace: string): Fields {
  const { day, month, year } = partsOf(londonDate(session.startsAt))
  return fieldsFrom([
    ['starts-day', String(day)],
    ['starts-month', String(month)],
    ['starts-year', String(year)],
    ['starts-time', londonTime(session.startsAt)],
    ['minutes', String(Math.round((session.endsAt.getTime() - session.startsAt.getTime()) / 60_000))],
    ['place', ownPlace],
    ['topic', session.topic],
    ['module', session.moduleId ?? ''],
  ])
}

const minutesBetween = (from: string, until: string): number => minuteOf(until) - minuteOf(from)
const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
