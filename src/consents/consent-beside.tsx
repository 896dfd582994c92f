import type { VNode } from 'preact'
import { readsPart } from '../cases/index.ts'
import { labelsOf } from '../lists/index.ts'
import { paths } from '../paths.ts'
import { today } from '../platform/clock.ts'
import { lowerFirst, upperFirst } from '../platform/first-letter.ts'
import { formatDate } from '../platform/plain-date.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Tag } from '../ui/index.ts'
import { type Consent, type Purpose, purposes, type Standing } from './consent.ts'
import { standingOf } from './consents.queries.ts'

/**
 * What was agreed to, by whom and until when, as it stands today: beside the forms of a case, which ask for it nowhere themselves. Null for whoever does not
 * read its consents. The form’s page has opened the case.
 */
export async function ConsentBeside({ tx, actor, clock }: Visit, caseId: string): Promise<VNode | null> {
  if (!(await readsPart(tx, actor, caseId, 'consent'))) return null
  const [authorities, reasons] = [await labelsOf(tx, 'consent-authority'), await labelsOf(tx, 'without-consent')]
  const words: Words = { authority: code => authorities.get(code) ?? code, reason: code => reasons.get(code) ?? code }
  const assess = await standingOf(tx, caseId, 'assess', today(clock))
  const share = await standingOf(tx, caseId, 'share', today(clock))
  // Asked in one go they were answered in one go: who and when is said once.
  const isSame = share.last !== null && share.last.consentId === assess.last?.consentId
  const answeredTo = (standing: Standing) => (standing.last ? answerInWords(standing.last, standing.state, words) : [])
  return (
    <>
      <ul class="ly-list">
        <Line what={purposes.assess} standing={assess} said={assess.last ? answeredTo(assess) : sinceReferral('assess', assess)} />
        <Line
          what={purposes.share}
          standing={share}
          said={share.last ? [sharedInWords(share.last), ...(isSame ? [] : answeredTo(share))] : sinceReferral('share', share)}
        />
      </ul>
      <p class="govuk-body">
        <a class="govuk-link" href={paths.consents.ofCase(caseId)}>
          Everything about consent
        </a>
      </p>
    </>
  )
}

type Words = Record<'authority' | 'reason', (code: string) => string>

function Line({ what, standing: { state }, said }: { what: string; standing: Standing; said: readonly string[] }): VNode {
  const { text, colour } = states[state]
  return (
    <li>
      {what} <Tag text={text} classes={`govuk-tag--${colour}`} />
      {said.map(line => (
        <span key={line} class="ly-second">
          {line}
        </span>
      ))}
    </li>
  )
}

const states: Readonly<Record<Standing['state'], { text: string; colour: string }>> = {
  given: { text: 'Agreed', colour: 'green' },
  refused: { text: 'Refused', colour: 'red' },
  'ran-out': { text: 'Ran out', colour: 'yellow' },
  'not-asked': { text: 'Not asked', colour: 'yellow' },
  unknown: { text: 'Not on record', colour: 'grey' },
}

const sharedInWords = ({ shareWhat, shareWith }: Consent): string => `${shareWhat}. With: ${shareWith}`

function answerInWords(consent: Consent, state: Standing['state'], words: Words): string[] {
  const { answer, answeredBy, authority, askedOn, askedBy, untilOn, withoutConsent, withoutBecause } = consent
  const who = [answeredBy, authority && lowerFirst(words.authority(authority))].filter(Boolean).join(', ')
  const when = `${answer === 'withdrawn' ? 'taken back' : 'asked'} on ${formatDate(askedOn)} by ${askedBy}`
  return [
    who ? `${who}; ${when}` : upperFirst(when),
    answer === 'given' ? untilInWords(untilOn, state) : '',
    withoutConsent ? `Gone on without it: ${lowerFirst(words.reason(withoutConsent))}. ${withoutBecause}` : '',
  ].filter(Boolean)
}

function untilInWords(untilOn: Consent['untilOn'], state: Standing['state']): string {
  if (untilOn === null) return 'Until they take it back'
  return `${state === 'ran-out' ? 'It counted until' : 'Until'} ${formatDate(untilOn)}`
}

/** Where nobody has been asked since, the referral speaks (`standingOf`). */
function sinceReferral(purpose: Purpose, { state, wentOnWithout }: Standing): string[] {
  if (state === 'unknown') return ['Nobody wrote down whether they agree']
  if (state === 'not-asked')
    return [purpose === 'assess' && wentOnWithout ? 'The referral says why it went on without asking' : 'Nobody has asked them']
  return [state === 'given' ? 'They agreed to the referral; nobody has asked since' : 'They refused the referral; nobody has asked since']
}
