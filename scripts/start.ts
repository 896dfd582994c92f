import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

/** `npm start`: builds what has changed, then becomes the server. */
process.setSourceMapsEnabled(true)
// In a process of its own: the bundler's memory is not carried by the server for the rest of its life.
const build = spawnSync(process.execPath, ['scripts/build.ts'], { stdio: ['ignore', 'inherit', 'inherit'] })
if (build.status !== 0) process.exit(build.status ?? 1)
await import(pathToFileURL(path.resolve('dist/server/main.js')).href)
