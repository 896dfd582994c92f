import { paths } from '../paths.ts'
import { today } from '../platform/clock.ts'
import { type Answer, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import type { FieldError } from '../ui/index.ts'
import { readWhen } from './action-line.ts'
import { actionPage, type OfAction } from './action-page.tsx'
import { caseCalled, changeAction } from './actions.ts'
import { meetingsOf, usersOfAgency } from './series.queries.ts'
import { longestLine, tooLong } from './too-long.ts'

export async function postChangeAction(visit: Visit, of: OfAction): Promise<Answer> {
  const { action, series } = of
  const { tx, actor, clock, fields } = visit
  if (action.state !== 'open') return redirect(paths.meetings.action(action.id), { notice: 'It is no longer open.' })
  const errors: FieldError[] = []
  const dueOn = readWhen(fields.text('due'), today(clock))
  if (!dueOn) errors.push({ field: 'due', message: 'Enter by when, like fri, in 10 days or 27/11/2026' })
  const worker = (await usersOfAgency(tx, action.agency)).find(one => one.id === fields.text('worker'))
  const carry = series?.runs ? (await meetingsOf(tx, series.id)).coming.find(one => one.id === fields.text('carry')) : undefined
  if (!fields.text('why') && (carry || dueOn !== action.dueOn)) errors.push({ field: 'why', message: 'Enter why it changes' })
  const reference = fields.text('case')
  const caseId = reference ? await caseCalled(tx, reference) : undefined
  if (reference && !caseId) errors.push({ field: 'case', message: 'Enter the reference of a case that you may see' })
  errors.push(...tooLong(fields, { why: 'Why', case: 'Case' }, longestLine))
  if (!dueOn || errors.length > 0) return actionPage(visit, of, fields, errors)
  const change = {
    seat: { id: action.seatId, principal: action.seatPrincipal, agency: action.agency },
    workerId: worker?.id ?? null,
    dueOn,
    carryTo: carry?.id ?? null,
    // Whoever sees no link leaves the one that may be there.
    caseId: caseId ?? (action.linkedCase && fields.has('case') ? null : undefined),
    words:
      fields.text('why') ||
      (caseId && caseId !== action.linkedCase?.id ? 'Linked to a case' : worker ? `Given to ${worker.name}` : 'Given to nobody by name'),
  }
  const asRead = { ...action, version: Number(fields.text('version')) || 0 }
  const changed = await changeAction(tx, actor, clock.now(), asRead, change)
  if (changed.ok) return redirect(paths.meetings.action(action.id), { notice: 'Changed.' })
  return actionPage(visit, of, fields, [
    changed.error === 'not-theirs'
      ? { field: 'worker', message: 'They cannot be given this. Choose somebody else' }
      : { field: 'due', message: 'Somebody else changed it meanwhile. Look at what it says now, then save again' },
  ])
}
