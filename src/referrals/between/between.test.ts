import { afterAll, beforeAll, expect, test } from 'vitest'
import { addColleague, type Colleague } from '../../../test/factories/colleagues.ts'
import { fillIn } from '../../../test/factories/whole-record.ts'
import { addAgency, addPost, addTeam, as, type Team } from '../../../test/factories/world.ts'
import { type Product, startProduct } from '../../../test/harness/product.ts'
import { type Visitor, visitorOf } from '../../../test/harness/visitor.ts'
import { withhold } from '../../access/index.ts'
import { readPdf } from '../../letters/testing/read-pdf.ts'

let product: Product
let helpers: Team
let clinic: Team
let refuge: Team
let tamsin: Colleague
let nessa: Colleague
/** Refers; decides at the clinic; decides at the refuge. */
let referrer: Visitor
let decider: Visitor
let other: Visitor
let personId: string

beforeAll(async () => {
  product = await startProduct()
  const { database } = product
  const council = await addAgency(database, { isAuthority: true })
  helpers = await addTeam(database, council, ['early-help'], 'Early Help West')
  clinic = await addTeam(database, await addAgency(database), ['drug-and-alcohol'], 'Harbour Clinic')
  refuge = await addTeam(database, await addAgency(database), ['domestic-abuse'], 'Lantern House')
  tamsin = await addColleague(database, helpers, { name: 'Tamsin Rowe' })
  nessa = await addColleague(database, clinic, { name: 'Nessa Bray', role: 'Team leader' })
  const enter = async (who: Colleague) => visitorOf(product).signIn(who)
  referrer = await enter(tamsin)
  decider = await enter(nessa)
  other = await enter(await addColleague(database, refuge, { role: 'Team leader' }))
  personId = /[0-9a-f-]{36}/.exec(await fillIn(referrer, '/people/new', { given: 'Jago', family: 'Penrose' }))![0]
})
afterAll(async () => {
  expect(product.faults).toEqual([])
  await product.close()
})

const asked = 'Does he live with the children?'
const answer = 'They stay with him at weekends.'

async function refer(fields = {}, to: Team = clinic): Promise<string> {
  const team = `${to.id}/${Object.keys(to.posts)[0]}`
  const at = await fillIn(referrer, `/people/${personId}/refer`, { team, reason: 'He asked for help with drinking', ...fields })
  return /[0-9a-f-]{36}/.exec(at)![0]
}
const words = async (visitor: Visitor, path: string) => (await visitor.get(path)).words
/** Those who referred are shown the list by the day; its row of one case is what stands after the name. */
const sent = () => words(referrer, '/referrals/sent')

test('[U22] what another agency referred waits in the inbox of the team, the urgent first, with its clock', async () => {
  expect(await words(decider, '/referrals')).toContain('No referral waits for a team of yours')
  await refer({ urgency: 'routine' })
  const urgent = await refer({ urgency: 'emergency' })
  const { html } = await decider.get('/referrals')
  expect(html).toContain('Emergency: today')
  expect(html).toContain('Early Help West')
  expect(html.indexOf('Emergency: today')).toBeLessThan(html.indexOf('Routine'))
  expect(await words(decider, '/work')).toMatch(/Referrals 2/)
  expect(await words(decider, '/notices')).toContain('A referral waits for your team to decide')
  await fillIn(decider, `/cases/${urgent}/triage`, { decision: 'accept' })
  expect(await words(decider, '/work')).toMatch(/Referrals 1/)
})

/** One referral's row of a list. */
async function row(visitor: Visitor, list: string, caseId: string): Promise<string> {
  const { html } = await visitor.get(list)
  return html.split('<tr').find(one => one.includes(caseId)) ?? ''
}

test('[U22] the team asks for more, the referrer answers, and the answer is in the inbox; each is told without a word of it', async () => {
  const caseId = await refer()
  expect(await words(decider, `/cases/${caseId}`)).toContain('Ask the referrer for more')
  expect((await decider.post(`/cases/${caseId}/referral/ask`, { words: '' })).status).toBe(422)
  expect((await referrer.get(`/cases/${caseId}/referral/answer`)).status).toBe(404)
  await fillIn(decider, `/cases/${caseId}/referral/ask`, { words: asked })
  expect(await words(decider, '/referrals')).toContain('Asked for more, no answer yet')
  expect(await sent()).toContain('They ask you for more')
  expect(await words(referrer, `/cases/${caseId}`)).toContain(asked)
  expect(await words(referrer, '/notices')).toContain('You are asked for more about a referral that you made')
  await fillIn(referrer, `/cases/${caseId}/referral/answer`, { words: answer })
  expect(await words(decider, '/referrals')).toContain('Has answered')
  expect(await words(decider, `/cases/${caseId}`)).toContain(answer)
  // Answered once: the next answer waits for the next question, and nobody answers their own.
  expect((await referrer.get(`/cases/${caseId}/referral/answer`)).status).toBe(404)
  expect((await decider.get(`/cases/${caseId}/referral/answer`)).status).toBe(404)
  const { rows } = await product.database.admin.query<{ text: string }>('select words as text from notices')
  expect(rows.map(row => row.text).join(' ')).not.toMatch(/Penrose|children|weekends|drink/i)
  await fillIn(decider, `/cases/${caseId}/triage`, { decision: 'accept' })
  // Decided: nothing more is asked or answered.
  expect((await decider.get(`/cases/${caseId}/referral/ask`)).status).toBe(404)
})

test('[U22] the referrer reads where it stands and by when it is decided, adds to it, and takes it back with a reason', async () => {
  const caseId = await refer({ urgency: 'urgent' })
  const mine = await words(referrer, `/cases/${caseId}`)
  expect(mine).toContain('You made this referral.')
  expect(mine).not.toContain('shared parts of this case with you')
  expect(mine).toMatch(/Not decided yet\. Harbour Clinic decides by \d\d\/\d\d\/\d{4}\./)
  expect((await referrer.post(`/cases/${caseId}/referral/add`, { words: '' })).words).toContain('Enter what you want to add')
  await fillIn(referrer, `/cases/${caseId}/referral/add`, { words: 'He has a new telephone.' })
  expect(await words(decider, '/referrals')).toContain('Has added to it')
  expect(await words(decider, '/notices')).toContain('A referrer has added to a referral that waits for your team')
  expect(await words(decider, `/cases/${caseId}`)).toContain('He has a new telephone.')
  // A question that was asked still waits for its answer when something else was added.
  await fillIn(decider, `/cases/${caseId}/referral/ask`, { words: asked })
  await fillIn(referrer, `/cases/${caseId}/referral/add`, { words: 'And a new address.' })
  expect(await row(decider, '/referrals', caseId)).toContain('Has added to it')
  expect(await row(decider, '/referrals', caseId)).toContain('Asked for more, no answer yet')
  expect(await row(referrer, '/referrals/sent', caseId)).toContain('They ask you for more')
  await fillIn(referrer, `/cases/${caseId}/referral/answer`, { words: answer })
  expect((await referrer.post(`/cases/${caseId}/referral/take-back`, { words: '' })).words).toContain('Enter why you take it back')
  for (const visitor of [decider, other]) {
    for (const side of ['add', 'take-back'])
      expect((await visitor.post(`/cases/${caseId}/referral/${side}`, { words: 'In their name' })).status).toBe(404)
  }
  await fillIn(referrer, `/cases/${caseId}/referral/take-back`, { words: 'He has gone to another clinic.' })
  expect(await sent()).toContain('Taken back, not decided yet')
  for (const side of ['add', 'take-back']) expect((await referrer.get(`/cases/${caseId}/referral/${side}`)).status).toBe(404)
  expect(await words(decider, '/referrals')).toContain('Takes it back')
  expect(await words(decider, '/notices')).toContain('A referrer takes back a referral that waits for your team')
  const theirs = await words(decider, `/cases/${caseId}`)
  expect(theirs).toContain('He has gone to another clinic.')
  expect(theirs).toContain('The referrer has taken it back. Decide on it all the same')
  // Asked after it was taken back: both are true, and both are said.
  await fillIn(decider, `/cases/${caseId}/referral/ask`, { words: 'Which clinic?' })
  expect(await row(decider, '/referrals', caseId)).toContain('Takes it back')
  expect(await row(decider, '/referrals', caseId)).toContain('Asked for more, no answer yet')
  expect(await row(referrer, '/referrals/sent', caseId)).toContain('They ask you for more')
  // It is the team's to end, since somebody may be at risk all the same.
  await fillIn(decider, `/cases/${caseId}/triage`, { decision: 'decline', 'decline-reason': 'taken-back' })
  expect(await sent()).toContain('Whoever referred took it back')
  const { rows } = await product.database.admin.query<{ text: string }>('select words as text from notices')
  expect(rows.map(row => row.text).join(' ')).not.toMatch(/another clinic|new telephone/i)
})

test('[U22] what is said once it was decided is not sent, and what was typed is shown with what was decided', async () => {
  const caseId = await refer()
  await fillIn(decider, `/cases/${caseId}/referral/ask`, { words: asked })
  const at = (side: string) => `/cases/${caseId}/referral/${side}`
  expect((await referrer.get(at('answer'))).status).toBe(200)
  await fillIn(decider, `/cases/${caseId}/triage`, { decision: 'decline', 'decline-reason': 'out-of-area' })
  for (const [visitor, side] of [
    [referrer, 'answer'],
    [referrer, 'add'],
    [referrer, 'take-back'],
    [decider, 'ask'],
  ] as const) {
    const reply = await visitor.post(at(side), { words: 'They stay with him <at weekends>.' })
    expect([side, reply.status]).toEqual([side, 422])
    expect(reply.words).toMatch(/The referral has been declined meanwhile, on \d\d\/\d\d\/\d{4}: Lives outside the area/)
    expect(reply.html).toContain('They stay with him &lt;at weekends')
  }
  for (const side of ['ask', 'answer', 'add', 'take-back'])
    expect([side, (await other.post(at(side), { words: 'In their name' })).status]).toEqual([side, 404])
  expect((await decider.post(at('add'), { words: 'In their name' })).status).toBe(404)
  const { rows } = await product.database.admin.query('select from referral_exchanges where case_id = $1', [caseId])
  expect(rows).toHaveLength(1)
})

test('[U22] of two who take it back at once one does, and the other is told so with what they typed', async () => {
  const caseId = await refer()
  const colleague = await visitorOf(product).signIn(await addColleague(product.database, helpers))
  const at = `/cases/${caseId}/referral/take-back`
  const replies = await Promise.all([referrer, colleague].map(visitor => visitor.post(at, { words: 'He has gone elsewhere.' })))
  expect(replies.map(reply => reply.status).sort()).toEqual([303, 422])
  const late = replies.find(reply => reply.status === 422)!
  expect(late.words).toContain('The referral has been taken back meanwhile')
  expect(late.html.split('He has gone elsewhere.').length).toBe(3)
  const { rows } = await product.database.admin.query('select from referral_exchanges where case_id = $1', [caseId])
  expect(rows).toHaveLength(1)
})

test('[U22] whoever referred and has left for another agency is told of it no more, and their colleagues are', async () => {
  const { database } = product
  const leaver = await addColleague(database, helpers)
  const away = await visitorOf(product).signIn(leaver)
  const colleague = await addColleague(database, helpers)
  const fields = { team: `${clinic.id}/${Object.keys(clinic.posts)[0]}`, reason: 'He asked for help' }
  const caseId = /[0-9a-f-]{36}/.exec(await fillIn(away, `/people/${personId}/refer`, fields))![0]
  await addPost(database, leaver, refuge)
  await database.admin.query('update posts set ended_at = $2 where user_id = $1 and team_id = $3', [
    leaver.id,
    product.clock.now(),
    helpers.id,
  ])
  await fillIn(decider, `/cases/${caseId}/referral/ask`, { words: asked })
  const { rows } = await database.admin.query<{ to: string }>(
    `select user_id as to from notices where case_id = $1 and words like 'You are asked for more%'`,
    [caseId],
  )
  const told = rows.map(one => one.to)
  expect(told).toContain(colleague.id)
  expect(told).not.toContain(leaver.id)
})

test('[U22] declined with a reason, decided again, and passed on to another agency with all that was said', async () => {
  const caseId = await refer()
  await fillIn(decider, `/cases/${caseId}/referral/ask`, { words: asked })
  await fillIn(referrer, `/cases/${caseId}/referral/answer`, { words: answer })
  await fillIn(decider, `/cases/${caseId}/triage`, { decision: 'decline', 'decline-reason': 'out-of-area' })
  expect(await sent()).toContain('Lives outside the area')
  await fillIn(decider, `/cases/${caseId}/reopen`)
  await fillIn(decider, `/cases/${caseId}/triage`, { decision: 'reroute', team: `${refuge.id}/domestic-abuse` })
  // Those who passed it on have no more to do with it; those who have it now see what came before.
  expect((await decider.get(`/cases/${caseId}`)).status).toBe(404)
  expect(await words(other, '/referrals')).toContain('Passed on to Lantern House')
  const now = await words(other, `/cases/${caseId}`)
  for (const before of [asked, answer, 'Referral declined: Lives outside the area', 'Referral passed on to Lantern House'])
    expect(now).toContain(before)
  expect(await sent()).toContain('Lantern House')
  expect(await words(other, '/notices')).toContain('A referral was passed on to your team to decide')
  await fillIn(other, `/cases/${caseId}/triage`, { decision: 'accept' })
  expect(await words(referrer, '/notices')).toContain('A referral that you made has been decided')
})

test('[U22] the referrer sees where it stands and nothing that comes after', async () => {
  const caseId = await refer()
  await fillIn(decider, `/cases/${caseId}/triage`, { decision: 'accept' })
  await fillIn(decider, `/cases/${caseId}/allocate`, { to: 'worker' })
  await fillIn(decider, `/cases/${caseId}/risk`, { level: 'high', reason: 'Threatened with a knife' })
  await fillIn(decider, `/cases/${caseId}/notes/new`)
  const seen = await words(referrer, `/cases/${caseId}`)
  expect(seen).toContain('Accepted')
  expect(seen).not.toContain('knife')
  expect((await referrer.get(`/cases/${caseId}/notes`)).status).toBe(404)
  expect((await referrer.post(`/cases/${caseId}/triage`, { decision: 'decline' })).status).toBe(404)
})

test('[U22] [E7] the referrer sees that it was accepted, and neither who works it nor that it ended, on the case and on the person', async () => {
  const worker = await addColleague(product.database, clinic, { name: 'Hedra Quoitmorva' })
  const caseId = await refer({ reason: 'She asked for help to leave' })
  await fillIn(decider, `/cases/${caseId}/triage`, { decision: 'accept' })
  await fillIn(decider, `/cases/${caseId}/allocate`, { to: 'worker', worker: worker.id })
  expect(await words(decider, `/cases/${caseId}`)).toContain('Hedra Quoitmorva')
  const theirs = [`/cases/${caseId}`, `/people/${personId}`, '/referrals/sent', '/shared', `/people/${personId}/refer`, `/search?q=Penrose`]
  for (const page of theirs) expect([page, await words(referrer, page)]).toEqual([page, expect.not.stringContaining('Quoitmorva')])
  // Nor on paper, where the record is grouped with another, nor by asking which worker's cases say it.
  const summary = (await referrer.get(`/people/${personId}/summary`)).body
  expect((await readPdf(summary)).text).not.toContain('Quoitmorva')
  expect(await words(referrer, `/people/${personId}/same-person`)).not.toContain('Quoitmorva')
  const found = async (visitor: Visitor) =>
    (await visitor.get('/search?q=%22help+to+leave%22&in=written&worker=Quoitmorva')).html.includes(caseId)
  expect([await found(decider), await found(referrer)]).toEqual([true, false])
  const before = await Promise.all(theirs.slice(0, 5).map(page => words(referrer, page)))
  await fillIn(decider, `/cases/${caseId}/close`)
  expect(await words(decider, `/cases/${caseId}`)).toContain('Closed on')
  for (const page of theirs) expect([page, await words(referrer, page)]).toEqual([page, expect.not.stringMatching(/closed/i)])
  expect(before[0]).toContain('Accepted')
  // Nor by what is there no more.
  for (const [place, page] of theirs.slice(0, 5).entries()) expect([page, await words(referrer, page)]).toEqual([page, before[place]])
})

test('nobody else has any of it: another team, a reader, somebody it is withheld from, somebody who is signed out', async () => {
  const { database } = product
  const caseId = await refer()
  await fillIn(decider, `/cases/${caseId}/referral/ask`, { words: asked })
  const enter = async (who: Colleague) => visitorOf(product).signIn(who)
  const nextDoor = await enter(
    await addColleague(database, await addTeam(database, helpers.agency, ['early-help']), { role: 'Team leader' }),
  )
  const onlooker = await enter(await addColleague(database, clinic, { role: 'Read only' }))
  const kept = await addColleague(database, helpers)
  await as(database, nessa, (tx, actor) => withhold(tx, actor, product.clock.now(), { caseId, holder: kept.principal, reason: 'Related' }))
  const withheld = await enter(kept)
  const nobody = visitorOf(product)
  for (const visitor of [nextDoor, other, withheld]) {
    for (const side of ['ask', 'answer', 'add', 'take-back']) {
      expect((await visitor.get(`/cases/${caseId}/referral/${side}`)).status).toBe(404)
      expect((await visitor.post(`/cases/${caseId}/referral/${side}`, { words: 'In their name' })).status).toBe(404)
    }
    expect(await words(visitor, '/referrals')).toContain('No referral waits')
    expect((await visitor.get(`/cases/${caseId}`)).status).toBe(404)
  }
  // Of the same team and withheld from: it is in no list of theirs. A colleague of the referrer's follows it.
  expect((await withheld.get('/referrals/sent')).html).not.toContain(caseId)
  const colleague = await enter(await addColleague(database, helpers))
  expect((await colleague.get('/referrals/sent')).html).toContain(caseId)
  expect((await onlooker.get('/referrals')).html).toContain(caseId)
  for (const side of ['ask', 'answer', 'add', 'take-back'])
    expect((await onlooker.get(`/cases/${caseId}/referral/${side}`)).status).toBe(404)
  expect((await nobody.get('/referrals')).location).toMatch(/^\/sign-in/)
  const { rows } = await database.admin.query(`select from referral_exchanges where words = 'In their name'`)
  expect(rows).toEqual([])
})

test('who has referred by themselves is not asked through the product, and does not stand among what was sent to others', async () => {
  const caseId = await refer({}, helpers)
  expect((await referrer.get('/referrals/sent')).html).not.toContain(caseId)
  const leader = await visitorOf(product).signIn(await addColleague(product.database, helpers, { role: 'Team leader' }))
  expect((await leader.get('/referrals')).html).toContain(caseId)
  for (const side of ['ask', 'add', 'take-back']) expect((await leader.get(`/cases/${caseId}/referral/${side}`)).status).toBe(404)
})
