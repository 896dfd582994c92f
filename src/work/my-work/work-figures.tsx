import type { VNode } from 'preact'
import { Figures } from '../../ui/index.ts'
import type { CaseloadCounts } from '../caseload/caseload.queries.ts'
import type { Go } from '../caseload/filters.ts'

/** What somebody has to do, in figures that lead to the rows they count. */
export function WorkFigures({ counts, go, hasNew = true }: { counts: CaseloadCounts; go: Go; hasNew?: boolean }): VNode {
  return (
    <Figures
      label="What needs doing"
      items={[
        { count: counts.overdue, label: 'overdue', href: go({ due: 'overdue' }), urgent: true },
        { count: counts.today, label: 'due today', href: go({ due: 'today' }) },
        { count: counts.week, label: 'due in a week', href: go({ due: 'week' }) },
        { count: counts.quiet, label: 'no contact for 14 days', href: go({ without: 'contact' }) },
        ...(hasNew ? [{ count: counts.fresh, label: 'new since last time', href: go({ fresh: '1' }) }] : []),
      ]}
    />
  )
}
