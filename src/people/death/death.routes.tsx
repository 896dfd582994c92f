import { sql } from 'kysely'
import { paths } from '../../paths.ts'
import { londonDate, today } from '../../platform/clock.ts'
import { formatDate, type PlainDate, partsOf, readDateParts } from '../../platform/plain-date.ts'
import { type Answer, redirect } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, errorFor, errorSummaryFor, type FieldError, Form, Input, Radios, Textarea, WarningText } from '../../ui/index.ts'
import { authorsFor } from '../authors/agencies-around.ts'
import { authorOf, changePerson, differences } from '../change-person.ts'
import { dateControl, type Shown, shownAsTyped } from '../edit-section/section-form.tsx'
import { formatName } from '../names.ts'
import { mayEdit, type PersonRecord } from '../person.ts'
import { changingPerson, type PersonFrame, personPage, readingPerson } from '../visit-person.tsx'

/** Recording that somebody has died (U26), changing what was recorded, and taking back a mistake. */
export function deathRoutes(routes: Routes, frame: PersonFrame): void {
  routes.get('/people/:personId/death', { may: 'read-records' }, visit =>
    readingPerson(visit, async record => deathPage(frame, visit, record, shownDeath(record), [])),
  )
  routes.post('/people/:personId/death', { may: 'record' }, visit =>
    changingPerson(visit, async record => {
      if (visit.fields.text('do') === 'take-back') return takeBack(frame, visit, record)
      const { date, errors } = readDeath(visit, record)
      const note = visit.fields.text('note')
      if (note.length > 500) errors.push({ field: 'note', message: 'How it is known must be 500 characters or fewer' })
      if (errors.length > 0) return deathPage(frame, visit, record, shownAsTyped(visit.fields), errors)
      await recordDeath(visit, record, date, note || null)
      return redirect(paths.people.details(record.id), { notice: 'Death recorded. It stands on every page of this record' })
    }),
  )
}

function readDeath(visit: Visit, record: PersonRecord): { date: PlainDate | null; errors: FieldError[] } {
  const { fields } = visit
  const known = fields.text('known')
  if (known === 'no') return { date: null, errors: [] }
  if (known !== 'yes') return { date: null, errors: [{ field: 'known', message: 'Select yes if the date of death is known' }] }
  const reading = readDateParts(
    { day: fields.text('died-day'), month: fields.text('died-month'), year: fields.text('died-year') },
    'Date of death',
  )
  if (!reading.ok) return { date: null, errors: [{ field: `died-${reading.error.parts[0] ?? 'day'}`, message: reading.error.message }] }
  if (reading.value > today(visit.clock))
    return { date: null, errors: [{ field: 'died-day', message: 'Date of death must be today or in the past' }] }
  if (record.dateOfBirth !== null && reading.value < record.dateOfBirth)
    return {
      date: null,
      errors: [{ field: 'died-day', message: `Date of death must be on or after the date of birth, ${formatDate(record.dateOfBirth)}` }],
    }
  return { date: reading.value, errors: [] }
}

/** Records that somebody has died, with the day where it is known. The record was read locked. */
export async function recordDeath(
  visit: Pick<Visit, 'tx' | 'actor' | 'clock'>,
  record: PersonRecord,
  date: PlainDate | null,
  note: string | null,
): Promise<void> {
  const now = visit.clock.now()
  const by = authorOf(visit.actor)
  await changePerson(visit.tx, visit.actor, now, record, {
    section: 'Death',
    changes: differences([
      ['Has died', record.deathRecordedAt === null ? null : 'Yes', 'Yes'],
      ['Date of death', record.diedOn && formatDate(record.diedOn), date && formatDate(date)],
      ['About the death', record.deathNote, note],
    ]),
    set: sql`died_on = ${date}, death_note = ${note}, death_recorded_at = coalesce(death_recorded_at, ${now}), death_recorded_by = coalesce(death_recorded_by, ${by})`,
    findable: false,
    action: 'person-death-recorded',
  })
}

async function takeBack(frame: PersonFrame, visit: Visit, record: PersonRecord): Promise<Answer> {
  if (record.deathRecordedAt === null) return redirect(paths.people.details(record.id))
  const reason = visit.fields.text('reason')
  if (reason === '' || reason.length > 300) {
    const message = reason === '' ? 'Enter why the death was recorded by mistake' : 'Why must be 300 characters or fewer'
    return deathPage(frame, visit, record, shownDeath(record), [{ field: 'reason', message }])
  }
  await changePerson(visit.tx, visit.actor, visit.clock.now(), record, {
    section: 'Death',
    changes: differences([
      ['Has died', 'Yes', null],
      ['Date of death', record.diedOn && formatDate(record.diedOn), null],
      ['About the death', record.deathNote, null],
    ]),
    reason,
    set: sql`died_on = null, death_note = null, death_recorded_at = null, death_recorded_by = null`,
    findable: false,
    action: 'person-death-taken-back',
  })
  return redirect(paths.people.details(record.id), { notice: 'The death was taken back' })
}

function shownDeath(record: PersonRecord): Shown {
  const date = record.diedOn === null ? undefined : partsOf(record.diedOn)
  const values: Record<string, string> = {
    known: record.deathRecordedAt === null ? '' : date ? 'yes' : 'no',
    note: record.deathNote ?? '',
    ...(date ? { 'died-day': String(date.day), 'died-month': String(date.month), 'died-year': String(date.year) } : {}),
  }
  return { text: name => values[name] ?? '', all: () => [] }
}

async function deathPage(
  frame: PersonFrame,
  visit: Visit,
  record: PersonRecord,
  shown: Shown,
  errors: readonly FieldError[],
): Promise<Answer> {
  const recorded = record.deathRecordedAt !== null
  const named = await authorsFor(visit.tx, visit.actor, [record.id])
  const heading = recorded ? 'About the death' : 'Record a death'
  const name = formatName(record)
  return personPage(
    frame,
    visit,
    record,
    heading,
    <>
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">{heading}</h1>
      {recorded && (
        <p class="govuk-body">
          Recorded by {named(record.deathRecordedBy ?? 'the system')} on {formatDate(londonDate(record.deathRecordedAt as Date))}.{' '}
          {record.diedOn === null ? 'The date is not known.' : `Died on ${formatDate(record.diedOn)}.`} {record.deathNote}
        </p>
      )}
      {mayEdit(visit.actor, record) && (
        <Form action={paths.people.death(record.id)} {...visit.form}>
          {!recorded &&
            WarningText({
              text: `This says on every page of the record that ${name} has died. Letters and calls to them should stop.`,
              iconFallbackText: 'Warning',
            })}
          {Radios({
            name: 'known',
            value: shown.text('known'),
            errorMessage: errorFor(errors, 'known'),
            fieldset: { legend: { text: 'Is the date of death known?', classes: 'govuk-fieldset__legend--s' } },
            items: [
              {
                value: 'yes',
                text: 'Yes',
                conditional: { children: dateControl('died', 'Date of death', 'For example, 27 3 2026', shown, errors) },
              },
              { value: 'no', text: 'No' },
            ],
          })}
          {Textarea({
            name: 'note',
            label: 'How it is known (optional)',
            hint: 'Who told you, and what they knew',
            rows: '3',
            value: shown.text('note'),
            errorMessage: errorFor(errors, 'note'),
          })}
          <div class="govuk-button-group">
            {Button({ text: recorded ? 'Save' : 'Record death' })}
            <a class="govuk-link" href={paths.people.details(record.id)}>
              Cancel
            </a>
          </div>
        </Form>
      )}
      {recorded && mayEdit(visit.actor, record) && (
        <>
          <h2 class="govuk-heading-m">Recorded by mistake?</h2>
          <Form action={paths.people.death(record.id)} csrf={visit.form.csrf} once={visit.form.once}>
            <input type="hidden" name="do" value="take-back" />
            {Input({ name: 'reason', label: 'Why', value: visit.fields.typed('reason'), errorMessage: errorFor(errors, 'reason') })}
            {Button({ text: 'Take the death back', classes: 'govuk-button--warning' })}
          </Form>
        </>
      )}
    </>,
    { hasErrors: errors.length > 0 },
  )
}
