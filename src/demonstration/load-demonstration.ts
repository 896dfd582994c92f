import pg from 'pg'
import type { Database } from '../platform/db/database.ts'
import { loadOrganisations } from './load-organisations.ts'
import { loadPeople } from './load-people.ts'
import { staffOf } from './staff.ts'
import { tellStories } from './stories.ts'
import { tellerOf } from './teller.ts'

type Loading = { adminUrl: string; schema: string; secret: string; log: (line: string) => void; now: Date; web: Database; gate: Database }

/** Makes the demonstration authority where there is none. The council in one transaction: half a council never stays. */
export async function loadDemonstration(loading: Loading): Promise<void> {
  if (!(await needsPeople(loading))) return
  const { web, gate, now, log } = loading
  log('Loaded the council of Porthkerris and its partners. Its people follow…')
  const staff = await staffOf(gate, now)
  const count = await loadPeople(web, staff, now)
  const told = await tellStories(tellerOf(web, staff, now), staff)
  log(`Put ${count + told} people on record, with their cases and notes.`)
}

/** Loads the council where there is none. Whether its people are still to come: also when an earlier start was stopped between the two. */
async function needsPeople({ adminUrl, schema, secret, now }: Loading): Promise<boolean> {
  const owner = new pg.Client({ connectionString: adminUrl, application_name: 'lanyard demonstration' })
  await owner.connect()
  try {
    await owner.query(`begin; set local role lanyard_owner; set local search_path = ${schema}`)
    const loaded = await loadOrganisations(owner, secret, now)
    const { rows } = await owner.query<{ begun: boolean }>('select is_called as begun from client_id_sequence')
    await owner.query('commit')
    return loaded || !rows[0]?.begun
  } finally {
    await owner.end()
  }
}
