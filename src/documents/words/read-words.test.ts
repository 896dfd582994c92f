import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addAgency, addCase, addPerson, addTeam, addUser, as, type Case, type Team, type User } from '../../../test/factories/world.ts'
import { freshDatabase, type TestDatabase } from '../../../test/harness/database.ts'
import { type Files, filesOnDisk } from '../../platform/files.ts'
import { addDocument, addVersion, describeDocument, putBackDocument, withdrawDocument } from '../keep-documents.ts'
import { pdfSaying } from '../testing/sample-pdfs.ts'
import { readWordsOfDocuments } from './read-words.ts'

let database: TestDatabase
let files: Files
let folder: string
let team: Team
let mine: User
let theCase: Case
const now = new Date('2026-11-20T10:00:00Z')

beforeAll(async () => {
  database = await freshDatabase()
  folder = await mkdtemp(join(tmpdir(), 'lanyard-words-'))
  files = filesOnDisk(folder)
  team = await addTeam(database, await addAgency(database))
  mine = await addUser(database, team)
  theCase = await addCase(database, await addPerson(database, team), team)
})
afterAll(() => database.close())

const keep = async (content: Buffer, contentType = 'application/pdf', name = 'letter.pdf') => {
  const upload = join(folder, 'upload')
  await writeFile(upload, content)
  return { name, contentType, ...(await files.keep(upload)) }
}
const add = async (content: Buffer, title = 'A letter', willBeScanned = false) => {
  const file = await keep(content)
  return as(database, mine, (tx, actor) =>
    addDocument(tx, actor, now, place(), { title, kind: 'letter', datedOn: null, file, willBeScanned }),
  )
}
const place = () => ({ caseId: theCase.id, personId: theCase.personId })
const readAll = () => readWordsOfDocuments({ database: database.worker, files, signal: new AbortController().signal })
const textsOf = async (id: string) =>
  (await database.admin.query<{ name: string; words: string }>('select name, words from texts where source_id = $1 order by place', [id]))
    .rows
const stateOf = async (id: string) =>
  (
    await database.admin.query<{ words_read: string }>('select words_read from document_versions where document_id = $1 order by number', [
      id,
    ])
  ).rows.map(row => row.words_read)

test('a document is found by its name at once and by its words when the job has come', async () => {
  const id = await add(pdfSaying('Dear Mr Penrose'))
  expect(await textsOf(id)).toEqual([{ name: 'A letter letter.pdf', words: '' }])
  await readAll()
  expect(await textsOf(id)).toEqual([{ name: 'A letter letter.pdf', words: 'Dear Mr Penrose' }])
  await readAll()
  expect(await textsOf(id)).toHaveLength(1)
})

test('another title keeps the words; another file has its own', async () => {
  const id = await add(pdfSaying('First words'))
  await readAll()
  await as(database, mine, (tx, actor) =>
    describeDocument(tx, actor, now, place(), { id, version: 1, title: 'Renamed', kind: 'letter', datedOn: null }),
  )
  expect(await textsOf(id)).toEqual([{ name: 'Renamed letter.pdf', words: 'First words' }])
  const file = await keep(pdfSaying('Second words'), 'application/pdf', 'second.pdf')
  await as(database, mine, (tx, actor) => addVersion(tx, actor, now, place(), { id, version: 2, file, note: '', willBeScanned: false }))
  expect(await textsOf(id)).toEqual([{ name: 'Renamed second.pdf', words: '' }])
  await readAll()
  expect(await textsOf(id)).toEqual([{ name: 'Renamed second.pdf', words: 'Second words' }])
})

test('a withdrawn document is not found, nor read; put back it is both', async () => {
  const id = await add(pdfSaying('About somebody else'))
  await as(database, mine, (tx, actor) => withdrawDocument(tx, actor, now, place(), id, 'Wrong person'))
  await readAll()
  expect(await textsOf(id)).toEqual([])
  await as(database, mine, (tx, actor) => putBackDocument(tx, actor, now, place(), id))
  await readAll()
  expect((await textsOf(id))[0]?.words).toBe('About somebody else')
})

test('what no scanner has let through is not read; a hostile or a scanned file says what it is and is not tried again', async () => {
  const waiting = await add(pdfSaying('Not yet clean'), 'Waiting', true)
  const broken = await add(Buffer.from('%PDF-1.7 broken'))
  const picture = await add(pdfSaying(''))
  await readAll()
  expect(await stateOf(waiting)).toEqual(['not-yet'])
  expect(await stateOf(broken)).toEqual(['unreadable'])
  expect(await stateOf(picture)).toEqual(['no-words'])
  expect((await textsOf(waiting))[0]?.words).toBe('')
})

test('a file that storage has not got yet waits, and keeps no other waiting', async () => {
  const content = pdfSaying('Comes back with the folder')
  const file = await keep(content)
  await files.remove(file.key)
  const id = await as(database, mine, (tx, actor) =>
    addDocument(tx, actor, now, place(), { title: 'Restored', kind: 'letter', datedOn: null, file, willBeScanned: false }),
  )
  const other = await add(pdfSaying('Comes after it'))
  await readAll()
  expect([await stateOf(id), await stateOf(other)]).toEqual([['not-yet'], ['read']])
  await keep(content)
  await readAll()
  expect((await textsOf(id))[0]?.words).toBe('Comes back with the folder')
})

test('all the words of a long letter carry the lists of the document, and the sections of forms that it follows from', async () => {
  const followsFrom = [{ answerSetId: '01a2204d-6f97-71ad-bd49-539c6ec0a3d9', section: 'private' }]
  const file = await keep(Buffer.from('word '.repeat(5_000)), 'text/plain', 'letter.txt')
  const id = await as(database, mine, (tx, actor) =>
    addDocument(tx, actor, now, place(), { title: 'A letter', kind: 'letter', datedOn: null, file, willBeScanned: false, followsFrom }),
  )
  await readAll()
  const { rows } = await database.admin.query(
    `select t.readers = d.readers and t.editors = d.editors and t.withheld = d.withheld and t.further_sections = d.further_sections
       and cardinality(t.further_sections) = 1 as same from texts t join documents d on d.id = t.source_id where d.id = $1`,
    [id],
  )
  expect(rows).toEqual([{ same: true }, { same: true }])
})
