import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import type { Tx } from '../platform/db/database.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import { AlertBar } from '../ui/index.ts'
import type { Standing } from './consent.ts'
import { standingOf } from './consents.queries.ts'

/**
 * What stands in the way of an assessment: a no, a yes that has run out, or that nobody asked, until they are asked again or somebody who has the
 * right to it goes on by a lawful reason (E4). Null for a yes, for that reason, and where no consent was ever written down, as of old cases.
 */
export async function consentInTheWay(tx: Tx, caseId: string, today: PlainDate): Promise<VNode | null> {
  const { state, wentOnWithout } = await standingOf(tx, caseId, 'assess', today)
  if (state === 'given' || state === 'unknown' || wentOnWithout) return null
  return (
    <AlertBar
      kind="warning"
      title={titles[state]}
      link={{ text: 'Ask for consent, or go on without it', href: paths.consents.ofCase(caseId) }}
    >
      Ask for consent before you assess. Whoever has the right to can go on without it, with a lawful reason.
    </AlertBar>
  )
}

const titles: Readonly<Record<Exclude<Standing['state'], 'given' | 'unknown'>, string>> = {
  refused: 'An assessment was refused.',
  'ran-out': 'Consent to an assessment has run out.',
  'not-asked': 'Nobody was asked for their consent to an assessment.',
}
