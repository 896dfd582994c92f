import { sql } from 'kysely'
import { audit } from '../../audit/index.ts'
import type { ScanQueue } from '../../documents/index.ts'
import { tellUsers } from '../../notifications/index.ts'
import { paths } from '../../paths.ts'
import { asActor, theSystem } from '../../platform/actor.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/db/database.ts'
import type { Files } from '../../platform/files.ts'
import type { Job } from '../../platform/jobs.ts'

/** Put in the queue when somebody outside has sent a referral. */
export const sentTask = 'outside-referral-sent'

export type OutsideJobsParts = {
  /** Connected as lanyard_worker. */
  worker: Database
  files: Files
  clock: Clock
}

/** Tells the receiving team what has come; forgets, every night, what is kept no longer. */
export function outsideJobs(parts: OutsideJobsParts): { jobs: Record<string, Job>; timetable: { task: string; at: string }[] } {
  return {
    jobs: {
      [sentTask]: async payload => {
        const { referralId, isUrgent } = payload as { referralId?: unknown; isUrgent?: unknown }
        await tellOfSent(parts, String(referralId), isUrgent === true)
      },
      'forget-outside-referrals': () => forgetOutside(parts),
    },
    timetable: [{ task: 'forget-outside-referrals', at: '7 4 * * *' }],
  }
}

const outside = theSystem('Somebody outside')
const forgetter = theSystem('Forgetting')

/** Whoever decides in the team hears that something has come, with no word of about whom. */
async function tellOfSent({ worker, clock }: OutsideJobsParts, referralId: string, isUrgent: boolean): Promise<void> {
  await asActor(worker, outside, 'write', async tx => {
    const { rows } = await sql<{ page: string; userId: string | null }>`
      select r.page, o.user_id as "userId" from outside_referrals r
        join team_services s on s.principal = r.inbox
        left join (posts o join roles l on l.id = o.role_id and 'manage-allocation' = any (l.capabilities))
          on o.team_id = s.team_id and o.service_area = s.service_area and o.ended_at is null
      where r.id = ${referralId}`.execute(tx)
    if (rows.length === 0) return
    const now = clock.now()
    await audit(tx, outside, now, {
      action: 'outside-referral-sent',
      subject: { type: 'outside-referral', id: referralId },
      detail: { page: rows[0]!.page },
    })
    await tellUsers(tx, now, {
      to: rows.flatMap(row => (row.userId === null ? [] : [row.userId])),
      kind: 'referral-received',
      words: isUrgent
        ? 'A referral from outside waits for your team, and asks for help today'
        : 'A referral from outside waits for your team',
      href: paths.referrals.outsideOne(referralId),
    })
  })
}

/** What was taken for spam can be put back for so long. */
export const spamKeptDays = 14
const triesKeptDays = 2

/** Drafts whose days are over; what was decided, when its page says; spam; tries that no limit counts any more; files that nothing speaks of. */
export async function forgetOutside({ worker, files, clock }: OutsideJobsParts): Promise<void> {
  const now = clock.now()
  const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * 3_600_000)
  await asActor(worker, forgetter, 'write', async tx => {
    const { rows } = await sql<{ id: string; state: string }>`
      delete from outside_referrals r using outside_pages p
      where p.code = r.page and (r.state = 'draft' and r.expires_at <= ${now}
        or r.state = 'spam' and r.decided_at <= ${daysAgo(spamKeptDays)}
        or r.state in ('taken-up', 'declined') and r.decided_at <= ${now}::timestamptz - make_interval(days => p.keep_decided_days))
      returning r.id, r.state`.execute(tx)
    const gone = rows.filter(row => row.state !== 'draft')
    for (const { id, state } of gone)
      await audit(tx, forgetter, now, {
        action: 'outside-referral-forgotten',
        subject: { type: 'outside-referral', id },
        detail: { state },
      })
    await sql`delete from outside_tries where at < ${daysAgo(triesKeptDays)}`.execute(tx)
  })
  // A file that has only just come may belong to a draft that is not saved yet.
  for await (const key of files.keptBefore(daysAgo(1))) {
    const isSpokenOf = await asActor(worker, forgetter, 'read', async tx => {
      const { rows } = await sql`select from outside_files where storage_key = ${key} limit 1`.execute(tx)
      return rows.length > 0
    })
    if (!isSpokenOf) await files.remove(key)
  }
}

/** Files from outside that wait for the scanner, beside documents that do. */
export const outsideScans = (files: Files): ScanQueue => ({
  files,
  takeUp: async (tx, now, before) => {
    const { rows } = await sql<{ id: string; referralId: string; key: string }>`
      update outside_files set scan_started_at = ${now}
      where id = (
        select id from outside_files where scan = 'awaiting-scan' and (scan_started_at is null or scan_started_at < ${before})
        order by added_at limit 1 for update skip locked)
      returning id, referral_id as "referralId", storage_key as key`.execute(tx)
    const file = rows[0]
    return (
      file && {
        id: file.id,
        key: file.key,
        found: async (written, at, outcome, actor) => {
          await written
            .updateTable('outside_files')
            .set({ scan: outcome.found ? 'infected' : 'clean', scanned_at: at, scan_words: outcome.found ? outcome.name : '' })
            .where('id', '=', file.id)
            .execute()
          const action = outcome.found ? 'outside-file-infected' : 'outside-file-scanned'
          await audit(written, actor, at, { action, subject: { type: 'outside-referral', id: file.referralId } })
        },
      }
    )
  },
})
