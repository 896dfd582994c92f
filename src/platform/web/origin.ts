import type { FastifyRequest } from 'fastify'

/**
 * Whether a post comes from a page of ours, by what the browser itself says and a page cannot forge. Older browsers that send
 * neither header are left to the form's own token.
 */
export function originIsOurs(request: FastifyRequest, publicOrigin: string): boolean {
  const site = request.headers['sec-fetch-site']
  if (site && site !== 'same-origin' && site !== 'none') return false
  const origin = request.headers.origin
  if (!origin || origin === 'null') return true
  return origin === publicOrigin || (URL.canParse(origin) && new URL(origin).host === request.headers.host)
}
