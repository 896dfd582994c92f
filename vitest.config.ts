import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

type Kind = 'browser' | 'database' | 'unit'

// What a test needs is read from what it imports, at whatever distance, so that nobody has to name it twice.
const needs: [module: string, kind: Kind][] = [
  ['test/harness/chromium.ts', 'browser'],
  ['test/harness/cluster.ts', 'database'],
  ['src/platform/embedded-postgres/index.ts', 'database'],
]
const imports = new Map<string, Set<string>>()

const importsOf = (file: string): Set<string> => {
  const known = imports.get(file)
  if (known) return known
  const all = new Set<string>()
  imports.set(file, all)
  for (const [, target] of readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+\.tsx?)'/g)) {
    const imported = path.join(path.dirname(file), target!)
    if (!existsSync(imported)) continue
    all.add(imported)
    for (const further of importsOf(imported)) all.add(further)
  }
  return all
}

const kindOf = (file: string): Kind => needs.find(([module]) => importsOf(file).has(module))?.[1] ?? 'unit'

const tests = globSync('{src,test,db,scripts}/**/*.test.{ts,tsx}')
const ofKind = (kind: Kind) => tests.filter(file => kindOf(file) === kind)

/** The oracle and the crawl take minutes however small their files are: begun first, they run beside everything else and not alone at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const longest = ['test/visibility/oracle.test.ts', 'test/journeys/every-page.browser.test.ts']
    const isLongest = (file: TestSpecification) => longest.some(path => file.moduleId.endsWith(path))
    const sorted = await super.sort(files)
    return [...sorted.filter(isLongest), ...sorted.filter(file => !isLongest(file))]
  }
}

const globalSetup = ['./test/harness/global-setup.ts']

export default defineConfig({
  test: {
    // One process runs many files: 1.2 s in place of 9.5 s for forty small ones. Tests therefore leave no global state behind.
    isolate: false,
    pool: 'forks',
    maxWorkers: 2,
    passWithNoTests: true,
    sequence: { sequencer: LongestFirst },
    env: { TZ: 'Europe/London', NODE_ENV: 'test' },
    projects: [
      { extends: true, test: { name: 'unit', include: ofKind('unit'), testTimeout: 300_000 } },
      { extends: true, test: { name: 'database', include: ofKind('database'), globalSetup, testTimeout: 300_000, hookTimeout: 300_000 } },
      { extends: true, test: { name: 'browser', include: ofKind('browser'), globalSetup, testTimeout: 1_800_000, hookTimeout: 1_800_000 } },
    ],
  },
})
