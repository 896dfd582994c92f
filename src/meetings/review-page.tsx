import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { formatInstant, londonDate } from '../platform/clock.ts'
import { formatDate } from '../platform/plain-date.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, DataTable, Due, Form, Words } from '../ui/index.ts'
import { auditItem } from './change-items.ts'
import { itemLink, meetingPage, type OfItem } from './frame.tsx'
import type { ReviewKind, ReviewRules } from './kind.ts'
import { partyName } from './meeting.ts'
import { isOnCase, mayWriteWords } from './own-rows.ts'
import { mayFollow, type Review, reviewDues, reviewsFrom } from './review.ts'
import { ReviewTag } from './review-panel.tsx'
import { type RecordedStep, reviewStepsOf, takeStepBack, workingDays } from './review-steps.ts'
import { askedAsWords, dueStepWords, stepWords } from './review-words.ts'

/** An item whose kind has reviews; for another there is no such page. */
export async function withReview(
  visit: Visit,
  of: OfItem,
  work: (review: ReviewKind, rules: ReviewRules) => Promise<Answer>,
): Promise<Answer> {
  const { item, kind, series } = of
  return kind.review && item.state !== 'draft' && (await isOnCase(visit, of))
    ? work(kind.review, series.reviewRules ?? kind.review.rules)
    : notFound()
}

/** Those who run the meeting record a review, unless an item's free words are kept from them. */
export const mayRecordReview = async (visit: Visit, of: OfItem): Promise<boolean> =>
  of.item.mayEdit && (await mayWriteWords(visit, of)) !== undefined

/** A review step by step, with what is due of it: whoever reads the item's free words reads it, those who run the meeting go on with it. */
export const reviewPage = (visit: Visit, of: OfItem): Promise<Answer> =>
  withReview(visit, of, async (kindOfReview, rules) => {
    const { tx, actor, clock } = visit
    const { item, kind, series } = of
    const all = await reviewStepsOf(tx, item.id)
    const reviews = reviewsFrom(all.filter(one => !one.withdrawnAt))
    const mayRecord = await mayRecordReview(visit, of)
    if (all.length === 0 && !mayRecord) return notFound()
    await auditItem(tx, actor, clock.now(), 'meeting-review-read', item.id)
    const calendar = await workingDays(tx)
    const body = (
      <>
        {mayRecord ? (
          <>
            <Next visit={visit} of={of} review={reviews[0]} dues={reviews[0] ? reviewDues(reviews[0], rules, calendar) : []} />
            <p class="govuk-body">{rulesInWords(rules)}</p>
          </>
        ) : null}
        {reviews.map((review, place) => (
          <Steps
            key={review.steps[0].id}
            visit={visit}
            of={of}
            kindOfReview={kindOfReview}
            review={review}
            mayUndo={mayRecord && place === 0}
          />
        ))}
      </>
    )
    return meetingPage(kind, kindOfReview.name, body, { context: itemLink(item), inTitle: `${series.name}, case ${item.reference}` })
  })

const times = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`
const rulesInWords = (rules: ReviewRules): string =>
  `It is due from ${times(rules.complaints, 'complaint')} on, each made within ${times(rules.madeWithinMonths, 'month')} of what it is about and at most ${times(
    rules.withinMonths,
    'month',
  )} before the review is asked for; or where you judge otherwise. Times are working days from when it was asked for.`

type NextProps = { visit: Visit; of: OfItem; review: Review<RecordedStep> | undefined; dues: ReturnType<typeof reviewDues> }

function Next({ visit, of: { item }, review, dues }: NextProps): VNode {
  const link = (step: string, text: string, secondary: boolean) =>
    Button({ text, href: paths.meetings.reviewStep(item.id, step), ...(secondary ? { classes: 'govuk-button--secondary' } : {}) })
  return (
    <>
      {dues.map(due => (
        <p class="govuk-body" key={due.step}>
          {dueStepWords[due.step]}: <Due date={due.on} today={londonDate(visit.clock.now())} />
        </p>
      ))}
      <div class="govuk-button-group">
        {mayFollow(review, 'asked') ? link('asked', review ? 'It is asked for again' : 'Somebody asks for one', false) : null}
        {mayFollow(review, 'met') ? link('decided', 'Decide whether it reaches the threshold', false) : null}
        {mayFollow(review, 'acknowledged') ? link('acknowledged', 'It was acknowledged', true) : null}
        {mayFollow(review, 'held') ? link('held', 'The review was held', false) : null}
        {mayFollow(review, 'told') ? link('told', 'Whoever asked was told', false) : null}
        {mayFollow(review, 'dropped') ? link('dropped', 'They take it back', true) : null}
      </div>
    </>
  )
}

type StepsProps = { visit: Visit; of: OfItem; kindOfReview: ReviewKind; review: Review<RecordedStep>; mayUndo: boolean }

function Steps({ visit, of: { item }, kindOfReview, review, mayUndo }: StepsProps): VNode {
  const last = review.steps.at(-1)
  return (
    <>
      <h2 class="govuk-heading-m">
        Asked for on {formatDate(review.steps[0].happenedOn)} <ReviewTag review={review} />
      </h2>
      <DataTable
        caption={`The review asked for on ${formatDate(review.steps[0].happenedOn)}`}
        captionHidden
        rows={review.steps}
        keyOf={one => one.id}
        columns={[
          { heading: 'Step', rowHeader: true, cell: one => stepWords[one.step], second: one => formatDate(one.happenedOn) },
          { heading: 'What was recorded', cell: one => <Recorded step={one} kindOfReview={kindOfReview} /> },
          {
            heading: 'By',
            cell: one => one.byName,
            second: one => (
              <>
                {formatInstant(one.recordedAt)}
                {mayUndo && one === last ? (
                  <Form {...visit.form} action={paths.meetings.takeReviewStepBack(item.id, one.id)}>
                    <button class="ly-link-button" type="submit">
                      Take this step back
                    </button>
                  </Form>
                ) : null}
              </>
            ),
          },
        ]}
      />
    </>
  )
}

function Recorded({ step, kindOfReview }: { step: RecordedStep; kindOfReview: ReviewKind }): VNode {
  const weighed = kindOfReview.weighed.filter(one => step.weighed.includes(one.code)).map(one => one.label)
  const lines = [
    step.party ? partyName(step.party) : '',
    askedAsWords(step.askedAs),
    step.complaints === null ? '' : `${times(step.complaints, 'complaint')} counted`,
    weighed.length > 0 ? `Weighed: ${weighed.join('; ')}` : '',
    step.recommends === null ? '' : step.recommends ? 'With recommendations' : 'Without recommendations',
  ].filter(Boolean)
  return (
    <>
      {lines.map(line => (
        <span class="ly-second" key={line}>
          <bdi>{line}</bdi>
        </span>
      ))}
      {step.words ? <Words text={step.words} /> : null}
    </>
  )
}

/** Takes the last step back. */
export const postTakeReviewStepBack = (visit: Visit, of: OfItem): Promise<Answer> =>
  withReview(visit, of, async () => {
    if (!(await mayRecordReview(visit, of))) return notFound()
    const { tx, actor, clock, params } = visit
    const taken = await takeStepBack(tx, actor, clock.now(), of.item.id, params['stepId'] ?? '')
    return redirect(paths.meetings.review(of.item.id), {
      notice: taken.ok ? 'The step has been taken back.' : 'Another step has been recorded since. Take that one back first.',
    })
  })
