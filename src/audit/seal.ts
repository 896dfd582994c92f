import { sql } from 'kysely'
import { asActor, theSystem } from '../platform/actor.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database, Tx } from '../platform/db/database.ts'
import { beginning, eventAsText, linkAfter } from './chain.ts'

const batch = 2_000
/** For how long an id may be on its way: taken from the sequence, but its transaction not yet known to the server. */
const graceMilliseconds = 10 * 60_000

/**
 * Seals every event that is not yet in the chain, in the order of their ids; one that was committed late follows when it appears. For the
 * worker's connection. Safe to run twice at once: the second waits and finds nothing. Answers how many were sealed.
 */
export async function sealAudit(worker: Database, clock: Clock): Promise<number> {
  let sealed = 0
  for (;;) {
    const now = sealed + (await asActor(worker, sealer, 'write', tx => sealBatch(tx, clock.now())))
    if (now === sealed) return sealed
    sealed = now
  }
}

async function sealBatch(tx: Tx, now: Date): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtext(current_schema() || ' audit chain'))`.execute(tx)
  const through = await moveMark(tx, now)
  const last = await sql<{ position: number; hash: string }>`select position, hash from audit_chain order by position desc limit 1`.execute(
    tx,
  )
  const { rows } = await sql<{ id: number; event: string }>`
    select e.id, ${sql.raw(eventAsText)} as event from audit_events e
    where e.id > ${through} and not exists (select from audit_chain c where c.event_id = e.id) order by e.id limit ${batch}`.execute(tx)
  let { position, hash } = last.rows[0] ?? { position: 0, hash: beginning }
  const links = rows.map(({ id, event }) => {
    hash = linkAfter(hash, event)
    return { position: ++position, id, hash }
  })
  if (links.length > 0) {
    await sql`
      insert into audit_chain (position, event_id, hash, sealed_at)
      select position, event_id, hash, ${now} from unnest(${links.map(link => link.position)}::bigint[], ${links.map(link => link.id)}::bigint[], ${links.map(link => link.hash)}::text[])
        as link (position, event_id, hash)`.execute(tx)
  }
  return links.length
}

type Mark = { sealedThrough: number; candidate: number; candidateAt: Date; candidateTransaction: number }

/** Moves the mark below which nothing more can appear, so that a minute's sealing does not look at years. */
async function moveMark(tx: Tx, now: Date): Promise<number> {
  const { rows } = await sql<Mark>`
    select sealed_through as "sealedThrough", candidate, candidate_at as "candidateAt", candidate_transaction as "candidateTransaction" from audit_marks`.execute(
    tx,
  )
  const known = await sql<{ oldest: number; next: number; highest: number }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as oldest, pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next,
      coalesce((select max(event_id) from audit_chain), 0) as highest`.execute(tx)
  const { oldest, next, highest } = known.rows[0]!
  const mark = rows[0]
  if (!mark) {
    await sql`insert into audit_marks (id, sealed_through, candidate, candidate_at, candidate_transaction) values (1, 0, ${highest}, ${now}, ${next})`.execute(
      tx,
    )
    return 0
  }
  const isOver = oldest >= mark.candidateTransaction && now.getTime() - mark.candidateAt.getTime() >= graceMilliseconds
  if (!isOver || (highest === mark.candidate && mark.sealedThrough === mark.candidate)) return mark.sealedThrough
  // Everything up to the candidate was seen by a sealing since: what was not in the chain by then can no longer come.
  const left = await sql<{ id: number }>`
    select e.id from audit_events e where e.id > ${mark.sealedThrough} and e.id <= ${mark.candidate}
      and not exists (select from audit_chain c where c.event_id = e.id) limit 1`.execute(tx)
  if (left.rows.length > 0) return mark.sealedThrough
  await sql`
    update audit_marks set sealed_through = ${mark.candidate}, candidate = ${highest}, candidate_at = ${now}, candidate_transaction = ${next}`.execute(
    tx,
  )
  return mark.candidate
}

const sealer = theSystem('Lanyard')
