import { createServer } from 'node:net'

/** What a process has opened, closed again in the opposite order when it is asked to stop. */
export type Lifecycle = {
  /** Registers how to close something that has just been opened. */
  onStop(what: string, close: () => Promise<unknown>): void
  /** Closes everything and ends the process. Further calls wait for the first. */
  stop(reason: string, exitCode?: number): Promise<never>
}

type Log = { info(line: string): void; error(line: string): void }

/** After this long a process that was asked to stop ends whether or not everything has closed. */
const patience = 30_000

/**
 * Begins the life of a process: it stops in order on Ctrl-C, on SIGTERM, when its terminal closes, when the command that started it
 * has gone, and after a fault that nothing caught.
 */
export const beginLife = (log: Log): Lifecycle => {
  // Documents, mail and secrets are written by this process: for its own account's eyes.
  process.umask(0o077)
  const opened: { what: string; close: () => Promise<unknown> }[] = []
  let stopping: Promise<never> | undefined
  let askedAt = 0

  const closeAll = async (exitCode: number): Promise<never> => {
    setTimeout(() => {
      log.error(`Still not stopped after ${patience / 1000} seconds: ending now.`)
      process.exit(1)
    }, patience).unref()
    let code = exitCode
    for (const { what, close } of opened.reverse()) {
      await close().catch(fault => {
        log.error(`${what} did not close: ${fault instanceof Error ? fault.message : fault}`)
        code = 1
      })
    }
    process.exit(code)
  }

  const stop = (reason: string, exitCode = 0): Promise<never> => {
    askedAt ||= Date.now()
    if (!stopping && reason) log.info(reason)
    stopping ??= closeAll(exitCode)
    return stopping
  }

  // Ctrl-C arrives twice under npm, once from the terminal and once passed on: only a later one is impatience.
  const asked = () => (askedAt && Date.now() - askedAt > 2_000 ? process.exit(130) : void stop('Stopping…'))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, asked)
  process.on('disconnect', () => void stop('The command that started Lanyard has gone. Stopping…'))
  process.on('uncaughtException', fault => {
    log.error(`A fault that nothing caught: ${fault.stack ?? fault}`)
    void stop('Stopping after a fault.', 1)
  })

  const onStop = (what: string, close: () => Promise<unknown>) => {
    opened.push({ what, close })
    // Opened while the rest was closing already.
    if (stopping) void close().catch(() => {})
  }
  return { onStop, stop }
}

/** What to tell whoever started Lanyard when its port is taken. */
export const portTaken = (port: number): string =>
  `Port ${port} is taken by another program. Choose another one:\n\n  PORT=${port === 3000 ? 3001 : port + 1} npm start\n`

/** Whether somebody listens there already: worth asking before the first start makes its database. */
export const isTaken = ({ host, port }: { host: string; port: number }): Promise<boolean> =>
  new Promise(resolve => {
    const probe = createServer()
    probe.once('error', fault => resolve((fault as NodeJS.ErrnoException).code === 'EADDRINUSE'))
    probe.listen(port, host, () => probe.close(() => resolve(false)))
  })

/** Starts listening, or says whether the port was taken. Other faults throw. */
export const listen = async (start: () => Promise<unknown>): Promise<{ ok: true } | { ok: false; error: 'port-taken' }> => {
  try {
    await start()
    return { ok: true }
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'EADDRINUSE') return { ok: false, error: 'port-taken' }
    throw fault
  }
}
