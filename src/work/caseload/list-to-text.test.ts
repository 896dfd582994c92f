import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addAgency, addTeam, addUser, type Team, type User, worker } from '../../../test/factories/world.ts'
import { startTexting, type Texting } from '../../text-messages/testing/texting.ts'
import { listToText } from './list-to-text.ts'

let t: Texting
let team: Team
let sender: User

beforeAll(async () => {
  t = await startTexting('2026-11-20T09:30:00Z', {}, [listToText])
  team = await addTeam(t.database, await addAgency(t.database))
  sender = await addUser(t.database, team, { may: [...worker, 'send-texts'] })
  for (const [family, risk] of [
    ['Angove', 'high'],
    ['Bolitho', 'low'],
  ]) {
    const one = await t.someone(team, { worker: sender, family: family! })
    await t.database.admin.query('update caseload_entries set risk = $2 where case_id = $1', [one.id, risk])
  }
})
afterAll(async () => {
  expect(t.site.faults).toEqual([])
  await t.close()
})

const check = async (user: User, group: string) => {
  const form = await t.site.as(user).get(`/messages/new?${new URLSearchParams({ group })}`)
  const { status, location } = await t.site.as(user).post('/messages/new', { group, words: 'We are closed on Monday.' })
  return { form: form.words, status, preview: location ? (await t.site.as(user).get(location)).words : '' }
}

describe('[U7] a text to whoever is on a list of work', () => {
  test('goes to those whom its filters leave, by the name of the list', async () => {
    const { form, preview } = await check(sender, 'list|my-work?risk=high')
    expect(form).toContain('My cases, risk high')
    expect(preview).toContain('Check before you send')
    expect(preview).toContain('My cases, risk high')
    expect(preview).toContain('ANGOVE')
    expect(preview).not.toContain('BOLITHO')
    const ofTeam = await check(sender, `list|team?risk=low&team=${team.id}%2Fearly-help`)
    expect(ofTeam.preview).toContain('BOLITHO')
    expect(ofTeam.preview).not.toContain('ANGOVE')
  })

  test('is offered by the names of views that are kept', async () => {
    await t.database.admin.query(
      `insert into saved_views (id, user_id, list, name, query, created_at) values (gen_random_uuid(), $1, 'my-work', 'Worst first', 'risk=high', now())`,
      [sender.id],
    )
    expect((await t.site.as(sender).get('/messages/new')).words).toContain('View: Worst first')
  })

  test('cannot be asked for where the list is another’s, nor of what is new since one looked', async () => {
    const stranger = await addUser(t.database, await addTeam(t.database, team.agency), { may: [...worker, 'send-texts'] })
    expect(await check(stranger, `list|team?team=${team.id}%2Fearly-help`)).toMatchObject({ status: 422 })
    expect((await check(stranger, `list|my-work?worker=${sender.id}`)).preview).not.toContain('ANGOVE')
    expect(await check(sender, 'list|my-work?fresh=1')).toMatchObject({ status: 422 })
    expect(await check(sender, 'list|elsewhere?risk=high')).toMatchObject({ status: 422 })
  })
})
