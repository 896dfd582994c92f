import { mkdtemp } from 'node:fs/promises'
import { request } from 'node:http'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Agency,
  addAgency,
  addCase,
  addPerson,
  addTeam,
  addUser,
  as,
  type Case,
  reader,
  type Team,
  type User,
} from '../../../test/factories/world.ts'
import { type TestDatabase, testDatabase } from '../../../test/harness/database.ts'
import { type Site, siteOf } from '../../../test/harness/site.ts'
import { grantAccess, withhold } from '../../access/index.ts'
import { clamavAt, scanNext } from '../../documents/index.ts'
import { clamdLike } from '../../documents/testing/clamd-like.ts'
import { samples } from '../../documents/testing/sample-files.ts'
import { fixedClock } from '../../platform/clock.ts'
import { type Files, filesOnDisk } from '../../platform/files.ts'
import { documentRoutes } from './index.ts'

let database: TestDatabase
let files: Files
let site: Site
let scannedSite: Site
let agency: Agency
let team: Team
let theCase: Case
let tamsin: User
let colleague: User
let otherTeam: User
let partner: User
let partnerAgency: Agency
let readOnly: User

const clock = fixedClock('2026-11-20T09:30:00Z')
const frame = { personBanner: async () => null, tabs: [] }
let woken = 0

beforeAll(async () => {
  database = await testDatabase()
  files = filesOnDisk(await mkdtemp(join(tmpdir(), 'lanyard-files-')))
  agency = await addAgency(database)
  team = await addTeam(database, agency)
  tamsin = await addUser(database, team, { name: 'Tamsin Rowe' })
  colleague = await addUser(database, team)
  readOnly = await addUser(database, team, { may: reader })
  otherTeam = await addUser(database, await addTeam(database, agency))
  partnerAgency = await addAgency(database)
  partner = await addUser(database, await addTeam(database, partnerAgency))
  theCase = await addCase(database, await addPerson(database, team), team)
  site = await siteOf(database, clock, routes => documentRoutes(routes, { ...frame, files, scanning: null }))
  scannedSite = await siteOf(database, clock, routes => documentRoutes(routes, { ...frame, files, scanning: { wake: () => void woken++ } }))
})
afterAll(async () => {
  await site.close()
  await scannedSite.close()
})

const at = (path: string) => `/cases/${theCase.id}/documents${path}`
const fileOf = (sample: keyof typeof samples, name: string) => new File([new Uint8Array(samples[sample])], name)
const letter = { title: 'Letter from the landlord', kind: 'letter', 'dated-day': '2', 'dated-month': '11', 'dated-year': '2026' }
const put = async (more: Record<string, string | File> = {}, who = tamsin, where = site): Promise<string> => {
  const saved = await where.as(who).post(at('/new'), { file: fileOf('pdf', 'Letter.pdf'), ...letter, ...more })
  expect(saved.status).toBe(303)
  return saved.location!.split('/').at(-1)!
}
const versionShown = (html: string) => /name="version" value="(\d+)"/.exec(html)![1]!

describe('putting a document on file', () => {
  test('[U22] a PDF is kept, shown in the page and taken away as it was, with its line in the timeline and its audit', async () => {
    const id = await put()
    const page = await site.as(tamsin).get(at(`/${id}`))
    expect(page.words).toContain('Letter from the landlord')
    expect(page.words).toContain('02/11/2026')
    expect(page.html).toContain(`<iframe class="ly-preview ly-preview--pdf ly-no-print" src="${at(`/${id}/files/1?show`)}"`)
    const taken = await site.as(tamsin).get(at(`/${id}/files/1`))
    expect(taken.body.equals(samples.pdf)).toBe(true)
    expect(taken.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': "attachment; filename*=UTF-8''Letter.pdf",
      'x-content-type-options': 'nosniff',
      'content-length': String(samples.pdf.length),
    })
    const shown = await site.as(tamsin).get(at(`/${id}/files/1?show`))
    expect(shown.headers['content-disposition']).toContain('inline')
    const told = await database.admin.query('select title, kind from timeline_entries where source_id = $1', [id])
    expect(told.rows).toEqual([{ title: 'Document added: Letter from the landlord', kind: 'document' }])
    const audited = await database.admin.query('select action, person_id from audit_events where subject_id = $1 order by id', [id])
    expect(audited.rows.map(row => row.action)).toEqual(['document-added', 'document-looked-at', 'document-opened', 'document-opened'])
    expect(audited.rows.every(row => row.person_id === theCase.personId)).toBe(true)
  })

  test('a picture is shown sandboxed; a Word document is only ever taken away', async () => {
    const picture = await put({ file: fileOf('png', 'kitchen.png'), title: '', kind: 'picture' })
    const page = await site.as(tamsin).get(at(`/${picture}`))
    expect(page.html).toContain('<img')
    expect(page.words).toContain('kitchen')
    const shown = await site.as(tamsin).get(at(`/${picture}/files/1?show`))
    expect(shown.headers['content-security-policy']).toMatch(/^sandbox;/)
    const word = await put({ file: fileOf('docx', 'plan.docx') })
    expect((await site.as(tamsin).get(at(`/${word}/files/1?show`))).headers['content-disposition']).toContain('attachment')
  })

  test.each([
    ['no file', {}, 'Select a file'],
    ['a program called a letter', { file: ['exe', 'letter.pdf'] }, 'is a program, a web page or holds macros'],
    ['a web page', { file: ['html', 'page.txt'] }, 'is a program, a web page or holds macros'],
    ['a drawing with script', { file: ['svg', 'logo.png'] }, 'is a program, a web page or holds macros'],
    ['a picture called a PDF', { file: ['png', 'letter.pdf'] }, 'is a PNG picture, but its name “letter.pdf” does not end in .png'],
    ['an empty file', { file: ['empty', 'empty.pdf'] }, 'The selected file is empty'],
    ['a kind that is none', { file: ['pdf', 'a.pdf'], kind: 'nonsense' }, 'Select what kind of document it is'],
    ['a date that is none', { file: ['pdf', 'a.pdf'], 'dated-day': '31', 'dated-month': '2' }, 'Date on the document must be a real date'],
    ['a date to come', { file: ['pdf', 'a.pdf'], 'dated-year': '2027' }, 'Date on the document must be today or in the past'],
  ] as const)(
    '[U16] %s is refused, and what was typed is kept',
    async (_what, { file, ...typed }: { file?: readonly [keyof typeof samples, string] } & Record<string, unknown>, message) => {
      const sent = file ? fileOf(file[0], file[1]) : new File([], '')
      const page = await site.as(tamsin).post(at('/new'), { ...letter, ...(typed as Record<string, string>), file: sent })
      expect(page.status).toBe(422)
      expect(page.words).toContain(message)
      expect(page.html).toContain('value="Letter from the landlord"')
    },
  )

  test('the same form sent twice puts one document on file', async () => {
    const once = crypto.randomUUID()
    const fields = { file: fileOf('pdf', 'Twice.pdf'), ...letter, title: 'Sent twice' }
    const first = await site.as(tamsin).post(at('/new'), fields, { once })
    const again = await site.as(tamsin).post(at('/new'), fields, { once })
    expect(again.location).toBe(first.location)
    expect((await database.admin.query(`select id from documents where title = 'Sent twice'`)).rows).toHaveLength(1)
  })

  test('200 MB are refused within seconds, in words, without filling memory or disk', async () => {
    const origin = await site.server.listen({ port: 0, host: '127.0.0.1' })
    const before = process.memoryUsage().rss
    const started = Date.now()
    const { status, body } = await sendLarge(`${origin}${at('/new')}`, tamsin.id, 200)
    expect(status).toBe(422)
    expect(body).toContain('The selected file must be smaller than 25 MB')
    expect(body).toContain('value="Letter from the landlord"')
    expect(Date.now() - started).toBeLessThan(15_000)
    expect(process.memoryUsage().rss - before).toBeLessThan(120_000_000)
  })
})

describe('versions', () => {
  test('[U22] a new version is the one shown; those before it are kept and can be opened', async () => {
    const id = await put()
    const form = await site.as(tamsin).get(at(`/${id}/versions/new`))
    const added = await site
      .as(tamsin)
      .post(at(`/${id}/versions/new`), { version: versionShown(form.html), file: fileOf('docx', 'Letter 2.docx'), note: 'Signed' })
    expect(added.status).toBe(303)
    const page = await site.as(colleague).get(at(`/${id}`))
    expect(page.words).toContain('2: Letter 2.docx Signed')
    expect(page.words).toContain('1: Letter.pdf')
    expect((await site.as(colleague).get(at(`/${id}/files/1`))).body.equals(samples.pdf)).toBe(true)
    expect((await site.as(colleague).get(at(`/${id}/files/2`))).body.equals(samples.docx)).toBe(true)
    expect((await site.as(colleague).get(at(`/${id}/files/3`))).status).toBe(404)
  })

  test('two people changing a document at once are both told, and neither loses a word', async () => {
    const id = await put()
    const version = versionShown((await site.as(tamsin).get(at(`/${id}/edit`))).html)
    expect((await site.as(colleague).post(at(`/${id}/edit`), { ...letter, version, title: 'Theirs' })).status).toBe(303)
    const late = await site.as(tamsin).post(at(`/${id}/edit`), { ...letter, version, title: 'Mine' })
    expect(late.status).toBe(422)
    expect(late.words).toContain('Somebody changed this document while you were writing')
    expect(late.words).toContain('Theirs')
    expect(late.html).toContain('value="Mine"')
    expect((await site.as(tamsin).post(at(`/${id}/edit`), { ...letter, version: versionShown(late.html), title: 'Mine' })).status).toBe(303)
    const stale = await site.as(colleague).post(at(`/${id}/versions/new`), { version, file: fileOf('pdf', 'b.pdf') })
    expect(stale.status).toBe(422)
  })

  test('what a document was called, and who withdrew it why, is kept and shown after it was put back', async () => {
    const id = await put({ title: 'Leter' })
    const version = versionShown((await site.as(tamsin).get(at(`/${id}/edit`))).html)
    const described = { ...letter, version, title: 'Letter', kind: 'report', 'dated-day': '3' }
    expect((await site.as(tamsin).post(at(`/${id}/edit`), described)).status).toBe(303)
    expect((await site.as(tamsin).post(at(`/${id}/withdraw`), { reason: 'Wrong person' })).status).toBe(303)
    expect((await site.as(colleague).post(at(`/${id}/put-back`), {})).status).toBe(303)
    const page = await site.as(readOnly).get(at(`/${id}`))
    expect(page.words).toMatch(/What changed .*Put back on file .*Tamsin Rowe Withdrawn: Wrong person/)
    expect(page.words).toContain(
      'Title from “Leter” to “Letter”. Kind from “Letter or email” to “Report”. Date from “02/11/2026” to “03/11/2026”',
    )
    const audited = await database.admin.query(`select detail from audit_events where subject_id = $1 and action = 'document-described'`, [
      id,
    ])
    expect(audited.rows).toEqual([{ detail: { fields: ['title', 'kind', 'datedOn'], kind: 'report' } }])
    for (const change of [
      sql`update document_changes set reason = '' where document_id = ${id}`,
      sql`delete from document_changes where document_id = ${id}`,
    ])
      await expect(as(database, tamsin, tx => change.execute(tx))).rejects.toThrow(/permission denied/)
    const { rows } = await as(database, otherTeam, tx => sql`select 1 from document_changes where document_id = ${id}`.execute(tx))
    expect(rows).toEqual([])
  })

  test('with whom documents are shared to add to them adds a version, and changes or withdraws only what they added themselves', async () => {
    const id = await put({ title: 'The council’s letter' })
    const guest = await addUser(database, await addTeam(database, await addAgency(database)))
    const share = { caseId: theCase.id, kind: 'share', holder: guest.principal, level: 'edit', parts: ['documents'] } as const
    await as(database, tamsin, (tx, actor) =>
      grantAccess(tx, actor, clock.now(), { ...share, purpose: 'Joint work', lawfulBasis: 'Public task' }),
    )
    const page = await site.as(guest).get(at(`/${id}`))
    expect(page.words).toContain('Add a new version')
    expect(page.words).not.toMatch(/Withdraw it|Change its title/)
    for (const path of ['withdraw', 'edit']) expect((await site.as(guest).get(at(`/${id}/${path}`))).status).toBe(404)
    expect((await site.as(guest).post(at(`/${id}/withdraw`), { reason: 'Not needed' })).status).toBe(404)
    const added = await site.as(guest).post(at('/new'), { ...letter, title: 'Theirs', file: fileOf('pdf', 'theirs.pdf') })
    const theirs = /documents\/([0-9a-f-]{36})/.exec(added.location ?? '')![1]!
    expect((await site.as(guest).post(at(`/${theirs}/withdraw`), { reason: 'Wrong person' })).status).toBe(303)
  })

  test('a withdrawn document is listed and opened no more, is kept, and can be put back', async () => {
    const id = await put({ title: 'About somebody else' })
    expect((await site.as(tamsin).post(at(`/${id}/withdraw`), { reason: '' })).status).toBe(422)
    expect((await site.as(tamsin).post(at(`/${id}/withdraw`), { reason: 'Wrong person' })).status).toBe(303)
    expect((await site.as(tamsin).get(at(''))).words).not.toContain('About somebody else')
    expect((await site.as(tamsin).get(at('?withdrawn=1'))).words).toContain('Wrong person')
    expect((await site.as(tamsin).get(at(`/${id}/files/1`))).status).toBe(404)
    expect((await site.as(readOnly).get(at(`/${id}`))).status).toBe(404)
    expect((await site.as(tamsin).post(at(`/${id}/put-back`), {})).status).toBe(303)
    expect((await site.as(readOnly).get(at(`/${id}/files/1`))).status).toBe(200)
  })
})

describe('who sees documents', () => {
  test('[U13] another team, another agency, a forged address: not there; a read-only user opens and cannot add', async () => {
    const id = await put()
    const elsewhere = await addCase(database, await addPerson(database, team), team)
    for (const user of [otherTeam, partner]) {
      for (const path of ['', '/new', `/${id}`, `/${id}/files/1`, `/${id}/edit`])
        expect((await site.as(user).get(at(path))).status).toBe(404)
      expect((await site.as(user).post(at('/new'), { ...letter, file: fileOf('pdf', 'a.pdf') })).status).toBe(404)
      expect((await as(database, user, tx => sql`select 1 from document_versions where document_id = ${id}`.execute(tx))).rows).toEqual([])
    }
    expect((await site.as(readOnly).get(at(`/${id}/files/1`))).status).toBe(200)
    for (const path of ['/new', `/${id}/edit`, `/${id}/withdraw`]) expect((await site.as(readOnly).get(at(path))).status).toBe(404)
    expect((await site.as(readOnly).post(at(`/${id}/withdraw`), { reason: 'x' })).status).toBe(404)
    for (const path of [
      `/cases/${elsewhere.id}/documents/${id}`,
      `/cases/${elsewhere.id}/documents/${id}/files/1`,
      at('/nonsense'),
      at(`/${id}/files/nonsense`),
      at(`/${id}/files/0`),
    ])
      expect((await site.as(tamsin).get(path)).status).toBe(404)
    expect(site.faults).toEqual([])
  })

  test('a link that was good while a share lasted is worth nothing once the agency is withheld from', async () => {
    const guest = await addUser(database, await addTeam(database, partnerAgency), { may: reader })
    const id = await put()
    const share = {
      caseId: theCase.id,
      kind: 'share',
      holder: partnerAgency.principal,
      level: 'read',
      parts: ['documents'],
      purpose: 'joint work',
      lawfulBasis: 'consent',
    } as const
    await as(database, tamsin, (tx, actor) => grantAccess(tx, actor, clock.now(), share))
    expect((await site.as(guest).get(at(`/${id}/files/1`))).status).toBe(200)
    expect((await site.as(guest).get(at(''))).words).toContain('Letter from the landlord')
    await as(database, tamsin, (tx, actor) =>
      withhold(tx, actor, clock.now(), { caseId: theCase.id, holder: partnerAgency.principal, reason: 'Her wish' }),
    )
    expect((await site.as(guest).get(at(`/${id}/files/1`))).status).toBe(404)
  })

  test('nobody can exchange a file or its verdict, or delete it', async () => {
    const id = await put()
    for (const change of [
      sql`update document_versions set storage_key = 'x' where document_id = ${id}`,
      sql`update document_versions set scan = 'clean' where document_id = ${id}`,
      sql`delete from document_versions where document_id = ${id}`,
      sql`delete from documents where id = ${id}`,
    ])
      await expect(as(database, tamsin, tx => change.execute(tx))).rejects.toThrow(/permission denied/)
  })
})

describe('viruses', () => {
  const scanning = (server: Server) => ({
    database: database.worker,
    files,
    scanner: clamavAt(`tcp://127.0.0.1:${(server.address() as { port: number }).port}`),
    clock,
    log: { error: () => {} },
  })
  const listening = async (server: Server) => {
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    return server
  }
  const scanAll = async (server: Server) => {
    let outcome = await scanNext(scanning(server))
    while (outcome === 'scanned') outcome = await scanNext(scanning(server))
    return outcome
  }

  test('with a scanner, a file is opened by nobody until it was found clean, and by nobody ever when it was not', async () => {
    const before = woken
    const clean = await put({}, tamsin, scannedSite)
    const virus = new File(['EICAR-STANDARD-ANTIVIRUS-TEST-FILE'], 'notes.txt')
    const infected = await put({ file: virus, title: 'From a stranger' }, tamsin, scannedSite)
    expect(woken).toBe(before + 2)
    expect((await site.as(tamsin).get(at(`/${clean}`))).words).toContain('This file is being checked for viruses')
    expect((await site.as(tamsin).get(at(`/${clean}/files/1`))).status).toBe(303)
    const down = await listening(createServer(socket => socket.destroy()))
    expect(await scanAll(down)).toBe('failed')
    down.close()
    await database.admin.query('update document_versions set scan_started_at = null')
    const server = await listening(clamdLike())
    expect(await scanAll(server)).toBe('nothing')
    server.close()
    expect((await site.as(tamsin).get(at(`/${clean}/files/1`))).status).toBe(200)
    expect((await site.as(tamsin).get(at(`/${infected}/files/1`))).status).toBe(303)
    expect((await site.as(tamsin).get(at(`/${infected}/files/1?show`))).status).toBe(303)
    const page = await site.as(tamsin).get(at(`/${infected}`))
    expect(page.words).toContain('A virus was found in this file. Eicar-Test-Signature')
    const audited = await database.admin.query(`select action from audit_events where subject_id = $1 and actor = 'Virus scanner'`, [
      infected,
    ])
    expect(audited.rows).toEqual([{ action: 'document-infected' }])
  })
})

/** A multipart form with one file of so many megabytes, made as it is sent. */
function sendLarge(url: string, userId: string, megabytes: number): Promise<{ status: number; body: string }> {
  const boundary = 'a-boundary-of-the-test'
  const field = (name: string, value: string) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  const fields = Object.entries({ _csrf: 'test-csrf', _once: crypto.randomUUID(), ...letter })
  const head = `${fields.map(([name, value]) => field(name, value)).join('')}--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="big.pdf"\r\ncontent-type: application/pdf\r\n\r\n`
  return new Promise((resolve, reject) => {
    const sending = request(
      url,
      { method: 'POST', headers: { 'x-test-user': userId, 'content-type': `multipart/form-data; boundary=${boundary}` } },
      answer => {
        const pieces: Buffer[] = []
        answer.on('data', piece => pieces.push(piece))
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(pieces).toString() }))
      },
    )
    sending.on('error', reject)
    sending.write(head)
    const piece = Buffer.alloc(1_000_000, '%PDF-1.4 ')
    let left = megabytes
    const more = () => {
      while (left > 0) {
        left--
        if (!sending.write(piece)) return void sending.once('drain', more)
      }
      sending.end(`\r\n--${boundary}--\r\n`)
    }
    more()
  })
}
