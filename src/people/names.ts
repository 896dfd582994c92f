/** A name as a person gives it. Either part may be missing (many people have one name); both may not. */
export type PersonName = { readonly given: string | null; readonly family: string | null }

/** How long a part of a name may be. The longest single names on record are well below it. */
export const longestName = 100

export type NameReading = { readonly ok: true; readonly value: string | null } | { readonly ok: false; readonly message: string }

/** Tidies one part of a name as typed: composed (NFC), one space between words, one kind of apostrophe. Null when empty. */
export function readNamePart(text: string, label = 'Name'): NameReading {
  const tidy = tidyName(text)
  if (tidy === '') return { ok: true, value: null }
  if ([...tidy].length > longestName) return { ok: false, message: `${label} must be ${longestName} characters or fewer` }
  if (!/\p{L}/u.test(tidy)) return { ok: false, message: `${label} must include a letter` }
  // Digits do not stand in names; control characters and angle brackets come from broken exports.
  if (/[\p{Cc}\p{Nd}<>{}[\]|\\^~=_*#@"]/u.test(tidy)) {
    return { ok: false, message: `${label} must only include letters, spaces, hyphens, apostrophes and full stops` }
  }
  return { ok: true, value: tidy }
}

/** The name without stray spaces, in composed form, with the curly apostrophe made straight so that two spellings are one. */
export function tidyName(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\u2018\u2019\u02BC\u0060\u00B4]/g, "'")
    .replace(/\s+/gu, ' ')
    .trim()
}

/** 'PENROSE, Jago': surname in capitals first, as the sector writes it. A single name stands alone in capitals. */
export function formatName(name: PersonName): string {
  const family = name.family?.toLocaleUpperCase('en-GB')
  if (!name.given) return family ?? 'NAME NOT KNOWN'
  if (!family) return name.given.toLocaleUpperCase('en-GB')
  return `${family}, ${name.given}`
}

/** 'Jago Penrose', for sentences and letters. */
export function spokenName(name: PersonName): string {
  return [name.given, name.family].filter(Boolean).join(' ') || 'Name not known'
}

/**
 * A name as search keeps it: small letters, accents removed, apostrophes dropped (O'Brien → obrien), every other mark a
 * space. Letters of any script stay, and so do the vowel signs of scripts that need them to be read.
 */
export function foldName(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(latinLetters, letter => latinSpelling[letter] ?? letter)
    .replace(/[\u0300-\u036f\u064b-\u065f]/g, '')
    .replace(/['\u2018\u2019\u02BC\u0060\u00B4]/g, '')
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{Nd}]+/gu, ' ')
    .trim()
}

/**
 * The words under which a name is found: each word, and double-barrelled names joined as well (Smith-Jones is found by
 * 'smith', 'jones' and 'smithjones'; Mac Donald by 'macdonald').
 */
export function nameWords(text: string): string[] {
  const words = foldName(text).split(' ').filter(Boolean)
  const joined = tidyName(text)
    .split(' ')
    .filter(word => /\p{L}\p{Pd}\p{L}/u.test(word))
    .map(word => foldName(word).replaceAll(' ', ''))
  const prefixed = words.flatMap((word, place) => {
    const next = words[place + 1]
    return next !== undefined && particles.has(word) ? [word + next] : []
  })
  return [...new Set([...words, ...joined, ...prefixed])]
}

/** True of a folded word that is often written in one with the next: Mac Donald, O Brien. */
export function isNameParticle(word: string): boolean {
  return particles.has(word)
}

// Letters that NFKD does not take apart, as they are usually written by people without them on the keyboard.
const latinSpelling: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i', ħ: 'h' }
const latinLetters = /[ßæœøłđðþıħ]/g

// First words of surnames that are as often written in one with the next.
const particles = new Set(['mac', 'mc', 'o', 'de', 'di', 'da', 'du', 'la', 'le', 'van', 'von', 'al', 'el', 'ben', 'st', 'fitz', 'ap'])
