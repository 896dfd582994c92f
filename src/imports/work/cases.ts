import { type CaseToTakeOver, takeOverCases } from '../../cases/index.ts'
import { noCounts } from '../import.ts'
import { insertKeys, keysOf } from '../keys.ts'
import type { RowProblem } from '../problems.ts'
import { readCase } from '../read/read-case.ts'
import { changedSince, overFile, type Pass, problemsFor, type Row, repeated } from './pass.ts'

/** Reads the cases, and takes them over when that is what the pass is for. */
export async function overCases(pass: Pass): Promise<void> {
  const counts = pass.counts.cases ?? noCounts()
  pass.counts.cases = counts
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
      const twice = repeated(pass, 'cases', row)
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
      const read = readCase(row.cells, pass.known)
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
      const personId = people.get(person)?.recordId ?? (pass.mode === 'check' && willBeThere(pass, person) ? 'to be' : undefined)
      const found = [...read.problems]
      if (person !== '' && !personId) found.push({ severity: 'rejected', field: 'person', message: whyNobody(pass, person) })
      problems.push(...problemsOf(row.row, found))
      if (!read.case || !read.place || !personId) {
        counts.rejected++
        pass.dropped.cases.set(row.key, row.row)
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

function whyNobody(pass: Pass, person: string): string {
  const dropped = pass.dropped.people.get(person)
  const { system } = pass.import
  if (dropped !== undefined) return `Row ${dropped} of the people, whose case this is, is not taken over. Mend that row first`
  if (pass.import.files.people)
    return `No person has the number “${person.slice(0, 40)}”: neither in the file of people nor among those taken over from ${system}. Correct the number, or add the person`
  return `Nobody with the number “${person.slice(0, 40)}” has been taken over from ${system}. Import the people first, or together with the cases`
}
