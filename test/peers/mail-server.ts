import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'

export type MailServer = {
  url: string
  taken: { from: string; to: string[]; message: string }[]
  state: { refusing: boolean }
  close(): Promise<void>
}

/** A mail server that takes what it is given, or refuses it while `refusing`. */
export async function startMailServer(): Promise<MailServer> {
  const taken: MailServer['taken'] = []
  const state = { refusing: false }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) => done(state.refusing ? Object.assign(new Error('Mailbox busy'), { responseCode: 450 }) : null),
    onData: (stream, session, done) => {
      void text(stream).then(message => {
        taken.push({
          from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
          to: session.envelope.rcptTo.map(one => one.address),
          message,
        })
        done()
      })
    },
  })
  server.on('error', () => {})
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return { url: `smtp://127.0.0.1:${port}`, taken, state, close: () => new Promise<void>(resolve => server.close(resolve)) }
}
