/** Reading of the identifiers that questions ask for. Undefined when it is not one. */

/**
 * Ten digits, the last a check by modulus 11 over the first nine weighted 10 to 2 (NHS Data Dictionary, NHS NUMBER).
 * Spaces and dashes may stand anywhere.
 */
export function readNhsNumber(text: string): string | undefined {
  const digits = text.normalize('NFKC').replace(/[\s\p{Pd}.]/gu, '')
  if (!/^\d{10}$/.test(digits)) return undefined
  let sum = 0
  for (let place = 0; place < 9; place++) sum += Number(digits[place]) * (10 - place)
  const check = (11 - (sum % 11)) % 11
  return check === Number(digits[9]) ? digits : undefined
}

/** A postcode in capitals with its space: BS7666, the NHS's pseudo-postcodes (ZZ99, which stand for no place) and BFPO numbers. */
export function readPostcode(text: string): string | undefined {
  const tight = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}.]/gu, '')
  const spaced = tight.startsWith('BFPO') ? `BFPO ${tight.slice(4)}` : `${tight.slice(0, -3)} ${tight.slice(-3)}`
  return bs7666.test(spaced) || /^ZZ99 [0-9][A-Z]{2}$/.test(spaced) || /^BFPO [1-9][0-9]{0,3}$/.test(spaced) ? spaced : undefined
}

// Cabinet Office schema bs7666-v2-0, PostCodeType, its class subtractions written out for JavaScript.
const bs7666 =
  /^(GIR 0AA|(?:[A-PR-UWYZ][0-9][0-9]?|[A-PR-UWYZ][A-HK-Y][0-9][0-9]?|[A-PR-UWYZ][0-9][A-HJKSTUW]|[A-PR-UWYZ][A-HK-Y][0-9][ABEHMNPRVWXY]) [0-9][ABD-HJLNP-UW-Z]{2})$/
