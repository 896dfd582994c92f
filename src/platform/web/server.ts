import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import Fastify, { type FastifyInstance } from 'fastify'
import { fieldsFrom } from './fields.ts'

export type ServerOptions = {
  log: { error(detail: object, message: string): void }
  /** Behind how many proxies of ours the server stands: their word for the caller's address is believed. */
  trustedProxies: number
  /** Served over https: cookies are then marked secure and browsers told to insist on it. */
  secure: boolean
  renderFault: (requestId: string, status: number) => string
}

/** The server without any page: parsing, security headers, and the one place where a fault ends. */
export async function createServer({ log, trustedProxies, secure, renderFault }: ServerOptions): Promise<FastifyInstance> {
  const server = Fastify({
    logger: false,
    trustProxy: (_address, hop) => hop <= trustedProxies - 1,
    genReqId: () => crypto.randomUUID(),
    bodyLimit: 2_000_000,
    // For a whole request, the slowest upload of a large file included.
    requestTimeout: 600_000,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
  })
  await server.register(cookie)
  await server.register(multipart)
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, fieldsFrom(new URLSearchParams(String(body))))
  })
  // Forms alone: anything else is answered with 415 before it is read.
  server.removeContentTypeParser(['application/json', 'text/plain'])
  server.addHook('onRequest', async (_request, reply) => {
    reply.headers(securityHeaders)
    if (secure) reply.header('strict-transport-security', 'max-age=63072000; includeSubDomains')
  })
  server.setErrorHandler((fault: Error & { statusCode?: number }, request, reply) => {
    const status = fault.statusCode && (fault.statusCode < 500 || fault.statusCode === 503) ? fault.statusCode : 500
    if (status === 503) reply.header('retry-after', '5')
    // Never the body, the query or a name: only what went wrong and where.
    if (status === 500)
      log.error({ requestId: request.id, route: request.routeOptions.url, fault: fault.message, stack: fault.stack }, 'fault')
    return reply.code(status).type('text/html; charset=utf-8').send(renderFault(request.id, status))
  })
  return server
}

// Strict: no inline script or style, nothing from elsewhere, never inside somebody's frame, no page kept by a shared computer's cache.
const securityHeaders = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; object-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'self'; base-uri 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=()',
  'cache-control': 'no-store',
}
