/** A postcode in capitals with its one space: 'TR18 4QA', 'ZZ99 3VZ', 'BFPO 57'. */
export type Postcode = string & { readonly __postcode: true }

export type PostcodeReading = { readonly ok: true; readonly value: Postcode } | { readonly ok: false; readonly message: string }

/** Reads a postcode in any case and spacing. Real postcodes, NHS pseudo-postcodes (ZZ99) and BFPO numbers are taken. */
export function parsePostcode(text: string): PostcodeReading {
  const squeezed = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}.]/gu, '')
  if (squeezed === '') return { ok: false, message: 'Enter a postcode' }
  const spaced = space(squeezed)
  if (bs7666.test(spaced) || pseudoPostcode.test(spaced) || bfpo.test(spaced)) return { ok: true, value: spaced as Postcode }
  return { ok: false, message: 'Enter a full UK postcode, like TR18 4QA' }
}

/** The part before the space: 'TR18'. For a BFPO number it is 'BFPO'. */
export function outwardOf(postcode: Postcode): string {
  return postcode.slice(0, postcode.indexOf(' '))
}

/** True of the NHS's pseudo-postcodes, which stand for no place. */
export function isPseudoPostcode(postcode: Postcode): boolean {
  return postcode.startsWith('ZZ99 ')
}

/** No fixed abode, as the NHS codes it (Organisation Data Service pseudo-postcodes). */
export const noFixedAbode = 'ZZ99 3VZ' as Postcode

// Cabinet Office schema bs7666-v2-0, PostCodeType, with its class subtractions written out for JavaScript.
const bs7666 =
  /^(GIR 0AA|(?:[A-PR-UWYZ][0-9][0-9]?|[A-PR-UWYZ][A-HK-Y][0-9][0-9]?|[A-PR-UWYZ][0-9][A-HJKSTUW]|[A-PR-UWYZ][A-HK-Y][0-9][ABEHMNPRVWXY]) [0-9][ABD-HJLNP-UW-Z]{2})$/

// NHS pseudo-postcodes do not fit BS7666 (ZZ99 3VZ has a V in its inward part), so they are allowed by name.
const pseudoPostcode = /^ZZ99 [0-9][A-Z]{2}$/

const bfpo = /^BFPO [1-9][0-9]{0,3}$/

function space(squeezed: string): string {
  if (squeezed.startsWith('BFPO')) return `BFPO ${squeezed.slice(4).replace(/^C\/O/, '')}`
  return `${squeezed.slice(0, -3)} ${squeezed.slice(-3)}`
}
