import { renderToString } from 'preact-render-to-string'
import { v7 as uuid } from 'uuid'
import { type Actor, asActor } from '../platform/actor.ts'
import type { Database } from '../platform/db/database.ts'
import type { Surroundings } from './answer.ts'
import { codesOf, findAnswerSet } from './answer-sets/answer-sets.queries.ts'
import { saveSections } from './answer-sets/save-sections.ts'
import { startAnswers } from './answer-sets/start-answers.ts'
import { formOf } from './definition/check.ts'
import type { Form } from './definition/form.ts'
import { fieldsToShow, onlyThese, readPosted } from './fill.ts'
import { FormPage } from './render/form-page.tsx'
import { benchmarkDefinition } from './testing/benchmark-definition.ts'
import { validate } from './validate.ts'
import { workOut } from './work-out.ts'

/** What a benchmark found: milliseconds each, over so many runs. */
export type Measured = { bench: string; runs: number; p50: number; p95: number; mean: number }

const around: Surroundings = { now: new Date('2026-11-19T09:12:00Z'), lists: {}, people: [], agencies: [], users: [], received: {} }

/** The form of sixty questions, filled in. */
export function filledBenchmark(form: Form, version = 0) {
  const answers: Record<string, string | number | boolean | string[] | { name: string }> = {}
  for (let part = 0; part < 6; part++) {
    Object.assign(answers, {
      [`name_${part}`]: 'Jago Penrose',
      [`when_${part}`]: '2026-11-18',
      [`seen_${part}`]: part % 2 === 0,
      [`why_not_${part}`]: 'He was at school when I called.',
      [`level_${part}`]: 'some',
      [`notes_${part}`]: `The home was warm. ${'There was food in the cupboard and he spoke freely. '.repeat(10)}${version}`,
      [`worries_${part}`]: ['food', 'rent'],
      [`days_${part}`]: 12,
      [`carer_${part}`]: { name: 'Sarah Penrose' },
      [`own_words_${part}`]: 'I like it here now.',
    })
  }
  return { filled: { answers, typed: {} }, codes: [...form.questions.keys()] }
}

/** Server time of a page: conditions, validation and HTML, from answers to text. No database. */
export function benchRender(runs = 2_000): Measured {
  const form = formOf(benchmarkDefinition)
  const { filled } = filledBenchmark(form)
  const page = form.definition.pages[0]!
  const sections = new Map(page.sections.map(section => [section.code, { may: 'edit', revision: 1 } as const]))
  const render = () => {
    const workedOut = workOut(form, filled.answers, around)
    const errors = validate(form, filled, around, 'draft', workedOut)
    return renderToString(
      FormPage({
        form,
        page,
        filled,
        workedOut,
        errors,
        around,
        sections,
        post: { action: '/x', csrf: 'x', once: '' },
        autosave: '/x',
        isLast: true,
      }),
    )
  }
  for (let i = 0; i < 300; i++) render()
  return measure('form-render-60-questions', runs, render)
}

/** Server time of reading a posted page of sixty questions into answers and checking them. No database. */
export function benchRead(runs = 2_000): Measured {
  const form = formOf(benchmarkDefinition)
  const { filled, codes } = filledBenchmark(form)
  const fields = fieldsToShow(form, codes, filled, {}, around)
  const read = () => {
    const posted = readPosted(form, codes, fields, around, { answers: {}, typed: {} })
    return validate(form, posted, around, 'complete')
  }
  for (let i = 0; i < 300; i++) read()
  return measure('form-read-and-check-60-questions', runs, read)
}

/** A whole save of all sixty questions in six sections, every one changed: transaction, locks, versions, audit, commit. */
export async function benchSave(database: Database, actor: Actor, caseId: string, runs = 300): Promise<Measured> {
  const form = formOf(benchmarkDefinition)
  const started = await asActor(database, actor, 'write', tx =>
    startAnswers(tx, actor, around.now, { caseId, formCode: benchmarkDefinition.code }),
  )
  if (!started.ok) throw new Error(started.error)
  const sections = form.definition.pages[0]!.sections.map(section => section.code)
  const times: number[] = []
  for (let run = 0; run < runs + 50; run++) {
    const { filled } = filledBenchmark(form, run)
    const begun = performance.now()
    await asActor(database, actor, 'write', async tx => {
      const set = await findAnswerSet(tx, actor, caseId, started.value)
      const toSave = sections.map(section => {
        const codes = codesOf(form, section)
        return { section, codes, base: { revision: set!.sections.get(section)!.revision }, filled: onlyThese(filled, codes) }
      })
      await saveSections(tx, actor, around.now, { caseId, answerSetId: started.value, kind: 'saved', sections: toSave })
    })
    if (run >= 50) times.push(performance.now() - begun)
  }
  return summary('form-save-60-questions-6-sections', times)
}

/** The commonest save: one question changed in one section, as autosave sends it. */
export async function benchAutosave(database: Database, actor: Actor, caseId: string, runs = 300): Promise<Measured> {
  const form = formOf(benchmarkDefinition)
  const started = await asActor(database, actor, 'write', tx =>
    startAnswers(tx, actor, around.now, { caseId, formCode: benchmarkDefinition.code }),
  )
  if (!started.ok) throw new Error(started.error)
  const codes = codesOf(form, 'part-1')
  const { filled } = filledBenchmark(form)
  const times: number[] = []
  for (let run = 0; run < runs + 50; run++) {
    const begun = performance.now()
    await asActor(database, actor, 'write', async tx => {
      const set = await findAnswerSet(tx, actor, caseId, started.value)
      const base = { revision: set!.sections.get('part-1')!.revision }
      const mine = { answers: { ...onlyThese(filled, codes).answers, notes_0: uuid() }, typed: {} }
      const toSave = [{ section: 'part-1', codes, base, filled: mine }]
      await saveSections(tx, actor, around.now, { caseId, answerSetId: started.value, kind: 'autosaved', sections: toSave })
    })
    if (run >= 50) times.push(performance.now() - begun)
  }
  return summary('form-autosave-1-question', times)
}

function measure(bench: string, runs: number, work: () => unknown): Measured {
  const times: number[] = []
  for (let run = 0; run < runs; run++) {
    const begun = performance.now()
    work()
    times.push(performance.now() - begun)
  }
  return summary(bench, times)
}

function summary(bench: string, times: number[]): Measured {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => Number(sorted[Math.floor(sorted.length * share)]!.toFixed(3))
  return {
    bench,
    runs: times.length,
    p50: at(0.5),
    p95: at(0.95),
    mean: Number((times.reduce((sum, time) => sum + time, 0) / times.length).toFixed(3)),
  }
}
