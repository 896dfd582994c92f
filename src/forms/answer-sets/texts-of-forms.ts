import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { writeTexts } from '../../texts/index.ts'
import type { Answers, Surroundings } from '../answer.ts'
import { formByFingerprint } from '../definition/definitions.queries.ts'
import type { Form } from '../definition/form.ts'
import type { Question } from '../definition/shape.ts'
import { typeOf } from '../question-types/index.ts'

/**
 * Makes answers that were just saved findable by their words, section by section, since a section can be withheld by itself. Of a completed
 * form what completing kept, else what stands in the draft.
 */
export async function writeFormTexts(tx: Tx, answerSetId: string, sections: readonly string[]): Promise<void> {
  const rows = await savedSections(tx, [answerSetId], sections)
  const texts: { section: string; heading: string; words: string }[] = []
  for (const row of rows) {
    const form = await formByFingerprint(tx, row.code, row.version, row.fingerprint)
    texts.push({ section: row.section, heading: headingOf(form, row.section), words: wordsOf(form, row.section, row.answers) })
  }
  if (texts.length === 0) return
  const each = (which: 'section' | 'heading' | 'words') => sql`${texts.map(text => text[which])}::text[]`
  await writeTexts(
    tx,
    'form',
    {
      id: sql`s.answer_set_id`,
      place: sql`s.section`,
      caseId: sql`s.case_id`,
      personId: sql`a.person_id`,
      part: sql`s.part`,
      section: { answerSetId: sql`s.answer_set_id`, section: sql`s.section` },
      kind: sql`a.form_code`,
      heading: sql`w.heading`,
      words: sql`w.words`,
      authorId: sql`s.saved_by`,
      at: sql`s.saved_at`,
      recordedAt: sql`s.saved_at`,
      lists: 's',
    },
    sql`unnest(${each('section')}, ${each('heading')}, ${each('words')}) as w (section, heading, words)
      join answer_sections s on s.answer_set_id = ${answerSetId} and s.section = w.section join answer_sets a on a.id = s.answer_set_id`,
  )
}

/** A section of a form that was found by its words, as `texts` names it: `sourceId` and `place`. */
export type SectionFound = { readonly answerSetId: string; readonly section: string }

/** A question and what it was answered with, in words. */
export type Answered = { readonly question: string; readonly words: string }

/** Of sections that were found, what each question was answered with, in order: joined by line breaks they are the words that were found. */
export async function answersFoundIn(tx: Tx, found: readonly SectionFound[]): Promise<(of: SectionFound) => readonly Answered[]> {
  if (found.length === 0) return () => []
  const each = (which: keyof SectionFound) => [...new Set(found.map(one => one[which]))]
  const key = ({ answerSetId, section }: SectionFound) => `${answerSetId} ${section}`
  const answers = new Map<string, Answered[]>()
  for (const row of await savedSections(tx, each('answerSetId'), each('section')))
    answers.set(key(row), answered(await formByFingerprint(tx, row.code, row.version, row.fingerprint), row.section, row.answers))
  return of => answers.get(key(of)) ?? []
}

type Row = SectionFound & { code: string; version: number; fingerprint: string; answers: Answers }

async function savedSections(tx: Tx, answerSetIds: readonly string[], sections: readonly string[]): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select s.answer_set_id as "answerSetId", s.section, a.form_code as code, a.form_version as version, f.fingerprint,
      case when a.state in ('completed', 'signed-off') then coalesce(s.completed, s.answers) else s.answers end as answers
    from answer_sections s join answer_sets a on a.id = s.answer_set_id join form_definitions f on f.code = a.form_code and f.version = a.form_version
    where s.answer_set_id = any (${[...answerSetIds]}::uuid[]) and s.section = any (${[...sections]}::text[]) and s.saved_at is not null`.execute(
    tx,
  )
  return rows
}

function headingOf({ definition }: Form, section: string): string {
  const found = definition.pages.flatMap(page => page.sections).find(one => one.code === section)
  return found ? `${definition.title}: ${found.title}` : definition.title
}

/** The answers of a section as they are read, a line each, without the questions: everybody's form holds those. */
const wordsOf = (form: Form, section: string, answers: Answers): string =>
  answered(form, section, answers)
    .map(({ words }) => words)
    .join('\n')

function answered({ definition }: Form, section: string, answers: Answers): Answered[] {
  const questions = definition.pages.flatMap(page => page.sections.filter(one => one.code === section)).flatMap(one => one.questions)
  return questions
    .filter(question => !wordless.has(question.type) && answers[question.code] !== undefined)
    .map(question => ({
      question: question.label,
      words: typeOf(question).show(question, answers[question.code]!, nothingAround).join('\n'),
    }))
    .filter(({ words }) => words !== '')
}

/** Files are found as documents; a score or a yes is no word of anybody's. */
const wordless: ReadonlySet<Question['type']> = new Set(['file', 'score', 'calculated', 'yes-no'] as const)

// Names of people, agencies and users stand in the answer itself; an option of a shared list is found by its code.
const nothingAround: Surroundings = { now: new Date(0), lists: {}, people: [], agencies: [], users: [], received: {} }
