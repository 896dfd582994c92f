import type { FastifyRequest } from 'fastify'

/**
 * What a page asks for by itself, with nobody at it: the heartbeat of a form that is open, the next look at work that goes on. It is
 * answered like any other request and does not count as use of the session, or one left on a desk would never end. Whoever marks a
 * request of their own gains nothing: their session ends sooner.
 */
export function isUnattended({ headers, url }: Pick<FastifyRequest, 'headers' | 'url'>): boolean {
  return headers['x-lanyard-unattended'] !== undefined || new URLSearchParams(url.split('?')[1]).has(mark)
}

/** The address that a page refreshes to. The mark stands in it, since a browser says nothing else of why it asks. */
export function unattended(url: string): string {
  return isUnattended({ headers: {}, url }) ? url : `${url}${url.includes('?') ? '&' : '?'}${mark}`
}

const mark = 'unattended'
