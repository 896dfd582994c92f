import type { VNode } from 'preact'
import { type FrameParts, partPage } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import { spokenName } from '../../people/index.ts'
import { may } from '../../platform/actor.ts'
import { today } from '../../platform/clock.ts'
import { type Answer, redirect } from '../../platform/web/answer.ts'
import { type Fields, noFields } from '../../platform/web/fields.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { AlertBar, Button, errorFor, errorSummaryFor, type FieldError, Form, Radios } from '../../ui/index.ts'
import { ageInWords, childAge } from '../merge/child-age.ts'
import type { About } from '../merge/letter-of-case.ts'
import { fingerprintOfPaper } from '../paper/paper.ts'
import { PaperOnPage } from '../paper/paper-on-page.tsx'
import { readSignature, SignatureFields } from '../signatures/signature-fields.tsx'
import type { Draft } from './drafts.queries.ts'
import { letterNow } from './letter-now.ts'
import { type LetterFormat, type ProducingParts, produce } from './produce.ts'

const refusals = {
  'not-as-read': 'The letter has changed since this page was opened. Read it again, then sign',
  'changed-meanwhile': 'The letter on file has been changed or withdrawn meanwhile. Look at it, then begin again',
}

const formats: readonly LetterFormat[] = ['pdf', 'docx']

/** The letter for the last time before it is a file: read it, sign it or leave that to the pen, and produce it. */
export async function producePage(
  visit: Visit,
  parts: FrameParts,
  about: About,
  draft: Draft,
  { typed = noFields, errors = [] }: { typed?: Fields; errors?: readonly FieldError[] } = {},
): Promise<Answer> {
  const { paper, obstacles } = await letterNow(visit, about, draft)
  if (obstacles.length > 0 && errors.length === 0)
    return redirect(paths.letters.draft(draft.caseId, draft.id), { notice: 'Something is still to be settled.' })
  const body = (
    <>
      {errorSummaryFor(errors)}
      <ToAChild visit={visit} about={about} draft={draft} />
      <PaperOnPage paper={paper} below={1} />
      <Form {...visit.form} action={paths.letters.produce(draft.caseId, draft.id)} classes="ly-form">
        <input type="hidden" name="hash" value={fingerprintOfPaper(paper)} />
        {may(visit.actor, 'sign') ? (
          <SignatureFields
            typed={typed}
            errors={errors}
            name={about.writer.name}
            whose="Your signature (leave it empty to sign on paper)"
          />
        ) : (
          <p class="govuk-body">There is room for a signature on paper.</p>
        )}
        {Radios({
          name: 'format',
          classes: 'govuk-radios--small',
          fieldset: { legend: { text: 'File', classes: 'govuk-fieldset__legend--s' } },
          value: typed.text('format') || 'pdf',
          errorMessage: errorFor(errors, 'format'),
          items: [
            { value: 'pdf', text: 'PDF', hint: { text: 'To read and to print. Screen readers read it as it is meant.' } },
            { value: 'docx', text: 'Word document', hint: { text: 'To be changed further outside Lanyard.' } },
          ],
        })}
        <div class="govuk-button-group">
          {Button({ text: 'Produce and put on file', preventDoubleClick: true })}
          <a class="govuk-link" href={paths.letters.draft(draft.caseId, draft.id)}>
            Change it
          </a>
        </div>
      </Form>
    </>
  )
  return partPage(visit, parts, about.part, `Produce: ${draft.title}`, body, {
    current: 'documents',
    hasErrors: errors.length > 0,
    narrow: true,
  })
}

/** Somebody who signs has read the words, and not always the envelope. */
function ToAChild({ visit, about, draft }: { visit: Visit; about: About; draft: Draft }): VNode | null {
  const age = childAge(about.person, today(visit.clock))
  if (age === undefined || draft.options.delivery === 'other') return null
  return (
    <AlertBar kind="danger" title="This letter is addressed to a child.">
      {spokenName(about.person)} is {ageInWords(age)}. To write to a parent or carer, choose “Change it”.
    </AlertBar>
  )
}

export async function postProduce(visit: Visit, parts: FrameParts & ProducingParts, about: About, draft: Draft): Promise<Answer> {
  const { fields, actor } = visit
  const format = formats.find(one => one === fields.text('format'))
  // Nobody signs under another name: the signer is whoever is signed in.
  const { value: signature, errors } = may(actor, 'sign')
    ? readSignature(fields, { signer: 'user', name: about.writer.name })
    : { value: null, errors: [] }
  const wrong = [...errors, ...(format ? [] : [{ field: 'format', message: 'Select a PDF or a Word document' }])]
  if (!format || wrong.length > 0) return producePage(visit, parts, about, draft, { typed: fields, errors: wrong })
  const produced = await produce(visit, parts, { draft, about, format, signature, asRead: fields.text('hash') })
  if (produced.ok) {
    visit.afterCommit(() => parts.scanning?.wake())
    return redirect(paths.documents.show(draft.caseId, produced.value), { notice: 'The letter is on file. Nothing has been posted.' })
  }
  const refused = produced.error === 'obstacles' ? (produced.obstacles ?? []) : [{ field: '', message: refusals[produced.error] }]
  return producePage(visit, parts, about, draft, { typed: fields, errors: refused })
}
