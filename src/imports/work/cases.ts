import { type CaseToTakeOver, takeOverCases } from '../../cases/index.ts'
import { insertKeys, keysOf } from '../keys.ts'
import type { RowProblem } from '../problems.ts'
import { readCase } from '../read/read-case.ts'
import type { Problem } from '../read/row.ts'
import { countsOf, drop, overFile, type Pass, problemsFor, type Row, settled } from './pass.ts'

/** Reads the cases, and takes them over when that is what the pass is for. */
export async function overCases(pass: Pass): Promise<void> {
  const counts = countsOf(pass, 'cases')
  const problemsOf = problemsFor(pass, 'cases')
  await overFile(pass, 'cases', async (tx, actor, rows) => {
    const keys = await keysOf(
      tx,
      pass.import,
      'case',
      rows.map(row => row.key),
    )
    const people = await keysOf(
      tx,
      pass.import,
      'person',
      rows.map(row => row.cells.person ?? ''),
    )
    const problems: RowProblem[] = []
    const fresh: { row: Row; post: number; case: CaseToTakeOver }[] = []
    for (const row of rows) {
      counts.rows++
      const person = row.cells.person ?? ''
      const known = settled(pass, 'cases', row, keys.get(row.key), () => readCase(row.cells, pass.known).problems)
      if (known) {
        problems.push(...problemsOf(row.row, known))
        continue
      }
      const read = readCase(row.cells, pass.known)
      const personId = people.get(person)?.recordId ?? (pass.mode === 'check' && willBeThere(pass, person) ? 'to be' : undefined)
      const isElsewhere = read.problems.some(problem => problem.severity === 'left-out')
      // Whoever waits for this very row needs no mending.
      const isAwaited = pass.dropped.people.get(person)?.why === 'waits'
      const found = [...read.problems, ...(person !== '' && !personId && !isElsewhere && !isAwaited ? [whyNobody(pass, person)] : [])]
      problems.push(...problemsOf(row.row, found))
      if (!read.case || !read.place || !personId) {
        drop(pass, 'cases', row, found)
        continue
      }
      counts.taken++
      counts.warnings += found.length > 0 ? 1 : 0
      fresh.push({ row, post: read.place.post, case: { ...read.case, personId } })
    }
    if (pass.mode === 'run') {
      const now = pass.job.work.clock.now()
      const taken = await takeOverCases(
        tx,
        actor,
        now,
        pass.import.system,
        fresh.map(one => one.case),
      )
      await insertKeys(
        tx,
        pass.import,
        'case',
        now,
        fresh.map(({ row, post }, place) => ({
          key: row.key,
          hash: row.hash,
          post,
          recordId: taken[place]!.caseId,
          version: taken[place]!.version,
        })),
      )
    }
    return problems
  })
}

const willBeThere = (pass: Pass, person: string): boolean => pass.seen.people.has(person) && !pass.dropped.people.has(person)

function whyNobody(pass: Pass, person: string): Problem {
  const dropped = pass.dropped.people.get(person)
  const { system } = pass.import
  if (dropped?.why === 'left-out')
    return { severity: 'left-out', field: 'person', message: `Row ${dropped.row} of the people, whose case this is, is left out` }
  const reject = (message: string): Problem => ({ severity: 'rejected', field: 'person', message })
  if (dropped) return reject(`Row ${dropped.row} of the people, whose case this is, is rejected. Mend that row first`)
  const named = `“${person.slice(0, 40)}”`
  if (pass.import.files.people)
    return reject(
      `No person has the number ${named}: neither in the file of people nor among those taken over from ${system}. Correct the number, or add the person`,
    )
  return reject(`Nobody with the number ${named} has been taken over from ${system}. Import the people first, or together with the cases`)
}
