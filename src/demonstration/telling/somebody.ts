import { raiseAlert } from '../../cases/index.ts'
import {
  findRecord,
  type NewAddress,
  type NewContact,
  type NewPerson,
  type NhsNumber,
  nhsCheckDigit,
  noFixedAbode,
  type Postcode,
  parsePostcode,
  parseTelephone,
  recordDeath,
  registerPeople,
  type SafeToContact,
  safeAlways,
} from '../../people/index.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import type { When } from '../calendar.ts'
import { mustBe, type Ref, refTo, type Tale } from './tale.ts'

export type Somebody = Ref & {
  readonly name: string
  /** A danger that everybody who works with them sees. */
  alert(when: When, by: string, alert: { kind: string; label: string; note: string; reviewIn: number }): void
  died(when: When, by: string, daysAgo: number, note: string): void
}

/** Puts somebody on record, read by the post of whoever does it until there is a case. */
export function somebody(tale: Tale, when: When, by: string, { post, ...person }: NewPerson & { post?: string }, as?: Ref): Somebody {
  const name = [person.given, person.family].filter(Boolean).join(' ') || 'a child to come'
  const ref = as ?? refTo(name)
  tale.happens(when, by, `${name} is put on record`, async ({ tx, actor, now }) => {
    const principal = post === undefined ? undefined : actor.posts.find(one => one.serviceArea === post)?.postPrincipal
    const [registered] = mustBe(await registerPeople(tx, actor, now, [person], principal ? { post: principal } : {}))
    ref.become(registered!.id)
  })
  return {
    get id() {
      return ref.id
    },
    become: ref.become,
    name,
    alert: (at: When, who: string, alert: { kind: string; label: string; note: string; reviewIn: number }) =>
      tale.happens(at, who, `alert: ${alert.label}`, async ({ tx, actor, now }) => {
        mustBe(await raiseAlert(tx, actor, now, ref.id, { ...alert, reviewOn: tale.day(alert.reviewIn) }))
      }),
    died: (at: When, who: string, daysAgo: number, note: string) =>
      tale.happens(at, who, 'a death', async ({ tx, actor, now }) => {
        const record = await findRecord(tx, ref.id, true)
        if (!record) throw new Error(`${name} is not to be seen.`)
        await recordDeath({ tx, actor, clock: { now: () => now } }, record, tale.day(-daysAgo), note)
      }),
  }
}

/** An NHS number that the NHS keeps for tests: 999, five figures of our own, and the check digit. */
export function testNhsNumber(five: number): NhsNumber {
  for (let last = 0; last < 10; last++) {
    const nine = `999${String(five).padStart(5, '0')}${last}`
    const check = nhsCheckDigit(nine)
    if (check !== undefined) return `${nine}${check}` as NhsNumber
  }
  throw new Error('Nine of ten endings have a check digit.')
}

export function home(lines: string, postcode: string, town = 'Porthkerris', from?: PlainDate): NewAddress {
  return { kind: 'home', lines, town, postcode: code(postcode), ...(from ? { from } : {}) }
}

export const noAddress = (note: string): NewAddress => ({ kind: 'no-fixed-abode', town: 'Porthkerris', postcode: noFixedAbode, note })

/** The last three figures of a number in Ofcom's range for drama. */
export function mobile(three: string, safe: Partial<SafeToContact> = {}, whose?: string): NewContact {
  return { kind: 'mobile', value: number(`07700 900${three}`), safe: { ...safeAlways, ...safe }, ...(whose ? { whose } : {}) }
}

export function landline(three: string, safe: Partial<SafeToContact> = {}): NewContact {
  return { kind: 'telephone', value: number(`01632 960${three}`), safe: { ...safeAlways, ...safe } }
}

function number(text: string): string {
  const reading = parseTelephone(text)
  if (!reading.ok) throw new Error(`${text} is not a number.`)
  return reading.value
}

export function code(text: string): Postcode {
  const reading = parsePostcode(text)
  if (!reading.ok) throw new Error(`${text} is not a postcode.`)
  return reading.value
}
