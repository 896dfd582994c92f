import type { ComponentChildren, VNode } from 'preact'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import { formatInstant } from '../platform/clock.ts'
import { type Conversation, linksIn, type Message, mentionsIn, withoutLinks } from './conversation.ts'
import type { Links } from './links.ts'

type Props = { message: Message; conversation: Conversation; actor: Actor; links: Links; plain?: boolean }

/** One message, on the page and as it is sent to a page that stands open. `plain` on paper: there is nothing to press. */
export function MessageArticle({ message, conversation, actor, links, plain = false }: Props): VNode {
  const isOwn = message.authorId === actor.userId
  const isCalled = message.mentioned.includes(actor.principal)
  return (
    <li
      id={`message-${message.id}`}
      class={`ly-message${isOwn ? ' ly-message--own' : ''}${isCalled ? ' ly-message--called' : ''}`}
      data-message={message.id}
      data-number={message.number}
      data-own={isOwn ? '' : undefined}
    >
      <p class="ly-message__who">
        <strong data-author>{message.authorName}</strong>
        <span class="ly-second ly-message__from">, {message.authorFrom} · </span>
        <time class="ly-second" dateTime={message.sentAt.toISOString()}>
          {formatInstant(message.sentAt)}
        </time>
        {message.editedAt && !message.withdrawnAt ? (
          <>
            {' '}
            {plain ? (
              <span class="ly-second">Edited</span>
            ) : (
              <a class="govuk-link ly-second" href={paths.conversations.messageHistory(message.id)}>
                Edited<span class="govuk-visually-hidden">: what it said before</span>
              </a>
            )}
          </>
        ) : null}
      </p>
      {message.withdrawnAt ? (
        <p class="govuk-body ly-second" data-words>
          This message was withdrawn.{' '}
          {isOwn && !plain ? (
            <a class="govuk-link" href={paths.conversations.messageHistory(message.id)}>
              What it said
            </a>
          ) : null}
        </p>
      ) : (
        <div class="ly-as-written" dir="auto" data-words>
          {withLinks(message.words, conversation, links)}
        </div>
      )}
      {isOwn && !plain && !message.withdrawnAt ? (
        <p class="ly-message__acts ly-no-print">
          <a class="govuk-link" href={paths.conversations.editMessage(message.id)}>
            Edit<span class="govuk-visually-hidden"> message of {formatInstant(message.sentAt)}</span>
          </a>{' '}
          <a class="govuk-link" href={paths.conversations.withdrawMessage(message.id)}>
            Withdraw<span class="govuk-visually-hidden"> message of {formatInstant(message.sentAt)}</span>
          </a>
        </p>
      ) : null}
    </li>
  )
}

/** The words, with members who are called by name marked and addresses of ours as links, as far as their reader may follow them. */
export function withLinks(words: string, conversation: Pick<Conversation, 'members'>, links: Links): ComponentChildren[] {
  const marks = [
    ...linksIn(words).map(({ from, to, path }) => ({
      from,
      to,
      as: links.has(path) ? (
        <a class="govuk-link" href={path}>
          {links.get(path)}
        </a>
      ) : (
        <span class="ly-second">[something that you may not open]</span>
      ),
    })),
    ...mentionsIn(words, conversation.members).map(({ from, to }) => ({ from, to, as: <strong>{words.slice(from, to)}</strong> })),
  ].sort((a, b) => a.from - b.from)
  const pieces: ComponentChildren[] = []
  let at = 0
  for (const { from, to, as } of marks) {
    if (from < at) continue
    pieces.push(words.slice(at, from), as)
    at = to
  }
  return [...pieces, words.slice(at)]
}

/** The same words where nothing can be followed: lists, notices of what was said before, files. */
export const inShort = (words: string, links: Links): string =>
  withoutLinks(words, path => links.get(path) ?? '[something that you may not open]')
