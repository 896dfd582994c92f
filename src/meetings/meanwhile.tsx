import { sql } from 'kysely'
import type { VNode } from 'preact'
import { listsForRowOfItem } from '../access/index.ts'
import {
  type Answers,
  type Filled,
  type Form,
  type FormError,
  FormFacts,
  mergeSection,
  nothingFilled,
  type Page,
  type Section,
  type Typed,
  workOut,
} from '../forms/index.ts'
import { formatInstant } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import type { Fields } from '../platform/web/fields.ts'
import { InsetText } from '../ui/index.ts'
import { type Saved, savedAnswers, surroundings } from './answers.ts'

/** What was posted of a form that several fill in, beside what the others saved since its page was opened. */
export type Put = {
  /** What stands in the database. */
  before: Saved
  /** To be saved: of what only one changed, that one's answer. */
  filled: Filled
  /** What both changed: nothing is saved, and whoever was later is shown both. */
  clashes: FormError[]
}

/**
 * Puts what was posted on top of what stands (M1b). Holds the item from here until the transaction ends: of two who save at once, the second sees what
 * the first wrote.
 */
export async function putOnTop(
  tx: Tx,
  which: { itemId: string; formCode: string; researchId?: string },
  { page, sections, fields }: { page: Page; sections: readonly Section[]; fields: Fields },
  read: (before: Saved) => Filled,
): Promise<Put> {
  await listsForRowOfItem(tx, which.itemId, { audience: 'own' })
  const before = await savedAnswers(tx, which)
  const mine = read(before)
  let filled = mine
  const clashes: FormError[] = []
  for (const section of sections) {
    const base = Number(fields.text(`_base-${section.code}`)) || 0
    if (base === (before.revisions.get(section.code) ?? 0)) continue
    const codes = section.questions.map(one => one.code)
    const { merged, clashes: both } = mergeSection(codes, await revisionOf(tx, which, section.code, base), before, mine)
    const settled = codes.filter(code => !both.includes(code))
    filled = { answers: exchange(filled.answers, merged.answers, settled), typed: exchange(filled.typed, merged.typed, settled) }
    for (const code of both) {
      const name = section.questions.find(one => one.code === code)?.label ?? section.title
      const message = `${before.savedBy} changed “${name}” while you were writing. Yours has not been saved: put both together and save`
      clashes.push({ code, field: code, message, section: section.code, page: page.code })
    }
  }
  return { before, filled, clashes }
}

async function revisionOf(
  tx: Tx,
  { itemId, formCode, researchId }: { itemId: string; formCode: string; researchId?: string },
  section: string,
  revision: number,
): Promise<Filled> {
  const { rows } = await sql<{ answers: Answers; typed: Typed }>`
    select answers, typed from meeting_answers where item_id = ${itemId} and form_code = ${formCode} and research_id is not distinct from ${researchId ?? null}::uuid
      and section = ${section} and revision = ${revision}`.execute(tx)
  return rows[0] ?? nothingFilled
}

/** These codes as they are in the other, and absent where they are absent there. */
function exchange<T>(all: Readonly<Record<string, T>>, other: Readonly<Record<string, T>>, codes: readonly string[]): Record<string, T> {
  const kept = Object.entries(all).filter(([code]) => !codes.includes(code))
  return Object.fromEntries([...kept, ...Object.entries(other).filter(([code]) => codes.includes(code))])
}

/** What stands now, beside what was typed: nothing of either is lost. */
export function StandsNow({ form, saved, clashes, now }: { form: Form; saved: Saved; clashes: readonly FormError[]; now: Date }): VNode {
  const around = surroundings(now)
  return InsetText({
    text: (
      <>
        <p class="govuk-body">
          <strong>As it stands now</strong>
          <span class="ly-second">
            {saved.savedBy}
            {saved.savedAt ? `, ${formatInstant(saved.savedAt)}` : ''}
          </span>
        </p>
        <FormFacts
          form={form}
          filled={saved}
          workedOut={workOut(form, saved.answers, around)}
          around={around}
          sections={new Set(clashes.map(one => one.section))}
        />
      </>
    ),
  })
}
