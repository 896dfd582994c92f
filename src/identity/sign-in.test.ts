import { TOTP } from 'otpauth'
import { h, type VNode } from 'preact'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addAgency, addPost, addRole, addTeam, addUser, type Team, type User } from '../../test/factories/world.ts'
import { type TestDatabase, testDatabase } from '../../test/harness/database.ts'
import { type FrontDoor, frontDoor, type Visitor } from '../../test/harness/front-door.ts'
import { page, redirect } from '../platform/web/answer.ts'
import { firstPassword, hashPassword, setPassword } from './index.ts'

const password = 'kettle marble spanner'
const begin = new Date('2026-11-20T09:00:00Z')
let now = begin
const minutes = (count: number) => {
  now = new Date(now.getTime() + count * 60_000)
}
const clock = { now: () => now }

let database: TestDatabase
let door: FrontDoor
let team: Team
let hash: string
const noted: string[] = []

beforeAll(async () => {
  database = await testDatabase()
  team = await addTeam(database, await addAgency(database))
  hash = await hashPassword(password)
  door = await frontDoor(database, clock, {
    register: routes => {
      routes.get('/people/1', { may: 'read-records' }, async () => page('A person', 'A person' as never))
      const noteForm = ({ csrf, once }: { csrf: string; once: string }) =>
        h('form', { method: 'post', action: '/people/1' }, [
          h('input', { type: 'hidden', name: '_csrf', value: csrf }),
          h('input', { type: 'hidden', name: '_once', value: once }),
        ]) as VNode
      routes.post('/people/1', { may: 'record' }, async ({ fields, form }) => {
        if (fields.text('note') === 'wrong') return page('Note', noteForm(form), { hasErrors: true })
        noted.push(fields.text('note'))
        return redirect('/people/1', { notice: 'Saved.' })
      })
      routes.get('/people/1/note', { may: 'record' }, async ({ form }) => page('Note', noteForm(form)))
    },
  })
})
afterAll(async () => {
  expect(door.faults).toEqual([])
  await door.close()
})

/** A worker who can sign in. */
async function aWorker({ mustChange = false, of = team } = {}): Promise<User> {
  const user = await addUser(database, of)
  await setPassword(database.gate.kysely, now, user.id, hash, { mustChange })
  return user
}

async function signIn(visitor: Visitor, user: { email: string }, typed = password) {
  visitor.cookies.delete('lanyard')
  await visitor.open('/sign-in')
  return visitor.submit({ email: user.email, password: typed })
}

/** Says that the password is forgotten; answers the address that was mailed. */
async function askForLink(visitor: Visitor, user: { email: string }): Promise<string> {
  await visitor.open('/forgotten-password')
  await visitor.submit({ email: user.email })
  return door.linkMailedTo(user.email)
}

const eventsOf = async (userId: string) =>
  (await database.admin.query<{ action: string }>('select action from audit_events where user_id = $1 order by id', [userId])).rows.map(
    row => row.action,
  )

describe('signing in and out', () => {
  test('[U9] somebody signs in with their password, is remembered as signed in, and signs out; all of it is in the audit', async () => {
    const user = await aWorker()
    const visitor = door.visitor()
    expect((await signIn(visitor, user)).words).toContain(`You are ${user.name}`)
    const { rows } = await database.admin.query('select last_sign_in_at from users where id = $1', [user.id])
    expect(rows[0].last_sign_in_at).toEqual(now)
    expect((await visitor.submit({}, '/sign-out')).words).toContain('You have signed out.')
    expect((await visitor.open('/')).path).toMatch(/^\/sign-in/)
    expect(await eventsOf(user.id)).toEqual(['signed-in', 'signed-out'])
  })

  test('a wrong password, an unknown account and a disabled one read the same, and what was typed is kept', async () => {
    const user = await aWorker()
    const disabled = await aWorker()
    await database.admin.query(`update users set status = 'disabled' where id = $1`, [disabled.id])
    const words = []
    for (const [email, typed] of [
      [user.email, 'not the password'],
      ['nobody@porthkerris.example', password],
      [disabled.email, password],
    ] as const) {
      const answer = await signIn(door.visitor(), { email }, typed)
      expect(answer.status).toBe(422)
      expect(answer.title).toBe('Error: Sign in')
      expect(answer.html).toContain(`value="${email}"`)
      expect(answer.html).not.toContain(typed)
      words.push(answer.words)
    }
    expect(new Set(words).size).toBe(1)
    expect(words[0]).toContain('The email address or the password is not right')
    expect(await eventsOf(user.id)).toEqual(['sign-in-failed'])
  })

  test('nothing typed is asked for', async () => {
    const answer = await signIn(door.visitor(), { email: '' }, '')
    expect(answer.words).toContain('Enter your email address')
    expect(answer.words).toContain('Enter your password')
  })

  test('a sign-in form that is not ours is refused', async () => {
    const user = await aWorker()
    const visitor = door.visitor()
    const answer = await visitor.forge('/sign-in', { email: user.email, password })
    expect(answer.words).toContain('This page had been open too long')
    expect(visitor.cookies.has('lanyard')).toBe(false)
  })

  test('what is no form is refused before it is read, calmly', async () => {
    for (const type of ['text/plain', 'application/json']) {
      const answer = await door.server.inject({ method: 'POST', url: '/sign-in', headers: { 'content-type': type }, payload: '{}' })
      expect(answer.statusCode).toBe(415)
    }
  })

  test('one comes back to the page that one wanted, and never to somebody else’s', async () => {
    const user = await aWorker()
    const visitor = door.visitor()
    expect((await visitor.open('/people/1')).path).toBe('/sign-in?return=%2Fpeople%2F1')
    expect((await visitor.submit({ email: user.email, password })).title).toBe('A person')
    for (const elsewhere of ['https://evil.example/', '//evil.example', '/\\evil.example', '/sign-out', 'javascript:alert(1)']) {
      const other = door.visitor()
      await other.open(`/sign-in?return=${encodeURIComponent(elsewhere)}`)
      expect((await other.submit({ email: user.email, password })).path).toBe('/')
    }
  })

  test('over https the cookies are host-only, secure and out of script’s reach', async () => {
    const secureDoor = await frontDoor(database, clock, { secure: true })
    const first = await secureDoor.server.inject({ method: 'GET', url: '/sign-in' })
    expect(String(first.headers['set-cookie'])).toMatch(/^__Host-lanyard-form=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
    await secureDoor.close()
  })
})

describe('[S12] the first password', () => {
  test('is random, must be changed before anything else, and what is chosen is held to the rules', async () => {
    const user = await addUser(database, team, { status: 'invited' })
    const first = firstPassword()
    await setPassword(database.gate.kysely, now, user.id, await hashPassword(first), { mustChange: true })
    const visitor = door.visitor()
    expect((await signIn(visitor, user, first)).title).toBe('Choose your own password')
    expect((await visitor.open('/people/1')).path).toBe('/sign-in/new-password?return=%2Fpeople%2F1')
    expect((await visitor.submit({ 'new-password': 'short' })).words).toContain('12 characters or more')
    expect((await visitor.submit({ 'new-password': 'passwordpassword' })).words).toContain('often used')
    expect((await visitor.submit({ 'new-password': first })).words).toContain('must not be the one you were given')
    expect((await visitor.submit({ 'new-password': 'gorse harbour lintel' })).title).toBe('A person')
    const { rows } = await database.admin.query('select status from users where id = $1', [user.id])
    expect(rows[0].status).toBe('active')
    expect((await signIn(door.visitor(), user, first)).status).toBe(422)
    expect((await signIn(door.visitor(), user, 'gorse harbour lintel')).title).toBe('Home')
  })

  test('somebody changes their own password: they are signed out everywhere else', async () => {
    const user = await aWorker()
    const [here, elsewhere] = [door.visitor(), door.visitor()]
    await signIn(here, user)
    await signIn(elsewhere, user)
    await here.open('/account/password')
    expect((await here.submit({ password: 'not it at all', 'new-password': 'gorse harbour lintel' })).words).toContain(
      'This is not your password',
    )
    expect((await here.submit({ password, 'new-password': 'gorse harbour lintel' })).words).toContain('Your password has been changed')
    expect((await elsewhere.open('/')).title).toBe('Sign in')
    expect((await here.open('/')).title).toBe('Home')
  })
})

describe('[E8] the second factor', () => {
  const codeOf = (secret: string) => new TOTP({ secret }).generate({ timestamp: now.getTime() })
  const secretShown = (html: string) => /<code>([^<]+)</.exec(html)![1]!.replaceAll(' ', '').toUpperCase()

  async function anAdministrator(): Promise<User> {
    const user = await aWorker()
    const role = await addRole(database, ['manage-users'])
    await database.admin.query(`update roles set factor_needed = 'any' where id = $1`, [role.id])
    await database.admin.query('update posts set role_id = $1 where user_id = $2', [role.id, user.id])
    return user
  }

  test('is set up at first sign-in where the role needs it, asked for ever after, and each code lets in once', async () => {
    const user = await anAdministrator()
    const visitor = door.visitor()
    expect((await signIn(visitor, user)).title).toBe('Set up your second factor')
    expect(visitor.page.html).toContain('<svg')
    const earlier = secretShown(visitor.page.html)
    expect((await visitor.open('/')).title).toBe('Set up your second factor')
    const secret = secretShown(visitor.page.html)
    expect(secret).not.toBe(earlier)
    expect((await visitor.submit({ code: codeOf(earlier) })).words).toContain('The code is not right')
    expect(secretShown(visitor.page.html)).toBe(secret)
    const shown = await visitor.submit({ code: codeOf(secret) })
    expect(shown.title).toBe('Keep your recovery codes')
    const recoveryCodes = [...shown.html.matchAll(/<code>([^<]+)<\/code>/g)].map(match => match[1]!)
    expect(recoveryCodes).toHaveLength(10)
    expect((await visitor.open('/sign-in/code')).title).toBe('Home')

    // The code with which it was set up is used: the next sign-in waits for another.
    const again = door.visitor()
    expect((await signIn(again, user)).title).toBe('Enter your code')
    expect((await again.open('/account')).title).toBe('Enter your code')
    expect((await again.submit({ code: codeOf(secret) })).words).toContain('has been used already')
    minutes(1)
    const code = codeOf(secret)
    expect((await again.submit({ code })).title).toBe('Your account')
    const third = door.visitor()
    await signIn(third, user)
    expect((await third.submit({ code })).words).toContain('has been used already')

    await third.open('/sign-in/recovery-code')
    expect((await third.submit({ code: recoveryCodes[3]!.toUpperCase() })).title).toBe('Home')
    const fourth = door.visitor()
    await signIn(fourth, user)
    await fourth.open('/sign-in/recovery-code')
    expect((await fourth.submit({ code: recoveryCodes[3]! })).words).toContain('has been used already')
    expect((await third.open('/account/second-factor')).words).toContain('9 recovery codes left')
    expect((await third.open('/account/second-factor/turn-off')).status).toBe(404)

    const { rows } = await database.admin.query('select totp_secret from credentials where user_id = $1', [user.id])
    expect(rows[0].totp_secret).not.toContain(secret)
  })

  test('two requests with the same code at once: one is let in', async () => {
    const user = await anAdministrator()
    const visitor = door.visitor()
    await signIn(visitor, user)
    const secret = secretShown(visitor.page.html)
    await visitor.submit({ code: codeOf(secret) })
    minutes(1)
    const visitors = [door.visitor(), door.visitor()]
    for (const one of visitors) await signIn(one, user)
    const titles = await Promise.all(visitors.map(one => one.submit({ code: codeOf(secret) }).then(answer => answer.title)))
    expect(titles.sort()).toEqual(['Error: Enter your code', 'Home'])
  })

  test('codes cannot be guessed: after a few one waits', async () => {
    const user = await anAdministrator()
    const first = door.visitor('198.51.100.1')
    await signIn(first, user)
    const secret = secretShown(first.page.html)
    await first.submit({ code: codeOf(secret) })
    const guesser = door.visitor('203.0.113.50')
    await signIn(guesser, user)
    for (let i = 0; i < 5; i++) expect((await guesser.submit({ code: '123456' })).status).toBe(422)
    minutes(0.5)
    const refused = await guesser.submit({ code: codeOf(secret) })
    expect(refused.status).toBe(429)
    expect(refused.words).toContain('too many tries')
    minutes(2)
  })

  test('is not shown without the password; nobody sets up what somebody else was shown before', async () => {
    const user = await aWorker()
    const visitor = door.visitor()
    await signIn(visitor, user)
    expect((await visitor.open('/account/second-factor/set-up')).html).not.toContain('<svg')
    expect((await visitor.submit({ password: 'not my password' })).html).not.toContain('<svg')
    await visitor.submit({ password })
    const left = secretShown(visitor.page.html)
    expect((await visitor.submit({ code: '' })).words).toContain('Enter the code that your app shows')
    expect(secretShown(visitor.page.html)).toBe(left)

    // Shown again, in another browser: the page that was left behind sets up nothing, and shows nothing.
    const owner = door.visitor()
    await signIn(owner, user)
    await owner.open('/account/second-factor/set-up')
    await owner.submit({ password })
    const shown = secretShown(owner.page.html)
    expect(shown).not.toBe(left)
    expect((await visitor.submit({ code: codeOf(left) })).words).toContain('Begin again')
    expect(visitor.page.html).not.toContain('<svg')

    // A new password: what was being set up under the old one is gone.
    const elsewhere = owner.page
    await owner.open('/account/password')
    await owner.submit({ password, 'new-password': 'gorse harbour lintel' })
    owner.page = elsewhere
    expect((await owner.submit({ code: codeOf(shown) })).words).toContain('Begin again')
  })

  test('anybody may have one, and turn it off where their role does not need it', async () => {
    const user = await aWorker()
    const visitor = door.visitor()
    await signIn(visitor, user)
    await visitor.open('/account/second-factor/set-up')
    await visitor.submit({ password })
    const secret = secretShown(visitor.page.html)
    expect((await visitor.submit({ code: codeOf(secret) })).title).toBe('Keep your recovery codes')
    const other = door.visitor()
    expect((await signIn(other, user)).title).toBe('Enter your code')
    await visitor.open('/account/second-factor/turn-off')
    await visitor.submit({ password })
    expect((await signIn(door.visitor(), user)).title).toBe('Home')
    expect(await eventsOf(user.id)).toContain('second-factor-turned-off')
  })
})

describe('sessions', () => {
  test('end after half an hour without a request, and after twelve hours in any case', async () => {
    const user = await aWorker()
    const visitor = door.visitor()
    await signIn(visitor, user)
    minutes(29)
    expect((await visitor.open('/')).title).toBe('Home')
    minutes(29)
    expect((await visitor.open('/')).title).toBe('Home')
    minutes(31)
    expect((await visitor.open('/people/1')).title).toBe('Sign in')

    const busy = door.visitor()
    await signIn(busy, user)
    for (let i = 0; i < 28; i++) {
      minutes(25)
      expect((await busy.open('/')).title).toBe('Home')
    }
    minutes(25)
    expect((await busy.open('/')).title).toBe('Sign in')
  })

  test('end all the same where a page goes on asking by itself with nobody at it', async () => {
    const user = await aWorker()
    const visitor = door.visitor()
    await signIn(visitor, user)
    for (let minute = 1; minute <= 30; minute++) {
      minutes(1)
      expect((await visitor.open('/people/1?unattended')).title).toBe('A person')
    }
    minutes(1)
    expect((await visitor.open('/people/1?unattended')).title).toBe('Sign in')
  })

  test('are noted as in use at most once a minute', async () => {
    const user = await aWorker()
    const visitor = door.visitor()
    await signIn(visitor, user)
    const seen = async () =>
      (await database.admin.query('select last_seen_at from sessions where user_id = $1', [user.id])).rows[0].last_seen_at
    const first = await seen()
    minutes(0.5)
    await visitor.open('/')
    expect(await seen()).toEqual(first)
    minutes(0.6)
    await visitor.open('/')
    expect(await seen()).toEqual(now)
  })

  test('are listed, and ended one by one or all but this', async () => {
    const user = await aWorker()
    const [one, two, three] = [door.visitor(), door.visitor(), door.visitor()]
    for (const visitor of [one, two, three]) await signIn(visitor, user)
    expect((await one.open('/account/sessions')).words).toContain('Firefox on Windows')
    await one.submit({}, '/account/sessions/end')
    expect([(await two.open('/')).title, (await three.open('/')).title].sort()).toEqual(['Home', 'Sign in'])
    await one.open('/account/sessions')
    await one.forge('/account/sessions/end', { session: 'others' })
    expect([(await two.open('/')).title, (await three.open('/')).title]).toEqual(['Sign in', 'Sign in'])
    expect((await one.open('/')).title).toBe('Home')
  })

  test('nobody ends somebody else’s', async () => {
    const [mine, theirs] = [await aWorker(), await aWorker()]
    const [me, them] = [door.visitor(), door.visitor()]
    await signIn(me, mine)
    await signIn(them, theirs)
    const { rows } = await database.admin.query('select id from sessions where user_id = $1', [theirs.id])
    await me.open('/account/sessions')
    expect((await me.forge('/account/sessions/end', { session: rows[0].id })).status).toBe(404)
    expect((await them.open('/')).title).toBe('Home')
  })
})

describe('what was posted after a time-out', () => {
  async function timedOutWhileWriting(user: User, note: string) {
    const visitor = door.visitor()
    await signIn(visitor, user)
    await visitor.open('/people/1/note')
    minutes(45)
    await visitor.submit({ note })
    expect(visitor.page.title).toBe('Sign in')
    return visitor
  }

  test('is offered again when the same user is back, saved once when they say so, and not offered afterwards', async () => {
    const user = await aWorker()
    const visitor = await timedOutWhileWriting(user, 'Rang Mrs Penrose <back>')
    expect(noted).not.toContain('Rang Mrs Penrose <back>')
    const offered = await visitor.submit({ email: user.email, password })
    expect(offered.title).toBe('You were signed out before this was saved')
    expect(offered.words).toContain('Rang Mrs Penrose <back>')
    expect((await visitor.submit({}, '/people/1')).title).toBe('A person')
    expect(noted.filter(note => note === 'Rang Mrs Penrose <back>')).toHaveLength(1)
    expect((await signIn(visitor, user)).title).toBe('Home')
    expect((await visitor.open('/sign-in/unsaved')).title).toBe('Home')
  })

  test('is not offered again once it was put right and saved from the page that said what was wrong with it', async () => {
    const user = await aWorker()
    const visitor = await timedOutWhileWriting(user, 'wrong')
    await visitor.submit({ email: user.email, password })
    expect((await visitor.submit({}, '/people/1')).status).toBe(422)
    expect((await signIn(door.visitor(), user)).title, 'not yet').toBe('You were signed out before this was saved')
    expect((await visitor.submit({ note: 'Put right' })).title).toBe('A person')
    expect(noted).toContain('Put right')
    expect((await signIn(door.visitor(), user)).title).toBe('Home')
  })

  test('is kept before what was typed earlier: of more than twenty the oldest goes', async () => {
    const user = await aWorker()
    await database.admin.query(
      `insert into held_posts (id, user_id, path, fields, held_at, expires_at)
       select gen_random_uuid(), $1, '/people/' || n, '{}', $2::timestamptz + n * interval '1 second', $2::timestamptz + interval '2 hours' from generate_series(1, 20) n`,
      [user.id, now],
    )
    await timedOutWhileWriting(user, 'The twenty-first')
    const { rows } = await database.admin.query('select path, fields from held_posts where user_id = $1 order by held_at desc', [user.id])
    expect(rows).toHaveLength(20)
    expect(JSON.stringify(rows[0].fields)).toContain('The twenty-first')
    expect(rows.at(-1).path).toBe('/people/2')
  })

  test('is not shown to somebody else who signs in at the same browser', async () => {
    const [user, other] = [await aWorker(), await aWorker()]
    const visitor = await timedOutWhileWriting(user, 'For my eyes')
    const page = await visitor.submit({ email: other.email, password })
    expect(page.title).not.toContain('signed out before')
    expect((await visitor.open('/sign-in/unsaved')).words).not.toContain('For my eyes')
  })

  test('is kept for its own user alone when the cookie is gone, and when somebody else is signed in by then', async () => {
    const [user, other] = [await aWorker(), await aWorker()]
    const visitor = door.visitor()
    await signIn(visitor, user)
    await visitor.open('/people/1/note')
    const form = visitor.page
    visitor.cookies.delete('lanyard')
    await visitor.submit({ note: 'Written without a cookie' })
    expect(visitor.page.title).toBe('Sign in')
    expect((await signIn(door.visitor(), user)).words).toContain('Written without a cookie')
    expect((await visitor.submit({ email: other.email, password })).title).not.toContain('signed out before')
    visitor.page = form
    const asOther = await visitor.submit({ note: 'Posted as somebody else' })
    expect(asOther.words).not.toContain('Posted as somebody else')
    expect((await visitor.open('/sign-in/unsaved')).title).toBe('Home')
    expect(noted).not.toContain('Posted as somebody else')

    const back = door.visitor()
    const offered = await signIn(back, user)
    expect(offered.title).toBe('You were signed out before this was saved')
    expect(offered.words).toContain('Posted as somebody else')
    await back.submit({}, '/people/1')
    expect(noted).toContain('Posted as somebody else')
  })

  test('is gone after an hour, and when it is discarded', async () => {
    const user = await aWorker()
    const visitor = await timedOutWhileWriting(user, 'Old words')
    minutes(61)
    expect((await signIn(visitor, user)).title).toBe('Home')
    const again = await timedOutWhileWriting(user, 'Unwanted words')
    await again.submit({ email: user.email, password })
    await again.submit({}, '/sign-in/unsaved')
    expect(again.page.words).toContain('discarded')
    expect((await signIn(again, user)).title).toBe('Home')
    expect(noted).not.toContain('Unwanted words')
  })

  test('is not kept when it was not a form of ours, nor after signing out', async () => {
    const user = await aWorker()
    const visitor = door.visitor()
    await signIn(visitor, user)
    minutes(45)
    await visitor.forge('/people/1', { _csrf: 'guessed', note: 'Forged' })
    expect((await signIn(visitor, user)).title).toBe('Home')
    const token = visitor.cookies.get('lanyard')!
    await visitor.open('/people/1/note')
    const form = visitor.page
    await visitor.open('/')
    await visitor.submit({}, '/sign-out')
    visitor.cookies.set('lanyard', token)
    visitor.page = form
    await visitor.submit({ note: 'After signing out' })
    expect((await signIn(visitor, user)).title).toBe('Home')
  })
})

describe('[F19] terms of use', () => {
  test('are accepted per agency at sign-in, once, and again when they change; what was being written meanwhile is kept', async () => {
    const agency = await addAgency(database)
    const ours = await addTeam(database, agency)
    const user = await aWorker({ of: ours })
    await database.admin.query(`update agencies set terms = $2, terms_version = 1 where id = $1`, [
      agency.id,
      'Use it for work alone.\n\nTell nobody.',
    ])
    const visitor = door.visitor()
    await visitor.open('/people/1')
    expect((await visitor.submit({ email: user.email, password })).title).toBe(`Terms of use of ${agency.name}`)
    expect(visitor.page.words).toContain('Tell nobody.')
    expect((await visitor.open('/people/1')).title).toBe(`Terms of use of ${agency.name}`)
    expect((await visitor.submit()).title).toBe('A person')
    expect((await signIn(door.visitor(), user)).title).toBe('Home')

    await visitor.open('/people/1/note')
    await database.admin.query(`update agencies set terms = 'New terms.', terms_version = 2 where id = $1`, [agency.id])
    expect((await visitor.submit({ note: 'Written while the terms changed' })).title).toBe(`Terms of use of ${agency.name}`)
    expect((await visitor.submit()).title).toBe('You were signed out before this was saved')
    await visitor.submit({}, '/people/1')
    expect(noted).toContain('Written while the terms changed')

    const { rows } = await database.admin.query('select version from terms_acceptances where user_id = $1 order by version', [user.id])
    expect(rows).toEqual([{ version: 1 }, { version: 2 }])
    expect((await signIn(door.visitor(), await aWorker())).title).toBe('Home')
  })

  test('of every agency in which somebody has a post are asked for, from the next page after it was given', async () => {
    const [home, other] = [await addAgency(database), await addAgency(database)]
    const user = await aWorker({ of: await addTeam(database, home) })
    const there = await addTeam(database, other)
    await database.admin.query(`update agencies set terms = 'Terms of ' || name, terms_version = 1 where id = any ($1)`, [
      [home.id, other.id],
    ])
    const visitor = door.visitor()
    expect((await signIn(visitor, user)).title).toBe(`Terms of use of ${home.name}`)
    expect((await visitor.submit()).title).toBe('Home')
    await addPost(database, user, there)
    expect((await visitor.open('/people/1')).title).toBe(`Terms of use of ${other.name}`)
    // Pressed twice, or on an older page: nobody accepts what they were not shown.
    await visitor.forge('/sign-in/terms', { agency: home.id, version: '1' })
    expect((await visitor.open('/people/1')).title).toBe(`Terms of use of ${other.name}`)
    expect((await visitor.submit()).title).toBe('A person')
    expect((await visitor.open('/account')).words).toContain(`, ${other.name}`)
  })

  test('whoever does not accept is signed out', async () => {
    const agency = await addAgency(database)
    const user = await aWorker({ of: await addTeam(database, agency) })
    await database.admin.query(`update agencies set terms = 'Terms.', terms_version = 1 where id = $1`, [agency.id])
    const visitor = door.visitor()
    await signIn(visitor, user)
    expect((await visitor.submit({}, '/sign-out')).words).toContain('You have signed out')
    expect((await visitor.open('/')).title).toBe('Sign in')
  })
})

describe('a new password by e-mail', () => {
  test('a link is sent, works once, ends every session, and lets the owner back in past a lock', async () => {
    const user = await aWorker()
    const signedIn = door.visitor('198.51.100.7')
    await signIn(signedIn, user)
    const guesser = door.visitor('203.0.113.8')
    for (let i = 0; i < 5; i++) await signIn(guesser, user, 'guess number one')
    expect((await signIn(guesser, user)).status).toBe(429)

    minutes(0.1)
    const owner = door.visitor('192.0.2.44')
    await owner.open('/forgotten-password')
    expect((await owner.submit({ email: user.email.toUpperCase() })).title).toBe('Check your email')
    const link = await door.linkMailedTo(user.email)
    expect((await owner.open(link)).title).toBe('Set a new password')
    expect((await owner.submit({ 'new-password': 'too short' })).words).toContain('12 characters or more')
    expect((await owner.submit({ 'new-password': 'gorse harbour lintel' })).words).toContain('Your password has been set')
    expect((await owner.submit({ email: user.email, password: 'gorse harbour lintel' })).title).toBe('Home')
    expect((await signedIn.open('/')).title).toBe('Sign in')
    expect((await owner.open(link)).status).toBe(410)
  })

  test('nothing tells whether there is an account', async () => {
    const user = await aWorker()
    const words = []
    for (const email of [user.email, 'nobody-at-all@porthkerris.example']) {
      const visitor = door.visitor('192.0.2.45')
      await visitor.open('/forgotten-password')
      words.push((await visitor.submit({ email })).words.replace(email, 'x'))
    }
    expect(words[0]).toBe(words[1])
    const { rows } = await database.admin.query(`select from mails where recipient = 'nobody-at-all@porthkerris.example'`)
    expect(rows).toHaveLength(0)
  })

  test('a link dies when its user sets a password of their own meanwhile', async () => {
    const user = await aWorker()
    const finder = door.visitor()
    const link = await askForLink(finder, user)
    expect((await finder.open(link)).status).toBe(200)
    const owner = door.visitor()
    await signIn(owner, user)
    await owner.open('/account/password')
    expect((await owner.submit({ password, 'new-password': 'gorse harbour lintel' })).words).toContain('has been changed')
    expect((await finder.open(link)).status).toBe(410)
  })

  test('a link dies after an hour', async () => {
    const user = await aWorker()
    const visitor = door.visitor()
    const link = await askForLink(visitor, user)
    minutes(61)
    expect((await visitor.open(link)).words).toContain('Have another one sent')
    expect((await visitor.open('/set-password/made-up')).status).toBe(410)
  })
})

describe('guessing', () => {
  test('an account is not opened by guesses from elsewhere, and its owner is not locked out by them', async () => {
    const user = await aWorker()
    const owner = door.visitor('198.51.100.20')
    await signIn(owner, user)
    await owner.submit({}, '/sign-out')
    const guesser = door.visitor('203.0.113.20')
    for (let i = 0; i < 5; i++) expect((await signIn(guesser, user, `guess number ${i}`)).status).toBe(422)
    const refused = await signIn(guesser, user)
    expect(refused.status).toBe(429)
    expect(refused.words).toContain('Try again in a minute')
    expect(refused.words).toContain('set a new one: you can then sign in at once')
    expect((await signIn(owner, user)).title).toBe('Home')
    minutes(2)
    expect((await signIn(guesser, user)).title).toBe('Home')
  })

  test('a hundred guesses sent at once are counted one after another', async () => {
    const user = await aWorker()
    const visitors = Array.from({ length: 25 }, (_, i) => door.visitor(`203.0.113.${100 + i}`))
    for (const visitor of visitors) await visitor.open('/sign-in')
    const answers = await Promise.all(visitors.map(visitor => visitor.submit({ email: user.email, password: 'the wrong one' })))
    expect(answers.filter(answer => answer.status === 422)).toHaveLength(5)
    expect(answers.filter(answer => answer.status === 429)).toHaveLength(20)
  })
})
