import { sql } from 'kysely'
import type { VNode } from 'preact'
import { goesWith, itemsWithSomebodyKeptFrom, partsKeptOfItems } from '../access/index.ts'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import { startOfDay, today } from '../platform/clock.ts'
import { csvLine, csvMark } from '../platform/csv.ts'
import type { Tx } from '../platform/db/database.ts'
import { addDays, formatDate, type PlainDate } from '../platform/plain-date.ts'
import { type Answer, file } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, DataTable } from '../ui/index.ts'
import { auditSeries } from './change-series.ts'
import { type Count, type Figures, figuresOf, type Heard, type Quarter, quarterOf } from './figures.ts'
import { type Counted, workBetween } from './figures-of-work.ts'
import { meetingPage, type OfSeries, seriesLink } from './frame.tsx'
import { partOfMeasure, partOfQuestion } from './parts-of-item.ts'

/** What was heard from one day to before another, as far as the reader may see it: what is kept from them is in no figure of theirs. */
async function heardBetween(tx: Tx, actor: Actor, { series, kind }: OfSeries, from: PlainDate, to: PlainDate): Promise<Heard[]> {
  // What stays on has gone to a further date since: it was heard wherever something was said of it.
  const alsoHeard = kind.staysOn
    ? sql`union select item_id, meeting_id from meeting_entries where replaced_at is null and words <> ''`
    : sql``
  const { rows } = await sql<Heard & { id: string; repeatOf: string | null }>`
    select i.id, array_agg(h.meeting_id) as "meetingIds", i.is_repeat as "isRepeat", i.repeat_of as "repeatOf", i.referring_category as category, i.measures, i.criteria,
      coalesce((select json_object_agg(role, count) from (select p.role, count(*)::int as count from meeting_parties p where p.item_id = i.id and p.replaced_at is null group by p.role) each), '{}') as people
    from meeting_items i
      join (select id as item_id, meeting_id from meeting_items where state in ('discussed', 'closed') ${alsoHeard}) h on h.item_id = i.id
      join meetings m on m.id = h.meeting_id
    where i.series_id = ${series.id} and m.starts_at >= ${startOfDay(from)} and m.starts_at < ${startOfDay(to)} group by i.id`.execute(tx)
  // As on the item's own page: what of it is kept from the reader is not told by a number either.
  const kept = await itemsWithSomebodyKeptFrom(
    tx,
    actor,
    rows.flatMap(one => (one.repeatOf ? [one.id, one.repeatOf] : [])),
  )
  const parts = await partsKeptOfItems(
    tx,
    actor,
    rows.map(one => one.id),
  )
  return rows.map(one => {
    const isOpen = (part: string): boolean => !parts.get(one.id)?.some(kept => goesWith(kept, part))
    const codes = kind.measures.filter(measure => isOpen(partOfMeasure(kind, measure))).map(measure => measure.code)
    return {
      ...one,
      isRepeat: one.isRepeat && !(one.repeatOf && (kept.has(one.id) || kept.has(one.repeatOf))),
      measures: one.measures.filter(code => codes.includes(code)),
      criteria: isOpen(partOfQuestion(kind, kind.criterion)) ? one.criteria : [],
    }
  })
}

type Period = { quarter: Quarter; inQuarter: Figures; inYear: Figures; doneInQuarter: Counted[]; doneInYear: Counted[] }

async function figures({ tx, actor, clock, query }: Visit, { series, kind }: OfSeries): Promise<Period> {
  const quarter = quarterOf(today(clock), query.get('quarter') ?? '')
  const heard = async (from: PlainDate) =>
    figuresOf(kind, await heardBetween(tx, actor, { series, kind }, from, quarter.to), series.adultWomen)
  const done = (from: PlainDate) => workBetween(tx, series.id, kind, { from, to: quarter.to, today: today(clock) })
  return {
    quarter,
    inQuarter: await heard(quarter.from),
    inYear: await heard(quarter.yearFrom),
    doneInQuarter: await done(quarter.from),
    doneInYear: await done(quarter.yearFrom),
  }
}

/** The figures of a quarter and of the twelve months that end with it. */
export async function figuresPage(visit: Visit, of: OfSeries): Promise<Answer> {
  const { series, kind } = of
  const { quarter, inQuarter, inYear, doneInQuarter, doneInYear } = await figures(visit, of)
  await auditSeries(visit.tx, visit.actor, visit.clock.now(), 'meeting-figures-read', series.id, { quarter: quarter.key })
  const before = quarterOf(addDays(quarter.from, -1))
  const after = quarterOf(quarter.to)
  const here = (key: string) => `${paths.meetings.figures(series.id)}?quarter=${key}`
  const year = `12 months to ${formatDate(addDays(quarter.to, -1))}`
  // The year holds whatever the quarter does.
  const table = (caption: string, inQuarter: readonly Count[], inYear: readonly Count[]): VNode | null =>
    inYear.length === 0 ? null : (
      <DataTable
        caption={caption}
        rows={inYear}
        keyOf={one => one.code}
        columns={[
          { heading: caption, rowHeader: true, cell: one => one.label },
          { heading: quarter.label, numeric: true, cell: one => String(countOf(inQuarter, one)) },
          { heading: year, numeric: true, cell: one => String(one.count) },
        ]}
      />
    )
  const body = (
    <>
      <p class="govuk-body">{kind.aboutFigures} They hold every case that you may see, and none that is kept from you.</p>
      {table('What was heard', inQuarter.counts, inYear.counts)}
      {table('Who referred', inQuarter.byAgency, inYear.byAgency)}
      {table('Why', inQuarter.byCriterion, inYear.byCriterion)}
      {inYear.rates.length > 0 ? <Rates of={of} quarter={quarter} inQuarter={inQuarter} inYear={inYear} year={year} /> : null}
      {doneInYear.map((one, place) => table(one.title, doneInQuarter[place]!.counts, one.counts))}
      <nav aria-label="Quarters">
        <p class="govuk-body">
          <a class="govuk-link" href={here(before.key)}>
            {before.label}
          </a>{' '}
          ·{' '}
          <a class="govuk-link" href={here(after.key)}>
            {after.label}
          </a>
        </p>
      </nav>
    </>
  )
  return meetingPage(kind, `Figures, ${quarter.label}`, body, {
    context: seriesLink(series),
    actions: Button({
      text: 'As CSV',
      href: `${paths.meetings.figuresAsCsv(series.id)}?quarter=${quarter.key}`,
      classes: 'govuk-button--secondary',
    }),
  })
}

const countOf = (counts: readonly Count[], { code }: Pick<Count, 'code'>): number => counts.find(one => one.code === code)?.count ?? 0

type RatesProps = { of: OfSeries; quarter: Quarter; inQuarter: Figures; inYear: Figures; year: string }

function Rates({ of: { series }, quarter, inQuarter, inYear, year }: RatesProps): VNode {
  return (
    <DataTable
      caption="Rates"
      rows={inYear.rates}
      keyOf={one => one.code}
      columns={[
        { heading: 'Rate', rowHeader: true, cell: one => one.label },
        {
          heading: quarter.label,
          numeric: true,
          cell: one =>
            one.of === 'population'
              ? 'over 12 months'
              : rateInWords(inQuarter.rates.find(each => each.code === one.code)?.value ?? null, '%'),
        },
        {
          heading: year,
          numeric: true,
          cell: one =>
            one.of === 'population' && series.adultWomen === null
              ? 'not known how many live here'
              : rateInWords(one.value, one.of === 'population' ? '' : '%'),
        },
        {
          heading: 'Expected',
          cell: one => (one.range ? (one.range[0] === one.range[1] ? String(one.range[0]) : `${one.range[0]} to ${one.range[1]}%`) : '–'),
          second: one => (one.range && one.verified === false ? 'a guide' : ''),
        },
      ]}
    />
  )
}

const rateInWords = (value: number | null, unit: string): string => (value === null ? '–' : `${value}${unit}`)

export async function figuresAsCsv(visit: Visit, of: OfSeries): Promise<Answer> {
  const { quarter, inQuarter, inYear, doneInQuarter, doneInYear } = await figures(visit, of)
  await auditSeries(visit.tx, visit.actor, visit.clock.now(), 'meeting-figures-read', of.series.id, { quarter: quarter.key, how: 'csv' })
  const rows = (under: string, ofQuarter: readonly Count[], ofYear: readonly Count[]) =>
    ofYear.map(one => [under ? `${under}: ${one.label}` : one.label, String(countOf(ofQuarter, one)), String(one.count)])
  const lines = [
    ['Measure', quarter.label, `12 months to ${formatDate(addDays(quarter.to, -1))}`],
    ...rows('', inQuarter.counts, inYear.counts),
    ...rows('Referred by', inQuarter.byAgency, inYear.byAgency),
    ...rows('Why', inQuarter.byCriterion, inYear.byCriterion),
    ...inYear.rates.map(one => [
      `${one.label}${one.of === 'population' ? '' : ' (%)'}`,
      String(inQuarter.rates.find(each => each.code === one.code)?.value ?? ''),
      String(one.value ?? ''),
    ]),
    ...doneInYear.flatMap((one, place) => rows(one.title, doneInQuarter[place]!.counts, one.counts)),
  ]
  return file({
    content: csvMark + lines.map(csvLine).join(''),
    type: 'text/csv; charset=utf-8',
    name: `${of.series.name} ${quarter.key}.csv`,
  })
}
