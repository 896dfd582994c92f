import http from 'node:http'
import https from 'node:https'
import { NotifyClient } from 'notifications-node-client'
import { parseTelephone } from '../people/index.ts'
import type { Carrier, Handed, Received, Told } from './carrier.ts'

export type NotifyParts = {
  /** `<name>-<service id>-<secret>`, as GOV.UK Notify gives it. */
  apiKey: string
  baseUrl: string
  /** A template of that service whose whole body is `((message))`: the words are ours. */
  templateId: string
  /** Which of the service's senders; its own default without. */
  senderId: string | undefined
  log: { error(line: string): void }
}

/** How long we wait for an answer. Whether a text was taken that we heard nothing of is asked before it is sent again. */
const patience = 15_000
const minute = 60_000

/** GOV.UK Notify through its own client. */
export function notifyCarrier({ apiKey, baseUrl, templateId, senderId, log }: NotifyParts): Carrier {
  const client = new NotifyClient(baseUrl, apiKey)
  withPatience(client)
  return {
    name: 'notify',
    send: async ({ id, number, words }) => {
      try {
        const { data } = await client.sendSms(templateId, number, {
          personalisation: { message: words },
          reference: id,
          ...(senderId ? { smsSenderId: senderId } : {}),
        })
        return { kind: 'accepted', carrierId: data.id, status: 'sending' }
      } catch (fault) {
        return refusalOf(fault, log)
      }
    },
    find: async id => toldOf((await client.getNotifications('sms', undefined, id)).data.notifications[0]),
    ask: async carrierId => {
      try {
        return toldOf((await client.getNotificationById(carrierId)).data)
      } catch (fault) {
        // It forgets a text after a week, or after as many days as its service says.
        if ((fault as Fault).response?.status === 404) return undefined
        throw fault
      }
    },
    received: async olderThan => receivedFrom((await client.getReceivedTexts(olderThan)).data.received_text_messages),
  }
}

type RestClient = Parameters<NotifyClient['setClient']>[0]

/** The client waits for ever and opens a connection for each text: ours are kept, and given up. */
function withPatience(client: NotifyClient): void {
  const { apiClient } = client as unknown as { apiClient: { restClient: RestClient } }
  const { restClient } = apiClient
  const agents = { httpAgent: new http.Agent({ keepAlive: true }), httpsAgent: new https.Agent({ keepAlive: true }) }
  const patient = (options: object) => restClient({ ...options, ...agents, timeout: patience, maxRedirects: 0 })
  client.setClient(patient as unknown as RestClient)
}

type Fault = { response?: { status?: number; data?: { errors?: { error?: string; message?: string }[] } } }

/** What a refusal means. GOV.UK Notify, "Error codes". */
function refusalOf(fault: unknown, log: NotifyParts['log']): Handed {
  const { status, data } = (fault as Fault).response ?? {}
  const first = data?.errors?.[0]
  const why = first?.message ?? ''
  if (status === 400)
    return { kind: 'refused', why: why.replace(/^phone_number /, 'The number is refused: ') || 'GOV.UK Notify refused it' }
  if (status === 429) {
    // A rate is by the minute; a day's limit ends at midnight, and is asked after each quarter of an hour. Told apart by the words: the
    // documentation calls the first RateLimitError, the OpenAPI description TooManyRequestsError, as it calls the second.
    const pause = first?.error === 'RateLimitError' || why.startsWith('Exceeded rate limit') ? minute : 15 * minute
    return { kind: 'later', why: 'GOV.UK Notify takes no more for now', pause }
  }
  if (status === 403 || status === 401) {
    log.error(`GOV.UK Notify does not let us in: ${why}`)
    return { kind: 'later', why: 'GOV.UK Notify does not let us in', pause: 5 * minute }
  }
  return { kind: 'later', why: status ? `GOV.UK Notify answered ${status}` : 'GOV.UK Notify could not be reached', unsure: true }
}

const toldOf = (notification: { id: string; status: string } | undefined): Told | undefined =>
  notification && { carrierId: notification.id, status: notification.status }

type ReceivedText = { id: string; user_number: string; created_at: string; content: string }
const receivedFrom = (texts: readonly ReceivedText[]): Received[] =>
  texts.map(({ id, user_number, created_at, content }) => ({
    id,
    number: numberFrom(user_number),
    words: content,
    at: instantFrom(created_at),
  }))

/** '447700900123', as Notify writes where a text came from. What is no number, such as a name, is kept as it is. */
export function numberFrom(text: string): string {
  const reading = parseTelephone(/^\d{11,15}$/.test(text) && !text.startsWith('0') ? `+${text}` : text)
  return reading.ok ? reading.value : text
}

/** '2024-12-12 18:39:16.123346', which is UTC, or ISO 8601. */
export function instantFrom(text: string): Date {
  const at = new Date(/[zZ]|[+-]\d\d:?\d\d$/.test(text) ? text : `${text.replace(' ', 'T')}Z`)
  return Number.isNaN(at.getTime()) ? new Date() : at
}
