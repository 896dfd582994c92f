import { v7 as uuid } from 'uuid'
import { audit } from '../audit/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import type { Files } from '../platform/files.ts'
import { no, ok, type Result } from '../platform/result.ts'
import { guessColumns } from './columns/guess.ts'
import { lookAt } from './files/look.ts'
import type { FileKind, Import } from './import.ts'
import { insertImport } from './imports.queries.ts'
import { placesOf } from './read/knowledge.ts'

/** The largest file that is taken. */
export const largestFile = 200_000_000

export type ArrivedFile = { kind: FileKind; name: string; key: string; bytes: number }
export type NewImportWish = {
  system: string
  teamId: string
  peopleWithoutCase: Import['peopleWithoutCase']
  files: readonly ArrivedFile[]
}

/** Looks at files that have come and are kept: each as it was found, or what is wrong with it by kind. */
export async function lookAtAll(
  files: Files,
  arrived: readonly ArrivedFile[],
): Promise<{ found: Import['files']; faults: { kind: FileKind; message: string }[] }> {
  const found: Import['files'] = {}
  const faults: { kind: FileKind; message: string }[] = []
  for (const one of arrived) {
    const looked = await lookAt(files, one)
    if (looked.ok) found[one.kind] = looked.file
    else faults.push({ kind: one.kind, message: looked.message })
  }
  return { found, faults }
}

/** Begins an import: its files looked at, its columns guessed. Nothing is taken over yet. Answers its id. */
export async function beginImport(
  tx: Tx,
  actor: Actor,
  now: Date,
  files: Files,
  wish: NewImportWish,
): Promise<Result<string, 'no-post'> | { ok: false; error: 'files'; faults: { kind: FileKind; message: string }[] }> {
  const places = await placesOf(tx, actor)
  if (!actor.userId || !places.some(place => place.teamId === wish.teamId)) return no('no-post')
  const { found, faults } = await lookAtAll(files, wish.files)
  if (faults.length > 0) return { ok: false, error: 'files', faults }
  const id = uuid()
  await insertImport(tx, now, {
    id,
    owner: actor.principal,
    agency: actor.agency,
    posts: places.map(place => place.post),
    startedById: actor.userId,
    system: wish.system,
    teamId: wish.teamId,
    peopleWithoutCase: wish.peopleWithoutCase,
    files: found,
    columns: guessColumns(found),
  })
  await audit(tx, actor, now, {
    action: 'import-begun',
    subject: { type: 'import', id },
    detail: { system: wish.system, teamId: wish.teamId, files: wish.files.map(({ kind, name, bytes }) => ({ kind, name, bytes })) },
  })
  return ok(id)
}
