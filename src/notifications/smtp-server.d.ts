/** The part of smtp-server (a development dependency without types of its own) that the tests use. */
declare module 'smtp-server' {
  import type { Server } from 'node:net'
  import type { Readable } from 'node:stream'

  type Session = { envelope: { mailFrom: { address: string } | false; rcptTo: { address: string }[] } }
  type Done = (fault?: (Error & { responseCode?: number }) | null) => void
  type Options = {
    authOptional?: boolean
    disabledCommands?: string[]
    onRcptTo?(address: { address: string }, session: Session, done: Done): void
    onData?(stream: Readable, session: Session, done: Done): void
  }

  export class SMTPServer {
    constructor(options: Options)
    server: Server
    on(event: 'error', listener: (fault: Error) => void): this
    listen(port: number, host: string, listening: () => void): Server
    close(closed: () => void): void
  }
}
