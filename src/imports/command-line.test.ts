import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { actorOf, addUser, type User } from '../../test/factories/world.ts'
import { testDatabase } from '../../test/harness/database.ts'
import { type ImportWish, importFromCommandLine, undoFromCommandLine } from './command-line.ts'
import { importer, importScene, type Scene } from './testing/scene.ts'

let scene: Scene
let said: string[] = []
beforeAll(async () => {
  scene = await importScene(await testDatabase())
})
afterAll(() => scene.close())

const parts = async (user: User) => ({
  work: scene.work,
  actor: await actorOf(scene.database, user.id),
  say: (line: string) => void said.push(line),
})
const wish = (more: Partial<ImportWish> = {}): ImportWish => {
  const write = (name: string, text: string) => {
    writeFileSync(`${scene.folder}/${name}`, text)
    return `${scene.folder}/${name}`
  }
  return {
    files: {
      people: write(
        'people.csv',
        'Client ID;Surname;First name;DOB\n1;Penrose;Wella;03/06/1980\n2;Penrose;Wella;03/06/1980\n3;Other;Team;04/07/1981\n4;Penrose;Cubert;31/02/1980\n',
      ),
      cases: write('cases.csv', 'Case ID;Client ID;Service;Referral date\nA;1;Early help;01/10/2026\nB;3;Refugees;01/10/2026\n'),
    },
    system: 'Halo',
    team: scene.team.name,
    mapping: undefined,
    peopleWithoutCase: 'take-over',
    duplicates: undefined,
    checkOnly: false,
    out: `${scene.folder}/out`,
    ...more,
  }
}

test('[F24] the command line checks, writes the rows to be mended, and takes the rest over', async () => {
  said = []
  const checked = await importFromCommandLine(await parts(scene.leader), wish({ checkOnly: true }))
  expect(checked.state).toBe('checked')
  expect(said.join('\n')).toContain('people 4 rows: 3 would be taken over, 1 rejected')
  expect(readFileSync(`${scene.folder}/out/people - to mend.csv`, 'utf8')).toContain('4,Penrose,Cubert,31/02/1980')

  // Two people of one name and birthday: nobody decides that unasked.
  await expect(importFromCommandLine(await parts(scene.leader), wish())).rejects.toThrow(
    'Possible duplicates, on record already or in the file twice: 1.',
  )
  const done = await importFromCommandLine(await parts(scene.leader), wish({ duplicates: 'new' }))
  expect(done).toMatchObject({ state: 'done', result: { people: { taken: 3, rejected: 1 }, cases: { taken: 2 } } })
  await undoFromCommandLine(await parts(scene.leader), done.id)
  expect(said.at(-1)).toBe('Undone. 0 people stayed, because somebody has worked with them since.')
  expect((await scene.find(done.id)).state).toBe('undone')
})

test('[U13] [F24] people and cases of other teams are left out, and their rows need no mending', async () => {
  said = []
  const own = await addUser(scene.database, scene.team, { may: importer })
  const done = await importFromCommandLine(await parts(own), wish({ system: 'Halo again', duplicates: 'new' }))
  expect(done.result).toMatchObject({ people: { taken: 2, leftOut: 1, rejected: 1 }, cases: { taken: 1, leftOut: 1, rejected: 0 } })
  const { rows } = await scene.database.admin.query(
    'select message from import_problems where import_id = $1 and severity = $2 order by file',
    [done.id, 'left-out'],
  )
  expect(rows.map(row => row.message)).toEqual([
    `${scene.team.name} does not work in refugees, and you have no post in a team that does`,
    'Every case of this person is of a service that goes to no team of yours',
  ])
})

test('[U28] the command line refuses in words whoever may not, and what it cannot read', async () => {
  const plain = await addUser(scene.database, scene.team, { name: 'Plain Worker' })
  await expect(importFromCommandLine(await parts(plain), wish())).rejects.toThrow('Plain Worker has no role that may import.')
  await expect(importFromCommandLine(await parts(scene.leader), wish({ team: 'Nowhere' }))).rejects.toThrow(
    'has no post in a team “Nowhere”',
  )
  await expect(importFromCommandLine(await parts(scene.leader), wish({ mapping: 'None' }))).rejects.toThrow(
    'No columns are kept under the name “None”.',
  )
  writeFileSync(`${scene.folder}/odd.csv`, 'a,b\n1,2\n')
  await expect(importFromCommandLine(await parts(scene.leader), wish({ files: { people: `${scene.folder}/odd.csv` } }))).rejects.toThrow(
    'Say which column of odd.csv is “Number in the old system”.',
  )
  await expect(undoFromCommandLine(await parts(scene.leader), crypto.randomUUID())).rejects.toThrow('There is no import')
})
