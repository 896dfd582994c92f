import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addColleague } from '../../test/factories/colleagues.ts'
import { addWholeRecord, fillIn, type WholeRecord } from '../../test/factories/whole-record.ts'
import { actorOf, addAgency, addRole, addTeam, as, type Team, type User } from '../../test/factories/world.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import { type Visitor, visitorOf } from '../../test/harness/visitor.ts'
import { withhold } from '../access/index.ts'

/** Sign-off as a worker and a leader meet it, in the whole product. */
let product: Product
let record: WholeRecord
let worker: Visitor
let leader: Visitor
let secondLeader: Visitor
let reader: Visitor
let stranger: Visitor
let keptOut: Visitor
let administrator: Visitor
let team: Team
let hider: User

beforeAll(async () => {
  product = await startProduct()
  const { database } = product
  const agency = await addAgency(database, { isAuthority: true })
  team = await addTeam(database, agency, ['early-help'])
  const enter = async (...given: Parameters<typeof addColleague>) => visitorOf(product).signIn(await addColleague(...given))
  worker = await enter(database, team, { name: 'Tamsin Rowe' })
  leader = await enter(database, team, { name: 'Demelza Vyvyan', role: 'Team leader' })
  secondLeader = await enter(database, team, { name: 'Kitto Angove', role: 'Team leader' })
  reader = await enter(database, team, { role: 'Read only' })
  stranger = await enter(database, await addTeam(database, agency, ['early-help']), { role: 'Team leader' })
  administrator = await enter(database, team, { role: 'Authority administrator', serviceArea: null })
  record = await addWholeRecord(worker, leader)
  const related = await addColleague(database, team, { name: 'Perran Hocking', role: 'Team leader' })
  hider = await addColleague(database, team, { role: 'Team leader' })
  const { principal } = await actorOf(database, related.id)
  await as(database, hider, (tx, actor) => withhold(tx, actor, new Date(), { caseId: record.caseId, holder: principal, reason: 'Related' }))
  keptOut = await visitorOf(product).signIn(related)
})
afterAll(() => product.close())

const need = (...needed: string[]) => administrator.post('/settings/sign-off/early-help', { needed })
const seenIn = (html: string): string => /name="seen" value="([^"]*)"/.exec(html)?.[1] ?? 'none'
async function enterAs(name: string, capabilities: Parameters<typeof addRole>[1]): Promise<Visitor> {
  const { database } = product
  const colleague = await addColleague(database, team, { name })
  const role = await addRole(database, capabilities)
  await database.admin.query('update posts set role_id = $1 where user_id = $2', [role.id, colleague.id])
  return visitorOf(product).signIn(colleague)
}
const at = () => `/cases/${record.caseId}`
const statusOf = async (): Promise<string> =>
  (await product.database.admin.query('select status from cases where id = $1', [record.caseId])).rows[0].status
const waitingIn = (html: string): string => /\/sign-off\/([0-9a-f-]{36})/.exec(html)?.[1] ?? 'none'

describe('[F7] a plan', () => {
  test('sent to the leaders, seen by those who may decide and nobody else, returned with a comment, sent again, signed off', async () => {
    const id = record['approvalId']!
    const address = `/sign-off/${id}`
    expect((await leader.get('/sign-off')).words).toContain('1 waiting for you')
    expect((await leader.get('/work')).words).toMatch(/Needs your answer Plan for PENROSE, Jago waits for your sign-off/)
    for (const who of [worker, reader, stranger, keptOut]) expect((await who.get('/sign-off')).words).toContain('Nothing waits')
    for (const who of [stranger, keptOut]) expect((await who.get(address)).status).toBe(404)
    expect((await reader.get(address)).html).not.toContain('name="decision"')
    // Its sender has no right to sign off what is their own.
    expect((await worker.get(address)).html).not.toContain('name="decision"')
    const own = await worker.post(address, { decision: 'approve' })
    expect(own.words).toContain('Somebody else must sign it off')
    expect((await leader.post(address, { decision: 'return', comment: '' })).status).toBe(422)
    await leader.post(address, { decision: 'return', comment: 'Say who does what' })
    expect((await secondLeader.post(address, { decision: 'approve', seen: '1' })).words).toContain('decided on it already')
    expect((await worker.get('/work')).words).toMatch(/Plan for PENROSE, Jago returned with a comment/)
    expect((await worker.get('/notices')).words).toContain('Work of yours has been returned with a comment')

    await fillIn(worker, `${at()}/plan/needs/new`)
    await fillIn(worker, `${at()}/plan/send`, { message: 'Now with names' })
    expect((await worker.get(`${at()}/plan`)).words).toContain('Waits')
    const second = waitingIn((await secondLeader.get('/sign-off')).html)
    const shown = await secondLeader.get(`/sign-off/${second}`)
    expect(shown.words).toMatch(/Round 2: Waits.*Now with names.*Round 1: Returned.*Say who does what/)
    // The plan is read where it is signed off. It changes while it is read: what was seen is not what is there, and cannot be signed.
    const seen = seenIn(shown.html)
    expect(shown.words).toContain('Goal:')
    await fillIn(worker, `${at()}/plan/needs/new`, { title: 'Somewhere to sleep' })
    for (const stale of [seen, '', 'nonsense']) {
      const refused = await secondLeader.post(`/sign-off/${second}`, { decision: 'approve', seen: stale })
      expect(refused.status).toBe(422)
      expect(refused.words).toMatch(/changed after you opened this page.*changed since it was sent.*Somewhere to sleep/)
    }
    expect((await worker.get(`/sign-off/${second}`)).words).toContain('Round 2: Waits')
    await fillIn(secondLeader, `/sign-off/${second}`, { decision: 'approve' })
    expect((await worker.get(`/sign-off/${second}`)).words).toMatch(/Round 2: Signed off.*Kitto Angove/)
    expect((await worker.get(`${at()}`)).words).toMatch(/Sign-off Plan Signed off/)
  })
})

describe('[F7] one’s own', () => {
  test('is whatever one wrote, whoever sent it: without the right for it nobody signs it off, nor is asked to', async () => {
    const signsOthers = await enterAs('Jenifer Oates', ['read-records', 'record', 'sign-off'])
    await fillIn(signsOthers, `${at()}/plan/needs/new`, { title: 'Company' })
    const asked = (await worker.get(`${at()}/plan/send`)).words
    expect(asked).toContain('Kitto Angove')
    expect(asked).not.toContain('Jenifer Oates')
    await fillIn(worker, `${at()}/plan/send`)
    const id = waitingIn((await secondLeader.get('/sign-off')).html)
    expect((await signsOthers.get('/sign-off')).words).toContain('Nothing waits')
    const shown = await signsOthers.get(`/sign-off/${id}`)
    expect(shown.html).not.toContain('name="decision"')
    const { version } = (await product.database.admin.query('select version from plans where case_id = $1', [record.caseId])).rows[0]
    for (const who of [signsOthers, worker]) {
      const refused = await who.post(`/sign-off/${id}`, { decision: 'approve', seen: String(version) })
      expect(refused.words).toContain('This is your own work. Somebody else must sign it off.')
    }
    // With the right, one’s own is signed off like anybody’s.
    await fillIn(secondLeader, `${at()}/plan/needs/new`, { title: 'Sleep' })
    await fillIn(secondLeader, `/sign-off/${id}`, { decision: 'approve' })
    expect((await worker.get(`/sign-off/${id}`)).words).toMatch(/Signed off.*Kitto Angove/)
    // What was signed off is nobody's own any more: it is for those who write on.
    await fillIn(worker, `${at()}/plan/needs/new`, { title: 'School' })
    expect((await worker.get(`${at()}/plan/send`)).words).toContain('Jenifer Oates')
  })
})

describe('[F7] a closure, where the service has it signed off', () => {
  test('a worker cannot close; what they write is sent, returned, written on, and closes the case when it is signed off', async () => {
    await need('closure')
    const page = await worker.get(`${at()}/close`)
    expect(page.words).toContain('Who signs it off?')
    expect(page.words).toContain('Send for sign-off')
    await fillIn(worker, `${at()}/close`, { summary: 'All is well.' })
    expect(await statusOf()).toBe('open')
    // Nor by leaving the question out, nor twice.
    const { version } = (await product.database.admin.query('select version from cases where id = $1', [record.caseId])).rows[0]
    const forced = await worker.post(`${at()}/close`, { version: String(version), summary: 'x', 'sent-to': '' })
    expect(forced.status).toBe(422)
    expect(await fillIn(worker, `${at()}/close`, { summary: 'Again' }).catch(fault => String(fault))).toContain(
      'waits for sign-off already',
    )

    const first = waitingIn((await leader.get('/sign-off')).html)
    expect((await leader.get(`/sign-off/${first}`)).words).toContain('All is well.')
    await fillIn(leader, `/sign-off/${first}`, { decision: 'return', comment: 'And the school?' })
    expect(await statusOf()).toBe('open')
    const again = (await worker.get(`${at()}/close`)).html
    expect(again).toContain('All is well.')
    expect(again).toMatch(/name="fate-task:[^>]*checked/)
    await fillIn(worker, `${at()}/close`, { summary: 'All is well, and at school.' })
    const second = waitingIn((await leader.get('/sign-off')).html)
    // Another thing is to be done by then: it stays on its list and is accounted for.
    await fillIn(worker, `${at()}/tasks/new`, { title: 'Came up since' })
    await fillIn(leader, `/sign-off/${second}`, { decision: 'approve' })
    expect(await statusOf()).toBe('closed')
    const { rows } = await product.database.admin.query('select author, summary from closures where case_id = $1', [record.caseId])
    expect(rows).toEqual([{ author: 'Tamsin Rowe, signed off by Demelza Vyvyan', summary: 'All is well, and at school.' }])
    const task = (await product.database.admin.query(`select status from tasks where title = 'Came up since'`)).rows[0]
    expect(task.status).toBe('open')
    const audited = await product.database.admin.query(
      `select action, count(*)::int as count from audit_events where action like 'approval-%' and case_id = $1 group by 1 order by 1`,
      [record.caseId],
    )
    expect(audited.rows.map(row => row.action)).toEqual(
      expect.arrayContaining(['approval-approved', 'approval-returned', 'approval-sent', 'approval-opened']),
    )
    expect(product.faults).toEqual([])
  })

  test('whoever may sign off their own closes without', async () => {
    await fillIn(leader, `${at()}/reopen`)
    expect((await leader.get(`${at()}/close`)).words).not.toContain('Who signs it off?')
  })
})

describe('[F7] a form', () => {
  test('counts once it is signed off, where the service says so; returned, it is open again with the comment', async () => {
    await need('form')
    await fillIn(leader, `${at()}/allocate`, { to: 'worker' })
    const begun = await fillIn(worker, `${at()}/forms/new`, { form: 'housing-support-assessment' })
    const form = begun.replace(/\/pages\/.*/, '')
    await fillIn(worker, `${form}/pages/home`, {
      living: 'owner',
      notice: 'no',
      sleeping_place: '',
      notice_letter: new File([], ''),
      _then: 'continue',
    })
    await fillIn(worker, `${form}/pages/money`, { rent: '', arrears: '', income: 'nothing', _then: 'continue' })
    const coAuthor = await enterAs('Jenna Tripp', ['read-records', 'record', 'sign-off'])
    await fillIn(coAuthor, `${form}/pages/support`, { needs: 'tenancy', _then: 'continue' })
    await fillIn(worker, `${form}/check`)
    const assessed = async () =>
      (await product.database.admin.query(`select from case_events where case_id = $1 and kind = 'assessment-completed'`, [record.caseId]))
        .rows.length
    const before = await assessed()
    expect((await worker.get(form)).words).toContain('This service has it signed off.')
    await fillIn(worker, `${form}/send`, { message: 'Ask about the money' })
    const first = waitingIn((await leader.get('/sign-off')).html)
    // The answers are read where they are signed off. Without them nothing is signed, nor by whoever may not read all of them.
    const shown = await leader.get(`/sign-off/${first}`)
    expect(shown.words).toContain('Own home')
    const unread = await leader.post(`/sign-off/${first}`, { decision: 'approve', seen: '' })
    expect(unread.words).toContain('changed after you opened this page')
    // Whoever wrote a part of it is no more its signatory than whoever completed it, here or on its own page, and is not asked to be.
    expect((await coAuthor.get('/sign-off')).words).toContain('Nothing waits')
    const theirs = await coAuthor.get(`/sign-off/${first}`)
    expect(theirs.html).not.toContain('name="decision"')
    const tried = await coAuthor.post(`/sign-off/${first}`, { decision: 'approve', seen: seenIn(shown.html) })
    expect(tried.words).toContain('This is your own work. Somebody else must sign it off.')
    expect((await coAuthor.get(form)).words).not.toContain('Sign off')
    await coAuthor.post(`${form}/sign-off`, { _seen: seenIn(shown.html) })
    expect((await worker.get(form)).words).toContain('Waits')
    const answerSetId = form.replace(/.*\//, '')
    const { principal } = await product.database.admin
      .query<{ principal: number }>(`select principal from users where name = 'Kitto Angove'`)
      .then(({ rows }) => rows[0]!)
    await as(product.database, hider, (tx, actor) =>
      withhold(tx, actor, new Date(), {
        caseId: record.caseId,
        holder: principal,
        reason: 'Owed money',
        section: { answerSetId, section: 'money' },
      }),
    )
    // What is said of the whole is said of the section as well: the round is not there for them, whatever they hold.
    const knowsNothing = async () => {
      expect((await secondLeader.get(`/sign-off/${first}`)).status).toBe(404)
      expect((await secondLeader.post(`/sign-off/${first}`, { decision: 'approve', seen: seenIn(shown.html) })).status).toBe(404)
      expect((await secondLeader.get('/sign-off')).words).toContain('Nothing waits')
      for (const page of [at(), form, `${at()}/timeline`, `/people/${record.personId}`, `/people/${record.personId}/timeline`]) {
        const { words } = await secondLeader.get(page)
        expect(words, page).not.toMatch(/What of the rent|Ask about the money/)
      }
    }
    await knowsNothing()
    expect((await worker.get(form)).words).toContain('Waits')
    await fillIn(leader, `/sign-off/${first}`, { decision: 'return', comment: 'What of the rent?' })
    expect((await worker.get(form)).words).toMatch(/Returned.*What of the rent\?/)
    await knowsNothing()
    await fillIn(worker, `${form}/check`)
    expect((await secondLeader.get(`${form}/send`)).status).toBe(404)
    expect((await secondLeader.get(form)).html).not.toContain(`${form}/send`)
    expect(await assessed()).toBe(before)
    expect((await worker.get(`${form}/send`)).words).not.toContain('Kitto Angove')
    await fillIn(worker, `${form}/send`)
    // On the form's own page: one way to sign off, and the round that waits is decided by it.
    const seen = /name="_seen" value="([^"]+)"/.exec((await leader.get(form)).html)?.[1] ?? ''
    await leader.post(`${form}/sign-off`, { _seen: seen })
    expect(await assessed()).toBe(before + 1)
    expect((await leader.get('/sign-off')).words).toContain('Nothing waits')
    expect((await worker.get(form)).words).toContain('Signed off')
    expect(product.faults).toEqual([])
  })
})
