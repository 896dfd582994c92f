import { spawnSync } from 'node:child_process'

/** `npm run bench`: builds what has changed and measures that. See bench/run.ts for its options. */
const run = (...args: string[]) => spawnSync(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status ?? 1
const build = run('scripts/build.ts')
process.exit(build === 0 ? run('bench/run.ts', ...process.argv.slice(2)) : build)
