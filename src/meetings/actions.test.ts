import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addColleague, type Colleague } from '../../test/factories/colleagues.ts'
import { accept, addMarac, type Marac, post, refer, type Sitting, sendAgenda } from '../../test/factories/marac.ts'
import { fillIn } from '../../test/factories/whole-record.ts'
import { addAgency, addCase, addPerson, addPost, addTeam, type Case, reader } from '../../test/factories/world.ts'
import { whileHeld } from '../../test/harness/at-once.ts'
import { ownForm } from '../../test/harness/forms-on-page.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import { type Visitor, visitorOf } from '../../test/harness/visitor.ts'
import { scanNext } from '../documents/index.ts'
import { paths } from '../paths.ts'
import { filesOnDisk } from '../platform/files.ts'
import { evidenceToScan } from './index.ts'

// What shows that an action was done, and what it is linked to: seen by whoever sees the action, and the case by whoever may see the case.

let product: Product
let marac: Marac
let stranger: Visitor
let itemId: string
let actionId: string
let worker: Colleague
let at: Visitor
let theCase: Case
const who = (key: Sitting) => marac.officers[key].visitor
const action = () => paths.meetings.action(actionId)

beforeAll(async () => {
  product = await startProduct()
  const { database } = product
  marac = await addMarac(product)
  stranger = await visitorOf(product).signIn(await addColleague(database, await addTeam(database, await addAgency(database)), {}))
  itemId = await refer(who('police'), marac.seriesId, { family: 'Carnebone' })
  await accept(marac, itemId)
  await sendAgenda(marac)
  await post(marac.chair, `/meetings/dates/${marac.meetingId}/open`, { sure: 'yes' })
  const { housing } = marac.officers
  await post(marac.chair, `/meetings/items/${itemId}/actions/new`, { what: 'Change the locks', seat: housing.seatId, due: 'in 5 days' })
  const { rows } = await database.admin.query<{ id: string }>('select id from meeting_actions')
  actionId = rows[0]!.id
  // Somebody of housing who works cases there.
  const team = await addTeam(database, housing.agency, ['domestic-abuse'], 'Tenancies')
  worker = await addColleague(database, team, { name: 'Hedra Bolitho' })
  at = await visitorOf(product).signIn(worker)
  theCase = await addCase(database, await addPerson(database, team, { givenName: 'Morwenna', familyName: 'Carnebone' }), team)
  await change(housing.visitor, { worker: worker.id })
})
afterAll(() => product.close())

async function change(by: Visitor, fields: Record<string, string>) {
  const { rows } = await product.database.admin.query<{ version: number; due: string; worker: string | null }>(
    `select version, to_char(due_on, 'DD/MM/YYYY') as due, worker_id as worker from meeting_actions where id = $1`,
    [actionId],
  )
  const { version, due, worker: given } = rows[0]!
  return by.post(`${action()}/change`, { worker: given ?? '', due, version: String(version), why: '', ...fields })
}
const pdf = (text: string) => new File([`%PDF-1.4\n% ${text}\n%%EOF\n`], 'locksmith.pdf', { type: 'application/pdf' })
const evidence = async () =>
  (await product.database.admin.query<{ id: string }>('select id from meeting_evidence order by added_at')).rows.map(one => one.id)

test('[M1d] whom to ask is somebody who may hear of the case, and nobody from whom it is kept', async () => {
  const { rows } = await product.database.admin.query<{ principal: number; name: string }>(
    `select u.principal, u.name from meeting_members m join users u on u.id = m.user_id where m.series_id = $1 and m.role = 'co-ordinator'`,
    [marac.seriesId],
  )
  const { principal, name } = rows[0]!
  expect((await at.get(action())).words).toContain(name)
  const address = `/meetings/items/${itemId}/withhold`
  await post(marac.chair, address, { from: String(principal), part: '', reason: 'His sister' })
  expect((await at.get(action())).words).not.toContain(name)
  const kept = /withhold\/([0-9a-f-]{36})\/end/.exec((await marac.chair.get(`/meetings/items/${itemId}`)).html)![1]
  await fillIn(marac.chair, `/meetings/items/${itemId}/withhold/${kept}/end`, { reason: 'A mistake' })
  expect((await marac.coordinator.get(action())).status).toBe(200)
})

describe('what shows that something was done', () => {
  test('[M1d] is a file, opened by whoever sees the action: its worker, its seat, members who read the case, those who run it', async () => {
    await post(at, paths.meetings.endAction(actionId), { to: 'update', words: 'Locksmith booked.', file: pdf('receipt') })
    const [id] = await evidence()
    const file = paths.meetings.evidence(actionId, id!)
    for (const reader of [at, who('housing'), who('police'), marac.chair, marac.coordinator]) {
      expect((await reader.get(action())).words).toContain('locksmith.pdf')
      const opened = await reader.get(file)
      expect([opened.status, opened.headers['content-type']]).toEqual([200, 'application/pdf'])
      expect(opened.headers['content-security-policy']).toContain("default-src 'none'")
    }
    for (const reader of [stranger, visitorOf(product)]) expect((await reader.get(file)).status).not.toBe(200)
  })

  test('that is no document is refused in words, and what was typed stays', async () => {
    const before = await evidence()
    const refused = await at.post(`${action()}/end`, {
      to: 'done',
      words: 'They are changed.',
      file: new File(['<script>alert(1)</script>'], 'page.html', { type: 'text/html' }),
    })
    expect(refused.status).toBe(422)
    expect(refused.words).toContain('They are changed.')
    expect(await evidence()).toEqual(before)
  })

  test('[M1e] is gone for an agency from which the case is kept, worker and all', async () => {
    const [id] = await evidence()
    await fillIn(marac.coordinator, `/meetings/items/${itemId}/withhold`, {
      from: String(marac.officers.health.agency.principal),
      part: '',
      reason: 'His mother works there',
    })
    expect((await who('health').get(paths.meetings.evidence(actionId, id!))).status).toBe(404)
  })

  test('that was the wrong file is taken back by whoever added it, and by nobody else but those who run the meeting', async () => {
    const [id] = await evidence()
    const back = paths.meetings.withdrawEvidence(actionId, id!)
    expect((await who('police').post(back)).status).toBe(404)
    expect((await who('housing').post(back)).status).toBe(404)
    await post(at, back, {})
    expect((await at.get(paths.meetings.evidence(actionId, id!))).status).toBe(404)
    expect((await at.get(action())).words).toContain('A file that was here has been taken back')
  })
})

test('is scanned beside documents, and kept shut when a virus is found in it', async () => {
  await post(at, paths.meetings.endAction(actionId), { to: 'update', words: 'Again.', file: pdf('other') })
  const id = (await evidence()).at(-1)!
  const { admin, worker: database } = product.database
  const folder = await mkdtemp(join(tmpdir(), 'lanyard-evidence-'))
  await writeFile(join(folder, 'file'), 'a virus')
  const files = filesOnDisk(join(folder, 'kept'))
  const { key } = await files.keep(join(folder, 'file'))
  await admin.query(`update meeting_evidence set scan = 'awaiting-scan', storage_key = $2 where id = $1`, [id, key])
  const faults: object[] = []
  const parts = {
    database,
    files,
    also: [evidenceToScan(files)],
    scanner: async () => ({ found: true, name: 'Test-Virus' }) as const,
    clock: product.clock,
    log: { error: (detail: object) => void faults.push(detail) },
  }
  expect([await scanNext(parts), await scanNext(parts), faults]).toEqual(['scanned', 'nothing', []])
  expect((await at.get(paths.meetings.evidence(actionId, id))).status).toBe(303)
  expect((await at.get(action())).words).toContain('A virus was found in it')
})

describe('the case that it is done in', () => {
  const reference = async () =>
    (await product.database.admin.query<{ reference: string }>('select reference from cases where id = $1', [theCase.id])).rows[0]!
      .reference

  test('[M1d] is linked by its reference, and shown to whoever may see that case and to nobody else', async () => {
    const said = async (reader: Visitor) => (await reader.get(action())).words.match(/Changed|[Ll]inked/g) ?? []
    const before = await said(who('police'))
    expect((await change(at, { case: await reference() })).status).toBe(303)
    expect((await at.get(action())).html).toContain(paths.cases.show(theCase.id))
    // Nor that it was linked to anything: it would tell them that there is a record.
    for (const reader of [who('police'), marac.chair]) expect(await said(reader)).toEqual(before)
    for (const reader of [who('housing'), who('police'), marac.chair]) {
      const { html } = await reader.get(action())
      expect(html).toContain('Change the locks')
      for (const hidden of [theCase.id, await reference(), 'Done in']) expect(html).not.toContain(hidden)
    }
  })

  test('is left as it is by somebody who does not see it, and a case that they may not see is not there', async () => {
    expect((await change(who('housing'), { due: 'in 9 days', why: 'The locksmith is ill' })).status).toBe(303)
    expect((await at.get(action())).html).toContain(paths.cases.show(theCase.id))
    const refused = await change(who('housing'), { case: await reference() })
    expect([refused.status, refused.words.includes('Enter the reference of a case that you may see')]).toEqual([422, true])
  })
})

describe('two people at one action', () => {
  const end = (by: Visitor, fields: Record<string, string>) => by.post(paths.meetings.endAction(actionId), { _state: 'open', ...fields })

  test('[M1d] lose no word: whoever is later learns who completed it, and adds theirs as a note', async () => {
    expect((await end(at, { to: 'done', words: 'Locks are changed.' })).status).toBe(303)
    for (const to of ['update', 'done']) {
      const late = await end(who('housing'), { to, words: 'LATEWORDS of housing' })
      expect(late.status).toBe(422)
      for (const words of ['LATEWORDS of housing', 'Hedra Bolitho completed it', 'Add a note', 'Open it again'])
        expect(late.html).toContain(words)
    }
    const change = await who('housing').post(`${action()}/change`, { due: 'in 20 days', why: 'LATEWHY', version: '1' })
    expect([change.status, change.html.includes('LATEWHY')]).toEqual([422, true])
    expect((await at.get(action())).html).not.toContain('LATEWORDS')
    expect((await end(who('housing'), { _state: 'done', to: 'update', words: 'LATEWORDS of housing' })).status).toBe(303)
    const { words } = await at.get(action())
    for (const said of ['Done', 'LATEWORDS of housing']) expect(words).toContain(said)
    expect((await end(stranger, { _state: 'done', to: 'update', words: 'x' })).status).toBe(404)
  })

  test('is opened again by an act of its own, with why', async () => {
    expect((await end(at, { _state: 'done', to: 'open', words: '' })).words).toContain('Enter why it is opened again')
    expect((await end(at, { _state: 'done', to: 'open', words: 'One lock is missing.' })).status).toBe(303)
    expect((await who('police').get(action())).words).toContain('Opened again')
  })
})

describe('changing an action', () => {
  test('[M1d] to a day that is past is refused; its history says what it was, and from whom to whom', async () => {
    const past = await change(who('housing'), { due: '01/11/2020', why: 'A slip' })
    expect([past.status, past.words.includes('must be today or later')]).toEqual([422, true])
    expect((await change(who('housing'), { due: 'in 30 days', worker: '', why: 'The locksmith is ill' })).status).toBe(303)
    expect((await who('police').get(action())).words).toMatch(
      /By \d\d\/\d\d\/\d{4} instead of \d\d\/\d\d\/\d{4}\. Given to nobody by name instead of Hedra Bolitho\. The locksmith is ill/,
    )
  })

  test('that somebody else changed meanwhile is told so after a slip was put right, too, and saved from there', async () => {
    const opened = ownForm((await who('housing').get(action())).html, `${action()}/change`)!.filled
    await change(who('housing'), { due: 'in 31 days', why: 'He is away' })
    const typed = { ...opened, due: 'in 12 days', why: 'MYWHY' }
    const slip = await who('housing').post(`${action()}/change`, { ...typed, due: 'soon' })
    const corrected = { ...ownForm(slip.html, `${action()}/change`)!.filled, due: 'in 12 days' }
    const late = await who('housing').post(`${action()}/change`, corrected)
    expect([late.status, late.words.includes('Somebody else changed it meanwhile')]).toEqual([422, true])
    await post(who('housing'), `${action()}/change`, ownForm(late.html, `${action()}/change`)!.filled)
    expect((await who('housing').get(action())).words).toContain('MYWHY')
  })

  test('offers nobody who could do nothing with it, and tells whoever is given it who set it and whom to ask', async () => {
    const { housing } = marac.officers
    const team = await addTeam(product.database, housing.agency, [])
    const readsOnly = await addColleague(product.database, team, { role: 'Read only', name: 'Sidwell Jose', serviceArea: null })
    expect((await who('housing').get(action())).words).not.toContain('Sidwell Jose')
    await change(who('housing'), { worker: readsOnly.id })
    expect((await who('police').get(action())).words).not.toContain('Sidwell Jose')
    await change(who('housing'), { worker: worker.id })
    const { words } = await at.get(action())
    for (const said of ['Set by Ch Insp Talan Roskilly', 'Whom to ask Wenna Skewes', 'MARAC']) expect(words).toContain(said)
  })

  test('[M1d] leaves it with whoever has it, also where they could not be given it any more, until somebody takes it from them', async () => {
    const { rows } = await product.database.admin.query<{ id: string }>(
      'update posts set ended_at = now() where user_id = $1 and ended_at is null returning id',
      [worker.id],
    )
    try {
      const own = ownForm((await who('housing').get(action())).html, `${action()}/change`)!
      expect(own.filled['worker']).toBe(worker.id)
      await post(who('housing'), `${action()}/change`, { ...own.filled, due: 'in 13 days', why: 'ONLYTHEDAY' })
      const { words } = await who('police').get(action())
      expect(words).toContain('ONLYTHEDAY')
      expect(words).not.toContain('instead of Hedra Bolitho. ONLYTHEDAY')
      expect((await change(who('housing'), {})).status).toBe(303)
      // Nobody else who could not be given it is taken as nobody.
      const other = await change(who('housing'), { worker: marac.coordinatorId })
      expect([other.status, other.words]).toEqual([422, expect.stringContaining('Choose somebody from the list')])
    } finally {
      await product.database.admin.query('update posts set ended_at = null where id = any ($1)', [rows.map(row => row.id)])
    }
    await change(who('housing'), { worker: '' })
    expect(ownForm((await who('housing').get(action())).html, `${action()}/change`)!.filled['worker']).not.toBe('')
    await change(who('housing'), { worker: worker.id })
  })
})

describe('[M1g] whoever has a post in an agency beside their own', () => {
  test('is given what that agency is to do, by name in one line or on the page of the action, and for one of the two', async () => {
    const { housing, idva } = marac.officers
    const there = await addTeam(product.database, housing.agency, ['domestic-abuse'], 'Floating support')
    const both = await addColleague(product.database, await addTeam(product.database, idva.agency, []), { name: 'Xenobia Twoposts' })
    await addPost(product.database, both, there)
    expect((await change(who('housing'), { worker: both.id, why: 'She knows her' })).status).toBe(303)
    const theirs = await visitorOf(product).signIn(both)
    expect((await theirs.get(action())).words).toContain('Change the locks')
    const line = (what: string) => marac.chair.post(`/meetings/items/${itemId}/record`, { what, _then: 'action' })
    expect((await line('Visit at home @xenobia fri')).words).toMatch(
      /Xenobia Twoposts works for \w+ \w+ and \w+ \w+: type @ and the agency/,
    )
    await product.database.admin.query('update posts set ended_at = now() where user_id = $1 and agency = $2', [
      both.id,
      housing.agency.principal,
    ])
    expect((await line('Visit at home @xenobia fri')).status).toBe(303)
    // What they have they keep until it is taken from them; then they are not given it again.
    await change(who('housing'), { worker: '' })
    expect((await who('housing').get(action())).html).not.toContain(both.id)
    expect((await change(who('housing'), { worker: both.id })).status).toBe(422)
  })

  test('[M1e] is not, where the case is kept from their own', async () => {
    const { housing, health } = marac.officers
    const kept = await addColleague(product.database, await addTeam(product.database, health.agency, []))
    await addPost(product.database, kept, await addTeam(product.database, housing.agency, []))
    const reads = await visitorOf(product).signIn(kept)
    const before = await product.database.admin.query('select worker_id as id from meeting_actions where id = $1', [actionId])
    // Their own agency is told nothing that it did not know: it is given, as to anybody else.
    expect((await who('housing').get(action())).html).toContain(kept.id)
    expect((await change(who('housing'), { worker: kept.id })).status).toBe(303)
    expect((await reads.get(action())).status).toBe(404)
    expect((await reads.get('/work')).words).not.toContain('Change the locks')
    expect((await reads.get('/notices')).words).not.toContain('something to do')
    expect((await marac.coordinator.get('/notices')).words).toContain('given to somebody from whom it is kept')
    await change(who('housing'), { worker: before.rows[0].id ?? '' })
    // Those who run the meeting know it: they are not offered, and by a forged form are nobody on the list, as somebody made up is.
    expect((await marac.coordinator.get(action())).html).not.toContain(`value="${kept.id}"`)
    for (const worker of [kept.id, crypto.randomUUID()]) {
      const refused = await change(marac.coordinator, { worker })
      expect([refused.status, refused.words.includes('Choose somebody from the list')]).toEqual([422, true])
    }
    const line = await marac.chair.post(`/meetings/items/${itemId}/record`, {
      what: `Visit @${kept.name.split(' ')[1]} fri`,
      _then: 'action',
    })
    expect([line.status, line.words.includes('Nobody whom this case is for is called')]).toEqual([422, true])
  })

  test('but only reads there is not', async () => {
    const { housing, health } = marac.officers
    const readsThere = await addColleague(product.database, await addTeam(product.database, health.agency, []), {
      name: 'Yestin Readsthere',
    })
    await addPost(product.database, readsThere, await addTeam(product.database, housing.agency, []), { may: reader })
    await change(who('housing'), { worker: readsThere.id })
    expect((await who('housing').get(action())).words).not.toContain('Yestin Readsthere')
  })
})

test('there was no fault', () => expect(product.faults).toEqual([]))

test('[M1d] what is written to an action while it is given to somebody else is for whoever has it then', async () => {
  const { database } = product
  const { housing } = marac.officers
  const next = await addColleague(database, await addTeam(database, housing.agency, ['domestic-abuse'], 'Repairs'), { name: 'Jory Nance' })
  await change(housing.visitor, { worker: worker.id })
  const [given, written] = await whileHeld(
    database,
    ['select from meeting_items where id = $1 for update', itemId],
    [
      () => change(housing.visitor, { worker: next.id }),
      () => housing.visitor.post(paths.meetings.endAction(actionId), { to: 'update', words: 'The key is with the warden.' }),
    ],
  )
  expect([given?.status, written?.status]).toEqual([303, 303])
  const { words } = await (await visitorOf(product).signIn(next)).get(action())
  expect(words).toContain('The key is with the warden.')
  const { rows } = await database.admin.query('select from meeting_action_entries where action_id = $1 and $2 = any (readers)', [
    actionId,
    worker.principal,
  ])
  expect(rows).toEqual([])
})
