import type { ComponentChildren, VNode } from 'preact'
import { audit } from '../../audit/index.ts'
import { timescalesFor } from '../../dues/index.ts'
import { paths } from '../../paths.ts'
import { may } from '../../platform/actor.ts'
import { today as londonToday } from '../../platform/clock.ts'
import { daysBetween, formatDate, type PlainDate } from '../../platform/plain-date.ts'
import { notFound } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, Columns, DoNext, dueWords, Form, InsetText, type NextThing, Steps } from '../../ui/index.ts'
import { standingOffer } from '../allocate/offer-case.ts'
import { type CasePanel, type CasesParts, caseName, casePage } from '../case-frame.tsx'
import { coWorkersOf } from '../co-workers/co-workers.ts'
import { flagsOfCase } from '../flags/flags.ts'
import { type Case, findCase, readsSharing } from '../load-case.ts'
import { stepsOf } from '../stage.ts'
import { type CaseEventKind, decidedByItsOwners, mayHappen } from '../status.ts'
import { TimelineList } from '../timeline/timeline-list.tsx'
import { timelineOf } from '../timeline/timeline-of.ts'
import { AccessPanel } from './access-panel.tsx'
import { allocationsOf, closuresOf, coverOf, type DueRow, duesOf, grantsOf, referralOf, risksOf } from './case-facts.ts'
import { FlagsPanel } from './flags-panel.tsx'
import { HeldByPanel } from './held-by-panel.tsx'
import { ReferralSection } from './referral-section.tsx'
import { RiskPanel, SharedRisk } from './risk-panel.tsx'
import { SharedBy } from './shared-by.tsx'

/** A case: where it stands, what to do next, its risk and flags, and the parts that other modules fill. */
export function showCaseRoutes(routes: Routes, parts: CasesParts): void {
  routes.get('/cases/:caseId', { may: 'read-records' }, async visit => {
    const { tx, actor, clock } = visit
    const theCase = await findCase(tx, actor, visit.params['caseId'] ?? '')
    if (!theCase) return notFound()
    await audit(tx, actor, clock.now(), {
      action: 'case-opened',
      subject: { type: 'case', id: theCase.id },
      personId: theCase.personId,
      caseId: theCase.id,
    })
    const bars = await panelsOf(visit, theCase, parts.bars ?? [])
    const own = await parts.ownPage?.(visit, theCase)
    const body = own ?? (theCase.whole ? await wholeCase(visit, parts, theCase) : await sharedParts(visit, parts, theCase))
    return casePage(visit, parts, theCase, { title: caseName(theCase), current: 'overview' }, [bars, body])
  })
}

/** A case's page as part of another's: what somebody else would find there. Null where they would find no such case. */
export async function caseAsSeen(visit: Visit, parts: CasesParts, caseId: string): Promise<VNode | null> {
  const theCase = await findCase(visit.tx, visit.actor, caseId)
  if (!theCase) return null
  const heading = <h3 class="govuk-heading-m">{theCase.serviceName}</h3>
  const own = await parts.ownPage?.(visit, theCase, heading)
  return (
    <>
      {await parts.personBanner(visit, theCase.personId)}
      {await panelsOf(visit, theCase, parts.bars ?? [])}
      {own ?? (theCase.whole ? await wholeCase(visit, parts, theCase, heading) : await sharedParts(visit, parts, theCase, heading))}
    </>
  )
}

const headingOf = (theCase: Case): VNode => <h1 class="govuk-heading-l">{theCase.serviceName}</h1>

async function wholeCase(visit: Visit, parts: CasesParts, theCase: Case, heading = headingOf(theCase)): Promise<VNode> {
  const { tx, clock } = visit
  const today = londonToday(clock)
  const does = doing(visit, theCase)
  const isSharingRead = readsSharing(visit.actor, theCase)
  // Asked together: one round trip to the database for all of them.
  const [referral, risks, flags, allocations, coWorkers, covers, offer, dues, closures, timeline, grants] = await Promise.all([
    referralOf(tx, theCase.id),
    risksOf(tx, theCase.id),
    flagsOfCase(tx, theCase.id),
    allocationsOf(tx, theCase.id),
    coWorkersOf(tx, theCase.id),
    coverOf(tx, theCase, today),
    theCase.state.offeredTo ? standingOffer(tx, theCase.id) : undefined,
    duesOf(tx, theCase.id),
    closuresOf(tx, theCase.id),
    timelineOf(tx, { personId: theCase.personId, filters: { caseId: theCase.id }, limit: 10 }),
    isSharingRead ? grantsOf(tx, theCase.id) : [],
  ])
  return (
    <Columns
      first={
        <DoNext
          items={dues.map(due => nextThing(due, theCase, today, does))}
          actions={<NextActions visit={visit} theCase={theCase} does={does} />}
        />
      }
      aside={
        <>
          <RiskPanel theCase={theCase} risks={risks} mayRate={does('risk-rated', 'record')} />
          <FlagsPanel
            theCase={theCase}
            flags={flags}
            today={today}
            mayFlag={does('flag-raised', 'record')}
            maySettle={does('flag-resolved', 'record')}
          />
          <HeldByPanel
            theCase={theCase}
            allocations={allocations}
            coWorkers={coWorkers}
            covers={covers}
            offer={offer}
            mayAllocate={does('worker-allocated', 'manage-allocation')}
            mayAddCoWorker={does('co-worker-added', 'manage-allocation')}
          />
          {await panelsOf(visit, theCase, parts.sidePanels)}
          {isSharingRead ? (
            <AccessPanel
              theCase={theCase}
              grants={grants}
              now={clock.now()}
              mayRestrict={does(theCase.restricted ? 'unrestricted' : 'restricted', 'restrict')}
            />
          ) : null}
        </>
      }
    >
      {heading}
      <Steps label="Where the case stands" items={stepsOf(theCase.state, await timescalesFor(tx, theCase.serviceArea), today)} />
      {theCase.status === 'closed' && closures[0] ? (
        <InsetText>
          <strong>
            Closed on {formatDate(closures[0].closedOn)}: {closures[0].reason}. {closures[0].outcome}.
          </strong>
          <br />
          {closures[0].summary}
        </InsetText>
      ) : null}
      {await panelsOf(visit, theCase, parts.panels)}
      {referral ? <ReferralSection referral={referral} /> : null}
      {referral && parts.howToReach ? await parts.howToReach(visit, theCase) : null}
      <h2 class="govuk-heading-m">Latest</h2>
      <TimelineList
        page={timeline}
        today={today}
        earlierHref={`${paths.cases.timeline(theCase.personId)}?service=${theCase.serviceArea}`}
      />
    </Columns>
  )
}

/** For somebody with whom parts were shared: those parts and the header, and no word of the rest. */
async function sharedParts(visit: Visit, parts: CasesParts, theCase: Case, heading = headingOf(theCase)): Promise<VNode> {
  const { tx } = visit
  const [referral, risks, flags, timeline] = await Promise.all([
    referralOf(tx, theCase.id),
    risksOf(tx, theCase.id),
    flagsOfCase(tx, theCase.id),
    timelineOf(tx, { personId: theCase.personId, filters: { caseId: theCase.id }, limit: 10 }),
  ])
  return (
    <>
      {heading}
      {await SharedBy(visit, theCase)}
      <SharedRisk risks={risks} />
      {flags.length > 0 ? (
        <FlagsPanel theCase={theCase} flags={flags} today={londonToday(visit.clock)} mayFlag={false} maySettle={false} />
      ) : null}
      {referral ? <ReferralSection referral={referral} /> : null}
      {referral && parts.howToReach ? await parts.howToReach(visit, theCase) : null}
      {await panelsOf(visit, theCase, parts.panels)}
      <h2 class="govuk-heading-m">Latest</h2>
      {/* Never that nothing is there: there may be, and it is not theirs to see. */}
      <TimelineList page={timeline} today={londonToday(visit.clock)} empty="Nothing of what was recorded is shared with you." />
    </>
  )
}

async function panelsOf(visit: Visit, theCase: Case, panels: readonly CasePanel[]): Promise<ComponentChildren> {
  const filled: ComponentChildren[] = []
  for (const panel of panels) filled.push(await panel(visit, theCase))
  return filled
}

type Does = (kind: CaseEventKind, capability: Parameters<typeof may>[1]) => boolean

/** Whether this actor may do this to the case now: the table of moves, the capability, and the right to edit together. */
const doing =
  ({ actor }: Visit, theCase: Case): Does =>
  (kind, capability) =>
    (decidedByItsOwners.has(kind) ? theCase.mayDecide : theCase.mayEdit) && may(actor, capability) && mayHappen(theCase.status, kind)

function nextThing(due: DueRow, theCase: Case, today: PlainDate, does: Does): NextThing {
  const href =
    due.href ||
    (due.source === 'stage'
      ? stageHref(theCase, does)
      : due.source === 'review' && does('review-held', 'record')
        ? paths.cases.action(theCase.id, 'hold-review')
        : undefined)
  if (due.dueOn === ('infinity' as PlainDate)) return { text: due.words, href }
  const { words, overdue } = dueWords(due.dueOn, today)
  const near = overdue || daysBetween(today, due.dueOn) <= 7
  return { text: due.words, href, due: near ? words : formatDate(due.dueOn), late: overdue }
}

function stageHref(theCase: Case, does: Does): string | undefined {
  if (does('accepted', 'manage-allocation')) return paths.cases.action(theCase.id, 'triage')
  if (!theCase.workerId && does('worker-allocated', 'manage-allocation')) return paths.cases.action(theCase.id, 'allocate')
  const { status, state } = theCase
  if (status !== 'open' || !theCase.mayEdit) return undefined
  if (!state.assessedOn) return state.assessmentStartedOn ? paths.forms.list(theCase.id) : paths.forms.begin(theCase.id)
  if (!state.plannedOn) return paths.plan.show(theCase.id)
  return does('review-held', 'record') ? paths.cases.action(theCase.id, 'hold-review') : undefined
}

/** Buttons for what is done most at this point; the rest as links under them. */
function NextActions({ visit, theCase, does }: { visit: Visit; theCase: Case; does: Does }): VNode {
  const go = (name: Parameters<typeof paths.cases.action>[1]) => paths.cases.action(theCase.id, name)
  const links = [
    does('review-scheduled', 'record') && { text: 'Plan a review', href: go('plan-review') },
    does('review-held', 'record') && { text: 'Record a review', href: go('hold-review') },
    does('closed', 'record') && { text: 'Close the case', href: go('close') },
    does('reopened', 'record') && { text: 'Open it again', href: go('reopen') },
  ].filter(link => link !== false)
  const isLive = does('worker-allocated', 'record') || does('accepted', 'record')
  return (
    <>
      {does('accepted', 'manage-allocation') ? <Button text="Decide on the referral" href={go('triage')} /> : null}
      {theCase.state.offeredTo && theCase.state.offeredTo === visit.actor.userId && does('offer-declined', 'record') ? (
        <Button text="Answer the offer" href={go('answer-offer')} />
      ) : null}
      {!theCase.workerId && does('worker-allocated', 'manage-allocation') ? <Button text="Choose a worker" href={go('allocate')} /> : null}
      {does('work-started', 'record') ? (
        <Form {...visit.form} action={go('start')}>
          <Button text="Start work" classes="govuk-button--secondary" />
        </Form>
      ) : null}
      {isLive ? (
        <Button
          text="Record contact"
          href={paths.notes.add(theCase.id)}
          classes={theCase.workerId ? undefined : 'govuk-button--secondary'}
        />
      ) : null}
      {links.map(link => (
        <a key={link.href} class="govuk-link" href={link.href}>
          {link.text}
        </a>
      ))}
    </>
  )
}
