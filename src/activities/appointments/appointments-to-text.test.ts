import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addAgency, addCase, addTeam, addUser, type Case, type Team, type User, worker } from '../../../test/factories/world.ts'
import { startTexting, type Texting } from '../../text-messages/testing/texting.ts'
import { appointmentsToText } from './appointments-to-text.ts'

let t: Texting
let team: Team
let tamsin: User
let perran: User

beforeAll(async () => {
  // A Friday.
  t = await startTexting('2026-11-20T09:30:00Z', {}, [appointmentsToText])
  team = await addTeam(t.database, await addAgency(t.database))
  tamsin = await addUser(t.database, team, { may: [...worker, 'send-texts'] })
  perran = await addUser(t.database, team, { may: [...worker, 'send-texts'] })
  const someone = (family: string) => t.someone(team, { family })
  await appointment(await someone('Monday'), tamsin, '2026-11-23T14:30:00Z')
  await appointment(await someone('Cancelled'), tamsin, '2026-11-23T15:30:00Z', 'cancelled')
  await appointment(await someone('Tuesday'), tamsin, '2026-11-24T10:00:00Z')
  await appointment(await someone('Earlier'), tamsin, '2026-11-20T09:00:00Z')
  await appointment(await someone('Colleagues'), perran, '2026-11-23T11:00:00Z')
  await appointment(await someone('Far'), tamsin, '2026-11-30T11:00:00Z')
})
afterAll(async () => {
  expect(t.site.faults).toEqual([])
  await t.close()
})

const appointment = async (one: Case, whose: User, startsAt: string, status = 'booked') =>
  t.database.admin.query(
    `insert into appointments (id, case_id, kind, worker_id, starts_at, ends_at, status, cancelled_by, closed_at, closed_by, created_at, created_by, readers, editors, withheld)
     select gen_random_uuid(), c.id, 'one-to-one', $2::uuid, $3::timestamptz, $3::timestamptz + interval '1 hour', $4, case when $4 = 'cancelled' then 'us' else '' end,
       case when $4 = 'cancelled' then now() end, case when $4 = 'cancelled' then $2::uuid end, now(), $2::uuid, c.readers, c.editors, c.withheld from cases c where c.id = $1`,
    [one.id, whose.id, startsAt, status],
  )

const reminder = 'See you ((appointment day)) at ((appointment time)).'
const check = async (user: User, group: string) => {
  const { status, location } = await t.site.as(user).post('/messages/new', { group, words: reminder })
  return { status, words: location ? (await t.site.as(user).get(location)).words : '' }
}

describe('[U7] [U23] a reminder by text', () => {
  test('is offered for the days on which there are appointments', async () => {
    const { words } = await t.site.as(tamsin).get('/messages/new')
    expect(words).toContain('My appointments on Monday 23 November 2026')
    expect(words).toContain('My appointments on Tuesday 24 November 2026')
    expect(words).not.toContain('20 November')
    expect(words).not.toContain('30 November')
  })

  test('goes to those who have one, with its day and time', async () => {
    const { words } = await check(tamsin, 'appointments|mine 2026-11-23')
    expect(words).toContain('Goes to 1 person')
    expect(words).toContain('See you Monday 23 November at 2:30pm.')
    for (const family of ['CANCELLED', 'TUESDAY', 'COLLEAGUES']) expect(words).not.toContain(family)
    const ofTeam = await check(tamsin, `appointments|${team.id}/early-help 2026-11-23`)
    expect(ofTeam.words).toContain('Goes to 2 people')
    expect(ofTeam.words).toContain('See you Monday 23 November at 11am.')
  })

  test('says both times to somebody who comes twice on one day, and the first of two cases', async () => {
    const twice = await t.someone(team, { family: 'Twice' })
    for (const time of ['14:00', '10:00']) await appointment(twice, tamsin, `2026-11-22T${time}:00Z`)
    expect((await check(tamsin, 'appointments|mine 2026-11-22')).words).toContain('See you Sunday 22 November at 10am and 2pm.')
    for (const time of ['09:00', '16:00']) {
      const other = await addCase(t.database, { id: twice.personId, clientId: '' }, team)
      await appointment(other, tamsin, `2026-11-22T${time}:00Z`)
    }
    const { words } = await check(tamsin, 'appointments|mine 2026-11-22')
    expect(words).toContain('Goes to 1 person')
    expect(words).toContain('See you Sunday 22 November at 9am.')
  })

  test('of one appointment begins with the agency’s usual words, and goes to nobody once it is cancelled', async () => {
    const one = await t.someone(team, { family: 'Alone' })
    await appointment(one, tamsin, '2026-11-25T16:00:00Z')
    const { rows } = await t.database.admin.query<{ id: string }>('select id from appointments where case_id = $1', [one.id])
    const group = `appointments|one ${rows[0]!.id}`
    const form = await t.site.as(tamsin).get(`/messages/new?${new URLSearchParams({ group })}`)
    expect(form.words).toContain('Whoever comes on 25/11/2026')
    expect(form.words).toContain('A reminder: ((appointment day)) at ((appointment time)).')
    expect((await check(tamsin, group)).words).toContain('See you Wednesday 25 November at 4pm.')
    await t.database.admin.query(
      `update appointments set status = 'cancelled', cancelled_by = 'them', closed_at = now(), closed_by = $2 where id = $1`,
      [rows[0]!.id, tamsin.id],
    )
    expect((await check(tamsin, group)).words).toContain('Goes to Nobody')
    const stranger = await addUser(t.database, await addTeam(t.database, team.agency), { may: [...worker, 'send-texts'] })
    expect((await check(stranger, group)).status).toBe(422)
  })

  test('cannot be asked for of a team that is not one’s own, nor for no day', async () => {
    const stranger = await addUser(t.database, await addTeam(t.database, team.agency), { may: [...worker, 'send-texts'] })
    expect((await check(stranger, `appointments|${team.id}/early-help 2026-11-23`)).status).toBe(422)
    expect((await check(stranger, 'appointments|mine 2026-11-23')).words).toContain('Goes to Nobody')
    expect((await check(tamsin, 'appointments|mine never')).status).toBe(422)
  })
})
