import { createHmac, hkdfSync } from 'node:crypto'
import type { Clock } from '../platform/clock.ts'
import type { Database, Tx } from '../platform/db/database.ts'

/** A mail as the gate asks for one. `notifications`' sendMail has this shape; the gate stands below it and is handed it. */
export type SendMail = (tx: Tx, now: Date, mail: { to: string; subject: string; text: string; kind: string }) => Promise<void>

export type GateOptions = {
  /** Connected as lanyard_gate. */
  database: Database
  clock: Clock
  /** The deployment's secret: the keys for second factors, recovery codes and forms follow from it. */
  secret: string
  /** As users reach it: https://lanyard.example.gov.uk. Links in mails begin with it. */
  publicOrigin: string
  /** Served over https: cookies are then __Host- and secure. */
  secure: boolean
  sendMail: SendMail
  /** Named in authenticator apps and mails. */
  serviceName?: string
  /** After how long without a request a session ends. */
  idleMinutes?: number
  /** After how long it ends in any case. */
  longestMinutes?: number
}

/** Everything that letting people in needs, made once. */
export type Gate = Required<GateOptions> & {
  keys: Record<'secondFactor' | 'recoveryCodes' | 'form' | 'attempts' | 'passkeys' | 'providers', Buffer>
  cookies: { session: string; form: string; device: string }
}

export function createGate(options: GateOptions): Gate {
  const key = (purpose: KeyPurpose) => keyFor(options.secret, purpose)
  // __Host-: the browser then takes the cookie only over https, for this very host and every path (RFC 6265bis §4.1.3.2).
  const cookie = (name: string) => `${options.secure ? '__Host-' : ''}${name}`
  return {
    serviceName: 'Lanyard',
    idleMinutes: 30,
    longestMinutes: 12 * 60,
    ...options,
    keys: {
      secondFactor: key('second factor'),
      recoveryCodes: key('recovery codes'),
      form: key('form'),
      attempts: key('attempts'),
      passkeys: key('passkeys'),
      providers: key('providers'),
    },
    cookies: { session: cookie('lanyard'), form: cookie('lanyard-form'), device: cookie('lanyard-device') },
  }
}

type KeyPurpose = 'second factor' | 'recovery codes' | 'form' | 'attempts' | 'passkeys' | 'providers'

/** One key for each purpose, all from the deployment's secret. */
export const keyFor = (secret: string, purpose: KeyPurpose): Buffer => Buffer.from(hkdfSync('sha256', secret, 'lanyard gate', purpose, 32))

/** One transaction of the gate. Answer after it has resolved. */
export const inGate = <T>(gate: Pick<Gate, 'database'>, work: (tx: Tx) => Promise<T>): Promise<T> =>
  gate.database.kysely.transaction().execute(work)

/** An account's name in the list of attempts: says nothing of who has none. */
export const hashOfEmail = (gate: Gate, email: string): string =>
  createHmac('sha256', gate.keys.attempts).update(email.trim().toLowerCase()).digest('base64url')
