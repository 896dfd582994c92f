import { sql } from 'kysely'
import { mayHappen } from '../cases/index.ts'
import { paths } from '../paths.ts'
import { type Actor, may } from '../platform/actor.ts'
import { londonDate } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import { addMonths, type PlainDate, partsOf } from '../platform/plain-date.ts'
import { heardSince, partiesOf } from './items.queries.ts'
import { kindOf, type MeetingKind, type MeetingKinds } from './kind.ts'
import type { Item, Party, Series } from './meeting.ts'

/**
 * What each agency does on its own records once an item was heard: a flag for as long as another incident would be a repeat. A meeting flags nobody's
 * record: a flag is seen by whoever sees the record, so its own people decide it.
 */
export type RecordToFlag = {
  party: Party
  caseId: string
  reference: string
  serviceName: string
  until: PlainDate
  /** The page that raises the flag, filled in as the kind says. Null for whoever may not, and where it stands. */
  href: string | null
  /** The flag that stands, or was taken off since, as whoever reads the case's flags may know. */
  flag: { author: string; reviewOn: PlainDate | null; isOff: boolean } | null
}

/** Until when records are flagged: by the kind from the referral or from the day of the meeting, for the months of the series. */
function flaggedUntil(
  kind: MeetingKind,
  series: Pick<Series, 'repeatMonths'>,
  item: Pick<Item, 'referredAt' | 'meetingAt'>,
): PlainDate | null {
  const from = kind.flag?.from === 'referral' ? item.referredAt : item.meetingAt
  return kind.flag && from ? addMonths(londonDate(from), series.repeatMonths) : null
}

type Of = { kind: MeetingKind; series: Pick<Series, 'repeatMonths'>; item: Item; parties: readonly Party[] }

/**
 * The open cases of an item's people that the actor reads and that are flagged, and those of their own agency that they may flag. Empty before it was heard
 * and when its time has passed. People come as the actor's agency has linked them, they and cases as the actor may see them in their own right.
 */
export async function recordsToFlag(tx: Tx, actor: Actor, now: Date, { kind, series, item, parties }: Of): Promise<RecordToFlag[]> {
  const until = flaggedUntil(kind, series, item)
  const personIds = parties.flatMap(one => one.records.map(each => each.personId))
  if (!kind.flag || !until || until <= londonDate(now) || item.state !== 'discussed' || personIds.length === 0) return []
  type Row = Omit<RecordToFlag, 'party' | 'until' | 'href'> & {
    personId: string
    status: Parameters<typeof mayHappen>[0]
    isTheirs: boolean
  }
  const { rows } = await sql<Row>`
    select c.id as "caseId", c.person_id as "personId", c.reference, c.status, s.name as "serviceName",
      c.agency = any (${[...actor.principals]}::int[]) and c.editors && ${[...actor.writePrincipals]}::int[] as "isTheirs", stands.flag
    from cases c join caseload_entries w on w.case_id = c.id join service_areas s on s.code = c.service_area
      left join lateral (
        select json_build_object('author', f.author, 'reviewOn', f.review_on, 'isOff', f.resolved_at is not null) as flag from case_flags f
        where f.case_id = c.id and (f.kind = ${kind.flag.kind} or f.review_on = ${until}) and (f.resolved_at is null or f.recorded_at >= ${item.discussedAt})
        order by f.resolved_at is not null, f.recorded_at desc limit 1) stands on true
    where c.person_id = any (${personIds}::uuid[]) and c.closed_on is null and not s.is_episode
    order by c.reference`.execute(tx)
  return rows.flatMap(({ personId, status, isTheirs, ...row }) => {
    const party = parties.find(one => one.records.some(each => each.personId === personId))
    const mayFlag = isTheirs && may(actor, 'record') && mayHappen(status, 'flag-raised')
    if (!party || !(mayFlag || row.flag)) return []
    return [{ ...row, party, until, href: mayFlag && !row.flag ? raising(row.caseId, kind.flag!.kind, until) : null }]
  })
}

/** For how long somebody is asked on their first page. After that it stands on the item alone: not to flag is an answer too. */
const askedFor = 14 * 86_400_000

export type ToFlag = { series: Series; kind: MeetingKind; item: Item; parties: readonly Party[]; record: RecordToFlag }

/** The actor's own records that are not flagged, of what was heard lately. */
export async function flagsWanted(tx: Tx, actor: Actor, now: Date, kinds: MeetingKinds, all: readonly Series[]): Promise<ToFlag[]> {
  const items = await heardSince(tx, actor, new Date(now.getTime() - askedFor))
  const parties = await partiesOf(
    tx,
    items.map(one => one.id),
  )
  const wanted: ToFlag[] = []
  for (const item of items) {
    const series = all.find(one => one.id === item.seriesId)
    if (!series) continue
    const of = { series, kind: kindOf(kinds, series.kind), item, parties: parties.get(item.id) ?? [] }
    for (const record of await recordsToFlag(tx, actor, now, of)) if (record.href) wanted.push({ ...of, record })
  }
  return wanted
}

function raising(caseId: string, kind: string, until: PlainDate): string {
  const { day, month, year } = partsOf(until)
  const filled = new URLSearchParams({ kind, 'review-day': `${day}`, 'review-month': `${month}`, 'review-year': `${year}` })
  return `${paths.cases.action(caseId, 'flags/new')}?${filled}`
}
