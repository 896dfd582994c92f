import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Agency,
  actorOf,
  addAgency,
  addPost,
  addRole,
  addTeam,
  addUser,
  as,
  type Role,
  type Team,
  type User,
} from '../../test/factories/world.ts'
import { type TestDatabase, testDatabase } from '../../test/harness/database.ts'
import { type FrontDoor, frontDoor, type Visitor } from '../../test/harness/front-door.ts'
import { hashPassword, setPassword } from '../identity/index.ts'
import type { Capability } from '../platform/capabilities.ts'
import { adminRoutes } from './index.ts'

const password = 'kettle marble spanner'
const now = new Date('2026-11-20T09:00:00Z')
const clock = { now: () => now }

let database: TestDatabase
let door: FrontDoor
let hash: string
let ours: { agency: Agency; team: Team }
let theirs: { agency: Agency; team: Team }
let caseworker: Role
let authorityRole: Role
let administrator: User
let theirAdministrator: User
let ofAuthority: User

beforeAll(async () => {
  database = await testDatabase()
  hash = await hashPassword(password)
  const place = async () => {
    const agency = await addAgency(database)
    return { agency, team: await addTeam(database, agency) }
  }
  ours = await place()
  theirs = await place()
  const council = await place()
  caseworker = await addRole(database, ['read-records', 'record'])
  authorityRole = await addRole(database, ['commission', 'read-records'], { authorityOnly: true })
  administrator = await aUser(ours.team, ['manage-users'])
  theirAdministrator = await aUser(theirs.team, ['manage-users'])
  ofAuthority = await aUser(council.team, ['manage-users', 'manage-authority'])
  door = await frontDoor(database, clock, { register: adminRoutes })
})
afterAll(async () => {
  expect(door.faults).toEqual([])
  await door.close()
})

async function aUser(team: Team, may: readonly Capability[]): Promise<User> {
  const user = await addUser(database, team, { may })
  await setPassword(database.gate.kysely, now, user.id, hash)
  return user
}

async function signedIn(user: User): Promise<Visitor> {
  const visitor = door.visitor()
  await visitor.open('/sign-in')
  await visitor.submit({ email: user.email, password })
  expect(visitor.page.title).toBe('Home')
  return visitor
}

const rowOf = async (id: string) => (await database.admin.query('select * from users where id = $1', [id])).rows[0]
const actionsOn = async (userId: string) =>
  (await database.admin.query<{ action: string }>(`select action from audit_events where subject_id = $1 order by id`, [userId])).rows.map(
    row => row.action,
  )
const placeOf = (team: Team, service = 'early-help') => `${team.id} ${service}`
const newUser = (team: Team, more: Record<string, string> = {}) => ({
  name: 'Kerensa Tregear',
  email: `kerensa-${crypto.randomUUID()}@porthkerris.example`,
  'job-title': 'Family worker',
  place: placeOf(team),
  role: caseworker.id,
  'way-in': 'invitation',
  ...more,
})

describe('[U1] an agency sets up and disables its own users', () => {
  test('somebody is added, invited by mail, chooses a password and is in', async () => {
    const visitor = await signedIn(administrator)
    await visitor.open('/users/new')
    const fields = newUser(ours.team)
    expect((await visitor.submit(fields)).words).toContain('Kerensa Tregear has been sent a link')
    expect(visitor.page.words).toContain('Invited, never signed in')
    const link = await door.linkMailedTo(fields.email)
    const kerensa = door.visitor()
    expect((await kerensa.open(link)).title).toBe('Welcome: choose your password')
    await kerensa.submit({ 'new-password': 'gorse harbour lintel' })
    expect((await kerensa.submit({ email: fields.email, password: 'gorse harbour lintel' })).title).toBe('Home')
    const { rows } = await database.admin.query('select id, status, created_by from users where email = $1', [fields.email])
    expect(rows[0]).toMatchObject({ status: 'active', created_by: administrator.id })
    expect(await actionsOn(rows[0].id)).toEqual(['user-created', 'post-given', 'user-invited', 'password-reset'])
    expect((await actorOf(database, rows[0].id)).capabilities.has('record')).toBe(true)
  })

  test('[S12] the authority adds somebody with a random first password, shown once and changed at first sign-in', async () => {
    const visitor = await signedIn(ofAuthority)
    await visitor.open('/users/new')
    const fields = newUser(ours.team, { 'way-in': 'password' })
    const shown = await visitor.submit(fields)
    expect(shown.title).toBe('First password')
    const first = /<code[^>]*>([^<]+)</.exec(shown.html)![1]!
    const newcomer = door.visitor()
    await newcomer.open('/sign-in')
    expect((await newcomer.submit({ email: fields.email, password: first })).title).toBe('Choose your own password')
    expect((await newcomer.submit({ 'new-password': 'gorse harbour lintel' })).title).toBe('Home')
  })

  test('[S12] [E3] an agency’s own administrator is shown no password of anybody, on the page or by a forged form', async () => {
    const visitor = await signedIn(administrator)
    expect((await visitor.open('/users/new')).words).not.toContain('first password')
    const fields = newUser(ours.team, { 'way-in': 'password' })
    const added = await visitor.forge('/users/new', fields)
    expect(added.html).not.toContain('<code')
    expect(await door.linkMailedTo(fields.email)).toContain('/set-password/')
    const user = await aUser(ours.team, ['read-records'])
    expect((await visitor.open(`/users/${user.id}`)).html).not.toContain('/first-password')
    expect((await visitor.open(`/users/${user.id}/first-password`)).status).toBe(404)
    await visitor.open('/users')
    expect((await visitor.forge(`/users/${user.id}/first-password`, {})).status).toBe(404)
    await signedIn(user)
  })

  test('[E3] who came in once keeps their mailbox and their provider: an agency’s administrator puts no other in its place', async () => {
    const visitor = await signedIn(administrator)
    const user = await aUser(ours.team, ['read-records'])
    const change = async (by: Visitor, email: string) => {
      await by.open(`/users/${user.id}/edit`)
      return by.submit({ name: user.name, email, 'job-title': '', telephone: '' })
    }
    const [first, second, third] = [1, 2, 3].map(() => `kerensa-${crypto.randomUUID()}@porthkerris.example`) as [string, string, string]
    expect((await change(visitor, first)).words).toContain('Saved.')
    await signedIn({ ...user, email: first })
    const refused = await change(visitor, second)
    expect([refused.status, refused.words]).toEqual([422, expect.stringContaining('They have signed in with it already')])
    expect((await rowOf(user.id)).email).toBe(first)
    await visitor.open(`/users/${user.id}/identities`)
    expect(visitor.page.html).not.toContain('name="subject"')
    expect((await visitor.forge(`/users/${user.id}/identities`, { provider: crypto.randomUUID(), subject: 'mine' })).status).toBe(404)
    expect((await change(await signedIn(ofAuthority), third)).words).toContain('Saved.')
  })

  test('[E3] whom an agency’s administrator lets read records is made known to those who would know them, once, and to nobody else', async () => {
    const desk = await addTeam(database, await addAgency(database))
    const [by, other, leader, worker] = [
      await aUser(desk, ['manage-users', 'read-audit']),
      await aUser(desk, ['manage-users']),
      await aUser(desk, ['read-records', 'manage-allocation']),
      await aUser(desk, ['read-records']),
    ]
    const visitor = await signedIn(by)
    await visitor.open('/users/new')
    const fields = newUser(desk, { name: 'Merryn Madeup' })
    await visitor.submit(fields)
    const { rows } = await database.admin.query<{ id: string }>('select id from users where email = $1', [fields.email])
    const made = rows[0]!.id
    const told = async (userId: string) =>
      (
        await database.admin.query<{ words: string }>(
          `select words from notices where kind = 'new-reader' and user_id = $1 and words like '%Merryn Madeup%'`,
          [userId],
        )
      ).rows
    for (const user of [other, leader, ofAuthority]) expect(await told(user.id), user.name).toHaveLength(1)
    for (const user of [by, worker, theirAdministrator, { ...by, id: made }]) expect(await told(user.id), user.name).toEqual([])
    expect((await told(other.id))[0]!.words).toContain(by.name)
    // A further post opens nothing to them that they had not.
    await visitor.open(`/users/${made}/posts/new`)
    await visitor.submit({ place: placeOf(desk), role: caseworker.id })
    expect(await told(other.id)).toHaveLength(1)
    expect((await visitor.open('/users/access')).words).toContain(`by ${by.name}`)
    expect((await visitor.open('/users/access?as=csv')).html).toContain(`,${by.name}`)
    // What the authority does itself it need not tell.
    const above = await signedIn(ofAuthority)
    await above.open('/users/new')
    await above.submit(newUser(desk, { name: 'Merryn Madeup the second' }))
    expect(await told(other.id)).toHaveLength(1)
  })

  test('what is missing or wrong is said and what was typed is kept', async () => {
    const visitor = await signedIn(administrator)
    await visitor.open('/users/new')
    const answer = await visitor.submit(
      newUser(ours.team, { name: '', email: administrator.email.toUpperCase(), place: '', role: 'made-up' }),
    )
    expect(answer.status).toBe(422)
    for (const words of ['Enter their name', 'Select where they work', 'Select what they may do']) expect(answer.words).toContain(words)
    expect(answer.html).toContain('value="Family worker"')
    expect((await visitor.submit(newUser(ours.team, { email: administrator.email.toUpperCase() }))).words).toContain(
      'Somebody has an account with this email address already',
    )
  })

  test.each([
    'a@b.co\nBcc:x',
    'a%b@c.co',
    'a@b.co%0aBcc:x',
    'a@b.co(comment)',
    '(comment)a@b.co',
    'ａ@b.co',
    'a@ｂ.co',
    'a\u0007@b.co',
    'a@b',
    'a@-b.co',
  ])('an address that no mail server has is refused: %j', async email => {
    const visitor = await signedIn(administrator)
    await visitor.open('/users/new')
    expect((await visitor.submit(newUser(ours.team, { email }))).words).toContain('Enter an email address in the correct format')
  })

  test('an account is disabled with a reason: its sessions are over at once, its calendar’s address is gone, and it can be enabled again', async () => {
    const user = await aUser(ours.team, ['read-records'])
    const worker = await signedIn(user)
    const visitor = await signedIn(administrator)
    const hasCalendarAddress = async () =>
      (await database.admin.query('select from calendar_feeds where user_id = $1', [user.id])).rowCount === 1
    await database.admin.query(`insert into calendar_feeds (user_id, token_hash, made_at) values ($1, $2, now())`, [user.id, user.email])
    expect(await hasCalendarAddress()).toBe(true)
    await visitor.open(`/users/${user.id}/disable`)
    expect((await visitor.submit({ reason: '' })).words).toContain('Enter why the account is disabled')
    expect((await visitor.submit({ reason: 'Left the service' })).words).toContain('is disabled')
    expect((await worker.open('/account')).title).toBe('Sign in')
    expect((await worker.submit({ email: user.email, password })).words).toContain('not right')
    // It would read the calendar again as soon as the account is enabled.
    expect(await hasCalendarAddress()).toBe(false)
    await visitor.open(`/users/${user.id}`)
    expect(visitor.page.words).toContain('Left the service')
    await visitor.submit({}, `/users/${user.id}/enable`)
    expect((await signedIn(user)).page.title).toBe('Home')
    expect(await actionsOn(user.id)).toEqual(expect.arrayContaining(['user-disabled', 'user-enabled']))
  })

  test('[E3] whom the authority disabled, their agency sees and cannot enable, on any page or beneath it; the authority can', async () => {
    const user = await aUser(ours.team, ['read-records'])
    const post = (await database.admin.query('select id from posts where user_id = $1', [user.id])).rows[0].id
    const authority = await signedIn(ofAuthority)
    await authority.open(`/users/${user.id}/disable`)
    await authority.submit({ reason: 'Under investigation' })
    const disabled = await rowOf(user.id)
    expect(disabled).toMatchObject({ status: 'disabled', disabled_by: ofAuthority.id, disabled_by_authority: true })

    const theirs = await signedIn(administrator)
    await theirs.open(`/users/${user.id}`)
    expect(theirs.page.words).toContain('Under investigation By ')
    expect(theirs.page.words).toContain('for the authority, on 20/11/2026 09:00')
    expect(theirs.page.words).toContain('only its administrators enable or change it')
    expect(theirs.page.words).not.toContain('Enable the account')
    for (const path of ['/enable', '/edit', '/posts/new', `/posts/${post}/end`, '/invite', '/first-password', '/end-sessions'])
      expect((await theirs.forge(`/users/${user.id}${path}`, { ...newUser(ours.team), version: '1' })).status, path).toBe(404)
    const beneath = await as(database, administrator, tx =>
      tx.updateTable('users').set({ status: 'active', disabled_by_authority: false }).where('id', '=', user.id).executeTakeFirst(),
    )
    expect(beneath.numUpdatedRows).toBe(0n)
    expect(await rowOf(user.id)).toEqual(disabled)

    await authority.open(`/users/${user.id}`)
    await authority.submit({}, `/users/${user.id}/enable`)
    expect((await signedIn(user)).page.title).toBe('Home')
    expect(await rowOf(user.id)).toMatchObject({ disabled_by: null, disabled_at: null, disabled_by_authority: false })
  })

  test('[E3] an agency does not disable somebody in the authority’s name', async () => {
    const user = await aUser(ours.team, ['read-records'])
    const asAuthority = as(database, administrator, tx =>
      tx.updateTable('users').set({ status: 'disabled', disabled_by_authority: true }).where('id', '=', user.id).execute(),
    )
    await expect(asAuthority).rejects.toThrow('row-level security')
  })

  test('posts are given and ended; the next request is with them and without them', async () => {
    const user = await aUser(ours.team, ['read-records'])
    const visitor = await signedIn(administrator)
    await visitor.open(`/users/${user.id}/posts/new`)
    await visitor.submit({ place: ours.team.id, role: caseworker.id })
    expect((await actorOf(database, user.id)).capabilities.has('record')).toBe(true)
    const { rows } = await database.admin.query('select id from posts where user_id = $1 and role_id = $2', [user.id, caseworker.id])
    await visitor.open(`/users/${user.id}/posts/${rows[0].id}/end`)
    await visitor.submit()
    expect((await actorOf(database, user.id)).capabilities.has('record')).toBe(false)
    expect(await actionsOn(user.id)).toEqual(expect.arrayContaining(['post-given', 'post-ended']))
  })

  test('a second factor is reset, a first password made, sessions ended: each is in the audit, and the user is told', async () => {
    const user = await aUser(ours.team, ['read-records'])
    const visitor = await signedIn(administrator)
    await database.admin.query(`update credentials set totp_secret = 'x', totp_confirmed_at = now() where user_id = $1`, [user.id])
    await visitor.open(`/users/${user.id}/reset-second-factor`)
    expect((await visitor.submit()).words).toContain('has been reset')
    const worker = await signedIn(user)
    await visitor.open(`/users/${user.id}`)
    await visitor.submit({}, `/users/${user.id}/end-sessions`)
    expect((await worker.open('/account')).title).toBe('Sign in')
    const above = await signedIn(ofAuthority)
    await above.open(`/users/${user.id}/first-password`)
    const first = /<code[^>]*>([^<]+)</.exec((await above.submit()).html)![1]!
    await worker.open('/sign-in')
    expect((await worker.submit({ email: user.email, password })).words).toContain('not right')
    expect((await worker.submit({ email: user.email, password: first })).title).toBe('Choose your own password')
    expect(await actionsOn(user.id)).toEqual(expect.arrayContaining(['second-factor-reset', 'sessions-ended', 'first-password-given']))
    const mails = await database.admin.query('select kind from mails where recipient = $1 order by kind', [user.email])
    expect(mails.rows.map(row => row.kind)).toEqual(['first-password', 'second-factor-reset'])
  })

  /** The links that a user was sent: one that they asked for, and then one that an administrator sends. */
  async function linksSentTo(user: User, visitor: Visitor): Promise<string[]> {
    const asking = door.visitor()
    await asking.open('/forgotten-password')
    await asking.submit({ email: user.email })
    const asked = await door.linkMailedTo(user.email)
    await database.admin.query('delete from mails where recipient = $1', [user.email])
    await visitor.open(`/users/${user.id}/invite`)
    await visitor.submit()
    const links = [asked, await door.linkMailedTo(user.email)]
    for (const link of links) expect((await door.visitor().open(link)).status).toBe(200)
    return links
  }

  test('a link opens nothing any more once the address, the password or the account was taken from whoever has it', async () => {
    const visitor = await signedIn(administrator)
    const changes: Record<string, (user: User) => Promise<unknown>> = {
      address: async user => {
        await visitor.open(`/users/${user.id}/edit`)
        const email = `moved-${crypto.randomUUID()}@porthkerris.example`
        await visitor.submit({ name: user.name, email, 'job-title': '', telephone: '' })
      },
      password: async user => {
        const above = await signedIn(ofAuthority)
        await above.open(`/users/${user.id}/first-password`)
        await above.submit()
      },
      account: async user => {
        await visitor.open(`/users/${user.id}/disable`)
        await visitor.submit({ reason: 'On leave' })
        await visitor.submit({}, `/users/${user.id}/enable`)
        expect((await rowOf(user.id)).status).not.toBe('disabled')
      },
    }
    for (const [what, change] of Object.entries(changes)) {
      const user = await aUser(ours.team, ['read-records'])
      const links = await linksSentTo(user, visitor)
      await change(user)
      for (const link of links) {
        const finder = door.visitor()
        expect((await finder.open(link)).status, what).toBe(410)
      }
    }
  })

  test('a change of name alone leaves the link that somebody waits for', async () => {
    const visitor = await signedIn(administrator)
    const user = await aUser(ours.team, ['read-records'])
    const links = await linksSentTo(user, visitor)
    await visitor.open(`/users/${user.id}/edit`)
    await visitor.submit({ name: 'Kerensa Newname', email: user.email, 'job-title': '', telephone: '' })
    expect((await door.visitor().open(links[1]!)).status).toBe(200)
  })

  test('the list is filtered by name, status and role', async () => {
    const user = await aUser(ours.team, ['read-records'])
    const visitor = await signedIn(administrator)
    expect((await visitor.open(`/users?text=${encodeURIComponent(user.name.slice(2))}`)).words).toContain(user.email)
    expect((await visitor.open('/users?text=%25')).words).toContain('Nobody fits')
    expect((await visitor.open(`/users?status=disabled`)).words).not.toContain(user.email)
    expect((await visitor.open(`/users?role=${caseworker.id}`)).words).not.toContain(user.email)
    expect((await visitor.open(`/users?page=-1&agency=x&role=y&status=z`)).status).toBe(200)
  })

  test('two who change an account at once: the second sees what the first saved', async () => {
    const user = await aUser(ours.team, ['read-records'])
    const [one, two] = [await signedIn(administrator), await signedIn(administrator)]
    await one.open(`/users/${user.id}/edit`)
    await two.open(`/users/${user.id}/edit`)
    await one.submit({ name: 'Kerensa One', email: user.email, 'job-title': '', telephone: '' })
    expect((await two.submit({ name: 'Kerensa Two', email: user.email, 'job-title': '', telephone: '' })).words).toContain(
      'Somebody changed this account while you were writing: it was Kerensa One',
    )
    await two.submit({ name: 'Kerensa Two', email: user.email, 'job-title': '', telephone: '' })
    expect((await rowOf(user.id)).name).toBe('Kerensa Two')
  })
})

describe('[E3] nobody else’s users', () => {
  test('another agency’s administrator does not see them, and every forged post finds nothing and changes nothing', async () => {
    const user = await aUser(ours.team, ['read-records'])
    const before = await rowOf(user.id)
    const post = (await database.admin.query('select id from posts where user_id = $1', [user.id])).rows[0].id
    const visitor = await signedIn(theirAdministrator)
    expect((await visitor.open('/users?status=all')).words).not.toContain(user.email)
    for (const path of [
      '',
      '/edit',
      '/posts/new',
      `/posts/${post}/end`,
      '/disable',
      '/invite',
      '/first-password',
      '/reset-second-factor',
    ]) {
      expect((await visitor.open(`/users/${user.id}${path}`)).status, path).toBe(404)
    }
    await visitor.open('/users')
    for (const path of [
      '/edit',
      '/posts/new',
      `/posts/${post}/end`,
      '/disable',
      '/enable',
      '/invite',
      '/first-password',
      '/reset-second-factor',
      '/end-sessions',
    ]) {
      const answer = await visitor.forge(`/users/${user.id}${path}`, { ...newUser(theirs.team), reason: 'Because', version: '1' })
      expect(answer.status, path).toBe(404)
    }
    for (const path of [`/users/teams/${ours.team.id}`, `/users/agencies/${ours.agency.id}`]) {
      expect((await visitor.open(path)).status, path).toBe(404)
      await visitor.open('/users')
      expect((await visitor.forge(path, { name: 'Taken over', telephone: '', terms: '' })).status, path).toBe(404)
    }
    expect(await rowOf(user.id)).toEqual(before)
    expect((await database.admin.query('select ended_at from posts where id = $1', [post])).rows[0].ended_at).toBeNull()
  })

  test('a user is not added to, nor given a post in, another agency’s team', async () => {
    const visitor = await signedIn(administrator)
    await visitor.open('/users/new')
    expect((await visitor.submit(newUser(theirs.team))).words).toContain('Select where they work')
    const user = await aUser(ours.team, ['read-records'])
    await visitor.open(`/users/${user.id}/posts/new`)
    expect((await visitor.submit({ place: placeOf(theirs.team), role: caseworker.id })).words).toContain('Select where they work')
  })

  test('workers, read-only users and signed-out browsers find no administration', async () => {
    const user = await aUser(ours.team, ['read-records'])
    const people = [
      await signedIn(await aUser(ours.team, ['read-records', 'record'])),
      await signedIn(await aUser(ours.team, ['read-records'])),
      door.visitor(),
    ]
    for (const [i, visitor] of people.entries()) {
      for (const path of [
        '/users',
        '/users/new',
        `/users/${user.id}`,
        '/users/teams',
        '/users/roles',
        '/users/agencies',
        '/users/roles/new',
      ]) {
        const answer = await visitor.open(path)
        expect(i === 2 ? answer.title : answer.status, path).toBe(i === 2 ? 'Sign in' : 404)
      }
      await visitor.open('/account')
      await visitor.forge(`/users/${user.id}/disable`, { reason: 'Because' })
      await visitor.forge('/users/new', newUser(ours.team))
    }
    expect((await rowOf(user.id)).status).toBe('active')
  })

  test('the database refuses it too, whatever the pages do', async () => {
    const user = await aUser(ours.team, ['read-records'])
    const changed = await as(database, theirAdministrator, async tx => {
      const { numUpdatedRows } = await tx.updateTable('users').set({ status: 'disabled' }).where('id', '=', user.id).executeTakeFirst()
      return numUpdatedRows
    })
    expect(changed).toBe(0n)
    const insertPost = (by: User, holder: User, team: Team, role: Role, ofAuthorityOnly: boolean) =>
      as(database, by, tx =>
        tx
          .insertInto('posts')
          .values({
            id: crypto.randomUUID(),
            user_id: holder.id,
            team_id: team.id,
            agency: team.agency.principal,
            role_id: role.id,
            role_authority_only: ofAuthorityOnly,
          })
          .execute(),
      )
    await expect(insertPost(theirAdministrator, user, ours.team, caseworker, false)).rejects.toThrow(/row-level security/)
    await expect(insertPost(administrator, user, ours.team, authorityRole, true)).rejects.toThrow(/row-level security/)
    await expect(insertPost(administrator, user, ours.team, authorityRole, false)).rejects.toThrow(/foreign key/)
    const link = (by: User) =>
      as(database, by, tx =>
        tx
          .insertInto('password_resets')
          .values({
            token_hash: crypto.randomUUID(),
            user_id: user.id,
            agency: theirs.agency.principal,
            purpose: 'invitation',
            created_at: now,
            expires_at: now,
          })
          .execute(),
      )
    await expect(link(theirAdministrator)).rejects.toThrow(/foreign key/)
    await expect(link(administrator)).rejects.toThrow(/row-level security/)
    await expect(as(database, administrator, tx => tx.selectFrom('credentials').selectAll().execute())).rejects.toThrow(/permission denied/)
    await expect(
      as(database, administrator, tx =>
        tx
          .updateTable('roles')
          .set({ capabilities: ['commission'] })
          .where('id', '=', caseworker.id)
          .executeTakeFirst(),
      ),
    ).resolves.toMatchObject({
      numUpdatedRows: 0n,
    })
  })

  test('an agency that leaves its users to the authority has no administrators', async () => {
    const agency = await addAgency(database)
    const someone = await aUser(await addTeam(database, agency), ['manage-users'])
    await database.admin.query('update agencies set manages_own_users = false where id = $1', [agency.id])
    const visitor = await signedIn(someone)
    expect((await visitor.open('/users')).status).toBe(404)
    expect((await (await signedIn(ofAuthority)).open(`/users/${someone.id}`)).status).toBe(200)
  })
})

describe('[U28] nobody widens their rights', () => {
  test('an agency’s administrator neither gives nor ends a role of the authority, nor touches the account of who holds one', async () => {
    const commissioner = await aUser(ours.team, ['read-records'])
    const post = (
      await database.admin.query(`update posts set role_id = $2, role_authority_only = true where user_id = $1 returning id`, [
        commissioner.id,
        authorityRole.id,
      ])
    ).rows[0].id
    const visitor = await signedIn(administrator)
    await visitor.open('/users/new')
    expect(visitor.page.html).not.toContain(authorityRole.id)
    expect((await visitor.submit(newUser(ours.team, { role: authorityRole.id }))).words).toContain('Select what they may do')
    expect((await visitor.open(`/users/${commissioner.id}`)).words).toContain('Looked after by the authority')
    await visitor.open('/users/new')
    for (const path of ['/edit', '/first-password', '/reset-second-factor', '/invite', '/disable', `/posts/${post}/end`, '/posts/new']) {
      expect((await visitor.forge(`/users/${commissioner.id}${path}`, { ...newUser(ours.team), reason: 'Because' })).status, path).toBe(404)
    }
    const above = await signedIn(ofAuthority)
    await above.open(`/users/${commissioner.id}/posts/${post}/end`)
    expect((await above.submit()).words).toContain('has been ended')
  })

  test('an agency’s administrator does not make their own the way in of who works for another agency too', async () => {
    const user = await aUser(ours.team, ['read-records'])
    await addPost(database, user, theirs.team, { may: ['read-records'] })
    const before = await rowOf(user.id)
    const visitor = await signedIn(administrator)
    const shown = await visitor.open(`/users/${user.id}`)
    expect(shown.words).toContain('They work for another agency too')
    expect(shown.html).not.toContain(`/users/${user.id}/first-password`)
    for (const path of ['/first-password', '/reset-second-factor', '/invite']) {
      expect((await visitor.open(`/users/${user.id}${path}`)).status, path).toBe(404)
      await visitor.open('/users')
      expect((await visitor.forge(`/users/${user.id}${path}`, {})).status, path).toBe(404)
    }
    await visitor.open(`/users/${user.id}/edit`)
    expect((await visitor.submit({ name: user.name, email: 'mine@porthkerris.example' })).words).toContain(
      'only the authority’s administrators change',
    )
    expect(await rowOf(user.id)).toEqual(before)
    expect(await actionsOn(user.id)).toEqual([])
    await visitor.open(`/users/${user.id}/edit`)
    expect((await visitor.submit({ name: user.name, email: user.email, 'job-title': 'Link worker' })).words).toContain('Saved.')
    const above = await signedIn(ofAuthority)
    await above.open(`/users/${user.id}/first-password`)
    expect((await above.submit()).title).toBe('First password')
  })

  test('an agency’s administrator does not give themself a post, nor disable themself', async () => {
    const visitor = await signedIn(administrator)
    expect((await visitor.open(`/users/${administrator.id}/posts/new`)).status).toBe(404)
    await visitor.open('/users/new')
    expect((await visitor.forge(`/users/${administrator.id}/posts/new`, { place: placeOf(ours.team), role: caseworker.id })).status).toBe(
      404,
    )
    await visitor.open('/users/new')
    expect((await visitor.forge(`/users/${administrator.id}/disable`, { reason: 'Because' })).status).toBe(404)
  })

  test('an administrator of the authority ends every post but the last that makes them one; another ends that', async () => {
    const one = await aUser(ours.team, ['manage-users', 'manage-authority'])
    const second = await addPost(database, one, ours.team, { may: ['manage-authority'] })
    const posts = await database.admin.query<{ id: string }>('select id from posts where user_id = $1 order by id = $2', [one.id, second])
    const [first] = posts.rows.map(row => row.id)
    const open = async () => (await actorOf(database, one.id)).administers.includes(0)
    const visitor = await signedIn(one)
    await visitor.open(`/users/${one.id}/posts/${first}/end`)
    expect((await visitor.submit()).words).toContain('has been ended')
    expect((await visitor.open(`/users/${one.id}/posts/${second}/end`)).words).toContain('somebody must be left who can')
    await visitor.open('/users/new')
    expect((await visitor.forge(`/users/${one.id}/posts/${second}/end`, {})).words).toContain('somebody must be left who can')
    expect(await open()).toBe(true)
    const role = await database.admin.query<{ id: string; name: string }>(
      'select r.id, r.name from roles r join posts o on o.role_id = r.id where o.id = $1',
      [second],
    )
    await visitor.open(`/users/roles/${role.rows[0]!.id}`)
    expect((await visitor.submit({ name: role.rows[0]!.name, description: '', capability: ['read-records'] })).words).toContain(
      'somebody must be left who can',
    )
    const above = await signedIn(ofAuthority)
    await above.open(`/users/${one.id}/posts/${second}/end`)
    expect((await above.submit()).words).toContain('has been ended')
    expect(await open()).toBe(false)
  })

  test('two administrators of the authority who disable each other at once: one is left', async () => {
    const pair = [
      await aUser(ours.team, ['manage-users', 'manage-authority']),
      await aUser(ours.team, ['manage-users', 'manage-authority']),
    ]
    const visitors = [await signedIn(pair[0]!), await signedIn(pair[1]!)]
    await Promise.all(visitors.map((visitor, index) => visitor.open(`/users/${pair[1 - index]!.id}/disable`)))
    await Promise.all(visitors.map(visitor => visitor.submit({ reason: 'Because' })))
    const left = await Promise.all(pair.map(async user => (await rowOf(user.id)).status))
    expect(left.toSorted()).toEqual(['active', 'disabled'])
  })

  test('roles are the authority’s: made of capabilities, changed for everybody at once, held to their version', async () => {
    expect((await (await signedIn(administrator)).open(`/users/roles/${caseworker.id}`)).status).toBe(404)
    const [visitor, other] = [await signedIn(ofAuthority), await signedIn(ofAuthority)]
    await visitor.open('/users/roles/new')
    const name = `Family worker ${crypto.randomUUID()}`
    expect((await visitor.submit({ name, description: '', capability: ['commission'] })).words).toContain(
      'A role that reaches beyond one agency',
    )
    expect((await visitor.submit({ name, description: 'Works with families', capability: ['read-records'] })).words).toContain(
      'has been added',
    )
    const { rows } = await database.admin.query<Role>('select id, name from roles where name = $1', [name])
    const role = rows[0]!
    const user = await aUser(ours.team, ['read-records'])
    await database.admin.query('update posts set role_id = $2 where user_id = $1', [user.id, role.id])
    await visitor.open(`/users/roles/${role.id}`)
    await other.open(`/users/roles/${role.id}`)
    await visitor.submit({ name, description: '', capability: ['read-records', 'record'], factor: 'any' })
    expect((await actorOf(database, user.id)).capabilities.has('record')).toBe(true)
    expect((await other.submit({ name, description: '', capability: ['read-records'] })).words).toContain(
      'Somebody changed this role while you were writing',
    )
    const worker = door.visitor()
    await worker.open('/sign-in')
    expect((await worker.submit({ email: user.email, password })).title).toBe('Set up your second factor')
    // Marking it as the authority's takes it out of the agencies' hands for the posts that hold it already.
    await visitor.open(`/users/roles/${role.id}`)
    await visitor.submit({ name, description: '', capability: ['read-records'], limits: ['authority-only'] })
    const audited = await database.admin.query(
      `select detail from audit_events where subject_id = $1 and action = 'role-changed' order by id`,
      [role.id],
    )
    expect(audited.rows.map(row => row.detail)).toEqual([
      {
        before: { description: 'Works with families', capabilities: ['read-records'], factorNeeded: 'none' },
        after: { description: '', capabilities: ['read-records', 'record'], factorNeeded: 'any' },
      },
      {
        before: { capabilities: ['read-records', 'record'], factorNeeded: 'any', authorityOnly: false },
        after: { capabilities: ['read-records'], factorNeeded: 'none', authorityOnly: true },
      },
    ])
    const held = await database.admin.query('select role_authority_only from posts where user_id = $1', [user.id])
    expect(held.rows[0].role_authority_only).toBe(true)
  })
})

describe('teams and agencies', () => {
  test('an agency’s administrator adds a team, gives it services and closes it', async () => {
    const visitor = await signedIn(administrator)
    await visitor.open('/users/teams/new')
    const name = `Harbour team ${crypto.randomUUID()}`
    expect((await visitor.submit({ name: '', telephone: '' })).words).toContain('Enter the name of the team')
    expect((await visitor.submit({ name, telephone: '01632 960 500', service: ['early-help'] })).words).toContain('has been added')
    const { rows } = await database.admin.query(
      'select t.id, t.agency, s.service_area from teams t join team_services s on s.team_id = t.id where t.name = $1',
      [name],
    )
    expect(rows).toMatchObject([{ agency: ours.agency.principal, service_area: 'early-help' }])
    await visitor.open(`/users/teams/${rows[0].id}`)
    await visitor.submit({ name, telephone: '', closed: 'yes' })
    await visitor.open('/users/new')
    expect(visitor.page.html).not.toContain(rows[0].id)
  })

  test('[F19] an agency’s administrator writes its terms of use; only the authority decides the rest', async () => {
    const agency = await addAgency(database)
    const itsAdministrator = await aUser(await addTeam(database, agency), ['manage-users'])
    const visitor = await signedIn(itsAdministrator)
    await visitor.open(`/users/agencies/${agency.id}`)
    await visitor.submit({ telephone: '01632 960 600', terms: 'Be careful.', name: 'Another name', limits: 'closed' })
    const { rows } = await database.admin.query(
      'select name, terms, terms_version, manages_own_users, disabled_at from agencies where id = $1',
      [agency.id],
    )
    expect(rows[0]).toEqual({ name: agency.name, terms: 'Be careful.', terms_version: 1, manages_own_users: true, disabled_at: null })
    expect((await visitor.open('/users')).title).toBe(`Terms of use of ${agency.name}`)
    expect((await visitor.open('/users/agencies/new')).title).toBe(`Terms of use of ${agency.name}`)
    await visitor.submit()
    expect((await visitor.open('/users/agencies/new')).status).toBe(404)
  })

  test('the authority adds an agency, and closes one: none of its users gets in', async () => {
    const visitor = await signedIn(ofAuthority)
    await visitor.open('/users/agencies/new')
    const name = `Charity ${crypto.randomUUID()}`
    await visitor.submit({ name, kind: 'charity', telephone: '', 'out-of-hours': '', terms: '', limits: 'own-users' })
    expect(visitor.page.words).toContain(`${name} has been added`)
    const agency = await addAgency(database)
    const worker = await signedIn(await aUser(await addTeam(database, agency), ['read-records']))
    await visitor.open(`/users/agencies/${agency.id}`)
    await visitor.submit({
      name: agency.name,
      kind: 'charity',
      telephone: '',
      'out-of-hours': '',
      terms: '',
      limits: ['own-users', 'closed'],
    })
    expect((await worker.open('/account')).title).toBe('Sign in')
  })
})
