import { afterAll, describe, expect, test } from 'vitest'
import { addTeam, addUser, as, commissioner } from '../../../test/factories/world.ts'
import { grantAccess, withhold } from '../../access/index.ts'
import { ofCase, startDiary } from '../testing/diary.ts'

const now = new Date('2026-11-20T09:30:00Z')
const clock = { now: () => now }
const diary = await startDiary(clock)
const { database, site, team, otherAgency, theCase, tamsin, readOnly, stranger, partner, booking, bookOn, newCase } = diary
afterAll(() => diary.close())

describe('who sees appointments', () => {
  test('[U13] other teams, other agencies and forged addresses find nothing; a read-only user changes nothing', async () => {
    const own = await newCase('Secretive')
    const id = await bookOn(own)
    for (const user of [stranger, partner]) {
      for (const path of ['', '/new', `/${id}`, `/${id}/move`, `/${id}/cancel`, `/${id}/missed`, `/${id}/take-back`])
        expect((await site.as(user).get(ofCase(own.id) + path)).status).toBe(404)
      for (const path of ['/new', `/${id}/move`, `/${id}/cancel`, `/${id}/missed`, `/${id}/attended`])
        expect((await site.as(user).post(ofCase(own.id) + path, booking())).status).toBe(404)
      for (const of of ['', '&of=team', `&of=${tamsin.id}`])
        expect((await site.as(user).get(`/calendar?view=list${of}`)).words).not.toContain('Secretive')
    }
    expect((await site.as(readOnly).get(`${ofCase(own.id)}/${id}`)).words).not.toContain('Move it')
    for (const path of ['/new', `/${id}/move`]) expect((await site.as(readOnly).get(ofCase(own.id) + path)).status).toBe(404)
    expect((await site.as(readOnly).post(`${ofCase(own.id)}/${id}/cancel`, { by: 'us', reason: 'x' })).status).toBe(404)
    // An appointment is under its own case alone.
    expect((await site.as(tamsin).get(`${ofCase(theCase.id)}/${id}`)).status).toBe(404)
    for (const query of ['?view=month', '?on=2026-02-31', '?of=%27', '?on=9999-99-99&of=team'])
      expect((await site.as(tamsin).get(`/calendar${query}`)).status).toBe(200)
    expect(site.faults).toEqual([])
  })

  test('[U2] [E5] a share of the appointments opens them alone, a withholding closes them', async () => {
    const guest = await addUser(database, await addTeam(database, otherAgency))
    const own = await newCase('Shared')
    const id = await bookOn(own)
    await as(database, tamsin, (tx, actor) =>
      grantAccess(tx, actor, now, {
        caseId: own.id,
        kind: 'share',
        holder: otherAgency.principal,
        level: 'read',
        parts: ['appointments'],
        purpose: 'joint work',
        lawfulBasis: 'consent',
      }),
    )
    expect((await site.as(guest).get(`${ofCase(own.id)}/${id}`)).words).toContain('24 November 2026')
    expect((await site.as(guest).get(`/cases/${own.id}/notes`)).status).toBe(404)
    expect((await site.as(guest).get(`${ofCase(own.id)}/new`)).status).toBe(404)
    await as(database, tamsin, (tx, actor) =>
      withhold(tx, actor, now, { caseId: own.id, holder: otherAgency.principal, reason: 'Her wish' }),
    )
    expect((await site.as(guest).get(`${ofCase(own.id)}/${id}`)).status).toBe(404)
    const chief = await addUser(database, team, { may: commissioner })
    expect((await site.as(chief).get(`/calendar?view=list&of=${tamsin.id}`)).words).toContain('Shared')
  })
})
