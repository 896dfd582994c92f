import { sql } from 'kysely'
import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import { formatName } from '../../people/index.ts'
import type { Actor } from '../../platform/actor.ts'
import { formatTime, londonDate, londonTime } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { formatDate, type PlainDate } from '../../platform/plain-date.ts'
import { relativeDay, SidePanel } from '../../ui/index.ts'

/** Something that somebody has begun to write and not finished: a form of a case, a note, a correction of a note, a letter. */
export type Draft = {
  title: string
  caseId: string
  id: string
  kind: 'form' | 'note' | 'correction' | 'letter'
  given: string | null
  family: string | null
  savedAt: Date
}

const mostDrafts = 12

/** What the actor has begun and may still see, the latest first. One more than are shown, so that it can be said that there are more. */
export async function draftsOf(tx: Tx, actor: Actor): Promise<Draft[]> {
  const { rows } = await sql<Draft>`
    select d.title, d.case_id as "caseId", d.id, d.kind, p.given_name as given, p.family_name as family, d.saved_at as "savedAt"
    from (
      select f.title, a.case_id, a.id, 'form' as kind, a.person_id,
        coalesce((select max(s.saved_at) from answer_sections s where s.answer_set_id = a.id), a.started_at) as saved_at
      from answer_sets a join form_definitions f on f.code = a.form_code and f.version = a.form_version
      where a.started_by = ${actor.userId} and a.state in ('draft', 'reopened')
      union all
      select case when n.about = n.case_id then 'Note' else 'Correction of a note' end, n.case_id, n.about, case when n.about = n.case_id then 'note' else 'correction' end,
        c.person_id, n.saved_at
      from note_drafts n join cases c on c.id = n.case_id
      where n.owner = ${actor.principal}
      union all
      select l.title, l.case_id, l.id, 'letter', c.person_id, l.saved_at from letter_drafts l join cases c on c.id = l.case_id
      where l.owner = ${actor.principal}
    ) d join people p on p.id = d.person_id
    order by d.saved_at desc limit ${mostDrafts + 1}`.execute(tx)
  return rows
}

function hrefOf({ kind, caseId, id }: Draft): string {
  if (kind === 'form') return paths.forms.show(caseId, id)
  if (kind === 'letter') return paths.letters.draft(caseId, id)
  return kind === 'note' ? paths.notes.add(caseId) : paths.notes.correct(caseId, id)
}

/** Today's by the clock, earlier ones by the day. */
export function savedInWords(savedAt: Date, today: PlainDate): string {
  const day = londonDate(savedAt)
  if (day === today) return `saved ${formatTime(londonTime(savedAt))}`
  const words = relativeDay(day, today)
  return `saved ${words === 'yesterday' ? words : formatDate(day)}`
}

export function DraftsPanel({ drafts, today }: { drafts: readonly Draft[]; today: PlainDate }): VNode | null {
  if (drafts.length === 0) return null
  return (
    <SidePanel id="drafts" title="Drafts">
      <ul class="ly-list">
        {drafts.slice(0, mostDrafts).map(draft => (
          <li key={draft.id}>
            <a class="govuk-link" href={hrefOf(draft)}>
              {draft.title} · {formatName(draft)}
            </a>
            <span class="ly-second">{savedInWords(draft.savedAt, today)}</span>
          </li>
        ))}
      </ul>
      {drafts.length > mostDrafts ? <p class="govuk-body">And older ones, on their cases.</p> : null}
    </SidePanel>
  )
}
