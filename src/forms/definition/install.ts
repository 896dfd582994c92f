import { createHash } from 'node:crypto'
import type pg from 'pg'
import { formOf } from './check.ts'

/**
 * Puts in definitions that come with the product, as released, where they are not there yet; an authority's own later versions are
 * left alone. By the database's owner, when an authority is set up or the product is brought up to date. Answers how many were new.
 */
export async function installDefinitions(owner: pg.ClientBase, definitions: readonly unknown[], now: Date): Promise<number> {
  let added = 0
  for (const data of definitions) {
    const { definition } = formOf(data)
    const json = JSON.stringify(definition)
    const { rowCount } = await owner.query(
      `insert into form_definitions (code, version, title, definition, fingerprint, status, created_at, released_at)
       values ($1, $2, $3, $4, $5, 'released', $6, $6) on conflict (code, version) do nothing`,
      [definition.code, definition.version, definition.title, json, createHash('sha256').update(json).digest('hex'), now],
    )
    added += rowCount ?? 0
  }
  return added
}
