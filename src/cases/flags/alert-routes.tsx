import { audit } from '../../audit/index.ts'
import { optionsOf } from '../../lists/index.ts'
import { paths } from '../../paths.ts'
import { authorsFor } from '../../people/index.ts'
import { may } from '../../platform/actor.ts'
import { today as londonToday } from '../../platform/clock.ts'
import { isId } from '../../platform/id.ts'
import { type Answer, notFound, page, redirect } from '../../platform/web/answer.ts'
import { type Fields, noFields } from '../../platform/web/fields.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, errorSummaryFor, type FieldError, Form, WarningText } from '../../ui/index.ts'
import type { CasesParts } from '../case-frame.tsx'
import { FlagDetailFields, FlagOutcomeFields, NewFlagFields, readFlagOutcome, readNewFlag } from './flag-fields.tsx'
import { alertsOf, type Flag, raiseAlert, settleAlert } from './flags.ts'
import { FlagAsItIs } from './routes.tsx'

/** Alerts on a person, such as "Do not visit alone": seen by everybody who works with them. */
export function alertRoutes(routes: Routes, parts: CasesParts): void {
  routes.get('/people/:personId/alerts/new', { may: 'record' }, async visit =>
    (await mayWarn(visit)) ? showNew(visit, noFields, []) : notFound(),
  )

  routes.post('/people/:personId/alerts/new', { may: 'record' }, async visit => {
    const { tx, actor, clock, fields, params } = visit
    if (!(await mayWarn(visit))) return notFound()
    const alert = readNewFlag(fields, 'kind', await optionsOf(tx, 'alert-kind'), londonToday(clock))
    if ('errors' in alert) return showNew(visit, fields, alert.errors)
    const done = await raiseAlert(tx, actor, clock.now(), params['personId'] ?? '', alert)
    return done.ok ? redirect(personPath(visit), { notice: `Alert raised: ${alert.label}` }) : notFound()
  })

  // Whoever is warned may read why; only whoever may change the person's record settles it.
  routes.get('/people/:personId/alerts/:alertId', { may: 'read-records' }, async visit => {
    const alert = await openAlert(visit)
    if (!alert) return notFound()
    await audit(visit.tx, visit.actor, visit.clock.now(), {
      action: 'alert-opened',
      subject: { type: 'person-alert', id: alert.id },
      personId: visit.params['personId'],
    })
    return showOne(visit, alert, noFields, [])
  })

  routes.post('/people/:personId/alerts/:alertId', { may: 'record' }, async visit => {
    const { tx, actor, clock, fields, params } = visit
    const alert = (await mayWarn(visit)) ? await openAlert(visit) : undefined
    if (!alert) return notFound()
    const outcome = readFlagOutcome(fields, londonToday(clock))
    if ('errors' in outcome) return showOne(visit, alert, fields, outcome.errors)
    const done = await settleAlert(tx, actor, clock.now(), params['personId'] ?? '', alert.id, outcome)
    if (!done.ok) return notFound()
    return redirect(personPath(visit), {
      notice: outcome.outcome === 'resolve' ? `Resolved: ${alert.label}` : `Still stands: ${alert.label}`,
    })
  })

  async function showNew(visit: Visit, typed: Fields, errors: readonly FieldError[]): Promise<Answer> {
    return show(
      visit,
      'Warn everybody who works with this person',
      errors,
      <>
        <WarningText text="Everybody who may see this person sees the alert, other services too. Say nothing here that they must not know." />
        <Form {...visit.form} action={paths.cases.addAlert(visit.params['personId'] ?? '')}>
          <NewFlagFields
            name="kind"
            kinds={await optionsOf(visit.tx, 'alert-kind')}
            legend="What must they be warned of?"
            typed={typed}
            errors={errors}
          />
          <FlagDetailFields typed={typed} errors={errors} />
          <Button text="Raise the alert" />
        </Form>
      </>,
    )
  }

  async function showOne(visit: Visit, alert: Flag, typed: Fields, errors: readonly FieldError[]): Promise<Answer> {
    const named = await authorsFor(visit.tx, visit.actor, [visit.params['personId'] ?? ''])
    const settles = may(visit.actor, 'record') && (await mayWarn(visit))
    return show(
      visit,
      alert.label,
      errors,
      <>
        <FlagAsItIs flag={{ ...alert, author: named(alert.author, alert.agency ?? null) }} />
        {settles ? (
          <Form {...visit.form} action={paths.cases.alert(visit.params['personId'] ?? '', alert.id)}>
            <FlagOutcomeFields typed={typed} errors={errors} />
            <Button text="Save" />
          </Form>
        ) : null}
      </>,
    )
  }

  async function show(visit: Visit, title: string, errors: readonly FieldError[], content: preact.VNode): Promise<Answer> {
    const body = (
      <>
        {await parts.personBanner(visit, visit.params['personId'] ?? '')}
        <div class="ly-narrow">
          {errorSummaryFor(errors)}
          <h1 class="govuk-heading-l">{title}</h1>
          {content}
        </div>
      </>
    )
    return page(title, body, { section: 'people', hasErrors: errors.length > 0 })
  }
}

const personPath = ({ params }: Visit): string => paths.people.show(params['personId'] ?? '')

/** Whoever may change the person's record may warn of them. */
async function mayWarn({ tx, actor, params }: Visit): Promise<boolean> {
  const personId = params['personId'] ?? ''
  if (!isId(personId)) return false
  const person = await tx.selectFrom('people').select('editors').where('id', '=', personId).executeTakeFirst()
  return person?.editors.some(one => actor.writePrincipals.includes(one)) ?? false
}

async function openAlert({ tx, params }: Visit): Promise<Flag | undefined> {
  const personId = params['personId'] ?? ''
  return isId(personId) ? (await alertsOf(tx, personId)).find(alert => alert.id === params['alertId']) : undefined
}
