import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { listsForPart, type SectionOfForm, sectionInText } from '../access/index.ts'
import { audit } from '../audit/index.ts'
import { type Approvable, recordOnTimeline, type TimelineKind } from '../cases/index.ts'
import { tellUsers } from '../notifications/index.ts'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { no, ok, type Result } from '../platform/result.ts'
import type { Approval } from './approval.ts'
import type { Signer } from './signers.ts'

export type ToSend = {
  caseId: string
  personId: string
  part: string
  what: Approvable
  subjectId: string
  subjectVersion: number | null
  title: string
  /** Of a form, every section of it: the round is withheld with each. */
  sections: readonly SectionOfForm[]
  /** A closure as it was written. */
  content?: unknown
  message: string
  to: Signer
}

/** Sends work for sign-off: a round of its own, seen with the work. Refused while a round of it waits. The actor may change the work. */
export async function sendForSignOff(tx: Tx, actor: Actor, now: Date, sent: ToSend): Promise<Result<string, 'waiting-already'>> {
  if (!actor.userId) throw new Error('Work is sent for sign-off by a user.')
  const id = uuid()
  const { caseId, personId, part, what, subjectId, subjectVersion, title, sections, content, message, to } = sent
  const lists = await listsForPart(tx, caseId, part, sections)
  const { rows } = await sql<{ rounds: number; waiting: boolean }>`
    select count(*)::int as rounds, coalesce(bool_or(decision is null), false) as waiting from approvals where subject_id = ${subjectId} and what = ${what}`.execute(
    tx,
  )
  if (rows[0]?.waiting) return no('waiting-already')
  await tx
    .insertInto('approvals')
    .values({
      id,
      case_id: caseId,
      part,
      what,
      subject_id: subjectId,
      subject_version: subjectVersion,
      round: (rows[0]?.rounds ?? 0) + 1,
      title,
      content: content === undefined ? null : JSON.stringify(content),
      message,
      sent_by: actor.userId,
      sent_at: now,
      sent_to: to.principal,
      further_sections: sections.map(sectionInText),
      ...lists,
    })
    .execute()
  await follow(tx, actor, now, { id, caseId, personId, part, what, sections }, 'approval-sent', `${title} sent for sign-off`, message)
  await tellUsers(tx, now, {
    to: to.userIds,
    kind: 'approval-asked',
    words: 'Work has been sent to you for sign-off',
    href: paths.approvals.show(id),
    caseId,
    personId,
  })
  return ok(id)
}

type Followed = Pick<Approval, 'id' | 'caseId' | 'personId' | 'part' | 'what' | 'sections'>

/** The audit of a step of sign-off and its line in the timeline, under the lists of the work. */
export async function follow(
  tx: Tx,
  actor: Actor,
  now: Date,
  approval: Followed,
  action: string,
  title: string,
  summary: string,
): Promise<void> {
  const { id, caseId, personId, part, what, sections } = approval
  await audit(tx, actor, now, { action, subject: { type: 'approval', id }, personId, caseId, detail: { what } })
  await recordOnTimeline(tx, {
    caseId,
    at: now,
    kind: kindOf[what],
    part,
    title,
    summary,
    source: { type: 'approval', id },
    href: paths.approvals.show(id),
    followsFrom: sections,
    actor,
  })
}

const kindOf: Record<Approvable, TimelineKind> = { form: 'assessment', plan: 'plan', closure: 'referral' }
