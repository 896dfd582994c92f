import { londonDate } from '../../src/platform/clock.ts'
import { addDays, partsOf } from '../../src/platform/plain-date.ts'
import type { Product } from '../harness/product.ts'
import { type Fields, type Visitor, visitorOf } from '../harness/visitor.ts'
import { addColleague, type Colleague } from './colleagues.ts'
import { fillIn } from './whole-record.ts'
import { type Agency, addAgency, addTeam } from './world.ts'

/** Somebody who sits in it for an agency. */
export type Officer = { agency: Agency; colleague: Colleague; visitor: Visitor; seatId: string }
export type Marac = {
  seriesId: string
  /** Its next date. */
  meetingId: string
  chair: Visitor
  coordinator: Visitor
  coordinatorId: string
  officers: Readonly<Record<'police' | 'idva' | 'housing' | 'health' | 'probation' | 'children', Officer>>
}

const sitting = { police: 'POL', idva: 'IDVA', housing: 'HOU', health: 'SEC', probation: 'PRO', children: 'CSC' } as const
export type Sitting = keyof typeof sitting

/** A MARAC of six agencies that meets next in a week: set up through the product's own pages by those who would. */
export const addMarac = (product: Product): Promise<Marac> => addSeries(product, 'marac')

/** The same of any kind. */
export async function addSeries(product: Product, kind: string): Promise<Marac> {
  const { database } = product
  const council = await addTeam(database, await addAgency(database), [], 'Meetings office')
  const enter = async (colleague: Colleague) => visitorOf(product).signIn(colleague)
  const officer = (name: string) => addColleague(database, council, { name, role: 'Partner officer', serviceArea: null })
  const [chair, coordinator] = [await officer('Ch Insp Talan Roskilly'), await officer('Wenna Skewes')]
  const authority = await enter(await addColleague(database, council, { role: 'Authority administrator', serviceArea: null }))
  const name = `${kind.toUpperCase()} ${coordinator.id.slice(-6)}`
  await fillIn(authority, '/meetings/new', {
    kind,
    name,
    starts: '9:30am',
    weeks: '1',
    minutes: '12',
    quorum: '4',
    research: '2',
    closes: '28',
    repeat: '12',
    women: '84000',
    chair: chair.id,
    coordinator: coordinator.id,
  })
  const runs = { chair: await enter(chair), coordinator: await enter(coordinator) }
  const seriesId = idOf((await runs.coordinator.get('/meetings')).html, 'series')
  const officers = {} as Record<Sitting, Officer>
  for (const [key, category] of Object.entries(sitting)) {
    const agency = await addAgency(database, { name: `${key} ${coordinator.id.slice(-6)}` })
    const team = await addTeam(database, agency, [])
    const colleague = await addColleague(database, team, { role: 'Partner officer', serviceArea: null })
    const members = `/meetings/series/${seriesId}/members`
    await post(runs.coordinator, members, { what: 'seat', agency: agency.id, category })
    const { rows } = await database.admin.query<{ id: string }>('select id from meeting_seats where series_id = $1 and agency_id = $2', [
      seriesId,
      agency.id,
    ])
    const seatId = rows[0]!.id
    await post(runs.coordinator, members, { what: 'member', who: `${seatId}/${colleague.id}`, role: 'member' })
    officers[key as Sitting] = { agency, colleague, visitor: await enter(colleague), seatId }
  }
  const { day, month, year } = partsOf(addDays(londonDate(product.clock.now()), 7))
  await fillIn(runs.coordinator, `/meetings/series/${seriesId}/dates/new`, {
    'first-day': String(day),
    'first-month': String(month),
    'first-year': String(year),
    times: '2',
  })
  const meetingId = idOf((await runs.coordinator.get(`/meetings/series/${seriesId}`)).html, 'dates')
  return { seriesId, meetingId, ...runs, coordinatorId: coordinator.id, officers }
}

/** `justice` is how it stands with police and courts. */
/** `perpetrators` beside the first: surnames. */
type Victim = {
  family: string
  given?: string
  perpetrator?: string
  perpetrators?: readonly string[]
  child?: string
  year?: string
  justice?: Fields
}

/** Refers a victim as somebody would, page by page; answers the item's id. */
export async function refer(visitor: Visitor, seriesId: string, victim: Victim): Promise<string> {
  const itemId = await draft(visitor, seriesId, victim)
  await fillIn(visitor, `/meetings/items/${itemId}/check`)
  return itemId
}

/** The same, all but sent. */
export async function draft(visitor: Visitor, seriesId: string, victim: Victim): Promise<string> {
  const first = await fillIn(visitor, `/meetings/series/${seriesId}/refer`)
  const itemId = idOf(first, 'items')
  // Of another year for each name: who shares a date of birth may be the same.
  const year = 1950 + ([...victim.family].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 53)
  const { family, given = 'Morwenna', perpetrator = 'Nancarrow', perpetrators = [], child, justice } = victim
  const at = (page: string) => `/meetings/items/${itemId}/referral/${page}`
  await fillIn(visitor, at('people'), {
    victim_family: family,
    victim_given: given,
    'victim_born-day': '4',
    'victim_born-month': '5',
    'victim_born-year': victim.year ?? String(year),
    victim_gender: 'female',
    minoritised: 'no',
    lgbt: 'no',
    disabled: 'yes',
    safe_how: 'At work only, before noon',
    'children-rows': child ? '1' : '0',
    ...(child
      ? {
          'children-0-family': family,
          'children-0-given': child,
          'children-0-born-day': '1',
          'children-0-born-month': '2',
          'children-0-born-year': '2019',
          'children-0-school': 'Trewartha School',
        }
      : {}),
    'perpetrators-rows': String(1 + perpetrators.length),
    ...Object.assign(
      {},
      ...[perpetrator, ...perpetrators].map((surname, place) => ({
        [`perpetrators-${place}-family`]: surname,
        [`perpetrators-${place}-given`]: place === 0 ? 'Gerran' : 'Ruan',
        [`perpetrators-${place}-born-day`]: String(7 + place),
        [`perpetrators-${place}-born-month`]: '8',
        [`perpetrators-${place}-born-year`]: victim.year ?? String(year),
      })),
    ),
  })
  const happened = `He put his hands round her throat on Sunday. ${family} fears for the dog.`
  await fillIn(visitor, at('what-happened'), { what_happened: happened, ...justice })
  await fillIn(visitor, at('checklist'))
  await fillIn(visitor, at('why'), { criteria: ['VHR'], told: 'yes' })
  return itemId
}

/** Puts an item on the agenda of a date, for every agency. */
export const accept = (marac: Marac, itemId: string, meetingId = marac.meetingId): Promise<string> =>
  fillIn(marac.coordinator, `/meetings/items/${itemId}/triage`, {
    decision: 'accept',
    meeting: meetingId,
    seat: Object.values(marac.officers).map(one => one.seatId),
    repeat: 'no',
    words: '',
  })

/** Keeps a part of an item from an agency or a user, with its free words unless it is said that those stay; answers what the page says first of what they still read. */
export async function keepPart(
  marac: Marac,
  itemId: string,
  principal: number,
  part: string,
  { words = true, reason = 'A relative works there' } = {},
): Promise<string> {
  const address = `/meetings/items/${itemId}/withhold`
  const chosen = { from: String(principal), part, reason, ...(words ? { words: 'yes' } : {}) }
  const before = await marac.coordinator.post(address, chosen)
  if (before.status !== 200) throw new Error(`${address} answered ${before.status}: ${before.words.slice(0, 400)}`)
  await post(marac.coordinator, address, { ...chosen, read: 'yes' })
  return before.words
}

/** Sends out what is on an agenda. */
export const sendAgenda = (marac: Marac): Promise<void> => post(marac.coordinator, `/meetings/dates/${marac.meetingId}/send`, {})

/** What an agency is asked about an item. */
export async function researchOf({ database }: Product, itemId: string, { seatId }: Officer): Promise<string> {
  const { rows } = await database.admin.query<{ id: string }>('select id from meeting_research where item_id = $1 and seat_id = $2', [
    itemId,
    seatId,
  ])
  return rows[0]?.id ?? ''
}

export async function post(visitor: Visitor, address: string, fields: Fields): Promise<void> {
  const reply = await visitor.post(address, fields)
  if (reply.status !== 303) throw new Error(`${address} answered ${reply.status}: ${reply.words.slice(0, 400)}`)
}

const idOf = (text: string, after: string): string => new RegExp(`/meetings/${after}/([0-9a-f-]{36})`).exec(text)?.[1] ?? ''

/** Refers somebody to a multi-disciplinary team. */
export async function referToTeam(visitor: Visitor, seriesId: string, family: string): Promise<string> {
  const itemId = idOf(await fillIn(visitor, `/meetings/series/${seriesId}/refer`), 'items')
  const born = { 'born-day': '4', 'born-month': '5', 'born-year': '1981' }
  await fillIn(visitor, `/meetings/items/${itemId}/referral/person`, {
    family,
    given: 'Pasco',
    ...born,
    why_now: 'He sleeps in the bus shelter again.',
    criteria: ['housing', 'substances'],
    agrees: 'yes',
  })
  await fillIn(visitor, `/meetings/items/${itemId}/check`)
  return itemId
}

/** Refers somebody who is said to cause anti-social behaviour, the place where and who suffers it, with what was complained of. */
export async function referToGroup(
  visitor: Visitor,
  seriesId: string,
  { family, victim, place = 'The bus station', fields = {} }: { family: string; victim: string; place?: string; fields?: Fields },
): Promise<string> {
  const itemId = idOf(await fillIn(visitor, `/meetings/series/${seriesId}/refer`), 'items')
  const at = (page: string) => `/meetings/items/${itemId}/referral/${page}`
  await fillIn(visitor, at('people'), {
    about: 'both',
    'perpetrators-rows': '1',
    'perpetrators-0-family': family,
    'perpetrators-0-given': 'Jory',
    'locations-rows': '1',
    'locations-0-place': place,
    'locations-0-postcode': 'TR18 2LX',
    'locations-0-happens': 'Drinking and shouting until three',
    'victims-rows': '1',
    'victims-0-family': victim,
    'victims-0-given': 'Ivy',
    vulnerable: 'yes',
    ...fields,
  })
  await fillIn(visitor, at('behaviour'), { what_happens: 'He shouts at whoever comes out.', criteria: ['persistent'], hate: 'no' })
  await fillIn(visitor, at('complaints'), { 'complaints-rows': '0', review_asked: 'no', ...fields })
  await fillIn(visitor, `/meetings/items/${itemId}/check`)
  return itemId
}
