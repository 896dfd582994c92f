import { sql } from 'kysely'
import type { VNode } from 'preact'
import { listsForRowOfItem } from '../access/index.ts'
import {
  type Answers,
  changedCodes,
  type Filled,
  type Form,
  type FormError,
  FormFacts,
  mergeSection,
  nothingFilled,
  type Page,
  type Question,
  type Section,
  type Typed,
  workOut,
} from '../forms/index.ts'
import type { Actor } from '../platform/actor.ts'
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
  /** Sections in which something else is kept than the page shows: whoever saves again from it does so from what it was made of. */
  behind: ReadonlySet<string>
}

/**
 * Puts what was posted on top of what stands (M1b). What only the writer has changed since their page was made, which then was kept while they typed,
 * goes into what it has become. Holds the item from here until the transaction ends: of two who save at once, the second sees what
 * the first wrote.
 */
export async function putOnTop(
  tx: Tx,
  actor: Actor,
  which: Which,
  { page, sections, fields }: { page: Page; sections: readonly Section[]; fields: Fields },
  read: (before: Saved) => Filled,
): Promise<Put> {
  await listsForRowOfItem(tx, which.itemId, { audience: 'own' })
  const before = await savedAnswers(tx, which)
  const mine = read(before)
  let filled = mine
  const clashes: FormError[] = []
  const behind = new Set<string>()
  for (const section of sections) {
    const base = Number(fields.text(`_base-${section.code}`)) || 0
    if (base === (before.revisions.get(section.code) ?? 0)) continue
    const codes = section.questions.map(one => one.code)
    const { was, byOthers } = await since(tx, actor, which, { section: section.code, codes, base })
    const goOn = section.questions.filter(one => !byOthers.has(one.code) && holds(one, mine, before)).map(one => one.code)
    const { merged, clashes: both } = mergeSection(codes, was, before, mine, new Set(goOn))
    if (changedCodes(codes, mine, merged).length > 0) behind.add(section.code)
    const settled = codes.filter(code => !both.includes(code))
    filled = { answers: exchange(filled.answers, merged.answers, settled), typed: exchange(filled.typed, merged.typed, settled) }
    for (const code of both) {
      const name = section.questions.find(one => one.code === code)?.label ?? section.title
      const message = `${before.savedBy} changed “${name}” while you were writing. Yours has not been saved: put both together and save`
      clashes.push({ code, field: code, message, section: section.code, page: page.code })
    }
  }
  return { before, filled, clashes, behind }
}

type Which = { itemId: string; formCode: string; researchId?: string }

/** What a section was at a revision, and which of its answers somebody else has changed since. */
async function since(
  tx: Tx,
  actor: Actor,
  { itemId, formCode, researchId }: Which,
  { section, codes, base }: { section: string; codes: readonly string[]; base: number },
): Promise<{ was: Filled; byOthers: ReadonlySet<string> }> {
  const { rows } = await sql<{ revision: number; answers: Answers; typed: Typed; savedBy: string }>`
    select revision, answers, typed, saved_by as "savedBy" from meeting_answers
    where item_id = ${itemId} and form_code = ${formCode} and research_id is not distinct from ${researchId ?? null}::uuid
      and section = ${section} and revision >= ${base} order by revision`.execute(tx)
  const was = rows[0]?.revision === base ? rows[0] : nothingFilled
  const later = rows.filter(row => row.revision > base)
  const byOthers = later.flatMap((row, place) => (row.savedBy === actor.userId ? [] : changedCodes(codes, later[place - 1] ?? was, row)))
  return { was, byOthers: new Set(byOthers) }
}

/** Whether nothing goes by it: an answer that is chosen takes the place of the one before, words go on from those before. */
function holds({ code, type }: Question, { answers: now }: Filled, { answers: before }: Filled): boolean {
  if (type !== 'text' && type !== 'long-text') return true
  return String(now[code] ?? '').includes(String(before[code] ?? ''))
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
