import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { formatTime, type PlainTime } from '../platform/clock.ts'
import { type Answer, page, redirect } from '../platform/web/answer.ts'
import type { Fields } from '../platform/web/fields.ts'
import type { Routes, Visit } from '../platform/web/routes.ts'
import { Button, Form, PageTitle, Select } from '../ui/index.ts'
import { type Delivery, deliveryOf, kindsInOrder, mayTurnOff, type NoticeKind } from './kinds.ts'
import { choicesOf, type NoticeChoices, saveChoices, usualDigest } from './notices.queries.ts'

/** `/notices/settings`: how somebody is told of each kind of thing (F12). */
export function noticeSettingsRoutes(routes: Routes): void {
  routes.get('/notices/settings', { may: 'anyone-signed-in' }, settingsPage)
  routes.post('/notices/settings', { may: 'anyone-signed-in' }, async visit => {
    await saveChoices(visit.tx, visit.actor, chosenIn(visit.fields))
    return redirect(paths.notices.list, { notice: 'Your choices are saved' })
  })
}

const deliveries: Record<Delivery, string> = {
  now: 'In Lanyard, and by email at once',
  digest: 'In Lanyard, and in one email a day',
  product: 'Only in Lanyard',
  off: 'Not at all',
}

/** Whole hours of the working day and around it. */
const digestTimes = Array.from({ length: 17 }, (_, i) => `${String(i + 5).padStart(2, '0')}:00` as PlainTime)

async function settingsPage(visit: Visit): Promise<Answer> {
  const choices = await choicesOf(visit.tx, visit.actor)
  const body = (
    <>
      <PageTitle title="What you are told of and how" />
      <p class="govuk-body">An email says only that there is something to see in Lanyard, never what or about whom.</p>
      <Form {...visit.form} action={paths.notices.settings} classes="ly-form">
        {kindsInOrder.map(({ kind, title }) => kindChoice(kind, title, choices))}
        {Select({
          id: 'digest',
          name: 'digest',
          label: { text: 'When the one email a day comes', classes: 'govuk-label--s' },
          value: choices.digestAt,
          items: digestTimes.map(time => ({ value: time, text: formatTime(time) })),
        })}
        <div class="govuk-button-group">
          {Button({ text: 'Save', preventDoubleClick: true })}
          <a class="govuk-link" href={paths.notices.list}>
            Cancel
          </a>
        </div>
      </Form>
    </>
  )
  return page('What you are told of and how', body, { section: 'notices' })
}

function kindChoice(kind: NoticeKind, title: string, choices: NoticeChoices): VNode {
  if (!mayTurnOff(kind)) {
    return (
      <div class="govuk-form-group" key={kind}>
        <p class="govuk-body govuk-!-font-weight-bold govuk-!-margin-bottom-1">{title}</p>
        <p class="govuk-body">In Lanyard, and by email at once. This is for somebody’s safety and cannot be turned off.</p>
      </div>
    )
  }
  return Select({
    id: kind,
    name: kind,
    label: { text: title, classes: 'govuk-label--s' },
    value: deliveryOf(kind, choices.kinds.get(kind) ?? null),
    items: Object.entries(deliveries).map(([value, text]) => ({ value, text })),
  })
}

/** Only choices that are offered are kept: a post of anything else changes nothing of that kind. */
function chosenIn(fields: Fields): NoticeChoices {
  const kinds = new Map<NoticeKind, Delivery>()
  for (const { kind } of kindsInOrder) {
    const chosen = fields.text(kind)
    if (mayTurnOff(kind) && Object.hasOwn(deliveries, chosen)) kinds.set(kind, chosen as Delivery)
  }
  return { kinds, digestAt: digestTimes.find(time => time === fields.text('digest')) ?? usualDigest }
}
