import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/**
 * GOV.UK Notify as it is published, for tests and the benchmark: alphagov/notifications-tech-docs, the OpenAPI description 1.0.4 and the REST API
 * documentation, June 2026. It holds its caller to the token, the bodies, the limits and the error shapes, and calls back with retries. It
 * shares no code with ours. Instants are its own clock's; waits between tries are as short as a test wants them.
 */
export type NotifyPeer = {
  baseUrl: string
  /** A key of the service, and one of which the secret is wrong. */
  apiKey: string
  wrongKey: string
  templateId: string
  senderId: string
  /** Every text that it took, in order. */
  taken: readonly TakenText[]
  requests: number
  /** How many it did not take because of its rate. */
  refused: number
  /** Where and with which token it calls back. */
  callBack(to: { origin: string; token: string }): void
  /** The network has told it what became of a text: it passes that on, as often as it takes. */
  tell(id: string, status: string): Promise<CallbackAnswers>
  /** Somebody texts the service's number. */
  receive(from: string, words: string, options?: { id?: string; at?: Date }): Promise<CallbackAnswers>
  /** What the next requests to send are answered with instead. `cut`: taken, and the connection cut before the answer. */
  next(...answers: ('500' | '503' | 'rate' | 'day' | 'cut')[]): void
  /** How far its clock is from ours. */
  clock: { ahead: number }
  close(): Promise<void>
}
export type TakenText = { id: string; phone_number: string; reference: string | null; body: string; status: string; at: number }
/** What our side answered to each try: a status, or 0 for none at all. */
export type CallbackAnswers = number[]

export type PeerOptions = { perMinute?: number; perDay?: number; retryAfter?: number; timeout?: number }

const serviceId = '26785a09-ab16-4eb0-8407-a37497a57506'
const secret = '3d844edf-8d35-48ac-975b-e847b4f122b0'
const templateId = 'f33517ff-2a88-4f6e-b855-c550268ce08a'
const senderId = '8e222534-7f05-4972-86e3-17c5d9f894e2'
const mostTries = 1 + 5

export async function startNotifyPeer({
  perMinute = 3_000,
  perDay = 250_000,
  retryAfter = 5,
  timeout = 5_000,
}: PeerOptions = {}): Promise<NotifyPeer> {
  const taken: TakenText[] = []
  const received: { id: string; user_number: string; content: string; created_at: string }[] = []
  const minute: number[] = []
  const instead: string[] = []
  const clock = { ahead: 0 }
  const state = { requests: 0, refused: 0, callback: undefined as { origin: string; token: string } | undefined }
  const now = () => Date.now() + clock.ahead

  const server = createServer((request, response) => {
    state.requests++
    void answer(request, response).catch(() => response.destroy())
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://peer')
    const refused = authFault(request.headers.authorization, now())
    if (refused) return fault(response, refused.status, refused.error, refused.message)
    if (request.method === 'POST' && pathname === '/v2/notifications/sms') return send(request, response)
    if (request.method === 'GET' && pathname === '/v2/notifications') {
      const reference = searchParams.get('reference')
      const found = taken.filter(one => (reference ? one.reference === reference : true)).toReversed()
      return json(response, 200, { notifications: found.slice(0, 250).map(shown), links: { current: request.url } })
    }
    if (request.method === 'GET' && pathname === '/v2/received-text-messages') {
      const olderThan = searchParams.get('older_than')
      if (olderThan !== null && !uuid.test(olderThan)) return fault(response, 400, 'ValidationError', 'older_than is not a valid UUID')
      const texts = received.toReversed().map(one => ({ ...one, service_id: serviceId, notify_number: '07700900456' }))
      const from = texts.findIndex(text => text.id === olderThan) + 1
      return json(response, 200, { received_text_messages: texts.slice(from, from + 250), links: { current: request.url } })
    }
    const one = /^\/v2\/notifications\/([^/]+)$/.exec(pathname)
    if (request.method === 'GET' && one) {
      if (!uuid.test(one[1]!)) return fault(response, 400, 'ValidationError', 'id is not a valid UUID')
      const found = taken.find(each => each.id === one[1])
      return found ? json(response, 200, shown(found)) : fault(response, 404, 'NoResultFound', 'No result found')
    }
    return fault(response, 404, 'NoResultFound', 'Not found')
  }

  async function send(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!String(request.headers['content-type']).startsWith('application/json'))
      return fault(response, 400, 'BadRequestError', 'Content type is not application/json')
    const body = parsed(await text(request))
    if (body === undefined) return fault(response, 400, 'BadRequestError', 'Invalid JSON supplied in POST data')
    const asked = instead.shift()
    if (asked === '500') return json(response, 500, [{ error: 'Exception', message: 'Internal server error' }])
    if (asked === '503') return json(response, 503, [{ error: 'Exception', message: 'Service unavailable' }])
    const since = now() - 60_000
    while (minute[0] !== undefined && minute[0] < since) minute.shift()
    if (asked === 'rate' || minute.length >= perMinute) {
      state.refused++
      return fault(response, 429, 'RateLimitError', `Exceeded rate limit for key type LIVE of ${perMinute} requests per 60 seconds`)
    }
    if (asked === 'day' || taken.length >= perDay)
      return fault(response, 429, 'TooManyRequestsError', `Exceeded send limits (${perDay}) for today`)
    minute.push(now())
    const wrong = bodyFault(body)
    if (wrong) return fault(response, 400, wrong.error, wrong.message)
    const { phone_number, reference, personalisation } = body as {
      phone_number: string
      reference?: string
      personalisation: { message: string }
    }
    const one: TakenText = {
      id: randomUUID(),
      phone_number,
      reference: reference ?? null,
      body: String(personalisation.message),
      status: 'created',
      at: now(),
    }
    taken.push(one)
    if (asked === 'cut') return void response.destroy()
    return json(response, 201, {
      id: one.id,
      reference: one.reference,
      content: { body: one.body, from_number: 'PORTHKERRIS' },
      uri: `https://api.notifications.service.gov.uk/v2/notifications/${one.id}`,
      template: { id: templateId, version: 1, uri: `https://api.notifications.service.gov.uk/v2/template/${templateId}` },
      scheduled_for: null,
    })
  }

  /** "We will retry every 5 minutes, up to a maximum of 5 times": when there is no answer within 5 s, for 5xx, and for 429. */
  async function callback(path: string, body: object): Promise<CallbackAnswers> {
    const answers: CallbackAnswers = []
    const to = state.callback
    while (to && answers.length < mostTries) {
      if (answers.length > 0) await new Promise(resolve => setTimeout(resolve, retryAfter))
      const status = await fetch(`${to.origin}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${to.token}` },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(timeout),
      }).then(
        reply => reply.status,
        () => 0,
      )
      answers.push(status)
      if (status !== 0 && status < 500 && status !== 429) break
    }
    return answers
  }

  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    apiKey: `porthkerris-${serviceId}-${secret}`,
    wrongKey: `porthkerris-${serviceId}-${secret.replace('3d', '4d')}`,
    templateId,
    senderId,
    taken,
    get requests() {
      return state.requests
    },
    get refused() {
      return state.refused
    },
    clock,
    callBack: to => {
      state.callback = to
    },
    next: (...answers) => void instead.push(...answers),
    tell: async (id, status) => {
      const one = taken.find(each => each.id === id)
      if (!one) throw new Error('It never took that text.')
      one.status = status
      const at = new Date(now()).toISOString().replace('Z', '000Z')
      return callback('/callbacks/notify/receipts', {
        id,
        reference: one.reference,
        to: one.phone_number,
        status,
        created_at: at,
        completed_at: at,
        sent_at: at,
        notification_type: 'sms',
        template_id: templateId,
        template_version: 1,
      })
    },
    receive: async (from, words, { id = randomUUID(), at = new Date(now()) } = {}) => {
      const instant = at.toISOString().replace('Z', '000Z')
      if (!received.some(one => one.id === id))
        received.push({ id, user_number: from, content: words, created_at: instant.replace('T', ' ').replace('Z', '') })
      return callback('/callbacks/notify/replies', {
        id,
        source_number: from,
        destination_number: '07700900456',
        message: words,
        date_received: instant,
      })
    },
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i

/** "Authorization": a JWT, HS256, signed with the key's secret, issued by the service within 30 seconds of the right time. */
function authFault(header: string | undefined, now: number): { status: number; error: string; message: string } | undefined {
  const token = /^Bearer (\S+)$/.exec(header ?? '')?.[1]
  if (!token) return { status: 401, error: 'AuthError', message: 'Unauthorized: authentication token must be provided' }
  const [head = '', claims = '', signature = ''] = token.split('.')
  const invalid = { status: 403, error: 'AuthError', message: 'Invalid token: API key not found' }
  const [header64, claims64] = [parsed(fromBase64(head)), parsed(fromBase64(claims))]
  if (header64?.['alg'] !== 'HS256' || claims64?.['iss'] !== serviceId) return invalid
  const expected = createHmac('sha256', secret).update(`${head}.${claims}`).digest()
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return invalid
  if (Math.abs(Number(claims64['iat']) - now / 1_000) > 30)
    return { status: 403, error: 'AuthError', message: 'Error: Your system clock must be accurate to within 30 seconds' }
  return undefined
}

const properties = ['phone_number', 'template_id', 'personalisation', 'reference', 'sms_sender_id']

function bodyFault(body: Record<string, unknown>): { error: string; message: string } | undefined {
  const wrong = (message: string, error = 'ValidationError') => ({ error, message })
  for (const name of ['phone_number', 'template_id'] as const) if (!(name in body)) return wrong(`${name} is a required property`)
  const further = Object.keys(body).find(name => !properties.includes(name))
  if (further) return wrong(`Additional properties are not allowed (${further} was unexpected)`)
  for (const name of ['phone_number', 'template_id', 'reference', 'sms_sender_id'] as const)
    if (name in body && typeof body[name] !== 'string') return wrong(`${name} ${JSON.stringify(body[name])} is not of type string`)
  if (!uuid.test(String(body['template_id']))) return wrong('template_id is not a valid UUID')
  const number = numberFault(String(body['phone_number']))
  if (number) return wrong(`phone_number ${number}`)
  if (body['template_id'] !== templateId) return wrong('Template not found', 'BadRequestError')
  if ('sms_sender_id' in body && body['sms_sender_id'] !== senderId)
    return wrong(`sms_sender_id ${body['sms_sender_id']} does not exist in database for service id ${serviceId}`, 'BadRequestError')
  const message = (body['personalisation'] as Record<string, unknown> | undefined)?.['message']
  if (message === undefined) return wrong('Missing personalisation: message', 'BadRequestError')
  if ([...String(message)].length > 918)
    return wrong('Content for template has a character count greater than the limit of 918', 'BadRequestError')
  return undefined
}

function numberFault(number: string): string | undefined {
  const digits = number.replaceAll(/[\s()+-]/g, '')
  if (!/^\d+$/.test(digits)) return 'Must not contain letters or symbols'
  const national = digits.replace(/^(0044|44|0)/, '')
  if (!number.startsWith('+') || number.startsWith('+44')) {
    if (national.length < 10) return 'Not enough digits'
    if (national.length > 10) return 'Too many digits'
    return national.startsWith('7') ? undefined : 'Not a UK mobile number'
  }
  return digits.length < 8 ? 'Not enough digits' : digits.length > 15 ? 'Too many digits' : undefined
}

const shown = (one: TakenText) => ({
  id: one.id,
  reference: one.reference,
  type: 'sms',
  status: one.status,
  phone_number: one.phone_number,
  template: { id: templateId, version: 1, uri: `https://api.notifications.service.gov.uk/v2/template/${templateId}` },
  body: one.body,
  created_at: new Date(one.at).toISOString(),
  created_by_name: null,
  sent_at: new Date(one.at).toISOString(),
  completed_at: null,
})

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
const fault = (response: ServerResponse, status: number, error: string, message: string): void =>
  json(response, status, { errors: [{ error, message }], status_code: status })
const fromBase64 = (part: string): string => Buffer.from(part, 'base64url').toString()
function parsed(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
