import { type RawBuilder, sql } from 'kysely'
import { startOfDay } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { addDays } from '../../platform/plain-date.ts'
import { folded, type TextSource } from '../../texts/index.ts'
import { monthsBetween, type PlaceInOrder, type Stretch, stretchesFrom, type Wanted } from './wanted.ts'

/** Something that was written and has the words. All of it that its reader may see: row-level security has decided already. */
export type FoundText = PlaceInOrder & {
  readonly at: Date
  readonly source: TextSource
  readonly sourceId: string
  readonly place: string
  readonly caseId: string | null
  readonly personId: string | null
  readonly kind: string
  readonly heading: string
  readonly name: string
  readonly words: string
  /** Stretches of the folded words with what was found between `markBegins` and `markEnds`. */
  readonly headline: string
  readonly nameHeadline: string
  readonly recordedAt: Date
  readonly author: string | null
  readonly given: string | null
  readonly family: string | null
  readonly reference: string | null
  readonly service: string | null
  readonly serviceArea: string | null
  readonly isRestricted: boolean
}

/** Characters that nobody writes (private use, Unicode 23.5), so that a mark is never part of what was written. */
export const markBegins = '\uE000'
export const markEnds = '\uE001'
export const leftOut = '\uE002'

export type TextsPage = {
  readonly texts: readonly FoundText[] /** Where to go on; null when that was all. */
  readonly next: PlaceInOrder | null
}

/** What was written with these words, the latest first, from behind a place on. */
export async function findTexts(tx: Tx, now: Date, wanted: Wanted, limit: number, after?: PlaceInOrder): Promise<TextsPage> {
  const texts: FoundText[] = []
  let place = after
  for (;;) {
    const stretches = stretchesOf(wanted, place ? new Date(place.micros / 1000) : now)
    // One more than is shown tells whether there is more.
    const statement = textsStatement(wanted, stretches, limit + 1, place)
    const { rows } = await (isOfFewTexts(wanted) ? withoutBitmaps(tx, statement) : statement.execute(tx))
    // A text whose person or case its reader may not see is left out, and its place filled by what comes after.
    texts.push(...rows.filter(row => row.isWhole))
    if (texts.length > limit) return { texts: texts.slice(0, limit), next: texts[limit - 1] ?? null }
    if (rows.length <= limit) return { texts, next: null }
    place = rows.at(-1)
  }
}

/** What has few texts needs no stretches. Neither does what the index finds by days or by newness. */
function stretchesOf(wanted: Wanted, latest: Date): (Stretch | undefined)[] {
  const isOneStretch = isOfFewTexts(wanted) || wanted.recordedAfter || (wanted.days && monthsOf(wanted.days))
  return isOneStretch ? [undefined] : stretchesFrom(latest)
}

/** One case or person has few texts, and so has the caseload of a worker or two: a common word has a hundred times as many. */
const isOfFewTexts = ({ caseId, personId, workers }: Wanted): boolean =>
  Boolean(caseId ?? personId) || (workers !== undefined && workers.length < 3)

type Row = FoundText & { isWhole: boolean }

/**
 * A plan is made once a connection for whoever asks first. Made for somebody who reads little, it would look these few texts up by their
 * readers, which for others are a quarter of a million. That index is one for bitmaps alone.
 */
async function withoutBitmaps(tx: Tx, statement: RawBuilder<Row>): Promise<{ rows: Row[] }> {
  const [, found] = await Promise.all([
    sql`set local enable_bitmapscan = off`.execute(tx),
    statement.execute(tx),
    sql`set local enable_bitmapscan = on`.execute(tx),
  ])
  return found
}

/**
 * The latest texts, found by the one index alone, and only then what is shown of them: the headline of a text costs more than finding it.
 * What was found carries its own columns: were it looked up again by its id, a plan made for somebody who reads nothing would do it by their
 * readers, a quarter of a million rows for each text found.
 * One stretch of time after another is gone through until there are enough: PostgreSQL does not begin the next when the last has filled
 * the page. Words that the first stretch hardly has are mostly rare altogether, and all earlier texts are asked at once, which costs less than a
 * stretch of many months; only where these turn out too many to be sorted are they gone through by stretches as well. Row-level
 * security puts its conditions before these; each is `@@`, `=` or `<`, so none needs the row before its policy (decision 19).
 */
export function textsStatement(
  wanted: Wanted,
  stretches: readonly (Stretch | undefined)[],
  limit: number,
  after?: PlaceInOrder,
): RawBuilder<Row> {
  const names = stretches.map((_, place) => sql.ref(`stretch_${place}`))
  const countOf = (name: RawBuilder<unknown>) => sql`(select count(*) from ${name})`
  const begins = stretches[0]?.begins
  const earlier = begins && sql.ref('earlier')
  const isWholeEarlier = earlier && sql`${countOf(names[0]!)} < ${seldom}::int and ${countOf(earlier)} <= ${mostSorted}::int`
  const each = stretches.flatMap((stretch, place) => {
    const soFar = names.slice(0, place).map(countOf)
    const conditions = [
      ...(place > 0 ? [sql`${sql.join(soFar, sql` + `)} < ${limit}::int`, sql`not (${isWholeEarlier})`] : []),
      ...conditionsOf(wanted, stretch, after),
    ]
    const found = sql`${names[place]} as materialized (
      select ${carried} from texts t where ${sql.join(conditions, sql` and `)} order by t.at desc, t.id desc limit ${limit}::int)`
    if (place > 0 || !begins) return [found]
    const isSeldom = sql`${countOf(names[0]!)} < ${Math.min(seldom, limit)}::int`
    const before = conditionsOf(wanted, { marks: [], before: begins }, after)
    return [
      found,
      sql`${earlier} as materialized (select ${carried} from texts t where ${sql.join([isSeldom, ...before], sql` and `)} limit ${mostSorted + 1}::int)`,
    ]
  })
  const parts = [
    ...names.map(name => sql`select * from ${name}`),
    ...(earlier ? [sql`select * from ${earlier} where ${isWholeEarlier}`] : []),
  ]
  const query = queryOf(wanted.words)
  return sql<Row>`
    with ${sql.join(each)},
    found as (${sql.join(parts, sql` union all `)} order by at desc, id desc limit ${limit}::int)
    select t.id, t.at, (extract(epoch from t.at) * 1000000)::bigint as micros, t.source, t.source_id as "sourceId", t.place, t.case_id as "caseId", t.person_id as "personId", t.kind, t.heading, t.name, t.words,
      t.recorded_at as "recordedAt", ts_headline('words', ${folded(sql`t.words`)}, ${query}, ${headlineOptions}) as headline,
      ts_headline('words', ${folded(sql`t.name`)}, ${query}, ${wholeOptions}) as "nameHeadline",
      u.name as author, p.given_name as given, p.family_name as family, c.reference, a.name as service, c.service_area as "serviceArea",
      t.named_readers is not null or coalesce(c.restricted, false) as "isRestricted",
      (t.person_id is null or p.id is not null) and (t.case_id is null or c.id is not null) as "isWhole"
    from found t
      left join people p on p.id = t.person_id left join cases c on c.id = t.case_id left join service_areas a on a.code = c.service_area
      left join users u on u.id = t.author_id
    order by t.at desc, t.id desc`
}

/** Words found less often than this in the first stretch are seldom enough to ask for all earlier texts that have them. */
const seldom = 5
/** So many found texts are fetched and sorted in less time than a stretch of some months takes. */
const mostSorted = 500

const carried = sql`t.id, t.at, t.source, t.source_id, t.place, t.case_id, t.person_id, t.kind, t.heading, t.name, t.words, t.recorded_at, t.author_id, t.named_readers`

function conditionsOf(wanted: Wanted, stretch: Stretch | undefined, after: PlaceInOrder | undefined): RawBuilder<unknown>[] {
  const { days } = wanted
  const marks = marksOf(wanted, stretch)
  const words = queryOf(wanted.words)
  const query = marks === '' ? words : sql`(${words} && ${marks}::tsquery)`
  return [
    // Few texts are looked through one by one. Which is what the function in place of its operator says: no index serves it.
    isOfFewTexts(wanted) ? sql`ts_match_vq(t.tsv, ${query})` : sql`t.tsv @@ ${query}`,
    ...(stretch?.before ? [sql`t.at < ${stretch.before}`] : []),
    ...(after ? [sql`(t.at, t.id) < ('epoch'::timestamptz + ${after.micros}::bigint * interval '1 microsecond', ${after.id}::uuid)`] : []),
    ...(days?.from ? [sql`t.at >= ${startOfDay(days.from)}`] : []),
    ...(days?.to ? [sql`t.at < ${startOfDay(addDays(days.to, 1))}`] : []),
    ...(wanted.recordedAfter ? [sql`t.recorded_at > ${wanted.recordedAfter}`] : []),
    ...(wanted.caseId ? [sql`t.case_id = ${wanted.caseId}::uuid`] : []),
    ...(wanted.personId ? [sql`t.person_id = ${wanted.personId}::uuid`] : []),
    ...(wanted.workers
      ? [sql`t.case_id = any (array(select w.case_id from caseload_entries w where w.worker_id = any (${[...wanted.workers]}::uuid[])))`]
      : []),
  ]
}

/**
 * What was typed, as PostgreSQL reads what people type into search engines: all words, "a phrase", -without, or. It knows the straight mark
 * alone; telephones and word processors write the round ones.
 */
export const queryOf = (words: string): RawBuilder<unknown> =>
  sql`websearch_to_tsquery('words', ${folded(sql`${words.replace(/[“”„‟«»]/g, '"')}::text`)})`

/** The filters that the index knows as marks. Of known letters only: nothing that was typed stands in them. */
function marksOf(wanted: Wanted, stretch: Stretch | undefined): string {
  const months = wanted.days && !stretch ? monthsOf(wanted.days) : undefined
  const recorded = wanted.recordedAfter && monthsBetween(wanted.recordedAfter, new Date(wanted.recordedAfter.getTime() + 365 * 86_400_000))
  const marks = [
    wanted.source && [`~s${wanted.source}`],
    wanted.serviceArea && [`~v${wanted.serviceArea}`],
    stretch?.marks,
    wanted.authors?.map(id => `~a${id}`),
    months?.map(month => `~m${month}`),
    recorded?.map(month => `~r${month}`),
  ]
  return marks.flatMap(any => (any && any.length > 0 ? [`(${any.map(mark => `'${mark}'`).join(' | ')})`] : [])).join(' & ')
}

const monthsOf = (days: NonNullable<Wanted['days']>): string[] | undefined =>
  days.from && days.to ? monthsBetween(startOfDay(days.from), startOfDay(addDays(days.to, 1))) : undefined

const marking = `StartSel="${markBegins}", StopSel="${markEnds}"`
const headlineOptions = `${marking}, MaxFragments=2, MaxWords=28, MinWords=10, ShortWord=0, FragmentDelimiter="${leftOut}"`
const wholeOptions = `${marking}, HighlightAll=true`
