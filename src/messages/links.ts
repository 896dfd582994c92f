import { sql } from 'kysely'
import type { Scan } from '../documents/index.ts'
import { paths } from '../paths.ts'
import { formatName, parseClientId } from '../people/index.ts'
import type { Tx } from '../platform/db/database.ts'
import { linksIn } from './conversation.ts'
import { fileInWords } from './files.ts'

/** What the addresses in messages lead to, of those that their reader may open now; of the others nothing is said, not even what they are. */
export type Links = ReadonlyMap<string, string>

/** Asked of row-level security with the reader's eyes, at each reading. */
export async function resolveLinks(tx: Tx, words: readonly string[]): Promise<Links> {
  const wanted = new Set(words.flatMap(linksIn).map(link => link.path))
  if (wanted.size === 0) return new Map()
  const ids = [...wanted].map(path => path.split('/').at(-1)!)
  const { rows } = await sql<{
    kind: 'person' | 'case' | 'task' | 'document' | 'meeting' | 'item' | 'agreed' | 'file'
    id: string
    caseId: string | null
    given: string | null
    family: string | null
    what: string
    scan: Scan | null
  }>`
    select 'person' as kind, p.id, null::uuid as "caseId", p.given_name as given, p.family_name as family, '' as what, null as scan from people p where p.id = any (${ids}::uuid[])
    union all
    select 'case', c.id, null, p.given_name, p.family_name, s.name || ' ' || c.reference, null
      from cases c join service_areas s on s.code = c.service_area left join people p on p.id = c.person_id where c.id = any (${ids}::uuid[])
    union all
    select 'task', t.id, null, null, null, t.title, null from tasks t where t.id = any (${ids}::uuid[])
    union all
    select 'document', d.id, d.case_id, null, null, d.title, null from documents d where d.id = any (${ids}::uuid[]) and d.withdrawn_at is null
    union all
    select 'meeting', m.id, null, null, null, s.name || ', ' || to_char(m.starts_at at time zone 'Europe/London', 'DD/MM/YYYY'), null
      from meetings m join meeting_series s on s.id = m.series_id where m.id = any (${ids}::uuid[])
    union all
    select 'item', i.id, null, null, null, s.name || ', case ' || i.reference, null
      from meeting_items i join meeting_series s on s.id = i.series_id where i.id = any (${ids}::uuid[])
    union all
    select 'agreed', t.id, null, null, null, t.what, null from meeting_actions t where t.id = any (${ids}::uuid[])
    union all
    select 'file', f.id, null, null, null, f.file_name, f.scan from message_files f where f.id = any (${ids}::uuid[])`.execute(tx)
  return new Map(
    rows.map(({ kind, id, caseId, given, family, what, scan }) => {
      const name = formatName({ given, family })
      if (kind === 'person') return [paths.people.show(id), name]
      if (kind === 'case') return [paths.cases.show(id), given || family ? `${name} – ${what}` : what]
      if (kind === 'meeting') return [paths.meetings.date(id), what]
      if (kind === 'item') return [paths.meetings.item(id), what]
      if (kind === 'agreed') return [paths.meetings.action(id), `Action: ${what}`]
      if (kind === 'file') return [paths.conversations.attached(id), fileInWords({ fileName: what, scan: scan ?? 'not-scanned' })]
      if (kind === 'task') return [paths.tasks.show(id), `Action: ${what}`]
      return [paths.documents.show(caseId ?? '', id), `Document: ${what}`]
    }),
  )
}

/** The address of a person by their client id or of a case by its reference, where the actor may see them. */
export async function addressCalled(tx: Tx, typed: string): Promise<string | undefined> {
  const pasted = linksIn(typed.trim())[0]
  if (pasted) return (await resolveLinks(tx, [pasted.path])).has(pasted.path) ? pasted.path : undefined
  const clientId = parseClientId(typed)
  if (clientId.ok) {
    const { rows } = await sql<{ id: string }>`select id from people where client_id = ${clientId.value}`.execute(tx)
    if (rows[0]) return paths.people.show(rows[0].id)
  }
  const { rows } = await sql<{ id: string }>`select id from cases where reference = ${typed.trim().toUpperCase()}`.execute(tx)
  return rows[0] && paths.cases.show(rows[0].id)
}
