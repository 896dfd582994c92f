import { Agent, request } from 'node:http'

/** One request of a case. `body` makes it a POST. */
export type Shot = { path: string; token: string; body?: string; expects: number; kind: string }
export type Figures = {
  requests: number
  seconds: number
  perSecond: number
  p50: number
  p95: number
  p99: number
  longest: number
  errors: number
  bytesPerPage: number
}

/** Sends shots one after another on each of `connections` connections for so many seconds. */
export async function saturate({
  origin,
  connections,
  seconds,
  shot,
}: {
  origin: string
  connections: number
  seconds: number
  shot: (n: number) => Shot
}): Promise<Figures> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const seen = new Seen()
  let n = 0
  const end = Date.now() + seconds * 1000
  const started = performance.now()
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (Date.now() < end) await fire(agent, origin, shot(n++), seen)
    }),
  )
  agent.destroy()
  return seen.figures((performance.now() - started) / 1000)
}

/** So many people at work: each does one thing, then thinks. Starts are spread evenly over the first think time. */
export async function thinkTime(options: {
  origin: string
  people: number
  thinkSeconds: number
  seconds: number
  shot: (person: number, n: number) => Shot
}): Promise<Figures> {
  const { origin, people, thinkSeconds, seconds, shot } = options
  const agent = new Agent({ keepAlive: true, maxSockets: Math.min(people, 1_000) })
  const seen = new Seen()
  const started = performance.now()
  const end = Date.now() + seconds * 1000
  await Promise.all(
    Array.from({ length: people }, async (_, person) => {
      await sleep((person / people) * thinkSeconds * 1000)
      for (let n = 0; Date.now() < end; n++) {
        const began = Date.now()
        await fire(agent, origin, shot(person, n), seen)
        await sleep(Math.max(0, thinkSeconds * 1000 - (Date.now() - began)))
      }
    }),
  )
  agent.destroy()
  return seen.figures((performance.now() - started) / 1000)
}

class Seen {
  times: number[] = []
  bytes = 0
  errors = 0

  figures(seconds: number): Figures {
    const sorted = this.times.sort((a, b) => a - b)
    const at = (share: number) => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
    return {
      requests: sorted.length,
      seconds: round(seconds),
      perSecond: round(sorted.length / seconds),
      p50: at(0.5),
      p95: at(0.95),
      p99: at(0.99),
      longest: at(1),
      errors: this.errors,
      bytesPerPage: Math.round(this.bytes / Math.max(1, sorted.length)),
    }
  }
}

/** A browser that follows a link of ours: pages come compressed. */
const asBrowsersDo = { 'accept-encoding': 'gzip, br', 'sec-fetch-site': 'same-origin' }

function fire(agent: Agent, origin: string, shot: Shot, seen: Seen): Promise<void> {
  return new Promise(resolve => {
    const began = performance.now()
    const headers: Record<string, string | number> = { cookie: `lanyard=${shot.token}`, accept: 'text/html', ...asBrowsersDo }
    if (shot.body !== undefined) {
      headers['content-type'] = 'application/x-www-form-urlencoded'
      headers['content-length'] = Buffer.byteLength(shot.body)
      headers['origin'] = origin
    }
    const sent = request(origin + shot.path, { agent, method: shot.body === undefined ? 'GET' : 'POST', headers }, answer => {
      answer.on('data', (chunk: Buffer) => (seen.bytes += chunk.length))
      answer.on('end', () => {
        seen.times.push(performance.now() - began)
        if (answer.statusCode !== shot.expects) seen.errors++
        resolve()
      })
    })
    sent.on('error', () => {
      seen.errors++
      resolve()
    })
    sent.end(shot.body)
  })
}

const sleep = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds))
const round = (number: number) => Math.round(number * 10) / 10
