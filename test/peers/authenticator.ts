import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'

/**
 * A security key in software, as WebAuthn §6 describes one: it makes key pairs, signs for the site that a browser names, and counts. For tests of
 * what a browser would never send; that a real one is understood is tested with Chromium's.
 */
export type Authenticator = {
  /** Answers what `navigator.credentials.create` would, as the page's form takes it. */
  add(options: object): string
  /** Answers what `navigator.credentials.get` would. */
  use(options: object, more?: Using): string
  /** The same key, as somebody has it who copied it when it had counted so far. */
  copy(): Authenticator
}
type Using = { origin?: string; userVerified?: boolean; counter?: number; credentialId?: string }
type Key = { id: Buffer; key: KeyObject; handle: string }

export function authenticator(origin = 'http://localhost', start: { key?: Key; counter: number } = { counter: 0 }): Authenticator {
  let { key, counter } = start
  const site = new URL(origin).hostname
  return {
    add: options => {
      const { challenge, user } = options as { challenge: string; user: { id: string } }
      const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      key = { id: randomBytes(32), key: pair.privateKey, handle: user.id }
      const { x, y } = pair.publicKey.export({ format: 'jwk' }) as { x: string; y: string }
      // COSE, RFC 9053 §2.1: an EC2 key for ES256 on P-256.
      const cose = Buffer.concat([
        Buffer.from('a5010203262001215820', 'hex'),
        Buffer.from(x, 'base64url'),
        Buffer.from('225820', 'hex'),
        Buffer.from(y, 'base64url'),
      ])
      const attested = Buffer.concat([Buffer.alloc(16), twoBytes(key.id.length), key.id, cose])
      const data = Buffer.concat([saidOf(site, 0b0100_0101, ++counter), attested])
      const attestation = Buffer.concat([
        // CBOR: { fmt: 'none', attStmt: {}, authData: … }, whose length takes two bytes.
        Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746159', 'hex'),
        twoBytes(data.length),
        data,
      ])
      return JSON.stringify({
        ...named(key.id),
        response: {
          clientDataJSON: clientData('webauthn.create', challenge, origin).toString('base64url'),
          attestationObject: attestation.toString('base64url'),
          transports: ['usb'],
        },
      })
    },
    use: (options, { origin: at = origin, userVerified = true, counter: said, credentialId } = {}) => {
      if (!key) throw new Error('This authenticator holds no key.')
      const { challenge } = options as { challenge: string }
      const data = saidOf(site, userVerified ? 0b0000_0101 : 0b0000_0001, said ?? ++counter)
      const client = clientData('webauthn.get', challenge, at)
      const signed = Buffer.concat([data, createHash('sha256').update(client).digest()])
      return JSON.stringify({
        ...named(credentialId ? Buffer.from(credentialId, 'base64url') : key.id),
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: createSign('sha256').update(signed).sign(key.key).toString('base64url'),
          userHandle: key.handle,
        },
      })
    },
    copy: () => authenticator(origin, { ...(key ? { key } : {}), counter }),
  }
}

const named = (id: Buffer) => ({ id: id.toString('base64url'), rawId: id.toString('base64url'), type: 'public-key' })
const twoBytes = (length: number) => Buffer.from([length >> 8, length & 0xff])

function saidOf(site: string, flags: number, counter: number): Buffer {
  const count = Buffer.alloc(4)
  count.writeUInt32BE(counter)
  return Buffer.concat([createHash('sha256').update(site).digest(), Buffer.from([flags]), count])
}

const clientData = (type: string, challenge: string, origin: string) =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
