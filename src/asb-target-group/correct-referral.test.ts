import { afterAll, beforeAll, expect, test } from 'vitest'
import { addSeries, type Marac, post, referToGroup } from '../../test/factories/marac.ts'
import { fillIn } from '../../test/factories/whole-record.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import type { Visitor } from '../../test/harness/visitor.ts'
import { londonDate } from '../platform/clock.ts'
import { addDays, formatDate, type PlainDate, partsOf } from '../platform/plain-date.ts'

// What a referral brings with it (a warning, complaints, a review that was asked for) follows when it is corrected before it is triaged.

let product: Product
let group: Marac
let referrer: Visitor
let id: string
let today: PlainDate
const item = (rest = '') => `/meetings/items/${id}${rest}`
const date = (name: string, day: PlainDate) => {
  const { day: d, month, year } = partsOf(day)
  return { [`${name}-day`]: String(d), [`${name}-month`]: String(month), [`${name}-year`]: String(year) }
}
const complaint = (n: number, ago: number, kind: string, family: string) => ({
  ...date(`complaints-${n}-on`, addDays(today, -ago)),
  ...date(`complaints-${n}-told_on`, addDays(today, -ago)),
  [`complaints-${n}-kind`]: kind,
  [`complaints-${n}-family`]: family,
  [`complaints-${n}-given`]: 'Ivy',
})
const correct = (page: string, fields: Record<string, string>) =>
  fillIn(referrer, item(`/referral/${page}`), { ...fields, _then: 'continue' })
const standing = async (table: string, columns: string) =>
  (
    await product.database.admin.query(
      `select ${columns} from ${table} t left join meeting_parties p on p.id = t.party_id where t.item_id = $1 and t.withdrawn_at is null order by 1`,
      [id],
    )
  ).rows
const named = async () =>
  (
    await product.database.admin.query<{ name: string }>(
      `select role || ' ' || family_name as name from meeting_parties where item_id = $1 and replaced_at is null order by 1`,
      [id],
    )
  ).rows.map(row => row.name)

beforeAll(async () => {
  product = await startProduct()
  group = await addSeries(product, 'asb-target-group')
  referrer = group.officers.housing.visitor
  today = londonDate(product.clock.now())
  id = await referToGroup(referrer, group.seriesId, {
    family: 'Xanthiaroe',
    victim: 'Zenobiaroe',
    place: '12 Quay Street',
    fields: {
      'perpetrators-0-stage': 'letter',
      ...date('perpetrators-0-stage_on', addDays(today, -40)),
      'complaints-rows': '2',
      ...complaint(0, 10, 'noise', 'Zenobiaroe'),
      ...complaint(1, 20, 'threats', 'Nobbiroe'),
      review_asked: 'yes',
      ...date('review_asked_on', addDays(today, -2)),
    },
  })
})
afterAll(() => product.close())

test('[A5] somebody whose name is put right keeps the warning that they have, and nothing is written twice', async () => {
  await correct('people', { 'perpetrators-0-family': 'Xanthiarowe' })
  expect(await standing('meeting_stage_moves', 'stage, family_name')).toEqual([{ stage: 'letter', family_name: 'Xanthiarowe' }])
  expect((await product.database.admin.query('select from meeting_stage_moves where item_id = $1', [id])).rowCount).toBe(1)
  expect(await named()).toEqual(['location 12 Quay Street', 'perpetrator Xanthiarowe', 'victim Nobbiroe', 'victim Zenobiaroe'])
})

test('[A5] another warning takes the place of the one that was wrong, which stays as taken back', async () => {
  await correct('people', { 'perpetrators-0-stage': 'abc', ...date('perpetrators-0-stage_on', addDays(today, -90)) })
  expect(await standing('meeting_stage_moves', 'stage')).toEqual([{ stage: 'abc' }])
  const { words } = await group.coordinator.get(item())
  expect(words).toContain(`Acceptable behaviour contract, ${formatDate(addDays(today, -90))}`)
})

test('[A5] complaints follow: one more, one less, and whoever complained', async () => {
  await correct('complaints', { 'complaints-rows': '2', ...complaint(1, 30, 'damage', 'Pascoroe') })
  expect(await standing('meeting_log_entries', 'what, family_name')).toEqual([
    { what: 'damage', family_name: 'Pascoroe' },
    { what: 'noise', family_name: 'Zenobiaroe' },
  ])
  expect(await named()).toEqual(['location 12 Quay Street', 'perpetrator Xanthiarowe', 'victim Pascoroe', 'victim Zenobiaroe'])
})

test('[A5] the house next door is another place', async () => {
  await correct('people', { 'locations-0-place': '14 Quay Street', 'locations-0-postcode': 'TR18 3AA' })
  expect(await named()).toContain('location 14 Quay Street')
  expect(await named()).not.toContain('location 12 Quay Street')
  expect((await group.coordinator.get(item())).words).toContain('14 Quay Street, TR18 3AA')
})

test('[A5] what those who run the meeting wrote beside it stays theirs', async () => {
  const log = item('/log/complaints')
  await fillIn(group.coordinator, `${log}/new`, {
    what: 'hate',
    ...date('on', addDays(today, -1)),
    ...date('told', today),
    words: 'By telephone',
  })
  await correct('complaints', { 'complaints-rows': '1', ...complaint(0, 11, 'noise', 'Zenobiaroe') })
  expect(await standing('meeting_log_entries', 'what')).toEqual([{ what: 'hate' }, { what: 'noise' }])
})

test('[A5] a review asked for on another day is that, and one on which somebody has acted stands', async () => {
  await correct('complaints', date('review_asked_on', addDays(today, -5)))
  expect(await standing('meeting_review_steps', 'step, happened_on::text')).toEqual([{ step: 'asked', happened_on: addDays(today, -5) }])
  await post(group.coordinator, item('/review/acknowledged'), { ...date('on', addDays(today, -1)), words: '' })
  await correct('complaints', date('review_asked_on', addDays(today, -7)))
  expect(await standing('meeting_review_steps', 'step, happened_on::text')).toEqual([
    { step: 'acknowledged', happened_on: addDays(today, -1) },
    { step: 'asked', happened_on: addDays(today, -5) },
  ])
})

test('[A5] its referrer reads none of what it brought, corrected or not', async () => {
  expect((await referrer.get(item('/log/complaints'))).words).not.toContain('By telephone')
  expect((await referrer.get(item())).words).not.toContain('By telephone')
})

test('there was no fault', () => expect(product.faults).toEqual([]))
