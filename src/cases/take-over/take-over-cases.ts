import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { allocateNewCases, type CaseLists, listsForNewCase, rewritePeople } from '../../access/index.ts'
import { auditAll } from '../../audit/index.ts'
import { type Timescales, timescalesFor } from '../../dues/index.ts'
import type { Actor } from '../../platform/actor.ts'
import { londonDate } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { referenceOf } from '../begin-case.ts'
import { noneKept, wantedDues } from '../dues/wanted-dues.ts'
import { hrefOf } from '../dues/write-dues.ts'
import { instantOf, riskOrder } from '../events.ts'
import { stageOf } from '../stage.ts'
import { stateAfter } from '../status.ts'
import { shortened } from '../timeline/record-on-timeline.ts'
import { writeTimelineTexts } from '../timeline/texts-of-timeline.ts'
import type { CaseToTakeOver, TakenOverCase } from './case-to-take-over.ts'
import { type Chapter, closureSummary, storyOf, whyAllocated, whyRated } from './story.ts'

/**
 * Begins many cases that an old system had, with all that happened to them, in a handful of statements. The rows are those that the same
 * cases would have if they had been recorded here (a test compares them), but for who recorded them: the old system, taken over by
 * the actor. The actor holds the posts that the cases go to: row-level security refuses otherwise. Answers in the order given.
 */
export async function takeOverCases(
  tx: Tx,
  actor: Actor,
  now: Date,
  system: string,
  cases: readonly CaseToTakeOver[],
): Promise<TakenOverCase[]> {
  if (cases.length === 0) return []
  const places = await placesOf(tx, cases)
  const { rows: numbers } = await sql<{
    n: number
  }>`select nextval('case_reference_sequence') as n from generate_series(1, ${cases.length}::int)`.execute(tx)
  const entries = cases.map((one, index) => entryOf(one, places, system, now, Number(numbers[index]?.n)))
  await insertAll(tx, actor, now, system, entries, places)
  await allocateNewCases(
    tx,
    actor,
    now,
    entries.flatMap(({ one, caseId }) => (isAllocated(one) && one.worker ? [{ caseId, holder: one.worker.principal }] : [])),
  )
  await auditAll(
    tx,
    actor,
    now,
    entries.map(({ one, caseId }) => ({
      action: 'case-taken-over',
      subject: { type: 'case', id: caseId },
      personId: one.personId,
      caseId,
      detail: { system, teamId: one.teamId, serviceArea: one.serviceArea, status: one.status },
    })),
  )
  await rewritePeople(
    tx,
    entries.map(entry => entry.one.personId),
  )
  return entries.map(({ caseId, reference, version }) => ({ caseId, reference, version }))
}

const isAllocated = (one: CaseToTakeOver): boolean => one.status === 'open' || one.status === 'closed'

type Places = { lists: CaseLists[]; at(one: CaseToTakeOver): number; timescales: ReadonlyMap<string, Timescales> }

/** The lists of each team, service and worker among the cases: a few dozen for thousands of cases. */
async function placesOf(tx: Tx, cases: readonly CaseToTakeOver[]): Promise<Places> {
  const keyOf = (one: CaseToTakeOver) => `${one.teamId} ${one.serviceArea} ${isAllocated(one) ? (one.worker?.principal ?? '') : ''}`
  const numbers = new Map<string, number>()
  const lists: CaseLists[] = []
  const timescales = new Map<string, Timescales>()
  for (const one of cases) {
    if (!timescales.has(one.serviceArea)) timescales.set(one.serviceArea, await timescalesFor(tx, one.serviceArea))
    if (numbers.has(keyOf(one))) continue
    numbers.set(keyOf(one), lists.length)
    lists.push(await listsForNewCase(tx, one.teamId, one.serviceArea, isAllocated(one) ? one.worker?.principal : undefined))
  }
  return { lists, at: one => numbers.get(keyOf(one))!, timescales }
}

type Entry = ReturnType<typeof entryOf>

function entryOf(one: CaseToTakeOver, places: Places, system: string, now: Date, number: number) {
  const caseId = uuid()
  const story = storyOf(one, system, londonDate(now))
  const state = stateAfter(story.map(chapter => chapter.event))
  const timescales = places.timescales.get(one.serviceArea)!
  const stage = stageOf(state, timescales)
  const dues = wantedDues(state, timescales, noneKept).sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1))
  return {
    one,
    caseId,
    story,
    state,
    stage,
    dues,
    due: dues[0],
    version: state.position,
    reference: referenceOf(one.serviceArea, one.referredOn, number),
    lists: places.at(one),
  }
}

async function insertAll(tx: Tx, actor: Actor, now: Date, system: string, entries: readonly Entry[], places: Places): Promise<void> {
  const author = `${actor.name}, from ${system}`
  const lists = places.lists.map(({ whole, existence }, n) => ({
    n,
    readers: whole.readers,
    editors: whole.editors,
    seen: existence.readers,
  }))
  const rows = rowsOf(entries, system, now)
  const set = (some: readonly unknown[]) => sql`jsonb_to_recordset(${JSON.stringify(some)}::jsonb)`
  // One statement: the rows refer to cases added beside them, which is checked when the statement ends.
  await sql`
    with l as materialized (select * from ${set(lists)} as l (n int, readers int[], editors int[], seen int[])),
    new_cases as (
      insert into cases (id, reference, person_id, service_area, team_id, agency, worker_id, status, referred_on, opened_on, closed_on, version, readers, editors)
      select c.id, c.reference, c.person_id, c.service_area, t.id, t.agency, c.worker_id, c.status, c.referred_on, c.opened_on, c.closed_on, c.version, l.readers, l.editors
      from ${set(rows.cases)} as c (id uuid, reference text, person_id uuid, service_area text, team_id uuid, worker_id uuid, status text, referred_on date,
        opened_on date, closed_on date, version int, l int) join l on l.n = c.l join teams t on t.id = c.team_id
    ), new_caseload as (
      insert into caseload_entries (case_id, person_id, reference, service_area, team_id, worker_id, status, stage, initial_risk, risk, risk_order, due_on, next_step,
        allocated_on, allocated_at, open_since, closed_on, readers, editors)
      select c.id, c.person_id, c.reference, c.service_area, c.team_id, c.worker_id, c.status, c.stage, c.risk, c.risk, c.risk_order, c.due_on, c.next_step,
        c.allocated_on, case when c.worker_id is not null then ${now}::timestamptz end, c.open_since, c.closed_on, l.readers, l.editors
      from ${set(rows.caseload)} as c (id uuid, person_id uuid, reference text, service_area text, team_id uuid, worker_id uuid, status text, stage text, risk text,
        risk_order int, due_on date, next_step text, allocated_on date, open_since date, closed_on date, l int) join l on l.n = c.l
    ), new_dues as (
      insert into case_dues (case_id, source, due_on, words, href, rule_id, begun_on, opens_on, closes_on, readers, editors)
      select d.case_id, d.source, d.due_on, d.words, d.href, d.rule_id, d.begun_on, d.opens_on, d.closes_on, l.readers, l.editors
      from ${set(rows.dues)} as d (case_id uuid, source text, due_on date, words text, href text, rule_id uuid, begun_on date, opens_on date, closes_on date, l int) join l on l.n = d.l
    ), new_involvements as (
      insert into involvements (case_id, person_id, service_area, team_id, opened_on, closed_on, readers, editors)
      select i.case_id, i.person_id, i.service_area, i.team_id, i.opened_on, i.closed_on, l.seen, l.editors
      from ${set(rows.involvements)} as i (case_id uuid, person_id uuid, service_area text, team_id uuid, opened_on date, closed_on date, l int) join l on l.n = i.l
    ), new_events as (
      insert into case_events (id, case_id, position, kind, part, data, occurred_on, recorded_at, author, readers, editors)
      select e.id, e.case_id, e.position, e.kind, e.part, e.data, e.occurred_on, ${now}, ${author}, l.readers, l.editors
      from ${set(rows.events)} as e (id uuid, case_id uuid, position int, kind text, part text, data jsonb, occurred_on date, l int) join l on l.n = e.l
    ), new_referrals as (
      insert into referrals (id, case_id, source, referrer_name, received_on, reason, urgency, consent, without_consent_because, decision, decided_on, decision_reason,
        decided_by, author, recorded_at, readers, editors)
      select r.id, r.case_id, r.source, r.referrer_name, r.received_on, r.reason, r.urgency, 'not-asked', ${`Not among what ${system} gave`}, r.decision, r.decided_on,
        r.decision_reason, case when r.decision is null then '' else ${author} end, ${author}, ${now}, l.readers, l.editors
      from ${set(rows.referrals)} as r (id uuid, case_id uuid, source text, referrer_name text, received_on date, reason text, urgency text, decision text, decided_on date,
        decision_reason text, l int) join l on l.n = r.l
    ), new_allocations as (
      insert into allocations (id, case_id, team_id, worker_id, from_on, to_on, ended_at, reason, author, recorded_at, readers, editors)
      select a.id, a.case_id, a.team_id, a.worker_id, a.from_on, a.to_on, case when a.to_on is null then null else ${now}::timestamptz end, a.reason, ${author}, ${now},
        l.readers, l.editors
      from ${set(rows.allocations)} as a (id uuid, case_id uuid, team_id uuid, worker_id uuid, from_on date, to_on date, reason text, l int) join l on l.n = a.l
    ), new_risks as (
      insert into risk_levels (id, case_id, level, is_initial, reason, rated_on, author, recorded_at, readers, editors)
      select r.id, r.case_id, r.level, true, ${whyRated(system)}, r.rated_on, ${author}, ${now}, l.readers, l.editors
      from ${set(rows.risks)} as r (id uuid, case_id uuid, level text, rated_on date, l int) join l on l.n = r.l
    ), new_closures as (
      insert into closures (id, case_id, closed_on, reason, outcome, summary, author, recorded_at, readers, editors)
      select c.id, c.case_id, c.closed_on, c.reason, c.outcome, c.summary, ${author}, ${now}, l.readers, l.editors
      from ${set(rows.closures)} as c (id uuid, case_id uuid, closed_on date, reason text, outcome text, summary text, l int) join l on l.n = c.l
    )
    insert into timeline_entries (id, person_id, case_id, at, kind, part, title, summary, source_type, source_id, service_area, author, grave, readers, editors)
    select t.id, t.person_id, t.case_id, t.at, t.kind, t.part, t.title, t.summary, t.source_type, t.source_id, t.service_area, ${author}, t.grave, l.readers, l.editors
    from ${set(rows.timeline)} as t (id uuid, person_id uuid, case_id uuid, at timestamptz, kind text, part text, title text, summary text, source_type text,
      source_id uuid, service_area text, grave boolean, l int) join l on l.n = t.l`.execute(tx)
  await writeTimelineTexts(tx, now, rows.timeline)
}

/** The rows of every table, each with the number of its lists as `l`. */
function rowsOf(entries: readonly Entry[], system: string, now: Date) {
  const of = <Row>(make: (entry: Entry) => readonly Row[]) => entries.flatMap(entry => make(entry).map(row => ({ ...row, l: entry.lists })))
  const base = ({ one, caseId: id, reference, state }: Entry) => ({
    id,
    reference,
    person_id: one.personId,
    service_area: one.serviceArea,
    team_id: one.teamId,
    worker_id: state.workerId,
    status: state.status,
    closed_on: state.closedOn,
  })
  const chapters = <Row>(make: (chapter: Chapter, entry: Entry, index: number) => Row, ...kinds: readonly string[]) =>
    of(entry =>
      entry.story.flatMap((chapter, index) =>
        kinds.length === 0 || kinds.includes(chapter.event.kind) ? [make(chapter, entry, index)] : [],
      ),
    )
  return {
    cases: of(entry => [
      { ...base(entry), referred_on: entry.state.referredOn, opened_on: entry.state.acceptedOn, version: entry.version },
    ]),
    caseload: of(entry => [
      {
        ...base(entry),
        stage: entry.stage.words,
        risk: entry.state.risk,
        risk_order: riskOrder[entry.state.risk],
        due_on: entry.due?.dueOn ?? 'infinity',
        next_step: entry.due?.words ?? '',
        allocated_on: entry.state.allocatedOn,
        open_since: entry.state.acceptedOn ?? entry.state.referredOn,
      },
    ]),
    dues: of(({ dues, caseId }) =>
      dues.map(({ source, dueOn, words, ruleId, begunOn, opensOn, closesOn }) => ({
        case_id: caseId,
        source,
        due_on: dueOn,
        words,
        href: hrefOf(caseId, source),
        rule_id: ruleId,
        begun_on: begunOn,
        opens_on: opensOn,
        closes_on: closesOn,
      })),
    ),
    involvements: of(({ one, caseId, state }) =>
      state.acceptedOn
        ? [
            {
              case_id: caseId,
              person_id: one.personId,
              service_area: one.serviceArea,
              team_id: one.teamId,
              opened_on: state.acceptedOn,
              closed_on: state.closedOn,
            },
          ]
        : [],
    ),
    events: chapters(({ event, telling, row }, { caseId }, index) => ({
      id: telling.source?.type === 'case-event' ? row : uuid(),
      case_id: caseId,
      position: index + 1,
      kind: event.kind,
      part: telling.part,
      data: event.data,
      occurred_on: event.occurredOn,
    })),
    referrals: chapters(
      ({ row }, { one, caseId, state }) => ({ id: row, case_id: caseId, ...referralOf(one, state.acceptedOn) }),
      'referred',
    ),
    allocations: chapters(
      ({ event, row }, { one, caseId, state }) => ({
        id: row,
        case_id: caseId,
        team_id: one.teamId,
        worker_id: one.worker?.userId ?? null,
        from_on: event.occurredOn,
        to_on: state.closedOn,
        reason: whyAllocated(one, system),
      }),
      'worker-allocated',
      'team-allocated',
    ),
    risks: chapters(
      ({ event, row }, { one, caseId }) => ({ id: row, case_id: caseId, level: one.risk, rated_on: event.occurredOn }),
      'risk-rated',
    ),
    closures: chapters(
      ({ event, row }, { one, caseId }) => ({
        id: row,
        case_id: caseId,
        closed_on: event.occurredOn,
        reason: one.end?.reason ?? '',
        outcome: one.end?.outcome ?? '',
        summary: closureSummary(one, system),
      }),
      'closed',
    ),
    timeline: chapters(({ event, telling }, { one, caseId }) => ({
      id: uuid(),
      person_id: one.personId,
      case_id: caseId,
      at: instantOf(event.occurredOn, now),
      kind: telling.kind,
      part: telling.part,
      title: telling.title,
      summary: shortened(telling.summary ?? ''),
      words: telling.summary ?? '',
      source_type: telling.source?.type,
      source_id: telling.source?.id,
      service_area: one.serviceArea,
      grave: telling.grave ?? false,
    })),
  }
}

function referralOf(one: CaseToTakeOver, acceptedOn: string | null) {
  const declined = one.status === 'declined'
  return {
    source: one.source.code,
    referrer_name: one.source.words,
    received_on: one.referredOn,
    reason: one.reason,
    urgency: one.urgency,
    decision: declined ? 'declined' : acceptedOn ? 'accepted' : null,
    decided_on: declined ? (one.end?.on ?? one.referredOn) : acceptedOn,
    decision_reason: declined ? (one.end?.reason ?? '') : '',
  }
}
