import { cleanFileName } from '../../documents/index.ts'
import type { Upload } from '../../platform/web/receive.ts'
import type { Visit } from '../../platform/web/routes.ts'
import type { FileAnswer, Filled } from '../answer.ts'
import { baseInWords, parseBase } from '../answer-sets/base.ts'
import { type SaveKind, saveSections } from '../answer-sets/save-sections.ts'
import type { Page } from '../definition/shape.ts'
import { readPosted } from '../fill.ts'
import type { FormError } from '../validate.ts'
import type { FormsHost } from './host.ts'
import type { OpenForm } from './open-form.ts'

export type PostedSaved =
  | {
      ok: true
      filled: Filled
      /** By section, what the page is based on from now, as it carries it. */
      bases: Readonly<Record<string, string>>
      /** Whether the page shows some answers as they were before they were changed elsewhere. */
      isBehind: boolean
      changed: boolean
      asides: readonly string[]
      fileErrors: readonly FormError[]
    }
  /** Completed meanwhile, or gone from this writer's sight: nothing is saved, and here is what was typed. */
  | { ok: false; error: 'not-open' | 'not-there'; filled: Filled }

/**
 * Saves what was posted of a page, section by section. Sections that the actor may only read are left alone whatever was posted. Of a page
 * that is posted again (a second click, "back") the words are saved as they are now, and a file that came the first time is not added twice.
 */
export async function savePosted(
  visit: Visit,
  host: FormsHost,
  opened: OpenForm,
  page: Page,
  kind: SaveKind,
  isRepeated = false,
): Promise<PostedSaved> {
  const { set } = opened
  const asked = new Set(visit.fields.text('_asked').split(' '))
  const sections = page.sections.filter(section => set.sections.get(section.code)?.mayEdit)
  const codes = sections.flatMap(section => section.questions.map(question => question.code)).filter(code => asked.has(code))
  const { received, errors } = await receiveFiles(visit, host, opened, page, codes, isRepeated)
  const filled = readPosted(set.form, codes, visit.fields, { ...opened.around, received }, opened.filled)
  const toSave = sections.flatMap(({ code, questions }) => {
    const all = questions.map(question => question.code)
    if (!all.some(question => asked.has(question))) return []
    return [
      {
        section: code,
        codes: all,
        base: parseBase(visit.fields.text(`_base-${code}`)) ?? { revision: set.sections.get(code)!.revision },
        filled,
      },
    ]
  })
  if (toSave.length === 0) return { ok: true, filled, bases: {}, isBehind: false, changed: false, asides: [], fileErrors: errors }
  const saved = await saveSections(visit.tx, visit.actor, visit.clock.now(), {
    caseId: set.caseId,
    answerSetId: set.id,
    kind,
    sections: toSave,
  })
  if (!saved.ok) return { ok: false, error: saved.error, filled }
  const outcomes = [...saved.sections]
  return {
    ok: true,
    filled,
    bases: Object.fromEntries(outcomes.map(([section, { base }]) => [section, baseInWords(base)])),
    isBehind: outcomes.some(([, { base }]) => base.older !== undefined && base.older.size > 0),
    changed: outcomes.some(([, { changed }]) => changed),
    asides: outcomes.flatMap(([, { asideId }]) => (asideId === undefined ? [] : [asideId])),
    fileErrors: errors,
  }
}

async function receiveFiles(
  visit: Visit,
  host: FormsHost,
  { set, theCase, filled }: OpenForm,
  page: Page,
  codes: readonly string[],
  isRepeated: boolean,
) {
  const received: Record<string, FileAnswer[]> = {}
  const errors: FormError[] = []
  for (const upload of visit.uploads) {
    const placed = set.form.questions.get(upload.field)
    if (placed?.question.type !== 'file' || !codes.includes(upload.field)) continue
    const there = isRepeated ? fileThere(filled, upload) : undefined
    if (there !== undefined) {
      received[upload.field] = [...(received[upload.field] ?? []), there]
      continue
    }
    const kept = await host.keepFile(visit, theCase, upload, { answerSetId: set.id, section: placed.section.code })
    if (kept.ok) received[upload.field] = [...(received[upload.field] ?? []), kept.file]
    else errors.push({ code: upload.field, field: upload.field, message: kept.message, section: placed.section.code, page: page.code })
  }
  return { received, errors }
}

function fileThere({ answers }: Filled, { field, name, bytes }: Upload): FileAnswer | undefined {
  return (answers[field] as readonly FileAnswer[] | undefined)?.find(one => one.name === cleanFileName(name) && one.bytes === bytes)
}
