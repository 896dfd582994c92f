import type { ComponentChildren, VNode } from 'preact'
import { paths } from '../../../paths.ts'
import { type PageAnswer, page } from '../../../platform/web/answer.ts'
import { Button, errorSummaryFor, type FieldError, WarningText } from '../../../ui/index.ts'
import type { StrangerVisit } from '../door.ts'
import type { Draft } from '../drafts.ts'

/** A page for somebody outside: one heading, what went wrong, a way out in a hurry, a title that tells nothing. */
export const outsidePage = (title: string, body: ComponentChildren, errors: readonly FieldError[] = []): PageAnswer =>
  outsideAnswer(
    title,
    <>
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">{title}</h1>
      {body}
    </>,
    errors.length > 0,
  )

/** The same with a heading of its own in the body. */
export const outsideAnswer = (title: string, body: VNode, hasErrors = false): PageAnswer =>
  page(title, body, { layout: 'calm', hasErrors, quickExit: true, exitBy: paths.refer.leave })

export const InDanger = (): VNode =>
  WarningText({ text: 'If somebody is in danger now, ring 999. Nobody reads what is sent here at once.', iconFallbackText: 'Warning' })

/** The same for a draft that is not there, is another's, was sent, or was kept no longer. */
export const notOpenHere = (typed?: VNode | null): PageAnswer => ({
  ...outsidePage(
    'This form is not open in this browser',
    <>
      {typed ? (
        <>
          <p class="govuk-body">What you typed on the last page was not saved. Copy it if you need it: it stands here once.</p>
          {typed}
        </>
      ) : null}
      <p class="govuk-body">It may have been sent already, or put by, or not saved for longer than it is kept.</p>
      <p class="govuk-body">
        <a class="govuk-link" href={paths.refer.return}>
          Come back to a form that you saved
        </a>{' '}
        or{' '}
        <a class="govuk-link" href={paths.refer.list}>
          begin again
        </a>
        .
      </p>
    </>,
  ),
  status: 404,
})

export const noSuchPage = (): PageAnswer => ({
  ...outsidePage(
    'Page not found',
    <p class="govuk-body">
      <a class="govuk-link" href={paths.refer.list}>
        See what you can ask for here
      </a>
    </p>,
  ),
  status: 404,
})

/** Too many from one place, for one service, or in all: what is written is kept, and the words say how to go on. */
export const tooMany = (back: string): PageAnswer => ({
  ...outsidePage(
    'Too many people are using this page',
    <>
      <p class="govuk-body">Nothing that you wrote is lost. Wait an hour, then try again.</p>
      <p class="govuk-body">If it cannot wait, ring the service. If somebody is in danger now, ring 999.</p>
      {Button({ text: 'Try again', href: back })}
    </>,
  ),
  status: 429,
})

/** Of a page that was posted with a token of before: nothing of it was saved, and all of it stands on the page again. */
export const openTooLong: FieldError = {
  field: '',
  message: 'This page had been open too long, so nothing was saved. Check what you wrote, add any files again, then press the button again',
}

/** What only machines fill in. */
export function Guard(): VNode {
  return (
    <div class="govuk-visually-hidden" aria-hidden="true">
      <label for="website">Leave this box empty</label>
      <input id="website" name="website" type="text" tabIndex={-1} autocomplete="off" />
    </div>
  )
}

/** Whatever fills in the hidden box is suspected, and reaches somebody all the same. */
export const isSuspected = ({ fields }: Pick<StrangerVisit, 'fields'>): boolean => fields.text('website') !== ''

// A machine has filled in all of it as soon as it has begun. Nobody who knows the pages by heart is held up at any single one of them.
const leastMilliseconds = 3_000

export const isTooFast = ({ startedAt }: Pick<Draft, 'startedAt'>, now: Date): boolean =>
  now.getTime() - startedAt.getTime() < leastMilliseconds

export const sentTooFast: FieldError = {
  field: '',
  message: 'Read what you wrote, then press the button again. It was sent quicker than a person writes',
}
