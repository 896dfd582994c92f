import { sql } from 'kysely'
import { audit } from '../../audit/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { no, ok, type Result } from '../../platform/result.ts'

export type LetterTemplate = {
  readonly code: string
  readonly version: number
  readonly status: 'draft' | 'released' | 'retired'
  /** The principal of the agency whose own it is. Null for everybody's. */
  readonly agency: number | null
  readonly agencyName: string | null
  readonly serviceArea: string | null
  readonly serviceName: string | null
  readonly title: string
  readonly body: string
  readonly changedAt: Date
  readonly revision: number
}

const columns = sql`
  t.code, t.version, t.status, t.agency, a.name as "agencyName", t.service_area as "serviceArea", s.name as "serviceName", t.title, t.body,
  t.changed_at as "changedAt", t.revision
  from letter_templates t left join agencies a on a.principal = t.agency left join service_areas s on s.code = t.service_area`

/** The newest release of every template that may be used for a case of this service area, by title. */
export async function templatesFor(tx: Tx, actor: Actor, serviceArea: string): Promise<LetterTemplate[]> {
  const { rows } = await sql<LetterTemplate>`
    select distinct on (t.code) ${columns}
    where t.status <> 'draft' and (t.agency is null or t.agency = ${actor.agency}) and (t.service_area is null or t.service_area = ${serviceArea})
    order by t.code, t.version desc`.execute(tx)
  return rows.filter(one => one.status === 'released').sort((a, b) => a.title.localeCompare(b.title))
}

/** Every version of every template that the actor administers, the newest of each first. */
export async function administeredTemplates(tx: Tx, actor: Actor): Promise<LetterTemplate[]> {
  const { rows } = await sql<LetterTemplate>`
    select ${columns} where ${administered(actor)} order by t.title, t.code, t.version desc`.execute(tx)
  return rows
}

export async function findTemplate(tx: Tx, code: string, version: number): Promise<LetterTemplate | undefined> {
  const { rows } = await sql<LetterTemplate>`select ${columns} where t.code = ${code} and t.version = ${version}`.execute(tx)
  return rows[0]
}

export async function findAdministered(tx: Tx, actor: Actor, code: string, version: number): Promise<LetterTemplate | undefined> {
  const found = await findTemplate(tx, code, version)
  return found && mayAdministerTemplate(actor, found) ? found : undefined
}

/** An agency's administrators keep its own; the authority's keep everybody's. */
export const mayAdministerTemplate = (actor: Actor, { agency }: Pick<LetterTemplate, 'agency'>): boolean =>
  actor.administers.includes(0) || (agency !== null && actor.administers.includes(agency))

const administered = (actor: Actor) => sql`(${actor.administers.includes(0)} or t.agency = any (${[...actor.administers]}::int[]))`

export type TemplateWords = Pick<LetterTemplate, 'title' | 'body' | 'serviceArea'>

/** Adds a draft: of a new template, or of the next version of one. */
export async function addDraft(
  tx: Tx,
  actor: Actor,
  now: Date,
  { code, agency, ...words }: TemplateWords & Pick<LetterTemplate, 'code' | 'agency'>,
): Promise<Result<number, 'has-draft'>> {
  const { rows } = await sql<{ version: number; status: string }>`
    select version, status from letter_templates where code = ${code} order by version desc limit 1`.execute(tx)
  if (rows[0]?.status === 'draft') return no('has-draft')
  const version = (rows[0]?.version ?? 0) + 1
  await tx
    .insertInto('letter_templates')
    .values({
      code,
      version,
      agency,
      service_area: words.serviceArea,
      title: words.title,
      body: words.body,
      changed_by: actor.userId,
      changed_at: now,
    })
    .execute()
  await told(tx, actor, now, 'letter-template-begun', code, version)
  return ok(version)
}

/** Saves a draft unless somebody has changed it meanwhile. */
export async function changeDraft(
  tx: Tx,
  actor: Actor,
  now: Date,
  { code, version, revision }: Pick<LetterTemplate, 'code' | 'version' | 'revision'>,
  { title, body, serviceArea }: TemplateWords,
): Promise<Result<void, 'changed-meanwhile'>> {
  const { numUpdatedRows } = await tx
    .updateTable('letter_templates')
    .set({ title, body, service_area: serviceArea, changed_by: actor.userId, changed_at: now, revision: revision + 1 })
    .where('code', '=', code)
    .where('version', '=', version)
    .where('status', '=', 'draft')
    .where('revision', '=', revision)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return no('changed-meanwhile')
  await told(tx, actor, now, 'letter-template-changed', code, version)
  return ok(undefined)
}

/** Releases a draft: from then on it is for use, and never changed. */
export async function releaseTemplate(
  tx: Tx,
  actor: Actor,
  now: Date,
  { code, version }: Pick<LetterTemplate, 'code' | 'version'>,
): Promise<Result<void, 'not-a-draft'>> {
  const { numUpdatedRows } = await tx
    .updateTable('letter_templates')
    .set({ status: 'released', released_by: actor.userId, released_at: now })
    .where('code', '=', code)
    .where('version', '=', version)
    .where('status', '=', 'draft')
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return no('not-a-draft')
  await told(tx, actor, now, 'letter-template-released', code, version)
  return ok(undefined)
}

/** Takes a template out of use: by a version of its own, since a released one is never changed. Another version brings it back. */
export async function retireTemplate(
  tx: Tx,
  actor: Actor,
  now: Date,
  { code }: Pick<LetterTemplate, 'code'>,
): Promise<Result<void, 'not-in-use'>> {
  const { rows } = await sql<{ version: number }>`
    insert into letter_templates (code, version, status, agency, service_area, title, body, changed_by, changed_at, released_by, released_at)
    select code, version + 1, 'retired', agency, service_area, title, body, ${actor.userId}, ${now}, ${actor.userId}, ${now}
    from (select * from letter_templates where code = ${code} order by version desc limit 1) latest where status = 'released'
    returning version`.execute(tx)
  if (!rows[0]) return no('not-in-use')
  await told(tx, actor, now, 'letter-template-retired', code, rows[0].version)
  return ok(undefined)
}

const told = (tx: Tx, actor: Actor, now: Date, action: string, code: string, version: number) =>
  audit(tx, actor, now, { action, subject: { type: 'letter-template', id: `${code}/${version}` } })
