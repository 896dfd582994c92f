import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Agency, addAgency, addRole, addTeam, addUser, type Team, type User } from '../../../test/factories/world.ts'
import { type TestDatabase, testDatabase } from '../../../test/harness/database.ts'
import { type FrontDoor, frontDoor, type Visitor } from '../../../test/harness/front-door.ts'
import { type Person, type SignInProvider, signInProvider } from '../../../test/peers/sign-in-provider.ts'
import { hashPassword, setPassword } from '../index.ts'
import { sealClientSecret } from './providers.ts'

const password = 'kettle marble spanner'
const id = uuid()
let database: TestDatabase
let door: FrontDoor
let there: SignInProvider
let agency: Agency
let team: Team
let hash: string
let people = 0

beforeAll(async () => {
  database = await testDatabase()
  agency = await addAgency(database)
  team = await addTeam(database, agency)
  hash = await hashPassword(password)
  door = await frontDoor(database, { now: () => new Date() })
  there = await signInProvider(`http://localhost/sign-in/back/${id}`, 'http://localhost/sign-in')
  await database.admin.query(
    `insert into sign_in_providers (id, name, profile, issuer, client_id, client_secret, client_authentication, scopes, acr_values, subject_claims,
       claims_needed, second_factor_claims, phishing_resistant_claims, links_invited, enabled)
     values ($1, 'NHS CIS2', 'nhs-cis2', $2, $3, $4, 'client_secret_post', 'openid', 'AAL2_OR_AAL3_ANY', '{sub}',
       '{id_assurance_level=3,acr=AAL1_USERPASS,acr=AAL2_ANY,acr=AAL3_ANY}', '{acr=AAL2_ANY}', '{acr=AAL3_ANY}', true, true)`,
    [id, there.issuer, there.clientId, sealClientSecret(door.gate, id, there.clientSecret)],
  )
})
afterAll(async () => {
  await there.close()
  expect(door.faults).toEqual([])
  await door.close()
})

/** Somebody there, strongly signed in unless a test says otherwise. */
const person = (given: Partial<Person> = {}): Person => ({
  sub: `5550000${++people}`,
  acr: 'AAL3_ANY',
  ...given,
  claims: { id_assurance_level: '3', ...given.claims },
})

async function linkedUser({ sub, role }: { sub: string; role?: { id: string } }): Promise<User> {
  const user = await addUser(database, team)
  await setPassword(database.gate.kysely, new Date(), user.id, hash, { mustChange: true })
  if (role) await database.admin.query('update posts set role_id = $1 where user_id = $2', [role.id, user.id])
  await database.admin.query('insert into provider_identities (provider_id, subject, user_id, linked_at) values ($1, $2, $3, now())', [
    id,
    sub,
    user.id,
  ])
  return user
}

async function invitedUser(role?: { id: string; authorityOnly?: boolean }): Promise<User> {
  const user = await addUser(database, team)
  await setPassword(database.gate.kysely, new Date(), user.id, hash, { mustChange: true })
  await database.admin.query(`update users set status = 'invited' where id = $1`, [user.id])
  if (role)
    await database.admin.query('update posts set role_id = $1, role_authority_only = $2 where user_id = $3', [
      role.id,
      role.authorityOnly ?? false,
      user.id,
    ])
  return user
}

/** Goes there as somebody and comes back; `meddle` may change the address of the answer on its way. */
async function signInAs(one: Person, { visitor = door.visitor(), meddle = (_: URL): void => {}, from = '/' } = {}) {
  there.next(one)
  const sent = await visitor.open(`/sign-in/with/${id}?return=${encodeURIComponent(from)}`)
  const back = new URL(await there.through(sent.path))
  meddle(back)
  await visitor.open(back.pathname + back.search)
  return visitor
}

const isIn = async (visitor: Visitor) => !(await visitor.open('/account')).path.startsWith('/sign-in')
const whyRefused = async () =>
  (
    await database.admin.query<{ because: string }>(
      `select detail->>'because' as because from audit_events where action = 'provider-sign-in-refused' order by id desc limit 1`,
    )
  ).rows[0]?.because

describe('[F14] signing in with a provider', () => {
  test('lets in whom an administrator has linked, to the page that they wanted, without a password or a first one to change', async () => {
    const one = person()
    const user = await linkedUser({ sub: one.sub })
    expect((await door.visitor().open('/sign-in')).words).toContain('Sign in with NHS CIS2')
    const visitor = await signInAs(one, { from: '/account/sessions' })
    expect(visitor.page.path).toBe('/account/sessions')
    expect((await visitor.open('/account')).words).toContain(user.name)
    const { rows } = await database.admin.query(
      `select s.begun_with, s.second_factor, s.phishing_resistant, s.id_token, i.last_used_at from sessions s join provider_identities i on i.user_id = s.user_id where s.user_id = $1`,
      [user.id],
    )
    expect(rows[0]).toMatchObject({
      begun_with: 'provider',
      second_factor: 'provider',
      phishing_resistant: true,
      last_used_at: expect.any(Date),
    })
    expect(rows[0].id_token).toMatch(/^v1\./)
  })

  test('asks for what is entered, with PKCE, state and nonce, and never sends the secret by way of the browser', async () => {
    const sent = new URL((await door.visitor().open(`/sign-in/with/${id}`)).path)
    expect(sent.origin).toBe(there.issuer)
    expect(Object.fromEntries(sent.searchParams)).toMatchObject({
      acr_values: 'AAL2_OR_AAL3_ANY',
      code_challenge_method: 'S256',
      client_id: 'lanyard',
      redirect_uri: `http://localhost/sign-in/back/${id}`,
      response_type: 'code',
      state: expect.stringMatching(/.{40}/),
      nonce: expect.stringMatching(/.{40}/),
    })
    expect(sent.href).not.toContain(there.clientSecret)
  })

  test('signs out here and there', async () => {
    const one = person()
    await linkedUser({ sub: one.sub })
    const visitor = await signInAs(one, { from: '/account' })
    await visitor.open('/account')
    const page = await visitor.submit({}, '/sign-out')
    const to = new URL(/^0; url=(.*)$/.exec(String(page.headers['refresh']))![1]!)
    expect(to.origin).toBe(there.issuer)
    expect(to.searchParams.get('id_token_hint')?.split('.')).toHaveLength(3)
    expect(to.searchParams.get('post_logout_redirect_uri')).toBe('http://localhost/sign-in')
    expect(page.words).toContain('Sign out of NHS CIS2 too')
    expect(await isIn(visitor)).toBe(false)
  })
})

describe('[F14] a provider’s answer opens nothing', () => {
  test.each([
    ['with another state', { state: 'x'.repeat(43) }],
    ['without a state', { state: null }],
    ['from another issuer', { iss: 'https://evil.example' }],
    ['with another code', { code: 'x'.repeat(43) }],
    ['that is a refusal', { code: null, error: 'access_denied' }],
  ])('%s', async (_, changed) => {
    const one = person()
    await linkedUser({ sub: one.sub })
    const meddle = (address: URL) => {
      for (const [name, value] of Object.entries(changed)) {
        if (value === null) address.searchParams.delete(name)
        else address.searchParams.set(name, value)
      }
    }
    const visitor = await signInAs(one, { meddle })
    expect(visitor.page.title).toBe('You are not signed in')
    expect(visitor.page.words).not.toContain('access_denied')
    expect(await isIn(visitor)).toBe(false)
  })

  test('in another browser than the one that went there', async () => {
    const one = person()
    await linkedUser({ sub: one.sub })
    there.next(one)
    const back = new URL(await there.through((await door.visitor().open(`/sign-in/with/${id}`)).path))
    const thief = door.visitor()
    await thief.open('/sign-in')
    expect((await thief.open(back.pathname + back.search)).words).toContain('another browser')
    expect(await isIn(thief)).toBe(false)
  })

  test('twice: neither the same address nor its code in another sign-in', async () => {
    const one = person()
    await linkedUser({ sub: one.sub })
    const visitor = door.visitor()
    let used = new URL('http://localhost')
    await signInAs(one, {
      visitor,
      meddle: address => {
        used = new URL(address)
      },
    })
    expect(await isIn(visitor)).toBe(true)
    await visitor.submit({}, '/sign-out')
    expect((await visitor.open(used.pathname + used.search)).words).toContain('used already')
    await signInAs(one, { visitor, meddle: address => address.searchParams.set('code', used.searchParams.get('code')!) })
    expect(visitor.page.title).toBe('You are not signed in')
    expect(await isIn(visitor)).toBe(false)
  })

  test.each([
    ['with another nonce', 'nonce', 'OAUTH_JWT_CLAIM_COMPARISON_FAILED'],
    ['to whoever did not begin it (PKCE)', 'code_verifier', 'OAUTH_RESPONSE_BODY_ERROR'],
  ])('%s', async (_, column, because) => {
    const one = person()
    await linkedUser({ sub: one.sub })
    there.next(one)
    const visitor = door.visitor()
    const back = new URL(await there.through((await visitor.open(`/sign-in/with/${id}`)).path))
    await database.admin.query(`update provider_sign_ins set ${column} = repeat('x', 43)`)
    expect((await visitor.open(back.pathname + back.search)).title).toBe('You are not signed in')
    expect(await whyRefused()).toBe(because)
    expect(await isIn(visitor)).toBe(false)
  })

  test('whose token has expired', async () => {
    const one = person()
    await linkedUser({ sub: one.sub })
    there.tokensLast(-120)
    const visitor = await signInAs(one)
    there.tokensLast(600)
    expect(visitor.page.title).toBe('You are not signed in')
    expect(await whyRefused()).toBe('OAUTH_JWT_TIMESTAMP_CHECK_FAILED')
    expect(await isIn(visitor)).toBe(false)
  })

  test.each([
    ['signed in too weakly', { acr: 'AAL2_OR_AAL3_ANY' }, 'not enough: acr'],
    ['whose identity was not proved', { claims: { id_assurance_level: '1' } }, 'not enough: id_assurance_level'],
  ] as const)('to somebody %s', async (_, given, because) => {
    const one = person(given as Partial<Person>)
    await linkedUser({ sub: one.sub })
    const visitor = await signInAs(one)
    expect(visitor.page.words).toContain('not strong enough')
    expect(await whyRefused()).toBe(because)
    expect(await isIn(visitor)).toBe(false)
  })

  test('to somebody who is not linked, whose account is disabled, or who is of an agency that it is not for: all read the same', async () => {
    const [unknown, disabled, elsewhere] = [person(), person(), person()]
    const user = await linkedUser({ sub: disabled.sub })
    await database.admin.query(`update users set status = 'disabled' where id = $1`, [user.id])
    const words = []
    for (const one of [unknown, disabled]) {
      const visitor = await signInAs(one)
      words.push(visitor.page.words.replace(one.sub, 'N'))
      expect(await isIn(visitor)).toBe(false)
    }
    await linkedUser({ sub: elsewhere.sub })
    const other = await addAgency(database)
    await database.admin.query('update sign_in_providers set agency = $1 where id = $2', [other.principal, id])
    words.push((await signInAs(elsewhere)).page.words.replace(elsewhere.sub, 'N'))
    await database.admin.query('update sign_in_providers set agency = null where id = $1', [id])
    expect(new Set(words).size).toBe(1)
    expect(words[0]).toContain('Give your agency’s administrator this number: N')
  })

  test('while it is not in use', async () => {
    await database.admin.query('update sign_in_providers set enabled = false where id = $1', [id])
    expect((await door.visitor().open(`/sign-in/with/${id}`)).path).toBe('/sign-in')
    expect((await door.visitor().open('/sign-in')).words).not.toContain('NHS CIS2')
    await database.admin.query('update sign_in_providers set enabled = true where id = $1', [id])
  })
})

describe('[F14] [E8] somebody invited', () => {
  test('is known once, by an email address that the issuer says is verified', async () => {
    const user = await invitedUser()
    const one = person({ claims: { email: user.email.toUpperCase(), email_verified: true } })
    const visitor = await signInAs(one)
    expect((await visitor.open('/account')).words).toContain(user.name)
    const { rows } = await database.admin.query('select subject, linked_by from provider_identities where user_id = $1', [user.id])
    expect(rows).toEqual([{ subject: one.sub, linked_by: null }])
    // Somebody else there with the same address is not.
    const another = await signInAs(person({ claims: { email: user.email, email_verified: true } }))
    expect(another.page.title).toBe('You have no account here yet')
  })

  test.each([
    ['whose address is not verified', { email_verified: false }, 'invited'],
    ['whose issuer does not say', {}, 'invited'],
    ['whose issuer says so in a word', { email_verified: 'true' }, 'invited'],
    ['who has been in before', { email_verified: true }, 'active'],
  ] as const)('is not known by it: %s', async (_, claims, status) => {
    const user = await invitedUser()
    await database.admin.query('update users set status = $1 where id = $2', [status, user.id])
    const visitor = await signInAs(person({ claims: { email: user.email, ...claims } }))
    expect(visitor.page.title).toBe('You have no account here yet')
    expect(await isIn(visitor)).toBe(false)
  })

  test('to a role of the authority is not known by it: an issuer does not hand out our keys', async () => {
    const role = { ...(await addRole(database, ['manage-authority'], { authorityOnly: true })), authorityOnly: true }
    const user = await invitedUser(role)
    const visitor = await signInAs(person({ claims: { email: user.email, email_verified: true } }))
    expect(visitor.page.title).toBe('You have no account here yet')
  })
})

describe('[E8] what was given there counts for what a role needs', () => {
  test.each([
    ['any', 'AAL2_ANY', true],
    ['any', 'AAL1_USERPASS', 'Set up your second factor'],
    ['phishing-resistant', 'AAL3_ANY', true],
    ['phishing-resistant', 'AAL2_ANY', 'Set up a passkey or security key'],
  ] as const)('a role that needs %s, signed in there by %s', async (needed, acr, outcome) => {
    const role = await addRole(database, ['read-records'])
    await database.admin.query('update roles set factor_needed = $1 where id = $2', [needed, role.id])
    const one = person({ acr })
    await linkedUser({ sub: one.sub, role })
    const visitor = await signInAs(one)
    if (outcome === true) expect(await isIn(visitor)).toBe(true)
    else expect(visitor.page.title).toBe(outcome)
  })
})

describe('[E8] showing there once more who one is', () => {
  test('is asked afresh, proves it to the session that asked, and begins no other', async () => {
    const one = person()
    const user = await linkedUser({ sub: one.sub })
    const visitor = await signInAs(one)
    const again = async (who: Person) => {
      await database.admin.query(`update sessions set proved_at = now() - interval '2 hours' where user_id = $1`, [user.id])
      there.next(who)
      const sent = new URL((await visitor.open(`/sign-in/with/${id}?return=%2Faccount&again=yes`)).path)
      expect([sent.searchParams.get('prompt'), sent.searchParams.get('max_age')]).toEqual(['login', '0'])
      const back = new URL(await there.through(sent.href))
      await visitor.open(back.pathname + back.search)
      const { rows } = await database.admin.query(
        `select proved_at > now() - interval '1 minute' as lately from sessions where user_id = $1 and ended_at is null`,
        [user.id],
      )
      return rows
    }
    expect(await again(one)).toEqual([{ lately: true }])
    expect(visitor.page.path).toBe('/account')

    // Somebody else at the same screen, who is let in there and not here as this user.
    const other = person()
    await linkedUser({ sub: other.sub })
    expect(await again(other)).toEqual([{ lately: false }])
    expect(visitor.page.words).toContain('It was not you')
  })
})
