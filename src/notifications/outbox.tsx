import type { FastifyInstance, FastifyRequest } from 'fastify'
import { paths } from '../paths.ts'
import { type Actor, asActor, may } from '../platform/actor.ts'
import { type Clock, formatInstant } from '../platform/clock.ts'
import type { Database, Tx } from '../platform/db/database.ts'
import { notFound, type PageAnswer, page } from '../platform/web/answer.ts'
import type { Entry } from '../platform/web/routes.ts'
import { send } from '../platform/web/send.ts'
import { BackLink, EmptyState } from '../ui/index.ts'

/**
 * Whether there is an outbox page, and who reads there:
 * - `closed`: there is none. Wherever mail really goes out, and in production.
 * - `signed-in`: whoever has signed in, what is theirs to read.
 * - `this-machine`: also, signed out, a browser on the machine that Lanyard runs on: mails that let somebody in, and nothing else. For the
 *   demonstration, whose passwords are public.
 */
export type OutboxOpening = 'closed' | 'signed-in' | 'this-machine'

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
  return demonstration ? 'this-machine' : 'signed-in'
}

export type OutboxParts = {
  server: FastifyInstance
  opening: OutboxOpening
  web: Database
  /** Connected as lanyard_worker: no other role may read a mail. */
  worker: Database
  clock: Clock
  enter: (request: FastifyRequest) => Promise<Entry>
  /** Texts that no network was given, as far as this reader may see them, the latest first. */
  texts: (tx: Tx, actor: Actor, now: Date) => Promise<readonly { id: string; to: string; words: string; at: Date; sent: boolean }[]>
  renderCalm: (answer: PageAnswer, notice: string | undefined) => string
  renderNotFound: () => string
}

/** The page on which mails and texts are read where none goes out. When it is closed there is no route. */
export function outboxRoutes({ server, opening, web, worker, clock, enter, texts, renderCalm, renderNotFound }: OutboxParts): void {
  if (opening === 'closed') return
  server.get(paths.outbox, async (request, reply) => {
    const entry = await enter(request)
    const isAtTheDoor = entry.kind !== 'signed-in' && opening === 'this-machine' && isThisMachine(request)
    if (entry.kind !== 'signed-in' && !isAtTheDoor) return send(reply, notFound(), renderNotFound())
    const shown =
      entry.kind === 'signed-in'
        ? await asActor(web, entry.actor, 'read', async tx => [
            ...(await mailsFor(worker, tx, entry.actor)),
            ...(await texts(tx, entry.actor, clock.now())).map(text => ({ ...text, subject: 'Text message' })),
          ])
        : await mailsOfTheDoor(worker)
    const answer = outboxPage(
      shown.sort((a, b) => b.at.getTime() - a.at.getTime()),
      !isAtTheDoor,
    )
    return send(reply, answer, renderCalm(answer, undefined))
  })
}

/** Kinds of mail with a link or a code by which its reader gets in. */
const lettingIn = ['invitation', 'password-reset', 'one-time-code']

const latestMails = (worker: Database) => worker.kysely.selectFrom('mails').selectAll().orderBy('queued_at', 'desc').limit(50)

/** Somebody's own mails. An administrator of the authority also sees that others went out: what is in them only where they invite somebody. */
async function mailsFor(worker: Database, tx: Tx, actor: Actor): Promise<Shown[]> {
  const user = await tx
    .selectFrom('users')
    .select('email')
    .where('id', '=', actor.userId ?? '')
    .executeTakeFirst()
  const own = user?.email.toLowerCase()
  const all = latestMails(worker)
  const mails = await (may(actor, 'manage-authority') ? all : all.where('recipient', '=', user?.email ?? '')).execute()
  return mails.map(mail =>
    mail.recipient.toLowerCase() === own || mail.kind === 'invitation' ? shownOf(mail) : { ...shownOf(mail), words: '' },
  )
}

const mailsOfTheDoor = async (worker: Database): Promise<Shown[]> =>
  (await latestMails(worker).where('kind', 'in', lettingIn).execute()).map(shownOf)

type Mail = { id: string; subject: string; recipient: string; body: string; queued_at: Date; sent_at: Date | null }
const shownOf = ({ id, subject, recipient, body, queued_at, sent_at }: Mail): Shown => ({
  id,
  subject,
  to: recipient,
  words: body,
  at: queued_at,
  sent: sent_at !== null,
})

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

function outboxPage(messages: readonly Shown[], isSignedIn: boolean): PageAnswer {
  return page(
    'Outbox',
    <>
      {isSignedIn ? <BackLink href={paths.home}>Back to your work</BackLink> : null}
      <h1 class="govuk-heading-l">Outbox</h1>
      <p class="govuk-body">
        No email and no text message leaves this machine.{' '}
        {isSignedIn
          ? 'Of what would have been sent you see here, the latest first, emails to you and texts because of cases whose notes you may read.'
          : 'Here are the emails, the latest first, by which somebody sets a password or comes back to a form. Sign in for others and for texts.'}
      </p>
      {messages.length === 0 ? <EmptyState title="There is nothing here for you to read" /> : null}
      {messages.map(message => (
        <article key={message.id}>
          <h2 class="govuk-heading-m">{message.subject}</h2>
          <p class="govuk-body-s">
            To {message.to}, {formatInstant(message.at)}
            {message.sent ? '' : ', on its way'}
          </p>
          {message.words ? <p class="govuk-body ly-as-written">{withLinks(message.words)}</p> : null}
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
