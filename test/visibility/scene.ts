import { randomUUID } from 'node:crypto'
import {
  appointCoordinator,
  breakGlass,
  endGrant,
  endWithEpisode,
  endWithholding,
  grantAccess,
  hideRemoved,
  joinMeeting,
  leaveMeeting,
  listsForPart,
  moveBack,
  moveRecord,
  rewriteCase,
  rewritePeople,
  rewritePeopleWithheldFrom,
  thingOfPart,
  withhold,
} from '../../src/access/index.ts'
import { findActor } from '../../src/identity/find-session.ts'
import { type Actor, asActor } from '../../src/platform/actor.ts'
import { asSystem, systemActor, theAuthority } from '../factories/world.ts'
import type { TestDatabase } from '../harness/database.ts'
import type { Model, Outcome, Row } from './model.ts'
import { insertOf, type Table, type Values } from './tables.ts'
import {
  agencies,
  at,
  type By,
  days,
  type Holder,
  type Post,
  parts,
  roles,
  type Step,
  sections,
  services,
  things,
  windowOf,
} from './world.ts'

/** A world as it stands in the database: what each thing is there, and what each row is of. */
export type Scene = {
  database: TestDatabase
  tables: readonly Table[]
  agencies: number[]
  teams: { id: string; principal: number; agency: number; posts: Partial<Record<string, number>> }[]
  users: { id: string; principal: number; posts: { id: string; team: number }[] }[]
  people: string[]
  cases: string[]
  meetings: number[]
  roles: Record<string, string>
  answerSets: string[]
  documents: string[]
  grants: string[]
  withholdings: string[]
  merges: string[]
  /** A group in which cases have a place, and one in three waits for one. */
  group: string
  /** Grants, withholdings, merges and posts that have been ended. */
  ended: Set<string>
  /** By table and name, what each row is of. */
  rows: Map<string, Row>
  /** A word of this world alone. */
  word: string
}

export const rowKey = (table: string, name: string): string => `${table}: ${name}`

/** Builds the world's people and records, all lists empty, then lets the product write the lists. */
export async function buildScene(database: TestDatabase, tables: readonly Table[], model: Model): Promise<Scene> {
  await theAuthority(database)
  const wanted = agencies + model.teams.length * 3 + model.users.length
  const { rows } = await database.admin.query<{ id: number }>(
    `insert into principals (kind) select 'user' from generate_series(1, $1::int) returning id`,
    [wanted],
  )
  const principals = rows.map(row => row.id)
  const next = (): number => principals.pop()!
  const statements: string[] = []
  const inserts: Inserts = new Map()
  const kinds: [number, string][] = []
  const principal = (kind: string): number => {
    const id = next()
    kinds.push([id, kind])
    return id
  }
  const text = (value: string): string => `'${value}'`
  const scene: Scene = {
    database,
    tables,
    agencies: [],
    teams: [],
    users: [],
    people: [],
    cases: [],
    meetings: [],
    roles: {},
    answerSets: [],
    documents: [],
    grants: [],
    withholdings: [],
    merges: [],
    group: randomUUID(),
    ended: new Set(),
    rows: new Map(),
    word: wordOfThis(),
  }

  for (const service of services)
    statements.push(
      `insert into service_areas (code, name, position, existence_shown) values ('${service}', '${service}', 1, ${service === 'open-service'}) on conflict do nothing`,
    )
  for (const [name, capabilities] of Object.entries(roles)) {
    scene.roles[name] = randomUUID()
    statements.push(
      `insert into roles (id, name, description, capabilities) values (${text(scene.roles[name])}, ${text(scene.roles[name])}, '', '{${capabilities.join(',')}}')`,
    )
  }
  for (let index = 0; index < agencies; index++) {
    const id = randomUUID()
    scene.agencies.push(principal('agency'))
    statements.push(`insert into agencies (id, principal, name, kind) values ('${id}', ${scene.agencies[index]}, '${id}', 'charity')`)
  }
  for (const { agency, services: areas } of model.teams) {
    const id = randomUUID()
    const team = { id, principal: principal('team'), agency: scene.agencies[agency]!, posts: {} as Record<string, number> }
    scene.teams.push(team)
    statements.push(`insert into teams (id, principal, agency, name) values ('${id}', ${team.principal}, ${team.agency}, '${id}')`)
    for (const area of areas) {
      team.posts[area] = principal('post')
      statements.push(
        `insert into team_services (team_id, agency, service_area, principal) values ('${id}', ${team.agency}, '${area}', ${team.posts[area]})`,
      )
    }
  }
  for (const user of model.users) {
    const id = randomUUID()
    const one = { id, principal: principal('user'), posts: [] as Scene['users'][number]['posts'] }
    scene.users.push(one)
    statements.push(
      `insert into users (id, principal, agency, name, email, status) values ('${id}', ${one.principal}, ${scene.agencies[user.agency]}, 'A user', '${id}', '${user.disabled ? 'disabled' : 'active'}')`,
    )
    for (const post of user.posts) statements.push(postStatement(scene, scene.users.length - 1, post))
  }
  for (const registering of model.people) {
    const team = scene.teams[registering % scene.teams.length]!
    const id = randomUUID()
    scene.people.push(id)
    const person = scene.people.length - 1
    for (const table of tables) {
      if (table.of !== 'person') continue
      addRow(
        scene,
        inserts,
        table,
        { [table.key]: id, registered_by: Object.values(team.posts)[0]!, readers: [], editors: [] },
        { of: 'person', person },
      )
      if (!table.hasNamedReaders) continue
      for (const [keptBy, principal] of scene.agencies.entries())
        addRow(
          scene,
          inserts,
          table,
          { [table.key]: id, named_readers: [principal], readers: [], editors: [] },
          { of: 'person', person, keptBy },
        )
    }
    statements.push(`insert into person_tokens (principal, token, person_id) select commissioners, 'n:penrose', '${id}' from authorities`)
  }
  // Between everybody and everybody, and with somebody who is not on record: what is written on the person's own side alone too.
  for (const table of tables) {
    if (table.of !== 'two people') continue
    for (const [person, id] of scene.people.entries())
      for (const [other, otherId] of [...scene.people, undefined].entries()) {
        if (person === other) continue
        const values = { person_id: id, other_id: otherId ?? null, readers: [], editors: [], other_readers: [], other_editors: [] }
        if (otherId === undefined && table.table === 'merge_requests') continue
        addRow(scene, inserts, table, values, { of: 'two people', person, other: otherId === undefined ? person : other })
      }
  }
  for (const [index, one] of model.cases.entries()) {
    scene.cases.push(randomUUID())
    scene.answerSets.push(randomUUID())
    scene.documents.push(randomUUID())
    addCaseRows(scene, inserts, model, index, { readers: [], editors: [], withheld: [] }, one)
  }
  for (const [into, rows] of inserts) statements.push(`${into} ${rows.join(', ')}`)
  // Everybody has been told of every case, and of every other one with its person: what became theirs to know since, and what no longer is.
  for (const [index, one] of model.cases.entries())
    for (const user of scene.users) {
      const person = index % 2 ? 'null' : text(scene.people[one.person]!)
      statements.push(
        `insert into notices (id, user_id, kind, words, case_id, person_id, at, delivery) values (gen_random_uuid(), '${user.id}', 'case-offered', '${scene.cases[index]}', '${scene.cases[index]}', ${person}, now(), 'product')`,
      )
    }
  statements.push(
    `update principals p set kind = k.kind from (values ${kinds.map(([id, kind]) => `(${id}, '${kind}')`).join(', ')}) as k (id, kind) where p.id = k.id`,
  )
  await database.admin.query(statements.join(';\n'))

  for (const members of model.meetings) {
    const { rows } = await database.admin.query<{ id: number }>(`insert into principals (kind) values ('meeting') returning id`)
    scene.meetings.push(rows[0]!.id)
    for (const member of members)
      await database.admin.query('insert into held_principals (principal, holder, starts_at) values ($1, $2, $3)', [
        rows[0]!.id,
        scene.users[member]!.principal,
        days(-10),
      ])
  }
  for (const id of scene.cases) await asSystem(database, tx => rewriteCase(tx, id))
  const without = scene.people.filter((_, person) => !model.cases.some(one => one.person === person))
  if (without.length > 0) await asSystem(database, tx => rewritePeople(tx, without))
  return scene
}

function postStatement(scene: Scene, user: number, post: Post): string {
  const team = scene.teams[post.team % scene.teams.length]!
  const id = randomUUID()
  scene.users[user]!.posts.push({ id, team: post.team % scene.teams.length })
  const area = post.service === null ? 'null' : `'${services[post.service]}'`
  return `insert into posts (id, user_id, team_id, agency, service_area, role_id) values ('${id}', '${scene.users[user]!.id}', '${team.id}', ${team.agency}, ${area}, '${scene.roles[post.role]}')`
}

/** Rows to add by the statement that adds them: many of a table go in at once. */
type Inserts = Map<string, string[]>

function addRow(scene: Scene, inserts: Inserts, table: Table, values: Values, of: Row): void {
  const { name, into, row } = insertOf(table, values)
  scene.rows.set(rowKey(table.table, name), withThing(scene, table, values, of))
  inserts.set(into, [...(inserts.get(into) ?? []), row])
}

/** Says of which document or form a row is, where it is of one that the world shares by itself. */
function withThing(scene: Scene, table: Table, values: Values, of: Row): Row {
  if (of.of !== 'part' || table.of !== 'case' || !table.thing) return of
  const id = values[table.thing]
  const thing = thingNames.find(one => things[one] === of.part && id === idOf(scene, one, of.case))
  return thing ? { ...of, thing } : of
}

const thingNames = Object.keys(things) as (keyof typeof things)[]
const idOf = (scene: Scene, thing: keyof typeof things, theCase: number): string =>
  (thing === 'the form' ? scene.answerSets : scene.documents)[theCase]!

/** A row of the document and one of the form, in every table that has rows of such. */
function addRowsOfThings(scene: Scene, inserts: Inserts, table: Table, theCase: number, person: number, values: Values): void {
  if (table.of !== 'case' || !table.thing) return
  for (const thing of thingNames) {
    const part = things[thing]
    if ('fixed' in table.part && table.part.fixed !== part) continue
    const place: Values = {
      ...('column' in table.part ? { [table.part.column]: part } : {}),
      [table.thing]: idOf(scene, thing, theCase),
      ...wordsFor(scene, table),
      // All of one kind, begun in the order of the cases.
      ...(table.table === 'answer_sets'
        ? { person_id: scene.people[person]!, form_code: 'review', started_at: `2026-03-01T09:0${theCase}:00Z` }
        : {}),
    }
    if (table.section?.answerSet === table.thing) continue
    addRow(scene, inserts, table, { ...values, ...place }, { of: 'part', case: theCase, part })
  }
}

/** Of letters that no English ending is made of, so that neither it nor a slip of it is cut to a stem. */
const wordOfThis = () => Array.from({ length: 6 }, () => 'bcdfghjkmnpqvwxz'.charAt(Math.floor(Math.random() * 16))).join('')

/** A word that every text of this world has, so that one search asks for all; and one that only this text has. */
const wordsFor = (scene: Scene, table: Table): Values =>
  table.table === 'texts' ? { words: `${scene.word} ${secretWord()}`, source: 'note' } : {}
let secrets = 0
const secretWord = () => `secret${++secrets}`

/** Whether this case waits for its place in the group. */
export const waits = (theCase: number): boolean => theCase % 3 === 1

type Given = { readers: readonly number[]; editors: readonly number[]; withheld: readonly number[] }

/** One row in every table of a case, and more where a table's rows differ in part, section or named readers. */
function addCaseRows(
  scene: Scene,
  inserts: Inserts,
  model: Model,
  theCase: number,
  lists: Given,
  header?: Model['cases'][number],
  only?: string,
): void {
  const id = scene.cases[theCase]!
  for (const table of scene.tables) {
    if (table.of !== 'case' || table.table === 'access_grants' || table.table === 'withholdings' || (only && only !== table.table)) continue
    const writer = model.named[0]!
    const values: Values = { [table.key]: id, case_id: id, ...lists, ...(table.hasOwner ? { owner: scene.users[writer]!.principal } : {}) }
    const own = table.hasOwner ? { named: [writer] } : {}
    addRowsOfThings(scene, inserts, table, theCase, model.cases[theCase]!.person, values)
    if (table.table === 'cases') {
      const team = scene.teams[header!.team]!
      const place: Values = {
        person_id: scene.people[header!.person]!,
        service_area: header!.service,
        team_id: team.id,
        agency: team.agency,
        restricted: header!.restricted,
      }
      addRow(scene, inserts, table, { ...values, ...place }, { of: 'case', case: theCase })
    } else if (table.table === 'caseload_entries' && header) {
      const place: Values = {
        person_id: scene.people[header.person]!,
        service_area: header.service,
        team_id: scene.teams[header.team]!.id,
        worker_id: at(scene.users, theCase).id,
        status: 'open',
        open_since: '2026-03-01',
        risk: 'high',
      }
      addRow(scene, inserts, table, { ...values, ...place }, { of: 'part', case: theCase, part: 'work' })
    } else if (table.table === 'group_bookings') {
      const place: Values = { group_id: scene.group, status: waits(theCase) ? 'waiting' : 'booked' }
      addRow(scene, inserts, table, { ...values, ...place }, { of: 'part', case: theCase, part: 'groups' })
    } else if (table.existence) {
      addRow(scene, inserts, table, values, { of: 'involvement', case: theCase })
    } else if (table.section) {
      for (const section of sections) {
        const place: Values = {
          [table.section.answerSet]: scene.answerSets[theCase]!,
          [table.section.section]: section,
          ...('column' in table.part ? { [table.part.column]: 'forms' } : {}),
        }
        const part = 'column' in table.part ? 'forms' : table.part.fixed
        addRow(
          scene,
          inserts,
          table,
          { ...values, ...place, ...wordsFor(scene, table) },
          { of: 'part', case: theCase, part, sections: [section] },
        )
      }
      addRowsOfSections(scene, inserts, table, theCase, values, own)
      // What can be found by its words is of every part, of a section of a form only where it was taken from one.
      if ('column' in table.part && table.hasNamedReaders)
        for (const part of parts)
          for (const named of [undefined, model.named]) {
            const place: Values = { [table.part.column]: part, named_readers: named?.map(user => scene.users[user]!.principal) ?? null }
            addRow(
              scene,
              inserts,
              table,
              { ...values, ...place, ...wordsFor(scene, table) },
              { of: 'part', case: theCase, part, ...(named ? { named } : {}) },
            )
          }
      if (table.readersWrite) addMessageText(scene, inserts, model, table, theCase, values)
      // Documents of the case itself are of no section.
      if ('fixed' in table.part) addRow(scene, inserts, table, values, { of: 'part', case: theCase, part: table.part.fixed })
    } else if (table.readersWrite === 'every row') {
      addConversation(scene, inserts, model, table, theCase, values)
    } else {
      addRowsOfSections(scene, inserts, table, theCase, values, own)
      const of = 'column' in table.part ? parts : [table.part.fixed]
      for (const part of of) {
        const place: Values = {
          ...('column' in table.part ? { [table.part.column]: part } : {}),
          ...(table.table === 'appointments' ? { worker_id: at(scene.users, theCase).id } : {}),
        }
        addRow(scene, inserts, table, { ...values, ...place }, { of: 'part', case: theCase, part, ...own })
        if (!table.hasNamedReaders) continue
        const named = model.named.map(user => scene.users[user]!.principal)
        addRow(
          scene,
          inserts,
          table,
          { ...values, ...place, named_readers: named },
          { of: 'part', case: theCase, part, named: model.named },
        )
      }
    }
  }
}

/** What somebody said, and the file that they sent with it, is theirs alone to change. */
const ownWords = ['messages', 'message_files']

/** What people say to each other about a part of a case: read by its members of those who may read that part, and written by the same. */
function addConversation(scene: Scene, inserts: Inserts, model: Model, table: Table, theCase: number, values: Values): void {
  const author = model.named[0]!
  const by = scene.users[author]!.id
  for (const part of parts) {
    const place: Values = {
      part,
      author_id: by,
      started_by: by,
      added_by: by,
      ...(table.table === 'conversation_members' ? { user_id: by, unread_since: '2026-03-02T09:00:00Z' } : {}),
      ...namedAndWritten(scene, model, values),
    }
    const of: Row = {
      of: 'part',
      case: theCase,
      part,
      named: model.named,
      written: ownWords.includes(table.table) ? { author } : 'by readers',
    }
    addRow(scene, inserts, table, { ...values, ...place }, of)
  }
}

function addMessageText(scene: Scene, inserts: Inserts, model: Model, table: Table, theCase: number, values: Values): void {
  for (const part of parts) {
    const place: Values = { part, ...namedAndWritten(scene, model, values), ...wordsFor(scene, table), source: 'message' }
    addRow(scene, inserts, table, { ...values, ...place }, { of: 'part', case: theCase, part, named: model.named, written: 'by readers' })
  }
}

const namedAndWritten = (scene: Scene, model: Model, { readers }: Values): Values => ({
  named_readers: model.named.map(user => scene.users[user]!.principal),
  editors: readers!,
})

/** A letter can follow from one section of a form or from several. */
function addRowsOfSections(
  scene: Scene,
  inserts: Inserts,
  table: Table,
  theCase: number,
  values: Values,
  own: { named?: readonly number[] },
): void {
  if (table.of !== 'case' || !table.furtherSections) return
  const part = 'column' in table.part ? 'documents' : table.part.fixed
  for (const some of [...sections.map(one => [one]), [...sections]]) {
    const place: Values = {
      ...('column' in table.part ? { [table.part.column]: part } : {}),
      [table.furtherSections]: some.map(section => `${scene.answerSets[theCase]}/${section}`),
    }
    addRow(
      scene,
      inserts,
      table,
      { ...values, ...place, ...wordsFor(scene, table) },
      { of: 'part', case: theCase, part, sections: some, ...own },
    )
  }
}

const namedInShare = (scene: Scene, thing: keyof typeof things, theCase: number): string =>
  thingOfPart(things[thing], idOf(scene, thing, theCase))

// ── Steps, through the product's own functions ──────────────────────────────────────────────────────────────────────────

export function principalOf(scene: Scene, holder: Holder): number {
  switch (holder.kind) {
    case 'user':
      return at(scene.users, holder.index).principal
    case 'agency':
      return at(scene.agencies, holder.index)
    case 'team':
      return at(scene.teams, holder.index).principal
    case 'post': {
      const { posts } = at(scene.teams, holder.index)
      return at(Object.values(posts), holder.service)!
    }
    case 'meeting':
      return at(scene.meetings, holder.index)
  }
}

/** Somebody made up of one principal among those whose case it is, from whom it is not withheld; undefined when there is none. */
export async function anEditorOf(scene: Scene, theCase: number, except?: number): Promise<Actor | undefined> {
  const { rows } = await scene.database.admin.query<{ editors: number[]; withheld: number[] }>(
    `select c.withheld, array(
        select s.principal from team_services s where s.team_id = c.team_id and s.service_area = c.service_area and not c.restricted and c.removed_at is null
        union select g.principal from access_grants g where g.case_id = c.id and g.ended_at is null and g.level = 'edit' and g.parts is null
          and g.kind in ('named', 'allocation', 'co-worker', 'co-ordinator') and c.removed_at is null order by 1) as editors
      from cases c where c.id = $1`,
    [scene.cases[theCase]],
  )
  const { editors, withheld } = rows[0]!
  const one = editors.find(principal => !withheld.includes(principal) && principal !== except)
  return one === undefined
    ? undefined
    : { ...systemActor, principal: one, principals: [one], readPrincipals: [one], writePrincipals: [one] }
}

/** Cases that somebody reads: a restricted one on which nobody is named is read by none. */
export async function casesWithReaders({ database, cases }: Scene): Promise<ReadonlySet<number>> {
  const { rows } = await database.admin.query<{ id: string }>(`select id from cases where id = any ($1) and readers <> '{}'`, [cases])
  const ids = new Set(rows.map(row => row.id))
  return new Set(cases.flatMap((id, index) => (ids.has(id) ? [index] : [])))
}

export async function actorAt(scene: Scene, user: number, now: Date): Promise<Actor | undefined> {
  const found = await findActor(scene.database.gate, scene.users[user]!.id, now)
  return found && { ...found, requestId: 'oracle', address: '' }
}

/** Takes a step in the database that the model says can be taken, or shows that it cannot be where the model says so. */
export async function takeInScene(
  scene: Scene,
  model: Model,
  step: Step,
  now: Date,
  outcome: Outcome,
  editors: ReadonlyMap<number, Actor>,
): Promise<void> {
  if (outcome === 'nothing to do') return
  const { web, admin } = scene.database
  const theCase = 'case' in step ? step.case % scene.cases.length : 0
  const caseId = scene.cases[theCase]!
  const by = async (who: By): Promise<Actor> =>
    who === 'an editor' ? editors.get(theCase)! : (await actorAt(scene, who % scene.users.length, now))!
  const refusedOrDone = async (work: () => Promise<void>) => {
    if (outcome === 'done') return work()
    const failed = await work().then(
      () => false,
      () => true,
    )
    if (!failed) throw new Error(`This was done, but should have been refused: ${JSON.stringify(step)}`)
  }
  switch (step.do) {
    case 'grant': {
      const actor = await by(step.by)
      const { startsAt, endsAt } = windowOf(step)
      const grant = {
        caseId,
        kind: step.kind,
        holder: principalOf(scene, step.to),
        level: step.level,
        parts: step.parts?.map(part => (part in things ? namedInShare(scene, part as keyof typeof things, theCase) : part)) ?? null,
        startsAt,
        endsAt,
        purpose: 'To work together',
        lawfulBasis: 'Public task',
      }
      return refusedOrDone(async () => {
        const id = await asActor(web, actor, 'write', tx => grantAccess(tx, actor, now, grant))
        scene.grants.push(id)
        scene.rows.set(rowKey('access_grants', id), { of: 'grant', case: theCase })
      })
    }
    case 'end-grant': {
      const which = model.grants.findLastIndex(
        (grant, index) => grant.ended && scene.grants[index] !== undefined && !scene.ended.has(scene.grants[index]!),
      )
      const id = scene.grants[which]!
      scene.ended.add(id)
      const actor = editors.get(model.grants[which]!.case)!
      await asActor(web, actor, 'write', tx => endGrant(tx, actor, now, id, 'No longer needed'))
      return
    }
    case 'appoint': {
      const actor = await by(step.by)
      return refusedOrDone(async () => {
        await asActor(web, actor, 'write', tx => appointCoordinator(tx, actor, now, caseId, at(scene.users, step.user).principal))
        const { rows } = await admin.query<{ id: string }>(
          `select id from access_grants where case_id = $1 and kind = 'co-ordinator' and ended_at is null`,
          [caseId],
        )
        if (rows.length !== 1) throw new Error(`There are ${rows.length} co-ordinators.`)
        // Whoever is it already keeps the appointment that they have: it is the latest now, and no earlier one.
        const { id } = rows[0]!
        const earlier = scene.grants.indexOf(id)
        if (earlier >= 0) scene.grants[earlier] = 'none'
        noteEnded(scene, model)
        scene.grants.push(id)
        scene.rows.set(rowKey('access_grants', id), { of: 'grant', case: theCase })
      })
    }
    case 'close-episode': {
      const actor = await by(step.by)
      return refusedOrDone(async () => {
        await asActor(web, actor, 'write', tx => endWithEpisode(tx, actor, now, caseId))
        noteEnded(scene, model)
      })
    }
    case 'withhold': {
      // Somebody by name has withheld it: what nobody has is repeated.
      const actor = { ...(await by(step.by)), userId: scene.users[0]!.id }
      const section = step.section === null ? undefined : { answerSetId: scene.answerSets[theCase]!, section: at(sections, step.section) }
      return refusedOrDone(async () => {
        const id = await asActor(web, actor, 'write', tx =>
          withhold(tx, actor, now, {
            caseId,
            holder: principalOf(scene, step.from),
            ...(section ? { section } : {}),
            reason: 'For safety',
          }),
        )
        scene.withholdings.push(id)
        scene.rows.set(rowKey('withholdings', id), { of: 'withholding', case: theCase, from: step.from })
        await noteCarried(scene, model)
      })
    }
    case 'end-withholding': {
      const which = model.withholdings.findIndex((one, index) => one.ended && !scene.ended.has(scene.withholdings[index]!))
      const id = scene.withholdings[which]!
      const { case: of, from } = model.withholdings[which]!
      scene.ended.add(id)
      const actor = await anEditorOf(scene, of, principalOf(scene, from))
      if (actor) {
        const ended = await asActor(web, actor, 'write', tx => endWithholding(tx, actor, now, id))
        if (!ended.ok) throw new Error('An editor could not end a withholding.')
        return
      }
      await admin.query('update withholdings set ended_at = $2 where id = $1', [id, now])
      return asSystem(scene.database, tx => rewriteCase(tx, scene.cases[of]!))
    }
    case 'restrict':
      await admin.query('update cases set restricted = $2 where id = $1', [caseId, step.restricted])
      return asSystem(scene.database, tx => rewriteCase(tx, caseId))
    case 'merge': {
      const [from, into] = [step.person % scene.people.length, step.into % scene.people.length]
      const merge = { id: randomUUID(), kept: scene.people[into]!, merged: scene.people[from]! }
      const mark = (kept: string | null, at: Date | null) =>
        admin.query('update people set merged_into = $2, removed_at = $3 where id = $1', [merge.merged, kept, at])
      await mark(merge.kept, now)
      await refusedOrDone(async () => asActor(web, await seesAll(scene), 'write', tx => moveRecord(tx, now, merge)))
      if (outcome !== 'done') return void (await mark(null, null))
      scene.merges.push(merge.id)
      return noteCarried(scene, model)
    }
    case 'unmerge': {
      const which = model.merges.findIndex((one, index) => one.ended && !scene.ended.has(scene.merges[index]!))
      const { from, into } = model.merges[which]!
      const merge = { id: scene.merges[which]!, kept: scene.people[into]!, merged: scene.people[from]! }
      scene.ended.add(merge.id)
      await admin.query('update people set merged_into = null, removed_at = null where id = $1', [merge.merged])
      return asActor(web, await seesAll(scene), 'write', tx => moveBack(tx, merge))
    }
    case 'remove':
      await admin.query('update cases set removed_at = $2 where id = $1', [caseId, now])
      return asSystem(scene.database, tx => hideRemoved(tx, { caseIds: [caseId], personIds: [] }))
    case 'move': {
      const team = scene.teams[step.team % scene.teams.length]!
      await admin.query('update cases set team_id = $2, agency = $3 where id = $1', [caseId, team.id, team.agency])
      return asSystem(scene.database, tx => rewriteCase(tx, caseId))
    }
    case 'break-glass': {
      const actor = (await actorAt(scene, step.user % scene.users.length, now))!
      const endsAt = new Date(now.getTime() + step.days * 86_400_000)
      const id = await asActor(web, actor, 'write', tx => breakGlass(tx, actor, now, { caseId, reason: 'Danger to life', endsAt }))
      scene.grants.push(id)
      scene.rows.set(rowKey('access_grants', id), { of: 'grant', case: theCase })
      return
    }
    case 'end-post': {
      const user = step.user % scene.users.length
      const which = model.users[user]!.posts.findIndex((post, index) => post.ended && !scene.ended.has(scene.users[user]!.posts[index]!.id))
      const post = scene.users[user]!.posts[which]!
      scene.ended.add(post.id)
      return changeMembership(scene, user, async () => {
        await admin.query('update posts set ended_at = $2 where id = $1', [post.id, now])
      })
    }
    case 'add-post': {
      const user = step.user % scene.users.length
      const statement = postStatement(scene, user, step.post)
      return changeMembership(scene, user, async () => {
        await admin.query(statement)
      })
    }
    case 'join':
      return asSystem(scene.database, tx => joinMeeting(tx, now, at(scene.meetings, step.meeting), at(scene.users, step.user).principal))
    case 'leave':
      return asSystem(scene.database, tx => leaveMeeting(tx, now, at(scene.meetings, step.meeting), at(scene.users, step.user).principal))
    case 'add-rows':
      return addRows(scene, theCase)
  }
}

/** Finds what the product has kept from somebody in later forms, as the model says that it must have. */
async function noteCarried(scene: Scene, model: Model): Promise<void> {
  for (const { case: theCase, from, section } of model.withholdings.slice(scene.withholdings.length)) {
    const { rows } = await scene.database.admin.query<{ id: string }>(
      'select id from withholdings where case_id = $1 and holder = $2 and section = $3 and answer_set_id = $4 and ended_at is null and id <> all ($5)',
      [scene.cases[theCase], principalOf(scene, from), section, scene.answerSets[theCase], scene.withholdings],
    )
    if (rows.length !== 1) throw new Error(`A section is kept ${rows.length} times in a later form, case ${theCase}.`)
    scene.withholdings.push(rows[0]!.id)
    scene.rows.set(rowKey('withholdings', rows[0]!.id), { of: 'withholding', case: theCase, from })
  }
}

/** Grants that ended with something else: a later step ends others. */
function noteEnded(scene: Scene, model: Model): void {
  for (const [index, id] of scene.grants.entries()) if (model.grants[index]!.ended) scene.ended.add(id)
}

/** Somebody who reads everything and from whom nothing is withheld, as nobody does: only for them would everything be moved, of any world. */
async function seesAll({ database }: Scene): Promise<Actor> {
  const { rows } = await database.admin.query<{ id: number }>('select id from principals')
  return { ...systemActor, readPrincipals: rows.map(row => row.id) }
}

/** What an administrator's page does: changes the posts and has everybody rewritten whom it may concern, as the issue asks. */
async function changeMembership(scene: Scene, user: number, change: () => Promise<void>): Promise<void> {
  await change()
  await asSystem(scene.database, tx => rewritePeopleWithheldFrom(tx, [scene.users[user]!.principal]))
}

/** A row of its own for each part and section, under the lists that the product gives for it. */
async function addRows(scene: Scene, theCase: number): Promise<void> {
  const caseId = scene.cases[theCase]!
  for (const table of scene.tables) {
    if (table.of !== 'case' || !['case_events', 'answer_versions', 'case_notes', 'letters'].includes(table.table)) continue
    const some = table.section ? sections.map(one => [one]) : table.furtherSections ? [[], [...sections]] : [[]]
    for (const which of some) {
      const part = 'column' in table.part ? 'forms' : table.part.fixed
      const of = which.map(section => ({ answerSetId: scene.answerSets[theCase]!, section }))
      const thing = table.section ? scene.answerSets[theCase]! : undefined
      const lists = await asSystem(scene.database, tx => listsForPart(tx, caseId, part, of, thing))
      const place: Values = {
        [table.key]: caseId,
        ...('column' in table.part ? { [table.part.column]: part } : {}),
        ...(table.section ? { [table.section.answerSet]: scene.answerSets[theCase]!, [table.section.section]: which[0]! } : {}),
        ...(table.furtherSections ? { [table.furtherSections]: of.map(one => `${one.answerSetId}/${one.section}`) } : {}),
        ...lists,
      }
      const { name, into, row } = insertOf(table, place)
      await scene.database.admin.query(`${into} ${row}`)
      scene.rows.set(rowKey(table.table, name), withThing(scene, table, place, { of: 'part', case: theCase, part, sections: which }))
    }
  }
}
