import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { errorSummaryFor, type FieldError, Form } from '../ui/index.ts'
import { changeSeries } from './change-series.ts'
import { buttons, meetingPage, type OfSeries } from './frame.tsx'
import type { Series } from './meeting.ts'
import { ReviewRulesFields, readReviewRules } from './review-rules.tsx'
import { takesPart } from './series.queries.ts'
import { readWords, SeriesFields } from './set-up-pages.tsx'

const administers = (actor: Actor): boolean => actor.administers.includes(0)

/** Whoever runs a series changes how it is run, and the authority that set it up. */
export const mayChangeSeries = (actor: Actor, series: Series): boolean =>
  (series.runs && actor.capabilities.has('record')) || administers(actor)

const backOf = (series: Series): string => (takesPart(series) ? paths.meetings.series(series.id) : paths.meetings.home)

export async function seriesSettingsPage(
  visit: Visit,
  { series, kind }: OfSeries,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
  version = series.version,
): Promise<Answer> {
  if (!mayChangeSeries(visit.actor, series)) return notFound()
  const body = (
    <Form {...visit.form} action={paths.meetings.editSeries(series.id)} classes="ly-form">
      {errorSummaryFor(errors)}
      <p class="govuk-body">From now on. Dates that are fixed stay as they are: move or cancel each on its own page.</p>
      <input type="hidden" name="version" value={String(version)} />
      <SeriesFields typed={typed} errors={errors} otherwise={series} />
      {kind.review ? (
        <ReviewRulesFields kind={kind.review} rules={series.reviewRules ?? kind.review.rules} typed={typed} errors={errors} />
      ) : null}
      <p class="govuk-body">
        <a class="govuk-link" href={paths.meetings.runBy(series.id)}>
          Who runs it
        </a>
      </p>
      {buttons('Save', backOf(series))}
    </Form>
  )
  return meetingPage(kind, 'Change how it is run', body, { context: series.name, narrow: true, hasErrors: errors.length > 0 })
}

export async function postSeriesSettings(visit: Visit, of: OfSeries): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  if (!mayChangeSeries(actor, of.series)) return notFound()
  const { words, errors } = readWords(fields)
  const review = of.kind.review ? readReviewRules(of.kind.review, fields) : { rules: null, errors: [] }
  errors.push(...review.errors)
  const version = Number(fields.text('version')) || 0
  if (!words || errors.length > 0) return seriesSettingsPage(visit, of, fields, errors, version)
  const changed = await changeSeries(tx, actor, clock.now(), of.series, { ...words, reviewRules: review.rules }, version)
  if (!changed.ok)
    return seriesSettingsPage(visit, of, fields, [
      {
        field: 'name',
        message: `Somebody else changed it meanwhile: it is now “${of.series.name}”, ${of.series.startsAt}, ${of.series.place || 'no place'}. Save again to keep yours`,
      },
    ])
  return redirect(backOf(of.series), { notice: 'Saved. It holds from now on.' })
}
