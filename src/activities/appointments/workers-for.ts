import { sql } from 'kysely'
import { colleagueInWords, colleaguesAmong, type PartOfCase } from '../../cases/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'

export type WorkerToChoose = { id: string; name: string }

/** Who can keep an appointment of a case: whoever may see its appointments, the actor first, then their own teams. */
export async function workersFor(tx: Tx, actor: Actor, now: Date, part: PartOfCase): Promise<WorkerToChoose[]> {
  const colleagues = await colleaguesAmong(tx, part, now, { near: actor, limit: 200 })
  const { rows } = await sql<{ id: string; principal: number }>`
    select id, principal from users where principal = any (${colleagues.map(one => one.principal)}::int[])`.execute(tx)
  const ids = new Map(rows.map(row => [row.principal, row.id]))
  return [
    { id: actor.userId ?? '', name: `Me (${actor.name})` },
    ...colleagues.flatMap(one => {
      const id = ids.get(one.principal)
      return id && id !== actor.userId ? [{ id, name: colleagueInWords(one) }] : []
    }),
  ]
}
