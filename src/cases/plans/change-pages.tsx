import { paths } from '../../paths.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import type { Fields } from '../../platform/web/fields.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, errorSummaryFor, type FieldError, Form, InsetText } from '../../ui/index.ts'
import { scheduleReview } from '../hold-review/routes.tsx'
import { lockCase } from '../load-case.ts'
import type { PartOfCase } from '../part-of-case.ts'
import { type FrameParts, partPage } from '../part-page.tsx'
import { mayHappen } from '../status.ts'
import type { PlanForm } from './change-forms.tsx'
import { changePlan } from './change-plan.ts'
import { type Look, lookFor } from './look-at-plan.ts'
import type { Action, Goal, Need, PlanRefusal } from './plan.ts'
import { readAgreement } from './plan-forms.tsx'

/** What stands in a form: as it was typed, what is wrong with it, and what somebody else made of the same thing meanwhile. */
type Shown = { typed: Fields; errors: readonly FieldError[]; theirs?: string | undefined }

export async function showForm(
  visit: Visit,
  parts: FrameParts,
  part: PartOfCase,
  form: PlanForm,
  { typed, errors, theirs }: Shown,
): Promise<Answer> {
  const look = await lookFor(visit, part, form.about)
  if (!look) return notFound()
  const { need, goal, action } = look
  const version = { need, goal, action }[form.about ?? 'need']?.version
  const body = (
    <Form {...visit.form} action={visit.path} classes="ly-form">
      {errorSummaryFor(errors)}
      {theirs ? InsetText({ text: `Theirs: ${theirs}` }) : null}
      {form.intro ? <p class="govuk-body">{form.intro(look)}</p> : null}
      {version === undefined ? null : <input type="hidden" name="version" value={String(version)} />}
      {form.fields(look, { typed, errors })}
      <div class="govuk-button-group">
        {Button({ text: form.button, classes: form.grave ? 'govuk-button--warning' : undefined, preventDoubleClick: true })}
        <a class="govuk-link" href={paths.plan.show(part.caseId)}>
          Cancel
        </a>
      </div>
    </Form>
  )
  return partPage(visit, parts, part, form.title, body, { current: 'plan', hasErrors: errors.length > 0, narrow: true })
}

/** Makes the change, or says why not with everything typed kept. */
export async function postForm(visit: Visit, parts: FrameParts, part: PartOfCase, form: PlanForm): Promise<Answer> {
  const look = await lookFor(visit, part, form.about)
  if (!look) return notFound()
  const { change, errors } = form.read(visit.fields, look)
  if (errors.length > 0) return showForm(visit, parts, part, form, { typed: visit.fields, errors })
  const { tx, actor, clock } = visit
  const outcome = await changePlan(tx, actor, clock.now(), part, change)
  if (!outcome.ok) {
    const { need, goal, action } = look
    const theirs = outcome.error === 'changed-meanwhile' ? inWords({ need, goal, action }[form.about ?? 'need']) : undefined
    return showForm(visit, parts, part, form, { typed: visit.fields, errors: [{ field: '', message: refusals[outcome.error] }], theirs })
  }
  if (change.kind === 'agreed') await planReview(visit, part, look)
  return redirect(paths.plan.show(part.caseId), { notice: form.done })
}

const refusals: Record<PlanRefusal, string> = {
  'not-there': 'This is no longer part of the plan',
  'changed-meanwhile': 'Somebody changed this while you were writing. Theirs is shown above yours; save again to keep yours',
  'ended-already': 'Somebody has ended this already',
  'actions-open': 'Finish or drop its open actions first',
}

/** The next look at the plan, where the case takes one now and none is planned. */
async function planReview(visit: Visit, part: PartOfCase, look: Look): Promise<void> {
  const { reviewOn } = readAgreement(visit.fields, look.today).value
  if (!reviewOn || look.review.planned) return
  const theCase = await lockCase(visit.tx, visit.actor, part.caseId)
  if (theCase?.whole && mayHappen(theCase.status, 'review-scheduled'))
    await scheduleReview(visit.tx, visit.actor, visit.clock.now(), theCase, reviewOn)
}

function inWords(thing: Need | Goal | Action | undefined): string {
  if (!thing) return ''
  if ('what' in thing) return `${thing.what}, ${thing.whoName}${thing.dueOn ? `, by ${thing.dueOn.split('-').reverse().join('/')}` : ''}`
  const more = 'detail' in thing ? thing.detail : thing.measure
  return more ? `${thing.title}: ${more}` : thing.title
}
