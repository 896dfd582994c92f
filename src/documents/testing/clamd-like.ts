import { createServer, type Server } from 'node:net'

/** A peer that speaks clamd's INSTREAM protocol to the letter (clamd(8)) and knows one virus: the EICAR test file. */
export function clamdLike({ largest = 100_000_000 }: { largest?: number } = {}): Server {
  return createServer(socket => {
    let waiting = Buffer.alloc(0)
    let begun = false
    const content: Buffer[] = []
    let length = 0
    socket.on('error', () => {})
    socket.on('data', piece => {
      waiting = Buffer.concat([waiting, piece])
      if (!begun) {
        const end = waiting.indexOf(0)
        if (end < 0) return
        if (waiting.subarray(0, end).toString() !== 'zINSTREAM') return void socket.end('UNKNOWN COMMAND\0')
        begun = true
        waiting = waiting.subarray(end + 1)
      }
      while (waiting.length >= 4) {
        const size = waiting.readUInt32BE(0)
        if (size === 0) {
          const virus = Buffer.concat(content).includes('EICAR-STANDARD-ANTIVIRUS-TEST-FILE')
          return void socket.end(virus ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0')
        }
        if (waiting.length < 4 + size) return
        content.push(Buffer.from(waiting.subarray(4, 4 + size)))
        waiting = waiting.subarray(4 + size)
        length += size
        if (length > largest) return void socket.end('INSTREAM size limit exceeded. ERROR\0')
      }
    })
  })
}
