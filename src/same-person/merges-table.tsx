import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { formatClientId, type MergeOnRecord, type Person } from '../people/index.ts'
import { formatInstant } from '../platform/clock.ts'
import { DataTable } from '../ui/index.ts'

/** What was merged into a record, and what of it was taken back. Nothing where nothing was. */
export function MergesTable({
  record,
  merges,
  mayUndo,
  named,
}: {
  record: Pick<Person, 'id'>
  merges: readonly MergeOnRecord[]
  /** Ids of those that the reader may take back. */
  mayUndo: readonly string[]
  /** Who merged, as far as the reader may know of their service. */
  named: (author: string) => string
}): VNode | null {
  if (merges.length === 0) return null
  return (
    <DataTable<MergeOnRecord>
      caption="Merged into this record"
      rows={merges}
      keyOf={one => one.id}
      columns={[
        { heading: 'Record', rowHeader: true, cell: one => `LY ${formatClientId(one.mergedClientId)}` },
        { heading: 'When', cell: one => formatInstant(one.mergedAt), second: one => named(one.mergedBy) },
        { heading: 'Why', cell: one => one.reason },
        {
          heading: 'Undo',
          cell: one =>
            one.undoneAt ? (
              `Undone ${formatInstant(one.undoneAt)}`
            ) : mayUndo.includes(one.id) ? (
              <a class="govuk-link" href={paths.samePerson.undoMerge(record.id, one.id)}>
                Undo<span class="govuk-visually-hidden"> the merge of LY {formatClientId(one.mergedClientId)}</span>
              </a>
            ) : (
              ''
            ),
          second: one => one.undoneBy && `${named(one.undoneBy)}: ${one.undoneReason}`,
        },
      ]}
    />
  )
}
