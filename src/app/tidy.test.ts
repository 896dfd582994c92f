import { afterAll, beforeAll, expect, test } from 'vitest'
import { addAgency, addCase, addPerson, addTeam, addUser, as } from '../../test/factories/world.ts'
import { freshDatabase, type TestDatabase } from '../../test/harness/database.ts'
import { type Site, siteOf } from '../../test/harness/site.ts'
import { importRoutes } from '../imports/index.ts'
import { importScene, type Scene } from '../imports/testing/scene.ts'
import { fixedClock } from '../platform/clock.ts'
import { tidy } from './tidy.ts'

let database: TestDatabase
let scene: Scene
let site: Site

beforeAll(async () => {
  database = await freshDatabase()
  scene = await importScene(database)
  site = await siteOf(database, scene.clock, routes => importRoutes(routes, { files: scene.files, enqueue: async () => {} }))
})
afterAll(async () => {
  await site.close()
  scene.close()
  await database.close()
})

const tidyAt = (at: string) => tidy({ database: database.worker, importFiles: scene.files, clock: fixedClock(at) })
const countOf = async (table: string) => (await database.admin.query(`select from ${table}`)).rows.length

test('forms sent more than seven days ago and forms open more than a day ago are forgotten, and no others', async () => {
  const team = await addTeam(database, await addAgency(database))
  const user = await addUser(database, team)
  const theCase = await addCase(database, await addPerson(database, team), team)
  for (const at of ['2026-11-12T10:00:00Z', '2026-11-19T10:00:00Z'])
    await database.admin.query('insert into submissions (once, owner, at) values (gen_random_uuid(), $1, $2)', [user.principal, at])
  const set = await database.admin.connect()
  try {
    // Presence alone is looked at here: the form that it is of need not be there.
    await set.query('set session_replication_role = replica')
    for (const at of ['2026-11-18T10:00:00Z', '2026-11-20T09:00:00Z'])
      await set.query(
        `insert into form_presence (answer_set_id, user_id, case_id, part, seen_at, readers, editors) values (gen_random_uuid(), $1, $2, 'forms', $3, array[$4::int], '{}')`,
        [user.id, theCase.id, at, user.principal],
      )
  } finally {
    await set.query('reset session_replication_role')
    set.release()
  }
  await tidyAt('2026-11-20T10:00:00Z')
  expect(await countOf('submissions')).toBe(1)
  expect(await countOf('form_presence')).toBe(1)
  // Only the system forgets: a job that acts for a user does not reach the rows of others.
  await expect(as(database, user, tx => tx.deleteFrom('form_presence').execute())).rejects.toThrow(/permission denied/)
})

test('the files of an import go thirty days after anything was last done with it, unless another still needs them', async () => {
  const people = 'Ref,First name,Surname\r\n1,Kensa,Trelawny\r\n'
  const [old, same, fresh] = [
    await scene.begin('Old system', { people }),
    await scene.begin('Other system', { people }),
    await scene.begin('New system', { people: `${people}2,Jory,Bray\r\n` }),
  ]
  const set = (id: string, change: string) => database.admin.query(`update imports set ${change} where id = $1`, [id])
  await set(old, `state = 'checked', created_at = '2026-10-01', checked_at = '2026-10-02'`)
  await set(same, `state = 'checked', created_at = '2026-10-01', checked_at = '2026-11-15'`)
  await set(fresh, `created_at = '2026-11-19'`)
  const [shared, own] = [(await scene.find(old)).files.people!.key, (await scene.find(fresh)).files.people!.key]
  expect((await scene.find(same)).files.people!.key).toBe(shared)
  expect((await scene.find(old)).files.people!.samples).not.toEqual([])

  await tidyAt('2026-11-20T10:00:00Z')
  expect(await scene.find(old)).toMatchObject({ filesRemovedAt: new Date('2026-11-20T10:00:00Z'), files: { people: { samples: [] } } })
  expect((await scene.find(same)).filesRemovedAt).toBeNull()
  expect(await scene.files.read(shared)).toBeDefined()

  await tidyAt('2026-12-16T10:00:00Z')
  expect(await scene.files.read(shared)).toBeUndefined()
  expect(await scene.files.read(own)).toBeDefined()
  const { rows } = await database.admin.query(`select subject_id from audit_events where action = 'import-files-removed' order by id`)
  expect(rows.map(row => row.subject_id)).toEqual([old, same])
})

test('a file that was sent with a form and never taken over goes after a day; those of imports stay', async () => {
  const forsaken = await scene.files.keep('package.json')
  const named = (await scene.find(await scene.begin('Kept', { people: 'Ref,First name,Surname\r\n9,Jory,Bray\r\n' }))).files.people!.key
  const inTwoDays = new Date(Date.now() + 2 * 24 * 3_600_000).toISOString()
  await tidyAt(new Date().toISOString())
  expect(await scene.files.read(forsaken.key)).toBeDefined()
  await tidyAt(inTwoDays)
  expect(await scene.files.read(forsaken.key)).toBeUndefined()
  expect(await scene.files.read(named)).toBeDefined()
})

test('an import’s page says when its files go, and that they have gone', async () => {
  const id = await scene.begin('Said on the page', { people: 'Ref,First name,Surname\r\n7,Kensa,Trelawny\r\n' })
  await database.admin.query(`update imports set state = 'undone', created_at = '2026-10-01', undone_at = '2026-10-02' where id = $1`, [id])
  expect((await site.as(scene.leader).get(`/imports/${id}`)).words).toContain('are removed 30 days after anything was last done with it')
  await tidyAt('2026-11-20T10:00:00Z')
  expect((await site.as(scene.leader).get(`/imports/${id}`)).words).toContain('were removed on 20/11/2026 10:00')
  expect((await site.as(scene.leader).get(`/imports/${id}/problems/people`)).status).toBe(404)
  expect(site.faults).toEqual([])
})
