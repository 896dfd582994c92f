import { riskLevels } from '../../cases/index.ts'
import { isId } from '../../platform/id.ts'
import type { RiskLevel } from '../../ui/index.ts'
import { type AgeBand, ageBands } from '../ageing.ts'

export const orders = {
  due: 'What to do next',
  risk: 'By risk',
  contact: 'Longest without contact',
  new: 'Newest first',
  oldest: 'Longest open',
} as const
export type CaseloadOrder = keyof typeof orders

export const stages = { triage: 'Waiting for triage', allocation: 'Waiting for a worker', work: 'With a worker' } as const

/** What narrows a list of work. All of it stands in the address, so that a list can be sent and kept. */
export type CaseloadFilters = {
  due?: 'overdue' | 'today' | 'week'
  risk?: RiskLevel
  stage?: keyof typeof stages
  without?: 'contact'
  fresh?: true
  review?: 'due' | 'overdue'
  supervision?: 'overdue'
  open?: AgeBand
  /** Of a team's cases, those of one worker. */
  worker?: string
}

/** Columns that may be chosen beside the person, in the order in which they stand. */
export const columnWords = {
  service: 'Service and stage',
  risk: 'Risk',
  next: 'Next step',
  due: 'Due',
  worker: 'Worker',
  contact: 'Last contact',
  open: 'Open since',
  review: 'Review',
  supervision: 'Supervision',
} as const
export type ColumnKey = keyof typeof columnWords
const columnKeys = Object.keys(columnWords) as ColumnKey[]

export type CaseloadWish = { filters: CaseloadFilters; order: CaseloadOrder; columns: readonly ColumnKey[]; pageNumber: number }

/** Reads an address. What is not one of ours is as if it were not there. */
export function readCaseload(query: URLSearchParams, usual: readonly ColumnKey[]): CaseloadWish {
  const filters: CaseloadFilters = {}
  const due = one(query, 'due', ['overdue', 'today', 'week'])
  if (due) filters.due = due
  const risk = one(query, 'risk', riskLevels)
  if (risk) filters.risk = risk
  const stage = one(query, 'stage', ['triage', 'allocation', 'work'])
  if (stage) filters.stage = stage
  if (query.get('without') === 'contact') filters.without = 'contact'
  if (query.get('fresh') === '1') filters.fresh = true
  const review = one(query, 'review', ['due', 'overdue'])
  if (review) filters.review = review
  if (query.get('supervision') === 'overdue') filters.supervision = 'overdue'
  const open = one(
    query,
    'open',
    ageBands.map(band => band.key),
  )
  if (open) filters.open = open
  const worker = query.get('worker') ?? ''
  if (isId(worker)) filters.worker = worker
  const chosen = columnKeys.filter(key => query.getAll('column').includes(key))
  return {
    filters,
    order: one(query, 'order', Object.keys(orders) as CaseloadOrder[]) ?? 'due',
    columns: chosen.length > 0 ? chosen : usual,
    pageNumber: Math.min(Math.max(Number.parseInt(query.get('page') ?? '1', 10) || 1, 1), 1_000),
  }
}

/** The figures at the top replace each other; everything else of an address stays beside them. */
const figures = ['due', 'without', 'fresh', 'review', 'supervision', 'open', 'stage', 'worker']

/** The same list with something changed. `keep` keeps what the figures have narrowed too. */
export type Go = (change: Record<string, string>, keep?: boolean) => string

export const addressOf =
  (here: string, query: URLSearchParams): Go =>
  (change, keep = false) => {
    const kept = [...query].filter(([name, value]) => value !== '' && name !== 'page' && name !== 'as' && (keep || !figures.includes(name)))
    const changed = new URLSearchParams(kept)
    for (const [name, value] of Object.entries(change))
      if (value) changed.set(name, value)
      else changed.delete(name)
    const asked = changed.toString()
    return asked ? `${here}?${asked}` : here
  }

function one<T extends string>(query: URLSearchParams, name: string, allowed: readonly T[]): T | undefined {
  const given = query.get(name)
  return allowed.find(value => value === given)
}
