import { takeBackWithReferral, wordsPart } from '../access/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import type { MeetingKind } from './kind.ts'
import { addToLog, type NewLogEntry } from './log.ts'
import type { Item } from './meeting.ts'
import type { Placed } from './parties.ts'
import type { NewLogged, NewParty, Referred } from './referral.ts'
import { recordStep } from './review-steps.ts'
import { type NewMove, recordMove } from './stages.ts'

// What a referral brings with it beside whom it is about: at which step somebody stands, what was complained of, a review that was asked for. Each is a row of
// the item from then on, by whoever referred, and theirs no more.

/** Whom a referral names: also whoever comes with what they told of. */
export function namedIn(kind: MeetingKind, { parties, logged }: Pick<Referred, 'parties' | 'logged'>): NewParty[] {
  const named = [...parties]
  for (const { role, familyName, givenName } of logged) {
    const part = kind.parties.find(one => one.role === role)?.part
    if (!part || named.some(one => isThey(one, { role, familyName, givenName }))) continue
    named.push({ part, role, familyName, givenName, bornOn: null, isPlace: false, postcode: '', about: '', stage: null })
  }
  return named
}

type Told = Pick<NewLogged, 'role' | 'familyName' | 'givenName'>
const isThey = (one: NewParty, { role, familyName, givenName }: Told): boolean =>
  one.role === role &&
  one.familyName.toLowerCase() === familyName.toLowerCase() &&
  (one.givenName.toLowerCase() === givenName.toLowerCase() || givenName === '')

/** The same as rows to be written. */
type Brought = { moves: NewMove[]; entries: NewLogEntry[]; reviewAskedOn: Referred['reviewAskedOn'] }

function broughtBy({ stages }: MeetingKind, { logged, reviewAskedOn }: Referred, placed: readonly Placed[]): Brought {
  const moves = placed.flatMap(({ id, part, stage }): NewMove[] =>
    stage && stages
      ? [
          {
            party: { id, part },
            list: stages.list,
            stage: stage.code,
            reasons: stages.reasons,
            reason: '',
            givenOn: stage.givenOn,
            until: null,
            agencyId: null,
            own: [],
          },
        ]
      : [],
  )
  const entries = logged.map(({ role, familyName, givenName, ...entry }): NewLogEntry => {
    const whose = role ? placed.find(one => isThey(one, { role, familyName, givenName })) : undefined
    return { ...entry, partyId: whose?.id ?? null, agencyId: null, words: '', own: [] }
  })
  return { moves, entries, reviewAskedOn }
}

/** Writes down what a referral brings, once it is sent. */
export async function bringAlong(
  tx: Tx,
  actor: Actor,
  now: Date,
  item: Item,
  kind: MeetingKind,
  referred: Referred,
  placed: readonly Placed[],
) {
  const { moves, entries, reviewAskedOn } = broughtBy(kind, referred, placed)
  await write(tx, actor, now, item, moves, entries)
  if (reviewAskedOn) await recordStep(tx, actor, now, item.id, { step: 'asked', happenedOn: reviewAskedOn }, [actor.principal])
}

type Sides = { before: Referred; now: Referred; stood: readonly Placed[]; placed: readonly Placed[] }

/**
 * The same after a correction: of each kind of row, where what it says has changed, those that the referral brought are taken back and written anew. A review
 * on which somebody has acted since stands as it is. From whom the free words are kept, what is written in them is not theirs to write.
 */
export async function bringAlongCorrected(
  tx: Tx,
  actor: Actor,
  now: Date,
  item: Item,
  kind: MeetingKind,
  { before, now: after, stood, placed }: Sides,
  { isOpen, at }: { isOpen: (part: string) => boolean; at: readonly Date[] },
): Promise<void> {
  const [was, is] = [broughtBy(kind, before, stood), broughtBy(kind, after, placed)]
  const takeBack = (table: Parameters<typeof takeBackWithReferral>[4]) => takeBackWithReferral(tx, actor, now, item.id, table, at)
  if (differ(was.moves, is.moves)) {
    await takeBack('meeting_stage_moves')
    await write(tx, actor, now, item, is.moves, [])
  }
  if (!isOpen(wordsPart)) return
  if (differ(was.entries, is.entries)) {
    await takeBack('meeting_log_entries')
    await write(tx, actor, now, item, [], is.entries)
  }
  if (was.reviewAskedOn !== is.reviewAskedOn && (await takeBack('meeting_review_steps')) && is.reviewAskedOn)
    await recordStep(tx, actor, now, item.id, { step: 'asked', happenedOn: is.reviewAskedOn }, [actor.principal])
}

async function write(
  tx: Tx,
  actor: Actor,
  now: Date,
  item: Item,
  moves: readonly NewMove[],
  entries: readonly NewLogEntry[],
): Promise<void> {
  for (const move of moves) await recordMove(tx, actor, now, item, move, [actor.principal])
  for (const entry of entries) await addToLog(tx, actor, now, item.id, entry, [actor.principal])
}

const differ = (one: unknown, other: unknown): boolean => JSON.stringify(one) !== JSON.stringify(other)
