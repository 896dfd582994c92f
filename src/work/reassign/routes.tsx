import { audit } from '../../audit/index.ts'
import { readerOf, type WorkerChoice, workersFor } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import { today as londonToday } from '../../platform/clock.ts'
import { type Answer, notFound, page, redirect } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import type { FieldError } from '../../ui/index.ts'
import { findWorker, type SharedTeam, type ShownWorker, teamsShared } from '../team/find-worker.ts'
import { loadOfTeam } from '../team/team.queries.ts'
import type { Enqueue } from './enqueue.ts'
import { type Asked, chooseBody, previewBody, progressBody } from './pages.tsx'
import { addReassignment, casesHeldBy, findReassignment, type HeldCase, itemsOf } from './reassign.queries.ts'
import { shareOut } from './share-out.ts'

/** Handing on many cases of somebody who leaves: choose, look at what would go to whom, confirm, and see how far it has come (F15). */
export function reassignRoutes(routes: Routes, enqueue: Enqueue): void {
  const at = paths.work.reassign(':userId')
  routes.get(at, { may: 'manage-allocation' }, visit => onWorker(visit, of => choose(visit, of, [])))
  routes.post(at, { may: 'manage-allocation' }, visit =>
    onWorker(visit, of => (visit.fields.text('step') === 'confirm' ? confirm(visit, of, enqueue) : preview(visit, of))),
  )
  routes.get(paths.work.reassignment(':reassignmentId'), { may: 'manage-allocation' }, progress)
}

export type Of = {
  worker: ShownWorker
  team: SharedTeam
  teams: readonly SharedTeam[]
  receivers: readonly WorkerChoice[]
  cases: readonly HeldCase[]
}

async function onWorker(visit: Visit, answer: (of: Of) => Promise<Answer>): Promise<Answer> {
  const { tx, actor, fields, query } = visit
  const worker = await findWorker(visit)
  if (!worker) return notFound()
  const teams = await teamsShared(visit, worker.id)
  const named = fields.text('team') || query.get('team')
  const team = named ? teams.find(one => `${one.teamId}/${one.serviceArea}` === named) : teams[0]
  if (!team) return notFound()
  const receivers = (await workersFor(tx, team.teamId, team.serviceArea)).filter(one => one.userId !== worker.id)
  const ids = receivers.map(one => one.userId)
  return answer({ worker, team, teams, receivers, cases: await casesHeldBy(tx, actor, { workerId: worker.id, ...team }, ids) })
}

async function choose(visit: Visit, of: Of, errors: readonly FieldError[]): Promise<Answer> {
  const { tx, actor, clock } = visit
  await audit(tx, actor, clock.now(), { action: 'caseload-opened', subject: { type: 'user', id: of.worker.id } })
  return page(`Hand on the cases of ${of.worker.name}`, chooseBody(visit, of, errors), { section: 'team', hasErrors: errors.length > 0 })
}

/** What was chosen on the first page, and what is wrong with it. */
function readChoice({ fields, clock }: Visit, { cases, receivers }: Of): Asked | { errors: FieldError[] } {
  const read = readerOf(fields)
  const chosen = cases.filter(one => fields.all('case').includes(one.caseId))
  if (chosen.length === 0) read.refuse('case', 'Select at least one case')
  const to = receivers.filter(one => fields.all('receiver').includes(one.userId))
  if (to.length === 0) read.refuse('receiver', 'Select who takes them')
  const fromOn = read.day('from', 'Date from which they have them', { notAfter: londonToday(clock) })
  const reason = read.needed('reason', 'Reason', 'Enter why the cases change hands', 1_000)
  const handOver = read.text('hand-over', 'What they must know', 4_000)
  return read.errors.length > 0 || !fromOn ? { errors: read.errors } : { cases: chosen, receivers: to, fromOn, reason, handOver }
}

async function preview(visit: Visit, of: Of): Promise<Answer> {
  const asked = readChoice(visit, of)
  if ('errors' in asked) return choose(visit, of, asked.errors)
  const { workers: loads } = await loadOfTeam(visit.tx, of.team, londonToday(visit.clock))
  const receivers = asked.receivers.map(one => ({
    userId: one.userId,
    weight: loads.find(load => load.workerId === one.userId)?.weight ?? 0,
  }))
  const proposal = shareOut(asked.cases, receivers)
  return page(`Hand on the cases of ${of.worker.name}: check`, await previewBody(visit, of, asked, proposal, []), { section: 'team' })
}

async function confirm(visit: Visit, of: Of, enqueue: Enqueue): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const asked = readChoice(visit, of)
  if ('errors' in asked) return choose(visit, of, asked.errors)
  const wishes = new Map(asked.cases.map(one => [one.caseId, fields.text(`to-${one.caseId}`)]))
  const errors: FieldError[] = []
  const items = asked.cases.flatMap(one => {
    const to = wishes.get(one.caseId) ?? ''
    if (to === '') return []
    const receiver = asked.receivers.find(({ userId }) => userId === to)
    if (receiver && !one.keptFrom.has(to)) return [{ caseId: one.caseId, to }]
    errors.push({ field: `to-${one.caseId}`, message: `${one.reference} cannot go to them. Choose somebody else` })
    return []
  })
  if (errors.length === 0 && items.length === 0)
    errors.push({ field: `to-${asked.cases[0]!.caseId}`, message: 'Select who takes at least one case' })
  if (errors.length > 0) {
    const kept = new Map([...wishes].map(([id, to]) => [id, to || null]))
    return page(`Hand on the cases of ${of.worker.name}: check`, await previewBody(visit, of, asked, kept, errors), {
      section: 'team',
      hasErrors: true,
    })
  }
  const { fromOn, reason, handOver } = asked
  const id = await addReassignment(tx, actor, clock.now(), { workerId: of.worker.id, fromOn, reason, handOver, items })
  await audit(tx, actor, clock.now(), {
    action: 'cases-handed-on',
    subject: { type: 'user', id: of.worker.id },
    detail: { cases: items.length, receivers: new Set(items.map(one => one.to)).size },
  })
  await enqueue(tx, 'reassign-cases', { reassignmentId: id, userId: actor.userId })
  return redirect(paths.work.reassignment(id))
}

async function progress(visit: Visit): Promise<Answer> {
  const reassignment = await findReassignment(visit.tx, visit.params['reassignmentId'] ?? '')
  if (!reassignment) return notFound()
  const items = await itemsOf(visit.tx, reassignment.id)
  return page(`Handing on the cases of ${reassignment.workerName}`, progressBody(reassignment, items), {
    section: 'team',
    ...(reassignment.finishedAt ? {} : { refreshAfter: 2 }),
  })
}
