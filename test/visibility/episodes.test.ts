import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor } from '../../src/platform/actor.ts'
import { addColleague, type Colleague } from '../factories/colleagues.ts'
import { addToTeam, beginEpisode, formAt, registerFor } from '../factories/episodes.ts'
import { fillIn } from '../factories/whole-record.ts'
import { actorOf, addAgency, addTeam, episodes } from '../factories/world.ts'
import { type Product, startProduct } from '../harness/product.ts'
import { type Visitor, visitorOf } from '../harness/visitor.ts'

// One episode, and everybody who could have to do with it: what each finds on its pages and in its rows. The rules in words: src/episodes/README.md.

const family = 'Quoitxanthe'
const said = {
  note: 'Slept at her aunt’s on Friday',
  plan: 'A lamp for the landing',
  family: 'Uncle is back from sea',
  health: 'Coughs at night',
}
const everything = new RegExp(Object.values(said).join('|'))

type Name =
  | 'co-ordinator'
  | 'former co-ordinator'
  | 'member who reads'
  | 'member who adds'
  | 'member without the section'
  | 'former member'
  | 'user it is withheld from'
  | 'colleague of a withheld agency'
  | 'member of another episode'
  | 'outsider'
  | 'commissioner'
  | 'desk'
  | 'leader of another service'

let product: Product
let at: string
let caseId: string
let personId: string
let form: string
const who = {} as Record<Name, Colleague>
const by = {} as Record<Name, Visitor>

beforeAll(async () => {
  product = await startProduct()
  const { database } = product
  const council = await addAgency(database, { name: 'Porthkerris Council', isAuthority: true })
  const agency = async (name: string) => addTeam(database, await addAgency(database, { name }), ['anything'])
  const [school, clinic, police, homes] = [await agency('School'), await agency('Clinic'), await agency('Police'), await agency('Homes')]
  const desk = await addTeam(database, council, [episodes], 'Episodes Desk')
  const partner = { role: 'Partner officer' as const, serviceArea: null }
  const places: [Name, typeof desk, object][] = [
    ['desk', desk, { role: 'Team leader' }],
    ['commissioner', desk, { role: 'Commissioner', serviceArea: null }],
    ['leader of another service', await addTeam(database, council, ['early-help']), { role: 'Team leader' }],
    ['former co-ordinator', school, partner],
    ['co-ordinator', clinic, partner],
    ['member who adds', school, partner],
    ['member who reads', clinic, partner],
    ['member without the section', police, partner],
    ['former member', police, partner],
    ['user it is withheld from', clinic, partner],
    ['colleague of a withheld agency', homes, partner],
    ['member of another episode', school, partner],
    ['outsider', police, partner],
  ]
  for (const [name, team, more] of places) {
    who[name] = await addColleague(database, team, { name: `The ${name}`, ...more })
    by[name] = await visitorOf(product).signIn(who[name])
  }

  // Another one of the same child, which the desk began.
  const begins = await registerFor(by.desk, 'Merryn', family)
  personId = /[0-9a-f-]{36}/.exec(begins)![0]
  const mine = await beginEpisode(by.desk, begins)
  await addToTeam(by.desk, mine, who['member of another episode'].email, { access: 'add' })

  const other = { coordinator: 'other', 'coordinator-email': who['former co-ordinator'].email }
  await beginEpisode(by.desk, begins, { ...other, why: 'Coughs and misses school' })
  const { rows } = await database.admin.query<{ id: string }>('select id from cases where person_id = $1 and worker_id = $2', [
    personId,
    who['former co-ordinator'].id,
  ])
  caseId = rows[0]!.id
  at = `/cases/${caseId}`
  const lead = by['former co-ordinator']
  for (const [name, access] of [
    ['member who reads', 'read'],
    ['member who adds', 'add'],
    ['member without the section', 'add'],
    ['former member', 'read'],
    ['user it is withheld from', 'read'],
    ['colleague of a withheld agency', 'add'],
  ] as const)
    expect([name, (await addToTeam(lead, at, who[name].email, { access, role: name })).status]).toEqual([name, 303])
  const begun = await fillIn(lead, `${at}/forms/new`, { form: 'common-assessment' })
  form = begun.replace(/\/pages\/.*/, '')
  const typed = (page: string, words: Record<string, string>) => fillIn(lead, `${form}/pages/${page}`, { ...words, _then: 'leave' })
  await typed('family-and-environment', { family: 'help', family_seen: said.family })
  await typed('development', { health: 'help', health_seen: said.health })
  await fillIn(lead, `${at}/notes/new`, { text: said.note })
  await fillIn(lead, `${at}/plan/needs/new`, { title: said.plan })
  const hide = (fields: object) =>
    lead.post(`${at}/withholding/new`, { reason: 'They live next door', 'wish-of': '', what: 'case', ...fields })
  const answerSet = form.slice(-36)
  expect((await hide({ from: 'user', user: who['user it is withheld from'].email })).status).toBe(303)
  const withheldAgency = await database.admin.query<{ id: string }>(`select id from agencies where name = 'Homes'`)
  expect((await hide({ from: 'agency', agency: withheldAgency.rows[0]!.id })).status).toBe(303)
  const one = { from: 'user', user: who['member without the section'].email, what: 'section', section: `${answerSet}/family` }
  expect((await hide(one)).status).toBe(303)
  const leaving = /team-around\/([0-9a-f-]{36})\/end/.exec((await lead.get(`${at}/team-around`)).html.split('The former member')[1]!)![0]
  expect((await lead.post(`${at}/${leaving}`, { reason: 'Works elsewhere' })).status).toBe(303)
  const change = { email: who['co-ordinator'].email, reason: 'Nearer to her', 'hand-over': '' }
  expect((await lead.post(`${at}/co-ordinator`, { ...(await formAt(lead, `${at}/co-ordinator`)), ...change })).status).toBe(303)
})
afterAll(() => product?.close())

/** Rows of the episode that somebody reads, by table, and those that they could change: row-level security alone. */
async function rowsFor(name: Name) {
  const actor = await actorOf(product.database, who[name].id, product.clock.now())
  return asActor(product.database.web, actor, 'write', async tx => {
    const count = async (table: string, key = 'case_id', more = sql`true`) =>
      (
        await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)} where ${sql.ref(key)} = ${caseId} and ${more}`.execute(
          tx,
        )
      ).rows[0]!.n
    const changeable = async (table: string, key = 'case_id') =>
      (await sql`select ${sql.ref(key)} from ${sql.table(table)} where ${sql.ref(key)} = ${caseId} for update`.execute(tx)).rows.length
    return {
      case: await count('cases', 'id'),
      notes: await count('case_notes'),
      needs: await count('plan_needs'),
      family: await count('answer_sections', 'case_id', sql`section = 'family'`),
      health: await count('answer_sections', 'case_id', sql`section = 'health'`),
      team: (await count('episode_members')) > 0,
      consents: await count('consents'),
      grants: (await count('access_grants')) > 0,
      withholdings: (await count('withholdings')) > 0,
      changes: (await changeable('cases', 'id')) > 0 ? 'the episode' : (await changeable('plan_needs')) > 0 ? 'its plan' : 'nothing',
    }
  })
}

const none = {
  case: 0,
  notes: 0,
  needs: 0,
  family: 0,
  health: 0,
  team: false,
  consents: 0,
  grants: false,
  withholdings: false,
  changes: 'nothing',
}
const team = { ...none, case: 1, notes: 1, needs: 1, family: 1, health: 1, team: true, consents: 1 }
const all = { ...team, grants: true, withholdings: true, changes: 'the episode' }

const rules: Record<Name, typeof none> = {
  'co-ordinator': all,
  desk: all,
  commissioner: { ...team, grants: true, withholdings: true },
  'member who reads': team,
  'member who adds': { ...team, changes: 'its plan' },
  'member without the section': { ...team, family: 0, changes: 'its plan' },
  'former co-ordinator': none,
  'former member': none,
  'user it is withheld from': none,
  'colleague of a withheld agency': none,
  'member of another episode': none,
  outsider: none,
  'leader of another service': none,
}
const names = Object.keys(rules) as Name[]

describe.each(names)('[E1] [E2] [E5] the %s', name => {
  const { case: isThere, changes, family: seesFamily, grants: readsSharing } = rules[name]

  test('reads and changes in the database what the rules say', async () => {
    expect(await rowsFor(name)).toEqual(rules[name])
  })

  test('finds on its pages what the rules say', async () => {
    const status = async (page: string) => (await by[name].get(`${at}${page}`)).status
    for (const page of ['', '/team-around', '/team-around/print', '/plan', '/notes', '/consent', '/documents'])
      expect([page, await status(page)]).toEqual([page, isThere ? 200 : 404])
    const decides = changes === 'the episode'
    expect(await status('/sharing')).toBe(readsSharing ? 200 : 404)
    for (const page of ['/co-ordinator', '/team-around/new', '/close', '/hold-review', '/withholding/new'])
      expect([page, await status(page)]).toEqual([page, decides ? 200 : 404])
    for (const page of ['/plan/needs/new', '/notes/new'])
      expect([page, await status(page)]).toEqual([page, changes === 'nothing' ? 404 : 200])
    for (const page of ['/allocate', '/co-workers/new', '/reopen']) expect([page, await status(page)]).toEqual([page, 404])
    const read = await by[name].get(form)
    expect(read.status).toBe(isThere ? 200 : 404)
    expect([read.html.includes(said.family), read.html.includes(said.health)]).toEqual([seesFamily === 1, isThere === 1])
  })

  test('learns no word of it in another way', async () => {
    const words = async (address: string) => (await by[name].get(address)).words
    for (const query of ['aunt', 'landing', 'uncle', 'coughs']) {
      const found = await words(`/search?q=${query}&in=written`)
      if (!isThere) expect([query, found]).toEqual([query, expect.not.stringMatching(everything)])
      if (!seesFamily) expect(found).not.toContain(said.family)
    }
    const elsewhere = [
      await words('/episodes'),
      await words('/work'),
      await words('/notices'),
      await words('/tasks'),
      await words(`/people/${personId}`),
    ]
    for (const page of elsewhere) {
      if (!isThere) expect(page).not.toMatch(everything)
      expect(page).not.toContain(said.family)
    }
    const knows = (await words('/episodes')).includes(family.toUpperCase())
    expect(knows).toBe(isThere === 1 || name === 'member of another episode')
  })

  test('changes nothing by a post that is not theirs', async () => {
    const before = await rowsFor('desk')
    if (changes !== 'the episode')
      for (const page of [
        'co-ordinator',
        'team-around/new',
        'close',
        'hold-review',
        'withholding/new',
        'sharing/new/confirm',
        'restrict',
      ]) {
        const reply = await by[name].post(`${at}/${page}`, {
          email: who[name].email,
          who: 'user',
          reason: 'x',
          from: 'user',
          user: who.desk.email,
        })
        expect([page, reply.status]).toEqual([page, 404])
      }
    expect(await rowsFor('desk')).toEqual(before)
  })
})

test('[E7] whoever may know of it is told of it and of the other, whom to ring, and nothing else; whoever it is withheld from, nothing of it', async () => {
  const asked = { given: 'Merryn', family, 'born-day': '3', 'born-month': '6', 'born-year': '2019' }
  const told = (await by.outsider.post('/involved', asked)).words
  expect(told).toContain('Co-ordinator: The co-ordinator, Clinic')
  expect(told).toContain('Co-ordinator: The desk, Porthkerris Council')
  expect(told).not.toMatch(everything)
  for (const name of ['user it is withheld from', 'colleague of a withheld agency'] as const)
    expect((await by[name].post('/involved', asked)).words).not.toContain('The co-ordinator, Clinic')
})

test('[E2] once closed it is the desk’s and the commissioners’, and nobody else’s', async () => {
  await fillIn(by['co-ordinator'], `${at}/close`, { summary: 'She sleeps' })
  for (const name of names)
    expect([name, (await by[name].get(at)).status]).toEqual([name, name === 'desk' || name === 'commissioner' ? 200 : 404])
  for (const name of names) if (name !== 'desk' && name !== 'commissioner') expect([name, await rowsFor(name)]).toEqual([name, none])
  expect(product.faults).toEqual([])
})
