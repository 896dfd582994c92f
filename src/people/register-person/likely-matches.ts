import type { Tx } from '../../platform/db/database.ts'
import { type Likeness, type Match, matchOf, whereToLook } from '../matching.ts'
import { candidatesFor } from '../person.queries.ts'
import type { PersonRecord } from '../person.ts'

export type LikelyMatch = { readonly person: PersonRecord; readonly match: Match }

/**
 * People on record who may be this person, the likeliest first, each with the reason in words. Only people whom the actor may see:
 * that somebody is known to a service is itself not to be told.
 */
export async function likelyMatches(
  tx: Tx,
  likeness: Likeness,
  options: { readonly except?: string; readonly limit?: number } = {},
): Promise<LikelyMatch[]> {
  const candidates = await candidatesFor(tx, whereToLook(likeness), options.except === undefined ? {} : { except: options.except })
  const matches: LikelyMatch[] = []
  for (const { person, likeness: onRecord } of candidates) {
    const match = matchOf(likeness, onRecord)
    if (match) matches.push({ person, match })
  }
  return matches.sort((a, b) => b.match.score - a.match.score).slice(0, options.limit ?? 10)
}
