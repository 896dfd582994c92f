import { spawnSync } from 'node:child_process'
import { build } from 'rolldown'

/** `npm run bench`: builds what has changed and measures that. See bench/run.ts for its options. */
const run = (...args: string[]) => spawnSync(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status ?? 1
if (run('scripts/build.ts') !== 0) process.exit(1)
// Bundled like the server, since it makes people with the product's own rules and those stand beside pages.
await build({
  input: { run: 'bench/run.ts' },
  platform: 'node',
  external: id => !id.startsWith('.') && !id.startsWith('/'),
  tsconfig: true,
  output: { dir: '.cache/bench-program', format: 'esm' },
  logLevel: 'warn',
})
process.exit(run('.cache/bench-program/run.js', ...process.argv.slice(2)))
