import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actorOf, addAgency, addTeam, addUser, as, type User, worker } from '../../../test/factories/world.ts'
import { type TestDatabase, testDatabase } from '../../../test/harness/database.ts'
import { addNote, lockCase, openPartToEdit, timelineOf } from '../../cases/index.ts'
import { foldName } from '../../people/index.ts'
import { asActor } from '../../platform/actor.ts'
import { asPlainDate } from '../../platform/plain-date.ts'
import { findPeopleBy, understand } from '../../search/index.ts'
import { type Decided, decide } from '../doubts.ts'
import { writeCaseload } from '../generator/index.ts'
import { type Import, noCounts } from '../import.ts'
import { listImports } from '../imports.queries.ts'
import { importer, importScene, type Scene } from '../testing/scene.ts'
import { checkImport, runImport } from './check-and-run.ts'
import { askFor, type WorkState } from './job.ts'
import { undoImport } from './undo-import.ts'

let database: TestDatabase
let scene: Scene
let colleague: User
beforeAll(async () => {
  database = await testDatabase()
  scene = await importScene(database)
  // One worker of the generated files is a user here, the others are names.
  colleague = await addUser(database, scene.team, { name: 'Tamsin Rowe' })
})
afterAll(() => scene.close())

const ask = (id: string, state: WorkState, user = scene.leader) => as(database, user, tx => askFor(tx, id, state))
const check = async (id: string): Promise<Import> => {
  await ask(id, 'checking')
  await checkImport(scene.work, id, scene.leader.id)
  return scene.find(id)
}
const run = async (id: string): Promise<Import> => {
  await ask(id, 'running')
  await runImport(scene.work, id, scene.leader.id)
  return scene.find(id)
}
const undo = async (id: string): Promise<Import> => {
  await ask(id, 'undoing')
  await undoImport(scene.work, id, scene.leader.id)
  return scene.find(id)
}
const decideAll = (id: string, decision: 'new' | 'leave-out') =>
  database.admin.query('update import_doubts set decision = $2, chosen = null where import_id = $1', [id, decision])
const problems = async (id: string, severity = 'rejected') =>
  (
    await database.admin.query<{ file: string; row: number; message: string }>(
      'select file, row_number as row, message from import_problems where import_id = $1 and severity = $2 order by file, row_number, position',
      [id, severity],
    )
  ).rows
const recordOf = async (importId: string, kind: string, key: string): Promise<string> =>
  (
    await database.admin.query<{ id: string }>(
      'select record_id as id from import_keys where import_id = $1 and kind = $2 and external_key = $3',
      [importId, kind, key],
    )
  ).rows[0]!.id
const keysOf = async (importId: string, kind: string) =>
  (
    await database.admin.query<{ key: string; id: string }>(
      'select external_key as key, record_id as id from import_keys where import_id = $1 and kind = $2 and not linked',
      [importId, kind],
    )
  ).rows
const finds = (user: User, text: string) =>
  as(database, user, async (tx, actor) =>
    (await findPeopleBy(tx, actor.principals, understand(text, asPlainDate('2026-11-20')).terms, 1)).people.map(one => one.id as string),
  )

const people = 'record_id,surname,forename,date_of_birth,nhs_number,postcode\n'
const cases = 'case_id,record_id,service,referral_date,referral_source,reason,worker,status,risk,closed_date,closure_reason\n'
const notes = 'note_id,case_id,note_date,note_type,author,note_text\n'
let systems = 0
const system = () => `System ${++systems}`

describe('a small caseload', () => {
  it('[F24] is checked without anything being written, and then taken over as it was', async () => {
    const name = system()
    const id = await scene.begin(name, {
      people: `${people}P1,Pentreath,Wenna,03/06/2014,9994326163,TR18 4QA\n`,
      cases: `${cases}C1,P1,Early help,01/10/2026,School,Not at school,Tamsin Rowe,Open,Medium,,\nC2,P1,drug-and-alcohol,05/01/2025,GP,Drinking,Marlon Francis,Closed,High,01/03/2025,Moved away\n`,
      notes: `${notes}N1,C1,02/10/2026 14:30,Home visit,Tamsin Rowe,"Met Wenna.\n""Fine"", she said."\nN2,C1,03/10/2026,Missed appointment,Somebody Else,Not at home\n`,
    })
    const checked = await check(id)
    expect(checked).toMatchObject({
      state: 'checked',
      checked: { people: { rows: 1, taken: 1, rejected: 0 }, cases: { rows: 2, taken: 2 }, notes: { rows: 2, taken: 2 }, doubts: 0 },
    })
    expect((await database.admin.query('select from people where family_name = $1', ['Pentreath'])).rowCount).toBe(0)
    const done = await run(id)
    expect(done).toMatchObject({ state: 'done', result: { people: { taken: 1 }, cases: { taken: 2 }, notes: { taken: 2 } } })

    const personId = await recordOf(id, 'person', 'P1')
    for (const text of ['Pentreath', 'wenna pentr', '999 432 6163', '03/06/2014', 'TR18 4QA', 'P1 pentreath'])
      expect(await finds(scene.leader, text)).toContain(personId)
    const { lines } = await as(database, colleague, tx => timelineOf(tx, { personId }))
    expect(lines.map(line => line.title)).toEqual(
      expect.arrayContaining([
        'Missed appointment',
        'Home visit',
        'Referred by school, nursery or college',
        'Allocated to Tamsin Rowe',
        'Work started',
        'Risk rated medium',
      ]),
    )
    expect(lines.find(line => line.title === 'Home visit')).toMatchObject({
      summary: 'Met Wenna. "Fine", she said.',
      at: new Date('2026-10-02T13:30:00Z'),
    })

    const caseId = await recordOf(id, 'case', 'C1')
    const theCase = await as(database, colleague, (tx, actor) => lockCase(tx, actor, caseId))
    expect(theCase).toMatchObject({
      status: 'open',
      workerName: 'Tamsin Rowe',
      mayEdit: true,
      state: { risk: 'medium', referredOn: '2026-10-01', allocatedOn: '2026-11-20' },
    })
    const { rows: work } = await database.admin.query(
      'select status, stage, due_on::text, last_contact from caseload_entries where case_id = $1',
      [caseId],
    )
    // What is due counts from the day of the taking over, and the last contact is the visit, not the missed one.
    expect(work).toEqual([{ status: 'open', stage: 'Assessment', due_on: '2026-12-18', last_contact: 'Home visit' }])
    const { rows: closed } = await database.admin.query(
      'select reason, outcome from closures x join cases c on c.id = x.case_id where c.person_id = $1',
      [personId],
    )
    expect(closed).toEqual([{ reason: 'Moved away', outcome: 'not-known' }])
  })

  it('[U9] [F24] leaves its author and every row in the audit', async () => {
    const id = await scene.begin(system(), {
      people: `${people}P1,Chirgwin,Loveday,,,\n`,
      cases: `${cases}C1,P1,Early help,01/10/2026,,,,,,,\n`,
      notes: `${notes}N1,C1,02/10/2026,,,Words\n`,
    })
    await check(id)
    await run(id)
    const { rows } = await database.admin.query('select action from audit_events where person_id = $1 order by id', [
      await recordOf(id, 'person', 'P1'),
    ])
    expect(rows.map(row => row.action)).toEqual(['person-registered', 'case-taken-over', 'case-note-taken-over'])
    const { rows: own } = await database.admin.query(
      'select action, user_id from audit_events where subject_type = $1 and subject_id = $2 order by id',
      ['import', id],
    )
    expect(own.map(row => row.action)).toEqual(['import-begun', 'import-checked', 'import-run', 'import-finished'])
    expect(own.every(row => row.user_id === scene.leader.id)).toBe(true)
  })

  it('[F24] is said what is wrong with: numbers that lead nowhere, repeated rows, services of other teams', async () => {
    const id = await scene.begin(system(), {
      people: `${people}P1,Nance,Kitto,31/02/1980,,\nP2,Nance,Morwenna,03/04/1981,,\nP2,Nance,Morwenna,03/04/1981,,\nP2,Nance,Another,03/04/1981,,\n`,
      cases: `${cases}C1,P1,Early help,01/10/2026,,,,Open,,,\nC2,P9,Early help,01/10/2026,,,,Open,,,\nC3,P2,Parking,01/10/2026,,,,Open,,,\nC4,P2,Early help,01/10/2026,,,,Closed,,,\nC5,P2,Early help,01/10/2026,,,,Open,Purple,,\n`,
      notes: `${notes}N1,C1,02/10/2026,Call,,Words\nN2,C9,02/10/2026,Call,,Words\nN3,C4,02/10/2027,Call,,\n`,
    })
    const checked = await check(id)
    expect(checked.checked).toMatchObject({
      people: { rows: 4, taken: 0, rejected: 3, leftOut: 1 },
      cases: { taken: 0, rejected: 5 },
      notes: { taken: 0, rejected: 3 },
    })
    const found = (await problems(id)).map(({ file, row, message }) => `${file} ${row}: ${message}`)
    expect(found).toEqual([
      'cases 2: Row 2 of the people, whose case this is, is rejected. Mend that row first',
      'cases 3: No person has the number “P9”: neither in the file of people nor among those taken over from System 3. Correct the number, or add the person',
      expect.stringContaining('cases 4: Service “Parking” is not known here. Write one of '),
      'cases 5: Closed on must be given for a case that is closed',
      'cases 6: Level of risk “Purple” is not known here. Write high, medium or low, or leave it empty',
      'notes 2: Row 2 of the cases, which this note is of, is rejected. Mend that row first',
      'notes 3: No case has the number “C9”: neither in the file of cases nor among those taken over from System 3. Correct the number',
      'notes 4: Text must not be empty',
      'notes 4: Date of the note must be in the past: “02/10/2027” is to come',
      'notes 4: Row 5 of the cases, which this note is of, is rejected. Mend that row first',
      'people 2: Date of birth must be a real date, dd/mm/yyyy: “31/02/1980” is none',
      'people 3: Waits for row 4 of the cases, which is this person’s and is rejected. Mend that row, and import both again',
      'people 5: Row 3 has the same number and says something else. Only that one is taken over: give this one a number of its own, or leave it out',
    ])
    expect((await problems(id, 'left-out')).map(one => one.message)).toEqual([
      'The same as row 3: taken over once. Nothing needs to be done',
    ])
  })

  it('[F24] takes mended rows over later, and reports what has changed since', async () => {
    const name = system()
    const first = await scene.begin(name, {
      people: `${people}P1,Uren,Colan,31/02/1980,,\nP2,Uren,Elestren,02/02/1982,,\n`,
      cases: `${cases}C2,P2,Early help,01/10/2026,,,,Open,,,\n`,
    })
    await check(first)
    expect((await run(first)).result).toMatchObject({ people: { taken: 1, rejected: 1 }, cases: { taken: 1 } })
    const second = await scene.begin(name, {
      people: `${people}P1,Uren,Colan,28/02/1980,,\nP2,Uren,Ellie,02/02/1982,,\n`,
      cases: `${cases}C2,P2,Early help,01/10/2026,,,,Open,,,\nC3,P2,Early help,03/11/2026,,,,Referred,,,\n`,
    })
    expect((await check(second)).checked).toMatchObject({ people: { taken: 1, changed: 1 }, cases: { already: 1, taken: 1 } })
    await decideAll(second, 'new')
    expect((await run(second)).result).toMatchObject({ people: { taken: 1, changed: 1 }, cases: { already: 1, taken: 1 } })
    expect(await problems(second, 'changed')).toMatchObject([{ file: 'people', row: 3 }])
    const { rows } = await database.admin.query(`select given_name from people where id = $1`, [await recordOf(first, 'person', 'P2')])
    expect(rows).toEqual([{ given_name: 'Elestren' }])
  })

  it('[F24] puts nobody on record whose every case is still to be mended, and takes both over together afterwards', async () => {
    const name = system()
    const head = { people: `${people}P1,Spargo,Derwa,03/04/1981,,\nP2,Spargo,Gerren,04/05/1982,,\n` }
    const good = 'C2,P2,Early help,01/10/2026,,,,Open,,,\nC3,P2,Early help,01/13/2026,,,,Open,,,\n'
    const first = await scene.begin(name, { ...head, cases: `${cases}C1,P1,Early help,31/02/2026,,,,Open,,,\n${good}` })
    expect((await check(first)).checked).toMatchObject({ people: { taken: 1, rejected: 1 }, cases: { taken: 1, rejected: 2 }, doubts: 0 })
    expect((await run(first)).result).toMatchObject({ people: { taken: 1, rejected: 1 }, cases: { taken: 1, rejected: 2 } })
    expect(await finds(scene.leader, 'derwa spargo')).toEqual([])
    expect((await problems(first)).map(({ file, row, message }) => `${file} ${row}: ${message}`)).toEqual([
      'cases 2: Date of the referral must be a real date, dd/mm/yyyy: “31/02/2026” is none',
      'cases 4: Date of the referral seems to have the month first: “01/13/2026”. Write the day first, dd/mm/yyyy',
      'people 2: Waits for row 2 of the cases, which is this person’s and is rejected. Mend that row, and import both again',
    ])
    const second = await scene.begin(name, { ...head, cases: `${cases}C1,P1,Early help,28/02/2026,,,,Open,,,\n${good}` })
    await check(second)
    expect((await run(second)).result).toMatchObject({ people: { taken: 1, already: 1 }, cases: { taken: 1, already: 1, rejected: 1 } })
    expect(await finds(scene.leader, 'derwa spargo')).toHaveLength(1)
  })

  it('[F24] takes notes over by what they say where they have no number', async () => {
    const name = system()
    const texts = {
      people: `${people}P1,Angove,Jenna,,,\n`,
      cases: `${cases}C1,P1,Early help,01/10/2026,,,,Open,,,\n`,
      notes: 'case_id,note_date,note_text\nC1,02/10/2026,Words\nC1,02/10/2026,Words\nC1,03/10/2026,Words\n',
    }
    const first = await scene.begin(name, texts)
    await check(first)
    expect((await run(first)).result?.notes).toMatchObject({ rows: 3, taken: 2, leftOut: 1 })
    const second = await scene.begin(name, texts)
    expect((await check(second)).checked?.notes).toMatchObject({ rows: 3, already: 2, leftOut: 1, taken: 0 })
  })

  it('[F24] stops with a message when a file cannot be read to its end', async () => {
    const many = Array.from({ length: 80 }, (_, n) => `P${n},Name,Given,,,`).join('\n')
    const id = await scene.begin(system(), { people: `${people}${many}\nP99,"Never closed,X,,,\n` })
    expect(await check(id)).toMatchObject({
      state: 'stopped',
      stoppedIn: 'checking',
      stoppedBecause: expect.stringContaining('After row 81 a quotation mark is opened and never closed'),
    })
  })
})

describe('a job that comes again', () => {
  const begun = (family: string) => scene.begin(system(), { people: `${people}P1,${family},,,,\n` })
  /** A run whose process breaks when its rows are written and the last batch is not. */
  const broken = async (id: string) => {
    await check(id)
    await ask(id, 'running')
    let batches = 0
    const actorOf: Scene['work']['actorOf'] = user => {
      if (++batches === 5) throw new Error('the power went')
      return scene.work.actorOf(user)
    }
    await expect(runImport({ ...scene.work, actorOf }, id, scene.leader.id)).rejects.toThrow('the power went')
    expect(await scene.find(id)).toMatchObject({ state: 'stopped', stoppedIn: 'running' })
    expect(await keysOf(id, 'person')).toHaveLength(1)
  }

  it('[F24] goes on where it stopped, when nothing else was asked for', async () => {
    const id = await begun('Hocking')
    await broken(id)
    await runImport(scene.work, id, scene.leader.id)
    expect((await scene.find(id)).state).toBe('done')
    expect(await keysOf(id, 'person')).toHaveLength(1)
  })

  it('[F24] takes nothing over again after the import was undone', async () => {
    const id = await begun('Tremayne')
    await broken(id)
    await undo(id)
    await runImport(scene.work, id, scene.leader.id)
    expect((await scene.find(id)).state).toBe('undone')
    expect(await keysOf(id, 'person')).toHaveLength(1)
  })

  it('[F24] leaves an import that is done, checked or undone as it is', async () => {
    const id = await begun('Kneebone')
    await check(id)
    await runImport(scene.work, id, scene.leader.id)
    expect((await scene.find(id)).state).toBe('checked')
    await run(id)
    for (const job of [checkImport, runImport, undoImport]) await job(scene.work, id, scene.leader.id)
    expect((await scene.find(id)).state).toBe('done')
    await undo(id)
    for (const job of [checkImport, runImport, undoImport]) await job(scene.work, id, scene.leader.id)
    expect((await scene.find(id)).state).toBe('undone')
  })
})

describe('possible duplicates', () => {
  const known = async (texts: { people: string }) => {
    const id = await scene.begin(system(), texts)
    await check(id)
    await decideAll(id, 'new')
    await run(id)
    return recordOf(id, 'person', 'K1')
  }

  it('[F11] [F24] are offered with why, on record and within the file, and nothing runs before they are decided', async () => {
    const personId = await known({ people: `${people}K1,Trevithick,Kitto,17/05/1990,9994326236,\n` })
    const id = await scene.begin(system(), {
      people: `${people}A1,Trevithic,Kito,18/05/1990,,\nA2,Rosewarne,Hedra,01/02/1970,9993219711,\nA3,Rosewarn,Hedra,01/02/1970,9993219711,\n`,
      cases: `${cases}C1,A1,Early help,01/10/2026,,,,Open,,,\nC3,A3,Early help,01/10/2026,,,,Open,,,\n`,
    })
    expect((await check(id)).checked?.doubts).toBe(2)
    const { rows: doubts } = await database.admin.query(
      'select row_number as row, candidates from import_doubts where import_id = $1 order by 1',
      [id],
    )
    expect(doubts).toMatchObject([
      { row: 2, candidates: [{ personId, reasons: ['Sounds the same and the date of birth is one day out'] }] },
      { row: 4, candidates: [{ row: 3, key: 'A2', score: 100 }] },
    ])
    expect(await run(id)).toMatchObject({ state: 'stopped', stoppedBecause: '2 possible duplicates are still to be decided' })

    await database.admin.query(`update import_doubts set decision = 'same', chosen = $2 where import_id = $1 and row_number = 2`, [
      id,
      `person:${personId}`,
    ])
    await database.admin.query(`update import_doubts set decision = 'same', chosen = 'row:3' where import_id = $1 and row_number = 4`, [id])
    expect((await run(id)).result).toMatchObject({ people: { taken: 1, linked: 2 }, cases: { taken: 2 } })
    const { rows } = await database.admin.query(
      'select c.person_id, k.external_key as key from cases c join import_keys k on k.record_id = c.id where k.import_id = $1 order by 2',
      [id],
    )
    expect(rows).toEqual([
      { key: 'C1', person_id: personId },
      { key: 'C3', person_id: await recordOf(id, 'person', 'A2') },
    ])
  })

  it('[F24] are asked about once, through checks that are repeated or interrupted', async () => {
    await known({ people: `${people}K1,Nancarrow,Hedra,17/05/1988,9994326422,\n` })
    const id = await scene.begin(system(), {
      people: `${people}A1,Nancarrow,Hedra,17/05/1988,9994326422,\nA2,Penhallow,Cador,02/03/1979,,\nA3,Penhallow,Cador,02/03/1979,,\n`,
    })
    await check(id)
    const decisions = async () =>
      (
        await database.admin.query(
          'select row_number as row, decision, chosen, decided_by as by from import_doubts where import_id = $1 order by 1',
          [id],
        )
      ).rows
    const decided = [
      { row: 2, decision: 'leave-out', chosen: null, by: 'Somebody' },
      { row: 4, decision: 'same', chosen: 'row:3', by: 'Somebody' },
    ]
    await as(database, scene.leader, tx => decide(tx, id, 'Somebody', scene.clock.now(), decided as Decided[]))

    // Broken off before and after the rows were read: the last batch is the fifth.
    for (const last of [3, 4, 5]) {
      let batches = 0
      const breaks: Scene['work']['actorOf'] = user => {
        if (++batches === last) throw new Error('the power went')
        return scene.work.actorOf(user)
      }
      await ask(id, 'checking')
      await expect(checkImport({ ...scene.work, actorOf: breaks }, id, scene.leader.id)).rejects.toThrow('the power went')
      expect(await decisions()).toEqual(decided)
    }
    expect((await check(id)).checked?.doubts).toBe(2)
    expect(await decisions()).toEqual(decided)

    // Whoever was chosen is no longer likely: that is asked again, and nothing else.
    await database.admin.query(`update import_doubts set chosen = 'row:999' where import_id = $1 and row_number = 4`, [id])
    expect((await check(id)).checked?.doubts).toBe(2)
    expect(await decisions()).toEqual([decided[0], { row: 4, decision: null, chosen: null, by: null }])
  })

  it('[F24] can be left out, with their cases and notes', async () => {
    await known({ people: `${people}K1,Bolitho,Rosen,17/05/1991,9994326317,\n` })
    const id = await scene.begin(system(), {
      people: `${people}A1,Bolitho,Rosen,17/05/1991,9994326317,\n`,
      cases: `${cases}C1,A1,Early help,01/10/2026,,,,Open,,,\n`,
      notes: `${notes}N1,C1,02/10/2026,Call,,Words\n`,
    })
    await check(id)
    await decideAll(id, 'leave-out')
    expect((await run(id)).result).toMatchObject({
      people: { taken: 0, leftOut: 1 },
      cases: { taken: 0, leftOut: 1 },
      notes: { taken: 0, leftOut: 1 },
    })
  })

  it('[U13] are nobody whom the importer may not see', async () => {
    const elsewhere = await addUser(database, await addTeam(database, await addAgency(database)), { may: importer })
    const team = { id: (await actorOf(database, elsewhere.id)).posts[0]!.teamId }
    const text = `${people}K1,Carveth,Ysella,17/05/1992,9994326406,\n`
    await known({ people: text })
    const id = await scene.begin(system(), { people: text }, { user: elsewhere, team: team as never })
    await ask(id, 'checking', elsewhere)
    await checkImport(scene.work, id, elsewhere.id)
    expect((await scene.find(id, elsewhere)).checked).toMatchObject({ people: { taken: 1 }, doubts: 0 })
  })
})

describe('who may', () => {
  it('[U13] another agency, and a colleague without the posts, know nothing of an import; one who holds them all sees it', async () => {
    const id = await scene.begin(system(), { people: `${people}P1,Opie,Piran,,,\n` })
    const elsewhere = await addUser(database, await addTeam(database, await addAgency(database)), { may: importer })
    const listed = async (user: User) =>
      (await asActor(database.web, await actorOf(database, user.id), 'read', tx => listImports(tx))).map(one => one.id)
    expect(await listed(elsewhere)).toEqual([])
    expect(await listed(colleague)).toEqual([])
    expect(await listed(scene.leader)).toContain(id)
    await database.admin.query(`update imports set posts = $2 where id = $1`, [id, [scene.team.posts['early-help']]])
    expect(await listed(colleague)).toContain(id)
  })

  it('[U28] work stops when the right to import is taken away', async () => {
    const looker = await addUser(database, scene.team, { may: importer })
    const id = await scene.begin(system(), { people: `${people}P1,Opie,Piran,,,\n` }, { user: looker })
    await database.admin.query('update roles set capabilities = $2 where id in (select role_id from posts where user_id = $1)', [
      looker.id,
      [...worker],
    ])
    await ask(id, 'checking', looker)
    await expect(checkImport(scene.work, id, looker.id)).rejects.toThrow('may not import')
    expect((await scene.find(id, looker)).checked).toBeNull()
  })
})

describe('generated files, dirty ones', () => {
  let out: string
  let id: string
  let asIs: { people: { path: string }; cases: { path: string }; notes: { path: string } }
  beforeAll(async () => {
    out = `${scene.folder}/dirty`
    await writeCaseload({ people: 700, seed: 11, asOf: asPlainDate('2026-11-20'), dirty: true }, out)
    asIs = { people: { path: `${out}/people.csv` }, cases: { path: `${out}/cases.csv` }, notes: { path: `${out}/notes.csv` } }
    id = await scene.begin('Halo', asIs)
  })

  it('[F24] say of every row what became of it', async () => {
    const { checked } = await check(id)
    for (const kind of ['people', 'cases', 'notes'] as const) {
      const { rows, taken, rejected, leftOut, changed, already, linked } = checked![kind]!
      expect(rows).toBe(taken + rejected + leftOut + changed + already + linked)
      expect(taken).toBeGreaterThan(rows * 0.8)
      expect(rejected).toBeGreaterThan(0)
      const said = new Set((await problems(id)).filter(one => one.file === kind).map(one => one.row))
      expect(said.size).toBe(rejected)
    }
    expect(checked!.otherLines).toBeGreaterThan(0)
    // No message is a fault of ours, and none is without a word on what to do.
    for (const { message } of await problems(id)) expect(message.length).toBeGreaterThan(20)
  })

  it('[F24] are taken over again and again with the same end, through a crash in the middle', async () => {
    await decideAll(id, 'new')
    let asked = 0
    const clock = {
      now: () => {
        // Three questions a batch: somewhere in the third, with its rows written and not committed.
        if (++asked === 14) throw new Error('the power went')
        return scene.clock.now()
      },
    }
    await ask(id, 'running')
    await expect(runImport({ ...scene.work, clock }, id, scene.leader.id)).rejects.toThrow('the power went')
    const half = await scene.find(id)
    expect(half).toMatchObject({ state: 'stopped', stoppedIn: 'running' })
    const before = (await keysOf(id, 'person')).length + (await keysOf(id, 'case')).length
    expect(before).toBeGreaterThan(0)

    const done = await run(id)
    expect(done.state).toBe('done')
    for (const kind of ['people', 'cases', 'notes'] as const) {
      const { warnings: _, ...same } = { ...noCounts(), ...done.checked![kind] }
      expect(done.result![kind]).toMatchObject(same)
    }
    expect(await keysOf(id, 'person')).toHaveLength(done.result!.people!.taken)
    expect(await keysOf(id, 'note')).toHaveLength(done.result!.notes!.taken)
    const again = await scene.begin('Halo', asIs)
    const checkedAgain = await check(again)
    for (const kind of ['people', 'cases', 'notes'] as const)
      expect(checkedAgain.checked![kind]).toMatchObject({ taken: 0, already: done.result![kind]!.taken })
    await run(again)
    expect(await keysOf(again, 'person')).toEqual([])
  })

  it('[F24] [U17] every accepted row is found by search and stands in the timeline', async () => {
    const taken = await keysOf(id, 'person')
    const actor = await actorOf(database, scene.leader.id)
    await asActor(database.web, actor, 'read', async tx => {
      for (const { key, id: personId } of taken.filter((_, n) => n % 9 === 0)) {
        const found = await findPeopleBy(tx, actor.principals, understand(key, asPlainDate('2026-11-20')).terms, 1)
        expect(found.people.map(one => one.id as string)).toContain(personId)
      }
    })
    const { rows: untold } = await database.admin.query(
      `select k.external_key from import_keys k where k.import_id = $1 and (
         k.kind = 'note' and not exists (select from timeline_entries t where t.source_id = k.record_id)
         or k.kind = 'case' and not exists (select from timeline_entries t where t.case_id = k.record_id and t.kind = 'referral'))`,
      [id],
    )
    expect(untold).toEqual([])
    // Nothing of a row is lost on the way: the text of a note is the file's.
    const { rows: texts } = await database.admin.query<{ text: string }>(
      `select n.text from case_notes n join import_keys k on k.record_id = n.id where k.import_id = $1 and n.text ~ '^[A-Z][a-z ]+\\.$' limit 20`,
      [id],
    )
    const file = readFileSync(`${out}/notes.csv`, 'utf8')
    for (const { text } of texts) expect(file).toContain(text)
  })

  it('[F24] are undone as a whole, but for those whom somebody has worked with, and can be taken over again', async () => {
    const taken = await keysOf(id, 'case')
    const kept = taken[3]!.id
    const { rows: owner } = await database.admin.query<{ id: string }>('select person_id as id from cases where id = $1', [kept])
    await as(database, scene.leader, async (tx, actor) => {
      const place = await openPartToEdit(tx, actor, kept, 'notes')
      await addNote(tx, actor, scene.clock.now(), place!, {
        noteType: 'call',
        title: 'Call',
        happenedAt: scene.clock.now(),
        text: 'Rang.',
        facts: '',
        analysis: '',
        ownWords: '',
        namedReaders: null,
      })
    })
    const before = await keysOf(id, 'person')
    const undone = await undo(id)
    expect(undone).toMatchObject({ state: 'undone', kept: [{ personId: owner[0]!.id }] })
    const visible = await as(database, scene.leader, async tx =>
      (await sql<{ id: string }>`select id from people where id = any (${before.map(one => one.id)}::uuid[])`.execute(tx)).rows.map(
        row => row.id,
      ),
    )
    expect(visible).toEqual([owner[0]!.id])
    for (const table of [
      'cases',
      'case_notes',
      'timeline_entries',
      'case_events',
      'caseload_entries',
      'involvements',
      'referrals',
      'allocations',
      'access_grants',
    ]) {
      const key = table === 'cases' ? 'id' : 'case_id'
      const { rows } = await database.admin.query(
        `select count(*)::int as left from ${table} where ${key} = any ($1) and readers <> '{}' and ${key} not in (select id from cases where person_id = $2)`,
        [taken.map(one => one.id), owner[0]!.id],
      )
      expect(rows).toEqual([{ left: 0 }])
    }
    const { rows: tokens } = await database.admin.query(
      `select count(*)::int as left from person_tokens where person_id = any ($1) and person_id <> $2`,
      [before.map(one => one.id), owner[0]!.id],
    )
    expect(tokens).toEqual([{ left: 0 }])
    const { rows: rowsLeft } = await database.admin.query('select count(*)::int as count from people where id = any ($1)', [
      before.map(one => one.id),
    ])
    expect(rowsLeft).toEqual([{ count: before.length }])

    const again = await scene.begin('Halo', asIs)
    const checked = (await check(again)).checked!
    expect(checked.people).toMatchObject({ taken: before.length - 1, already: 1 })
    await decideAll(again, 'new')
    expect((await run(again)).result!.people).toMatchObject({ taken: before.length - 1, already: 1 })
  })
})

it('names fold alike in files and here', () => expect(foldName('Tamsin  ROWE')).toBe('tamsin rowe'))
