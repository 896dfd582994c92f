import { labelOf } from '../lists/index.ts'
import { MessagesAbout } from '../messages/index.ts'
import { paths } from '../paths.ts'
import type { Answer } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Columns, Details, InsetText, Tag, Words } from '../ui/index.ts'
import { AboutItem } from './about-item.tsx'
import { actionsOfItems } from './actions.ts'
import { ActionTable } from './actions-page.tsx'
import { Again } from './again.tsx'
import { answersOfResearch } from './answers.ts'
import { mayArrange } from './arrange-item.ts'
import { BetweenMeetings } from './between-meetings.tsx'
import { auditItem } from './change-items.ts'
import { itemSubject } from './conversations.ts'
import { Corrections, correctionsOf } from './corrections.tsx'
import { EarlierResearch } from './earlier-research.tsx'
import { mayEndWork } from './end-work.ts'
import { entriesOfItem } from './entries.ts'
import { FlagRecords } from './flag-records.tsx'
import { recordsToFlag } from './flags.ts'
import { ItemName, itemTag, meetingLink, meetingPage, type OfItem, seriesLink, surnames } from './frame.tsx'
import { allWithholdingsOf, findItem } from './items.queries.ts'
import { KeptFrom } from './kept-from.tsx'
import { LastTime, lastTimeOf } from './last-time.tsx'
import { NextStep } from './next-step.tsx'
import { seatsWithNobody } from './nobody-answers.ts'
import { agenciesToLinkFor } from './our-records.ts'
import { OwnReferral, Withdrawn } from './own-referral.tsx'
import { isOnCase } from './own-rows.ts'
import { PeopleOfItem } from './people-of-item.tsx'
import { Reaching } from './reaching.tsx'
import { ReferralFacts } from './refer-pages.tsx'
import { whatHappened } from './referral.ts'
import { researchOfItem } from './research.ts'
import { ResearchPanels } from './research-panels.tsx'
import { SaidOfItem } from './said-of-item.tsx'
import { savedReferral } from './saved-referral.ts'
import { comingOf } from './series.queries.ts'

/** An item as its reader may see it: whom it is about, what was referred, what agencies know, and what they are to do next. */
export async function itemPage(visit: Visit, of: OfItem): Promise<Answer> {
  const { item, series, kind, meeting, parties } = of
  const { tx, actor, clock } = visit
  const now = clock.now()
  await auditItem(tx, actor, now, 'meeting-item-opened', item.id)
  const saved = await savedReferral(tx, kind, item.id)
  const research = meeting ? await researchOfItem(tx, actor, item.id, meeting.id) : []
  const own = research.find(one => one.mayAnswer)
  const actions = await actionsOfItems(tx, actor, [item.id])
  const onCase = await isOnCase(visit, of)
  const body = (
    <Columns
      first={<NextStep of={of} own={own} isOnCase={onCase} />}
      aside={
        <>
          <AboutItem
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
      <PeopleOfItem visit={visit} of={of} agencies={await agenciesToLinkFor(tx, actor, of)} isOnCase={onCase} />
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
        <ResearchPanels visit={visit} of={{ ...of, meeting }} research={research} answers={await answersOfResearch(tx, research)} />
      ) : null}
      {meeting ? await EarlierResearch(visit, { ...of, meeting }) : null}
      <SaidOfItem entries={await entriesOfItem(tx, item.id)} />
      {/* Of a case that goes on from date to date it stands above, and its actions below. */}
      {item.state === 'draft' || !item.repeatOf ? null : <LastTime last={await lastTimeOf(tx, actor, item)} now={now} />}
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
        <Again visit={visit} of={of} dates={await comingOf(tx, series.id)} />
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
      {item.mayEdit ? <KeptFrom of={of} held={await allWithholdingsOf(tx, item.id)} alone={await seatsWithNobody(tx, of)} /> : null}
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
