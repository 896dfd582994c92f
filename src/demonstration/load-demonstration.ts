import pg from 'pg'
import type { Database } from '../platform/db/database.ts'
import { loadOrganisations } from './load-organisations.ts'
import { loadPeople } from './load-people.ts'
import { staffOf } from './staff.ts'

type Loading = { adminUrl: string; schema: string; secret: string; log: (line: string) => void; now: Date; web: Database; gate: Database }

/** Makes the demonstration authority where there is none. The council in one transaction: half a council never stays. */
export async function loadDemonstration(loading: Loading): Promise<void> {
  if (!(await loadCouncil(loading))) return
  const { web, gate, now, log } = loading
  log('Loaded the council of Porthkerris and its partners. Its people follow…')
  const staff = await staffOf(gate, now)
  const count = await loadPeople(web, staff, now)
  log(`Put ${count} people on record, with their cases and notes.`)
}

async function loadCouncil({ adminUrl, schema, secret, now }: Loading): Promise<boolean> {
  const owner = new pg.Client({ connectionString: adminUrl, application_name: 'lanyard demonstration' })
  await owner.connect()
  try {
    await owner.query(`begin; set local role lanyard_owner; set local search_path = ${schema}`)
    const loaded = await loadOrganisations(owner, secret, now)
    await owner.query('commit')
    return loaded
  } finally {
    await owner.end()
  }
}
