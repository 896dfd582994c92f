import type { VNode } from 'preact'
import type { Fields } from '../../platform/web/fields.ts'
import { errorFor, type FieldError, Textarea } from '../../ui/index.ts'
import { readerOf } from '../read-fields.ts'
import type { Look } from './look-at-plan.ts'
import type { PlanChange } from './plan.ts'
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
} from './plan-forms.tsx'

/** One form of the plan: what it is about, what it asks, and the change that it makes. */
export type PlanForm = {
  title: string
  button: string
  grave?: boolean
  about?: 'need' | 'goal' | 'action'
  intro?: (look: Look) => string
  fields: (look: Look, filled: Filled) => VNode
  read: (fields: Fields, look: Look) => { change: PlanChange; errors: readonly FieldError[] }
  done: string
}

/** By the end of its address under the plan's. */
export const planForms: Record<string, PlanForm> = {
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

function reasonField(label: string): PlanForm['fields'] {
  return (_look, { typed, errors }) =>
    Textarea({ name: 'reason', label, rows: 3, value: typed.typed('reason'), errorMessage: errorFor(errors, 'reason') })
}

function readReason(fields: Fields, missing: string) {
  const reader = readerOf(fields)
  return { reason: reader.needed('reason', 'Reason', missing, 2_000), errors: reader.errors }
}

const versionOf = (fields: Fields) => Number(fields.text('version')) || 0
