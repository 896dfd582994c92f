import type { VNode } from 'preact'
import { type Case, panelPart } from '../cases/index.ts'
import { paths } from '../paths.ts'
import { may } from '../platform/actor.ts'
import { formatInstant } from '../platform/clock.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, SidePanel, Tag } from '../ui/index.ts'
import { conversationsOf } from './conversations.queries.ts'

const shown = 3

/** What the reader and others say about a case, beside it. Null for somebody to whom that part of it is not open. */
export async function MessagesPanel(visit: Visit, theCase: Case): Promise<VNode | null> {
  const { tx, actor } = visit
  if (!(await panelPart(tx, actor, theCase, 'messages'))) return null
  const conversations = await conversationsOf(tx, actor, { caseId: theCase.id, limit: shown + 1 })
  return (
    <SidePanel id="messages-panel" title="Messages">
      {conversations.length === 0 ? (
        <p class="govuk-body">You are in no conversation about this case.</p>
      ) : (
        <ul class="ly-list">
          {conversations.slice(0, shown).map(one => (
            <li key={one.id}>
              <a class="govuk-link" href={paths.conversations.show(one.id)}>
                {one.title ||
                  one.members
                    .filter(member => member.principal !== actor.principal)
                    .map(member => member.name)
                    .join(', ') ||
                  'Only you'}
              </a>{' '}
              {one.unreadSince ? Tag({ text: 'New', classes: 'govuk-tag--blue' }) : null}
              <span class="ly-second">{formatInstant(one.lastAt)}</span>
            </li>
          ))}
        </ul>
      )}
      <div class="govuk-button-group">
        {may(actor, 'record')
          ? Button({ text: 'Message somebody', href: paths.conversations.about('case', theCase.id), classes: 'govuk-button--secondary' })
          : null}
        {conversations.length > 0 ? (
          <a class="govuk-link" href={paths.conversations.ofCase(theCase.id)}>
            All messages
          </a>
        ) : null}
      </div>
    </SidePanel>
  )
}
