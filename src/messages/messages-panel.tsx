import type { VNode } from 'preact'
import { type Case, panelPart } from '../cases/index.ts'
import { paths } from '../paths.ts'
import { may } from '../platform/actor.ts'
import { formatInstant } from '../platform/clock.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, SidePanel, Tag } from '../ui/index.ts'
import { type ConversationLine, conversationsOf } from './conversations.queries.ts'
import { othersIn } from './frame.tsx'
import { type ConversationSubject, caseSubject } from './subject.ts'

const shown = 3

/** What the reader and others say about a case, beside it. Null for somebody to whom that part of it is not open. */
export async function MessagesPanel(visit: Visit, theCase: Case): Promise<VNode | null> {
  const { tx, actor } = visit
  if (!(await panelPart(tx, actor, theCase, 'messages'))) return null
  const conversations = await conversationsOf(tx, actor, { caseId: theCase.id, limit: shown + 1 })
  return panel(visit, caseSubject, theCase.id, conversations, paths.conversations.ofCase(theCase.id))
}

/** The same about what another module brings. Null where the reader may not talk about it. */
export async function MessagesAbout(visit: Visit, kind: ConversationSubject, id: string): Promise<VNode | null> {
  const { tx, actor } = visit
  if (!(await kind.open(tx, actor, id))) return null
  const conversations = await conversationsOf(tx, actor, { about: { type: kind.type, id }, limit: shown + 1 })
  return panel(visit, kind, id, conversations, paths.conversations.allAbout(kind.type, id))
}

function panel(
  { actor }: Visit,
  { type, called }: ConversationSubject,
  id: string,
  conversations: readonly ConversationLine[],
  all: string,
): VNode {
  return (
    <SidePanel id="messages-panel" title="Messages">
      {conversations.length === 0 ? (
        <p class="govuk-body">You have no messages about {called}.</p>
      ) : (
        <ul class="ly-list">
          {conversations.slice(0, shown).map(one => (
            <li key={one.id}>
              <a class="govuk-link" href={paths.conversations.show(one.id)}>
                {one.title || othersIn(one, actor)}
              </a>{' '}
              {one.unreadSince ? Tag({ text: 'New', classes: 'govuk-tag--blue' }) : null}
              <span class="ly-second">{formatInstant(one.lastAt)}</span>
            </li>
          ))}
        </ul>
      )}
      <div class="govuk-button-group">
        {may(actor, 'record')
          ? Button({ text: 'Message somebody', href: paths.conversations.about(type, id), classes: 'govuk-button--secondary' })
          : null}
        {conversations.length > 0 ? (
          <a class="govuk-link" href={all}>
            All messages
          </a>
        ) : null}
      </div>
    </SidePanel>
  )
}
