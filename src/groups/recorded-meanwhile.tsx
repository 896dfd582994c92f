import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import type { Fields } from '../platform/web/fields.ts'
import { errorFor, type FieldError, Textarea } from '../ui/index.ts'
import type { Attended } from './bookings.queries.ts'
import { attendances, attendanceWords, type Booking } from './group.ts'

/** Somebody about whom something was written on a register, and who can be recorded on it no more. */
export type Gone = {
  bookingId: string
  /** Null: their record is not open to the writer any more. */
  booking: Booking | null
  recorded: Attended | undefined
  chosen: string
  words: string
}

type Known = { people: readonly Booking[]; seen: readonly Booking[]; recorded: ReadonlyMap<string, Attended> }

/**
 * Those about whom something was posted and who are no longer to be recorded: while it was written a colleague recorded them, or their record was
 * closed to the writer. What was written stands nowhere, so it is given back.
 */
export function goneFrom(typed: Fields, { people, seen, recorded }: Known): Gone[] {
  const posted = typed.names().flatMap(name => {
    const bookingId = /^(?:attendance|reason|alone)-([0-9a-f-]{36})$/.exec(name)?.[1]
    return bookingId && typed.text(name) ? [bookingId] : []
  })
  return [...new Set(posted)]
    .filter(bookingId => !people.some(one => one.id === bookingId))
    .map(bookingId => ({
      bookingId,
      booking: seen.find(one => one.id === bookingId) ?? null,
      recorded: recorded.get(bookingId),
      chosen: attendances.find(one => one === typed.text(`attendance-${bookingId}`)) ?? '',
      words: [typed.typed(`reason-${bookingId}`), typed.typed(`alone-${bookingId}`)].filter(one => one.trim()).join('\n\n'),
    }))
}

/** Nothing is saved before whoever wrote it has seen that it was not, and has taken away what is to stand elsewhere. */
export const refusalsOf = (gone: readonly Gone[]): FieldError[] =>
  gone.map(one => ({
    field: `alone-${one.bookingId}`,
    message: `${howItStands(one)}. Nothing is saved yet. ${one.words ? 'Put what you wrote about them into a note on their record, take it away here, and save' : 'Save again to record the others'}`,
  }))

const nameOf = ({ booking }: Gone): string => booking?.personName ?? 'Somebody you wrote about'

function howItStands(one: Gone): string {
  if (one.recorded) return `${one.recorded.recordedBy} has recorded ${nameOf(one)} meanwhile: ${attendanceWords[one.recorded.attendance]}`
  return one.booking ? `${nameOf(one)} is no longer on this register` : `${nameOf(one)} is on a record that is no longer open to you`
}

export function RecordedMeanwhile({ one, errors }: { one: Gone; errors: readonly FieldError[] }): VNode {
  const field = `alone-${one.bookingId}`
  const { booking, recorded } = one
  return (
    <section class="ly-several__one" aria-label={nameOf(one)} {...(one.words ? {} : { id: field, tabIndex: -1 })}>
      <h2 class="govuk-heading-s">{nameOf(one)}</h2>
      <p class="govuk-body">
        {howItStands(one)}.{one.chosen ? ` You had selected: ${attendanceWords[one.chosen as keyof typeof attendanceWords]}.` : ''}{' '}
        {booking?.mayEdit && recorded ? (
          <a
            class="govuk-link"
            href={paths.groups.attendance(booking.caseId, booking.id, recorded.sessionId)}
            target="_blank"
            rel="noopener"
          >
            Correct it (opens in a new tab)
          </a>
        ) : null}{' '}
        {booking?.mayEdit && one.words ? (
          <a class="govuk-link" href={paths.notes.add(booking.caseId)} target="_blank" rel="noopener">
            Write a note on {booking.personName} (opens in a new tab)
          </a>
        ) : null}
      </p>
      {one.words
        ? Textarea({
            name: field,
            label: `What you wrote about ${nameOf(one)} alone, which is not saved`,
            rows: 3,
            value: one.words,
            errorMessage: errorFor(errors, field),
          })
        : null}
    </section>
  )
}
