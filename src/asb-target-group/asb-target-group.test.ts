import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addColleague } from '../../test/factories/colleagues.ts'
import { accept, addSeries, keepPart, type Marac, post, referToGroup, type Sitting, sendAgenda } from '../../test/factories/marac.ts'
import { fillIn } from '../../test/factories/whole-record.ts'
import { actorOf, addAgency, addTeam } from '../../test/factories/world.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import { type Visitor, visitorOf } from '../../test/harness/visitor.ts'
import { tendMeetings } from '../meetings/index.ts'
import { fixedClock, londonDate } from '../platform/clock.ts'
import { addDays, formatDate, type PlainDate, partsOf } from '../platform/plain-date.ts'

let product: Product
let group: Marac
let itemId: string
let readOnly: Visitor
let outsider: Visitor
let today: PlainDate
const family = 'Xanthiaroe'
const victim = 'Zenobiaroe'
const who = (key: Sitting) => group.officers[key].visitor
const item = (rest = '', id = itemId) => `/meetings/items/${id}${rest}`
const date = (name: string, day: PlainDate) => {
  const { day: d, month, year } = partsOf(day)
  return { [`${name}-day`]: String(d), [`${name}-month`]: String(month), [`${name}-year`]: String(year) }
}
const row = (n: number, happened: number, told: number, kind: string, complainant: Record<string, string> = {}) => ({
  ...date(`complaints-${n}-on`, addDays(today, -happened)),
  ...date(`complaints-${n}-told_on`, addDays(today, -told)),
  [`complaints-${n}-kind`]: kind,
  [`complaints-${n}-family`]: complainant['family'] ?? '',
  [`complaints-${n}-given`]: complainant['given'] ?? '',
})
const idOf = async (query: string, ...values: unknown[]): Promise<string> =>
  (await product.database.admin.query<{ id: string }>(query, values)).rows[0]?.id ?? ''
const party = (role: string, id = itemId) => idOf('select id from meeting_parties where item_id = $1 and role = $2', id, role)
const stage = async (rest = '') => item(`/people/${await party('perpetrator')}/stage${rest}`)

/** The next date whose agenda can be changed. */
const coming = () =>
  idOf(`select id from meetings where series_id = $1 and state in ('planned', 'sent') order by starts_at desc limit 1`, group.seriesId)

/** The morning's work, so many days from now. */
const tendIn = (days: number) =>
  tendMeetings({
    database: product.database.worker,
    clock: fixedClock(new Date(product.clock.now().getTime() + days * 86_400_000)),
    actorOf: id => actorOf(product.database, id),
  })

beforeAll(async () => {
  product = await startProduct()
  group = await addSeries(product, 'asb-target-group')
  today = londonDate(product.clock.now())
  itemId = await referToGroup(who('housing'), group.seriesId, {
    family,
    victim,
    fields: {
      'perpetrators-0-stage': 'letter',
      ...date('perpetrators-0-stage_on', addDays(today, -40)),
      'complaints-rows': '4',
      ...row(0, 10, 9, 'noise', { family: victim, given: 'Ivy' }),
      ...row(1, 20, 20, 'threats', { family: 'Nobbiroe', given: 'Tamblyn' }),
      // Told of too late to count, and too long ago.
      ...row(2, 100, 40, 'noise'),
      ...row(3, 300, 299, 'damage'),
      review_asked: 'yes',
      ...date('review_asked_on', addDays(today, -2)),
    },
  })
  await accept(group, itemId)
  await keepPart(group, itemId, group.officers.probation.agency.principal, 'perpetrators', { reason: 'A relative' })
  await keepPart(group, itemId, group.officers.health.agency.principal, 'victims', { words: false, reason: 'A relative' })
  await sendAgenda(group)
  const { agency, seatId } = group.officers.police
  const reader = await addColleague(product.database, await addTeam(product.database, agency, []), { role: 'Read only', serviceArea: null })
  await post(group.coordinator, `/meetings/series/${group.seriesId}/members`, {
    what: 'member',
    who: `${seatId}/${reader.id}`,
    role: 'member',
  })
  outsider = await visitorOf(product).signIn(
    await addColleague(product.database, await addTeam(product.database, await addAgency(product.database)), {}),
  )
  readOnly = await visitorOf(product).signIn(reader)
})
afterAll(() => product.close())

describe('whom and what a referral is about', () => {
  test('[A5] people and places stand beside each other: a place with its postcode and what happens there', async () => {
    const page = await who('police').get(item())
    for (const said of [
      `${family.toUpperCase()}, Jory`,
      'The bus station, TR18 2LX',
      'Drinking and shouting until three',
      victim.toUpperCase(),
    ])
      expect(page.words).toContain(said)
    // No record is a place's.
    expect((await group.coordinator.get(item(`/people/${await party('location')}`))).status).toBe(404)
  })

  test('[A5] who complained and was not named before is one of its victims; nobody is twice', async () => {
    const { rows } = await product.database.admin.query(
      'select family_name from meeting_parties where item_id = $1 and role = $2 order by 1',
      [itemId, 'victim'],
    )
    expect(rows.map(row => row.family_name)).toEqual(['Nobbiroe', victim])
  })

  test('[A5] a place alone is referred without anybody, and found when it comes again', async () => {
    const place = { family: '', victim: 'Quickroe', place: 'The skate park', fields: { about: 'place', 'perpetrators-rows': '0' } }
    const first = await referToGroup(who('police'), group.seriesId, place)
    await accept(group, first)
    const again = await referToGroup(who('children'), group.seriesId, { ...place, victim: 'Anotherroe' })
    expect((await group.coordinator.get(item('/triage', again))).words).toContain('The same people were heard before')
    // Another person at the same place is somebody else.
    const other = await referToGroup(who('children'), group.seriesId, { ...place, family: 'Elseroe', fields: {} })
    expect((await group.coordinator.get(item('/triage', other))).words).not.toContain('The same people were heard before')
  })
})

describe('the stage of warnings', () => {
  test('[A5] that the referral tells stands on the item, on the agenda and in meeting mode', async () => {
    const letter = `Warning letter, ${formatDate(addDays(today, -40))}`
    expect((await who('idva').get(item())).words).toContain(letter)
    expect((await who('idva').get(`/meetings/dates/${group.meetingId}`)).words).toContain(letter)
    expect((await group.chair.get(`/meetings/dates/${group.meetingId}/run?item=${itemId}`)).words).toContain(letter)
  })

  test('[A5] is moved by whoever is on the case, with its dates, reason and agency; what was before is kept', async () => {
    await post(who('police'), await stage(), {
      stage: 'cpw',
      reason: 'went-on',
      ...date('on', addDays(today, -1)),
      ...date('until', addDays(today, 180)),
      agency: group.officers.police.agency.id,
    })
    const standing = `Community protection warning, ${formatDate(addDays(today, -1))} to ${formatDate(addDays(today, 180))}`
    expect((await who('housing').get(`/meetings/dates/${group.meetingId}`)).words).toContain(standing)
    const history = await who('housing').get(await stage())
    for (const said of ['Community protection warning', 'It went on', 'Warning letter', group.officers.police.agency.name])
      expect(history.words).toContain(said)
  })

  test('[A5] stands in the papers beside whom it is of; a place has no birthday; each complaint has its own line', async () => {
    const papers = await group.chair.get(`/meetings/dates/${group.meetingId}/papers`)
    const standing = `Community protection warning, ${formatDate(addDays(today, -1))} to ${formatDate(addDays(today, 180))}`
    expect(papers.words.replaceAll(/\s+/g, ' ')).toMatch(new RegExp(`${family.toUpperCase()}, Jory [^A-Z]*${standing}`))
    expect(papers.words.replaceAll(/\s+/g, ' ')).not.toMatch(/The bus station, TR18 2LX Not known/)
    expect(papers.html).toMatch(/<li[^>]*>(<span>)*When it happened: [^<]*What it was: Noise/)
  })

  test('[A5] is not moved with a day to come, an end before its beginning or a step that is none', async () => {
    for (const [fields, message] of [
      [{ stage: 'cpn', ...date('on', addDays(today, 3)) }, 'must be today or in the past'],
      [{ stage: 'cpn', ...date('on', today), ...date('until', addDays(today, -3)) }, 'on or after the day on which it was taken'],
      [{ stage: 'hanging', ...date('on', today) }, 'Choose which step was taken'],
    ] as const) {
      const refused = await who('police').post(await stage(), fields)
      expect([refused.status, refused.words]).toEqual([422, expect.stringContaining(message)])
    }
  })

  test('[A5] taken back as a mistake stays on the history, and what was before stands again', async () => {
    const moveId = await idOf('select id from meeting_stage_moves where item_id = $1 and stage = $2', itemId, 'cpw')
    // By nobody who neither recorded it nor runs the meeting.
    expect((await who('housing').post(await stage(`/${moveId}/back`), {})).status).toBe(404)
    await post(who('police'), await stage(`/${moveId}/back`), {})
    expect((await who('housing').get(await stage())).words).toContain('taken back')
    expect((await who('housing').get(item())).words).toContain('Warning letter')
  })

  test('[A5] [M1e] is neither read nor moved by whoever the person is kept from, nor moved by whoever only reads', async () => {
    expect((await who('probation').get(item())).words).not.toMatch(/Warning letter|Xanthiaroe/i)
    for (const visitor of [who('probation'), readOnly]) {
      const refused = await visitor.post(await stage(), { stage: 'cpn', ...date('on', today) })
      expect([403, 404]).toContain(refused.status)
    }
    expect((await who('probation').get(await stage())).status).toBe(404)
    expect((await readOnly.get(await stage())).words).not.toContain('Record a step')
  })

  test('[A5] goes along to a case that repeats it', async () => {
    const again = await referToGroup(who('police'), group.seriesId, { family, victim, place: 'Elsewhere' })
    await fillIn(group.coordinator, item('/triage', again), {
      decision: 'accept',
      meeting: group.meetingId,
      seat: Object.values(group.officers).map(one => one.seatId),
      repeat: 'yes',
      words: '',
    })
    expect((await group.coordinator.get(item('', again))).words).toContain('Warning letter')
  })

  test('[A5] its steps are a list of the authority’s: one that is no longer used is not offered, and is read where it was', async () => {
    const { admin } = product.database
    await admin.query(`update list_options set label = 'Letter of warning' where list = 'asb-warning-stage' and code = 'letter'`)
    await admin.query(`update list_options set archived_at = now() where list = 'asb-warning-stage' and code = 'letter'`)
    const page = await who('police').get(await stage())
    expect(page.words).toContain('Letter of warning')
    expect(page.html).not.toContain('value="letter"')
    // Also in the referral as it was sent.
    expect((await who('police').get(item())).words.split('Letter of warning').length).toBeGreaterThan(2)
    await admin.query(`update list_options set archived_at = null where list = 'asb-warning-stage' and code = 'letter'`)
  })
})

describe('complaints', () => {
  const log = (rest = '') => item(`/log/complaints${rest}`)

  test('[A5] are those of the referral, each with its day and kind, and who complained where the reader sees them', async () => {
    const page = await who('police').get(log())
    for (const said of ['Noise', 'Threats or intimidation', 'Damage or graffiti', formatDate(addDays(today, -10)), 'NOBBIROE, Tamblyn'])
      expect(page.words).toContain(said)
    const kept = await who('health').get(log())
    expect(kept.words).toContain('Noise')
    expect(kept.words).not.toMatch(/Nobbiroe|Zenobiaroe/i)
  })

  test('[A5] are added as they come, by agencies and by those who run the meeting', async () => {
    await post(who('police'), log('/new'), {
      ...date('on', addDays(today, -3)),
      ...date('told', addDays(today, -3)),
      what: 'gathering',
      party: await party('victim'),
      agency: group.officers.police.agency.id,
      words: 'Forty people, bottles thrown',
    })
    await post(group.coordinator, log('/new'), { ...date('on', addDays(today, -5)), what: 'vehicles', family: 'Newroe', given: 'Jenifer' })
    // Another log has a choice of that code as well.
    await post(who('police'), log('/new'), { ...date('on', addDays(today, -4)), what: 'other', words: 'ONCEALONE' })
    const page = await who('idva').get(item())
    expect(page.words.split('ONCEALONE')).toHaveLength(2)
    expect((await who('idva').get(item('/activity'))).words.split('ONCEALONE')).toHaveLength(2)
    for (const said of ['Rowdy gathering', 'Forty people, bottles thrown', 'NEWROE, Jenifer']) expect(page.words).toContain(said)
  })

  test('[A5] are refused with what to do, and what was typed is kept', async () => {
    const refused = await who('police').post(log('/new'), {
      ...date('on', today),
      ...date('told', addDays(today, -3)),
      what: '',
      words: 'KEPTWORDS',
    })
    expect(refused.status).toBe(422)
    for (const said of ['on or after the day on which it happened', 'Choose what it was', 'KEPTWORDS'])
      expect(refused.words).toContain(said)
  })

  test('[A5] [M1e] are not there for whomever the case’s words are kept from, and not written by whoever only reads', async () => {
    expect((await who('probation').get(item())).words).not.toContain('Rowdy gathering')
    expect((await who('probation').get(log())).words).not.toContain('Rowdy gathering')
    expect((await who('health').get(log('/new'))).html).not.toContain('name="family"')
    expect([403, 404]).toContain((await readOnly.post(log('/new'), { ...date('on', today), what: 'noise' })).status)
    expect((await readOnly.get(log())).words).not.toContain('Record a complaint')
  })

  test('[A5] recorded by mistake are taken back by whoever recorded them, and those who run the meeting', async () => {
    const entryId = await idOf('select id from meeting_log_entries where item_id = $1 and what = $2', itemId, 'gathering')
    expect((await who('housing').post(log(`/${entryId}/back`), {})).status).toBe(404)
    await post(who('police'), log(`/${entryId}/back`), {})
    expect((await who('idva').get(item())).words).not.toContain('Forty people')
  })
})

describe('a case review', () => {
  const review = (rest = '') => item(`/review${rest}`)

  test('[A5] that the referral tells of is asked for, with what is due by when', async () => {
    const page = await group.coordinator.get(item())
    for (const said of [
      'Case review',
      'Asked for',
      formatDate(addDays(today, -2)),
      'Acknowledge it',
      'Decide whether it reaches the threshold',
    ])
      expect(page.words).toContain(said)
    expect((await who('police').get(item())).words).toContain('to be decided')
  })

  test('[A5] is decided by the complaints that count, and by what is weighed, with a reason', async () => {
    await post(group.coordinator, review('/acknowledged'), { ...date('on', today), words: 'By letter' })
    const page = await group.coordinator.get(review('/decided'))
    expect(page.words).toContain('2 of the complaints that you read count')
    expect(page.words).toContain('The threshold is 3')
    const refused = await group.coordinator.post(review('/decided'), { ...date('on', today), is: 'met', words: '' })
    expect([refused.status, refused.words]).toEqual([422, expect.stringContaining('Enter why it reaches the threshold')])
    await post(group.coordinator, review('/decided'), { ...date('on', today), is: 'met', weighed: ['harm'], words: 'Serious harm' })
    for (const said of [
      'threshold met',
      'Reaches the threshold',
      '2 complaints counted',
      'Weighed: The harm',
      'Serious harm',
      'Hold the review',
    ])
      expect((await group.coordinator.get(review())).words).toContain(said)
  })

  test('[A5] a step that does not come next, or came meanwhile, is not recorded', async () => {
    for (const step of ['asked', 'acknowledged', 'decided', 'told'])
      expect((await group.coordinator.post(review(`/${step}`), { ...date('on', today), is: 'met', words: 'x', as: 'victim' })).status).toBe(
        303,
      )
    expect(await idOf('select count(*)::text as id from meeting_review_steps where item_id = $1', itemId)).toBe('3')
  })

  test('[A5] is held, its outcome told to whoever asked, and over; then it can be asked for again', async () => {
    await post(group.coordinator, review('/held'), { ...date('on', today), words: 'Housing to move them', recommends: 'yes' })
    await post(group.coordinator, review('/told'), { ...date('on', today), words: 'Visited at home' })
    const page = await who('police').get(review())
    for (const said of ['With recommendations', 'Housing to move them', 'Visited at home', 'over']) expect(page.words).toContain(said)
    await post(group.coordinator, review('/asked'), { ...date('on', today), as: 'representative', words: 'Her councillor' })
    expect((await group.coordinator.get(item())).words).toContain('to be decided')
  })

  test('[A5] a step recorded by mistake is taken back, the last first', async () => {
    const stepId = await idOf('select id from meeting_review_steps where item_id = $1 order by recorded_at desc, id desc limit 1', itemId)
    await post(group.coordinator, review(`/steps/${stepId}/back`), {})
    expect((await group.coordinator.get(review())).words).not.toContain('Her councillor')
  })

  test('[A5] [M1e] is recorded by those who run the meeting alone, and not read by whomever the case’s words are kept from', async () => {
    for (const visitor of [who('police'), readOnly, who('probation')])
      expect([403, 404]).toContain((await visitor.post(review('/asked'), { ...date('on', today), as: 'victim', words: '' })).status)
    expect((await who('probation').get(review())).status).toBe(404)
    expect((await who('probation').get(item())).words).not.toContain('Case review')
  })

  test('[A5] those who run the meeting are told when its next step is due, once a week', async () => {
    await post(group.coordinator, review('/asked'), { ...date('on', today), as: 'victim', words: '' })
    const told = async () =>
      idOf(
        "select count(*)::text as id from notices where words = 'The next step of a case review is due' and user_id = $1",
        group.coordinatorId,
      )
    await tendIn(1)
    expect(await told()).toBe('0')
    for (const days of [25, 26]) await tendIn(days)
    expect(await told()).toBe('1')
    await post(group.coordinator, review('/dropped'), { ...date('on', today), words: 'She has moved' })
    await tendIn(40)
    expect(await told()).toBe('1')
  })

  test('[A5] its threshold and times are the area’s own, no higher than the law leaves', async () => {
    const settings = `/meetings/series/${group.seriesId}/edit`
    await fillIn(group.coordinator, settings, { complaints: '2', decideDays: '10', starts: '9:30am' })
    await post(group.coordinator, item('/review/asked'), { ...date('on', today), as: 'victim', words: '' })
    expect((await group.coordinator.get(item('/review/decided'))).words).toContain('The threshold is 2')
    const form = { complaints: '4', starts: '9:30am' }
    await expect(fillIn(group.coordinator, settings, form)).rejects.toThrow('must be a whole number from 1 to 3')
  })
})

describe('the work as a whole', () => {
  test('[A5] every case that is open to somebody is listed, with its stage and what is open of it', async () => {
    const list = `/meetings/series/${group.seriesId}/cases`
    await post(group.chair, item('/actions/new'), { what: 'Visit weekly @housing in 10 days' })
    const page = await who('idva').get(list)
    for (const said of [family.toUpperCase(), 'Letter of warning', 'The bus station']) expect(page.words).toContain(said)
    expect((await who('probation').get(list)).words).not.toMatch(/Xanthiaroe|Letter of warning/i)
    expect((await who('idva').get(`${list}?with=late`)).words).toContain('No action is late.')
    expect((await group.coordinator.get(list)).status).toBe(200)
    expect((await outsider.get(list)).status).toBe(404)
  })

  test('[A5] figures count complaints, steps, reviews and actions of a quarter, to those who run the meeting', async () => {
    const figures = `/meetings/series/${group.seriesId}/figures`
    const page = await group.coordinator.get(figures)
    for (const said of [
      'Complaints',
      'Steps taken',
      'Case reviews, as they are published each year',
      'Reviews held',
      'Cases that the group works with',
    ])
      expect(page.words).toContain(said)
    const csv = (await group.coordinator.get(`${figures}/csv`)).html
    expect(csv).toMatch(/Case reviews, as they are published each year: Reviews held"?,\d,1/)
    expect(csv).toMatch(/Steps taken: Letter of warning,\d,2/)
    const counted = (what: string) => Number(new RegExp(`${what}"?,\\d+,(\\d+)`).exec(csv)?.[1])
    expect(counted('Complaints: Noise')).toBeGreaterThan(0)
    expect(counted('Actions: Set')).toBeGreaterThan(0)
    // It has ten days yet.
    expect(counted('Actions: Open, and late at the end')).toBe(0)
    expect((await who('police').get(figures)).status).toBe(404)
  })

  test('[A5] the work ends with what came of it: closed to its members, who keep what they are to do', async () => {
    const refused = await group.coordinator.post(item('/end'), { outcome: '', words: '' })
    expect([refused.status, refused.words]).toEqual([422, expect.stringContaining('Choose what came of it')])
    expect((await group.coordinator.get(item('/end'))).words).toContain('1 action is open')
    expect((await who('police').post(item('/end'), { outcome: 'stopped', words: '' })).status).toBe(404)
    await post(group.coordinator, item('/end'), { outcome: 'stopped', words: 'Quiet since June' })
    expect((await who('police').get(item())).status).toBe(404)
    expect((await who('police').get(item('/log/complaints'))).status).toBe(404)
    expect((await who('housing').get('/meetings')).words).toContain('Visit weekly')
    const kept = await group.coordinator.get(item())
    for (const said of ['The behaviour has stopped', 'Quiet since June']) expect(kept.words).toContain(said)
    expect((await group.coordinator.get(`/meetings/series/${group.seriesId}/figures`)).words).toContain('The behaviour has stopped')
  })
})

test('[M1e] before a part is kept without the free words its keeper is shown which days and kinds are still read', async () => {
  const from = String(group.officers.idva.agency.principal)
  const days = [`Complaints: Noise, ${formatDate(addDays(today, -10))}`, 'Asked for,']
  const chosen = { from, part: 'victims', reason: 'A relative' }
  const page = (await group.coordinator.post(item('/withhold'), chosen)).words
  for (const day of days) expect(page).toContain(day)
  const kept = (await group.coordinator.post(item('/withhold'), { ...chosen, words: 'yes' })).words
  for (const day of days) expect(kept).not.toContain(day)
})

test('[A5] [M1e] a step that goes along tells of the earlier case to nobody from whom it is kept there, though they are let in on the next', async () => {
  const on = addDays(today, -33)
  const people = { family: 'Qorinroe', victim: 'Rosenroe' }
  const fields = { 'perpetrators-0-stage': 'letter', ...date('perpetrators-0-stage_on', on) }
  const first = await referToGroup(who('police'), group.seriesId, { ...people, place: 'Here', fields })
  await accept(group, first, await coming())
  const { probation, children } = group.officers
  await keepPart(group, first, probation.agency.principal, 'perpetrators')
  const again = await referToGroup(who('police'), group.seriesId, { ...people, place: 'There' })
  await fillIn(group.coordinator, item('/triage', again), {
    decision: 'accept',
    meeting: await coming(),
    seat: Object.values(group.officers).map(one => one.seatId),
    repeat: 'yes',
    words: '',
  })
  const letIn = async ({ agency }: typeof probation) => {
    const { rows } = await product.database.admin.query<{ id: string }>(
      'select id from meeting_item_withholdings where item_id = $1 and holder = $2 and ended_at is null',
      [again, agency.principal],
    )
    expect(rows).not.toEqual([])
    for (const { id } of rows) await fillIn(group.coordinator, item(`/withhold/${id}/end`, again), { reason: 'Another family' })
  }
  await letIn(probation)
  await post(group.coordinator, `/meetings/dates/${await coming()}/send`, {})
  const stages = async (key: Sitting) => who(key).get(item(`/people/${await party('perpetrator', again)}/stage`, again))
  const read = (await who('probation').get(item('', again))).words
  expect(read).toContain('QORINROE')
  for (const words of [read, (await stages('probation')).words]) expect(words).not.toContain(formatDate(on))
  expect((await stages('children')).words).toContain(formatDate(on))
  // Nor whoever it is kept from there only now.
  await keepPart(group, first, children.agency.principal, 'perpetrators')
  await letIn(children)
  expect((await stages('children')).words).not.toContain(formatDate(on))
  expect((await stages('health')).words).toContain(formatDate(on))
})

test('there was no fault', () => expect(product.faults).toEqual([]))
