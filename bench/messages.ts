import { Agent, get, type IncomingMessage, request } from 'node:http'
import { paths } from '../src/paths.ts'
import { openWorld } from './open-world.ts'
import { startServer } from './server.ts'

const pages = 1_000
/** People in each conversation, each with its page open. */
const inEach = 10
const perSecond = 5
const seconds = 30

type Talker = { userId: string; token: string }

/**
 * Messages to pages that stand open: a thousand of them, in conversations of ten. From the press of "Send" until the message is on each of the
 * other nine, through real HTTP: posting, commit, notification, looking who each reader is now, reading as them.
 */
export async function sendMessages(people: number, say: (line: string) => void): Promise<void> {
  const world = await openWorld(people, 0, say)
  const server = await startServer(world, say)
  const agent = new Agent({ keepAlive: true, maxSockets: 20 })
  const open: IncomingMessage[] = []
  try {
    const talkers: Talker[] = world.workers.slice(0, pages)
    const conversations: { id: string; members: Talker[] }[] = []
    for (let at = 0; at < talkers.length; at += inEach) {
      const members = talkers.slice(at, at + inEach)
      const to = members.slice(1).map(one => ['to', one.userId])
      const begun = await post(agent, server.origin, members[0]!, paths.conversations.add, [
        ...to,
        ['title', 'Measured'],
        ['words', 'Begun'],
        ['do', 'send'],
      ])
      const id = begun.split('/').at(-1)
      if (!id) throw new Error('No conversation was begun.')
      conversations.push({ id, members })
    }
    say(`${conversations.length} conversations begun; opening ${talkers.length} pages.`)
    const sentAt = new Map<string, number>()
    const times: number[] = []
    for (const { id, members } of conversations)
      for (const member of members)
        open.push(await listen(server.origin, member, id, word => times.push(performance.now() - (sentAt.get(word) ?? 0))))
    const began = performance.now()
    let errors = 0
    const sending: Promise<unknown>[] = []
    for (let n = 0; n < perSecond * seconds; n++) {
      const { id, members } = conversations[(n * 37) % conversations.length]!
      const word = `measured-${n}`
      sentAt.set(word, performance.now())
      sending.push(post(agent, server.origin, members[n % inEach]!, paths.conversations.show(id), [['words', word]]).catch(() => errors++))
      await sleep(Math.max(0, began + ((n + 1) * 1_000) / perSecond - performance.now()))
    }
    await Promise.all(sending)
    const wanted = perSecond * seconds * inEach
    for (let waited = 0; times.length < wanted && waited < 10_000; waited += 50) await sleep(50)
    const sorted = times.sort((a, b) => a - b)
    const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
    console.info(
      JSON.stringify({
        case: 'a message on pages that stand open',
        pages: open.length,
        sent: perSecond * seconds,
        delivered: sorted.length,
        missing: wanted - sorted.length,
        errors,
        p50: at(0.5),
        p95: at(0.95),
        p99: at(0.99),
        longest: at(1),
        ratioToWanted: Math.round((at(0.95) / 300) * 100) / 100,
      }),
    )
  } finally {
    for (const page of open) page.destroy()
    agent.destroy()
    await server.stop()
    await world.close()
  }
}

/** One page that stands open; tells of each measured message when it has come. */
function listen(origin: string, { token }: Talker, id: string, heard: (word: string) => void): Promise<IncomingMessage> {
  return new Promise((opened, failed) => {
    const asked = get(
      `${origin}${paths.conversations.live(id)}?after=1`,
      { agent: false, headers: { cookie: `lanyard=${token}` } },
      reply => {
        if (reply.statusCode !== 200) return failed(new Error(`A page answered ${reply.statusCode}.`))
        reply.setEncoding('utf8')
        reply.on('data', (text: string) => {
          for (const [word] of text.matchAll(/measured-\d+/g)) heard(word)
        })
        reply.on('error', () => {})
        opened(reply)
      },
    )
    asked.on('error', failed)
  })
}

function post(agent: Agent, origin: string, { token }: Talker, path: string, fields: string[][]): Promise<string> {
  const body = new URLSearchParams([['_csrf', 'bench-csrf'], ['_once', crypto.randomUUID()], ...fields]).toString()
  return new Promise((done, failed) => {
    const headers = {
      cookie: `lanyard=${token}`,
      origin,
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(body),
    }
    const sent = request(origin + path, { agent, method: 'POST', headers }, reply => {
      reply.resume()
      reply.on('end', () =>
        reply.statusCode === 303 ? done(reply.headers.location ?? '') : failed(new Error(`${path} answered ${reply.statusCode}.`)),
      )
    })
    sent.on('error', failed)
    sent.end(body)
  })
}

const sleep = (milliseconds: number) => new Promise(done => setTimeout(done, milliseconds))
