import { type Approvable, approvable, approvalNeeds, keepApprovalNeeds } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, Checkboxes, DataTable, Form } from '../../ui/index.ts'
import { formPage, listPage } from '../frame.tsx'
import { forAuthority } from '../rights.ts'
import { serviceAreas } from '../timescales/choices.ts'

/** What each service has signed off before it counts (F7). */
export function approvalNeedRoutes(routes: Routes): void {
  const may = { may: 'manage-settings' } as const
  routes.get(paths.settings.approvals, may, forAuthority(list))
  routes.get(
    paths.settings.approvalsOf(':service'),
    may,
    forAuthority(visit => onService(visit, async (code, name) => form(visit, code, name))),
  )
  routes.post(
    paths.settings.approvalsOf(':service'),
    may,
    forAuthority(visit => onService(visit, (code, name) => save(visit, code, name))),
  )
}

const words: Record<Approvable, string> = {
  form: 'Assessments: over once they are signed off',
  plan: 'Plans: made once they are signed off',
  closure: 'Closures: a case closes once that is signed off',
}

async function onService({ tx, params }: Visit, answer: (code: string, name: string) => Promise<Answer>): Promise<Answer> {
  const service = (await serviceAreas(tx)).find(one => one.code === params['service'])
  return service ? answer(service.code, service.name) : notFound()
}

const neededOf = async ({ tx }: Visit, code: string): Promise<Approvable[]> =>
  (await approvalNeeds(tx)).filter(one => one.serviceArea === code).map(one => one.what)

async function list(visit: Visit): Promise<Answer> {
  const services = await serviceAreas(visit.tx)
  const needs = await approvalNeeds(visit.tx)
  const titles = { form: 'assessments', plan: 'plans', closure: 'closures' } as const
  return listPage(
    visit.actor,
    'approvals',
    'Sign-off',
    <>
      <p class="govuk-body">
        Anything can be sent for sign-off. Here you say what has to be. Whoever may sign off their own work needs nobody else: that is a
        right of a role.
      </p>
      <DataTable
        caption="What is signed off, by service"
        captionHidden
        rows={services}
        keyOf={service => service.code}
        columns={[
          {
            heading: 'Service',
            rowHeader: true,
            cell: service => (
              <a class="govuk-link" href={paths.settings.approvalsOf(service.code)}>
                {service.name}
              </a>
            ),
          },
          {
            heading: 'Has to be signed off',
            cell: service =>
              needs
                .filter(one => one.serviceArea === service.code)
                .map(one => titles[one.what])
                .join(', ') || 'Nothing',
          },
        ]}
      />
    </>,
  )
}

async function form(visit: Visit, code: string, name: string): Promise<Answer> {
  return formPage(
    { href: paths.settings.approvals, text: 'Sign-off' },
    `Sign-off: ${name}`,
    [],
    <Form {...visit.form} action={paths.settings.approvalsOf(code)}>
      <Checkboxes
        name="needed"
        fieldset={{ legend: { text: 'What has to be signed off?', classes: 'govuk-fieldset__legend--s' } }}
        values={await neededOf(visit, code)}
        items={approvable.map(what => ({ value: what, text: words[what] }))}
      />
      <Button>Save</Button>
    </Form>,
  )
}

async function save(visit: Visit, code: string, name: string): Promise<Answer> {
  const needed = approvable.filter(what => visit.fields.all('needed').includes(what))
  await keepApprovalNeeds(visit.tx, visit.actor, visit.clock.now(), code, needed)
  return redirect(paths.settings.approvals, { notice: `${name} has been saved.` })
}
