import { DayInput, readerOf } from '../../cases/index.ts'
import { type BankHoliday, bankHolidays, keepBankHoliday } from '../../dues/index.ts'
import { paths } from '../../paths.ts'
import { enqueue } from '../../platform/jobs.ts'
import { formatDate, formatLongDate, weekdayOf } from '../../platform/plain-date.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import { type Fields, noFields } from '../../platform/web/fields.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, Checkboxes, DataTable, errorFor, type FieldError, Form, Input } from '../../ui/index.ts'
import { formPage, listPage } from '../frame.tsx'
import { forAuthority } from '../rights.ts'

/** Days on which nobody works: added as they are announced, put right, taken out. Dates of open cases follow. */
export function bankHolidayRoutes(routes: Routes): void {
  const may = { may: 'manage-settings' } as const
  routes.get(paths.settings.bankHolidays, may, forAuthority(list))
  routes.get(
    paths.settings.addBankHoliday,
    may,
    forAuthority(visit => form(visit, undefined, noFields, [])),
  )
  routes.post(
    paths.settings.addBankHoliday,
    may,
    forAuthority(visit => save(visit, undefined)),
  )
  routes.get(
    paths.settings.bankHoliday(':day'),
    may,
    forAuthority(visit => onDay(visit, day => form(visit, day, noFields, []))),
  )
  routes.post(
    paths.settings.bankHoliday(':day'),
    may,
    forAuthority(visit => onDay(visit, day => save(visit, day))),
  )
}

async function onDay(visit: Visit, answer: (day: BankHoliday) => Promise<Answer>): Promise<Answer> {
  const day = (await bankHolidays(visit.tx)).find(one => one.on === visit.params['day'])
  return day ? answer(day) : notFound()
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

async function list({ tx, actor }: Visit): Promise<Answer> {
  const days = await bankHolidays(tx)
  const open = days.filter(day => !day.withdrawnAt)
  return listPage(
    actor,
    'bank-holidays',
    'Bank holidays',
    <>
      <p class="govuk-body">
        Days of England on which nobody works though they are no weekend. Those that had not been announced when they were put in are
        marked: check them against <span class="ly-strong">www.gov.uk/bank-holidays</span>.
      </p>
      <DataTable
        caption="Bank holidays, the latest first"
        captionHidden
        rows={[...days].reverse()}
        keyOf={day => day.on}
        columns={[
          {
            heading: 'Day',
            rowHeader: true,
            cell: day => (
              <a class="govuk-link" href={paths.settings.bankHoliday(day.on)}>
                {formatDate(day.on)}
              </a>
            ),
            second: day => weekdays[weekdayOf(day.on) - 1],
          },
          { heading: 'Name', cell: day => day.name, second: day => day.source || undefined },
          {
            heading: 'Checked',
            cell: day => (day.withdrawnAt ? 'Taken out: worked on' : day.verified ? 'Yes' : 'Not yet announced or checked'),
          },
        ]}
      />
    </>,
    <Button href={paths.settings.addBankHoliday}>{open.length === 0 ? 'Add the first' : 'Add a day'}</Button>,
  )
}

async function form(visit: Visit, day: BankHoliday | undefined, typed: Fields, errors: readonly FieldError[]): Promise<Answer> {
  const fresh = !typed.has('name')
  return formPage(
    { href: paths.settings.bankHolidays, text: 'Bank holidays' },
    day ? formatLongDate(day.on) : 'Add a bank holiday',
    errors,
    <Form {...visit.form} action={day ? paths.settings.bankHoliday(day.on) : paths.settings.addBankHoliday}>
      {day ? null : <DayInput name="on" legend="Which day?" typed={typed} errors={errors} />}
      <Input
        name="name"
        label={{ text: 'Name', classes: 'govuk-label--s' }}
        value={fresh ? (day?.name ?? '') : typed.typed('name')}
        errorMessage={errorFor(errors, 'name')}
      />
      <Input
        name="source"
        label={{ text: 'Where was it announced?', classes: 'govuk-label--s' }}
        value={fresh ? (day?.source ?? '') : typed.typed('source')}
        errorMessage={errorFor(errors, 'source')}
      />
      <Checkboxes
        name="state"
        classes="govuk-checkboxes--small"
        values={fresh ? [day?.verified ? 'verified' : '', day?.withdrawnAt ? 'withdrawn' : ''] : typed.all('state')}
        items={[
          { value: 'verified', text: 'I have checked it against the announcement' },
          ...(day
            ? [
                {
                  value: 'withdrawn',
                  text: 'Take it out: it is worked on',
                  hint: { text: 'Such as when a holiday is moved to another day' },
                },
              ]
            : []),
        ]}
      />
      <p class="govuk-body">Dates of open cases that are counted in working days are worked out again.</p>
      <Button>Save</Button>
    </Form>,
  )
}

async function save(visit: Visit, day: BankHoliday | undefined): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const reader = readerOf(fields)
  const on = day?.on ?? reader.day('on', 'Day', {})
  const name = reader.needed('name', 'Name', 'Enter its name', 100)
  const source = reader.text('source', 'Where it was announced', 300)
  if (!day && on && (await bankHolidays(tx)).some(one => one.on === on)) reader.refuse('on-day', 'That day is on the list already')
  if (reader.errors.length > 0 || !on) return form(visit, day, fields, reader.errors)
  const state = fields.all('state')
  await keepBankHoliday(tx, actor, clock.now(), {
    on,
    name,
    source,
    verified: state.includes('verified'),
    isWithdrawn: state.includes('withdrawn'),
  })
  await enqueue(tx, 'work-out-dues', { serviceArea: '' }, { key: 'work-out-dues ' })
  return redirect(paths.settings.bankHolidays, {
    notice: `${formatDate(on)} has been saved. The dates of open cases are being worked out again.`,
  })
}
