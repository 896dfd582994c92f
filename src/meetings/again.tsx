import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, Form, Select } from '../ui/index.ts'
import { bringAgain } from './agenda.ts'
import { dayInWords, type OfItem } from './frame.tsx'
import type { Meeting } from './meeting.ts'
import { comingOf } from './series.queries.ts'

/** Of a kind whose items stay on: the further date that this one goes to. */
export function Again({ visit, of: { item }, dates }: { visit: Visit; of: OfItem; dates: readonly Meeting[] }): VNode | null {
  const further = dates.filter(one => one.id !== item.meetingId)
  if (further.length === 0) return null
  return (
    <Form {...visit.form} action={paths.meetings.again(item.id)}>
      {Select({
        name: 'meeting',
        id: 'meeting',
        label: 'Talk about it again on',
        items: further.map(one => ({ value: one.id, text: dayInWords(one.startsAt) })),
      })}
      {Button({ text: 'Put it on that agenda', classes: 'govuk-button--secondary', preventDoubleClick: true })}
    </Form>
  )
}

export async function postAgain({ tx, actor, clock, fields }: Visit, { item, series, kind }: OfItem): Promise<Answer> {
  const meeting = (await comingOf(tx, series.id)).find(one => one.id === fields.text('meeting'))
  if (!meeting || !kind.staysOn) return notFound()
  const brought = await bringAgain(tx, actor, clock.now(), item, meeting)
  return redirect(paths.meetings.item(item.id), {
    notice: brought.ok ? 'It is on that agenda, and its agencies have been asked what they bring.' : 'It cannot be put there now.',
  })
}
