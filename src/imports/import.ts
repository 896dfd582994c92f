import type { Format } from './files/csv.ts'

export const fileKinds = ['people', 'cases', 'notes'] as const
export type FileKind = (typeof fileKinds)[number]
export const fileKindWords: { [kind in FileKind]: { title: string; one: string } } = {
  people: { title: 'People', one: 'person' },
  cases: { title: 'Cases', one: 'case' },
  notes: { title: 'Case notes', one: 'case note' },
}

/** A file as it was looked at when it came. */
export type ImportFile = Format & { name: string; bytes: number; key: string; headings: string[]; samples: string[][] }

/** By kind: which field each column is, by its place; '' for a column that is left out. */
export type Columns = { [kind in FileKind]?: string[] }

export type ImportState = 'columns' | 'checking' | 'checked' | 'running' | 'done' | 'undoing' | 'undone' | 'stopped'

/** What became of the rows of one file. Of a check: what would become of them. */
export type Counts = {
  rows: number
  /** Taken over, or to be. */
  taken: number
  /** People only: the same as somebody on record, or as another row. */
  linked: number
  /** Taken over by an earlier import. */
  already: number
  /** The same, but the row has changed since. Not written over. */
  changed: number
  rejected: number
  leftOut: number
  warnings: number
}
export const noCounts = (): Counts => ({ rows: 0, taken: 0, linked: 0, already: 0, changed: 0, rejected: 0, leftOut: 0, warnings: 0 })

export type Outcome = { [kind in FileKind]?: Counts } & {
  doubts: number /** Lines that were not UTF-8. */
  otherLines: number
  seconds: number
}

/** How far a job has come. `of` is bytes for reading, records for undoing. */
export type Progress = { what?: FileKind | 'records'; done?: number; of?: number; rows?: number; startedAt?: string; at?: string }

/** A record that stayed when an import was undone. */
export type Kept = { personId: string; caseIds: string[] }

export type Import = {
  id: string
  system: string
  teamId: string
  teamName: string
  startedBy: string
  startedById: string
  owner: number
  agency: number
  posts: number[]
  peopleWithoutCase: 'take-over' | 'leave-out'
  files: { [kind in FileKind]?: ImportFile }
  columns: Columns
  mappingName: string
  state: ImportState
  stoppedIn: string
  stoppedBecause: string
  progress: Progress
  checked: Outcome | null
  result: Outcome | null
  kept: Kept[]
  createdAt: Date
  checkedAt: Date | null
  runAt: Date | null
  undoneAt: Date | null
  /** The stored files were removed: nothing can be read from them any more. */
  filesRemovedAt: Date | null
}

/** The files that an import has, in the order in which they are read. */
export const kindsOf = (theImport: Pick<Import, 'files'>): FileKind[] => fileKinds.filter(kind => theImport.files[kind] !== undefined)

export const stateWords: { [state in ImportState]: string } = {
  columns: 'Say what the columns are',
  checking: 'Being checked',
  checked: 'Checked',
  running: 'Being taken over',
  done: 'Taken over',
  undoing: 'Being undone',
  undone: 'Undone',
  stopped: 'Stopped',
}
