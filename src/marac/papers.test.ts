import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accept, addMarac, keepPart, type Marac, post, refer, researchOf, type Sitting } from '../../test/factories/marac.ts'
import { fillIn } from '../../test/factories/whole-record.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import type { Visitor } from '../../test/harness/visitor.ts'
import { readPdf } from '../letters/testing/read-pdf.ts'

/** The papers of a date: all that a chair needs in the room, and of what is kept from somebody nothing, as a page and as a PDF. */
let product: Product
let marac: Marac
let itemId: string
/** The date on which the same two were heard before. */
let before: string
const family = 'Xanthiapaper'
beforeAll(async () => {
  product = await startProduct()
  marac = await addMarac(product)
  const { rows } = await product.database.admin.query<{ id: string }>('select id from meetings where series_id = $1 order by starts_at', [
    marac.seriesId,
  ])
  before = rows[0]!.id
  const first = await refer(who('police'), marac.seriesId, { family })
  await accept(marac, first, before)
  await post(marac.coordinator, `/meetings/dates/${before}/send`, {})
  await post(marac.chair, `/meetings/dates/${before}/open`, { sure: 'yes' })
  await post(marac.chair, `/meetings/items/${first}/record`, {
    note: '',
    decision: 'FIRSTDECISION',
    rationale: 'FIRSTREASON',
    _then: 'next',
  })
  await post(marac.chair, `/meetings/items/${first}/actions/new`, { what: 'FIRSTACTION @police tomorrow' })
  await post(marac.chair, `/meetings/dates/${before}/finish`, {})
  await fillIn(marac.chair, `/meetings/dates/${before}/minutes`, { words: '' })
  await post(marac.chair, `/meetings/dates/${before}/minutes/circulate`, {})

  marac = { ...marac, meetingId: rows[1]!.id }
  itemId = await refer(who('police'), marac.seriesId, {
    family,
    child: 'Elowen',
    justice: {
      crime_number: 'CRIME771',
      justice: ['reported', 'bail'],
      'bail_until-day': '1',
      'bail_until-month': '3',
      'bail_until-year': '2031',
      conditions: 'Not within a mile of Quay Street',
    },
  })
  await fillIn(marac.coordinator, `/meetings/items/${itemId}/triage`, {
    decision: 'accept',
    meeting: marac.meetingId,
    seat: Object.values(marac.officers).map(one => one.seatId),
    repeat: 'yes',
    words: '',
  })
  const { housing, probation, health } = marac.officers
  await keepPart(marac, itemId, housing.agency.principal, 'victim')
  await keepPart(marac, itemId, probation.agency.principal, 'children', { words: false })
  await post(marac.coordinator, `/meetings/dates/${marac.meetingId}/send`, {})
  const answer = async (key: Sitting, fields: Record<string, string>) =>
    fillIn(who(key), `/meetings/items/${itemId}/research/${await researchOf(product, itemId, marac.officers[key])}`, fields)
  await answer('police', { known: 'POLICEKNOW', _then: 'continue' })
  await post(health.visitor, `/meetings/items/${itemId}/research/${await researchOf(product, itemId, health)}`, { _then: 'nothing' })
  await answer('children', { known: 'HALFWRITTEN', _then: 'leave' })
}, 90_000)
afterAll(() => product.close())

const who = (key: Sitting) => marac.officers[key].visitor
const name = (key: Sitting) => marac.officers[key].agency.name
/** What stands on the page of the papers and in the PDF of the same, for somebody. */
async function papersOf(visitor: Visitor) {
  const address = `/meetings/dates/${marac.meetingId}/papers`
  const page = await visitor.get(address)
  const { body } = await visitor.get(`${address}/pdf`)
  const pdf = await readPdf(body)
  return { page: page.words.replace(/\s+/g, ' '), pdf: pdf.text.replace(/\s+/g, ' '), pages: pdf.pages, artifacts: pdf.artifacts }
}
const ofVictim = [`${family.toUpperCase()}, Morwenna`, 'How and when is it safe to reach them? At work only, before noon']
const written = [
  'round her throat',
  'Crime or incident number: CRIME771',
  'Where it stands: Reported to the police; On bail',
  'Bail until: 1 March 2031',
  'Conditions: Not within a mile of Quay Street',
  '1. Was someone hurt in what has just happened? Yes',
  'Which of these does it meet? Visible high risk',
]
const heard = ['Heard before', 'FIRSTDECISION', 'FIRSTREASON', 'FIRSTACTION']
const missing = (words: readonly string[], { page, pdf }: { page: string; pdf: string }) =>
  words.flatMap(one => [page.includes(one) ? [] : [`page: ${one}`], pdf.includes(one) ? [] : [`PDF: ${one}`]].flat())
const there = (words: readonly string[], { page, pdf }: { page: string; pdf: string }) =>
  words.filter(one => page.includes(one) || pdf.includes(one))

describe('before they go round', () => {
  test('[V4] whoever runs the meeting reads who has not answered, and nothing of what an agency holds', async () => {
    const chair = await papersOf(marac.chair)
    for (const place of ['page', 'pdf'] as const) {
      const unanswered = /No answer (.*?)(Actions|Navigation|$)/.exec(chair[place])?.[1] ?? ''
      expect(['housing', 'idva', 'probation', 'children'].filter(key => !unanswered.includes(name(key as Sitting)))).toEqual([])
      expect(['police', 'health'].filter(key => unanswered.includes(name(key as Sitting)))).toEqual([])
    }
    expect(there(['POLICEKNOW', 'HALFWRITTEN', 'Holds nothing'], chair)).toEqual([])
    expect((await who('idva').get(`/meetings/dates/${marac.meetingId}/papers`)).status).toBe(404)
  })
})

describe('once they have gone round', () => {
  beforeAll(() => post(marac.coordinator, `/meetings/dates/${marac.meetingId}/circulate`, { sure: 'yes' }))

  test('[V4] a chair reads whom it is about and how old they are, how they are reached, all that was referred, what is known and was decided', async () => {
    const chair = await papersOf(marac.chair)
    const born = [/04\/05\/\d{4} \d+/, /07\/08\/\d{4} \d+/, /01\/02\/2019 \d+/]
    expect(born.filter(one => !one.test(chair.page))).toEqual([])
    expect(born.filter(one => !one.test(chair.pdf))).toEqual([])
    expect(
      missing([...ofVictim, ...written, ...heard, 'Elowen', 'Trewartha School', 'POLICEKNOW', 'Holds nothing', name('children')], chair),
    ).toEqual([])
    expect(there(['HALFWRITTEN'], chair)).toEqual([])
  })

  test('[V4] every page has its classification', async () => {
    const { page, pages, artifacts } = await papersOf(marac.chair)
    const classification = 'OFFICIAL-SENSITIVE · MARAC members only'
    expect(pages).toBeGreaterThan(1)
    expect(artifacts.split(classification)).toHaveLength(pages + 1)
    for (let number = 1; number <= pages; number++) expect(artifacts).toMatch(new RegExp(`Page ${number} ?of ${pages}`))
    expect(page).toContain(classification)
  })

  test('[M1e] an agency that a victim is kept from has nothing of her in them, nor of what is written of her, nor whose answer is wanted', async () => {
    const housing = await papersOf(who('housing'))
    expect(there([...ofVictim, ...written, ...heard, 'POLICEKNOW', 'Referral: The victim', 'Risk checklist', 'Repeat'], housing)).toEqual(
      [],
    )
    expect(missing(['NANCARROW', 'Elowen'], housing)).toEqual([])
    expect(missing([name('housing')], housing)).toEqual([])
    for (const key of ['police', 'idva', 'children'] as const) {
      expect(housing.page.split('No answer')[1] ?? '').not.toContain(name(key))
      expect(housing.pdf.split('No answer')[1] ?? '').not.toContain(name(key))
    }
  })

  test('[M1e] an agency that the children are kept from reads all but them', async () => {
    const probation = await papersOf(who('probation'))
    expect(missing([...ofVictim, ...written, 'POLICEKNOW'], probation)).toEqual([])
    expect(there(['Elowen', 'Trewartha School', '01/02/2019', '1 February 2019', 'Referral: Children'], probation)).toEqual([])
  })

  test('[V4] a member is told of no other agency that it has not answered', async () => {
    const police = await papersOf(who('police'))
    expect(missing([...heard, 'POLICEKNOW', 'Holds nothing'], police)).toEqual([])
    expect(there(['No answer', name('children')], police)).toEqual([])
  })
})

test('[M1e] a chair from whom the words of a case are kept is not told who has not answered: when it came they would know that it had', async () => {
  const { rows } = await product.database.admin.query<{ principal: number }>(
    `select u.principal from users u join meeting_members m on m.user_id = u.id where m.series_id = $1 and m.role = 'chair'`,
    [marac.seriesId],
  )
  await keepPart(marac, itemId, rows[0]!.principal, 'words')
  const chair = await papersOf(marac.chair)
  expect(missing(ofVictim, chair)).toEqual([])
  expect(there([...written, 'POLICEKNOW'], chair)).toEqual([])
  // What the advocate is asked is of another part, which they read.
  for (const words of [chair.page, chair.pdf]) expect(words).toMatch(new RegExp(`No answer ${name('idva')} ?($|Actions|Lanyard)`))
})

test('there was no fault', () => expect(product.faults).toEqual([]))
