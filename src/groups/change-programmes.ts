import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { audit } from '../audit/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { no, ok, type Result } from '../platform/result.ts'
import { whoSees } from './change-groups.ts'
import type { OpenTo } from './group.ts'
import type { OwnTeam } from './groups.queries.ts'
import type { Module, Programme } from './programme.ts'

export type ProgrammeWords = { name: string; about: string; openTo: OpenTo }
export type NewModule = Pick<Module, 'title' | 'isNeeded'>
/** What becomes of a module that is there: other words, another place in the order, or no longer part of it. */
export type ChangedModule = NewModule & { id: string; position: number; isWithdrawn: boolean }

/** Writes a programme of a team that the actor works in. */
export async function addProgramme(
  tx: Tx,
  actor: Actor,
  now: Date,
  team: OwnTeam,
  words: ProgrammeWords,
  modules: readonly NewModule[],
): Promise<string> {
  const id = uuid()
  const { seenBy, runBy } = await whoSees(tx, team, words.openTo)
  await sql`
    insert into programmes (id, name, about, service_area, team_id, open_to, seen_by, run_by, created_at, created_by)
    values (${id}, ${words.name}, ${words.about}, ${team.serviceArea}, ${team.teamId}, ${words.openTo}, ${seenBy}::int[], ${runBy}::int[], ${now}, ${actor.userId})`.execute(
    tx,
  )
  await addModules(tx, id, 1, modules)
  await audit(tx, actor, now, { action: 'programme-added', subject: { type: 'programme', id }, detail: { modules: modules.length } })
  return id
}

/**
 * Changes a programme for whoever goes through it. What somebody has done stays done, also where the module is no longer part of it.
 * `version` is that of the programme when its form was opened.
 */
export async function changeProgramme(
  tx: Tx,
  actor: Actor,
  now: Date,
  programme: Programme,
  team: OwnTeam,
  version: number,
  change: ProgrammeWords & { isWithdrawn: boolean; modules: readonly ChangedModule[]; further: readonly NewModule[] },
): Promise<Result<void, 'changed-meanwhile'>> {
  const { seenBy, runBy } = await whoSees(tx, team, change.openTo)
  const changed = await sql`
    update programmes set name = ${change.name}, about = ${change.about}, open_to = ${change.openTo}, seen_by = ${seenBy}::int[], run_by = ${runBy}::int[],
      withdrawn_at = case when ${change.isWithdrawn} then coalesce(withdrawn_at, ${now}::timestamptz) end, version = version + 1
    where id = ${programme.id} and version = ${version}`.execute(tx)
  if (changed.numAffectedRows !== 1n) return no('changed-meanwhile')
  const inOrder = [...change.modules].sort((a, b) => a.position - b.position)
  for (const [index, one] of inOrder.entries())
    await sql`
      update programme_modules set title = ${one.title}, is_needed = ${one.isNeeded}, position = ${index + 1}, open_to = ${change.openTo},
        seen_by = ${seenBy}::int[], run_by = ${runBy}::int[], withdrawn_at = case when ${one.isWithdrawn} then coalesce(withdrawn_at, ${now}::timestamptz) end
      where id = ${one.id} and programme_id = ${programme.id}`.execute(tx)
  await addModules(tx, programme.id, inOrder.length + 1, change.further)
  await audit(tx, actor, now, { action: 'programme-changed', subject: { type: 'programme', id: programme.id } })
  return ok(undefined)
}

async function addModules(tx: Tx, programmeId: string, from: number, modules: readonly NewModule[]): Promise<void> {
  for (const [index, one] of modules.entries())
    await sql`
      insert into programme_modules (id, programme_id, position, title, is_needed, open_to, seen_by, run_by)
      select ${uuid()}, p.id, ${from + index}, ${one.title}, ${one.isNeeded}, p.open_to, p.seen_by, p.run_by from programmes p where p.id = ${programmeId}`.execute(
      tx,
    )
}
