import { type FrameParts, type PartOfCase, readerOf } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import { formatInstant } from '../../platform/clock.ts'
import { type Answer, redirect } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { errorFor, type FieldError, Input } from '../../ui/index.ts'
import { type Appointment, statusInWords } from './appointment.ts'
import { offeredAfter } from './appointments.queries.ts'
import { endingPage } from './ending-page.tsx'
import { type Left, undoOutcome } from './undo-outcome.ts'

/** What was said to have come of an appointment was a mistake: what goes with it is said before. */
export async function showTakeBack(
  visit: Visit,
  parts: FrameParts,
  part: PartOfCase,
  found: Appointment,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const offered = await offeredAfter(visit.tx, visit.actor, found.id)
  const children = (
    <>
      <p class="govuk-body">
        {found.kindName}, {formatInstant(found.startsAt)}, {found.workerName}: {statusInWords(found).toLowerCase()}.
      </p>
      <p class="govuk-body">It will be booked again, so that you can say what did come of it.</p>
      {found.noteId ? <p class="govuk-body">The note that says so is corrected, and a task that was added for it is cancelled.</p> : null}
      {found.status === 'attended' ? (
        <p class="govuk-body">If a note was written of it already, correct that note too. It does not change by itself.</p>
      ) : null}
      {offered ? (
        <p class="govuk-body">
          <a class="govuk-link" href={paths.appointments.show(part.caseId, offered.id)}>
            The appointment offered after it, {formatInstant(offered.startsAt)}
          </a>
          , stays. Cancel it if it is not needed.
        </p>
      ) : null}
      {Input({
        name: 'reason',
        label: 'Why it is taken back',
        value: visit.fields.typed('reason'),
        errorMessage: errorFor(errors, 'reason'),
      })}
    </>
  )
  return endingPage(visit, parts, part, found, {
    title: 'Take back what was said',
    action: paths.appointments.takeBack(part.caseId, found.id),
    errors,
    children,
    button: { text: 'Take it back' },
    leave: 'Leave it as it is',
  })
}

export async function postTakeBack(visit: Visit, parts: FrameParts, part: PartOfCase, found: Appointment): Promise<Answer> {
  const read = readerOf(visit.fields)
  const reason = read.needed('reason', 'Why it is taken back', 'Enter why it is taken back', 500)
  if (read.errors.length > 0) return showTakeBack(visit, parts, part, found, read.errors)
  const outcome = await undoOutcome(visit.tx, visit.actor, visit.clock.now(), found, reason)
  const shown = paths.appointments.show(part.caseId, found.id)
  if (!outcome.ok) return redirect(shown, { notice: 'Nothing was changed: a colleague has changed this appointment meanwhile.' })
  return redirect(shown, { notice: ['Taken back. Now say what came of it.', ...outcome.value.map(left => leftWords[left])].join(' ') })
}

const leftWords: Record<Left, string> = {
  note: 'The note that says that they did not come stays as it is: look at it.',
  task: 'The task that was added stays as it is: look at it.',
}
