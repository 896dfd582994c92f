import type { VNode } from 'preact'
import { labelOf } from '../lists/index.ts'
import { MessagesAbout } from '../messages/index.ts'
import { paths } from '../paths.ts'
import { londonDate } from '../platform/clock.ts'
import { formatDate } from '../platform/plain-date.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, Columns, Details, Facts, Form, InsetText, Select, SidePanel, Tag, Words } from '../ui/index.ts'
import { actionsOfItems } from './actions.ts'
import { ActionTable } from './actions-page.tsx'
import { bringAgain } from './agenda.ts'
import { savedAnswers } from './answers.ts'
import { mayArrange } from './arrange-item.ts'
import { BetweenMeetings } from './between-meetings.tsx'
import { auditItem } from './change-items.ts'
import { itemSubject } from './conversations.ts'
import { Corrections, correctionsOf } from './corrections.tsx'
import { mayEndWork } from './end-work.ts'
import { entriesOfItem } from './entries.ts'
import { FlagRecords } from './flag-records.tsx'
import { recordsToFlag } from './flags.ts'
import { dayInWords, ItemName, itemTag, meetingLink, meetingPage, type OfItem, type OfMeeting, seriesLink, surnames } from './frame.tsx'
import { allWithholdingsOf, findItem, type Withholding } from './items.queries.ts'
import { partLabel } from './kind.ts'
import { LastTime, lastTimeOf } from './last-time.tsx'
import type { Item, Meeting } from './meeting.ts'
import { agenciesToLinkFor } from './our-records.ts'
import { OwnReferral, Withdrawn } from './own-referral.tsx'
import { isOnCase } from './own-rows.ts'
import { PeopleOfItem } from './people-of-item.tsx'
import { Reaching } from './reaching.tsx'
import { ReferralFacts } from './refer-pages.tsx'
import { whatHappened } from './referral.ts'
import { earlierResearchOfItem, type Research, researchOfItem } from './research.ts'
import { ResearchPanels } from './research-panels.tsx'
import { findMeeting, meetingsOf } from './series.queries.ts'

/** An item as its reader may see it: whom it is about, what was referred, what agencies know, and what they are to do next. */
export async function itemPage(visit: Visit, of: OfItem): Promise<Answer> {
  const { item, series, kind, meeting, parties } = of
  const { tx, actor, clock } = visit
  const now = clock.now()
  await auditItem(tx, actor, now, 'meeting-item-opened', item.id)
  const saved = await savedAnswers(tx, { itemId: item.id, formCode: kind.referral.code })
  const research = meeting ? await researchOfItem(tx, actor, item.id, meeting.id) : []
  const own = research.find(one => one.isOwn)
  const actions = await actionsOfItems(tx, actor, [item.id])
  const body = (
    <Columns
      first={<NextStep of={of} own={own} />}
      aside={
        <>
          <About
            of={of}
            earlier={item.repeatOf ? await findItem(tx, actor, item.repeatOf) : undefined}
            outcome={item.endedAs && kind.outcomes ? await labelOf(tx, kind.outcomes, item.endedAs) : ''}
          />
          {await MessagesAbout(visit, itemSubject, item.id)}
        </>
      }
    >
      {item.state === 'returned' ? InsetText({ text: `Sent back: ${item.triageWords}` }) : null}
      {await Withdrawn(visit, of)}
      {await OwnReferral(visit, of)}
      {series.seats.length > 0 && !series.runs && (item.state === 'sent' || item.state === 'discussed') ? (
        <p class="govuk-body">
          <a class="govuk-link" href={paths.meetings.conflict(item.id)}>
            I have a conflict of interest
          </a>
        </p>
      ) : null}
      <PeopleOfItem visit={visit} of={of} agencies={await agenciesToLinkFor(tx, actor, of)} isOnCase={await isOnCase(visit, of)} />
      <Reaching kind={kind} saved={saved} />
      {whatHappened(kind, saved) ? (
        <>
          <h2 class="govuk-heading-m">What happened</h2>
          <Words text={whatHappened(kind, saved)} />
        </>
      ) : null}
      {item.mayEdit || item.isFollowed ? <Corrections of={await correctionsOf(visit, of)} isOpen={item.state === 'referred'} /> : null}
      {await BetweenMeetings(visit, of)}
      {research.length > 0 && meeting ? (
        <ResearchPanels visit={visit} of={{ ...of, meeting }} research={research} answers={await answersOf(visit, research)} />
      ) : null}
      {meeting ? await EarlierResearch(visit, { ...of, meeting }) : null}
      <Said entries={await entriesOfItem(tx, item.id)} />
      {item.state === 'draft' ? null : <LastTime last={await lastTimeOf(tx, actor, item)} now={now} />}
      {actions.length > 0 ? (
        <ActionTable caption="Actions" actions={actions} names={new Map([[item.id, surnames(kind, parties)]])} now={now} />
      ) : null}
      {saved.revisions.size > 0 ? (
        <Details summaryText="The whole referral">
          <ReferralFacts kind={kind} saved={saved} now={now} />
        </Details>
      ) : null}
      <FlagRecords kind={kind} records={await recordsToFlag(tx, actor, now, of)} />
      {item.mayEdit && kind.staysOn && item.state === 'discussed' ? (
        <Again visit={visit} of={of} dates={(await meetingsOf(tx, series.id)).coming} />
      ) : null}
      {mayEndWork(of) ? (
        <p class="govuk-body">
          <a class="govuk-link" href={paths.meetings.endWork(item.id)}>
            End the work on this case
          </a>
        </p>
      ) : null}
      {mayArrange(item, meeting) ? (
        <p class="govuk-body">
          <a class="govuk-link" href={paths.meetings.arrange(item.id)}>
            Hold it over, or change its agencies
          </a>
        </p>
      ) : null}
      {item.mayEdit ? <Withholdings of={of} held={await allWithholdingsOf(tx, item.id)} /> : null}
    </Columns>
  )
  const context = (
    <>
      {meeting ? meetingLink(series, meeting) : seriesLink(series)} {itemTag(item)}{' '}
      {item.isRepeat ? <Tag text="Repeat" classes="govuk-tag--orange" /> : null}
    </>
  )
  const heading = <ItemName reference={item.reference} names={surnames(kind, parties)} />
  return meetingPage(kind, `Case ${item.reference}`, body, { heading, context, inTitle: series.name })
}

/** Of an item that stays on: what its agencies brought to the dates before. */
async function EarlierResearch(visit: Visit, of: OfItem & OfMeeting): Promise<VNode[]> {
  const { tx, actor } = visit
  const earlier = Map.groupBy(await earlierResearchOfItem(tx, actor, of.item.id, of.meeting.id), one => one.meetingId)
  const panels: VNode[] = []
  for (const [meetingId, research] of earlier) {
    const meeting = await findMeeting(tx, meetingId)
    if (!meeting) continue
    panels.push(
      <Details key={meetingId} summaryText={`What agencies brought to ${dayInWords(meeting.startsAt)}`}>
        <ResearchPanels
          visit={visit}
          of={{ ...of, meeting }}
          research={research}
          answers={await answersOf(visit, research)}
          id={`research-${meetingId}`}
        />
      </Details>,
    )
  }
  return panels
}

async function answersOf({ tx }: Visit, research: readonly Research[]) {
  const all = new Map<string, Awaited<ReturnType<typeof savedAnswers>>>()
  for (const { id, itemId } of research) all.set(id, await savedAnswers(tx, { itemId, researchId: id }))
  return all
}

function NextStep({ of: { item, series, kind }, own }: { of: OfItem; own: { id: string; state: string } | undefined }): VNode | null {
  const steps: { href: string; text: string }[] = []
  if (item.state === 'draft') steps.push({ href: paths.meetings.check(item.id), text: 'Go on with the referral' })
  if (item.mayEdit && item.state === 'referred') steps.push({ href: paths.meetings.triage(item.id), text: 'Triage it' })
  if (kind.shared && (item.state === 'sent' || item.state === 'discussed'))
    steps.push({ href: paths.meetings.shared(item.id), text: kind.shared.title })
  if (own && item.state === 'sent')
    steps.push({
      href: paths.meetings.research(item.id, own.id),
      text: own.state === 'asked' ? 'Say what your agency knows' : 'Your agency’s answer',
    })
  if ((item.state === 'returned' || item.state === 'withdrawn') && item.isOwnReferral)
    steps.push({ href: paths.meetings.referAgain(series.id, item.id), text: 'Refer again' })
  if (steps.length === 0) return null
  return (
    <SidePanel id="next" title="Do next">
      {steps.map(step => (
        <p class="govuk-body" key={step.href}>
          {Button({ text: step.text, href: step.href })}
        </p>
      ))}
    </SidePanel>
  )
}

/** What was decided of it and why, and what was said: to members once the minutes have gone round. */
function Said({ entries }: { entries: Awaited<ReturnType<typeof entriesOfItem>> }): VNode | null {
  if (entries.length === 0) return null
  return (
    <section aria-labelledby="said">
      <h2 class="govuk-heading-m" id="said">
        What was said and decided
      </h2>
      {entries.map(one => (
        <div key={one.id}>
          <Words text={one.words} lead={one.kind === 'decision' ? 'Decision' : 'Notes'} />
          {one.rationale ? <Words text={one.rationale} lead="Why" /> : null}
          <p class="govuk-hint">{dayInWords(one.meetingAt)}</p>
        </div>
      ))}
    </section>
  )
}

/** The earlier case is a link for whoever finds it there: it may have been closed to the others. */
function About({ of: { item, kind }, earlier, outcome }: { of: OfItem; earlier: Item | undefined; outcome: string }): VNode {
  const labels = new Map(
    kind.referral.pages
      .flatMap(page => page.sections.flatMap(section => section.questions))
      .flatMap(question =>
        question.type === 'choices' && Array.isArray(question.options) && question.code === kind.criterion
          ? question.options.map((one): [string, string] => [one.code, one.label])
          : [],
      ),
  )
  return (
    <SidePanel id="about" title="This case">
      <Facts
        items={[
          { label: 'Referred by', value: `${item.referredByName}, ${item.referringAgency}` },
          item.referredAt ? { label: 'On', value: dayInWords(item.referredAt) } : null,
          item.score === null ? null : { label: 'Checklist', value: `${item.score}${item.band ? `, ${item.band}` : ''}` },
          item.criteria.length > 0 ? { label: 'Because', value: item.criteria.map(one => labels.get(one) ?? one).join('; ') } : null,
          item.endedAs ? { label: 'What came of it', value: outcome } : null,
          item.isRepeat
            ? {
                label: 'Heard before',
                value: earlier ? (
                  <a class="govuk-link" href={paths.meetings.item(earlier.id)}>
                    The earlier case
                  </a>
                ) : (
                  'Yes'
                ),
              }
            : null,
        ]}
      />
    </SidePanel>
  )
}

function Withholdings({ of: { item, kind }, held }: { of: OfItem; held: readonly Withholding[] }): VNode {
  return (
    <section aria-labelledby="withheld">
      <h2 class="govuk-heading-m" id="withheld">
        Who must not receive it
      </h2>
      {held.every(one => one.endedAt) ? <p class="govuk-body">Nobody is kept from it.</p> : null}
      {held.map(one => (
        <p class="govuk-body" key={one.id}>
          <strong>{one.holderName}</strong>: {one.part ? partLabel(kind, one.part) : 'the whole case'}. {one.reason}{' '}
          <span class="ly-second">
            {one.by ?? 'By itself'}, {formatDate(londonDate(one.at))}
            {one.endedAt ? `. Ended by ${one.endedBy}, ${formatDate(londonDate(one.endedAt))}: ${one.endedReason}` : null}
          </span>
          {one.endedAt ? null : (
            <a class="govuk-link" href={paths.meetings.endWithholding(item.id, one.id)}>
              End this<span class="govuk-visually-hidden"> for {one.holderName}</span>
            </a>
          )}
        </p>
      ))}
      <p class="govuk-body">
        <a class="govuk-link" href={paths.meetings.withhold(item.id)}>
          Keep it from an agency or a person
        </a>
      </p>
    </section>
  )
}

/** Of a kind whose items stay on: the further date that this one goes to. */
function Again({ visit, of: { item }, dates }: { visit: Visit; of: OfItem; dates: readonly Meeting[] }): VNode | null {
  const further = dates.filter(one => one.id !== item.meetingId)
  if (further.length === 0) return null
  return (
    <Form {...visit.form} action={paths.meetings.again(item.id)}>
      {Select({
        name: 'meeting',
        id: 'meeting',
        label: 'Talk about it again on',
        items: further.map(one => ({ value: one.id, text: dayInWords(one.startsAt) })),
      })}
      {Button({ text: 'Put it on that agenda', classes: 'govuk-button--secondary', preventDoubleClick: true })}
    </Form>
  )
}

export async function postAgain({ tx, actor, clock, fields }: Visit, { item, series, kind }: OfItem): Promise<Answer> {
  const meeting = (await meetingsOf(tx, series.id)).coming.find(one => one.id === fields.text('meeting'))
  if (!meeting || !kind.staysOn) return notFound()
  const brought = await bringAgain(tx, actor, clock.now(), item, meeting)
  return redirect(paths.meetings.item(item.id), {
    notice: brought.ok ? 'It is on that agenda, and its agencies have been asked what they bring.' : 'It cannot be put there now.',
  })
}
