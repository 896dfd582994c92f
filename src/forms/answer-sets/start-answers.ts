import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { carrySections, listsForPart } from '../../access/index.ts'
import { audit } from '../../audit/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { isId } from '../../platform/id.ts'
import { no, ok, type Result } from '../../platform/result.ts'
import { loadForm } from '../definition/definitions.queries.ts'

/**
 * Begins a form about a case, with its newest released version or the one named, and answers the new answer set's id. `part` is the part of
 * the case that it belongs to, as a share can name it.
 */
export async function startAnswers(
  tx: Tx,
  actor: Actor,
  now: Date,
  { caseId, formCode, formVersion, part = 'forms' }: { caseId: string; formCode: string; formVersion?: number; part?: string },
): Promise<Result<string, 'no-such-case' | 'no-such-form'>> {
  const found = isId(caseId)
    ? await sql<{ personId: string }>`select person_id as "personId" from cases where id = ${caseId}`.execute(tx)
    : undefined
  const personId = found?.rows[0]?.personId
  if (personId === undefined) return no('no-such-case')
  const newest = await sql<{ version: number }>`
    select version from form_definitions where code = ${formCode} and status = 'released' and version = coalesce(${formVersion ?? null}, version)
    order by version desc limit 1`.execute(tx)
  const version = newest.rows[0]?.version
  if (version === undefined) return no('no-such-form')
  const form = await loadForm(tx, formCode, version)
  const { readers, editors, withheld } = await listsForPart(tx, caseId, part)
  // Somebody who reads the case but may not write in it learns that here, in words, before the database refuses.
  if (!editors.some(principal => actor.writePrincipals.includes(principal))) return no('no-such-case')
  const id = uuid()
  const lists = sql`${readers}::int[], ${editors}::int[], ${withheld}::int[]`
  await sql`
    insert into answer_sets (id, case_id, person_id, form_code, form_version, part, started_by, started_at, readers, editors, withheld)
    values (${id}, ${caseId}, ${personId}, ${formCode}, ${version}, ${part}, ${actor.userId}, ${now}, ${lists})`.execute(tx)
  const sections = form.definition.pages.flatMap(page => page.sections.map(section => section.code))
  await sql`
    insert into answer_sections (answer_set_id, section, case_id, part, readers, editors, withheld)
    select ${id}, section, ${caseId}, ${part}, ${lists} from unnest(${sections}::text[]) section`.execute(tx)
  await recordEvent(tx, actor, now, id, 'started', '')
  await carrySections(tx, actor, now, id)
  await audit(tx, actor, now, {
    action: 'form-started',
    subject: { type: 'answer-set', id },
    personId,
    caseId,
    detail: { form: formCode, version },
  })
  return ok(id)
}

/** Adds to what happened with an answer set, under the lists that the set carries. */
export async function recordEvent(
  tx: Tx,
  actor: Actor,
  now: Date,
  answerSetId: string,
  kind: 'started' | 'completed' | 'signed-off' | 'reopened' | 'discarded',
  reason: string,
): Promise<void> {
  await sql`
    insert into answer_set_events (id, answer_set_id, case_id, part, kind, reason, user_id, author, at, readers, editors, withheld)
    select ${uuid()}, id, case_id, part, ${kind}, ${reason}, ${actor.userId}, ${actor.name}, ${now}, readers, editors, withheld
    from answer_sets where id = ${answerSetId}`.execute(tx)
}
