import type { VNode } from 'preact'
import { answerWithFile, mayOpen, sizeInWords } from '../documents/index.ts'
import { paths } from '../paths.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Form } from '../ui/index.ts'
import type { OfAction } from './action-page.tsx'
import { type Evidence, openEvidence, withdrawEvidence } from './evidence.ts'
import type { MeetingParts } from './frame.tsx'

/** A file that shows what was done, and the button that takes a wrong one back. */
export function EvidenceLine({
  visit,
  of: { action },
  file,
  mayWithdraw,
}: {
  visit: Visit
  of: OfAction
  file: Evidence
  mayWithdraw: boolean
}): VNode {
  if (file.withdrawnAt) return <p class="govuk-hint">A file that was here has been taken back.</p>
  const may = mayOpen(file.scan)
  return (
    <Form {...visit.form} action={paths.meetings.withdrawEvidence(action.id, file.id)}>
      <p class="govuk-body">
        {may.ok ? (
          <a class="govuk-link" href={paths.meetings.evidence(action.id, file.id)}>
            {file.fileName}
          </a>
        ) : (
          file.fileName
        )}{' '}
        <span class="ly-second">
          {may.ok
            ? sizeInWords(file.bytes)
            : may.error === 'infected'
              ? 'A virus was found in it: it is kept shut'
              : 'It is being checked for viruses'}
        </span>
      </p>
      {mayWithdraw ? (
        <button class="ly-link-button" type="submit">
          Take {file.fileName} back
        </button>
      ) : null}
    </Form>
  )
}

/** Hands the file over, or shows it where that is safe. */
export async function evidenceFile(
  { tx, actor, clock, params, query }: Visit,
  { files }: MeetingParts,
  { action }: OfAction,
): Promise<Answer> {
  const opened = await openEvidence(tx, actor, clock.now(), files, action, params['evidenceId'] ?? '')
  if (opened.ok) return answerWithFile(opened.value, query.has('show'))
  return opened.error === 'not-there' ? notFound() : redirect(paths.meetings.action(action.id), { notice: 'This file cannot be opened.' })
}

export async function postWithdrawEvidence({ tx, actor, clock, params }: Visit, { action, series }: OfAction): Promise<Answer> {
  const withdrawn = await withdrawEvidence(tx, actor, clock.now(), action, params['evidenceId'] ?? '', series?.runs === true)
  return withdrawn.ok ? redirect(paths.meetings.action(action.id), { notice: 'The file has been taken back.' }) : notFound()
}
