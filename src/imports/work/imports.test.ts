import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { as } from '../../../test/factories/world.ts'
import { testDatabase } from '../../../test/harness/database.ts'
import { asPlainDate } from '../../platform/plain-date.ts'
import { writeCaseload } from '../generator/index.ts'
import { importScene, type Scene } from '../testing/scene.ts'
import { checkImport, runImport } from './check-and-run.ts'

let scene: Scene
beforeAll(async () => {
  scene = await importScene(await testDatabase())
})
afterAll(() => scene.close())

describe('a caseload of an old system', () => {
  it('smoke', async () => {
    const out = `${scene.folder}/clean`
    const written = await writeCaseload({ people: 200, seed: 5, asOf: asPlainDate('2026-11-20'), dirty: false }, out)
    const id = await scene.begin('Halo', { people: { path: `${out}/people.csv` }, cases: { path: `${out}/cases.csv` }, notes: { path: `${out}/notes.csv` } })
    await checkImport(scene.work, id, scene.leader.id)
    const checked = await scene.find(id)
    console.info(checked.state, checked.stoppedBecause, checked.checked)
    const { rows } = await scene.database.admin.query('select file, severity, field, count(*), min(message) from import_problems where import_id=$1 group by 1,2,3 order by 4 desc', [id])
    console.table(rows)
    const doubts = await scene.database.admin.query('select shown, candidates from import_doubts where import_id=$1 limit 5', [id])
    console.info(JSON.stringify(doubts.rows, null, 1))
    await scene.database.admin.query(`update import_doubts set decision='new' where import_id=$1`, [id])
    const t = Date.now()
    await runImport(scene.work, id, scene.leader.id)
    const done = await scene.find(id)
    console.info(done.state, done.stoppedBecause, done.result, Date.now() - t, written)
    expect(done.state).toBe('done')
  })
})
