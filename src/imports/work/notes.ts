import { type NoteToTakeOver, takeOverNotes } from '../../cases/index.ts'
import { insertKeys, keysOf, type NewKey } from '../keys.ts'
import type { RowProblem } from '../problems.ts'
import { readNote } from '../read/read-note.ts'
import type { Problem } from '../read/row.ts'
import { countsOf, drop, overFile, type Pass, problemsFor, type Row, settled } from './pass.ts'

/** Reads the case notes, and takes them over when that is what the pass is for. */
export async function overNotes(pass: Pass): Promise<void> {
  const counts = countsOf(pass, 'notes')
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
      const settledAs = settled(pass, 'notes', row, keys.get(row.key), () => readNote(row.cells, pass.known).problems)
      if (settledAs) {
        problems.push(...problemsOf(row.row, settledAs))
        continue
      }
      const read = readNote(row.cells, pass.known)
      const known = cases.get(caseKey)
      const isThere = known !== undefined || (pass.mode === 'check' && pass.seen.cases.has(caseKey) && !pass.dropped.cases.has(caseKey))
      const noCase = caseKey !== '' && !isThere ? whyNoCase(pass, caseKey) : undefined
      // What is wrong with a note of a case that is not taken over needs no mending.
      const found = noCase?.severity === 'left-out' ? [noCase] : [...read.problems, ...(noCase ? [noCase] : [])]
      problems.push(...problemsOf(row.row, found))
      if (!read.note || !isThere) {
        drop(pass, 'notes', row, found)
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

function whyNoCase(pass: Pass, key: string): Problem {
  const dropped = pass.dropped.cases.get(key)
  const { system } = pass.import
  if (dropped?.why === 'left-out')
    return { severity: 'left-out', field: 'case', message: `Row ${dropped.row} of the cases, which this note is of, is left out` }
  const reject = (message: string): Problem => ({ severity: 'rejected', field: 'case', message })
  if (dropped) return reject(`Row ${dropped.row} of the cases, which this note is of, is rejected. Mend that row first`)
  const named = `“${key.slice(0, 40)}”`
  if (pass.import.files.cases)
    return reject(
      `No case has the number ${named}: neither in the file of cases nor among those taken over from ${system}. Correct the number`,
    )
  return reject(`No case with the number ${named} has been taken over from ${system}. Import the cases first, or together with the notes`)
}
