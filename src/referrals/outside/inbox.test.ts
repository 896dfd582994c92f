import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { addColleague, type Colleague } from '../../../test/factories/colleagues.ts'
import { addReferralPage, sendPublic } from '../../../test/factories/outside.ts'
import { fillIn } from '../../../test/factories/whole-record.ts'
import { addAgency, addTeam, as, type Team } from '../../../test/factories/world.ts'
import { type Product, startProduct } from '../../../test/harness/product.ts'
import { type Visitor, visitorOf } from '../../../test/harness/visitor.ts'
import { jobsDone } from '../../../test/other-side/scene.ts'
import { withhold } from '../../access/index.ts'

let product: Product
let team: Team
let clinic: Team
let page: string
let nessa: Colleague
/** Decides; works beside; reads; decides in another team, another agency; the commissioner. */
let decider: Visitor
let caseworker: Visitor
let reader: Visitor
let nextDoor: Visitor
let elsewhere: Visitor
let commissioner: Visitor

beforeAll(async () => {
  product = await startProduct()
  const { database } = product
  const council = await addAgency(database, { isAuthority: true })
  team = await addTeam(database, council, ['early-help'], 'Early Help West')
  clinic = await addTeam(database, await addAgency(database), ['drug-and-alcohol'], 'Harbour Clinic')
  const enter = async (...given: Parameters<typeof addColleague>) => visitorOf(product).signIn(await addColleague(...given))
  nessa = await addColleague(database, team, { name: 'Nessa Bray', role: 'Team leader' })
  decider = await visitorOf(product).signIn(nessa)
  caseworker = await enter(database, team)
  reader = await enter(database, team, { role: 'Read only' })
  nextDoor = await enter(database, await addTeam(database, council, ['early-help']), { role: 'Team leader' })
  elsewhere = await enter(database, clinic, { role: 'Team leader' })
  commissioner = await enter(database, team, { role: 'Commissioner', serviceArea: null })
  page = await addReferralPage(product, await addColleague(database, team, { role: 'Authority administrator', serviceArea: null }), team)
})
afterAll(async () => {
  expect(product.faults).toEqual([])
  await product.close()
})
// The limits are of an hour; the tests send more than people do.
beforeEach(() => product.database.admin.query('delete from outside_tries'))

const rows = async <T extends object>(query: string, ...values: unknown[]) => (await product.database.admin.query<T>(query, values)).rows
const idOf = async (number: string) => (await rows<{ id: string }>('select id from outside_referrals where number = $1', number))[0]!.id
const words = async (visitor: Visitor, path: string) => (await visitor.get(path)).words
const send = async (...given: Parameters<typeof sendPublic> extends [unknown, unknown, ...infer More] ? More : never) => {
  const number = await sendPublic(product, page, ...given)
  return { number, at: `/referrals/outside/${await idOf(number)}` }
}
const caseOf = (location: string) => /cases\/([0-9a-f-]{36})/.exec(location)![1]!
const wholly = { urgency: 'urgent' }

test('[V6] what was sent waits in the inbox of its team, with its clock and the words that stand out; whoever decides is told without a word of it', async () => {
  const { number, at } = await send({
    what: { reason: 'He threatened to kill me with a knife', urgency: 'emergency', needs: '', _then: 'continue' },
  })
  const later = await send({ what: { reason: 'It can wait', urgency: 'routine', needs: '', _then: 'continue' } })
  const inbox = await words(decider, '/referrals/outside')
  // Today is today, and comes first whatever came before.
  expect(inbox.indexOf(number)).toBeLessThan(inbox.indexOf(later.number))
  expect(await words(decider, at)).toMatch(/decide Today/i)
  expect(await words(decider, later.at)).not.toMatch(/decide Today/i)
  expect(inbox).toContain('PENROSE, Jago')
  expect(inbox).toContain(number)
  expect(inbox).toContain('Help needed today')
  expect(inbox).toMatch(/Words in it: .*kill.*knife/)
  expect(await words(decider, '/work')).toMatch(/Referrals \d/)
  await jobsDone(product.database)
  expect(await words(decider, '/notices')).toContain('A referral from outside waits for your team, and asks for help today')
  const told = await rows<{ words: string }>('select words from notices')
  expect(JSON.stringify(told)).not.toMatch(/Penrose|kill|knife/)
  expect(await words(decider, at)).toContain('He threatened to kill me')
  const audited = await rows<{ action: string }>(
    `select action from audit_events where subject_type = 'outside-referral' and subject_id = $1`,
    at.split('/').at(-1),
  )
  expect(audited.map(row => row.action)).toEqual(expect.arrayContaining(['outside-referral-sent', 'outside-referral-opened']))
})

test('[V6] nobody but the team’s triage and the commissioners finds it, or a file of it', async () => {
  const letter = new File(['From the school'], 'letter.txt', { type: 'text/plain' })
  const { at, number } = await send({ what: { reason: 'Please help', urgency: 'routine', needs: '', papers: letter, _then: 'continue' } })
  const [file] = await rows<{ id: string }>('select id from outside_files where referral_id = $1', at.split('/').at(-1))
  const fileAt = `${at}/files/${file!.id}`
  for (const [who, visitor] of Object.entries({ caseworker, reader, nextDoor, elsewhere })) {
    for (const path of [at, fileAt, `${at}/take-up`, `${at}/decline`, `${at}/pass`])
      expect([who, path, (await visitor.get(path)).status]).toEqual([who, path, 404])
    expect([who, (await visitor.post(`${at}/spam`, { is: 'spam' })).status]).toEqual([who, 404])
    expect([who, (await visitor.post(`${at}/decline`, { reason: 'no-place' })).status]).toEqual([who, 404])
    const list = await visitor.get('/referrals/outside')
    expect([who, list.html.includes(number)]).toEqual([who, false])
  }
  expect((await visitorOf(product).get(at)).location).toMatch(/^\/sign-in/)
  expect((await decider.get(fileAt)).body.toString()).toBe('From the school')
  expect((await decider.get(fileAt)).headers['content-disposition']).toMatch(/^attachment/)
  // In which a virus was found: there, and not to be opened by anybody.
  await rows(`update outside_files set scan = 'infected' where id = $1`, file!.id)
  expect((await decider.get(fileAt)).status).toBe(404)
  expect(await words(decider, at)).toContain('A virus was found in it')
  // The commissioner reads, and decides nothing.
  expect(await words(commissioner, at)).toContain('Please help')
  expect(await words(commissioner, at)).not.toContain('Take up')
  expect((await commissioner.get(`${at}/take-up`)).status).toBe(404)
  expect((await commissioner.post(`${at}/spam`, { is: 'spam' })).status).toBe(404)
})

test('[V6] somebody on record who may be the one is shown before anything touches a record; taken up for them it is on the timeline, its files are documents', async () => {
  const personId = /[0-9a-f-]{36}/.exec(
    await fillIn(decider, '/people/new', {
      given: 'Jago',
      family: 'Penrose',
      'dateOfBirth-day': '3',
      'dateOfBirth-month': '6',
      'dateOfBirth-year': '1988',
    }),
  )![0]
  const letter = new File(['From the school'], 'letter.txt', { type: 'text/plain' })
  const { at, number } = await send({
    what: { reason: 'I drink too much', urgency: 'urgent', needs: '', papers: letter, _then: 'continue' },
  })
  const before = await rows('select p.*, v.id from people p join person_versions v on v.person_id = p.id order by v.id')
  expect(await words(decider, at)).toMatch(/People on record who may be the one.*and the date of birth/)
  expect(await rows('select p.*, v.id from people p join person_versions v on v.person_id = p.id order by v.id')).toEqual(before)
  const to = await fillIn(decider, `${at}/take-up?who=${personId}`, wholly)
  const caseId = caseOf(to)
  const timeline = await words(decider, `/people/${personId}`)
  expect(timeline).toContain('Sent from outside: Ask for help at home')
  expect(timeline).toContain('Referred by the person themselves')
  expect(await words(decider, `/cases/${caseId}/documents`)).toContain('letter.txt')
  const [set] = await rows<{ id: string; state: string }>('select id, state from answer_sets where case_id = $1', caseId)
  expect(set!.state).toBe('completed')
  expect(await words(decider, `/cases/${caseId}/forms/${set!.id}`)).toContain('letter.txt')
  // Nothing of it is left in the inbox, so whoever the case is withheld from finds it nowhere.
  const [row] = await rows('select state, answers, typed from outside_referrals where number = $1', number)
  expect(row).toEqual({ state: 'taken-up', answers: {}, typed: {} })
  expect(await rows('select from outside_files where referral_id = $1', at.split('/').at(-1))).toEqual([])
  expect(await words(decider, '/referrals')).toContain('PENROSE, Jago')
  const related = await addColleague(product.database, team, { role: 'Team leader' })
  const [{ principal }] = (await rows<{ principal: number }>('select principal from users where id = $1', related.id)) as [
    { principal: number },
  ]
  await as(product.database, nessa, (tx, actor) =>
    withhold(tx, actor, new Date(), { caseId, holder: principal, reason: 'They are related' }),
  )
  const kept = await visitorOf(product).signIn(related)
  expect((await kept.get(at)).html).not.toContain('Penrose')
  expect((await kept.get(at)).html).not.toContain(caseId)
  // Nor are they shown, for the next one that comes, somebody whom they may not see.
  const next = await send()
  expect((await kept.get(next.at)).words).toContain('Nobody whose record you see')
  expect((await kept.get(next.at)).html).not.toContain(personId)
  // Taken up once.
  expect((await decider.get(`${at}/take-up`)).location).toBe(at)
})

test('[V6] taken up for somebody new, they are put on record with how it is safe to reach them; the same name is told apart', async () => {
  const { at } = await send({
    who: { given: 'Wella', family: 'Kitto', telephone: '07700 900456', safe_contact: 'text_only', safe_words: 'Only before three' },
  })
  expect((await decider.post(`${at}/take-up`, { who: '' })).status).toBe(422)
  const to = await fillIn(decider, `${at}/take-up`, { ...wholly, who: 'new' })
  const [person] = await rows<{ id: string }>('select person_id as id from cases where id = $1', caseOf(to))
  const record = await words(decider, `/people/${person!.id}/details`)
  expect(record).toContain('KITTO, Wella')
  expect(record).toContain('07700 900456')
  expect(record).toContain('Text only')
  expect(record).toContain('Only before three')
  expect((await rows('select from people where family_name = $1', 'Kitto')).length).toBe(1)
})

test('[V6] declined with a reason; taken for spam and put back; passed on to another service, who see it instead', async () => {
  const declined = await send()
  expect((await decider.post(`${declined.at}/decline`, { reason: '' })).status).toBe(422)
  await fillIn(decider, `${declined.at}/decline`, { reason: 'out-of-area', note: 'Rang them' })
  expect(await words(decider, '/referrals/outside/decided')).toContain('Lives outside the area')
  expect((await words(decider, '/referrals/outside')).includes(declined.number)).toBe(false)

  const spam = await send({ website: 'https://spam.example' })
  expect(await words(decider, '/referrals/outside')).toContain('May be spam')
  await decider.post(`${spam.at}/spam`, { is: 'spam' })
  // Once said that it was taken for spam, the list is without it.
  expect((await decider.get('/referrals/outside')).html).not.toContain(`href="${spam.at}"`)
  await decider.post(`${spam.at}/spam`, { is: 'not-spam' })
  expect((await decider.get('/referrals/outside')).html).toContain(`href="${spam.at}"`)

  const passed = await send()
  expect((await elsewhere.get(passed.at)).status).toBe(404)
  const toClinic = { team: `${clinic.id}/drug-and-alcohol`, note: 'Theirs, we think' }
  // The page promises that another agency reads it only where they agree, or by a lawful reason.
  const asked = await decider.post(`${passed.at}/pass`, toClinic)
  expect([asked.status, asked.words]).toEqual([422, expect.stringContaining('Select by what right it goes to another agency')])
  expect((await elsewhere.get(passed.at)).status).toBe(404)
  await fillIn(decider, `${passed.at}/pass`, { ...toClinic, basis: 'agreed', agreed: 'Jago, today, by telephone' })
  const [event] = await rows<{ detail: object }>(`select detail from audit_events where action = 'outside-referral-passed'`)
  expect(event!.detail).toMatchObject({ toAnotherAgency: 'agreed' })
  expect(await words(elsewhere, passed.at)).toContain('They agreed that it is passed on: Jago, today, by telephone')
  expect((await decider.get(passed.at)).status).toBe(404)
  expect(await words(elsewhere, passed.at)).toContain('Theirs, we think')
  expect(await words(elsewhere, '/notices')).toContain('passed on to your team')
  const to = await fillIn(elsewhere, `${passed.at}/take-up`, { ...wholly, who: 'new', 'told-apart': [] })
  expect((await decider.get(`/cases/${caseOf(to)}`)).status).toBe(404)
})

test('[V6] whoever declines what a colleague has decided meanwhile reads what they typed, and nothing is decided twice', async () => {
  const { at } = await send()
  expect((await decider.get(`${at}/decline`)).status).toBe(200)
  await fillIn(decider, `${at}/decline`, { reason: 'out-of-area', note: 'Told by telephone' })
  const late = await decider.post(`${at}/decline`, { reason: 'out-of-area', note: 'Wrote to <her> today' })
  expect(late.status).toBe(422)
  expect(late.words).toContain('It has been decided already, while you wrote')
  expect(late.html).toContain('Wrote to &lt;her')
  const hidden = await nextDoor.post(`${at}/decline`, { reason: 'out-of-area', note: 'In their name' })
  expect([hidden.status, hidden.html.includes('Told by telephone')]).toEqual([404, false])
  expect(await rows('select decided_note from outside_referrals where id = $1', at.slice(-36))).toEqual([
    { decided_note: 'Told by telephone' },
  ])
})
