import { sql } from 'kysely'
import { type Actor, alsoWriteAs, asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'

/**
 * Lets a commissioner who may merge change these people for the rest of this transaction, which has been opened to merge them, to take that back
 * or to decline it: records of two agencies have no editor in common, and somebody has to be able to. What is withheld from them stays so.
 * Answers whether they may now change all of them, as somebody may who edits all of them anyway.
 */
export async function letChange(tx: Tx, actor: Actor, personIds: readonly string[]): Promise<boolean> {
  if (!actor.capabilities.has('merge-people')) return false
  const editors = await asKeeper(tx, async keeper => {
    const { rows } = await sql<{ editors: number[]; withheld: number[] }>`
      select editors, withheld from people where id = any (${[...personIds]}::uuid[])`.execute(keeper)
    return rows
  })
  if (editors.length !== new Set(personIds).size) return false
  if (editors.some(({ withheld }) => withheld.some(one => actor.principals.includes(one)))) return false
  if (editors.every(person => person.editors.some(one => actor.writePrincipals.includes(one)))) return true
  if (!actor.capabilities.has('commission')) return false
  await alsoWriteAs(
    tx,
    actor,
    // All of them: when a merge is taken back, each of the two records is again its own editors' alone.
    editors.flatMap(person => person.editors),
  )
  return editors.every(person => person.editors.length > 0)
}
