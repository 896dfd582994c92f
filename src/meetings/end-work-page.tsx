import { readerOf } from '../cases/index.ts'
import { isOption, optionsOf } from '../lists/index.ts'
import { paths } from '../paths.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { errorFor, errorSummaryFor, type FieldError, Form, InsetText, Radios, Textarea } from '../ui/index.ts'
import { actionsOfItems } from './actions.ts'
import { endWork, mayEndWork } from './end-work.ts'
import { buttons, itemLink, meetingPage, type OfItem, surnames } from './frame.tsx'
import { mayWriteWords } from './own-rows.ts'
import { isOver, reviewsFrom } from './review.ts'
import { reviewStepsOf } from './review-steps.ts'

/** Ends the work on an item, with what came of it. What is still open is told first. */
export async function endWorkPage(visit: Visit, of: OfItem, typed: Fields = noFields, errors: readonly FieldError[] = []): Promise<Answer> {
  const { item, kind, parties, series } = of
  if (!mayEndWork(of)) return notFound()
  const { tx, actor } = visit
  const open = (await actionsOfItems(tx, actor, [item.id])).filter(one => one.state === 'open').length
  const [review] = reviewsFrom((await reviewStepsOf(tx, item.id)).filter(one => !one.withdrawnAt))
  const left = [
    open === 1 ? '1 action is open' : open > 1 ? `${open} actions are open` : '',
    review && !isOver(review) ? 'a review is not over' : '',
  ].filter(Boolean)
  const body = (
    <Form {...visit.form} action={paths.meetings.endWork(item.id)} classes="ly-form">
      {errorSummaryFor(errors)}
      {left.length > 0 ? InsetText({ text: `Still to be done: ${left.join(', and ')}. Whoever was given an action keeps it.` }) : null}
      <p class="govuk-body">
        It closes to its members at once. Those who run the meeting keep it. Somebody who comes again is referred again.
      </p>
      {Radios({
        name: 'outcome',
        fieldset: { legend: { text: 'What came of it?', classes: 'govuk-fieldset__legend--s' } },
        value: typed.text('outcome'),
        items: (await optionsOf(tx, kind.outcomes!)).map(one => ({ value: one.code, text: one.label })),
        errorMessage: errorFor(errors, 'outcome'),
      })}
      {(await mayWriteWords(visit, of))
        ? Textarea({
            name: 'words',
            id: 'words',
            label: 'In words (optional)',
            rows: 4,
            value: typed.typed('words'),
            errorMessage: errorFor(errors, 'words'),
          })
        : null}
      {buttons('End the work', paths.meetings.item(item.id))}
    </Form>
  )
  return meetingPage(kind, 'End the work on this case', body, {
    context: itemLink(item, surnames(kind, parties)),
    inTitle: `${series.name}, case ${item.reference}`,
    narrow: true,
    hasErrors: errors.length > 0,
  })
}

export async function postEndWork(visit: Visit, of: OfItem): Promise<Answer> {
  if (!mayEndWork(of)) return notFound()
  const { tx, actor, clock, fields } = visit
  const read = readerOf(fields)
  const outcome = fields.text('outcome')
  if (!isOption(await optionsOf(tx, of.kind.outcomes!), outcome)) read.refuse('outcome', 'Choose what came of it')
  const words = (await mayWriteWords(visit, of)) ? read.text('words', 'What you wrote', 4_000) : ''
  if (read.errors.length > 0) return endWorkPage(visit, of, fields, read.errors)
  const ended = await endWork(tx, actor, clock.now(), of, { outcome, words })
  if (!ended.ok) return words ? notFound() : redirect(paths.meetings.item(of.item.id), { notice: 'It cannot be ended now.' })
  return redirect(paths.meetings.item(of.item.id), { notice: 'The work has ended, and the case is closed to its members.' })
}
