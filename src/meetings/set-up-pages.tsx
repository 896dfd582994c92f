import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { parseTimeText } from '../platform/clock.ts'
import { type Answer, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { errorFor, errorSummaryFor, type FieldError, Form, Input, Radios, Select } from '../ui/index.ts'
import { addMember, type SeriesWords, setUpSeries } from './change-series.ts'
import { buttons, type MeetingParts, meetingPage } from './frame.tsx'
import type { MeetingKind } from './kind.ts'
import { whoCouldRun } from './series.queries.ts'
import { longestLine, tooLong } from './too-long.ts'

const numbers = [
  { name: 'weeks', label: 'Weeks from one meeting to the next', from: 1, to: 26, of: 'weeks' },
  { name: 'minutes', label: 'Minutes for each item', from: 1, to: 240, of: 'itemMinutes' },
  { name: 'quorum', label: 'Agencies that must be there', from: 1, to: 50, of: 'quorum' },
  { name: 'research', label: 'Days before the meeting by which agencies answer', from: 0, to: 30, of: 'researchDays' },
  { name: 'closes', label: 'Days after the meeting on which it closes to members', from: 1, to: 3660, of: 'closesAfterDays' },
  { name: 'repeat', label: 'Months within which an item is a repeat', from: 1, to: 60, of: 'repeatMonths' },
] as const

/** Sets up a series: the authority's administrator says what kind it is, how it is run, and who chairs and co-ordinates it. */
export async function setUpPage(
  visit: Visit,
  { kinds }: MeetingParts,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const kind = kinds.find(one => one.code === typed.text('kind')) ?? kinds[0]!
  const users = await whoCouldRun(visit.tx)
  const choose = (name: string, label: string) =>
    Select({
      name,
      id: name,
      label,
      value: typed.text(name),
      items: [{ value: '', text: 'Choose somebody' }, ...users.map(user => ({ value: user.id, text: `${user.name}, ${user.agencyName}` }))],
      errorMessage: errorFor(errors, name),
    })
  const body = (
    <Form {...visit.form} action={paths.meetings.setUp} classes="ly-form">
      {errorSummaryFor(errors)}
      {Radios({
        name: 'kind',
        fieldset: { legend: { text: 'What kind of meeting?', classes: 'govuk-fieldset__legend--s' } },
        value: kind.code,
        items: kinds.map(one => ({ value: one.code, text: one.name, hint: { text: one.about } })),
      })}
      <SeriesFields typed={typed} errors={errors} otherwise={{ startsAt: '09:30', ...kind.defaults }} />
      {choose('chair', 'Chair')}
      {choose('coordinator', 'Co-ordinator')}
      {buttons('Set it up', paths.meetings.home)}
    </Form>
  )
  return meetingPage(null, 'Set up a meeting', body, { narrow: true, hasErrors: errors.length > 0 })
}

type FieldsProps = {
  typed: Fields
  errors: readonly FieldError[]
  otherwise: MeetingKind['defaults'] & { startsAt: string } & Partial<SeriesWords>
}

/** How a series is run: as it is when it is set up, and as it is changed. */
export function SeriesFields({ typed, errors, otherwise }: FieldsProps): VNode {
  const start = (name: string, was: string | number | null | undefined) => (typed.has(name) ? typed.typed(name) : String(was ?? ''))
  return (
    <>
      {Input({
        name: 'name',
        id: 'name',
        label: 'Its name',
        hint: 'For example, Porthkerris MARAC',
        value: start('name', otherwise.name),
        errorMessage: errorFor(errors, 'name'),
      })}
      {Input({
        name: 'place',
        id: 'place',
        label: 'Where it meets',
        value: start('place', otherwise.place),
        errorMessage: errorFor(errors, 'place'),
      })}
      {Input({
        name: 'starts',
        id: 'starts',
        label: 'When it begins',
        hint: 'For example, 9:30am',
        classes: 'govuk-input--width-5',
        value: start('starts', otherwise.startsAt),
        errorMessage: errorFor(errors, 'starts'),
      })}
      {numbers.map(one =>
        Input({
          name: one.name,
          id: one.name,
          label: one.label,
          classes: 'govuk-input--width-4',
          inputmode: 'numeric',
          value: start(one.name, String(otherwise[one.of])),
          errorMessage: errorFor(errors, one.name),
        }),
      )}
      {Radios({
        name: 'anchor',
        fieldset: { legend: { text: 'What are those months counted from?', classes: 'govuk-fieldset__legend--s' } },
        value: start('anchor', otherwise.repeatAnchor),
        items: [
          { value: 'referral', text: 'The last referral' },
          { value: 'meeting', text: 'The last meeting that heard it' },
        ],
      })}
      {Input({
        name: 'women',
        id: 'women',
        label: 'Adult women who live in its area (optional)',
        hint: 'For rates in its return',
        classes: 'govuk-input--width-10',
        inputmode: 'numeric',
        value: start('women', otherwise.adultWomen),
        errorMessage: errorFor(errors, 'women'),
      })}
    </>
  )
}

export async function postSetUp(visit: Visit, parts: MeetingParts): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const kind = parts.kinds.find(one => one.code === fields.text('kind')) ?? parts.kinds[0]!
  const { words, errors } = readWords(fields)
  const users = new Set((await whoCouldRun(tx)).map(user => user.id))
  for (const [field, who] of [
    ['chair', 'chairs it'],
    ['coordinator', 'co-ordinates it'],
  ] as const)
    if (!users.has(fields.text(field))) errors.push({ field, message: `Choose who ${who}` })
  if (!words || errors.length > 0) return setUpPage(visit, parts, fields, errors)
  const series = await setUpSeries(tx, actor, clock.now(), kind, words)
  await addMember(tx, actor, clock.now(), series, { userId: fields.text('chair'), role: 'chair', seat: null })
  await addMember(tx, actor, clock.now(), series, { userId: fields.text('coordinator'), role: 'co-ordinator', seat: null })
  return redirect(paths.meetings.home, { notice: `${words.name} is set up. Its co-ordinator gives agencies their seats and adds dates.` })
}

/** What was typed of it, and everything that is wrong with that. */
export function readWords(fields: Fields): { words?: SeriesWords; errors: FieldError[] } {
  const errors: FieldError[] = []
  const name = fields.text('name')
  if (!name) errors.push({ field: 'name', message: 'Enter its name' })
  errors.push(...tooLong(fields, { name: 'Its name', place: 'Where it meets' }, longestLine))
  const startsAt = parseTimeText(fields.text('starts'))
  if (!startsAt) errors.push({ field: 'starts', message: 'Enter when it begins, like 9:30am' })
  const read: Record<string, number> = {}
  for (const one of numbers) {
    const number = Number(fields.text(one.name))
    if (!Number.isInteger(number) || fields.text(one.name) === '' || number < one.from || number > one.to)
      errors.push({ field: one.name, message: `${one.label} must be a whole number from ${one.from} to ${one.to}` })
    read[one.of] = number
  }
  const women = fields.text('women').replace(/[,\s]/g, '')
  if (women && !/^[1-9]\d{0,7}$/.test(women)) errors.push({ field: 'women', message: 'Adult women must be a whole number, like 84000' })
  if (errors.length > 0 || !startsAt) return { errors }
  return {
    errors,
    words: {
      name,
      place: fields.text('place'),
      startsAt,
      weeks: read['weeks']!,
      itemMinutes: read['itemMinutes']!,
      quorum: read['quorum']!,
      researchDays: read['researchDays']!,
      closesAfterDays: read['closesAfterDays']!,
      repeatMonths: read['repeatMonths']!,
      repeatAnchor: fields.text('anchor') === 'meeting' ? 'meeting' : 'referral',
      adultWomen: women ? Number(women) : null,
    },
  }
}
