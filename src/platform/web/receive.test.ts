import multipart from '@fastify/multipart'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { receive } from './receive.ts'

async function send(uploadLimit: number, parts: readonly { name: string; text: string; fileName?: string }[]) {
  const server = Fastify()
  await server.register(multipart)
  server.post('/', async request => {
    const received = await receive(request, uploadLimit)
    const answer = {
      fields: received.fields.toJSON(),
      uploads: received.uploads.map(({ name, bytes, tooLarge }) => ({ name, bytes, tooLarge })),
    }
    await received.discard()
    return answer
  })
  const boundary = 'b'
  const payload = [
    ...parts.map(
      ({ name, text, fileName }) =>
        `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${fileName ? `; filename="${fileName}"\r\ncontent-type: text/plain` : ''}\r\n\r\n${text}\r\n`,
    ),
    `--${boundary}--\r\n`,
  ].join('')
  const answer = await server.inject({
    method: 'POST',
    url: '/',
    payload,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  })
  await server.close()
  return answer
}

test('[U13] more text than a form has is refused before it fills the memory', async () => {
  const answer = await send(
    0,
    Array.from({ length: 5 }, (_, n) => ({ name: `field${n}`, text: 'x'.repeat(900_000) })),
  )
  expect(answer.statusCode).toBe(413)
})

test('[U13] of a file nothing is kept where none may be added; the fields beside it are', async () => {
  const answer = await send(0, [
    { name: 'note', text: 'rang at ten' },
    { name: 'file', text: 'y'.repeat(500_000), fileName: 'big.txt' },
  ])
  expect(answer.json()).toEqual({ fields: { note: ['rang at ten'] }, uploads: [] })
})

test('a file beyond the limit is cut and says so', async () => {
  const answer = await send(1_000, [{ name: 'file', text: 'y'.repeat(5_000), fileName: 'big.txt' }])
  expect(answer.json().uploads).toEqual([{ name: 'big.txt', bytes: expect.any(Number), tooLarge: true }])
})
