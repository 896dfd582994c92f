import { sql } from 'kysely'
import { carryFromItem, carryToItem, keptOnceTriaged, type Named, runByNobody } from '../access/index.ts'
import { tellUsers, tellUsersOnce } from '../notifications/index.ts'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import type { Visit } from '../platform/web/routes.ts'
import type { OfItem } from './frame.tsx'
import { type HeardBefore, heardBefore, keyOfKept, mayBeSame } from './heard-before.ts'
import type { MeetingKind } from './kind.ts'
import { mayHearOf, tellThoseWhoRun } from './tell.ts'

// What is kept from somebody about one item is kept from them about the next of the same people, by the keeper: nobody who runs the meeting need see both.

/**
 * Keeps an item from whom another about the same people is kept: before anybody may read it who could not before, or is told of it. Where nobody is left
 * who runs the meeting and sees it, the authority is told. Answers from whom the whole of it is kept now.
 */
export async function keepAsElsewhere(tx: Tx, now: Date, itemId: string, kind: MeetingKind): Promise<readonly number[]> {
  const kept = await carryToItem(tx, now, itemId, mayBeSamePerson(kind))
  await tellWhereNobodyRuns(tx, now, [itemId])
  return kept
}

/**
 * The same once somebody has been added to an item, or has been said to be the person of a record: both ways. Those who run the meeting are told where
 * it is kept from somebody by that, who may be missed at it.
 */
export async function keepOnceNamed(tx: Tx, actor: Actor, now: Date, { item, kind }: Pick<OfItem, 'item' | 'kind'>): Promise<void> {
  const withheld = await keepAsElsewhere(tx, now, item.id, kind)
  await keepOthersToo(tx, now, item.id, kind)
  if (withheld.some(one => !item.withheld.includes(one)))
    await tellThoseWhoRun(tx, actor, now, { ...item, withheld }, 'A case of a meeting is kept from somebody now: see from whom')
}

/** The same of those that are open, once an item about the same people has been kept from somebody. */
export async function keepOthersToo(tx: Tx, now: Date, itemId: string, kind: MeetingKind): Promise<void> {
  await tellWhereNobodyRuns(tx, now, await carryFromItem(tx, now, itemId, mayBeSamePerson(kind)))
}

/** What whoever triages an item must know of the people whom it is about: with what will be kept from whoever sent it, once they have. */
export async function heardForTriage(visit: Visit, of: OfItem): Promise<HeardBefore> {
  const heard = await heardBefore(visit, of)
  const kept = await keptOnceTriaged(visit.tx, of.item.id, mayBeSamePerson(of.kind))
  const further = kept.map(one => ({ ...one, of: undefined, ids: [], isLetIn: false }))
  return { ...heard, kept: [...heard.kept, ...further.filter(one => !heard.kept.some(each => keyOfKept(each) === keyOfKept(one)))] }
}

/**
 * As one is found to be heard before, and in whatever role: who was a victim then may be said to have done it now, or be a child. In another role only where
 * more is known of them than one name. Without a day of birth a name says that in meetings of one kind alone: whoever types a name must not learn of
 * another meeting whether it speaks of them. A place is nobody, and is the same by the whole of its name.
 */
const mayBeSamePerson =
  ({ sameIn }: Pick<MeetingKind, 'sameIn'>) =>
  (one: Named, other: Named, isOfKind: boolean): boolean => {
    if (!isOfKind && (one.bornOn === null || other.bornOn === null) && !one.isPlace) return false
    if (one.isPlace || other.isPlace) return one.isPlace && other.isPlace && one.familyName.toLowerCase() === other.familyName.toLowerCase()
    const compared = one.role === other.role && sameIn.flat().includes(one.role)
    return mayBeSame(one, other) && (compared || (isSomebody(one) && isSomebody(other)))
  }
const isSomebody = ({ givenName, bornOn }: Named): boolean => givenName !== '' || bornOn !== null

/**
 * Tells the authority's administrators that somebody else must be named to run a meeting, where something waits that is kept from each of those who do. Not
 * those from whom it is kept, unless there is no other: it says of nothing what it is.
 */
export async function tellWhereNobodyRuns(tx: Tx, now: Date, itemIds: readonly string[] | 'all'): Promise<void> {
  if (itemIds.length === 0) return
  for (const { seriesId, keptFrom, isSeen } of await runByNobody(tx, now, itemIds)) {
    if (isSeen) await tellWhoStillRuns(tx, now, seriesId)
    const all = await administrators(tx)
    const may = await mayHearOf(tx, keptFrom, all)
    await tellUsersOnce(tx, now, {
      to: may.length > 0 ? may : all,
      kind: 'meeting',
      words: 'Somebody else must be named to run a meeting',
      href: paths.meetings.runBy(seriesId),
    })
  }
}

/** Those who run it read the case until somebody else is named: they learn that one of them should not, and not which, or of which case. */
async function tellWhoStillRuns(tx: Tx, now: Date, seriesId: string): Promise<void> {
  const { rows } = await sql<{ userId: string }>`
    select distinct user_id as "userId" from meeting_members where series_id = ${seriesId} and seat_id is null and ended_at is null`.execute(
    tx,
  )
  await tellUsersOnce(tx, now, {
    to: rows.map(row => row.userId),
    kind: 'meeting',
    words: 'A meeting that you run has a case that somebody else should take: the authority has been asked to name them',
    href: paths.meetings.members(seriesId),
  })
}

async function administrators(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select u.id from users u where u.status = 'active' and exists (
      select from posts p join roles r on r.id = p.role_id where p.user_id = u.id and p.ended_at is null and 'manage-authority' = any (r.capabilities))`.execute(
    tx,
  )
  return rows.map(row => row.id)
}

/**
 * Tells the authority, all who run a series and whoever did, but whoever does it, that somebody else runs it now: nobody is put out, or a friend put in, unseen. And
 * the authority, where something would be left that none of them sees.
 */
export async function tellOfWhoRuns(tx: Tx, actor: Actor, now: Date, seriesId: string, ended: readonly string[] = []): Promise<void> {
  const { rows } = await sql<{ userId: string }>`
    select distinct user_id as "userId" from meeting_members where series_id = ${seriesId} and seat_id is null and ended_at is null`.execute(
    tx,
  )
  const tell = (to: readonly string[], href: string) =>
    tellUsers(tx, now, { to: to.filter(one => one !== actor.userId), kind: 'meeting', words: 'Who runs a meeting has changed', href })
  const run = rows.map(row => row.userId)
  await tell([...run, ...ended.filter(one => !run.includes(one))], paths.meetings.series(seriesId))
  await tell(
    (await administrators(tx)).filter(one => !run.includes(one)),
    paths.meetings.runBy(seriesId),
  )
  await tellWhereNobodyRuns(tx, now, 'all')
}
