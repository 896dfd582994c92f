import { sql } from 'kysely'
import { thingOfPart } from '../access/index.ts'
import { answerSetsOf, findAnswerSet } from '../forms/index.ts'
import type { Actor } from '../platform/actor.ts'
import { londonDate } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import { formatDate, type PlainDate } from '../platform/plain-date.ts'
import type { CasePartName, Thing } from './parts.ts'

/** Something that a case holds, as one line names it. */
export type Content = {
  part: CasePartName
  id: string
  words: string
  /** A section of a form apart: which form it is of, and what it is called in it. */
  section?: { form: string; title: string }
  /** For those named on it alone. */
  isRestricted?: boolean
}

/** What of a case the actor reads, thing by thing: asked as two people, it is what the one sees and the other does not. */
export async function contentsOf(tx: Tx, actor: Actor, caseId: string): Promise<Content[]> {
  const { rows } = await sql<{ part: CasePartName; id: string; on: PlainDate | null; title: string | null; named: boolean }>`
    select 'referral' as part, id, received_on as on, null as title, 1 as place, false as named from referrals where case_id = ${caseId}
    union all select 'consent', id, asked_on, null, 1, false from consents where case_id = ${caseId}
    union all select 'allocation', id, from_on, null, 2, false from allocations where case_id = ${caseId}
    union all select 'risk', id, rated_on, level, 3, false from risk_levels where case_id = ${caseId}
    union all select 'flags', id, raised_on, null, 4, false from case_flags where case_id = ${caseId}
    union all select 'plan', id, null, title, 6, false from plan_needs where case_id = ${caseId} and ended_at is null
    union all select 'notes', id, (happened_at at time zone 'Europe/London')::date, null, 7, named_readers is not null from case_notes where case_id = ${caseId}
    union all select 'appointments', id, (starts_at at time zone 'Europe/London')::date, null, 8, false from appointments where case_id = ${caseId}
    union all select 'documents', id, null, title, 9, false from documents where case_id = ${caseId} and withdrawn_at is null
    union all select 'groups', id, null, null, 10, false from group_bookings where case_id = ${caseId}
    union all select 'tasks', id, null, title, 11, false from tasks where case_id = ${caseId}
    union all select 'reviews', id, held_on, null, 12, false from reviews where case_id = ${caseId} and held_on is not null
    union all select 'closure', id, closed_on, null, 13, false from closures where case_id = ${caseId}
    union all select 'supervision', id, held_on, null, 14, false from supervisions where case_id = ${caseId}
    order by 5, 3 desc nulls last, 2`.execute(tx)
  const contents = rows.map(
    ({ part, id, on, title, named }): Content => ({ part, id, words: title ?? (on ? formatDate(on) : ''), isRestricted: named }),
  )
  return [...contents, ...(await sectionsOf(tx, actor, caseId))]
}

/** Sections of forms that the actor reads, by name: one of them can be withheld. */
export async function sectionsOf(tx: Tx, actor: Actor, caseId: string): Promise<Content[]> {
  const contents: Content[] = []
  for (const { id } of await answerSetsOf(tx, caseId)) {
    const set = await findAnswerSet(tx, actor, caseId, id)
    if (!set) continue
    const { title, pages } = set.form.definition
    for (const section of pages.flatMap(page => page.sections))
      if (set.sections.has(section.code))
        contents.push({
          part: 'forms',
          id: `${id}/${section.code}`,
          words: `${title}: ${section.title}`,
          section: { form: title, title: section.title },
        })
  }
  return contents
}

/** Documents on file, and forms that were filled in, that the actor reads: what can be shared by itself. */
export async function thingsOf(tx: Tx, caseId: string): Promise<Thing[]> {
  const documents = await sql<{ id: string; title: string; on: PlainDate }>`
    select id, title, coalesce(dated_on, (added_at at time zone 'Europe/London')::date) as on from documents
    where case_id = ${caseId} and withdrawn_at is null order by added_at desc, id`.execute(tx)
  const forms = await answerSetsOf(tx, caseId)
  return [
    ...documents.rows.map(({ id, title, on }) => ({ named: thingOfPart('documents', id), words: `${title}, ${formatDate(on)}` })),
    ...forms.map(({ id, title, startedAt }) => ({
      named: thingOfPart('forms', id),
      words: `${title}, ${formatDate(londonDate(startedAt))}`,
    })),
  ]
}

/** The person's cases that the actor knows of, in the words of a list. */
export async function casesKnown(tx: Tx, personId: string): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; words: string }>`
    select c.id, s.name || ' ' || c.reference as words from cases c join service_areas s on s.code = c.service_area
    where c.person_id = ${personId} order by c.closed_on is not null, c.referred_on desc`.execute(tx)
  return new Map(rows.map(row => [row.id, row.words]))
}
