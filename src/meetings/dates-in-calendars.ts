import { sql } from 'kysely'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { kindOf, type MeetingKinds } from './kind.ts'
import { type MeetingState, meetingStateWords } from './meeting.ts'

type Wanted = { workers: readonly string[]; from: Date; until: Date; limit: number }
type Row = { id: string; kind: string; name: string; place: string; startsAt: Date; state: MeetingState; runs: boolean; workerName: string }

/** Beyond any kind's length, so that a date that has begun is found too. */
const longest = 24 * 3_600_000

/**
 * Dates of the meetings that these users sit in or run, as their calendars show them, where the actor may know of the date. The name of the meeting and its
 * place, and nothing of an item: how long it is kept free for is the kind's, since the agenda is longer than a member may see.
 */
export const datesInCalendars = (kinds: MeetingKinds) =>
  async function meetingsInCalendars(tx: Tx, actor: Actor, { workers, from, until, limit }: Wanted) {
    const { rows } = await sql<Row>`
      select m.id, s.kind, s.name, m.place, m.starts_at as "startsAt", m.state, s.running = any (${[...actor.readPrincipals]}::int[]) as runs,
        string_agg(distinct u.name, ', ' order by u.name) as "workerName"
      from meetings m join meeting_series s on s.id = m.series_id join meeting_members p on p.series_id = s.id and p.ended_at is null
        join users u on u.id = p.user_id left join meeting_seats t on t.id = p.seat_id
      where p.user_id = any (${[...workers]}::uuid[]) and t.ended_at is null
        and m.starts_at > ${new Date(from.getTime() - longest)} and m.starts_at < ${until}
      group by m.id, s.id order by m.starts_at, m.id limit ${limit}`.execute(tx)
    return rows
      .map(({ kind, name, state, runs, ...row }) => ({
        ...row,
        endsAt: new Date(row.startsAt.getTime() + kindOf(kinds, kind).lasts * 60_000),
        what: 'Meeting',
        about: name,
        person: null,
        contactCare: '',
        state: meetingStateWords[state],
        stateBecause: '',
        isOpen: state !== 'held' && state !== 'cancelled',
        isCancelled: state === 'cancelled',
        isSaidByOthers: !runs,
        href: paths.meetings.date(row.id),
      }))
      .filter(one => one.endsAt > from)
  }
