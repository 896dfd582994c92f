import { createHmac, randomInt } from 'node:crypto'

/** Ten codes of fifty bits, shown once: for the day the phone is lost. */
export const newRecoveryCodes = (): string[] => Array.from({ length: 10 }, () => `${letters(5)}-${letters(5)}`)

/** What is kept of a code. However it was typed: in capitals, with spaces, o for 0. */
export function hashOfRecoveryCode(key: Buffer, userId: string, code: string): string {
  const plain = code
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replaceAll('o', '0')
    .replace(/[il]/g, '1')
  return createHmac('sha256', key).update(`${userId} ${plain}`).digest('base64url')
}

// Crockford's alphabet: nothing that is mistaken for something else.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const letters = (count: number) => Array.from({ length: count }, () => alphabet[randomInt(alphabet.length)]).join('')
