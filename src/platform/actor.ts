import { CompiledQuery, type KyselyPlugin, sql } from 'kysely'
import type { Capability } from './capabilities.ts'
import { type Database, keepOrUndo, type Tx } from './db/database.ts'

/** A post as its holder works in it: a team, and the service area that the team works in. */
export type Post = {
  teamId: string
  teamName: string
  /** Null for a post that works in no service, such as an administrator's. */
  serviceArea: string | null
  postPrincipal: number | null
  agency: number
  agencyName: string
  /** What its role allows: at records of its own place, and not at those of another post's (`acting-at.ts`). */
  capabilities: ReadonlySet<Capability>
}

/** Who acts. Every request, job and command makes one and passes it on; nothing finds it by itself. */
export type Actor = {
  /** Null for the system itself. */
  userId: string | null
  name: string
  /** The user's own principal: the owner of drafts and notices. */
  principal: number
  /** The agency that the user belongs to. */
  agency: number
  agencyName: string
  /**
   * The agency in whose post they act on the record that the request is about, where it is not the one that they belong to; or, where they have no post in
   * that one any more, another in which they have: whose audit it stands in.
   */
  actsFor?: number
  /** Everything that a row can name to mean this actor, now: what is withheld from any of it is withheld from them. */
  principals: readonly number[]
  /** The part of them that may read records. Empty for somebody whose roles open none, such as an administrator of users. */
  readPrincipals: readonly number[]
  /** The part of them that may change anything. Empty for a read-only user. */
  writePrincipals: readonly number[]
  /** Principals of the agencies whose users the actor manages; 0 stands for the authority. */
  administers: readonly number[]
  /** Principals of the agencies whose audit the actor may read; 0 stands for all. */
  audits: readonly number[]
  /** Of all their posts together, or, at a record, of the posts that they have there. */
  capabilities: ReadonlySet<Capability>
  posts: readonly Post[]
  requestId: string
  address: string
}

/** The system itself, signed in as nobody: it holds no principal, so it sees what a policy opens to it by name and nothing else. */
export const theSystem = (name: string): Actor => ({
  userId: null,
  name,
  principal: 0,
  agency: 0,
  agencyName: '',
  principals: [],
  readPrincipals: [],
  writePrincipals: [],
  administers: [],
  audits: [],
  capabilities: new Set(),
  posts: [],
  requestId: 'job',
  address: '',
})

export const may = (actor: Actor, capability: Capability): boolean => actor.capabilities.has(capability)

/** The inboxes of referrals that the actor decides on: of the teams and services in which the post itself accepts referrals. */
export const triagedBy = (actor: Actor): number[] =>
  actor.posts.flatMap(post =>
    post.postPrincipal !== null && post.capabilities.has('manage-allocation') && post.capabilities.has('record')
      ? [post.postPrincipal]
      : [],
  )

/**
 * The one way to a transaction under row-level security. Opens it with the actor's principals, runs the work, commits, and returns
 * what the work returned; rolls back when the work throws. Respond only after it has resolved.
 *
 * A read still writes its audit event, but does not wait for the disk (decision 0003); a write always does.
 */
export async function asActor<T>(database: Database, actor: Actor, mode: 'read' | 'write', work: (tx: Tx) => Promise<T>): Promise<T> {
  return keepOrUndo(database, async (connection, client) => {
    const state: TxState = { mode, keeper: connection, keeperAtWork: false }
    const tx = connection.withPlugin(refuseWhileKeeperWorks(state))
    states.set(tx, state)
    // Sent with the work's first statements, and before them: asked of the client itself, since on a connection that is new Kysely lets what is asked
    // a moment later go first. Were it to fail they would see nobody's principals, so nothing, and change nothing.
    const opened = client.query(opening(database.schema, actor, mode))
    opened.catch(() => {})
    const outcome = await work(tx)
    await opened
    return outcome
  })
}

/** Does one piece of work as somebody, inside a transaction that several share. Await one before the next begins. */
export type ActAs = <T>(actor: Actor, act: (tx: Tx) => Promise<T>) => Promise<T>

/**
 * One transaction in which several act, each under their own rights and one after another: all of it is kept or nothing. For what is put
 * in as a whole, such as the demonstration; a request has one actor.
 */
export async function asActors<T>(database: Database, work: (as: ActAs) => Promise<T>): Promise<T> {
  return keepOrUndo(database, async connection => {
    await connection.executeQuery(CompiledQuery.raw(`begin; ${began}`))
    return work(async (actor, act) => {
      const state: TxState = { mode: 'write', keeper: connection, keeperAtWork: false }
      const tx = connection.withPlugin(refuseWhileKeeperWorks(state))
      states.set(tx, state)
      await connection.executeQuery(CompiledQuery.raw(settingsOf(database.schema, actor).join('; ')))
      return act(tx)
    })
  })
}

/** Whether this transaction was opened to read: what it looks at need not be held for a change. */
export const isForReading = (tx: Tx): boolean => stateOf(tx).mode === 'read'

/** Lets the actor hold one more principal for the rest of the transaction that has just granted it: they see at once what it opens. */
export async function alsoHold(tx: Tx, actor: Actor, principal: number): Promise<void> {
  await sql.raw(`set local lanyard.principals = '${list([...actor.principals, principal])}'`).execute(tx)
  await sql.raw(`set local lanyard.read_principals = '${list([...actor.readPrincipals, principal])}'`).execute(tx)
}

/**
 * Lets the actor write as one more of these for the rest of the transaction. Only `access` calls this, for somebody who has shown a right of
 * their own to it: what is withheld from them stays withheld.
 */
export async function alsoWriteAs(tx: Tx, actor: Actor, principals: readonly number[]): Promise<void> {
  await sql.raw(`set local lanyard.write_principals = '${list([...actor.writePrincipals, ...principals])}'`).execute(tx)
}

/**
 * What somebody else would see after a change that is then taken back, whole: `change` is made as the actor and answers who looks, `look` is
 * done as them, and nothing of either stays. What is withheld from either is not seen, and what names its readers only where it names both: the
 * actor learns nothing by another's eyes. Only `access` calls this, for a change that the actor may make; what its receiver may read with is
 * that change alone.
 */
export async function lookAs<T>(tx: Tx, actor: Actor, change: () => Promise<Actor>, look: (receiver: Actor) => Promise<T>): Promise<T> {
  await sql`savepoint look_as`.execute(tx)
  try {
    const receiver = await change()
    const named = [receiver, actor].map((one, at) => `set local lanyard.named_${at ? 'beside' : 'as'} = '${list(one.principals)}'`)
    const both = { ...receiver, principals: [...receiver.principals, ...actor.principals] }
    await sql.raw([...actingAs(both), ...named].join('; ')).execute(tx)
    return await look({ ...receiver, requestId: actor.requestId, address: actor.address })
  } finally {
    // What was set for the transaction since the savepoint goes with it: the actor is themself again.
    await sql`rollback to savepoint look_as`.execute(tx)
  }
}

/**
 * Steps into the keeper's role for one piece of work: the keeper keeps access lists, and with them grants, withholdings, windows and search
 * tokens (db/roles.sql says exactly what), and reads nothing of a record. Only `access` calls this; an architecture test says so.
 *
 * The work is given a transaction of its own to ask through. Whoever asks through the actor's meanwhile, having not awaited this, is
 * refused: the keeper sees more than they may. A fault steps out again, so that nobody who catches it goes on as the keeper.
 */
export async function asKeeper<T>(tx: Tx, work: (keeper: Tx) => Promise<T>): Promise<T> {
  const state = stateOf(tx)
  if (state.keeperAtWork) throw new Error('The keeper is at work already: await one thing after the other.')
  state.keeperAtWork = true
  try {
    await sql`set local role lanyard_keeper`.execute(state.keeper)
    return await work(state.keeper)
  } finally {
    // In an aborted transaction this is refused as well; its rollback then ends the role.
    await sql`set local role none`.execute(state.keeper).catch(() => {})
    state.keeperAtWork = false
  }
}

type TxState = { mode: 'read' | 'write'; keeper: Tx; keeperAtWork: boolean }
const states = new WeakMap<Tx, TxState>()

function stateOf(tx: Tx): TxState {
  const state = states.get(tx)
  if (!state) throw new Error('This is not a transaction that asActor opened.')
  return state
}

function refuseWhileKeeperWorks(state: TxState): KyselyPlugin {
  return {
    transformQuery: ({ node }) => {
      if (state.keeperAtWork) throw new Error('A query was sent while the keeper was at work: await one thing after the other.')
      return node
    },
    transformResult: async ({ result }) => result,
  }
}

function opening(schema: string, actor: Actor, mode: 'read' | 'write'): string {
  const settings = settingsOf(schema, actor)
  settings.push(mode === 'read' ? 'set local synchronous_commit = off' : began)
  return `begin; ${settings.join('; ')}`
}

/** What had been saved by others when this transaction began to look: so that it sees later what has been saved since (`leftMeanwhile` in src/access). */
const began = `select set_config('lanyard.began', pg_current_snapshot()::text, true)`

function settingsOf(schema: string, actor: Actor): string[] {
  return [`set local search_path = ${schema}`, ...actingAs(actor)]
}

function actingAs(actor: Actor): string[] {
  return [
    `set local lanyard.principals = '${list(actor.principals)}'`,
    `set local lanyard.read_principals = '${list(actor.readPrincipals)}'`,
    `set local lanyard.write_principals = '${list(actor.writePrincipals)}'`,
    `set local lanyard.administers = '${list(actor.administers)}'`,
    `set local lanyard.audits = '${list(actor.audits)}'`,
    `set local lanyard.triages = '${list(triagedBy(actor))}'`,
    `set local lanyard.user_id = '${idOrNobody(actor.userId)}'`,
  ]
}

/** Nothing but an id reaches the statement. */
function idOrNobody(id: string | null): string {
  if (id !== null && !/^[0-9a-f-]{36}$/.test(id)) throw new Error('A user id is not an id.')
  return id ?? ''
}

/** Built from integers alone, so that nothing typed can reach the statement. */
function list(numbers: readonly number[]): string {
  for (const number of numbers) if (!Number.isSafeInteger(number)) throw new Error('A principal is not a whole number.')
  return `{${numbers.join(',')}}`
}
