import type pg from 'pg'
import Cursor from 'pg-cursor'
import { beginning, eventAsText, linkAfter } from './chain.ts'

export type Finding =
  | { kind: 'edited'; position: number; eventId: number }
  | { kind: 'deleted'; position: number; eventId: number }
  | { kind: 'reordered'; position: number; eventId: number; other: number }
  /** Links of the chain itself that are gone: the first of them, and how many. */
  | { kind: 'chain-broken'; position: number; count: number }
  | { kind: 'unsealed'; eventId: number; at: Date }
  /** The chain's last known link is not in it, or is another. */
  | { kind: 'head-changed'; position: number }

export type Verified = { events: number; head: { position: number; hash: string } | null; findings: Finding[]; milliseconds: number }
export type VerifyOptions = {
  now: Date
  /** Events older than this must be in the chain. */
  sealedWithinMinutes?: number
  /** A link that was written down elsewhere: without one, a chain cut off at its end verifies. */
  known?: { position: number; hash: string } | undefined
  onProgress?: (events: number) => void
}

type Link = { position: string; hash: string; event_id: string; event: string | null }
type Broken = { position: number; eventId: number; hash: string; before: string; event: string }

const chunk = 5_000
/** So many findings of one kind are enough to know. */
const enough = 1_000

/**
 * Walks the whole chain and names what does not fit: an event edited, deleted or in another place, links gone, events that were never sealed.
 * After a break it goes on from the hash that stands there, so that one edited event is one finding. `client` may read audit_events and
 * audit_chain, with the authority's schema as search path. Holds one chunk of the chain in memory.
 */
export async function verifyAudit(
  client: pg.ClientBase,
  { now, sealedWithinMinutes = 10, known, onProgress }: VerifyOptions,
): Promise<Verified> {
  const began = performance.now()
  const findings: Finding[] = []
  const broken: Broken[] = []
  let before = beginning
  let position = 0
  let events = 0
  let knownSeen = false
  // One snapshot for the walk and for what is missing: what comes meanwhile is looked at next time.
  await client.query('begin transaction isolation level repeatable read read only')
  try {
    for await (const link of linksOf(client)) {
      if (link.position !== position + 1)
        findings.push({ kind: 'chain-broken', position: position + 1, count: link.position - position - 1 })
      if (link.event === null) findings.push({ kind: 'deleted', position: link.position, eventId: link.eventId })
      else if (link.position === position + 1 && linkAfter(before, link.event) !== link.hash && broken.length < enough)
        broken.push({ ...link, event: link.event, before })
      if (known?.position === link.position && known.hash === link.hash) knownSeen = true
      before = link.hash
      position = link.position
      events++
      if (events % 100_000 === 0) onProgress?.(events)
    }
    findings.push(...explain(broken))
    if (known && !knownSeen) findings.push({ kind: 'head-changed', position: known.position })
    findings.push(...(await unsealed(client, new Date(now.getTime() - sealedWithinMinutes * 60_000))))
  } finally {
    await client.query('rollback')
  }
  return { events, head: position === 0 ? null : { position, hash: before }, findings, milliseconds: performance.now() - began }
}

async function* linksOf(client: pg.ClientBase): AsyncGenerator<{ position: number; hash: string; eventId: number; event: string | null }> {
  // Each event by its id, whatever is known of the tables: of one that has just been filled or restored nothing is, and PostgreSQL would go
  // through all events for each link.
  await client.query('set local enable_seqscan = off')
  const cursor = client.query(
    new Cursor(
      `select c.position, c.hash, c.event_id, ${eventAsText} as event, e.id as found from audit_chain c left join audit_events e on e.id = c.event_id order by c.position`,
    ),
  )
  for (;;) {
    const rows = (await cursor.read(chunk)) as (Link & { found: string | null })[]
    for (const row of rows)
      yield { position: Number(row.position), hash: row.hash, eventId: Number(row.event_id), event: row.found === null ? null : row.event }
    if (rows.length < chunk) break
  }
  await cursor.close()
  await client.query('set local enable_seqscan = on')
}

/** Two events whose links fit each other's places were exchanged; any other that does not fit was edited. */
function explain(broken: readonly Broken[]): Finding[] {
  const byHash = new Map(broken.map(link => [link.hash, link]))
  return broken.map(link => {
    const { position, eventId } = link
    const other = broken.find(one => one !== link && byHash.get(link.hash) === link && linkAfter(link.before, one.event) === link.hash)
    return other ? { kind: 'reordered', position, eventId, other: other.eventId } : { kind: 'edited', position, eventId }
  })
}

async function unsealed(client: pg.ClientBase, before: Date): Promise<Finding[]> {
  const { rows } = await client.query<{ id: string; at: Date }>(
    `select e.id, e.at from audit_events e where e.at < $1 and not exists (select from audit_chain c where c.event_id = e.id) order by e.id limit ${enough}`,
    [before],
  )
  return rows.map(row => ({ kind: 'unsealed', eventId: Number(row.id), at: row.at }))
}

/** A finding in one sentence that names the row. */
export function findingInWords(finding: Finding): string {
  switch (finding.kind) {
    case 'edited':
      return `Event ${finding.eventId} (link ${finding.position}) is not what was sealed: it was edited, or put in another's place.`
    case 'deleted':
      return `Event ${finding.eventId} (link ${finding.position}) was sealed and is gone: it was deleted.`
    case 'reordered':
      return `Event ${finding.eventId} (link ${finding.position}) stands in the place of event ${finding.other}: they were put in another order.`
    case 'chain-broken':
      return finding.count < 0
        ? `Link ${finding.position} appears out of its order.`
        : `${finding.count === 1 ? `Link ${finding.position} of the chain is` : `${finding.count} links of the chain, from ${finding.position}, are`} gone.`
    case 'unsealed':
      return `Event ${finding.eventId} of ${finding.at.toISOString()} was never sealed: the sealing job is not running, or its link was deleted.`
    case 'head-changed':
      return `Link ${finding.position} is not the one that was written down: the end of the chain was cut off or written anew.`
  }
}
