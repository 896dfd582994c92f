import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { Answer, Filled, TypedFields } from '../answer.ts'

/** What one save changed, by question: null where it emptied the question. */
export type Changes = Readonly<Record<string, Change | null>>
type Change = { readonly answer?: Answer; readonly typed?: TypedFields }

/** The changes that make these questions what they are in `filled`. */
export function changesOf(codes: readonly string[], filled: Filled): Changes {
  return Object.fromEntries(
    codes.map(code => {
      const answer = filled.answers[code]
      const typed = filled.typed[code]
      if (answer === undefined && typed === undefined) return [code, null]
      return [code, { ...(answer === undefined ? {} : { answer }), ...(typed === undefined ? {} : { typed }) }]
    }),
  )
}

/** What is filled in after these changes, in this order. */
export function foldChanges(all: Iterable<Changes>): Filled {
  const answers: Record<string, Answer> = {}
  const typed: Record<string, TypedFields> = {}
  for (const changes of all) {
    for (const [code, change] of Object.entries(changes)) {
      delete answers[code]
      delete typed[code]
      if (change?.answer !== undefined) answers[code] = change.answer
      if (change?.typed !== undefined) typed[code] = change.typed
    }
  }
  return { answers, typed }
}

export type SectionSave = { readonly revision: number; readonly userId: string; readonly changes: Changes }

/** Every save of a section, first to last; words set aside are none. */
export async function savesOfSection(tx: Tx, answerSetId: string, section: string): Promise<SectionSave[]> {
  const { rows } = await sql<SectionSave>`
    select revision, user_id as "userId", changes from answer_versions
    where answer_set_id = ${answerSetId} and section = ${section} and kind <> 'set-aside' order by revision`.execute(tx)
  return rows
}
