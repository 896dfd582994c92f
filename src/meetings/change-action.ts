import { paths } from '../paths.ts'
import { today } from '../platform/clock.ts'
import { formatDate, type PlainDate } from '../platform/plain-date.ts'
import { type Answer, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import type { FieldError } from '../ui/index.ts'
import { readWhen } from './action-line.ts'
import { actionPage, type OfAction } from './action-page.tsx'
import { type Action, caseCalled, changeAction, findAction } from './actions.ts'
import { endedMeanwhile } from './end-action.ts'
import { workersToGive } from './read-action.ts'
import { comingOf } from './series.queries.ts'
import { longestLine, tooLong } from './too-long.ts'

export async function postChangeAction(visit: Visit, of: OfAction): Promise<Answer> {
  const { action, series } = of
  const { tx, actor, clock, fields } = visit
  if (action.state !== 'open') return endedMeanwhile(visit, of)
  const errors: FieldError[] = []
  // A day that it was due on already may stand while something else is changed.
  const day = today(clock)
  const due = readWhen(fields.text('due'), day, action.dueOn < day && fields.text('due') === formatDate(action.dueOn) ? action.dueOn : day)
  if (!due.ok) errors.push({ field: 'due', message: due.message })
  const worker = (await workersToGive(tx, of)).find(one => one.id === fields.text('worker'))
  if (fields.text('worker') && !worker) errors.push({ field: 'worker', message: notOnList })
  const carry = series?.runs ? (await comingOf(tx, series.id)).find(one => one.id === fields.text('carry')) : undefined
  if (!fields.text('why') && (carry || (due.ok && due.day !== action.dueOn))) errors.push({ field: 'why', message: 'Enter why it changes' })
  const reference = fields.text('case')
  const caseId = reference ? await caseCalled(tx, reference) : undefined
  if (reference && !caseId) errors.push({ field: 'case', message: 'Enter the reference of a case that you may see' })
  errors.push(...tooLong(fields, { why: 'Why', case: 'Case' }, longestLine))
  const version = Number(fields.text('version')) || 0
  if (!due.ok || errors.length > 0) return actionPage(visit, of, fields, errors, version)
  const change = {
    seat: { id: action.seatId, principal: action.seatPrincipal, agency: action.agency },
    byWhoRuns: series?.runs === true,
    workerId: worker?.id ?? null,
    dueOn: due.day,
    carryTo: carry?.id ?? null,
    // Whoever sees no link leaves the one that may be there.
    caseId: caseId ?? (action.linkedCase && fields.has('case') ? null : undefined),
    words: [...whatChanges(action, due.day, worker), fields.text('why')].filter(Boolean).join('\n'),
  }
  const changed = await changeAction(tx, actor, clock.now(), { ...action, version }, change)
  if (changed.ok) return redirect(paths.meetings.action(action.id), { notice: 'Changed.' })
  if (changed.error === 'not-theirs') return actionPage(visit, of, fields, [{ field: 'worker', message: notOnList }], version)
  const now = (await findAction(tx, actor, action.id)) ?? action
  return actionPage(visit, { ...of, action: now }, fields, [
    { field: 'due', message: 'Somebody else changed it meanwhile. Look at what it says now, then save again' },
  ])
}

/** Nothing more of anybody who is not offered: neither that they are there, nor why not. */
const notOnList = 'Choose somebody from the list'

/** What becomes of it, from what to what: the history says it beside the reason. Not that it was linked to a case: others would learn that there is a record. */
function* whatChanges(action: Action, dueOn: PlainDate, worker: { id: string; name: string } | undefined) {
  if (dueOn !== action.dueOn) yield `By ${formatDate(dueOn)} instead of ${formatDate(action.dueOn)}.`
  if ((worker?.id ?? null) !== action.workerId)
    yield action.workerName
      ? `Given to ${worker?.name ?? 'nobody by name'} instead of ${action.workerName}.`
      : `Given to ${worker?.name ?? 'nobody by name'}.`
}
