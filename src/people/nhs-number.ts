/**
 * An NHS number: ten digits, the last of them a check digit by modulus 11.
 * Source: NHS Data Dictionary, NHS NUMBER; checked against NHS England's own published reference code.
 */
export type NhsNumber = string & { readonly __nhsNumber: true }

export type NhsNumberReading =
  | { readonly ok: true; readonly value: NhsNumber }
  | { readonly ok: false; readonly error: 'nothing-typed' | 'not-ten-digits' | 'check-digit'; readonly message: string }

/** Reads an NHS number as people type or paste it: spaces and dashes anywhere. The message is GOV.UK in style. */
export function parseNhsNumber(text: string): NhsNumberReading {
  const digits = text.normalize('NFKC').replace(/[\s\p{Pd}.]/gu, '')
  if (digits === '') return { ok: false, error: 'nothing-typed', message: 'Enter an NHS number' }
  if (!/^\d{10}$/.test(digits)) return { ok: false, error: 'not-ten-digits', message: 'NHS number must be 10 digits, like 999 123 4560' }
  if (!isNhsNumber(digits)) {
    return { ok: false, error: 'check-digit', message: 'NHS number is not valid. Check that each digit is right, and in the right order' }
  }
  return { ok: true, value: digits }
}

/** True of ten digits whose check digit is right. */
export function isNhsNumber(digits: string): digits is NhsNumber {
  return /^\d{10}$/.test(digits) && nhsCheckDigit(digits.slice(0, 9)) === Number(digits[9])
}

/**
 * The check digit of nine digits: weights 10 down to 2, eleven less the remainder by eleven; eleven counts as nought.
 * Undefined where it comes to ten: no NHS number was ever issued on those nine.
 */
export function nhsCheckDigit(nine: string): number | undefined {
  let sum = 0
  for (let place = 0; place < 9; place++) sum += (nine.charCodeAt(place) - 48) * (10 - place)
  const check = (11 - (sum % 11)) % 11
  return check === 10 ? undefined : check
}

/** '999 432 6163': three, three and four, as the NHS shows it. */
export function formatNhsNumber(number: NhsNumber): string {
  return `${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6)}`
}

/**
 * How far a number has been traced. Source: NHS Data Dictionary, NHS NUMBER STATUS INDICATOR CODE; the same list as
 * UK Core's CodeSystem NHSNumberVerificationStatusEngland. `short` is for the banner, where the number stands beside it.
 */
export const nhsNumberStatuses = [
  { code: '01', label: 'Number present and verified', short: 'traced' },
  { code: '02', label: 'Number present but not traced', short: 'not traced' },
  { code: '03', label: 'Trace required', short: 'trace required' },
  { code: '04', label: 'Trace attempted – no match or multiple match found', short: 'traced without a match' },
  { code: '05', label: 'Trace needs to be resolved – NHS number or patient detail conflict', short: 'trace conflicts' },
  { code: '06', label: 'Trace in progress', short: 'trace in progress' },
  { code: '07', label: 'Number not present and trace not required', short: 'trace not required' },
  { code: '08', label: 'Trace postponed (baby under six weeks old)', short: 'trace postponed' },
] as const

export type NhsNumberStatus = (typeof nhsNumberStatuses)[number]['code']

/** True of a code on the list. */
export function isNhsNumberStatus(code: string): code is NhsNumberStatus {
  return nhsNumberStatuses.some(status => status.code === code)
}

/** The status as the banner says it after the number: 'traced'. */
export function nhsStatusInShort(code: NhsNumberStatus): string {
  return nhsNumberStatuses.find(status => status.code === code)?.short ?? code
}
