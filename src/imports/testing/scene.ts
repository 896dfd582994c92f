import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { actorOf, addAgency, addPost, addTeam, addUser, type Team, type User, worker } from '../../../test/factories/world.ts'
import type { TestDatabase } from '../../../test/harness/database.ts'
import { asActor } from '../../platform/actor.ts'
import { type Clock, fixedClock } from '../../platform/clock.ts'
import { type Files, filesOnDisk } from '../../platform/files.ts'
import { beginImport } from '../begin-import.ts'
import type { FileKind, Import } from '../import.ts'
import { findImport } from '../imports.queries.ts'
import type { ImportWork } from '../work/job.ts'

export const services = ['early-help', 'drug-and-alcohol', 'domestic-abuse', 'anti-social-behaviour', 'refugees', 'complex-needs']
export const importer = [...worker, 'import-records'] as const

export type Scene = {
  database: TestDatabase
  folder: string
  files: Files
  clock: Clock
  team: Team
  leader: User
  work: ImportWork
  /** Begins an import of these texts (or of files at these paths) as the leader, with the columns guessed. */
  begin(
    system: string,
    texts: { [kind in FileKind]?: string | { path: string } },
    options?: { user?: User; team?: Team; peopleWithoutCase?: Import['peopleWithoutCase'] },
  ): Promise<string>
  find(importId: string, user?: User): Promise<Import>
  close(): void
}

/** A team that works in every service, its leader who may import, and a folder for files. */
export async function importScene(database: TestDatabase): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'lanyard-imports-'))
  const files = filesOnDisk(join(folder, 'kept'))
  const clock = fixedClock('2026-11-20T10:00:00Z')
  const agency = await addAgency(database)
  const team = await addTeam(database, agency, services)
  const leader = await addUser(database, team, { may: importer })
  for (const service of services.slice(1)) await addPost(database, leader, team, { may: importer, serviceArea: service })
  const work: ImportWork = { database: database.worker, actorOf: id => actorOf(database, id), files, clock }
  return {
    database,
    folder,
    files,
    clock,
    team,
    leader,
    work,
    async begin(system, texts, options = {}) {
      const user = options.user ?? leader
      const arrived: { kind: FileKind; name: string; key: string; bytes: number }[] = []
      for (const [kind, text] of Object.entries(texts) as [FileKind, string | { path: string }][]) {
        const path = typeof text === 'string' ? join(folder, uuid()) : text.path
        if (typeof text === 'string') writeFileSync(path, text)
        arrived.push({ kind, name: `${kind}.csv`, ...(await files.keep(path)) })
      }
      const actor = await actorOf(database, user.id)
      const begun = await asActor(database.web, actor, 'write', tx =>
        beginImport(tx, actor, clock.now(), files, {
          system,
          teamId: (options.team ?? team).id,
          peopleWithoutCase: options.peopleWithoutCase ?? 'take-over',
          files: arrived,
        }),
      )
      if (!begun.ok) throw new Error(JSON.stringify(begun))
      return begun.value
    },
    async find(importId, user = leader) {
      const found = await asActor(database.web, await actorOf(database, user.id), 'read', tx => findImport(tx, importId))
      if (!found) throw new Error('There is no such import.')
      return found
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}
