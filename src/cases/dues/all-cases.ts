import { sql } from 'kysely'
import { holdCase } from '../../access/index.ts'
import { allTimescales, type DueRule, findRule, noteEffect, type RuleEffect, type Timescales, timescalesFor } from '../../dues/index.ts'
import { asActor, theSystem } from '../../platform/actor.ts'
import { type Clock, today } from '../../platform/clock.ts'
import type { Database, Tx } from '../../platform/db/database.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import { type CaseEvent, type CaseState, stateAfter } from '../status.ts'
import { keptMomentsOfMany } from './moments.queries.ts'
import { type KeptMoments, noneKept, type WantedDue, wantedDues } from './wanted-dues.ts'
import { chooseNext, differences, standingDues, writeDues } from './write-dues.ts'

/** Connected as the worker. `signal` stops it between two cases; it can be begun again at any time. */
export type AllCases = { database: Database; clock: Clock; signal?: AbortSignal }

/** The jobs on every open case: its dates worked out again, and what a proposed rule would move counted. */
export const dueJobs = (parts: AllCases) => ({
  'work-out-dues': (payload: unknown) => workOutDues(parts, (payload as { serviceArea?: string } | null)?.serviceArea ?? ''),
  'count-rule-effect': (payload: unknown) => countEffect(parts, String((payload as { ruleId?: unknown }).ruleId)),
})

const system = theSystem('Due dates')

/** Makes the dates of all open cases, or of those of one service, what its rules say now. Idempotent: what is right is left as it is. */
export async function workOutDues(parts: AllCases, serviceArea = ''): Promise<void> {
  await eachBatch(parts, serviceArea, async (tx, cases, timescales) => {
    const standing = await standingDues(
      tx,
      cases.map(one => one.caseId),
    )
    return cases.filter(({ caseId, state, kept }) => {
      const { gone, changed } = differences(standing.get(caseId) ?? [], wantedDues(state, timescales.get(state.serviceArea)!, kept))
      return gone.length + changed.length > 0
    })
  })
}

/** Counts what a proposed rule would move, and writes that beside it. */
export async function countEffect(parts: AllCases, ruleId: string): Promise<void> {
  const day = today(parts.clock)
  const effect: RuleEffect = { cases: 0, added: 0, dropped: 0, earlier: 0, later: 0, overdue: 0 }
  const rule = await asActor(parts.database, system, 'read', tx => findRule(tx, ruleId))
  if (rule?.status !== 'proposed') return
  await eachBatch(parts, rule.serviceArea, async (_tx, cases, timescales) => {
    for (const { state, kept } of cases) {
      const before = timescales.get(state.serviceArea)!
      count(effect, day, wantedDues(state, before, kept), wantedDues(state, withRule(before, rule), kept))
    }
    return []
  })
  await asActor(parts.database, system, 'write', tx => noteEffect(tx, ruleId, effect))
}

function count(effect: RuleEffect, day: PlainDate, before: readonly WantedDue[], after: readonly WantedDue[]): void {
  effect.cases++
  for (const old of before) if (isDated(old) && !after.some(one => one.source === old.source && isDated(one))) effect.dropped++
  for (const one of after.filter(isDated)) {
    const old = before.find(other => other.source === one.source && isDated(other))
    if (!old) effect.added++
    else if (one.dueOn < old.dueOn) effect.earlier++
    else if (one.dueOn > old.dueOn) effect.later++
    if (one.dueOn < day && !(old && old.dueOn < day)) effect.overdue++
  }
}

const isDated = (due: WantedDue): boolean => due.dueOn !== ('infinity' as PlainDate)

/** The same with this rule in place of the one of its code; a service with one of its own keeps that. */
function withRule(timescales: Timescales, rule: DueRule): Timescales {
  const { rules } = timescales
  if (rule.serviceArea === '' && rules.some(one => one.code === rule.code && one.serviceArea !== '')) return timescales
  return { ...timescales, rules: [...rules.filter(one => one.code !== rule.code), rule] }
}

type OpenCase = { caseId: string; state: CaseState; kept: KeptMoments }
type Look = (tx: Tx, cases: readonly OpenCase[], timescales: ReadonlyMap<string, Timescales>) => Promise<readonly OpenCase[]>

/** Looks at all open cases, some hundred at a time, and writes the dates of those that `look` picks, each in a transaction of its own. */
async function eachBatch({ database, signal }: AllCases, serviceArea: string, look: Look): Promise<void> {
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const { last, picked } = await asActor(database, system, 'read', async tx => {
      const cases = await openCases(tx, serviceArea, after)
      const timescales = cases.length > 0 ? await allTimescales(tx) : new Map()
      return { last: cases.at(-1)?.caseId, picked: await look(tx, cases, timescales) }
    })
    for (const { caseId } of picked) {
      if (signal?.aborted) throw new Error('Stopped: the dates are worked out at the next start.')
      await asActor(database, system, 'write', tx => workOutOne(tx, caseId))
    }
    if (last === undefined) return
    after = last
  }
}

/** The case is held first, as whoever changes it does, and looked at again. */
async function workOutOne(tx: Tx, caseId: string): Promise<void> {
  await holdCase(tx, caseId)
  const [one] = await openCases(tx, '', null, caseId)
  if (!one) return
  if (await writeDues(tx, caseId, one.state, await timescalesFor(tx, one.state.serviceArea))) await chooseNext(tx, caseId)
}

async function openCases(tx: Tx, serviceArea: string, after: string | null, only: string | null = null): Promise<OpenCase[]> {
  const { rows } = await sql<{ caseId: string; events: CaseEvent[] }>`
    select w.case_id as "caseId", (select json_agg(json_build_object('kind', e.kind, 'data', e.data, 'occurredOn', e.occurred_on) order by e.position)
      from case_events e where e.case_id = w.case_id) as events
    from caseload_entries w
    where w.closed_on is null and (${serviceArea} = '' or w.service_area = ${serviceArea})
      and (${only}::uuid is null or w.case_id = ${only}::uuid) and (${after}::uuid is null or w.case_id > ${after}::uuid)
    order by w.case_id limit 300`.execute(tx)
  const kept = await keptMomentsOfMany(
    tx,
    rows.map(row => row.caseId),
  )
  return rows.map(({ caseId, events }) => ({ caseId, state: stateAfter(events), kept: kept.get(caseId) ?? noneKept }))
}
