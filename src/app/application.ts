import type { FastifyInstance } from 'fastify'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/db/database.ts'
import type { Log } from '../platform/log.ts'
import { createRoutes } from '../platform/web/routes.ts'
import { createServer } from '../platform/web/server.ts'
import { assetsOf, serveStatic } from '../platform/web/static.ts'
import { registerRoutes } from './routes.ts'
import { faultBody, notFoundBody, refusedBody, renderCalmPage, renderPage, type Shell } from './shell.tsx'

/** What an application is made of. A test passes its own; `main.ts` passes the real ones. */
export type ApplicationParts = {
  web: Database
  gate: Database
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
  /** Null when mail goes to the outbox page. */
  smtpUrl: string | undefined
  clamAvUrl: string | undefined
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
  }
  const server = await createServer({
    log: parts.log,
    trustedProxies: parts.trustedProxies,
    secure: parts.secure,
    renderFault: (requestId, status) =>
      status === 500
        ? renderCalmPage(shell, 'Sorry, there is a problem with the service', faultBody(requestId))
        : renderCalmPage(shell, 'Nothing was saved', refusedBody(status)),
  })
  await serveStatic(server, parts.staticFolder)
  server.get('/health', async (_request, reply) => reply.type('text/plain').send('well'))
  server.setNotFoundHandler((_request, reply) => {
    reply
      .code(404)
      .type('text/html; charset=utf-8')
      .send(renderCalmPage(shell, 'Page not found', notFoundBody))
  })
  await registerRoutes({
    ...parts,
    server,
    shell,
    renderPage: (visit, answer, notice) => renderPage(shell, visit, answer, notice),
    createRoutes,
  })
  return server
}
