import { correctNote, findNote, notAContact, noteWordsOf, openPartToEdit, titleOf } from '../../cases/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { no, ok, type Result } from '../../platform/result.ts'
import { cancelTask, findTask } from '../../tasks/index.ts'
import { type Appointment, type AppointmentRefusal, statusInWords } from './appointment.ts'
import { change, follow, keepChange } from './change-appointments.ts'

/** What could not be undone with it, for somebody to look at: the note was corrected meanwhile or is not theirs to write, the task is done. */
export type Left = 'note' | 'task'

/**
 * What was said to have come of it was a mistake: it is booked again, and counts neither as kept nor as missed. The note that says that they
 * did not come is corrected by addition, with the reason; a task that was added for it is cancelled, where it is still open. Answers what is left.
 */
export async function undoOutcome(
  tx: Tx,
  actor: Actor,
  now: Date,
  was: Appointment,
  reason: string,
): Promise<Result<readonly Left[], AppointmentRefusal>> {
  const refusal = await change(tx, was, undefined, {
    status: 'booked',
    outcome: '',
    closed_at: null,
    closed_by: null,
    note_id: null,
    task_id: null,
  })
  if (refusal) return no(refusal)
  const said = [statusInWords(was), was.outcome].filter(Boolean).join(': ')
  await keepChange(tx, actor, now, was, { before: { said }, after: {}, reason })
  await follow(tx, actor, now, was, 'appointment-outcome-taken-back', {
    title: `Taken back: ${statusInWords(was).toLowerCase()}, ${was.kindName}`,
    summary: reason,
  })
  const left: Left[] = []
  if (was.noteId && !(await correctMissed(tx, actor, now, was, was.noteId, reason))) left.push('note')
  if (was.taskId && !(await dropTask(tx, actor, now, was.taskId, reason))) left.push('task')
  return ok(left)
}

/** The correction tells of no contact: what did happen is written when it is said what came of the appointment. */
async function correctMissed(tx: Tx, actor: Actor, now: Date, was: Appointment, noteId: string, reason: string): Promise<boolean> {
  const place = await openPartToEdit(tx, actor, was.caseId, 'notes')
  const note = place && (await findNote(tx, was.caseId, noteId))
  if (!note) return false
  const correction = { ...note, noteType: notAContact, outcome: '', text: 'That they did not attend was recorded by mistake.' }
  const title = titleOf(correction, await noteWordsOf(tx, was.serviceArea))
  return (await correctNote(tx, actor, now, place, note, { ...correction, title, reason })).ok
}

async function dropTask(tx: Tx, actor: Actor, now: Date, taskId: string, reason: string): Promise<boolean> {
  const task = await findTask(tx, actor, taskId)
  if (task?.status === 'cancelled') return true
  return task?.status === 'open' && (await cancelTask(tx, actor, now, task, `The missed appointment was recorded by mistake: ${reason}`)).ok
}
