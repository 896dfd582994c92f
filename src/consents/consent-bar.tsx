import type { VNode } from 'preact'
import { type Case, panelPart } from '../cases/index.ts'
import { labelOf } from '../lists/index.ts'
import { paths } from '../paths.ts'
import { today } from '../platform/clock.ts'
import { lowerFirst } from '../platform/first-letter.ts'
import { formatDate } from '../platform/plain-date.ts'
import type { Visit } from '../platform/web/routes.ts'
import { AlertBar } from '../ui/index.ts'
import { type Purpose, purposes, type Standing, standingFor } from './consent.ts'
import { consentsOf } from './consents.queries.ts'

/** Over the case's page: a no, a yes that was taken back or has run out, and by what lawful reason the work goes on. Null for a yes, or nothing asked. */
export async function ConsentBar(visit: Visit, theCase: Case): Promise<VNode | null> {
  const { tx, actor, clock } = visit
  if (!(await panelPart(tx, actor, theCase, 'consent'))) return null
  const consents = await consentsOf(tx, theCase.id)
  if (consents.length === 0) return null
  const day = today(clock)
  const bars = await Promise.all(
    Object.keys(purposes).map(async purpose => {
      const standing = standingFor(consents, purpose as Purpose, day)
      const title = titleOf(purpose as Purpose, standing)
      if (!title || !standing.last) return null
      const { withoutConsent, withoutBecause } = standing.last
      const reason = withoutConsent ? await labelOf(tx, 'without-consent', withoutConsent) : ''
      return (
        <AlertBar
          key={purpose}
          kind={standing.wentOnWithout ? 'notice' : 'warning'}
          title={title}
          link={{ text: 'Consent', href: paths.consents.ofCase(theCase.id) }}
        >
          {reason ? `Gone on without it: ${lowerFirst(reason)}. ${withoutBecause}` : undefined}
        </AlertBar>
      )
    }),
  )
  return <>{bars}</>
}

function titleOf(purpose: Purpose, { state, last }: Standing): string | undefined {
  if (!last || state === 'given') return undefined
  const what = { assess: 'An assessment', share: 'Sharing' }[purpose]
  if (state === 'ran-out') return `Consent ran out: ${what.toLowerCase()}, on ${formatDate(last.untilOn ?? last.askedOn)}.`
  if (state === 'not-asked') return `${what}: consent was not asked for.`
  return last.answer === 'withdrawn'
    ? `${what}: consent was taken back on ${formatDate(last.askedOn)}.`
    : `${what} was refused on ${formatDate(last.askedOn)}.`
}
