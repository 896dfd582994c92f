import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addColleague, type Colleague } from '../../test/factories/colleagues.ts'
import { fillIn } from '../../test/factories/whole-record.ts'
import { actorOf, addAgency, addPerson, addTeam, as, type Team } from '../../test/factories/world.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import { type Visitor, visitorOf } from '../../test/harness/visitor.ts'
import { jobsDone } from '../../test/other-side/scene.ts'
import { withhold } from '../access/index.ts'
import {
  addCoWorker,
  allocate,
  beginCase,
  changePlan,
  lockCase,
  openPartToEdit,
  type PlanChange,
  restrictCase,
  triage,
} from '../cases/index.ts'
import { asActor } from '../platform/actor.ts'
import { londonDate } from '../platform/clock.ts'
import { addDays, partsOf } from '../platform/plain-date.ts'

let product: Product
let west: Team
let east: Team
let leader: Visitor
let people: Record<'leader' | 'anna' | 'bryn' | 'cara' | 'reader' | 'eastern' | 'stranger' | 'administrator', Colleague>
const visitors: Record<string, Visitor> = {}

beforeAll(async () => {
  product = await startProduct()
  const { database } = product
  const council = await addAgency(database, { isAuthority: true })
  west = await addTeam(database, council, ['early-help'])
  east = await addTeam(database, council, ['early-help'])
  const clinic = await addTeam(database, await addAgency(database), ['drug-and-alcohol'])
  people = {
    leader: await addColleague(database, west, { role: 'Team leader', name: 'Demelza Vyvyan' }),
    anna: await addColleague(database, west, { name: 'Anna Keast' }),
    bryn: await addColleague(database, west, { name: 'Bryn Uren' }),
    cara: await addColleague(database, west, { name: 'Cara Moyle' }),
    reader: await addColleague(database, west, { role: 'Read only', name: 'Jory Tremayne' }),
    eastern: await addColleague(database, east, { name: 'Ethel Angove' }),
    stranger: await addColleague(database, clinic, { role: 'Team leader' }),
    administrator: await addColleague(database, west, { role: 'Agency administrator', serviceArea: null }),
  }
  for (const [key, colleague] of Object.entries(people)) visitors[key] = await visitorOf(product).signIn(colleague)
  leader = visitors['leader']!
}, 120_000)
afterAll(() => product.close())

const today = () => londonDate(product.clock.now())
const day = (name: string, offset = 0) => {
  const { day, month, year } = partsOf(addDays(today(), offset))
  return { [`${name}-day`]: String(day), [`${name}-month`]: String(month), [`${name}-year`]: String(year) }
}

/** A case of the western team that this worker has. */
async function aCase(of: Colleague): Promise<string> {
  const person = await addPerson(product.database, west)
  return as(product.database, people.leader, async (tx, actor) => {
    const now = product.clock.now()
    const begun = await beginCase(tx, actor, now, {
      personId: person.id,
      teamId: west.id,
      serviceArea: 'early-help',
      receivedOn: today(),
      source: 'school',
      sourceLabel: 'School',
      referrerName: 'Mrs J Bray',
      referrerContact: '',
      reason: 'Away from school',
      urgency: 'routine',
      consent: 'given',
      consentHow: 'in person',
      consentOn: today(),
      withoutConsentBecause: '',
    })
    const visit = { tx, actor, clock: product.clock }
    await triage(visit, (await lockCase(tx, actor, begun.caseId))!, { decision: 'accept', decidedOn: today(), note: '' })
    await allocate(tx, actor, now, (await lockCase(tx, actor, begun.caseId))!, {
      to: { teamId: west.id, userId: of.id, principal: of.principal, name: of.name },
      fromOn: today(),
      reason: '',
      handOver: '',
    })
    return begun.caseId
  })
}

const workerOf = async (caseId: string) =>
  (await product.database.admin.query('select worker_id from cases where id = $1', [caseId])).rows[0].worker_id
const mayChange = async (who: Colleague, caseId: string, at = product.clock.now()) => {
  const actor = await actorOf(product.database, who.id, at)
  return asActor(product.database.web, actor, 'write', async tx => Boolean(await lockCase(tx, actor, caseId)))
}
const later = (days: number) => new Date(product.clock.now().getTime() + days * 86_400_000)
const keep = (caseId: string, from: Colleague) =>
  as(product.database, people.leader, (tx, actor) =>
    withhold(tx, actor, product.clock.now(), { caseId, holder: from.principal, reason: 'Family' }),
  )

/** One for each of these workers, that many days from now. */
const appointmentsOn = (caseId: string, workers: readonly Colleague[], days: readonly number[]) =>
  product.database.admin.query(
    `insert into appointments (id, case_id, kind, worker_id, starts_at, ends_at, created_at, created_by, readers, editors)
     select gen_random_uuid(), c.id, 'home-visit', w.id, now() + w.days * interval '1 day', now() + w.days * interval '1 day' + interval '1 hour', now(), w.id, c.readers, c.editors
     from cases c, unnest($2::uuid[], $3::int[]) as w (id, days) where c.id = $1`,
    [caseId, workers.map(one => one.id), days],
  )
/** '1 Bryn Uren': in how many days who goes. */
const goingTo = async (caseId: string) =>
  (
    await product.database.admin.query(
      `select round(extract(epoch from a.starts_at - now()) / 86400)::int || ' ' || u.name as who from appointments a join users u on u.id = a.worker_id
       where a.case_id = $1 order by a.starts_at`,
      [caseId],
    )
  ).rows.map(row => row.who)
const heardOfAppointments = async (who: Colleague) =>
  (await product.database.admin.query(`select words from notices where user_id = $1 and kind = 'appointment'`, [who.id])).rows.map(
    row => row.words,
  )

describe('[U5] cover', () => {
  test('opens a worker’s cases to whoever covers from the first day to the last, and ends by itself', async () => {
    const [plain, restricted, withheld] = [await aCase(people.anna), await aCase(people.anna), await aCase(people.anna)]
    await as(product.database, people.leader, async (tx, actor) => {
      const named = [{ userId: people.leader.id, principal: people.leader.principal, name: people.leader.name }]
      await restrictCase(tx, actor, product.clock.now(), (await lockCase(tx, actor, restricted))!, named, 'Threats')
    })
    await keep(withheld, people.eastern)
    const at = `/work/workers/${people.anna.id}/cover`
    expect((await leader.get(`/work/workers/${people.anna.id}`)).html).toContain(at)
    const wrong = await leader.post(at, { team: west.id, covers: '', ...day('from', -1), ...day('to', -3) })
    expect(wrong.status).toBe(422)
    for (const words of ['Select who covers', 'First day must be today or in the future', 'Last day must be'])
      expect(wrong.words).toContain(words)
    const wish = { team: west.id, covers: people.eastern.id, ...day('from', 2), ...day('to', 4), reason: 'Ring before noon' }
    expect((await leader.post(at, wish)).location).toBe(`/work/workers/${people.anna.id}`)
    expect((await leader.post(at, wish)).words).toContain('They cover in these days already')
    for (const [days, opens] of [
      [0, false],
      [3, true],
      [6, false],
    ] as const) {
      expect(await mayChange(people.eastern, plain, later(days)), `after ${days} days`).toBe(opens)
      for (const shut of [restricted, withheld]) expect(await mayChange(people.eastern, shut, later(days))).toBe(false)
    }
    // What is given to the worker meanwhile is covered too, and what goes to somebody else no more.
    const given = await aCase(people.anna)
    expect(await mayChange(people.eastern, given, later(3))).toBe(true)
    await as(product.database, people.leader, async (tx, actor) => {
      const to = { teamId: west.id, userId: people.cara.id, principal: people.cara.principal, name: people.cara.name }
      await allocate(tx, actor, product.clock.now(), (await lockCase(tx, actor, given))!, {
        to,
        fromOn: today(),
        reason: 'x',
        handOver: '',
      })
    })
    expect(await mayChange(people.eastern, given, later(3))).toBe(false)
    expect((await visitors['anna']!.get('/work')).words).toContain('Ethel Angove covers for you')
    expect((await visitors['eastern']!.get('/work')).words).toContain('You cover for Anna Keast')
    expect((await visitors['eastern']!.get(`/work/workers/${people.anna.id}`)).status).toBe(200)
    expect((await visitors['bryn']!.get('/work')).words).not.toContain('covers for')
  })

  test('is ended before its time by a leader, at once', async () => {
    const caseId = await aCase(people.bryn)
    await leader.post(`/work/workers/${people.bryn.id}/cover`, {
      team: west.id,
      covers: people.eastern.id,
      ...day('from'),
      ...day('to', 9),
    })
    expect(await mayChange(people.eastern, caseId)).toBe(true)
    expect((await visitors['eastern']!.get(`/work/workers/${people.bryn.id}`)).words).toContain('1 case')
    const end = /\/work\/covers\/[0-9a-f-]{36}\/end/.exec((await leader.get(`/work/workers/${people.bryn.id}`)).html)![0]
    for (const other of ['bryn', 'reader', 'eastern', 'stranger']) {
      expect((await visitors[other]!.get(end)).status).toBe(404)
      expect((await visitors[other]!.post(end)).status).toBe(404)
    }
    expect((await leader.get(end)).status).toBe(200)
    expect((await leader.post(end)).status).toBe(303)
    expect(await mayChange(people.eastern, caseId)).toBe(false)
    expect((await leader.get(end)).status).toBe(404)
  })

  test('is not there for those who do not allocate, nor in a team that is not theirs', async () => {
    for (const other of ['bryn', 'reader', 'eastern', 'stranger']) {
      expect((await visitors[other]!.get(`/work/workers/${people.anna.id}/cover`)).status).toBe(404)
      expect((await visitors[other]!.get(`/work/workers/${people.anna.id}/hand-on`)).status).toBe(404)
    }
    for (const nobody of [people.reader, people.stranger, people.anna]) {
      const reply = await leader.post(`/work/workers/${people.anna.id}/cover`, {
        team: west.id,
        covers: nobody.id,
        ...day('from'),
        ...day('to', 1),
      })
      expect(reply.words).toContain('Select who covers')
    }
    expect((await leader.post(`/work/workers/${people.anna.id}/cover`, { team: east.id, covers: people.bryn.id })).status).toBe(404)
  })
})

describe('[F15] handing on the cases of somebody who leaves', () => {
  test('choose, look, confirm; each goes in a transaction of its own, and what cannot go says why', async () => {
    const leaving = await addColleague(product.database, west, { name: 'Denzil Opie' })
    const [first, second, third, kept] = [await aCase(leaving), await aCase(leaving), await aCase(leaving), await aCase(leaving)]
    await keep(third, people.bryn)
    const at = `/work/workers/${leaving.id}/hand-on`
    const empty = await leader.post(at, { step: 'preview', team: `${west.id}/early-help`, ...day('from') })
    expect(empty.status).toBe(422)
    for (const words of ['Select at least one case', 'Select who takes them', 'Enter why the cases change hands'])
      expect(empty.words).toContain(words)
    const asked = {
      team: `${west.id}/early-help`,
      case: [first, second, third],
      receiver: [people.bryn.id, people.cara.id],
      ...day('from'),
      reason: 'Denzil moves to the East',
      'hand-over': 'Files are in order',
    }
    // Two to come and one that has been, of theirs, and one of a colleague's on the same case.
    await appointmentsOn(first, [leaving, leaving, people.anna], [1, 2, 3])
    await appointmentsOn(first, [leaving], [-1])
    await as(product.database, people.leader, async (tx, actor) => {
      const reason = 'Does the visits'
      await addCoWorker(tx, actor, product.clock.now(), (await lockCase(tx, actor, first))!, { userId: people.bryn.id, reason })
    })
    const preview = await leader.post(at, { ...asked, step: 'preview' })
    expect(preview.words).toContain('3 cases of Denzil Opie')
    expect(preview.words).toContain('goes with them, and so do the 2 appointments to come')
    expect(preview.words).toMatch(/Bryn Uren is a co-worker on [A-Z0-9-]+\. If they take it, that ends/)
    expect(preview.words).not.toContain('Cara Moyle is a co-worker')
    const chosen = (id: string) => new RegExp(`name="to-${id}"[\\s\\S]*?<option value="([^"]*)" selected`).exec(preview.html)?.[1]
    expect(chosen(third)).toBe(people.cara.id)
    expect(await workerOf(first)).toBe(leaving.id)
    const forged = await leader.post(at, { ...asked, step: 'confirm', [`to-${third}`]: people.bryn.id })
    expect(forged.status).toBe(422)
    expect(forged.words).toContain('cannot go to them')
    const begun = await leader.post(at, {
      ...asked,
      step: 'confirm',
      [`to-${first}`]: people.bryn.id,
      [`to-${second}`]: '',
      [`to-${third}`]: people.cara.id,
    })
    expect(begun.location).toMatch(/^\/work\/handing-on\//)
    await jobsDone(product.database)
    expect([await workerOf(first), await workerOf(second), await workerOf(third), await workerOf(kept)]).toEqual([
      people.bryn.id,
      leaving.id,
      people.cara.id,
      leaving.id,
    ])
    expect((await leader.get(begun.location!)).words).toContain('Handed on: 2 of 2')
    expect(await goingTo(first)).toEqual(['-1 Denzil Opie', '1 Bryn Uren', '2 Bryn Uren', '3 Anna Keast'])
    expect(await heardOfAppointments(people.bryn)).toEqual(['Appointments of a colleague are yours now'])
    expect(await heardOfAppointments(leaving)).toEqual(['Appointments of yours have been handed over'])
    const movedOnes = await product.database.admin.query(
      `select count(*)::int as n from audit_events where action = 'appointment-moved' and case_id = $1 and user_id = $2`,
      [first, people.leader.id],
    )
    expect(movedOnes.rows).toEqual([{ n: 2 }])
    const [beside] = (await product.database.admin.query('select ended_because from co_workers where case_id = $1', [first])).rows
    expect(beside).toEqual({ ended_because: 'The case was handed over' })
    expect((await leader.get(`/cases/${first}/history`)).words).toContain('Denzil moves to the East')
    for (const other of ['bryn', 'eastern', 'stranger', 'reader']) expect((await visitors[other]!.get(begun.location!)).status).toBe(404)
    const { rows } = await product.database.admin.query(
      `select count(*)::int as n from notices where user_id = $1 and words like 'Cases of%'`,
      [people.bryn.id],
    )
    expect(rows).toEqual([{ n: 1 }])
    const audited = await product.database.admin.query(
      `select count(*)::int as n from audit_events where action = 'case-worker-allocated' and case_id = $1`,
      [first],
    )
    expect(audited.rows[0].n).toBe(2)
  })

  test('a case that has changed hands meanwhile is left, and said', async () => {
    const leaving = await addColleague(product.database, west, { name: 'Morwenna Nance' })
    const caseId = await aCase(leaving)
    await product.database.admin.query('update users set status = $2 where id = $1', [leaving.id, 'disabled'])
    const id = crypto.randomUUID()
    await product.database.admin.query(
      `insert into reassignments (id, worker_id, from_on, reason, user_id, begun_at) values ($1, $2, current_date, 'Left', $3, now())`,
      [id, people.anna.id, people.leader.id],
    )
    await product.database.admin.query(
      `insert into reassignment_items (reassignment_id, case_id, user_id, to_worker) values ($1, $2, $3, $4)`,
      [id, caseId, people.leader.id, people.bryn.id],
    )
    await product.database.admin.query(`select ${product.database.schema}.enqueue_job('reassign-cases', $1::json, null, null)`, [
      JSON.stringify({ reassignmentId: id, userId: people.leader.id }),
    ])
    await jobsDone(product.database)
    expect((await leader.get(`/work/handing-on/${id}`)).words).toContain('It has changed hands meanwhile')
    expect(await workerOf(caseId)).toBe(leaving.id)
    expect((await leader.get(`/work/team?team=${west.id}%2Fearly-help`)).words).toContain('Takes no cases here any more')
  })

  test('disabling somebody who still has cases says how many, and who can hand them on, without showing one', async () => {
    const leaving = await addColleague(product.database, west, { name: 'Kitto Jose' })
    const open = [await aCase(leaving), await aCase(leaving)]
    const administrator = visitors['administrator']!
    const page = await administrator.get(`/users/${leaving.id}/disable`)
    expect(page.words).toContain('They still have 2 open cases')
    expect(page.words).toContain('Ask Demelza Vyvyan')
    for (const caseId of open) expect(page.html).not.toContain(caseId)
    const done = await administrator.post(`/users/${leaving.id}/disable`, { reason: 'Has left' })
    expect(done.status).toBe(303)
    expect((await leader.get(`/work/workers/${leaving.id}/hand-on`)).words).toContain('Which of the 2 cases?')
    const stranger = await addColleague(product.database, await addTeam(product.database, await addAgency(product.database), []), {
      role: 'Agency administrator',
      serviceArea: null,
    })
    expect((await (await visitorOf(product).signIn(stranger)).get(`/users/${leaving.id}/disable`)).status).toBe(404)
  })
})

describe('[F15] what somebody has to do besides their cases', () => {
  test('goes with the case where it is of the case; the rest is counted before the account is disabled, and given to others by their leader', async () => {
    const leaving = await addColleague(product.database, west, { name: 'Petroc Rundle' })
    const theirs = await aCase(leaving)
    const annas = await aCase(people.anna)
    const petroc = await visitorOf(product).signIn(leaving)
    await petroc.post(`/cases/${theirs}/tasks/new`, { title: 'Ring the school', assignee: String(leaving.principal) })
    await petroc.post(`/cases/${theirs}/tasks/new`, { title: 'Ask the landlord', assignee: String(people.anna.principal) })
    await petroc.post(`/cases/${annas}/tasks/new`, { title: 'Lend the car seat', assignee: String(leaving.principal) })
    await petroc.post('/tasks/new', { title: 'Order more leaflets', assignee: String(leaving.principal) })
    await product.database.admin.query(
      `insert into appointments (id, case_id, kind, worker_id, starts_at, ends_at, created_at, created_by, readers, editors)
       select gen_random_uuid(), c.id, 'home-visit', $2, now() + i * interval '1 day', now() + i * interval '1 day' + interval '1 hour', now(), $2, c.readers, c.editors
       from cases c, unnest(array[-1, 1]) as i where c.id = $1`,
      [annas, leaving.id],
    )
    await as(product.database, leaving, async (tx, actor) => {
      const part = (await openPartToEdit(tx, actor, theirs, 'plan'))!
      const change = async (wish: PlanChange) => {
        const changed = await changePlan(tx, actor, product.clock.now(), part, wish)
        if (!changed.ok) throw new Error(changed.error)
        return changed.value.needs[0]!
      }
      const need = await change({ kind: 'need-added', title: 'School', detail: '' })
      const { goals } = await change({ kind: 'goal-added', needId: need.id, title: 'Every day', measure: '' })
      const action = { what: 'Walk with her', whoWords: '', dueOn: null, goalId: goals[0]!.id }
      await change({ kind: 'action-added', ...action, who: leaving.principal })
      await change({ kind: 'action-added', ...action, what: 'Wake her', who: null, whoWords: 'Her mother' })
    })
    const administrator = visitors['administrator']!
    const first = await administrator.get(`/users/${leaving.id}/disable`)
    expect(first.words).toContain('They still have 1 open case, 2 open tasks besides and 1 appointment to come')
    expect(first.words).toMatch(/1 open case, 1 open task besides and 1 appointment to come\. Ask Demelza Vyvyan/)
    expect(first.words).toContain('Of no case: 1 open task, which only they and whoever gave them see')
    for (const words of ['car seat', 'leaflets', 'Ring the school']) expect(first.words).not.toContain(words)

    await fillIn(leader, `/cases/${theirs}/allocate`, { to: 'worker', worker: people.bryn.id, reason: 'Petroc leaves' })
    const bryn = visitors['bryn']!
    expect((await bryn.get('/tasks')).words).toMatch(/Ring the school.*Walk with her/)
    expect((await petroc.get('/tasks')).words).not.toMatch(/Ring the school|Walk with her/)
    const owners = await product.database.admin.query(
      'select what, coalesce(u.name, who_words) as who from plan_actions a left join users u on u.principal = a.who where case_id = $1 order by 1',
      [theirs],
    )
    expect(owners.rows).toEqual([
      { what: 'Wake her', who: 'Her mother' },
      { what: 'Walk with her', who: 'Bryn Uren' },
    ])
    expect((await visitors['anna']!.get('/tasks')).words).toContain('Ask the landlord')
    expect((await petroc.get('/notices')).words).toContain('A case of yours has been given to somebody else')

    // The rest from the worker's page: their leader sees what is on cases, and nothing that is between two people.
    const link = /\/tasks\?view=colleagues[^"]*/.exec((await leader.get(`/work/workers/${leaving.id}`)).html)![0].replaceAll('&amp;', '&')
    const list = await leader.get(link)
    expect(list.words).toContain('Lend the car seat')
    expect(list.words).not.toMatch(/leaflets|Ring the school|Ask the landlord/)
    const taskId = /\/tasks\/([0-9a-f-]{36})/.exec(list.html)![1]!
    const asking = `/tasks/bulk?do=give&task=${taskId}&from=${encodeURIComponent(link)}`
    const nobody = await leader.post('/tasks/bulk', { do: 'give', task: taskId, from: link, assignee: String(people.stranger.principal) })
    expect(nobody.words).toContain('Select who does them from now on')
    expect(await fillIn(leader, asking, { assignee: String(people.cara.principal) })).toBe(link)
    expect((await visitors['cara']!.get('/tasks')).words).toContain('Lend the car seat')
    expect((await visitors['cara']!.get('/notices')).words).toContain('Tasks have been given to you')
    // Whoever reads the case sees whose task it is, and changes nothing; for anybody else there is none.
    expect((await visitors['reader']!.get(link)).words).toContain('Tasks of Petroc Rundle')
    expect((await visitors['reader']!.get(asking)).status).not.toBe(200)
    for (const who of ['eastern', 'stranger']) {
      const seen = await visitors[who]!.get(link)
      expect(seen.words).not.toContain('Lend the car seat')
      expect((await visitors[who]!.get(asking)).status).not.toBe(200)
    }
    const last = await administrator.get(`/users/${leaving.id}/disable`)
    expect(last.words).toContain('They still have 1 open task and 1 appointment to come')
    expect((await leader.get(`/cases/${theirs}/plan/versions`)).words).toContain('Actions handed over with the case')
    expect(product.faults).toEqual([])
  })

  test('goes to the team where the case goes back to one', async () => {
    const caseId = await aCase(people.cara)
    await visitors['cara']!.post(`/cases/${caseId}/tasks/new`, { title: 'Find a nursery', assignee: String(people.cara.principal) })
    await fillIn(leader, `/cases/${caseId}/allocate`, { to: 'team', team: east.id, reason: 'They moved' })
    const { rows } = await product.database.admin.query(`select assignee from tasks where title = 'Find a nursery'`)
    expect(rows).toEqual([{ assignee: east.principal }])
    expect((await visitors['eastern']!.get('/tasks?view=team')).words).toContain('Find a nursery')
    expect((await visitors['cara']!.get('/tasks')).words).not.toContain('Find a nursery')
  })

  test('appointments wait in the name of whoever had the case while a team has it, and go to the next worker', async () => {
    const caseId = await aCase(people.cara)
    await appointmentsOn(caseId, [people.cara], [1])
    await fillIn(leader, `/cases/${caseId}/allocate`, { to: 'team', team: west.id, reason: 'Cara is away' })
    expect(await goingTo(caseId)).toEqual(['1 Cara Moyle'])
    await fillIn(leader, `/cases/${caseId}/allocate`, { to: 'worker', worker: people.anna.id, reason: '' })
    expect(await goingTo(caseId)).toEqual(['1 Anna Keast'])
    // Whoever of another team or agency asks for it finds no case, and moves nothing.
    for (const other of ['eastern', 'stranger', 'reader'])
      expect((await visitors[other]!.post(`/cases/${caseId}/allocate`, { to: 'worker', worker: people.bryn.id })).status).toBe(404)
    expect(await goingTo(caseId)).toEqual(['1 Anna Keast'])
  })
})

describe('[F9] saved views', () => {
  test('are kept for oneself or for a team, and hold no case', async () => {
    const anna = visitors['anna']!
    const list = await anna.get('/work?order=risk&column=risk&column=due')
    const save = /\/work\/views\/new\?[^"]*/.exec(list.html)![0].replaceAll('&amp;', '&')
    expect((await anna.get(save)).status).toBe(200)
    const asked = { list: 'my-work', query: 'column=due&column=risk&order=risk' }
    expect((await anna.post('/work/views/new', { ...asked, name: '' })).words).toContain('Enter a name for the view')
    await anna.post('/work/views/new', { ...asked, name: 'Risk first', share: 'me' })
    await anna.post('/work/views/new', { ...asked, query: 'due=overdue', name: 'Late ones', share: String(west.principal) })
    expect((await anna.get('/work')).words).toContain('Risk first')
    const bryn = (await visitors['bryn']!.get('/work')).words
    expect(bryn).toContain('Late ones')
    expect(bryn).not.toContain('Risk first')
    for (const other of ['eastern', 'stranger']) expect((await visitors[other]!.get('/work')).words).not.toContain('Late ones')
    const remove = /\/work\/views\/[0-9a-f-]{36}\/remove/.exec((await anna.get('/work/views')).html)![0]
    expect((await visitors['bryn']!.post(remove)).status).toBe(404)
    expect((await anna.post(remove)).status).toBe(303)
  })

  test('are shared by nobody who may only read, nor with a team that is not theirs, nor to another site', async () => {
    const reader = visitors['reader']!
    expect((await reader.get('/work/views/new?list=my-work&query=order%3Drisk')).words).not.toContain('Everybody in')
    const forged = await reader.post('/work/views/new', { list: 'my-work', query: '', name: 'x', share: String(west.principal) })
    expect(forged.status).toBe(422)
    expect(
      (await visitors['anna']!.post('/work/views/new', { list: 'my-work', query: '', name: 'x', share: String(east.principal) })).status,
    ).toBe(422)
    expect((await reader.get('/work/views/new?list=//evil.example')).status).toBe(404)
    const saved = await reader.post('/work/views/new', { list: 'my-work', query: '//evil.example/?a=b', name: 'Mine', share: 'me' })
    expect(saved.location).toMatch(/^\/work\?/)
    expect(product.faults).toEqual([])
  })
})
