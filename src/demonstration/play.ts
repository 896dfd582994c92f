import type { ActAs, Actor } from '../platform/actor.ts'
import type { Database, Tx } from '../platform/db/database.ts'
import type { Files } from '../platform/files.ts'
import type { Cast } from './cast.ts'

/** Something that somebody does at a moment. */
export type Scene = {
  readonly at: Date
  /** Whose hands: the beginning of their e-mail address. */
  readonly by: string
  /** For the message when it cannot be done. */
  readonly what: string
  act(stage: Stage): Promise<void>
}

export type Stage = {
  readonly tx: Tx
  readonly actor: Actor
  readonly now: Date
  readonly cast: Cast
  readonly files: Files
  /** What a job does about it, once all of it is saved: connected as lanyard_worker. */
  afterwards(work: Afterwards): void
}
export type Afterwards = (worker: Database) => Promise<void>

type Playing = { as: ActAs; cast: Cast; files: Files; tell: (done: number, of: number) => void }

/**
 * Plays every scene in the order in which things happened, so that references, client ids and the audit follow each other as they would.
 * Answers what is still to be done once that is saved.
 */
export async function play(scenes: readonly Scene[], { as, cast, files, tell }: Playing): Promise<readonly Afterwards[]> {
  const after: Afterwards[] = []
  const afterwards = (work: Afterwards) => void after.push(work)
  const inOrder = scenes
    .map((scene, place) => ({ scene, place }))
    .sort((a, b) => a.scene.at.getTime() - b.scene.at.getTime() || a.place - b.place)
  let told = Date.now()
  for (const [done, { scene }] of inOrder.entries()) {
    const actor = cast.user(scene.by)
    try {
      await as(actor, tx => scene.act({ tx, actor, now: scene.at, cast, files, afterwards }))
    } catch (fault) {
      throw new Error(`The demonstration could not go on: ${scene.what}, ${scene.by}, ${scene.at.toISOString()}`, { cause: fault })
    }
    if (Date.now() - told < 2_000) continue
    told = Date.now()
    tell(done, inOrder.length)
  }
  return after
}
