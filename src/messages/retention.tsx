import { sql } from 'kysely'
import { audit } from '../audit/index.ts'
import { paths } from '../paths.ts'
import { asActor, theSystem } from '../platform/actor.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database, Tx } from '../platform/db/database.ts'
import type { Files } from '../platform/files.ts'
import { type Answer, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { takeOutTextsOfMany } from '../texts/index.ts'
import { Button, errorFor, errorSummaryFor, type FieldError, Form, Input } from '../ui/index.ts'
import { removeUnspokenOf } from './files.ts'
import type { ConversationParts } from './frame.tsx'

/** How long conversations about nothing on record are kept: the authority's to say. Those about a case stay with it. */
export async function showRetention(visit: Visit, parts: ConversationParts): Promise<Answer> {
  return retentionPage(visit, parts, String(await monthsKept(visit.tx)), [])
}

export async function postRetention(visit: Visit, parts: ConversationParts): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const typed = fields.text('months')
  const months = /^\d{1,3}$/.test(typed) ? Number(typed) : 0
  if (months < 1 || months > 120)
    return retentionPage(visit, parts, typed, [{ field: 'months', message: 'Number of months must be between 1 and 120' }])
  const before = await monthsKept(tx)
  await sql`update message_retention set months = ${months}, changed_at = ${clock.now()}, changed_by = ${actor.userId}::uuid`.execute(tx)
  await audit(tx, actor, clock.now(), {
    action: 'message-retention-changed',
    subject: { type: 'setting', id: 'message-retention' },
    detail: { before, after: months },
  })
  return redirect(paths.conversations.retention, { notice: 'Saved.' })
}

function retentionPage(
  { actor, form }: Visit,
  { administration }: Pick<ConversationParts, 'administration'>,
  months: string,
  errors: readonly FieldError[],
): Answer {
  const body = (
    <Form {...form} action={paths.conversations.retention} classes="ly-form ly-narrow">
      {errorSummaryFor(errors)}
      <p class="govuk-body">
        Conversations about a case, an action of a case or a meeting are part of its record and are kept with it. All others are deleted for
        good, with everything in them, so many months after their last message.
      </p>
      {Input({
        name: 'months',
        id: 'months',
        label: 'Number of months',
        value: months,
        classes: 'govuk-input--width-3',
        inputmode: 'numeric',
        errorMessage: errorFor(errors, 'months'),
      })}
      {Button({ text: 'Save', preventDoubleClick: true })}
    </Form>
  )
  const answer = administration(actor, 'messages', 'How long messages are kept', body)
  return errors.length > 0 ? { ...answer, status: 422, hasErrors: true } : answer
}

async function monthsKept(tx: Tx): Promise<number> {
  const { months } = await tx.selectFrom('message_retention').select('months').executeTakeFirstOrThrow()
  return months
}

type Forgetting = { worker: Database; clock: Clock; files: Files }

/** Forgets conversations whose time has come, with what could be found of them and their files. For a nightly job; it is the system's, holding no principal. */
export async function forgetConversations({ worker, clock, files }: Forgetting): Promise<void> {
  const system = theSystem('Messages')
  await asActor(worker, system, 'write', async tx => {
    const before = sql`${clock.now()}::timestamptz - make_interval(months => ${await monthsKept(tx)}::int)`
    const { rows } = await sql<{ id: string }>`
      select id from conversations where case_id is null and subject_type is null and last_at < ${before} limit 1000`.execute(tx)
    const ids = rows.map(row => row.id)
    if (ids.length === 0) return
    const messages = await sql<{ id: string }>`select id from messages where conversation_id = any (${ids}::uuid[])`.execute(tx)
    await takeOutTextsOfMany(
      tx,
      'message',
      messages.rows.map(row => row.id),
    )
    await sql`delete from conversations where id = any (${ids}::uuid[])`.execute(tx)
    await audit(tx, system, clock.now(), {
      action: 'conversations-forgotten',
      subject: { type: 'setting', id: 'message-retention' },
      detail: { conversations: ids.length },
    })
  })
  await removeUnspokenOf(worker, system, files, new Date(clock.now().getTime() - 86_400_000))
}
