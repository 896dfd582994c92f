import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Actor, asActor } from '../actor.ts'
import type { Capability } from '../capabilities.ts'
import type { Clock } from '../clock.ts'
import type { Database, Tx } from '../db/database.ts'
import type { Entry } from '../web/routes.ts'
import { hear } from './hear.ts'

/** One look at what is new for a page that stands open, in a transaction of its reader's as they are at this moment. */
export type LiveVisit = {
  tx: Tx
  actor: Actor
  clock: Clock
  params: Readonly<Record<string, string>>
  /** The id of the last event that the page has: of this stream, or of the one before it. */
  after: string
}

/** `id` is what the page says when it comes again, so that it is sent all that it missed. */
export type LiveEvent = { event: string; data: string; id?: string }

/** What is new since `after`; or that the page is not its reader's any more: nothing further is sent and the stream ends. */
export type LiveSource = (visit: LiveVisit) => Promise<readonly LiveEvent[] | 'gone'>

export type Live = {
  /** Serves a stream of server-sent events. The page is woken by `wakeLive` with one of `about`, which are names of path parameters, or nothing. */
  get(path: string, options: { may: Capability; about?: string }, source: LiveSource): void
}

export type LiveParts = {
  server: FastifyInstance
  /** Of the web role: pages read under their reader's own rights. */
  database: Database
  clock: Clock
  enter: (request: FastifyRequest) => Promise<Entry>
  log: { error(detail: object, message: string): void }
  /** Told, in the transaction, that somebody asked to listen who may not. */
  refused: (visit: LiveVisit, method: 'GET', route: string) => Promise<void>
}

/** Each look is two short transactions. So many at once leave the pool to whoever clicks. */
const atOnce = 4
/** How often every stream is looked at by itself: rights and sessions end by the clock too, and proxies close what is silent. */
const beat = 20_000
/** Tabs of one user in one process. The oldest makes way. */
const perUser = 8
/** What one process holds open altogether. */
const most = 5_000
/** A reader that takes in less than comes is let go; it comes again for what it missed. */
const mostUnsent = 1_000_000

type Stream = {
  request: FastifyRequest
  reply: FastifyReply
  principal: number
  may: Capability
  source: LiveSource
  about: string | undefined
  after: string
  /** Waits for its turn, is being looked at, is being looked at and has to be again. */
  state: 'idle' | 'waiting' | 'looking' | 'again' | 'ended'
}

/**
 * Pages that stand open and are told what is new (server-sent events). A process is told that there is something by a notification of the
 * database, which holds ids alone; it then asks who the reader is now, and reads as them. So a session that has ended, or a right that has
 * been taken away, is worth nothing from that moment, whichever process the page is connected to.
 */
export function createLive({ server, database, clock, enter, log, refused }: LiveParts): Live {
  const streams = new Map<number, Set<Stream>>()
  const queue: Stream[] = []
  let looking = 0
  let open = 0

  const all = function* () {
    for (const those of streams.values()) yield* those
  }

  const want = (stream: Stream) => {
    if (stream.state === 'looking') stream.state = 'again'
    if (stream.state !== 'idle') return
    stream.state = 'waiting'
    queue.push(stream)
    takeTurns()
  }

  const takeTurns = () => {
    while (looking < atOnce) {
      const stream = queue.shift()
      if (!stream) return
      if (stream.state !== 'waiting') continue
      stream.state = 'looking'
      looking += 1
      void look(stream).finally(() => {
        looking -= 1
        const again = stream.state === 'again'
        if (stream.state !== 'ended') stream.state = 'idle'
        if (again) want(stream)
        takeTurns()
      })
    }
  }

  const readNews = async ({
    request,
    may,
    source,
    after,
    principal,
  }: Pick<Stream, 'request' | 'may' | 'source' | 'after'> & { principal?: number }) => {
    const entry = await enter(request)
    if (entry.kind !== 'signed-in') return { news: 'signed-out' as const }
    const { actor } = entry
    if (principal !== undefined && principal !== actor.principal) return { news: 'gone' as const }
    const params = request.params as Record<string, string>
    const news = await asActor(database, actor, 'read', async tx => {
      const visit = { tx, actor, clock, params, after }
      const news = actor.capabilities.has(may) ? await source(visit) : ('gone' as const)
      // That an open page ends is not an attempt.
      if (news === 'gone' && principal === undefined) await refused(visit, 'GET', request.routeOptions.url ?? '')
      return news
    })
    return { actor, news }
  }

  const look = async (stream: Stream) => {
    try {
      const { news } = await readNews(stream)
      if (hasEnded(stream)) return
      if (typeof news === 'string') return end(stream, 'event: closed\ndata: \n\n')
      // Nothing where there is nothing new for them: that something was said that is kept from them must not be heard.
      if (news.length > 0) write(stream, news.map(asText).join(''))
      stream.after = news.findLast(one => one.id !== undefined)?.id ?? stream.after
    } catch (fault) {
      // It comes again, here or at another process, and is sent what it missed.
      log.error({ route: stream.request.routeOptions.url, fault: (fault as Error).message }, 'live')
      end(stream)
    }
  }

  const write = (stream: Stream, text: string) => {
    const { raw } = stream.reply
    raw.write(text)
    if (raw.writableLength > mostUnsent) end(stream)
  }

  const end = (stream: Stream, last = '') => {
    if (hasEnded(stream)) return
    stream.state = 'ended'
    open -= 1
    const those = streams.get(stream.principal)
    those?.delete(stream)
    if (those?.size === 0) streams.delete(stream.principal)
    if (stream.reply.raw.writableLength > mostUnsent) stream.reply.raw.destroy()
    else stream.reply.raw.end(last)
  }

  const begin = (stream: Stream) => {
    const those = streams.get(stream.principal) ?? new Set()
    streams.set(stream.principal, those.add(stream))
    open += 1
    // Sent away for good: a page that kept coming back would push out another, and so on for ever.
    if (those.size > perUser) end([...those][0]!, 'event: crowded\ndata: \n\n')
    for (const gone of ['close', 'error']) stream.reply.raw.on(gone, () => end(stream))
  }

  const hearing = hear(database, {
    heard: ({ to, about }) => {
      for (const principal of to)
        for (const stream of streams.get(principal) ?? []) if (stream.about === undefined || stream.about === about) want(stream)
    },
    begun: () => {
      for (const stream of all()) want(stream)
    },
  })
  const timer = setInterval(() => {
    for (const stream of all()) {
      // So that nothing on the way takes the line for dead.
      write(stream, ': still here\n\n')
      want(stream)
    }
  }, beat)
  timer.unref()
  server.addHook('preClose', async () => {
    clearInterval(timer)
    for (const stream of [...all()]) end(stream)
    await hearing.stop()
  })

  return {
    get: (path, { may, about }, source) => {
      const handler = async (request: FastifyRequest, reply: FastifyReply) => {
        // Nobody need be at it: an open page keeps no session alive.
        request.headers['x-lanyard-unattended'] = 'live'
        const after = String(request.headers['last-event-id'] ?? new URLSearchParams(request.url.split('?')[1]).get('after') ?? '')
        const { news, actor } = await readNews({ request, may, source, after })
        if (news === 'signed-out') return reply.code(401).type('text/plain').send('Sign in first.')
        if (news === 'gone' || !actor) return reply.code(404).type('text/plain').send('There is no such page.')
        if (open >= most) return reply.code(503).header('retry-after', '10').type('text/plain').send('Too many pages are open.')
        reply.hijack()
        reply.raw.writeHead(200, { ...(reply.getHeaders() as Record<string, string>), ...headers })
        const aboutWhat = about === undefined ? undefined : (request.params as Record<string, string>)[about]
        const stream: Stream = { request, reply, principal: actor.principal, may, source, about: aboutWhat, after, state: 'idle' }
        begin(stream)
        write(stream, `retry: 2000\n\n${news.map(asText).join('')}`)
        stream.after = news.findLast(one => one.id !== undefined)?.id ?? after
        // What was told between the look and its being among those who are woken.
        want(stream)
        return reply
      }
      server.route({ method: 'GET', url: path, exposeHeadRoute: false, handler })
    },
  }
}

const hasEnded = (stream: Stream): boolean => stream.state === 'ended'

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  // No proxy may keep it, nor press it: a pressed stream is held back until there is enough of it.
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
}

const asText = ({ event, data, id }: LiveEvent): string =>
  `event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}${data
    .split(/\r\n|\r|\n/)
    .map(line => `data: ${line}\n`)
    .join('')}\n`
