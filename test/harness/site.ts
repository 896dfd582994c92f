import type { FastifyInstance } from 'fastify'
import { renderToString } from 'preact-render-to-string'
import type { Clock } from '../../src/platform/clock.ts'
import { createRoutes, type Routes, type RoutesParts } from '../../src/platform/web/routes.ts'
import { createServer } from '../../src/platform/web/server.ts'
import { actorOf } from '../factories/world.ts'
import type { TestDatabase } from './database.ts'

/**
 * Some of the product's routes on the real server, database and transactions, with the door left out: whoever is named in a header is in.
 * For tests of a module's own pages; signing in, the shell and everything together are tested with the whole application.
 */
export type Site = { as(user: { id: string }): Browser; server: FastifyInstance; faults: string[]; close(): Promise<void> }
export type Browser = {
  get(path: string): Promise<Reply>
  post(path: string, fields: Record<string, string | readonly string[] | File>, options?: { once?: string }): Promise<Reply>
}
export type Reply = {
  status: number
  /** Where it leads, when it leads elsewhere. */
  location: string | undefined
  html: string
  /** The page's words without its markup. */
  words: string
  body: Buffer
  headers: Record<string, unknown>
}

export async function siteOf(
  database: TestDatabase,
  clock: Clock,
  register: (routes: Routes) => void,
  more: Pick<RoutesParts, 'movedTo'> = {},
): Promise<Site> {
  const faults: string[] = []
  const server = await createServer({
    log: { error: detail => faults.push(String((detail as { fault?: string }).fault)) },
    trustedProxies: 0,
    secure: false,
    renderFault: () => '<h1>Sorry, there is a problem</h1>',
  })
  register(
    createRoutes({
      server,
      database: database.web,
      clock,
      enter: async request => {
        const userId = request.headers['x-test-user']
        return userId ? { kind: 'signed-in', actor: await actorOf(database, String(userId)), csrf: 'test-csrf' } : { kind: 'signed-out' }
      },
      holdPost: async () => {},
      renderPage: async (_visit, answer) =>
        `<title>${answer.hasErrors ? 'Error: ' : ''}${answer.title}</title>${renderToString(answer.body)}`,
      renderNotFound: async () => '<h1>Page not found</h1>',
      publicOrigin: 'http://localhost',
      ...more,
    }),
  )
  const as = ({ id }: { id: string }): Browser => ({
    get: async path => replyOf(await server.inject({ method: 'GET', url: path, headers: { 'x-test-user': id } })),
    post: async (path, fields, { once = crypto.randomUUID() } = {}) => {
      const all: Record<string, string | readonly string[] | File> = { _csrf: 'test-csrf', _once: once, ...fields }
      const { body, type } = await encoded(all)
      return replyOf(
        await server.inject({ method: 'POST', url: path, headers: { 'x-test-user': id, 'content-type': type }, payload: body }),
      )
    },
  })
  return { as, server, faults, close: () => server.close() }
}

export async function encoded(fields: Record<string, string | readonly string[] | File>): Promise<{ body: Buffer; type: string }> {
  const form = Object.values(fields).some(value => value instanceof File) ? new FormData() : new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) {
    for (const one of Array.isArray(value) ? value : [value]) form.append(name, one as string)
  }
  const request = new Request('http://localhost', { method: 'POST', body: form })
  return { body: Buffer.from(await request.arrayBuffer()), type: request.headers.get('content-type') ?? '' }
}

export function replyOf(reply: Awaited<ReturnType<FastifyInstance['inject']>>): Reply {
  const html = reply.body
  return {
    status: reply.statusCode,
    location: reply.headers.location as string | undefined,
    html,
    words: html
      .replace(/<[^>]+>/g, ' ')
      .replaceAll('&amp;', '&')
      .replaceAll('&lt;', '<')
      .replaceAll('&quot;', '"')
      .replace(/\s+/g, ' '),
    body: reply.rawPayload,
    headers: reply.headers,
  }
}
