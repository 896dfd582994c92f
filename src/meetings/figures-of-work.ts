import { sql } from 'kysely'
import { startOfDay } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import type { Count } from './figures.ts'
import type { MeetingKind } from './kind.ts'

/** Numbers of one kind under one heading: what was done in a time, beside what was heard in it. */
export type Counted = { code: string; title: string; counts: readonly Count[] }

/**
 * What was done in a series from one day to before another, as far as the reader may see it: actions, what was logged, steps taken with people, reviews, and
 * what came of items. Each counts on its own day, whenever its item was heard; of a time that has not ended, nothing is late before its day.
 */
export async function workBetween(
  tx: Tx,
  seriesId: string,
  kind: MeetingKind,
  { from, to, today }: { from: PlainDate; to: PlainDate; today: PlainDate },
): Promise<Counted[]> {
  // What its referrer took back was never the meeting's work.
  const of = sql`i.series_id = ${seriesId} and i.state not in ('draft', 'withdrawn')`
  const within = (column: string) => sql`${sql.ref(column)} >= ${from} and ${sql.ref(column)} < ${to}`
  const at = (column: string) => sql`${sql.ref(column)} >= ${startOfDay(from)} and ${sql.ref(column)} < ${startOfDay(to)}`
  const counts = async (rows: Promise<{ rows: Count[] }>): Promise<Count[]> => (await rows).rows
  const counted: Counted[] = [
    {
      code: 'actions',
      title: 'Actions',
      counts: await counts(
        sql<Count>`
          select code, label, coalesce(sum(n), 0)::int as count from (values ('set', 'Set', 1), ('done', 'Done', 2), ('in-time', 'Of these, by their day', 3),
            ('open-late', 'Open, and late at the end', 4)) v (code, label, place)
          left join (
            select 'set' as what, 1 as n from meeting_actions a join meeting_items i on i.id = a.item_id where ${of} and ${at('a.set_at')}
            union all select 'done', 1 from meeting_actions a join meeting_items i on i.id = a.item_id where ${of} and a.state = 'done' and ${at('a.ended_at')}
            union all select 'in-time', 1 from meeting_actions a join meeting_items i on i.id = a.item_id
              where ${of} and a.state = 'done' and ${at('a.ended_at')} and (a.ended_at at time zone 'Europe/London')::date <= a.due_on
            union all select 'open-late', 1 from meeting_actions a join meeting_items i on i.id = a.item_id
              where ${of} and a.set_at < ${startOfDay(to)} and a.due_on < ${to < today ? to : today} and (a.ended_at is null or a.ended_at >= ${startOfDay(to)})
          ) each on each.what = v.code group by code, label, place order by place`.execute(tx),
      ),
    },
  ]
  if (kind.outcomes)
    counted.unshift({
      code: 'list',
      title: 'Cases that the group works with',
      counts: await counts(
        sql<Count>`
          select code, label, count(i.id)::int as count from (values ('came', 'Referred', 1), ('ended', 'Work ended', 2), ('open', 'Open at the end', 3)) v (code, label, place)
          left join meeting_items i on ${of} and i.state not in ('referred', 'returned') and case v.code
            when 'came' then ${at('i.referred_at')} when 'ended' then ${at('i.closed_at')}
            else i.referred_at < ${startOfDay(to)} and (i.closed_at is null or i.closed_at >= ${startOfDay(to)}) end
          group by code, label, place order by place`.execute(tx),
      ),
    })
  for (const log of kind.logs)
    counted.push({
      code: `log-${log.code}`,
      title: log.title,
      counts: await counts(
        sql<Count>`
          select e.what as code, coalesce(min(o.label), e.what) as label, count(*)::int as count
          from meeting_log_entries e join meeting_items i on i.id = e.item_id left join list_options o on o.list = ${log.list} and o.code = e.what and o.service_area = ''
          where ${of} and e.log = ${log.code} and e.withdrawn_at is null and ${within('e.happened_on')} group by e.what order by count desc, label`.execute(
          tx,
        ),
      ),
    })
  if (kind.stages)
    counted.push({
      code: 'stages',
      title: 'Steps taken',
      counts: await counts(
        sql<Count>`
          select m.stage as code, coalesce(min(o.label), m.stage) as label, count(*)::int as count
          from meeting_stage_moves m join meeting_items i on i.id = m.item_id left join list_options o on o.list = m.list and o.code = m.stage and o.service_area = ''
          where ${of} and m.withdrawn_at is null and ${within('m.given_on')} group by m.stage order by min(o.position), label`.execute(tx),
      ),
    })
  if (kind.review)
    counted.push({
      code: 'reviews',
      title: `${kind.review.name}s, as they are published each year`,
      counts: await counts(
        sql<Count>`
          select code, label, count(s.id)::int as count from (values ('asked', 'Asked for', 1), ('not-met', 'Threshold not met', 2), ('held', 'Reviews held', 3),
            ('recommends', 'Of these, with recommendations', 4)) v (code, label, place)
          left join (meeting_review_steps s join meeting_items i on i.id = s.item_id and ${of})
            on s.withdrawn_at is null and ${within('s.happened_on')} and (s.step = v.code or v.code = 'recommends' and s.step = 'held' and s.recommends)
          group by code, label, place order by place`.execute(tx),
      ),
    })
  if (kind.outcomes)
    counted.push({
      code: 'outcomes',
      title: 'What came of it',
      counts: await counts(
        sql<Count>`
          select i.ended_as as code, coalesce(min(o.label), i.ended_as) as label, count(*)::int as count
          from meeting_items i left join list_options o on o.list = ${kind.outcomes} and o.code = i.ended_as and o.service_area = ''
          where ${of} and i.ended_as <> '' and ${at('i.closed_at')} group by i.ended_as order by min(o.position), label`.execute(tx),
      ),
    })
  return counted
}
