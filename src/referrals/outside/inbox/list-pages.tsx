import type { VNode } from 'preact'
import { audit } from '../../../audit/index.ts'
import { soonest } from '../../../cases/index.ts'
import { addWorkingDays, timescalesFor } from '../../../dues/index.ts'
import { paths } from '../../../paths.ts'
import { formatInstant, londonDate, today as londonToday } from '../../../platform/clock.ts'
import type { PlainDate } from '../../../platform/plain-date.ts'
import { type Answer, notFound } from '../../../platform/web/answer.ts'
import type { Visit } from '../../../platform/web/routes.ts'
import { DataTable, Due, EmptyState, Tag } from '../../../ui/index.ts'
import { listPage } from '../../between/pages.tsx'
import { aboutWhom, urgencyOf } from '../form.ts'
import { decidedOutside, type OutsideReferral, seesOutside, waitingOutside } from '../inbox.queries.ts'
import { urgentWordsIn } from '../urgent-words.ts'

/** What waits for the teams that the actor triages for. */
export async function waitingPage(visit: Visit): Promise<Answer> {
  const { tx, actor, clock } = visit
  if (!seesOutside(actor)) return notFound()
  const today = londonToday(clock)
  const waiting = await waitingOutside(tx, actor)
  await listed(visit, waiting.length)
  const due = await dueDays(visit, waiting)
  const body = (
    <>
      <DataTable
        caption="From outside, waiting"
        captionHidden
        rows={waiting}
        keyOf={one => one.id}
        empty={
          <EmptyState title="Nothing from outside waits for a team of yours.">
            What people without an account send on a referral page stands here until somebody decides.
          </EmptyState>
        }
        columns={[
          {
            heading: 'About whom',
            rowHeader: true,
            cell: one => (
              <a class="govuk-link govuk-link--no-visited-state" href={paths.referrals.outsideOne(one.id)}>
                <bdi>{nameOf(one)}</bdi>
              </a>
            ),
            second: one => one.number,
          },
          { heading: 'Said', cell: one => <Said referral={one} /> },
          { heading: 'On the page', cell: one => one.pageName, second: one => whoseInbox(one) },
          { heading: 'Came', cell: one => formatInstant(one.sentAt), second: one => filesInWords(one.files) },
          { heading: 'Decide', cell: one => <Due date={due.get(one.id)!} today={today} /> },
        ]}
      />
      <p class="govuk-body">
        <a class="govuk-link" href={paths.referrals.outsideDecided}>
          Decided lately
        </a>
      </p>
    </>
  )
  return listPage(actor, 'outside', 'Referrals from outside', body)
}

/** What became of what came: without names, since whom it was about is no longer this team's to see by having decided. */
export async function decidedPage(visit: Visit): Promise<Answer> {
  const { tx, actor } = visit
  if (!seesOutside(actor)) return notFound()
  const decided = await decidedOutside(tx, actor)
  await listed(visit, decided.length)
  const body = (
    <>
      <DataTable
        caption="Decided, the latest first"
        captionHidden
        rows={decided}
        keyOf={one => one.id}
        empty={<EmptyState title="Nothing from outside has been decided lately.">What is kept no longer is not shown.</EmptyState>}
        columns={[
          {
            heading: 'Number',
            rowHeader: true,
            cell: one => (
              <a class="govuk-link govuk-link--no-visited-state" href={paths.referrals.outsideOne(one.id)}>
                {one.number}
              </a>
            ),
            second: one => one.pageName,
          },
          { heading: 'Came', cell: one => formatInstant(one.sentAt) },
          { heading: 'Decision', cell: one => <StateTag referral={one} />, second: one => one.decidedReason || null },
          { heading: 'By', cell: one => one.decidedBy ?? '', second: one => one.decidedAt && formatInstant(one.decidedAt) },
        ]}
      />
      <p class="govuk-body">
        <a class="govuk-link" href={paths.referrals.outside}>
          What waits
        </a>
      </p>
    </>
  )
  return listPage(actor, 'outside', 'Referrals from outside, decided', body)
}

const listed = ({ tx, actor, clock }: Visit, shown: number): Promise<void> =>
  audit(tx, actor, clock.now(), {
    action: 'outside-referrals-listed',
    subject: { type: 'user', id: actor.userId ?? '' },
    detail: { shown },
  })

/**
 * By when each is to be decided: so many working days after it came, as its page promises, and what its sender called urgent as soon as it would be were
 * it made in Lanyard.
 */
export async function dueDays({ tx }: Pick<Visit, 'tx'>, referrals: readonly OutsideReferral[]): Promise<ReadonlyMap<string, PlainDate>> {
  if (referrals.length === 0) return new Map()
  const { calendar } = await timescalesFor(tx, referrals[0]!.serviceArea)
  return new Map(
    referrals.map(one => {
      const came = londonDate(one.sentAt)
      const promised = addWorkingDays(calendar, came, one.answerWithin)
      return [one.id, soonest(urgencyOf(one), came, promised) ?? promised]
    }),
  )
}

export function nameOf({ answers }: Pick<OutsideReferral, 'answers'>): string {
  const { given, family } = aboutWhom(answers)
  return [family.toLocaleUpperCase('en-GB'), given].filter(Boolean).join(', ') || 'No name'
}

/** How urgent its sender called it, the words that stand out, and whether it looks like spam. */
export function Said({ referral: { answers, suspected } }: { referral: Pick<OutsideReferral, 'answers' | 'suspected'> }): VNode {
  const words = urgentWordsIn(answers)
  const urgency = urgencyOf({ answers })
  return (
    <>
      {urgency === 'emergency' ? <Tag text="Help needed today" classes="govuk-tag--red" /> : null}
      {urgency === 'urgent' ? <Tag text="Within days" classes="govuk-tag--orange" /> : null}
      {suspected ? <Tag text="May be spam" classes="govuk-tag--grey" /> : null}
      {words.length > 0 ? <span class="ly-second">Words in it: {words.join(', ')}</span> : null}
    </>
  )
}

export function StateTag({ referral: { state } }: { referral: Pick<OutsideReferral, 'state'> }): VNode {
  if (state === 'taken-up') return <Tag text="Taken up" classes="govuk-tag--green" />
  if (state === 'declined') return <Tag text="Declined" classes="govuk-tag--grey" />
  if (state === 'spam') return <Tag text="Spam" classes="govuk-tag--grey" />
  return <Tag text="Waits" classes="govuk-tag--blue" />
}

const whoseInbox = ({ teamName, passedFrom }: OutsideReferral): string =>
  passedFrom ? `To ${teamName}, passed on from ${passedFrom}` : `To ${teamName}`

export const filesInWords = (count: number): string | null => (count === 0 ? null : count === 1 ? '1 file' : `${count} files`)
