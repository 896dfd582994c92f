import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { isId } from '../../platform/id.ts'
import type { Answers, Filled, Typed } from '../answer.ts'
import { formByFingerprint } from '../definition/definitions.queries.ts'
import type { Form } from '../definition/form.ts'
import { together } from '../fill.ts'
import type { AnswerSetState } from './states.ts'

/** An answer set as its reader may see it: sections withheld from them are not there. */
export interface AnswerSet {
  readonly id: string
  readonly caseId: string
  readonly personId: string
  readonly form: Form
  readonly state: AnswerSetState
  readonly startedBy: string
  readonly startedById: string
  readonly startedAt: Date
  readonly completedBy: string | null
  readonly completedById: string | null
  /** Everybody who wrote an answer of it that the reader may see, whatever became of that answer. */
  readonly authorIds: readonly string[]
  readonly completedAt: Date | null
  readonly signedOffBy: string | null
  readonly signedOffAt: Date | null
  /** Whether this reader may change it at all; each section says so for itself. */
  readonly mayEdit: boolean
  readonly sections: ReadonlyMap<string, StoredSection>
}

export interface StoredSection {
  readonly section: string
  readonly revision: number
  readonly filled: Filled
  /** What completing kept; null until then. */
  readonly completed: Answers | null
  readonly mayEdit: boolean
  readonly savedBy: string | null
  readonly savedAt: Date | null
}

/** An answer set with its sections, or undefined when it is not there for this reader. One round trip once the form is known. */
export async function findAnswerSet(tx: Tx, actor: Actor, caseId: string, id: string): Promise<AnswerSet | undefined> {
  if (!isId(caseId) || !isId(id)) return undefined
  const { rows } = await sql<SetRow>`
    select a.id, a.case_id as "caseId", a.person_id as "personId", a.state, a.form_code as "formCode", a.form_version as "formVersion", d.fingerprint,
      a.started_at as "startedAt", a.completed_at as "completedAt", a.signed_off_at as "signedOffAt", a.started_by as "startedById", a.completed_by as "completedById",
      array(select distinct v.user_id from answer_versions v where v.answer_set_id = a.id and v.kind <> 'set-aside') as "authorIds",
      (select name from users where id = a.started_by) as "startedBy",
      (select name from users where id = a.completed_by) as "completedBy",
      (select name from users where id = a.signed_off_by) as "signedOffBy",
      a.editors && ${actor.writePrincipals}::int[] as "mayEdit",
      s.section, s.revision, s.answers, s.typed, s.completed, s.saved_at as "savedAt", u.name as "savedBy",
      s.editors && ${actor.writePrincipals}::int[] as "mayEditSection"
    from answer_sets a
      join form_definitions d on d.code = a.form_code and d.version = a.form_version
      left join answer_sections s on s.answer_set_id = a.id
      left join users u on u.id = s.saved_by
    where a.id = ${id} and a.case_id = ${caseId}`.execute(tx)
  const first = rows[0]
  if (first === undefined) return undefined
  const form = await formByFingerprint(tx, first.formCode, first.formVersion, first.fingerprint)
  const sections = rows.flatMap(row => (row.section === null ? [] : [[row.section, sectionOf(row)] as const]))
  return {
    id: first.id,
    caseId: first.caseId,
    personId: first.personId,
    form,
    state: first.state,
    startedBy: first.startedBy,
    startedById: first.startedById,
    startedAt: first.startedAt,
    completedBy: first.completedBy,
    completedById: first.completedById,
    authorIds: first.authorIds,
    completedAt: first.completedAt,
    signedOffBy: first.signedOffBy,
    signedOffAt: first.signedOffAt,
    mayEdit: first.mayEdit,
    sections: new Map(sections),
  }
}

export type AnswerSetListed = {
  id: string
  formCode: string
  title: string
  state: AnswerSetState
  startedAt: Date
  startedBy: string
  savedAt: Date | null
  completedAt: Date | null
  signedOffAt: Date | null
}

/** The forms of a case, newest first. */
export async function answerSetsOf(tx: Tx, caseId: string): Promise<AnswerSetListed[]> {
  const { rows } = await sql<AnswerSetListed>`
    select a.id, a.form_code as "formCode", d.title, a.state, a.started_at as "startedAt", u.name as "startedBy",
      (select max(saved_at) from answer_sections s where s.answer_set_id = a.id) as "savedAt", a.completed_at as "completedAt", a.signed_off_at as "signedOffAt"
    from answer_sets a
      join form_definitions d on d.code = a.form_code and d.version = a.form_version
      join users u on u.id = a.started_by
    where a.case_id = ${caseId}
    order by a.started_at desc, a.id`.execute(tx)
  return rows
}

/** All that is filled in, over the sections that the reader may see. */
export function filledOf(set: Pick<AnswerSet, 'sections'>): Filled {
  return together([...set.sections.values()].map(section => section.filled))
}

/** The codes of a section's questions. */
export function codesOf(form: Form, section: string): string[] {
  return [...form.questions].filter(([, placed]) => placed.section.code === section).map(([code]) => code)
}

type SetRow = {
  id: string
  caseId: string
  personId: string
  state: AnswerSetState
  formCode: string
  formVersion: number
  fingerprint: string
  startedAt: Date
  startedBy: string
  startedById: string
  completedAt: Date | null
  completedBy: string | null
  completedById: string | null
  authorIds: string[]
  signedOffAt: Date | null
  signedOffBy: string | null
  mayEdit: boolean
  section: string | null
  revision: number
  answers: Answers
  typed: Typed
  completed: Answers | null
  savedAt: Date | null
  savedBy: string | null
  mayEditSection: boolean
}

function sectionOf(row: SetRow): StoredSection {
  return {
    section: row.section!,
    revision: row.revision,
    filled: { answers: row.answers, typed: row.typed },
    completed: row.completed,
    mayEdit: row.mayEdit && row.mayEditSection,
    savedBy: row.savedBy,
    savedAt: row.savedAt,
  }
}
