import type { VNode } from 'preact'
import { DataTable, Tag } from '../../ui/index.ts'
import { type Counts, type FileKind, fileKindWords, type Import, kindsOf, type Outcome, stateWords } from '../import.ts'

export const count = (many: number): string => many.toLocaleString('en-GB')
export const counted = (many: number, one: string, more = `${one}s`): string => `${count(many)} ${many === 1 ? one : more}`

export function StateTag({ state }: Pick<Import, 'state'>): VNode {
  const colour = {
    columns: 'yellow',
    checking: 'blue',
    checked: 'purple',
    running: 'blue',
    done: 'green',
    undoing: 'blue',
    undone: 'grey',
    stopped: 'red',
  }[state]
  return Tag({ text: stateWords[state], classes: `govuk-tag--${colour}` })
}

/** How many rows of each file were, or would be, what. Columns that are nought everywhere are left out. */
export function CountsTable({ theImport, outcome, isDone }: { theImport: Import; outcome: Outcome; isDone: boolean }): VNode {
  const rows = kindsOf(theImport).flatMap(kind => (outcome[kind] ? [{ kind, counts: outcome[kind] }] : []))
  const column = (heading: string, of: keyof Counts, always = false) =>
    always || rows.some(row => row.counts[of] > 0)
      ? [{ heading, numeric: true as const, cell: ({ counts }: { kind: FileKind; counts: Counts }) => count(counts[of]) }]
      : []
  return (
    <DataTable
      caption={isDone ? 'What became of the rows' : 'What would become of the rows'}
      rows={rows}
      keyOf={row => row.kind}
      columns={[
        { heading: 'File', rowHeader: true, cell: row => fileKindWords[row.kind].title, second: row => theImport.files[row.kind]?.name },
        ...column('Rows', 'rows', true),
        ...column(isDone ? 'Taken over' : 'To be taken over', 'taken', true),
        ...column('Same as somebody known', 'linked'),
        ...column('Taken over before', 'already'),
        ...column('Changed since', 'changed'),
        ...column('Rejected', 'rejected', true),
        ...column('Left out', 'leftOut'),
        ...column('With a warning', 'warnings'),
      ]}
    />
  )
}

export const totalOf = (outcome: Outcome, of: keyof Counts): number =>
  (['people', 'cases', 'notes'] as const).reduce((sum, kind) => sum + (outcome[kind]?.[of] ?? 0), 0)

/** 'about 3 minutes' */
export function timeLeft(seconds: number): string {
  if (seconds < 60) return 'less than a minute'
  const minutes = Math.round(seconds / 60)
  return minutes < 90 ? `about ${counted(minutes, 'minute')}` : `about ${counted(Math.round(minutes / 60), 'hour')}`
}
