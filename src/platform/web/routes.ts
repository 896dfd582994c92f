import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import type { Actor } from '../actor.ts'
import { asActor } from '../actor.ts'
import type { Capability } from '../capabilities.ts'
import type { Clock } from '../clock.ts'
import type { Database, Tx } from '../db/database.ts'
import { type Answer, notFound, type PageAnswer, redirect } from './answer.ts'
import type { Fields } from './fields.ts'
import { beginOnce, finishOnce, isToken } from './once.ts'
import { originIsOurs } from './origin.ts'
import { receive, type Upload } from './receive.ts'
import { send } from './send.ts'

/** One signed-in person's one request, inside its transaction. */
export type Visit = {
  tx: Tx
  actor: Actor
  clock: Clock
  /** Parts of the path, as in `/people/:personId`. */
  params: Readonly<Record<string, string>>
  /** What follows the question mark. */
  query: URLSearchParams
  /** What was posted. Everything in it is somebody's typing: parse it. */
  fields: Fields
  uploads: readonly Upload[]
  /** Spread into `<Form>`: proof that the form is ours, and that it is saved once. */
  form: { csrf: string; once: string }
  path: string
  /** Work to do once the transaction has been committed, such as waking a live page. */
  afterCommit(work: () => void): void
}

export type Handler = (visit: Visit) => Promise<Answer>

export type RouteOptions = {
  /** The capability that the route asks for. There is no default: a route that says nothing is a type error. */
  may: Capability | 'anyone-signed-in'
  /** Largest file that may be uploaded, in bytes. Without it files are refused. */
  uploadLimit?: number
  /** A POST that may be repeated without harm, such as an autosave. */
  repeatable?: boolean
  /** Something new is begun there, in whichever of their posts lets them: what the address names is not whose it will be. */
  begins?: boolean
}

export type Routes = {
  get(path: string, options: RouteOptions, handler: Handler): void
  post(path: string, options: RouteOptions, handler: Handler): void
}

/** Who is at the door, as the gate sees it. `stage` names what is still to be done before anything else may be asked for. */
export type Entry =
  | { kind: 'signed-in'; actor: Actor; csrf: string; provedLately?: boolean }
  | { kind: 'half-way'; next: string }
  | { kind: 'signed-out' }

/** Something that somebody is about to do, for which they are asked to show once more that it is they. */
export type Demand = {
  words: string
  method: 'GET' | 'POST'
  address: string
  fields: Fields
  actor: Actor
  csrf: string
}

export type RoutesParts = {
  server: FastifyInstance
  database: Database
  clock: Clock
  enter: (request: FastifyRequest) => Promise<Entry>
  /** Keeps what a browser tried to save that is not signed in, or not as whoever opened the form, until that user is back. `here` is who is signed in. */
  holdPost: (request: FastifyRequest, fields: Fields, here?: string) => Promise<void>
  /** Puts an answer's body into the product's page, inside the transaction. */
  renderPage: (visit: Visit, answer: Answer & { kind: 'page' }, notice: string | undefined) => Promise<string>
  /** `typed`: what they posted there, to be shown to them again. */
  renderNotFound: (visit: Visit, typed?: VNode) => Promise<string>
  /** The actor as they are at the record that the address names: what their posts there allow. */
  actAt?: (visit: Visit) => Promise<Actor>
  /** Told, in the transaction, that somebody asked for what is not there for them. */
  refused?: (visit: Visit, method: 'GET' | 'POST', route: string) => Promise<void>
  /** Where a page is now that is not to be found here any more, for this actor. */
  movedTo?: (visit: Visit) => Promise<string | undefined>
  /** Asks for what every page shows before its handler asks for the rest, so that the two go out together. */
  askAhead?: (visit: Visit) => void
  /** Before which acts a proof is asked, in words, and how. Left out: before none. */
  proof?: {
    wordsOf: (method: 'GET' | 'POST', route: string, query: URLSearchParams) => string | undefined
    /** The page that asks; undefined once it has been given. */
    ask: (request: FastifyRequest, demand: Demand) => Promise<PageAnswer | undefined>
  }
  publicOrigin: string
}

/**
 * The way every signed-in page is served: who is it, may they, open the transaction as them, run the handler, commit, send.
 * Nothing is sent before the commit, so nobody sees a page of something that was then not saved.
 */
export function createRoutes(parts: RoutesParts): Routes {
  const add = (method: 'GET' | 'POST') => (path: string, options: RouteOptions, handler: Handler) => {
    parts.server.route({ method, url: path, handler: (request, reply) => serve(parts, method, options, handler, request, reply) })
  }
  return { get: add('GET'), post: add('POST') }
}

async function serve(
  parts: RoutesParts,
  method: 'GET' | 'POST',
  options: RouteOptions,
  handler: Handler,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  let entry = await parts.enter(request)
  // Nobody's files are taken in who may not add any: a stranger cannot fill the disk.
  const received = await receive(request, mayAsk(entry, options) ? (options.uploadLimit ?? 0) : 0)
  try {
    // A body can be held back for minutes: who is asking may have been disabled meanwhile.
    if (request.isMultipart?.()) entry = await parts.enter(request)
    if (entry.kind !== 'signed-in') return await turnAway(parts, method, entry, received.fields, request, reply)
    const { actor, csrf } = entry
    if (method === 'POST' && !isOurForm(parts, csrf, received.fields, request)) {
      // A page that saves by itself takes the new token from where this leads, and saves again.
      if (request.headers['x-lanyard-fetch']) return await send(reply, redirect(pathBefore(request)))
      // Signed in again in another tab, say: what was typed is offered again, on a page that carries the new token.
      await parts.holdPost(request, received.fields, actor.userId ?? undefined)
      return await send(reply, redirect(`${paths.unsaved}?return=${encodeURIComponent(pathBefore(request))}`))
    }
    const proof = await proofAsked(parts, entry, { method, options, fields: received.fields, request })
    const after: (() => void)[] = []
    const { answer, html } = await asActor(parts.database, actor, method === 'GET' || proof ? 'read' : 'write', async tx => {
      const asked: Visit = {
        tx,
        actor,
        clock: parts.clock,
        params: request.params as Record<string, string>,
        query: queryOf(request.url),
        fields: received.fields,
        uploads: received.uploads,
        form: { csrf, once: onceOf(method, received.fields) },
        path: request.url.split('?')[0] ?? '/',
        afterCommit: work => after.push(work),
      }
      const visit = parts.actAt && !options.begins ? { ...asked, actor: await parts.actAt(asked) } : asked
      // A post leads elsewhere, most often: it asks when it shows a page after all.
      if (method === 'GET') parts.askAhead?.(visit)
      const answer = proof ?? (await whereItIsNow(parts, visit, method, await answerOf(visit, method, options, handler)))
      if (answer.kind === 'not-found') await parts.refused?.(visit, method, request.routeOptions.url ?? '')
      const notice = request.cookies['notice']
      const html =
        answer.kind === 'page'
          ? await parts.renderPage(visit, answer, notice)
          : answer.kind === 'not-found'
            ? await parts.renderNotFound(visit, answer.typed)
            : undefined
      return { answer, html }
    })
    for (const work of after) work()
    return await send(reply, answer, html)
  } finally {
    await received.discard()
  }
}

/** The page that asks for a proof, where this act takes one and none was given lately. Whoever may not do it is not asked. */
async function proofAsked(
  { proof }: RoutesParts,
  { actor, csrf, provedLately = true }: Entry & { kind: 'signed-in' },
  { method, options, fields, request }: { method: 'GET' | 'POST'; options: RouteOptions; fields: Fields; request: FastifyRequest },
): Promise<PageAnswer | undefined> {
  if (!proof || provedLately || !actor.userId || !isAllowed(actor, options)) return undefined
  const words = proof.wordsOf(method, request.routeOptions.url ?? '', queryOf(request.url))
  return words === undefined ? undefined : proof.ask(request, { words, method, address: request.url, fields, actor, csrf })
}

async function answerOf(visit: Visit, method: 'GET' | 'POST', options: RouteOptions, handler: Handler): Promise<Answer> {
  if (!isAllowed(visit.actor, options)) return notFound()
  const once = visit.fields.text('_once')
  if (method === 'GET' || options.repeatable || !once) return handler(visit)
  const earlier = await beginOnce(visit.tx, visit.actor, once)
  if (earlier !== undefined) return redirect(earlier || visit.path, { notice: 'This had already been saved. It was not saved twice.' })
  const answer = await handler(visit)
  await finishOnce(visit.tx, once, answer)
  return answer
}

/**
 * The token of forms on the page that answers. One that says what is wrong goes on with the token that was posted: it is free again, and once the form is
 * put right and saved, nothing that was kept of its first post is offered any more.
 */
function onceOf(method: 'GET' | 'POST', fields: Fields): string {
  const posted = method === 'POST' ? fields.text('_once') : ''
  return isToken(posted) ? posted : crypto.randomUUID()
}

async function whereItIsNow(parts: RoutesParts, visit: Visit, method: 'GET' | 'POST', answer: Answer): Promise<Answer> {
  if (answer.kind !== 'not-found' || method !== 'GET') return answer
  const to = await parts.movedTo?.(visit)
  return to === undefined ? answer : redirect(to)
}

const isAllowed = (actor: Actor, { may }: RouteOptions): boolean => may === 'anyone-signed-in' || actor.capabilities.has(may)
const mayAsk = (entry: Entry, options: RouteOptions): boolean => entry.kind === 'signed-in' && isAllowed(entry.actor, options)

async function turnAway(
  parts: RoutesParts,
  method: string,
  entry: Exclude<Entry, { kind: 'signed-in' }>,
  fields: Fields,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  if (request.headers['x-lanyard-fetch']) return reply.code(401).send({ error: 'signed-out' })
  if (method === 'POST') await parts.holdPost(request, fields)
  if (entry.kind === 'half-way') return send(reply, redirect(entry.next))
  const back = method === 'GET' ? request.url : pathBefore(request)
  return send(reply, redirect(back === '/' ? '/sign-in' : `/sign-in?return=${encodeURIComponent(back)}`))
}

function isOurForm(parts: RoutesParts, csrf: string, fields: Fields, request: FastifyRequest): boolean {
  return fields.text('_csrf') === csrf && originIsOurs(request, parts.publicOrigin)
}

/** What follows the question mark, as clean as posted fields: PostgreSQL's text has no null byte. */
function queryOf(url: string): URLSearchParams {
  const entries = [...new URLSearchParams(url.split('?')[1] ?? '')]
  return new URLSearchParams(entries.map(([name, value]) => [name, value.replaceAll('\0', '').normalize('NFC')]))
}

/** The page that a form was on, from the browser's own word for it; only ever a path of ours. */
function pathBefore(request: FastifyRequest): string {
  try {
    const referer = new URL(String(request.headers.referer))
    // Two slashes at the beginning would lead to another host.
    return referer.host === request.headers.host ? referer.pathname.replace(/^\/+/, '/') + referer.search : '/'
  } catch {
    return '/'
  }
}
