/**
 * The client id: the one number of a person from end to end (U25), short enough to say on the phone: LY 4K7-Q92-8.
 *
 * Six characters stand for a number from a sequence, so that none is ever used again, put through a bijection, so that
 * neighbours do not look alike and nobody counts the authority's clients or guesses the next id. The seventh is a check
 * character by a weighted sum modulo 31: 31 is prime and the weights differ, so every single wrong character and every
 * two exchanged are found. The id is not a secret: what guards a record is who may read it.
 */
export type ClientId = string & { readonly __clientId: true }

/** Ids before the alphabet is used up: 31 to the sixth. */
export const clientIdCapacity = 31 ** 6

/** The id for the nth person, n from 0. Throws beyond the capacity. */
export function clientIdFromSequence(n: number): ClientId {
  if (!Number.isSafeInteger(n) || n < 0 || n >= clientIdCapacity) throw new RangeError('No client id for this number')
  const body = spell(scramble(n))
  return `${body}${checkCharacter(body)}` as ClientId
}

/** The number that an id stands for: the inverse of `clientIdFromSequence`. */
export function sequenceOfClientId(id: ClientId): number {
  let value = 0
  for (const character of id.slice(0, 6)) value = value * 31 + alphabet.indexOf(character)
  return unscramble(value)
}

export type ClientIdReading =
  | { readonly ok: true; readonly value: ClientId }
  | { readonly ok: false; readonly error: 'not-a-client-id' | 'check-character'; readonly message: string }

/** Reads an id as people say and write it: any case, spaces and dashes, LY in front or not, O for 0 and I or L for 1. */
export function parseClientId(text: string): ClientIdReading {
  const cleaned = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}._]/gu, '')
  const withoutPrefix = cleaned.length === 9 && cleaned.startsWith('LY') ? cleaned.slice(2) : cleaned
  const id = withoutPrefix.replace(/O/g, '0').replace(/[IL]/g, '1')
  if (id.length !== 7 || [...id].some(character => !alphabet.includes(character))) {
    return { ok: false, error: 'not-a-client-id', message: 'Client id must be 7 letters and numbers, like LY 4K7-Q92-8' }
  }
  if (checkCharacter(id.slice(0, 6)) !== id[6]) {
    return { ok: false, error: 'check-character', message: 'Client id is not right. Check each letter and number' }
  }
  return { ok: true, value: id as ClientId }
}

/** True of seven characters as they are stored, with the right check character. */
export function isClientId(text: string): text is ClientId {
  const reading = parseClientId(text)
  return reading.ok && reading.value === text
}

/** '4K7-Q92-8', as it is shown after LY. */
export function formatClientId(id: ClientId): string {
  return `${id.slice(0, 3)}-${id.slice(3, 6)}-${id.slice(6)}`
}

// No I, L, O (taken for 1 and 0), no S (5) and no U: 31 characters, which is prime.
const alphabet = '0123456789ABCDEFGHJKMNPQRTVWXYZ'

// Each weight differs modulo 31, and the check character's own weight is 1.
const weights = [7, 6, 5, 4, 3, 2] as const

function checkCharacter(body: string): string {
  let sum = 0
  for (let place = 0; place < 6; place++) sum += alphabet.indexOf(body.charAt(place)) * (weights[place] ?? 0)
  return alphabet.charAt((31 - (sum % 31)) % 31)
}

function spell(value: number): string {
  let text = ''
  let rest = value
  for (let place = 0; place < 6; place++) {
    text = alphabet.charAt(rest % 31) + text
    rest = Math.floor(rest / 31)
  }
  return text
}

// A Feistel network on two halves of three characters each: whatever the round function, every step can be undone.
const half = 31 ** 3
const rounds = [0x51ed270b, 0x2545f491, 0x9e3779b1, 0x85ebca6b] as const

function scramble(value: number): number {
  let left = Math.floor(value / half)
  let right = value % half
  for (const key of rounds) [left, right] = [right, (left + mix(right, key)) % half]
  return left * half + right
}

function unscramble(value: number): number {
  let left = Math.floor(value / half)
  let right = value % half
  for (const key of [...rounds].reverse()) [left, right] = [(right - mix(left, key) + half) % half, left]
  return left * half + right
}

function mix(value: number, key: number): number {
  let mixed = Math.imul(value ^ key, 0xcc9e2d51)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x1b873593)
  return ((mixed ^ (mixed >>> 13)) >>> 0) % half
}
