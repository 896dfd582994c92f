import type { VNode } from 'preact'
import { openedToMe } from '../../access/index.ts'
import { lastDayBefore } from '../../platform/clock.ts'
import { formatDate } from '../../platform/plain-date.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { InsetText } from '../../ui/index.ts'
import type { Case } from '../load-case.ts'

/** For somebody with whom parts of a case are shared: who shared them, to do what, until when and what for, and whom to ask about more. */
export async function SharedBy({ tx, actor, clock }: Visit, theCase: Case): Promise<VNode> {
  const shares = (await openedToMe(tx, actor, clock.now(), theCase.id)).filter(one => one.kind === 'share')
  const said = shares.map(share => {
    if (share.isOwnReferral)
      return share.by?.startsWith(`${actor.name},`) ? 'You made this referral.' : `${share.by ?? 'Your team'} made this referral.`
    const until = share.endsAt ? ` until ${formatDate(lastDayBefore(share.endsAt))}` : ''
    const does = share.level === 'edit' ? 'to read and add to' : 'to read'
    return `${share.by ? `${share.by},` : 'Somebody who works with it'} shared parts of this case with you${until}, ${does}${share.purpose ? `: ${share.purpose.replace(/\.$/, '')}` : ''}.`
  })
  const telephone = theCase.teamTelephone ? ` on ${theCase.teamTelephone}` : ''
  return (
    <InsetText>
      {said.map(words => (
        <p class="govuk-body" key={words}>
          {words}
        </p>
      ))}
      <p class="govuk-body">
        You see the parts of this case that are shared with you. What you do not find here may be there all the same. To ask about more,
        ring {theCase.teamName}
        {telephone}.
      </p>
    </InsetText>
  )
}
