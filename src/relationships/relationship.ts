import type { PlainDate } from '../platform/plain-date.ts'
import { type Terms, type Way, wordFor } from './terms.ts'

/** What is recorded of two people. It says the same from both sides; the second may be somebody who is not on record. */
export type Stated = {
  readonly kind: string
  /** Without it the second is to the first what the kind says; with it the first to the second. */
  readonly kindBack: boolean
  /** What the second is to the first in law, and the first to the second. */
  readonly legalRoles: readonly string[]
  readonly legalRolesBack: readonly string[]
  /** What must be known of the second for the first one's sake, and of the first for the second's. */
  readonly warnings: readonly string[]
  readonly warningsBack: readonly string[]
  readonly otherName: string | null
  readonly otherContact: string | null
  readonly from: PlainDate | null
  readonly to: PlainDate | null
  readonly note: string | null
  /** Told of on the first person's pages alone. */
  readonly oneSided: boolean
}

export type Relationship = Stated & {
  readonly id: string
  readonly personId: string
  readonly otherId: string | null
  readonly version: number
}

/** A relationship as one person's page tells it: `they` is whoever is at the other end. */
export type Side = {
  readonly id: string
  readonly way: Way
  readonly theirId: string | null
  readonly stated: Relationship
}

/** Undefined where this person's pages must not tell it. */
export function sideOf(relationship: Relationship, personId: string): Side | undefined {
  if (relationship.personId === personId) return { id: relationship.id, way: 'there', theirId: relationship.otherId, stated: relationship }
  if (relationship.otherId !== personId || relationship.oneSided) return undefined
  return { id: relationship.id, way: 'back', theirId: relationship.personId, stated: relationship }
}

export type Words = {
  /** 'Mother' */
  readonly kind: string
  /** 'Parental responsibility', 'This person is their next of kin' */
  readonly roles: readonly string[]
  /** What must not be overlooked. */
  readonly warnings: readonly string[]
}

/** What a side says, in words for the page of the person whose side it is. `gender` is that of whoever is at the other end. */
export function inWords(side: Side, terms: Terms, gender: string | null): Words {
  const { stated, way } = side
  const back: Way = way === 'there' ? 'back' : 'there'
  const kind = terms.get(stated.kind)
  const words = (codes: readonly string[], which: Way) => codes.map(code => wordFor(terms.get(code), which, null))
  return {
    kind: wordFor(kind, stated.kindBack ? back : way, gender),
    roles: [...words(stated.legalRoles, way), ...words(stated.legalRolesBack, back)],
    warnings: [...words(stated.warnings, way), ...words(stated.warningsBack, back)],
  }
}

/** The same relationship told from the other end, so that a form may always speak of the person whose page it is. */
export function turned(stated: Stated): Stated {
  return {
    ...stated,
    kindBack: !stated.kindBack,
    legalRoles: stated.legalRolesBack,
    legalRolesBack: stated.legalRoles,
    warnings: stated.warningsBack,
    warningsBack: stated.warnings,
  }
}

/** Whether it stands today. What has ended is history, but for what it warns of: an ex-partner is as dangerous as before. */
export const isCurrent = ({ from, to }: Pick<Stated, 'from' | 'to'>, today: PlainDate): boolean =>
  (to === null || to >= today) && (from === null || from <= today)

export const isDangerous = (stated: Pick<Stated, 'kind' | 'warnings' | 'warningsBack'>, terms: Terms): boolean =>
  stated.warnings.length + stated.warningsBack.length > 0 || (terms.get(stated.kind)?.danger ?? false)
