import { sql } from 'kysely'
import type { Tx } from '../platform/db/database.ts'

export type TermKind = 'kind' | 'legal-role' | 'warning'
export type Shape = 'parent' | 'partner' | 'sibling' | 'other'

/** One word of relationships, with what it is called from the other side: data that an authority changes. */
export type Term = {
  readonly code: string
  readonly what: TermKind
  readonly label: string
  readonly labelWoman: string | null
  readonly labelMan: string | null
  readonly inverse: string
  readonly inverseWoman: string | null
  readonly inverseMan: string | null
  readonly shape: Shape
  readonly generations: number
  readonly danger: boolean
  readonly archived: boolean
}
export type Terms = ReadonlyMap<string, Term>

/** All words, in their order. Archived ones too: what was once chosen stays readable. */
export async function termsOf(tx: Tx): Promise<Terms> {
  const { rows } = await sql<Term>`
    select code, what, label, label_woman as "labelWoman", label_man as "labelMan", inverse, inverse_woman as "inverseWoman", inverse_man as "inverseMan",
      shape, generations, danger, archived_at is not null as archived
    from relationship_terms order by what, position`.execute(tx)
  return new Map(rows.map(term => [term.code, term]))
}

export const termsFor = (terms: Terms, what: TermKind): Term[] => [...terms.values()].filter(term => term.what === what && !term.archived)

/** Whether the second person of a relationship is spoken of, or the first as the second's page tells it. */
export type Way = 'there' | 'back'

/** The word for somebody: by the gender on record where there is a word of its own, never by sex. */
export function wordFor(term: Term | undefined, way: Way, gender: string | null): string {
  if (!term) return 'Known to each other'
  const [plain, woman, man] =
    way === 'there' ? [term.label, term.labelWoman, term.labelMan] : [term.inverse, term.inverseWoman, term.inverseMan]
  if (gender === 'woman' || gender === 'girl') return woman ?? plain
  if (gender === 'man' || gender === 'boy') return man ?? plain
  return plain
}
