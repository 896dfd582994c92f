import type { VNode } from 'preact'
import { audit } from '../../audit/index.ts'
import { formatInstant, today as londonToday } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { formatDate, type PlainDate } from '../../platform/plain-date.ts'
import { notFound } from '../../platform/web/answer.ts'
import type { Routes } from '../../platform/web/routes.ts'
import { DataTable, RiskTag, Words } from '../../ui/index.ts'
import { type CasesParts, caseName, casePage } from '../case-frame.tsx'
import { type CoWorker, coWorkersOf } from '../co-workers/co-workers.ts'
import { type Flag, flagsOfCase } from '../flags/flags.ts'
import { findCase } from '../load-case.ts'
import type { CaseEventKind } from '../status.ts'
import { type SupervisionRow, supervisionsOf } from '../supervise/supervise.ts'
import { eventWords } from '../words.ts'
import {
  type AllocationRow,
  allocationsOf,
  type ClosureRow,
  closuresOf,
  type ReviewRow,
  type RiskRow,
  reviewsOf,
  risksOf,
} from './case-facts.ts'

/** Everything that was ever said about where a case stands: risk, who had it, flags, reviews, closures, and each event in order. */
export function historyRoutes(routes: Routes, parts: CasesParts): void {
  routes.get('/cases/:caseId/history', { may: 'read-records' }, async visit => {
    const { tx, actor, clock } = visit
    const theCase = await findCase(tx, actor, visit.params['caseId'] ?? '')
    if (!theCase?.whole) return notFound()
    await audit(tx, actor, clock.now(), {
      action: 'case-history-opened',
      subject: { type: 'case', id: theCase.id },
      personId: theCase.personId,
      caseId: theCase.id,
    })
    const body = (
      <>
        <h1 class="govuk-heading-l">History</h1>
        <RiskHistory rows={await risksOf(tx, theCase.id)} />
        <AllocationHistory rows={await allocationsOf(tx, theCase.id)} />
        <CoWorkerHistory rows={await coWorkersOf(tx, theCase.id)} />
        <FlagHistory rows={await flagsOfCase(tx, theCase.id)} />
        <ReviewHistory rows={await reviewsOf(tx, theCase.id)} today={londonToday(clock)} />
        <SupervisionHistory rows={await supervisionsOf(tx, theCase.id)} />
        <ClosureHistory rows={await closuresOf(tx, theCase.id)} />
        <Events rows={await eventsOf(tx, theCase.id)} />
      </>
    )
    return casePage(visit, parts, theCase, { title: `History – ${caseName(theCase)}`, current: 'history' }, body)
  })
}

function RiskHistory({ rows }: { rows: readonly RiskRow[] }): VNode {
  return (
    <section id="risk-history">
      <DataTable
        caption="Risk levels"
        rows={rows}
        empty={<None what="Risk levels" words="Nobody has rated the risk yet." />}
        columns={[
          {
            heading: 'Level',
            cell: row => <RiskTag level={row.level} />,
            second: row => (row.isInitial ? 'At the beginning' : undefined),
            rowHeader: true,
          },
          { heading: 'From', cell: row => formatDate(row.ratedOn) },
          { heading: 'Why', cell: row => row.reason },
          { heading: 'Who', cell: row => row.author, second: row => `recorded ${formatInstant(row.recordedAt)}` },
        ]}
      />
    </section>
  )
}

function AllocationHistory({ rows }: { rows: readonly AllocationRow[] }): VNode {
  return (
    <section id="allocations">
      <DataTable
        caption="Who had the case"
        rows={rows}
        empty={<None what="Who had the case" words="It has not been allocated yet." />}
        columns={[
          { heading: 'Who', cell: row => row.workerName ?? 'Waiting for a worker', second: row => row.teamName, rowHeader: true },
          { heading: 'From', cell: row => formatDate(row.fromOn) },
          { heading: 'To', cell: row => (row.toOn ? formatDate(row.toOn) : 'Now') },
          {
            heading: 'Why',
            cell: row => row.reason || 'Not said',
            second: row => (row.handOver ? `Handed over with: ${row.handOver}` : undefined),
          },
          { heading: 'Recorded by', cell: row => row.author },
        ]}
      />
    </section>
  )
}

function CoWorkerHistory({ rows }: { rows: readonly CoWorker[] }): VNode | null {
  if (rows.length === 0) return null
  return (
    <DataTable
      caption="Who worked with it too"
      rows={rows}
      columns={[
        { heading: 'Who', cell: row => row.name, second: row => row.teamName, rowHeader: true },
        { heading: 'From', cell: row => formatDate(row.fromOn) },
        { heading: 'To', cell: row => (row.toOn ? formatDate(row.toOn) : 'Now') },
        { heading: 'What they do', cell: row => row.reason, second: row => (row.endedBecause ? `Ended: ${row.endedBecause}` : undefined) },
        { heading: 'Recorded by', cell: row => row.author },
      ]}
    />
  )
}

function FlagHistory({ rows }: { rows: readonly Flag[] }): VNode | null {
  if (rows.length === 0) return null
  return (
    <DataTable
      caption="Flags"
      rows={rows}
      columns={[
        { heading: 'Flag', cell: row => row.label, second: row => row.note || undefined, rowHeader: true },
        { heading: 'Raised', cell: row => formatDate(row.raisedOn), second: row => row.author },
        {
          heading: 'Resolved',
          cell: row => (row.resolvedAt ? formatInstant(row.resolvedAt) : 'Stands'),
          second: row => row.resolvedBy ?? undefined,
        },
        { heading: 'Why resolved', cell: row => row.resolvedReason ?? '' },
      ]}
    />
  )
}

function ReviewHistory({ rows, today }: { rows: readonly ReviewRow[]; today: PlainDate }): VNode | null {
  if (rows.length === 0) return null
  return (
    <DataTable
      caption="Reviews"
      rows={rows}
      columns={[
        {
          heading: 'Held',
          cell: row => (row.heldOn ? formatDate(row.heldOn) : row.dueOn < today ? 'Not held' : 'Planned'),
          second: row => `due ${formatDate(row.dueOn)}`,
          rowHeader: true,
        },
        { heading: 'Outcome', cell: row => row.outcome ?? '' },
        { heading: 'What was said', cell: row => row.summary, second: row => row.present || undefined },
        { heading: 'Recorded by', cell: row => row.author },
      ]}
    />
  )
}

function SupervisionHistory({ rows }: { rows: readonly SupervisionRow[] }): VNode | null {
  if (rows.length === 0) return null
  return (
    <section id="supervision">
      <DataTable
        caption="Supervision"
        rows={rows}
        columns={[
          {
            heading: 'Held',
            cell: row => formatDate(row.heldOn),
            second: row => (row.kind === 'comment' ? 'Comment' : row.workerName ? `with ${row.workerName}` : undefined),
            rowHeader: true,
          },
          { heading: 'Talked about', cell: row => <Words text={row.discussed} /> },
          { heading: 'Agreed', cell: row => <Words text={row.agreed} /> },
          { heading: 'Next', cell: row => (row.nextDueOn ? formatDate(row.nextDueOn) : '') },
          { heading: 'Recorded by', cell: row => row.author, second: row => formatInstant(row.recordedAt) },
        ]}
      />
    </section>
  )
}

function ClosureHistory({ rows }: { rows: readonly ClosureRow[] }): VNode | null {
  if (rows.length === 0) return null
  return (
    <DataTable
      caption="Closures"
      rows={rows}
      columns={[
        { heading: 'Closed', cell: row => formatDate(row.closedOn), second: row => row.author, rowHeader: true },
        { heading: 'Why', cell: row => row.reason, second: row => row.outcome },
        {
          heading: 'Summary',
          cell: row => row.summary,
          second: row => (row.openActions > 0 ? `${row.openActions} not done: ${row.openActionsBecause}` : undefined),
        },
        {
          heading: 'Opened again',
          cell: row => (row.reopenedOn ? formatDate(row.reopenedOn) : ''),
          second: row => (row.reopenedBy ? `${row.reopenedBy}: ${row.reopenedBecause}` : undefined),
        },
      ]}
    />
  )
}

type EventRow = { position: number; kind: CaseEventKind; data: unknown; occurredOn: PlainDate; recordedAt: Date; author: string }
async function eventsOf(tx: Tx, caseId: string): Promise<EventRow[]> {
  const rows = await tx
    .selectFrom('case_events')
    .select(['position', 'kind', 'data', 'occurred_on', 'recorded_at', 'author'])
    .where('case_id', '=', caseId)
    .orderBy('position', 'desc')
    .execute()
  return rows.map(row => ({
    position: row.position,
    kind: row.kind as CaseEventKind,
    data: row.data,
    occurredOn: row.occurred_on as PlainDate,
    recordedAt: row.recorded_at,
    author: row.author,
  }))
}

function Events({ rows }: { rows: readonly EventRow[] }): VNode {
  return (
    <DataTable
      caption="Everything that happened, latest first"
      rows={rows}
      columns={[
        { heading: 'What', cell: row => eventWords(row.kind, row.data), rowHeader: true },
        { heading: 'When', cell: row => formatDate(row.occurredOn) },
        { heading: 'Recorded', cell: row => formatInstant(row.recordedAt), second: row => row.author },
      ]}
    />
  )
}

function None({ what, words }: { what: string; words: string }): VNode {
  return (
    <>
      <h2 class="govuk-heading-s">{what}</h2>
      <p class="govuk-body">{words}</p>
    </>
  )
}
