import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { type Browser, chromium } from 'playwright-core'

// Given whole: with the arguments that @sparticuz/chromium proposes (--single-process among them) closing a page hangs.
const options = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A headless Chromium: the system's where it has one, else the one that came with `npm ci`. Close it when done. */
export const launchBrowser = async (): Promise<Browser> => {
  const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
  if (installed) return chromium.launch({ executablePath: installed, args: options })
  const home = unpackedChromium()
  return chromium.launch({ executablePath: path.join(home, 'chromium'), args: options, env: environmentFor(home) })
}

/** Unpacks the browser into .cache once, aside and then moved, so that several workers at once and a killed run do no harm. */
const unpackedChromium = (): string => {
  const module = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const source = path.resolve(path.dirname(module), '..')
  const { version } = JSON.parse(readFileSync(path.join(source, 'package.json'), 'utf8')) as { version: string }
  const home = path.resolve('.cache', `chromium-${version}`)
  if (existsSync(home)) return home
  const draft = `${home}.${process.pid}`
  mkdirSync(draft, { recursive: true })
  // The package unpacks into the system's folder for temporary files, whose place a process takes from TMPDIR.
  const archives = ['chromium.br', 'fonts.tar.br', 'al2023.tar.br'].map(name => path.join(source, 'bin', name))
  const program = `import { inflate } from ${JSON.stringify(module)}; for (const archive of process.argv.slice(1)) await inflate(archive)`
  execFileSync(process.execPath, ['--input-type=module', '-e', program, '--', ...archives], { env: { ...process.env, TMPDIR: draft } })
  try {
    renameSync(draft, home)
  } catch {
    rmSync(draft, { recursive: true, force: true })
  }
  return home
}

// A bare system has neither fonts nor the network security libraries; the package brings both.
const environmentFor = (home: string): Record<string, string> => {
  const environment = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined))
  if (!existsSync('/etc/fonts')) environment.FONTCONFIG_PATH = path.join(home, 'fonts')
  const libraries = spawnSync('ldd', [path.join(home, 'chromium')], { encoding: 'utf8' }).stdout ?? ''
  if (/not found/.test(libraries)) environment.LD_LIBRARY_PATH = path.join(home, 'al2023', 'lib')
  return environment
}
