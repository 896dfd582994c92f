import type { Tx } from '../platform/db/database.ts'
import { ageOn, type PlainDate } from '../platform/plain-date.ts'
import { type Known, knownAround } from './around.ts'
import type { Somebody } from './relationships.queries.ts'

/** Somebody who answers for a child, or looks after them: a parent, a carer, whoever has parental responsibility. */
export type WhoAnswers = {
  readonly person: Somebody
  /** What they are to the child: 'Mother'. */
  readonly relation: string
  /** Something is recorded of the two that must not be overlooked: nothing about the one goes to the other. */
  readonly warned: boolean
}

/** Children Act 1989, section 105: a child is a person under the age of eighteen. */
const grownUp = 18

// Kinds of relationship in which the one brings the other up or looks after them, and what gives a say in law (relationship_terms).
const kinds = ['parent', 'step-parent', 'adoptive-parent', 'foster-carer', 'carer']
const legalRoles = ['parental-responsibility', 'guardian']

/**
 * Parents and carers of a child who are on record and whom the reader may see. Nobody's for a grown-up; of somebody whose age is not known, only
 * where somebody has parental responsibility. A warning counts on whichever page it stands, and after what it is about has ended.
 */
export async function whoAnswersFor(
  tx: Tx,
  child: { readonly id: string; readonly dateOfBirth: PlainDate | null },
  today: PlainDate,
): Promise<WhoAnswers[]> {
  if (child.dateOfBirth !== null && (ageOn(child.dateOfBirth, today) ?? 0) >= grownUp) return []
  const around = await knownAround(tx, child.id, today)
  const answering = around.filter(one => one.current && one.person && looksAfter(one))
  if (child.dateOfBirth === null && !answering.some(one => rolesIn(one).includes('parental-responsibility'))) return []
  const found = new Map<string, WhoAnswers>()
  for (const { person, words } of answering) {
    if (!person || found.has(person.id)) continue
    const back = await knownAround(tx, person.id, today)
    const warned =
      around.some(one => one.person?.id === person.id && one.dangerous) || back.some(one => one.person?.id === child.id && one.dangerous)
    found.set(person.id, { person, relation: words.kind, warned })
  }
  return [...found.values()]
}

const looksAfter = (one: Known): boolean => {
  const { way, stated } = one.side
  return (kinds.includes(stated.kind) && (way === 'there') !== stated.kindBack) || rolesIn(one).some(role => legalRoles.includes(role))
}

/** Legal roles that they hold for the child, not the child for them. */
const rolesIn = ({ side: { way, stated } }: Known): readonly string[] => (way === 'there' ? stated.legalRoles : stated.legalRolesBack)
