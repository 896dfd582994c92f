import { beginNote, type FrameParts, openPartToEdit, type PartOfCase, readerOf } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import { formatInstant, londonDate } from '../../platform/clock.ts'
import { addDays } from '../../platform/plain-date.ts'
import { type Answer, redirect } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { addTask } from '../../tasks/index.ts'
import { errorFor, type FieldError, Input } from '../../ui/index.ts'
import { type Appointment, hasBegun, ruleFor } from './appointment.ts'
import { missedInARow } from './appointments.queries.ts'
import { attendanceRules } from './attendance-rules.ts'
import { attend, keepTaskOf, miss } from './change-appointments.ts'
import { endedAlready, notYet } from './ended-already.ts'
import { endingPage } from './ending-page.tsx'

/** It went ahead: the next thing is to write what happened, with kind, time and length filled in. */
export async function postAttended(visit: Visit, _parts: FrameParts, part: PartOfCase, found: Appointment): Promise<Answer> {
  const { tx, actor, clock } = visit
  const now = clock.now()
  const outcome = await attend(tx, actor, now, found)
  if (!outcome.ok) return outcome.error === 'not-begun' ? notYet(found) : endedAlready(found)
  const notes = await openPartToEdit(tx, actor, part.caseId, 'notes')
  if (!notes) return redirect(paths.appointments.show(part.caseId, found.id), { notice: 'It went ahead.' })
  const minutes = Math.round((found.endsAt.getTime() - found.startsAt.getTime()) / 60_000)
  await beginNote(tx, actor, now, part.caseId, { noteType: found.kind, happenedAt: found.startsAt, minutes })
  return redirect(paths.notes.add(part.caseId), { notice: 'It went ahead. Now write what happened.' })
}

export async function showMissed(
  visit: Visit,
  parts: FrameParts,
  part: PartOfCase,
  found: Appointment,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  if (!hasBegun(found, visit.clock.now())) return notYet(found)
  const children = (
    <>
      <p class="govuk-body">
        {found.kindName}, {formatInstant(found.startsAt)}, {found.workerName}.
      </p>
      {Input({
        name: 'words',
        label: 'What you know of why (optional)',
        value: visit.fields.typed('words'),
        errorMessage: errorFor(errors, 'words'),
      })}
    </>
  )
  return endingPage(visit, parts, part, found, {
    title: 'Did not attend',
    action: paths.appointments.missed(part.caseId, found.id),
    errors,
    children,
    button: { text: 'They did not come' },
    leave: 'Cancel',
  })
}

/** They did not come: it is recorded, and what the rules say for so many in a row follows. */
export async function postMissed(visit: Visit, parts: FrameParts, part: PartOfCase, found: Appointment): Promise<Answer> {
  const { tx, actor, clock } = visit
  const now = clock.now()
  const read = readerOf(visit.fields)
  const words = read.text('words', 'What you know of why', 500)
  if (read.errors.length > 0) return showMissed(visit, parts, part, found, read.errors)
  const outcome = await miss(tx, actor, now, found, words)
  if (!outcome.ok) return outcome.error === 'not-begun' ? notYet(found) : endedAlready(found)
  const missed = await missedInARow(tx, part.caseId)
  const rule = ruleFor(await attendanceRules(tx), part.serviceArea, missed)
  const shown = paths.appointments.show(part.caseId, found.id)
  if (rule?.follows === 'offer-again')
    return redirect(`${paths.appointments.book(part.caseId)}?after=${found.id}`, { notice: `Recorded. ${rule.words}.` })
  if (!rule) return redirect(shown, { notice: 'Recorded.' })
  const tasks = await openPartToEdit(tx, actor, part.caseId, 'tasks')
  if (!tasks) return redirect(shown, { notice: `Recorded. ${rule.words}.` })
  const task = { title: rule.words, detail: '', dueOn: addDays(londonDate(now), rule.days), assignee: actor.principal }
  await keepTaskOf(tx, found, await addTask(tx, actor, now, tasks, task))
  return redirect(shown, { notice: `Recorded, ${missed} in a row. A task was added: ${rule.words}.` })
}
