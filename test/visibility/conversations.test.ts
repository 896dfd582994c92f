import fc from 'fast-check'
import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { conversationToChange, findMessage } from '../../src/messages/conversations.queries.ts'
import { usersWithIds } from '../../src/messages/directory.ts'
import { editMessage, sendMessage, withdrawMessage } from '../../src/messages/send.ts'
import { addMember, leaveConversation, startConversation } from '../../src/messages/start.ts'
import { asActor } from '../../src/platform/actor.ts'
import { actorOf, addAgency, addTeam, addUser, as, commissioner, reader, type User, worker } from '../factories/world.ts'
import { freshDatabase, type TestDatabase } from '../harness/database.ts'

// Conversations about nothing on record, between two and in groups, with the files that their messages bring: every row of them is read by those who are in
// it at that moment, and what was withdrawn by its author. Whatever people do, in whatever order, and whoever looks. (About cases: oracle.test.ts; about
// meetings: meetings.test.ts.)

let database: TestDatabase
/** Those who talk are the first four, of two agencies; then a commissioner, a reader, and an administrator of users, who are in nothing. */
let cast: User[]
const talkers = 4

beforeAll(async () => {
  database = await freshDatabase()
  const council = await addTeam(database, await addAgency(database, { isAuthority: true }))
  const charity = await addTeam(database, await addAgency(database))
  cast = []
  for (const team of [council, council, charity, charity]) cast.push(await addUser(database, team, { may: worker }))
  cast.push(await addUser(database, council, { may: commissioner }))
  cast.push(await addUser(database, council, { may: reader }))
  cast.push(await addUser(database, charity, { may: ['manage-users'] }))
})
afterAll(() => database.close())

type Row = {
  table: 'conversations' | 'conversation_members' | 'messages' | 'message_versions' | 'message_files' | 'texts'
  id: string
  of: Talk
  said?: Said
}
type Talk = { id: string; inIt: Set<number>; said: Said[] }
type Said = { id: string; author: number; withdrawn: boolean }

type Step =
  | { do: 'begin'; by: number; with: number[]; file: boolean }
  | { do: 'say' | 'edit' | 'withdraw' | 'leave'; by: number; in: number; file: boolean }
  | { do: 'add'; by: number; in: number; who: number }

const talker = fc.nat({ max: talkers - 1 })
const aStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('begin' as const),
    by: talker,
    with: fc.uniqueArray(talker, { minLength: 1, maxLength: 3 }),
    file: fc.boolean(),
  }),
  fc.record({
    do: fc.constantFrom('say' as const, 'edit' as const, 'withdraw' as const, 'leave' as const),
    by: talker,
    in: fc.nat({ max: 5 }),
    file: fc.boolean(),
  }),
  fc.record({ do: fc.constant('add' as const), by: talker, in: fc.nat({ max: 5 }), who: talker }),
)

/** Takes a step as its user, where they are in the conversation; where they are not, shows that it cannot be taken. */
async function take(talks: Talk[], step: Step): Promise<void> {
  const now = new Date()
  const file = () => ({
    file: { name: 'x.txt', contentType: 'text/plain', bytes: 1, key: uuid().replaceAll('-', '').repeat(2) },
    willBeScanned: false,
  })
  const by = cast[step.by]!
  if (step.do === 'begin') {
    const others = step.with.filter(one => one !== step.by)
    if (others.length === 0) return
    const id = await as(database, by, async (tx, actor) => {
      const to = await usersWithIds(
        tx,
        others.map(one => cast[one]!.id),
      )
      const started = await startConversation(tx, actor, now, {
        to,
        title: '',
        words: 'x',
        about: null,
        ...(step.file ? { file: file() } : {}),
      })
      if (!started.ok) throw new Error(started.error)
      return started.value
    })
    const known = talks.find(one => one.id === id) ?? { id, inIt: new Set([step.by, ...others]), said: [] }
    if (!talks.includes(known)) talks.push(known)
    return remember(known, step.by)
  }
  const talk = talks[step.in % (talks.length || 1)]
  if (!talk) return
  const own = talk.said.filter(one => one.author === step.by && !one.withdrawn).at(-1)
  const isIn = talk.inIt.has(step.by)
  const done = await as(database, by, async (tx, actor) => {
    const conversation = await conversationToChange(tx, actor, talk.id)
    expect(conversation !== undefined, `${step.by} changes ${talk.id}`).toBe(isIn)
    if (!conversation) return false
    if (step.do === 'say') await sendMessage(tx, actor, now, conversation, 'x', step.file ? file() : undefined)
    else if (step.do === 'leave') return (await leaveConversation(tx, actor, now, conversation)).ok
    else if (step.do === 'add') {
      const [member] = await usersWithIds(tx, [cast[step.who]!.id])
      return (await addMember(tx, actor, now, conversation, null, member!)).ok
    } else {
      const message = own && (await findMessage(tx, own.id))
      if (!message) return false
      if (step.do === 'edit') await editMessage(tx, actor, now, conversation, message, `${message.words} and x`)
      else await withdrawMessage(tx, actor, now, conversation, message)
    }
    return true
  })
  if (!done) return
  if (step.do === 'say') await remember(talk, step.by)
  if (step.do === 'leave') talk.inIt.delete(step.by)
  if (step.do === 'add') talk.inIt.add(step.who)
  if (step.do === 'withdraw') own!.withdrawn = true
}

async function remember(talk: Talk, author: number): Promise<void> {
  const { rows } = await database.admin.query<{ id: string }>(
    'select id from messages where conversation_id = $1 order by number desc limit 1',
    [talk.id],
  )
  talk.said.push({ ...rows[0]!, author, withdrawn: false })
}

/** Every row that there is, read past all rules. */
async function rowsOf(talks: readonly Talk[]): Promise<Row[]> {
  const { rows } = await database.admin.query<{ table: Row['table']; id: string; talk: string; message: string | null }>(
    `select 'conversations' as table, id::text, id as talk, null::uuid as message from conversations
     union all select 'conversation_members', conversation_id || ' ' || user_id, conversation_id, null from conversation_members
     union all select 'messages', id::text, conversation_id, id from messages
     union all select 'message_versions', id::text, conversation_id, message_id from message_versions
     union all select 'message_files', id::text, conversation_id, message_id from message_files
     union all select 'texts', t.id::text, m.conversation_id, m.id from texts t join messages m on m.id = t.source_id`,
  )
  return rows.flatMap(({ table, id, talk, message }) => {
    const of = talks.find(one => one.id === talk)
    const said = of?.said.find(one => one.id === message)
    return of ? [{ table, id, of, ...(said ? { said } : {}) }] : []
  })
}

// ── The rules, in other words than the product's ────────────────────────────────────────────────────────────────────────

function reads({ table, of, said }: Row, user: number): boolean {
  const isTakenBack = said?.withdrawn === true && (table === 'message_versions' || table === 'message_files')
  return isTakenBack ? said.author === user : of.inIt.has(user)
}

/** What somebody said, and the file that they sent, is theirs alone to change. */
const writes = (row: Row, user: number): boolean =>
  reads(row, user) && (!['messages', 'message_files'].includes(row.table) || row.said?.author === user)

/** How a row is named, and a column that the pages may write. */
const known: Record<Row['table'], { key: string; changeable: string }> = {
  conversations: { key: 'id::text', changeable: 'title' },
  conversation_members: { key: `conversation_id || ' ' || user_id`, changeable: 'unread_since' },
  messages: { key: 'id::text', changeable: 'words' },
  message_versions: { key: 'id::text', changeable: 'authors_own' },
  message_files: { key: 'id::text', changeable: 'authors_own' },
  texts: { key: 'id::text', changeable: 'words' },
}

async function differences(talks: readonly Talk[]): Promise<string[]> {
  const wrong: string[] = []
  const rows = await rowsOf(talks)
  for (const [user, { id }] of cast.entries()) {
    const actor = await actorOf(database, id)
    for (const [table, { key, changeable }] of Object.entries(known)) {
      const of = rows.filter(row => row.table === table)
      const ask = (how: 'read' | 'write', statement: ReturnType<typeof sql<{ id: string }>>) =>
        asActor(database.web, actor, how, async tx => new Set((await statement.execute(tx)).rows.map(row => row.id)))
      const [name, column] = [sql.raw(key), sql.ref(changeable)]
      const read = await ask('read', sql`select ${name} as id from ${sql.table(table)}`)
      const written = await ask('write', sql`update ${sql.table(table)} set ${column} = ${column} returning ${name} as id`)
      for (const row of of) {
        const as = `user ${user}, ${table} ${row.id}: ${JSON.stringify({ ...row.of, inIt: [...row.of.inIt] })}`
        if (read.has(row.id) !== reads(row, user)) wrong.push(`READS ${read.has(row.id)}: ${as}`)
        if (written.has(row.id) !== writes(row, user)) wrong.push(`WRITES ${written.has(row.id)}: ${as}`)
      }
    }
  }
  return wrong.slice(0, 5)
}

const worlds = Math.max(10, Math.floor(Number(process.env.WORLDS ?? 1_000) / 25))
const seed = Number(process.env.SEED ?? Date.now() % 2_147_483_647)

/** The one conversation that there is between two is of this world alone. */
async function inNewWorld(steps: readonly Step[]): Promise<string[]> {
  await database.admin.query(`delete from texts; delete from conversations`)
  const talks: Talk[] = []
  for (const step of steps) await take(talks, step)
  return differences(talks)
}

test('[U13] [I2] those who are in a conversation read every row of it and its files, and nobody else a single one, whatever is done', async () => {
  console.info(`Conversations: ${worlds} worlds, SEED=${seed}`)
  await fc.assert(
    fc.asyncProperty(fc.array(aStep, { minLength: 4, maxLength: 18 }), async steps => {
      expect(await inNewWorld(steps)).toEqual([])
    }),
    { numRuns: worlds, seed, examples: [[everything]] },
  )
})

/** Everything that can be done, so that no run is without it. */
const everything: Step[] = [
  { do: 'begin', by: 0, with: [1, 2], file: true },
  { do: 'say', by: 2, in: 0, file: true },
  { do: 'edit', by: 2, in: 0, file: false },
  { do: 'withdraw', by: 2, in: 0, file: false },
  { do: 'leave', by: 2, in: 0, file: false },
  { do: 'add', by: 1, in: 0, who: 3 },
  { do: 'say', by: 3, in: 0, file: true },
  { do: 'begin', by: 3, with: [0], file: true },
  { do: 'add', by: 3, in: 1, who: 1 },
]

test('the oracle finds out when a file is read by whoever reads records', async () => {
  await database.admin.query('alter policy readable on message_files using (true)')
  expect((await inNewWorld(everything)).join()).toContain('READS true')
})
