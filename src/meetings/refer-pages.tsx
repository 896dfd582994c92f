import type { VNode } from 'preact'
import { type FormError, FormFacts, FormPage, readPosted, type SectionState, validate, workOut } from '../forms/index.ts'
import { paths } from '../paths.ts'
import { londonDate } from '../platform/clock.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { errorSummaryFor, Form, InsetText } from '../ui/index.ts'
import { formOfMeeting, formToRead, type Saved, saveAnswers, savedAnswers, surroundings } from './answers.ts'
import { askedNow } from './asked-now.ts'
import { auditItem, beginReferral } from './change-items.ts'
import { backToItem, buttons, meetingPage, type OfItem, type OfSeries, seriesLink } from './frame.tsx'
import { findItem } from './items.queries.ts'
import type { MeetingKind } from './kind.ts'
import type { Item } from './meeting.ts'
import { partOf } from './parts-of-item.ts'
import { referredFrom } from './referral.ts'
import { submitReferral } from './submit-referral.ts'

/** When to refer, before anything is asked. */
export async function referPage(visit: Visit, of: OfSeries): Promise<Answer> {
  const { series, kind } = of
  const before = await cameBack(visit, of, visit.query.get('from') ?? '')
  const body = (
    <>
      <p class="govuk-body">{kind.about}</p>
      <p class="govuk-body">Refer when one of these is so:</p>
      <ul class="govuk-list govuk-list--bullet">
        {kind.criteria.map(one => (
          <li key={one}>{one}</li>
        ))}
      </ul>
      {InsetText({ text: 'If somebody is in danger now, ring 999. A meeting comes after that.' })}
      {before ? InsetText({ text: `Case ${before.reference} came back: ${before.triageWords}` }) : null}
      <Form {...visit.form} action={paths.meetings.refer(series.id)}>
        {before ? <input type="hidden" name="from" value={before.id} /> : null}
        {buttons(before ? 'Refer again with what was sent' : 'Begin a referral', paths.meetings.home)}
      </Form>
    </>
  )
  return meetingPage(kind, `Refer to ${series.name}`, body, { narrow: true })
}

/** A referral of the actor's own to this series that was sent back. */
async function cameBack({ tx, actor }: Visit, { series }: OfSeries, itemId: string): Promise<Item | undefined> {
  const item = await findItem(tx, actor, itemId)
  return item?.isOwnReferral && item.state === 'returned' && item.seriesId === series.id ? item : undefined
}

export async function postRefer(visit: Visit, of: OfSeries): Promise<Answer> {
  const { series, kind } = of
  const { tx, actor } = visit
  const now = visit.clock.now()
  const before = await cameBack(visit, of, visit.fields.text('from'))
  const id = await beginReferral(tx, actor, now, series)
  if (before) {
    const form = formOfMeeting(kind.referral)
    await saveAnswers(tx, actor, now, {
      itemId: id,
      form,
      filled: await savedAnswers(tx, { itemId: before.id, formCode: kind.referral.code }),
      sections: form.definition.pages.flatMap(page => page.sections.map(section => section.code)),
      rowFor: section => ({ audience: 'referrer', part: partOf(kind, section) }),
    })
    return redirect(paths.meetings.check(id), { notice: 'This is what was sent. Put right what it lacked, then send it.' })
  }
  return redirect(paths.meetings.referral(id, kind.referral.pages[0]!.code))
}

/** A draft is its referrer's alone, and nobody else's address. */
const isDraft = ({ item }: OfItem): boolean => item.state === 'draft' && item.isOwnReferral

const which = ({ item, kind }: Pick<OfItem, 'item' | 'kind'>) => ({ itemId: item.id, formCode: kind.referral.code })

/** One page of a referral. */
export async function referralPage(visit: Visit, of: OfItem, answered?: { saved: Saved; errors: readonly FormError[] }): Promise<Answer> {
  const { item, series, kind } = of
  const form = formOfMeeting(kind.referral)
  const page = form.definition.pages.find(one => one.code === visit.params['referralPage'])
  if (!page) return notFound()
  if (!isDraft(of)) return redirect(paths.meetings.item(item.id))
  const around = surroundings(visit.clock.now())
  const saved = answered?.saved ?? (await savedAnswers(visit.tx, which(of)))
  const workedOut = workOut(form, saved.answers, around)
  const errors = answered?.errors ?? (visit.query.has('check') ? validate(form, saved, around, 'complete', workedOut) : [])
  const here = paths.meetings.referral(item.id, page.code)
  const body = (
    <div class="ly-form-page">
      <p class="govuk-body">
        Page {form.definition.pages.indexOf(page) + 1} of {form.definition.pages.length}. It is yours alone until you send it. Save before
        you go to another page.
      </p>
      <nav aria-label="Pages of the referral">
        <ol class="govuk-list">
          {form.definition.pages.map(one => (
            <li key={one.code}>
              {one === page ? (
                <strong aria-current="page">{one.title}</strong>
              ) : (
                <a class="govuk-link" href={paths.meetings.referral(item.id, one.code)}>
                  {one.title}
                </a>
              )}
            </li>
          ))}
        </ol>
      </nav>
      <FormPage
        form={form}
        page={page}
        filled={saved}
        workedOut={workedOut}
        errors={errors}
        around={around}
        sections={
          new Map(
            page.sections.map((section): [string, SectionState] => [
              section.code,
              { may: 'edit', revision: saved.revisions.get(section.code) ?? 0 },
            ]),
          )
        }
        post={{ action: here, ...visit.form }}
        asking={paths.meetings.askedNow(here)}
        addTo={visit.query.get('add') ?? undefined}
        isLast={form.definition.pages.at(-1) === page}
      />
    </div>
  )
  await auditItem(visit.tx, visit.actor, visit.clock.now(), 'meeting-referral-opened', item.id, { page: page.code })
  const hasErrors = errors.some(error => error.page === page.code)
  return meetingPage(kind, page.title, body, {
    context: seriesLink(series),
    inTitle: `Refer to ${series.name}`,
    hasErrors,
  })
}

export async function postReferral(visit: Visit, of: OfItem): Promise<Answer> {
  const { item, kind } = of
  const form = formOfMeeting(kind.referral)
  const pages = form.definition.pages
  const page = pages.find(one => one.code === visit.params['referralPage'])
  if (!page) return notFound()
  if (!isDraft(of)) return redirect(paths.meetings.item(item.id))
  const now = visit.clock.now()
  const around = surroundings(now)
  const before = await savedAnswers(visit.tx, which(of))
  const filled = readPosted(
    form,
    page.sections.flatMap(section => section.questions.map(one => one.code)),
    visit.fields,
    around,
    before,
  )
  const errors = validate(form, filled, around, 'draft').filter(error => error.page === page.code)
  await saveAnswers(visit.tx, visit.actor, now, {
    ...which(of),
    form,
    filled,
    sections: page.sections.map(section => section.code),
    rowFor: section => ({ audience: 'referrer', part: partOf(kind, section) }),
  })
  const here = paths.meetings.referral(item.id, page.code)
  const [add, remove] = [visit.fields.text('_add'), visit.fields.text('_remove')]
  if (add) return redirect(`${here}?add=${encodeURIComponent(add)}#${encodeURIComponent(add)}`)
  if (remove) return redirect(`${here}#${encodeURIComponent(remove.split('-', 1)[0]!)}`)
  if (errors.length > 0) return referralPage(visit, of, { saved: { ...before, ...filled }, errors })
  if (visit.fields.text('_then') === 'leave') return redirect(paths.meetings.home, { notice: 'Referral saved. It has not been sent.' })
  const next = pages[pages.indexOf(page) + 1]
  return redirect(next ? paths.meetings.referral(item.id, next.code) : paths.meetings.check(item.id))
}

/** Which questions of the page apply to what is typed in it now. */
export async function postReferralAsked(visit: Visit, of: OfItem): Promise<Answer> {
  const page = of.kind.referral.pages.find(one => one.code === visit.params['referralPage'])
  if (!page || !isDraft(of)) return notFound()
  return askedNow(visit, of.kind.referral, page, await savedAnswers(visit.tx, which(of)))
}

// ── Check and send ──────────────────────────────────────────────────────────────────────────────────────────────────────

export async function checkPage(visit: Visit, of: OfItem, complained = false): Promise<Answer> {
  const { item, series, kind } = of
  if (!isDraft(of)) return redirect(paths.meetings.item(item.id))
  const form = formOfMeeting(kind.referral)
  const around = surroundings(visit.clock.now())
  const saved = await savedAnswers(visit.tx, which(of))
  const workedOut = workOut(form, saved.answers, around)
  const errors = validate(form, saved, around, 'complete', workedOut)
  const listed = errors.map(error => ({ field: '', message: error.message, page: error.page }))
  const body = (
    <>
      {complained ? errorSummaryFor(listed) : null}
      {errors.length > 0 ? (
        <>
          <p class="govuk-body">Before it can be sent:</p>
          <ul class="govuk-list govuk-list--bullet">
            {errors.map(error => (
              <li key={error.code}>
                <a class="govuk-link" href={`${paths.meetings.referral(item.id, error.page)}?check#${error.field}`}>
                  {error.message}
                </a>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <ReferralFacts kind={kind} saved={saved} now={visit.clock.now()} pages={page => paths.meetings.referral(item.id, page)} />
      {errors.length === 0 ? (
        <Form {...visit.form} action={paths.meetings.check(item.id)}>
          <p class="govuk-body">Once it is sent, those who run {series.name} have it. You can read it and see what becomes of it.</p>
          {buttons('Send the referral', paths.meetings.home, 'Come back later')}
        </Form>
      ) : null}
    </>
  )
  await auditItem(visit.tx, visit.actor, visit.clock.now(), 'meeting-referral-opened', item.id)
  return meetingPage(kind, 'Check the referral', body, {
    context: seriesLink(series),
    inTitle: `Refer to ${series.name}`,
    hasErrors: complained,
  })
}

/** A referral to read: the sections that the reader sees. `pages` leads back to each to change it. */
export function ReferralFacts({
  kind,
  saved,
  now,
  pages,
}: {
  kind: MeetingKind
  saved: Saved
  now: Date
  pages?: (page: string) => string
}): VNode {
  const form = formToRead(kind.referral)
  const around = surroundings(now)
  const workedOut = workOut(form, saved.answers, around)
  return (
    <>
      {pages ? (
        <p class="govuk-body">
          Change:{' '}
          {form.definition.pages.map((page, place) => (
            <>
              {place > 0 ? ' · ' : null}
              <a class="govuk-link" href={pages(page.code)}>
                {page.title}
              </a>
            </>
          ))}
        </p>
      ) : null}
      <FormFacts form={form} filled={saved} workedOut={workedOut} around={around} sections={new Set(saved.revisions.keys())} />
    </>
  )
}

export async function postCheck(visit: Visit, of: OfItem): Promise<Answer> {
  const { item, kind, series } = of
  if (!isDraft(of)) return redirect(paths.meetings.item(item.id))
  const form = formOfMeeting(kind.referral)
  const now = visit.clock.now()
  const around = surroundings(now)
  const saved = await savedAnswers(visit.tx, which(of))
  const workedOut = workOut(form, saved.answers, around)
  if (validate(form, saved, around, 'complete', workedOut).length > 0) return checkPage(visit, of, true)
  const sent = await submitReferral(visit.tx, visit.actor, now, item, kind, referredFrom(kind, workedOut.answers, londonDate(now)))
  // To whomever a case of these people is kept from, theirs is gone with it: they read that it was sent, as everybody does.
  return backToItem(visit, of, sent.ok ? `The referral has gone to ${series.name}.` : 'It had been sent already.')
}
