import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { benchSchema, benchSecret, type OpenWorld } from './open-world.ts'

/** The built server as it is deployed, in a process of its own. */
export async function startServer(
  world: OpenWorld,
  say: (line: string) => void,
  settings: Record<string, string> = {},
): Promise<{ origin: string; stop(): Promise<void> }> {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const child = spawn(process.execPath, [resolve('dist/server/main.js')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      DATABASE_URL: world.adminUrl,
      LANYARD_SCHEMA: benchSchema,
      LANYARD_SECRET: benchSecret,
      LANYARD_DATA: resolve('.cache/bench/server'),
      LOAD_DEMONSTRATION: 'no',
      FLOOR_PAGE: 'yes',
      HOST: '127.0.0.1',
      PORT: String(port),
      NODE_ENV: 'production',
      ...settings,
      ...(process.env['PROFILE'] ? { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${process.env['PROFILE']}` } : {}),
    },
  })
  child.stderr.on('data', chunk => say(String(chunk).trimEnd()))
  await new Promise<void>((done, failed) => {
    child.stdout.on('data', chunk => String(chunk).includes('Lanyard is at') && done())
    child.on('exit', code => failed(new Error(`The server ended with ${code} before it served.`)))
  })
  const stop = () =>
    new Promise<void>(done => {
      child.on('exit', () => done())
      child.kill('SIGTERM')
    })
  return { origin: origin.replace('localhost', '127.0.0.1'), stop }
}

function freePort(): Promise<number> {
  return new Promise(done => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => done(port))
    })
  })
}
