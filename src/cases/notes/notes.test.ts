import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Agency,
  addAgency,
  addCase,
  addPerson,
  addTeam,
  addUser,
  as,
  type Case,
  commissioner,
  reader,
  type Team,
  type User,
} from '../../../test/factories/world.ts'
import { type TestDatabase, testDatabase } from '../../../test/harness/database.ts'
import { type Site, siteOf } from '../../../test/harness/site.ts'
import { grantAccess, withhold } from '../../access/index.ts'
import { fixedClock } from '../../platform/clock.ts'
import { noteRoutes } from './index.ts'

let database: TestDatabase
let site: Site
let agency: Agency
let team: Team
let theCase: Case
let tamsin: User
let colleague: User
let otherTeam: User
let otherAgency: Agency
let partner: User
let readOnly: User

const clock = fixedClock('2026-11-20T09:30:00Z')
const hearings: { at: Date; court: string }[] = []
const parts = {
  personBanner: async () => null,
  tabs: [],
  findPeople: async () => [],
  bookHearing: async (_visit: unknown, _part: unknown, hearing: { at: Date; court: string }) => void hearings.push(hearing),
}

beforeAll(async () => {
  database = await testDatabase()
  agency = await addAgency(database)
  team = await addTeam(database, agency)
  tamsin = await addUser(database, team, { name: 'Tamsin Rowe' })
  colleague = await addUser(database, team, { name: 'Piran Hocking' })
  readOnly = await addUser(database, team, { may: reader })
  otherTeam = await addUser(database, await addTeam(database, agency))
  otherAgency = await addAgency(database)
  partner = await addUser(database, await addTeam(database, otherAgency))
  theCase = await addCase(database, await addPerson(database, team), team)
  site = await siteOf(database, clock, routes => noteRoutes(routes, parts))
})
afterAll(() => site.close())

const at = (path: string) => `/cases/${theCase.id}/notes${path}`
const when = (typed: Partial<Record<'day' | 'month' | 'year' | 'time' | 'which', string>> = {}) => ({
  'happened-day': typed.day ?? '19',
  'happened-month': typed.month ?? '11',
  'happened-year': typed.year ?? '2026',
  'happened-time': typed.time ?? '14:30',
  ...(typed.which ? { 'happened-which': typed.which } : {}),
})
const rows = async <T extends object>(text: string, values: unknown[]) => (await database.admin.query<T>(text, values)).rows
const newNote = async (words: string, more: Record<string, string | readonly string[]> = {}, who = tamsin): Promise<string> => {
  const saved = await site.as(who).post(at('/new'), { ...when(), 'note-type': 'call', text: words, ...more })
  expect(saved.location).toBe(at(''))
  const [row] = await rows<{ id: string }>('select id from case_notes where text = $1', [words])
  return row!.id
}

describe('adding a note', () => {
  test('[U22] one sentence and a button save a call of now, on the timeline and in the audit', async () => {
    const page = await site.as(tamsin).get(at('/new'))
    expect(page.status).toBe(200)
    expect(page.html).toMatch(/name="happened-time"[^>]*value="09:30"|value="09:30"[^>]*name="happened-time"/)
    expect(page.html).toContain('<option value="call" selected>')
    const saved = await site
      .as(tamsin)
      .post(at('/new'), { ...when({ day: '20', time: '09:30' }), 'note-type': 'call', text: 'Rang about the tenancy.' })
    expect(saved.status).toBe(303)
    const [note] = await rows<{ id: string; recorded_for: string; happened_at: Date }>(
      `select * from case_notes where text = 'Rang about the tenancy.'`,
      [],
    )
    expect(note).toMatchObject({ recorded_for: team.name, happened_at: new Date('2026-11-20T09:30:00Z') })
    expect(await rows('select title, summary, kind from timeline_entries where source_id = $1', [note!.id])).toEqual([
      { title: 'Call', summary: 'Rang about the tenancy.', kind: 'contact' },
    ])
    expect(await rows('select action, person_id from audit_events where subject_id = $1', [note!.id])).toEqual([
      { action: 'case-note-added', person_id: theCase.personId },
    ])
  })

  test('[F6] facts, what they may mean and the person’s own words stand apart, and own words can be listed with their dates', async () => {
    await newNote('A visit with all boxes.', {
      facts: 'Kitchen clean, food in.',
      analysis: 'She may be managing.',
      'own-words': 'I like it when it’s just us.',
    })
    const list = await site.as(tamsin).get(`${at('')}?own-words=1`)
    expect(list.words).toContain('Facts: Kitchen clean, food in.')
    expect(list.words).toContain('What it may mean: She may be managing.')
    expect(list.words).toContain('Their own words: “I like it when it’s just us.”')
    expect(list.words).toContain('19/11/2026 14:30')
    expect(list.words).not.toContain('Rang about the tenancy.')
  })

  test.each([
    ['a day that the calendar has not got', { ...when({ day: '31', month: '2' }) }, 'Date it happened must be a real date'],
    ['29 February in a common year', { ...when({ day: '29', month: '2', year: '2025' }) }, 'Date it happened must be a real date'],
    [
      'the hour that the clocks skipped in March',
      { ...when({ day: '29', month: '3', time: '01:30' }) },
      'the clocks went forward over this hour',
    ],
    ['a time that is none', { ...when({ time: '25:00' }) }, 'Enter the time it happened'],
    ['the future', { ...when({ day: '21', time: '09:00' }) }, 'must be in the past'],
    ['a type that is none', { 'note-type': 'séance' }, 'Select what kind of note this is'],
    ['more than fits', { text: 'a'.repeat(20_001) }, 'What happened must be 20,000 characters or fewer. It is 20,001'],
    ['a reader who may not see the case', { restricted: 'named', named: '999999' }, 'Select at least one other person'],
  ])('[U16] %s is refused with everything typed kept', async (_what, typed, message) => {
    const fields = { ...when(), 'note-type': 'call', text: 'Words not to be lost.', facts: 'A fact.', ...typed }
    const page = await site.as(tamsin).post(at('/new'), fields)
    expect(page.status).toBe(422)
    expect(page.html).toContain('<title>Error: ')
    expect(page.words).toContain(message)
    expect(page.words).toContain('A fact.')
    expect(page.html).toContain(fields.text.slice(0, 1000))
    // And kept beside the page, in case that is lost.
    expect((await site.as(tamsin).get(at('/new'))).html).toContain('A fact.')
    await site.as(tamsin).post(at('/new'), { _then: 'discard' })
  })

  test('a note that says nothing is refused', async () => {
    const page = await site.as(tamsin).post(at('/new'), { ...when(), 'note-type': 'call', text: '  ' })
    expect(page.status).toBe(422)
    expect(page.words).toContain('Enter what happened')
    await site.as(tamsin).post(at('/new'), { _then: 'discard' })
  })

  test('[U11] the hour that happened twice is asked about, and both answers are told apart', async () => {
    const night = when({ day: '25', month: '10', time: '01:30' })
    const asked = await site.as(tamsin).post(at('/new'), { ...night, 'note-type': 'call', text: 'In the night.' })
    expect(asked.status).toBe(422)
    expect(asked.words).toContain('Before the clocks went back')
    for (const [which, instant] of [
      ['first', '2026-10-25T00:30:00Z'],
      ['second', '2026-10-25T01:30:00Z'],
    ] as const) {
      const words = `In the night, ${which}.`
      await site.as(tamsin).post(at('/new'), { ...night, 'happened-which': which, 'note-type': 'call', text: words })
      expect(await rows('select happened_at from case_notes where text = $1', [words])).toEqual([{ happened_at: new Date(instant) }])
    }
  })

  test('the same form sent twice is saved once', async () => {
    const once = crypto.randomUUID()
    const fields = { ...when(), 'note-type': 'call', text: 'Pressed twice.' }
    await site.as(tamsin).post(at('/new'), fields, { once })
    const again = await site.as(tamsin).post(at('/new'), fields, { once })
    expect(again.location).toBe(at(''))
    expect(await rows('select id from case_notes where text = $1', ['Pressed twice.'])).toHaveLength(1)
  })

  test('[F1] what is being written is kept as it is typed, for its author alone, until it is saved', async () => {
    const saved = await site.as(tamsin).post(at('/draft'), { ...when(), text: 'Half a sen', _about: theCase.id })
    expect(JSON.parse(saved.html)).toMatchObject({ savedAt: '09:30' })
    const back = await site.as(tamsin).get(at('/new'))
    expect(back.html).toContain('Half a sen')
    expect(back.words).toContain('It was saved at 20/11/2026 09:30')
    expect((await site.as(colleague).get(at('/new'))).html).not.toContain('Half a sen')
    await site.as(tamsin).post(at('/new'), { ...when(), 'note-type': 'call', text: 'Half a sentence, finished.' })
    expect((await site.as(tamsin).get(at('/new'))).html).not.toContain('Half a sen')
    // One that was still on its way when its note was saved comes too late.
    const once = crypto.randomUUID()
    await site.as(tamsin).post(at('/new'), { ...when(), 'note-type': 'call', text: 'Saved at once.' }, { once })
    await site.as(tamsin).post(at('/draft'), { ...when(), text: 'Saved at on', _about: theCase.id }, { once })
    expect((await site.as(tamsin).get(at('/new'))).html).not.toContain('Saved at on')
    // A draft names only this case or a note of it.
    expect((await site.as(tamsin).post(at('/draft'), { text: 'x', _about: crypto.randomUUID() })).status).toBe(404)
  })
})

describe('a note that is being written', () => {
  const notice = 'This is what you had written'
  test.each([
    ['a kind and a time alone', { 'note-type': 'visit', minutes: '30' }, false],
    ['further people alone', { also: crypto.randomUUID() }, false],
    ['spaces', { text: '   ' }, false],
    ['words', { text: 'Half a' }, true],
    ['who was there', { 'note-type': 'visit', 'visit-present': 'Her aunt' }, true],
  ])('of %s, is said to have been written only when it has been', async (_what, typed: Record<string, string>, said) => {
    await site.as(tamsin).post(at('/new'), { ...when(), ...typed, _then: 'draft' })
    expect((await site.as(tamsin).get(at('/new'))).words.includes(notice)).toBe(said)
    await site.as(tamsin).post(at('/new'), { _then: 'discard' })
  })

  test('is kept by itself only when there are words in it', async () => {
    const drafts = () => rows('select fields from note_drafts where about = $1', [theCase.id])
    await site.as(tamsin).post(at('/draft'), { ...when(), 'note-type': 'visit', text: '', _about: theCase.id })
    expect(await drafts()).toEqual([])
    await site.as(tamsin).post(at('/draft'), { ...when(), text: 'Half', _about: theCase.id })
    // What was written and taken out again is taken out of the draft as well.
    await site.as(tamsin).post(at('/draft'), { ...when(), text: '', _about: theCase.id })
    expect(await drafts()).toMatchObject([{ fields: { text: [''] } }])
    await site.as(tamsin).post(at('/new'), { _then: 'discard' })
  })

  test('of a correction begins with the words of the note, which nobody has written anew', async () => {
    const id = await newNote('Was at home.')
    const typed = { ...when(), 'note-type': 'call', text: 'Was at home.', 'correction-reason': '' }
    await site.as(tamsin).post(at(`/${id}/correct`), { ...typed, _then: 'draft' })
    expect((await site.as(tamsin).get(at(`/${id}/correct`))).words).not.toContain(notice)
    await site.as(tamsin).post(at(`/${id}/correct`), { ...typed, text: 'Was away.', _then: 'draft' })
    expect((await site.as(tamsin).get(at(`/${id}/correct`))).words).toContain(notice)
    await site.as(tamsin).post(at(`/${id}/correct`), { _then: 'discard' })
  })
})

describe('what each kind of contact asks for', () => {
  test('[U23] a court note keeps hearing, court, purpose and outcome, and its next date is passed on', async () => {
    const court = {
      'note-type': 'court',
      'court-court': 'Truro Crown Court',
      'court-hearing': 'First hearing',
      'court-purpose': 'support',
      'court-result': 'Adjourned.',
      'court-next-day': '4',
      'court-next-month': '12',
      'court-next-year': '2026',
      'court-next-time': '10:00',
      'visit-present': 'typed for another kind',
      minutes: '1:30',
    }
    const id = await newNote('She was there in good time.', court)
    expect(hearings.at(-1)).toEqual({ at: new Date('2026-12-04T10:00:00Z'), court: 'Truro Crown Court' })
    const page = await site.as(tamsin).get(at(`/${id}`))
    for (const words of [
      'Court · 1 hour 30 minutes',
      'Truro Crown Court',
      'First hearing',
      'To support them',
      'Adjourned.',
      '04/12/2026 10:00',
    ])
      expect(page.words).toContain(words)
    expect(page.words).not.toContain('typed for another kind')
    // A correction begins with all of it.
    expect((await site.as(tamsin).get(at(`/${id}/correct`))).html).toContain('value="Truro Crown Court"')
  })

  test('what was typed for a kind of contact that was not chosen in the end is not kept', async () => {
    const changed = {
      ...when(),
      'note-type': 'meeting',
      'visit-present': 'Her uncle',
      'court-next-day': '31',
      'meeting-present': 'The school',
    }
    const refused = await site.as(tamsin).post(at('/new'), { ...changed, text: '' })
    expect(refused.status).toBe(422)
    expect(refused.html).toContain('value="The school"')
    // Neither on the page nor in its draft.
    for (const html of [refused.html, (await site.as(tamsin).get(at('/new'))).html]) expect(html).not.toContain('Her uncle')
    await site.as(tamsin).post(at('/new'), { _then: 'discard' })
  })

  test('[U23] an outreach note counts what was handed out, and says where', async () => {
    const fields = { 'note-type': 'outreach', 'outreach-handed-out-naloxone': '1', 'outreach-handed-out-food': '2' }
    const silent = await site.as(tamsin).post(at('/new'), { ...when(), ...fields, text: 'x' })
    expect(silent.status).toBe(422)
    expect(silent.words).toContain('Enter where you met them')
    const id = await newNote('By the harbour office.', { ...fields, 'outreach-place': 'Harbour' })
    expect((await site.as(tamsin).get(at(`/${id}`))).words).toContain('What you handed out: Food or drink 2, Naloxone kit 1')
    const wrong = { ...when(), ...fields, text: 'x', 'outreach-place': 'Harbour', 'outreach-handed-out-food': 'some' }
    expect((await site.as(tamsin).post(at('/new'), wrong)).words).toContain('must be whole numbers')
    await site.as(tamsin).post(at('/new'), { _then: 'discard' })
  })

  test('[U23] a call without an answer needs no words', async () => {
    const saved = await site.as(tamsin).post(at('/new'), { ...when({ day: '18' }), 'note-type': 'call', outcome: 'no-answer' })
    expect(saved.status).toBe(303)
    expect((await site.as(tamsin).get(at(''))).words).toContain('Call · no answer')
  })

  test('[F6] own words stand on the timeline by themselves, with who heard them', async () => {
    const id = await newNote('After school.', { 'own-words': 'I sleep at Kit’s.', 'heard-by': 'Mrs Bray, school' })
    const lines = await rows<{ kind: string; title: string; summary: string }>(
      'select kind, title, summary from timeline_entries where source_id = $1 order by kind',
      [id],
    )
    expect(lines).toEqual([
      { kind: 'contact', title: 'Call', summary: 'After school.' },
      { kind: 'own-words', title: 'Their own words, heard by Mrs Bray, school', summary: '“I sleep at Kit’s.”' },
    ])
  })
})

describe('one note on several people', () => {
  let jago: Case
  let wella: Case
  let outsider: User
  beforeAll(async () => {
    jago = await addCase(database, await addPerson(database, team, { givenName: 'Jago' }), team)
    const other = await addTeam(database, otherAgency)
    wella = await addCase(database, await addPerson(database, other, { givenName: 'Wella' }), other)
    outsider = await addUser(database, other)
    await as(database, outsider, (tx, actor) =>
      grantAccess(tx, actor, clock.now(), {
        caseId: wella.id,
        kind: 'share',
        holder: tamsin.principal,
        level: 'edit',
        parts: null,
        purpose: 'joint work',
        lawfulBasis: 'consent',
      }),
    )
  })
  const path = () => `/cases/${jago.id}/notes`

  test('[F20] each record gets what happened and its own part; whoever sees one learns nothing of the other', async () => {
    const chosen = await site.as(tamsin).post(`${path()}/new/others`, { chosen: [wella.id] })
    expect(chosen.location).toBe(`${path()}/new`)
    const form = await site.as(tamsin).get(`${path()}/new`)
    expect(form.words).toContain('2 records')
    const fields = {
      ...when(),
      'note-type': 'visit',
      also: [wella.id],
      text: 'Visited the flat. Kitchen clean.',
      [`part-${jago.id}`]: 'He showed his room.',
      [`part-${wella.id}`]: 'She did not come down.',
      'own-words': 'It is quiet now.',
      [`own-words-${wella.id}`]: 'Leave me be.',
    }
    const saved = await site.as(tamsin).post(`${path()}/new`, fields)
    expect(saved.location).toBe(path())
    const [hers] = await rows<{ id: string }>('select id from case_notes where case_id = $1', [wella.id])
    const toOutsider = await site.as(outsider).get(`/cases/${wella.id}/notes/${hers!.id}`)
    for (const words of ['Visited the flat. Kitchen clean.', 'She did not come down.', 'Leave me be.'])
      expect(toOutsider.words).toContain(words)
    for (const words of ['Jago', 'He showed', 'It is quiet', 'The same contact']) expect(toOutsider.words).not.toContain(words)
    for (const user of [outsider, partner]) expect((await site.as(user).get(path())).status).toBe(404)
    // Whoever may see both is led from one to the other.
    const both = await site.as(tamsin).get(`/cases/${wella.id}/notes/${hers!.id}`)
    expect(both.words).toContain('The same contact is on the record of PENROSE, Jago')
    const colleagues = await site.as(colleague).get(path())
    expect(colleagues.words).toContain('He showed his room.')
    for (const words of ['Wella', 'She did not', 'Leave me']) expect(colleagues.words).not.toContain(words)
  })

  test('[F20] a name in the shared words is refused until it is confirmed that all may know it', async () => {
    const fields = { ...when(), 'note-type': 'visit', also: [wella.id], text: 'Wella’s door was shut.' }
    const asked = await site.as(tamsin).post(`${path()}/new`, fields)
    expect(asked.status).toBe(422)
    expect(asked.words).toContain('and names Wella')
    expect((await site.as(tamsin).post(`${path()}/new`, { ...fields, 'names-may-stand': 'yes' })).status).toBe(303)
  })

  test('[F20] is not restricted as a whole, and leaves out a record on which the actor may not write', async () => {
    const fields = { ...when(), 'note-type': 'visit', text: 'Met outside.', also: [wella.id] }
    const restricted = await site.as(tamsin).post(`${path()}/new`, { ...fields, restricted: 'named', named: [String(colleague.principal)] })
    expect(restricted.status).toBe(422)
    const before = await rows('select id from case_notes where case_id = $1', [wella.id])
    expect((await site.as(colleague).post(`${path()}/new`, fields)).status).toBe(303)
    expect(await rows('select id from case_notes where case_id = $1', [wella.id])).toHaveLength(before.length)
    await site.as(tamsin).post(`${path()}/new`, { _then: 'discard' })
  })
})

test.each(['constructor', '__proto__', 'toString'])('a kind of contact that is none is refused: %s', async kind => {
  const reply = await site.as(tamsin).post(at('/new'), { ...when(), 'note-type': kind, text: 'Words' })
  expect(reply.status).toBe(422)
})

describe('recording a contact from anywhere', () => {
  test('[U23] leads straight to the form where the record is clear, and else offers the people written of last', async () => {
    const own = await addCase(database, await addPerson(database, team), team)
    for (const query of [`?case=${own.id}`, `?person=${own.personId}`])
      expect((await site.as(tamsin).get(`/contacts/new${query}`)).location).toBe(`/cases/${own.id}/notes/new`)
    const choice = await site.as(tamsin).get('/contacts/new')
    expect(choice.words).toContain('The people you recorded last')
    expect(choice.html).toContain(`/cases/${theCase.id}/notes/new`)
    expect(await rows(`select from audit_events where action = 'contact-choice-opened' and user_id = $1`, [tamsin.id])).toHaveLength(1)
    // Somebody else's record, one that is read only, one that is none: a choice of one's own, and no word of them.
    for (const user of [otherTeam, partner]) {
      const page = await site.as(user).get(`/contacts/new?case=${own.id}&person=${own.personId}`)
      expect(page.status).toBe(200)
      expect(page.html).not.toContain(own.id)
    }
    expect((await site.as(readOnly).get('/contacts/new')).status).toBe(404)
    expect((await site.as(tamsin).get('/contacts/new?case=nonsense&person=%27')).status).toBe(200)
  })
})

describe('correcting a note', () => {
  test('[U22] a correction stands beside the note, which is not changed', async () => {
    const id = await newNote('Met at the library on Monday.')
    const form = await site.as(colleague).get(at(`/${id}/correct`))
    expect(form.html).toContain('Met at the library on Monday.')
    const saved = await site.as(colleague).post(at(`/${id}/correct`), {
      ...when({ day: '17' }),
      'note-type': 'meeting',
      text: 'Met at the library on Tuesday.',
      'correction-reason': 'Wrong day',
    })
    expect(saved.status).toBe(303)
    const page = await site.as(tamsin).get(saved.location!)
    expect(page.words).toContain('Met at the library on Monday.')
    expect(page.words).toContain('Met at the library on Tuesday.')
    expect(page.words).toContain('Wrong day')
    expect(page.words).toContain('Corrected since')
    expect(page.words).toContain('Piran Hocking')
  })

  test('a correction says why, and a note is corrected once', async () => {
    const id = await newNote('To be corrected by two people at once.')
    const correction = { ...when(), 'note-type': 'call', text: 'Corrected.', 'correction-reason': 'Wrong' }
    const silent = await site.as(tamsin).post(at(`/${id}/correct`), { ...correction, 'correction-reason': '' })
    expect(silent.status).toBe(422)
    expect(silent.words).toContain('Enter what was wrong with the note')
    expect((await site.as(tamsin).post(at(`/${id}/correct`), correction)).status).toBe(303)
    const late = await site.as(colleague).post(at(`/${id}/correct`), { ...correction, text: 'My words, kept.' })
    expect(late.status).toBe(422)
    expect(late.words).toContain('Somebody has corrected this note already')
    expect(late.html).toContain('My words, kept.')
  })

  test('nobody can change or delete the words of a note', async () => {
    const id = await newNote('As it was written.')
    await expect(as(database, tamsin, tx => sql`update case_notes set text = 'otherwise' where id = ${id}`.execute(tx))).rejects.toThrow(
      /permission denied/,
    )
    await expect(as(database, tamsin, tx => sql`delete from case_notes where id = ${id}`.execute(tx))).rejects.toThrow(/permission denied/)
  })
})

describe('who sees notes', () => {
  test('[U13] another team, another agency and a forged address find nothing; a read-only user reads and cannot write', async () => {
    const id = await newNote('For the team.')
    for (const user of [otherTeam, partner]) {
      for (const path of ['', '/new', '/print', `/${id}`, `/${id}/correct`, `/${id}/readers`])
        expect((await site.as(user).get(at(path))).status).toBe(404)
      expect((await site.as(user).post(at('/new'), { ...when(), 'note-type': 'call', text: 'Intruder.' })).status).toBe(404)
    }
    expect((await site.as(readOnly).get(at(''))).words).toContain('For the team.')
    expect((await site.as(readOnly).get(at(''))).html).not.toContain('Record a contact')
    for (const path of ['/new', `/${id}/correct`, `/${id}/readers`]) expect((await site.as(readOnly).get(at(path))).status).toBe(404)
    expect((await site.as(readOnly).post(at('/new'), { ...when(), 'note-type': 'call', text: 'Intruder.' })).status).toBe(404)
    for (const path of ['/cases/not-an-id/notes', `/cases/${crypto.randomUUID()}/notes`, at('/not-an-id'), at(`/${crypto.randomUUID()}`)])
      expect((await site.as(tamsin).get(path)).status).toBe(404)
    expect(site.faults).toEqual([])
  })

  test('a share of the notes alone opens the notes alone; a withholding closes them again', async () => {
    const guest = await addUser(database, await addTeam(database, otherAgency))
    const shared = await addCase(database, await addPerson(database, team), team)
    const path = `/cases/${shared.id}/notes`
    await site.as(tamsin).post(`${path}/new`, { ...when(), 'note-type': 'call', text: 'Shared words.' })
    await as(database, tamsin, (tx, actor) =>
      grantAccess(tx, actor, clock.now(), {
        caseId: shared.id,
        kind: 'share',
        holder: otherAgency.principal,
        level: 'edit',
        parts: ['notes'],
        purpose: 'joint work',
        lawfulBasis: 'consent',
      }),
    )
    expect((await site.as(guest).get(path)).words).toContain('Shared words.')
    expect((await site.as(guest).post(`${path}/new`, { ...when(), 'note-type': 'call', text: 'From the partner.' })).status).toBe(303)
    expect((await site.as(tamsin).get(path)).words).toContain('From the partner.')
    await as(database, tamsin, (tx, actor) =>
      withhold(tx, actor, clock.now(), { caseId: shared.id, holder: otherAgency.principal, reason: 'Her wish' }),
    )
    expect((await site.as(guest).get(path)).status).toBe(404)
    expect((await site.as(guest).post(`${path}/new`, { ...when(), 'note-type': 'call', text: 'Too late.' })).status).toBe(404)
  })

  test('a restricted note is read by those named and its author; nobody else learns of it, on no page and not on the timeline', async () => {
    const named = await addUser(database, team)
    const chief = await addUser(database, team, { may: commissioner })
    const id = await newNote('Only for two.', { restricted: 'named', named: [String(named.principal)] })
    for (const user of [tamsin, named]) expect((await site.as(user).get(at(`/${id}`))).words).toContain('Only for two.')
    for (const user of [colleague, readOnly, chief, partner]) {
      expect((await site.as(user).get(at(`/${id}`))).status).toBe(404)
      expect((await site.as(user).get(at(''))).words).not.toContain('Only for two.')
      const seen = await as(database, user, tx => sql`select 1 from timeline_entries where source_id = ${id}`.execute(tx))
      expect(seen.rows).toEqual([])
    }
    expect(
      (await site.as(colleague).post(at(`/${id}/correct`), { ...when(), 'note-type': 'call', text: 'x', 'correction-reason': 'y' })).status,
    ).toBe(404)
    // Its correction is as restricted as the note.
    const corrected = await site
      .as(named)
      .post(at(`/${id}/correct`), { ...when(), 'note-type': 'call', text: 'Only for two, corrected.', 'correction-reason': 'y' })
    expect((await site.as(colleague).get(corrected.location!)).status).toBe(404)
    // Those named can let somebody else read it, with what it corrected.
    const opened = await site
      .as(named)
      .post(at(`/${id}/readers`), { restricted: 'named', named: [String(colleague.principal)], reason: 'He takes over' })
    expect(opened.status).toBe(303)
    const toColleague = (await site.as(colleague).get(corrected.location!)).words
    expect(toColleague).toContain('Only for two, corrected.')
    expect(toColleague).toContain('He takes over')
    expect((await site.as(tamsin).get(at(`/${id}`))).status).toBe(200)
    expect((await site.as(readOnly).get(at(`/${id}`))).status).toBe(404)
  })
})

describe('the list of notes', () => {
  test('goes from page to page without losing or repeating one, and prints', async () => {
    const long = await addCase(database, await addPerson(database, team, { givenName: 'Wella' }), team)
    const path = `/cases/${long.id}/notes`
    await database.admin.query(
      `insert into case_notes (id, case_id, note_type, happened_at, recorded_at, recorded_by, text, readers, editors)
       select gen_random_uuid(), c.id, case when n % 2 = 0 then 'call' else 'visit' end, timestamptz '2026-01-01' + (n / 3) * interval '1 day', now(), $2, 'note ' || n || '.', c.readers, c.editors
       from cases c, generate_series(1, 60) n where c.id = $1`,
      [long.id, tamsin.id],
    )
    const seen: string[] = []
    let next: string | undefined = path
    while (next) {
      const page = await site.as(tamsin).get(next)
      expect(page.words).toContain('60 notes')
      seen.push(...[...page.words.matchAll(/note (\d+)\./g)].map(found => found[1]!))
      next = /href="([^"]+)" rel="next"/.exec(page.html)?.[1]?.replaceAll('&amp;', '&')
    }
    expect(seen).toHaveLength(60)
    expect(new Set(seen).size).toBe(60)
    const calls = await site.as(tamsin).get(`${path}/print?type=call&from=01/01/2026&to=03/01/2026`)
    expect(calls.words).toContain('Case notes – PENROSE, Wella')
    expect([...calls.words.matchAll(/note \d+\./g)].length).toBe(4)
    const wrong = await site.as(tamsin).get(`${path}?from=31/02/2026&after=nonsense&type=%27`)
    expect(wrong.status).toBe(422)
    expect(wrong.words).toContain('First day must be a real date')
  })
})
