import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addColleague, type Colleague } from '../factories/colleagues.ts'
import { addWholeRecord, type WholeRecord } from '../factories/whole-record.ts'
import { addAgency, addTeam, type Team } from '../factories/world.ts'
import { type Product, startProduct } from '../harness/product.ts'
import { type Fields, type Visitor, visitorOf } from '../harness/visitor.ts'

// What somebody without a caseload is let see, as they find it again; and whom it is shared with, chosen by name.

const family = 'Quoitxanthe'
let product: Product
let record: WholeRecord
let at: string
let worker: Visitor
let officer: Visitor
let other: Visitor
let denzil: Colleague
let namesake: Colleague
let desk: Team

beforeAll(async () => {
  product = await startProduct()
  const { database } = product
  const team = await addTeam(database, await addAgency(database, { isAuthority: true }), ['early-help'])
  const enter = async (colleague: Colleague) => visitorOf(product).signIn(colleague)
  worker = await enter(await addColleague(database, team, { name: 'Tamsin Rowe' }))
  const leader = await enter(await addColleague(database, team, { name: 'Demelza Vyvyan', role: 'Team leader' }))
  desk = await addTeam(database, await addAgency(database))
  denzil = await addColleague(database, desk, { name: 'Denzil Opie', role: 'Partner officer' })
  namesake = await addColleague(database, await addTeam(database, await addAgency(database)), {
    name: 'Denzil Opie',
    role: 'Partner officer',
  })
  officer = await enter(denzil)
  other = await enter(namesake)
  record = await addWholeRecord(worker, leader, { family })
  at = `/cases/${record.caseId}`
})
afterAll(async () => {
  expect(product.faults).toEqual([])
  await product.close()
})

const wish: Fields = {
  with: 'user',
  user: 'denzil',
  what: 'parts',
  parts: ['notes'],
  level: 'edit',
  purpose: 'To find them tonight',
  basis: 'vital-interests',
}
const day = (on: string) => ({ 'until-day': on.slice(8), 'until-month': on.slice(5, 7), 'until-year': on.slice(0, 4) })
const until = () => new Date(product.clock.now().getTime() + 40 * 86_400_000).toISOString().slice(0, 10)

describe('whom it is shared with', () => {
  test('[U13] is chosen by name with their agency before the sharer’s eyes, and never guessed', async () => {
    const several = await worker.post(`${at}/sharing/new`, wish)
    expect(several.status).toBe(422)
    expect(several.words).toMatch(/Select which of these people it is/)
    for (const one of [denzil, namesake]) expect(several.words).toContain(`Denzil Opie, ${one.agency.name}`)
    expect((await worker.post(`${at}/sharing/new`, { ...wish, user: 'nobody of this name' })).words).toContain('Nobody here is called')
    // Somebody who is not among those of that name is not chosen by their number.
    const forged = await worker.post(`${at}/sharing/new`, { ...wish, user: 'opie demelza', 'user-chosen': denzil.id })
    expect(forged.status).toBe(422)
    const chosen = await worker.post(`${at}/sharing/new`, { ...wish, 'user-chosen': denzil.id })
    expect(chosen.words).toMatch(
      /Check what Denzil Opie will see.*You do not share this by their agreement, but: to protect somebody’s life/,
    )
    expect(chosen.words).toContain(denzil.agency.name)
  })

  test('what was agreed stands on the form and on the preview', async () => {
    const form = await worker.get(`${at}/sharing/new`)
    const said = /(They agreed to share|They have not been asked about sharing|Nobody wrote down|Sharing was)[^.:]*/
    const [line] = said.exec(form.words) ?? []
    expect(line).toBeDefined()
    expect((await worker.post(`${at}/sharing/new`, { ...wish, 'user-chosen': denzil.id })).words).toContain(line)
  })
})

describe('[U13] what is shared with somebody who has no caseload', () => {
  test('is found again in the navigation and on the first page: who, what, what for, by whom and until when', async () => {
    expect((await officer.get('/work/mine')).html).not.toContain('href="/shared"')
    expect((await officer.get('/shared')).words).toContain('Nothing is shared with you now')
    const shared = await worker.post(`${at}/sharing/new/confirm`, { ...wish, 'user-chosen': denzil.id, ...day(until()) })
    expect([shared.status, shared.status === 303 ? '' : shared.words]).toEqual([303, ''])
    const first = await officer.get((await officer.get('/')).location ?? '/')
    expect(first.html).toContain('href="/shared"')
    const page = await officer.get('/shared')
    const [year, month, date] = until().split('-')
    expect(page.words).toMatch(
      new RegExp(`${family.toUpperCase()}.*Notes, to read and add to.*To find them tonight.*Tamsin Rowe.*${date}/${month}/${year}`),
    )
    const theCase = await officer.get(at)
    expect(theCase.words).toMatch(/Tamsin Rowe, .* shared parts of this case with you until .*, to read and add to: To find them tonight\./)
    expect(theCase.words).not.toContain('Nothing has been recorded yet')
  })

  test('is nobody else’s: not of the same name, and not signed out', async () => {
    expect((await other.get('/shared')).words).not.toContain(family.toUpperCase())
    expect((await other.get('/work/mine')).html).not.toContain('href="/shared"')
    expect((await visitorOf(product).get('/shared')).status).toBe(303)
  })

  test('leaves no trace once it is withheld from them, and the sharer is shown that it shows nothing', async () => {
    await worker.post(`${at}/withholding/new`, { from: 'user', user: denzil.email, what: 'case', reason: 'He lives next door' })
    expect((await officer.get('/shared')).words).toContain('Nothing is shared with you now')
    expect((await officer.get('/work/mine')).html).not.toContain('href="/shared"')
    expect((await worker.get(`${at}/sharing`)).words).toMatch(/Denzil Opie.*Shows nothing: withheld/)
  })
})
