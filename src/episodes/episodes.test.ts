import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addColleague, type Colleague } from '../../test/factories/colleagues.ts'
import { addToTeam, agreed, formAt, registerFor } from '../../test/factories/episodes.ts'
import { fillIn } from '../../test/factories/whole-record.ts'
import { actorOf, addAgency, addTeam, episodes, type Team } from '../../test/factories/world.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import { type Fields, type Visitor, visitorOf } from '../../test/harness/visitor.ts'
import { asActor } from '../platform/actor.ts'

// A school begins an episode for a child whom nobody holds; health, housing and the police work on it, each seeing what is theirs.

const family = 'Trevanyon'
const why = String(agreed['why'])
const involved = { given: 'Merryn', family, 'born-day': '3', 'born-month': '6', 'born-year': '2019' }

let product: Product
let desk: Visitor
let head: Visitor
let nurse: Visitor
let officer: Visitor
let leader: Visitor
let outsider: Visitor
let who: Record<'desk' | 'head' | 'nurse' | 'officer' | 'leader' | 'outsider', Colleague>
let school: Team

beforeAll(async () => {
  product = await startProduct()
  const { database } = product
  const council = await addAgency(database, { name: 'Porthkerris Council', isAuthority: true })
  school = await addTeam(database, await addAgency(database, { name: 'Harbour School' }), ['teaching'])
  const clinic = await addTeam(database, await addAgency(database, { name: 'Kerris Clinic' }), ['nursing'])
  const station = await addTeam(database, await addAgency(database, { name: 'Porthkerris Police' }), ['policing'])
  const partner = { role: 'Partner officer' as const, serviceArea: null }
  who = {
    desk: await addColleague(database, await addTeam(database, council, [episodes], 'Episodes Desk'), {
      name: 'Loveday Nance',
      role: 'Team leader',
    }),
    head: await addColleague(database, school, { ...partner, name: 'Jenifer Bray' }),
    nurse: await addColleague(database, clinic, { ...partner, name: 'Ysella Moon' }),
    officer: await addColleague(database, station, { ...partner, name: 'Denzil Opie' }),
    leader: await addColleague(database, await addTeam(database, council, ['early-help']), { name: 'Demelza Vyvyan', role: 'Team leader' }),
    outsider: await addColleague(database, clinic, { ...partner, name: 'Piran Hocking' }),
  }
  const enter = (colleague: Colleague) => visitorOf(product).signIn(colleague)
  desk = await enter(who.desk)
  head = await enter(who.head)
  nurse = await enter(who.nurse)
  officer = await enter(who.officer)
  leader = await enter(who.leader)
  outsider = await enter(who.outsider)
})
afterAll(() => product?.close())

const idIn = (address: string): string => /[0-9a-f-]{36}/.exec(address)![0]
let registered = 0
// Nobody is like anybody else: nobody is asked whether they are.
const register = (visitor: Visitor, given: string) =>
  given === 'Merryn' ? registerFor(visitor, given, family) : registerFor(visitor, given, `${given}ick`, String(2011 + registered++))
const begin = async (visitor: Visitor, given: string, fields: Fields = {}) => {
  const address = await register(visitor, given)
  return {
    personId: idIn(address),
    address,
    reply: await visitor.post(address, { ...(await formAt(visitor, address)), ...agreed, ...fields }),
  }
}

/** What of a case somebody reads by row-level security alone. */
async function rowsFor(colleague: Colleague, caseId: string) {
  const actor = await actorOf(product.database, colleague.id, product.clock.now())
  return asActor(product.database.web, actor, 'read', async tx => {
    const count = async (table: string, key = 'case_id') =>
      (await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)} where ${sql.ref(key)} = ${caseId}`.execute(tx)).rows[0]!
        .n
    return {
      cases: await count('cases', 'id'),
      members: await count('episode_members'),
      consents: await count('consents'),
      grants: await count('access_grants'),
      caseload: await count('caseload_entries'),
    }
  })
}
const none = { cases: 0, members: 0, consents: 0, grants: 0, caseload: 0 }

let at: string
let caseId: string
let personId: string

describe('an episode is begun', () => {
  test('[E6] [E1] by a school, for a child whom nobody holds, and its co-ordinator lands on it', async () => {
    const begun = await begin(head, 'Merryn')
    expect([begun.reply.status, begun.reply.words.slice(0, 300)]).toEqual([303, ''])
    personId = begun.personId
    at = begun.reply.location!.split('?')[0]!
    caseId = idIn(at)
    const { status, words } = await head.get(at)
    expect(status).toBe(200)
    expect(words).toMatch(/Co-ordinator Jenifer Bray/)
    expect(words).toContain('They agreed to share: The assessment and the plan')
    expect((await head.get('/episodes')).words).toMatch(/TREVANYON, Merryn.*Co-ordinator/)
    // Nothing stands as ended of an episode that has just begun.
    expect((await head.get(`${at}/sharing`)).words).not.toContain('Somebody else co-ordinates it')
    expect((await head.get(`${at}/team-around`)).words).toMatch(
      /Jenifer Bray Harbour School Co-ordinator .*All of it, and decides about it/,
    )
  })

  test('[E6] [E7] makes no agency involved: whoever asks is told of the episode and whom to ring, and of no service', async () => {
    const { words } = await officer.post('/involved', involved)
    expect(words).toMatch(/multi agency episodes since .*Co-ordinator: Jenifer Bray, Harbour School · 01632/)
    expect(words).not.toMatch(/is involved|Episodes Desk|teaching/)
    const { rows } = await product.database.admin.query('select service_area from involvements where person_id = $1', [personId])
    expect(rows).toEqual([{ service_area: episodes }])
    expect((await officer.get(at)).status).toBe(404)
    expect((await officer.get(`/people/${personId}`)).status).toBe(404)
    expect(await rowsFor(who.officer, caseId)).toEqual(none)
  })

  test('[E4] not without their agreement, but by a right of its own and a lawful reason', async () => {
    const refused = { answer: 'refused', 'until-day': '' }
    const { reply, address } = await begin(head, 'Kensa', refused)
    expect([reply.status, reply.words]).toEqual([422, expect.stringContaining('Without their agreement an episode is not yours to begin')])
    expect(reply.html).toContain(why)
    expect((await head.get(address)).words).not.toContain('By what lawful reason do you go on without')
    const known = await begin(leader, 'Jowan', { ...refused, 'without-reason': '', 'without-because': '' })
    expect([known.reply.status, known.reply.words]).toEqual([422, expect.stringContaining('Select the lawful reason to go on')])
    const fields = { ...agreed, ...refused, 'without-reason': 'child-protection', 'without-because': 'He was left alone at night' }
    const gone = await leader.post(known.address, { ...(await formAt(leader, known.address)), ...fields })
    expect([gone.status, gone.words.slice(0, 200)]).toEqual([303, ''])
    const shown = await leader.get(gone.location!)
    expect(shown.words).toMatch(/An assessment was refused on .*Gone on without it: .*He was left alone at night/)
    expect((await leader.get(`${gone.location!.split('?')[0]}/consent`)).words).toMatch(/Refused/)
  })

  test('[E4] a refusal is kept on the record of the person: nothing begins, and no other agency learns of it', async () => {
    const refused = { answer: 'refused', 'until-day': '', why: '', coordinator: '', evidence: 'She said: not now' }
    const { reply, address, personId: of } = await begin(head, 'Derwa', refused)
    expect(reply.status).toBe(422)
    expect(reply.words).toMatch(/ring Episodes Desk, Porthkerris Council(, on [\d ]+)?: they can go on without it/)
    expect(reply.html).toContain('name="keep-refusal"')
    expect(reply.html).toContain(`href="/people/${of}">`)
    const asked = { ...(await formAt(head, address)), ...agreed, ...refused, 'keep-refusal': 'yes' }
    const unsaid = await head.post(address, { ...asked, 'by-name': '' })
    expect([unsaid.status, unsaid.words]).toEqual([422, expect.stringContaining('Enter who answered')])
    expect((await head.post(address, { ...asked, answer: 'given' })).words).toContain('Select No, to write down that they refused')
    expect((await officer.post(address, asked)).status).toBe(404)
    const done = await head.post(address, asked)
    expect([done.status, done.location]).toEqual([303, expect.stringContaining(`/people/${of}`)])
    const history = (await head.get(`/people/${of}/history`)).words
    expect(history).toMatch(/Consent to an episode .*Refused on .* by Mrs Trevanyon \(/)
    expect(history).toContain('She said: not now')
    expect((await head.get(address)).words).toMatch(/Refused on .* Ask again only if something has changed/)
    const { rows } = await product.database.admin.query('select from cases where person_id = $1', [of])
    expect(rows).toHaveLength(0)
    for (const visitor of [desk, officer, outsider]) expect((await visitor.get(`/people/${of}`)).status).toBe(404)
    expect((await desk.get('/notices')).words).not.toContain('refus')
    expect((await visitorOf(product).post(address, asked)).location ?? '').toContain('/sign-in')
  })

  test('[E4] against a refusal that was gone on against, each who joins is shared with by a lawful reason', async () => {
    const without = { answer: 'refused', 'without-reason': 'child-protection', 'without-because': 'Left alone at night' }
    const { reply, personId: of } = await begin(leader, 'Tressa', { ...without, coordinator: 'other', 'coordinator-email': who.head.email })
    expect([reply.status, reply.words.slice(0, 200)]).toEqual([303, ''])
    const { rows } = await product.database.admin.query<{ id: string }>('select id from cases where person_id = $1', [of])
    const episode = `/cases/${rows[0]!.id}`
    const joining = { basis: 'safeguarding-child', 'without-consent': '' }
    expect((await addToTeam(head, episode, who.nurse.email, joining)).words).toContain('Select the lawful reason to go on without it')
    expect((await nurse.get(episode)).status).toBe(404)
    expect((await addToTeam(head, episode, who.nurse.email, { ...joining, 'without-consent': 'child-protection' })).status).toBe(303)
    expect((await nurse.get(episode)).status).toBe(200)
    expect((await head.get(`${episode}/sharing`)).words).toMatch(/Ysella Moon.*A child may suffer significant harm/)
  })

  test('what is missing is said at its field and what was typed is kept', async () => {
    const address = await register(head, 'Tegen')
    const reply = await head.post(address, { why: '', purposes: [], coordinator: 'other', 'coordinator-email': 'nobody@x.example' })
    expect(reply.status).toBe(422)
    expect(reply.words).toMatch(
      /Enter why an episode is needed now.*Nobody who may co-ordinate is called nobody@x\.example, or has that address/,
    )
    expect(reply.html).toContain('value="nobody@x.example"')
  })

  test('nobody begins one for somebody whom they do not see, nor without the right', async () => {
    const address = `/people/${personId}/episodes/new`
    expect((await officer.get(address)).status).toBe(404)
    expect((await officer.post(address, agreed)).status).toBe(404)
    const reader = await addColleague(product.database, school, { role: 'Read only' })
    expect((await (await visitorOf(product).signIn(reader)).get(address)).status).toBe(404)
    expect((await visitorOf(product).get(address)).location).toContain('/sign-in')
  })

  test('[E2] for somebody else to co-ordinate: who began it follows that, and sees no more of it', async () => {
    const { reply } = await begin(officer, 'Talan', { coordinator: 'other', 'coordinator-email': who.nurse.email })
    expect([reply.status, reply.location]).toEqual([303, expect.stringContaining('/episodes')])
    const { rows } = await product.database.admin.query<{ id: string }>(
      'select c.id from cases c join people p on p.id = c.person_id where p.given_name = $1',
      ['Talan'],
    )
    const other = rows[0]!.id
    expect((await nurse.get(`/cases/${other}`)).words).toMatch(/Co-ordinator Ysella Moon/)
    const followed = await officer.get(`/cases/${other}`)
    expect(followed.words).toContain('You follow this episode')
    expect(await rowsFor(who.officer, other)).toEqual({ ...none, cases: 1 })
    for (const page of ['consent', 'team-around', 'co-ordinator', 'close', 'sharing'])
      expect((await officer.get(`/cases/${other}/${page}`)).status).toBe(404)
  })
})

describe('the team around the person', () => {
  test('[E1] somebody of another agency is put in it, reads and adds, and decides nothing', async () => {
    const reply = await addToTeam(head, at, who.nurse.email)
    expect([reply.status, reply.words.slice(0, 300)]).toEqual([303, ''])
    const shown = await nurse.get(at)
    expect(shown.status).toBe(200)
    expect(shown.words).toContain('Ysella Moon, health visitor')
    expect(shown.words).toContain(why)
    // She stands once among what is shared, with what she adds to.
    const shared = await head.get(`${at}/sharing`)
    expect(shared.words.match(/Ysella Moon Kerris Clinic/g)).toHaveLength(1)
    expect(shared.words).toContain('To read; to add to: ')
    await fillIn(nurse, `${at}/notes/new`, { text: 'Seen at the clinic, well' })
    await fillIn(nurse, `${at}/plan/needs/new`, { title: 'A bed of her own' })
    // She writes in the assessment; whoever co-ordinates it completes it.
    expect((await nurse.get(`${at}/forms`)).words).toContain('Begin a form')
    const form = await fillIn(nurse, `${at}/forms/new`, { form: 'common-assessment' })
    const check = await nurse.get(`${form.replace(/\/pages\/.*/, '')}/check`)
    expect(check.words).toContain('Whoever co-ordinates the episode completes it')
    expect((await nurse.post(`${form.replace(/\/pages\/.*/, '')}/check`, {})).words).toContain(
      'Whoever co-ordinates the episode completes it',
    )
    expect((await head.get(`${at}/plan`)).words).toContain('A bed of her own')
    expect((await head.get(`${at}/notes`)).words).toContain('Seen at the clinic, well')
    for (const page of [
      'close',
      'hold-review',
      'co-ordinator',
      'team-around/new',
      'sharing',
      'sharing/new',
      'withholding/new',
      'restrict',
      'history',
    ])
      expect([page, (await nurse.get(`${at}/${page}`)).status]).toEqual([page, 404])
    for (const page of ['close', 'hold-review', 'co-ordinator', 'team-around/new', 'sharing/new/confirm', 'withholding/new'])
      expect([page, (await nurse.post(`${at}/${page}`, { email: who.nurse.email })).status]).toEqual([page, 404])
    expect(await rowsFor(who.nurse, caseId)).toEqual({ cases: 1, members: 1, consents: 1, grants: 0, caseload: 0 })
  })

  test('[E1] who only reads changes nothing', async () => {
    expect((await addToTeam(head, at, who.officer.email, { role: 'community officer', access: 'read' })).status).toBe(303)
    expect((await officer.get(at)).status).toBe(200)
    for (const page of ['notes/new', 'plan/needs/new', 'forms/new', 'consent/new'])
      expect((await officer.get(`${at}/${page}`)).status).toBe(404)
  })

  test('holds people without a log-in too, and stands on what the family gets', async () => {
    const reply = await head.post(`${at}/team-around/new`, {
      who: 'other',
      name: 'Granny Pearl',
      role: 'grandmother',
      organisation: '',
      telephone: '01632 960777',
      'family-view': 'Merryn wants her there',
    })
    expect(reply.status).toBe(303)
    expect((await nurse.get(`${at}/team-around`)).words).toMatch(/Granny Pearl.*Merryn wants her there/)
    const { html } = await nurse.get(`${at}/team-around/print`)
    const granny = /value="([0-9a-f-]{36})"[^>]*>\s*<label[^>]*>\s*Granny Pearl, grandmother/.exec(html)![1]!
    expect((await nurse.get(`${at}/team-around/print?for=themselves&chosen=yes&member=${granny}`)).words).toMatch(
      /Granny Pearl.*Grandmother/,
    )
  })

  test('[E1] the paper for the family says whom and what was chosen for it and nothing else; nothing is chosen beforehand', async () => {
    const choice = await nurse.get(`${at}/team-around/print`)
    expect(choice.words).toMatch(/Whom is it for.*Granny Pearl, grandmother.*Merryn wants her there.*A bed of her own/)
    const [granny] = choice.html.match(/value="[0-9a-f-]{36}"(?=[^>]*>\s*<label[^>]*>\s*Granny Pearl, grandmother)/) ?? []
    const [bed] = choice.html.match(/value="[0-9a-f-]{36}"(?=[^>]*>\s*<label[^>]*>\s*A bed of her own)/) ?? []
    const idOf = (found?: string) => /[0-9a-f-]{36}/.exec(found ?? '')?.[0] ?? ''
    // Whom it is for is not chosen for anybody either; what was chosen stays, also to choose again.
    expect(choice.html).not.toMatch(/<input[^>]*(?:type="radio"|type="checkbox")[^>]* checked/)
    const forNobody = await nurse.get(`${at}/team-around/print?chosen=yes&line=${idOf(bed)}`)
    expect([forNobody.status, forNobody.words]).toEqual([422, expect.stringContaining('Select whom it is for')])
    const again = await nurse.get(`${at}/team-around/print?for=father&chosen=yes&line=${idOf(bed)}&again=yes`)
    for (const { html } of [forNobody, again]) expect(html).toMatch(new RegExp(`<input[^>]*value="${idOf(bed)}"[^>]* checked`))
    const bare = await nurse.get(`${at}/team-around/print?for=father&chosen=yes`)
    expect(bare.words).toMatch(/For their father.*Jenifer Bray.*Co-ordinator/)
    for (const kept of ['Granny Pearl', '01632 960777', 'A bed of her own', 'Piran', why]) expect(bare.words).not.toContain(kept)
    const some = await nurse.get(`${at}/team-around/print?for=themselves&chosen=yes&member=${idOf(granny)}&line=${idOf(bed)}`)
    expect(some.words).toMatch(/Granny Pearl.*Grandmother.*A bed of her own/)
    expect(some.words).not.toContain('01632 960777')
    const withNumber = await nurse.get(`${at}/team-around/print?for=themselves&chosen=yes&member=${idOf(granny)}&number=${idOf(granny)}`)
    expect(withNumber.words).toContain('01632 960777')
  })

  test('asks by what right, for whom and only once; an outsider and a signed-out browser find nothing', async () => {
    expect((await addToTeam(head, at, who.nurse.email)).words).toContain('They are in the team already')
    expect((await addToTeam(head, at, who.outsider.email, { basis: '' })).words).toContain('Select what allows you to share it with them')
    expect((await addToTeam(head, at, 'nobody@x.example')).words).toContain('Nobody here has the address nobody@x.example')
    for (const page of ['', '/team-around', '/team-around/new', '/team-around/print', '/co-ordinator', '/consent', '/plan']) {
      expect([page, (await outsider.get(`${at}${page}`)).status]).toEqual([page, 404])
      expect((await visitorOf(product).get(`${at}${page}`)).location).toContain('/sign-in')
    }
  })

  test('[E1] whoever leaves it sees nothing from that moment', async () => {
    const ending = /team-around\/([0-9a-f-]{36})\/end/.exec((await head.get(`${at}/team-around`)).html.split('Denzil Opie')[1]!)![0]
    expect((await nurse.get(`${at}/${ending}`)).status).toBe(404)
    expect((await head.post(`${at}/${ending}`, { reason: '' })).status).toBe(422)
    expect((await head.post(`${at}/${ending}`, { reason: 'He works elsewhere now' })).status).toBe(303)
    expect((await officer.get(at)).status).toBe(404)
    expect(await rowsFor(who.officer, caseId)).toEqual(none)
    expect((await nurse.get(`${at}/team-around`)).words).toMatch(/Before.*Denzil Opie.*He works elsewhere now/)
  })
})

describe('its co-ordinator', () => {
  test('[E2] [E5] shares and withholds on it, though their role lets them do that nowhere else', async () => {
    expect((await head.get(`${at}/sharing`)).words).toContain('Withhold this case')
    const hidden = { from: 'user', user: who.officer.email, what: 'case', reason: 'He lives next door', 'wish-of': '' }
    expect((await head.post(`${at}/withholding/new`, hidden)).status).toBe(303)
    expect((await addToTeam(head, at, who.officer.email)).words).toContain('It is withheld from them')
    const { words } = await officer.post('/involved', involved)
    expect(words).not.toContain('Jenifer Bray')
  })

  test('[E2] hands it over: what that let them do ends at once, and begins for the next', async () => {
    const change = { email: who.nurse.email, reason: 'She moves to the clinic’s school', 'hand-over': 'Ring on Fridays' }
    expect(
      (await head.post(`${at}/co-ordinator`, { ...(await formAt(head, `${at}/co-ordinator`)), ...change, email: who.officer.email })).words,
    ).toContain('They cannot be given this episode')
    const reply = await head.post(`${at}/co-ordinator`, { ...(await formAt(head, `${at}/co-ordinator`)), ...change })
    expect([reply.status, reply.location]).toEqual([303, expect.stringContaining('/episodes')])
    for (const page of ['', '/sharing', '/co-ordinator', '/team-around', '/close'])
      expect((await head.get(`${at}${page}`)).status).toBe(404)
    expect(await rowsFor(who.head, caseId)).toEqual(none)
    expect((await nurse.get(`${at}/sharing`)).status).toBe(200)
    expect((await nurse.get(`${at}/close`)).status).toBe(200)
    expect((await nurse.get('/notices')).words).toContain('You have been appointed co-ordinator of an episode')
    const asked = await leader.post('/involved', involved)
    expect(asked.words).toContain('Co-ordinator: Ysella Moon, Kerris Clinic')
  })

  test('is not chosen as an ordinary case’s worker is', async () => {
    for (const page of ['allocate', 'co-workers/new', 'reopen', 'triage']) {
      expect([page, (await desk.get(`${at}/${page}`)).status]).toEqual([page, page === 'triage' ? 303 : 404])
    }
    expect((await desk.post(`${at}/allocate`, { to: 'team' })).status).toBe(404)
    expect((await desk.get(at)).words).not.toMatch(/Hand over|Add a co-worker/)
    expect((await leader.get(`/people/${idIn(await register(leader, 'Elowen'))}/refer`)).words).not.toContain('Episodes Desk')
  })
})

describe('its end', () => {
  test('[E1] [E2] reviewed and closed by its co-ordinator, with an outcome; the desk keeps it and everybody else is out of it', async () => {
    await fillIn(nurse, `${at}/hold-review`, { present: 'Merryn, her mother, Ysella', summary: 'She sleeps now' })
    expect((await nurse.get(at)).words).toMatch(/Meetings and reviews.*Merryn, her mother, Ysella.*She sleeps now/)
    expect((await addToTeam(nurse, at, who.head.email, { role: 'lead for school', access: 'read' })).status).toBe(303)
    expect((await head.get(at)).words).toContain('She sleeps now')
    const to = await fillIn(nurse, `${at}/close`, { summary: 'She sleeps and eats' })
    expect(to).toContain('/episodes')
    for (const visitor of [nurse, head]) expect((await visitor.get(at)).status).toBe(404)
    expect(await rowsFor(who.nurse, caseId)).toEqual(none)
    const kept = await desk.get(at)
    expect(kept.words).toMatch(/Closed on .*She sleeps and eats/)
    expect((await desk.get(`${at}/reopen`)).status).toBe(404)
    const asked = await leader.post('/involved', involved)
    expect(asked.words).toMatch(/until .*Episodes Desk, Porthkerris Council/)
  })

  test('[E1] [U22] what is still to be done goes to the desk; who had it finds nothing of it but whom to ring', async () => {
    const { reply } = await begin(head, 'Perran')
    const episode = reply.location!.split('?')[0]!
    expect((await addToTeam(head, episode, who.nurse.email, { role: 'school nurse', access: 'add' })).status).toBe(303)
    const { rows } = await product.database.admin.query<{ principal: number }>('select principal from users where id = $1', [who.nurse.id])
    const nurses = String(rows[0]!.principal)
    expect((await head.post(`${episode}/tasks/new`, { title: 'Toast club', assignee: nurses })).status).toBe(303)
    await head.post(`${episode}/plan/needs/new`, { title: 'Breakfast' })
    const next = async (of: RegExp) => of.exec((await head.get(`${episode}/plan`)).html)![0]
    await head.post(await next(/\/cases\/[^"]*plan\/needs\/[0-9a-f-]{36}\/goals\/new/), { title: 'Eats before school' })
    const action = await next(/\/cases\/[^"]*plan\/goals\/[0-9a-f-]{36}\/actions\/new/)
    expect((await head.post(action, { what: 'Porridge on Mondays', who: nurses, ongoing: 'yes' })).status).toBe(303)
    // She is told that she has one, and not what.
    expect((await nurse.get('/notices')).words).toContain('An action of a plan has been given to you')
    expect((await nurse.get('/notices')).words).not.toContain('Porridge')
    for (const visitor of [head, outsider]) expect((await visitor.get('/notices')).words).not.toContain('An action of a plan')
    const { rows: cases } = await product.database.admin.query<{ reference: string }>('select reference from cases where id = $1', [
      idIn(episode),
    ])
    const page = await head.get(`${episode}/close`)
    expect(page.words).toContain('Still to be done: Episodes Desk takes it')
    const fates = Object.fromEntries([...page.html.matchAll(/name="(fate-[^"]+)"/g)].map(([, name]) => [name!, 'stays']))
    expect(Object.keys(fates)).toHaveLength(2)
    const to = await fillIn(head, `${episode}/close`, { ...fates, 'open-because': 'Term ends', summary: 'She eats' })
    expect(to).toContain('/episodes')
    const tasks = await desk.get('/tasks?view=team')
    for (const what of ['Toast club', 'Porridge on Mondays']) expect(tasks.words).toContain(what)
    expect((await desk.get('/tasks?view=team')).html).toMatch(/\/tasks\/[0-9a-f-]{36}/)
    expect((await desk.get(`${episode}/plan`)).words).toContain('It goes on as a task of Episodes Desk')
    for (const visitor of [nurse, head, outsider]) {
      const address = /\/tasks\/[0-9a-f-]{36}/.exec(tasks.html)![0]
      expect((await visitor.get(address)).status).toBe(404)
      expect((await visitor.get('/tasks')).words).not.toMatch(/Toast club|Porridge/)
    }
    expect((await nurse.get('/notices')).words).toContain(
      `Episode ${cases[0]!.reference}, which you worked on, is closed. What you had still to do on it is with Episodes Desk`,
    )
    expect((await nurse.get('/notices')).words).not.toContain('Perran')
    for (const visitor of [outsider, officer]) expect((await visitor.get('/notices')).words).not.toContain('still to do on it')
  })

  test('[E1] a form that is being written is asked about when an episode is closed', async () => {
    const { reply } = await begin(head, 'Senara')
    const episode = reply.location!.split('?')[0]!
    const begun = await fillIn(head, `${episode}/forms/new`, {})
    expect(begun).toContain('/forms/')
    const closing = { ...(await formAt(head, `${episode}/close`)), summary: 'Moved', reason: 'work-done', outcome: 'partly' }
    const asked = await head.post(
      `${episode}/close`,
      Object.fromEntries(Object.entries(closing).filter(([name]) => !name.startsWith('fate-'))),
    )
    expect(asked.status).toBe(422)
    expect(asked.words).toMatch(/Form: Common assessment, begun by Jenifer Bray and not completed/)
    expect(asked.words).toContain('Select what becomes of “Form: Common assessment')
    await fillIn(head, `${episode}/close`, { 'open-because': 'They moved', summary: 'Moved' })
    expect((await desk.get(episode)).words).toMatch(/Common assessment Being written/)
  })

  test('[E1] a later episode is discrete: its team finds that there was one and whom to ring, and not a word of it', async () => {
    const address = `/people/${personId}/episodes/new`
    const reply = await desk.post(address, {
      ...(await formAt(desk, address)),
      ...agreed,
      why: 'Stopped coming to school',
      coordinator: 'other',
      'coordinator-email': who.outsider.email,
    })
    expect([reply.status, reply.words.slice(0, 200)]).toEqual([303, ''])
    const later = (await outsider.get('/episodes')).html.match(/\/cases\/([0-9a-f-]{36})/)![0]
    expect(later).not.toBe(at)
    const { words } = await outsider.get(later)
    expect(words).toMatch(/Other episodes.*Earlier: .*Ring Episodes Desk/)
    expect(words).not.toMatch(/She sleeps|Asleep by break|A bed of her own|Granny Pearl|Ysella/)
    expect((await outsider.get(at)).status).toBe(404)
    expect(await rowsFor(who.outsider, caseId)).toEqual(none)
    for (const query of ['sleeps', 'Granny'])
      expect((await outsider.get(`/search?q=${query}&in=written`)).words).not.toMatch(/She sleeps|Granny Pearl/)
    expect(product.faults).toEqual([])
  })
})
