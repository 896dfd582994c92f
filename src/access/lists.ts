/** The access lists that a row carries: principals who may read it, edit it, and must not see it whatever else they hold. */
export type Lists = { readers: number[]; editors: number[]; withheld: number[] }

export type Grant = {
  kind: 'named' | 'share' | 'allocation' | 'co-worker' | 'cover' | 'co-ordinator' | 'member' | 'meeting' | 'break-glass'
  /** What stands in the rows: the holder, or a window of the holder's. */
  principal: number
  level: 'read' | 'edit'
  /** Null for the whole case. One thing of a part is named as `documents/<id>`. */
  parts: readonly string[] | null
}

/** Everything that decides who may see a case. */
export type CaseFacts = {
  /** The post of the case's team in its service area. */
  post: number
  commissioners: number
  existence: number
  restricted: boolean
  /** The import that brought the case was undone: it is read by nobody. */
  removed?: boolean
  /** Whether this service area lets others know that it is involved. */
  existenceShown: boolean
  /** Those in force; ended ones left out. */
  grants: readonly Grant[]
  /** Agencies and users from whom the whole case is withheld. */
  withheldFrom: readonly number[]
}

export type CaseLists = {
  /** Rows of parts that no share names. */
  whole: Lists
  /** Parts that a share names on its own, and single things of a part. */
  parts: ReadonlyMap<string, Lists>
  /** The case's own row: read by whoever reads any part. */
  header: Lists
  existence: Lists
  /**
   * Who else sees it and from whom it is withheld: read and changed by those whose case it is, not by a partner with whom it was shared to edit;
   * read by the commissioners, as data controller (U2).
   */
  deciders: Lists
}

/**
 * Grants of those whose case it is: they decide who else sees it. Somebody with whom it was shared, however much, does not share it on, end
 * what its owners shared, or read from whom they withhold it: that may be their own colleague.
 */
export const decidingGrants = ['named', 'allocation', 'co-worker', 'cover', 'co-ordinator'] as const satisfies readonly Grant['kind'][]
const decides: ReadonlySet<Grant['kind']> = new Set(decidingGrants)

/**
 * Grants that survive a restriction: a restricted case is read by those named on it, whoever works it, and an emergency. Whoever covers for
 * a worker during an absence is none of these: they are named on it where they must see it.
 */
const survivesRestriction: ReadonlySet<Grant['kind']> = new Set(['named', 'allocation', 'co-worker', 'co-ordinator', 'break-glass'])

/**
 * Who may see a case, as lists. The rules in words (design: "Who sees what"):
 * its team in its service area and the commissioners, unless restricted; whoever it is allocated to or co-ordinated by; whoever it is
 * shared with or in whose team around the person they are, whole or in part; nobody from whom it is withheld.
 */
export function listsFor(facts: CaseFacts): CaseLists {
  if (facts.removed) return { whole: nobody(), parts: new Map(), header: nobody(), existence: nobody(), deciders: nobody() }
  const withheld = sorted(facts.withheldFrom)
  const inForce = facts.grants.filter(grant => !facts.restricted || survivesRestriction.has(grant.kind))
  const wholly = inForce.filter(grant => grant.parts === null)
  const partly = inForce.filter(grant => grant.parts !== null)

  const readers = [...(facts.restricted ? [] : [facts.post, facts.commissioners]), ...wholly.map(grant => grant.principal)]
  const editors = [
    ...(facts.restricted ? [] : [facts.post]),
    ...wholly.filter(grant => grant.level === 'edit').map(grant => grant.principal),
  ]
  const deciders = sorted([
    ...(facts.restricted ? [] : [facts.post]),
    ...wholly.filter(grant => grant.level === 'edit' && decides.has(grant.kind)).map(grant => grant.principal),
  ])
  const lists = (moreReaders: readonly number[], moreEditors: readonly number[]): Lists => ({
    readers: sorted([...readers, ...moreReaders]),
    editors: sorted([...editors, ...moreEditors]),
    withheld,
  })

  const parts = new Map<string, Lists>()
  for (const part of new Set(partly.flatMap(grant => grant.parts ?? []))) {
    // One document is read by whoever it is shared with alone, and by whoever all documents are.
    const named = partly.filter(grant => grant.parts?.some(one => one === part || one === partOf(part)))
    const mayEdit = named.filter(grant => grant.level === 'edit')
    parts.set(
      part,
      lists(
        named.map(grant => grant.principal),
        mayEdit.map(grant => grant.principal),
      ),
    )
  }
  return {
    whole: lists([], []),
    parts,
    header: lists(
      partly.map(grant => grant.principal),
      [],
    ),
    existence: {
      readers: facts.existenceShown && !facts.restricted ? sorted([facts.existence, facts.commissioners]) : [facts.commissioners],
      editors: sorted(editors),
      withheld,
    },
    deciders: { readers: facts.restricted ? deciders : sorted([...deciders, facts.commissioners]), editors: deciders, withheld },
  }
}

/** As a share names one thing of a part, and nothing else of it: a document, the answers to a form. */
export const thingOfPart = (part: string, id: string): string => `${part}/${id}`

const partOf = (named: string): string => named.split('/', 1)[0] ?? named

/** The lists of a row of a part: of the thing that it is of, where a share names that alone. */
export const listsOfPart = ({ parts, whole }: CaseLists, part: string, thing?: string): Lists =>
  (thing && parts.get(thingOfPart(part, thing))) || (parts.get(part) ?? whole)

/** Whether one of these principals reads anything of a part: all of it, or one thing. */
export const readsAnyOf = (lists: CaseLists, part: string, principals: readonly number[]): boolean =>
  [listsOfPart(lists, part), ...[...lists.parts].filter(([named]) => partOf(named) === part).map(([, one]) => one)].some(one =>
    one.readers.some(reader => principals.includes(reader)),
  )

export const nobody = (): Lists => ({ readers: [], editors: [], withheld: [] })

/** Sorted and each once, so that equal lists are equal arrays and an unchanged row is not written again. */
export function sorted(principals: Iterable<number>): number[] {
  return [...new Set(principals)].sort((a, b) => a - b)
}
