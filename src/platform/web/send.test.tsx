import { gunzipSync } from 'node:zlib'
import cookie from '@fastify/cookie'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { page } from './answer.ts'
import { send } from './send.ts'

const long = `<!doctype html><title>A page</title>${'<p>Home visit. Kitchen clean, food in.</p>'.repeat(100)}`

async function asked(headers: Record<string, string>, html = long) {
  const server = Fastify()
  await server.register(cookie)
  server.get('/', (_request, reply) => send(reply, page('A page', <p />), html))
  return server.inject({ url: '/', headers })
}

test('[U29] a page that its reader asked for comes in a tenth of its size', async () => {
  for (const site of ['same-origin', 'none']) {
    const reply = await asked({ 'accept-encoding': 'gzip, deflate, br', 'sec-fetch-site': site })
    expect(reply.headers['content-encoding']).toBe('gzip')
    expect(reply.rawPayload.length).toBeLessThan(long.length / 10)
    expect(gunzipSync(reply.rawPayload).toString()).toBe(long)
  }
})

test('a page that another site made the browser ask for is not compressed: its length would tell what stands on it', async () => {
  for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, {}]) {
    const reply = await asked({ 'accept-encoding': 'gzip', ...headers })
    expect(reply.headers['content-encoding']).toBeUndefined()
    expect(reply.payload).toBe(long)
  }
})

test('what cannot be unpacked, or is hardly longer than its packing, is sent as it is', async () => {
  expect((await asked({ 'sec-fetch-site': 'none' })).payload).toBe(long)
  expect((await asked({ 'accept-encoding': 'gzip', 'sec-fetch-site': 'none' }, '<p>Short</p>')).payload).toBe('<p>Short</p>')
})
