import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { actorOf, addAgency, addPerson, addTeam, addUser, as, type Team, type User } from '../../../test/factories/world.ts'
import { freshDatabase, type TestDatabase } from '../../../test/harness/database.ts'
import { withhold } from '../../access/index.ts'
import { allocate, beginCase, lockCase, openPartToEdit, scheduleReview, triage } from '../../cases/index.ts'
import { prepareJobs } from '../../platform/jobs.ts'
import { asPlainDate, type PlainDate } from '../../platform/plain-date.ts'
import { addTask, changeTask, completeTask, findTask, type NewTask, plainly, taskJobs } from '../index.ts'
import { takeTask } from '../take-task/take-task.ts'

/** Who hears of what is near or overdue, and who does not. */
let database: TestDatabase
let team: Team
let tamsin: User
let leader: User
let otherLeader: User
const clock = { at: new Date('2026-11-20T09:30:00Z'), now: () => clock.at }

beforeAll(async () => {
  database = await freshDatabase()
  await prepareJobs(database.adminUrl, database.schema)
  const agency = await addAgency(database)
  team = await addTeam(database, agency)
  tamsin = await addUser(database, team, { name: 'Tamsin Rowe', may: ['read-records', 'record'] })
  const leads = ['read-records', 'record', 'manage-allocation'] as const
  leader = await addUser(database, team, { name: 'Demelza Vyvyan', may: leads })
  otherLeader = await addUser(database, await addTeam(database, agency), { may: leads })
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.admin.query(
    'delete from notices; delete from chasings; update tasks set due_on = null; update case_dues set due_on = $$infinity$$',
  )
  clock.at = new Date('2026-11-20T09:30:00Z')
})

const jobs = () =>
  taskJobs({ database: database.worker, clock, actorOf: async id => actorOf(database, id, clock.now()).catch(() => undefined) }).jobs
const chase = async (iso: string) => {
  clock.at = new Date(iso)
  await jobs()['chase']!(null, { tryNumber: 1, lastTry: false })
}
const told = async (who: User): Promise<string[]> =>
  (await database.admin.query('select kind, words from notices where user_id = $1 order by at, kind', [who.id])).rows.map(
    row => `${row.kind}: ${row.words}`,
  )

async function newCase(): Promise<string> {
  const person = await addPerson(database, team)
  return as(database, leader, async (tx, actor) => {
    const now = clock.now()
    const on = asPlainDate('2026-11-02')
    const { caseId } = await beginCase(tx, actor, now, {
      personId: person.id,
      teamId: team.id,
      serviceArea: 'early-help',
      receivedOn: on,
      source: 'school',
      sourceLabel: 'School',
      referrerName: '',
      referrerContact: '',
      reason: 'Not at school',
      urgency: 'routine',
      consent: 'not-asked',
      consentHow: '',
      consentOn: null,
      withoutConsentBecause: 'They did not say',
    })
    await triage({ tx, actor, clock }, (await lockCase(tx, actor, caseId))!, { decision: 'accept', decidedOn: on, note: '' })
    const to = { teamId: team.id, userId: tamsin.id, principal: tamsin.principal, name: tamsin.name }
    await allocate(tx, actor, now, (await lockCase(tx, actor, caseId))!, { to, fromOn: on, reason: '', handOver: '' })
    await tx.updateTable('case_dues').set({ due_on: 'infinity' }).where('case_id', '=', caseId).execute()
    return caseId
  })
}
async function newTask(caseId: string, dueOn: string, more: Partial<NewTask> = {}): Promise<string> {
  return as(database, tamsin, async (tx, actor) => {
    const part = await openPartToEdit(tx, actor, caseId, 'tasks')
    return addTask(tx, actor, clock.now(), part!, {
      title: 'Ring them',
      detail: '',
      dueOn: asPlainDate(dueOn),
      assignee: tamsin.principal,
      ...more,
    })
  })
}

describe('[F10] reminders and escalation', () => {
  test('each step is told once, to whom it is for, however often the job runs', async () => {
    await newTask(await newCase(), '2026-11-25')
    await chase('2026-11-23T09:00:00Z')
    expect(await told(tamsin)).toEqual([])
    await chase('2026-11-24T09:00:00Z')
    await chase('2026-11-24T10:00:00Z')
    expect(await told(tamsin)).toEqual(['task-due: A task or a date of yours is near'])
    await chase('2026-11-26T09:00:00Z')
    await chase('2026-11-29T09:00:00Z')
    expect(await told(tamsin)).toEqual([
      'task-due: A task or a date of yours is near',
      'task-overdue: A task or a date of yours is overdue',
    ])
    expect(await told(leader)).toEqual([])
    await chase('2026-11-30T09:00:00Z')
    await chase('2026-11-30T11:00:00Z')
    expect(await told(leader)).toEqual(['task-overdue: Something in your team is overdue'])
    expect(await told(otherLeader)).toEqual([])
    // What holds a name of nobody, and no word of the task.
    const { rows } = await database.admin.query('select words from notices')
    expect(rows.every(row => !/Ring|Penrose|Jago/i.test(row.words))).toBe(true)
  })

  test('the day begins in London: not before seven there, in summer and in winter', async () => {
    const caseId = await newCase()
    await newTask(caseId, '2026-10-25')
    await chase('2026-10-24T05:59:00Z')
    expect(await told(tamsin)).toEqual([])
    // 07:07 in summer time.
    await chase('2026-10-24T06:07:00Z')
    expect(await told(tamsin)).toHaveLength(1)
    // The clocks have gone back: 06:07.
    await chase('2026-10-26T06:07:00Z')
    expect(await told(tamsin)).toHaveLength(1)
    await chase('2026-10-26T07:07:00Z')
    expect(await told(tamsin)).toHaveLength(2)
  })

  test('a job that did not run for weeks tells once, not of every step, and of many things in one line', async () => {
    const caseId = await newCase()
    await newTask(caseId, '2026-11-01')
    await newTask(caseId, '2026-11-02')
    await newTask(caseId, '2026-11-03')
    await chase('2026-12-20T09:00:00Z')
    expect(await told(tamsin)).toEqual(['task-overdue: 3 tasks or dates of yours are overdue'])
    expect(await told(leader)).toEqual(['task-overdue: 3 things in your team are overdue'])
  })

  test('a reminder of its own, and another day, are told of anew', async () => {
    const id = await newTask(await newCase(), '2026-12-20', { arranged: { ...plainly, remindDays: 10 } })
    await chase('2026-12-10T09:00:00Z')
    expect(await told(tamsin)).toHaveLength(1)
    await as(database, tamsin, async (tx, actor) => {
      const task = (await findTask(tx, actor, id))!
      await changeTask(tx, actor, clock.now(), task, task.version, { ...task, dueOn: asPlainDate('2026-12-22'), arranged: task })
    })
    await chase('2026-12-12T09:00:00Z')
    expect(await told(tamsin)).toHaveLength(2)
    await as(database, tamsin, async (tx, actor) => completeTask(tx, actor, clock.now(), (await findTask(tx, actor, id))!, ''))
    await chase('2026-12-28T09:00:00Z')
    expect(await told(tamsin)).toHaveLength(2)
  })

  test('a team’s task is told of to those who could take it, and once it is taken to whoever did', async () => {
    const id = await newTask(await newCase(), '2026-11-25', { assignee: team.principal })
    await chase('2026-11-24T09:00:00Z')
    for (const who of [tamsin, leader]) expect(await told(who)).toEqual(['task-due: A task of your team is near'])
    expect(await told(otherLeader)).toEqual([])
    await as(database, tamsin, async (tx, actor) => takeTask(tx, actor, clock.now(), (await findTask(tx, actor, id))!))
    await chase('2026-11-26T09:00:00Z')
    expect(await told(tamsin)).toEqual(['task-due: A task of your team is near', 'task-overdue: A task or a date of yours is overdue'])
    expect(await told(leader)).toEqual(['task-due: A task of your team is near'])
  })

  test('whoever covers for somebody hears of what is theirs, in these days and of what they may see', async () => {
    const perran = await addUser(database, team, { name: 'Perran Hocking', may: ['read-records', 'record'] })
    const [seen, hidden] = [await newCase(), await newCase()]
    await newTask(seen, '2026-11-25')
    await newTask(hidden, '2026-11-25')
    await as(database, tamsin, (tx, actor) =>
      withhold(tx, actor, clock.now(), { caseId: hidden, holder: perran.principal, reason: 'Related' }),
    )
    await database.admin.query(
      `insert into covers (id, team_id, team, worker_id, covered_by, from_on, to_on, starts_at, ends_at, user_id, author, recorded_at)
       values (gen_random_uuid(), $1, $2, $3, $4, '2026-11-23', '2026-11-25', '2026-11-23T00:00:00Z', '2026-11-26T00:00:00Z', $5, 'Demelza Vyvyan', now())`,
      [team.id, team.principal, tamsin.id, perran.id, leader.id],
    )
    await chase('2026-11-24T09:00:00Z')
    expect(await told(perran)).toEqual(['task-due: A task or a date of somebody for whom you cover is near'])
    expect(await told(tamsin)).toEqual(['task-due: 2 tasks or dates of yours are near'])
    // The cover is over: what becomes overdue then is told of to whoever is back.
    await chase('2026-11-26T09:00:00Z')
    expect(await told(perran)).toHaveLength(1)
  })

  test('a service’s own steps stand in place of those of every service', async () => {
    await database.admin.query(`insert into chasing_steps (service_area, days, tell) values ('early-help', 0, 'leaders')`)
    await newTask(await newCase(), '2026-11-25')
    await chase('2026-11-26T09:00:00Z')
    expect(await told(tamsin)).toEqual([])
    expect(await told(leader)).toHaveLength(1)
    await database.admin.query(`delete from chasing_steps where service_area <> ''`)
  })

  test('[U13] nobody hears of a case that is withheld from them, nor that there is one', async () => {
    const caseId = await newCase()
    await newTask(caseId, '2026-11-01')
    await as(database, tamsin, (tx, actor) => withhold(tx, actor, clock.now(), { caseId, holder: leader.principal, reason: 'Related' }))
    await chase('2026-11-20T09:30:00Z')
    expect(await told(leader)).toEqual([])
    expect(await told(tamsin)).toHaveLength(1)
  })

  test('what a rule asks for is chased like a task', async () => {
    const caseId = await newCase()
    await as(database, leader, async (tx, actor) =>
      scheduleReview(tx, actor, clock.now(), (await lockCase(tx, actor, caseId))!, asPlainDate('2026-11-25')),
    )
    await database.admin.query(`update case_dues set due_on = 'infinity' where case_id = $1 and source <> 'review'`, [caseId])
    await chase('2026-11-24T09:00:00Z')
    const { rows } = await database.admin.query('select kind, case_id from notices where user_id = $1', [tamsin.id])
    expect(rows).toEqual([{ kind: 'task-due', case_id: caseId }])
  })
})

test('[F8] a rule raises its flag once when its day has passed, in no user’s name, for the team as for the worker', async () => {
  const caseId = await newCase()
  await database.admin.query(
    `insert into due_rules (id, code, version, status, words, anchor, number, unit, flag_kind, proposed_at, in_force_at)
     values (gen_random_uuid(), 'visit', 1, 'in-force', 'See the child', 'accepted', 10, 'working-days', 'other', now(), now())`,
  )
  await as(database, leader, async (tx, actor) =>
    scheduleReview(tx, actor, clock.now(), (await lockCase(tx, actor, caseId))!, asPlainDate('2027-01-25')),
  )
  const flags = async () =>
    (
      await database.admin.query(
        'select kind, note, author, user_id, resolved_at is not null as resolved from case_flags where case_id = $1',
        [caseId],
      )
    ).rows
  await chase('2026-11-16T09:00:00Z')
  expect(await flags()).toEqual([])
  await chase('2026-11-17T09:00:00Z')
  await chase('2026-11-18T09:00:00Z')
  expect(await flags()).toEqual([
    { kind: 'other', note: 'See the child: was due on 16/11/2026', author: 'Lanyard', user_id: null, resolved: false },
  ])
  // Resolved while it is still late: not raised again for the same day.
  await database.admin.query(`update case_flags set resolved_at = now(), resolved_by = 'x', resolved_reason = 'x' where case_id = $1`, [
    caseId,
  ])
  await chase('2026-11-19T09:00:00Z')
  expect(await flags()).toHaveLength(1)
})

test('[F10] a task that follows a date of its case moves with it', async () => {
  const caseId = await newCase()
  const plan = (iso: string) =>
    as(database, leader, async (tx, actor) =>
      scheduleReview(tx, actor, clock.now(), (await lockCase(tx, actor, caseId))!, asPlainDate(iso)),
    )
  await plan('2026-12-10')
  const id = await newTask(caseId, '2026-12-07', {
    title: 'Ask the school for a report',
    arranged: { ...plainly, follows: 'stage/review', followDays: -3 },
  })
  await plan('2026-12-20')
  const queued = await database.admin.query(
    `select j.payload from ${database.schema}_jobs._private_jobs j join ${database.schema}_jobs._private_tasks t on t.id = j.task_id where t.identifier = 'move-followers'`,
  )
  expect(queued.rows).toEqual([{ payload: { caseId, userId: leader.id } }])
  await jobs()['move-followers']!(queued.rows[0].payload, { tryNumber: 1, lastTry: false })
  const dueOn = async (): Promise<PlainDate | null> => as(database, tamsin, async (tx, actor) => (await findTask(tx, actor, id))!.dueOn)
  expect(await dueOn()).toBe('2026-12-17')
  // Where the job had nobody to act for, whoever has the task finds it moved when they are next reminded.
  await plan('2027-01-11')
  await chase('2026-11-20T10:00:00Z')
  expect(await dueOn()).toBe('2027-01-08')
})
