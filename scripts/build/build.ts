import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { buildServer } from './server.ts'
import { buildStatic } from './static.ts'

type Outcome = { built: boolean; milliseconds: number }

/** Builds dist/ when a source has changed since it was built. It is built aside and exchanged, so a running server never sees half of it. */
export const buildIfChanged = async ({ force = false } = {}): Promise<Outcome> => {
  const started = Date.now()
  const fingerprint = fingerprintOfSources()
  if (!force && readIf('dist/.fingerprint') === fingerprint) return { built: false, milliseconds: Date.now() - started }
  const draft = `dist.${process.pid}`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft)
  try {
    await Promise.all([buildServer(path.join(draft, 'server')), buildStatic(path.join(draft, 'static'), { compress: 'well' })])
    writeFileSync(path.join(draft, '.fingerprint'), fingerprint)
    exchange(draft, 'dist')
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
  return { built: true, milliseconds: Date.now() - started }
}

const exchange = (draft: string, place: string) => {
  const old = `${draft}.old`
  if (existsSync(place)) renameSync(place, old)
  renameSync(draft, place)
  rmSync(old, { recursive: true, force: true })
}

// Sizes and times tell a change as surely as contents do, and are read in a few milliseconds.
const fingerprintOfSources = (): string => {
  const hash = createHash('sha256').update(process.versions.node)
  const files = globSync(['src/**/*', 'scripts/build/*', 'package-lock.json', 'tsconfig.json'], { exclude: ['**/*.test.{ts,tsx}'] })
  for (const file of files.sort()) {
    const state = statSync(file)
    if (state.isFile()) hash.update(`${file} ${state.size} ${state.mtimeMs}\n`)
  }
  return hash.digest('hex')
}

const readIf = (file: string): string | undefined => (existsSync(file) ? readFileSync(file, 'utf8') : undefined)
