import { sql } from 'kysely'
import { peopleWithOtherCases } from '../../access/index.ts'
import { audit } from '../../audit/index.ts'
import { casesWorkedOn, type KnownCase, removeCases } from '../../cases/index.ts'
import { type KnownPerson, peopleChangedSince, removePeople } from '../../people/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Kept } from '../import.ts'
import { changeImport } from '../imports.queries.ts'
import { type ImportWork, work } from './job.ts'
import { batchSize } from './pass.ts'

/** A person of an import with the cases that it brought. `isNew` unless they were on record before. */
type TakenPerson = { personId: string; isNew: boolean; version: number; cases: (KnownCase & { caseId: string })[] }

export type UndoForecast = {
  people: number
  cases: number
  notes: number
  kept: Kept[]
  /** Notes that it added to cases which another import brought: they stay with those. */
  notesElsewhere: number
}

/**
 * Undoes an import: its people and cases are found and read by nobody from then on, and nothing is deleted. Whoever has been worked with
 * since stays with all of their cases: half a record would be worse than none, and somebody's work is not undone with it.
 */
export async function undoImport(parts: ImportWork, importId: string, userId: string): Promise<void> {
  await work(parts, importId, userId, 'undoing', async job => {
    const because = `The import from ${job.import.system} was undone`
    const total = await job.inBatch({ what: 'records', done: 0 }, tx => countPeople(tx, importId))
    const kept: Kept[] = []
    let done = 0
    for (let after = ''; ; ) {
      const next = await job.inBatch({ what: 'records', done, of: total, rows: done }, async (tx, actor) => {
        const people = await peopleOf(tx, importId, after)
        const { removed, stay } = await toRemove(tx, people)
        kept.push(...stay)
        await remove(tx, actor, parts.clock.now(), importId, removed, new Set(stay.map(one => one.personId)), because)
        done += people.length
        return people.at(-1)?.personId
      })
      if (next === undefined) break
      after = next
    }
    await job.inBatch({ what: 'records', done: total, of: total, rows: total }, async (tx, actor) => {
      const now = parts.clock.now()
      await changeImport(tx, importId, { state: 'undone', kept, undoneAt: now })
      await audit(tx, actor, now, { action: 'import-undone', subject: { type: 'import', id: importId }, detail: { kept: kept.length } })
    })
  })
}

/** What undoing would do now. */
export async function forecastUndo(tx: Tx, importId: string): Promise<UndoForecast> {
  const forecast: UndoForecast = { people: 0, cases: 0, notes: 0, kept: [], notesElsewhere: await notesElsewhere(tx, importId) }
  for (let after = ''; ; ) {
    const people = await peopleOf(tx, importId, after)
    const { removed, stay } = await toRemove(tx, people)
    forecast.people += removed.filter(one => one.isNew).length
    forecast.cases += removed.reduce((sum, one) => sum + one.cases.length, 0)
    forecast.notes += removed.reduce((sum, one) => sum + one.cases.reduce((notes, each) => notes + each.notes, 0), 0)
    forecast.kept.push(...stay)
    const last = people.at(-1)?.personId
    if (last === undefined) return forecast
    after = last
  }
}

/** Everybody whom the import brought, or brought a case to, by batches in the order of their ids. */
async function peopleOf(tx: Tx, importId: string, after: string): Promise<TakenPerson[]> {
  const { rows } = await sql<{
    personId: string
    isNew: boolean
    version: number
    cases: { caseId: string; version: number; takenOverAt: string; notes: number }[] | null
  }>`
    with taken as materialized (
      select c.person_id, k.record_id as case_id, k.version, k.taken_over_at from import_keys k join cases c on c.id = k.record_id
      where k.import_id = ${importId} and k.kind = 'case' and k.undone_at is null
    ), people as (
      select record_id as person_id, not linked as is_new, version from import_keys where import_id = ${importId} and kind = 'person' and undone_at is null
      union all select person_id, false, 0 from taken
    ), batch as materialized (
      select person_id, bool_or(is_new) as is_new, max(version) filter (where is_new) as version from people
      where ${after === ''} or person_id > ${after === '' ? null : after}::uuid group by person_id order by person_id limit ${batchSize}
    )
    select b.person_id as "personId", b.is_new as "isNew", coalesce(b.version, 0) as version,
      (select json_agg(json_build_object('caseId', t.case_id, 'version', t.version, 'takenOverAt', t.taken_over_at, 'notes',
        (select count(*) from case_notes n join import_keys nk on nk.record_id = n.id and nk.kind = 'note' where n.case_id = t.case_id)))
        from taken t where t.person_id = b.person_id) as cases
    from batch b order by b.person_id`.execute(tx)
  return rows.map(({ cases, ...row }) => ({
    ...row,
    cases: (cases ?? []).map(one => ({ ...one, takenOverAt: new Date(one.takenOverAt) })),
  }))
}

async function toRemove(tx: Tx, people: readonly TakenPerson[]): Promise<{ removed: TakenPerson[]; stay: Kept[] }> {
  const workedOn = await casesWorkedOn(
    tx,
    people.flatMap(one => one.cases),
  )
  const fresh = people.filter(one => one.isNew)
  const changed = await peopleChangedSince(
    tx,
    fresh.map(({ personId, version }): KnownPerson => ({ personId, version })),
  )
  const elsewhere = await peopleWithOtherCases(
    tx,
    fresh.map(one => one.personId),
    fresh.flatMap(one => one.cases.map(each => each.caseId)),
  )
  const removed: TakenPerson[] = []
  const stay: Kept[] = []
  for (const one of people) {
    const busy = one.cases.filter(each => workedOn.has(each.caseId)).map(each => each.caseId)
    if (!one.isNew) {
      // They were on record before: each case goes or stays by itself, and they stay.
      if (busy.length > 0) stay.push({ personId: one.personId, caseIds: busy })
      const idle = one.cases.filter(each => !workedOn.has(each.caseId))
      removed.push({ ...one, cases: idle })
    } else if (busy.length > 0 || changed.has(one.personId) || elsewhere.has(one.personId)) {
      stay.push({ personId: one.personId, caseIds: one.cases.map(each => each.caseId) })
    } else removed.push(one)
  }
  return { removed, stay }
}

async function remove(
  tx: Tx,
  actor: Actor,
  now: Date,
  importId: string,
  people: readonly TakenPerson[],
  stayed: ReadonlySet<string>,
  because: string,
): Promise<void> {
  const personIds = await removePeople(
    tx,
    actor,
    now,
    people.filter(one => one.isNew).map(one => one.personId),
    because,
  )
  // The notes' keys first: once their case is out of sight, so are they.
  const caseIds = people.flatMap(one => one.cases.map(each => each.caseId))
  const notes = await sql<{ id: string }>`select n.id from case_notes n where n.case_id = any (${caseIds}::uuid[])`.execute(tx)
  await removeCases(tx, actor, now, { caseIds, personIds, because })
  // Notes that another import brought to these cases went with them.
  const gone = [...caseIds, ...notes.rows.map(row => row.id)]
  await sql`
    update import_keys set undone_at = ${now}
    where undone_at is null and (record_id = any (${gone}::uuid[])
      or import_id = ${importId} and record_id = any (${people.filter(one => !stayed.has(one.personId)).map(one => one.personId)}::uuid[]))`.execute(
    tx,
  )
}

async function countPeople(tx: Tx, importId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct record_id)::int as count from import_keys where import_id = ${importId} and kind = 'person' and undone_at is null`.execute(
    tx,
  )
  return rows[0]?.count ?? 0
}

async function notesElsewhere(tx: Tx, importId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from import_keys k join case_notes n on n.id = k.record_id
    where k.import_id = ${importId} and k.kind = 'note' and k.undone_at is null
      and not exists (select from import_keys c where c.import_id = ${importId} and c.kind = 'case' and c.record_id = n.case_id)`.execute(
    tx,
  )
  return rows[0]?.count ?? 0
}
