/** An agency of the directory, and whether the reader may know that it works with the person. */
export type KnownOrNot = { readonly principal: number; readonly name: string; readonly isKnown: boolean }

/** Who is named in place of an author of whose agency the reader must not learn that it works with the person. */
export const somebodyElse = 'Somebody of another service'

/**
 * An author as a reader may be told of them. Where somebody works tells which service is involved, and that can put a person in danger (E7): so they are
 * named only to whoever may know of that. `agency` is whom they were named with; where the row does not say, their words do: `Name, Agency`. Words
 * that end in no agency of today may be of one that has been renamed, and tell nothing; words without one are the system's own.
 */
export function authorShown(author: string, agencies: readonly KnownOrNot[], agency?: number | null): string {
  const of =
    agencies.find(one => one.principal === agency) ??
    agencies.filter(one => author.endsWith(`, ${one.name}`)).sort((a, b) => b.name.length - a.name.length)[0]
  if (of) return of.isKnown ? author : somebodyElse
  return author.includes(', ') ? somebodyElse : author
}
