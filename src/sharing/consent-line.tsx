import type { VNode } from 'preact'
import type { Standing } from '../consents/index.ts'
import { paths } from '../paths.ts'
import { formatDate } from '../platform/plain-date.ts'

/** How it stands with consent to sharing, above what is shared: also where nobody has said anything. */
export function ConsentLine({ standing, caseId }: { standing: Standing; caseId: string }): VNode {
  return (
    <p class="govuk-body">
      {inWords(standing)}{' '}
      <a class="govuk-link" href={paths.consents.ofCase(caseId)}>
        Consent
      </a>
    </p>
  )
}

function inWords({ state, last, wentOnWithout }: Standing): string {
  if (last === null) return sinceReferral[state]
  switch (state) {
    case 'given':
      return `They agreed to share: ${last.shareWhat}. With: ${last.shareWith}.${last.untilOn ? ` Until ${formatDate(last.untilOn)}.` : ''}`
    case 'ran-out':
      return `Consent ran out${last.untilOn ? ` on ${formatDate(last.untilOn)}` : ''}: a share that rests on it asks for a lawful reason.`
    case 'refused':
      return `Sharing was ${last.answer === 'withdrawn' ? 'agreed to, and that was taken back' : 'refused'} on ${formatDate(last.askedOn)}: ${wentOnWithout ? 'it was gone on without, and ' : ''}every share asks for a lawful reason.`
    default:
      return sinceReferral[state]
  }
}

const sinceReferral: Readonly<Record<Standing['state'], string>> = {
  given: 'They agreed.',
  refused: 'They refused the referral: every share asks for a lawful reason.',
  'ran-out': 'Consent ran out: a share that rests on it asks for a lawful reason.',
  'not-asked': 'They have not been asked about sharing: a share that rests on consent asks for a lawful reason.',
  unknown: 'Nobody wrote down whether they agree: a share that rests on consent asks for a lawful reason.',
}
