import { afterAll, beforeAll, expect, test } from 'vitest'
import { addColleague } from '../factories/colleagues.ts'
import { addAgency, addTeam, episodes } from '../factories/world.ts'
import { type Product, startProduct } from '../harness/product.ts'
import { type Browsing, choose, type Desk, follow, press, startBrowsing, wrongWith } from './browsing.ts'

let product: Product
let browsing: Browsing

beforeAll(async () => {
  product = await startProduct()
  browsing = await startBrowsing(product)
})
afterAll(async () => {
  await browsing.close()
  await product.close()
})

test('[E1] [E2] [E4] [E5] [E6] an episode from a school’s worry to its end: a father who refuses, and a section kept from a neighbour', async () => {
  const { database } = product
  const council = await addAgency(database, { name: 'Porthkerris Council', isAuthority: true })
  const deskTeam = await addTeam(database, council, [episodes], 'Episodes Desk')
  const school = await addTeam(database, await addAgency(database, { name: 'Harbour School' }), ['teaching'])
  const clinic = await addTeam(database, await addAgency(database, { name: 'Kerris Clinic' }), ['nursing'])
  const station = await addTeam(database, await addAgency(database, { name: 'Porthkerris Police' }), ['policing'])
  const partner = { role: 'Partner officer' as const, serviceArea: null }
  // The school's safeguarding lead may go on without consent; that is a right of their role.
  const head = await addColleague(database, school, { role: 'Team leader', name: 'Jenifer Bray' })
  const nurse = await addColleague(database, clinic, { ...partner, name: 'Ysella Moon' })
  const officer = await addColleague(database, station, { ...partner, name: 'Denzil Opie' })
  const lead: Desk = await browsing.sit(head)
  const health: Desk = await browsing.sit(nurse, { script: false })
  const police: Desk = await browsing.sit(officer, { width: 375 })
  const desk: Desk = await browsing.sit(await addColleague(database, deskTeam, { role: 'Team leader', name: 'Loveday Nance' }))
  const wrong: string[] = []
  const look = async (one: Desk) => void wrong.push(...(await wrongWith(one.page)))

  // A child whom nobody holds.
  await lead.page.goto('/episodes')
  await look(lead)
  await follow(lead.page, 'Begin one for somebody new')
  await lead.page.getByLabel('First names').first().fill('Kensa')
  await lead.page.getByLabel('Surname').first().fill('Tregear')
  await press(lead.page, 'Register')
  await lead.page.getByRole('heading', { name: 'Begin an episode' }).waitFor()
  await look(lead)

  // Her father says no: not without a lawful reason.
  await lead.page.getByLabel('Why is an episode needed now?').fill('Bruises, explained in two ways.')
  await lead.page.getByLabel('An assessment', { exact: true }).check()
  await lead.page.getByLabel('No', { exact: true }).check()
  await choose(lead.page, 'How?', 'Face to face')
  await choose(lead.page, 'Can they decide this?', 'Under 16, and does not understand it well enough to decide')
  await lead.page.getByLabel('What does that rest on?').fill('She is eight.')
  await lead.page.getByLabel('Somebody else, for them').check()
  await lead.page.getByLabel('Their name', { exact: true }).fill('Gerren Tregear')
  await choose(lead.page, 'By what right?', 'Has parental responsibility')
  await lead.page.getByLabel('You', { exact: true }).check()
  await press(lead.page, 'Begin the episode')
  await lead.page.getByText('Select the lawful reason to go on without their agreement').first().waitFor()
  await choose(lead.page, 'By what lawful reason do you go on without?', 'A child may suffer significant harm')
  await lead.page.getByLabel('What is it here?').fill('He was told that it goes on, and why.')
  await press(lead.page, 'Begin the episode')
  await lead.page.getByText('The episode has begun, and you co-ordinate it').waitFor()
  await lead.page.getByText('He was told that it goes on, and why.').first().waitFor()
  await look(lead)
  const at = new URL(lead.page.url()).pathname

  // Two join, each with what allows it.
  for (const [who, role, sees] of [
    [nurse.email, 'lead for health', 'Reads it and adds to it'],
    [officer.email, 'police', 'Reads it'],
  ] as const) {
    await lead.page.goto(`${at}/team-around/new`)
    await lead.page.getByLabel('Somebody who works with Lanyard, in any agency').check()
    await lead.page.getByLabel('Their email address').fill(who)
    await lead.page.getByLabel(sees, { exact: true }).check()
    await choose(lead.page, 'What allows you to share it with them?', 'To safeguard a child')
    await choose(lead.page, 'By what lawful reason do you share it without consent?', 'A child may suffer significant harm')
    await lead.page.getByLabel('What are they in the team?').fill(role)
    await look(lead)
    await press(lead.page, 'Add them')
    await lead.page
      .getByText(/is in the team$/)
      .first()
      .waitFor()
  }
  await look(lead)

  // The assessment; what is said of the family is kept from the officer next door.
  await lead.page.goto(at)
  await follow(lead.page, 'Begin the assessment')
  await lead.page.getByLabel('Common assessment').check()
  await press(lead.page, 'Begin')
  await lead.page.waitForURL(/forms\/[0-9a-f-]{36}/)
  const form = /\/forms\/[0-9a-f-]{36}/.exec(lead.page.url())![0]
  await lead.page.goto(`${at}${form}/pages/family-and-environment`)
  await lead.page.getByLabel('What goes well, and what does not').first().fill('Father drinks from Friday to Sunday.')
  await press(lead.page, 'Save and come back later')
  await lead.page.goto(`${at}/withholding/new`)
  await lead.page.getByLabel('One person').check()
  await lead.page.getByLabel('Their email address here').fill(officer.email)
  await lead.page.getByLabel('A section of a form').check()
  await choose(lead.page, 'Which section?', 'Common assessment: Family')
  await lead.page.getByLabel('Why?').fill('Lives across the lane and drinks with him.')
  await press(lead.page, 'Withhold')
  await lead.page.getByText('Withheld from Denzil Opie').waitFor()
  await police.page.goto(at)
  await police.page.getByText('Jenifer Bray').first().waitFor()
  await look(police)
  await police.page.goto(`${at}${form}`)
  await police.page.getByRole('heading', { level: 1 }).waitFor()
  expect(await police.page.content()).not.toContain('Friday to Sunday')
  await health.page.goto(`${at}${form}`)
  await health.page.getByText('Father drinks from Friday to Sunday.').first().waitFor()

  // The nurse adds to the one plan, prints it for the family, and takes the episode over.
  await health.page.goto(`${at}/plan/needs/new`)
  await health.page.locator('[name="title"]').fill('Week-ends on which she is safe')
  await health.page.locator('main form button[type="submit"]').last().click()
  await health.page.goto(`${at}/team-around/print`)
  await health.page.getByRole('radio').first().check()
  await health.page.getByLabel('Week-ends on which she is safe').check()
  await press(health.page, 'Look at the paper')
  await health.page.getByRole('heading', { name: 'Week-ends on which she is safe' }).waitFor()
  await lead.page.goto(at)
  await follow(lead.page, 'Change the co-ordinator')
  await look(lead)
  await lead.page.getByLabel('Who co-ordinates it from now on?').fill(nurse.email)
  await lead.page.getByLabel('Why?').fill('She sees her every week')
  await press(lead.page, 'Appoint them')
  await lead.page.getByText('You see it no more').waitFor()
  expect((await lead.page.goto(at))?.status()).toBe(404)

  // Reviewed, closed; the desk keeps it.
  await health.page.goto(`${at}/hold-review`)
  await health.page.getByLabel('Who was there?').fill('Kensa, her grandmother, Ysella Moon')
  await health.page.getByLabel('What was said and decided?').fill('Six safe week-ends.')
  await choose(health.page, 'What was decided?', 'Ready to close')
  await press(health.page, 'Save the review')
  await health.page.getByText('Kensa, her grandmother, Ysella Moon').waitFor()
  await follow(health.page, 'Close the episode')
  await health.page.getByLabel('It stays on record unfinished').check()
  await health.page.getByLabel('Why is it not done?').fill('She asked to stop there.')
  await choose(health.page, 'Why is it closed?', 'The work is done')
  await health.page.getByLabel('What was hoped for was reached').check()
  await health.page.locator('[name="summary"]').fill('Safe at her grandmother’s.')
  await press(health.page, 'Close the episode')
  await health.page
    .getByText(/^Closed on/)
    .first()
    .waitFor()
  for (const one of [lead, health, police]) expect((await one.page.goto(at))?.status()).toBe(404)
  await desk.page.goto(at)
  await desk.page.getByText('Safe at her grandmother’s.').first().waitFor()
  await look(desk)
  expect(wrong).toEqual([])
  expect([lead, health, police, desk].flatMap(one => one.complaints)).toEqual([])
  expect(product.faults).toEqual([])
})
