import type { VNode } from 'preact'
import { type Consent, consentsOfCase, latestOf, type Standing, standingOf } from '../consents/index.ts'
import { paths } from '../paths.ts'
import { today } from '../platform/clock.ts'
import { formatDate } from '../platform/plain-date.ts'
import type { Visit } from '../platform/web/routes.ts'

/**
 * What was said to sharing, where something is shared: how it stands with it, and what else was agreed to or refused, word for word. Which of these a
 * share keeps to is for whoever shares to judge: what was agreed is written in words.
 */
export async function ConsentToSharing({ tx, clock }: Visit, caseId: string): Promise<VNode> {
  const standing = await standingOf(tx, caseId, 'share', today(clock))
  const others = latestOf(await consentsOfCase(tx, caseId)).filter(
    one => one.purposes.includes('share') && one.consentId !== standing.last?.consentId && one.answer !== 'not-asked',
  )
  return (
    <>
      <p class="govuk-body">
        {inWords(standing)}{' '}
        <a class="govuk-link" href={paths.consents.ofCase(caseId)}>
          Consent
        </a>
      </p>
      {others.length > 0 ? (
        <>
          <p class="govuk-body">Asked before that:</p>
          <ul class="govuk-list govuk-list--bullet">
            {others.map(one => (
              <li key={one.consentId}>{earlier(one)}</li>
            ))}
          </ul>
        </>
      ) : null}
    </>
  )
}

function earlier({ answer, shareWhat, shareWith, askedOn, untilOn }: Consent): string {
  const said = { given: 'agreed', refused: 'refused', withdrawn: 'taken back', 'not-asked': 'not asked' }[answer]
  return `${formatDate(askedOn)}, ${said}: ${shareWhat}. With: ${shareWith}.${answer === 'given' && untilOn ? ` Until ${formatDate(untilOn)}.` : ''}`
}

function inWords({ state, last, wentOnWithout }: Standing): string {
  if (last === null) return sinceReferral[state]
  switch (state) {
    case 'given':
      return `They agreed to share: ${last.shareWhat}. With: ${last.shareWith}.${last.untilOn ? ` Until ${formatDate(last.untilOn)}.` : ''}`
    case 'ran-out':
      return `Consent ran out${last.untilOn ? ` on ${formatDate(last.untilOn)}` : ''}: a share that rests on it needs a lawful reason to go on without it.`
    case 'refused':
      return `Sharing was ${last.answer === 'withdrawn' ? 'agreed to, and that was taken back' : 'refused'} on ${formatDate(last.askedOn)} (${last.shareWhat}; with ${last.shareWith}): ${wentOnWithout ? 'it was gone on without, and ' : ''}every share needs a lawful reason to go on without it.`
    default:
      return sinceReferral[state]
  }
}

const sinceReferral: Readonly<Record<Standing['state'], string>> = {
  given: 'They agreed.',
  refused: 'They refused the referral: every share needs a lawful reason to go on without it.',
  'ran-out': 'Consent ran out: a share that rests on it needs a lawful reason to go on without it.',
  'not-asked': 'They have not been asked about sharing: a share that rests on consent needs a lawful reason to go on without it.',
  unknown: 'Nobody wrote down whether they agree: a share that rests on consent needs a lawful reason to go on without it.',
}
