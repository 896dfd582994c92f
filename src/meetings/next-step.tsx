import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { Button, SidePanel } from '../ui/index.ts'
import type { OfItem } from './frame.tsx'

/** What the reader of an item is to do with it next; nothing where that is nothing. */
export function NextStep({
  of: { item, series, kind },
  own,
  isOnCase,
}: {
  of: OfItem
  own: { id: string; state: string } | undefined
  isOnCase: boolean
}): VNode | null {
  const steps: { href: string; text: string }[] = []
  if (item.state === 'draft') steps.push({ href: paths.meetings.check(item.id), text: 'Go on with the referral' })
  if (item.mayEdit && item.state === 'referred') steps.push({ href: paths.meetings.triage(item.id), text: 'Triage it' })
  if (kind.shared && isOnCase && (item.state === 'sent' || item.state === 'discussed'))
    steps.push({ href: paths.meetings.shared(item.id), text: kind.shared.title })
  if (own && item.state === 'sent')
    steps.push({
      href: paths.meetings.research(item.id, own.id),
      text: own.state === 'asked' ? 'Say what your agency knows' : 'Your agency’s answer',
    })
  if ((item.state === 'returned' || item.state === 'withdrawn') && item.isOwnReferral)
    steps.push({ href: paths.meetings.referAgain(series.id, item.id), text: 'Refer again' })
  if (steps.length === 0) return null
  return (
    <SidePanel id="next" title="Do next">
      {steps.map(step => (
        <p class="govuk-body" key={step.href}>
          {Button({ text: step.text, href: step.href })}
        </p>
      ))}
    </SidePanel>
  )
}
