import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { Tx } from '../platform/db/database.ts'
import type { Import } from './import.ts'

/** What an old number became here. */
export type KeyKind = 'person' | 'case' | 'note'
export type KnownKey = { key: string; recordId: string; hash: string; importId: string; linked: boolean; post: number }
export type NewKey = { key: string; recordId: string; hash: string; post: number; linked?: boolean; version?: number }

/** Which of these old numbers have been taken over, as far as the actor may see. This import's own win over another team's of the same number. */
export async function keysOf(
  tx: Tx,
  theImport: Pick<Import, 'id' | 'agency' | 'system'>,
  kind: KeyKind,
  keys: readonly string[],
): Promise<Map<string, KnownKey>> {
  if (keys.length === 0) return new Map()
  const { rows } = await sql<KnownKey>`
    select external_key as key, record_id as "recordId", content_hash as hash, import_id as "importId", linked, post from import_keys
    where agency = ${theImport.agency} and system = ${theImport.system} and kind = ${kind} and external_key = any (${[...keys]}::text[]) and undone_at is null
    order by import_id = ${theImport.id}, taken_over_at desc`.execute(tx)
  return new Map(rows.map(row => [row.key, row]))
}

export async function insertKeys(tx: Tx, theImport: Import, kind: KeyKind, now: Date, keys: readonly NewKey[]): Promise<void> {
  if (keys.length === 0) return
  const rows = keys.map(one => ({ id: uuid(), ...one, linked: one.linked ?? false, version: one.version ?? 1 }))
  await sql`
    insert into import_keys (id, import_id, owner, agency, post, system, kind, external_key, record_id, linked, content_hash, version, taken_over_at)
    select k.id, ${theImport.id}, ${theImport.owner}, ${theImport.agency}, k.post, ${theImport.system}, ${kind}, k.key, k."recordId", k.linked, k.hash, k.version, ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as k (id uuid, post int, key text, "recordId" uuid, linked boolean, hash text, version int)`.execute(
    tx,
  )
}
