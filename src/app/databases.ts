import type { Config } from '../platform/config.ts'
import { connect, type Database } from '../platform/db/database.ts'
import { type LoginRole, rolePassword } from '../platform/db/migrate.ts'

export type Databases = { web: Database; gate: Database; stranger: Database; worker: Database; close(): Promise<void> }

type Opening = { config: Pick<Config, 'schema' | 'poolSize' | 'queueLength'>; address: string; secret: string }

/** A pool for each role that this process logs in as. None of them is the owner. */
export function openDatabases({ config, address, secret }: Opening): Databases {
  const open = (role: LoginRole, max: number) => {
    const pages = role !== 'lanyard_worker'
    const url = urlOf(address, role, secret)
    return connect({ url, schema: config.schema, max, name: role, pages, ...(pages ? { queue: config.queueLength } : {}) })
  }
  const web = open('lanyard_web', config.poolSize)
  const gate = open('lanyard_gate', Math.max(2, Math.ceil(config.poolSize / 2)))
  // Few, so that however many come from outside, those who work here are served.
  const stranger = open('lanyard_stranger', Math.max(2, Math.ceil(config.poolSize / 4)))
  const worker = open('lanyard_worker', 4)
  const all = [web, gate, stranger, worker]
  return { web, gate, stranger, worker, close: async () => void (await Promise.all(all.map(database => database.close()))) }
}

/** A role's way into the database at this address, whoever else the address may name. */
export function urlOf(address: string, role: LoginRole, secret: string): string {
  const url = new URL(address)
  url.username = role
  url.password = rolePassword(secret, role)
  return url.href
}

/** Where a database is, without whoever its URL names. */
export function addressOf(databaseUrl: string): string {
  const url = new URL(databaseUrl)
  url.username = ''
  url.password = ''
  return url.href
}

export const namesSomebody = (databaseUrl: string): boolean => new URL(databaseUrl).username !== ''
