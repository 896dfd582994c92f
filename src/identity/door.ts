import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../platform/actor.ts'
import { type Answer, type PageAnswer, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import { originIsOurs } from '../platform/web/origin.ts'
import { send } from '../platform/web/send.ts'
import type { Session } from './find-session.ts'
import type { Gate } from './gate.ts'
import { sessionOf } from './sessions/enter.ts'
import { newToken } from './sessions/sessions.ts'
import { localPath } from './sessions/stages.ts'

/** One request of somebody who is not, or not wholly, signed in. There is no actor and no transaction yet. */
export type DoorVisit = {
  gate: Gate
  now: Date
  fields: Fields
  params: Readonly<Record<string, string>>
  query: URLSearchParams
  /** The session while it is going, however far its user has got. */
  session: Session | undefined
  /** Spread into `<Form>`: proof that the form is ours. */
  form: { csrf: string }
  /** Where the visitor was going, from the address or the form. */
  returnTo: string
  address: string
  browser: string
  requestId: string
  /** The token of this browser's device cookie. */
  deviceToken: string | undefined
  keepSession(token: string): void
  forgetSession(): void
  keepDevice(token: string): void
}

export type DoorHandler = (visit: DoorVisit) => Promise<Answer>
export type Door = { get(path: string, handler: DoorHandler): void; post(path: string, handler: DoorHandler): void }

/** Puts a page of the door into the calm layout. */
export type RenderCalm = (answer: PageAnswer, notice: string | undefined) => string

/** Routes for which nobody need be signed in. Forms carry a token signed for this browser's own cookie, or the session's where there is one. */
export function createDoor(server: FastifyInstance, gate: Gate, render: RenderCalm): Door {
  const add = (method: 'GET' | 'POST') => (path: string, handler: DoorHandler) => {
    server.route({
      method,
      url: path,
      handler: async (request, reply) => {
        const visit = await visitOf(gate, request, reply)
        if (method === 'POST' && !isOurForm(gate, request, visit)) {
          return send(reply, redirect(request.url, { notice: 'This page had been open too long. Check it and try again.' }))
        }
        const answer = await handler(visit)
        const notice = request.cookies['notice']
        return send(reply, answer, answer.kind === 'page' ? render(answer, notice) : undefined)
      },
    })
  }
  return { get: add('GET'), post: add('POST') }
}

/** Who acts, where a session is known but its user is not wholly signed in: for the audit. */
export const doorActor = (visit: Pick<DoorVisit, 'requestId' | 'address'>, actor: Session['actor']): Actor => ({
  ...actor,
  requestId: visit.requestId,
  address: visit.address,
})

async function visitOf(gate: Gate, request: FastifyRequest, reply: FastifyReply): Promise<DoorVisit> {
  const found = await sessionOf(gate, request)
  const session = found?.live ? found.session : undefined
  const fields = (request.body as Fields | undefined) ?? noFields
  const query = new URLSearchParams(request.url.split('?')[1] ?? '')
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure: gate.secure } as const
  let formCookie = request.cookies[gate.cookies.form]
  if (!formCookie || !/^[\w-]{43}$/.test(formCookie)) {
    formCookie = newToken()
    reply.setCookie(gate.cookies.form, formCookie, options)
  }
  return {
    gate,
    now: gate.clock.now(),
    fields,
    params: request.params as Record<string, string>,
    query,
    session,
    form: { csrf: session?.csrf ?? signed(gate, formCookie) },
    returnTo: localPath(fields.text('return') || (query.get('return') ?? '')),
    address: request.ip,
    browser: String(request.headers['user-agent'] ?? ''),
    requestId: request.id,
    deviceToken: shapely(request.cookies[gate.cookies.device]),
    keepSession: token => void reply.setCookie(gate.cookies.session, token, options),
    forgetSession: () => void reply.clearCookie(gate.cookies.session, options),
    keepDevice: token => void reply.setCookie(gate.cookies.device, token, { ...options, maxAge: 365 * 24 * 3600 }),
  }
}

const shapely = (token: string | undefined) => (token && /^[\w-]{43}$/.test(token) ? token : undefined)

const signed = (gate: Gate, cookie: string) => createHmac('sha256', gate.keys.form).update(cookie).digest('base64url')

/** OWASP, signed double-submit cookie: a page elsewhere can neither read the cookie nor sign one. A form opened before signing in still counts. */
function isOurForm(gate: Gate, request: FastifyRequest, { session, fields }: DoorVisit): boolean {
  const given = Buffer.from(fields.text('_csrf'))
  const same = (wanted: string | undefined) =>
    wanted !== undefined && given.length === Buffer.byteLength(wanted) && timingSafeEqual(given, Buffer.from(wanted))
  const cookie = request.cookies[gate.cookies.form]
  return (same(session?.csrf) || same(cookie && signed(gate, cookie))) && originIsOurs(request, gate.publicOrigin)
}
