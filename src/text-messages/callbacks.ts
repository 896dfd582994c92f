import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { isId } from '../platform/id.ts'
import { takeReceipt } from './deliver.ts'
import { instantFrom, numberFrom } from './notify.ts'
import { receiveText } from './receive.ts'
import type { TextWork } from './work.ts'

export type CallbackParts = Pick<TextWork, 'worker' | 'clock'> & {
  server: FastifyInstance
  /** What GOV.UK Notify sends as its bearer token. */
  token: string
}

// Texts are at most 918 characters: whatever is longer is not one.
const largest = 16_384

const instant = z.string().max(40)
// GOV.UK Notify, "Callbacks": what is sent beside these is not needed, and not kept.
const receipt = z.object({
  id: z.uuid(),
  reference: z.string().max(200).nullable(),
  status: z.string().max(40),
  completed_at: instant.nullish(),
  sent_at: instant.nullish(),
})
const reply = z.object({
  id: z.uuid(),
  source_number: z.string().max(40),
  message: z.string().max(4_000),
  date_received: instant,
})

/**
 * Where GOV.UK Notify tells us what became of a text, and what was answered. Nobody is signed in: the bearer token is the only key, compared in
 * constant time. Notify waits five seconds and tells again, up to five times, unless we answer with success: so it is on disk before we do.
 */
export function callbackRoutes({ server, token, worker, clock }: CallbackParts): void {
  // In a scope of its own: nowhere else is JSON taken in.
  void server.register(async scope => {
    scope.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: largest }, (_request, body, done) => done(null, body))
    scope.addHook('onRequest', async (request, reply) => {
      if (!isOurs(request.headers.authorization, token)) return reply.code(401).header('www-authenticate', 'Bearer').send()
    })
    scope.post('/callbacks/notify/receipts', { bodyLimit: largest }, async (request, answer) => {
      const told = read(receipt, request.body)
      if (!told) return answer.code(400).send()
      const { id, reference, status, completed_at, sent_at } = told
      // What another system sends through the same service is not ours.
      if (reference && isId(reference))
        await takeReceipt({ worker, clock }, reference, {
          carrierId: id,
          status,
          at: instantFrom(completed_at ?? sent_at ?? clock.now().toISOString()),
        })
      return answer.code(204).send()
    })
    scope.post('/callbacks/notify/replies', { bodyLimit: largest }, async (request, answer) => {
      const told = read(reply, request.body)
      if (!told) return answer.code(400).send()
      const { id, source_number, message, date_received } = told
      await receiveText(
        { worker, clock },
        { id, number: numberFrom(source_number), words: withoutNull(message), at: instantFrom(date_received) },
      )
      return answer.code(204).send()
    })
  })
}

/** Hashed first, so that the comparison takes as long whatever is sent, and says nothing of how long the token is. */
function isOurs(header: string | undefined, token: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(header ?? ''), hash(`Bearer ${token}`))
}

function read<T>(shape: z.ZodType<T>, body: unknown): T | undefined {
  try {
    return shape.safeParse(JSON.parse(String(body))).data
  } catch {
    return undefined
  }
}

// PostgreSQL's text has no null byte.
const withoutNull = (text: string): string => text.replaceAll('\0', '').normalize('NFC')
