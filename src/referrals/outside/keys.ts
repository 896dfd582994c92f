import { createHmac, hkdfSync, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { isIPv6 } from 'node:net'

/**
 * What people without an account show, as the database knows it: hashes with a secret that is not in the database. Whoever reads the database
 * learns from them neither an address nor a code, and makes none.
 */
export type Keys = {
  /** The browser, by its cookie. */
  holder(token: string): string
  mail(email: string): string
  code(email: string, code: string): string
  /** Where a request comes from; of IPv6 the network, since one home has billions of addresses in it. */
  address(ip: string): string
  page(code: string): string
  everybody: string
  csrf(token: string): string
  /** Something that a browser is given to bring back, and cannot make itself. */
  sign(words: string): string
  /** What was signed; undefined where it was not, or not by us. */
  signed(text: string): string | undefined
}

export function keysFor(secret: string): Keys {
  const key = Buffer.from(hkdfSync('sha256', secret, 'lanyard', 'referrals from outside', 32))
  const hash = (purpose: string, words: string) => createHmac('sha256', key).update(`${purpose}\n${words}`).digest('base64url')
  return {
    holder: token => hash('holder', token),
    mail: email => hash('mail', folded(email)),
    code: (email, code) => hash('code', `${folded(email)}\n${code.replace(/\D/g, '')}`),
    address: ip => hash('address', networkOf(ip)),
    page: code => hash('page', code),
    everybody: hash('everybody', ''),
    csrf: token => hash('csrf', token),
    sign: words => `${words}.${hash('signed', words)}`,
    signed: text => {
      const at = text.lastIndexOf('.')
      const words = text.slice(0, Math.max(at, 0))
      return sameWords(text.slice(at + 1), hash('signed', words)) ? words : undefined
    },
  }
}

export const sameWords = (given: string, wanted: string): boolean =>
  Buffer.byteLength(given) === Buffer.byteLength(wanted) && timingSafeEqual(Buffer.from(given), Buffer.from(wanted))

/** 256 bits: a browser's cookie, the key of a draft's files. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** Eight figures, as people read them out of a mail: 4821 9037. */
export const newCode = (): string => String(randomInt(100_000_000)).padStart(8, '0')
export const codeInWords = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`

/** A number to quote, of signs that are not taken for each other, that nobody guesses: R4K7-Q92B. */
export function newNumber(): string {
  const signs = Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]).join('')
  return `${signs.slice(0, 4)}-${signs.slice(4)}`
}
const alphabet = '23456789BCDFGHJKMNPQRTVWXY'

/** Of a page, for its address. */
export const newPageCode = (): string => Array.from({ length: 8 }, () => 'abcdefghjkmnpqrstvwxyz23456789'[randomInt(30)]).join('')

const folded = (email: string): string => email.trim().normalize('NFC').toLowerCase()

/** The first four groups of an IPv6 address; an IPv4 address whole, also where it is written as IPv6. */
function networkOf(ip: string): string {
  const four = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1]
  if (four || !isIPv6(ip)) return four ?? ip
  const [head = '', tail] = ip.split('%')[0]!.split('::')
  const front = head ? head.split(':') : []
  const back = tail ? tail.split(':') : []
  const groups = tail === undefined ? front : [...front, ...Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0'), ...back]
  return groups
    .slice(0, 4)
    .map(group => Number.parseInt(group, 16).toString(16))
    .join(':')
}
