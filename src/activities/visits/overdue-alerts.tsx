import type { VNode } from 'preact'
import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import { may } from '../../platform/actor.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { AlertBar } from '../../ui/index.ts'
import { whenInWords } from '../appointments/appointment.ts'
import { isToBeLookedFor, telephoneLink, type VisitOut, whoIsOut } from './visit.ts'
import { overdueVisits } from './visits.queries.ts'

/**
 * Whoever has not come back from a visit, above everything else of "My work" of those who are to look for them, and of themselves. It stands there, whatever they
 * have read, until somebody says that the colleague is back or will be later. Null where nobody is missed.
 */
export async function OverdueAlerts(visit: Visit): Promise<VNode | null> {
  const { tx, actor, clock } = visit
  const now = clock.now()
  const answers = may(actor, 'supervise') || may(actor, 'break-glass')
  const overdue = await overdueVisits(tx, actor, now)
  const own = overdue.filter(one => one.isOwn)
  const missed = overdue.filter(one => isToBeLookedFor(one, { answers }, now))
  if (own.length + missed.length === 0) return null
  if (missed.length > 0) await audit(tx, actor, now, { action: 'visits-read', subject: { type: 'visits', id: '' } })
  return (
    <section id="not-back" aria-label="Not back from a visit">
      {own.map(one => (
        <AlertBar
          key={one.id}
          kind="danger"
          role="alert"
          title="You have not said that you are back from a visit."
          link={one.mayChange ? { text: 'Say that you are back, or will be later', href: paths.visits.change(one.id) } : undefined}
        >
          Expected back at {whenInWords(one.expectedBackAt, now)}. Your colleagues are told to look for you.
        </AlertBar>
      ))}
      {missed.map(one => (
        <AlertBar
          key={one.id}
          kind="danger"
          role="alert"
          title={`${whoIsOut(one)} ${one.second ? 'have' : 'has'} not come back from a visit.`}
          link={one.mayChange ? { text: 'Say that they are back, or will be later', href: paths.visits.change(one.id) } : undefined}
        >
          <WhatIsKnown one={one} now={now} />
        </AlertBar>
      ))}
    </section>
  )
}

function WhatIsKnown({ one, now }: { one: VisitOut; now: Date }): VNode {
  const numbers = [
    { name: one.workerName, number: one.workerTelephone },
    { name: one.second?.name ?? '', number: one.second?.telephone ?? '' },
  ].filter(({ number }) => number)
  return (
    <>
      Expected back at {whenInWords(one.expectedBackAt, now)}. Where: {one.whereabouts}. Look for them now
      {numbers.length > 0 ? ': ring ' : ''}
      {numbers.map(({ name, number }, at) => (
        <span key={number}>
          {at > 0 ? ' or ' : ''}
          {one.second ? `${name} on ` : ''}
          <a class="govuk-link" href={telephoneLink(number)}>
            {number}
          </a>
        </span>
      ))}
      . {one.mayChange ? '' : 'You may not say that they are back: when you hear from them, tell a colleague of theirs who may. '}
      <a class="govuk-link" href={paths.visits.board}>
        Who is out
      </a>
    </>
  )
}
