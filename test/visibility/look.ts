import { sql } from 'kysely'
import { knownPlaces } from '../../src/access/index.ts'
import { entriesOf } from '../../src/activities/calendar/entries.ts'
import { alsoInCalendar } from '../../src/app/calendars.ts'
import { countUnread as countUnreadMessages } from '../../src/messages/conversations.queries.ts'
import { countUnread, noticesOf } from '../../src/notifications/notices.queries.ts'
import { type Actor, asActor } from '../../src/platform/actor.ts'
import type { Tx } from '../../src/platform/db/database.ts'
import { asPlainDate } from '../../src/platform/plain-date.ts'
import { findTexts } from '../../src/search/words/find-texts.ts'
import { similarWords } from '../../src/search/words/similar-words.ts'
import { recipientsOf } from '../../src/text-messages/recipients.ts'
import { caseIdsOf, caseloadCounts, caseloadOf, type Wanted } from '../../src/work/caseload/caseload.queries.ts'
import { loadByTeam, loadOfTeam } from '../../src/work/team/team.queries.ts'
import { rowKey, type Scene } from './scene.ts'
import { nameOf, type Table } from './tables.ts'
import { days } from './world.ts'

export type Seen = {
  rows: Set<string>
  /** People found by a token, with the person's row beside it, as every search does. */
  found: Set<string>
  /** How many cases the pages of work count, over all teams and over all workers' lists. */
  counted: { byTeam: number; ageing: number; byWorker: number }
  /** Cases that lists of work show, and files of them hold. */
  listed: Set<string>
  /** Appointments that calendars show, one's own, of colleagues and elsewhere. */
  booked: Set<string>
  /** Cases that the reader's notices tell of, and whether with the name of their person. */
  told: Map<string, boolean>
  /** How many notices the band of every page says there are. */
  unread: number
  /** How many conversations the navigation says hold something unread. */
  unreadMessages: number
  /** Texts found by a word that all of them have, with the words that are shown of each. */
  texts: Map<string, string>
  /** Whether a slip of that word is recognised, which tells that there is a text. */
  spells: boolean
  /** How many have a place in the group, and how many wait for one, as numbers. */
  places: number
  waiting: number
  /** Cases that a text to all of them would name, whether it would go to them or not. */
  texted: Set<string>
}

/** Everything of the scene that an actor reads: every protected table in one statement. */
export async function lookAround(scene: Scene, actor: Actor): Promise<Seen> {
  const cases = sql`${scene.cases}::uuid[]`
  const people = sql`${scene.people}::uuid[]`
  const each = scene.tables.map(
    table =>
      sql`array(select ${sql.raw(nameOf(table))} from ${sql.table(table.table)} where ${sql.ref(table.key)} = any (${table.of === 'case' ? cases : people})) as ${sql.ref(table.table)}`,
  )
  const { row, ...rest } = await asActor(scene.database.web, actor, 'read', async tx => {
    const { rows } = await sql<Record<string, string[]>>`
      select ${sql.join(each)}, array(select distinct p.id::text from person_tokens k join people p on p.id = k.person_id
        where k.token = 'n:penrose' and k.person_id = any (${people})) as found`.execute(tx)
    const [ofWork, ofWords] = await Promise.all([work(tx, scene), words(tx, scene)])
    // The keeper counts them, and while it is at work nothing else is asked.
    const known = await knownPlaces(tx, actor, [scene.group])
    const texted = await textsTo(tx, actor, scene)
    const booked = await calendars(tx, actor, scene)
    const [notices, unread] = await Promise.all([noticesOf(tx, actor, { read: false, limit: 1_000 }), countUnread(tx, actor)])
    const { count: unreadMessages } = await countUnreadMessages(tx, actor)
    const told = new Map(notices.map(notice => [notice.words, notice.person !== null]))
    const places = known.get(scene.group) ?? { booked: 0, waiting: 0 }
    return {
      row: rows[0]!,
      booked,
      texted,
      told,
      unread,
      unreadMessages,
      places: places.booked,
      waiting: places.waiting,
      ...ofWork,
      ...ofWords,
    }
  })
  const rows = new Set<string>()
  for (const { table } of scene.tables) for (const name of row[table]!) rows.add(rowKey(table, name))
  return { rows, found: new Set(row.found), ...rest }
}

/** Whom the page that is checked before a text is sent would name, were every case of the scene in the group. */
async function textsTo(tx: Tx, actor: Actor, scene: Scene): Promise<Set<string>> {
  const members = scene.cases.map(caseId => ({ caseId }))
  const { to, leftOut } = await recipientsOf(tx, actor, new Date('2026-03-02T12:00:00Z'), { members, words: '-', alone: false })
  return new Set([...to, ...leftOut].map(one => one.candidate.caseId))
}

const day = asPlainDate('2026-03-02')

/** What the pages of work count and list, for every team and worker of the scene. */
async function work(tx: Tx, scene: Scene): Promise<Pick<Seen, 'counted' | 'listed'>> {
  const wanted: Wanted = { filters: {}, order: 'due' }
  const asOf = { today: day, since: null }
  const teamIds = new Set(scene.teams.map(team => team.id))
  const inTeams = scene.teams.flatMap(({ id: teamId, posts }) => Object.keys(posts).map(serviceArea => ({ teamId, serviceArea })))
  // Asked for together, so that they go out together: nothing waits for the answer to another.
  const [byTeam, loads, lists] = await Promise.all([
    loadByTeam(tx, null, day),
    Promise.all(inTeams.map(team => loadOfTeam(tx, team, day))),
    Promise.all(
      scene.users.map(({ id: workerId }) =>
        Promise.all([
          caseloadCounts(tx, { workerId }, asOf),
          caseloadOf(tx, { workerId }, wanted, asOf),
          caseIdsOf(tx, { workerId }, wanted, asOf),
        ]),
      ),
    ),
  ])
  const counted = {
    byTeam: sum(byTeam.filter(team => teamIds.has(team.teamId)).map(team => team.all)),
    ageing: sum(loads.flatMap(({ all }) => all.ages)),
    byWorker: sum(lists.map(([counts]) => counts.all)),
  }
  return { counted, listed: new Set(lists.flatMap(([, rows, ids]) => [...rows.map(row => row.caseId), ...ids])) }
}

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0)

/** What the calendars of all workers of the scene show, and calendars elsewhere that read by the same. */
async function calendars(tx: Tx, actor: Actor, scene: Scene): Promise<Set<string>> {
  const workers = scene.users.map(user => user.id)
  const wanted = { workers, from: days(-1_000), until: days(1_000), limit: 1_000 }
  return new Set((await entriesOf(tx, actor, wanted, { alsoInCalendar })).map(one => one.id))
}

/** What a search finds by the word that every text of the scene has, and whether a slip of it is told of. */
async function words(tx: Tx, { word }: Scene): Promise<Pick<Seen, 'texts' | 'spells'>> {
  const { texts } = await findTexts(tx, days(1), { words: word }, 500)
  // Whoever finds texts may be told of the word. Who finds none may not, and a slip of six letters asks the index for three hundred words.
  const spells = texts.length > 0 || (await similarWords(tx, days(1), word.slice(0, -1))).length > 0
  return { texts: new Map(texts.map(text => [text.id, text.headline])), spells }
}

class TakenBack extends Error {}

/** Everything of the scene that an actor could change, tried and taken back. */
export async function tryToWrite(scene: Scene, actor: Actor): Promise<Set<string>> {
  const changeable = scene.tables.filter((table): table is Table & { changeable: string } => table.changeable !== undefined)
  const cases = sql`${scene.cases}::uuid[]`
  const people = sql`${scene.people}::uuid[]`
  const updates = changeable.map(
    table => sql`${sql.ref(`${table.table}_written`)} as (
      update ${sql.table(table.table)} set ${sql.ref(table.changeable)} = ${sql.ref(table.changeable)}
      where ${sql.ref(table.key)} = any (${table.of === 'case' ? cases : people}) returning ${sql.raw(nameOf(table))} as name)`,
  )
  const written = new Set<string>()
  await asActor(scene.database.web, actor, 'write', async tx => {
    const { rows } = await sql<Record<string, string[]>>`
      with ${sql.join(updates)}
      select ${sql.join(changeable.map(table => sql`array(select name from ${sql.ref(`${table.table}_written`)}) as ${sql.ref(table.table)}`))}`.execute(
      tx,
    )
    for (const { table } of changeable) for (const name of rows[0]![table]!) written.add(rowKey(table, name))
    throw new TakenBack()
  }).catch(fault => {
    if (!(fault instanceof TakenBack)) throw fault
  })
  return written
}
