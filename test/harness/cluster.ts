import pg from 'pg'

/** The authority's schema in every test database. */
export const testSchema = 'porthkerris'
/** The deployment's secret in tests: the login roles' passwords follow from it. */
export const testSecret = 'a secret for tests only, known to everyone'

/** The same server and log-in, another database. */
export const withDatabase = (url: string, database: string): string => {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}

/** The same server and database, another log-in. */
export const asRole = (url: string, role: string, password: string): string => {
  const changed = new URL(url)
  changed.username = role
  changed.password = password
  return changed.href
}

/** Runs `work` on one connection that is closed afterwards. */
export const onServer = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
