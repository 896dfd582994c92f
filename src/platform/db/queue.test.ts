import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../test/harness/database.ts'
import { createServer } from '../web/server.ts'
import { connect, TooBusy } from './database.ts'
import { rolePassword } from './migrate.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

/** A pool of one connection and a queue of one, as a process has it that is asked for more than it can do. */
function narrow() {
  const url = new URL(database.adminUrl)
  url.username = 'lanyard_gate'
  url.password = rolePassword(database.secret, 'lanyard_gate')
  return connect({ url: url.href, schema: database.schema, max: 1, name: 'narrow', pages: true, queue: 1 })
}

test('[U15] when more ask than can be served, one more waits and the next is refused at once', async () => {
  const { pool, close } = narrow()
  const first = await pool.connect()
  const second = pool.connect()
  await expect(pool.connect()).rejects.toThrow(TooBusy)
  first.release()
  ;(await second).release()
  const third = await pool.connect()
  third.release()
  await close()
})

test('[U15] whoever is refused is told to come back in a moment, and it is not logged as a fault', async () => {
  const faults: string[] = []
  const log = { error: (_detail: object, message: string) => void faults.push(message) }
  const server = await createServer({ log, trustedProxies: 0, secure: false, renderFault: (_id, status) => `refused with ${status}` })
  server.get('/', async () => {
    throw new TooBusy('Too many wait for the database.')
  })
  const reply = await server.inject('/')
  expect(reply.statusCode).toBe(503)
  expect(reply.headers['retry-after']).toBe('5')
  expect(reply.payload).toBe('refused with 503')
  expect(faults).toEqual([])
})
