/** What became of a text, in GOV.UK Notify's words and two of our own: `created` waits here, `not-sent` never left. */
export const statuses = [
  'created',
  'sending',
  'sent',
  'delivered',
  'permanent-failure',
  'temporary-failure',
  'technical-failure',
  'not-sent',
] as const
export type TextStatus = (typeof statuses)[number]

export const statusWords: Readonly<Record<TextStatus, string>> = {
  created: 'Waiting to go',
  sending: 'On its way',
  sent: 'Sent abroad',
  delivered: 'Delivered',
  'permanent-failure': 'Not delivered: the number does not exist',
  'temporary-failure': 'Not delivered: the phone was off or out of reach',
  'technical-failure': 'Not delivered: a fault between us and the network',
  'not-sent': 'Not sent',
}

/** In a table, beside a colour. */
export const statusInShort: Readonly<Record<TextStatus, string>> = {
  created: 'Waiting',
  sending: 'On its way',
  sent: 'Sent abroad',
  delivered: 'Delivered',
  'permanent-failure': 'Failed',
  'temporary-failure': 'Failed for now',
  'technical-failure': 'Failed',
  'not-sent': 'Not sent',
}

export const hasEnded = (status: TextStatus): boolean => status !== 'created' && status !== 'sending'
export const hasFailed = (status: TextStatus): boolean => status.endsWith('-failure') || status === 'not-sent'

// GOV.UK Notify, "Message statuses": `pending` is `sending` at a network abroad.
const told: Readonly<Record<string, TextStatus>> = {
  created: 'sending',
  sending: 'sending',
  pending: 'sending',
  sent: 'sent',
  delivered: 'delivered',
  'permanent-failure': 'permanent-failure',
  'temporary-failure': 'temporary-failure',
  'technical-failure': 'technical-failure',
}

/** The status after the carrier told of one. Receipts come late, twice and out of order: what has ended stays as it ended. */
export function statusAfter(now: TextStatus, said: string): TextStatus | undefined {
  const next = told[said]
  if (next === undefined || (hasEnded(now) && now !== 'sent')) return undefined
  if (now === 'sent' && next === 'sending') return undefined
  return next === now ? undefined : next
}
