import type { VNode } from 'preact'
import type { PlainDate } from '../../platform/plain-date.ts'
import { formatDate } from '../../platform/plain-date.ts'
import type { Fields } from '../../platform/web/fields.ts'
import type { Routes } from '../../platform/web/routes.ts'
import { errorFor, type FieldError, Radios, Textarea } from '../../ui/index.ts'
import { type ActionFieldsProps, actionRoutes } from '../action-page.tsx'
import type { CasesParts } from '../case-frame.tsx'
import { DayInput } from '../day-input.tsx'
import { readerOf } from '../read-fields.ts'
import { type NewSupervision, supervise } from './supervise.ts'

/** Recording what was said of a case in supervision, or a remark on it. A right of its own. */
export function superviseRoutes(routes: Routes, parts: CasesParts): void {
  actionRoutes<object, NewSupervision, 'not-now'>(routes, parts, {
    name: 'supervise',
    may: 'supervise',
    moves: ['supervised'],
    title: 'Supervision',
    button: 'Save',
    look: async () => ({}),
    Fields: SupervisionFields,
    read: (fields, _known, { today }) => readSupervision(fields, today),
    inWords: wish => [
      { label: wish.kind === 'comment' ? 'Comment' : 'Talked about', value: wish.discussed },
      ...(wish.kind === 'supervision'
        ? [
            { label: 'Agreed', value: wish.agreed || 'Nothing' },
            { label: 'Next', value: wish.nextDueOn ? formatDate(wish.nextDueOn) : 'No date' },
          ]
        : []),
    ],
    act: ({ tx, actor, clock }, theCase, wish) => supervise(tx, actor, clock.now(), theCase, wish),
    refusals: { 'not-now': { field: 'discussed', message: 'The case has been closed' } },
    done: wish => (wish.kind === 'comment' ? 'Comment saved' : 'Supervision saved'),
  })
}

function readSupervision(fields: Fields, today: PlainDate): NewSupervision | { errors: FieldError[] } {
  const read = readerOf(fields)
  const kind = read.choice('kind', ['supervision', 'comment'], 'Select whether it is supervision or a comment')
  if (kind === 'comment') {
    const discussed = read.needed('comment', 'Comment', 'Enter your comment')
    return read.errors.length > 0 ? { errors: read.errors } : { kind, heldOn: today, discussed }
  }
  const heldOn = read.day('held', 'Date of the supervision', { notAfter: today })
  const discussed = read.needed('discussed', 'What was talked about', 'Enter what was talked about')
  const agreed = read.text('agreed', 'What was agreed')
  const nextDueOn = read.maybeDay('next', 'Date of the next supervision', {
    ...(heldOn ? { notBefore: heldOn } : {}),
    notBeforeWords: 'after the one that is recorded',
  })
  if (heldOn && nextDueOn === heldOn) read.refuse('next-day', 'Date of the next supervision must be after the one that is recorded')
  if (read.errors.length > 0 || !kind || !heldOn) return { errors: read.errors }
  return { kind, heldOn, discussed, agreed, nextDueOn }
}

function SupervisionFields({ theCase, typed, errors, today }: ActionFieldsProps<object>): VNode {
  const error = (field: string) => errorFor(errors, field)
  const area = (name: string, label: string, rows: number, hint?: string) => (
    <Textarea
      name={name}
      rows={rows}
      label={{ text: label, classes: 'govuk-label--s' }}
      hint={hint}
      value={typed.typed(name)}
      errorMessage={error(name)}
    />
  )
  return (
    <>
      <p class="govuk-body">
        {theCase.workerName ? `With ${theCase.workerName}.` : 'The case has no worker.'} Everybody who reads the whole case can read this.
      </p>
      <Radios
        name="kind"
        fieldset={{ legend: { text: 'What do you record?', classes: 'govuk-fieldset__legend--s' } }}
        errorMessage={error('kind')}
        value={typed.text('kind') || 'supervision'}
        items={[
          {
            value: 'supervision',
            text: 'Supervision',
            conditional: {
              text: (
                <>
                  <DayInput name="held" legend="When?" typed={typed} errors={errors} start={today} />
                  {area('discussed', 'What was talked about?', 6)}
                  {area('agreed', 'What was agreed?', 4, 'Who does what, by when')}
                  <DayInput name="next" legend="When is the next one due?" typed={typed} errors={errors} />
                </>
              ),
            },
          },
          { value: 'comment', text: 'A comment', conditional: { text: area('comment', 'Comment', 4) } },
        ]}
      />
    </>
  )
}
