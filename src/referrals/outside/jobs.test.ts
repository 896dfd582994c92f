import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addReferralPage } from '../../../test/factories/outside.ts'
import { addAgency, addRole, addTeam, addUserWithoutPost } from '../../../test/factories/world.ts'
import { freshDatabase, type TestDatabase } from '../../../test/harness/database.ts'
import { scanNext } from '../../documents/index.ts'
import { type Files, filesOnDisk } from '../../platform/files.ts'
import { installShippedDefinitions } from '../../services/index.ts'
import { sendAtOnce } from './at-once.ts'
import { forgetOutside, outsideScans } from './jobs.ts'

let database: TestDatabase
let files: Files
let folder: string
let pageCode: string

beforeAll(async () => {
  database = await freshDatabase()
  folder = await mkdtemp(join(tmpdir(), 'lanyard-outside-jobs-'))
  files = filesOnDisk(folder)
  const owner = await database.admin.connect()
  await owner.query(`begin; set local role lanyard_owner; set local search_path = ${database.schema}`)
  await installShippedDefinitions(owner, new Date())
  await owner.query('commit')
  owner.release()
  const agency = await addAgency(database, { isAuthority: true })
  const team = await addTeam(database, agency, ['early-help'])
  const administrator = await addUserWithoutPost(database, agency)
  const role = await addRole(database, ['manage-users', 'manage-authority', 'manage-settings'], { authorityOnly: true })
  await database.admin.query(
    `insert into posts (id, user_id, team_id, agency, role_id, role_authority_only) values (gen_random_uuid(), $1, $2, $3, $4, true)`,
    [administrator.id, team.id, agency.principal, role.id],
  )
  pageCode = await addReferralPage({ database }, administrator, team)
})
afterAll(() => database.close())

const rows = async <T extends object>(query: string) => (await database.admin.query<T>(query)).rows
const answers = { source: 'self', given: 'Jago', family: 'Penrose', reason: 'Please help', urgency: 'routine' }
const send = (content: string) =>
  sendAtOnce(database.stranger, files, {
    pageCode,
    at: new Date(),
    answers,
    file: { question: 'papers', name: 'letter.txt', content: Buffer.from(content) },
  })

test('[V6] files from outside are scanned beside documents: what was found is written on each, and no word of it elsewhere', async () => {
  await send('a letter')
  await send('a virus')
  await database.admin.query(`update outside_files set scan = 'awaiting-scan'`)
  const faults: object[] = []
  const parts = {
    database: database.worker,
    files: filesOnDisk(`${folder}-documents`),
    also: [outsideScans(files)],
    scanner: async (content: Parameters<typeof text>[0]) =>
      (await text(content)).includes('virus') ? ({ found: true, name: 'Test-Virus' } as const) : ({ found: false } as const),
    clock: { now: () => new Date() },
    log: { error: (detail: object) => void faults.push(detail) },
  }
  expect([await scanNext(parts), await scanNext(parts), await scanNext(parts)]).toEqual(['scanned', 'scanned', 'nothing'])
  expect(await rows('select scan, scan_words as words from outside_files order by scan')).toEqual([
    { scan: 'clean', words: '' },
    { scan: 'infected', words: 'Test-Virus' },
  ])
  expect(await rows(`select action from audit_events where action like 'outside-file%' order by action`)).toEqual([
    { action: 'outside-file-infected' },
    { action: 'outside-file-scanned' },
  ])
  expect(faults).toEqual([])
})

test('what no row speaks of any more is removed from storage a day later, and nothing else', async () => {
  const stray = join(folder, 'stray')
  await writeFile(stray, 'Thrown away')
  const { key } = await files.keep(stray)
  const kept = (await rows<{ key: string }>('select storage_key as key from outside_files')).map(row => row.key)
  const later = { now: () => new Date(Date.now() + 2 * 24 * 3_600_000) }
  await forgetOutside({ worker: database.worker, files, clock: { now: () => new Date() } })
  expect(await files.read(key)).toBeDefined()
  await forgetOutside({ worker: database.worker, files, clock: later })
  expect(await files.read(key)).toBeUndefined()
  for (const one of kept) expect(await files.read(one)).toBeDefined()
})
