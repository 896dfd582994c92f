import type { VNode } from 'preact'
import type { Visit } from '../platform/web/routes.ts'
import { Button, Details, Form, Input } from '../ui/index.ts'

/** Takes something that was recorded by mistake out of the counts, with a reason. It is kept. */
export function StrikeOut({ visit, action }: { visit: Visit; action: string }): VNode {
  return Details({
    summaryText: 'It was recorded by mistake',
    children: (
      <Form {...visit.form} action={action} classes="ly-form">
        {Input({ name: 'because', label: 'Why', hint: 'It is kept, and counts no more' })}
        {Button({ text: 'Strike it out', classes: 'govuk-button--warning', preventDoubleClick: true })}
      </Form>
    ),
  })
}
