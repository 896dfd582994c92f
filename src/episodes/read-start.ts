import { type DeskChoice, readerOf, type TeamChoice, teamChosen } from '../cases/index.ts'
import { type ConsentWords, type KnownForConsent, readConsent } from '../consents/index.ts'
import type { ColleagueAsked } from '../identity/index.ts'
import { isOption, type Option } from '../lists/index.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import type { Fields } from '../platform/web/fields.ts'
import type { FieldError } from '../ui/index.ts'
import { type Candidate, missingCoordinator } from './coordinator.ts'

export type KnownForStart = KnownForConsent & {
  desks: readonly DeskChoice[]
  /** Lawful reasons to go on without consent, and whether the actor may. */
  reasons: readonly Option[]
  mayGoOnWithout: boolean
  /** Whether the actor may change the person's record, where a refusal is kept. */
  mayKeepRefusal: boolean
  /** The actor, where they may co-ordinate; whoever was asked for by name or address, and whoever of them was chosen. */
  me: Candidate | undefined
  asked: ColleagueAsked
  other: Candidate | undefined
}

export type StartWish = { desk: TeamChoice; startedOn: PlainDate; reason: string; consent: ConsentWords; coordinator: Candidate }

/** What is posted to begin an episode, or what has to be put right. Without a yes it begins only by a right of its own and a lawful reason (E4). */
export function readStart(fields: Fields, known: KnownForStart, today: PlainDate): StartWish | { errors: FieldError[] } {
  const read = readerOf(fields)
  const desk = known.desks.length === 1 ? known.desks[0] : teamChosen(known.desks, fields.text('desk'))
  if (!desk) read.refuse('desk', 'Select who keeps the episode')
  const reason = read.needed('why', 'Why', 'Enter why an episode is needed now')
  const startedOn = read.day('started', 'The day it begins', { notAfter: today })
  const consent = readConsent(fields, known, today)
  if ('errors' in consent) read.errors.push(...consent.errors)
  else if (!consent.purposes.includes('assess')) read.refuse('purposes', 'Ask about an assessment: an episode begins with one')
  const without = 'errors' in consent || consent.answer === 'given' ? nothing : readWithout(read, fields, known)
  const who = read.choice('coordinator', known.me ? ['me', 'other'] : ['other'], 'Select who co-ordinates it')
  const coordinator = who === 'me' ? known.me : known.other
  if (who === 'other' && !known.other) {
    const missing = missingCoordinator('coordinator-email', known.asked)
    read.refuse(missing.field, missing.message)
  }
  if (read.errors.length > 0 || !desk || !startedOn || !coordinator || 'errors' in consent) return { errors: read.errors }
  return { desk, startedOn, reason, consent: { ...consent, ...without }, coordinator }
}

const nothing = { withoutConsent: '', withoutBecause: '' }

function readWithout(read: ReturnType<typeof readerOf>, fields: Fields, known: KnownForStart): typeof nothing {
  const { mayGoOnWithout, reasons } = known
  if (!mayGoOnWithout) {
    read.refuse(
      'answer',
      `Without their agreement an episode is not yours to begin. Where a child or an adult may come to harm, ring ${whomToRing(known.desks)}: they can go on without it`,
    )
    return nothing
  }
  const withoutConsent = fields.text('without-reason')
  if (!isOption(reasons, withoutConsent)) read.refuse('without-reason', 'Select the lawful reason to go on without their agreement')
  return { withoutConsent, withoutBecause: read.needed('without-because', 'What it is here', 'Enter what it is here', 2_000) }
}

/** Whoever keeps episodes, with their numbers: 'Episodes Desk, Porthkerris Council, on 01632 960100'. */
export const whomToRing = (desks: readonly DeskChoice[]): string =>
  desks.map(one => `${one.teamName}, ${one.agencyName}${one.telephone ? `, on ${one.telephone}` : ''}`).join(', or ') ||
  'your safeguarding lead'

/** What was said, where it was no: all that is kept of it. */
export function readRefusal(fields: Fields, known: KnownForStart, today: PlainDate): ConsentWords | { errors: FieldError[] } {
  const consent = readConsent(fields, known, today)
  if ('errors' in consent || consent.answer === 'refused') return consent
  return { errors: [{ field: 'answer', message: 'Select No, to write down that they refused' }] }
}
