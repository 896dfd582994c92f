import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { VisitOut } from './visit.ts'

/** Who of the actor's teams is out, or has been since `since`: those who are out first, the first expected on top. */
export async function visitsOut(tx: Tx, since: Date): Promise<VisitOut[]> {
  const { rows } = await sql<Row>`${columns} where v.back_at is null or v.back_at > ${since}
    order by v.back_at is not null, v.expected_back_at, v.id limit 200`.execute(tx)
  return rows.map(fromRow)
}

/** The actor's own visit, while they are out. */
export async function ownVisitOut(tx: Tx, actor: Actor): Promise<VisitOut | undefined> {
  const { rows } = await sql<Row>`${columns} where v.user_id = ${actor.userId} and v.back_at is null
    order by v.set_out_at desc limit 1`.execute(tx)
  return rows[0] && fromRow(rows[0])
}

export async function findVisit(tx: Tx, id: string): Promise<VisitOut | undefined> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return undefined
  const { rows } = await sql<Row>`${columns} where v.id = ${id}`.execute(tx)
  return rows[0] && fromRow(rows[0])
}

type Row = Omit<VisitOut, 'appointment'> & { appointmentId: string | null; caseId: string | null }
const fromRow = ({ appointmentId, caseId, ...row }: Row): VisitOut => ({
  ...row,
  appointment: appointmentId && caseId ? { id: appointmentId, caseId } : null,
})

// The appointment comes by its own row, under its own lists: a colleague who may not see it learns nothing of it here.
const columns = sql`
  select v.id, v.user_id as "userId", u.name as "workerName", u.telephone as "workerTelephone", t.name as "teamName", v.whereabouts,
    v.set_out_at as "setOutAt", v.expected_back_at as "expectedBackAt", v.back_at as "backAt", v.told, a.id as "appointmentId", a.case_id as "caseId"
  from visits_out v join users u on u.id = v.user_id join teams t on t.principal = v.team left join appointments a on a.id = v.appointment_id`
