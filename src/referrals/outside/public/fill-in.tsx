import type { VNode } from 'preact'
import { asAnswered, type Filled, type FormError, FormPage, readPosted, type Surroundings, workOut } from '../../../forms/index.ts'
import { paths } from '../../../paths.ts'
import type { Files } from '../../../platform/files.ts'
import { upperFirst } from '../../../platform/first-letter.ts'
import { type Answer, json, redirect } from '../../../platform/web/answer.ts'
import { Button, Facts, Form, InsetText, Words } from '../../../ui/index.ts'
import type { StrangerVisit } from '../door.ts'
import { type Draft, findDraft, saveDraft, throwAway } from '../drafts.ts'
import { dropOtherFiles, keepOutsideFile } from '../files.ts'
import { complaintsOf, filesIn, pagesToFill, surroundings } from '../form.ts'
import { limits, mayTry } from '../limits.ts'
import { type OpenPage, openPage } from '../page.ts'
import { notOpenHere, openTooLong, outsidePage } from './frame.tsx'

export type FilesOutside = { files: Files; willBeScanned: boolean }
type Opened = { draft: Draft; page: OpenPage }

/** The draft that the address names, where this browser holds it and its page is still there. */
export async function openDraft(visit: StrangerVisit, lock = false): Promise<Opened | undefined> {
  const draft = await findDraft(visit.tx, visit.now, visit.holder, visit.params['draftId'] ?? '', lock)
  const page = draft && (await openPage(visit.tx, draft.pageCode))
  return page && { draft, page }
}

/** One page of the form, or all of it. */
export async function stepPage(visit: StrangerVisit): Promise<Answer> {
  const opened = await openDraft(visit)
  if (!opened) return notOpenHere()
  const { draft, page } = opened
  const complain = visit.query.has('check')
  const errors = complain ? complaintsOf(draft.form, draft, surroundings(visit.now)) : []
  return showStep(visit, opened, Number(visit.params['step']), draft, page.whole ? errors.map(onWhole) : errors)
}

function showStep(visit: StrangerVisit, { draft, page }: Opened, step: number, filled: Filled, errors: readonly FormError[]): Answer {
  const { form, pages } = pagesToFill(draft.form, filled.answers, visit.now, page.whole)
  const shown = pages[step - 1]
  if (!shown) return notOpenHere()
  const around = surroundings(visit.now)
  const here = errors.filter(error => error.page === shown.code)
  const body = (
    <>
      <ClosedMeanwhile page={page} />
      {pages.length > 1 ? (
        <p class="govuk-caption-m">
          Page {step} of {pages.length}
        </p>
      ) : null}
      <FormPage
        form={form}
        page={shown}
        filled={filled}
        workedOut={workOut(form, filled.answers, around)}
        errors={errors}
        around={around}
        sections={new Map(shown.sections.map(section => [section.code, { may: 'edit', revision: 0 }]))}
        post={{ action: paths.refer.step(draft.id, step), csrf: visit.form.csrf, once: '' }}
        asking={paths.refer.askedNow(draft.id, step)}
        addTo={visit.query.get('add') ?? undefined}
        forgetful
        isLast={step === pages.length}
        buttons={[step === pages.length ? 'Check your answers' : 'Continue', 'Save and come back later']}
      />
      <p class="govuk-body">
        {step > 1 ? (
          <>
            <a class="govuk-link" href={paths.refer.step(draft.id, step - 1)}>
              Back
            </a>
            {' · '}
          </>
        ) : null}
        <a class="govuk-link" href={paths.refer.remove(draft.id)}>
          Delete what I wrote
        </a>
      </p>
    </>
  )
  // The form's own summary stands in it, where its boxes are.
  return { ...outsidePage(shown.title, body), ...(here.length > 0 ? { hasErrors: true, status: 422 } : {}) }
}

/** What was typed, again, where the page was posted with a token of before: saved by the next press of the button, and not by this one. */
export async function stepAgain(visit: StrangerVisit): Promise<Answer> {
  const opened = await openDraft(visit)
  if (!opened) return notOpenHere(<WhatWasTyped visit={visit} />)
  const { draft, page } = opened
  const step = Number(visit.params['step'])
  const { form, pages } = pagesToFill(draft.form, draft.answers, visit.now, page.whole)
  const shown = pages[step - 1]
  if (!shown) return notOpenHere(<WhatWasTyped visit={visit} />)
  const codes = shown.sections.flatMap(section => section.questions.map(question => question.code))
  const filled = readPosted(form, codes, visit.fields, surroundings(visit.now), draft)
  const { field, message } = openTooLong
  return showStep(visit, opened, step, filled, [{ code: '', field, section: '', page: shown.code, message }])
}

/** The form itself is another browser's, or gone: its questions are told to nobody, and what somebody wrote is theirs. */
function WhatWasTyped({ visit: { fields } }: { visit: StrangerVisit }): VNode | null {
  const typed = fields
    .names()
    .filter(name => !name.startsWith('_') && name !== 'website')
    .map(name => ({ name, words: fields.all(name).join(', ').trim() }))
    .filter(({ words }) => words !== '')
  if (typed.length === 0) return null
  return (
    <Facts items={typed.map(({ name, words }) => ({ label: upperFirst(name.replaceAll(/[_-]/g, ' ')), value: <Words text={words} /> }))} />
  )
}

/** A page that closes while somebody writes says so at once, and not when they have written it all. */
function ClosedMeanwhile({ page }: { page: OpenPage }): VNode | null {
  if (page.state !== 'closed') return null
  return (
    <InsetText>
      <p class="govuk-body">This page has closed meanwhile. What you wrote is kept, and cannot be sent at the moment.</p>
      <Words text={page.closedWords} />
    </InsetText>
  )
}

/** Saves the page, then goes on: to what has to be put right, to the next, to the check, or to where it is put by. */
export async function postStep(visit: StrangerVisit, parts: FilesOutside): Promise<Answer> {
  const opened = await openDraft(visit, true)
  const step = Number(visit.params['step'])
  if (!opened) return notOpenHere()
  const { draft, page } = opened
  const { form, pages } = pagesToFill(draft.form, draft.answers, visit.now, page.whole)
  const shown = pages[step - 1]
  if (!shown) return notOpenHere()
  const codes = shown.sections.flatMap(section => section.questions.map(question => question.code))
  const { received, errors: fileErrors } = await keepFiles(visit, parts, opened, codes)
  const around = surroundings(visit.now, received)
  const filled = readPosted(form, codes, visit.fields, around, draft)
  // Whoever has to leave at once is not held up: what cannot be read is kept as it was typed, and asked about when they come back.
  const leaves = visit.fields.text('_then') === 'leave'
  const complaints = leaves ? [] : complaintsOf(form, filled, around).filter(error => error.page === shown.code)
  const tooLong = JSON.stringify(filled).length > mostWritten
  const errors = [
    ...fileErrors.map(error => ({ ...error, page: shown.code })),
    ...(tooLong ? [tooLongFor(codes[0]!, shown.code)] : []),
    ...complaints,
  ]
  if (!tooLong) {
    await saveDraft(visit.tx, visit.now, page, draft.id, filled)
    await dropOtherFiles(
      visit.tx,
      draft,
      visit.holder,
      filesIn(form, filled.answers).map(file => file.id),
    )
  }
  const here = paths.refer.step(draft.id, step)
  const [add, remove] = [visit.fields.text('_add'), visit.fields.text('_remove')]
  if (add && !tooLong) return redirect(`${here}?add=${encodeURIComponent(add)}#${encodeURIComponent(add)}`)
  if (remove && !tooLong) return redirect(`${here}#${encodeURIComponent(remove.split('-', 1)[0]!)}`)
  if (errors.length > 0) return showStep(visit, opened, step, filled, errors)
  if (leaves) return redirect(paths.refer.save(draft.id))
  // Answers may have led to a page that was not there before, or taken one away: it is counted by its own place.
  const after = pagesToFill(draft.form, filled.answers, visit.now, page.whole).pages
  const place = after.findIndex(one => one.code === shown.code)
  return redirect(place + 1 < after.length ? paths.refer.step(draft.id, place + 2) : paths.refer.check(draft.id))
}

/** Which questions of the page apply to what is typed in it now: they appear the moment that they do. Nothing of it is kept. */
export async function askedNow(visit: StrangerVisit): Promise<Answer> {
  const opened = await openDraft(visit)
  if (!opened) return notOpenHere()
  const { draft, page } = opened
  const { form, pages } = pagesToFill(draft.form, draft.answers, visit.now, page.whole)
  const shown = pages[Number(visit.params['step']) - 1]
  if (!shown) return notOpenHere()
  const around = surroundings(visit.now)
  const codes = shown.sections.flatMap(section => section.questions.map(question => question.code))
  const filled = readPosted(form, codes, visit.fields, around, draft)
  return json(asAnswered(form, shown, workOut(form, filled.answers, around), around))
}

/** All the answers of a form together, in letters of the database's own writing of them. */
const mostWritten = 120_000
const tooLongFor = (code: string, page: string): FormError => ({
  code,
  field: code,
  section: '',
  page,
  message: 'This is more than can be sent here. Shorten what you wrote, and add the rest as a file',
})
const onWhole = (error: FormError): FormError => ({ ...error, page: 'whole' })

async function keepFiles(
  visit: StrangerVisit,
  { files, willBeScanned }: FilesOutside,
  { draft, page }: Opened,
  codes: readonly string[],
): Promise<{ received: Surroundings['received']; errors: Omit<FormError, 'page'>[] }> {
  const received: Record<string, { id: string; name: string; bytes: number }[]> = {}
  const errors: Omit<FormError, 'page'>[] = []
  for (const upload of visit.uploads) {
    if (!codes.includes(upload.field) || draft.form.questions.get(upload.field)?.question.type !== 'file') continue
    const kept = (await mayTry(visit.tx, visit.now, 'file', limits.file(visit.address)))
      ? await keepOutsideFile(visit.tx, visit.now, files, page, draft, upload, { holder: visit.holder, willBeScanned })
      : { ok: false as const, message: 'Too many files were added from here. Wait an hour, or go on without' }
    if (kept.ok) received[upload.field] = [...(received[upload.field] ?? []), kept.file]
    else errors.push({ code: upload.field, field: upload.field, section: '', message: kept.message })
  }
  return { received, errors }
}

/** Asks before what was written is thrown away. */
export async function removePage(visit: StrangerVisit): Promise<Answer> {
  const opened = await openDraft(visit)
  if (!opened) return notOpenHere()
  return outsidePage(
    'Delete what you wrote?',
    <Form {...visit.form} action={paths.refer.remove(opened.draft.id)}>
      <p class="govuk-body">It is deleted with its files, for good. Nothing has been sent.</p>
      <div class="govuk-button-group">
        <Button text="Delete it" classes="govuk-button--warning" />
        <a class="govuk-link" href={paths.refer.step(opened.draft.id, 1)}>
          Go back to the form
        </a>
      </div>
    </Form>,
  )
}

export async function postRemove(visit: StrangerVisit): Promise<Answer> {
  const opened = await openDraft(visit, true)
  if (!opened) return notOpenHere()
  await throwAway(visit.tx, opened.draft.id)
  visit.becomeAnother()
  return redirect(paths.refer.list, { notice: 'Deleted. Nothing was sent.' })
}
