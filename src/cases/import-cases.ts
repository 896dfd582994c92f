import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { listsForNewCase, rewritePeople } from '../access/index.ts'
import type { Actor } from '../platform/actor.ts'
import { londonDate } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import { no, ok, type Result } from '../platform/result.ts'
import type { RiskLevel } from '../ui/index.ts'
import { referenceOf } from './begin-case.ts'
import { targetsFor } from './dues.ts'
import { riskOrder } from './events.ts'
import { stageOf } from './stage.ts'
import { type CaseEvent, stateAfter } from './status.ts'

/** A case as another system knew it. Dates in order: referred, opened, closed. */
export type ImportedCase = {
  personId: string
  teamId: string
  serviceArea: string
  workerId: string | null
  referredOn: PlainDate
  openedOn: PlainDate | null
  closedOn: PlainDate | null
  /** Codes of the lists referral-source and closure-reason; 'other' and 'not-known' where the old system said nothing. */
  source: string
  reason: string
  risk: RiskLevel
  closureReason: string
  closureSummary: string
}

type Place = { teamId: string; serviceArea: string }

/**
 * Brings cases over from another system, many at once: with the events that would have led to where they stand, and without the pages'
 * checks one by one. The importer must work in the team that receives them. Answers their ids in the order given. No audit row of their
 * own: the import has one.
 */
export async function importCases(
  tx: Tx,
  actor: Actor,
  now: Date,
  imported: readonly ImportedCase[],
): Promise<Result<string[], 'not-your-team'>> {
  const ids = imported.map(() => uuid())
  const numbered = imported.map((one, i) => ({ ...one, id: ids[i] ?? uuid() }))
  const places = new Map<string, Place>(imported.map(one => [`${one.teamId}/${one.serviceArea}`, one]))
  for (const place of places.values()) {
    const theirs = numbered.filter(one => one.teamId === place.teamId && one.serviceArea === place.serviceArea)
    if (!(await importInto(tx, actor, now, place, theirs))) return no('not-your-team')
  }
  await rewritePeople(tx, [...new Set(imported.map(one => one.personId))])
  return ok(ids)
}

async function importInto(
  tx: Tx,
  actor: Actor,
  now: Date,
  place: Place,
  imported: readonly (ImportedCase & { id: string })[],
): Promise<boolean> {
  const { whole, existence } = await listsForNewCase(tx, place.teamId, place.serviceArea)
  if (!whole.editors.some(one => actor.writePrincipals.includes(one))) return false
  const numbers = await sql<{
    number: number
  }>`select nextval('case_reference_sequence') as number from generate_series(1, ${imported.length}::int)`.execute(tx)
  const targets = await targetsFor(tx, place.serviceArea)
  const cases = imported.map((one, i) => {
    const events = eventsOf(one)
    const state = stateAfter(events)
    const stage = stageOf(state, targets)
    return { one, events, state, stage, reference: referenceOf(one.serviceArea, one.referredOn, numbers.rows[i]?.number ?? 0) }
  })
  const lists = sql`${whole.readers}::int[], ${whole.editors}::int[], '{}'::int[]`
  const rows = (made: readonly object[]) => sql`json_to_recordset(${JSON.stringify(made)}::json)`
  const signed = sql`${actor.userId}::uuid, ${actor.name}, ${now}::timestamptz`

  await sql`
    insert into cases (id, reference, person_id, service_area, team_id, agency, worker_id, status, referred_on, opened_on, closed_on, version, readers, editors, withheld)
    select x.id, x.reference, x.person_id, ${place.serviceArea}, t.id, t.agency, x.worker_id, x.status, x.referred_on, x.opened_on, x.closed_on, x.version, ${lists}
    from teams t cross join ${rows(
      cases.map(({ one, state, reference }) => ({
        id: one.id,
        reference,
        person_id: one.personId,
        worker_id: state.workerId,
        status: state.status,
        referred_on: one.referredOn,
        opened_on: state.acceptedOn,
        closed_on: state.closedOn,
        version: state.position,
      })),
    )} as x (id uuid, reference text, person_id uuid, worker_id uuid, status text, referred_on date, opened_on date, closed_on date, version int)
    where t.id = ${place.teamId}`.execute(tx)
  await sql`
    insert into caseload_entries (case_id, person_id, reference, service_area, team_id, worker_id, status, stage, initial_risk, risk, risk_order, due_on, next_step,
      allocated_on, closed_on, readers, editors, withheld)
    select x.id, x.person_id, x.reference, ${place.serviceArea}, ${place.teamId}::uuid, x.worker_id, x.status, x.stage, x.initial_risk, x.risk, x.risk_order, x.due_on,
      x.next_step, x.allocated_on, x.closed_on, ${lists}
    from ${rows(
      cases.map(({ one, state, stage, reference }) => ({
        id: one.id,
        reference,
        person_id: one.personId,
        worker_id: state.workerId,
        status: state.status,
        stage: stage.words,
        initial_risk: state.initialRisk,
        risk: state.risk,
        risk_order: riskOrder[state.risk],
        due_on: stage.dueOn ?? 'infinity',
        next_step: stage.nextStep,
        allocated_on: state.allocatedOn,
        closed_on: state.closedOn,
      })),
    )} as x (id uuid, reference text, person_id uuid, worker_id uuid, status text, stage text, initial_risk text, risk text, risk_order int, due_on date,
      next_step text, allocated_on date, closed_on date)`.execute(tx)
  await sql`
    insert into case_dues (case_id, source, due_on, words, readers, editors, withheld)
    select x.id, 'stage', x.due_on, x.words, ${lists} from ${rows(
      cases
        .filter(({ stage }) => stage.stage !== 'ended')
        .map(({ one, stage }) => ({ id: one.id, due_on: stage.dueOn ?? 'infinity', words: stage.nextStep })),
    )} as x (id uuid, due_on date, words text)`.execute(tx)
  await sql`
    insert into case_events (id, case_id, position, kind, part, data, occurred_on, user_id, author, recorded_at, readers, editors, withheld)
    select x.id, x.case_id, x.position, x.kind, x.part, x.data, x.occurred_on, ${signed}, ${lists} from ${rows(
      cases.flatMap(({ one, events }) =>
        events.map((event, i) => ({
          id: uuid(),
          case_id: one.id,
          position: i + 1,
          kind: event.kind,
          part: partOf[event.kind] ?? 'case',
          data: event.data,
          occurred_on: event.occurredOn,
        })),
      ),
    )} as x (id uuid, case_id uuid, position int, kind text, part text, data jsonb, occurred_on date)`.execute(tx)
  await sql`
    insert into referrals (id, case_id, source, received_on, reason, urgency, consent, without_consent_because, decision, decided_on, user_id, author, recorded_at,
      readers, editors, withheld)
    select x.id, x.case_id, x.source, x.received_on, x.reason, 'routine', 'not-asked', 'Brought over from another system, which held the consent', x.decision,
      x.decided_on, ${signed}, ${lists} from ${rows(
        cases.map(({ one, state }) => ({
          id: uuid(),
          case_id: one.id,
          source: one.source,
          received_on: one.referredOn,
          reason: one.reason || 'Not said in the old system',
          decision: state.acceptedOn ? 'accepted' : null,
          decided_on: state.acceptedOn,
        })),
      )} as x (id uuid, case_id uuid, source text, received_on date, reason text, decision text, decided_on date)`.execute(tx)
  await sql`
    insert into allocations (id, case_id, team_id, worker_id, from_on, to_on, ended_at, reason, user_id, author, recorded_at, readers, editors, withheld)
    select x.id, x.case_id, ${place.teamId}::uuid, x.worker_id, x.from_on, x.to_on, case when x.to_on is not null then ${now}::timestamptz end,
      'Brought over from another system', ${signed}, ${lists} from ${rows(
        cases
          .filter(({ state }) => state.allocatedOn)
          .map(({ one, state }) => ({
            id: uuid(),
            case_id: one.id,
            worker_id: one.workerId,
            from_on: state.allocatedOn,
            to_on: state.closedOn,
          })),
      )} as x (id uuid, case_id uuid, worker_id uuid, from_on date, to_on date)`.execute(tx)
  await sql`
    insert into risk_levels (id, case_id, level, is_initial, reason, rated_on, user_id, author, recorded_at, readers, editors, withheld)
    select x.id, x.case_id, x.level, true, 'Brought over from another system', x.rated_on, ${signed}, ${lists} from ${rows(
      cases
        .filter(({ state }) => state.risk !== 'not-rated')
        .map(({ one, state }) => ({ id: uuid(), case_id: one.id, level: state.risk, rated_on: one.openedOn ?? one.referredOn })),
    )} as x (id uuid, case_id uuid, level text, rated_on date)`.execute(tx)
  await sql`
    insert into closures (id, case_id, closed_on, reason, outcome, summary, user_id, author, recorded_at, readers, editors, withheld)
    select x.id, x.case_id, x.closed_on, x.reason, 'not-known', x.summary, ${signed}, ${lists} from ${rows(
      cases
        .filter(({ state }) => state.closedOn)
        .map(({ one, state }) => ({
          id: uuid(),
          case_id: one.id,
          closed_on: state.closedOn,
          reason: one.closureReason || 'not-known',
          summary: one.closureSummary || 'Not said in the old system',
        })),
    )} as x (id uuid, case_id uuid, closed_on date, reason text, summary text)`.execute(tx)
  await sql`
    insert into involvements (case_id, person_id, service_area, team_id, opened_on, closed_on, readers, editors, withheld)
    select x.id, x.person_id, ${place.serviceArea}, ${place.teamId}::uuid, x.opened_on, x.closed_on, ${existence.readers}::int[], ${existence.editors}::int[], '{}'::int[]
    from ${rows(
      cases
        .filter(({ state }) => state.acceptedOn)
        .map(({ one, state }) => ({ id: one.id, person_id: one.personId, opened_on: state.acceptedOn, closed_on: state.closedOn })),
    )} as x (id uuid, person_id uuid, opened_on date, closed_on date)`.execute(tx)
  await sql`
    insert into timeline_entries (id, person_id, case_id, at, kind, part, title, summary, source_type, source_id, service_area, worker_id, author, readers, editors, withheld)
    select x.id, x.person_id, x.case_id, x.at, 'referral', x.part, x.title, x.summary, 'case', x.case_id, ${place.serviceArea}, ${actor.userId}::uuid, ${actor.name}, ${lists}
    from ${rows(
      cases.flatMap(({ one, state }) => [
        {
          id: uuid(),
          person_id: one.personId,
          case_id: one.id,
          at: `${one.referredOn}T12:00:00Z`,
          part: 'referral',
          title: 'Referred',
          summary: one.reason.slice(0, 290),
        },
        ...(state.closedOn
          ? [
              {
                id: uuid(),
                person_id: one.personId,
                case_id: one.id,
                at: `${state.closedOn}T12:00:00Z`,
                part: 'closure',
                title: 'Closed',
                summary: one.closureSummary.slice(0, 290),
              },
            ]
          : []),
      ]),
    )} as x (id uuid, person_id uuid, case_id uuid, at timestamptz, part text, title text, summary text)`.execute(tx)
  return true
}

/**
 * Takes imported cases back: closed as opened by mistake, with nothing left to do. They stay readable, since nothing is deleted. Those that
 * somebody has worked with since are left alone; answers the ids of those that were closed.
 */
export async function undoImportedCases(tx: Tx, actor: Actor, now: Date, caseIds: readonly string[]): Promise<string[]> {
  const on = londonDate(now)
  const { rows } = await sql<{ id: string }>`
    select c.id from cases c
    where c.id = any (${[...caseIds]}::uuid[]) and c.status <> 'closed'
      and not exists (select from case_events e where e.case_id = c.id and e.recorded_at > (select f.recorded_at from case_events f where f.case_id = c.id and f.position = 1))
    order by c.id for update of c`.execute(tx)
  const ids = rows.map(row => row.id)
  if (ids.length === 0) return []
  const theirs = sql`any (${ids}::uuid[])`
  await sql`
    insert into case_events (id, case_id, position, kind, part, data, occurred_on, recorded_at, user_id, author, readers, editors, withheld)
    select gen_random_uuid(), c.id, c.version + 1, case when c.status = 'referred' then 'declined' else 'closed' end, 'closure',
      jsonb_build_object('reason', 'opened-by-mistake', 'outcome', 'not-known'), greatest(${on}::date, c.referred_on), ${now}, ${actor.userId}, ${actor.name},
      w.readers, w.editors, w.withheld
    from cases c join caseload_entries w on w.case_id = c.id where c.id = ${theirs}`.execute(tx)
  await sql`update cases set status = case when status = 'referred' then 'declined' else 'closed' end, closed_on = greatest(${on}::date, referred_on), worker_id = null, version = version + 1 where id = ${theirs}`.execute(
    tx,
  )
  await sql`update caseload_entries set status = 'closed', stage = 'Taken back', closed_on = ${on}, worker_id = null, due_on = 'infinity', next_step = '' where case_id = ${theirs}`.execute(
    tx,
  )
  await sql`update allocations set to_on = greatest(from_on, ${on}::date), ended_at = ${now} where case_id = ${theirs} and ended_at is null`.execute(
    tx,
  )
  await sql`update involvements set closed_on = ${on} where case_id = ${theirs}`.execute(tx)
  await sql`delete from case_dues where case_id = ${theirs}`.execute(tx)
  return ids
}

const partOf: Partial<Record<CaseEvent['kind'], string>> = {
  referred: 'referral',
  accepted: 'referral',
  'worker-allocated': 'allocation',
  'team-allocated': 'allocation',
  'work-started': 'allocation',
  'risk-rated': 'risk',
  closed: 'closure',
}

/** What must have happened for the case to stand where the old system says. */
function eventsOf(one: ImportedCase): CaseEvent[] {
  const { teamId, serviceArea, workerId, referredOn, openedOn, closedOn } = one
  const events: CaseEvent[] = [{ kind: 'referred', data: { teamId, serviceArea }, occurredOn: referredOn }]
  const begun = openedOn ?? (closedOn || workerId ? referredOn : null)
  if (one.risk !== 'not-rated') events.push({ kind: 'risk-rated', data: { level: one.risk }, occurredOn: begun ?? referredOn })
  if (!begun) return events
  events.push({ kind: 'accepted', data: {}, occurredOn: begun })
  if (workerId) {
    events.push({ kind: 'worker-allocated', data: { teamId, workerId }, occurredOn: begun })
    events.push({ kind: 'work-started', data: {}, occurredOn: begun })
  } else {
    events.push({ kind: 'team-allocated', data: { teamId }, occurredOn: begun })
  }
  if (closedOn)
    events.push({ kind: 'closed', data: { reason: one.closureReason || 'not-known', outcome: 'not-known' }, occurredOn: closedOn })
  return events
}
