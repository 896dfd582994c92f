import { createServer, type Server, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { afterEach, expect, test } from 'vitest'
import { clamavAt } from './clamav.ts'
import { clamdLike } from './testing/clamd-like.ts'

const open: Server[] = []
afterEach(() => {
  for (const server of open.splice(0)) server.close()
})

const listening = async (server: Server): Promise<string> => {
  open.push(server)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return `tcp://127.0.0.1:${(server.address() as { port: number }).port}`
}

test('content without a virus is clean', async () => {
  const scan = clamavAt(await listening(clamdLike()))
  expect(await scan(Readable.from([Buffer.from('a letter')]))).toEqual({ found: false })
})

test('a virus is named, also when it lies across two pieces', async () => {
  const scan = clamavAt(await listening(clamdLike()))
  expect(await scan(Readable.from([Buffer.from('some words EICAR-STAN'), Buffer.from('DARD-ANTIVIRUS-TEST-FILE')]))).toEqual({
    found: true,
    name: 'Eicar-Test-Signature',
  })
})

test('a large file is sent piece by piece', async () => {
  const scan = clamavAt(await listening(clamdLike()))
  const pieces = Array.from({ length: 300 }, () => Buffer.alloc(64 * 1024, 'a'))
  expect(await scan(Readable.from(pieces))).toEqual({ found: false })
})

test('a scanner that cannot say is a fault, never a clean file', async () => {
  const scan = clamavAt(await listening(clamdLike({ largest: 1_000 })))
  await expect(scan(Readable.from([Buffer.alloc(5_000)]))).rejects.toThrow()
  const silent = clamavAt(await listening(createServer((socket: Socket) => socket.end())))
  await expect(silent(Readable.from([Buffer.from('a')]))).rejects.toThrow()
  await expect(clamavAt('tcp://127.0.0.1:1')(Readable.from([Buffer.from('a')]))).rejects.toThrow()
})
