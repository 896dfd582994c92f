import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { errorFor, InsetText, Radios, Textarea } from '../../ui/index.ts'
import { type ActionFieldsProps, actionRoutes } from '../action-page.tsx'
import type { CasesParts } from '../case-frame.tsx'
import type { Case } from '../load-case.ts'
import { readerOf } from '../read-fields.ts'
import { acceptOffer, declineOffer, type Offer, standingOffer, withdrawOffer } from './offer-case.ts'

type Answer = { answer: 'accept' } | { answer: 'decline'; reason: string }
type Known = { offer: Offer | undefined }

const look = async ({ tx }: Visit, theCase: Case): Promise<Known> => ({ offer: await standingOffer(tx, theCase.id) })

/** A worker takes a case that was offered to them, or says why not; whoever offered it takes that back. */
export function answerOfferRoutes(routes: Routes, parts: CasesParts): void {
  actionRoutes<Known, Answer, 'not-now' | 'not-offered' | 'has-it-already' | 'withheld' | 'may-not-record'>(routes, parts, {
    name: 'answer-offer',
    may: 'record',
    moves: ['offer-declined'],
    isOffered: async ({ actor }, theCase) => theCase.state.offeredTo !== null && theCase.state.offeredTo === actor.userId,
    title: 'Do you take this case?',
    button: 'Save',
    look,
    Fields: AnswerFields,
    read: fields => {
      const read = readerOf(fields)
      const answer = read.choice('answer', ['accept', 'decline'], 'Select whether you take it')
      const reason = answer === 'decline' ? read.needed('reason', 'Reason', 'Enter why you do not take it', 1_000) : ''
      if (read.errors.length > 0 || !answer) return { errors: read.errors }
      return answer === 'accept' ? { answer } : { answer, reason }
    },
    inWords: wish => [{ label: 'You', value: wish.answer === 'accept' ? 'take it' : `do not take it: ${wish.reason}` }],
    act: async ({ tx, actor, clock }, theCase, wish) => {
      const now = clock.now()
      if (wish.answer === 'decline') return declineOffer(tx, actor, now, theCase, wish.reason)
      const done = await acceptOffer(tx, actor, now, theCase, parts.passing)
      if (done.ok)
        await parts.tellWorker?.(tx, actor, now, { caseId: theCase.id, workerId: actor.userId, formerWorkerId: theCase.workerId })
      return done
    },
    refusals: {
      'not-now': { field: 'answer', message: 'The case has been closed' },
      'not-offered': { field: 'answer', message: 'The case is no longer offered to you' },
      'has-it-already': { field: 'answer', message: 'You have the case already' },
      withheld: { field: 'answer', message: 'You cannot be given this case' },
      'may-not-record': { field: 'answer', message: 'You do not record in this team any more' },
    },
    done: wish => (wish.answer === 'accept' ? 'The case is yours' : 'Declined. Whoever offered it has been told'),
    leadsTo: (theCase, wish) => (wish.answer === 'accept' ? paths.cases.show(theCase.id) : paths.work.mine),
  })

  actionRoutes<Known, { withdraw: true }, 'not-now' | 'not-offered'>(routes, parts, {
    name: 'withdraw-offer',
    may: 'manage-allocation',
    moves: ['offer-withdrawn'],
    isOffered: async (_visit, theCase) => theCase.state.offeredTo !== null,
    title: 'Take the offer back',
    button: 'Take it back',
    look,
    Fields: ({ known }) => <p class="govuk-body">{known.offer?.workerName} has not answered yet. The case stays where it is.</p>,
    read: () => ({ withdraw: true }),
    inWords: () => [{ label: 'The offer', value: 'taken back' }],
    act: ({ tx, actor, clock }, theCase) => withdrawOffer(tx, actor, clock.now(), theCase),
    refusals: {
      'not-now': { field: 'offer', message: 'The case has been closed' },
      'not-offered': { field: 'offer', message: 'It has been answered meanwhile' },
    },
    done: () => 'Offer taken back',
  })
}

function AnswerFields({ known, typed, errors }: ActionFieldsProps<Known>): VNode {
  const { offer } = known
  return (
    <>
      {offer ? (
        <InsetText>
          Offered by {offer.author}.{offer.reason ? ` ${offer.reason}` : ''}
          {offer.handOver ? (
            <>
              <br />
              To know: {offer.handOver}
            </>
          ) : null}
        </InsetText>
      ) : null}
      <Radios
        name="answer"
        fieldset={{ legend: { text: 'Your answer', classes: 'govuk-fieldset__legend--s' } }}
        errorMessage={errorFor(errors, 'answer')}
        value={typed.text('answer')}
        items={[
          { value: 'accept', text: 'I take it' },
          {
            value: 'decline',
            text: 'I do not take it',
            conditional: {
              text: (
                <Textarea name="reason" rows={3} label="Why not?" value={typed.typed('reason')} errorMessage={errorFor(errors, 'reason')} />
              ),
            },
          },
        ]}
      />
    </>
  )
}
