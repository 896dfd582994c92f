import { commonPasswords } from './common-passwords.ts'

/** The least length of a new password (NCSC and OWASP: length and a list of common passwords, not rules about kinds of characters). */
export const shortestPassword = 12
const longestPassword = 200

/** Why a new password is refused, worded for its owner; undefined when it will do. */
export function passwordFault(password: string, owner: { email: string; name: string }): string | undefined {
  if (!password) return 'Enter a new password'
  const length = [...password].length
  if (length < shortestPassword) return `Your new password must be ${shortestPassword} characters or more`
  if (length > longestPassword) return `Your new password must be ${longestPassword} characters or fewer`
  const plain = password.normalize('NFKC').toLowerCase()
  if (new Set(plain).size < 5) return 'Your new password repeats the same few characters. Try three random words'
  if (holdsOwn(plain, owner)) return 'Your new password must not contain your name, your email address or “lanyard”'
  if (isCommon(plain)) return 'Your new password is one that is often used and quickly guessed. Try three random words'
  return undefined
}

function holdsOwn(plain: string, { email, name }: { email: string; name: string }): boolean {
  const [mailbox = '', domain = ''] = email.toLowerCase().split('@')
  const own = [
    'lanyard',
    email.toLowerCase(),
    mailbox,
    domain.split('.')[0] ?? '',
    ...name.toLowerCase().split(/\s+/),
    ...mailbox.split(/[._+-]/),
  ]
  const letters = unleet(plain)
  // Three letters are in too many words: "ann" in "planning".
  return own.some(word => word.length >= 4 && (plain.includes(word) || letters.includes(word)))
}

/** Common as it stands, or a common one dressed up: P@ssw0rd with digits round it, twice over, or two of them run together. */
function isCommon(plain: string): boolean {
  const core = plain.replace(/^\P{L}+|\P{L}+$/gu, '')
  for (const form of new Set([plain, unleet(plain), core, unleet(core)])) {
    if (form.length >= 4 && commonPasswords.has(form)) return true
    if (isRun(form)) return true
    for (let cut = 4; cut <= form.length - 4; cut++) {
      if (commonPasswords.has(form.slice(0, cut)) && commonPasswords.has(form.slice(cut))) return true
    }
  }
  // Digits round next to nothing: 199412121994a.
  return core.length < 4
}

const runs = ['abcdefghijklmnopqrstuvwxyz', '01234567890123456789', 'qwertyuiopasdfghjklzxcvbnm', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm']
const isRun = (text: string) => text.length >= 6 && runs.some(run => run.includes(text) || [...run].reverse().join('').includes(text))

const swaps: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'l',
}
const unleet = (text: string) => [...text].map(letter => swaps[letter] ?? letter).join('')
