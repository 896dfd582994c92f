import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { audit } from '../audit/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { no, ok, type Result } from '../platform/result.ts'
import type { Hours } from './may-text.ts'
import type { TemplatePurpose } from './words.ts'

export type Template = {
  id: string
  name: string
  purpose: TemplatePurpose
  /** Of its words. */
  version: number
  /** Of everything about it: whoever saves is held to the one that they were shown. */
  revision: number
  words: string
  retired: boolean
}
export type TemplateVersion = { version: number; words: string; at: Date; by: string }
export type NewTemplate = Pick<Template, 'name' | 'purpose' | 'words'>

/** The wordings of an agency that are in use, or all of them. */
export async function templatesOf(tx: Tx, agency: number, { retired = false } = {}): Promise<Template[]> {
  const { rows } = await sql<Template>`
    select t.id, t.name, t.purpose, t.version, t.revision, v.words, t.retired_at is not null as retired
    from text_templates t join text_template_versions v on v.template_id = t.id and v.version = t.version
    where t.agency = ${agency} ${retired ? sql`` : sql`and t.retired_at is null`} order by t.retired_at is not null, t.name`.execute(tx)
  return rows
}

export async function findTemplate(tx: Tx, agency: number, id: string): Promise<Template | undefined> {
  return (await templatesOf(tx, agency, { retired: true })).find(one => one.id === id)
}

export async function versionsOf(tx: Tx, templateId: string): Promise<TemplateVersion[]> {
  const { rows } = await sql<TemplateVersion>`
    select v.version, v.words, v.at, u.name as by from text_template_versions v join users u on u.id = v.by
    where v.template_id = ${templateId} order by v.version desc`.execute(tx)
  return rows
}

/** What an appointment is reminded of by, until an agency has words of its own. */
export const usualReminder = 'A reminder: ((appointment day)) at ((appointment time)). To change it please ring ((call back)).'

type NameTaken = Result<string, 'name-taken'>

export async function addTemplate(tx: Tx, actor: Actor, now: Date, agency: number, template: NewTemplate): Promise<NameTaken> {
  if (await isNameTaken(tx, agency, template.name, null)) return no('name-taken')
  const id = uuid()
  await sql`insert into text_templates (id, agency, name, purpose) values (${id}, ${agency}, ${template.name}, ${template.purpose})`.execute(
    tx,
  )
  await addVersion(tx, actor, now, agency, id, 1, template.words)
  await audit(tx, actor, now, { action: 'text-template-added', subject: { type: 'text-template', id }, detail: { name: template.name } })
  return ok(id)
}

/** New words are a new version; what was sent keeps the one that it was sent in. */
export async function changeTemplate(
  tx: Tx,
  actor: Actor,
  now: Date,
  agency: number,
  before: Template,
  after: NewTemplate,
): Promise<NameTaken | Result<string, 'changed-meanwhile'>> {
  if (await isNameTaken(tx, agency, after.name, before.id)) return no('name-taken')
  const version = before.words === after.words ? before.version : before.version + 1
  const changed = await sql`
    update text_templates set name = ${after.name}, purpose = ${after.purpose}, version = ${version}, revision = revision + 1, retired_at = null
    where id = ${before.id} and agency = ${agency} and revision = ${before.revision}`.execute(tx)
  if (changed.numAffectedRows !== 1n) return no('changed-meanwhile')
  if (version !== before.version) await addVersion(tx, actor, now, agency, before.id, version, after.words)
  await audit(tx, actor, now, { action: 'text-template-changed', subject: { type: 'text-template', id: before.id }, detail: { version } })
  return ok(before.id)
}

export async function retireTemplate(
  tx: Tx,
  actor: Actor,
  now: Date,
  agency: number,
  { id, revision }: Pick<Template, 'id' | 'revision'>,
): Promise<Result<void, 'changed-meanwhile'>> {
  const retired = await sql`
    update text_templates set retired_at = ${now}, revision = revision + 1
    where id = ${id} and agency = ${agency} and revision = ${revision} and retired_at is null`.execute(tx)
  if (retired.numAffectedRows !== 1n) return no('changed-meanwhile')
  await audit(tx, actor, now, { action: 'text-template-retired', subject: { type: 'text-template', id } })
  return ok(undefined)
}

export async function saveHours(tx: Tx, actor: Actor, now: Date, agency: number, { from, to }: Hours): Promise<void> {
  await sql`
    insert into text_hours (agency, from_time, to_time) values (${agency}, ${from}, ${to})
    on conflict (agency) do update set from_time = excluded.from_time, to_time = excluded.to_time`.execute(tx)
  await audit(tx, actor, now, { action: 'text-hours-changed', subject: { type: 'agency', id: String(agency) }, detail: { from, to } })
}

async function addVersion(tx: Tx, actor: Actor, now: Date, agency: number, id: string, version: number, words: string): Promise<void> {
  await sql`
    insert into text_template_versions (template_id, version, agency, words, at, by)
    values (${id}, ${version}, ${agency}, ${words}, ${now}, ${actor.userId}::uuid)`.execute(tx)
}

async function isNameTaken(tx: Tx, agency: number, name: string, except: string | null): Promise<boolean> {
  const { rows } = await sql`
    select from text_templates where agency = ${agency} and name = ${name} and id is distinct from ${except}::uuid`.execute(tx)
  return rows.length > 0
}
