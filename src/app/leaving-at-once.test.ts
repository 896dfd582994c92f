import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addColleague, type Colleague } from '../../test/factories/colleagues.ts'
import { accept, addMarac, type Marac, refer, sendAgenda } from '../../test/factories/marac.ts'
import { actorOf, addAgency, addCase, addPerson, addPost, addTeam, type Team } from '../../test/factories/world.ts'
import { isWaiting, signal } from '../../test/harness/at-once.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import { type Visitor, visitorOf } from '../../test/harness/visitor.ts'
import { allocateTo, grantAccess, leaveAgency } from '../access/index.ts'
import { coversFor } from '../cases/allocate/allocate-case.ts'
import { setAction } from '../meetings/actions.ts'
import { addMember, findItem } from '../meetings/index.ts'
import { findSeries } from '../meetings/series.queries.ts'
import { startConversation } from '../messages/index.ts'
import { type Actor, asActor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { plainDate } from '../platform/plain-date.ts'
import { addTask } from '../tasks/index.ts'
import { beginCover } from '../work/cover/cover.ts'

// Somebody is given something by one transaction while another takes from them what they have, on a connection of its own.

let product: Product
let marac: Marac
let [council, refuge, police]: Team[] = []
let administrator: Colleague
let giver: Colleague
let itemId: string

beforeAll(async () => {
  product = await startProduct()
  const { database } = product
  council = await addTeam(database, await addAgency(database, { isAuthority: true }), ['early-help'], 'Families first')
  refuge = await addTeam(database, await addAgency(database, { name: 'Safe Haven' }), ['domestic-abuse'], 'Refuge')
  police = await addTeam(database, await addAgency(database, { name: 'Porthkerris Police' }), ['policing'], 'Safeguarding Unit')
  administrator = await addColleague(database, council, { role: 'Authority administrator', serviceArea: null })
  giver = await addColleague(database, refuge, { role: 'Team leader' })
  marac = await addMarac(product)
  itemId = await refer(marac.officers.police.visitor, marac.seriesId, { family: 'Zennorwyn' })
  await accept(marac, itemId)
  await sendAgenda(marac)
})
afterAll(async () => {
  expect(product.faults).toEqual([])
  await product.close()
})

const now = new Date()
const query = async (text: string, values: unknown[]) => (await product.database.admin.query(text, values)).rows as { is: unknown }[]
/** Whoever is about to leave, of the one agency, with a post at another: it would go on opening what is theirs by name. */
async function addLeaver(team: Team): Promise<Colleague> {
  const user = await addColleague(product.database, team, team.agency.id === refuge!.agency.id ? {} : officer)
  await addPost(product.database, user, police!)
  return user
}
const officer = { role: 'Partner officer', serviceArea: null } as const

/** Ends their posts at the agency; `meanwhile` is awaited before it is saved. */
async function leave(user: Colleague, meanwhile = Promise.resolve()): Promise<void> {
  const by = await actorOf(product.database, administrator.id)
  await asActor(product.database.web, by, 'write', async tx => {
    await tx
      .updateTable('posts')
      .set({ ended_at: now, ended_by: by.userId })
      .where('user_id', '=', user.id)
      .where('agency', '=', user.agency.principal)
      .execute()
    await leaveAgency(tx, by, now, { ...user, agency: user.agency.principal }, user.agency.principal)
    await meanwhile
  })
}

type Gift = {
  name: string
  leaver: () => Promise<Colleague>
  by: () => Promise<Actor>
  give: (tx: Tx, actor: Actor, to: Colleague) => Promise<unknown>
  /** Whether anything of it stands in their name. */
  stands: (to: Colleague) => Promise<unknown[]>
}
const ofRefuge = () => addLeaver(refuge!)
const asLeader = () => actorOf(product.database, giver.id)
const newCase = async () => (await addCase(product.database, await addPerson(product.database, refuge!), refuge!)).id
const ofHousing = async () => addLeaver(await addTeam(product.database, marac.officers.housing.agency, []))
const grantsOf = (to: Colleague) => query('select kind as is from access_grants where holder = $1 and ended_at is null', [to.principal])

const gifts: Gift[] = [
  {
    name: 'a share by name',
    leaver: ofRefuge,
    by: asLeader,
    give: async (tx, actor, to) =>
      grantAccess(tx, actor, now, {
        caseId: await newCase(),
        kind: 'share',
        holder: to.principal,
        level: 'read',
        purpose: 'To keep them safe',
        lawfulBasis: 'Public task',
      }),
    stands: grantsOf,
  },
  {
    name: 'a case to work',
    leaver: ofRefuge,
    by: asLeader,
    give: async (tx, actor, to) => allocateTo(tx, actor, now, await newCase(), { holder: to.principal, reason: 'It is theirs' }),
    stands: grantsOf,
  },
  {
    name: 'a seat in a meeting',
    leaver: ofHousing,
    by: () => actorOf(product.database, marac.coordinatorId),
    give: async (tx, actor, to) => {
      const series = await findSeries(tx, actor, marac.seriesId)
      const { rows } = await product.database.admin.query('select id, principal, agency from meeting_seats where id = $1', [
        marac.officers.housing.seatId,
      ])
      const added = await addMember(tx, actor, now, series!, { userId: to.id, role: 'deputy', seat: rows[0] })
      if (!added.ok) throw new Error(added.error)
    },
    stands: to => query('select principal as is from held_principals where holder = $1 and ends_at is null', [to.principal]),
  },
  {
    name: 'an action of a meeting',
    leaver: ofHousing,
    by: () => actorOf(product.database, marac.coordinatorId),
    give: async (tx, actor, to) => {
      const { seatId, agency } = marac.officers.housing
      const { rows } = await product.database.admin.query('select id, principal, agency from meeting_seats where id = $1', [seatId])
      expect(rows[0].agency).toBe(agency.principal)
      const set = await setAction(tx, actor, now, (await findItem(tx, actor, itemId))!, {
        what: 'Change the locks',
        seat: rows[0],
        workerId: to.id,
        dueOn: plainDate(2030, 1, 1),
        partyId: null,
        caseId: null,
        meetingId: marac.meetingId,
      })
      if (!set.ok) throw new Error(set.error)
    },
    stands: to => query('select id as is from meeting_actions where $1 = any (readers)', [to.principal]),
  },
  {
    name: 'a task of no case',
    leaver: ofRefuge,
    by: asLeader,
    give: (tx, actor, to) =>
      addTask(tx, actor, now, { caseId: null, personId: null }, { title: 'Ring her', detail: '', dueOn: null, assignee: to.principal }),
    stands: to => query('select id as is from tasks where $1 = any (readers)', [to.principal]),
  },
  {
    name: 'a conversation',
    leaver: ofRefuge,
    by: asLeader,
    give: (tx, actor, to) =>
      startConversation(tx, actor, now, {
        to: [{ userId: to.id, principal: to.principal, name: to.name } as never],
        title: 'The house',
        about: null,
        words: 'It is in Rope Walk',
      }),
    stands: to => query('select id as is from conversations where $1 = any (readers)', [to.principal]),
  },
]

describe.each(gifts)('[U13] [V4] $name, given while they leave', ({ leaver, by, give, stands }) => {
  test('given first: the leaving waits for it and takes it with it', async () => {
    const to = await leaver()
    const actor = await by()
    const [given, go] = [signal(), signal()]
    const giving = asActor(product.database.web, actor, 'write', async tx => {
      await give(tx, actor, to)
      given.happen()
      await go.happened
    })
    await given.happened
    const leaving = leave(to)
    expect(await isWaiting(leaving)).toBe(true)
    go.happen()
    await giving
    expect(await stands(to)).not.toEqual([])
    await leaving
    expect(await stands(to)).toEqual([])
  })

  test('the giver had looked who they are before they left: nothing of it is saved', async () => {
    const to = await leaver()
    const actor = await by()
    const [looked, left] = [signal(), signal()]
    const giving = asActor(product.database.web, actor, 'write', async tx => {
      await tx.selectFrom('users').select('id').where('id', '=', to.id).execute()
      looked.happen()
      await left.happened
      // As where whom they may choose had been read before.
      await give(tx, actor, to)
    })
    giving.catch(() => {})
    await looked.happened
    await leave(to)
    left.happen()
    await expect(giving).rejects.toThrow()
    expect(await stands(to)).toEqual([])
  })

  test('begun while the leaving is not saved yet: the giver waits for it, and nothing of it is saved', async () => {
    const to = await leaver()
    const actor = await by()
    const go = signal()
    const leaving = leave(to, go.happened)
    await expect
      .poll(() => query(`select 1 as is from pg_locks where locktype = 'advisory' and mode = 'ExclusiveLock' and granted`, []))
      .not.toEqual([])
    const giving = asActor(product.database.web, actor, 'write', tx => give(tx, actor, to))
    giving.catch(() => {})
    expect(await isWaiting(giving)).toBe(true)
    go.happen()
    await leaving
    await expect(giving).rejects.toMatchObject({ statusCode: 409 })
    expect(await stands(to)).toEqual([])
  })
})

test('[U13] whoever leaves begins nothing of their own by what they had asked for a moment before', async () => {
  const to = await addLeaver(await addTeam(product.database, marac.officers.housing.agency, [], 'Repairs'))
  const before = await actorOf(product.database, to.id)
  await leave(to)
  const writing = asActor(product.database.web, before, 'write', tx =>
    addTask(tx, before, now, { caseId: null, personId: null }, { title: 'Mine', detail: '', dueOn: null, assignee: to.principal }),
  )
  await expect(writing).rejects.toMatchObject({ statusCode: 409 })
})

test('[U13] of two posts at one agency that end at the same moment the second is the last', async () => {
  const { database } = product
  const to = await addColleague(database, refuge!)
  await addPost(database, to, police!)
  await addPost(database, to, await addTeam(database, refuge!.agency, ['domestic-abuse'], 'Outreach'))
  const actor = await asLeader()
  const share = gifts[0]!
  await asActor(database.web, actor, 'write', tx => share.give(tx, actor, to))
  const posts = await query('select id as is from posts where user_id = $1 and agency = $2', [to.id, refuge!.agency.principal])
  expect(posts).toHaveLength(2)
  const by: Visitor = await visitorOf(product).signIn(administrator)
  await Promise.all(posts.map(post => by.post(`/users/${to.id}/posts/${post.is}/end`, {})))
  expect(await share.stands(to)).toEqual([])
})

test('[U13] whoever gives something to somebody who has just left is told so, and after that they can be given what is of their new agency', async () => {
  const { database } = product
  const to = await addLeaver(refuge!)
  await leave(to)
  const actor = await asLeader()
  await asActor(database.web, actor, 'write', tx => gifts[0]!.give(tx, actor, to))
  expect(await gifts[0]!.stands(to)).toEqual([{ is: 'share' }])
})

test('[U13] whoever covers for a colleague and leaves is given none of the cases that come to the colleague afterwards', async () => {
  const { database } = product
  const to = await addLeaver(refuge!)
  const colleague = await addColleague(database, refuge!)
  const actor = await asLeader()
  const theCase = await addCase(database, await addPerson(database, refuge!), refuge!)
  const [fromOn, toOn] = [plainDate(2020, 1, 1), plainDate(2040, 1, 1)]
  const by = { userId: to.id, principal: to.principal, name: to.name, jobTitle: '', teamName: '' }
  const covering = () =>
    asActor(database.web, actor, 'write', tx => coversFor(tx, now, { id: theCase.id, teamId: refuge!.id }, colleague.id))
  await asActor(database.web, actor, 'write', tx =>
    beginCover(tx, actor, now, { teamId: refuge!.id, workerId: colleague.id, by, fromOn, toOn, reason: 'On leave' }),
  )
  expect((await covering()).map(one => one.holder)).toEqual([to.principal])
  await leave(to)
  expect(await covering()).toEqual([])
})
