import { holdCase } from '../../access/index.ts'
import type { Visit } from '../../platform/web/routes.ts'
import type { FileAnswer, Filled } from '../answer.ts'
import { type SaveKind, saveHeldSection } from '../answer-sets/save-section.ts'
import type { Page } from '../definition/shape.ts'
import { readPosted } from '../fill.ts'
import type { FormError } from '../validate.ts'
import type { FormsHost } from './host.ts'
import type { OpenForm } from './open-form.ts'

export type PostedSaved =
  | {
      ok: true
      filled: Filled
      revisions: Readonly<Record<string, number>>
      changed: boolean
      asides: readonly string[]
      fileErrors: readonly FormError[]
    }
  /** The form was completed meanwhile: nothing is saved, and here is what was typed. */
  | { ok: false; filled: Filled }

/** Saves what was posted of a page, section by section. Sections that the actor may only read are left alone whatever was posted. */
export async function savePosted(visit: Visit, host: FormsHost, opened: OpenForm, page: Page, kind: SaveKind): Promise<PostedSaved> {
  const { set } = opened
  const asked = new Set(visit.fields.text('_asked').split(' '))
  const sections = page.sections.filter(section => set.sections.get(section.code)?.mayEdit)
  const codes = sections.flatMap(section => section.questions.map(question => question.code)).filter(code => asked.has(code))
  const { received, errors } = await receiveFiles(visit, host, opened, page, codes)
  const filled = readPosted(set.form, codes, visit.fields, { ...opened.around, received }, opened.filled)
  await holdCase(visit.tx, set.caseId)
  const revisions: Record<string, number> = {}
  const asides: string[] = []
  let changed = false
  // Always in one order, as completing locks them: two savers of several sections never wait for each other in a circle.
  for (const { code, questions } of [...sections].sort((a, b) => (a.code < b.code ? -1 : 1))) {
    const mine = questions.map(question => question.code).filter(question => asked.has(question))
    if (mine.length === 0) continue
    const base = baseOf(visit, code) ?? set.sections.get(code)!.revision
    const saved = await saveHeldSection(visit.tx, visit.actor, visit.clock.now(), {
      answerSetId: set.id,
      section: code,
      codes: questions.map(question => question.code),
      base,
      filled,
      kind,
    })
    if (!saved.ok) return { ok: false, filled }
    revisions[code] = saved.revision
    changed ||= saved.changed
    if (saved.asideId !== undefined) asides.push(saved.asideId)
  }
  return { ok: true, filled, revisions, changed, asides, fileErrors: errors }
}

function baseOf({ fields }: Visit, section: string): number | undefined {
  const base = fields.text(`_base-${section}`)
  return /^\d{1,9}$/.test(base) ? Number(base) : undefined
}

async function receiveFiles(visit: Visit, host: FormsHost, { set, theCase }: OpenForm, page: Page, codes: readonly string[]) {
  const received: Record<string, FileAnswer[]> = {}
  const errors: FormError[] = []
  for (const upload of visit.uploads) {
    const placed = set.form.questions.get(upload.field)
    if (placed?.question.type !== 'file' || !codes.includes(upload.field)) continue
    const kept = await host.keepFile(visit, theCase, upload)
    if (kept.ok) received[upload.field] = [...(received[upload.field] ?? []), kept.file]
    else errors.push({ code: upload.field, field: upload.field, message: kept.message, section: placed.section.code, page: page.code })
  }
  return { received, errors }
}
