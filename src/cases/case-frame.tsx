import type { ComponentChildren, VNode } from 'preact'
import { emergencyUntil, partsOpenTo } from '../access/index.ts'
import { paths } from '../paths.ts'
import { type Actor, may } from '../platform/actor.ts'
import { formatTime, londonTime } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import type { Result } from '../platform/result.ts'
import { type PageAnswer, page } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, FlagTag, Form, InsetText, SubNavigation, Tag } from '../ui/index.ts'
import type { Closing } from './close/close-case.ts'
import type { Case } from './load-case.ts'

/**
 * One item of a case's sub-navigation, for whoever reads the whole case, or the part that is its key; `isShownTo` where it is for others than
 * these.
 */
export type CaseTab = {
  key: string
  text: string
  href: (caseId: string) => string
  isShownTo?: (visit: Visit, theCase: Case) => boolean
}

/** A part of the case's page that another module fills: its tasks, its plan. Null where there is nothing for this actor to see. */
export type CasePanel = (visit: Visit, theCase: Case) => Promise<VNode | null>

/**
 * Something on the case that is still to be done, as the page that closes it asks. `key` names it among all of them; `fates` what can become of it,
 * where that is not what can become of most things.
 */
export type OpenAction = { key: string; text: string; href?: string; fates?: readonly FateChoice[] }
export type FateChoice = { value: Fate; text: string }

/** What becomes of it when the case is closed: it will not be done, it has been, or somebody still does it. */
export type Fate = 'dropped' | 'done' | 'stays'

/** What the pages of a case need from modules beside and above. */
export type CasesParts = {
  /** The person's banner, as on every page of the record. Null when the person may not be seen. */
  personBanner: (visit: Visit, personId: string) => Promise<VNode | null>
  /** Bars over the case's page that must not be overlooked, such as a refused consent. */
  bars?: readonly CasePanel[]
  /** How whoever it is about can be reached, as the referral from outside says: beside the referral. */
  howToReach?: CasePanel
  /** The page of a case that is not an ordinary one, such as an episode. Null: the ordinary. */
  ownPage?: (visit: Visit, theCase: Case, heading?: VNode) => Promise<VNode | null>
  /** Further items of the sub-navigation: assessments, plan, notes, documents. */
  tabs: readonly CaseTab[]
  /** Panels under the steps of the case's page, in order. */
  panels: readonly CasePanel[]
  /** Panels of its narrow column, such as tasks. */
  sidePanels: readonly CasePanel[]
  /** Actions of the plan and tasks that are still open: closing asks what becomes of each. */
  openActionsOf: (tx: Tx, caseId: string) => Promise<readonly OpenAction[]>
  /** Ends those that are not to stay open, each with the reason. One that somebody else ended meanwhile stays as they left it. */
  endActions: (tx: Tx, actor: Actor, now: Date, caseId: string, fates: ReadonlyMap<string, Fate>, because: string) => Promise<void>
  /** Sends a closure for sign-off, where its service has closures signed off. */
  signOffClosure?: ClosureSignOff
  /** Gives what its worker had still to do on a case to the next. */
  passing?: Passing
  /** Tells a worker that a case is theirs now, and the one before that it is theirs no more. */
  tellWorker?: (
    tx: Tx,
    actor: Actor,
    now: Date,
    given: { caseId: string; workerId: string | null; formerWorkerId: string | null },
  ) => Promise<void>
  /** Tells those whom it concerns what became of a referral, in the transaction and before the case's lists follow. */
  tellOfReferral?: TellOfReferral
  /** Tells whoever is responsible that somebody opened the case in an emergency, in the transaction. */
  tellOwner: (tx: Tx, actor: Actor, now: Date, opened: EmergencyOpening) => Promise<void>
}

/** What a worker has still to do on a case, as other modules give it to the next: tasks by principals, since a team can have them; appointments by users. */
export type Passing = { tasks: PassTasks; appointments: PassAppointments }
export type PassTasks = (tx: Tx, actor: Actor, now: Date, passed: { caseId: string; from: number; to: number }) => Promise<void>
export type PassAppointments = (
  tx: Tx,
  actor: Actor,
  now: Date,
  passed: { caseId: string; from: string; to: { userId: string; name: string } },
) => Promise<void>

/** What happens to a referral that somebody else waits to hear of. */
export type ReferralStep =
  | 'made'
  | 'accepted'
  | 'declined'
  | 'signposted'
  | 'rerouted'
  | 'reopened'
  | 'asked'
  | 'answered'
  | 'added'
  | 'taken-back'
export type TellOfReferral = (tx: Tx, actor: Actor, now: Date, happened: { caseId: string; step: ReferralStep }) => Promise<void>

export type ClosureSignOff = {
  /** Whom it can be sent to. */
  signers: (visit: Visit, caseId: string) => Promise<readonly { principal: number; name: string }[]>
  send: (visit: Visit, theCase: Case, closing: Closing, to: number, message: string) => Promise<Result<unknown, 'waiting-already'>>
  /** The closure that was returned last and not sent again: what its author begins with. */
  returned: (visit: Visit, caseId: string) => Promise<Closing | null>
}

export type EmergencyOpening = {
  caseId: string
  reference: string
  personId: string
  teamId: string
  workerId: string | null
  restricted: boolean
  reason: string
  endsAt: Date
}

/** Pages that whoever was shared the part of the same name finds. */
const partsWithTabs = ['forms', 'plan', 'notes', 'appointments', 'documents', 'groups', 'consent'] as const

type PageOfCase = {
  /** The whole title of the browser's window. */
  title: string
  /** The key of the sub-navigation's item; empty for a page that is under none of them. */
  current: string
} & Partial<Pick<PageAnswer, 'hasErrors' | 'quickExit' | 'section'>>

/** A page of a case: in its frame, and where such a case stands in the navigation. */
export async function casePage(
  visit: Visit,
  parts: Pick<CasesParts, 'personBanner' | 'tabs'>,
  theCase: Case,
  { title, current, ...options }: PageOfCase,
  body: ComponentChildren,
): Promise<PageAnswer> {
  return page(title, await caseFrame(visit, parts, theCase, current, body), { section: sectionOf(theCase), ...options })
}

/** What of the navigation a case's pages are marked under. */
export const sectionOf = ({ isEpisode }: Pick<Case, 'isEpisode'>): string => (isEpisode ? 'episodes' : 'work')

/** The banner, the case's line and its sub-navigation, over a page's own content. Every page of a case stands in it. */
async function caseFrame(
  visit: Visit,
  parts: Pick<CasesParts, 'personBanner' | 'tabs'>,
  theCase: Case,
  current: string,
  body: ComponentChildren,
): Promise<VNode> {
  const open: ReadonlySet<string> = theCase.whole ? new Set() : await partsOpenTo(visit.tx, visit.actor, theCase.id, partsWithTabs)
  const tabs: readonly CaseTab[] = [
    { key: 'overview', text: 'Overview', href: paths.cases.show },
    ...parts.tabs.filter(tab => (tab.isShownTo ? tab.isShownTo(visit, theCase) : theCase.whole || open.has(tab.key))),
    ...(theCase.whole ? [{ key: 'history', text: 'History', href: paths.cases.history }] : []),
  ]
  return (
    <>
      {await parts.personBanner(visit, theCase.personId)}
      <CaseLine theCase={theCase} />
      {await OpenInEmergency(visit, theCase.id)}
      <SubNavigation
        label="This case"
        items={tabs.map(tab => ({ text: tab.text, href: tab.href(theCase.id), active: tab.key === current }))}
      />
      {body}
    </>
  )
}

/** To whoever opened the case in an emergency: until when, and the way to close it again as soon as it is over. */
async function OpenInEmergency({ tx, actor, clock, form }: Visit, caseId: string): Promise<VNode | null> {
  if (!may(actor, 'break-glass')) return null
  const until = await emergencyUntil(tx, actor, clock.now(), caseId)
  if (!until) return null
  return (
    <InsetText>
      <p class="govuk-body">You opened this in an emergency. It is open to you until {formatTime(londonTime(until))}.</p>
      <Form {...form} action={paths.cases.endEmergency(caseId)}>
        <Button text="Close it again" classes="govuk-button--secondary govuk-!-margin-bottom-0" />
      </Form>
    </InsetText>
  )
}

/** Which case this is: service, reference, who holds it, and what restricts it. */
function CaseLine({ theCase }: { theCase: Case }): VNode {
  const holder = theCase.isEpisode
    ? coordinatedBy(theCase)
    : theCase.workerName
      ? `${theCase.workerName}, ${theCase.teamName}`
      : theCase.teamName
  return (
    <p class="govuk-body ly-case-line">
      <a class="govuk-link" href={paths.cases.show(theCase.id)}>
        {theCase.serviceName} {theCase.reference}
      </a>{' '}
      · {holder} {theCase.restricted ? <FlagTag>Restricted</FlagTag> : null}{' '}
      {theCase.status === 'closed' ? <Tag text="Closed" classes="govuk-tag--grey" /> : null}
    </p>
  )
}

const coordinatedBy = ({ workerName, teamName }: Case): string => (workerName ? `${workerName}, co-ordinator` : teamName)

/** As titles and notices name a case. */
export const caseName = (theCase: Pick<Case, 'serviceName' | 'reference'>): string => `${theCase.serviceName} ${theCase.reference}`
