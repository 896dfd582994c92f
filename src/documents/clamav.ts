import { connect, type Socket } from 'node:net'
import type { Readable } from 'node:stream'

export type ScanOutcome = { found: false } | { found: true; name: string }

/** Looks through content for viruses. Throws when the scanner cannot be reached or could not say. */
export type Scanner = (content: Readable) => Promise<ScanOutcome>

/** So long may the scanner be silent. It answers within seconds for the files that are accepted here. */
const patience = 60_000

/**
 * ClamAV's daemon by its own protocol (clamd(8), INSTREAM): each piece is sent after its length, a length of nought ends them.
 * `url` is `tcp://host:3310`, or `unix:/run/clamav/clamd.ctl`.
 */
export function clamavAt(url: string): Scanner {
  const place = placeOf(url)
  return content =>
    new Promise<ScanOutcome>((resolve, reject) => {
      const socket = connect(place as { host: string; port: number })
      let answer = ''
      const fail = (fault: Error) => {
        content.destroy()
        socket.destroy()
        reject(fault)
      }
      socket.setTimeout(patience, () => fail(new Error('The virus scanner did not answer.')))
      socket.on('error', fail)
      socket.on('data', piece => {
        answer += piece.toString('utf8')
        // It answers at once, and closes, when it has heard enough: more than its limit, say.
        if (answer.includes('\0')) settle()
      })
      socket.on('close', settle)
      socket.on('connect', () => send(socket, content).catch(fail))

      function settle(): void {
        const words = answer.split('\0')[0]?.trim() ?? ''
        socket.destroy()
        content.destroy()
        if (/^stream: OK$/.test(words)) resolve({ found: false })
        const virus = /^stream: (.+) FOUND$/.exec(words)?.[1]
        if (virus) resolve({ found: true, name: virus })
        reject(new Error(words ? `The virus scanner said: ${words}` : 'The virus scanner closed the line without an answer.'))
      }
    })
}

async function send(socket: Socket, content: Readable): Promise<void> {
  await write(socket, Buffer.from('zINSTREAM\0'))
  for await (const piece of content as AsyncIterable<Buffer>) {
    if (piece.length === 0) continue
    const length = Buffer.alloc(4)
    length.writeUInt32BE(piece.length)
    await write(socket, Buffer.concat([length, piece]))
  }
  await write(socket, Buffer.alloc(4))
}

/** Waits while the line is full, so that a large file is never in memory whole. */
function write(socket: Socket, piece: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    if (socket.destroyed) return resolve()
    socket.write(piece, fault => (fault ? reject(fault) : resolve()))
  })
}

function placeOf(url: string): { host: string; port: number } | { path: string } {
  if (url.startsWith('unix:')) return { path: url.slice('unix:'.length) }
  const { hostname, port } = new URL(url)
  return { host: hostname, port: Number(port || '3310') }
}
