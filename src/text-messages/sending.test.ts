import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addAgency, addCase, addTeam, addUser, as, type Case, reader, type Team, type User, worker } from '../../test/factories/world.ts'
import type { Reply } from '../../test/harness/site.ts'
import { withhold } from '../access/index.ts'
import { startTexting, type Texting } from './testing/texting.ts'

let t: Texting
let team: Team
let leader: User
const sends = [...worker, 'send-texts'] as const
/** A Friday morning in winter, by London and by UTC. */
const morning = '2026-11-20T09:30:00Z'

beforeAll(async () => {
  t = await startTexting(morning)
  team = await addTeam(t.database, await addAgency(t.database))
  leader = await addUser(t.database, team, { may: sends })
})
afterAll(async () => {
  expect(t.site.faults).toEqual([])
  await t.close()
})

const newSender = () => addUser(t.database, team, { may: sends })
const shownIn = ({ html }: Reply): string => /name="shown" value="([^"]+)"/.exec(html)?.[1] ?? ''
const batchIn = ({ location }: Reply): string => /^\/messages\/([0-9a-f-]{36})$/.exec(location ?? '')![1]!
type Row = { id: string; status: string; why: string; words: string; number: string; fragments: number; tries: number }
const textsTo = async (number: string): Promise<Row[]> =>
  (await t.database.admin.query('select * from text_messages where number = $1 order by created_at, id', [number])).rows
const takenBy = (number: string) => t.peer.taken.filter(one => one.phone_number === number)

/** As far as the check before sending. */
async function written(sender: User, words: string, to: Case | string): Promise<string> {
  const browser = t.site.as(sender)
  const reply =
    typeof to === 'string'
      ? await browser.post('/messages/new', { group: to, words })
      : await browser.post(`/cases/${to.id}/texts/new`, { words })
  expect(reply.status).toBe(303)
  return batchIn(reply)
}
async function sent(sender: User, words: string, to: Case | string): Promise<string> {
  const batch = await written(sender, words, to)
  const preview = await t.site.as(sender).get(`/messages/${batch}`)
  const reply = await t.site.as(sender).post(`/messages/${batch}/send`, { shown: shownIn(preview) })
  expect(reply.status).toBe(303)
  return batch
}

describe('[U7] a text to one person', () => {
  test('is checked, sent through GOV.UK Notify, followed to the phone, and stands on the record and its timeline', async () => {
    const sender = await newSender()
    const oksana = await t.someone(team, { worker: sender })
    const batch = await written(sender, 'Hello ((first name)), please ring ((your name)) on ((call back)).', oksana)
    const preview = await t.site.as(sender).get(`/messages/${batch}`)
    expect(preview.words).toContain(`Hello Oksana, please ring ${sender.name} on 01632 960 100.`)
    expect(takenBy(oksana.number)).toEqual([])

    await t.site.as(sender).post(`/messages/${batch}/send`, { shown: shownIn(preview) })
    expect((await t.site.as(sender).get(`/messages/${batch}`)).words).toContain('Waiting')
    await t.work()
    expect(takenBy(oksana.number).map(one => one.body)).toEqual([`Hello Oksana, please ring ${sender.name} on 01632 960 100.`])
    expect((await t.site.as(sender).get(`/messages/${batch}`)).words).toContain('On its way')

    expect(await t.peer.tell(takenBy(oksana.number)[0]!.id, 'delivered')).toEqual([204])
    expect((await t.site.as(sender).get(`/messages/${batch}`)).words).toContain('Delivered')
    const onCase = await t.site.as(sender).get(`/cases/${oksana.id}/texts`)
    expect(onCase.words).toContain('please ring')
    expect(onCase.words).toContain('Delivered')
    const timeline = await t.database.admin.query('select kind, title, part, href from timeline_entries where case_id = $1', [oksana.id])
    const [text] = await textsTo(oksana.number)
    expect(timeline.rows).toEqual([
      { kind: 'message', title: 'Text message sent', part: 'notes', href: `/cases/${oksana.id}/texts#text-${text!.id}` },
    ])
  })

  test('that was not sent yet is found again, and can be said otherwise', async () => {
    const sender = await newSender()
    const one = await t.someone(team)
    const batch = await written(sender, 'Not quite right', one)
    const list = await t.site.as(sender).get('/messages')
    expect([list.words.includes('Written and not sent'), list.html.includes(`href="/messages/${batch}"`)]).toEqual([true, true])
    await t.site.as(sender).post(`/messages/${batch}/edit`, { words: 'Just right' })
    expect((await t.site.as(sender).get(`/messages/${batch}`)).words).toContain('Just right')
    t.clock.at = new Date(t.clock.at.getTime() + 8 * 24 * 3_600_000)
    await t.job('tidy-texts')
    expect((await t.site.as(sender).get('/messages')).words).not.toContain('Written and not sent')
    t.clock.at = new Date(morning)
  })

  test('that failed says so, with the reason, and its sender is told', async () => {
    const sender = await newSender()
    const one = await t.someone(team)
    const batch = await sent(sender, 'Please ring us.', one)
    await t.work()
    await t.peer.tell(takenBy(one.number)[0]!.id, 'permanent-failure')
    expect((await t.site.as(sender).get(`/messages/${batch}`)).words).toContain('the number does not exist')
    expect((await t.site.as(sender).get('/notices')).words).toContain('A text message of yours could not be delivered KOVALENKO, Oksana')
  })

  test('to a group tells its sender once of those that failed, and again of what fails after that was read', async () => {
    const sender = await newSender()
    const group = [
      await t.someone(team, { worker: sender }),
      await t.someone(team, { worker: sender }),
      await t.someone(team, { worker: sender }),
    ]
    const batch = await sent(sender, 'We are closed on Monday.', 'mine|')
    await t.work()
    const fail = async (one: { number: string }) => t.peer.tell(takenBy(one.number)[0]!.id, 'permanent-failure')
    await fail(group[0]!)
    await fail(group[1]!)
    const told = async () => (await t.database.admin.query('select from notices where href = $1', [`/messages/${batch}`])).rowCount
    expect(await told()).toBe(1)
    expect((await t.site.as(sender).get('/notices')).words).toContain('Text messages of yours to a group could not all be delivered')
    await t.database.admin.query('update notices set read_at = now() where href = $1', [`/messages/${batch}`])
    await fail(group[2]!)
    expect(await told()).toBe(2)
  })

  test('is not sent by a form without words, or with a field that is none, and keeps what was typed', async () => {
    const one = await t.someone(team)
    const browser = t.site.as(leader)
    expect((await browser.post(`/cases/${one.id}/texts/new`, { words: ' ' })).words).toContain('Enter the words of the text')
    const refused = await browser.post(`/cases/${one.id}/texts/new`, { words: 'About your ((case))' })
    expect([refused.status, refused.html.includes('About your ((case))')]).toEqual([422, true])
    expect(refused.words).toContain('((case)) is no field that can be filled in')
  })

  test('costs what it says: fragments of the GSM alphabet, or of the dearer one', async () => {
    const one = await t.someone(team, { given: 'Zoŵ' })
    const plain = await t.site.as(leader).get(`/messages/${await written(leader, 'a'.repeat(161), one)}`)
    expect(plain.words).toContain('2 texts')
    const dear = await t.site.as(leader).get(`/messages/${await written(leader, `((first name)) ${'a'.repeat(70)}`, one)}`)
    expect(dear.words).toContain('These characters make it cost more: ŵ')
    expect(dear.words).toContain('2 texts')
  })
})

describe('[U7] a text to a group', () => {
  test('goes to those for whom it is safe; everybody else is named with the reason', async () => {
    const sender = await newSender()
    const mine = (family: string, mobile: Parameters<Texting['someone']>[1] = {}) => t.someone(team, { worker: sender, family, ...mobile })
    const safe = await mine('Angove')
    const kept: Record<string, string> = {
      BOLITHO: 'No mobile number',
      CARNE: 'The number must not be used',
      DAVEY: 'No texts: call only',
      ELLERY: 'No message may be left that says who it is from',
      FLAMANK: 'The phone is somebody else’s',
      GODOLPHIN: 'Not safe on this day',
      HOCKING: 'Not safe at this time',
      INNIS: 'Something must be known first',
      JAGO: 'Has died',
      KITTO: 'The case is restricted',
      LANYON: 'Somebody else on record has the same number',
      MEDLYN: 'Asked for no more texts',
      NANCARROW: 'Something to be filled in is not on record',
    }
    await mine('Bolitho', { mobile: { kind: 'telephone', number: '+441632960777' } })
    await mine('Carne', { mobile: { use: 'never' } })
    await mine('Davey', { mobile: { use: 'call-only' } })
    await mine('Ellery', { mobile: { message: false } })
    await mine('Flamank', { mobile: { whose: 'mother' } })
    await mine('Godolphin', { mobile: { days: [1, 2] } })
    await mine('Hocking', { mobile: { from: '13:00', to: '15:00' } })
    await mine('Innis', { mobile: { note: 'Hang up if a man answers' } })
    const dead = await mine('Jago')
    await t.database.admin.query(`update people set death_recorded_at = now(), death_recorded_by = 'A doctor' where id = $1`, [
      dead.personId,
    ])
    const hidden = await mine('Kitto')
    await t.database.admin.query('update cases set restricted = true where id = $1', [hidden.id])
    const shared = await mine('Lanyon')
    await t.someone(team, { family: 'Unrelated', mobile: { number: shared.number } })
    const stopped = await mine('Medlyn')
    await t.database.admin.query('insert into text_stops (number, stopped_at) values ($1, now())', [stopped.number])
    const nameless = await mine('Nancarrow')
    await t.database.admin.query('update people set given_name = null where id = $1', [nameless.personId])

    const batch = await written(sender, 'Hello ((first name)), we are closed on Monday.', 'mine|')
    const preview = await t.site.as(sender).get(`/messages/${batch}`)
    for (const [family, why] of Object.entries(kept))
      expect(preview.words).toMatch(new RegExp(`${family}(, \\w+)?( Aged? (\\d+|not known))? ${why.replace(/[()]/g, '.')}`))
    expect(preview.words).toContain('Goes to 1 person')
    expect(preview.words).toContain(`Left out ${Object.keys(kept).length} people`)
    expect(preview.words).toContain('it is recorded as mother’s')
    expect(preview.words).toContain('change it under details of FLAMANK')
    expect(preview.words).toMatch(/ANGOVE, \w+ Age/)
    await t.site.as(sender).post(`/messages/${batch}/send`, { shown: shownIn(preview) })
    await t.work()
    const after = await t.site.as(sender).get(`/messages/${batch}`)
    expect(after.words).toContain(`Left out when it was sent: ${Object.keys(kept).length} people`)
    expect(after.words).toContain('The phone is somebody else’s 1 FLAMANK')
    // While it was restricted nobody was named on it who could say who sees it.
    await t.database.admin.query('update cases set restricted = false where id = $1', [hidden.id])
    await as(t.database, leader, (tx, actor) =>
      withhold(tx, actor, t.clock.now(), { caseId: hidden.id, holder: sender.principal, reason: 'Related' }),
    )
    expect((await t.site.as(sender).get(`/messages/${batch}`)).words).not.toContain('KITTO')
    const { rows } = await t.database.admin.query('select number from text_messages where batch_id = $1', [batch])
    expect(rows).toEqual([{ number: safe.number }])
    expect(takenBy(safe.number)).toHaveLength(1)
  })

  test('leaves everybody out in quiet hours, which are an agency’s own', async () => {
    const sender = await newSender()
    await t.someone(team, { worker: sender })
    const batch = await written(sender, 'Good evening', 'mine|')
    t.clock.at = new Date('2026-11-20T20:00:00Z')
    expect((await t.site.as(sender).get(`/messages/${batch}`)).words).toContain('Quiet hours')
    t.clock.at = new Date(morning)
    expect((await t.site.as(sender).get(`/messages/${batch}`)).words).toContain('Goes to 1 person')
  })

  test('counts somebody with two cases once', async () => {
    const sender = await newSender()
    const one = await t.someone(team, { worker: sender })
    await t.database.admin.query(
      `with c as (insert into cases (id, person_id, service_area, team_id, agency, referred_on, worker_id, readers, editors)
         select gen_random_uuid(), person_id, service_area, team_id, agency, referred_on, worker_id, readers, editors from cases where id = $1 returning *)
       insert into caseload_entries (case_id, person_id, reference, service_area, team_id, worker_id, status, stage, readers, editors)
         select id, person_id, reference, service_area, team_id, worker_id, 'open', 'Active', readers, editors from c`,
      [one.id],
    )
    expect((await t.site.as(sender).get(`/messages/${await written(sender, 'Hello', 'mine|')}`)).words).toContain('Goes to 1 person')
  })

  test.each(['read-only', 'restricted'])(
    'goes because of the case that may be texted about, where another of theirs is %s; where none may, it says why',
    async how => {
      const sender = await newSender()
      const first = await t.someone(team, { worker: sender })
      const second = await addCase(t.database, { id: first.personId, clientId: '' }, team)
      await t.database.admin.query(
        `insert into caseload_entries (case_id, person_id, reference, service_area, team_id, worker_id, status, stage, readers, editors)
         select id, person_id, reference, service_area, team_id, $2::uuid, 'open', 'Active', readers, editors from cases where id = $1
         on conflict (case_id) do update set worker_id = excluded.worker_id`,
        [second.id, sender.id],
      )
      const close = (caseId: string, closed: boolean) =>
        how === 'restricted'
          ? t.database.admin.query('update cases set restricted = $2 where id = $1', [caseId, closed])
          : t.database.admin.query(`update cases set editors = case when $2 then '{}'::int[] else readers end where id = $1`, [
              caseId,
              closed,
            ])
      const checked = async () => (await t.site.as(sender).get(`/messages/${await written(sender, 'Hello', 'mine|')}`)).words
      for (const [closed, open] of [
        [first.id, second.id],
        [second.id, first.id],
      ] as const) {
        await close(closed, true)
        expect(await checked()).toMatch(/Goes to 1 person.*Left out Nobody/)
        await close(open, true)
        expect(await checked()).toMatch(
          how === 'restricted' ? /Goes to Nobody.*The case is restricted/ : /Goes to Nobody.*You may not change this record/,
        )
        for (const one of [closed, open]) await close(one, false)
      }
    },
  )

  test('that has changed since it was looked at is shown again, and nobody gets a text who was not on the list', async () => {
    const sender = await newSender()
    await t.someone(team, { worker: sender })
    const batch = await written(sender, 'We are closed on Monday.', 'mine|')
    const preview = await t.site.as(sender).get(`/messages/${batch}`)
    const late = await t.someone(team, { worker: sender, family: 'Latecomer' })
    const reply = await t.site.as(sender).post(`/messages/${batch}/send`, { shown: shownIn(preview) })
    expect([reply.status, reply.words.includes('Who gets it has changed since you looked')]).toEqual([422, true])
    await t.work()
    expect(takenBy(late.number)).toEqual([])
  })

  test('pages: a service’s whole caseload, a hundred at a time', async () => {
    const other = await addTeam(t.database, team.agency)
    const sender = await addUser(t.database, other, { may: sends })
    for (let i = 0; i < 103; i++) await t.someone(other, { family: `Family${i}`, mobile: { number: `+4477009${String(10_000 + i)}` } })
    const batch = await written(sender, 'Hello', `service|${other.id}/early-help`)
    const preview = await t.site.as(sender).get(`/messages/${batch}`)
    expect(preview.words).toContain('Goes to 103 people')
    expect((await t.site.as(sender).get(`/messages/${batch}?page=2`)).html.match(/<tr>/g)).toHaveLength(1 + 3)
  })
})

describe('[U7] a text that its sender thinks better of', () => {
  test('is thrown away while it has not been sent, by nobody else, and not once it has', async () => {
    const sender = await newSender()
    const one = await t.someone(team, { worker: sender })
    await t.database.admin.query(`update people set date_of_birth = '2011-01-02' where id = $1`, [one.personId])
    const draft = await written(sender, 'Not this', 'mine|')
    expect((await t.site.as(sender).get(`/messages/${draft}`)).words).toContain('Aged 15 Under 16')
    expect((await t.site.as(await newSender()).post(`/messages/${draft}/discard`, {})).status).toBe(404)
    expect((await t.site.as(sender).get('/messages')).words).toContain('Not this')
    expect((await t.site.as(sender).post(`/messages/${draft}/discard`, {})).status).toBe(303)
    expect((await t.site.as(sender).get(`/messages/${draft}`)).status).toBe(404)
    const gone = await sent(sender, 'Sent', 'mine|')
    await t.site.as(sender).post(`/messages/${gone}/discard`, {})
    expect((await t.site.as(sender).get(`/messages/${gone}`)).status).toBe(200)
  })

  test('does not go where it has not gone yet; what has gone is not taken back', async () => {
    const sender = await newSender()
    const some = await Promise.all([t.someone(team, { worker: sender }), t.someone(team, { worker: sender })])
    const batch = await sent(sender, 'Not what was meant', 'mine|')
    t.peer.next('rate')
    await t.work()
    const gone = some.filter(one => takenBy(one.number).length > 0).length
    expect((await t.site.as(sender).get(`/messages/${batch}`)).words).toContain('Stop those that wait')
    expect((await t.site.as(await newSender()).post(`/messages/${batch}/stop`, {})).status).toBe(404)
    expect((await t.site.as(sender).post(`/messages/${batch}/stop`, {})).status).toBe(303)
    await t.work()
    expect(some.filter(one => takenBy(one.number).length > 0)).toHaveLength(gone)
    const { rows } = await t.database.admin.query(`select distinct why from text_messages where batch_id = $1 and status = 'not-sent'`, [
      batch,
    ])
    expect(rows).toEqual([{ why: 'Its sender stopped it' }])
    t.clock.at = new Date(morning)
  })
})

describe('nobody gets a text twice', () => {
  test('when it is sent twice, in two tabs or at one moment', async () => {
    const sender = await newSender()
    const one = await t.someone(team, { worker: sender })
    const batch = await written(sender, 'Once', 'mine|')
    const shown = shownIn(await t.site.as(sender).get(`/messages/${batch}`))
    const replies = await Promise.all([1, 2, 3].map(() => t.site.as(sender).post(`/messages/${batch}/send`, { shown })))
    expect(replies.map(reply => reply.status)).toEqual([303, 303, 303])
    await t.work()
    expect(takenBy(one.number)).toHaveLength(1)
  })

  test('when two workers take up the same batch', async () => {
    const sender = await newSender()
    const some = await Promise.all(Array.from({ length: 30 }, () => t.someone(team, { worker: sender })))
    const batch = await sent(sender, 'Once', 'mine|')
    await Promise.all([1, 2, 3].map(() => t.job('send-texts', { batchId: batch, senderId: sender.id })))
    for (const one of some) expect(takenBy(one.number)).toHaveLength(1)
    expect((await textsTo(some[0]!.number))[0]!.status).toBe('sending')
  })

  test('when the line was cut after it was taken: it is asked after, not sent again', async () => {
    const sender = await newSender()
    const one = await t.someone(team)
    const batch = await sent(sender, 'Once', one)
    t.peer.next('cut')
    await t.work()
    expect((await textsTo(one.number))[0]).toMatchObject({ status: 'created', why: 'GOV.UK Notify could not be reached' })
    t.clock.at = new Date(t.clock.at.getTime() + 10_000)
    await t.work()
    expect(takenBy(one.number)).toHaveLength(1)
    expect((await textsTo(one.number))[0]!.status).toBe('sending')
    expect((await t.site.as(sender).get(`/messages/${batch}`)).words).toContain('On its way')
  })

  test('when a process was killed between taking and recording it', async () => {
    const sender = await newSender()
    const one = await t.someone(team)
    await sent(sender, 'Once', one)
    const [text] = await textsTo(one.number)
    await t.carrier.send({ id: text!.id, number: one.number, words: 'Once' })
    await t.database.admin.query('update text_messages set claimed_at = $2 where id = $1', [text!.id, t.clock.at])
    await t.database.admin.query(`delete from ${t.database.schema}_jobs._private_jobs`)
    await t.job('resume-texts')
    await t.work()
    expect((await textsTo(one.number))[0]!.status).toBe('created')
    t.clock.at = new Date(t.clock.at.getTime() + 3 * 60_000)
    await t.job('resume-texts')
    await t.work()
    expect(takenBy(one.number)).toHaveLength(1)
    expect((await textsTo(one.number))[0]!.status).toBe('sending')
    t.clock.at = new Date(morning)
  })
})

describe('when GOV.UK Notify takes no more', () => {
  test('the rest waits, and all of it goes once', async () => {
    const sender = await newSender()
    const some = await Promise.all(Array.from({ length: 20 }, () => t.someone(team, { worker: sender })))
    await sent(sender, 'In time', 'mine|')
    t.peer.next('rate', '500')
    await t.work()
    const waiting = (await Promise.all(some.map(one => textsTo(one.number)))).flat().filter(one => one.status === 'created')
    expect(waiting.length).toBeGreaterThan(0)
    t.clock.at = new Date(t.clock.at.getTime() + 2 * 60_000)
    await t.work()
    for (const one of some) expect(takenBy(one.number)).toHaveLength(1)
    t.clock.at = new Date(morning)
  })

  test('for hours, it is given up and says so', async () => {
    const one = await t.someone(team)
    await sent(leader, 'Never', one)
    for (let tries = 0; tries < 12; tries++) {
      t.peer.next('500')
      await t.work()
      t.clock.at = new Date(Math.min(t.clock.at.getTime() + 3_600_000, new Date('2026-11-20T19:59:00Z').getTime() + tries))
      await t.database.admin.query('update text_messages set try_after = null where number = $1', [one.number])
      await t.database.admin.query(`update ${t.database.schema}_jobs._private_jobs set run_at = now()`)
    }
    expect((await textsTo(one.number))[0]).toMatchObject({ status: 'technical-failure', why: 'GOV.UK Notify answered 500', tries: 12 })
    t.clock.at = new Date(morning)
  })

  test('a number that it refuses is not tried again, and says why', async () => {
    const one = await t.someone(team, { mobile: { number: '+4477009001' } })
    const batch = await sent(leader, 'Hello', one)
    await t.work()
    expect((await textsTo(one.number))[0]).toMatchObject({ status: 'permanent-failure', tries: 1 })
    expect((await t.site.as(leader).get('/notices')).words).toContain('A text message of yours could not be delivered')
    expect((await t.site.as(leader).get(`/messages/${batch}`)).words).toContain('The number is refused: Not enough digits')
  })
})

describe('what is no longer safe when its turn comes is not sent', () => {
  const change: [string, (one: Case & { number: string }, sender: User) => Promise<unknown>, string][] = [
    [
      'the number must not be used now',
      one => t.database.admin.query(`update person_contacts set safe_use = 'never' where value = $1`, [one.number]),
      'The number must not be used',
    ],
    ['they asked for no more texts', one => t.peer.receive(one.number.slice(1), 'STOP', { at: t.clock.at }), 'Asked for no more texts'],
    [
      'their number is another',
      one => t.database.admin.query(`update person_contacts set value = '+447700901999' where value = $1`, [one.number]),
      'The number on record has changed',
    ],
    [
      'they have died',
      one => t.database.admin.query(`update people set death_recorded_at = now(), death_recorded_by = 'x' where id = $1`, [one.personId]),
      'Has died',
    ],
    [
      'the sender has been disabled',
      (_one, sender) => t.database.admin.query(`update users set status = 'disabled' where id = $1`, [sender.id]),
      'You may not change this record',
    ],
    [
      'the case is withheld from the sender',
      (one, sender) =>
        as(t.database, leader, (tx, actor) =>
          withhold(tx, actor, t.clock.now(), { caseId: one.id, holder: sender.principal, reason: 'Related' }),
        ),
      'You may not change this record',
    ],
  ]
  test.each(change)('because %s', async (_what, happens, why) => {
    const sender = await newSender()
    const one = await t.someone(team)
    await sent(sender, 'Too late', one)
    await happens(one, sender)
    await t.work()
    expect((await textsTo(one.number))[0]).toMatchObject({ status: 'not-sent', why })
    expect(takenBy(one.number)).toEqual([])
  })
})

describe('from the other side', () => {
  test('a text is sent by nobody without the right, of another team or agency, or from whom the case is withheld', async () => {
    const one = await t.someone(team)
    const withheld = await newSender()
    await as(t.database, leader, (tx, actor) =>
      withhold(tx, actor, t.clock.now(), { caseId: one.id, holder: withheld.principal, reason: 'Related' }),
    )
    const others = [
      await addUser(t.database, team, { may: reader }),
      await addUser(t.database, team, { may: worker }),
      await addUser(t.database, team, { may: ['read-records', 'send-texts'] }),
      await addUser(t.database, await addTeam(t.database, team.agency), { may: sends }),
      await addUser(t.database, await addTeam(t.database, await addAgency(t.database)), { may: sends }),
      withheld,
    ]
    for (const user of others) {
      expect((await t.site.as(user).get(`/cases/${one.id}/texts/new`)).status).toBe(404)
      expect((await t.site.as(user).post(`/cases/${one.id}/texts/new`, { words: 'Hello' })).status).toBe(404)
    }
  })

  test('what was sent is read by whoever reads the notes of the case, and by nobody else; a batch by its sender alone', async () => {
    const one = await t.someone(team)
    const batch = await sent(leader, 'Only for those who read it', one)
    await t.work()
    const colleague = await addUser(t.database, team, { may: reader })
    expect((await t.site.as(colleague).get(`/cases/${one.id}/texts`)).words).toContain('Only for those who read it')
    const stranger = await addUser(t.database, await addTeam(t.database, team.agency), { may: sends })
    expect((await t.site.as(stranger).get(`/cases/${one.id}/texts`)).status).toBe(404)
    for (const user of [stranger, await newSender()]) {
      expect((await t.site.as(user).get(`/messages/${batch}`)).status).toBe(404)
      expect((await t.site.as(user).post(`/messages/${batch}/send`, {})).status).toBe(404)
      expect((await t.site.as(user).get('/messages')).words).not.toContain('Only for those')
    }
  })

  test('a batch counts and names only those whom its sender may still see', async () => {
    const sender = await newSender()
    const [seen, hidden] = [
      await t.someone(team, { worker: sender, family: 'Seen' }),
      await t.someone(team, { worker: sender, family: 'Hidden' }),
    ]
    const batch = await sent(sender, 'Hello', 'mine|')
    await t.work()
    await as(t.database, leader, (tx, actor) =>
      withhold(tx, actor, t.clock.now(), { caseId: hidden.id, holder: sender.principal, reason: 'Related' }),
    )
    const { words } = await t.site.as(sender).get(`/messages/${batch}`)
    expect([words.includes('SEEN'), words.includes('HIDDEN'), words.includes('1 on their way')]).toEqual([true, false, true])
    expect(await textsTo(seen.number)).toHaveLength(1)
  })

  test('a group of another team cannot be asked for', async () => {
    const other = await addTeam(t.database, team.agency)
    const reply = await t.site.as(leader).post('/messages/new', { group: `service|${other.id}/early-help`, words: 'Hello' })
    expect([reply.status, reply.words.includes('Select who it is for')]).toEqual([422, true])
  })
})

describe('[U7] words that may tell of a case', () => {
  const send = async (sender: User, batch: string, more: Record<string, string> = {}) => {
    const shown = shownIn(await t.site.as(sender).get(`/messages/${batch}`))
    return t.site.as(sender).post(`/messages/${batch}/send`, { shown, ...more })
  }

  test('are shown to the sender, and nothing goes until they say that it is safe', async () => {
    const sender = await newSender()
    const one = await t.someone(team, { worker: sender, family: 'Angwin' })
    const batch = await written(sender, 'Probation asks Mr Angwin to ring ((call back)).', one)
    const preview = await t.site.as(sender).get(`/messages/${batch}`)
    expect(preview.words).toContain('Words in it may tell of their case “probation”, “angwin”. Somebody else may read it.')
    const refused = await send(sender, batch)
    expect([refused.status, refused.words.includes('Say that it is safe to send these words')]).toEqual([422, true])
    await t.work()
    expect(await textsTo(one.number)).toEqual([])
    expect((await send(sender, batch, { safe: 'yes' })).status).toBe(303)
    await t.work()
    expect(takenBy(one.number)).toHaveLength(1)
  })

  test('are asked of the words to a group too; others need nothing more', async () => {
    const sender = await newSender()
    await t.someone(team, { worker: sender })
    const telling = await written(sender, 'Your social worker is away on Monday.', 'mine|')
    expect((await send(sender, telling)).status).toBe(422)
    const plain = await written(sender, 'We are away on Monday. Please ring ((call back)).', 'mine|')
    expect((await t.site.as(sender).get(`/messages/${plain}`)).words).not.toContain('may tell of their case')
    expect((await send(sender, plain)).status).toBe(303)
  })

  test('are the name of a service, team or agency', async () => {
    const sender = await newSender()
    const one = await t.someone(team)
    const { rows } = await t.database.admin.query<{ name: string }>('select name from agencies limit 1')
    expect((await send(sender, await written(sender, `From ${rows[0]!.name}: please ring.`, one))).status).toBe(422)
  })
})
