import { type Address, addressKindWords, isCurrentAddress, isHiding, isSecretAddress, type Person } from '../../people/index.ts'
import type { PlainDate } from '../../platform/plain-date.ts'

/** To the person by post, to the person by hand, or to somebody else. */
export const deliveries = ['post', 'hand', 'other'] as const
export type Delivery = (typeof deliveries)[number]

export type AddressDecision =
  | { readonly ok: true; readonly lines: readonly string[] }
  | { readonly ok: false; readonly error: 'confidential' | 'refuge' | 'no-fixed-abode' | 'no-address' | 'died' }

/**
 * The address that a letter may be posted to, or why it may not. A letter that lies on the wrong doormat can cost a life: an address that is
 * confidential, and a refuge, are never written on an envelope, and neither is any other address of somebody who has one: it may be the home
 * that they fled. They give an address for letters, or the letter is handed over. So too where another service keeps the secret address: whoever writes
 * learns that there is one.
 */
export function addressForLetters(
  person: Pick<Person, 'deathRecordedAt' | 'addressSecretUntil'> & { readonly addresses: readonly Address[] },
  today: PlainDate,
): AddressDecision {
  if (person.deathRecordedAt) return { ok: false, error: 'died' }
  const current = person.addresses
    .filter(address => isCurrentAddress(address, today))
    .sort((a, b) => ((a.from ?? '') < (b.from ?? '') ? 1 : -1))
  const forLetters = current.find(one => one.kind === 'correspondence' && !one.confidential)
  const hidden = current.find(isSecretAddress)
  if (hidden && !forLetters) return { ok: false, error: hidden.confidential ? 'confidential' : 'refuge' }
  if (isHiding(person, today) && !forLetters) return { ok: false, error: 'confidential' }
  const chosen = forLetters ?? current.find(one => one.kind === 'home') ?? current[0]
  if (!chosen) return { ok: false, error: 'no-address' }
  if (chosen.kind === 'no-fixed-abode') return { ok: false, error: 'no-fixed-abode' }
  const lines = [...(chosen.lines ?? '').split('\n'), chosen.town ?? '', chosen.postcode ?? ''].map(line => line.trim()).filter(Boolean)
  if (lines.length === 0) return { ok: false, error: 'no-address' }
  return { ok: true, lines }
}

export const addressRefusals: Record<Exclude<AddressDecision, { ok: true }>['error'], string> = {
  confidential: 'An address of the person is confidential: nothing is posted but to an address for letters',
  refuge: `The person is in a place recorded as “${addressKindWords.refuge.toLowerCase()}”: nothing is posted but to an address for letters`,
  'no-fixed-abode': 'The person has no fixed abode',
  'no-address': 'No address is recorded',
  died: 'The person has died',
}
