import { readFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { FastifyInstance } from 'fastify'

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json; charset=utf-8',
}

/** Gives a static file's address from the name that a page asks for. The address holds the content's hash. */
export type Asset = (name: string) => string

export function assetsOf(folder: string): Asset {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Record<string, string>
  return name => `/static/${manifest[name] ?? name}`
}

/**
 * Serves the built files from memory: there are a few dozen. Names with a hash are kept by browsers for ever; compressed twins were made
 * by the build, so nothing is compressed while somebody waits.
 */
export async function serveStatic(server: FastifyInstance, folder: string): Promise<void> {
  const files = new Map<string, Buffer>()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    files.set(path.slice(folder.length + 1).replaceAll('\\', '/'), await readFile(path))
  }
  server.get('/static/*', async (request, reply) => {
    const name = (request.params as { '*': string })['*']
    const type = types[extname(name)]
    const plain = type && files.get(name)
    if (!plain) return reply.code(404).type('text/plain').send('Not found')
    const accepted = String(request.headers['accept-encoding'] ?? '')
    const brotli = /\bbr\b/.test(accepted) ? files.get(`${name}.br`) : undefined
    const gzip = /\bgzip\b/.test(accepted) ? files.get(`${name}.gz`) : undefined
    if (brotli || gzip) reply.header('content-encoding', brotli ? 'br' : 'gzip')
    reply.header('vary', 'accept-encoding')
    reply.header('cache-control', /-[\w-]{8}\.\w+$/.test(name) ? 'public, max-age=31536000, immutable' : 'public, max-age=3600')
    return reply.type(type).send(brotli ?? gzip ?? plain)
  })
}
