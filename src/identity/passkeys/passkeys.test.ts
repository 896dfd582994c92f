import { TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addAgency, addRole, addTeam, addUser, type Team, type User } from '../../../test/factories/world.ts'
import { type TestDatabase, testDatabase } from '../../../test/harness/database.ts'
import { type FrontDoor, frontDoor, type Visitor } from '../../../test/harness/front-door.ts'
import { type Authenticator, authenticator } from '../../../test/peers/authenticator.ts'
import { hashPassword, setPassword } from '../index.ts'

const password = 'kettle marble spanner'
let now = new Date('2026-11-20T09:00:00Z')
const minutes = (count: number) => {
  now = new Date(now.getTime() + count * 60_000)
}
let database: TestDatabase
let door: FrontDoor
let team: Team
let hash: string

beforeAll(async () => {
  database = await testDatabase()
  team = await addTeam(database, await addAgency(database))
  hash = await hashPassword(password)
  door = await frontDoor(database, { now: () => now })
})
afterAll(async () => {
  expect(door.faults).toEqual([])
  await door.close()
})

async function aWorker({ role, mustChange = false }: { role?: { id: string }; mustChange?: boolean } = {}): Promise<User> {
  const user = await addUser(database, team)
  await setPassword(database.gate.kysely, now, user.id, hash, { mustChange })
  if (role) await database.admin.query('update posts set role_id = $1 where user_id = $2', [role.id, user.id])
  return user
}

async function aRole(factor: string) {
  const role = await addRole(database, ['read-records'])
  await database.admin.query('update roles set factor_needed = $1 where id = $2', [factor, role.id])
  return role
}

async function enterPassword(visitor: Visitor, user: User, path = '/sign-in') {
  visitor.cookies.delete('lanyard')
  await visitor.open(path)
  return visitor.submit({ email: user.email, password })
}

/** What the page has its browser ask the key for. */
const options = (visitor: Visitor): object =>
  JSON.parse(/data-options="([^"]*)"/.exec(visitor.page.html)![1]!.replaceAll('&quot;', '"').replaceAll('&amp;', '&'))

/** Adds a key on the account page of somebody who is signed in. */
async function addKey(visitor: Visitor, key: Authenticator, name = 'Blue key') {
  await visitor.open('/account/second-factor/passkeys/new')
  await visitor.submit({ password })
  return visitor.submit({ answer: key.add(options(visitor)), name })
}

async function withKey(given: Parameters<typeof aWorker>[0] = {}) {
  const [user, visitor, key] = [await aWorker(given), door.visitor(), authenticator()]
  await enterPassword(visitor, user)
  await addKey(visitor, key)
  return { user, visitor, key }
}

const eventsOf = async (userId: string) =>
  (await database.admin.query<{ action: string }>('select action from audit_events where user_id = $1 order by id', [userId])).rows.map(
    row => row.action,
  )

describe('[E8] a passkey or security key', () => {
  test('is added with the password, has a name, and is the second factor from then on', async () => {
    const { user, visitor, key } = await withKey()
    expect(visitor.page.words).toContain('Keep your recovery codes')
    expect((await visitor.open('/account/second-factor')).words).toContain('Blue key')
    expect(visitor.page.words).toContain('Not yet')
    expect((await visitor.open('/account')).words).toContain('Passkey or security key')

    const again = door.visitor()
    await enterPassword(again, user)
    expect(again.page.title).toBe('Use your passkey or security key')
    expect((await again.open('/account')).path).toMatch(/^\/sign-in\/passkey/)
    expect((await again.submit({ answer: key.use(options(again)) })).path).toBe('/account')
    expect((await again.open('/account/second-factor')).words).not.toContain('Not yet')
    expect(await eventsOf(user.id)).toEqual(['signed-in', 'passkey-added', 'second-factor-given', 'signed-in'])
    const { rows } = await database.admin.query('select kind, body from mails where recipient = $1', [user.email])
    expect(rows.map(row => row.kind)).toContain('passkeys-changed')
  })

  test('signs in without a password where it knows its owner, and not where it does not', async () => {
    const { user, key } = await withKey()
    const visitor = door.visitor()
    await visitor.open('/sign-in/passkey?return=%2Faccount')
    expect((await visitor.submit({ answer: key.use(options(visitor), { userVerified: false }) })).words).toContain('was not accepted')
    expect((await visitor.submit({ answer: key.use(options(visitor)) })).path).toBe('/account')
    expect(visitor.page.words).toContain(user.name)
  })

  test('answers once, to the browser that was asked, for this site, and for no longer than ten minutes', async () => {
    const { user, key } = await withKey()
    const visitor = door.visitor()
    await visitor.open('/sign-in/passkey')
    const elsewhere = key.use(options(visitor), { origin: 'http://lanyard.evil.example' })
    expect((await visitor.submit({ answer: elsewhere })).words).toContain('was not accepted')

    const answer = key.use(options(visitor))
    const thief = door.visitor()
    await thief.open('/sign-in/passkey')
    expect((await thief.submit({ answer })).words).toContain('was not accepted')
    const late = key.use(options(visitor))
    minutes(11)
    expect((await visitor.submit({ answer: late })).words).toContain('was not accepted')

    const good = key.use(options(visitor))
    expect((await visitor.submit({ answer: good })).words).toContain(`You are ${user.name}`)
    await visitor.open('/account')
    await visitor.submit({}, '/sign-out')
    await visitor.open('/sign-in/passkey')
    expect((await visitor.submit({ answer: good })).words).toContain('was not accepted')
    for (const nonsense of ['', '{}', 'null', '[]', '{"id":1}', answer.replace(/"clientDataJSON":"[^"]*"/, '"clientDataJSON":"AAAA"')]) {
      expect((await visitor.submit({ answer: nonsense })).status).toBe(422)
    }
  })

  test('that counts no further than before is a copy, and is refused', async () => {
    const { user, key } = await withKey()
    const copied = key.copy()
    const visitor = door.visitor()
    await visitor.open('/sign-in/passkey')
    key.use(options(visitor))
    expect((await visitor.submit({ answer: key.use(options(visitor)) })).words).toContain(`You are ${user.name}`)
    const thief = door.visitor()
    await thief.open('/sign-in/passkey')
    expect((await thief.submit({ answer: copied.use(options(thief)) })).words).toContain('was not accepted')
  })

  test('opens nobody else’s account, beside their password or in its place', async () => {
    const [mine, theirs] = [await withKey(), await withKey()]
    const visitor = door.visitor()
    await enterPassword(visitor, theirs.user)
    expect((await visitor.submit({ answer: mine.key.use(options(visitor)) })).words).toContain('was not accepted')
    const id = JSON.parse(theirs.key.use({ challenge: 'x' })).id
    await visitor.open('/sign-in/passkey')
    expect((await visitor.submit({ answer: mine.key.use(options(visitor), { credentialId: id }) })).words).toContain('was not accepted')
    expect((await visitor.open('/account')).path).toMatch(/^\/sign-in/)
    await mine.visitor.open('/account/second-factor')
    expect((await mine.visitor.open(`/account/second-factor/passkeys/${id}/remove`)).status).toBe(404)
    expect((await mine.visitor.forge(`/account/second-factor/passkeys/${id}/remove`, { password })).status).toBe(404)
  })

  test('of somebody whose account is disabled opens nothing', async () => {
    const { user, key } = await withKey()
    await database.admin.query(`update users set status = 'disabled' where id = $1`, [user.id])
    const visitor = door.visitor()
    await visitor.open('/sign-in/passkey')
    expect((await visitor.submit({ answer: key.use(options(visitor)) })).words).toContain('was not accepted')
  })

  test('is removed with the password; recovery codes go with the last', async () => {
    const { user, visitor, key } = await withKey()
    const id = JSON.parse(key.use({ challenge: 'x' })).id
    await visitor.open(`/account/second-factor/passkeys/${id}/remove`)
    expect((await visitor.submit({ password: 'not the password' })).words).toContain('This is not your password')
    await visitor.submit({ password })
    expect(visitor.page.words).toContain('Blue key has been removed.')
    const { rows } = await database.admin.query('select from recovery_codes where user_id = $1', [user.id])
    expect(rows).toEqual([])
  })

  test('is not added on a page that was not opened with the password', async () => {
    const [user, visitor, key] = [await aWorker(), door.visitor(), authenticator()]
    await enterPassword(visitor, user)
    await visitor.open('/account/second-factor/passkeys/new')
    const made = key.add({ challenge: 'AAAA', user: { id: 'AAAA' } })
    expect((await visitor.submit({ answer: made, name: 'Mine' })).words).toContain('Begin again')
  })
})

describe('[E8] a role that needs a passkey or security key', () => {
  test('has its holder set one up at the door, and is not content with a code', async () => {
    const role = await aRole('phishing-resistant')
    const user = await aWorker({ role })
    const visitor = door.visitor()
    await enterPassword(visitor, user)
    expect(visitor.page.title).toBe('Set up a passkey or security key')
    expect(visitor.page.html).not.toContain('authenticator app instead')
    expect((await visitor.open('/sign-in/authenticator')).path).toMatch(/new-passkey/)
    const key = authenticator()
    await visitor.submit({ answer: key.add(options(visitor)), name: '' })
    expect(visitor.page.words).toContain('Keep your recovery codes')
    expect((await visitor.open('/')).words).toContain(`You are ${user.name}`)
    await visitor.open('/account/second-factor')
    expect(visitor.page.words).toContain('Needed by your role')

    // An authenticator app beside it: its code alone does not open this role.
    await visitor.open('/account/second-factor/set-up')
    await visitor.submit({ password })
    const secret = /<code>([^<]+)<\/code>/.exec(visitor.page.html)![1]!.replaceAll(' ', '').toUpperCase()
    await visitor.submit({ code: new TOTP({ secret }).generate({ timestamp: now.getTime() }) })
    const again = door.visitor()
    await enterPassword(again, user)
    expect(again.page.html).not.toContain('Enter a code')
    minutes(1)
    await again.open('/sign-in/code')
    await again.submit({ code: new TOTP({ secret }).generate({ timestamp: now.getTime() }) })
    expect(again.page.title).toBe('Use your passkey or security key')
    expect((await again.submit({ answer: key.use(options(again)) })).words).toContain(`You are ${user.name}`)
  })

  test('lets somebody who has lost theirs set up the next with a recovery code, so that nobody is shut out for good', async () => {
    const user = await aWorker({ role: await aRole('phishing-resistant') })
    const visitor = door.visitor()
    await enterPassword(visitor, user)
    await visitor.submit({ answer: authenticator().add(options(visitor)), name: 'Lost' })
    const code = /<code>([0-9a-z]{5}-[0-9a-z]{5})<\/code>/.exec(visitor.page.html)![1]!
    const again = door.visitor()
    await enterPassword(again, user)
    await again.open('/sign-in/recovery-code')
    await again.submit({ code })
    expect(again.page.title).toBe('Set up a passkey or security key')
    await again.submit({ answer: authenticator().add(options(again)), name: 'Next' })
    expect(again.page.words).toContain(`You are ${user.name}`)
    expect((await again.open('/account/second-factor')).words).toContain('9 recovery codes')
  })

  test('a second factor of either kind is enough where any is needed', async () => {
    const user = await aWorker({ role: await aRole('any') })
    const visitor = door.visitor()
    await enterPassword(visitor, user)
    expect(visitor.page.title).toBe('Set up your second factor')
    await visitor.open('/sign-in/new-passkey')
    await visitor.submit({ answer: authenticator().add(options(visitor)), name: '' })
    expect((await visitor.open('/')).words).toContain(`You are ${user.name}`)
  })
})
