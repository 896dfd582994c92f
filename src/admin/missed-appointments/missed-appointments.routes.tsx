import type { VNode } from 'preact'
import { attendanceRules, keepAttendanceRule, type SourcedRule, withdrawAttendanceRule } from '../../activities/index.ts'
import { readerOf } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import { type Fields, noFields } from '../../platform/web/fields.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, Checkboxes, DataTable, errorFor, type FieldError, Form, Input, Radios, Select } from '../../ui/index.ts'
import { formPage, listPage } from '../frame.tsx'
import { forAuthority } from '../rights.ts'
import { serviceAreas } from '../timescales/choices.ts'

/** What follows when somebody does not come: so many in a row, for every service or for one (U23). */
export function missedRoutes(routes: Routes): void {
  const may = { may: 'manage-settings' } as const
  routes.get(paths.settings.missed, may, forAuthority(list))
  routes.get(
    paths.settings.addMissed,
    may,
    forAuthority(visit => form(visit, undefined, noFields, [])),
  )
  routes.post(
    paths.settings.addMissed,
    may,
    forAuthority(visit => save(visit, undefined)),
  )
  routes.get(
    paths.settings.missedRule(':ruleKey'),
    may,
    forAuthority(visit => onRule(visit, rule => form(visit, rule, noFields, []))),
  )
  routes.post(
    paths.settings.missedRule(':ruleKey'),
    may,
    forAuthority(visit => onRule(visit, rule => save(visit, rule))),
  )
  routes.post(
    paths.settings.withdrawMissed(':ruleKey'),
    may,
    forAuthority(visit => onRule(visit, rule => withdraw(visit, rule))),
  )
}

const keyOf = ({ serviceArea, nth }: SourcedRule): string => (serviceArea ? `${nth}-${serviceArea}` : String(nth))

async function onRule(visit: Visit, answer: (rule: SourcedRule) => Promise<Answer>): Promise<Answer> {
  const rule = (await attendanceRules(visit.tx)).find(one => keyOf(one) === visit.params['ruleKey'])
  return rule ? answer(rule) : notFound()
}

const inARow = (nth: number): string => (nth === 1 ? 'One missed' : `${nth} missed in a row`)

async function list({ tx, actor }: Visit): Promise<Answer> {
  const rules = await attendanceRules(tx)
  const names = new Map((await serviceAreas(tx)).map(one => [one.code, one.name]))
  return listPage(
    actor,
    'missed',
    'Missed appointments',
    <>
      <p class="govuk-body">
        What follows when somebody does not come. The last rule stands for all that come after it; one appointment that they keep begins the
        count anew. A service that has rules of its own follows those alone.
      </p>
      <DataTable<SourcedRule>
        caption="Rules on missed appointments"
        captionHidden
        rows={rules}
        keyOf={keyOf}
        columns={[
          {
            heading: 'When',
            rowHeader: true,
            cell: rule => (
              <a class="govuk-link" href={paths.settings.missedRule(keyOf(rule))}>
                {inARow(rule.nth)}
              </a>
            ),
            second: rule => (rule.serviceArea === '' ? 'Every service' : (names.get(rule.serviceArea) ?? rule.serviceArea)),
          },
          { heading: 'What follows', cell: rule => rule.words, second: followsInWords },
          { heading: 'Source', cell: rule => rule.source || 'None given', second: rule => (rule.verified ? 'Checked' : 'Not yet checked') },
        ]}
      />
    </>,
    <Button href={paths.settings.addMissed}>Add a rule</Button>,
  )
}

function followsInWords({ follows, days }: SourcedRule): string {
  if (follows === 'offer-again') return 'The next page offers another appointment'
  if (days === 0) return 'A task for that day'
  return days === 1 ? 'A task, due the day after' : `A task, due within ${days} days`
}

async function form(visit: Visit, rule: SourcedRule | undefined, typed: Fields, errors: readonly FieldError[]): Promise<Answer> {
  const was = (name: string, before: string) => (typed.has('words') ? typed.typed(name) : before)
  const text = (name: string, label: string, before: string, more: { hint?: string; classes?: string } = {}) => (
    <Input
      name={name}
      label={{ text: label, classes: 'govuk-label--s' }}
      value={was(name, before)}
      errorMessage={errorFor(errors, name)}
      {...more}
    />
  )
  return formPage(
    { href: paths.settings.missed, text: 'Missed appointments' },
    rule ? inARow(rule.nth) : 'Add a rule',
    errors,
    <>
      <Form {...visit.form} action={rule ? paths.settings.missedRule(keyOf(rule)) : paths.settings.addMissed}>
        {rule ? null : await forWhich(visit, typed, errors)}
        <Radios
          name="follows"
          fieldset={{ legend: { text: 'What follows?', classes: 'govuk-fieldset__legend--s' } }}
          value={was('follows', rule?.follows ?? '')}
          items={[
            { value: 'offer-again', text: 'Another appointment is offered' },
            { value: 'task', text: 'A task is made for whoever says that they did not come' },
          ]}
          errorMessage={errorFor(errors, 'follows')}
        />
        {text('words', 'In words', rule?.words ?? '', { hint: 'The task is called this' })}
        {text('days', 'Days until the task is due', String(rule?.days ?? 0), { classes: 'govuk-input--width-3' })}
        {text('source', 'Where it is laid down (optional)', rule?.source ?? '')}
        <Checkboxes
          name="verified"
          classes="govuk-checkboxes--small"
          values={typed.has('words') ? typed.all('verified') : [rule?.verified ? 'yes' : '']}
          items={[{ value: 'yes', text: 'I have compared it with where it is laid down' }]}
        />
        <Button>Save</Button>
      </Form>
      {rule ? (
        <Form {...visit.form} action={paths.settings.withdrawMissed(keyOf(rule))}>
          <Button classes="govuk-button--warning">Withdraw this rule</Button>
        </Form>
      ) : null}
    </>,
  )
}

async function forWhich({ tx }: Visit, typed: Fields, errors: readonly FieldError[]): Promise<VNode> {
  const services = await serviceAreas(tx)
  return (
    <>
      <Select
        name="service"
        label={{ text: 'For which service?', classes: 'govuk-label--s' }}
        value={typed.text('service')}
        items={[{ value: '', text: 'Every service' }, ...services.map(one => ({ value: one.code, text: one.name }))]}
        errorMessage={errorFor(errors, 'service')}
      />
      <Input
        name="nth"
        label={{ text: 'How many missed in a row?', classes: 'govuk-label--s' }}
        classes="govuk-input--width-3"
        inputmode="numeric"
        value={typed.typed('nth')}
        errorMessage={errorFor(errors, 'nth')}
      />
    </>
  )
}

async function save(visit: Visit, rule: SourcedRule | undefined): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const read = readerOf(fields)
  const whole = (name: string, [least, most]: [number, number], label: string): number => {
    const text = fields.text(name)
    const number = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN
    if (number >= least && number <= most) return number
    read.refuse(name, `${label} must be a whole number from ${least} to ${most}`)
    return least
  }
  const serviceArea = rule ? rule.serviceArea : fields.text('service')
  if (!rule && serviceArea && !(await serviceAreas(tx)).some(one => one.code === serviceArea))
    read.refuse('service', 'Select a service, or every service')
  const nth = rule ? rule.nth : whole('nth', [1, 99], 'How many missed in a row')
  if (!rule && (await attendanceRules(tx)).some(one => one.serviceArea === serviceArea && one.nth === nth))
    read.refuse('nth', 'There is a rule for as many already: change that one')
  const follows = read.choice('follows', ['offer-again', 'task'], 'Select what follows')
  const words = read.needed('words', 'In words', 'Enter what follows, in words', 200)
  const days = whole('days', [0, 365], 'Days until the task is due')
  const source = read.text('source', 'Where it is laid down', 300)
  if (!follows || read.errors.length > 0) return form(visit, rule, fields, read.errors)
  const verified = fields.text('verified') === 'yes'
  await keepAttendanceRule(tx, actor, clock.now(), { serviceArea, nth, follows, days, words, source, verified })
  return redirect(paths.settings.missed, { notice: `Saved: ${words}.` })
}

async function withdraw({ tx, actor, clock }: Visit, rule: SourcedRule): Promise<Answer> {
  await withdrawAttendanceRule(tx, actor, clock.now(), rule)
  return redirect(paths.settings.missed, { notice: 'The rule is withdrawn.' })
}
