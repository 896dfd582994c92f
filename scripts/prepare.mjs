import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const inRoot = (...names) => path.join(root, ...names)
const wantedMajor = 24
const ownNode = inRoot('node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node')

/** Installs what is missing, then runs `script` on Node 24 with this process's terminal, and ends as it ends. */
export const runScript = async (script, args) => {
  process.chdir(root)
  await oneAtATime(install)
  stopWithNpm()
  const node = suitableNode()
  process.env.PATH = [inRoot('node_modules', '.bin'), path.dirname(node), process.env.PATH].join(path.delimiter)
  if (realpathSync(node) === process.execPath) {
    process.argv = [node, inRoot(script), ...args]
    await import('./pages.mjs')
    await import(pathToFileURL(inRoot(script)).href)
    return
  }
  const child = spawn(node, [`--import=${pathToFileURL(inRoot('scripts', 'pages.mjs')).href}`, inRoot(script), ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  // Ctrl-C reaches the child by itself, being in the same group; a signal sent to this process alone does not.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name))
  child.on('error', error => fail(`Could not run ${node}: ${error.message}`))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)))
}

// npm passes a signal to the shell that it runs us in, and the shell dies without passing it on: then we stop by ourselves.
const stopWithNpm = () => {
  if (!process.env.npm_lifecycle_event) return
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 250)
  watch.unref()
}

const install = () => {
  if (isInstalled()) return
  console.info('Installing what Lanyard is made of (npm ci)…')
  const npm = process.env.npm_execpath
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--include=optional', '--include=dev']
  const options = { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }
  const run = npm
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
  if (run.status !== 0) fail('npm could not install everything; its words are above. Mend that and try again.')
  // npm 10 leaves this link out. With it, npx and npm run find the right Node too.
  const link = inRoot('node_modules', '.bin', 'node')
  if (existsSync(ownNode) && !existsSync(link)) symlinkSync(path.relative(path.dirname(link), ownNode), link)
  writeFileSync(inRoot('node_modules', '.lanyard-installed'), fingerprint())
}

const isInstalled = () => {
  const marker = inRoot('node_modules', '.lanyard-installed')
  if (existsSync(marker)) return readFileSync(marker, 'utf8') === fingerprint()
  // Installed by hand: npm writes its own list last, so one that is newer than ours stands for a whole installation.
  const list = inRoot('node_modules', '.package-lock.json')
  return existsSync(list) && statSync(list).mtimeMs >= statSync(inRoot('package-lock.json')).mtimeMs
}

// The system is part of it: a checkout shared by two machines needs other programs on each.
const fingerprint = () =>
  createHash('sha256')
    .update(readFileSync(inRoot('package-lock.json')))
    .update(`${process.platform} ${process.arch}`)
    .digest('hex')

const suitableNode = () => {
  if (existsSync(ownNode) && spawnSync(ownNode, ['-v']).status === 0) return ownNode
  if (Number(process.versions.node.split('.')[0]) >= wantedMajor) return process.execPath
  return fail(
    `Lanyard runs on Node ${wantedMajor} or later. It comes along with npm on Linux (x64 and arm64, with glibc); this is ${process.platform} ${process.arch} ` +
      `with Node ${process.versions.node}.\nInstall Node ${wantedMajor} (nvm install, or https://nodejs.org) and try again.`,
  )
}

/** Two commands at once in a fresh checkout must not both install. A lock whose process has ended is taken over. */
const oneAtATime = async work => {
  const lock = inRoot('.cache', 'installing')
  mkdirSync(inRoot('.cache'), { recursive: true })
  let told = false
  for (;;) {
    try {
      writeFileSync(lock, identityOf(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      if (!stillRuns(lock)) rmSync(lock, { force: true })
      else if (!told) {
        console.info('Waiting for another command that is installing in this checkout…')
        told = true
      }
      await wait(200)
    }
  }
  const release = () => rmSync(lock, { force: true })
  process.on('exit', release)
  try {
    return work()
  } finally {
    release()
    process.off('exit', release)
  }
}

const stillRuns = lock => {
  const holder = existsSync(lock) ? readFileSync(lock, 'utf8') : ''
  // Empty for the blink between making and filling it.
  if (holder === '') return existsSync(lock) && Date.now() - statSync(lock).mtimeMs < 2_000
  return holder === identityOf(Number(holder.split(' ')[0]))
}

// With the moment of its start where the system tells it, since numbers are used again, in containers soon.
const identityOf = pid => {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (error.code !== 'EPERM') return ''
  }
  const state = `/proc/${pid}/stat`
  return existsSync(state)
    ? `${pid} ${
        readFileSync(state, 'utf8')
          .replace(/^.*\) /s, '')
          .split(' ')[19]
      }`
    : `${pid}`
}

const fail = words => {
  console.error(words)
  process.exit(1)
}
