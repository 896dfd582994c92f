import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { sureFrom } from '../people/index.ts'
import { type Actor, asActor, may } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { beginImport } from './begin-import.ts'
import { fieldLabel } from './columns/fields.ts'
import { columnErrors, guessColumns } from './columns/guess.ts'
import { candidateName, type Decided, decide, doubtsOf } from './doubts.ts'
import { type FileKind, fileKinds, type Import, kindsOf, type Outcome } from './import.ts'
import { changeImport, findImport, savedMappings } from './imports.queries.ts'
import { problemGroups, problemsOf } from './problems.ts'
import { problemsFile } from './problems-file.ts'
import { placesOf } from './read/knowledge.ts'
import { checkImport, runImport } from './work/check-and-run.ts'
import { askFor, type ImportWork } from './work/job.ts'
import { undoImport } from './work/undo-import.ts'

/** What was asked for on the command line. */
export type ImportWish = {
  files: { [kind in FileKind]?: string }
  system: string
  team: string
  /** A mapping kept by name; without it the headings are guessed from. */
  mapping: string | undefined
  peopleWithoutCase: Import['peopleWithoutCase']
  /** What to do with possible duplicates; undefined leaves them to be decided on the page. */
  duplicates: 'new' | 'likely' | 'leave-out' | undefined
  checkOnly: boolean
  /** Where the files of rows to be mended are written. */
  out: string
}

/** The wish cannot be fulfilled: the message says what to do. */
export class ImportRefused extends Error {
  override name = 'ImportRefused'
}

type Parts = { work: ImportWork; actor: Actor; say: (line: string) => void }
const inRead = <T>({ work, actor }: Parts, task: (tx: Tx) => Promise<T>) => asActor(work.database, actor, 'read', task)
const inWrite = <T>({ work, actor }: Parts, task: (tx: Tx) => Promise<T>) => asActor(work.database, actor, 'write', task)

/** Imports files as a user from the command line: the same import as on the pages, which show it too. Answers what came of it. */
export async function importFromCommandLine(parts: Parts, wish: ImportWish): Promise<Import> {
  const { work, actor, say } = parts
  if (!may(actor, 'import-records')) throw new ImportRefused(`${actor.name} has no role that may import.`)
  const id = await begin(parts, wish)
  say(`Import ${id}: checking …`)
  await inWrite(parts, tx => askFor(tx, id, 'checking'))
  await watched(parts, id, () => checkImport(work, id, actor.userId!))
  const checked = await found(parts, id)
  if (checked.state !== 'checked') throw new ImportRefused(`${checked.stoppedBecause}.`)
  sayOutcome(say, checked, checked.checked!, 'would be taken over')
  await sayProblems(parts, id)
  await writeProblems(parts, checked, wish.out)
  if (wish.checkOnly) return checked
  await decideDoubts(parts, id, wish.duplicates)
  say('Taking over …')
  await inWrite(parts, tx => askFor(tx, id, 'running'))
  await watched(parts, id, () => runImport(work, id, actor.userId!))
  const done = await found(parts, id)
  if (done.state !== 'done') throw new ImportRefused(`${done.stoppedBecause}.`)
  sayOutcome(say, done, done.result!, 'taken over')
  await writeProblems(parts, done, wish.out)
  return done
}

/** Undoes an import by its id. */
export async function undoFromCommandLine(parts: Parts, importId: string): Promise<void> {
  await inWrite(parts, async tx => {
    const theImport = await findImport(tx, importId, { lock: true })
    if (!theImport) throw new ImportRefused(`There is no import ${importId} that ${parts.actor.name} may see.`)
    if (theImport.state !== 'done' && theImport.state !== 'stopped')
      throw new ImportRefused(`It cannot be undone: it is ${theImport.state}.`)
    await askFor(tx, importId, 'undoing')
  })
  await watched(parts, importId, () => undoImport(parts.work, importId, parts.actor.userId!))
  const undone = await found(parts, importId)
  if (undone.state !== 'undone') throw new ImportRefused(`${undone.stoppedBecause}.`)
  parts.say(`Undone. ${undone.kept.length} people stayed, because somebody has worked with them since.`)
}

async function begin(parts: Parts, wish: ImportWish): Promise<string> {
  const { work, actor, say } = parts
  const arrived: { kind: FileKind; name: string; key: string; bytes: number }[] = []
  for (const kind of fileKinds) {
    const path = wish.files[kind]
    if (path) arrived.push({ kind, name: basename(path), ...(await work.files.keep(path)) })
  }
  return inWrite(parts, async tx => {
    const places = await placesOf(tx, actor)
    const team = places.find(place => place.teamName.toLowerCase() === wish.team.toLowerCase())
    if (!team)
      throw new ImportRefused(
        `${actor.name} has no post in a team “${wish.team}”. Their teams: ${[...new Set(places.map(place => place.teamName))].join(', ') || 'none'}.`,
      )
    const begun = await beginImport(tx, actor, work.clock.now(), work.files, {
      system: wish.system,
      teamId: team.teamId,
      peopleWithoutCase: wish.peopleWithoutCase,
      files: arrived,
    })
    if (!begun.ok)
      throw new ImportRefused(
        begun.error === 'files' ? begun.faults.map(fault => `${fault.message}.`).join('\n') : 'There is no such team.',
      )
    const theImport = (await findImport(tx, begun.value))!
    const mapping = wish.mapping === undefined ? undefined : (await savedMappings(tx, actor.agency)).find(one => one.name === wish.mapping)
    if (wish.mapping !== undefined && !mapping) throw new ImportRefused(`No columns are kept under the name “${wish.mapping}”.`)
    const columns = mapping ? guessColumns(theImport.files, mapping.headings) : theImport.columns
    const errors = columnErrors(theImport.files, columns)
    if (errors.length > 0)
      throw new ImportRefused(
        `${errors.map(error => `${error.message}.`).join('\n')}\nSay what the columns are on the pages once, keep that under a name, and give it here: --mapping "the name".`,
      )
    await changeImport(tx, theImport.id, { columns, mappingName: mapping?.name ?? '' })
    for (const kind of kindsOf(theImport)) {
      const left = theImport.files[kind]!.headings.filter((_, place) => columns[kind]?.[place] === '')
      say(
        `${theImport.files[kind]!.name}: ${columns[kind]
          ?.filter(Boolean)
          .map(field => fieldLabel(kind, field))
          .join(', ')}${left.length > 0 ? `. Left out: ${left.join(', ')}` : ''}`,
      )
    }
    return theImport.id
  })
}

async function found(parts: Parts, id: string): Promise<Import> {
  return (await inRead(parts, tx => findImport(tx, id)))!
}

/** Says how far the work has come every few seconds. */
async function watched(parts: Parts, id: string, task: () => Promise<void>): Promise<void> {
  const timer = setInterval(() => {
    void found(parts, id).then(
      ({ progress }) =>
        progress.of &&
        parts.say(`  ${Math.floor((100 * (progress.done ?? 0)) / progress.of)}%, ${(progress.rows ?? 0).toLocaleString('en-GB')} rows`),
      () => {},
    )
  }, 5_000)
  try {
    await task()
  } finally {
    clearInterval(timer)
  }
}

async function decideDoubts(parts: Parts, id: string, how: ImportWish['duplicates']): Promise<void> {
  await inWrite(parts, async tx => {
    const doubts = await doubtsOf(tx, id, { undecidedOnly: true })
    if (doubts.length === 0) return
    if (!how)
      throw new ImportRefused(
        `Possible duplicates, on record already or in the file twice: ${doubts.length}. Decide about them on the page of the import, or run again with --duplicates likely, new or leave-out.`,
      )
    const decided = doubts.map((one): Decided => {
      const best = one.candidates[0]
      if (how === 'likely' && best && best.score >= sureFrom) return { row: one.row, decision: 'same', chosen: candidateName(best) }
      return { row: one.row, decision: how === 'leave-out' ? 'leave-out' : 'new', chosen: null }
    })
    await decide(tx, id, parts.actor.name, parts.work.clock.now(), decided)
    parts.say(`Decided about ${doubts.length} possible duplicates: ${how}.`)
  })
}

function sayOutcome(say: Parts['say'], theImport: Import, outcome: Outcome, words: string): void {
  for (const kind of kindsOf(theImport)) {
    const { rows, taken, linked, already, changed, rejected, leftOut } = outcome[kind]!
    const parts = [
      `${taken} ${words}`,
      linked && `${linked} the same as somebody known`,
      already && `${already} before`,
      changed && `${changed} changed since`,
      `${rejected} rejected`,
      leftOut && `${leftOut} left out`,
    ]
    say(`${kind.padEnd(6)} ${rows} rows: ${parts.filter(Boolean).join(', ')}`)
  }
}

async function sayProblems(parts: Parts, id: string): Promise<void> {
  const groups = await inRead(parts, tx => problemGroups(tx, id))
  for (const group of groups.slice(0, 12))
    parts.say(`  ${String(group.count).padStart(6)} × ${group.severity} (${group.file}, first in row ${group.first}): ${group.example}`)
}

async function writeProblems(parts: Parts, theImport: Import, out: string): Promise<void> {
  const { work, say } = parts
  for (const kind of kindsOf(theImport)) {
    const problems = await inRead(parts, tx => problemsOf(tx, theImport.id, kind))
    if (!problems.some(problem => problem.severity === 'rejected' || problem.severity === 'changed')) continue
    await mkdir(out, { recursive: true })
    const path = join(out, `${theImport.files[kind]!.name.replace(/\.[^.]*$/, '')} - to mend.csv`)
    await pipeline(problemsFile(work.files, theImport, kind, problems), createWriteStream(path))
    say(`  Rows to mend: ${path}`)
  }
}
