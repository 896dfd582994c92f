import { sql } from 'kysely'
import type { VNode } from 'preact'
import type { Case } from '../cases/index.ts'
import type { Visit } from '../platform/web/routes.ts'
import { InsetText } from '../ui/index.ts'

/** Before somebody fills in what they may not decide: who of the case's team may go on without consent, by name and number (E4). */
export async function WhomToAsk({ tx }: Visit, { id, teamName }: Case): Promise<VNode> {
  const { rows } = await sql<{ name: string; telephone: string }>`
    select distinct u.name, coalesce(nullif(u.telephone, ''), nullif(t.telephone, ''), '') as telephone
    from cases c join teams t on t.id = c.team_id join posts o on o.team_id = t.id and (o.service_area is null or o.service_area = c.service_area) and o.ended_at is null
      join roles r on r.id = o.role_id and 'go-on-without-consent' = any (r.capabilities)
      join users u on u.id = o.user_id and u.status <> 'disabled'
    where c.id = ${id} order by u.name limit 5`.execute(tx)
  const names = rows.map(one => (one.telephone ? `${one.name}, ${one.telephone}` : one.name)).join('; ')
  return (
    <InsetText
      text={`Without their agreement it is not yours to share. ${names ? `Ask ${names}: they may go on without it, by a lawful reason.` : `Nobody in ${teamName} may go on without it: ask your administrator who may.`}`}
    />
  )
}
