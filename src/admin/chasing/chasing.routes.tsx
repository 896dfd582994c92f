import { paths } from '../../paths.ts'
import type { Tx } from '../../platform/db/database.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { type ChasingStep, keepSteps, stepsOfService } from '../../tasks/index.ts'
import { Button, errorFor, errorSummaryFor, type FieldError, FilterChips, Form, Input } from '../../ui/index.ts'
import { listPage } from '../frame.tsx'
import { forAuthority } from '../rights.ts'
import { serviceAreas } from '../timescales/choices.ts'

/** Who is told of what is due, and how long before or after (F10). */
export function chasingRoutes(routes: Routes): void {
  const may = { may: 'manage-settings' } as const
  routes.get(
    paths.settings.chasing,
    may,
    forAuthority(visit =>
      onService(visit, visit.query.get('service') ?? '', async service =>
        show(visit, service, typedOf(await stepsOfService(visit.tx, service)), []),
      ),
    ),
  )
  routes.post(
    paths.settings.chasing,
    may,
    forAuthority(visit => onService(visit, visit.fields.text('service'), service => save(visit, service))),
  )
}

const tells = ['assignee', 'leaders'] as const
type Typed = Record<(typeof tells)[number], string>

async function onService({ tx }: Visit, service: string, answer: (service: string) => Promise<Answer>): Promise<Answer> {
  return service === '' || (await isService(tx, service)) ? answer(service) : notFound()
}
const isService = async (tx: Tx, service: string) => (await serviceAreas(tx)).some(one => one.code === service)

const typedOf = (steps: readonly ChasingStep[]): Typed => {
  const days = (tell: ChasingStep['tell']) =>
    steps
      .filter(step => step.tell === tell)
      .map(step => step.days)
      .join(', ')
  return { assignee: days('assignee'), leaders: days('leaders') }
}

async function show(visit: Visit, service: string, typed: Typed, errors: readonly FieldError[]): Promise<Answer> {
  const services = await serviceAreas(visit.tx)
  const address = (code: string) => (code ? `${paths.settings.chasing}?service=${code}` : paths.settings.chasing)
  const field = (tell: (typeof tells)[number], text: string) => (
    <Input
      name={tell}
      label={{ text, classes: 'govuk-label--s' }}
      hint="Days from the day on which it is due, with a comma between; before it with a minus, such as -1, 1, 7"
      value={typed[tell]}
      errorMessage={errorFor(errors, tell)}
    />
  )
  const answer = listPage(
    visit.actor,
    'chasing',
    'Reminders',
    <>
      <p class="govuk-body">Tasks and due dates are told of by notice, each step once, in the morning. A notice holds no name.</p>
      <FilterChips
        label="Services"
        items={[{ code: '', name: 'Every service' }, ...services].map(one => ({
          text: one.name,
          href: address(one.code),
          current: one.code === service,
        }))}
      />
      <div class="ly-narrow">
        {errorSummaryFor(errors)}
        {service ? <p class="govuk-body">Left empty, this service goes by the steps of every service.</p> : null}
        <Form {...visit.form} action={paths.settings.chasing}>
          <input type="hidden" name="service" value={service} />
          {field('assignee', 'Tell whoever is to do it')}
          {field('leaders', 'Tell those who allocate the work of the team')}
          <Button>Save</Button>
        </Form>
      </div>
    </>,
  )
  return errors.length > 0 ? { ...answer, status: 422, hasErrors: true } : answer
}

async function save(visit: Visit, service: string): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const typed: Typed = { assignee: fields.text('assignee'), leaders: fields.text('leaders') }
  const errors: FieldError[] = []
  const steps = tells.flatMap(tell => {
    const days = daysIn(typed[tell], tell === 'leaders' ? 0 : -60)
    if (days) return days.map(one => ({ days: one, tell }))
    const range = tell === 'leaders' ? 'from 0 to 365: leaders hear of what is overdue' : 'from -60 to 365'
    errors.push({ field: tell, message: `Days must be whole numbers ${range}` })
    return []
  })
  if (errors.length > 0) return show(visit, service, typed, errors)
  await keepSteps(tx, actor, clock.now(), service, steps)
  return redirect(service ? `${paths.settings.chasing}?service=${service}` : paths.settings.chasing, { notice: 'Saved.' })
}

function daysIn(text: string, least: number): number[] | undefined {
  const parts = text
    .replaceAll('−', '-')
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')
  const days = parts.map(part => (/^-?\d{1,3}$/.test(part) ? Number(part) : Number.NaN))
  return days.length <= 12 && days.every(day => day >= least && day <= 365) ? [...new Set(days)] : undefined
}
