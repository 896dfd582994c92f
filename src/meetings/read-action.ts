import { londonDate, today } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import type { Visit } from '../platform/web/routes.ts'
import type { FieldError } from '../ui/index.ts'
import { isMeant, readActionLine, readWhen, seatMeant, whoAndWhen } from './action-line.ts'
import type { Action, NewAction } from './actions.ts'
import type { OfItem } from './frame.tsx'
import { agencyLabel } from './kind.ts'
import type { Meeting, Seat } from './meeting.ts'
import { membersOf, seatsOfSeries, workersOf } from './series.queries.ts'
import { mayHearOf } from './tell.ts'
import { longestLine, tooLong } from './too-long.ts'

/** Who an action can be given to: an agency, or somebody of it. */
export type Doer = { seat: Seat; worker: { id: string; name: string } | null }
export type ReadAction = Pick<NewAction, 'what' | 'seat' | 'workerId' | 'dueOn' | 'partyId'>

/** The agencies that an item is not kept from, and their people whom it is not kept from who can do something. */
export async function seatsToGive(tx: Tx, { item, series }: Pick<OfItem, 'item' | 'series'>): Promise<Seat[]> {
  return (await seatsOfSeries(tx, series.id)).filter(seat => !seat.endedAt && !item.withheld.includes(seat.agency))
}

/** Those who sit for these agencies, can act and may read it: offered by name to those who run the meeting, who know from whom it is kept. */
export async function sittersToGive(tx: Tx, { item, series }: Pick<OfItem, 'item' | 'series'>, seats: readonly Seat[]): Promise<Doer[]> {
  const members = await membersOf(tx, series.id)
  const able = await whoMayHear(tx, item, await workersOf(tx, agenciesOf(seats)))
  return members.flatMap(one => {
    const seat = seats.find(each => each.id === one.seatId)
    return seat && able.some(each => each.id === one.userId && each.agency === seat.agency)
      ? [{ seat, worker: { id: one.userId, name: one.name } }]
      : []
  })
}

/**
 * Who can be given an action by its page, with whoever has it: they may have lost what they would need to be given it, and keep it until somebody takes it from
 * them. Whoever does not run the meeting is offered all their colleagues: that one is missing would say from whom it is kept. Whoever is kept from it sees
 * nothing of it all the same (`changeAction`).
 */
export async function workersToGive(
  tx: Tx,
  {
    action: { agency, withheld, workerId, workerName },
    series,
  }: { action: Pick<Action, 'agency' | 'withheld' | 'workerId' | 'workerName'>; series: Pick<OfItem['series'], 'runs'> | undefined },
): Promise<{ id: string; name: string }[]> {
  const all = await workersOf(tx, [agency])
  const workers = series?.runs ? await whoMayHear(tx, { withheld }, all) : all
  return workerId && !workers.some(one => one.id === workerId) ? [...workers, { id: workerId, name: workerName ?? '' }] : workers
}

type Worker = Awaited<ReturnType<typeof workersOf>>[number]

async function whoMayHear(tx: Tx, { withheld }: { withheld: readonly number[] }, workers: readonly Worker[]): Promise<Worker[]> {
  const may = await mayHearOf(
    tx,
    withheld,
    workers.map(one => one.id),
  )
  return workers.filter(one => may.includes(one.id))
}

const agenciesOf = (seats: readonly Seat[]): number[] => seats.map(one => one.agency)

/** An action as it was typed in one line, or in the boxes under it. Each thing that is wrong says its own reason. */
export async function readNewAction(
  { tx, clock, fields }: Visit,
  of: OfItem,
  meeting: Meeting,
): Promise<{ ok: true; action: ReadAction } | { ok: false; errors: FieldError[] }> {
  const line = readActionLine(fields.text('what'))
  const seats = await seatsToGive(tx, of)
  // What is written down after a meeting may have been due since then.
  const [earliest = today(clock)] = [today(clock), londonDate(meeting.startsAt)].sort()
  const errors: FieldError[] = []
  if (!line.what) errors.push({ field: 'what', message: 'Enter what is to be done' })
  errors.push(...tooLong(fields, { what: 'An action' }, 2 * longestLine))
  const chosen = await chosenDoer(tx, of, seats, fields.text('seat'))
  const named = line.rest ? await doerNamed(tx, of, seats, line.rest) : undefined
  const doer = chosen ?? (named?.ok ? named.doer : undefined)
  if (!doer)
    errors.push({
      field: 'seat',
      message: named && !named.ok ? named.message : 'Choose who does it, or type @ and the name of an agency or a person',
    })
  // Where nobody is known by what was typed after @, neither is where when begins.
  const when = fields.text('due') || (named?.ok ? named.when : '')
  const due = readWhen(when, today(clock), earliest)
  if (!due.ok && (fields.text('due') || !named || named.ok)) errors.push({ field: 'due', message: due.message })
  if (!doer || !due.ok || errors.length > 0) return { ok: false, errors }
  const partyId = of.parties.find(one => one.id === fields.text('party'))?.id ?? null
  return { ok: true, action: { what: line.what, seat: doer.seat, workerId: doer.worker?.id ?? null, dueOn: due.day, partyId } }
}

/** By the box: an agency's seat, or a seat and one of those who sit there. */
async function chosenDoer(tx: Tx, of: OfItem, seats: readonly Seat[], value: string): Promise<Doer | undefined> {
  const [seatId, userId] = value.split('/')
  const seat = seats.find(one => one.id === seatId)
  if (!seat || !userId) return seat && { seat, worker: null }
  return (await sittersToGive(tx, of, [seat])).find(one => one.worker?.id === userId)
}

type Named = { ok: true; doer: Doer; when: string } | { ok: false; message: string }

/** An agency before a person, those who sit there before their colleagues; of what could be a name the longest. */
async function doerNamed(tx: Tx, of: OfItem, seats: readonly Seat[], rest: string): Promise<Named> {
  const labelled = seats.map(seat => ({ ...seat, label: agencyLabel(of.kind, seat.category) }))
  const sitters = await sittersToGive(tx, of, seats)
  const called = await whoMayHear(tx, of.item, await workersOf(tx, agenciesOf(seats), rest.split(/\s+/)[0]))
  const workers = called.flatMap((one): Doer[] => {
    const seat = seats.find(each => each.agency === one.agency)
    return seat ? [{ seat, worker: one }] : []
  })
  const several: string[] = []
  for (const { who, when } of whoAndWhen(rest)) {
    const seat = seatMeant(labelled, who)
    if (seat) return { ok: true, doer: { seat, worker: null }, when }
    for (const people of [sitters, workers]) {
      const meant = people.filter(one => isMeant(one.worker!.name, who))
      if (meant.length === 1) return { ok: true, doer: meant[0]!, when }
      if (new Set(meant.map(one => one.worker!.id)).size === 1)
        return {
          ok: false,
          message: `${meant[0]!.worker!.name} works for ${meant.map(one => one.seat.name).join(' and ')}: type @ and the agency, and give it to them afterwards`,
        }
      several.push(...meant.map(one => `${one.worker!.name}, ${one.seat.name}`))
    }
    const agencies = labelled.filter(one => isMeant(one.name, who) || isMeant(one.label, who))
    several.push(...agencies.map(one => one.name))
    if (several.length > 0)
      return { ok: false, message: `“${who}” could be ${[...new Set(several)].slice(0, 6).join('; ')}: type more of the name` }
  }
  return { ok: false, message: `Nobody whom this case is for is called “${rest.split(/\s+/)[0]}”` }
}
