import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { grantAccess } from '../../src/access/index.ts'
import { asActor } from '../../src/platform/actor.ts'
import { londonDate } from '../../src/platform/clock.ts'
import { formatDate } from '../../src/platform/plain-date.ts'
import { addColleague, type Colleague } from '../factories/colleagues.ts'
import { addWholeRecord, addWithholding, fillIn, type WholeRecord } from '../factories/whole-record.ts'
import { actorOf, addAgency, addTeam, type Team } from '../factories/world.ts'
import { type Product, startProduct } from '../harness/product.ts'
import { type Fields, type Visitor, visitorOf } from '../harness/visitor.ts'

// What is shared, withheld and ended between agencies, as each of those concerned finds it: in the database and on its pages.

const family = 'Quoitxanthe'
const ofNotes = 'Sleeps badly since the eviction.'
const ofPlan = 'A bed before the winter'

let product: Product
let record: WholeRecord
let at: string
let worker: Visitor
let leader: Visitor
let readOnly: Visitor
let reader: Colleague
let tamsin: Colleague
let officer: Visitor
let nurse: Visitor
let who: Record<'officer' | 'nurse', Colleague>
let desk: Team
let police: { id: string; principal: number; name: string }

beforeAll(async () => {
  product = await startProduct()
  const { database } = product
  const team = await addTeam(database, await addAgency(database, { isAuthority: true }), ['early-help'])
  // From which a section of the record is withheld from the start.
  await addAgency(database)
  police = await addAgency(database)
  const enter = async (colleague: Colleague) => visitorOf(product).signIn(colleague)
  tamsin = await addColleague(database, team, { name: 'Tamsin Rowe' })
  worker = await enter(tamsin)
  leader = await enter(await addColleague(database, team, { name: 'Demelza Vyvyan', role: 'Team leader' }))
  reader = await addColleague(database, team, { role: 'Read only' })
  readOnly = await enter(reader)
  const made = await addWholeRecord(worker, leader, { family })
  at = `/cases/${made.caseId}`
  record = { ...made, withholdingId: await addWithholding(worker, at) }
  await fillIn(worker, `${at}/notes/new`, { text: ofNotes })
  await fillIn(worker, `${at}/plan/needs/new`, { title: ofPlan })
  desk = await addTeam(database, police)
  const clinic = await addTeam(database, await addAgency(database))
  who = {
    officer: await addColleague(database, desk, { name: 'Piran Hocking', role: 'Partner officer' }),
    nurse: await addColleague(database, clinic, { name: 'Nessa Bray', role: 'Partner officer' }),
  }
  officer = await enter(who.officer)
  nurse = await enter(who.nurse)
})
afterAll(() => product?.close())

const toPolice = (): Fields => ({
  with: 'agency',
  agency: police.id,
  what: 'parts',
  parts: ['notes'],
  level: 'read',
  purpose: 'To find them tonight',
  basis: 'vital-interests',
})
const preview = (fields: Fields) => worker.post(`${at}/sharing/new`, fields)
const share = async (fields: Fields) => {
  const reply = await worker.post(`${at}/sharing/new/confirm`, fields)
  expect([reply.status, reply.status === 303 ? '' : reply.words]).toEqual([303, ''])
  const { rows } = await product.database.admin.query<{ id: string }>(
    `select id from access_grants where case_id = $1 and kind = 'share' order by granted_at desc, id desc limit 1`,
    [record.caseId],
  )
  return rows[0]!.id
}
const end = (shareId: string) => worker.post(`${at}/sharing/${shareId}/end`, { reason: 'They have been found' })

/** How many rows of each of these tables of the case somebody reads: row-level security alone. */
async function rowsFor(colleague: Colleague) {
  const actor = await actorOf(product.database, colleague.id, product.clock.now())
  return asActor(product.database.web, actor, 'read', async tx => {
    const count = async (table: string) => {
      const { rows } = await sql<{
        n: number
      }>`select count(*)::int as n from ${sql.table(table)} where case_id = ${record.caseId}`.execute(tx)
      return rows[0]!.n
    }
    return {
      notes: await count('case_notes'),
      plan: await count('plan_needs'),
      sections: await count('answer_sections'),
      documents: await count('documents'),
      grants: await count('access_grants'),
      withholdings: await count('withholdings'),
    }
  })
}
const nothing = { notes: 0, plan: 0, sections: 0, documents: 0, grants: 0, withholdings: 0 }

/** What is on the preview of what they would see, and not beside it. */
const asSeen = (html: string): string => html.split('class="ly-as-seen"')[1] ?? ''

describe('a part of a case that is shared with an agency', () => {
  let shareId: string

  test('[I1] is looked at first as they will see it: by name what is shown and what stays hidden, and nothing is shared yet', async () => {
    const { status, html, words } = await preview(toPolice())
    expect(status).toBe(200)
    expect(asSeen(html)).toContain(ofNotes)
    expect(asSeen(html)).toContain(family.toUpperCase())
    expect(asSeen(html)).not.toContain(ofPlan)
    expect(words).toMatch(/What stays hidden from them.*The plan : .*A bed before the winter.*The case as/)
    expect((await officer.get(at)).status).toBe(404)
    expect(await rowsFor(who.officer)).toEqual(nothing)
    // Looking as somebody is not their having looked.
    const { rows } = await product.database.admin.query('select action from audit_events where case_id = $1 and user_id = $2', [
      record.caseId,
      who.officer.id,
    ])
    expect(rows.map(row => row.action)).toEqual(['page-refused'])
  })

  test('[U13] shows the sharer nothing that they may not read themself, by whosever eyes they look', async () => {
    const named = (who: string[], text: string) => fillIn(leader, `${at}/notes/new`, { text, restricted: 'named', named: who })
    await named([String(reader.principal)], 'Only for the reader of the team.')
    await named([String(reader.principal), String(tamsin.principal)], 'For the reader and the worker.')
    await leader.post(`/conversations/new?about=case&id=${record.caseId}`, { to: [reader.id], title: 'Secret talk', words: 'Between us' })
    const wish = { ...toPolice(), with: 'user', user: reader.email, what: 'all', parts: [] }
    const { status, html } = await preview(wish)
    expect([status, asSeen(html).includes(ofNotes)]).toEqual([200, true])
    expect(html).toContain('For the reader and the worker.')
    expect(html).not.toContain('Only for the reader of the team.')
    expect(html).not.toContain('Secret talk')
    expect((await readOnly.get(`${at}/notes`)).html).toContain('Only for the reader of the team.')
  })

  test('[I1] [V2] shows them that part and not a word of another, on pages and in the database', async () => {
    shareId = await share(toPolice())
    const shown = await officer.get(at)
    expect(shown.status).toBe(200)
    expect(shown.html).toContain(ofNotes)
    expect(shown.html).not.toContain(ofPlan)
    expect((await officer.get(`${at}/notes`)).html).toContain(ofNotes)
    for (const page of ['plan', 'documents', 'sharing', 'history', 'sharing/new', `forms/${record.answerSetId}`])
      expect([page, (await officer.get(`${at}/${page}`)).status]).toEqual([page, 404])
    expect(await rowsFor(who.officer)).toEqual({ ...nothing, notes: expect.any(Number) })
    expect(await rowsFor(who.nurse)).toEqual(nothing)
    expect((await nurse.get(at)).status).toBe(404)
  })

  test('tells them that there is something to see, in an e-mail that says nothing of it', async () => {
    expect((await officer.get('/notices')).words).toContain('Something has been shared with you')
    const { rows } = await product.database.admin.query<{ words: string }>(
      `select words from notices where user_id = $1 and kind = 'shared'`,
      [who.officer.id],
    )
    expect(rows).toEqual([{ words: 'Something has been shared with you' }])
  })

  test('[F4] stands on a page with why, by what right and who opened it when', async () => {
    const { words } = await worker.get(`${at}/sharing`)
    expect(words).toMatch(/To find them tonight.*To protect somebody’s life/)
    expect(words).toContain('Piran Hocking')
    expect(words).not.toContain('Nessa Bray')
    expect((await worker.get(`/people/${record.personId}/sharing`)).words).toContain('Piran Hocking')
    // Whoever it is shared with is not told who else it is shared with.
    expect((await officer.get(`/people/${record.personId}/sharing`)).words).not.toContain('To find them tonight')
  })

  test('[U13] ends at once: their next page is not there, and what was shared stays on the list', async () => {
    expect((await end(shareId)).status).toBe(303)
    expect((await officer.get(at)).status).toBe(404)
    expect((await officer.get(`/people/${record.personId}`)).status).toBe(404)
    expect((await officer.get('/notices')).words).not.toContain(family)
    expect(await rowsFor(who.officer)).toEqual(nothing)
    expect((await worker.get(`${at}/sharing`)).words).toMatch(/Before.*They have been found.*Piran Hocking/)
    expect((await end(shareId)).status).toBe(404)
  })
})

describe('who else a case is shared with', () => {
  const all = { what: 'all', level: 'edit' }
  const shares: string[] = []
  beforeAll(async () => {
    shares.push(await share({ ...toPolice(), ...all }))
    shares.push(await share({ ...toPolice(), ...all, with: 'user', user: who.nurse.email }))
  })
  afterAll(async () => {
    for (const id of shares) await worker.post(`${at}/sharing/${id}/end`, { reason: 'They have been found' })
  })

  test('[U13] is offered to nobody with whom it is shared, on no page that offers people; those whose case it is are', async () => {
    const pages = [
      `/conversations/new?about=case&id=${record.caseId}`,
      `${at}/tasks/new`,
      `${at}/plan/goals/${record['goalId']}/actions/new`,
      `${at}/appointments/new`,
    ]
    for (const page of pages) {
      const [theirs, ours] = [await officer.get(page), await worker.get(page)]
      expect([page, theirs.status, ours.status]).toEqual([page, 200, 200])
      for (const name of ['Tamsin Rowe', 'Nessa Bray']) expect([page, ours.html]).toEqual([page, expect.stringContaining(name)])
      expect([page, theirs.html]).toEqual([page, expect.stringContaining('Tamsin Rowe')])
      expect([page, theirs.html]).toEqual([page, expect.not.stringContaining('Nessa Bray')])
    }
  })

  test('[U13] is not to be tried out: whoever may see it is refused to them in the words for whoever may not', async () => {
    const stranger = await addColleague(product.database, await addTeam(product.database, await addAgency(product.database)))
    const about = `/conversations/new?about=case&id=${record.caseId}`
    const refused = async (to: string) => {
      const reply = await officer.post(about, { to: [to], words: 'Do you know where he is?', do: 'send' })
      return [reply.status, reply.words.match(/Somebody whom you chose[^.]*/)?.[0]]
    }
    expect(await refused(who.nurse.id)).toEqual(await refused(stranger.id))
    expect(await refused(who.nurse.id)).toEqual([422, expect.stringContaining('cannot be written to here')])
  })
})

test('[U13] a conversation about it says to those whose case it is, and to no other member, who of it can read it no more', async () => {
  const shares = [
    await share({ ...toPolice(), with: 'user', user: who.officer.email, what: 'all' }),
    await share({ ...toPolice(), with: 'user', user: who.nurse.email, what: 'all' }),
  ]
  const about = `/conversations/new?about=case&id=${record.caseId}`
  const begun = await worker.post(about, { to: [who.officer.id, who.nurse.id], title: 'Tonight', words: 'Where are they?', do: 'send' })
  expect(begun.status).toBe(303)
  const talk = begun.location!.split('#')[0]!
  const pages = [talk, `${talk}/people`]
  for (const page of pages) expect((await worker.get(page)).words).not.toContain('cannot read it at the moment')
  await end(shares[0]!)
  expect((await officer.get(talk)).status).toBe(404)
  for (const page of pages) {
    expect((await worker.get(page)).words).toMatch(/Piran Hocking[^.]*? \(cannot read it at the moment\)/)
    const theirs = await nurse.get(page)
    expect([theirs.status, theirs.words.includes('cannot read it')]).toEqual([200, false])
  }
  await end(shares[1]!)
})

describe('one document that is shared', () => {
  const document = () => `documents/${record.documentId}`
  const one = (fields: Fields = {}): Fields => ({ ...toPolice(), what: 'one', one: document(), ...fields })
  let shareId: string
  let other: string

  beforeAll(async () => {
    await fillIn(worker, `${at}/documents/new`, { title: 'Letter to the landlord', kind: 'letter' })
    const { rows } = await product.database.admin.query<{ id: string }>('select id from documents where case_id = $1 and id <> $2', [
      record.caseId,
      record.documentId,
    ])
    other = rows.at(-1)!.id
  })

  test('[I1] is chosen on its own page, and the preview shows it and nothing beside it', async () => {
    const page = await worker.get(`${at}/${document()}`)
    const link = /href="([^"]*sharing\/new\?one=[^"]*)"/.exec(page.html)?.[1] ?? ''
    expect((await worker.get(link)).html).toContain(`value="${document()}" selected`)
    const { words, html } = await preview(one())
    expect(words).toMatch(/What they will see.*Documents and letters.*What stays hidden from them/)
    expect(asSeen(html)).not.toContain(ofNotes)
    expect(asSeen(html)).not.toContain('Letter to the landlord')
    expect((await preview(one({ one: 'documents/made-up' }))).words).toContain('Select the document or form to share')
  })

  test('[I1] [U13] is read with its files, its line and its words; no other document, note or form is there, and none can be changed', async () => {
    shareId = await share(one())
    expect((await officer.get(`${at}/${document()}`)).status).toBe(200)
    expect((await officer.get(`${at}/${document()}/files/1`)).status).toBe(200)
    for (const page of [
      `documents/${other}`,
      `documents/${other}/files/1`,
      'notes',
      'plan',
      `forms/${record.answerSetId}`,
      'documents/new',
    ])
      expect([page, (await officer.get(`${at}/${page}`)).status]).toEqual([page, 404])
    const list = await officer.get(`${at}/documents`)
    expect([list.words.includes('1 document'), list.words.includes('Letter to the landlord')]).toEqual([true, false])
    expect((await officer.get(at)).html).not.toContain(ofNotes)
    expect((await officer.get('/search?q=landlord&in=written')).words).not.toContain('Letter to the landlord')
    expect(await rowsFor(who.officer)).toEqual({ ...nothing, documents: 1 })
    expect((await nurse.get(`${at}/${document()}`)).status).toBe(404)
    for (const change of ['edit', 'versions/new', 'withdraw']) expect((await officer.get(`${at}/${document()}/${change}`)).status).toBe(404)
    expect((await worker.get(`${at}/sharing`)).words).not.toContain('One document or form')
  })

  test('[U13] ends with the share, at once', async () => {
    expect((await end(shareId)).status).toBe(303)
    for (const page of [document(), `${document()}/files/1`, 'documents']) expect((await officer.get(`${at}/${page}`)).status).toBe(404)
    expect(await rowsFor(who.officer)).toEqual(nothing)
  })

  test('[I1] to read and add to: another version can be put on file, and no other document', async () => {
    shareId = await share(one({ level: 'edit' }))
    expect((await officer.get(`${at}/${document()}/versions/new`)).status).toBe(200)
    expect((await officer.get(`${at}/documents/new`)).status).toBe(404)
    expect((await officer.get(`${at}/documents/${other}/versions/new`)).status).toBe(404)
    await end(shareId)
  })

  test('[I1] one form is read whole, and no other', async () => {
    shareId = await share(one({ one: `forms/${record.answerSetId}` }))
    expect((await officer.get(`${at}/forms/${record.answerSetId}`)).html).toMatch(/Under the quay|Behind the chapel|In the boat shed/)
    expect((await officer.get(`${at}/${document()}`)).status).toBe(404)
    expect((await rowsFor(who.officer)).notes).toBe(0)
    await end(shareId)
  })
})

test('[I1] a person can be shared, and nothing of the case beside that there is one', async () => {
  const shareId = await share({ ...toPolice(), what: 'person' })
  const person = await officer.get(`/people/${record.personId}`)
  expect([person.status, person.html.includes(family.toUpperCase()), person.html.includes('07700 900123')]).toEqual([200, true, true])
  expect((await officer.get(at)).status).toBe(200)
  for (const page of ['notes', 'plan', 'documents', `forms/${record.answerSetId}`, `documents/${record.documentId}`])
    expect([page, (await officer.get(`${at}/${page}`)).status]).toEqual([page, 404])
  expect(await rowsFor(who.officer)).toEqual(nothing)
  await end(shareId)
  expect((await officer.get(`/people/${record.personId}`)).status).toBe(404)
})

describe('what is withheld from somebody', () => {
  const hide = (fields: Fields) =>
    worker.post(`${at}/withholding/new`, {
      from: 'user',
      user: who.officer.email,
      what: 'case',
      reason: 'She lives next door to them',
      ...fields,
    })
  const withholdingOf = async () => {
    const { rows } = await product.database.admin.query<{ id: string }>(
      'select id from withholdings where case_id = $1 and holder = $2 and ended_at is null',
      [record.caseId, who.officer.principal],
    )
    return rows[0]!.id
  }
  const letSeeAgain = async () => worker.post(`${at}/withholding/${await withholdingOf()}/end`, { reason: 'She has moved away' })

  test('[E5] a section of a form is not there for a named user, in any version of it, while their colleagues read it', async () => {
    const shareId = await share({ ...toPolice(), what: 'all', level: 'edit' })
    const form = `${at}/forms/${record.answerSetId}`
    const before = await rowsFor(who.officer)
    expect(before.sections).toBeGreaterThan(0)
    expect((await officer.get(form)).html).toMatch(/Under the quay|Behind the chapel|In the boat shed/)
    const { rows } = await product.database.admin.query<{ section: string }>(
      `select section from answer_sections where answer_set_id = $1 and answers::text like '%chapel%' or answers::text like '%boat shed%'`,
      [record.answerSetId],
    )
    const section = rows[0]!.section
    expect((await hide({ what: 'section', section: `${record.answerSetId}/${section}` })).status).toBe(303)
    for (const page of [
      form,
      `${form}/versions`,
      `${form}/print`,
      at,
      `/people/${record.personId}`,
      '/search?q=chapel&in=written',
      '/search?q=boat&in=written',
    ])
      expect((await officer.get(page)).html, page).not.toMatch(/Under the quay|Behind the chapel|In the boat shed/)
    expect((await rowsFor(who.officer)).sections).toBe(before.sections - 1)
    expect((await worker.get(form)).html).toMatch(/Behind the chapel|In the boat shed/)
    // Nor that anything is withheld, or why.
    expect((await officer.get(`${at}/sharing`)).html).not.toMatch(/next door|Piran Hocking.{0,200}section/s)
    expect((await rowsFor(who.officer)).withholdings).toBe(before.withholdings)
    expect((await worker.get(`${at}/sharing`)).words).toMatch(/Withheld.*Piran Hocking.*She lives next door to them/)
    await letSeeAgain()
    expect((await officer.get(form)).html).toMatch(/Behind the chapel|In the boat shed/)
    await end(shareId)
  })

  test('[E5] the whole case is gone for them at once, against every share; the preview of another says that they will see nothing', async () => {
    const shareId = await share({ ...toPolice(), what: 'all' })
    expect((await officer.get(at)).status).toBe(200)
    expect((await hide({})).status).toBe(303)
    expect((await officer.get(at)).status).toBe(404)
    expect((await officer.get(`/people/${record.personId}`)).status).toBe(404)
    expect((await officer.get(`/search?q=${family}`)).words).not.toContain(family.toUpperCase())
    expect(await rowsFor(who.officer)).toEqual(nothing)
    const { words, html } = await preview({ ...toPolice(), with: 'user', user: who.officer.email })
    expect(words).toContain('Piran Hocking will see nothing')
    expect(asSeen(html)).toBe('')
    await letSeeAgain()
    expect((await officer.get(at)).status).toBe(200)
    expect((await worker.get(`${at}/sharing`)).words).toContain('She has moved away')
    await end(shareId)
  })

  test('nobody shuts out themselves, the agency whose case it is or whoever works with it; what was typed is kept', async () => {
    const { rows } = await product.database.admin.query<{ agency: string; worker: string; email: string }>(
      'select a.id as agency, u.email from cases c join agencies a on a.principal = c.agency left join users u on u.id = c.worker_id where c.id = $1',
      [record.caseId],
    )
    const own = await hide({ from: 'agency', agency: rows[0]!.agency })
    expect([own.status, own.words]).toEqual([422, expect.stringContaining('The case is this agency’s own')])
    expect(own.html).toContain('She lives next door to them')
    expect((await hide({ user: rows[0]!.email })).status).toBe(422)
    expect((await hide({ user: 'nobody@porthkerris.example' })).words).toContain('Nobody here has the address nobody@porthkerris.example')
    expect((await hide({ from: '', reason: '' })).words).toMatch(/Select whom to withhold it from.*Enter why they must not see it/)
  })
})

describe('a partner with whom all of it is shared, to read and add to', () => {
  let sharing: string
  beforeAll(async () => {
    const nick = await addColleague(product.database, desk, { name: 'Nick Pascoe', role: 'Partner officer' })
    await worker.post(`${at}/withholding/new`, { from: 'user', user: nick.email, what: 'case', reason: 'He was married to her' })
    sharing = await share({ ...toPolice(), what: 'all', level: 'edit' })
  })
  afterAll(() => end(sharing))

  test('[E5] [U13] neither reads from whom it is withheld and why, nor ends that, nor shares it on, nor hands it over, nor closes it', async () => {
    const sergeant = await visitorOf(product).signIn(await addColleague(product.database, desk, { role: 'Team leader' }))
    const { rows } = await product.database.admin.query<{ id: string }>(
      `select id from withholdings where case_id = $1 and ended_at is null and reason like 'He was%'`,
      [record.caseId],
    )
    const withholding = `${at}/withholding/${rows[0]!.id}/end`
    expect((await sergeant.get(at)).status).toBe(200)
    expect((await sergeant.get(`${at}/notes/new`)).status).toBe(200)
    expect((await sergeant.get(at)).words).not.toMatch(/Nick Pascoe|Who sees this case/)
    for (const page of ['sharing', 'sharing/new', 'withholding/new', 'allocate', 'restrict', 'co-workers/new'])
      expect([page, (await sergeant.get(`${at}/${page}`)).status]).toEqual([page, 404])
    // Nor does a leader over there end the work, or look it over.
    for (const page of ['close', 'supervise', 'hold-review', 'plan-review']) {
      expect([page, (await sergeant.get(`${at}/${page}`)).status]).toEqual([page, 404])
      expect([page, (await sergeant.post(`${at}/${page}`, { reason: 'work-done' })).status]).toEqual([page, 404])
      expect([page, (await sergeant.get(at)).html]).toEqual([page, expect.not.stringContaining(`${at}/${page}`)])
    }
    expect((await sergeant.get(withholding)).status).toBe(404)
    expect((await sergeant.post(withholding, { reason: 'A mistake' })).status).toBe(404)
    expect((await sergeant.post(`${at}/sharing/new/confirm`, { ...toPolice(), with: 'user', user: who.nurse.email })).status).toBe(404)
    expect((await sergeant.post(`${at}/sharing/${sharing}/end`, { reason: 'x' })).status).toBe(404)
    expect((await nurse.get(at)).status).toBe(404)
    const actor = await actorOf(product.database, who.officer.id, product.clock.now())
    const wish = { caseId: record.caseId, kind: 'share', holder: who.nurse.principal, level: 'read' } as const
    await expect(asActor(product.database.web, actor, 'write', tx => grantAccess(tx, actor, product.clock.now(), wish))).rejects.toThrow(
      'decided by those whose case it is',
    )
    expect((await rowsFor(who.officer)).grants).toBe(0)
  })
})

describe('whoever may not share', () => {
  test('[F4] a share without its purpose and its lawful basis is not made, and what was typed is kept', async () => {
    const reply = await preview({ ...toPolice(), purpose: '', basis: 'no-such-basis', parts: [] })
    expect(reply.status).toBe(422)
    expect(reply.words).toMatch(/Select the parts to share.*Enter what they need it for.*Select what allows you to share it/)
    expect(reply.html).toContain(`value="${police.id}" selected`)
    expect((await worker.post(`${at}/sharing/new/confirm`, { ...toPolice(), purpose: '' })).status).toBe(422)
  })

  test('[U13] a read-only colleague, another agency and a signed-out browser find no such page', async () => {
    for (const page of [
      'sharing',
      'sharing/new',
      `sharing/${record['shareId']}/end`,
      'withholding/new',
      `withholding/${record['withholdingId']}/end`,
    ]) {
      for (const visitor of [readOnly, nurse]) expect([page, (await visitor.get(`${at}/${page}`)).status]).toEqual([page, 404])
      expect((await visitorOf(product).get(`${at}/${page}`)).location).toContain('/sign-in')
    }
    const { rows: before } = await product.database.admin.query('select id from access_grants')
    for (const visitor of [readOnly, nurse]) {
      expect((await visitor.post(`${at}/sharing/new/confirm`, toPolice())).status).toBe(404)
      expect((await visitor.post(`${at}/sharing/${record['shareId']}/end`, { reason: 'x' })).status).toBe(404)
      expect((await visitor.post(`${at}/withholding/${record['withholdingId']}/end`, { reason: 'x' })).status).toBe(404)
    }
    expect((await product.database.admin.query('select id from access_grants')).rows).toHaveLength(before.length)
    expect(product.faults).toEqual([])
  })
})

describe('a share with its days', () => {
  const day = (name: string, date: Date): Fields => {
    const [d, m, y] = formatDate(londonDate(date)).split('/') as [string, string, string]
    return { [`${name}-day`]: d, [`${name}-month`]: m, [`${name}-year`]: y }
  }

  test('[I1] opens on its first and is over after its last, with nothing done by anybody', async () => {
    const now = product.clock.now()
    const tomorrow = new Date(now.getTime() + 86_400_000)
    const wish = { ...toPolice(), ...day('from', tomorrow), ...day('until', tomorrow) }
    expect(asSeen((await preview(wish)).html)).toContain(ofNotes)
    const told = async () =>
      (await product.database.admin.query<{ at: Date }>(`select at from notices where kind = 'shared' order by at desc limit 1`)).rows[0]!
        .at
    await share(wish)
    expect((await officer.get(at)).status).toBe(404)
    // They hear of it when there is something to see.
    expect(londonDate(await told())).toBe(londonDate(tomorrow))
    expect((await worker.get(`${at}/sharing`)).words).toContain('Not yet')
    product.clock.pass(24 * 60)
    officer = await visitorOf(product).signIn(who.officer)
    expect((await officer.get(at)).status).toBe(200)
    product.clock.pass(24 * 60)
    officer = await visitorOf(product).signIn(who.officer)
    expect((await officer.get(at)).status).toBe(404)
    expect(await rowsFor(who.officer)).toEqual(nothing)
  })
})
