import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addColleague, type Colleague } from '../factories/colleagues.ts'
import { accept, addMarac, type Marac, post, refer, researchOf, sendAgenda } from '../factories/marac.ts'
import { addWholeRecord, fillIn, type WholeRecord } from '../factories/whole-record.ts'
import { addAgency, addTeam } from '../factories/world.ts'
import { type Product, startProduct } from '../harness/product.ts'
import { listen } from '../harness/stream.ts'
import { type Fields, type Visitor, visitorOf } from '../harness/visitor.ts'
import { changedBetween, everything } from './scene.ts'

/**
 * Named attempts to see, count, change or take out what is not theirs, by people who know where to look: all of them had it open once. Beside
 * the sweeps over every address (anothers-record.test.ts) and the random worlds (test/visibility), these are the ways that somebody would try.
 */
const family = 'Quoitxanthe'
const victim = 'Zennorwyn'
const known = /quoitxanthe|zennorwyn|sleeps badly|under the quay|behind the chapel|boat shed|round her throat/i

let product: Product
let record: WholeRecord
let marac: Marac
let kept: string
let at: string
let worker: Visitor
let conversationId: string
/** Sent in it by a partner who reads the case and adds nothing to its documents. */
let attached: string
let feed: string
let searchId: string
let heldForm: Fields
/** The married neighbour of a victim, a sergeant of the police with whom all of the case is shared to edit; withheld from by name. */
let neighbour: Visitor
/** A nurse whose share has ended, with everything still open in her browser. */
let former: Visitor
/** Somebody of housing, which sits in the MARAC and must not receive this item. */
let housing: Visitor
/** A partner's officer with whom nothing was ever shared. */
let outsider: Visitor
const signedOut = () => visitorOf(product)
const who: Record<string, Colleague> = {}

beforeAll(async () => {
  product = await startProduct()
  const { database } = product
  const team = await addTeam(database, await addAgency(database, { isAuthority: true }), ['early-help'])
  const police = await addAgency(database)
  const desk = await addTeam(database, police)
  const clinic = await addTeam(database, await addAgency(database))
  const charity = await addTeam(database, await addAgency(database))
  const enter = async (name: string, ...given: Parameters<typeof addColleague>) => {
    const colleague = await addColleague(...given)
    who[name] = colleague
    return visitorOf(product).signIn(colleague)
  }
  worker = await enter('worker', database, team, { name: 'Tamsin Rowe' })
  const leader = await enter('leader', database, team, { name: 'Demelza Vyvyan', role: 'Team leader' })
  neighbour = await enter('neighbour', database, desk, { name: 'Piran Hocking', role: 'Team leader' })
  former = await enter('former', database, clinic, { name: 'Nessa Bray', role: 'Team leader' })
  outsider = await enter('outsider', database, charity, { name: 'Denzil Opie', role: 'Partner officer' })
  record = await addWholeRecord(worker, leader, { family })
  at = `/cases/${record.caseId}`
  await fillIn(worker, `${at}/notes/new`, { text: 'Sleeps badly since the eviction.' })

  const share = async (fields: Fields): Promise<string> => {
    const wish = { what: 'all', level: 'edit', purpose: 'To keep them safe', basis: 'vital-interests', ...fields }
    await post(worker, `${at}/sharing/new/confirm`, wish)
    const { rows } = await database.admin.query<{ id: string }>(
      `select id from access_grants where case_id = $1 and kind = 'share' order by granted_at desc, id desc limit 1`,
      [record.caseId],
    )
    return rows[0]!.id
  }
  await share({ with: 'agency', agency: police.id })
  const nurse = await enter('nurse', database, clinic, { name: 'Loveday Pascoe', role: 'Partner officer' })
  await share({ with: 'user', user: who['nurse']!.email, level: 'read' })
  const ending = await share({ with: 'user', user: who['former']!.email })
  // While they may: a conversation, an address for their calendar, a kept search, a form that stays open.
  const about = `/conversations/new?about=case&id=${record.caseId}`
  const begun = await worker.post(about, {
    to: [who['neighbour']!.id, who['former']!.id, who['nurse']!.id],
    words: `Is ${family} safe?`,
    title: '',
    do: 'send',
  })
  conversationId = begun.location!.split('/').at(-1)!
  const file = new File([`About ${family}`], 'ward.txt', { type: 'text/plain' })
  await post(nurse, `/conversations/${conversationId}`, { words: '', file })
  attached = /\/conversations\/files\/[0-9a-f-]{36}/.exec((await neighbour.get(`/conversations/${conversationId}`)).html)![0]
  feed = /(\/calendar-feed\/[\w-]{43})/.exec((await neighbour.post('/calendar/address')).html)?.[1] ?? ''
  await fillIn(neighbour, '/search/saved/new?q=badly&in=written')
  searchId = /saved\/([0-9a-f-]{36})/.exec((await neighbour.get('/search/saved')).html)![1]!
  for (const one of [neighbour, former]) expect((await one.get(`${at}/notes`)).words).toContain('Sleeps badly')
  heldForm = { text: 'Written on a page that was still open', 'note-type': 'call' }

  await post(worker, `${at}/withholding/new`, { from: 'user', user: who['neighbour']!.email, what: 'case', reason: 'They are married' })
  await post(worker, `${at}/sharing/${ending}/end`, { reason: 'She has moved to another ward' })

  marac = await addMarac(product)
  housing = marac.officers.housing.visitor
  who['housing'] = marac.officers.housing.colleague
  kept = await refer(marac.officers.police.visitor, marac.seriesId, { family: victim, child: 'Lowena' })
  await accept(marac, kept)
  await fillIn(marac.coordinator, `/meetings/items/${kept}/withhold`, {
    from: String(marac.officers.housing.agency.principal),
    part: '',
    reason: 'His sister works there',
  })
  await sendAgenda(marac)
  await post(marac.chair, `/meetings/dates/${marac.meetingId}/circulate`, { sure: 'yes' })
})
afterAll(async () => {
  expect(product.faults).toEqual([])
  await product.close()
})

type Attempt = [what: string, address: () => string]

/** Whether it stands in the audit that this user asked for a page that is not theirs. */
async function isTold(name: string): Promise<boolean> {
  const { rows } = await product.database.admin.query(
    `select from audit_events where user_id = $1 and action = 'page-refused' and at > now() - interval '1 hour' and id > $2`,
    [who[name]!.id, mark],
  )
  return rows.length > 0
}
let mark = 0
const begin = async () => {
  mark = Number((await product.database.admin.query('select coalesce(max(id), 0) as n from audit_events')).rows[0].n)
}

const keptAddresses: Attempt[] = [
  ['the case', () => at],
  ['the person', () => `/people/${record.personId}`],
  ['the timeline', () => `/people/${record.personId}/timeline`],
  ['the summary as PDF', () => `/people/${record.personId}/summary`],
  ['the notes', () => `${at}/notes`],
  ['the notes to print', () => `${at}/notes/print`],
  ['one note', () => `${at}/notes/${record['noteId']}`],
  ['the plan', () => `${at}/plan`],
  ['the plan as PDF', () => `${at}/plan/pdf`],
  ['the documents', () => `${at}/documents`],
  ['a document', () => `${at}/documents/${record['documentId']}`],
  ['a file', () => `${at}/documents/${record['documentId']}/files/1?show`],
  ['a form', () => `${at}/forms/${record['answerSetId']}`],
  ['earlier answers', () => `${at}/forms/${record['answerSetId']}/versions`],
  ['a form to print', () => `${at}/forms/${record['answerSetId']}/print`],
  ['a letter as PDF', () => `${at}/letters/drafts/${record['draftId']}/pdf`],
  ['a task', () => `/tasks/${record['taskId']}`],
  ['an appointment', () => `${at}/appointments/${record['appointmentId']}`],
  ['the conversation about it', () => `/conversations/${conversationId}`],
  ['the conversation as a file', () => `/conversations/${conversationId}/file`],
  ['a file that was sent in it', () => attached],
  ['who else sees it', () => `${at}/sharing`],
  ['what was agreed to', () => `${at}/consent`],
  ['what happened', () => `${at}/history`],
  ['the audit of the person', () => `/people/${record.personId}/audit`],
]

test('whoever works with it finds every one of these: what is not there for others is there', async () => {
  const notTheirs = new Set(['the audit of the person'])
  for (const [what, address] of keptAddresses) {
    const { status } = await worker.get(address())
    expect([what, status]).toEqual([what, notTheirs.has(what) ? 404 : 200])
  }
  expect((await worker.get('/search?q=eviction&in=written')).words).toMatch(/Sleeps badly/)
  expect((await worker.get('/search?q=quoitx')).words).toMatch(known)
  expect((await marac.coordinator.get(`/meetings/dates/${marac.meetingId}`)).words).toMatch(known)
})

describe.each(['neighbour', 'former', 'outsider'] as const)('the %s, by an address that they kept or guessed,', name => {
  const visitor = () => ({ neighbour, former, outsider })[name]
  test.each(keptAddresses)('[U13] [E5] does not open %s, and that they asked is in the audit', async (_, address) => {
    await begin()
    const reply = await visitor().get(address())
    expect([reply.status, known.test(reply.html)]).toEqual([404, false])
    expect(await isTold(name)).toBe(true)
  })
})

describe.each(['neighbour', 'former', 'outsider'] as const)('the %s, by looking around,', name => {
  const visitor = () => ({ neighbour, former, outsider })[name]
  const searches: Attempt[] = [
    ['the name', () => `/search?q=${family}`],
    ['the beginning of the name', () => '/search?q=quoitx'],
    ['a slip of the name', () => '/search?q=Quoitxanhte'],
    ['the date of birth', () => '/search?q=03/06/2014'],
    ['a telephone number', () => '/search?q=07700900123'],
    ['a number of another system', () => '/search?q=M-123'],
    ['words of a note', () => '/search?q=eviction&in=written'],
    ['words of a form', () => '/search?q=chapel&in=written'],
    ['a slip of a word', () => '/search?q=evictoin&in=written'],
  ]
  test.each(searches)('[E5] finds nothing by %s', async (_, address) => {
    const asked = new URLSearchParams(address().split('?')[1]).get('q')!
    const { status, words } = await visitor().get(address())
    expect(status).toBeLessThan(500)
    const said = words.replaceAll(asked, '')
    expect(said).not.toMatch(known)
    expect(said).not.toMatch(/QUOITX|eviction|Did you mean/)
  })

  const lists: Attempt[] = [
    ['My work', () => '/work'],
    ['the list as CSV', () => '/work?as=csv'],
    ['tasks', () => '/tasks?view=team'],
    ['the calendar', () => '/calendar'],
    ['notices', () => '/notices'],
    ['messages', () => '/conversations'],
    ['referrals', () => '/referrals'],
    ['what they referred', () => '/referrals/sent'],
    ['the home page', () => '/'],
    ['meetings', () => '/meetings'],
  ]
  test.each(lists)('[E5] sees no word of it in %s', async (_, address) => {
    const reply = await visitor().get(address())
    expect(reply.status).toBeLessThan(500)
    expect(reply.html).not.toMatch(known)
    expect(reply.html).not.toContain(record.caseId)
    expect(reply.html).not.toContain(record.personId)
  })

  test('[E5] is shown nobody who may be the same while putting somebody on record', async () => {
    const born = { 'dateOfBirth-day': '3', 'dateOfBirth-month': '6', 'dateOfBirth-year': '2014' }
    const typed = { given: 'Jago', family, ...born }
    const reply = await visitor().post('/people/new/likely', typed, { headers: { 'x-lanyard-fetch': '1' } })
    expect(reply.status).toBeLessThan(500)
    expect(reply.html).not.toContain(record.personId)
  })

  test('[I2] learns no name by a link that they put into a message of their own', async () => {
    const other = name === 'outsider' ? 'former' : 'outsider'
    const to = await visitor().post('/conversations/new', {
      to: [who[other]!.id],
      words: `Who is /people/${record.personId} and /cases/${record.caseId}?`,
      title: '',
      do: 'send',
    })
    expect(to.status).toBe(303)
    expect((await visitor().get(to.location!)).html).not.toMatch(known)
  })

  test('[I2] cannot begin a conversation about it, nor listen to the one that there is', async () => {
    expect((await visitor().get(`/conversations/new?about=case&id=${record.caseId}`)).status).toBe(404)
    await begin()
    const stream = await listen(product, visitor(), `/conversations/${conversationId}/live`)
    expect(stream.status).toBe(404)
    stream.close()
    expect(await isTold(name)).toBe(true)
  })
})

describe('the neighbour', () => {
  test('[E5] finds nothing of it in the calendar that another program reads for them', async () => {
    expect(feed).not.toBe('')
    const reply = await signedOut().get(feed)
    expect([reply.status, known.test(reply.html), reply.html.includes(record['appointmentId']!)]).toEqual([200, false, false])
  })

  test('[E5] is told by a search that they had saved of nothing', async () => {
    const { html, words } = await neighbour.get(`/search/saved/${searchId}`)
    expect(html).not.toMatch(/sleeps badly/i)
    expect(words).not.toMatch(/\b[1-9]\d* (?:text|note|result)s?\b/)
  })

  test('[E7] does not learn that any service works with them', async () => {
    const asked = { given: 'Jago', family, 'born-day': '3', 'born-month': '6', 'born-year': '2014' }
    const { status, words } = await neighbour.post('/involved', asked)
    expect([status, words.includes('You asked about')]).toEqual([200, true])
    expect(words).not.toContain('is involved since')
  })

  test('[F3] cannot open it in an emergency: a withholding beats that', async () => {
    expect((await neighbour.get(`${at}/break-glass`)).status).toBe(404)
    expect((await neighbour.post(`${at}/break-glass`, { reason: 'She may be in danger' })).status).toBe(404)
    expect((await neighbour.get(at)).status).toBe(404)
  })
})

const writing: [what: string, address: () => string, fields: () => Fields][] = [
  ['a note from a page that was still open', () => `${at}/notes/new`, () => heldForm],
  ['a draft of a note', () => `${at}/notes/draft`, () => ({ text: 'words' })],
  [
    'an answer that saves itself',
    () => `${at}/forms/${record['answerSetId']}/pages/home/autosave`,
    () => ({ sleeping_place: 'Elsewhere' }),
  ],
  ['another file of a document', () => `${at}/documents/${record['documentId']}/versions/new`, () => ({ note: 'mine', version: '1' })],
  ['a message', () => `/conversations/${conversationId}`, () => ({ words: 'I am still here' })],
  ['that a task is done', () => `/tasks/${record['taskId']}/complete`, () => ({ outcome: 'done' })],
  ['another time for an appointment', () => `${at}/appointments/${record['appointmentId']}/move`, () => ({ reason: 'mine' })],
  [
    'a share with themself',
    () => `${at}/sharing/new/confirm`,
    () => ({ with: 'user', user: who['outsider']!.email, what: 'all', level: 'read', purpose: 'x', basis: 'vital-interests' }),
  ],
  ['the end of a share', () => `${at}/sharing/${record['shareId']}/end`, () => ({ reason: 'x' })],
  ['a withholding', () => `${at}/withholding/new`, () => ({ from: 'user', user: who['worker']!.email, what: 'case', reason: 'x' })],
  ['that it is theirs', () => `${at}/allocate`, () => ({ to: 'worker', version: '1' })],
  ['a merge with somebody whom they see', () => `/people/${record.personId}/merge/${record['otherId']}`, () => ({ confirm: 'yes' })],
  ['a text to the person', () => `${at}/texts/new`, () => ({ words: 'Ring me' })],
]

describe.each(['neighbour', 'former', 'outsider'] as const)('the %s, by sending what a page of theirs would,', name => {
  const visitor = () => ({ neighbour, former, outsider })[name]
  test.each(writing)('[U13] does not write %s', async (_, address, fields) => {
    const before = await everything(product.database)
    await begin()
    const reply = await visitor().post(address(), fields())
    expect([reply.status, known.test(reply.html)]).toEqual([404, false])
    expect(changedBetween(before, await everything(product.database))).toEqual([])
    expect(await isTold(name)).toBe(true)
  })
})

describe('an agency that must not receive an item of a meeting', () => {
  const pages: Attempt[] = [
    ['the item', () => `/meetings/items/${kept}`],
    ['its referral', () => `/meetings/items/${kept}/referral/people`],
    ['its withdrawal', () => `/meetings/items/${kept}/withdraw`],
    ['its triage', () => `/meetings/items/${kept}/triage`],
    ['from whom it is kept', () => `/meetings/items/${kept}/withhold`],
    ['its place in the meeting', () => `/meetings/dates/${marac.meetingId}/run?item=${kept}`],
    ['the figures, which are not its to read', () => `/meetings/series/${marac.seriesId}/figures`],
  ]
  test.each(pages)('[V4] does not open %s', async (_, address) => {
    await begin()
    const reply = await housing.get(address())
    expect([reply.status, known.test(reply.html)]).toEqual([404, false])
    expect(await isTold('housing')).toBe(true)
  })

  const lists: Attempt[] = [
    ['what is wanted of it', () => '/meetings'],
    ['the agenda', () => `/meetings/dates/${marac.meetingId}`],
    ['the papers', () => `/meetings/dates/${marac.meetingId}/papers`],
    ['the minutes', () => `/meetings/dates/${marac.meetingId}/minutes`],
    ['its actions', () => '/meetings/actions'],
    ['its notices', () => '/notices'],
    ['messages', () => '/conversations'],
  ]
  test.each(lists)('[V4] [E5] sees no word, number or gap of it in %s', async (_, address) => {
    const reply = await housing.get(address())
    expect(reply.status).toBeLessThan(500)
    expect(reply.html).not.toMatch(known)
    expect(reply.html).not.toContain(kept)
  })

  test('[V4] is given papers as PDF that are shorter than those of whoever sees it', async () => {
    const pdf = await housing.get(`/meetings/dates/${marac.meetingId}/papers/pdf`)
    const whole = await marac.coordinator.get(`/meetings/dates/${marac.meetingId}/papers/pdf`)
    expect([pdf.status, whole.status]).toEqual([200, 200])
    expect(pdf.html.length).toBeLessThan(whole.html.length)
  })

  test('[V4] is asked for no research of it, and answers none by the address of another’s', async () => {
    expect(await researchOf(product, kept, marac.officers.housing)).toBe('')
    const another = await researchOf(product, kept, marac.officers.health)
    const address = `/meetings/items/${kept}/research/${another}`
    expect((await housing.get(address)).status).toBe(404)
    const before = await everything(product.database)
    expect((await housing.post(address, { known: 'I know', _then: 'continue' })).status).toBe(404)
    expect((await housing.post(`/meetings/items/${kept}/record`, { note: 'mine', decision: '', rationale: '' })).status).toBe(404)
    expect((await housing.post(`/meetings/items/${kept}/actions/new`, { what: 'mine' })).status).toBe(404)
    expect(changedBetween(before, await everything(product.database))).toEqual([])
  })

  test('[V4] somebody of no agency of the meeting finds neither it nor the meeting', async () => {
    for (const page of [`/meetings/items/${kept}`, `/meetings/dates/${marac.meetingId}`, `/meetings/series/${marac.seriesId}`])
      expect([page, (await outsider.get(page)).status]).toEqual([page, 404])
  })
})

describe('a browser', () => {
  test('[U13] that is signed out is led to the door from every one of these', async () => {
    for (const [what, address] of keptAddresses) {
      const reply = await signedOut().get(address())
      expect([what, reply.status, reply.location?.startsWith('/sign-in'), known.test(reply.html)]).toEqual([what, 303, true, false])
    }
    expect((await listen(product, signedOut(), `/conversations/${conversationId}/live`)).status).toBe(401)
  })

  test('[U13] is told to keep no page of a record, so that going back after the end of a right asks anew', async () => {
    for (const [what, address] of keptAddresses) {
      const reply = await worker.get(address())
      if (reply.status === 200) expect([what, reply.headers['cache-control']]).toEqual([what, expect.stringContaining('no-store')])
    }
  })
})
