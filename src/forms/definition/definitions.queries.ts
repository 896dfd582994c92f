import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { no, ok, type Result } from '../../platform/result.ts'
import { checkDefinition, formOf } from './check.ts'
import type { Form, Lists, Problem } from './form.ts'

export type DefinitionListed = {
  code: string
  version: number
  title: string
  status: 'draft' | 'released'
  /** Whose own form it is. */
  serviceAreas: readonly string[]
}

/** The newest released version of each form, by title: what somebody may begin. */
export const releasedForms = (tx: Tx): Promise<DefinitionListed[]> => newestReleased(tx, false)

/** The same of those for people without an account, on referral pages. Nobody begins one on a case. */
export const formsForOutside = (tx: Tx): Promise<DefinitionListed[]> => newestReleased(tx, true)

async function newestReleased(tx: Tx, forOutside: boolean): Promise<DefinitionListed[]> {
  const { rows } = await sql<DefinitionListed>`
    select * from (
      select distinct on (code) code, version, title, status, coalesce(definition -> 'serviceAreas', '[]') as "serviceAreas",
        coalesce((definition -> 'forOutside')::boolean, false) as outside
      from form_definitions where status = 'released' order by code, version desc) f
    where outside = ${forOutside}`.execute(tx)
  return rows.sort((a, b) => a.title.localeCompare(b.title))
}

/** The compiled form of a version. Throws when there is no such version: answers always name one that there is. */
export async function loadForm(tx: Tx, code: string, version: number): Promise<Form> {
  const { rows } = await sql<{
    fingerprint: string
  }>`select fingerprint from form_definitions where code = ${code} and version = ${version}`.execute(tx)
  const fingerprint = rows[0]?.fingerprint
  if (fingerprint === undefined) throw new Error(`There is no version ${version} of the form ${code}.`)
  return formByFingerprint(tx, code, version, fingerprint)
}

/** The same where the fingerprint is already known: only a definition that this process has not seen yet is fetched. */
export async function formByFingerprint(tx: Tx, code: string, version: number, fingerprint: string): Promise<Form> {
  const known = compiled.get(fingerprint)
  if (known) return known
  const { rows } = await sql<{
    definition: unknown
  }>`select definition from form_definitions where code = ${code} and version = ${version}`.execute(tx)
  const form = formOf(rows[0]?.definition)
  if (compiled.size >= mostCompiled) compiled.delete(compiled.keys().next().value!)
  compiled.set(fingerprint, form)
  return form
}

/** Saves a draft of a definition, or says everything that is wrong with it. A released version cannot be saved over. */
export async function saveDefinition(
  tx: Tx,
  actor: Actor,
  now: Date,
  data: unknown,
  lists?: Lists,
): Promise<
  | { ok: true; code: string; version: number }
  | { ok: false; error: 'not-sound'; problems: readonly Problem[] }
  | { ok: false; error: 'already-released' }
> {
  const checked = checkDefinition(data, lists)
  if (!checked.ok) return { ok: false, error: 'not-sound', problems: checked.problems }
  const { definition } = checked.form
  const { code, version, title } = definition
  const { rows } = await sql<{ status: string }>`select status from form_definitions where code = ${code} and version = ${version}`.execute(
    tx,
  )
  if (rows[0]?.status === 'released') return no('already-released')
  const json = JSON.stringify(definition)
  const fingerprint = createHash('sha256').update(json).digest('hex')
  await sql`
    insert into form_definitions (code, version, title, definition, fingerprint, created_by, created_at)
    values (${code}, ${version}, ${title}, ${json}::jsonb, ${fingerprint}, ${actor.userId}, ${now})
    on conflict (code, version) do update set title = excluded.title, definition = excluded.definition, fingerprint = excluded.fingerprint`.execute(
    tx,
  )
  return { ok: true, code, version }
}

/** Releases a draft: from now on it can be begun, and never changed. */
export async function releaseDefinition(
  tx: Tx,
  actor: Actor,
  now: Date,
  code: string,
  version: number,
): Promise<Result<undefined, 'not-a-draft'>> {
  const { numAffectedRows } = await sql`
    update form_definitions set status = 'released', released_by = ${actor.userId}, released_at = ${now}
    where code = ${code} and version = ${version} and status = 'draft'`.execute(tx)
  return numAffectedRows === 1n ? ok(undefined) : no('not-a-draft')
}

// Compiling takes some milliseconds; an authority has some dozens of forms of a few versions each.
const mostCompiled = 500
const compiled = new Map<string, Form>()
