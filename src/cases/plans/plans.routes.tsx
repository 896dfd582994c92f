import type { VNode } from 'preact'
import { audit } from '../../audit/index.ts'
import { timescalesFor } from '../../dues/index.ts'
import { paths } from '../../paths.ts'
import { spokenName } from '../../people/index.ts'
import { formatInstant, today } from '../../platform/clock.ts'
import { type Answer, notFound, page, redirect } from '../../platform/web/answer.ts'
import { type Fields, noFields } from '../../platform/web/fields.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, DataTable, EmptyState, errorFor, errorSummaryFor, type FieldError, Form, InsetText, Textarea } from '../../ui/index.ts'
import { scheduleReview } from '../hold-review/routes.tsx'
import { findCase, isId, lockCase } from '../load-case.ts'
import { type Colleague, colleaguesAmong, openPart, type PartOfCase } from '../part-of-case.ts'
import { type FrameParts, partPage } from '../part-page.tsx'
import { readerOf } from '../read-fields.ts'
import { targetFrom } from '../stage.ts'
import { mayHappen } from '../status.ts'
import { changePlan } from './change-plan.ts'
import { planAt, planOf, planVersionsOf } from './plan.queries.ts'
import {
  type Action,
  actionsOf,
  changeWords,
  type Goal,
  goalsOf,
  type Need,
  type Plan,
  type PlanChange,
  type PlanRefusal,
  progressOf,
} from './plan.ts'
import {
  ActionFields,
  AgreementFields,
  type Filled,
  GoalFields,
  NeedFields,
  readAction,
  readAgreement,
  readGoal,
  readNeed,
  type WhoChoices,
} from './plan-forms.tsx'
import { PlanView } from './plan-view.tsx'

/** `/cases/:caseId/plan…`: the plan, each of its changes, its history, and it as a document. */
export function planRoutes(routes: Routes, parts: FrameParts): void {
  const base = '/cases/:caseId/plan'
  routes.get(base, { may: 'read-records' }, visit => withPart(visit, false, part => showPlan(visit, parts, part)))
  routes.get(`${base}/print`, { may: 'read-records' }, visit => withPart(visit, false, part => printPlan(visit, part)))
  routes.get(`${base}/versions`, { may: 'read-records' }, visit => withPart(visit, false, part => showVersions(visit, parts, part)))
  routes.get(`${base}/versions/:version`, { may: 'read-records' }, visit => withPart(visit, false, part => showVersion(visit, parts, part)))
  for (const [path, form] of Object.entries(forms)) {
    routes.get(base + path, { may: 'record' }, visit => withPart(visit, true, part => showForm(visit, parts, part, form, noFields, [])))
    routes.post(base + path, { may: 'record' }, visit => withPart(visit, true, part => postForm(visit, parts, part, form)))
  }
}

async function withPart(visit: Visit, toEdit: boolean, work: (part: PartOfCase) => Promise<Answer>): Promise<Answer> {
  const part = await openPart(visit.tx, visit.actor, visit.params.caseId ?? '', 'plan')
  return part && (part.mayEdit || !toEdit) ? work(part) : notFound()
}

const read = (visit: Visit, part: PartOfCase, action: string) =>
  audit(visit.tx, visit.actor, visit.clock.now(), {
    action,
    subject: { type: 'case', id: part.caseId },
    personId: part.personId,
    caseId: part.caseId,
  })

// ── Read ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

async function showPlan(visit: Visit, parts: FrameParts, part: PartOfCase): Promise<Answer> {
  await read(visit, part, 'plan-read')
  const plan = await planOf(visit.tx, part.caseId)
  const mayChange = part.mayEdit && visit.actor.capabilities.has('record')
  const body = (
    <>
      {plan.needs.length === 0 ? (
        <EmptyState title="There is no plan yet.">{mayChange ? 'Begin with what is needed; goals and actions follow.' : null}</EmptyState>
      ) : (
        <PlanView plan={plan} today={today(visit.clock)} mayChange={mayChange} />
      )}
      {plan.version > 0 ? (
        <p class="govuk-body ly-no-print">
          <a class="govuk-link" href={paths.plan.versions(part.caseId)}>
            Every version of this plan
          </a>{' '}
          ·{' '}
          <a class="govuk-link" href={paths.plan.print(part.caseId)}>
            Print the plan
          </a>
        </p>
      ) : null}
    </>
  )
  const actions = mayChange ? (
    <>
      {Button({
        text: 'Add a need',
        href: paths.plan.addNeed(part.caseId),
        classes: plan.needs.length > 0 ? 'govuk-button--secondary' : undefined,
      })}
      {plan.needs.length > 0 ? Button({ text: 'Record agreement', href: paths.plan.agreement(part.caseId) }) : null}
    </>
  ) : null
  return partPage(visit, parts, part, 'Plan', body, {
    current: 'plan',
    actions,
    context: plan.needs.length > 0 ? progressOf(plan) : undefined,
  })
}

/** The plan as a document that can be handed to the person. */
async function printPlan(visit: Visit, part: PartOfCase): Promise<Answer> {
  await read(visit, part, 'plan-printed')
  const plan = await planOf(visit.tx, part.caseId)
  const title = `Plan – ${part.personName}`
  return page(
    title,
    <>
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">
        {part.serviceName} {part.reference}. Version {plan.version}. {progressOf(plan)}.
      </p>
      <p class="govuk-body ly-no-print">
        Use your browser’s print button.{' '}
        <a class="govuk-link" href={paths.plan.show(part.caseId)}>
          Back to the plan
        </a>
      </p>
      <PlanView plan={plan} today={today(visit.clock)} mayChange={false} />
    </>,
    { section: 'work', classification: 'OFFICIAL-SENSITIVE' },
  )
}

async function showVersions(visit: Visit, parts: FrameParts, part: PartOfCase): Promise<Answer> {
  await read(visit, part, 'plan-history-read')
  const versions = await planVersionsOf(visit.tx, part.caseId)
  const body = (
    <DataTable
      caption="Every version of the plan, the latest first"
      captionHidden
      rows={versions}
      keyOf={version => String(version.version)}
      empty={<EmptyState title="There is no plan yet." />}
      columns={[
        {
          heading: 'Version',
          rowHeader: true,
          cell: version => (
            <a class="govuk-link" href={paths.plan.version(part.caseId, version.version)}>
              Version {version.version}
            </a>
          ),
        },
        { heading: 'What changed', cell: version => changeWords[version.change] ?? version.change },
        { heading: 'When', cell: version => formatInstant(version.at), second: version => version.by },
      ]}
    />
  )
  return partPage(visit, parts, part, 'Every version of the plan', body, { current: 'plan' })
}

async function showVersion(visit: Visit, parts: FrameParts, part: PartOfCase): Promise<Answer> {
  const number = Number(visit.params.version)
  const version = Number.isInteger(number) && number > 0 && number < 2 ** 31 ? await planAt(visit.tx, part.caseId, number) : undefined
  if (!version) return notFound()
  await read(visit, part, 'plan-history-read')
  const body = (
    <>
      {InsetText({
        text: `The plan as it was at ${formatInstant(version.at)}, after: ${changeWords[version.change] ?? version.change}, by ${version.by}.`,
      })}
      <PlanView plan={version.plan} today={today(visit.clock)} mayChange={false} />
      <p class="govuk-body ly-no-print">
        <a class="govuk-link" href={paths.plan.versions(part.caseId)}>
          Every version
        </a>
      </p>
    </>
  )
  return partPage(visit, parts, part, `Plan, version ${number}`, body, { current: 'plan' })
}

// ── Change ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

type Look = {
  plan: Plan
  part: PartOfCase
  visit: Visit
  need?: Need
  goal?: Goal
  action?: Action
  who: WhoChoices
  review: { on: Look['today'] | null; planned: boolean }
  today: ReturnType<typeof today>
}

/** One form of the plan: what it is about, what it asks, and the change that it makes. */
type PlanForm = {
  title: string
  button: string
  grave?: boolean
  about?: 'need' | 'goal' | 'action'
  intro?: (look: Look) => string
  fields: (look: Look, filled: Filled) => VNode
  read: (fields: Fields, look: Look) => { change: PlanChange; errors: readonly FieldError[] }
  done: string
}

const reasonField = (label: string) => (_look: Look, f: Filled) =>
  Textarea({ name: 'reason', label, rows: 3, value: f.typed.typed('reason'), errorMessage: errorFor(f.errors, 'reason') })
const readReason = (fields: Fields, missing: string) => {
  const reader = readerOf(fields)
  return { reason: reader.needed('reason', 'Reason', missing, 2_000), errors: reader.errors }
}
const versionOf = (fields: Fields) => Number(fields.text('version')) || 0

const forms: Record<string, PlanForm> = {
  '/needs/new': {
    title: 'Add a need',
    button: 'Add need',
    fields: (_look, f) => <NeedFields {...f} />,
    read: fields => {
      const { value, errors } = readNeed(fields)
      return { change: { kind: 'need-added', ...value }, errors }
    },
    done: 'Need added.',
  },
  '/needs/:id': {
    title: 'Change a need',
    button: 'Save',
    about: 'need',
    fields: ({ need }, f) => <NeedFields {...f} {...(need ? { need } : {})} />,
    read: (fields, { need }) => {
      const { value, errors } = readNeed(fields)
      return { change: { kind: 'need-changed', id: need!.id, version: versionOf(fields), ...value }, errors }
    },
    done: 'Need changed.',
  },
  '/needs/:id/end': {
    title: 'End a need',
    button: 'End need',
    about: 'need',
    intro: ({ need }) => `“${need!.title}” and its goals stay readable and are no longer worked on.`,
    fields: reasonField('Why: is it met, or no longer a need?'),
    read: (fields, { need }) => {
      const { reason, errors } = readReason(fields, 'Enter why the need has ended')
      return { change: { kind: 'need-ended', id: need!.id, reason }, errors }
    },
    done: 'Need ended.',
  },
  '/needs/:id/goals/new': {
    title: 'Add a goal',
    button: 'Add goal',
    about: 'need',
    intro: ({ need }) => `For the need “${need!.title}”.`,
    fields: (_look, f) => <GoalFields {...f} />,
    read: (fields, { need }) => {
      const { value, errors } = readGoal(fields)
      return { change: { kind: 'goal-added', needId: need!.id, ...value }, errors }
    },
    done: 'Goal added.',
  },
  '/goals/:id': {
    title: 'Change a goal',
    button: 'Save',
    about: 'goal',
    fields: ({ goal }, f) => <GoalFields {...f} {...(goal ? { goal } : {})} />,
    read: (fields, { goal }) => {
      const { value, errors } = readGoal(fields)
      return { change: { kind: 'goal-changed', id: goal!.id, version: versionOf(fields), ...value }, errors }
    },
    done: 'Goal changed.',
  },
  '/goals/:id/end': {
    title: 'End a goal',
    button: 'End goal',
    about: 'goal',
    intro: ({ goal }) => `“${goal!.title}” stays readable and is no longer worked on.`,
    fields: reasonField('Why: is it reached, or given up?'),
    read: (fields, { goal }) => {
      const { reason, errors } = readReason(fields, 'Enter why the goal has ended')
      return { change: { kind: 'goal-ended', id: goal!.id, reason }, errors }
    },
    done: 'Goal ended.',
  },
  '/goals/:id/actions/new': {
    title: 'Add an action',
    button: 'Add action',
    about: 'goal',
    intro: ({ goal }) => `Towards the goal “${goal!.title}”.`,
    fields: ({ who }, f) => <ActionFields {...f} {...who} />,
    read: (fields, { goal, who }) => {
      const { value, errors } = readAction(fields, who)
      return { change: { kind: 'action-added', goalId: goal!.id, ...value }, errors }
    },
    done: 'Action added.',
  },
  '/actions/:id': {
    title: 'Change an action',
    button: 'Save',
    about: 'action',
    fields: ({ action, who }, f) => <ActionFields {...f} {...who} {...(action ? { action } : {})} />,
    read: (fields, { action, who }) => {
      const { value, errors } = readAction(fields, who, action)
      return { change: { kind: 'action-changed', id: action!.id, version: versionOf(fields), ...value }, errors }
    },
    done: 'Action changed.',
  },
  '/actions/:id/complete': {
    title: 'Action done',
    button: 'Save',
    about: 'action',
    intro: ({ action }) => action!.what,
    fields: (_look, f) =>
      Textarea({
        name: 'evidence',
        label: 'What was done, and how you know',
        rows: 4,
        value: f.typed.typed('evidence'),
        errorMessage: errorFor(f.errors, 'evidence'),
      }),
    read: (fields, { action }) => {
      const reader = readerOf(fields)
      const evidence = reader.needed('evidence', 'What was done', 'Enter what was done', 2_000)
      return { change: { kind: 'action-done', id: action!.id, evidence }, errors: reader.errors }
    },
    done: 'Action done.',
  },
  '/actions/:id/drop': {
    title: 'Drop an action',
    button: 'Drop action',
    grave: true,
    about: 'action',
    intro: ({ action }) => action!.what,
    fields: reasonField('Why will it not be done?'),
    read: (fields, { action }) => {
      const { reason, errors } = readReason(fields, 'Enter why the action is dropped')
      return { change: { kind: 'action-dropped', id: action!.id, reason }, errors }
    },
    done: 'Action dropped.',
  },
  '/agreement': {
    title: 'Record agreement',
    button: 'Save',
    fields: ({ review, today: day }, f) => <AgreementFields {...f} today={day} reviewOn={review.on} reviewPlanned={review.planned} />,
    read: (fields, look) => {
      const { value, errors } = readAgreement(fields, look.today)
      return { change: { kind: 'agreed', with: value.with, on: value.on, how: value.how }, errors }
    },
    done: 'Agreement recorded.',
  },
}

const refusals: Record<PlanRefusal, string> = {
  'not-there': 'This is no longer part of the plan',
  'changed-meanwhile': 'Somebody changed this while you were writing. Theirs is shown above yours; save again to keep yours',
  'ended-already': 'Somebody has ended this already',
  'actions-open': 'Finish or drop its open actions first',
}

async function showForm(
  visit: Visit,
  parts: FrameParts,
  part: PartOfCase,
  form: PlanForm,
  typed: Fields,
  errors: readonly FieldError[],
  theirs?: string,
): Promise<Answer> {
  const look = await lookFor(visit, part, form)
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

async function postForm(visit: Visit, parts: FrameParts, part: PartOfCase, form: PlanForm): Promise<Answer> {
  const look = await lookFor(visit, part, form)
  if (!look) return notFound()
  const { change, errors } = form.read(visit.fields, look)
  if (errors.length > 0) return showForm(visit, parts, part, form, visit.fields, errors)
  const { tx, actor, clock } = visit
  const outcome = await changePlan(tx, actor, clock.now(), part, change)
  if (!outcome.ok) {
    const { need, goal, action } = look
    const theirs = outcome.error === 'changed-meanwhile' ? inWords({ need, goal, action }[form.about ?? 'need']) : undefined
    return showForm(visit, parts, part, form, visit.fields, [{ field: '', message: refusals[outcome.error] }], theirs)
  }
  if (change.kind === 'agreed') await planReview(visit, part, look)
  return redirect(paths.plan.show(part.caseId), { notice: form.done })
}

/** Everything that a form needs to know; undefined when what it is about is not in this plan. */
async function lookFor(visit: Visit, part: PartOfCase, form: PlanForm): Promise<Look | undefined> {
  const plan = await planOf(visit.tx, part.caseId)
  const id = visit.params.id ?? ''
  if (form.about && !isId(id)) return undefined
  const need = form.about === 'need' ? plan.needs.find(one => one.id === id) : undefined
  const goal = form.about === 'goal' ? goalsOf(plan).find(one => one.id === id) : undefined
  const action = form.about === 'action' ? actionsOf(plan).find(one => one.id === id) : undefined
  if (form.about && !need && !goal && !action) return undefined
  const day = today(visit.clock)
  const who = { colleagues: await colleagues(visit, part), personName: await personSpoken(visit, part) }
  const found = { ...(need ? { need } : {}), ...(goal ? { goal } : {}), ...(action ? { action } : {}) }
  return { plan, part, visit, ...found, who, review: await reviewOf(visit, part, day), today: day }
}

/** The reader first: what one does oneself is the commonest. */
async function colleagues(visit: Visit, part: PartOfCase): Promise<Colleague[]> {
  const all = await colleaguesAmong(visit.tx, part.lists, visit.clock.now())
  const own = (one: Colleague) => one.principal === visit.actor.principal
  return [...all.filter(own), ...all.filter(one => !own(one))]
}

async function personSpoken(visit: Visit, part: PartOfCase): Promise<string> {
  const row = await visit.tx.selectFrom('people').select(['given_name', 'family_name']).where('id', '=', part.personId).executeTakeFirst()
  return row ? spokenName({ given: row.given_name, family: row.family_name }) : part.personName
}

async function reviewOf(visit: Visit, part: PartOfCase, day: ReturnType<typeof today>): Promise<Look['review']> {
  const theCase = await findCase(visit.tx, visit.actor, part.caseId)
  if (theCase?.state.reviewDueOn) return { on: theCase.state.reviewDueOn, planned: true }
  return { on: theCase ? targetFrom(await timescalesFor(visit.tx, theCase.serviceArea), 'review', day) : null, planned: false }
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
