import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Clock } from '../../platform/clock.ts'
import type { Database, Tx } from '../../platform/db/database.ts'
import { asStranger } from '../../platform/stranger.ts'
import { type Answer, type PageAnswer, redirect } from '../../platform/web/answer.ts'
import type { Fields } from '../../platform/web/fields.ts'
import { originIsOurs } from '../../platform/web/origin.ts'
import { receive, type Upload } from '../../platform/web/receive.ts'
import { send } from '../../platform/web/send.ts'
import { type Keys, newToken, sameWords } from './keys.ts'

export type StrangerParts = {
  server: FastifyInstance
  /** Connected as lanyard_stranger. */
  database: Database
  clock: Clock
  keys: Keys
  secure: boolean
  publicOrigin: string
  /** Puts an answer's body into the calm page for outsiders. */
  render: (answer: PageAnswer, notice: string | undefined) => Promise<string>
}

/** One request of somebody without an account, inside its transaction. */
export type StrangerVisit = {
  tx: Tx
  now: Date
  keys: Keys
  params: Readonly<Record<string, string>>
  query: URLSearchParams
  fields: Fields
  uploads: readonly Upload[]
  /** This browser, as the drafts that it holds name it. */
  holder: string
  /** Where the request comes from, as it is counted. */
  address: string
  /** Spread into `<Form>`. */
  form: { csrf: string }
  /** From the answer on this browser is another one: nothing that it held is open in it any more. */
  becomeAnother(): void
  /** What this browser is told for two minutes, on a page without an address of its own; and what it was told. */
  tell(words: string): void
  told: string | undefined
  /** Work to do once the transaction has been committed, before the answer is sent. */
  afterCommit(work: () => Promise<void>): void
}

export type StrangerHandler = (visit: StrangerVisit) => Promise<Answer>
export type StrangerOptions = {
  /** Shows the page again with what was typed, where it was posted with a token of before. Without it they are led back to the page. */
  again?: StrangerHandler
  /** Largest file, in bytes, for those whom `mayUpload` lets; everybody else's are thrown away as they come. */
  uploadLimit?: number
  mayUpload?: (visit: Pick<StrangerVisit, 'tx' | 'now' | 'holder' | 'params' | 'address'>) => Promise<boolean>
}
export type StrangerRoutes = {
  get(path: string, handler: StrangerHandler): void
  post(path: string, handler: StrangerHandler, options?: StrangerOptions): void
}

/** Routes for people without an account. They see pages, a form, and what their own browser holds; the database holds them to that. */
export function createStrangerRoutes(parts: StrangerParts): StrangerRoutes {
  const add =
    (method: 'GET' | 'POST') =>
    (path: string, handler: StrangerHandler, options: StrangerOptions = {}) => {
      parts.server.route({ method, url: path, handler: (request, reply) => serve(parts, method, handler, options, request, reply) })
    }
  return { get: add('GET'), post: add('POST') }
}

async function serve(
  parts: StrangerParts,
  method: 'GET' | 'POST',
  handler: StrangerHandler,
  options: StrangerOptions,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const { keys, clock, database } = parts
  const cookies = cookiesOf(parts)
  const known = request.cookies[cookies.browser]
  let token = known && /^[\w-]{43}$/.test(known) ? known : newToken()
  if (token !== known) reply.setCookie(cookies.browser, token, cookies.options)
  const holder = keys.holder(token)
  const address = keys.address(request.ip)
  const params = request.params as Record<string, string>
  const mayUpload =
    options.uploadLimit !== undefined &&
    request.isMultipart?.() === true &&
    ((await asStranger(database, [holder], async tx => options.mayUpload?.({ tx, now: clock.now(), holder, params, address }))) ?? false)
  const received = await receive(request, mayUpload ? (options.uploadLimit ?? 0) : 0)
  try {
    // Another site's post is answered as if nothing had been sent with it; one of a page of ours that another visit's end has left stale keeps its words.
    const isOurs = method === 'GET' || originIsOurs(request, parts.publicOrigin)
    const isFresh = method === 'GET' || sameWords(received.fields.text('_csrf'), keys.csrf(token))
    const answering = isOurs && !isFresh ? options.again : handler
    if (!isOurs || !answering)
      return await send(
        reply,
        redirect(request.url.split('?')[0] ?? '/', { notice: 'This page had been open too long. Nothing was saved. Try again.' }),
      )
    const after: (() => Promise<void>)[] = []
    const answer = await asStranger(database, [holder], tx =>
      answering({
        tx,
        now: clock.now(),
        keys,
        params,
        query: new URLSearchParams(request.url.split('?')[1]?.replaceAll('%00', '') ?? ''),
        fields: received.fields,
        uploads: received.uploads,
        holder,
        address,
        form: { csrf: keys.csrf(token) },
        becomeAnother: () => {
          token = newToken()
          reply.setCookie(cookies.browser, token, cookies.options)
        },
        tell: words => void reply.setCookie(cookies.told, keys.sign(words), { ...cookies.options, maxAge: 120 }),
        told: keys.signed(request.cookies[cookies.told] ?? ''),
        afterCommit: work => void after.push(work),
      }),
    )
    for (const work of after) await work()
    const html = answer.kind === 'page' ? await parts.render(answer, request.cookies['notice']) : undefined
    return await send(reply, answer, html)
  } finally {
    await received.discard()
  }
}

/** For as long as the browser is open: nothing about a visit stays on a shared computer. */
const cookiesOf = ({ secure }: StrangerParts) => ({
  browser: `${secure ? '__Host-' : ''}lanyard-page`,
  told: `${secure ? '__Host-' : ''}lanyard-told`,
  options: { path: '/', httpOnly: true, sameSite: 'lax', secure } as const,
})
