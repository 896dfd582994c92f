import type { FastifyInstance } from 'fastify'
import type { Scanning } from '../documents/index.ts'
import type { OutboxOpening } from '../notifications/index.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/db/database.ts'
import type { Log } from '../platform/log.ts'
import { createServer } from '../platform/web/server.ts'
import { assetsOf, serveStatic } from '../platform/web/static.ts'
import { registerRoutes } from './routes.tsx'
import { busyBody, faultBody, notFoundBody, refusedBody, renderCalmPage, type Shell } from './shell.tsx'

/** What an application is made of. A test passes its own; `main.ts` passes the real ones. */
export type ApplicationParts = {
  web: Database
  gate: Database
  stranger: Database
  worker: Database
  clock: Clock
  log: Log
  /** Where `npm run build` has put the static files. */
  staticFolder: string
  /** Where documents are kept. */
  dataFolder: string
  secret: string
  origin: string
  secure: boolean
  trustedProxies: number
  authorityName: string
  demonstration: boolean
  sessionIdleMinutes: number
  sessionLongestMinutes: number
  /** Who may read the outbox page, where mail goes nowhere else. */
  outbox: OutboxOpening
  /** Whether text messages can go anywhere; where GOV.UK Notify takes them, the token by which it is known when it tells us of them. */
  texting: { callbackToken: string | null } | null
  /** Told of each new document. Null where no scanner is configured. */
  scanning: Scanning | null
  /** Serves /floor for the benchmark. */
  floorPage: boolean
}

/** The whole product as one server, ready to listen. */
export async function createApplication(parts: ApplicationParts): Promise<FastifyInstance> {
  const shell: Shell = {
    asset: assetsOf(parts.staticFolder),
    serviceName: 'Lanyard',
    demonstration: parts.demonstration
      ? `${parts.authorityName} and everyone in it are made up. Enter nothing about a real person.`
      : undefined,
    footer: [],
    texting: parts.texting !== null,
  }
  const server = await createServer({
    log: parts.log,
    trustedProxies: parts.trustedProxies,
    secure: parts.secure,
    renderFault: (requestId, status) =>
      status === 500
        ? renderCalmPage(shell, 'Sorry, there is a problem with the service', faultBody(requestId))
        : status === 503
          ? renderCalmPage(shell, 'Lanyard is very busy', busyBody)
          : renderCalmPage(shell, 'Nothing was saved', refusedBody(status)),
  })
  await serveStatic(server, parts.staticFolder)
  server.get('/health', async (_request, reply) => {
    const answers = await parts.web.pool.query('select 1').then(
      () => true,
      () => false,
    )
    return reply
      .code(answers ? 200 : 503)
      .type('text/plain')
      .send(answers ? 'well' : 'the database does not answer')
  })
  server.setNotFoundHandler((_request, reply) => {
    reply
      .code(404)
      .type('text/html; charset=utf-8')
      .send(renderCalmPage(shell, 'Page not found', notFoundBody))
  })
  registerRoutes({ ...parts, server, shell })
  return server
}
