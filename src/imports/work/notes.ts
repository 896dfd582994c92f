import { type NoteToTakeOver, takeOverNotes } from '../../cases/index.ts'
import { noCounts } from '../import.ts'
import { insertKeys, keysOf, type NewKey } from '../keys.ts'
import type { RowProblem } from '../problems.ts'
import { readNote } from '../read/read-note.ts'
import { changedSince, overFile, type Pass, problemsFor, type Row, repeated } from './pass.ts'

/** Reads the case notes, and takes them over when that is what the pass is for. */
export async function overNotes(pass: Pass): Promise<void> {
  const counts = pass.counts.notes ?? noCounts()
  pass.counts.notes = counts
  const problemsOf = problemsFor(pass, 'notes')
  await overFile(pass, 'notes', async (tx, actor, all) => {
    // A file without numbers of its own: what a note says is its number, so that it too is taken over once.
    const rows = all.map(row => (row.key === '' ? { ...row, key: `#${row.hash}` } : row))
    const keys = await keysOf(
      tx,
      pass.import,
      'note',
      rows.map(row => row.key),
    )
    const cases = await keysOf(
      tx,
      pass.import,
      'case',
      rows.map(row => row.cells.case ?? ''),
    )
    const problems: RowProblem[] = []
    const fresh: { row: Row; post: number; note: NoteToTakeOver; warned: boolean }[] = []
    for (const row of rows) {
      counts.rows++
      const caseKey = row.cells.case ?? ''
      const twice = repeated(pass, 'notes', row)
      const before = keys.get(row.key)
      if (twice) {
        problems.push(...problemsOf(row.row, [twice]))
        counts[twice.severity === 'rejected' ? 'rejected' : 'leftOut']++
        continue
      }
      if (before && before.hash !== row.hash) {
        problems.push(...problemsOf(row.row, [changedSince]))
        counts.changed++
        continue
      }
      const read = readNote(row.cells, pass.known)
      if (before) {
        const isOwn = before.importId === pass.import.id
        counts[isOwn ? 'taken' : 'already']++
        if (isOwn)
          problems.push(
            ...problemsOf(
              row.row,
              read.problems.filter(problem => problem.severity === 'warning'),
            ),
          )
        continue
      }
      const known = cases.get(caseKey)
      const isThere = known !== undefined || (pass.mode === 'check' && pass.seen.cases.has(caseKey) && !pass.dropped.cases.has(caseKey))
      const found = [...read.problems]
      if (caseKey !== '' && !isThere) found.push({ severity: 'rejected', field: 'case', message: whyNoCase(pass, caseKey) })
      problems.push(...problemsOf(row.row, found))
      if (!read.note || !isThere) {
        counts.rejected++
        continue
      }
      counts.taken++
      counts.warnings += found.length > 0 ? 1 : 0
      fresh.push({ row, post: known?.post ?? 0, note: { ...read.note, caseId: known?.recordId ?? '' }, warned: found.length > 0 })
    }
    if (pass.mode === 'check') return problems
    const now = pass.job.work.clock.now()
    const ids = await takeOverNotes(
      tx,
      actor,
      now,
      pass.import.system,
      fresh.map(one => one.note),
    )
    const added: NewKey[] = []
    for (const [place, { row, post, warned }] of fresh.entries()) {
      const recordId = ids[place]
      if (recordId) added.push({ key: row.key, hash: row.hash, post, recordId })
      else {
        counts.taken--
        counts.rejected++
        if (warned) counts.warnings--
        problems.push(
          ...problemsOf(row.row, [
            {
              severity: 'rejected',
              field: 'case',
              message: 'The case is no longer yours to add to: it was restricted, handed over or removed. Ask its team',
            },
          ]),
        )
      }
    }
    await insertKeys(tx, pass.import, 'note', now, added)
    return problems
  })
}

function whyNoCase(pass: Pass, key: string): string {
  const dropped = pass.dropped.cases.get(key)
  if (dropped !== undefined) return `Row ${dropped} of the cases, which this note is of, is not taken over. Mend that row first`
  if (pass.import.files.cases)
    return `No case has the number “${key.slice(0, 40)}”: neither in the file of cases nor among those taken over from ${pass.import.system}. Correct the number`
  return `No case with the number “${key.slice(0, 40)}” has been taken over from ${pass.import.system}. Import the cases first, or together with the notes`
}
