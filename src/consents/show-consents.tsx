import type { VNode } from 'preact'
import { audit } from '../audit/index.ts'
import { partPage, withPart } from '../cases/index.ts'
import { labelsOf } from '../lists/index.ts'
import { paths } from '../paths.ts'
import { may } from '../platform/actor.ts'
import { formatInstant, today } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import { upperFirst } from '../platform/first-letter.ts'
import { formatDate, type PlainDate } from '../platform/plain-date.ts'
import type { Answer } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, Details, EmptyState, Facts, Tag } from '../ui/index.ts'
import { answerWords, type Consent, hasRunOut, latestOf, mayBeGoneOnWithout } from './consent.ts'
import { consentsOf } from './consents.queries.ts'
import type { ConsentsParts } from './consents-parts.ts'
import { inWords } from './keep-consent.ts'

/** Every consent of a case: what was asked of whom and what they said, each with how it came to stand as it does. */
export function showConsents(visit: Visit, parts: ConsentsParts): Promise<Answer> {
  return withPart(visit, 'consent', 'read', async part => {
    const { tx, actor, clock } = visit
    const { caseId, personId } = part
    await audit(tx, actor, clock.now(), { action: 'consents-read', subject: { type: 'case', id: caseId }, personId, caseId })
    const versions = await consentsOf(tx, caseId)
    const words = await wordsOf(tx)
    const mayRecord = part.mayEdit && may(actor, 'record')
    const mayGoOn = part.theCase.mayDecide && may(actor, 'go-on-without-consent')
    const body =
      versions.length === 0 ? (
        <EmptyState title="Nobody has been asked on this case yet, beyond what the referral says." />
      ) : (
        latestOf(versions).map(consent => (
          <ConsentArticle
            key={consent.consentId}
            caseId={caseId}
            consent={consent}
            before={versions.filter(one => one.consentId === consent.consentId && one.version < consent.version)}
            words={words}
            today={today(clock)}
            may={{ withdraw: mayRecord, goOn: mayGoOn }}
          />
        ))
      )
    const actions = mayRecord ? Button({ text: 'Ask for consent', href: paths.consents.record(caseId) }) : null
    return partPage(visit, parts, part, 'Consent', body, { current: 'consent', actions })
  })
}

type Words = (list: 'consent-how' | 'consent-capacity' | 'consent-authority' | 'without-consent', code: string) => string

async function wordsOf(tx: Tx): Promise<Words> {
  const lists = ['consent-how', 'consent-capacity', 'consent-authority', 'without-consent'] as const
  const labels = new Map(await Promise.all(lists.map(async list => [list, await labelsOf(tx, list)] as const)))
  return (list, code) => labels.get(list)?.get(code) ?? code
}

type ArticleProps = {
  caseId: string
  consent: Consent
  before: readonly Consent[]
  words: Words
  today: PlainDate
  may: { withdraw: boolean; goOn: boolean }
}

function ConsentArticle({ caseId, consent, before, words, today: day, may: allowed }: ArticleProps): VNode {
  const { consentId, answer, withoutConsent } = consent
  return (
    <section aria-labelledby={`consent-${consentId}`}>
      <h2 class="govuk-heading-m" id={`consent-${consentId}`}>
        {upperFirst(inWords(consent.purposes))} <StateTag consent={consent} today={day} />
      </h2>
      <Facts
        items={[
          consent.shareWhat !== '' && { label: sharedWords[answer], value: consent.shareWhat, second: `With ${consent.shareWith}` },
          { label: answer === 'withdrawn' ? 'Taken back' : 'Asked', value: formatDate(consent.askedOn), second: `by ${consent.askedBy}` },
          consent.how !== '' && { label: 'How', value: words('consent-how', consent.how) },
          consent.answeredBy !== '' && {
            label: 'Answered by',
            value: consent.answeredBy,
            second: consent.authority ? words('consent-authority', consent.authority) : undefined,
          },
          consent.capacity !== '' && {
            label: 'Can they decide this?',
            value: words('consent-capacity', consent.capacity),
            second: consent.capacityBecause || undefined,
          },
          consent.evidence !== '' && { label: 'What shows it', value: consent.evidence },
          consent.documentId !== null && {
            label: 'On file',
            value: (
              <a class="govuk-link" href={paths.documents.show(caseId, consent.documentId)}>
                The paper
              </a>
            ),
          },
          answer === 'given' && { label: 'Until', value: consent.untilOn ? formatDate(consent.untilOn) : 'They take it back' },
          consent.because !== '' && { label: 'Why', value: consent.because },
          withoutConsent !== '' && {
            label: 'Gone on without it',
            value: words('without-consent', withoutConsent),
            second: consent.withoutBecause,
          },
          { label: 'Written down', value: formatInstant(consent.recordedAt), second: `by ${consent.author}` },
        ]}
      />
      <p class="govuk-body">
        {allowed.withdraw && answer === 'given' ? (
          <a class="govuk-link" href={paths.consents.withdraw(caseId, consentId)}>
            They take it back
          </a>
        ) : null}
        {allowed.goOn && mayBeGoneOnWithout(consent, day) ? (
          <a class="govuk-link" href={paths.consents.goOn(caseId, consentId)}>
            Go on without it
          </a>
        ) : null}
      </p>
      {before.length > 0 ? (
        <Details summaryText="Before">
          <ul class="govuk-list govuk-list--bullet">
            {before.map(one => (
              <li key={one.version}>
                {answerWords[one.answer]} {formatDate(one.askedOn)}
                {one.answeredBy ? `, by ${one.answeredBy}` : ''}. {one.because} Written down {formatInstant(one.recordedAt)} by {one.author}
                .
              </li>
            ))}
          </ul>
        </Details>
      ) : null}
    </section>
  )
}

/** Never that something may be shared where somebody has said no: the label is read before the answer. */
const sharedWords: Readonly<Record<Consent['answer'], string>> = {
  given: 'May be shared',
  refused: 'They refused to share',
  withdrawn: 'May no longer be shared',
  'not-asked': 'They were not asked to share',
}

function StateTag({ consent: { answer, untilOn }, today: day }: { consent: Consent; today: PlainDate }): VNode {
  if (hasRunOut({ answer, untilOn }, day)) return <Tag text="Ran out" classes="govuk-tag--yellow" />
  const colour = { given: 'green', refused: 'red', withdrawn: 'red', 'not-asked': 'yellow' }[answer]
  return <Tag text={answerWords[answer]} classes={`govuk-tag--${colour}`} />
}
