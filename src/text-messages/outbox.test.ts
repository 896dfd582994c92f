import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addAgency, addTeam, addUser, as, type Case, reader, type Team, type User, worker } from '../../test/factories/world.ts'
import { withhold } from '../access/index.ts'
import { sendMail } from '../notifications/index.ts'
import { startTexting, type Texting } from './testing/texting.ts'

let t: Texting
let team: Team
let sender: User
let oksana: Case & { number: string }

beforeAll(async () => {
  t = await startTexting('2026-11-20T09:30:00Z')
  const agency = await addAgency(t.database)
  team = await addTeam(t.database, agency)
  sender = await addUser(t.database, team, { may: [...worker, 'send-texts'] })
  oksana = await t.someone(team, { worker: sender })
  const { location } = await t.site.as(sender).post(`/cases/${oksana.id}/texts/new`, { words: 'Hello ((first name)), please ring.' })
  const shown = /name="shown" value="([^"]+)"/.exec((await t.site.as(sender).get(location!)).html)?.[1] ?? ''
  expect((await t.site.as(sender).post(`${location}/send`, { shown })).status).toBe(303)
})
afterAll(async () => {
  expect(t.site.faults).toEqual([])
  await t.close()
})

const outboxOf = async (user: User) => (await t.site.as(user).get('/outbox')).words
const words = 'Hello Oksana, please ring.'
const spoken = () => oksana.number.slice(-6)

describe('the outbox', () => {
  test('shows a text to whoever may read the notes of its case, is led to from the messages out, and is audited', async () => {
    expect((await t.site.as(sender).get('/messages')).html).toContain('href="/outbox"')
    for (const one of [sender, await addUser(t.database, team, { may: reader })]) {
      const page = await outboxOf(one)
      expect(page).toContain(words)
      expect(page).toContain(spoken())
      const { rows } = await t.database.admin.query(
        `select person_id from audit_events where user_id = $1 and action = 'case-texts-read' and case_id = $2`,
        [one.id, oksana.id],
      )
      expect(rows).toEqual([{ person_id: oksana.personId }])
    }
  })

  test('shows it to nobody else: another agency, another team, whoever it is withheld from, an administrator, signed out', async () => {
    const other = await addTeam(t.database, await addAgency(t.database))
    const elsewhere = await addTeam(t.database, team.agency)
    const cousin = await addUser(t.database, team, { may: [...worker, 'send-texts'] })
    await as(t.database, sender, (tx, actor) =>
      withhold(tx, actor, t.clock.at, { caseId: oksana.id, holder: cousin.principal, reason: 'Her cousin' }),
    )
    const nobody = [
      await addUser(t.database, other, { may: [...worker, 'send-texts'] }),
      await addUser(t.database, elsewhere, { may: [...worker, 'send-texts'] }),
      cousin,
      await addUser(t.database, other, { may: ['manage-authority', 'manage-users'] }),
      await addUser(t.database, team, { may: ['manage-authority', 'manage-users'] }),
    ]
    const pages = await Promise.all(nobody.map(outboxOf))
    const signedOut = await t.site.server.inject({ method: 'GET', url: '/outbox' })
    expect(signedOut.statusCode).toBe(200)
    for (const page of [...pages, signedOut.body]) {
      expect(page).toContain('Outbox')
      expect(page).not.toContain('Oksana')
      expect(page).not.toContain(spoken())
    }
    expect(await outboxOf(sender)).toContain(words)
  })

  test('shows a mail to whom it went; to an administrator that it went; signed out only what lets somebody in', async () => {
    const colleague = await addUser(t.database, team)
    const administrator = await addUser(t.database, team, { may: ['manage-authority'] })
    const mail = (kind: string, subject: string) =>
      as(t.database, sender, tx => sendMail(tx, new Date(), { to: colleague.email, kind, subject, text: `Words of ${subject}` }))
    await mail('notice', 'A notice')
    await mail('password-reset', 'A reset')
    await mail('invitation', 'An invitation')
    const seen = async (page: string) =>
      ['A notice', 'A reset', 'An invitation'].map(one => [page.includes(one), page.includes(`Words of ${one}`)])
    expect(await seen(await outboxOf(colleague))).toEqual([
      [true, true],
      [true, true],
      [true, true],
    ])
    expect(await seen(await outboxOf(sender))).toEqual([
      [false, false],
      [false, false],
      [false, false],
    ])
    expect(await seen(await outboxOf(administrator))).toEqual([
      [true, false],
      [true, false],
      [true, true],
    ])
    const { body } = await t.site.server.inject({ method: 'GET', url: '/outbox' })
    expect(await seen(body)).toEqual([
      [false, false],
      [true, true],
      [true, true],
    ])
  })
})
