import pino from 'pino'

export type Log = {
  info(line: string): void
  warn(line: string): void
  error(detail: object | string, line?: string): void
}

/** Lines for people at a terminal, JSON for a log collector. Neither ever holds answers, names or free text. */
export function createLog(form: 'lines' | 'json'): Log {
  if (form === 'json') {
    const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime })
    return { info: line => logger.info(line), warn: line => logger.warn(line), error: (detail, line) => logger.error(detail, line) }
  }
  return {
    info: line => console.info(line),
    warn: line => console.warn(line),
    error: (detail, line) => {
      if (typeof detail === 'string') return console.error(line ? `${line} ${detail}` : detail)
      console.error(line ?? 'fault', JSON.stringify(detail, null, 2).replaceAll('\\n', '\n'))
    },
  }
}
