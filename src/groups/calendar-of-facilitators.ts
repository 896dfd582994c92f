import { sql } from 'kysely'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'

type Wanted = { workers: readonly string[]; from: Date; until: Date; limit: number }
type Row = {
  id: string
  groupId: string
  groupName: string
  topic: string
  startsAt: Date
  endsAt: Date
  place: string
  workerName: string
  isCancelled: boolean
  isRecorded: boolean
  cancelledBecause: string
}

/** Sessions that these users facilitate, as their calendars show them, where the actor may see the group. Nobody who comes is named. */
export async function sessionsInCalendars(tx: Tx, _actor: Actor, { workers, from, until, limit }: Wanted) {
  const { rows } = await sql<Row>`
    select x.id, g.id as "groupId", g.name as "groupName", x.topic, x.starts_at as "startsAt", x.ends_at as "endsAt",
      case when x.place = '' then g.place else x.place end as place, string_agg(u.name, ', ' order by u.name) as "workerName",
      x.cancelled_at is not null as "isCancelled", x.cancelled_because as "cancelledBecause",
      exists (select from group_attendances d where d.session_id = x.id and d.replaced_at is null) as "isRecorded"
    from group_facilitators f join group_sessions x on x.group_id = f.group_id join groups g on g.id = f.group_id join users u on u.id = f.user_id
    where f.user_id = any (${[...workers]}::uuid[]) and f.ended_at is null and x.ends_at > ${from} and x.starts_at < ${until}
    group by x.id, g.id order by x.starts_at, x.id limit ${limit}`.execute(tx)
  return rows.map(({ groupId, groupName, topic, cancelledBecause, isRecorded, ...row }) => ({
    ...row,
    what: 'Group work',
    about: [groupName, topic].filter(Boolean).join(': '),
    person: null,
    contactCare: '',
    state: row.isCancelled ? 'Cancelled' : isRecorded ? 'Recorded' : 'Planned',
    stateBecause: cancelledBecause,
    isOpen: !row.isCancelled && !isRecorded,
    href: paths.groups.session(groupId, row.id),
  }))
}
