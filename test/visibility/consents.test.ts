import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor } from '../../src/platform/actor.ts'
import { londonDate } from '../../src/platform/clock.ts'
import { partsOf } from '../../src/platform/plain-date.ts'
import { addColleague, type Colleague } from '../factories/colleagues.ts'
import { addWholeRecord, fillIn } from '../factories/whole-record.ts'
import { actorOf, addAgency, addTeam } from '../factories/world.ts'
import { type Product, startProduct } from '../harness/product.ts'
import { type Fields, type Visitor, visitorOf } from '../harness/visitor.ts'

// What somebody agreed to and refused, as those who work with them, those it is shared with and those who may not know of it find it.

const words = 'She said that her brother reads everything'

let product: Product
let at: string
let caseId: string
let worker: Visitor
let leader: Visitor
let officer: Visitor
let who: Colleague
let police: { id: string; principal: number }
let sergeant: Visitor

beforeAll(async () => {
  product = await startProduct()
  const { database } = product
  police = await addAgency(database)
  const team = await addTeam(database, await addAgency(database, { isAuthority: true }), ['early-help'])
  const enter = async (colleague: Colleague) => visitorOf(product).signIn(colleague)
  worker = await enter(await addColleague(database, team, { name: 'Tamsin Rowe' }))
  leader = await enter(await addColleague(database, team, { name: 'Demelza Vyvyan', role: 'Team leader' }))
  caseId = (await addWholeRecord(worker, leader, { family: 'Quoitxanthe' })).caseId
  at = `/cases/${caseId}`
  const desk = await addTeam(database, { ...police, name: 'Police' })
  who = await addColleague(database, desk, { name: 'Piran Hocking', role: 'Partner officer' })
  officer = await enter(who)
  sergeant = await enter(await addColleague(database, desk, { name: 'Sidwell Jose', role: 'Team leader' }))
})
afterAll(() => product?.close())

const onDay = (name: string): Fields => {
  const { day, month, year } = partsOf(londonDate(product.clock.now()))
  return { [`${name}-day`]: String(day), [`${name}-month`]: String(month), [`${name}-year`]: String(year) }
}
const asked = (more: Fields): Fields => ({
  purposes: ['assess'],
  answer: 'refused',
  ...onDay('asked'),
  'asked-by': 'Tamsin Rowe',
  how: 'telephone',
  capacity: 'child-understands',
  'capacity-because': 'She looked at it with him',
  by: 'person',
  evidence: words,
  ...more,
})
const record = (more: Fields = {}) => worker.post(`${at}/consent/new`, asked(more))
const latest = async (): Promise<string> => {
  const { rows } = await product.database.admin.query<{ id: string }>(
    'select consent_id as id from consents where case_id = $1 order by recorded_at desc limit 1',
    [caseId],
  )
  return rows[0]!.id
}
const versions = async (id: string) => {
  const { rows } = await product.database.admin.query<{ version: number; answer: string; without: string }>(
    'select version, answer, without_consent as without from consents where consent_id = $1 order by version',
    [id],
  )
  return rows
}
async function rowsFor(colleague: Colleague): Promise<number> {
  const actor = await actorOf(product.database, colleague.id, product.clock.now())
  return asActor(product.database.web, actor, 'read', async tx => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from consents where case_id = ${caseId}`.execute(tx)
    return rows[0]!.n
  })
}

describe('a refusal', () => {
  test('[E4] stands over the case, and no assessment is begun against it', async () => {
    expect((await record()).status).toBe(303)
    expect((await worker.get(at)).words).toContain('An assessment was refused on')
    expect((await worker.get(`${at}/consent`)).words).toContain(words)
    expect((await worker.get(`${at}/forms/new`)).words).toContain('Ask for consent before you assess')
    const before = await product.database.admin.query('select id from answer_sets')
    expect((await worker.post(`${at}/forms`, { form: 'housing-support-assessment' })).location).toBe(`${at}/forms/new`)
    expect((await product.database.admin.query('select id from answer_sets')).rows).toHaveLength(before.rows.length)
  })

  test('[E4] is gone on without by whoever has that right alone, with a lawful reason that stands on the record beside the refusal', async () => {
    const id = await latest()
    const goOn = `${at}/consent/${id}/go-on`
    expect((await worker.get(goOn)).status).toBe(404)
    expect((await worker.post(goOn, { reason: 'crime', 'without-because': 'x' })).status).toBe(404)
    const empty = await leader.post(goOn, { reason: 'because-i-say-so', 'without-because': '' })
    expect([empty.status, empty.words]).toEqual([422, expect.stringMatching(/Select the lawful reason.*Enter what it is here/)])
    await fillIn(leader, goOn, { reason: 'child-protection', 'without-because': 'A baby in the house' })
    expect(await versions(id)).toEqual([
      { version: 1, answer: 'refused', without: '' },
      { version: 2, answer: 'refused', without: 'child-protection' },
    ])
    expect((await worker.get(at)).words).toMatch(
      /An assessment was refused on .*Gone on without it: a child may suffer significant harm. A baby in the house/,
    )
    expect((await worker.get(`${at}/forms/new`)).words).not.toContain('Ask for consent before you assess')
    const again = await leader.post(goOn, { reason: 'crime', 'without-because': 'A <second> reason' })
    expect([again.status, again.html.includes('A &lt;second')]).toEqual([404, true])
  })

  test('[E4] a yes that has run out is gone on without as a no is; one that counts still is not', async () => {
    const untilOn = (days: number) => {
      const { day, month, year } = partsOf(londonDate(new Date(product.clock.now().getTime() + days * 86_400_000)))
      return { 'until-day': String(day), 'until-month': String(month), 'until-year': String(year) }
    }
    expect((await record({ answer: 'given', ...untilOn(2) })).status).toBe(303)
    const id = await latest()
    const goOn = `${at}/consent/${id}/go-on`
    expect([(await leader.get(`${at}/consent`)).html.includes(goOn), (await leader.get(goOn)).status]).toEqual([false, 404])
    await product.database.admin.query('update consents set until_on = until_on - 5, asked_on = asked_on - 5 where consent_id = $1', [id])
    expect((await worker.get(`${at}/forms/new`)).words).toContain('Consent to an assessment has run out')
    expect((await leader.get(`${at}/consent`)).html).toContain(goOn)
    expect((await worker.get(goOn)).status).toBe(404)
    await fillIn(leader, goOn, { reason: 'crime', 'without-because': 'He has a knife' })
    expect((await worker.get(`${at}/forms/new`)).words).not.toContain('has run out')
    expect((await leader.get(goOn)).status).toBe(404)
  })

  test('[E4] [F4] of sharing asks every share for a lawful reason, of whoever has the right to give one', async () => {
    await record({ purposes: ['share'], 'share-what': 'The plan', 'share-with': 'Anybody' })
    const wish = {
      with: 'agency',
      agency: police.id,
      what: 'parts',
      parts: ['notes'],
      level: 'read',
      purpose: 'A visit',
      basis: 'public-task',
    }
    const refused = await worker.post(`${at}/sharing/new/confirm`, { ...wish, 'without-consent': 'crime' })
    expect([refused.status, refused.words]).toEqual([422, expect.stringContaining('going on without it is not yours to decide')])
    expect((await leader.post(`${at}/sharing/new/confirm`, wish)).words).toContain('Sharing was refused. Select the lawful reason')
    expect((await leader.post(`${at}/sharing/new/confirm`, { ...wish, 'without-consent': 'crime' })).status).toBe(303)
    expect((await worker.get(`${at}/sharing`)).words).toMatch(/Sharing was refused on .*Without consent: To prevent or detect a crime/)
  })
})

describe('a partner with whom all of it is shared to add to', () => {
  test('[E4] writes down what somebody answered them, and does not go on against their no, whatever they may in their own agency', async () => {
    const wish = { with: 'agency', agency: police.id, what: 'all', level: 'edit', purpose: 'A visit', basis: 'public-task' }
    expect((await leader.post(`${at}/sharing/new/confirm`, { ...wish, 'without-consent': 'crime' })).status).toBe(303)
    expect((await sergeant.post(`${at}/consent/new`, asked({ 'asked-by': 'Sidwell Jose' }))).status).toBe(303)
    const goOn = `${at}/consent/${await latest()}/go-on`
    expect((await sergeant.get(`${at}/consent`)).html).not.toContain(goOn)
    expect((await leader.get(`${at}/consent`)).html).toContain(goOn)
    expect((await sergeant.get(goOn)).status).toBe(404)
    expect((await sergeant.post(goOn, { reason: 'crime', 'without-because': 'x' })).status).toBe(404)
    expect(await versions(await latest())).toEqual([{ version: 1, answer: 'refused', without: '' }])
    const { rows } = await product.database.admin.query<{ id: string }>(
      `select id from access_grants where case_id = $1 and kind = 'share' and parts is null and ended_at is null`,
      [caseId],
    )
    expect((await leader.post(`${at}/sharing/${rows[0]!.id}/end`, { reason: 'Done' })).status).toBe(303)
    expect((await sergeant.get(`${at}/consent`)).status).toBe(404)
  })
})

describe('a yes', () => {
  test('[E4] of somebody who cannot decide it is not theirs to give, and whoever gives it says by what right', async () => {
    const theirs = await record({ answer: 'given', capacity: 'child-does-not', 'capacity-because': 'Assessed on Monday' })
    expect([theirs.status, theirs.words]).toEqual([422, expect.stringContaining('They cannot decide this')])
    expect(theirs.html).toContain(words)
    // Nor is their no the answer: what they said stands beside that of whoever decides it.
    const no = await record({ answer: 'refused', capacity: 'child-does-not', 'capacity-because': 'Assessed on Monday' })
    expect([no.status, no.words]).toEqual([422, expect.stringContaining('write what they said themselves')])
    // What is found of a grown-up is not found of a boy of twelve.
    const ofAge = await record({ answer: 'given', capacity: 'lacks', 'capacity-because': 'Assessed on Monday', by: 'other' })
    expect(ofAge.words).toMatch(/They were 1\d: select whether they understand it/)
    expect(
      (await record({ answer: 'given', capacity: 'child-does-not', 'capacity-because': '', by: 'other', 'by-name': '' })).words,
    ).toMatch(/Enter what that rests on.*Enter who answered.*Select by what right/)
    const given = {
      answer: 'given',
      capacity: 'child-does-not',
      'capacity-because': 'He is four',
      by: 'other',
      'by-name': 'Oksana Penrose',
    }
    expect((await record({ ...given, authority: 'parental-responsibility' })).status).toBe(303)
    expect((await worker.get(`${at}/consent`)).words).toMatch(/Oksana Penrose.*Has parental responsibility/)
    expect((await worker.get(at)).words).not.toContain('An assessment was refused on')
  })

  test('[E4] that is taken back stays on the record as given, and stands as taken back', async () => {
    const id = await latest()
    await fillIn(worker, `${at}/consent/${id}/withdraw`, { ...onDay('asked'), because: 'She rang and said no more' })
    expect((await versions(id)).map(one => one.answer)).toEqual(['given', 'withdrawn'])
    expect((await worker.get(`${at}/consent`)).words).toMatch(/Withdrawn.*She rang and said no more.*Before.*Given/)
    expect((await worker.get(at)).words).toContain('An assessment: consent was taken back on')
    expect((await worker.post(`${at}/consent/${id}/withdraw`, { ...onDay('asked'), because: 'Again' })).status).toBe(404)
  })
})

test('[U13] whoever was shared another part finds no word of it; whoever was shared this part reads it and changes nothing', async () => {
  // The police have the notes by now.
  expect((await officer.get(at)).status).toBe(200)
  expect((await officer.get(at)).html).not.toMatch(/refused|taken back/)
  expect((await officer.get(`${at}/consent`)).status).toBe(404)
  expect((await officer.get(`${at}/forms/new`)).status).toBe(404)
  expect(await rowsFor(who)).toBe(0)
  const wish = {
    with: 'agency',
    agency: police.id,
    what: 'parts',
    parts: ['consent'],
    level: 'read',
    purpose: 'To know',
    basis: 'public-task',
  }
  expect((await leader.post(`${at}/sharing/new/confirm`, { ...wish, 'without-consent': 'crime' })).status).toBe(303)
  expect((await officer.get(`${at}/consent`)).words).toContain('She rang and said no more')
  expect(await rowsFor(who)).toBeGreaterThan(0)
  expect((await officer.get(`${at}/consent/new`)).status).toBe(404)
  expect((await officer.post(`${at}/consent/new`, asked({}))).status).toBe(404)
  expect((await officer.post(`${at}/consent/${await latest()}/withdraw`, { because: 'x' })).status).toBe(404)
  expect((await visitorOf(product).get(`${at}/consent`)).location).toContain('/sign-in')
  expect(product.faults).toEqual([])
})

test('[E4] a no to sharing is not read as a yes: it says what they were asked', async () => {
  const share = { purposes: ['share'], 'share-what': 'All of it', 'share-with': 'The police' }
  expect((await record({ ...share, answer: 'refused', 'share-with': '' })).words).toContain('Enter with whom they were asked to share it')
  expect((await record({ ...share, answer: 'refused' })).status).toBe(303)
  const shown = (await worker.get(`${at}/consent`)).words
  expect(shown).toMatch(/They refused to share All of it With The police/)
})

test('[E4] [F4] what was shared by their agreement is marked once they take it back, and whoever writes that down is led there', async () => {
  await record({ purposes: ['share'], 'share-what': 'The notes', 'share-with': 'The police, and not the school', answer: 'given' })
  const wish = { with: 'agency', agency: police.id, what: 'parts', parts: ['notes'], level: 'read', purpose: 'To know', basis: 'consent' }
  const asked = await worker.post(`${at}/sharing/new`, wish)
  expect(asked.words).toMatch(/The police, and not the school.*Does what they agreed to, in the words above, cover/)
  expect((await worker.post(`${at}/sharing/new/confirm`, wish)).status).toBe(303)
  expect((await worker.get(`${at}/sharing`)).words).not.toContain('No consent in force')
  const taken = await fillIn(worker, `${at}/consent/${await latest()}/withdraw`, { ...onDay('asked'), because: 'He changed his mind' })
  expect(taken).toContain(`${at}/sharing`)
  expect((await worker.get(`${at}/sharing`)).words).toContain('No consent in force')
})
