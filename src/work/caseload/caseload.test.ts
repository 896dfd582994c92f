import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { addAgency, addCase, addPerson, addTeam, addUser, as } from '../../../test/factories/world.ts'
import { testDatabase } from '../../../test/harness/database.ts'
import { asPlainDate } from '../../platform/plain-date.ts'
import { caseloadCounts } from './caseload.queries.ts'

test.each(['Europe/London', 'Pacific/Auckland', 'America/Los_Angeles'])(
  'fourteen days without contact are counted from midnight in London, on a server whose clock is in %s',
  async zone => {
    const database = await testDatabase()
    const team = await addTeam(database, await addAgency(database))
    const worker = await addUser(database, team)
    for (const at of ['2026-11-05T23:59:00Z', '2026-11-06T00:01:00Z', '2026-11-05T12:00:00Z', '2026-11-06T07:00:00Z']) {
      const one = await addCase(database, await addPerson(database, team), team)
      await database.admin.query(
        `insert into caseload_entries (case_id, person_id, reference, service_area, team_id, worker_id, status, stage, due_on, risk, risk_order, last_contact_at, readers, editors)
         select id, person_id, reference, service_area, team_id, $2, 'open', 'Assessment', 'infinity', 'medium', 1, $3, readers, editors from cases where id = $1`,
        [one.id, worker.id, at],
      )
    }
    const counts = await as(database, worker, async tx => {
      await sql`select set_config('timezone', ${zone}, true)`.execute(tx)
      return caseloadCounts(tx, { workerId: worker.id }, { today: asPlainDate('2026-11-20'), since: null })
    })
    expect(counts).toMatchObject({ all: 4, quiet: 2 })
  },
)
