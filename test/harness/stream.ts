import { get, type IncomingMessage } from 'node:http'
import type { Product } from './product.ts'
import type { Visitor } from './visitor.ts'

export type StreamEvent = { event: string; id: string; data: string }

/** A page of a visitor's that listens for what is new, as a browser's EventSource does. */
export type Stream = {
  status: number
  headers: IncomingMessage['headers']
  /** The next event that comes; throws where the stream ends instead. */
  next(): Promise<StreamEvent>
  /** All that has come and not been asked for. */
  waiting(): readonly StreamEvent[]
  /** How many times it was looked at with nothing to tell. */
  beats(): number
  ended: Promise<void>
  close(): void
}

export function listen(product: Product, visitor: Visitor, path: string, headers: Record<string, string> = {}): Promise<Stream> {
  const cookie = visitor
    .cookies()
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ')
  return new Promise((opened, failed) => {
    const request = get(`${product.origin}${path}`, { agent: false, headers: { ...(cookie ? { cookie } : {}), ...headers } }, reply => {
      const events: StreamEvent[] = []
      const asked: { come: (event: StreamEvent) => void; gone: (fault: Error) => void }[] = []
      let beats = 0
      let over = false
      let text = ''
      const end = () => {
        over = true
        for (const one of asked.splice(0)) one.gone(new Error('The stream has ended.'))
      }
      const ended = new Promise<void>(done => reply.on('close', () => done()))
      reply.setEncoding('utf8')
      reply.on('data', (piece: string) => {
        text += piece
        for (let at = text.indexOf('\n\n'); at >= 0; at = text.indexOf('\n\n')) {
          const block = text.slice(0, at)
          text = text.slice(at + 2)
          if (block.startsWith(':')) beats++
          const event = eventFrom(block)
          if (!event) continue
          const one = asked.shift()
          if (one) one.come(event)
          else events.push(event)
        }
      })
      reply.on('error', end)
      reply.on('close', end)
      opened({
        status: reply.statusCode ?? 0,
        headers: reply.headers,
        next: () =>
          new Promise((come, gone) => {
            const event = events.shift()
            if (event) come(event)
            else if (over) gone(new Error('The stream has ended.'))
            else asked.push({ come, gone })
          }),
        waiting: () => events,
        beats: () => beats,
        ended,
        close: () => request.destroy(),
      })
    })
    request.on('error', failed)
  })
}

function eventFrom(block: string): StreamEvent | undefined {
  const lines = block.split('\n')
  const of = (field: string) => lines.filter(line => line.startsWith(`${field}: `)).map(line => line.slice(field.length + 2))
  const [event] = of('event')
  return event === undefined ? undefined : { event, id: of('id')[0] ?? '', data: of('data').join('\n') }
}
