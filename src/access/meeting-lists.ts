import { type RawBuilder, sql } from 'kysely'
import { type Lists, sorted } from './lists.ts'

export type ItemState = 'draft' | 'referred' | 'withdrawn' | 'returned' | 'listed' | 'sent' | 'discussed' | 'closed'

/** Everything that decides who may see an item on a meeting's agenda. */
export type ItemFacts = {
  state: ItemState
  /** Held by the chair and the co-ordinator of its series. */
  running: number
  /** The user who referred. */
  referrer: number
  /** The seats whose agencies are asked about it; null: every one. */
  invited: readonly number[] | null
  /** Seats that have not ended, and whose they are. */
  seats: readonly { principal: number; agency: number }[]
  withholdings: readonly { holder: number; part: string | null }[]
}

/** Who reads a row beside those whose own it is. */
export type Audience = 'item' | 'referrer' | 'running' | 'own'
export const audiences: readonly Audience[] = ['item', 'referrer', 'running', 'own']

/**
 * The part of an item that everything written in free words is: what happened, what agencies bring, what is said, decided and to be done. It names
 * anybody, so it goes with any other part that is kept from somebody unless whoever keeps it says otherwise.
 */
export const wordsPart = 'words'

/** The part that one of several people of a part is by themself, so that one can be kept from somebody and the others not. */
export const partOfOne = (part: string, partyId: string): string => `${part}:${partyId}`
/** The part that those are together. */
export const wholePart = (part: string): string => part.split(':', 1)[0]!
/**
 * Whether a row goes with what is kept: a row of that part; of one person of it, where all are kept; and what tells of all of them at once, where one is.
 */
export const goesWith = (kept: string, part: string): boolean => kept === part || part.startsWith(`${kept}:`) || kept.startsWith(`${part}:`)
/** The same in the database. */
export const goesWithInSql = (kept: RawBuilder<unknown>, part: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(${kept} = ${part} or starts_with(${part}, ${kept} || ':') or starts_with(${kept}, ${part} || ':'))`

/** What a row says of itself. */
export type RowOfItem = { audience: Audience; own?: readonly number[]; part?: string; outlasts?: boolean }

/**
 * Who may see the rows of an item (decision 25). A draft is its referrer's. Once it is referred, those who run the series read and change it, and the
 * referrer reads what they wrote, and changes it until it is triaged. The seats read it from when the agenda has gone out until it is closed to them; what is a seat's own it reads and
 * changes, for that time. From whomever it is withheld, an agency or a user, it is withheld whatever they sit in, run or wrote.
 */
export function listsForItemRow(facts: ItemFacts, row: RowOfItem): Lists {
  const { state, running, referrer } = facts
  const open = state === 'sent' || state === 'discussed'
  const isDraft = state === 'draft'
  const run = isDraft ? [] : [running]
  const readers: Record<Audience, readonly number[]> = {
    item: isDraft ? [referrer] : [...run, ...(open ? seatsOf(facts) : [])],
    referrer: isDraft ? [referrer] : [...run, ...(open ? seatsOf(facts) : []), ...(state === 'closed' ? [] : [referrer])],
    running: run,
    own: [],
  }
  // A seat that an item is no longer for loses there what is its own, but for what it was given to do.
  const own = row.outlasts ? (row.own ?? []) : open ? (row.own ?? []).filter(one => isFor(facts, one)) : []
  const corrects = state === 'referred' && row.audience === 'referrer' ? [referrer] : []
  const editors = row.audience === 'own' ? [] : isDraft ? [referrer] : [...run, ...corrects]
  return {
    readers: sorted([...readers[row.audience], ...own]),
    editors: sorted([...editors, ...own]),
    withheld: withheldOf(facts, row.part, row.own),
  }
}

const isFor = ({ invited }: Pick<ItemFacts, 'invited'>, seat: number): boolean => invited === null || invited.includes(seat)

/** The seats that an item is for: asked about it, and not kept from it. */
export function seatsOf({ invited, seats, withholdings }: Pick<ItemFacts, 'invited' | 'seats' | 'withholdings'>): number[] {
  const keptOut = withholdings.filter(one => one.part === null).map(one => one.holder)
  return seats.filter(({ principal, agency }) => isFor({ invited }, principal) && !keptOut.includes(agency)).map(seat => seat.principal)
}

/**
 * From whom a row is withheld. Where free words are kept from an agency, it keeps those that are its own seat's: what it brought itself, and what it was
 * given to do.
 */
export function withheldOf(
  { withholdings, seats }: Pick<ItemFacts, 'withholdings' | 'seats'>,
  part?: string,
  own: readonly number[] = [],
): number[] {
  const isTheirs = (holder: number) => part === wordsPart && seats.some(seat => seat.agency === holder && own.includes(seat.principal))
  return sorted(
    withholdings
      .filter(one => one.part === null || (part !== undefined && goesWith(one.part, part) && !isTheirs(one.holder)))
      .map(one => one.holder),
  )
}
