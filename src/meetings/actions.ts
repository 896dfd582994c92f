import { type RawBuilder, sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { listsForRowOfItem, rewriteItem, wordsPart } from '../access/index.ts'
import { tellUsers } from '../notifications/index.ts'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { isId } from '../platform/id.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import { no, ok, type Result } from '../platform/result.ts'
import { auditItem } from './change-items.ts'
import type { Item, Seat } from './meeting.ts'
import { workersOf } from './series.queries.ts'
import { mayHearOf, tellThoseWhoRun } from './tell.ts'

/** What an agency has agreed to do about an item. */
export type Action = {
  id: string
  itemId: string
  seriesId: string | null
  /** Of the meeting that set it, by the seat that it was given to: whoever was given it may know which that is. */
  meets: { seriesId: string; name: string; kind: string }
  /** Of the item, where the reader may see it: whoever was given an action alone sees the action. */
  reference: string | null
  meetingId: string | null
  what: string
  seatId: string
  agencyName: string
  seatPrincipal: number
  agency: number
  workerId: string | null
  workerName: string | null
  /** Whom it is about, where the reader may see them, and their record, where the reader's agency has linked it and they may see that. */
  party: { id: string; familyName: string; givenName: string; personId: string | null } | null
  /** The case of its agency, for whoever may see that case in their own right: to others there is none. */
  linkedCase: { id: string; reference: string; serviceName: string } | null
  dueOn: PlainDate
  state: 'open' | 'done' | 'cancelled'
  carried: number
  setAt: Date
  setByName: string
  setByAgency: string
  endedAt: Date | null
  version: number
  withheld: readonly number[]
  /** Principals whose own it is: the seat's, and its worker's. */
  own: readonly number[]
  /** Whether the actor may write to it. */
  mayEdit: boolean
}
export type ActionEntry = {
  id: string
  actionId: string
  kind: ActionEntryKind
  words: string
  at: Date
  byName: string
  agencyName: string
}
export type ActionEntryKind = 'set' | 'update' | 'changed' | 'done' | 'reopened' | 'cancelled' | 'carried-over'
export const actionEntryWords: Record<ActionEntryKind, string> = {
  set: 'Set',
  update: 'Update',
  changed: 'Changed',
  done: 'Done',
  reopened: 'Opened again',
  cancelled: 'Taken back',
  'carried-over': 'Carried over',
}

const actions = async (tx: Tx, actor: Actor, where: RawBuilder<unknown>): Promise<Action[]> =>
  (
    await sql<Action>`
      select t.id, t.item_id as "itemId", i.series_id as "seriesId", i.reference, t.meeting_id as "meetingId",
        json_build_object('seriesId', z.id, 'name', z.name, 'kind', z.kind) as meets, t.what, t.seat_id as "seatId", a.name as "agencyName",
        s.principal as "seatPrincipal", s.agency, t.worker_id as "workerId", u.name as "workerName", t.due_on as "dueOn",
        t.state, t.carried, t.set_at as "setAt", b.name as "setByName", y.name as "setByAgency", t.ended_at as "endedAt", t.version, t.withheld, t.own, t.editors && ${[...actor.writePrincipals]}::int[] as "mayEdit",
        case when p.id is not null then json_build_object('id', p.id, 'familyName', p.family_name, 'givenName', p.given_name, 'personId', r.id) end as party,
        case when k.id is not null then json_build_object('id', k.id, 'reference', k.reference, 'serviceName', v.name) end as "linkedCase"
      from meeting_actions t join meeting_seats s on s.id = t.seat_id join agencies a on a.id = s.agency_id join meeting_series z on z.id = s.series_id
        join users b on b.id = t.set_by join agencies y on y.principal = b.agency
        left join users u on u.id = t.worker_id left join meeting_items i on i.id = t.item_id left join meeting_parties p on p.id = t.party_id
        left join lateral (select w.id from meeting_party_links l join people w on w.id = l.person_id
          where l.party_id = p.id and l.ended_at is null order by l.agency <> ${actor.agency}, l.linked_at desc limit 1) r on true
        left join cases k on k.id = t.case_id left join service_areas v on v.code = k.service_area
      where ${where} order by t.state = 'open' desc, t.due_on, t.id`.execute(tx)
  ).rows

export async function findAction(tx: Tx, actor: Actor, actionId: string): Promise<Action | undefined> {
  if (!isId(actionId)) return undefined
  return (await actions(tx, actor, sql`t.id = ${actionId}`))[0]
}
export const actionsOfItems = (tx: Tx, actor: Actor, itemIds: readonly string[]): Promise<Action[]> =>
  actions(tx, actor, sql`t.item_id = any (${[...itemIds]}::uuid[])`)
/** What the actor is to do: theirs by name, or their seat's. */
export const ownActions = (tx: Tx, actor: Actor): Promise<Action[]> =>
  actions(tx, actor, sql`t.state = 'open' and t.own && ${[...actor.principals]}::int[]`)
/** Every open action of a series, as far as the actor sees them. */
export const openActionsOfSeries = (tx: Tx, actor: Actor, seriesId: string): Promise<Action[]> =>
  actions(tx, actor, sql`t.state = 'open' and i.series_id = ${seriesId}`)

/** What was said of these actions, and what became of them, the first first. */
export async function entriesOf(tx: Tx, actionIds: readonly string[]): Promise<ActionEntry[]> {
  const { rows } = await sql<ActionEntry>`
    select e.id, e.action_id as "actionId", e.kind, e.words, e.recorded_at as at, u.name as "byName", a.name as "agencyName"
    from meeting_action_entries e join users u on u.id = e.recorded_by join agencies a on a.principal = u.agency
    where e.action_id = any (${[...actionIds]}::uuid[]) order by e.recorded_at, e.id`.execute(tx)
  return rows
}

export type NewAction = {
  what: string
  seat: Pick<Seat, 'id' | 'principal' | 'agency'>
  workerId: string | null
  dueOn: PlainDate
  partyId: string | null
  caseId: string | null
  meetingId: string | null
}

/** Sets an action on an item. Nobody is given one from whom the item is kept. */
export async function setAction(tx: Tx, actor: Actor, now: Date, item: Item, action: NewAction): Promise<Result<string, 'not-theirs'>> {
  const own = await ownersOf(tx, item, action)
  if (!own) return no('not-theirs')
  const id = uuid()
  const lists = await listsForRowOfItem(tx, item.id, { audience: 'item', part: wordsPart, own, outlasts: true })
  // Its worker is kept from what is written of this item: they could not read what they were given.
  if (own.some(one => lists.withheld.includes(one))) return no('not-theirs')
  await sql`
    insert into meeting_actions (id, item_id, meeting_id, what, seat_id, worker_id, party_id, case_id, due_on, state, set_at, set_by, own, readers, editors, withheld)
    values (${id}, ${item.id}, ${action.meetingId}, ${action.what}, ${action.seat.id}, ${action.workerId}, ${action.partyId}, ${action.caseId}, ${action.dueOn}, 'open', ${now},
      ${actor.userId}, ${own}::int[], ${lists.readers}::int[], ${lists.editors}::int[], ${lists.withheld}::int[])`.execute(tx)
  await addEntry(tx, actor, now, { id, itemId: item.id }, own, 'set', action.what)
  await auditItem(tx, actor, now, 'meeting-action-set', item.id, { actionId: id })
  await tellOwners(tx, actor, now, item.withheld, { id, ...action })
  return ok(id)
}

type Owned = Pick<NewAction, 'seat' | 'workerId'>

/**
 * Whose own an action is: the seat's, and its worker's. Undefined where the item is kept from its agency, they do not work for it, or, as far as the actor may
 * know that, it is kept from that worker.
 */
async function ownersOf(tx: Tx, item: Pick<Item, 'withheld'>, { seat, workerId }: Owned, mayKnow = true): Promise<number[] | undefined> {
  if (item.withheld.includes(seat.agency)) return undefined
  if (!workerId) return [seat.principal]
  const worker = (await workersOf(tx, [seat.agency])).find(one => one.id === workerId)
  if (!worker || (mayKnow && (await mayHearOf(tx, item.withheld, [workerId])).length === 0)) return undefined
  return [seat.principal, worker.principal]
}

/** Tells whoever was given it, or everybody who sits there. */
async function tellOwners(tx: Tx, actor: Actor, now: Date, withheld: readonly number[], action: Owned & { id: string }): Promise<void> {
  const { rows } = action.workerId
    ? { rows: [{ userId: action.workerId }] }
    : await sql<{
        userId: string
      }>`select user_id as "userId" from meeting_members where seat_id = ${action.seat.id} and ended_at is null`.execute(tx)
  const to = (
    await mayHearOf(
      tx,
      withheld,
      rows.map(row => row.userId),
    )
  ).filter(one => one !== actor.userId)
  await tellUsers(tx, now, {
    to,
    kind: 'meeting',
    words: 'A meeting has given you something to do',
    href: paths.meetings.action(action.id),
    meetingActionId: action.id,
  })
}

/** Adds what has been done so far, without ending it. Answers the id of what was written. */
export async function updateAction(tx: Tx, actor: Actor, now: Date, action: Action, words: string): Promise<string> {
  const entryId = await addEntry(tx, actor, now, action, action.own, 'update', words)
  await auditItem(tx, actor, now, 'meeting-action-updated', action.itemId, { actionId: action.id })
  return entryId
}

/** The case whose reference this is, where the actor may see it: which cases there are beside is not said. */
export async function caseCalled(tx: Tx, reference: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`select id from cases where reference = ${reference.trim().toUpperCase()}`.execute(tx)
  return rows[0]?.id
}

/** Completes it with what shows that it was done, takes it back, or opens it again. */
export async function endAction(
  tx: Tx,
  actor: Actor,
  now: Date,
  action: Action,
  to: 'done' | 'cancelled' | 'open',
  words: string,
): Promise<Result<string, 'changed-meanwhile'>> {
  const ended = await sql`
    update meeting_actions set state = ${to}, ended_at = ${to === 'open' ? null : now}, version = version + 1
    where id = ${action.id} and state = ${action.state}`.execute(tx)
  if (ended.numAffectedRows !== 1n) return no('changed-meanwhile')
  const kind = to === 'open' ? 'reopened' : to
  const entryId = await addEntry(tx, actor, now, action, action.own, kind, words)
  await auditItem(tx, actor, now, `meeting-action-${kind}`, action.itemId, { actionId: action.id })
  return ok(entryId)
}

export type ActionChange = Owned & {
  /** Whether the actor runs the meeting, and knows from whom it is kept. */
  byWhoRuns: boolean
  dueOn: PlainDate
  carryTo: string | null
  /** Null: linked to none. Undefined: as it was, which the actor may not see. */
  caseId: string | null | undefined
  words: string
}

/**
 * Gives it to somebody else of its agency, sets another day, or carries it over to another date. An agency that gives it to one of its own from whom it is
 * kept does not learn that it is: they see nothing of it all the same, and those who run the meeting hear that it was given in vain.
 */
export async function changeAction(
  tx: Tx,
  actor: Actor,
  now: Date,
  action: Action,
  change: ActionChange,
): Promise<Result<void, 'not-theirs' | 'changed-meanwhile'>> {
  const stays = change.workerId !== null && change.workerId === action.workerId
  const own = stays ? action.own : await ownersOf(tx, action, change, change.byWhoRuns)
  if (!own) return no('not-theirs')
  const changed = await sql`
    update meeting_actions set worker_id = ${change.workerId}, due_on = ${change.dueOn}, own = ${own}::int[], version = version + 1,
      case_id = ${change.caseId === undefined ? sql`case_id` : sql`${change.caseId}::uuid`}, meeting_id = coalesce(${change.carryTo}::uuid, meeting_id), carried = carried + ${change.carryTo ? 1 : 0}
    where id = ${action.id} and version = ${action.version} and state = 'open'`.execute(tx)
  if (changed.numAffectedRows !== 1n) return no('changed-meanwhile')
  if (change.words || change.carryTo) await addEntry(tx, actor, now, action, own, change.carryTo ? 'carried-over' : 'changed', change.words)
  // Whoever had it before no longer reads what was written to it.
  for (const table of ['meeting_action_entries', 'meeting_evidence'])
    await sql`update ${sql.table(table)} set own = ${own}::int[] where action_id = ${action.id}`.execute(tx)
  await rewriteItem(tx, action.itemId)
  await auditItem(tx, actor, now, 'meeting-action-changed', action.itemId, { actionId: action.id })
  if (change.workerId && change.workerId !== action.workerId) {
    await tellOwners(tx, actor, now, action.withheld, { id: action.id, ...change })
    await tellIfGivenInVain(tx, actor, now, action, change.workerId)
  }
  return ok(undefined)
}

async function tellIfGivenInVain(tx: Tx, actor: Actor, now: Date, { itemId, withheld }: Action, workerId: string): Promise<void> {
  if ((await mayHearOf(tx, withheld, [workerId])).length > 0) return
  const { rows } = await sql<{ seriesId: string }>`select series_id as "seriesId" from meeting_items where id = ${itemId}`.execute(tx)
  if (!rows[0]) return
  const words = 'An action of a meeting was given to somebody from whom it is kept: have it given to somebody else'
  await tellThoseWhoRun(tx, actor, now, { id: itemId, seriesId: rows[0].seriesId, withheld }, words)
}

async function addEntry(
  tx: Tx,
  actor: Actor,
  now: Date,
  action: Pick<Action, 'id' | 'itemId'>,
  own: readonly number[],
  kind: ActionEntryKind,
  words: string,
): Promise<string> {
  const id = uuid()
  const lists = await listsForRowOfItem(tx, action.itemId, { audience: 'item', part: wordsPart, own, outlasts: true })
  await sql`
    insert into meeting_action_entries (id, action_id, item_id, kind, words, recorded_at, recorded_by, own, readers, editors, withheld)
    values (${id}, ${action.id}, ${action.itemId}, ${kind}, ${words}, ${now}, ${actor.userId}, ${[...own]}::int[], ${lists.readers}::int[], ${lists.editors}::int[],
      ${lists.withheld}::int[])`.execute(tx)
  return id
}
