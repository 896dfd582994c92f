import { holdCase } from '../../access/index.ts'
import { audit } from '../../audit/index.ts'
import { type Case, type CasePanel, caseName, casePage, decideBy, type FrameParts, findCase, readerOf } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import type { Tx } from '../../platform/db/database.ts'
import { formatDate } from '../../platform/plain-date.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import { type Fields, noFields } from '../../platform/web/fields.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, errorFor, errorSummaryFor, type FieldError, Form, InsetText, Textarea } from '../../ui/index.ts'
import {
  addExchange,
  type Exchange,
  exchangesOf,
  isTakenBack,
  mayAdd,
  mayAnswer,
  mayAsk,
  mightHaveAsked,
  speaksAsReferrer,
  waitsForAnswer,
} from './exchanges.ts'
import { Talk } from './talk.tsx'
import { tellOfReferral } from './tell.ts'
import { tooLatePage } from './too-late-page.tsx'

type Side = 'ask' | 'answer' | 'add' | 'take-back'
const wording = {
  ask: {
    title: 'Ask the referrer for more',
    label: 'What do you need to know?',
    hint: 'They can read this, and nothing else of the case. The referral stays in your list, and its time runs on.',
    missing: 'Enter what you need to know',
    button: 'Send the question',
    done: 'Sent to the referrer. Their answer comes back into “Referrals”.',
  },
  answer: {
    title: 'Answer about your referral',
    label: 'Your answer',
    hint: 'It becomes part of the referral, which stays with whoever decides on it.',
    missing: 'Enter your answer',
    button: 'Send the answer',
    done: 'Your answer was sent',
  },
  add: {
    title: 'Add to your referral',
    label: 'What do you want to add?',
    hint: 'It becomes part of the referral. Whoever decides on it is told that there is more. In an emergency ring 999.',
    missing: 'Enter what you want to add',
    button: 'Add it',
    done: 'Added. Whoever decides on it has been told',
  },
  'take-back': {
    title: 'Take the referral back',
    label: 'Why?',
    hint: 'Whoever decides on it is told and reads why. They may still go on with it where somebody is at risk. What you wrote stays on the record.',
    missing: 'Enter why you take it back',
    button: 'Take it back',
    done: 'Taken back. Whoever decides on it has been told',
  },
} as const

/** `/cases/:caseId/referral/…`: what the receiving team asks its referrer, and the answer. */
export function exchangeRoutes(routes: Routes, parts: FrameParts): void {
  for (const [side, may] of [
    ['ask', 'manage-allocation'],
    ['answer', 'record'],
    ['add', 'record'],
    ['take-back', 'record'],
  ] as const) {
    const path = `/cases/:caseId/referral/${side}`
    routes.get(path, { may }, visit => withReferral(visit, side, (theCase, talk) => show(visit, parts, theCase, side, talk, noFields, [])))
    routes.post(path, { may }, visit => postExchange(visit, parts, side))
  }
}

/** For whoever may say something now. For everybody else there is no such page. */
async function withReferral(
  { tx, actor, params }: Visit,
  side: Side,
  work: (theCase: Case, talk: Exchange[]) => Promise<Answer>,
  tooLate: (theCase: Case, talk: Exchange[]) => Promise<Answer> = async () => notFound(),
): Promise<Answer> {
  const theCase = await findCase(tx, actor, params.caseId ?? '')
  if (!theCase) return notFound()
  const talk = await exchangesOf(tx, theCase.id)
  if (await mayBy[side](tx, actor, theCase, talk)) return work(theCase, talk)
  return (await mightHave[side](tx, actor, theCase)) ? tooLate(theCase, talk) : notFound()
}

/** What is said of a referral is said while nobody decides on it: whoever comes too late is told so, with what they typed. */
async function postExchange(visit: Visit, parts: FrameParts, side: Side): Promise<Answer> {
  const theCase = await findCase(visit.tx, visit.actor, visit.params.caseId ?? '')
  if (theCase) await holdCase(visit.tx, theCase.id)
  return withReferral(
    visit,
    side,
    (held, talk) => post(visit, parts, held, side, talk),
    (held, talk) => tooLatePage(visit, parts, held, { talk, isTheTeam: side === 'ask' }),
  )
}

const mayBy = { ask: mayAsk, answer: mayAnswer, add: mayAdd, 'take-back': mayAdd } as const
const mightHave = { ask: mightHaveAsked, answer: speaksAsReferrer, add: speaksAsReferrer, 'take-back': speaksAsReferrer } as const
const kindOf = { ask: 'asked', answer: 'answered', add: 'added', 'take-back': 'taken-back' } as const
const addressOf = {
  ask: paths.referrals.ask,
  answer: paths.referrals.answer,
  add: paths.referrals.add,
  'take-back': paths.referrals.takeBack,
} as const

async function post(visit: Visit, parts: FrameParts, theCase: Case, side: Side, talk: Exchange[]): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const read = readerOf(fields)
  const words = read.needed('words', wording[side].label, wording[side].missing, 4_000)
  if (read.errors.length > 0) return show(visit, parts, theCase, side, talk, fields, read.errors)
  await addExchange(tx, actor, clock.now(), theCase, { kind: kindOf[side], words }, tellOfReferral)
  return redirect(paths.cases.show(theCase.id), { notice: wording[side].done })
}

async function show(
  visit: Visit,
  parts: FrameParts,
  theCase: Case,
  side: Side,
  talk: readonly Exchange[],
  typed: Fields,
  errors: readonly FieldError[],
): Promise<Answer> {
  const { tx, actor, clock, form } = visit
  await audit(tx, actor, clock.now(), {
    action: 'case-opened',
    subject: { type: 'case', id: theCase.id },
    personId: theCase.personId,
    caseId: theCase.id,
  })
  const { title, label, hint, button } = wording[side]
  const body = (
    <div class="ly-narrow">
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">{title}</h1>
      <Talk talk={talk} />
      <Form {...form} action={addressOf[side](theCase.id)}>
        <Textarea
          name="words"
          rows={6}
          label={{ text: label, classes: 'govuk-label--s' }}
          hint={hint}
          value={typed.typed('words')}
          errorMessage={errorFor(errors, 'words')}
        />
        <div class="govuk-button-group">
          <Button text={button} />
          <a class="govuk-link" href={paths.cases.show(theCase.id)}>
            Cancel
          </a>
        </div>
      </Form>
    </div>
  )
  const options = { title: `${title} – ${caseName(theCase)}`, current: '', section: 'referrals', hasErrors: errors.length > 0 }
  return casePage(visit, parts, theCase, options, body)
}

/** On the case's page: what was asked and answered about the referral, and the way to say something. */
export const ReferralTalkPanel: CasePanel = async ({ tx, actor }, theCase) => {
  const talk = await exchangesOf(tx, theCase.id)
  const asks = await mayAsk(tx, actor, theCase)
  const answers = await mayAnswer(tx, actor, theCase, talk)
  const adds = await mayAdd(tx, actor, theCase, talk)
  if (talk.length === 0 && !asks && !adds) return null
  return (
    <section aria-labelledby="referrer">
      <h2 class="govuk-heading-m" id="referrer">
        {theCase.whole ? 'Asked of the referrer' : adds ? 'Where it stands' : 'Asked of you'}
      </h2>
      {adds ? <p class="govuk-body">{await standsInWords(tx, theCase)}</p> : null}
      {theCase.whole && theCase.status === 'referred' && isTakenBack(talk) ? (
        <InsetText text="The referrer has taken it back. Decide on it all the same: go on with it if somebody is at risk, or decline it because it was taken back." />
      ) : null}
      {talk.length === 0 && asks ? <p class="govuk-body">Nothing yet.</p> : <Talk talk={talk} />}
      {answers ? <Button text="Answer" href={paths.referrals.answer(theCase.id)} /> : null}
      {adds ? (
        <p class="govuk-body">
          <a class="govuk-link" href={paths.referrals.add(theCase.id)}>
            Add something to it
          </a>{' '}
          <a class="govuk-link" href={paths.referrals.takeBack(theCase.id)}>
            Take it back
          </a>
        </p>
      ) : null}
      {asks ? (
        <p class="govuk-body">
          <a class="govuk-link" href={paths.referrals.ask(theCase.id)}>
            {waitsForAnswer(talk) ? 'Ask for something else' : 'Ask the referrer for more'}
          </a>
        </p>
      ) : null}
    </section>
  )
}

/** For whoever referred, until it is decided: with whom it is, and by when they say so. */
async function standsInWords(tx: Tx, theCase: Case): Promise<string> {
  const due = await decideBy(tx, theCase)
  return `Not decided yet. ${theCase.teamName} ${due ? `decides by ${formatDate(due)}` : 'has set no time by which it decides'}.`
}
