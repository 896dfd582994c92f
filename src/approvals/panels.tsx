import type { VNode } from 'preact'
import { type Case, needsApproval } from '../cases/index.ts'
import { paths } from '../paths.ts'
import { may } from '../platform/actor.ts'
import type { Visit } from '../platform/web/routes.ts'
import { SidePanel } from '../ui/index.ts'
import type { Approval } from './approval.ts'
import { approvalsOfCase, roundsOf, sentBy, waitingFor } from './approvals.queries.ts'
import { StateTag } from './pages/list.tsx'

const shown = 5

/** For "My work": what waits for the reader's sign-off, and what came back to them. Null where there is neither. */
export async function NeedsAnswerPanel({ tx, actor }: Visit): Promise<VNode | null> {
  const waiting = await waitingFor(tx, actor, shown + 1)
  const returned = (await sentBy(tx, actor, 'open', 50)).filter(one => one.decision === 'returned')
  if (waiting.length + returned.length === 0) return null
  return (
    <SidePanel id="needs-answer" title="Needs your answer">
      <ul class="ly-list">
        {waiting.slice(0, shown).map(one => (
          <li key={one.id}>
            <ApprovalLink approval={one} /> waits for your sign-off
            <span class="ly-second">from {one.sentBy}</span>
          </li>
        ))}
        {returned.slice(0, shown).map(one => (
          <li key={one.id}>
            <ApprovalLink approval={one} /> returned with a comment
            <span class="ly-second">by {one.decidedBy}</span>
          </li>
        ))}
      </ul>
      <p class="govuk-body">
        <a class="govuk-link" href={paths.approvals.list}>
          All sign-off
        </a>
      </p>
    </SidePanel>
  )
}

const ApprovalLink = ({ approval }: { approval: Approval }): VNode => (
  <a class="govuk-link" href={paths.approvals.show(approval.id)}>
    {approval.title}
    {approval.personName ? ` for ${approval.personName}` : ''}
  </a>
)

/** For a case: what of it was sent for sign-off and where that stands. Null where nothing was. */
export async function ApprovalsPanel({ tx, actor }: Visit, theCase: Case): Promise<VNode | null> {
  const approvals = await approvalsOfCase(tx, actor, theCase.id)
  if (approvals.length === 0) return null
  return (
    <SidePanel id="approvals" title="Sign-off">
      <ul class="ly-list">
        {approvals.map(one => (
          <li key={one.id}>
            <a class="govuk-link" href={paths.approvals.show(one.id)}>
              {one.title}
            </a>{' '}
            <StateTag approval={one} />
            <span class="ly-second">{one.decision ? `${one.decidedBy}${one.comment ? `: ${one.comment}` : ''}` : one.sentToName}</span>
          </li>
        ))}
      </ul>
    </SidePanel>
  )
}

type Place = { caseId: string; serviceArea: string; subjectId: string; canSend: boolean; sendHref: string }

/** For the page of a form or a plan: where its sign-off stands, and the way to send it. */
export async function signOffLine(visit: Visit, what: 'form' | 'plan', place: Place): Promise<VNode | null> {
  const [latest] = await roundsOf(visit.tx, visit.actor, place.subjectId, what)
  const maySend =
    place.canSend && may(visit.actor, 'record') && latest?.decision !== null && (what === 'plan' || latest?.decision !== 'approved')
  if (!latest && !maySend) return null
  const isNeeded = await needsApproval(visit.tx, place.serviceArea, what)
  return (
    <p class="govuk-body ly-no-print">
      {latest ? (
        <>
          <a class="govuk-link" href={paths.approvals.show(latest.id)}>
            Sign-off
          </a>
          : <StateTag approval={latest} />{' '}
          {latest.decision ? `${latest.decidedBy}${latest.comment ? `: ${latest.comment}` : ''}` : `sent to ${latest.sentToName}`}{' '}
        </>
      ) : isNeeded ? (
        'This service has it signed off. '
      ) : null}
      {maySend ? (
        <a class="govuk-link" href={place.sendHref}>
          {latest ? 'Send it again' : 'Send for sign-off'}
        </a>
      ) : null}
    </p>
  )
}
