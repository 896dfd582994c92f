import type { VNode } from 'preact'
import { DayInput, readerOf } from '../cases/index.ts'
import { paths } from '../paths.ts'
import { today } from '../platform/clock.ts'
import { formatDate } from '../platform/plain-date.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Checkboxes, errorFor, errorSummaryFor, type FieldError, Form, InsetText, Radios, Select, Textarea } from '../ui/index.ts'
import { buttons, itemLink, meetingPage, type OfItem } from './frame.tsx'
import type { ReviewKind, ReviewRules } from './kind.ts'
import { logOf } from './log.ts'
import { partyName } from './meeting.ts'
import { complaintsThatCount, mayFollow, type Review, type ReviewStepName, reviewsFrom } from './review.ts'
import { mayRecordReview, withReview } from './review-page.tsx'
import { type NewStep, type RecordedStep, recordStep, reviewStepsOf } from './review-steps.ts'
import { askedAs } from './review-words.ts'

/** The pages on which a step is recorded. What is asked on each: 'decided' becomes that it is met, or that it is not. */
const pages = {
  asked: { title: 'Somebody asks for a review', day: 'When they asked', words: 'In their words (optional)', missing: '' },
  acknowledged: { title: 'It was acknowledged', day: 'When', words: 'How (optional)', missing: '' },
  decided: {
    title: 'Does it reach the threshold?',
    day: 'When it was decided',
    words: 'Why',
    missing: 'Enter why it reaches the threshold, or does not',
  },
  held: {
    title: 'The review was held',
    day: 'When',
    words: 'What it found, and what it recommends to whom',
    missing: 'Enter what the review found',
  },
  told: {
    title: 'Whoever asked was told',
    day: 'When',
    words: 'How, and what they were told',
    missing: 'Enter how they were told, and what',
  },
  dropped: { title: 'They take it back', day: 'When', words: 'Why', missing: 'Enter why they take it back' },
} as const
type PageName = keyof typeof pages
const isPage = (name: string): name is PageName => Object.hasOwn(pages, name)

type Asked = { name: PageName; review: Review<RecordedStep> | undefined; kindOfReview: ReviewKind; rules: ReviewRules; counting: number }

/** A step that may come next; where another came meanwhile, the way back to where the review stands. */
async function withStep(visit: Visit, of: OfItem, work: (asked: Asked) => Promise<Answer>): Promise<Answer> {
  return withReview(visit, of, async (kindOfReview, rules) => {
    const name = visit.params['reviewStep'] ?? ''
    if (!isPage(name) || !(await mayRecordReview(visit, of))) return notFound()
    const { tx, actor } = visit
    const { item, kind } = of
    const [review] = reviewsFrom((await reviewStepsOf(tx, item.id)).filter(one => !one.withdrawnAt))
    if (!mayFollow(review, name === 'decided' ? 'met' : name)) return movedOn(of)
    const complaints = (await logOf(tx, actor, item.id, kind.logs)).filter(one => one.log === kindOfReview.log)
    const counting = review ? complaintsThatCount(complaints, review.steps[0].happenedOn, rules).length : 0
    return work({ name, review, kindOfReview, rules, counting })
  })
}

const movedOn = ({ item }: OfItem): Answer =>
  redirect(paths.meetings.review(item.id), { notice: 'The review has moved on: here is where it stands.' })

export const reviewStepPage = (visit: Visit, of: OfItem, typed: Fields = noFields, errors: readonly FieldError[] = []): Promise<Answer> =>
  withStep(visit, of, async asked => {
    const { item, kind } = of
    const { title, day, words } = pages[asked.name]
    const body = (
      <Form {...visit.form} action={paths.meetings.reviewStep(item.id, asked.name)} classes="ly-form">
        {errorSummaryFor(errors)}
        {asked.name === 'asked' ? <WhoAsks of={of} kindOfReview={asked.kindOfReview} typed={typed} errors={errors} /> : null}
        {asked.name === 'decided' ? <Decision asked={asked} typed={typed} errors={errors} /> : null}
        <DayInput name="on" legend={day} typed={typed} errors={errors} start={today(visit.clock)} />
        {Textarea({
          name: 'words',
          id: 'words',
          label: words,
          rows: 5,
          value: typed.typed('words'),
          errorMessage: errorFor(errors, 'words'),
        })}
        {asked.name === 'held' ? yesOrNo('recommends', 'Does it make recommendations?', typed, errors) : null}
        {buttons('Record it', asked.review ? paths.meetings.review(item.id) : paths.meetings.item(item.id))}
      </Form>
    )
    return meetingPage(kind, title, body, {
      context: itemLink(item),
      inTitle: asked.kindOfReview.name,
      narrow: true,
      hasErrors: errors.length > 0,
    })
  })

const yesOrNo = (name: string, legend: string, typed: Fields, errors: readonly FieldError[]): VNode =>
  Radios({
    name,
    fieldset: { legend: { text: legend, classes: 'govuk-fieldset__legend--s' } },
    value: typed.text(name),
    classes: 'govuk-radios--inline',
    items: [
      { value: 'yes', text: 'Yes' },
      { value: 'no', text: 'No' },
    ],
    errorMessage: errorFor(errors, name),
  })

type PartProps = { typed: Fields; errors: readonly FieldError[] }

function WhoAsks({ of, kindOfReview, typed, errors }: PartProps & { of: OfItem; kindOfReview: ReviewKind }): VNode {
  const people = of.parties.filter(one => one.role === kindOfReview.role)
  return (
    <>
      {Radios({
        name: 'as',
        fieldset: { legend: { text: 'Who asks?', classes: 'govuk-fieldset__legend--s' } },
        value: typed.text('as'),
        items: askedAs.map(one => ({ ...one })),
        errorMessage: errorFor(errors, 'as'),
      })}
      {people.length > 0
        ? Select({
            name: 'party',
            id: 'party',
            label: 'Who of this case, or for whom',
            value: typed.text('party'),
            items: [{ value: '', text: 'Nobody named here' }, ...people.map(one => ({ value: one.id, text: partyName(one) }))],
            errorMessage: errorFor(errors, 'party'),
          })
        : null}
    </>
  )
}

function Decision({ asked: { review, rules, counting, kindOfReview }, typed, errors }: PartProps & { asked: Asked }): VNode {
  return (
    <>
      {InsetText({
        text: `${counting} of the complaints that you read ${counting === 1 ? 'counts' : 'count'} for a review asked for on ${formatDate(
          review!.steps[0].happenedOn,
        )}. The threshold is ${rules.complaints}.`,
      })}
      {Radios({
        name: 'is',
        fieldset: { legend: { text: 'What is decided?', classes: 'govuk-fieldset__legend--s' } },
        value: typed.text('is'),
        items: [
          { value: 'met', text: 'It reaches the threshold: a review is held' },
          { value: 'not-met', text: 'It does not reach the threshold' },
        ],
        errorMessage: errorFor(errors, 'is'),
      })}
      {Checkboxes({
        name: 'weighed',
        fieldset: { legend: { text: 'What was weighed beside the number of complaints?', classes: 'govuk-fieldset__legend--s' } },
        values: [...typed.all('weighed')],
        items: kindOfReview.weighed.map(one => ({ value: one.code, text: one.label })),
      })}
    </>
  )
}

export const postReviewStep = (visit: Visit, of: OfItem): Promise<Answer> =>
  withStep(visit, of, async asked => {
    const { tx, actor, clock, fields } = visit
    const { name, review, kindOfReview, counting } = asked
    const { day, missing } = pages[name]
    const read = readerOf(fields)
    const extra: Partial<NewStep> = {}
    let step: ReviewStepName = name === 'decided' ? 'met' : name
    if (name === 'asked') {
      extra.askedAs = read.choice(
        'as',
        askedAs.map(one => one.value),
        'Choose who asks',
      )
      const party = of.parties.find(one => one.role === kindOfReview.role && one.id === fields.text('party'))
      if (fields.text('party') && !party) read.refuse('party', 'Choose somebody of this case, or nobody')
      extra.partyId = party?.id ?? null
    }
    if (name === 'decided') {
      step = read.choice('is', ['met', 'not-met'], 'Choose what is decided') || 'met'
      extra.weighed = kindOfReview.weighed.map(one => one.code).filter(code => fields.all('weighed').includes(code))
      extra.complaints = counting
    }
    if (name === 'held') extra.recommends = read.choice('recommends', ['yes', 'no'], 'Select yes if it makes recommendations') === 'yes'
    const before = review && name !== 'asked' ? review.steps.at(-1)!.happenedOn : undefined
    const happenedOn = read.day('on', day, {
      notAfter: today(clock),
      ...(before ? { notBefore: before, notBeforeWords: `on or after ${formatDate(before)}, the day of the step before` } : {}),
    })
    const words = read.text('words', 'What you wrote', 6_000)
    if (missing && !words) read.refuse('words', missing)
    if (!happenedOn || read.errors.length > 0) return reviewStepPage(visit, of, fields, read.errors)
    const recorded = await recordStep(tx, actor, clock.now(), of.item.id, { step, happenedOn, words, ...extra })
    return recorded.ok ? redirect(paths.meetings.review(of.item.id), { notice: 'Recorded.' }) : movedOn(of)
  })
