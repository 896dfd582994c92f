import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

export const portOf = ({ server }: FastifyInstance): number => (server.address() as AddressInfo).port

/**
 * What stands before several web processes, as small as it can be: each connection goes to the next of them, and to another where that one does
 * not answer. It looks at nothing that passes and holds nothing back.
 */
export async function startProxy(port: number, behind: readonly number[]): Promise<{ close(): Promise<void> }> {
  const open = new Set<Socket>()
  let turn = 0
  const proxy = createServer(client => {
    open.add(client)
    client.on('close', () => open.delete(client)).on('error', () => {})
    const reach = (tries: number) => {
      if (tries === behind.length) return void client.destroy()
      const server = connect(behind[turn++ % behind.length]!, '127.0.0.1')
      server.once('connect', () => {
        server.on('close', () => client.destroy())
        client.on('close', () => server.destroy())
        client.pipe(server).pipe(client)
      })
      server.on('error', () => {
        if (server.bytesRead + server.bytesWritten === 0 && server.connecting === false && server.remoteAddress === undefined)
          reach(tries + 1)
        else client.destroy()
      })
    }
    reach(0)
  })
  await new Promise<void>(listening => proxy.listen(port, '127.0.0.1', listening))
  return {
    close: () =>
      new Promise(closed => {
        for (const client of open) client.destroy()
        proxy.close(() => closed())
      }),
  }
}
