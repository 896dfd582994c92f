import { audit } from '../../audit/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import { clearUndecided, countDoubts, keepDoubts } from '../doubts.ts'
import { recordsOf } from '../files/csv.ts'
import { kindsOf, noCounts, type Outcome } from '../import.ts'
import { changeImport } from '../imports.queries.ts'
import { clearProblems } from '../problems.ts'
import { type Knowledge, knowledgeFor } from '../read/knowledge.ts'
import { readCase } from '../read/read-case.ts'
import { cellsBy } from '../read/row.ts'
import { overCases } from './cases.ts'
import { newFileIndex } from './file-index.ts'
import { type ImportWork, type Job, Stopped, work } from './job.ts'
import { overNotes } from './notes.ts'
import { bytesOf, type CasesOfPerson, type Pass } from './pass.ts'
import { overPeople } from './people.ts'

/** Reads every row and writes nothing but what it found: what would be taken over, what is wrong with the rest, who may be a duplicate. */
export async function checkImport(parts: ImportWork, importId: string, userId: string): Promise<void> {
  await work(parts, importId, userId, 'checking', async job => {
    const pass = await beginPass(job, 'check')
    await job.inBatch({}, tx => clearUndecided(tx, importId))
    await overAll(pass)
    await job.inBatch(atEnd(pass), async (tx, actor) => {
      // Only a check that comes to its end lets go of what was decided: one that is interrupted has not read every row.
      await keepDoubts(tx, importId, pass.doubts)
      const checked = outcomeOf(pass)
      await changeImport(tx, importId, { state: 'checked', checked, checkedAt: parts.clock.now() })
      await audit(tx, actor, parts.clock.now(), {
        action: 'import-checked',
        subject: { type: 'import', id: importId },
        detail: { ...checked },
      })
    })
  })
}

/** Takes over all that can be: batch by batch, so that it can be interrupted and run again at any moment without anything being there twice. */
export async function runImport(parts: ImportWork, importId: string, userId: string): Promise<void> {
  await work(parts, importId, userId, 'running', async job => {
    const pass = await beginPass(job, 'run')
    await job.inBatch({}, async (tx, actor) => {
      const { undecided } = await countDoubts(tx, importId)
      if (undecided > 0) throw new Stopped(`${undecided} possible duplicates are still to be decided`)
      await audit(tx, actor, parts.clock.now(), {
        action: 'import-run',
        subject: { type: 'import', id: importId },
        detail: { system: job.import.system },
      })
    })
    await overAll(pass)
    await job.inBatch(atEnd(pass), async (tx, actor) => {
      const result = outcomeOf(pass)
      await changeImport(tx, importId, { state: 'done', result, runAt: parts.clock.now() })
      await audit(tx, actor, parts.clock.now(), {
        action: 'import-finished',
        subject: { type: 'import', id: importId },
        detail: { ...result },
      })
    })
  })
}

async function beginPass(job: Job, mode: Pass['mode']): Promise<Pass> {
  const theImport = job.import
  const known = await job.inBatch({}, async (tx, actor) => {
    await clearProblems(tx as Tx, theImport.id)
    return knowledgeFor(tx, actor, job.work.clock.now(), theImport)
  })
  if (known.places.length === 0) throw new Stopped('You no longer have a post in a team that these cases could go to')
  return {
    mode,
    job,
    import: theImport,
    known,
    counts: Object.fromEntries(kindsOf(theImport).map(kind => [kind, noCounts()])),
    seen: { people: new Map(), cases: new Map(), notes: new Map() },
    dropped: { people: new Map(), cases: new Map() },
    casesOfPerson: await casesByPerson(job, known),
    fileIndex: newFileIndex(),
    told: new Set(),
    doubts: new Set(),
    rowsDone: 0,
    bytesDone: 0,
    otherLines: 0,
  }
}

/** Who reads a person, and whether they come at all, is decided by their cases, which are read after them. */
async function casesByPerson(job: Job, known: Knowledge): Promise<ReadonlyMap<string, CasesOfPerson>> {
  const found = new Map<string, CasesOfPerson>()
  const { files, columns } = job.import
  if (!files.cases || !files.people) return found
  const keys = new Set<string>()
  for await (const { row, cells } of recordsOf(job.work.files, files.cases.key, files.cases)) {
    const by = cellsBy(columns.cases ?? [], cells)
    const person = by.person ?? ''
    // Of two rows with one number the first is taken, or nothing.
    const isRepeated = by.key !== undefined && keys.has(by.key)
    if (by.key) keys.add(by.key)
    const before = found.get(person)
    if (before && before !== 'elsewhere' && 'post' in before) continue
    const { case: readable, place, problems } = readCase(by, known)
    if (readable && place && !isRepeated) found.set(person, { post: place.post })
    else if (problems.some(problem => problem.severity === 'left-out')) found.set(person, before ?? 'elsewhere')
    else if (before === undefined || before === 'elsewhere') found.set(person, { waitsFor: row })
  }
  return found
}

async function overAll(pass: Pass): Promise<void> {
  await overPeople(pass)
  await overCases(pass)
  await overNotes(pass)
}

const atEnd = (pass: Pass) => ({ done: bytesOf(pass.import), of: bytesOf(pass.import), rows: pass.rowsDone })

const outcomeOf = (pass: Pass): Outcome => ({
  ...Object.fromEntries(kindsOf(pass.import).map(kind => [kind, pass.counts[kind] ?? noCounts()])),
  doubts: pass.mode === 'check' ? pass.doubts.size : (pass.import.checked?.doubts ?? 0),
  otherLines: pass.otherLines,
  seconds: Math.max(0.001, (pass.job.work.clock.now().getTime() - pass.job.startedAt.getTime()) / 1000),
})
