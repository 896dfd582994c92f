import { sql } from 'kysely'
import type { Tx } from '../platform/db/database.ts'
import { spell } from './entries.ts'
import type { MeetingKind } from './kind.ts'
import { listsOf } from './log.ts'

/** Something that happened to a case and that its reader may see, with what it was about. */
export type Happening = {
  kind: 'form' | 'log' | 'action' | 'document' | 'said' | 'stage' | 'review'
  /** A code or a title: which section, which log, what was done to an action. */
  what: string
  /** In words, or ''. */
  words: string
  /** Of a decision: the reason for it. */
  rationale: string
  /** Of a decision that was changed after the minutes were approved: why. */
  because: string
  /** What it is about, to lead there: an action's id, a version's. */
  id: string
  at: Date
  byName: string
  byAgency: string
}

/** How many of the latest are shown on one page. */
export const activityShown = 100

/**
 * What happened to a case, the latest first: who wrote in its form, what was logged, set, done, brought and decided. Each row is asked of its own table, under
 * the rights of its part: what is kept from the reader is not among it and leaves no gap. Those who run the meeting (`runs`) read each version of a decision
 * with its author; what one person went on typing without a pause is one.
 */
export async function activityOf(tx: Tx, kind: MeetingKind, itemId: string, runs: boolean): Promise<Happening[]> {
  const { rows } = await sql<Happening>`
    select h.kind, h.what, h.words, h.rationale, h.because, h.id, h.at, u.name as "byName", a.name as "byAgency" from (
      select 'form' as kind, v.section as what, '' as words, '' as rationale, '' as because, v.id, v.saved_at as at, v.saved_by as by
        from meeting_answers v where v.item_id = ${itemId} and v.form_code = ${kind.shared?.code ?? ''} and v.research_id is null
      union all
      select 'log', e.log, concat_ws(': ', coalesce(o.label, e.what), nullif(e.words, '')), '', '', e.id, e.recorded_at, e.recorded_by from meeting_log_entries e
        left join ${listsOf(kind.logs)} on l.log = e.log left join list_options o on o.list = l.list and o.code = e.what and o.service_area = '' where e.item_id = ${itemId} and e.withdrawn_at is null
      union all
      select 'action', n.kind, c.what, '', '', c.id, n.recorded_at, n.recorded_by from meeting_action_entries n join meeting_actions c on c.id = n.action_id where n.item_id = ${itemId}
      union all
      select 'document', d.title, '', '', '', d.id, d.added_at, d.added_by from meeting_documents d where d.item_id = ${itemId} and d.withdrawn_at is null
      union all
      select 'said', case when t.replaced_at is null then 'stands' else 'stood' end, t.words, t.rationale, case when ${runs} then t.changed_because else '' end, t.id, t.recorded_at, t.recorded_by from meeting_entries t
        left join meeting_entries after on after.item_id = t.item_id and after.meeting_id = t.meeting_id and after.kind = t.kind and after.recorded_at = t.replaced_at
        where t.item_id = ${itemId} and t.words <> '' and t.kind = 'decision' and (t.replaced_at is null or ${runs}
          and not (after.recorded_by is not distinct from t.recorded_by and after.changed_because = '' and after.recorded_at < t.recorded_at + ${spell} * interval '1 millisecond'))
      union all
      select 'stage', coalesce(o.label, m.stage), '', '', '', m.party_id, m.recorded_at, m.recorded_by from meeting_stage_moves m
        left join list_options o on o.list = m.list and o.code = m.stage and o.service_area = '' where m.item_id = ${itemId} and m.withdrawn_at is null
      union all
      select 'review', s.step, s.words, '', '', s.id, s.recorded_at, s.recorded_by from meeting_review_steps s where s.item_id = ${itemId} and s.withdrawn_at is null
    ) h join users u on u.id = h.by join agencies a on a.principal = u.agency
    order by h.at desc, h.id limit ${activityShown}`.execute(tx)
  return rows
}
