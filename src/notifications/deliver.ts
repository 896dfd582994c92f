import { createTransport, type Transporter } from 'nodemailer'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/db/database.ts'
import type { Job } from '../platform/jobs.ts'

export type DeliveryParts = {
  /** Connected as lanyard_worker. */
  worker: Database
  clock: Clock
  /** smtp://user:password@host:587. Without it mail stays in the outbox, where its page shows it. */
  smtpUrl: string | undefined
  /** `Lanyard <no-reply@example.gov.uk>` */
  from: string
}

/** The jobs that carry mail out. A mail that the server refuses for now is tried again, less and less often, for three days. */
export function mailJobs(parts: DeliveryParts): { jobs: Record<string, Job>; timetable: { task: string; at: string }[]; close(): void } {
  const transport = parts.smtpUrl ? createTransport(parts.smtpUrl, { from: parts.from }) : undefined
  return {
    jobs: {
      'send-mail': async payload => deliver(parts, transport, String((payload as { mailId?: unknown }).mailId)),
      'tidy-mails': async () => tidy(parts),
    },
    timetable: [{ task: 'tidy-mails', at: '41 3 * * *' }],
    close: () => transport?.close(),
  }
}

async function deliver({ worker, clock }: DeliveryParts, transport: Transporter | undefined, mailId: string): Promise<void> {
  const mail = await worker.kysely.selectFrom('mails').selectAll().where('id', '=', mailId).where('sent_at', 'is', null).executeTakeFirst()
  // Sent by an earlier try whose worker died before it could say so to the queue, or tidied away.
  if (!mail) return
  const mark = (columns: { sent_at?: Date; sent_by?: string; body?: string; last_error?: string | null }) =>
    worker.kysely
      .updateTable('mails')
      .set({ ...columns, tries: mail.tries + 1 })
      .where('id', '=', mailId)
      .execute()
  if (!transport) return void (await mark({ sent_at: clock.now(), sent_by: 'outbox' }))
  try {
    // The same id at every try: a server that took it twice shows it once.
    await transport.sendMail({
      to: mail.recipient,
      subject: mail.subject,
      text: mail.body,
      messageId: `<${mail.id}@lanyard>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
  } catch (fault) {
    await mark({ last_error: String((fault as { response?: string }).response ?? (fault as Error).message).slice(0, 500) })
    throw new Error(`A mail (${mail.kind}) was not taken by the server.`)
  }
  await mark({ sent_at: clock.now(), sent_by: 'smtp', body: '', last_error: null })
}

const daysKept = 30

async function tidy({ worker, clock }: DeliveryParts): Promise<void> {
  const before = new Date(clock.now().getTime() - daysKept * 24 * 3_600_000)
  await worker.kysely.deleteFrom('mails').where('queued_at', '<', before).execute()
}
