import pg from 'pg'
import type { Database } from '../db/database.ts'
import { type News, newsFrom } from './wake.ts'

export type Hearing = { stop(): Promise<void> }

type Ears = {
  heard(news: News): void
  /** The connection is there, for the first time or again: what was told in between was not heard. */
  begun(): void
}

const longestWait = 5_000

/**
 * Listens for what other processes tell, on a connection of its own that is opened again whenever it is lost. Through a pooler that lends
 * connections by the transaction nothing is heard; whoever asks then finds out by the clock.
 */
export function hear({ pool, schema }: Database, { heard, begun }: Ears): Hearing {
  let client: pg.Client | undefined
  let stopped = false
  let wait = 100
  let timer: ReturnType<typeof setTimeout> | undefined

  const connect = async () => {
    const next = new pg.Client({
      connectionString: pool.options.connectionString,
      application_name: 'lanyard live',
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
    })
    let lost = false
    const lose = () => {
      if (lost) return
      lost = true
      client = undefined
      void next.end().catch(() => {})
      if (stopped) return
      timer = setTimeout(() => void connect(), wait)
      wait = Math.min(wait * 2, longestWait)
    }
    next.on('error', lose)
    next.on('end', lose)
    next.on('notification', ({ payload }) => {
      const news = newsFrom(payload)
      if (news) heard(news)
    })
    try {
      await next.connect()
      await next.query(`listen live_${schema}`)
      if (stopped) return await next.end()
      client = next
      wait = 100
      begun()
    } catch {
      lose()
    }
  }
  void connect()
  return {
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await client?.end().catch(() => {})
    },
  }
}
