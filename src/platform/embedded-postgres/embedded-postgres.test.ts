import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AlreadyRunning, startEmbeddedPostgres } from './index.ts'
import { stillRuns } from './processes.ts'
import { copyPrograms, mendLibraryLinks } from './programs.ts'

// Real processes throughout: what is promised here is how Lanyard behaves when processes die.
const folder = mkdtempSync(path.join(tmpdir(), 'lanyard-embedded-'))
chmodSync(folder, 0o755)
const dataFolder = path.join(folder, 'data')
const children: ChildProcess[] = []
const lines: string[] = []
const log = (line: string) => lines.push(line)
const read = (name: string) => readFileSync(path.join(dataFolder, name), 'utf8')
const cluster = path.join(dataFolder, 'postgresql')

/** Another process that starts PostgreSQL on the folder, says so, and stays until it is killed. */
const startElsewhere = async () => {
  const program = `
    import { startEmbeddedPostgres } from ${JSON.stringify(path.resolve('src/platform/embedded-postgres/index.ts'))}
    const postgres = await startEmbeddedPostgres({ dataFolder: ${JSON.stringify(dataFolder)}, log: () => {} })
    postgres.announce('http://localhost:4321')
    console.info(postgres.url('postgres'))
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', data => resolve(String(data).trim()))
    child.once('exit', () => reject(new Error('The other process ended before PostgreSQL was up')))
  })
  return { child, url, killed: new Promise<void>(resolve => child.once('exit', () => resolve())) }
}

const ask = async (url: string, text: string) => {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end().catch(() => {})
  }
}

beforeAll(async () => {
  const postgres = await startEmbeddedPostgres({ dataFolder, log })
  await ask(postgres.url('postgres'), 'create table kept (word text)')
  await postgres.stop()
})

afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

test('it is PostgreSQL 18, compares text by code point, keeps what it acknowledges and is closed without its password', async () => {
  const postgres = await startEmbeddedPostgres({ dataFolder, log })
  const [row] = await ask(
    postgres.url('postgres'),
    `select current_setting('server_version_num')::int / 10000 as version, current_setting('fsync') as fsync, current_setting('listen_addresses') as listens,
       (select datlocprovider::text || ' ' || datlocale from pg_database where datname = 'postgres') as locale, 'Z' < 'a' as by_code_point`,
  )
  expect(row).toEqual({ version: 18, fsync: 'on', listens: '127.0.0.1', locale: 'b C.UTF-8', by_code_point: true })
  await expect(ask(postgres.url('postgres').replace(/:[0-9a-f]+@/, ':wrong@'), 'select')).rejects.toThrow(/password authentication failed/)
  expect(statSync(path.join(dataFolder, 'postgresql.password')).mode & 0o777).toBe(0o600)
  await postgres.stop()
})

test('a second start on the same folder says that the first is running and where', async () => {
  const { child, killed } = await startElsewhere()
  const second = startEmbeddedPostgres({ dataFolder, log })
  await expect(second).rejects.toThrow(AlreadyRunning)
  await expect(second).rejects.toThrow(`already running at http://localhost:4321 (process ${child.pid})`)
  child.kill('SIGKILL')
  await killed
})

test('killed with its PostgreSQL still running, it stops that one and starts again with everything acknowledged', async () => {
  const { child, url, killed } = await startElsewhere()
  await ask(url, `insert into kept values ('left behind') returning word`)
  const orphan = Number(readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0])
  child.kill('SIGKILL')
  await killed
  expect(process.kill(orphan, 0)).toBe(true)
  const postgres = await startEmbeddedPostgres({ dataFolder, log })
  expect(lines.join('\n')).toContain(`(process ${orphan})`)
  expect(await ask(postgres.url('postgres'), `select word from kept where word = 'left behind'`)).toHaveLength(1)
  await postgres.stop()
})

test('killed together with its PostgreSQL, it recovers and everything acknowledged is there', async () => {
  const { child, url, killed } = await startElsewhere()
  await ask(url, `insert into kept values ('killed') returning word`)
  const server = Number(readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0])
  process.kill(server, 'SIGKILL')
  child.kill('SIGKILL')
  await killed
  const postgres = await startEmbeddedPostgres({ dataFolder, log })
  expect(await ask(postgres.url('postgres'), `select word from kept where word = 'killed'`)).toHaveLength(1)
  await postgres.stop()
  expect(read('postgresql.log')).toContain('automatic recovery in progress')
})

test('a stale file that names a stranger with a reused process number stops nobody and nothing', async () => {
  const stranger = spawn('sleep', ['60'])
  children.push(stranger)
  writeFileSync(path.join(cluster, 'postmaster.pid'), `${stranger.pid}\n${cluster}\n`)
  writeFileSync(path.join(dataFolder, 'running.json'), JSON.stringify({ pid: stranger.pid, startedAt: 'long ago' }))
  const postgres = await startEmbeddedPostgres({ dataFolder, log })
  await postgres.stop()
  expect(stranger.exitCode).toBeNull()
  stranger.kill()
})

test('a start that was interrupted while it made the cluster is made good', async () => {
  const interrupted = path.join(folder, 'interrupted')
  mkdirSync(path.join(interrupted, 'postgresql.unfinished'), { recursive: true })
  writeFileSync(path.join(interrupted, 'postgresql.unfinished', 'PG_VERSION'), '18\n')
  writeFileSync(path.join(interrupted, 'running.json'), '{"pid":')
  const postgres = await startEmbeddedPostgres({ dataFolder: interrupted, log, safe: false })
  expect(await ask(postgres.url('postgres'), 'select 1 as one')).toEqual([{ one: 1 }])
  await postgres.stop()
})

test('a lost password file is replaced without losing the data', async () => {
  rmSync(path.join(dataFolder, 'postgresql.password'))
  const postgres = await startEmbeddedPostgres({ dataFolder, log })
  expect(await ask(postgres.url('postgres'), 'select from kept')).not.toHaveLength(0)
  await postgres.stop()
})

test('data of another PostgreSQL is refused and left as it is', async () => {
  const other = path.join(folder, 'other')
  mkdirSync(path.join(other, 'postgresql'), { recursive: true })
  writeFileSync(path.join(other, 'postgresql', 'PG_VERSION'), '17\n')
  await expect(startEmbeddedPostgres({ dataFolder: other, log })).rejects.toThrow(/written by PostgreSQL 17/)
})

test.runIf(process.getuid?.() === 0)('root in a folder closed to others keeps the cluster elsewhere and finds it again', async () => {
  const closed = path.join(folder, 'closed')
  mkdirSync(closed, { mode: 0o700 })
  const inside = path.join(closed, 'data')
  const first = await startEmbeddedPostgres({ dataFolder: inside, log, safe: false })
  await ask(first.url('postgres'), 'create table kept as select 1 as one')
  await first.stop()
  const ground = realpathSync(path.join(inside, 'elsewhere'))
  const second = await startEmbeddedPostgres({ dataFolder: inside, log, safe: false })
  expect(await ask(second.url('postgres'), 'select one from kept')).toEqual([{ one: 1 }])
  await second.stop()
  expect(statSync(path.join(ground, 'postgresql')).mode & 0o777).toBe(0o700)
  rmSync(ground, { recursive: true })
})

test('library links that npm left out are made, in a copy too', () => {
  const programs = { folder: path.join(folder, 'package', 'native'), version: '18' }
  mkdirSync(path.join(programs.folder, 'lib'), { recursive: true })
  writeFileSync(path.join(programs.folder, 'lib', 'libicuuc.so.60.2'), 'a library')
  const links = [{ source: 'native/lib/libicuuc.so.60.2', target: 'native/lib/libicuuc.so.60' }]
  writeFileSync(path.join(programs.folder, 'pg-symlinks.json'), JSON.stringify(links))
  const copy = copyPrograms(programs, path.join(folder, 'copies'))
  expect(readFileSync(path.join(copy.folder, 'lib', 'libicuuc.so.60'), 'utf8')).toBe('a library')
  expect(mendLibraryLinks(programs)).toBe(1)
  expect(mendLibraryLinks(programs)).toBe(0)
  expect(lstatSync(path.join(programs.folder, 'lib', 'libicuuc.so.60')).isSymbolicLink()).toBe(true)
})

test('a process is told from a later one with the same number', () => {
  expect(stillRuns({ pid: process.pid, startedAt: 'another time' })).toBe(false)
  expect(stillRuns({ pid: 2 ** 30, startedAt: 'never' })).toBe(false)
})
