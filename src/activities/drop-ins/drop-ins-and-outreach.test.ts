import { afterAll, describe, expect, test } from 'vitest'
import { addCase, addPerson, addTeam, addUser, as, type User } from '../../../test/factories/world.ts'
import { withhold } from '../../access/index.ts'
import { dayOf, startDiary } from '../testing/diary.ts'

const now = new Date('2026-11-20T09:30:00Z')
const clock = { now: () => now }
const diary = await startDiary(clock)
const { database, site, agency, team, tamsin, piran, leader, readOnly, stranger, partner, rows } = diary
afterAll(() => diary.close())

describe('drop-ins and outreach', () => {
  const dropIn = {
    about: 'Wanted a tea and a dry coat.',
    called: 'Blue',
    'age-band': '25-44',
    reason: 'safe',
    'handed-out-clothing': '1',
    ...dayOf('happened', '2026-11-19'),
    'happened-time': '10:00',
  }
  const newDropIn = async () => {
    const saved = await site.as(tamsin).post('/drop-ins/new', dropIn)
    expect(saved.status).toBe(303)
    return saved.location!
  }

  test('[U23] somebody unknown is counted with a few facts and is no person', async () => {
    const people = await rows('select count(*) from people')
    const address = await newDropIn()
    expect(await rows('select count(*) from people')).toEqual(people)
    expect(await rows(`select 1 from person_tokens where token like '%blue%'`)).toEqual([])
    const list = (await site.as(piran).get('/drop-ins')).words
    for (const words of ['Somewhere safe to be 1', '25 to 44 1', 'Clothing or a blanket 1']) expect(list).toContain(words)
    expect(list).toContain('19/11/2026 10:00')
    expect(list).toMatch(/Blue 25 to 44/)
    expect((await site.as(piran).get(address)).words).toContain('Blue')
    for (const user of [stranger, partner]) {
      expect((await site.as(user).get('/drop-ins')).words).toContain('0 drop-ins')
      expect((await site.as(user).get(address)).status).toBe(404)
      expect((await site.as(user).post(`${address}/strike-out`, { because: 'x' })).status).toBe(404)
    }
    expect((await site.as(readOnly).get('/drop-ins/new')).status).toBe(404)
    expect((await site.as(readOnly).post(`${address}/strike-out`, { because: 'x' })).status).toBe(404)
  })

  test('[U23] [U13] whoever comes forward gets it on their record, and a colleague who may not see that sees no more of them', async () => {
    const saved = await site.as(tamsin).post('/drop-ins/new', { ...dropIn, called: 'Jenna', about: 'Wanted a tea, and told of Carn Brea.' })
    const address = saved.location!
    const figures = async (user: User) =>
      /(\d+) drop-ins (\d+) on record since/
        .exec((await site.as(user).get('/drop-ins')).words)
        ?.slice(1)
        .map(Number)
    const [before, onRecord] = (await figures(piran))!
    const breakDowns = async (user: User) => {
      const { words } = await site.as(user).get('/drop-ins')
      return ['Somewhere safe to be', '25 to 44', 'Clothing or a blanket'].map(label =>
        Number(new RegExp(`${label} (\\d+)`).exec(words)?.[1] ?? 0),
      )
    }
    const countedBefore = await breakDowns(piran)
    expect((await site.as(piran).get('/drop-ins')).words).toContain('Jenna')
    const hidden = await addCase(database, await addPerson(database, team, { givenName: 'Forward' }), team)
    await as(database, tamsin, (tx, actor) => withhold(tx, actor, now, { caseId: hidden.id, holder: piran.principal, reason: 'Her wish' }))
    expect((await site.as(tamsin).get(`${address}/link?q=penrose`)).words).toContain('PENROSE, Jago')
    const linked = await site.as(tamsin).post(`${address}/link`, { case: hidden.id })
    expect(linked.location).toContain(`/cases/${hidden.id}/notes/`)
    const note = (await site.as(tamsin).get(linked.location!)).words
    expect(note).toContain('Drop-in, 19/11/2026 10:00')
    expect(note).toContain('Wanted a tea')
    expect(note).toContain('Handed out: Clothing or a blanket 1. Seen by Tamsin Rowe.')
    expect((await site.as(tamsin).get(address)).html).toContain(hidden.id)
    expect((await site.as(tamsin).get('/drop-ins')).words).toMatch(/Jenna.*On record now/)
    expect(await figures(tamsin)).toEqual([before, onRecord! + 1])
    for (const path of [address, `${address}/link`]) expect((await site.as(piran).get(path)).status).toBe(404)
    expect((await site.as(piran).post(`${address}/strike-out`, { because: 'x' })).status).toBe(404)
    const toPiran = await site.as(piran).get('/drop-ins')
    for (const words of [address, 'Jenna', 'Carn Brea', 'On record now']) expect(toPiran.html).not.toContain(words)
    // It still counts, as one of whom nothing has become.
    expect(await figures(piran)).toEqual([before, onRecord])
    // But what is known of her is in no sum: nothing is left when the listed ones are taken from it.
    expect(await breakDowns(tamsin)).toEqual(countedBefore)
    expect(await breakDowns(piran)).toEqual(countedBefore.map(count => count - 1))
    expect(toPiran.words).toContain('are only of those who are on no record, and of those who came forward where you may read their record')
    // Linked once.
    expect((await site.as(tamsin).post(`${address}/link`, { case: hidden.id })).status).toBe(404)
    const elsewhere = await newDropIn()
    const refused = await site.as(piran).post(`${elsewhere}/link?q=penrose`, { case: hidden.id })
    expect([refused.status, refused.words.includes('Select whose record it goes on')]).toEqual([422, true])
  })

  test('what was recorded by mistake is struck out with a reason, kept, and not counted', async () => {
    const address = await newDropIn()
    const before = Number(/(\d+) drop-ins/.exec((await site.as(tamsin).get('/drop-ins')).words)![1])
    const unsaid = await site.as(tamsin).post(`${address}/strike-out`, { because: '' })
    expect([unsaid.status, unsaid.words.includes('Enter why it was recorded by mistake')]).toEqual([422, true])
    await site.as(tamsin).post(`${address}/strike-out`, { because: 'Entered twice' })
    const list = (await site.as(tamsin).get('/drop-ins')).words
    expect(Number(/(\d+) drop-ins/.exec(list)![1])).toBe(before - 1)
    expect(list).toContain('Struck out')
    expect((await site.as(tamsin).get(address)).words).toContain('Struck out: Entered twice')
  })

  test('[U23] outreach counts contacts and things handed out, for the team alone', async () => {
    const round = {
      place: 'Promenade',
      'contact-talk': '3',
      'contact-greeting': '5',
      'handed-out-naloxone': '2',
      ...dayOf('happened', '2026-11-19'),
      'happened-time': '21:00',
    }
    const saved = await site.as(tamsin).post('/outreach/new', round)
    expect((await site.as(piran).get(saved.location!)).words).toContain('A greeting 5, A short talk 3')
    const list = (await site.as(leader).get('/outreach')).words
    for (const words of ['8 contacts', '2 things handed out', 'Naloxone kit 2']) expect(list).toContain(words)
    for (const user of [stranger, partner]) {
      expect((await site.as(user).get('/outreach')).words).not.toContain('Promenade')
      expect((await site.as(user).get(saved.location!)).status).toBe(404)
      expect((await site.as(user).post(`${saved.location}/strike-out`, { because: 'x' })).status).toBe(404)
    }
    const empty = await site
      .as(tamsin)
      .post('/outreach/new', { place: 'Promenade', ...dayOf('happened', '2026-11-19'), 'happened-time': '21:00' })
    expect(empty.status).toBe(422)
    const wrong = await site.as(tamsin).post('/outreach/new', { ...round, 'contact-talk': '-1' })
    expect(wrong.words).toContain('must be whole numbers')
    const wrongDays = await site.as(tamsin).get('/outreach?from=31/02/2026&to=x')
    expect(wrongDays.status).toBe(422)
    for (const words of ['From must be a real date', 'To must be a real date']) expect(wrongDays.words).toContain(words)
    for (const typed of ['31/02/2026', 'x']) expect(wrongDays.html).toContain(`value="${typed}"`)
    const backwards = await site.as(tamsin).get('/outreach?from=20/11/2026&to=19/11/2026')
    expect([backwards.status, backwards.words.includes('To must be on or after From')]).toEqual([422, true])
    expect(site.faults).toEqual([])
  })

  test('counts are of all, and a list that stops before the end says so', async () => {
    const busy = await addTeam(database, agency)
    const worker = await addUser(database, busy)
    const values = [busy.principal, worker.id]
    await database.admin.query(
      `insert into drop_ins (id, team, happened_at, about, reason, handed_out, recorded_at, recorded_by)
       select gen_random_uuid(), $1, '2026-11-19T10:00Z', 'Tea', 'safe', '{"clothing": 2}', now(), $2 from generate_series(1, 1001)`,
      values,
    )
    await database.admin.query(
      `insert into outreach_sessions (id, team, happened_at, place, contacts, handed_out, recorded_at, recorded_by)
       select gen_random_uuid(), $1, '2026-11-19T10:00Z', 'Quay', '{"talk": 3}', '{"naloxone": 1}', now(), $2 from generate_series(1, 1001)`,
      values,
    )
    const cut = 'Only the latest 1,000 are listed. Choose fewer days to see the others.'
    const [dropIns, outreach] = [await site.as(worker).get('/drop-ins'), await site.as(worker).get('/outreach')]
    for (const words of ['1001 drop-ins', 'Somewhere safe to be 1001', 'Not known 1001', 'Clothing or a blanket 2002', cut])
      expect(dropIns.words).toContain(words)
    for (const words of ['1001 rounds', '3003 contacts', 'Naloxone kit 1001', cut]) expect(outreach.words).toContain(words)
    expect((await site.as(tamsin).get('/drop-ins')).words).not.toContain('Only the latest')
    const own = await addCase(database, await addPerson(database, busy), busy)
    await database.admin.query(
      `insert into appointments (id, case_id, kind, worker_id, starts_at, ends_at, created_at, created_by, readers, editors, withheld)
       select gen_random_uuid(), c.id, 'one-to-one', $2, '2026-11-20T14:00Z', '2026-11-20T15:00Z', now(), $2, c.readers, c.editors, c.withheld
       from cases c, generate_series(1, 501) where c.id = $1`,
      [own.id, worker.id],
    )
    expect((await site.as(worker).get('/calendar?view=day')).words).toContain('Only the first 500 are shown')
    await database.admin.query('delete from appointments where case_id = $1', [own.id])
    expect(site.faults).toEqual([])
  })
})
