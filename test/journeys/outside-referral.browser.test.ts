import { afterAll, beforeAll, expect, test } from 'vitest'
import { addColleague, type Colleague } from '../factories/colleagues.ts'
import { addReferralPage } from '../factories/outside.ts'
import { fillIn } from '../factories/whole-record.ts'
import { addAgency, addTeam, type Team } from '../factories/world.ts'
import { type Product, startProduct } from '../harness/product.ts'
import { visitorOf } from '../harness/visitor.ts'
import { type MailServer, startMailServer } from '../peers/mail-server.ts'
import { type Browsing, type Desk, fillDate, follow, press, startBrowsing, wrongWith } from './browsing.ts'

let mail: MailServer
let product: Product
let browsing: Browsing
let team: Team
let leader: Colleague

beforeAll(async () => {
  mail = await startMailServer()
  product = await startProduct({ smtpUrl: mail.url })
  browsing = await startBrowsing(product)
  const { database } = product
  team = await addTeam(database, await addAgency(database, { isAuthority: true }), ['early-help'], 'Early Help West')
  leader = await addColleague(database, team, { name: 'Demelza Vyvyan', role: 'Team leader' })
  await addReferralPage(product, await addColleague(database, team, { role: 'Authority administrator', serviceArea: null }), team)
})
afterAll(async () => {
  await browsing.close()
  expect(product.faults).toEqual([])
  await product.close()
  await mail.close()
})

/** People read a page before they send it; the product's clock goes on meanwhile. */
const readFirst = () => product.clock.pass(0.2)

async function begin({ page }: Desk, name: string): Promise<void> {
  await page.goto('/refer')
  await follow(page, name)
  readFirst()
  await press(page, 'Start')
}

async function sayWho({ page }: Desk, family: string): Promise<void> {
  await page.getByLabel('Me', { exact: true }).check()
  await page.getByLabel('First name').fill('Jago')
  await page.getByLabel('Last name').fill(family)
  await fillDate(page, 'Date of birth', ['3', '6', '1988'])
  await page.getByLabel('Telephone number').fill('07700 900123')
}

test('[V6] somebody outside saves, comes back in another browser by the code from the mail, adds a file and sends; the team finds who it is, and takes it up', async () => {
  const made = await fillIn(await visitorOf(product).signIn(leader), '/people/new', {
    given: 'Jago',
    family: 'Penrose',
    'dateOfBirth-day': '3',
    'dateOfBirth-month': '6',
    'dateOfBirth-year': '1988',
  })
  const personId = /[0-9a-f-]{36}/.exec(made)![0]
  const wrong: string[] = []
  const look = async (desk: Desk) => void wrong.push(...(await wrongWith(desk.page)))

  const atWork = await browsing.sit()
  await atWork.page.goto('/refer')
  await look(atWork)
  await begin(atWork, 'Ask for help at home')
  await sayWho(atWork, 'Penrose')
  // The question appears when it begins to apply.
  await atWork.page.getByLabel('Telephone number').blur()
  await atWork.page.getByLabel('Yes, but do not leave a message').check()
  await press(atWork.page, 'Continue')
  await atWork.page.getByLabel('What do you need help with?').fill('I drink too much, and my children see it.')
  await press(atWork.page, 'Save and come back later')
  await look(atWork)
  await atWork.page.getByLabel('Email address').fill('jago@example.org')
  await press(atWork.page, 'Save and send the code')
  await atWork.page.getByRole('heading', { name: 'Saved' }).waitFor()
  await look(atWork)
  expect(await atWork.page.title()).toBe('Your page')

  await expect.poll(() => mail.taken.length, { timeout: 60_000 }).toBe(1)
  const code = /\d{4} \d{4}/.exec(mail.taken[0]!.message)![0]
  expect(mail.taken[0]!.message).not.toMatch(/Penrose|drink|help/i)

  const atHome = await browsing.sit(undefined, { width: 375 })
  await atHome.page.goto('/refer')
  await follow(atHome.page, 'Come back to a form')
  await follow(atHome.page, 'I have a code')
  await atHome.page.getByLabel('Email address').fill('jago@example.org')
  await atHome.page.getByLabel('Code').fill(code)
  await look(atHome)
  await press(atHome.page, 'Open the form')
  // Where something is still to be answered.
  await atHome.page.getByLabel('Within days').waitFor()
  expect(await atHome.page.getByLabel('What do you need help with?').inputValue()).toContain('I drink too much')
  await look(atHome)
  await atHome.page.getByLabel('Within days').check()
  const letter = { name: 'letter.txt', mimeType: 'text/plain', buffer: Buffer.from('From the school') }
  await atHome.page.locator('main input[type=file]').setInputFiles(letter)
  await press(atHome.page, 'Check your answers')
  await atHome.page.getByText('letter.txt').waitFor()
  readFirst()
  await press(atHome.page, 'Send')
  await atHome.page.getByText(/Your number is/).waitFor()
  const number = /[2-9B-Y]{4}-[2-9B-Y]{4}/.exec(await atHome.page.locator('main').innerText())![0]
  await look(atHome)
  // Whoever takes the telephone next finds nothing by going back.
  await atHome.page.goBack()
  await atHome.page.getByText(/not open in this browser|Your number is/).waitFor()
  expect(await atHome.page.locator('main').innerText()).not.toContain('drink')

  const inside = await browsing.sit(leader)
  await inside.page.goto('/referrals/outside')
  await look(inside)
  await inside.page.getByText(number).waitFor()
  await follow(inside.page, 'PENROSE, Jago')
  await inside.page.getByText(/and the date of birth/).waitFor()
  await look(inside)
  await follow(inside.page, 'Take up for them')
  await look(inside)
  await inside.page.getByLabel('Yes, with how it is safe to use it').check()
  await press(inside.page, 'Make the referral')
  await inside.page.getByText(`Referral ${number} taken up`).waitFor()
  await inside.page.goto(`/people/${personId}`)
  await inside.page.getByText('Sent from outside: Ask for help at home').waitFor()
  expect(wrong).toEqual([])
  for (const desk of [atWork, atHome, inside]) expect(desk.complaints).toEqual([])
})

test('[V6] without script, at the width of a telephone: the same form, sent; and left in a hurry', async () => {
  const desk = await browsing.sit(undefined, { script: false, width: 375 })
  await begin(desk, 'Ask for help at home')
  await sayWho(desk, 'Kitto')
  await desk.page.getByLabel('Telephone number').fill('')
  await press(desk.page, 'Continue')
  await desk.page.getByLabel('What do you need help with?').fill('Nothing that I can say here.')
  await desk.page.getByLabel('It can wait for a week or two').check()
  await press(desk.page, 'Check your answers')
  readFirst()
  await press(desk.page, 'Send')
  await desk.page.getByText(/Your number is/).waitFor()
  const { rows } = await product.database.admin.query(
    `select from outside_referrals where state = 'sent' and answers ->> 'family' = 'Kitto'`,
  )
  expect(rows).toHaveLength(1)

  await begin(desk, 'Ask for help at home')
  const written = desk.page.url()
  // The way out leads to another website, which a test does not ask for.
  const exit = await desk.page.locator('.govuk-exit-this-page__button').getAttribute('href')
  const left = await desk.context.request.get(exit!, { maxRedirects: 0 })
  expect(left.headers()['location']).toContain('bbc.co.uk')
  await desk.page.goto(written)
  await desk.page.getByText('not open in this browser').waitFor()
})
