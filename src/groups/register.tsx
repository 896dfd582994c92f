import type { VNode } from 'preact'
import { namedInWords, readerOf } from '../cases/index.ts'
import { paths } from '../paths.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, Checkboxes, errorFor, errorSummaryFor, type FieldError, Form, Input, Radios, Textarea } from '../ui/index.ts'
import { type Attended, attendanceAt, bookingsOfGroup } from './bookings.queries.ts'
import { attendances, attendanceWords, type Booking, came, type Group, isExpected, type Session } from './group.ts'
import { findGroup, findSession } from './groups.queries.ts'
import { type Entry, recordAttendance, recordable } from './record-attendance.ts'
import { goneFrom, RecordedMeanwhile, refusalsOf } from './recorded-meanwhile.tsx'
import { auditShown } from './show-group.tsx'
import { buttons, groupLine, groupPage, sessionTitle, whenInWords } from './words.tsx'

/** `people` are those still to be recorded, `seen` everybody in the group whom the actor sees. */
type Register = {
  group: Group
  session: Session
  people: readonly Booking[]
  seen: readonly Booking[]
  recorded: ReadonlyMap<string, Attended>
}

/** Answers about the register of a session that has begun, for those on it whom the actor may record and nobody has recorded yet. */
export async function withRegister(visit: Visit, work: (register: Register) => Promise<Answer>): Promise<Answer> {
  const { tx, actor, clock, params } = visit
  const group = await findGroup(tx, actor, params['groupId'] ?? '')
  const session = group && (await findSession(tx, group.id, params['sessionId'] ?? ''))
  // A register that was open while its session was cancelled is posted all the same: what is written on it is given back, and nobody is recorded.
  const isGivenBack = visit.fields.names().length > 0
  if (!group || !session || (session.cancelledAt && !isGivenBack) || session.startsAt > clock.now()) return notFound()
  const seen = await bookingsOfGroup(tx, actor, group.id)
  const expected = session.cancelledAt ? [] : seen.filter(one => isExpected(one, session))
  const { may } = await recordable(tx, actor, expected)
  // Read once the cases are held: of two registers that are saved at one moment, the second sees whom the first has recorded.
  const recorded = await attendanceAt(tx, session.id)
  return work({ group, session, people: expected.filter(one => may(one) && !recorded.has(one.id)), seen, recorded })
}

/** Who came, and the one note of it: what is for all of them, and what is for one alone (F20). */
export async function registerPage(
  visit: Visit,
  register: Register,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const { group, session, people } = register
  const here = paths.groups.session(group.id, session.id)
  const gone = goneFrom(typed, register)
  await auditShown(visit, 'group-session-opened', group.id, [...people, ...gone.flatMap(one => one.booking ?? [])])
  if (people.length === 0 && gone.length === 0 && !typed.text('shared'))
    return redirect(here, session.cancelledAt ? {} : { notice: 'Everybody whom you may record has been recorded.' })
  const body = (
    <Form {...visit.form} action={paths.groups.register(group.id, session.id)} classes="ly-form">
      {errorSummaryFor(errors)}
      <p class="govuk-body">
        {whenInWords(session)}
        {sessionTitle(session) ? `: ${sessionTitle(session)}` : ''}
      </p>
      {people.length > 0
        ? Button({ text: 'Mark everybody as attended', classes: 'govuk-button--secondary', name: '_then', value: 'all-came' })
        : null}
      {Textarea({
        name: 'shared',
        label: { text: 'What happened, for everybody who came (optional)', classes: 'govuk-label--s' },
        hint: 'It stands on the record of each of them. Nobody who may read one only will see who else was there, so name nobody',
        rows: 5,
        value: typed.typed('shared'),
        errorMessage: errorFor(errors, 'shared'),
      })}
      {errors.some(error => error.message.startsWith(namesRefused))
        ? Checkboxes({
            name: 'names-may-stand',
            items: [{ value: 'yes', text: 'Whoever may read one of these records may know these names' }],
          })
        : null}
      {gone.map(one => (
        <RecordedMeanwhile key={one.bookingId} one={one} errors={errors} />
      ))}
      {people.map(one => (
        <PersonOnRegister key={one.id} booking={one} typed={typed} errors={errors} />
      ))}
      {people.length > 0 ? (
        buttons('Save', here)
      ) : (
        <p class="govuk-body">
          <a class="govuk-link" href={here}>
            Back to the session
          </a>
        </p>
      )}
    </Form>
  )
  return groupPage('Who came?', body, { context: groupLine(group), inTitle: group.name, narrow: true, hasErrors: errors.length > 0 })
}

function PersonOnRegister({ booking, typed, errors }: { booking: Booking; typed: Fields; errors: readonly FieldError[] }): VNode {
  const name = (part: string) => `${part}-${booking.id}`
  return (
    <section class="ly-several__one" aria-label={booking.personName}>
      {Radios({
        name: name('attendance'),
        classes: 'govuk-radios--inline govuk-radios--small',
        fieldset: {
          legend: { text: booking.personName, classes: 'govuk-fieldset__legend--s' },
        },
        value: typed.text('_then') === 'all-came' && !typed.text(name('attendance')) ? 'attended' : typed.text(name('attendance')),
        items: attendances.map(value => ({ value, text: attendanceWords[value] })),
        errorMessage: errorFor(errors, name('attendance')),
      })}
      {Input({
        name: name('reason'),
        label: 'Why they did not come, if you know',
        value: typed.typed(name('reason')),
        errorMessage: errorFor(errors, name('reason')),
      })}
      {Textarea({
        name: name('alone'),
        label: `For ${booking.personName} alone (optional)`,
        rows: 2,
        value: typed.typed(name('alone')),
        errorMessage: errorFor(errors, name('alone')),
      })}
    </section>
  )
}

export async function postRegister(visit: Visit, register: Register): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const { group, session, people, seen } = register
  if (fields.text('_then') === 'all-came') return registerPage(visit, register, fields)
  const reader = readerOf(fields)
  reader.errors.push(...refusalsOf(goneFrom(fields, register)))
  if (people.length === 0 && fields.text('shared'))
    reader.refuse(
      'shared',
      `${session.cancelledAt ? 'The session has been cancelled' : 'Everybody whom you may record has been recorded'} meanwhile, so this stands on no record. Put it into a note`,
    )
  const shared = reader.text('shared', 'What happened', 20_000)
  const entries = people.flatMap((booking): Entry[] => {
    const reason = reader.text(`reason-${booking.id}`, `Why ${booking.personName} did not come`, 500)
    const alone = reader.text(`alone-${booking.id}`, `For ${booking.personName} alone`, 20_000)
    const attendance = attendances.find(one => one === fields.text(`attendance-${booking.id}`))
    if (!attendance && (reason || alone))
      reader.refuse(`attendance-${booking.id}`, `Select whether ${booking.personName} came, or take away what you wrote about them`)
    if (attendance && came(attendance) && reason)
      reader.refuse(
        `reason-${booking.id}`,
        `${booking.personName} came: take away why they did not, or put it into the part for them alone`,
      )
    return attendance ? [{ booking, attendance, reason, alone }] : []
  })
  const there = entries.filter(one => came(one.attendance))
  const named = await namedInWords(
    tx,
    shared,
    seen.filter(one => isExpected(one, session)).map(one => one.personId),
  )
  if (named.length > 0 && there.length > 1 && fields.text('names-may-stand') !== 'yes')
    reader.refuse(
      'shared',
      `${namesRefused} ${named.join(' and ')}. Put that into the part for one alone, or confirm that it may stand on all`,
    )
  if (shared && there.length === 0 && entries.length > 0)
    reader.refuse('shared', 'Nobody came on whose record this would stand. Put it into the part for one alone')
  if (people.length > 0 && entries.length === 0 && reader.errors.length === 0)
    reader.refuse(`attendance-${people[0]?.id ?? ''}`, 'Select for at least one person whether they came')
  if (reader.errors.length > 0 || people.length === 0) return registerPage(visit, register, fields, reader.errors)
  await recordAttendance(tx, actor, clock.now(), { group, session, shared }, entries)
  return redirect(paths.groups.session(group.id, session.id), { notice: 'Saved, with a note on the record of each.' })
}

const namesRefused = 'What happened stands on the record of everybody who came and names'
