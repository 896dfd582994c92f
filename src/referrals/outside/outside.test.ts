import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addColleague, type Colleague } from '../../../test/factories/colleagues.ts'
import { addReferralPage, fillInPublic, nothing, outsiderOf, sendPublic, whoAndHow, why } from '../../../test/factories/outside.ts'
import { addAgency, addTeam, type Team } from '../../../test/factories/world.ts'
import { type Product, startProduct } from '../../../test/harness/product.ts'
import { type Fields, visitorOf } from '../../../test/harness/visitor.ts'
import { type MailServer, startMailServer } from '../../../test/peers/mail-server.ts'
import { asStranger } from '../../platform/stranger.ts'
import { limits, mayTry } from './limits.ts'

let mail: MailServer
let product: Product
let team: Team
let administrator: Colleague
let open: string
let closed: string
let off: string

beforeAll(async () => {
  mail = await startMailServer()
  product = await startProduct({ smtpUrl: mail.url })
  const { database } = product
  const council = await addAgency(database, { isAuthority: true })
  team = await addTeam(database, council, ['early-help', 'drug-and-alcohol', 'domestic-abuse'], 'Early Help West')
  administrator = await addColleague(database, team, { role: 'Authority administrator', serviceArea: null })
  open = await addReferralPage(product, administrator, team)
  closed = await addReferralPage(product, administrator, team, { serviceArea: 'drug-and-alcohol', name: 'Stop drinking', state: 'closed' })
  off = await addReferralPage(product, administrator, team, { serviceArea: 'domestic-abuse', name: 'Be safe', state: 'off' })
})
afterAll(async () => {
  expect(product.faults).toEqual([])
  await product.close()
  await mail.close()
})

const rows = async <T extends object>(query: string, ...values: unknown[]) => (await product.database.admin.query<T>(query, values)).rows
const drafts = () => rows<{ id: string }>(`select id from outside_referrals where state = 'draft'`)
const codesTo = (to: string) =>
  mail.taken.filter(one => one.to.includes(to)).map(one => /(\d{4}) (\d{4})/.exec(one.message)!.slice(1).join(''))
const codeSentTo = async (to: string, count = 1): Promise<string> => {
  await expect.poll(() => codesTo(to).length, { timeout: 30_000 }).toBe(count)
  return codesTo(to).at(-1)!
}

describe('[V6] a referral page', () => {
  test('is listed while it is open, or closed with whom to ring instead, and is not there while it is off', async () => {
    const outsider = outsiderOf(product)
    const list = await outsider.get('/refer')
    expect(list.words).toContain('Ask for help at home')
    expect(list.words).toContain('Stop drinking – closed at the moment')
    expect(list.words).not.toContain('Be safe')
    const holding = await outsider.get(`/refer/${closed}`)
    expect(holding.words).toContain('Ring 01632 960 110 instead')
    expect(holding.html).not.toContain('<form')
    expect((await outsider.get(`/refer/${off}`)).status).toBe(404)
    expect((await outsider.get('/refer/zzzzzzzz')).status).toBe(404)
  })

  test('is found where one signs in, and says in its header whose page it is', async () => {
    const outsider = outsiderOf(product)
    expect((await outsider.get('/sign-in')).html).toMatch(/href="\/refer"[^>]*>\s*Ask for help, or refer somebody, without an account/)
    const authority = (await rows<{ name: string }>('select name from authorities'))[0]!.name
    for (const path of ['/refer', `/refer/${open}`])
      expect(/<header>.*?<\/header>/s.exec((await outsider.get(path)).html)?.[0]).toContain(authority)
  })

  test('tells nothing in its title or address, and has a way out', async () => {
    const outsider = outsiderOf(product)
    for (const path of ['/refer', `/refer/${open}`, '/refer/return', '/refer/code']) {
      const { html } = await outsider.get(path)
      expect(html).toContain('<title>Your page</title>')
      expect(html).toContain('Exit this page')
      expect(path).not.toMatch(/help|early|abuse|drug/)
    }
  })

  test('is filled in page by page, checked and sent; then nothing of it is left in the browser', async () => {
    const outsider = outsiderOf(product)
    const check = await fillInPublic(outsider, open)
    expect((await outsider.get(check)).words).toContain('I drink too much')
    const number = await sendPublic(product, open, { outsider })
    expect(number).toMatch(/^[2-9B-Y]{4}-[2-9B-Y]{4}$/)
    const sent = await outsider.get('/refer/sent')
    expect(sent.words).toContain('We ring you within five working days')
    expect(sent.words).not.toContain('Penrose')
    // The first draft of this browser went with its cookie.
    expect((await outsider.get(check)).status).toBe(404)
    const [row] = await rows<{ state: string; holder: string }>('select state, holder from outside_referrals where number = $1', number)
    expect(row).toEqual({ state: 'sent', holder: '' })
  })

  test('says what to put right, keeps what was typed, and sends nothing that lacks an answer', async () => {
    const outsider = outsiderOf(product)
    const first = (await outsider.fill(`/refer/${open}`)).location!
    const wrong = await outsider.fill(first, { ...whoAndHow, family: '', 'born-month': '13' })
    expect(wrong.status).toBe(422)
    expect(wrong.html).toContain('There is a problem')
    expect(wrong.words).toContain('Enter the last name')
    expect(wrong.html).toContain('value="13"')
    const id = first.split('/')[3]!
    expect((await outsider.get(`/refer/form/${id}/check`)).words).toContain('Before it can be sent')
    expect((await outsider.get(`/refer/form/${id}/check`)).words).not.toContain('Once it is sent')
    expect(await rows('select from outside_referrals where id = $1 and answers ? $2', id, 'given')).toHaveLength(1)
  })

  test('asks what an answer makes needful as soon as it is given, and keeps nothing of it', async () => {
    const outsider = outsiderOf(product)
    const first = (await outsider.fill(`/refer/${open}`)).location!
    const { html } = await outsider.get(first)
    const address = /data-asking="([^"]+)"/.exec(html)![1]!
    const csrf = /name="_csrf" value="([^"]+)"/.exec(html)![1]!
    const visitor = visitorOf(product)
    const now = async (fields: Fields) => {
      const reply = await outsider.ask(address, { ...fields, _asked: 'source referrer_name telephone safe_contact' }, csrf)
      return JSON.parse(reply.html) as { shown: string[] }
    }
    expect((await now({ source: 'self' })).shown).not.toContain('referrer_name')
    expect((await now({ source: 'family' })).shown).toEqual(expect.arrayContaining(['referrer_name', 'referrer_contact', 'consent']))
    expect((await now({ telephone: '07700 900123' })).shown).toContain('safe_contact')
    expect(await rows(`select answers from outside_referrals where id = $1`, first.split('/')[3])).toEqual([{ answers: {} }])
    // Another browser is not told either.
    await visitor.get('/refer')
    expect((await visitor.post(address, { source: 'family' }, { csrf })).html).not.toContain('referrer_name')
  })

  test('takes no telephone number that nobody could ring, and lets whoever leaves at once leave', async () => {
    const outsider = outsiderOf(product)
    const first = (await outsider.fill(`/refer/${open}`)).location!
    const wrong = await outsider.fill(first, { ...whoAndHow, telephone: 'abc' })
    expect(wrong.status).toBe(422)
    expect(wrong.words).toContain('Enter a telephone number')
    expect((await outsider.fill(first, { ...whoAndHow, source: 'family' })).words).toContain('Select yes if they agree')
    const half = await outsider.fill(first, { ...whoAndHow, 'born-month': '13', _then: 'leave' })
    expect(half.location).toBe(first.replace(/\d$/, 'save'))
    expect((await outsider.get(first)).html).toContain('value="13"')
    expect((await outsider.get(first.replace(/\d$/, 'check'))).words).toContain('Date of birth must be a real date')
  })

  test('takes a file by what is in it, and refuses one that a computer would run', async () => {
    const outsider = outsiderOf(product)
    const first = (await outsider.fill(`/refer/${open}`)).location!
    const second = (await outsider.fill(first, whoAndHow)).location!
    const program = new File([Buffer.from('4d5a90000300000004000000ffff0000', 'hex')], 'letter.pdf', { type: 'application/pdf' })
    const refused = await outsider.fill(second, {
      reason: 'Please help',
      urgency: 'routine',
      needs: '',
      papers: program,
      _then: 'continue',
    })
    expect(refused.status).toBe(422)
    expect(refused.words).toContain('Please help')
    const letter = new File(['A letter from school'], 'letter.txt', { type: 'text/plain' })
    await outsider.fill(second, { reason: 'Please help', urgency: 'routine', needs: '', papers: letter, _then: 'continue' })
    expect((await outsider.get(second.replace(/\d$/, 'check'))).words).toContain('letter.txt')
    const large = new File([Buffer.alloc(10 * 1024 * 1024 + 1, 65)], 'large.txt', { type: 'text/plain' })
    const tooLarge = await outsider.fill(second, { reason: 'Please help', urgency: 'routine', needs: '', papers: large, _then: 'continue' })
    expect(tooLarge.words).toContain('must be smaller than 10 MB')
    expect(await rows('select name from outside_files')).toEqual([{ name: 'letter.txt' }])
    // Somebody else neither sees the draft nor adds a file to it.
    const other = outsiderOf(product)
    await other.get('/refer')
    expect((await other.get(second)).status).toBe(404)
    await outsider.fill(second.replace(/\d$/, 'remove'))
    expect(await rows('select from outside_files')).toEqual([])
  })

  test('closed while somebody writes: what was written is kept, and they read whom to ring', async () => {
    const outsider = outsiderOf(product)
    const check = await fillInPublic(outsider, open)
    await rows(`update outside_pages set state = 'closed' where code = $1`, open)
    const page = await outsider.get(check)
    expect(page.words).toContain('This page has closed meanwhile')
    await rows(`update outside_pages set state = 'open' where code = $1`, open)
    expect((await outsider.get(check)).words).toContain('Once it is sent')
  })
})

test('[V6] whoever leaves in a hurry leaves nothing open behind them', async () => {
  const outsider = outsiderOf(product)
  const check = await fillInPublic(outsider, open)
  expect((await outsider.get(check)).html).toContain('href="/refer/leave"')
  expect((await outsider.get('/refer/leave')).location).toBe('https://www.bbc.co.uk/weather')
  expect((await outsider.get(check)).status).toBe(404)
})

describe('[V6] saved to come back', () => {
  test('opens in another browser by the address and the code, once; the e-mail says nothing of it', async () => {
    const outsider = outsiderOf(product)
    const check = await fillInPublic(outsider, open)
    const id = check.split('/')[3]!
    expect((await outsider.fill(`/refer/form/${id}/save`, { email: 'nobody' })).status).toBe(422)
    expect((await outsider.fill(`/refer/form/${id}/save`, { email: 'Jago@example.org' })).location).toBe('/refer/saved')
    expect((await outsider.get(check)).status).toBe(404)
    const code = await codeSentTo('Jago@example.org')
    expect(mail.taken.at(-1)!.message).not.toMatch(/Penrose|drink|help|early|refer somebody/i)
    const elsewhere = outsiderOf(product)
    expect((await elsewhere.fill('/refer/code', { email: 'jago@example.org', code: '00000000' })).status).toBe(422)
    const back = await elsewhere.fill('/refer/code', { email: ' jago@EXAMPLE.org ', code: `${code.slice(0, 4)} ${code.slice(4)}` })
    expect(back.location).toBe(check)
    expect((await elsewhere.get(check)).words).toContain('I drink too much')
    // Used up.
    expect((await outsiderOf(product).fill('/refer/code', { email: 'jago@example.org', code })).status).toBe(422)
    // Neither the address nor a code stands in the database.
    expect(JSON.stringify(await rows('select * from outside_referrals'))).not.toMatch(/jago@|example\.org/i)
  })

  test('goes on at the first page that is not finished, and not with a list of what is missing', async () => {
    const outsider = outsiderOf(product)
    const first = (await outsider.fill(`/refer/${open}`)).location!
    const second = (await outsider.fill(first, whoAndHow)).location!
    await outsider.fill(second.replace(/\d$/, 'save'), { email: 'half@example.org' })
    const code = await codeSentTo('half@example.org')
    expect((await outsiderOf(product).fill('/refer/code', { email: 'half@example.org', code })).location).toBe(second)
  })

  test('another code takes the place of the one before, and all looks the same for an address that nobody saved under', async () => {
    const outsider = outsiderOf(product)
    const id = (await fillInPublic(outsider, open)).split('/')[3]!
    await outsider.fill(`/refer/form/${id}/save`, { email: 'again@example.org' })
    const first = await codeSentTo('again@example.org')
    const known = await outsiderOf(product).fill('/refer/return', { email: 'again@example.org' })
    const second = await codeSentTo('again@example.org', 2)
    const unknown = await outsiderOf(product).fill('/refer/return', { email: 'never@example.org' })
    expect(known.words.replaceAll('again@', '')).toBe(unknown.words.replaceAll('never@', ''))
    expect(codesTo('never@example.org')).toEqual([])
    expect((await outsiderOf(product).fill('/refer/code', { email: 'again@example.org', code: first })).status).toBe(422)
    expect((await outsiderOf(product).fill('/refer/code', { email: 'again@example.org', code: second })).status).toBe(303)
  })

  test('a code is guessed five times and no more, and no longer than a day', async () => {
    const outsider = outsiderOf(product)
    const id = (await fillInPublic(outsider, open)).split('/')[3]!
    await outsider.fill(`/refer/form/${id}/save`, { email: 'guessed@example.org' })
    const code = await codeSentTo('guessed@example.org')
    for (let tries = 0; tries < 5; tries++)
      expect((await outsiderOf(product).fill('/refer/code', { email: 'guessed@example.org', code: `0000000${tries}` })).words).toContain(
        'does not open a form',
      )
    const right = await outsiderOf(product).fill('/refer/code', { email: 'guessed@example.org', code })
    expect(right.words).toContain('Ask for another code')
    expect(right.status).toBe(422)
    await outsiderOf(product).fill('/refer/return', { email: 'guessed@example.org' })
    const another = await codeSentTo('guessed@example.org', 2)
    product.clock.pass(25 * 60)
    expect((await outsiderOf(product).fill('/refer/code', { email: 'guessed@example.org', code: another })).status).toBe(422)
  })
})

describe('[V6] machines and floods', () => {
  test('a form that is begun, filled in and sent quicker than a person writes is shown again; nothing is lost', async () => {
    const outsider = outsiderOf(product)
    const quickly = async (path: string, fields: Fields = {}) => outsider.fill(path, fields, { quick: true })
    const first = (await quickly(`/refer/${open}`)).location!
    const second = (await quickly(first, whoAndHow)).location!
    const check = (await quickly(second, why)).location!
    const quick = await quickly(check)
    expect(quick.status).toBe(422)
    expect(quick.words).toContain('press the button again')
    expect((await outsider.fill(check)).location).toBe('/refer/sent')
  })

  test('whoever knows the pages is held up at none of them', async () => {
    const outsider = outsiderOf(product)
    const first = (await outsider.fill(`/refer/${open}`, {}, { quick: true })).location!
    const second = (await outsider.fill(first, whoAndHow)).location!
    const check = (await outsider.fill(second, why, { quick: true })).location!
    expect((await outsider.fill(check, {}, { quick: true })).location).toBe('/refer/sent')
  })

  test('whoever fills in the box that nobody sees is suspected, and read all the same', async () => {
    const number = await sendPublic(product, open, { website: 'https://spam.example' })
    expect(await rows('select suspected, state from outside_referrals where number = $1', number)).toEqual([
      { suspected: true, state: 'sent' },
    ])
  })

  test('whoever knows somebody’s e-mail address and asks for codes in their name uses up none of what they have themself', async () => {
    const tried = async (address: string, times: number) => {
      const allowed: boolean[] = []
      for (let time = 0; time < times; time++)
        allowed.push(
          await asStranger(product.database.stranger, [], tx => mayTry(tx, product.clock.now(), 'ask', limits.ask(address, 'her-mail'))),
        )
      return allowed
    }
    expect(await tried('theirs', 6)).toEqual([true, true, true, true, true, false])
    expect(await tried('hers', 5)).toEqual([true, true, true, true, true])
  })

  test('what one address sends in an hour has an end, in the database; the words say how to go on', async () => {
    const before = await drafts()
    let last = 303
    for (let sent = 0; sent < 40 && last === 303; sent++) last = (await outsiderOf(product).fill(`/refer/${open}`)).status
    expect(last).toBe(429)
    expect((await drafts()).length).toBeGreaterThan(before.length)
    const refused = await outsiderOf(product).fill(`/refer/${open}`)
    expect(refused.words).toContain('Wait an hour')
    product.clock.pass(61)
    expect((await outsiderOf(product).fill(`/refer/${open}`)).status).toBe(303)
  })

  test('a post from another site, without a token, or with another browser’s saves nothing', async () => {
    const outsider = outsiderOf(product)
    const first = (await outsider.fill(`/refer/${open}`)).location!
    const before = await rows('select answers from outside_referrals order by id')
    const forged = await outsider.fill(first, whoAndHow, {
      headers: { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' },
    })
    expect(forged.status).toBe(303)
    expect(await rows('select answers from outside_referrals order by id')).toEqual(before)
  })

  test('a page that was open too long stands again with what was typed, saves nothing by itself, and goes on with its next button', async () => {
    const visitor = visitorOf(product)
    const outsider = outsiderOf(product, visitor)
    const first = (await outsider.fill(`/refer/${open}`)).location!
    const id = first.split('/')[3]!
    const stale = await visitor.post(first, { ...whoAndHow, family: 'Pen<rose', 'born-month': '13' }, { csrf: 'of-before' })
    expect(stale.status).toBe(422)
    expect(stale.words).toContain('This page had been open too long, so nothing was saved')
    expect(stale.html).toContain('value="Pen&lt;rose"')
    expect(stale.html).toContain('value="13"')
    expect(await rows('select answers from outside_referrals where id = $1', id)).toEqual([{ answers: {} }])
    const fresh = /name="_csrf" value="([^"]+)"/.exec(stale.html)![1]!
    expect((await visitor.post(first, { ...whoAndHow }, { csrf: fresh })).location).toBe(first.replace(/1$/, '2'))
    const code = await visitor.post('/refer/code', { email: 'jago@example.org', code: '1234 5678' }, { csrf: 'of-before' })
    expect([code.status, code.html.includes('jago@example.org'), code.html.includes('1234 5678')]).toEqual([422, true, true])
  })

  test('whoever writes on in a browser that holds the form no more reads what they wrote, and nothing of the form', async () => {
    const outsider = outsiderOf(product)
    const first = (await outsider.fill(`/refer/${open}`)).location!
    await outsider.fill(first, { ...whoAndHow, family: 'Quoitxanthe' })
    const other = visitorOf(product)
    await other.get('/refer')
    const reply = await other.post(first, { reason: 'He drinks <again>', _then: 'continue' }, { csrf: 'of-before' })
    expect(reply.status).toBe(404)
    expect(reply.html).toContain('He drinks &lt;again')
    expect(reply.words).not.toContain('Quoitxanthe')
  })

  test.each([
    ['a hundred thousand letters', 'a'.repeat(100_000)],
    ['a null byte', 'a\0b'],
    ['mark-up', '<script>alert(1)</script>'],
    ['nothing but space', ' \t '],
  ])('%s in every box breaks nothing', async (_what, value) => {
    const outsider = outsiderOf(product)
    const first = (await outsider.fill(`/refer/${open}`)).location!
    const reply = await outsider.fill(first, { ...whoAndHow, given: value, family: value, telephone: value, safe_words: value })
    expect([303, 422]).toContain(reply.status)
    expect(reply.html).not.toContain('<script>alert')
    for (const path of [
      `/refer/${encodeURIComponent(value.slice(0, 100))}`,
      `/refer/form/${encodeURIComponent(value.slice(0, 50))}/1`,
      `${first}x`,
    ])
      expect([400, 404, 414]).toContain((await outsider.get(path)).status)
    for (const field of ['email', 'code']) expect((await outsider.fill('/refer/code', { [field]: value })).status).toBe(422)
    void nothing
  })
})
