import type { FastifyInstance } from 'fastify'

export type Route = { method: 'GET' | 'POST'; path: string }

/** Every address that the server answers to, read from the server itself: a new page is tested the day that it is there. */
export function routesOf(server: FastifyInstance): Route[] {
  const above: string[] = []
  const routes: Route[] = []
  for (const line of server.printRoutes({ commonPrefix: false }).split('\n')) {
    const found = /^((?:│ {3}| {4})*)[├└]── (.*?)(?: \(([A-Z, ]+)\))?$/.exec(line)
    // The static files: the only wildcard, printed without what comes before it.
    if (!found || found[2] === '*') continue
    const [, indent = '', segment = '', methods = ''] = found
    const depth = indent.length / 4
    above.length = depth
    above[depth] = segment
    const path = above.join('').replaceAll('//', '/')
    // Streams of what is new never end: who may listen to one is tested where they are (src/messages/live.test.ts).
    if (path.endsWith('/live')) continue
    for (const method of ['GET', 'POST'] as const) if (methods.split(', ').includes(method)) routes.push({ method, path })
  }
  for (const { method, path } of routes) if (!server.hasRoute({ method, url: path })) throw new Error(`${method} ${path} was misread.`)
  return routes
}

/** Pages for which nobody need be signed in. */
const ofTheDoor = /^\/(sign-in|sign-out|set-password|forgotten-password|health|outbox|static|calendar-feed|refer)(\/|$)/
export const isOfTheDoor = ({ path }: Route): boolean => ofTheDoor.test(path) && path !== '/sign-in/unsaved'
/** Pages about the reader alone. */
export const isOwn = ({ path }: Route): boolean =>
  /^\/(account|sign-in\/unsaved|calendar\/address)(\/|$)|^\/(notices(\/(settings|read))?|search\/saved(\/new)?)$/.test(path)
export const paramsOf = ({ path }: Route): string[] => [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
