import type { FastifyInstance, FastifyRequest } from 'fastify'
import { paths } from '../paths.ts'
import { formatInstant } from '../platform/clock.ts'
import type { Database } from '../platform/db/database.ts'
import { notFound, type PageAnswer, page } from '../platform/web/answer.ts'
import type { Entry } from '../platform/web/routes.ts'
import { send } from '../platform/web/send.ts'
import { EmptyState } from '../ui/index.ts'

/**
 * Who may read the outbox. A mail may hold a link that lets its reader set a password, so whoever reads the outbox is everybody:
 * - `closed`: there is no such page. Wherever mail really goes out, and in production.
 * - `administrators`: the authority's administrators.
 * - `this-machine`: also, signed in or not, a browser on the machine that Lanyard runs on. For the demonstration, whose passwords are public.
 */
export type OutboxOpening = 'closed' | 'administrators' | 'this-machine'

/** What a deployment's outbox may be. */
export function outboxOpening({
  smtpUrl,
  production,
  demonstration,
}: {
  smtpUrl: string | undefined
  production: boolean
  demonstration: boolean
}): OutboxOpening {
  if (smtpUrl || production) return 'closed'
  return demonstration ? 'this-machine' : 'administrators'
}

export type OutboxParts = {
  server: FastifyInstance
  opening: OutboxOpening
  /** Connected as lanyard_worker: no other role may read a mail. */
  worker: Database
  enter: (request: FastifyRequest) => Promise<Entry>
  /** Texts that no network was given, the latest first. */
  texts: () => Promise<readonly { id: string; to: string; words: string; at: Date; sent: boolean }[]>
  renderCalm: (answer: PageAnswer, notice: string | undefined) => string
  renderNotFound: () => string
}

/** The page on which mail is read where none goes out. When it is closed there is no route. */
export function outboxRoutes({ server, opening, worker, texts, enter, renderCalm, renderNotFound }: OutboxParts): void {
  if (opening === 'closed') return
  server.get(paths.outbox, async (request, reply) => {
    const mayRead = (opening === 'this-machine' && isThisMachine(request)) || (await isAdministrator(enter, request))
    if (!mayRead) return send(reply, notFound(), renderNotFound())
    const mails = await worker.kysely.selectFrom('mails').selectAll().orderBy('queued_at', 'desc').limit(50).execute()
    const shown = [
      ...mails.map(({ id, subject, recipient, body, queued_at, sent_at }) => ({
        id,
        subject,
        to: recipient,
        words: body,
        at: queued_at,
        sent: sent_at !== null,
      })),
      ...(await texts()).map(text => ({ ...text, subject: 'Text message' })),
    ]
    const answer = outboxPage(shown.sort((a, b) => b.at.getTime() - a.at.getTime()))
    return send(reply, answer, renderCalm(answer, undefined))
  })
}

async function isAdministrator(enter: OutboxParts['enter'], request: FastifyRequest): Promise<boolean> {
  const entry = await enter(request)
  return entry.kind === 'signed-in' && entry.actor.capabilities.has('manage-authority')
}

/** The socket itself, and a name that only this machine answers to: neither a proxy beside us nor a page elsewhere gets in. */
function isThisMachine({ socket, headers }: FastifyRequest): boolean {
  const from = socket.remoteAddress ?? ''
  const local = from === '::1' || from.startsWith('127.') || from.startsWith('::ffff:127.')
  const throughProxy = Object.keys(headers).some(
    name => name === 'forwarded' || name === 'via' || name.startsWith('x-forwarded') || name === 'x-real-ip',
  )
  return local && !throughProxy && /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(String(headers.host))
}

type Shown = { id: string; to: string; subject: string; words: string; at: Date; sent: boolean }

function outboxPage(messages: readonly Shown[]): PageAnswer {
  return page(
    'Outbox',
    <>
      <h1 class="govuk-heading-l">Outbox</h1>
      <p class="govuk-body">No email and no text message leaves this machine. What would have been sent is here, the latest first.</p>
      {messages.length === 0 ? <EmptyState title="Nothing has been sent yet" /> : null}
      {messages.map(message => (
        <article key={message.id}>
          <h2 class="govuk-heading-m">{message.subject}</h2>
          <p class="govuk-body-s">
            To {message.to}, {formatInstant(message.at)}
            {message.sent ? '' : ', on its way'}
          </p>
          <p class="govuk-body ly-as-written">{withLinks(message.words)}</p>
        </article>
      ))}
    </>,
    { layout: 'calm' },
  )
}

/** Addresses in a mail as links, as a mail program shows them. */
const withLinks = (text: string) =>
  text.split(/(https?:\/\/\S+)/).map((part, i) =>
    i % 2 ? (
      <a class="govuk-link" href={part}>
        {part}
      </a>
    ) : (
      part
    ),
  )
