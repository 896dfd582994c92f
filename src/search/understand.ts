import {
  afterPrefix,
  type ClientId,
  clientIdToken,
  dateOfBirthToken,
  datesNear,
  expectedDateToken,
  externalIdToken,
  foldName,
  isNameParticle,
  isNhsNumber,
  nameToken,
  nhsNumberToken,
  type Postcode,
  parseClientId,
  parsePostcode,
  parseTelephone,
  postcodeToken,
  soundsLikeKeys,
  soundsLikeToken,
  type TokenKind,
  telephoneToken,
  tokenKinds,
} from '../people/index.ts'
import { type PlainDate, parseDateText, partsOf, plainDate } from '../platform/plain-date.ts'

/** One way in which a person can have what was typed: a token, or every token that begins with it. */
export type Alternative = {
  readonly kind: TokenKind
  readonly match: 'whole' | 'beginning'
  readonly token: string
  /** False for what only sounds alike, or is a day out: tried after everything that is there as typed. */
  readonly firm: boolean
}

/** One thing that was typed. A person is found when they have at least one alternative of every term. */
export type Term = { readonly typed: string; readonly alternatives: readonly Alternative[]; readonly date?: PlainDate }

export type Understood = {
  readonly terms: readonly Term[]
  /** What could not be meant, in words for above the results. */
  readonly problems: readonly string[]
}

/** The longest text that is searched for, and the most terms: more than anybody types, less than would be work. */
const longest = 120
const mostTerms = 6

/**
 * Works out what was typed into the one box: half names, dates of birth, client ids, NHS numbers, postcodes, telephone numbers and the
 * numbers of other systems, in any order. What could be two things is looked for as both.
 */
export function understand(text: string, today: PlainDate): Understood {
  const problems: string[] = []
  const terms: Term[] = []
  let rest = ` ${text.normalize('NFKC').slice(0, longest)} `
  const take = (pattern: RegExp, read: (found: string) => Term | undefined) => {
    rest = rest.replace(pattern, found => {
      const term = read(found.trim())
      if (term === undefined) return found
      terms.push(term)
      return ' '
    })
  }
  take(clientIdPattern, clientIdTerm)
  take(datePattern, found => dateTerm(found, today, problems))
  take(postcodePattern, postcodeTerm)
  take(numberPattern, found => numberTerm(found, today))
  const words = rest.split(/[\s,;]+/).filter(Boolean)
  for (let place = 0; place < words.length; place++) {
    const [word, next] = [words[place] ?? '', words[place + 1]]
    const folded = foldName(word)
    if (/\d/.test(folded)) terms.push(mixedTerm(word, folded))
    else if (next !== undefined && isNameParticle(folded) && !/\d/.test(next)) {
      terms.push(particleTerm(word, folded, next))
      place++
    } else for (const part of folded.split(' ').filter(Boolean)) terms.push(nameTerm(word, part))
  }
  return { terms: terms.slice(0, mostTerms), problems }
}

/** True when a token is what an alternative looks for. */
export function satisfies(token: string, alternative: Alternative): boolean {
  return alternative.match === 'whole' ? token === alternative.token : token.startsWith(alternative.token)
}

/** The tokens of a beginning, for `token >= low and token < high` in the C collation. */
export function rangeOf({ token }: Pick<Alternative, 'token'>): readonly [low: string, high: string] {
  return [token, afterPrefix(token)]
}

const clientIdPattern = /(?<=\s)(?:LY[\s-]*)?[0-9A-Z]{3}[\s-][0-9A-Z]{3}[\s-][0-9A-Z](?=\s)|(?<=\s)LY[0-9A-Z]{7}(?=\s)/gi
const datePattern =
  /(?<=\s)(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2}(?:st|nd|rd|th)?[\s.-]+[a-z]{3,9},?[\s.-]+\d{4})(?=[\s,;])/gi
const postcodePattern = /(?<=\s)(?:[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}|[a-z]{1,2}\d[a-z\d]?\s+\d[a-z]?|bfpo\s*\d{1,4})(?=[\s,;])/gi
const numberPattern = /(?<=\s)\+?\d[\d\s()-]*\d(?=[\s,;])|(?<=\s)\(0\d[\d\s()-]*\d(?=[\s,;])/g

const whole = (kind: TokenKind, token: string, firm = true): Alternative => ({ kind, match: 'whole', token, firm })
const beginning = (kind: TokenKind, token: string, firm = true): Alternative => ({ kind, match: 'beginning', token, firm })

function clientIdTerm(typed: string): Term | undefined {
  const reading = parseClientId(typed)
  return reading.ok ? { typed, alternatives: [clientIdAlternative(reading.value)] } : undefined
}

const clientIdAlternative = (id: ClientId) => whole('clientId', clientIdToken(id))

function dateTerm(typed: string, today: PlainDate, problems: string[]): Term | undefined {
  const short = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{2})$/.exec(typed)
  // A year of two figures: the latest that is not in the future. In a search a wrong guess costs nothing.
  const century = short && Number(short[3]) <= partsOf(today).year % 100 ? '20' : '19'
  const reading = parseDateText(short ? `${short[1]}/${short[2]}/${century}${short[3]}` : typed)
  if (reading.ok) return termOfDate(typed, reading.value)
  problems.push(`${typed} is not a real date, so it was left out`)
  // Taken out of the text all the same: its figures are nobody's number.
  return { typed, alternatives: [] }
}

function termOfDate(typed: string, date: PlainDate): Term {
  const near = [...datesNear(date).keys()].filter(other => other !== date)
  return {
    typed,
    date,
    alternatives: [
      whole('dateOfBirth', dateOfBirthToken(date)),
      whole('expectedDate', expectedDateToken(date)),
      ...near.map(other => whole('dateOfBirth', dateOfBirthToken(other), false)),
    ],
  }
}

function postcodeTerm(typed: string): Term | undefined {
  const reading = parsePostcode(typed)
  if (reading.ok) return { typed, alternatives: [whole('postcode', postcodeToken(reading.value))] }
  const part = /^([a-z]{1,2}\d[a-z\d]?)\s+(\d[a-z]?)$/i.exec(typed)
  if (!part) return undefined
  return { typed, alternatives: [beginning('postcode', postcodeToken(`${part[1]} ${part[2]}`.toUpperCase() as Postcode))] }
}

/** Figures, with spaces among them: an NHS number, a telephone number, a date written in one, a year, another system's number. */
function numberTerm(typed: string, today: PlainDate): Term | undefined {
  const digits = typed.replace(/\D/g, '')
  const alternatives: Alternative[] = []
  if (isNhsNumber(digits)) alternatives.push(whole('nhsNumber', nhsNumberToken(digits)))
  else if (digits.length >= 6 && digits.length < 10) alternatives.push(beginning('nhsNumber', tokenKinds.nhsNumber + digits))
  const telephone = parseTelephone(typed)
  if (telephone.ok) alternatives.push(whole('telephone', telephoneToken(telephone.value)))
  else if (digits.startsWith('0') && digits.length >= 5) alternatives.push(beginning('telephone', tokenKinds.telephone + digits))
  const year = Number(digits)
  if (digits.length === 4 && year >= 1900 && year <= partsOf(today).year + 1)
    alternatives.push(beginning('dateOfBirth', tokenKinds.dateOfBirth + digits))
  const external = externalIdToken(digits)
  if (external !== undefined && digits.length >= 3) alternatives.push(beginning('externalId', external))
  const written = digits.length === 8 ? dateWrittenInOne(digits) : undefined
  if (written) {
    const date = termOfDate(typed, written)
    return { ...date, alternatives: [...alternatives, ...date.alternatives] }
  }
  return alternatives.length === 0 ? undefined : { typed, alternatives }
}

function dateWrittenInOne(digits: string): PlainDate | undefined {
  try {
    return plainDate(Number(digits.slice(4)), Number(digits.slice(2, 4)), Number(digits.slice(0, 2)))
  } catch {
    return undefined
  }
}

/** Letters and figures together: an outward postcode, a client id without dashes, the number of another system. */
function mixedTerm(typed: string, folded: string): Term {
  const alternatives: Alternative[] = []
  const outward = typed.toUpperCase()
  if (/^[A-Z]{1,2}\d[A-Z\d]?$/.test(outward)) alternatives.push(beginning('postcode', `${tokenKinds.postcode}${outward} `))
  const id = parseClientId(typed)
  if (id.ok) alternatives.push(clientIdAlternative(id.value))
  const external = externalIdToken(folded)
  if (external !== undefined) alternatives.push(beginning('externalId', external))
  return { typed, alternatives }
}

function nameTerm(typed: string, word: string): Term {
  const id = parseClientId(typed)
  return {
    typed,
    alternatives: [
      beginning('name', nameToken(word)),
      ...(id.ok ? [clientIdAlternative(id.value)] : []),
      ...soundAlternatives(word),
      ...externalWord(word),
    ],
  }
}

/** 'mac donald' is looked for as macdonald and as donald. */
function particleTerm(typed: string, particle: string, next: string): Term {
  const word = foldName(next)
  return {
    typed: `${typed} ${next}`,
    alternatives: [
      beginning('name', nameToken(particle + word)),
      beginning('name', nameToken(word)),
      ...soundAlternatives(particle + word),
      ...soundAlternatives(word),
    ],
  }
}

function soundAlternatives(word: string): Alternative[] {
  if (word.length < 3) return []
  // Half a name, misheard: the beginning of its sound. Two sounds are too few to begin with; they must be all.
  return soundsLikeKeys(word).map(key => (key.length >= 3 ? beginning : whole)('soundsLike', soundsLikeToken(key), false))
}

// A system's numbers may be all letters ("MOSAB"); four are enough to be worth asking.
function externalWord(word: string): Alternative[] {
  const token = word.length >= 4 ? externalIdToken(word) : undefined
  return token === undefined ? [] : [whole('externalId', token)]
}
