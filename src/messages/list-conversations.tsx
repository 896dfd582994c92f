import { paths } from '../paths.ts'
import { may } from '../platform/actor.ts'
import { formatInstant } from '../platform/clock.ts'
import { isId } from '../platform/id.ts'
import { type Answer, notFound, page } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, EmptyState, FilterChips, Input, PageTitle, Tag } from '../ui/index.ts'
import type { SubjectRef } from './conversation.ts'
import { type ConversationLine, conversationsOf, countUnread } from './conversations.queries.ts'
import { type ConversationParts, section, titlesOf } from './frame.tsx'
import { resolveLinks } from './links.ts'
import { inShort } from './message-article.tsx'
import { auditReadOfCases } from './read-of-cases.ts'
import type { ConversationSubject } from './subject.ts'

const onOnePage = 30

/** `/conversations`: the actor's own, the latest first; those about one thing where the address names it. */
export async function listConversations(visit: Visit, parts: ConversationParts): Promise<Answer> {
  const { tx, actor, clock, query } = visit
  const unread = query.get('show') === 'unread'
  const about = await aboutIn(visit, parts)
  if (about === 'not-there') return notFound()
  const found = await conversationsOf(tx, actor, {
    unread,
    ...(about ? about.wanted : {}),
    limit: onOnePage + 1,
    before: placeIn(query),
  })
  const shown = found.slice(0, onOnePage)
  await auditReadOfCases(tx, actor, clock.now(), 'conversation-listed', shown)
  const [titles, links, { count, latest }] = [
    await titlesOf(tx, actor, parts, shown),
    await resolveLinks(
      tx,
      shown.flatMap(one => (one.latest ? [one.latest.words] : [])),
    ),
    await countUnread(tx, actor),
  ]
  const last = shown.at(-1)
  const mayWrite = may(actor, 'record')
  const begin = about ? paths.conversations.about(about.kind.type, about.id) : paths.conversations.add
  const title = about ? `Messages about ${about.kind.called}` : 'Messages'
  const body = (
    <>
      {PageTitle({
        title,
        actions: mayWrite ? Button({ text: 'New message', href: begin }) : null,
      })}
      {about ? null : (
        <form method="get" action={paths.search} class="ly-find ly-narrow ly-no-print">
          <input type="hidden" name="in" value="written" />
          {Input({ name: 'q', id: 'find-words', label: 'Words in messages and records', autocomplete: 'off' })}
          {Button({ text: 'Search', classes: 'govuk-button--secondary' })}
        </form>
      )}
      {about ? (
        <p class="govuk-body">
          <a class="govuk-link" href={about.kind.hrefOf(about.id)}>
            Back to {about.kind.called}
          </a>
          . Only conversations that you are in are shown.
        </p>
      ) : (
        <FilterChips
          label="Which messages"
          items={[
            { text: 'All', href: paths.conversations.list, current: !unread },
            { text: 'Unread', href: paths.conversations.unread, current: unread, count },
          ]}
        />
      )}
      <div data-live={`${paths.conversations.liveList}?after=${count}-${latest?.getTime() ?? 0}`} data-live-list>
        {shown.length === 0 ? (
          <EmptyState title={unread ? 'You have read everything.' : 'There are no messages here yet.'}>
            {mayWrite ? 'Write to anybody who works with Lanyard, in any agency, or from a case to those who may see it.' : null}
          </EmptyState>
        ) : (
          <ol class="ly-conversations">
            {shown.map(one => (
              <li key={one.id} class={`ly-conversation${one.unreadSince ? ' ly-conversation--unread' : ''}`}>
                <a class="govuk-link" href={paths.conversations.show(one.id)}>
                  {titles.get(one.id)}
                </a>{' '}
                {one.unreadSince ? Tag({ text: 'New', classes: 'govuk-tag--blue' }) : null}
                <span class="ly-second">{latestInWords(one, inShort(one.latest?.words ?? '', links))}</span>
                <span class="ly-second">{formatInstant(one.lastAt)}</span>
              </li>
            ))}
          </ol>
        )}
        {found.length > onOnePage && last ? (
          <p class="govuk-body">
            <a class="govuk-link" href={`${paths.conversations.list}?${olderThan(query, last)}`}>
              Older conversations
            </a>
          </p>
        ) : null}
      </div>
      {actor.administers.includes(0) ? (
        <p class="govuk-body">
          <a class="govuk-link" href={paths.conversations.retention}>
            How long messages are kept
          </a>
        </p>
      ) : null}
    </>
  )
  return page(title, body, section)
}

type About = { kind: ConversationSubject; id: string; wanted: { caseId: string } | { about: SubjectRef } }

/** What the address asks for: everything said about a case, its actions too, or about one thing; 'not-there' where the reader may not see that. */
async function aboutIn({ tx, actor, query }: Visit, { subjects }: ConversationParts): Promise<About | 'not-there' | undefined> {
  const caseId = query.get('case')
  const [type, id] = caseId === null ? [query.get('about'), query.get('id') ?? ''] : ['case', caseId]
  if (type === null) return undefined
  const kind = subjects.find(one => one.type === type)
  if (!kind || !isId(id) || !(await kind.open(tx, actor, id))) return 'not-there'
  return { kind, id, wanted: type === 'case' ? { caseId: id } : { about: { type, id } } }
}

function latestInWords({ latest }: ConversationLine, words: string): string {
  if (!latest) return ''
  return `${latest.authorName}: ${latest.withdrawn ? 'message withdrawn' : words.length > 140 ? `${words.slice(0, 140)}…` : words}`
}

function placeIn(query: URLSearchParams): { at: Date; id: string } | undefined {
  const [, at = '', id = ''] = /^(\d{1,14})_([0-9a-f-]{36})$/.exec(query.get('before') ?? '') ?? []
  return at && isId(id) ? { at: new Date(Number(at)), id } : undefined
}

function olderThan(query: URLSearchParams, { lastAt, id }: ConversationLine): URLSearchParams {
  const older = new URLSearchParams(query)
  older.set('before', `${lastAt.getTime()}_${id}`)
  return older
}
