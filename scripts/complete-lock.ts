import { readFileSync, writeFileSync } from 'node:fs'

/**
 * `npm run lock:complete`, after a dependency was added: names in package-lock.json every optional package that npm left out because the
 * registry in use does not have it (the bundler's program for some other system, say). Without them `npm ci` refuses the whole file.
 * They are named by version, system and processor; on that system npm looks them up. Prints what it added.
 */
type Entry = Record<string, unknown> & { version?: string; dev?: boolean; optionalDependencies?: Record<string, string> }

const file = 'package-lock.json'
const lock = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, Entry> }

/** Which of the installed packages `name` means to the package at `place`: its own, or the nearest one outwards. */
const found = (place: string, name: string): Entry | undefined => {
  for (let at = place; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    const entry = lock.packages[`${at ? `${at}/` : ''}node_modules/${name}`]
    if (entry || !at) return entry
  }
}

// Packages of programs are named by where they run: …-linux-arm64-musl, …-win32-x64-msvc, …-linux-arm-gnueabihf.
const whereItRuns = (name: string): Record<string, string[]> => {
  const os = /\b(android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)\b/.exec(name)?.[1]
  const cpu = /\b(arm64|arm|ia32|loong64|mips64el|ppc64|riscv64|s390x|wasm32|x64)\b/.exec(name)?.[1]
  const libc = os === 'linux' ? /-(musl|gnu)/.exec(name)?.[1] : undefined
  return { ...(cpu && { cpu: [cpu] }), ...(os && { os: [os] }), ...(libc && { libc: [libc === 'gnu' ? 'glibc' : 'musl'] }) }
}

const added: [string, Entry][] = []
for (const [place, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const present = found(place, name)
    // Only exact versions can be told without asking the registry; a range that something meets is npm's own affair.
    if (!/^\d+\.\d+\.\d+[^ ]*$/.test(version) || present?.version === version) continue
    const home = present ? `${place}/node_modules/${name}` : `node_modules/${name}`
    const entry: Entry = { version, ...(dev && { dev }), optional: true, ...whereItRuns(name) }
    lock.packages[home] = entry
    added.push([home, entry])
  }
}

const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en'))
lock.packages = Object.fromEntries(sorted)
if (added.length > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
for (const [home, { version, os, cpu }] of added) console.info(`${home} ${version} ${os ?? ''} ${cpu ?? ''}`)
