import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addAgency, addTeam, addUser, type User } from '../../../test/factories/world.ts'
import { testDatabase } from '../../../test/harness/database.ts'
import { type Browser, type Reply, type Site, siteOf } from '../../../test/harness/site.ts'
import { importTasks } from '../tasks.ts'
import { importer, importScene, type Scene } from '../testing/scene.ts'
import { type ImportTask, importRoutes } from './routes.ts'

let scene: Scene
let site: Site
let leader: Browser
let waiting: { task: ImportTask; payload: unknown; key: string }[] = []

beforeAll(async () => {
  scene = await importScene(await testDatabase())
  const { files } = scene
  site = await siteOf(scene.database, scene.clock, routes =>
    importRoutes(routes, {
      files,
      // Like the queue: what waits under the same key is replaced.
      enqueue: async (_tx, task, payload, { key }) => {
        waiting = [...waiting.filter(one => one.key !== key), { task, payload, key }]
      },
    }),
  )
  leader = site.as(scene.leader)
})
afterAll(async () => {
  await site.close()
  scene.close()
})

/** What the jobs of the real service do after the page has been committed. */
async function doJobs() {
  const tasks = importTasks(scene.work)
  for (const { task, payload } of waiting.splice(0)) await tasks[task](payload)
}
const csv = (name: string, text: string) => new File([text], name, { type: 'text/csv' })
const people = 'record_id,surname,forename,date_of_birth,nhs_number,notes for us\n'
const cases = 'case_id,record_id,service,referral_date,status,closed_date\n'

async function uploaded(fields: Record<string, string | File>): Promise<string> {
  const reply = await leader.post('/imports/new', fields)
  expect(reply.status).toBe(303)
  return /\/imports\/([0-9a-f-]{36})\/columns/.exec(reply.location ?? '')![1]!
}
/** The columns as the page offers them: every select with what is chosen in it. */
function columnsOf({ html }: Reply): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [, name, options] of html.matchAll(/<select[^>]*name="([^"]+)"[^>]*>(.*?)<\/select>/gs))
    fields[name!] = /<option value="([^"]*)" selected/.exec(options!)?.[1] ?? ''
  return fields
}

describe('importing a caseload', () => {
  it('[F24] goes from files to records in five pages, without script', async () => {
    expect((await leader.get('/imports')).words).toContain('Nothing has been imported yet')
    expect((await leader.get('/imports/new')).words).toContain(`It is taken over by ${scene.team.name}`)
    const id = await uploaded({
      system: 'Halo',
      people: csv(
        'people.csv',
        `${people}P1,Pascoe,Jago,03/06/2014,9994326163,x\nP2,Pascoe,Lowenna,31/02/1980,,"=1+1, y"\nP3,Pascow,Jago,03/06/2014,9994326163,z\n`,
      ),
      cases: csv('cases.csv', `${cases}C1,P1,Early help,01/10/2026,Open,\nC2,P3,Early help,01/11/2026,Referred,\n`),
    })

    const columns = await leader.get(`/imports/${id}/columns`)
    expect(columns.words).toContain('Jago')
    expect(columnsOf(columns)).toMatchObject({
      'people-0': 'key',
      'people-1': 'family',
      'people-3': 'dateOfBirth',
      'people-5': '',
      'cases-1': 'person',
      'cases-3': 'referredOn',
    })
    expect((await leader.post(`/imports/${id}/columns`, { ...columnsOf(columns), 'mapping-name': 'Halo export' })).location).toBe(
      `/imports/${id}`,
    )

    const checking = await leader.get(`/imports/${id}`)
    expect(checking.words).toContain('The files are being checked')
    expect(checking.headers.refresh).toBe(`3; url=/imports/${id}?unattended`)
    expect((await leader.get(`/imports/${id}?unattended`)).headers.refresh).toBe(`3; url=/imports/${id}?unattended`)
    expect((await leader.get(`/imports/${id}?still=yes`)).headers.refresh).toBeUndefined()
    await doJobs()

    const checked = await leader.get(`/imports/${id}`)
    expect(checked.headers.refresh).toBeUndefined()
    expect(checked.words).toContain('Nothing has been taken over yet')
    expect(checked.words).toContain('1 person may be on record already, or in the file twice')
    expect(checked.words).toContain('Date of birth must be a real date, dd/mm/yyyy: “31/02/1980” is none')
    expect(checked.html).not.toContain('Take over 4 rows')

    const file = await leader.get(`/imports/${id}/problems/people`)
    expect(file.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(file.body.toString()).toBe(
      '\uFEFFRow,What is wrong and how to mend it,record_id,surname,forename,date_of_birth,nhs_number,notes for us\r\n' +
        '3,"Rejected: Date of birth must be a real date, dd/mm/yyyy: “31/02/1980” is none.",P2,Pascoe,Lowenna,31/02/1980,,"\'=1+1, y"\r\n',
    )

    // The run waits for the decision, whatever address is posted to.
    expect((await leader.post(`/imports/${id}/run`, {})).location).toBe(`/imports/${id}/duplicates`)
    const doubts = await leader.get(`/imports/${id}/duplicates`)
    expect(doubts.words).toContain('The same as row 2 of the file: PASCOE, Jago, born 03/06/2014')
    expect(doubts.words).toContain('Same NHS number')
    expect((await leader.post(`/imports/${id}/duplicates`, { 'row-4': 'row:2' })).location).toBe(`/imports/${id}`)
    expect((await leader.get(`/imports/${id}`)).words).toContain('Take over 4 rows')
    await leader.post(`/imports/${id}/run`, {})
    expect((await leader.get(`/imports/${id}`)).words).toContain('The caseload is being taken over')
    await doJobs()

    const done = await leader.get(`/imports/${id}`)
    expect(done.words).toContain('What became of the rows')
    const listed = await leader.get('/imports')
    expect(listed.words).toMatch(/Halo to .* Taken over .* rows? taken over/)
    // Pressed again from a page that was still open: nothing happens twice.
    expect((await leader.post(`/imports/${id}/run`, {})).location).toBe(`/imports/${id}`)
    expect(waiting).toEqual([])

    const undo = await leader.get(`/imports/${id}/undo`)
    expect(undo.words).toContain('1 person, 2 cases and 0 case notes will no longer be found or read by anybody')
    const wrong = await leader.post(`/imports/${id}/undo`, { system: 'Another' })
    expect(wrong.status).toBe(422)
    expect(wrong.html).toContain('value="Another"')
    await leader.post(`/imports/${id}/undo`, { system: 'halo' })
    await doJobs()
    const undone = await leader.get(`/imports/${id}`)
    expect(undone.words).toContain('Its people and cases are found and read by nobody')
    expect(site.faults).toEqual([])
  })

  it('[F24] remembers columns by name for the whole agency', async () => {
    const id = await uploaded({ system: 'Odd', people: csv('odd.csv', 'Ref,Nm,Born\n1,Pascoe,03/06/2014\n') })
    expect(columnsOf(await leader.get(`/imports/${id}/columns`))).toEqual({ 'people-0': '', 'people-1': '', 'people-2': 'dateOfBirth' })
    await leader.post(`/imports/${id}/columns`, { 'people-0': 'key', 'people-1': 'family', 'people-2': '', 'mapping-name': 'Odd one' })
    const next = await uploaded({ system: 'Odd', people: csv('odd.csv', 'BORN,REF,NM\n03/06/2014,1,Pascoe\n') })
    expect((await leader.get(`/imports/${next}/columns`)).words).toContain('Odd one')
    expect(columnsOf(await leader.get(`/imports/${next}/columns?use=Odd%20one`))).toEqual({
      'people-0': '',
      'people-1': 'key',
      'people-2': 'family',
    })
  })

  it('[F24] keeps what was typed, and the files that came, when something is wrong', async () => {
    const empty = await leader.post('/imports/new', { system: '', 'people-without-case': 'leave-out' })
    expect(empty.status).toBe(422)
    expect(empty.words).toContain('Enter the name of the old system')
    expect(empty.words).toContain('Select at least one file')
    const half = await leader.post('/imports/new', {
      system: ' ',
      people: csv('people.csv', `${people}P1,A,B,,,\n`),
      cases: csv('cases.xlsx', 'PK\u0003\u0004'),
      'people-without-case': 'leave-out',
    })
    expect(half.status).toBe(422)
    expect(half.words).toContain('cases.xlsx is a workbook')
    expect(half.words).toContain('people.csv is here already')
    expect(half.html).toMatch(/value="leave-out"[^>]*checked/)
    const kept = /name="kept-people" value="([^"]+)"/.exec(half.html)![1]!
    const id = await uploaded({ system: 'Kept', 'kept-people': kept })
    expect((await leader.get(`/imports/${id}/columns`)).words).toContain('people.csv')
    const forged = await leader.post('/imports/new', { system: 'Forged', 'kept-people': `${'a'.repeat(64)} 10 people.csv` })
    expect(forged.status).toBe(422)
    expect(forged.words).toContain('no longer in storage')
  })

  it('[F24] says which columns are missing or chosen twice, with the choice as it was made', async () => {
    const id = await uploaded({ system: 'Halo', people: csv('people.csv', 'a,b\n1,2\n') })
    const reply = await leader.post(`/imports/${id}/columns`, {
      'people-0': 'family',
      'people-1': 'family',
      'mapping-name': 'x'.repeat(61),
    })
    expect(reply.status).toBe(422)
    expect(reply.words).toContain('Two columns of people.csv are “Surname”')
    expect(reply.words).toContain('Say which column of people.csv is “Number in the old system”')
    expect(reply.words).toContain('Name must be 60 characters or fewer')
    expect(columnsOf(reply)).toEqual({ 'people-0': 'family', 'people-1': 'family' })
  })

  it('[F24] takes files of many megabytes', async () => {
    const rows = Array.from({ length: 60_000 }, (_, n) => `P${n},Surname ${'x'.repeat(40)},Given,03/06/2014,,\n`).join('')
    const id = await uploaded({ system: 'Large', people: csv('people.csv', people + rows) })
    expect((await scene.find(id)).files.people?.bytes).toBeGreaterThan(3_000_000)
  })

  it('[F24] decides about all duplicates at once', async () => {
    const row = (n: number, nhs: string) => `Q${n},Tregear,Hedra,0${n}/05/1970,${nhs},\n`
    const id = await uploaded({
      system: 'Bulk',
      people: csv('people.csv', `${people}${row(1, '9993219703')}${row(5, '9993219703')}${row(6, '')}`),
    })
    await leader.post(`/imports/${id}/columns`, columnsOf(await leader.get(`/imports/${id}/columns`)))
    await doJobs()
    expect((await leader.post(`/imports/${id}/duplicates`, { all: 'yes' })).status).toBe(422)
    expect((await leader.post(`/imports/${id}/duplicates`, { all: 'yes', rest: 'likely' })).location).toBe(`/imports/${id}`)
    const { rows } = await scene.database.admin.query(
      'select row_number as row, decision, chosen from import_doubts where import_id = $1 order by 1',
      [id],
    )
    expect(rows).toEqual([
      { row: 3, decision: 'same', chosen: 'row:2' },
      { row: 4, decision: 'new', chosen: null },
    ])
  })
})

describe('who may import', () => {
  const pagesOf = (id: string) => [
    '/imports',
    '/imports/new',
    `/imports/${id}`,
    `/imports/${id}/columns`,
    `/imports/${id}/duplicates`,
    `/imports/${id}/problems/people`,
    `/imports/${id}/undo`,
  ]
  const statuses = async (user: User, id: string) => Promise.all(pagesOf(id).map(async path => (await site.as(user).get(path)).status))

  it('[U28] a worker whose role does not import finds no such pages', async () => {
    const id = await uploaded({ system: 'Halo', people: csv('people.csv', `${people}P1,A,B,,,\n`) })
    const plain = await addUser(scene.database, scene.team)
    expect(new Set(await statuses(plain, id))).toEqual(new Set([404]))
    for (const action of ['columns', 'check', 'run', 'undo', 'duplicates'])
      expect((await site.as(plain).post(`/imports/${id}/${action}`, {})).status).toBe(404)
  })

  it('[U13] an importer of another agency finds their own list, and none of these imports', async () => {
    const id = await uploaded({ system: 'Halo', people: csv('people.csv', `${people}P1,A,B,,,\n`) })
    const elsewhere = await addUser(scene.database, await addTeam(scene.database, await addAgency(scene.database)), { may: importer })
    expect(await statuses(elsewhere, id)).toEqual([200, 200, 404, 404, 404, 404, 404])
    for (const action of ['columns', 'check', 'run', 'undo', 'duplicates'])
      expect((await site.as(elsewhere).post(`/imports/${id}/${action}`, {})).status).toBe(404)
    expect((await site.as(elsewhere).get('/imports')).words).toContain('Nothing has been imported yet')
  })

  it('[F24] an administrator without a post in a team is told whom to ask', async () => {
    const team = await addTeam(scene.database, scene.team.agency, [])
    const administrator = await addUser(scene.database, team, { may: ['import-records', 'manage-users'] })
    expect((await site.as(administrator).get('/imports/new')).words).toContain('You have no post in a team that works with people')
  })

  it('what is not an import is not found', async () => {
    for (const path of ['/imports/none', `/imports/${crypto.randomUUID()}`, '/imports/new/columns'])
      expect((await leader.get(path)).status).toBe(404)
  })
})

it('[F24] work that is not heard of any more can be carried on', async () => {
  const id = await uploaded({ system: 'Silent', people: csv('people.csv', `${people}P1,A,B,,,\n`) })
  await leader.post(`/imports/${id}/columns`, columnsOf(await leader.get(`/imports/${id}/columns`)))
  await scene.database.admin.query(
    `update imports set progress = '{"at":"2026-11-20T09:00:00Z","startedAt":"2026-11-20T08:59:00Z"}' where id = $1`,
    [id],
  )
  expect((await leader.get(`/imports/${id}`)).words).toContain('Nothing has been heard of it for a while')
  await leader.post(`/imports/${id}/check`, { 'carry-on': 'yes' })
  // In place of the job that is not heard of, not beside it.
  expect(waiting).toMatchObject([{ task: 'check-import', key: `import ${id}` }])
  await doJobs()
  expect((await scene.find(id)).state).toBe('checked')
})
