import { type PartOfCase, partPage, readerOf } from '../cases/index.ts'
import { type Option, optionsOf } from '../lists/index.ts'
import { paths } from '../paths.ts'
import { formatInstant } from '../platform/clock.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { errorFor, errorSummaryFor, type FieldError, Form, Input, Radios, Textarea } from '../ui/index.ts'
import { type Attended, attendanceOf } from './bookings.queries.ts'
import { endBooking } from './change-bookings.ts'
import { attendances, attendanceWords, type Booking, came } from './group.ts'
import type { GroupParts } from './group-parts.ts'
import { correctAttendance } from './record-attendance.ts'
import { buttons } from './words.tsx'

// ── What came of it ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** Off the list one had no place, or moved to something else; of a place, whatever the list knows. */
async function outcomesFor({ tx }: Visit, part: PartOfCase, booking: Booking): Promise<Option[]> {
  const all = await optionsOf(tx, 'group-outcome', part.serviceArea)
  return booking.status === 'booked'
    ? all.filter(one => one.code !== 'no-place')
    : all.filter(one => ['did-not-start', 'moved-on', 'no-place'].includes(one.code))
}

export async function endBookingPage(
  visit: Visit,
  parts: GroupParts,
  part: PartOfCase,
  booking: Booking,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const here = paths.groups.booking(part.caseId, booking.id)
  if (booking.status === 'ended') return redirect(here, { notice: 'What came of it is recorded already.' })
  const body = (
    <Form {...visit.form} action={paths.groups.endBooking(part.caseId, booking.id)} classes="ly-form">
      {errorSummaryFor(errors)}
      <p class="govuk-body">
        {booking.status === 'booked'
          ? 'They have no place in the group from then on. Whoever waits for one has it.'
          : 'They wait no longer.'}
      </p>
      {Radios({
        name: 'outcome',
        fieldset: { legend: { text: 'What came of it for them?', classes: 'govuk-fieldset__legend--s' } },
        value: typed.text('outcome'),
        items: (await outcomesFor(visit, part, booking)).map(one => ({ value: one.code, text: one.label })),
        errorMessage: errorFor(errors, 'outcome'),
      })}
      {Textarea({
        name: 'words',
        label: { text: 'In words', classes: 'govuk-label--s' },
        hint: 'What has changed for them, what they said of it, what comes next',
        rows: 4,
        value: typed.typed('words'),
        errorMessage: errorFor(errors, 'words'),
      })}
      {buttons('Save', here)}
    </Form>
  )
  const title = booking.status === 'booked' ? 'What came of it' : 'Take them off the list'
  return partPage(visit, parts, part, title, body, {
    current: 'groups',
    context: booking.groupName,
    narrow: true,
    hasErrors: errors.length > 0,
  })
}

export async function postEndBooking(visit: Visit, parts: GroupParts, part: PartOfCase, booking: Booking): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const outcomes = await outcomesFor(visit, part, booking)
  const reader = readerOf(fields)
  const chosen = outcomes.find(one => one.code === fields.text('outcome'))
  if (!chosen) reader.refuse('outcome', 'Select what came of it')
  const words = reader.text('words', 'In words', 2_000)
  if (reader.errors.length > 0 || !chosen) return endBookingPage(visit, parts, part, booking, fields, reader.errors)
  const ended = await endBooking(tx, actor, clock.now(), booking, { outcome: chosen.code, outcomeLabel: chosen.label, words })
  const notice = ended.ok ? 'Saved.' : 'What came of it had been recorded already.'
  return redirect(paths.groups.booking(part.caseId, booking.id), { notice })
}

// ── Attendance, corrected ───────────────────────────────────────────────────────────────────────────────────────────────

/** Answers about what was recorded of one session for one person. */
export async function withAttendance(visit: Visit, booking: Booking, work: (recorded: Attended) => Promise<Answer>): Promise<Answer> {
  const recorded = (await attendanceOf(visit.tx, booking.id)).find(one => one.sessionId === visit.params['sessionId'])
  return recorded ? work(recorded) : notFound()
}

export async function correctPage(
  visit: Visit,
  parts: GroupParts,
  part: PartOfCase,
  booking: Booking,
  recorded: Attended,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const here = paths.groups.attendance(part.caseId, booking.id, recorded.sessionId)
  const body = (
    <Form {...visit.form} action={here} classes="ly-form">
      {errorSummaryFor(errors)}
      <p class="govuk-body">
        {formatInstant(recorded.startsAt)}: {attendanceWords[recorded.attendance]}, recorded by {recorded.recordedBy}.
      </p>
      {Radios({
        name: 'attendance',
        fieldset: { legend: { text: 'What is right?', classes: 'govuk-fieldset__legend--s' } },
        value: typed.text('attendance'),
        items: attendances.filter(one => one !== recorded.attendance).map(value => ({ value, text: attendanceWords[value] })),
        errorMessage: errorFor(errors, 'attendance'),
      })}
      {Input({
        name: 'reason',
        label: 'Why they did not come, if you know',
        value: typed.typed('reason'),
        errorMessage: errorFor(errors, 'reason'),
      })}
      {Textarea({
        name: 'because',
        label: { text: 'Why do you correct it?', classes: 'govuk-label--s' },
        hint: 'The note stays as it was, with a correction beside it',
        rows: 2,
        value: typed.typed('because'),
        errorMessage: errorFor(errors, 'because'),
      })}
      {buttons('Correct it', paths.groups.booking(part.caseId, booking.id))}
    </Form>
  )
  return partPage(visit, parts, part, 'Correct attendance', body, {
    current: 'groups',
    context: booking.groupName,
    narrow: true,
    hasErrors: errors.length > 0,
  })
}

export async function postCorrect(
  visit: Visit,
  parts: GroupParts,
  part: PartOfCase,
  booking: Booking,
  recorded: Attended,
): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const reader = readerOf(fields)
  const attendance = reader.choice(
    'attendance',
    attendances.filter(one => one !== recorded.attendance),
    'Select what is right',
  )
  const reason = reader.text('reason', 'Why they did not come', 500)
  if (attendance && came(attendance) && reason) reader.refuse('reason', 'They came: take away why they did not')
  const because = reader.needed('because', 'Why you correct it', 'Enter why you correct it', 500)
  if (reader.errors.length > 0 || !attendance) return correctPage(visit, parts, part, booking, recorded, fields, reader.errors)
  const place = { booking, recorded, serviceArea: part.serviceArea }
  const corrected = await correctAttendance(tx, actor, clock.now(), place, { attendance, reason, because })
  const notice = corrected.ok ? 'Corrected.' : 'Somebody had corrected it meanwhile. This is how it stands now.'
  return redirect(paths.groups.booking(part.caseId, booking.id), { notice })
}
