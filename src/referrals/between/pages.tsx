import type { ComponentChildren, VNode } from 'preact'
import { audit } from '../../audit/index.ts'
import { urgencyWords } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import { formatName } from '../../people/index.ts'
import type { Actor } from '../../platform/actor.ts'
import { today as londonToday } from '../../platform/clock.ts'
import { formatDate, type PlainDate } from '../../platform/plain-date.ts'
import { type Answer, page } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { type Column, DataTable, Due, EmptyState, PageTitle, SubNavigation, Tag, When } from '../../ui/index.ts'
import { seesOutside } from '../outside/inbox.queries.ts'
import { standingOfTalk } from './exchanges.ts'
import { referralsToDecide, type SentReferral, sentReferrals, type WaitingReferral } from './referrals.queries.ts'

/** What waits for the actor's teams to decide. */
export async function inboxPage(visit: Visit): Promise<Answer> {
  const { tx, actor, clock } = visit
  const today = londonToday(clock)
  const waiting = await referralsToDecide(tx, actor)
  await audit(tx, actor, clock.now(), {
    action: 'referrals-listed',
    subject: { type: 'user', id: actor.userId ?? '' },
    detail: { shown: waiting.length },
  })
  const body = (
    <DataTable
      caption="Referrals to decide"
      captionHidden
      rows={waiting}
      keyOf={one => one.caseId}
      empty={
        <EmptyState title="No referral waits for a team of yours.">
          When somebody is referred to your team it stands here until somebody decides.
        </EmptyState>
      }
      columns={[
        who<WaitingReferral>(one => `${one.serviceName} ${one.reference}`),
        { heading: 'How urgent', cell: one => <UrgencyTag urgency={one.urgency} /> },
        { heading: 'From', cell: one => one.from, second: one => (one.passedOn ? `Passed on to ${one.teamName}` : `To ${one.teamName}`) },
        { heading: 'Came', cell: one => <When date={one.receivedOn} today={today} />, second: one => formatDate(one.receivedOn) },
        { heading: 'Decide', cell: one => (one.dueOn === never ? 'No time set' : <Due date={one.dueOn} today={today} />) },
        {
          heading: 'Referrer',
          cell: one => newsOf(one),
          second: one => (standingOfTalk(one.talk).waits ? 'Asked for more, no answer yet' : null),
        },
      ]}
    />
  )
  return listPage(actor, 'inbox', 'Referrals to decide', body)
}

/** What the actor and their teams referred elsewhere: where each stands, and no more. */
export async function sentPage(visit: Visit): Promise<Answer> {
  const { tx, actor, clock } = visit
  const today = londonToday(clock)
  const sent = await sentReferrals(tx, actor)
  await audit(tx, actor, clock.now(), {
    action: 'own-referrals-listed',
    subject: { type: 'user', id: actor.userId ?? '' },
    detail: { shown: sent.length },
  })
  const body = (
    <DataTable
      caption="Our referrals"
      captionHidden
      rows={sent}
      keyOf={one => one.caseId}
      empty={
        <EmptyState title="You and your team have referred nobody to another team.">
          To refer somebody, open their record and choose “Make a referral”.
        </EmptyState>
      }
      columns={[
        who<SentReferral>(one => `Referred by ${one.author}`),
        {
          heading: 'With',
          cell: one => `${one.teamName}, ${one.agencyName}`,
          second: one => (one.passedOn ? `${one.serviceName}, passed on` : one.serviceName),
        },
        { heading: 'Sent', cell: one => <When date={one.receivedOn} today={today} />, second: one => formatDate(one.receivedOn) },
        { heading: 'Where it stands', cell: one => <StandsTag sent={one} />, second: one => standsWords(one) },
      ]}
    />
  )
  return listPage(actor, 'sent', 'Our referrals', body)
}

/** Whom a referral is about, as a list of them begins. */
const who = <One extends { caseId: string } & Parameters<typeof formatName>[0]>(second: (one: One) => string): Column<One> => ({
  heading: 'Who',
  rowHeader: true,
  cell: one => (
    <a class="govuk-link govuk-link--no-visited-state" href={paths.cases.show(one.caseId)}>
      {formatName(one)}
    </a>
  ),
  second,
})

const never = 'infinity' as PlainDate

export function listPage(actor: Actor, area: string, title: string, body: ComponentChildren): Answer {
  const areas = [
    { key: 'inbox', text: 'To decide', href: paths.referrals.inbox },
    ...(seesOutside(actor) ? [{ key: 'outside', text: 'From outside', href: paths.referrals.outside }] : []),
    { key: 'sent', text: 'Our referrals', href: paths.referrals.sent },
  ]
  return page(
    title,
    <>
      <SubNavigation label="Referrals" items={areas.map(({ key, text, href }) => ({ text, href, active: key === area }))} />
      <PageTitle title={title} />
      {body}
    </>,
    { section: 'referrals' },
  )
}

function UrgencyTag({ urgency }: { urgency: WaitingReferral['urgency'] }): VNode | string {
  if (urgency === 'routine') return urgencyWords[urgency]
  return <Tag text={urgencyWords[urgency]} classes={urgency === 'emergency' ? 'govuk-tag--red' : 'govuk-tag--orange'} />
}

const newsOf = ({ talk }: WaitingReferral): VNode | string => {
  const { isTakenBack, news } = standingOfTalk(talk)
  if (isTakenBack) return <Tag text="Takes it back" classes="govuk-tag--orange" />
  if (news === 'added') return <Tag text="Has added to it" classes="govuk-tag--blue" />
  return news === 'answered' ? <Tag text="Has answered" classes="govuk-tag--blue" /> : ''
}

function StandsTag({ sent: { decision, talk } }: { sent: SentReferral }): VNode {
  if (decision === 'accepted') return <Tag text="Accepted" classes="govuk-tag--green" />
  if (decision === 'declined') return <Tag text="Declined" classes="govuk-tag--grey" />
  if (decision === 'signposted') return <Tag text="Signposted" classes="govuk-tag--grey" />
  const { waits, isTakenBack } = standingOfTalk(talk)
  if (waits) return <Tag text="They ask you for more" classes="govuk-tag--orange" />
  if (isTakenBack) return <Tag text="Taken back, not decided yet" classes="govuk-tag--grey" />
  return <Tag text="Not decided yet" classes="govuk-tag--blue" />
}

function standsWords({ decision, decidedOn, decisionReason, signpostedTo }: SentReferral): string | null {
  if (!decision) return null
  const why = { accepted: '', declined: decisionReason, signposted: signpostedTo }[decision]
  return [decidedOn && formatDate(decidedOn), why].filter(Boolean).join(' · ')
}
