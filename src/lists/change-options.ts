import { audit } from '../audit/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { no, ok, type Result } from '../platform/result.ts'
import { keptOptions, type ListName } from './options.ts'

export type NewOption = { list: ListName; code: string; label: string; serviceArea?: string; source?: string }
type Which = { list: ListName; code: string; serviceArea?: string }

/** Adds a choice at the end of a list. Row-level security lets only administrators of the authority. */
export async function addOption(tx: Tx, actor: Actor, now: Date, option: NewOption): Promise<Result<string, 'there-already' | 'bad-code'>> {
  if (!/^[a-z0-9][a-z0-9-]{0,60}$/.test(option.code)) return no('bad-code')
  const service_area = option.serviceArea ?? ''
  const last = await tx
    .selectFrom('list_options')
    .select(({ fn }) => fn.max('position').as('position'))
    .where('list', '=', option.list)
    .where('service_area', '=', service_area)
    .executeTakeFirst()
  const added = await tx
    .insertInto('list_options')
    .values({
      list: option.list,
      code: option.code,
      service_area,
      label: option.label,
      position: (last?.position ?? 0) + 1,
      source: option.source ?? '',
    })
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirst()
  if (added.numInsertedOrUpdatedRows !== 1n) return no('there-already')
  await record(tx, actor, now, 'list-option-added', option)
  return ok(option.code)
}

/** Puts a choice into other words. What was chosen before reads in the new words too; another meaning needs another code. */
export async function renameOption(tx: Tx, actor: Actor, now: Date, which: Which, label: string): Promise<Result<string, 'not-there'>> {
  return change(tx, actor, now, which, { label }, 'list-option-renamed')
}

/** Takes a choice out of what can be chosen, or puts it back. It stays readable wherever it was chosen. */
export async function archiveOption(tx: Tx, actor: Actor, now: Date, which: Which, archived = true): Promise<Result<string, 'not-there'>> {
  return change(tx, actor, now, which, { archived_at: archived ? now : null }, archived ? 'list-option-archived' : 'list-option-restored')
}

/** Says where a choice comes from, and whether somebody has compared it with that. */
export async function sourceOption(
  tx: Tx,
  actor: Actor,
  now: Date,
  which: Which,
  set: { source: string; verified: boolean },
): Promise<Result<string, 'not-there'>> {
  return change(tx, actor, now, which, set, 'list-option-sourced')
}

/** Puts a choice at another place of its list, counted from 1: the others keep their order around it. */
export async function placeOption(tx: Tx, actor: Actor, now: Date, which: Which, place: number): Promise<Result<string, 'not-there'>> {
  const codes = (await keptOptions(tx, { list: which.list, serviceArea: which.serviceArea ?? '' })).map(one => one.code)
  if (!codes.includes(which.code)) return no('not-there')
  const others = codes.filter(code => code !== which.code)
  const order = [...others.slice(0, place - 1), which.code, ...others.slice(place - 1)]
  for (const [index, code] of order.entries())
    await tx
      .updateTable('list_options')
      .set({ position: index + 1 })
      .where('list', '=', which.list)
      .where('service_area', '=', which.serviceArea ?? '')
      .where('code', '=', code)
      .where('position', '<>', index + 1)
      .execute()
  await record(tx, actor, now, 'list-option-placed', which)
  return ok(which.code)
}

async function change(
  tx: Tx,
  actor: Actor,
  now: Date,
  which: Which,
  set: { label: string } | { archived_at: Date | null } | { source: string; verified: boolean },
  action: string,
): Promise<Result<string, 'not-there'>> {
  const changed = await tx
    .updateTable('list_options')
    .set(set)
    .where('list', '=', which.list)
    .where('service_area', '=', which.serviceArea ?? '')
    .where('code', '=', which.code)
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) return no('not-there')
  await record(tx, actor, now, action, which)
  return ok(which.code)
}

async function record(tx: Tx, actor: Actor, now: Date, action: string, { list, code, serviceArea }: Which): Promise<void> {
  await audit(tx, actor, now, { action, subject: { type: 'list-option', id: `${list}/${serviceArea ?? ''}/${code}` } })
}
