import { afterAll, beforeAll, expect, test } from 'vitest'
import { addColleague } from '../factories/colleagues.ts'
import { fillIn } from '../factories/whole-record.ts'
import { addAgency, addTeam } from '../factories/world.ts'
import { type Product, startProduct } from '../harness/product.ts'
import { visitorOf } from '../harness/visitor.ts'
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

test('[U22] a referral across services is asked about, declined, and passed on; its referrer follows where it stands', async () => {
  const { database } = product
  const helpers = await addTeam(database, await addAgency(database, { isAuthority: true }), ['early-help'], 'Early Help West')
  const clinic = await addTeam(database, await addAgency(database), ['drug-and-alcohol'], 'Harbour Clinic')
  await addTeam(database, await addAgency(database), ['domestic-abuse'], 'Lantern House')
  const tamsin = await addColleague(database, helpers, { name: 'Tamsin Rowe' })
  const begun = await fillIn(await visitorOf(product).signIn(tamsin), '/people/new', { given: 'Jago', family: 'Penrose' })
  const personId = /[0-9a-f-]{36}/.exec(begun)![0]
  const worker: Desk = await browsing.sit(tamsin)
  const leader: Desk = await browsing.sit(await addColleague(database, clinic, { role: 'Team leader' }), { script: false })
  const wrong: string[] = []
  const look = async () => void wrong.push(...(await wrongWith(worker.page)))

  await worker.page.goto(`/people/${personId}/refer`)
  await choose(worker.page, 'Which team?', 'Harbour Clinic')
  await worker.page.getByLabel('Somebody else asked, and I write it down').check()
  await choose(worker.page, 'Who asked?', 'School')
  await worker.page.getByLabel('Why are they referred?').fill('He asked for help with drinking.')
  await worker.page.getByLabel('Urgent: within days').check()
  await worker.page.getByLabel('Yes', { exact: true }).check()
  await worker.page.getByLabel('How did they agree?').fill('By telephone')
  await press(worker.page, 'Send the referral')
  await worker.page.getByText(/sent to Harbour Clinic/).waitFor()

  await leader.page.goto('/referrals')
  await follow(leader.page, 'PENROSE, Jago')
  await follow(leader.page, 'Ask the referrer for more')
  await leader.page.getByLabel('What do you need to know?').fill('Does he have children with him?')
  await press(leader.page, 'Send the question')

  await worker.page.goto('/referrals/sent')
  await worker.page.getByText('They ask you for more').waitFor()
  await look()
  await follow(worker.page, 'PENROSE, Jago')
  await follow(worker.page, 'Answer')
  await look()
  await worker.page.getByLabel('Your answer').fill('At weekends.')
  await press(worker.page, 'Send the answer')

  await leader.page.goto('/referrals')
  await leader.page.getByText('Has answered').waitFor()
  await follow(leader.page, 'PENROSE, Jago')
  await leader.page.getByText('At weekends.').first().waitFor()
  await follow(leader.page, 'Decide on the referral')
  await leader.page.getByLabel('Decline', { exact: true }).check()
  await choose(leader.page, 'Why?', 'Lives outside the area')
  await press(leader.page, 'Save the decision')
  await worker.page.goto('/referrals/sent')
  await worker.page.getByText('Lives outside the area').waitFor()

  await follow(leader.page, 'Open it again')
  await leader.page.getByLabel('Why?').fill('Another service can help.')
  await press(leader.page, 'Open it again')
  await follow(leader.page, 'Decide on the referral')
  await leader.page.getByLabel('Pass on to another team or service').check()
  await choose(leader.page, 'Which team?', 'Lantern House')
  await press(leader.page, 'Save the decision')
  await leader.page.getByText('No referral waits for a team of yours').waitFor()

  await worker.page.reload()
  await worker.page.getByText('Lantern House').first().waitFor()
  expect(wrong).toEqual([])
  expect([...worker.complaints, ...leader.complaints]).toEqual([])
})
