import type { ComponentChildren, VNode } from 'preact'
import { riskLevels, riskWords } from '../../cases/index.ts'
import { today as londonToday } from '../../platform/clock.ts'
import { upperFirst } from '../../platform/first-letter.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, Checkboxes, Details, FilterChips, Pagination, PrintButton, Select } from '../../ui/index.ts'
import { ageBands } from '../ageing.ts'
import { type AsOf, type CaseloadRow, caseloadOf, countOf, rowsAPage, type Whose } from './caseload.queries.ts'
import { CaseloadTable } from './caseload-table.tsx'
import { addressOf, type CaseloadWish, columnWords, type Go, orders, readCaseload, stages } from './filters.ts'

export const usualColumns = ['service', 'risk', 'next', 'due', 'contact'] as const
export const usualColumnsOfTeam = ['service', 'risk', 'next', 'due', 'worker', 'contact'] as const

/** A list as an address asks for it. */
export type AskedList = { whose: Whose; here: string; wish: CaseloadWish; go: Go; asOf: AsOf; query: URLSearchParams }

export function askedList(
  visit: Visit,
  { whose, here, isTeam, since = null }: { whose: Whose; here: string; isTeam: boolean; since?: Date | null },
): AskedList {
  const { query, clock } = visit
  return {
    whose,
    here,
    query,
    wish: readCaseload(query, isTeam ? usualColumnsOfTeam : usualColumns),
    go: addressOf(here, query),
    asOf: { today: londonToday(clock), since },
  }
}

export type FoundList = { rows: readonly CaseloadRow[]; found: number; isNarrowed: boolean }

/** The page of the list, and how many there are in all: `all` when nothing narrows it. */
export async function findList({ tx }: Visit, { whose, wish, asOf }: AskedList, all: Promise<number>): Promise<FoundList> {
  const { filters, order, pageNumber } = wish
  const isNarrowed = Object.keys(filters).length > 0
  const [rows, found] = await Promise.all([
    caseloadOf(tx, whose, { filters, order, offset: (pageNumber - 1) * rowsAPage }, asOf),
    isNarrowed ? countOf(tx, whose, filters, asOf) : all,
  ])
  return { rows, found, isNarrowed }
}

type CaseListProps = AskedList & FoundList & { caption: string; empty: string; views?: ComponentChildren; links?: ComponentChildren }

/** Orders and saved views, what narrows the list, its columns, the rows, and its pages. */
export function CaseList({
  query,
  wish,
  go,
  asOf,
  rows,
  found,
  isNarrowed,
  caption,
  empty,
  views,
  links,
  here,
  whose,
}: CaseListProps): VNode {
  const count = found === 1 ? '1 case' : `${found} cases`
  return (
    <section id="cases">
      <FilterChips
        label="Order"
        heading={<h2>{count}</h2>}
        items={Object.entries(orders).map(([key, text]) => ({
          text,
          href: go({ order: key }, true),
          current: wish.order === key,
        }))}
      />
      {views}
      <p class="govuk-body ly-list-links">
        {links}
        <a class="govuk-link" href={go({ as: 'csv' }, true)}>
          Download as CSV
        </a>{' '}
        <PrintButton />
      </p>
      <Details
        classes="ly-filter"
        summaryText="Filter and columns"
        open={isNarrowed}
        children={<Narrow query={query} wish={wish} here={here} whose={whose} isNarrowed={isNarrowed} go={go} />}
      />
      <CaseloadTable
        rows={rows}
        today={asOf.today}
        caption={caption}
        columns={wish.columns}
        empty={isNarrowed ? 'Nothing here matches. Show all to see the others.' : empty}
      />
      <Pages found={found} pageNumber={wish.pageNumber} go={go} />
    </section>
  )
}

/** What the form below does not ask for stays in the address. */
const asked = ['stage', 'risk', 'due', 'open', 'column', 'page', 'as']

function Narrow({
  query,
  wish,
  here,
  whose,
  isNarrowed,
  go,
}: Pick<CaseListProps, 'query' | 'wish' | 'here' | 'whose' | 'isNarrowed' | 'go'>): VNode {
  const choice = (name: string, label: string, every: string, items: readonly { value: string; text: string }[]) => (
    <Select name={name} label={label} value={query.get(name) ?? ''} items={[{ value: '', text: every }, ...items]} />
  )
  return (
    <form method="get" action={here}>
      {[...query]
        .filter(([name, value]) => value !== '' && !asked.includes(name))
        .map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
      <div class="ly-narrow-by">
        {'teamId' in whose
          ? choice(
              'stage',
              'Stage',
              'Every stage',
              Object.entries(stages).map(([value, text]) => ({ value, text })),
            )
          : null}
        {choice(
          'risk',
          'Risk',
          'Every level',
          riskLevels.map(level => ({ value: level, text: upperFirst(riskWords[level]) })),
        )}
        {choice('due', 'Due', 'Whenever', [
          { value: 'overdue', text: 'Overdue' },
          { value: 'today', text: 'Today' },
          { value: 'week', text: 'In a week' },
        ])}
        {choice(
          'open',
          'Open for',
          'However long',
          ageBands.map(band => ({ value: band.key, text: band.words })),
        )}
      </div>
      <Checkboxes
        name="column"
        classes="govuk-checkboxes--small ly-checkboxes-inline"
        fieldset={{ legend: { text: 'Columns', classes: 'govuk-fieldset__legend--s' } }}
        items={Object.entries(columnWords).map(([value, text]) => ({ value, text, checked: wish.columns.some(key => key === value) }))}
      />
      <div class="govuk-button-group">
        <Button text="Show" classes="govuk-button--secondary" />
        {isNarrowed ? (
          <a class="govuk-link" href={go({ risk: '' })}>
            Show all
          </a>
        ) : null}
      </div>
    </form>
  )
}

function Pages({ found, pageNumber, go }: { found: number; pageNumber: number; go: Go }): VNode | null {
  const last = Math.ceil(found / rowsAPage)
  if (last <= 1) return null
  const to = (number: number) => go({ page: String(number) }, true)
  return (
    <Pagination
      landmarkLabel="Pages of cases"
      previous={pageNumber > 1 ? { href: to(pageNumber - 1) } : undefined}
      next={pageNumber < last ? { href: to(pageNumber + 1) } : undefined}
      items={[...new Set([1, pageNumber - 1, pageNumber, pageNumber + 1, last])]
        .filter(number => number >= 1 && number <= last)
        .map(number => ({ number, href: to(number), current: number === pageNumber }))}
    />
  )
}
