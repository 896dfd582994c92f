import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { formatDate } from '../platform/plain-date.ts'
import type { Fields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { errorFor, type FieldError, Form, Input, Select } from '../ui/index.ts'
import type { OfAction } from './action-page.tsx'
import { buttons, dayInWords } from './frame.tsx'
import type { Meeting } from './meeting.ts'

type ChangeProps = {
  visit: Visit
  of: OfAction
  users: readonly { id: string; name: string }[]
  dates: readonly Meeting[]
  typed: Fields
  errors: readonly FieldError[]
  /** What the reader has seen: not what stands now, where only what they typed is to be put right. */
  version: number
}

/** Gives it to somebody, sets another day, carries it over, or links the case that it is done in. */
export function ChangeForm({ visit, of: { action }, users, dates, typed, errors, version }: ChangeProps): VNode {
  return (
    <details class="govuk-details" open={errors.some(one => ['due', 'worker', 'why', 'case'].includes(one.field))}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">Give it to somebody, change the day, or link a case</span>
      </summary>
      <div class="govuk-details__text">
        <Form {...visit.form} action={paths.meetings.changeAction(action.id)}>
          <input type="hidden" name="version" value={String(version)} />
          {Select({
            name: 'worker',
            id: 'worker',
            label: `Who does it at ${action.agencyName}?`,
            value: typed.has('worker') ? typed.text('worker') : (action.workerId ?? ''),
            items: [{ value: '', text: 'Nobody named yet' }, ...users.map(one => ({ value: one.id, text: one.name }))],
            errorMessage: errorFor(errors, 'worker'),
          })}
          {Input({
            name: 'due',
            id: 'due',
            label: 'By when',
            hint: 'fri, in 10 days, 27/11/2026',
            value: typed.has('due') ? typed.typed('due') : formatDate(action.dueOn),
            errorMessage: errorFor(errors, 'due'),
          })}
          {dates.length > 0
            ? Select({
                name: 'carry',
                id: 'carry',
                label: 'Carry it over to',
                value: typed.text('carry'),
                items: [
                  { value: '', text: 'It stays with its meeting' },
                  ...dates.map(one => ({ value: one.id, text: dayInWords(one.startsAt) })),
                ],
              })
            : null}
          {visit.actor.posts.some(post => post.postPrincipal !== null) || action.linkedCase
            ? Input({
                name: 'case',
                id: 'case',
                label: 'Case that it is done in (optional)',
                hint: 'Its reference. Only those who may see the case see that it is linked',
                value: typed.has('case') ? typed.typed('case') : (action.linkedCase?.reference ?? ''),
                errorMessage: errorFor(errors, 'case'),
                classes: 'govuk-input--width-20',
                spellcheck: false,
              })
            : null}
          {Input({ name: 'why', id: 'why', label: 'Why', value: typed.typed('why'), errorMessage: errorFor(errors, 'why') })}
          {buttons('Change it', paths.meetings.actions)}
        </Form>
      </div>
    </details>
  )
}
