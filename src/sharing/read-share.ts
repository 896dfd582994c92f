import { readerOf } from '../cases/index.ts'
import type { Standing } from '../consents/index.ts'
import { type ColleagueAsked, colleagueMissing } from '../identity/index.ts'
import { isOption, type Option } from '../lists/index.ts'
import { startOfDay } from '../platform/clock.ts'
import { addDays, type PlainDate } from '../platform/plain-date.ts'
import type { Fields } from '../platform/web/fields.ts'
import type { FieldError } from '../ui/index.ts'
import { isShareable, personAlone, type Thing } from './parts.ts'
import type { Receiver } from './receivers.ts'

/** A share as somebody asks for it. */
export type ShareWish = {
  receiver: Receiver
  level: 'read' | 'edit'
  /** Null: all of the case. One document or form is named by itself, as `documents/<id>`. */
  parts: readonly string[] | null
  purpose: string
  lawfulBasis: string
  /** The lawful reason to go on without consent, where that is needed. */
  withoutConsent: string
  from: PlainDate | null
  until: PlainDate | null
}

export type KnownForShare = {
  organisations: readonly Receiver[]
  things: readonly Thing[]
  /** Whoever was asked for by name or address, and whoever of them was chosen. */
  asked: ColleagueAsked
  user: Receiver | undefined
  bases: readonly Option[]
  reasons: readonly Option[]
  consent: Pick<Standing, 'state'>
  mayGoOnWithout: boolean
}

/**
 * Whether a share asks for a reason to go on without consent: it rests on consent and there is none in force, or the person has said no and
 * it rests on something else (F4, E4).
 */
export const needsReason = (basis: string, consent: KnownForShare['consent']): boolean =>
  consent.state === 'refused' || (basis === 'consent' && consent.state !== 'given')

export function readShare(fields: Fields, known: KnownForShare, today: PlainDate): ShareWish | { errors: FieldError[] } {
  const read = readerOf(fields)
  const kind = read.choice('with', ['agency', 'team', 'user'], 'Select whom to share it with')
  const receiver = kind === '' ? undefined : receiverOf(kind, fields, known)
  if (kind && !receiver) {
    const missing = missingOf(kind, known)
    read.refuse(missing.field, missing.message)
  }
  const what = read.choice('what', ['all', 'parts', 'one', 'person'], 'Select how much to share')
  const parts = partsAsked(what, fields, known)
  if (what === 'parts' && parts.length === 0) read.refuse('parts', 'Select the parts to share')
  if (what === 'one' && parts.length === 0) read.refuse('one', 'Select the document or form to share')
  const level = read.choice('level', ['read', 'edit'], 'Select whether they may change it')
  const purpose = read.needed('purpose', 'What it is for', 'Enter what they need it for', 500)
  const lawfulBasis = fields.text('basis')
  if (!isOption(known.bases, lawfulBasis)) read.refuse('basis', 'Select what allows you to share it')
  const withoutConsent = needsReason(lawfulBasis, known.consent) ? readReason(read, fields, known) : ''
  const from = read.maybeDay('from', 'The first day', { notBefore: today })
  const until = read.maybeDay('until', 'The last day', { notBefore: from ?? today, notBeforeWords: 'on or after the first day' })
  if (read.errors.length > 0 || !receiver || !level) return { errors: read.errors }
  return { receiver, level, parts: what === 'all' ? null : parts, purpose, lawfulBasis, withoutConsent, from, until }
}

function partsAsked(what: '' | 'all' | 'parts' | 'one' | 'person', fields: Fields, { things }: KnownForShare): string[] {
  if (what === 'person') return [personAlone]
  if (what === 'one') return things.map(one => one.named).filter(one => one === fields.text('one'))
  return fields.all('parts').filter(isShareable)
}

function readReason(read: ReturnType<typeof readerOf>, fields: Fields, known: KnownForShare): string {
  const reason = fields.text('without-consent')
  const said = known.consent.state === 'refused' ? 'Sharing was refused' : 'There is no consent to this in force'
  if (!known.mayGoOnWithout)
    read.refuse(
      'basis',
      `${said}, and going on without it is not yours to decide. Ask them and record the answer under Consent, choose another basis, or ask your team leader`,
    )
  else if (!isOption(known.reasons, reason)) read.refuse('without-consent', `${said}. Select the lawful reason to go on without it`)
  return reason
}

function missingOf(kind: Receiver['kind'], { asked }: KnownForShare): FieldError {
  if (kind === 'user') return colleagueMissing('user', asked)
  return { field: kind, message: kind === 'agency' ? 'Select an agency' : 'Select a team' }
}

function receiverOf(kind: Receiver['kind'], fields: Fields, { organisations, user }: KnownForShare): Receiver | undefined {
  if (kind === 'user') return user
  return organisations.find(one => one.kind === kind && one.id === fields.text(kind))
}

/** From the beginning of the first day to the end of the last, on London's clocks. A share that begins today has begun. */
export const windowOfShare = ({ from, until }: Pick<ShareWish, 'from' | 'until'>, today: PlainDate) => ({
  startsAt: from !== null && from > today ? startOfDay(from) : null,
  endsAt: until && startOfDay(addDays(until, 1)),
})
