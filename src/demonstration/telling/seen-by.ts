import { breakGlass, grantAccess, type NewGrant, withhold } from '../../access/index.ts'
import { audit } from '../../audit/index.ts'
import { restrictCase } from '../../cases/index.ts'
import type { When } from '../calendar.ts'
import type { Cast } from '../cast.ts'
import type { CaseOf } from './case-of.ts'
import type { Ref, Tale } from './tale.ts'

type Share = {
  /** An agency by its name, or a user by the beginning of their e-mail address. */
  to: string
  level?: NewGrant['level']
  parts?: readonly string[]
  purpose: string
  lawfulBasis: string
  /** Days from today on which it ends. */
  until?: number
}

/** Lets somebody beyond the team see a case, whole or in part. */
export function share(
  tale: Tale,
  { ref }: CaseOf,
  when: When,
  by: string,
  { to, level = 'read', parts, purpose, lawfulBasis, until }: Share,
): void {
  tale.happens(when, by, `a share with ${to}`, async ({ tx, actor, now, cast }) => {
    await grantAccess(tx, actor, now, {
      caseId: ref.id,
      kind: 'share',
      holder: principalOf(cast, to),
      level,
      parts: parts ?? null,
      purpose,
      lawfulBasis,
      ...(until === undefined ? {} : { startsAt: now, endsAt: new Date(`${tale.day(until)}T23:59:00Z`) }),
    })
  })
}

/** Hides a case, or one section of a form on it, from an agency or a user. */
export function hide(
  tale: Tale,
  { ref }: CaseOf,
  when: When,
  by: string,
  { from, reason, wishOf, section }: { from: string; reason: string; wishOf: string; section?: { form: Ref; section: string } },
): void {
  tale.happens(when, by, `withheld from ${from}`, async ({ tx, actor, now, cast }) => {
    await withhold(tx, actor, now, {
      caseId: ref.id,
      holder: principalOf(cast, from),
      reason,
      wishOf,
      ...(section ? { section: { answerSetId: section.form.id, section: section.section } } : {}),
    })
  })
}

/** Restricts a case to those named. */
export function restrict(_tale: Tale, one: CaseOf, when: When, by: string, to: readonly string[], reason: string): void {
  one.change(when, by, 'restricted', ({ tx, actor, now, cast }, theCase) =>
    restrictCase(
      tx,
      actor,
      now,
      theCase,
      to.map(who => cast.user(who)),
      reason,
    ),
  )
}

/** Opens a case for four hours in an emergency. */
export function openInEmergency(tale: Tale, { ref, person }: CaseOf, when: When, by: string, reason: string): void {
  tale.happens(when, by, 'an emergency', async ({ tx, actor, now }) => {
    const endsAt = new Date(now.getTime() + 4 * 3_600_000)
    await breakGlass(tx, actor, now, { caseId: ref.id, reason, endsAt })
    const subject = { type: 'case', id: ref.id }
    await audit(tx, actor, now, { action: 'case-opened-in-emergency', subject, personId: person.id, caseId: ref.id, detail: { endsAt } })
  })
}

const principalOf = (cast: Cast, who: string): number => (/^[a-z]+\.[a-z]+$/.test(who) ? cast.user(who).principal : cast.agency(who))
