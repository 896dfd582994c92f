import pg from 'pg'
import { loadOrganisations } from './load-organisations.ts'

type Loading = { adminUrl: string; schema: string; secret: string; log: (line: string) => void; now: Date }

/** Makes the demonstration authority where there is none. Everything in one transaction: half a council never stays. */
export async function loadDemonstration({ adminUrl, schema, secret, log, now }: Loading): Promise<void> {
  const owner = new pg.Client({ connectionString: adminUrl, application_name: 'lanyard demonstration' })
  await owner.connect()
  try {
    await owner.query(`begin; set local role lanyard_owner; set local search_path = ${schema}`)
    const loaded = await loadOrganisations(owner, secret, now)
    await owner.query('commit')
    if (loaded) log('Loaded the council of Porthkerris and its partners.')
  } finally {
    await owner.end()
  }
}
