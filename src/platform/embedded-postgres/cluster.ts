import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Account } from './account.ts'
import { isServerOf, signal } from './processes.ts'
import type { Programs } from './programs.ts'

export type Cluster = { folder: string; programs: Programs; account: Account | undefined; password: string; logFile: string; safe: boolean }
export type Server = { port: number; ended: Promise<void>; stop(): Promise<void> }

/** Makes the cluster unless it is there. It is made aside and moved into place, so that an interrupted start leaves no half cluster. */
export const initialise = ({ folder, programs, account, password, safe }: Cluster) => {
  if (existsSync(path.join(folder, 'PG_VERSION'))) return refuseOtherVersion(folder, programs)
  const draft = `${folder}.unfinished`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  const letter = mkdtempSync(path.join(tmpdir(), 'lanyard-'))
  const passwordFile = path.join(letter, 'password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (account) for (const path of [draft, letter, passwordFile]) chownSync(path, account.ids.uid, account.ids.gid)
  try {
    // Text compares by code point: quick, the same on every system, and leakproof indexes serve it.
    const options = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--username=postgres']
    const run = spawnSync(
      path.join(programs.folder, 'bin', 'initdb'),
      [...options, '--auth=scram-sha-256', `--pwfile=${passwordFile}`, `--pgdata=${draft}`, ...(safe ? [] : ['--no-sync'])],
      { ...account?.ids, cwd: '/', env: environment(), encoding: 'utf8' },
    )
    if (run.status !== 0) throw new Error(`PostgreSQL could not make its data folder ${draft}:\n${run.stderr || run.error?.message}`)
    renameSync(draft, folder)
  } finally {
    rmSync(letter, { recursive: true, force: true })
  }
}

/** Gives the superuser a new password without having the old one: for when the file that kept it is lost. */
export const resetPassword = ({ folder, programs, account, password }: Cluster) => {
  const run = spawnSync(path.join(programs.folder, 'bin', 'postgres'), ['--single', '-D', folder, 'postgres'], {
    ...account?.ids,
    cwd: '/',
    env: environment(),
    encoding: 'utf8',
    input: `alter role postgres password '${password}'\n`,
  })
  if (run.status !== 0) throw new Error(`PostgreSQL would not take a new password:\n${run.stderr || run.error?.message}`)
}

/** Starts the server on a free loopback port and waits until it answers, however long its recovery takes. */
export const startServer = async (cluster: Cluster, settings: Record<string, string>, log: (line: string) => void): Promise<Server> => {
  await endOrphan(cluster.folder, log)
  for (let attempt = 1; ; attempt++) {
    const outcome = await launch(cluster, settings, log)
    if (outcome.ok) return outcome.server
    // Somebody else took the port, or the last server's children are still letting go of its memory.
    if (attempt < 20 && /could not bind|Address already in use|shared memory block/.test(outcome.words)) await wait(250)
    else throw new Error(`PostgreSQL did not start. The end of ${cluster.logFile}:\n${outcome.words}`)
  }
}

type Launch = { ok: true; server: Server } | { ok: false; words: string }

const launch = async (cluster: Cluster, settings: Record<string, string>, log: (line: string) => void): Promise<Launch> => {
  const { folder, programs, account, logFile } = cluster
  const port = await freePort()
  const before = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0
  const output = openSync(logFile, before > 20_000_000 ? 'w' : 'a', 0o600)
  const options = Object.entries({ ...settings, port: String(port) }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(path.join(programs.folder, 'bin', 'postgres'), ['-D', folder, ...options], {
    ...account?.ids,
    cwd: '/',
    env: environment(),
    stdio: ['ignore', output, output],
    // A session of its own: Ctrl-C in the terminal reaches Lanyard, which then stops PostgreSQL in order.
    detached: true,
  })
  closeSync(output)
  let running = true
  const ended = new Promise<void>(resolve => {
    const end = () => {
      running = false
      resolve()
    }
    child.once('exit', end).once('error', end)
  })
  const goWithUs = () => running && child.kill('SIGINT')
  process.once('exit', goWithUs)
  void ended.then(() => process.off('exit', goWithUs))

  for (let waited = 0; running && !isReady(folder, child.pid); waited += 20) {
    if (waited > 0 && waited % 10_000 === 0)
      log(`PostgreSQL is still starting (${waited / 1000} s). It may be recovering; ${logFile} tells more.`)
    await Promise.race([wait(20), ended])
  }
  if (!running)
    return {
      ok: false,
      words: readFileSync(logFile, 'utf8')
        .slice(before <= 20_000_000 ? before : 0)
        .trim(),
    }
  child.unref()
  const stop = async () => {
    if (!running) return
    child.ref()
    child.kill('SIGINT')
    const patience = setTimeout(() => child.kill('SIGQUIT'), 60_000)
    await ended
    clearTimeout(patience)
  }
  return { ok: true, server: { port, ended, stop } }
}

/** Lanyard may have been killed while its PostgreSQL went on. It is stopped in order, then started anew with today's settings. */
const endOrphan = async (folder: string, log: (line: string) => void) => {
  const file = path.join(folder, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  if (pid > 0 && isServerOf(pid, folder)) {
    log(`Stopping the PostgreSQL that an earlier run left behind (process ${pid}).`)
    signal(pid, 'SIGINT')
    for (let waited = 0; isServerOf(pid, folder); waited += 50) {
      if (waited === 15_000) signal(pid, 'SIGQUIT')
      if (waited > 60_000) throw new Error(`The PostgreSQL of an earlier run (process ${pid}) does not stop. End it and start again.`)
      await wait(50)
    }
  }
  // What is left names a process that has ended, or a stranger with the same number, for which PostgreSQL would refuse to start.
  rmSync(file, { force: true })
}

// The eighth line of postmaster.pid is the server's state; pg_ctl waits for the same word.
const isReady = (folder: string, pid: number | undefined): boolean => {
  try {
    const lines = readFileSync(path.join(folder, 'postmaster.pid'), 'utf8').split('\n')
    return Number(lines[0]) === pid && lines[7]?.trim() === 'ready'
  } catch {
    return false
  }
}

const refuseOtherVersion = (folder: string, programs: Programs) => {
  const found = readFileSync(path.join(folder, 'PG_VERSION'), 'utf8').trim()
  const ours = programs.version.split('.')[0]
  if (found === ours) return
  throw new Error(
    `The data in ${folder} was written by PostgreSQL ${found}; this Lanyard brings PostgreSQL ${ours}. ` +
      'Start the earlier Lanyard, take a back-up, and restore it into a new data folder.',
  )
}

/** A fresh password of letters and digits, which need no escaping anywhere. */
export const newPassword = () => randomBytes(24).toString('hex')

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

// Nothing of the caller's own PG… variables or locale may change what the cluster is.
const environment = (): NodeJS.ProcessEnv => ({ PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' })
