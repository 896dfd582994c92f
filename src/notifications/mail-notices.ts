import { paths } from '../paths.ts'
import { type Actor, asActor, theSystem } from '../platform/actor.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database, Tx } from '../platform/db/database.ts'
import type { Job } from '../platform/jobs.ts'
import { mayTurnOff, type NoticeKind } from './kinds.ts'
import { sendMail } from './mails.ts'
import { digestsDue, forgetNotices, forgetNoticesOf, takeForDigest, takeForMail } from './notices.queries.ts'

export type NoticeJobsParts = {
  /** Connected as lanyard_worker. */
  worker: Database
  clock: Clock
  /** A user as they are now; nobody when they have been disabled. */
  actorOf: (userId: string) => Promise<Actor | undefined>
  /** Where people reach the service: notices are mailed as a link and nothing more. */
  origin: string
}

/** The jobs of notices: e-mails that say that there is something to see, forgetting old ones, and those that are no longer so. */
export function noticeJobs(parts: NoticeJobsParts): { jobs: Record<string, Job>; timetable: { task: string; at: string }[] } {
  return {
    jobs: {
      'mail-notice': async payload => mailOne(parts, payload as { noticeId: string; userId: string }),
      'mail-digests': async () => mailDigests(parts),
      'withdraw-notices': async payload => withdraw(parts, payload as Withdrawal),
      'tidy-notices': async () => tidyNotices(parts),
    },
    timetable: [
      { task: 'mail-digests', at: '*/15 * * * *' },
      { task: 'tidy-notices', at: '47 3 * * *' },
    ],
  }
}

/** Says at once that there is something. Asked as its reader: what they may no longer see, or have read already, is not mailed. */
async function mailOne({ worker, clock, actorOf, origin }: NoticeJobsParts, { noticeId, userId }: { noticeId: string; userId: string }) {
  const reader = await actorOf(userId)
  if (!reader) return
  await asActor(worker, reader, 'write', async tx => {
    const kind = await takeForMail(tx, reader, clock.now(), noticeId)
    if (!kind) return
    await sendMail(tx, clock.now(), {
      to: await addressOf(tx, userId),
      kind: 'notice',
      subject: mayTurnOff(kind) ? 'You have a notice in Lanyard' : 'Urgent: you have a notice in Lanyard',
      text: `There is something for you to see. Sign in to read it:\n\n${origin}${paths.notices.show(noticeId)}\n\n${settingsLine(origin)}`,
    })
  })
}

/** Once a day, at the time that each user chose, one e-mail says how many notices have gathered. A late run sends what was due. */
async function mailDigests({ worker, clock, actorOf, origin }: NoticeJobsParts): Promise<void> {
  const now = clock.now()
  for (const { userId, until } of await asActor(worker, postman, 'read', tx => digestsDue(tx, now))) {
    const reader = await actorOf(userId)
    if (!reader) continue
    await asActor(worker, reader, 'write', async tx => {
      const count = await takeForDigest(tx, reader, now, until)
      if (count === 0) return
      await sendMail(tx, now, {
        to: await addressOf(tx, userId),
        kind: 'notice-digest',
        subject: count === 1 ? 'You have 1 new notice in Lanyard' : `You have ${count} new notices in Lanyard`,
        text: `Sign in to read what is new:\n\n${origin}${paths.notices.list}\n\n${settingsLine(origin)}`,
      })
    })
  }
}

const settingsLine = (origin: string) => `Choose what you are told of and how: ${origin}${paths.notices.settings}\n`

async function addressOf(tx: Tx, userId: string): Promise<string> {
  const { email } = await tx.selectFrom('users').select('email').where('id', '=', userId).executeTakeFirstOrThrow()
  return email
}

const daysKept = { read: 60, unread: 365 } as const

async function tidyNotices({ worker, clock }: NoticeJobsParts): Promise<void> {
  const before = (days: number) => new Date(clock.now().getTime() - days * 24 * 3_600_000)
  await asActor(worker, postman, 'write', tx => forgetNotices(tx, { read: before(daysKept.read), unread: before(daysKept.unread) }))
}

type Withdrawal = { kind: NoticeKind; href: string /** An instant as ISO 8601 text. */; before: string }

const withdraw = ({ worker }: NoticeJobsParts, { kind, href, before }: Withdrawal): Promise<void> =>
  asActor(worker, postman, 'write', tx => forgetNoticesOf(tx, { kind, href, before: new Date(before) }))

/** Looking over everybody's is nobody's: the system itself, holding no principal. */
const postman = theSystem('Notices')
