import type { VNode } from 'preact'
import { readerOf } from '../cases/index.ts'
import type { Fields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, Details, errorFor, type FieldError, Form, Input } from '../ui/index.ts'

type Props = { visit: Visit; action: string; errors: readonly FieldError[] }

/** Takes something that was recorded by mistake out of the counts, with a reason. It is kept. */
export function StrikeOut({ visit, action, errors }: Props): VNode {
  return Details({
    summaryText: 'It was recorded by mistake',
    open: errors.length > 0,
    children: (
      <Form {...visit.form} action={action} classes="ly-form">
        {Input({
          name: 'because',
          label: 'Why',
          hint: 'It is kept, and counts no more',
          value: visit.fields.typed('because'),
          errorMessage: errorFor(errors, 'because'),
        })}
        {Button({ text: 'Strike it out', classes: 'govuk-button--warning', preventDoubleClick: true })}
      </Form>
    ),
  })
}

/** Why it is struck out. */
export function readBecause(fields: Fields): { because: string; errors: readonly FieldError[] } {
  const read = readerOf(fields)
  return { because: read.needed('because', 'Why', 'Enter why it was recorded by mistake', 300), errors: read.errors }
}
