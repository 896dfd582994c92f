import { sql } from 'kysely'
import type { CasesParts } from '../cases/index.ts'
import { sendMail } from '../notifications/index.ts'
import { paths } from '../paths.ts'
import type { Tx } from '../platform/db/database.ts'

/** E-mails about cases. They hold a reference and a link, never a word about a person: the reader signs in to see. */
export type Notices = Required<Pick<CasesParts, 'tellWorker' | 'tellOwner'>>

export function noticesFrom(origin: string): Notices {
  return {
    async tellWorker(tx, actor, now, { caseId, reference, workerId }) {
      if (workerId === actor.userId) return
      for (const to of await addressesOf(tx, [workerId])) {
        await sendMail(tx, now, {
          to,
          kind: 'case-allocated',
          subject: 'A case has been given to you',
          text: `Case ${reference} has been given to you. Sign in to see it:\n\n${origin}${paths.cases.show(caseId)}\n`,
        })
      }
    },
    // F3: the record's owner is told that it was opened in an emergency, by whom the record itself says.
    async tellOwner(tx, actor, now, { caseId, reference, teamId, workerId }) {
      const readers = await addressesOf(
        tx,
        [...(await readersOf(tx, caseId)), ...(workerId ? [workerId] : [])].filter(id => id !== actor.userId),
      )
      for (const to of new Set(readers)) {
        await sendMail(tx, now, {
          to,
          kind: 'emergency-opening',
          subject: 'A restricted record of yours was opened in an emergency',
          text: `Case ${reference} is restricted and was opened in an emergency. Sign in to see by whom and why:\n\n${origin}${paths.cases.show(caseId)}\n`,
        })
      }
      if (readers.length > 0) return
      // Which case it was is not for those whom the restriction keeps out, even where nobody else is left to be told.
      for (const to of await leadersOf(tx, teamId)) {
        await sendMail(tx, now, {
          to,
          kind: 'emergency-opening',
          subject: 'A restricted record of your team was opened in an emergency',
          text: 'A restricted case of your team was opened in an emergency, and nobody who works with it could be told. You may not see which case it is: ask a commissioner to look at it. By whom it was opened and why is in the audit.\n',
        })
      }
    },
  }
}

async function addressesOf(tx: Tx, userIds: readonly string[]): Promise<string[]> {
  if (userIds.length === 0) return []
  const rows = await tx.selectFrom('users').select('email').where('id', 'in', userIds).where('status', '<>', 'disabled').execute()
  return rows.map(row => row.email)
}

/** Who reads a restricted case by name: whoever works with it or is named on it. An emergency opens it through a window, not by name. */
async function readersOf(tx: Tx, caseId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select u.id from cases c join users u on u.principal = any (c.readers)
    where c.id = ${caseId} and u.principal <> all (c.withheld) and u.agency <> all (c.withheld)`.execute(tx)
  return rows.map(row => row.id)
}

/** Whoever allocates for the team. */
async function leadersOf(tx: Tx, teamId: string): Promise<string[]> {
  const { rows } = await sql<{ email: string }>`
    select distinct u.email from posts o join roles r on r.id = o.role_id join users u on u.id = o.user_id
    where o.team_id = ${teamId} and o.ended_at is null and 'manage-allocation' = any (r.capabilities) and u.status <> 'disabled'`.execute(
    tx,
  )
  return rows.map(row => row.email)
}
