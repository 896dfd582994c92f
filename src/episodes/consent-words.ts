import type { Standing } from '../consents/index.ts'
import { formatDate } from '../platform/plain-date.ts'

/** How it stands with consent to sharing, in one line for whoever is about to share and whoever reads. */
export function consentInWords({ state, last, wentOnWithout }: Standing): string {
  const without = wentOnWithout ? ' It was gone on without, by a lawful reason.' : ''
  switch (state) {
    case 'given':
      return last
        ? `They agreed to share${last.shareWhat ? `: ${last.shareWhat}` : ''}${last.shareWith ? `. With: ${last.shareWith}` : ''}.${last.untilOn ? ` Until ${formatDate(last.untilOn)}.` : ''}`
        : 'They agreed.'
    case 'refused':
      return `Sharing was ${last?.answer === 'withdrawn' ? 'agreed to, and that was taken back' : 'refused'}${last ? ` on ${formatDate(last.askedOn)}` : ''}.${without}`
    case 'ran-out':
      return `Consent to sharing ran out${last?.untilOn ? ` on ${formatDate(last.untilOn)}` : ''}.${without}`
    default:
      return `Nobody has asked them about sharing.${without}`
  }
}
