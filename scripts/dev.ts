import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, globSync, mkdirSync, rmSync, statSync, watch } from 'node:fs'
import path from 'node:path'
import { addressOf } from '../src/app/databases.ts'
import { openOwnDatabase } from '../src/app/own-database.ts'
import { buildServer } from './build/server.ts'
import { buildStatic } from './build/static.ts'

/** `npm run dev`: the server, built anew and started again when a source changes, on a PostgreSQL that stays up meanwhile. */
const folder = 'dist'
const dataFolder = path.resolve(process.env.LANYARD_DATA ?? '.lanyard')

const database = process.env.DATABASE_URL
  ? undefined
  : await openOwnDatabase({ dataFolder, log: console.info }).catch((fault: Error) => {
      console.error(fault.message)
      process.exit(1)
    })
database?.announce(`http://localhost:${process.env.PORT ?? 3000}`)
const environment = {
  ...process.env,
  DATABASE_URL: database?.adminUrl ?? process.env.DATABASE_URL,
  LANYARD_STATIC: path.resolve(folder, 'static'),
}

let server: ChildProcess | undefined
let stopping = false

// What a start brings the database up to date with. After any other change the server is started as it is where that was done beforehand, which
// takes a second and a half less.
const ofTheDatabase = /^db\/|^src\/(platform\/db|services\/definitions|demonstration|forms\/definition)\//
let isPrepared = false

const startServer = () => {
  const url = environment.DATABASE_URL!
  const child = spawn(process.execPath, ['--enable-source-maps', path.join(folder, 'server', 'main.js')], {
    env: { ...environment, DATABASE_URL: isPrepared ? addressOf(url) : url },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    // Ctrl-C comes to this process alone, which stops the server before the database.
    detached: true,
  })
  child.once('exit', code => {
    if (code !== 0) isPrepared = false
    if (server === child) {
      server = undefined
      if (!stopping && code !== 0) console.info('The server has ended. It starts again at the next change.')
    }
  })
  server = child
  isPrepared = true
}

const stopServer = async () => {
  const child = server
  if (!child) return
  server = undefined
  const ended = new Promise(resolve => child.once('exit', resolve))
  child.kill('SIGTERM')
  // A page that is still being read does not hold up the next build.
  const patience = setTimeout(() => child.kill('SIGKILL'), 1_000)
  await ended
  clearTimeout(patience)
}

const rebuild = async (changed: string[]) => {
  const started = Date.now()
  const styled =
    changed.length === 0 || changed.some(file => /islands|styles|\.css$|assets/.test(file)) || !existsSync(path.join(folder, 'static'))
  try {
    mkdirSync(folder, { recursive: true })
    await Promise.all([
      buildServer(path.join(folder, 'server')),
      styled ? buildStatic(path.join(folder, 'static'), { compress: 'not' }) : undefined,
    ])
  } catch (fault) {
    console.error(fault instanceof Error ? fault.message : fault)
    return
  }
  await stopServer()
  if (stopping) return
  if (changed.some(file => ofTheDatabase.test(file))) isPrepared = false
  startServer()
  console.info(`Built in ${Date.now() - started} ms${changed.length > 0 ? ` after a change in ${changed.join(', ')}` : ''}.`)
}

const changes = new Set<string>()
let busy = false

const noticed = (file: string) => {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) return watchFolders()
  if (!/\.(tsx?|css|sql|json|svg)$/.test(file) || /\.test\.tsx?$/.test(file)) return
  changes.add(file)
  if (!busy) void settle()
}

// Folder by folder: Node's recursive watching loses a file that an editor replaces by another of the same name.
const watched = new Set<string>()
function watchFolders() {
  for (const folder of ['src', 'db', ...globSync('{src,db}/**/*/')]) {
    if (watched.has(folder)) continue
    watched.add(folder)
    const watcher = watch(folder, (_event, file) => {
      if (!existsSync(folder)) {
        watched.delete(folder)
        return watcher.close()
      }
      noticed(path.join(folder, file ?? ''))
    })
  }
}

// Editors write a file in several steps and Git many files at once: a short wait takes them together.
const settle = async () => {
  busy = true
  while (changes.size > 0) {
    await new Promise(resolve => setTimeout(resolve, 60))
    const changed = [...changes]
    changes.clear()
    watchFolders()
    await rebuild(changed)
  }
  busy = false
}

const stop = async () => {
  if (stopping) return
  stopping = true
  await stopServer()
  await database?.stop()
  process.exit(0)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop())
process.on('disconnect', () => void stop())
process.on('exit', () => server?.kill('SIGKILL'))

rmSync(folder, { recursive: true, force: true })
await rebuild([])
watchFolders()
