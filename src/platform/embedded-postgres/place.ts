import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Account } from './account.ts'
import { canRun, copyPrograms, installedPrograms, mendLibraryLinks, type Programs } from './programs.ts'

export type Place = { folder: string; programs: Programs }
type PlaceOptions = { home: string; account: Account | undefined; safe: boolean; log: (line: string) => void }

/**
 * Decides where the cluster stands and which copy of PostgreSQL's programs runs it: the data folder and node_modules wherever the
 * account can reach them. Where it cannot (root's checkout in /root), both are kept outside, and a link in the data folder says where.
 */
export const placeFor = ({ home, account, safe, log }: PlaceOptions): Place => {
  const ground = groundFor({ home, account, safe, log })
  const installed = installedPrograms()
  mend(installed, log)
  if (canRun(installed, account).ok) return { folder: path.join(ground, 'postgresql'), programs: installed }

  const programs = copyPrograms(installed, path.join(ground, 'programs'))
  const run = canRun(programs, account)
  if (run.ok) return { folder: path.join(ground, 'postgresql'), programs }
  throw new Error(
    `The PostgreSQL that comes with Lanyard does not run on this system: ${run.why}\n` +
      'Set DATABASE_URL to a PostgreSQL 15 or later of your own and start again.',
  )
}

const groundFor = ({ home, account, safe, log }: PlaceOptions): string => {
  const link = path.join(home, 'elsewhere')
  // A test's cluster stands among the temporary files and may have been swept away with them.
  if (!safe && !existsSync(link)) rmSync(link, { force: true })
  if (lstatSync(link, { throwIfNoEntry: false })) return groundBehind(link)
  if (!account || canReach(home, account)) return home
  if (existsSync(path.join(home, 'postgresql')))
    throw new Error(
      `PostgreSQL runs as ${account.name}, which cannot reach ${home} any more. Let others pass through its folders (chmod o+x).`,
    )
  const ground = newGround(home, safe ? ['/var/lib/lanyard', '/var/tmp'] : [tmpdir()])
  symlinkSync(ground, link)
  log(`Other accounts cannot enter ${home}, so the database is kept in ${ground}.`)
  return ground
}

const groundBehind = (link: string): string => {
  try {
    return realpathSync(link)
  } catch {
    throw new Error(
      `The database is kept where ${link} points to, and that folder is gone. Bring it back, or remove the link to begin anew.`,
    )
  }
}

// /var/lib is where records belong; /var/tmp, which also outlives a restart, serves where the system lets nothing be written there.
// The random name is made by us alone, so nobody can have laid a folder of their own in its place.
const newGround = (home: string, parents: string[]): string => {
  for (const parent of parents) {
    try {
      mkdirSync(parent, { recursive: true })
      if (parent.endsWith('lanyard')) chmodSync(parent, 0o755)
      const ground = mkdtempSync(path.join(parent, 'lanyard-'))
      chmodSync(ground, 0o711)
      writeFileSync(path.join(ground, 'belongs-to'), `${home}\n`)
      return ground
    } catch {}
  }
  throw new Error(`None of ${parents.join(', ')} can be written. Set LANYARD_DATA to a folder that other accounts can enter.`)
}

const canReach = (folder: string, account: Account): boolean =>
  spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...account.ids, cwd: '/' }).status === 0

// node_modules may belong to somebody else; then the copy is mended instead.
const mend = (programs: Programs, log: (line: string) => void) => {
  try {
    if (mendLibraryLinks(programs) > 0) log("Made the links between PostgreSQL's libraries that npm had left out.")
  } catch {}
}
