import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { toString as qrCode } from 'qrcode'
import { keyFor } from '../gate.ts'

/** A new authenticator secret: 160 bits in base32, as RFC 4226 §4 recommends. */
export const newSecret = (): string => new Secret({ size: 20 }).base32

/**
 * The time step of a code when it is right for now or for the step before or after (phones' clocks), undefined when it is wrong.
 * RFC 6238 §5.2: the caller accepts each step once.
 */
export function stepOfCode(secret: string, code: string, now: Date): number | undefined {
  const token = code.replace(/[\s-]/g, '')
  if (!/^\d{6}$/.test(token)) return undefined
  const delta = authenticator(secret, '', '').validate({ token, timestamp: now.getTime(), window: 1 })
  return delta === null ? undefined : Math.floor(now.getTime() / 30_000) + delta
}

/** What the authenticator reads: as an address, as a QR code in SVG, and in groups to be typed. */
export async function enrolmentOf(secret: string, { issuer, account }: { issuer: string; account: string }) {
  const uri = authenticator(secret, issuer, account).toString()
  const svg = await qrCode(uri, { type: 'svg', errorCorrectionLevel: 'M', margin: 2, width: 220 })
  return {
    uri,
    svg,
    typed: secret
      .match(/.{1,4}/g)!
      .join(' ')
      .toLowerCase(),
  }
}

/** Seals a secret with AES-256-GCM, bound to its user so that it cannot be moved to another's row. */
export function seal(key: Buffer, userId: string, secret: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(userId))
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
  return ['v1', nonce.toString('base64url'), sealed.toString('base64url'), cipher.getAuthTag().toString('base64url')].join('.')
}

/** The same with the deployment's secret, for loading a demonstration. */
export const sealSecret = (secret: string, of: { secret: string; userId: string }): string =>
  seal(keyFor(of.secret, 'second factor'), of.userId, secret)

/** Throws when it was sealed with another key, for another user, or was changed. */
export function unseal(key: Buffer, userId: string, text: string): string {
  const [version, nonce, sealed, tag] = text.split('.')
  if (version !== 'v1' || !nonce || !sealed || !tag) throw new Error('A second factor is not sealed as expected.')
  const opener = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'), { authTagLength: 16 }).setAAD(Buffer.from(userId))
  opener.setAuthTag(Buffer.from(tag, 'base64url'))
  return Buffer.concat([opener.update(Buffer.from(sealed, 'base64url')), opener.final()]).toString('utf8')
}

const authenticator = (secret: string, issuer: string, label: string) =>
  new TOTP({ issuer, label, secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: 30 })
