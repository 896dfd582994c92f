import { sql } from 'kysely'
import type { VNode } from 'preact'
import type { Closing } from '../cases/index.ts'
import { paths } from '../paths.ts'
import type { Tx } from '../platform/db/database.ts'
import { formatDate } from '../platform/plain-date.ts'
import { Facts, Words } from '../ui/index.ts'
import type { Approval } from './approval.ts'
import { closingOf } from './closure.ts'

/** What there is of a plan to send: its id, and the version that it is at. */
export async function planNow(tx: Tx, caseId: string): Promise<{ id: string; version: number } | undefined> {
  const { rows } = await sql<{ id: string; version: number }>`select id, version from plans where case_id = ${caseId}`.execute(tx)
  return rows[0]
}

/** A form that can be sent: completed, and not signed off yet. */
export async function completedFormOf(tx: Tx, caseId: string, answerSetId: string): Promise<{ title: string; part: string } | undefined> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(answerSetId)) return undefined
  const { rows } = await sql<{ title: string; part: string }>`
    select d.title, a.part from answer_sets a join form_definitions d on d.code = a.form_code and d.version = a.form_version
    where a.id = ${answerSetId} and a.case_id = ${caseId} and a.state = 'completed'`.execute(tx)
  return rows[0]
}

/** What was sent, to be read before it is decided on. */
export function Subject({ approval, planVersion }: { approval: Approval; planVersion: number | null }): VNode {
  const { caseId, subjectId, subjectVersion, what } = approval
  if (what === 'closure') return <Closure closing={closingOf(approval)} />
  const href = what === 'form' ? paths.forms.show(caseId, subjectId) : paths.plan.show(caseId)
  const changed = what === 'plan' && planVersion !== null && planVersion !== subjectVersion && subjectVersion !== null
  return (
    <>
      <p class="govuk-body">
        <a class="govuk-link" href={href}>
          Read {what === 'form' ? 'the form' : 'the plan'}
        </a>
      </p>
      {changed ? (
        <p class="govuk-body">
          It has been changed since it was sent: version {planVersion} now,{' '}
          <a class="govuk-link" href={paths.plan.version(caseId, subjectVersion)}>
            version {subjectVersion} then
          </a>
          .
        </p>
      ) : null}
    </>
  )
}

function Closure({ closing }: { closing: Closing }): VNode {
  return (
    <>
      <Facts
        items={[
          { label: 'Closed on', value: formatDate(closing.closedOn) },
          { label: 'Why', value: closing.reasonLabel },
          { label: 'What came of it', value: closing.outcomeLabel },
          closing.fates.size > 0 && {
            label: 'What was still to be done',
            value: fatesInWords(closing.fates),
            second: closing.openActionsBecause || undefined,
          },
        ]}
      />
      <Words text={closing.summary} />
    </>
  )
}

function fatesInWords(fates: Closing['fates']): string {
  const words = { done: 'done', dropped: 'not needed any more', stays: 'still to be done' } as const
  return (Object.keys(words) as (keyof typeof words)[])
    .map(fate => ({ fate, count: [...fates.values()].filter(one => one === fate).length }))
    .filter(({ count }) => count > 0)
    .map(({ fate, count }) => `${count} ${words[fate]}`)
    .join(', ')
}
