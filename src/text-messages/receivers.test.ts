import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { keepersFor, keptBy } from '../../test/factories/addresses.ts'
import { nothingMore } from '../../test/factories/relationships.ts'
import { addAgency, addPerson, addTeam, addUser, as, type Case, reader, type Team, type User, worker } from '../../test/factories/world.ts'
import { grantAccess } from '../access/index.ts'
import { parentsAndCarers } from '../app/parents-and-carers.ts'
import { addRelationship, type NewRelationship } from '../relationships/index.ts'
import { type Mobile, startTexting, type Texting } from './testing/texting.ts'

let t: Texting
let team: Team
let sender: User
const morning = '2026-11-20T09:30:00Z'

beforeAll(async () => {
  t = await startTexting(morning, {}, [], parentsAndCarers)
  team = await addTeam(t.database, await addAgency(t.database))
  sender = await addUser(t.database, team, { may: [...worker, 'send-texts'] })
})
beforeEach(() => {
  t.clock.at = new Date(morning)
})
afterAll(async () => {
  expect(t.site.faults).toEqual([])
  await t.close()
})

type Parent = { id: string; number: string }
type Family = { child: Case; mother: Parent }
/** A child of seven whose mother is on record with a mobile of her own. */
async function family(
  relationship: Partial<NewRelationship> = {},
  { born = '2019-05-01' as string | null, mobile = {} as Mobile, of = team } = {},
): Promise<Family> {
  const child = await t.someone(team, { given: 'Kitto', family: 'Rosewarne', mobile: null })
  await t.database.admin.query('update people set date_of_birth = $2 where id = $1', [child.personId, born])
  const { id } = await addPerson(t.database, of, { givenName: 'Morwenna', familyName: 'Trevail' })
  const number = await t.addMobile(id, mobile)
  await as(t.database, sender, (tx, actor) =>
    addRelationship(tx, actor, t.clock.now(), {
      ...nothingMore,
      personId: child.personId,
      otherId: id,
      kind: 'parent',
      ...relationship,
    } as NewRelationship),
  )
  return { child, mother: { id, number } }
}
const words = 'Hello ((first name)), please ring ((call back)).'
const write = (child: Case, receiver: string, user = sender) => t.site.as(user).post(`/cases/${child.id}/texts/new`, { words, receiver })
const check = async (child: Case, receiver: string) => {
  const { status, location, words: refused } = await write(child, receiver)
  return status === 303 ? (await t.site.as(sender).get(location!)).words : `${status} ${refused}`
}
async function sent(child: Case, receiver: string): Promise<string> {
  const { location } = await write(child, receiver)
  const shown = /name="shown" value="([^"]+)"/.exec((await t.site.as(sender).get(location!)).html)?.[1] ?? ''
  expect((await t.site.as(sender).post(`${location}/send`, { shown })).status).toBe(303)
  return location!
}
const bodies = (number: string) => t.peer.taken.filter(one => one.phone_number === number).map(one => one.body)
const onCase = async (child: Case, user = sender) => (await t.site.as(user).get(`/cases/${child.id}/texts`)).words

describe('[U7] a text about a child', () => {
  test('goes to a parent’s own number, in her name, and is kept on the child’s case, which says to whom it went', async () => {
    const { child, mother } = await family()
    expect((await t.site.as(sender).get(`/cases/${child.id}/texts/new`)).words).toMatch(/Who gets it\? .*TREVAIL, Morwenna Parent/)
    expect(await check(child, mother.id)).toMatch(/TREVAIL, Morwenna.*About ROSEWARNE, Kitto.*Hello Morwenna, please ring/)
    const batch = await sent(child, mother.id)
    await t.work()
    expect(bodies(mother.number)).toEqual(['Hello Morwenna, please ring 01632 960 100.'])
    expect(await onCase(child)).toContain('To TREVAIL, Morwenna, a parent or carer, 0770')
    expect((await t.site.as(sender).get(batch)).words).toMatch(/ROSEWARNE, Kitto.*To TREVAIL, Morwenna/)
    const line = await t.database.admin.query('select title, person_id from timeline_entries where case_id = $1', [child.id])
    expect(line.rows).toEqual([{ title: 'Text message sent to a parent or carer', person_id: child.personId }])
    const audited = await t.database.admin.query(
      `select action, case_id from audit_events where person_id = $1 and action like '%sent' order by 1`,
      [mother.id],
    )
    expect(audited.rows).toEqual([{ action: 'text-about-another-sent', case_id: null }])
  })

  test('is answered on the child’s case, and says who answered', async () => {
    const { child, mother } = await family()
    await sent(child, mother.id)
    await t.work()
    t.clock.at = new Date('2026-11-20T10:00:00Z')
    await t.peer.receive(mother.number.slice(1), 'He is poorly today', { at: t.clock.at })
    await t.work()
    expect(await onCase(child)).toMatch(/From TREVAIL, Morwenna, a parent or carer.*He is poorly today/)
  })

  test('can be said otherwise, to somebody else, until it is sent', async () => {
    const { child, mother } = await family()
    const { location } = await write(child, mother.id)
    expect((await t.site.as(sender).get(`${location}/edit`)).html).toMatch(new RegExp(`value="${mother.id}"[^>]* checked`))
    await t.site.as(sender).post(`${location}/edit`, { words, receiver: '' })
    expect((await t.site.as(sender).get(location!)).words).toMatch(/Goes to Nobody.*ROSEWARNE, Kitto.*No mobile number/)
  })

  test('[U13] tells nobody an address at which the child, or whoever gets it, must not be found; nor one that became secret since', async () => {
    const secret = (personId: string, isSecret: boolean) =>
      t.database.admin.query(
        `insert into person_addresses (id, person_id, kind, lines, postcode, confidential, recorded_at, named_readers, kept_by, readers, editors)
         select gen_random_uuid(), id, 'home', '7 Hidden Lane', 'TR26 1LQ', $2, now(), ${keepersFor(team, isSecret)}, readers, editors from people where id = $1`,
        [personId, isSecret],
      )
    const telling = 'He is at Hidden Lane 7, please ring ((call back)).'
    const about = async (child: Case, receiver: string) =>
      (await t.site.as(sender).post(`/cases/${child.id}/texts/new`, { words: telling, receiver })).location!
    const ofChild = await family()
    await secret(ofChild.child.personId, true)
    const ofMother = await family()
    await secret(ofMother.mother.id, true)
    for (const { child, mother } of [ofChild, ofMother])
      expect((await t.site.as(sender).get(await about(child, mother.id))).words).toMatch(
        /Goes to Nobody.*TREVAIL, Morwenna.*It tells a confidential address or a refuge/,
      )
    const since = await family()
    await secret(since.child.personId, false)
    const batch = await about(since.child, since.mother.id)
    const page = (await t.site.as(sender).get(batch)).html
    const shown = /name="shown" value="([^"]+)"/.exec(page)?.[1] ?? ''
    expect((await t.site.as(sender).post(`${batch}/send`, { shown, safe: 'yes' })).status).toBe(303)
    await t.database.admin.query(`update person_addresses set confidential = true, ${keptBy(team)} where person_id = $1`, [
      since.child.personId,
    ])
    await t.work()
    expect(bodies(since.mother.number)).toEqual([])
    expect((await t.site.as(sender).get(batch)).words).toContain('It tells a confidential address or a refuge')
  })

  const kept: [string, () => Promise<Family>, string][] = [
    ['the number must not be used', () => family({}, { mobile: { use: 'never' } }), 'The number must not be used'],
    ['the phone is another’s', () => family({}, { mobile: { whose: 'her partner' } }), 'The phone is somebody else’s'],
    ['it is not safe now', () => family({}, { mobile: { from: '13:00', to: '15:00' } }), 'Not safe at this time'],
    ['she has no mobile', () => family({}, { mobile: { kind: 'telephone', number: '+441632960555' } }), 'No mobile number'],
  ]
  test.each(kept)('is not sent where %s: the rules are asked of whoever gets it', async (_why, begin, why) => {
    const { child, mother } = await begin()
    expect(await check(child, mother.id)).toMatch(new RegExp(`Goes to Nobody.*TREVAIL, Morwenna.*${why}`))
  })

  test('is not sent to somebody who asked for no more texts, has died, or in quiet hours', async () => {
    const { child, mother } = await family()
    t.clock.at = new Date('2026-11-20T21:00:00Z')
    expect(await check(child, mother.id)).toContain('Quiet hours')
    t.clock.at = new Date(morning)
    await t.database.admin.query('insert into text_stops (number, stopped_at) values ($1, now())', [mother.number])
    expect(await check(child, mother.id)).toContain('Asked for no more texts')
    await t.database.admin.query(`update people set death_recorded_at = now(), death_recorded_by = 'x' where id = $1`, [mother.id])
    expect(await check(child, mother.id)).toContain('Has died')
  })

  test('is not sent about a child who has died', async () => {
    const { child, mother } = await family()
    await t.database.admin.query(`update people set death_recorded_at = now(), death_recorded_by = 'x' where id = $1`, [child.personId])
    expect(await check(child, mother.id)).toContain('Whoever it is about has died')
  })

  test.each<[string, Partial<NewRelationship>]>([
    ['must not be contacted', { warnings: ['no-contact'] }],
    ['must not learn of the service', { warnings: ['service-unknown'] }],
    ['is kept from the child by a court', { warnings: ['court-order'], legalRoles: ['parental-responsibility'] }],
  ])('is not offered to a parent who %s, and not taken from a form that asks for it', async (_what, relationship) => {
    const { child, mother } = await family(relationship)
    const form = await t.site.as(sender).get(`/cases/${child.id}/texts/new`)
    expect(form.words).toContain('Not offered, because of a warning between the two: TREVAIL, Morwenna (parent)')
    expect(form.html).not.toContain(`value="${mother.id}"`)
    expect(await check(child, mother.id)).toMatch(/^422.*Select who gets it/)
  })

  test('does not go where a warning has come up since it was confirmed, or they are a parent no longer', async () => {
    for (const [change, why] of [
      [`update relationships set warnings = '{no-contact}' where other_id = $1`, 'There is a warning between the two'],
      [`update relationships set ended_at = now() where other_id = $1`, 'Is not recorded as a parent or carer'],
    ] as const) {
      const { child, mother } = await family()
      await sent(child, mother.id)
      await t.database.admin.query(change, [mother.id])
      await t.work()
      expect(bodies(mother.number)).toEqual([])
      expect(await onCase(child)).toContain(why)
    }
  })

  test('is for children: nobody is offered for a grown-up; where no age is known, only if somebody has parental responsibility', async () => {
    const offered = async (...family_: Parameters<typeof family>) => {
      const { child } = await family(...family_)
      return (await t.site.as(sender).get(`/cases/${child.id}/texts/new`)).words.includes('Who gets it?')
    }
    expect(await offered({ legalRoles: ['parental-responsibility'] }, { born: '2008-11-20' })).toBe(false)
    expect(await offered({}, { born: '2008-11-21' })).toBe(true)
    expect(await offered({}, { born: null })).toBe(false)
    expect(await offered({ legalRoles: ['parental-responsibility'] }, { born: null })).toBe(true)
    expect(await offered({ kind: 'sibling' })).toBe(false)
    // The child is the parent's child, not their parent.
    expect(await offered({ kindBack: true })).toBe(false)
  })

  test('names no parent, and shows no number, to whoever may not see them', async () => {
    const { child, mother } = await family()
    await sent(child, mother.id)
    await t.work()
    const partner = await addUser(t.database, await addTeam(t.database, await addAgency(t.database)), { may: reader })
    await as(t.database, sender, (tx, actor) =>
      grantAccess(tx, actor, t.clock.now(), {
        caseId: child.id,
        kind: 'share',
        holder: partner.principal,
        level: 'read',
        parts: ['notes'],
        purpose: 'Care',
        lawfulBasis: 'public-task',
      }),
    )
    const seen = await onCase(child, partner)
    expect(seen).toContain('To a parent or carer, on a record that is not open to you')
    expect(seen).not.toMatch(/TREVAIL|07700/)
  })

  test('is not written to a parent whom the sender may not see', async () => {
    const elsewhere = await addTeam(t.database, await addAgency(t.database))
    const child = await t.someone(team, { given: 'Kitto', family: 'Rosewarne', mobile: null })
    await t.database.admin.query(`update people set date_of_birth = '2019-05-01' where id = $1`, [child.personId])
    const hidden = await addPerson(t.database, elsewhere, { givenName: 'Hidden', familyName: 'Mother' })
    await t.addMobile(hidden.id)
    expect(await check(child, hidden.id)).toMatch(/^422.*Select who gets it/)
    expect((await t.site.as(sender).get(`/cases/${child.id}/texts/new`)).words).not.toContain('Who gets it?')
  })
})
