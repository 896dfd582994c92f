import { sql } from 'kysely'
import type { VNode } from 'preact'
import type { SectionOfForm } from '../access/index.ts'
import { type Closing, planToSign } from '../cases/index.ts'
import { type FormsHost, formToSign } from '../forms/index.ts'
import { paths } from '../paths.ts'
import type { Tx } from '../platform/db/database.ts'
import { isId } from '../platform/id.ts'
import { formatDate } from '../platform/plain-date.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Facts, InsetText, Words } from '../ui/index.ts'
import type { Approval } from './approval.ts'
import { closingOf } from './closure.ts'

/** What there is of a plan to send: its id, and the version that it is at. */
export async function planNow(tx: Tx, caseId: string): Promise<{ id: string; version: number } | undefined> {
  const { rows } = await sql<{ id: string; version: number }>`select id, version from plans where case_id = ${caseId}`.execute(tx)
  return rows[0]
}

type CompletedForm = { title: string; part: string; sections: readonly SectionOfForm[]; withheldFurther: number[] }

/**
 * A form that can be sent: completed, not signed off yet, and seen whole by whoever sends it, since what they say of it is said of every section.
 * With those from whom a section is withheld, who cannot sign the whole.
 */
export async function completedFormOf(tx: Tx, caseId: string, answerSetId: string): Promise<CompletedForm | undefined> {
  if (!isId(answerSetId)) return undefined
  const { rows } = await sql<Omit<CompletedForm, 'sections'> & { ofForm: string[]; seen: string[] }>`
    select d.title, a.part, array(select unnest(s.withheld) from answer_sections s where s.answer_set_id = a.id) as "withheldFurther",
      array(select s ->> 'code' from jsonb_path_query(d.definition, '$.pages[*].sections[*]') s) as "ofForm",
      array(select s.section from answer_sections s where s.answer_set_id = a.id) as seen
    from answer_sets a join form_definitions d on d.code = a.form_code and d.version = a.form_version
    where a.id = ${answerSetId} and a.case_id = ${caseId} and a.state = 'completed'`.execute(tx)
  const [form] = rows
  if (!form) return undefined
  const { ofForm, seen, ...rest } = form
  if (!ofForm.every(section => seen.includes(section))) return undefined
  return { ...rest, sections: ofForm.map(section => ({ answerSetId, section })) }
}

/** What was sent, as whoever decides reads it, and by which it is known again when they have decided. */
export type ToRead = { words: VNode; seen: string }

/** The form or the plan as it is now, or the closure as it was written. Undefined where it is not there for the reader. */
export async function subjectToRead(visit: Visit, forms: FormsHost, approval: Approval): Promise<ToRead | undefined> {
  const { what, caseId, subjectId, subjectVersion } = approval
  if (what === 'closure') return { words: <Closure closing={closingOf(approval)} />, seen: '' }
  if (what === 'form') {
    const form = await formToSign(visit, forms, caseId, subjectId)
    return form && { words: form.answers, seen: form.seen }
  }
  const { words, version } = await planToSign(visit, approval)
  const changed = subjectVersion !== null && version !== subjectVersion
  return {
    words: (
      <>
        {changed ? <ChangedSince approval={approval} version={subjectVersion} /> : null}
        {words}
      </>
    ),
    seen: String(version),
  }
}

function ChangedSince({ approval: { caseId }, version }: { approval: Approval; version: number }): VNode {
  return (
    <InsetText>
      It has been changed since it was sent. This is the plan as it is now; read it{' '}
      <a class="govuk-link" href={paths.plan.version(caseId, version)}>
        as it was sent
      </a>
      .
    </InsetText>
  )
}

/** Where what was decided on can be read. A closure is read where it was decided. */
export function whereToRead({ what, caseId, subjectId }: Approval): string | null {
  if (what === 'closure') return null
  return what === 'form' ? paths.forms.show(caseId, subjectId) : paths.plan.show(caseId)
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
