import fc from 'fast-check'
import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { protectedTables } from '../../db/protected-tables.ts'
import {
  circulateEntries,
  circulateResearch,
  endItemWithholding,
  grantAccess,
  joinMeeting,
  leaveMeeting,
  newMeetingPrincipal,
  rewriteConversationsOfDates,
  rewriteItem,
  rewriteItemsOfSeries,
  rewritePeople,
  withhold,
  withholdItem,
} from '../../src/access/index.ts'
import { marac } from '../../src/marac/index.ts'
import { keepAsElsewhere, keepOthersToo } from '../../src/meetings/kept-elsewhere.ts'
import { type Actor, asActor } from '../../src/platform/actor.ts'
import {
  type Agency,
  actorOf,
  addAgency,
  addCase,
  addPerson,
  addPost,
  addTeam,
  addUser,
  as,
  asSystem,
  type Case,
  reader,
  type Team,
  type User,
} from '../factories/world.ts'
import { freshDatabase, type TestDatabase } from '../harness/database.ts'

/**
 * The rules of meetings, said a second time (decision 25), and compared with what everybody reads and changes of every table, in random worlds that
 * are made and changed by the product's own functions. WORLDS and SEED as in oracle.test.ts.
 */
const worlds = Math.max(10, Math.floor(Number(process.env.WORLDS ?? 1_000) / 10))
const seed = Number(process.env.SEED ?? Date.now() % 2_147_483_647)
const states = ['draft', 'referred', 'withdrawn', 'returned', 'listed', 'sent', 'discussed', 'closed'] as const
const audiences = ['item', 'referrer', 'running', 'own'] as const
// Of several children each can be a part of their own.
const parts = ['victim', 'children', 'children:first', 'children:second', 'referral', 'words'] as const
/** What is said about an item, an action or a date (M1f): read by those who are in the conversation and may read that. */
const talked = ['conversations', 'conversation_members', 'messages', 'message_versions', 'message_files', 'texts'] as const
const tables = [...protectedTables.flatMap(one => (one.of === 'meeting item' ? [one.table] : [])), ...talked]

type Item = { state: (typeof states)[number]; referrer: number; invited: number[] | null; series: number }
type Row = {
  item: number
  part: (typeof parts)[number]
  audience: (typeof audiences)[number]
  own: number[]
  /** Whom it names, as often spelled otherwise or with no date of birth. */
  person: number
  spelling: 0 | 1
  isDated: boolean
  /** Whose record its somebody is, as agencies say. */
  links: Link[]
}
type Link = { agency: number; record: number }
type Step =
  | { do: 'withhold'; item: number; from: 'agency' | 'user'; of: number; part: 'children' | 'children:first' | 'words' | null }
  | { do: 'end' }
  | { do: 'state'; item: number; state: (typeof states)[number] }
  | { do: 'leave' | 'join'; user: number; seat: number }
  | { do: 'papers' | 'minutes'; item: number }
  | { do: 'hide'; record: number; from: 'agency' | 'user'; of: number }
  | { do: 'share'; record: number; user: number }
  | ({ do: 'link'; item: number } & Link)
type Talk = { about: 'item' | 'action' | 'date'; item: number; members: number[]; own: number[] }
type World = { items: Item[]; rows: Row[]; talks: Talk[]; records: number[]; steps: Step[] }

const users = 8
const seats = 4
/** Whom items are about: each by two spellings of a surname. */
const people = [
  { families: ['Angove', 'Angov'], given: 'Jago', born: '1990-01-02' },
  { families: ['Bolitho', 'Bollitho'], given: 'Piran', born: '1991-03-04' },
  { families: ['Curnow', 'Kurnow'], given: 'Elowen', born: '1990-01-02' },
  { families: ['Trevaskis', 'Trevasskis'], given: 'Morwenna', born: '2015-05-06' },
  { families: ['Nance', 'Nanse'], given: 'Loveday', born: '1988-07-08' },
  { families: ['Vyvyan', 'Vivian'], given: 'Sidwell', born: '1979-09-10' },
] as const
const anItem = fc.record({
  state: fc.constantFrom(...states),
  referrer: fc.nat(users - 1),
  invited: fc.option(fc.uniqueArray(fc.nat(seats - 1), { minLength: 1 }), { nil: null }),
  series: fc.nat(1),
})
const aRow = fc.record({
  item: fc.nat(2),
  part: fc.constantFrom(...parts),
  audience: fc.constantFrom(...audiences),
  own: fc.uniqueArray(fc.nat(seats - 1), { maxLength: 2 }),
  person: fc.nat(people.length - 1),
  spelling: fc.constantFrom(0 as const, 1 as const),
  isDated: fc.boolean(),
  links: fc.array(fc.record({ agency: fc.nat(seats - 1), record: fc.nat(1) }), { maxLength: 2 }),
})
const aStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('withhold' as const),
    item: fc.nat(2),
    from: fc.constantFrom('agency' as const, 'user' as const),
    of: fc.nat(users - 1),
    part: fc.constantFrom(null, 'children' as const, 'children:first' as const, 'words' as const),
  }),
  fc.record({ do: fc.constant('end' as const) }),
  fc.record({ do: fc.constant('state' as const), item: fc.nat(2), state: fc.constantFrom(...states) }),
  fc.record({ do: fc.constantFrom('leave' as const, 'join' as const), user: fc.nat(users - 1), seat: fc.nat(seats - 1) }),
  fc.record({ do: fc.constantFrom('papers' as const, 'minutes' as const), item: fc.nat(2) }),
  fc.record({
    do: fc.constant('hide' as const),
    record: fc.nat(1),
    from: fc.constantFrom('agency' as const, 'user' as const),
    of: fc.nat(users - 1),
  }),
  fc.record({ do: fc.constant('share' as const), record: fc.nat(1), user: fc.nat(users - 1) }),
  fc.record({ do: fc.constant('link' as const), item: fc.nat(2), agency: fc.nat(seats - 1), record: fc.nat(1) }),
)
const aTalk = fc.record({
  about: fc.constantFrom('item' as const, 'action' as const, 'date' as const),
  item: fc.nat(2),
  members: fc.uniqueArray(fc.nat(users - 1), { minLength: 2 }),
  own: fc.uniqueArray(fc.nat(seats - 1), { maxLength: 2 }),
})
const aWorld: fc.Arbitrary<World> = fc.record({
  talks: fc.array(aTalk, { minLength: 1, maxLength: 3 }),
  items: fc.array(anItem, { minLength: 3, maxLength: 3 }),
  rows: fc.array(aRow, { minLength: 4, maxLength: 10 }),
  /** Whose team has the only case of each. */
  records: fc.array(fc.nat(seats - 1), { minLength: 2, maxLength: 2 }),
  steps: fc.array(aStep, { maxLength: 8 }),
})

let database: TestDatabase
type Doing = 'reads' | 'records'
/**
 * In which agency everybody has a post and what they do there: two of each of four, and some in a second one. The first and the last run the series,
 * each for the agency that they are of: the last only reads there, as two others do in one of theirs.
 */
const posts: readonly (readonly (readonly [agency: number, does: Doing])[])[] = [
  [[0, 'records']],
  [[0, 'records']],
  [[1, 'records']],
  [
    [1, 'records'],
    [0, 'reads'],
  ],
  [
    [2, 'reads'],
    [1, 'records'],
  ],
  [[2, 'records']],
  [
    [3, 'records'],
    [0, 'records'],
  ],
  [
    [3, 'reads'],
    [1, 'records'],
  ],
]
let cast: User[]
let agencies: Agency[]
let teams: Team[]

beforeAll(async () => {
  database = await freshDatabase()
  agencies = []
  teams = []
  cast = []
  for (let n = 0; n < 4; n++) {
    const agency = await addAgency(database)
    const team = await addTeam(database, agency)
    agencies.push(agency)
    teams.push(team)
    for (const user of [2 * n, 2 * n + 1]) cast.push(await addUser(database, team, posts[user]![0]![1] === 'reads' ? { may: reader } : {}))
  }
  for (const [user, [, second]] of posts.entries())
    if (second)
      await addPost(database, cast[user]!, await addTeam(database, agencies[second[0]]!), second[1] === 'reads' ? { may: reader } : {})
})
afterAll(() => database.close())

test('[U2] [M1e] what everybody reads and changes of meetings is what the rules say, in random worlds', async () => {
  console.info(`Meetings: ${worlds} worlds, SEED=${seed}`)
  await fc.assert(
    fc.asyncProperty(aWorld, async world => {
      expect(await differences(world)).toEqual([])
    }),
    { numRuns: worlds, seed, endOnFailure: true },
  )
}, 1_600_000)

type Withheld = {
  id: string
  item: number
  holder: number
  part: string | null
  ended: boolean
  at: number
  endedAt?: number
  /** By the keeper, as another item about the same person was. */
  isCarried?: true
}

/** Somebody on record, whose only case a team has. */
type OnRecord = { case: Case; team: number; shared: number[]; hidden: number[] }

type Known = {
  ids: string[]
  items: Item[]
  running: number[]
  seatPrincipals: number[]
  holders: Set<string>
  withheld: Withheld[]
  /** Who is in which item, in which part of it, and whose record they are. */
  named: { id: string; item: number; person: number; isDated: boolean; part: Row['part']; records: number[] }[]
  records: OnRecord[]
  /** From whom whose case is withheld. */
  onRecord: { record: number; holder: number; at: number }[]
  /** Rises with each step: what was made before what was ended. */
  time: number
  rows: {
    table: string
    id: string
    item: number
    part: string | null
    audience: Row['audience']
    own: number[]
    outlasts: boolean
    state?: string
    of?: string
    /** Of a withholding: what it keeps. */
    ofPart?: string | null
    /** Users who are in a conversation. */
    among?: number[]
    /** Of a date, and of no item. */
    ofDate?: true
    /** Not what its agency submitted last. */
    neverOpened?: boolean
    /** Whose record it says that somebody is. */
    link?: Link
  }[]
}

const thoseWhoRun = [0, 7]

async function differences(world: World): Promise<string[]> {
  // Long enough ago for each step to have a time of its own.
  const now = new Date(Date.now() - 3_600_000)
  const { admin } = database
  // The same people come back in every world, and what was kept about them in the last is not of this one.
  await admin.query('delete from meeting_item_withholdings')
  await admin.query(`update meeting_items set state = 'closed' where state <> 'closed'`)
  const known: Known = {
    ids: [],
    items: world.items.map(one => ({ ...one })),
    running: [],
    seatPrincipals: [],
    holders: new Set(),
    withheld: [],
    named: [],
    records: [],
    onRecord: [],
    time: 0,
    rows: [],
  }
  for (const team of world.records)
    known.records.push({
      case: await addCase(database, await addPerson(database, teams[team]!), teams[team]!),
      team,
      shared: [],
      hidden: [],
    })
  const series: string[] = []
  for (let n = 0; n < 2; n++) {
    const id = uuid()
    const running = await asSystem(database, newMeetingPrincipal)
    await admin.query(
      `insert into meeting_series (id, kind, name, running, weeks, starts_at, item_minutes, quorum, research_days, closes_after_days, repeat_months, repeat_anchor, created_at, created_by)
       values ($1, $5, 'M', $2, 1, '09:30', 10, 1, 1, 1, 12, 'referral', $3, $4)`,
      [id, running, now, cast[0]!.id, ['marac', 'mdt'][n]],
    )
    series.push(id)
    known.running.push(running)
  }
  // The first and the last run the first series; nobody here runs the other.
  for (const user of thoseWhoRun) {
    await asSystem(database, tx => joinMeeting(tx, now, known.running[0]!, cast[user]!.principal, cast[user]!.agency.principal))
    await admin.query(
      `insert into meeting_members (id, series_id, running, user_id, role, added_at, added_by) values ($1, $2, $3, $4, 'chair', $5, $4)`,
      [uuid(), series[0], known.running[0], cast[user]!.id, now],
    )
  }
  const seatIds: string[] = []
  for (let n = 0; n < seats; n++) {
    const principal = await asSystem(database, newMeetingPrincipal)
    known.seatPrincipals.push(principal)
    seatIds.push(uuid())
    await admin.query(
      `insert into meeting_seats (id, series_id, running, agency_id, agency, principal, added_at, added_by) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [seatIds[n], series[0], known.running[0], agencies[n]!.id, agencies[n]!.principal, principal, now, cast[0]!.id],
    )
    await asSystem(database, tx => joinMeeting(tx, now, principal, cast[2 * n]!.principal, agencies[n]!.principal))
    known.holders.add(`${2 * n}/${n}`)
  }
  const meetingId = uuid()
  await admin.query(
    `insert into meetings (id, series_id, running, seen_by, starts_at, state, research_due_on, created_at, created_by) values ($1, $2, $3, $6, $4::timestamptz, 'sent', '2027-01-01', $4::timestamptz, $5)`,
    [meetingId, series[0], known.running[0], now, cast[0]!.id, [known.running[0], ...known.seatPrincipals]],
  )
  for (const [n, item] of world.items.entries()) {
    const id = uuid()
    known.ids.push(id)
    const referrer = cast[item.referrer]!
    await admin.query(
      `insert into meeting_items (id, series_id, running, reference, state, minutes, referrer, referred_by, referring_agency, invited, triage_words, withdrawn_at, created_at, triaged_at, readers, editors)
       values ($1, $2, $3, $4, $5, 10, $6, $7, $8, $9, 'why', $10, $10, case when $11 then $10::timestamptz end, '{}', '{}')`,
      [
        id,
        series[item.series],
        known.running[item.series],
        `${n}-${id}`,
        item.state,
        referrer.principal,
        referrer.id,
        referrer.agency.id,
        item.invited?.map(one => known.seatPrincipals[one]) ?? null,
        now,
        isTriaged(item.state),
      ],
    )
    known.rows.push({ table: 'meeting_items', id, item: n, part: null, audience: 'referrer', own: [], outlasts: false })
  }
  for (const row of world.rows) await addRows(known, row, { meetingId, seatIds, now })
  for (const talk of world.talks) await addTalk(known, talk, { meetingId, seatIds, now })
  for (const id of known.ids) await asSystem(database, tx => rewriteItem(tx, id))
  await asSystem(database, tx =>
    rewritePeople(
      tx,
      known.records.map(one => one.case.personId),
    ),
  )
  await asSystem(database, tx => rewriteConversationsOfDates(tx, series[0]!))
  for (const step of world.steps) {
    known.time += 1
    await take(known, step, meetingId, series[0]!, new Date(now.getTime() + known.time * 1000))
  }
  return [...(await carriedOtherwise(known)), ...(await compare(known))]
}

/** That an agency says whose record somebody is, under lists that are written anew. */
async function addLink(known: Known, of: Known['named'][number], link: Link, now: Date): Promise<void> {
  const agency = agencies[link.agency]!.principal
  const id = uuid()
  await database.admin.query(
    `insert into meeting_party_links (id, item_id, party_id, part, agency, person_id, linked_at, linked_by, named_readers, readers, editors, other_readers, other_editors)
     values ($1, $2, $3, $4, $5, $6, $7, $8, array[$5::int], '{}', '{}', '{}', '{}')`,
    [id, known.ids[of.item], of.id, of.part, agency, known.records[link.record]!.case.personId, now, cast[0]!.id],
  )
  of.records.push(link.record)
  known.rows.push({ table: 'meeting_party_links', id, item: of.item, part: of.part, audience: 'referrer', own: [], outlasts: false, link })
}

/** One row of each kind under an item. */
async function addRows(
  known: Known,
  { item, part, audience, own, person, spelling, isDated, links }: Row,
  { meetingId, seatIds, now }: { meetingId: string; seatIds: string[]; now: Date },
): Promise<void> {
  const itemId = known.ids[item]!
  const owners = own.map(one => known.seatPrincipals[one]!)
  const author = cast[0]!.id
  const put = async (table: string, columns: Record<string, unknown>, rest: Omit<Known['rows'][number], 'table' | 'id' | 'item'>) => {
    const id = uuid()
    const all: Record<string, unknown> = { id, item_id: itemId, readers: [], editors: [], ...columns }
    const names = Object.keys(all)
    await database.admin.query(
      `insert into ${table} (${names.join(', ')}) values (${names.map((_, n) => `$${n + 1}`).join(', ')})`,
      Object.values(all),
    )
    known.rows.push({ table, id, item, ...rest })
    return id
  }
  const plain = { part: null, outlasts: false }
  const partyId = await put(
    'meeting_parties',
    {
      part,
      // In their own part, or in another that they had no place in before.
      role: part === 'victim' ? 'victim' : 'child',
      family_name: people[person]!.families[spelling],
      given_name: people[person]!.given,
      born_on: isDated ? people[person]!.born : null,
      position: 1,
    },
    { ...plain, part, audience: 'referrer', own: [] },
  )
  const named = { id: partyId, item, person, isDated, part, records: [] }
  known.named.push(named)
  for (const link of links) await addLink(known, named, link, now)
  await put(
    'meeting_answers',
    {
      part,
      form_code: uuid(),
      form_version: 1,
      section: uuid(),
      answers: '{}',
      revision: 1,
      saved_at: now,
      saved_by: author,
      own: owners,
      audience,
    },
    { ...plain, part, audience, own: owners },
  )
  // Of an item one stands and the others were replaced by it: those are opened to nobody.
  const isStanding = !known.rows.some(one => one.table === 'meeting_entries' && one.item === item)
  await put(
    'meeting_entries',
    {
      meeting_id: meetingId,
      kind: 'note',
      words: 'x',
      recorded_at: now,
      recorded_by: author,
      own: owners,
      audience: audience === 'referrer' ? 'running' : audience,
      replaced_at: isStanding ? null : now,
    },
    { ...plain, audience: audience === 'referrer' ? 'running' : audience, own: owners, ...(isStanding ? {} : { neverOpened: true }) },
  )
  const seat = own[0]
  const actionId = await put(
    'meeting_actions',
    { what: 'x', seat_id: seatIds[seat ?? 0], due_on: '2027-01-01', state: 'open', set_at: now, set_by: author, own: owners },
    { part: null, outlasts: true, audience: 'item', own: owners },
  )
  const entryId = await put(
    'meeting_action_entries',
    { action_id: actionId, kind: 'set', words: 'x', recorded_at: now, recorded_by: author, own: owners },
    { part: null, outlasts: true, audience: 'item', own: owners },
  )
  const file = {
    file_name: 'x.pdf',
    content_type: 'application/pdf',
    bytes: 1,
    storage_key: 'x',
    added_at: now,
    added_by: author,
    scan: 'clean',
  }
  await put(
    'meeting_evidence',
    { action_id: actionId, entry_id: entryId, ...file, own: owners },
    { part: null, outlasts: true, audience: 'item', own: owners },
  )
  // What happens between meetings: where somebody stands, what was logged, a review, a document.
  const recorded = { recorded_at: now, recorded_by: author }
  await put(
    'meeting_stage_moves',
    { party_id: partyId, part, list: 'asb-warning-stage', stage: 'abc', given_on: '2026-12-01', own: owners, ...recorded },
    { part, outlasts: false, audience: 'item', own: owners },
  )
  await put(
    'meeting_log_entries',
    { log: 'complaints', what: 'noise', happened_on: '2026-12-01', words: 'x', own: owners, ...recorded },
    { part: null, outlasts: false, audience: 'item', own: owners },
  )
  await put(
    'meeting_review_steps',
    { step: 'asked', happened_on: '2026-12-01', ...recorded },
    { part: null, outlasts: false, audience: 'item', own: [] },
  )
  await put('meeting_documents', { part, title: 'x', ...file, own: owners }, { part, outlasts: false, audience: 'item', own: owners })
  if (seat === undefined || known.rows.some(one => one.table === 'meeting_research' && one.item === item && one.of === String(seat))) return
  const state = part === 'words' ? 'submitted' : 'begun'
  const asked = { ...plain, audience: 'running' as const, own: [known.seatPrincipals[seat]!], state, of: String(seat) }
  const researchId = await put(
    'meeting_research',
    { meeting_id: meetingId, seat_id: seatIds[seat], state, due_on: '2027-01-01', asked_at: now, own: asked.own, audience: 'running' },
    asked,
  )
  // Three revisions: submitted and replaced, submitted last, and what is being written since. Papers open the second alone.
  for (const revision of [1, 2, 3])
    await put(
      'meeting_answers',
      {
        research_id: researchId,
        part: 'words',
        form_code: 'r',
        form_version: 1,
        section: 's',
        answers: '{}',
        revision,
        saved_at: now,
        saved_by: author,
        submitted_at: revision === 3 ? null : now,
        replaced_at: revision === 3 ? null : now,
        own: asked.own,
        audience: 'own',
      },
      { ...asked, part: 'words', audience: 'own', ...(revision === 2 ? {} : { neverOpened: true }) },
    )
}

/** A conversation with one row of each kind, under lists that are written anew. */
async function addTalk(
  known: Known,
  { about, item, members, own }: Talk,
  { meetingId, seatIds, now }: { meetingId: string; seatIds: string[]; now: Date },
): Promise<void> {
  const { admin } = database
  const owners = own.map(one => known.seatPrincipals[one]!)
  const [id, messageId, versionId, fileId] = [uuid(), uuid(), uuid(), uuid()]
  const by = cast[members[0]!]!.id
  const named = members.map(one => cast[one]!.principal)
  let subject = about === 'date' ? meetingId : known.ids[item]!
  if (about === 'action') {
    subject = uuid()
    await admin.query(
      `insert into meeting_actions (id, item_id, what, seat_id, due_on, state, set_at, set_by, own, readers, editors)
       values ($1, $2, 'x', $3, '2027-01-01', 'open', $4, $5, $6, '{}', '{}')`,
      [subject, known.ids[item], seatIds[own[0] ?? 0], now, cast[0]!.id, owners],
    )
  }
  const lists = `named_readers, readers, editors, withheld`
  await admin.query(
    `insert into conversations (id, subject_type, subject_id, started_at, started_by, last_at, ${lists}) values ($1, $2, $3, $4, $5, $4, $6, '{}', '{}', '{}')`,
    [id, { item: 'meeting-item', action: 'meeting-action', date: 'meeting' }[about], subject, now, by, named],
  )
  await admin.query(
    `insert into conversation_members (conversation_id, user_id, part, joined_at, added_by, ${lists}) values ($1, $2, 'messages', $3, $2, $4, '{}', '{}', '{}')`,
    [id, by, now, named],
  )
  await admin.query(
    `insert into messages (id, conversation_id, part, number, change, author_id, sent_at, words, ${lists}) values ($1, $2, 'messages', 1, 1, $3, $4, 'x', $5, '{}', '{}', '{}')`,
    [messageId, id, by, now, named],
  )
  await admin.query(
    `insert into message_versions (id, message_id, conversation_id, part, words, replaced_at, ${lists}) values ($1, $2, $3, 'messages', 'x', $4, $5, '{}', '{}', '{}')`,
    [versionId, messageId, id, now, named],
  )
  await admin.query(
    `insert into message_files (id, message_id, conversation_id, part, file_name, content_type, bytes, storage_key, added_at, added_by, scan, ${lists})
     values ($1, $2, $3, 'messages', 'x', 'x', 1, 'x', $4, $5, 'clean', $6, '{}', '{}', '{}')`,
    [fileId, messageId, id, now, by, named],
  )
  const { rows } = await admin.query<{ id: string }>(
    `insert into texts (source, source_id, place, part, kind, heading, name, words, author_id, at, recorded_at, ${lists})
     values ('message', $1, '', 'messages', '', '', '', 'x', $2, $3, $3, $4, '{}', '{}', '{}') returning id`,
    [messageId, by, now, named],
  )
  const rule = {
    item,
    part: null,
    audience: 'item' as const,
    own: about === 'action' ? owners : [],
    outlasts: about === 'action',
    among: members,
    ...(about === 'date' ? { ofDate: true as const } : {}),
  }
  const ids = {
    conversations: id,
    conversation_members: id,
    messages: messageId,
    message_versions: versionId,
    message_files: fileId,
    texts: String(rows[0]!.id),
  }
  for (const table of talked) known.rows.push({ ...rule, table, id: ids[table], of: String(members[0]) })
}

async function take(known: Known, step: Step, meetingId: string, seriesId: string, now: Date): Promise<void> {
  if ('seat' in step) {
    if (step.do === 'join')
      await asSystem(database, tx =>
        joinMeeting(tx, now, known.seatPrincipals[step.seat]!, cast[step.user]!.principal, agencies[step.seat]!.principal),
      )
    else await asSystem(database, tx => leaveMeeting(tx, now, known.seatPrincipals[step.seat]!, cast[step.user]!.principal))
    known.holders[step.do === 'join' ? 'add' : 'delete'](`${step.user}/${step.seat}`)
    await asSystem(database, tx => rewriteItemsOfSeries(tx, seriesId))
    return
  }
  if (step.do === 'end') {
    const one = known.withheld.find(
      each =>
        !each.ended &&
        writes(known, 0, {
          table: 'meeting_item_withholdings',
          id: each.id,
          item: each.item,
          part: null,
          audience: 'running',
          own: [],
          outlasts: false,
          of: String(each.holder),
        }),
    )
    if (!one) return
    const ended = await as(database, cast[0]!, (tx, actor) => endItemWithholding(tx, actor, now, one.id, 'No longer needed'))
    one.ended = ended.ok
    one.endedAt = known.time
    return
  }
  if (step.do === 'link') {
    const one = known.named.find(each => each.item === step.item)
    // Nobody is named in a draft.
    if (!one || known.items[step.item]!.state === 'draft') return
    await addLink(known, one, step, now)
    await asSystem(database, tx => rewriteItem(tx, known.ids[step.item]!))
    await asSystem(database, tx => rewritePeople(tx, [known.records[step.record]!.case.personId]))
    await as(database, cast[0]!, async tx => {
      await keepAsElsewhere(tx, now, known.ids[step.item]!, marac)
      await keepOthersToo(tx, now, known.ids[step.item]!, marac)
    })
    carried(known, step.item)
    carriedToOthers(known, step.item)
    await learnIds(known)
    return
  }
  if ('record' in step) {
    const record = known.records[step.record]!
    const { case: of, team, shared, hidden } = record
    const decider = [2 * team, 2 * team + 1].find(user => posts[user]![0]![1] === 'records' && seesRecord(record, user))
    if (decider === undefined) return
    if (step.do === 'share') {
      const holder = cast[step.user]!.principal
      await as(database, cast[decider]!, (tx, actor) =>
        grantAccess(tx, actor, now, { caseId: of.id, kind: 'share', level: 'read', holder, purpose: 'x', lawfulBasis: 'x' }),
      )
      shared.push(step.user)
    } else {
      // No agency is kept from a case of its own.
      if (step.from === 'agency' && step.of % 4 === team) return
      const holder = step.from === 'user' ? cast[step.of]!.principal : agencies[step.of % 4]!.principal
      await as(database, cast[decider]!, (tx, actor) => withhold(tx, actor, now, { caseId: of.id, holder, reason: 'x' }))
      hidden.push(holder)
      known.onRecord.push({ record: step.record, holder, at: known.time })
      // What is open and linked to it: who is the same is said by the link alone.
      for (const other of known.items.keys())
        if (isOpen(known, other) && known.named.some(one => one.item === other && one.records.includes(step.record)))
          carried(known, other, bySameRecord)
      await learnIds(known)
    }
    return
  }
  const item = step.item
  const header = known.rows.find(row => row.table === 'meeting_items' && row.item === item)!
  if (step.do === 'state') {
    const isSent = known.items[item]!.state === 'draft' && step.state !== 'draft'
    known.items[item]!.state = step.state
    await database.admin.query('update meeting_items set state = $1, triaged_at = case when $3 then $4::timestamptz end where id = $2', [
      step.state,
      known.ids[item],
      isTriaged(step.state),
      now,
    ])
    await asSystem(database, tx => rewriteItem(tx, known.ids[item]!))
    if (!isSent) return
    await as(database, cast[known.items[item]!.referrer]!, tx => keepAsElsewhere(tx, now, known.ids[item]!, marac))
    carried(known, item)
    await learnIds(known)
    return
  }
  // Done by the first, who runs the first series, where they may change the item at all: to correct a referral is not to decide who sees it.
  if (!writes(known, 0, header) || !decides(known, 0, header)) return
  if (step.do === 'withhold') {
    const holder = step.from === 'user' ? cast[step.of]!.principal : agencies[step.of % 4]!.principal
    const id = await as(database, cast[0]!, async (tx, actor) => {
      const made = await withholdItem(tx, actor, now, { itemId: known.ids[item]!, holder, part: step.part, reason: 'x' })
      await keepOthersToo(tx, now, known.ids[item]!, marac)
      return made
    })
    known.withheld.push({ id, item, holder, part: step.part, ended: false, at: known.time })
    known.rows.push(withholdingRow(id, item, holder, step.part))
    carriedToOthers(known, item)
    await learnIds(known)
  } else if (step.do === 'papers') {
    await as(database, cast[0]!, (tx, actor) => circulateResearch(tx, actor, known.ids[item]!))
    const seen = known.rows.filter(
      row => row.item === item && row.of && row.state === 'submitted' && row.table !== 'meeting_item_withholdings',
    )
    for (const row of seen) row.audience = row.neverOpened ? 'own' : 'item'
  } else {
    await as(database, cast[0]!, (tx, actor) => circulateEntries(tx, actor, known.ids[item]!, meetingId))
    for (const row of known.rows) if (row.item === item && row.table === 'meeting_entries' && !row.neverOpened) row.audience = 'item'
  }
}

const withholdingRow = (id: string, item: number, holder: number, ofPart: string | null): Known['rows'][number] => ({
  table: 'meeting_item_withholdings',
  id,
  item,
  part: null,
  audience: 'running',
  own: [],
  outlasts: false,
  of: String(holder),
  ofPart,
})

/** Which row of the database is which that the rules have made. */
async function learnIds(known: Known): Promise<void> {
  const { rows } = await database.admin.query<{ id: string; item: string; holder: number; part: string | null }>(
    `select id, item_id as item, holder, part from meeting_item_withholdings where item_id = any ($1) and withheld_by is null order by id`,
    [known.ids],
  )
  for (const one of known.withheld.filter(each => each.id === '')) {
    const is = (row: (typeof rows)[number]) => row.item === known.ids[one.item] && row.holder === one.holder && row.part === one.part
    const row = rows.find(each => is(each) && !known.withheld.some(other => other.id === each.id))
    if (!row) continue
    one.id = row.id
    known.rows.push(withholdingRow(row.id, one.item, one.holder, one.part))
  }
}

/** What the keeper has carried from one item to another, and the rules have not, or the other way about. */
async function carriedOtherwise(known: Known): Promise<string[]> {
  const { rows } = await database.admin.query<{ id: string }>(
    `select id, item_id, part, holder from meeting_item_withholdings where item_id = any ($1) and withheld_by is null`,
    [known.ids],
  )
  const unknown = rows.filter(row => !known.withheld.some(one => one.id === row.id))
  return [
    ...unknown.map(row => `carried: ${JSON.stringify(row)}`),
    ...known.withheld.filter(one => one.id === '').map(one => `not carried: ${JSON.stringify(one)}`),
  ].map(words => `${words} of ${JSON.stringify(known.named)}, withheld ${JSON.stringify(known.withheld)}`)
}

// ── The rules, in other words than the product's ────────────────────────────────────────────────────────────────────────

type Same = (one: Known['named'][number], other: Known['named'][number], isSameKind: boolean) => boolean
const bySameRecord: Same = (one, other) => one.records.some(record => other.records.includes(record))
/** Of another kind of meeting not by a name alone. */
const byName: Same = (one, other, isSameKind) => one.person === other.person && (isSameKind || (one.isDated && other.isDated))
const byNameOrRecord: Same = (one, other, isSameKind) => byName(one, other, isSameKind) || bySameRecord(one, other, isSameKind)
/** In which part of each; `isByLink`: by a record alone. */
type Shared = { mine: string; theirs: string; isByLink: boolean }
const isTriaged = (state: string): boolean => ['listed', 'sent', 'discussed', 'closed', 'returned'].includes(state)
const isOpen = (known: Known, item: number): boolean => !['draft', 'closed'].includes(known.items[item]!.state)

/** Somebody who is in both items, by whatever they are called or by a record that any agency has linked with both: in which part of each. */
const sharePeople = (known: Known, here: number, there: number, isSame = byNameOrRecord) =>
  known.named
    .filter(one => one.item === here)
    .flatMap(mine =>
      known.named
        .filter(one => one.item === there && isSame(mine, one, known.items[here]!.series === known.items[there]!.series))
        .map(
          (theirs): Shared => ({
            mine: mine.part,
            theirs: theirs.part,
            isByLink: isSame === bySameRecord || !byName(mine, theirs, known.items[here]!.series === known.items[there]!.series),
          }),
        ),
    )

/** What is open about somebody in this one. */
function carriedToOthers(known: Known, item: number): void {
  for (const other of known.items.keys())
    if (isOpen(known, other) && other !== item && sharePeople(known, item, other).length > 0) carried(known, other)
}

/**
 * Whatever stands against somebody in another item about the same person stands against them in this one: as it is, and in the part in which that person is
 * here; of one person, whom it is kept of and of nobody else; of another kind of meeting, of which parts are not the same, by the whole. So does what stands on the record of somebody in it, against the whole.
 * What was ended here comes back by a fresh decision alone. And a link by itself shuts out nobody of the last who run it.
 */
function carried(known: Known, item: number, isSame = byNameOrRecord): void {
  const onRecords = known.onRecord
    .filter(one => known.named.some(each => each.item === item && each.records.includes(one.record)))
    .map(({ holder, at }) => ({ holder, at, part: null, isCarried: undefined, isByLink: true }))
  const elsewhere = known.withheld.flatMap(one => {
    if (one.ended || one.item === item || !spreads(known, one)) return []
    const isSameKind = known.items[item]!.series === known.items[one.item]!.series
    return sharePeople(known, item, one.item, isSame).flatMap(pair =>
      partsKeptHere(pair, one.part, isSameKind).map(part => ({ ...one, part, isByLink: pair.isByLink })),
    )
  })
  const wishes = Map.groupBy(
    [...elsewhere, ...onRecords].filter(one => !isSpared(known, item, one.holder)),
    one => `${one.holder} ${one.part}`,
  )
  const fresh = [...wishes.values()].flatMap(same => {
    const { holder, part } = same[0]!
    const here = known.withheld.filter(one => one.item === item && one.holder === holder && one.part === part)
    const isFresh = same.some(wish => here.every(one => one.ended && !wish.isCarried && wish.at >= one.endedAt!))
    return isFresh ? [{ holder, part, isByLink: same.every(wish => wish.isByLink) }] : []
  })
  const keptOut = [...known.withheld.filter(one => one.item === item && !one.ended), ...fresh].filter(one => one.part === null)
  const runs = known.items[item]!.series === 0 ? thoseWhoRun : []
  const isRunBeside = runs.some(user => !holdersOf(user).some(one => keptOut.some(({ holder }) => holder === one)))
  const theyRun = isRunBeside ? [] : runs.flatMap(holdersOf)
  for (const { holder, part, isByLink } of fresh)
    if (!(isByLink && part === null && theyRun.includes(holder)))
      known.withheld.push({ id: '', item, holder, part, ended: false, at: known.time, isCarried: true })
}

/** What stands there of one person stands here of that person; what stands of a part, of it and of the part that they have here. */
function partsKeptHere({ mine, theirs }: Shared, part: string | null, isSameKind: boolean): (string | null)[] {
  if (part === null || part === 'words') return [part]
  const isOfOne = part.includes(':')
  const isTheirs = (isOfOne ? theirs : together(theirs)) === part
  if (!isSameKind) return isTheirs ? [null] : []
  if (isOfOne) return isTheirs ? [mine] : []
  return isTheirs && together(mine) !== part ? [part, mine] : [part]
}

/** By whom somebody is kept out: themself, or an agency that they belong to. */
const holdersOf = (user: number): number[] => [cast[user]!.principal, cast[user]!.agency.principal, ...agenciesOf(user)]

/** What those who run its meeting decided, or have taken on: what a referrer said of it stays with their referral. */
const spreads = (known: Known, { item, isCarried }: Withheld): boolean => {
  const { state, series } = known.items[item]!
  return (series === 0 && !isCarried) || ['listed', 'sent', 'discussed', 'closed'].includes(state)
}

/** Whoever sent what waits, and their agency where nobody of it runs the meeting, is not shut out of it yet. */
const isSpared = (known: Known, item: number, holder: number): boolean => {
  const { state, referrer, series } = known.items[item]!
  if (!['referred', 'returned', 'withdrawn'].includes(state)) return false
  const { principal, agency } = cast[referrer]!
  if (holder === principal) return true
  return holder === agency.principal && !(series === 0 && thoseWhoRun.some(user => agenciesOf(user).includes(agency.principal)))
}

const agenciesOf = (user: number): number[] => posts[user]!.map(([agency]) => agencies[agency]!.principal)
/** What somebody does for an agency is what their post there lets them; what is their own, any post. */
const worksFor = (user: number, agency: number, does: Doing): boolean =>
  posts[user]!.some(([of, what]) => of === agency && (does === 'reads' || what === 'records'))
const records = (user: number): boolean => posts[user]!.some(([, what]) => what === 'records')
/** Free words are a part of their own: notes, decisions, and all that is agreed and shown; what was logged, and a review. */
const wordsAlone = [
  'meeting_entries',
  'meeting_actions',
  'meeting_action_entries',
  'meeting_evidence',
  'meeting_log_entries',
  'meeting_review_steps',
]
const partOf = (row: Known['rows'][number]): string | null => (wordsAlone.includes(row.table) ? 'words' : row.part)
/** Free words that are kept from an agency leave it those that are its own seat's, in the series that has it; from somebody by name they do not. */
const isOfHolder = (known: Known, holder: number, row: Known['rows'][number]): boolean => {
  const seat = agencies.findIndex(one => one.principal === holder)
  const isThere = known.items[row.item]!.series === 0
  return isThere && partOf(row) === 'words' && seat >= 0 && row.own.includes(known.seatPrincipals[seat]!)
}
const together = (part: string): string => part.replace(/:.*/, '')
/** One of several goes with all of them, and all of them with each; one not with another. */
const goTogether = (kept: string, part: string | null | undefined): boolean =>
  kept === part || (!!part && together(kept) === together(part) && kept.includes(':') !== part.includes(':'))
const isKeptOut = (known: Known, user: number, row: Known['rows'][number]): boolean => {
  const mine = [cast[user]!.principal, ...agenciesOf(user)]
  return (
    known.withheld.some(
      one =>
        !one.ended &&
        one.item === row.item &&
        (one.part === null || (goTogether(one.part, partOf(row)) && !isOfHolder(known, one.holder, row))) &&
        mine.includes(one.holder),
    ) ||
    (row.table === 'meeting_item_withholdings' &&
      (mine.includes(Number(row.of)) ||
        // Whom somebody may not know of is not named to them as kept from another either.
        known.withheld.some(
          one =>
            !one.ended &&
            one.item === row.item &&
            row.ofPart?.includes(':') &&
            one.part !== null &&
            goTogether(one.part, row.ofPart) &&
            mine.includes(one.holder),
        )))
  )
}
const runsFirst = (user: number, does: Doing): boolean => (user === 0 || user === 7) && worksFor(user, Math.floor(user / 2), does)
const runs = (known: Known, user: number, row: Known['rows'][number], does: Doing): boolean =>
  runsFirst(user, does) && known.items[row.item]!.series === 0
const decides = (known: Known, user: number, row: Known['rows'][number]): boolean =>
  known.items[row.item]!.state === 'draft' || runs(known, user, row, 'records')
const sits = (known: Known, user: number, seat: number, does: Doing): boolean =>
  known.holders.has(`${user}/${seat}`) && worksFor(user, seat, does)
/** By the team of their only case, or by a share; never from whom that is withheld. */
const seesRecord = ({ team, shared, hidden }: OnRecord, user: number): boolean =>
  (Math.floor(user / 2) === team || shared.includes(user)) &&
  ![cast[user]!.principal, ...agenciesOf(user)].some(one => hidden.includes(one))
const isOwn = (known: Known, user: number, row: Known['rows'][number], does: Doing): boolean => {
  const { state, invited } = known.items[row.item]!
  const counts = row.outlasts || state === 'sent' || state === 'discussed'
  return (
    counts &&
    row.own
      .map(one => known.seatPrincipals.indexOf(one))
      // A seat that an item is no longer for has nothing of it any more but what it is to do.
      .some(seat => sits(known, user, seat, does) && (row.outlasts || invited === null || invited.includes(seat)))
  )
}

/** Or, with `records`, whether somebody reads it by what they also record with. */
function reads(known: Known, user: number, row: Known['rows'][number], does: Doing = 'reads'): boolean {
  if (row.among) {
    const { among, ofDate, ...about } = row
    const mayKnow = ofDate
      ? runsFirst(user, does) || [...Array(seats).keys()].some(seat => sits(known, user, seat, does))
      : reads(known, user, { ...about, table: 'meeting_entries' }, does)
    return among.includes(user) && mayKnow
  }
  if (row.link) {
    // By nobody of another agency, and only by whoever sees the record in their own right.
    const { link, ...ofParty } = row
    return worksFor(user, link.agency, does) && seesRecord(known.records[link.record]!, user) && reads(known, user, ofParty, does)
  }
  if (isKeptOut(known, user, row)) return false
  if (isOwn(known, user, row, does)) return true
  const { state, referrer, invited, series } = known.items[row.item]!
  if (row.audience === 'own') return false
  if (state === 'draft') return row.audience !== 'running' && referrer === user
  if (runs(known, user, row, does)) return true
  if (row.audience === 'running') return false
  if (row.audience === 'referrer' && referrer === user && state !== 'closed') return true
  if (state !== 'sent' && state !== 'discussed') return false
  // Seats belong to the first series. What is kept from a whole agency is no longer its seat's, whoever sits in it.
  return (
    series === 0 &&
    [...Array(seats).keys()].some(
      seat =>
        sits(known, user, seat, does) &&
        (invited === null || invited.includes(seat)) &&
        !known.withheld.some(one => !one.ended && one.item === row.item && one.part === null && one.holder === agencies[seat]!.principal),
    )
  )
}

function writes(known: Known, user: number, row: Known['rows'][number]): boolean {
  // In a conversation writes whoever reads it by what they record with; what somebody has said is theirs alone to change.
  if (row.among)
    return reads(known, user, row, 'records') && (!['messages', 'message_files'].includes(row.table) || row.of === String(user))
  if (row.link) return reads(known, user, row, 'records')
  if (isKeptOut(known, user, row)) return false
  if (isOwn(known, user, row, 'records')) return true
  if (row.audience === 'own') return false
  const { state, referrer } = known.items[row.item]!
  // While it waits to be triaged, whoever referred corrects what they wrote.
  if (state === 'referred' && row.audience === 'referrer' && referrer === user && records(user)) return true
  return state === 'draft' ? referrer === user && records(user) : runs(known, user, row, 'records')
}

async function compare(known: Known): Promise<string[]> {
  const wrong: string[] = []
  for (const [user, { id }] of cast.entries()) {
    const actor = await actorOf(database, id)
    for (const table of tables) {
      const rows = known.rows.filter(row => row.table === table)
      if (rows.length === 0) continue
      const ids = rows.map(row => row.id)
      const key = sql.ref(table === 'conversation_members' ? 'conversation_id' : 'id')
      const read = await asActor(database.web, actor, 'read', async tx =>
        (
          await sql<{ id: string }>`select ${key}::text as id from ${sql.table(table)} where ${key}::text = any (${ids}::text[])`.execute(
            tx,
          )
        ).rows.map(row => row.id),
      )
      const column = changeable[table]
      const written =
        column &&
        (await asActor(database.web, actor, 'write', async tx =>
          (
            await sql<{
              id: string
            }>`update ${sql.table(table)} set ${sql.ref(column)} = ${sql.ref(column)} where ${key}::text = any (${ids}::text[]) returning ${key}::text as id`.execute(
              tx,
            )
          ).rows.map(row => row.id),
        ))
      for (const row of rows) {
        const tell = (what: string, is: boolean, should: boolean) => {
          if (is !== should)
            wrong.push(
              `user ${user} ${is ? what : `does not ${what}`} ${JSON.stringify(row)} of ${JSON.stringify(known.items[row.item])}, withheld ${JSON.stringify(known.withheld)}`,
            )
        }
        tell('read', read.includes(row.id), reads(known, user, row))
        // An update that returns must also read.
        if (written) tell('write', written.includes(row.id), writes(known, user, row) && reads(known, user, row))
      }
    }
    wrong.push(...(await recordsOpenedTo(known, user, actor)))
  }
  return wrong.slice(0, 5)
}

/** That somebody is linked opens their record to nobody. */
async function recordsOpenedTo(known: Known, user: number, actor: Actor): Promise<string[]> {
  const ids = known.records.map(one => one.case.personId)
  const { rows } = await asActor(database.web, actor, 'read', tx =>
    sql<{ id: string }>`select id from people where id = any (${ids}::uuid[])`.execute(tx),
  )
  return known.records
    .filter(record => seesRecord(record, user) !== rows.some(row => row.id === record.case.personId))
    .map(record => `user ${user} and the record ${JSON.stringify({ ...record, case: undefined })}`)
}

/** A column of each that the pages may write; none of people in an item, who stand as they were referred. */
const changeable: Readonly<Record<string, string | undefined>> = {
  meeting_items: 'minutes',
  meeting_item_withholdings: 'ended_at',
  meeting_party_links: 'ended_at',
  meeting_answers: 'replaced_at',
  meeting_research: 'chased_at',
  meeting_entries: 'replaced_at',
  meeting_actions: 'chased_at',
  meeting_action_entries: 'own',
  meeting_evidence: 'own',
  meeting_stage_moves: 'withdrawn_at',
  meeting_log_entries: 'withdrawn_at',
  meeting_review_steps: 'withdrawn_at',
  meeting_documents: 'withdrawn_at',
  conversations: 'title',
  conversation_members: 'unread_since',
  messages: 'words',
  message_versions: 'authors_own',
  message_files: 'authors_own',
  texts: 'words',
}
