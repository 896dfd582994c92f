import type { TextStatus } from './status.ts'

/** What hands texts to the networks: GOV.UK Notify, or the outbox where none goes out. */
export type Carrier = {
  name: 'notify' | 'outbox'
  /** Hands over one text. Answers what became of that; throws for nothing that can be expected of a network. */
  send(text: Outgoing): Promise<Handed>
  /** A text that was handed over when we were cut short: what the carrier knows of it, or nothing where it never had it. */
  find(id: string): Promise<Told | undefined>
  /** What became of a text that it took. */
  ask(carrierId: string): Promise<Told | undefined>
  /** Answers that came in, the latest first, a page at a time: for those that it could not tell us of. */
  received(olderThan?: string): Promise<Received[]>
}

export type Outgoing = { id: string; number: string; words: string }
export type Handed =
  | { kind: 'accepted'; carrierId: string | null; status: TextStatus }
  /** It never will be taken: the number is none. */
  | { kind: 'refused'; why: string }
  /** Not now. `pause`: nothing else either until then. `unsure`: it may have been taken all the same, and is asked after before it is sent. */
  | { kind: 'later'; why: string; pause?: number; unsure?: true }
export type Told = { carrierId: string; status: string }
export type Received = { id: string; number: string; words: string; at: Date }

/** Where none goes out: texts are read on the outbox page, like mails. */
export const outboxCarrier: Carrier = {
  name: 'outbox',
  send: async () => ({ kind: 'accepted', carrierId: null, status: 'delivered' }),
  find: async () => undefined,
  ask: async () => undefined,
  received: async () => [],
}
