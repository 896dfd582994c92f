import type { VNode } from 'preact'
import { FormFacts, validate, workOut } from '../forms/index.ts'
import { paths } from '../paths.ts'
import { londonDate } from '../platform/clock.ts'
import { type Answer, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { errorSummaryFor, Form, InsetText } from '../ui/index.ts'
import { formOfMeeting, formToRead, type Saved, saveAnswers, surroundings } from './answers.ts'
import { auditItem, beginReferral } from './change-items.ts'
import { backToItem, buttons, meetingPage, type OfItem, type OfSeries, seriesLink } from './frame.tsx'
import { findItem } from './items.queries.ts'
import { KeptOnRecords, keepAsOnRecord, keptOnRecords } from './kept-on-record.tsx'
import type { MeetingKind } from './kind.ts'
import { LinkedInDraft, linkedIn } from './linked-in-draft.tsx'
import type { Item, Party } from './meeting.ts'
import { partOf } from './parts-of-item.ts'
import { referredFrom } from './referral.ts'
import { savedReferral } from './saved-referral.ts'
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
      {before
        ? InsetText({
            text:
              before.state === 'returned'
                ? `Case ${before.reference} came back: ${before.triageWords}`
                : `You withdrew case ${before.reference}.`,
          })
        : null}
      <Form {...visit.form} action={paths.meetings.refer(series.id)}>
        {before ? <input type="hidden" name="from" value={before.id} /> : null}
        {buttons(before ? 'Refer again with what was sent' : 'Begin a referral', paths.meetings.home)}
      </Form>
    </>
  )
  return meetingPage(kind, `Refer to ${series.name}`, body, { narrow: true })
}

/** A referral of the actor's own to this series that was sent back, or that they took back. */
async function cameBack({ tx, actor }: Visit, { series }: OfSeries, itemId: string): Promise<Item | undefined> {
  const item = await findItem(tx, actor, itemId)
  const isBack = item?.state === 'returned' || item?.state === 'withdrawn'
  return item?.isOwnReferral && isBack && item.seriesId === series.id ? item : undefined
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
      filled: await savedReferral(tx, kind, before.id),
      sections: form.definition.pages.flatMap(page => page.sections.map(section => section.code)),
      rowFor: section => ({ audience: 'referrer', part: partOf(kind, section) }),
    })
    return redirect(paths.meetings.check(id), { notice: 'This is what was sent. Put right what it lacked, then send it.' })
  }
  return redirect(paths.meetings.referral(id, kind.referral.pages[0]!.code))
}

const recordsOf = (parties: readonly Party[]): string[] => parties.flatMap(one => one.records.map(each => each.personId))

/** A draft is its referrer's alone, and nobody else's address. */
const isDraft = ({ item }: OfItem): boolean => item.state === 'draft' && item.mayCorrect

// ── Check and send ──────────────────────────────────────────────────────────────────────────────────────────────────────

export async function checkPage(visit: Visit, of: OfItem, complained = false): Promise<Answer> {
  const { item, series, kind } = of
  if (!isDraft(of)) return redirect(paths.meetings.item(item.id))
  const form = formOfMeeting(kind.referral)
  const around = surroundings(visit.clock.now())
  const saved = await savedReferral(visit.tx, kind, item.id)
  const workedOut = workOut(form, saved.answers, around)
  const errors = validate(form, saved, around, 'complete', workedOut)
  const named = referredFrom(kind, workedOut.answers, londonDate(visit.clock.now())).parties
  const linked = linkedIn(of, named)
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
      <ReferralFacts kind={kind} saved={saved} now={visit.clock.now()} pages={page => `${paths.meetings.referral(item.id, page)}?check`} />
      {errors.length === 0 ? (
        <Form {...visit.form} action={paths.meetings.check(item.id)}>
          <LinkedInDraft {...linked} />
          <KeptOnRecords kept={await keptOnRecords(visit, named, recordsOf(linked.stay))} />
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
  const saved = await savedReferral(visit.tx, kind, item.id)
  const workedOut = workOut(form, saved.answers, around)
  if (validate(form, saved, around, 'complete', workedOut).length > 0) return checkPage(visit, of, true)
  const referred = referredFrom(kind, workedOut.answers, londonDate(now))
  await keepAsOnRecord(visit, item, await keptOnRecords(visit, referred.parties, recordsOf(linkedIn(of, referred.parties).stay)))
  const sent = await submitReferral(visit.tx, visit.actor, now, item, kind, referred)
  // To whomever a case of these people is kept from, theirs is gone with it: they read that it was sent, as everybody does.
  return backToItem(visit, of, sent.ok ? `The referral has gone to ${series.name}.` : 'It had been sent already.')
}
