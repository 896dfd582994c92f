import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { joined, writeTexts } from '../../texts/index.ts'

/** Makes a plan findable by the words of its needs, goals and actions as they now stand. */
export async function writePlanTexts(tx: Tx, caseId: string): Promise<void> {
  const rows = sql`(
    select id, case_id, 'need' as kind, title as name, ${joined(sql`detail`, sql`ended_reason`)} as words, version, readers, editors, withheld from plan_needs
    union all select id, case_id, 'goal', title, ${joined(sql`measure`, sql`ended_reason`)}, version, readers, editors, withheld from plan_goals
    union all select id, case_id, 'action', what, ${joined(sql`who_words`, sql`evidence`, sql`dropped_reason`)}, version, readers, editors, withheld from plan_actions)`
  await writeTexts(
    tx,
    'plan',
    {
      id: sql`p.id`,
      caseId: sql`p.case_id`,
      personId: sql`c.person_id`,
      part: sql.lit('plan'),
      kind: sql`p.kind`,
      name: sql`p.name`,
      words: sql`p.words`,
      authorId: sql`v.by`,
      at: sql`v.at`,
      recordedAt: sql`v.at`,
      lists: 'p',
    },
    // What has not changed keeps the day and the author that it was last written with.
    sql`${rows} p join cases c on c.id = p.case_id join plans l on l.case_id = p.case_id
      join plan_versions v on v.plan_id = l.id and v.version = l.version
      left join texts k on k.source = 'plan' and k.source_id = p.id
      where p.case_id = ${caseId} and (k.id is null or (k.name, k.words) is distinct from (p.name, p.words))`,
  )
}
