import { audit } from '../../audit/index.ts'
import { alertsOf, caseSummariesOf, openPart, planOf } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import { findRecord, formatName, spokenName } from '../../people/index.ts'
import { today } from '../../platform/clock.ts'
import { type Answer, file, notFound } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import type { Paper } from '../paper/paper.ts'
import { paperAsPdf } from '../pdf/paper-as-pdf.ts'
import { signaturesOf } from '../signatures/signatures.queries.ts'
import { contentOfPlan } from '../signatures/subjects.ts'
import { fileNameOf } from '../write/produce.ts'
import { planPaper } from './plan-paper.ts'
import { summaryPaper } from './summary-paper.ts'

/** Printouts that need no template: a case's plan, and a person on one sheet. Made for whoever asks, of what they may see; kept nowhere. */
export function printoutRoutes(routes: Routes): void {
  routes.get(paths.letters.planAsPdf(':caseId'), { may: 'read-records' }, planAsPdf)
  routes.get(paths.letters.summary(':personId'), { may: 'read-records' }, summaryAsPdf)
}

async function planAsPdf(visit: Visit): Promise<Answer> {
  const { tx, actor, clock, params, query } = visit
  const part = await openPart(tx, actor, params.caseId ?? '', 'plan')
  const plan = part && (await planOf(tx, part.caseId))
  if (!part || !plan || plan.version === 0) return notFound()
  const subject = { type: 'case', id: part.caseId }
  await audit(tx, actor, clock.now(), {
    action: 'plan-printed',
    subject,
    personId: part.personId,
    caseId: part.caseId,
    detail: { how: 'pdf' },
  })
  const person = await findRecord(tx, part.personId)
  const { contentHash } = contentOfPlan(plan)
  const signatures = (await signaturesOf(tx, part.caseId, 'plan', part.caseId)).filter(one => one.contentHash === contentHash)
  const paper = planPaper({
    plan,
    personName: person ? spokenName(person) : part.personName,
    theCase: part.theCase,
    signatures,
    largePrint: query.has('large') || (person?.communicationNeeds.includes('large-print') ?? false),
    printedAt: clock.now(),
  })
  return printout(paper, clock.now(), `Plan ${part.reference}`)
}

async function summaryAsPdf({ tx, actor, clock, params }: Visit): Promise<Answer> {
  const person = await findRecord(tx, params.personId ?? '')
  if (!person) return notFound()
  await audit(tx, actor, clock.now(), { action: 'person-summary-printed', subject: { type: 'person', id: person.id }, personId: person.id })
  const alerts = await alertsOf(tx, person.id)
  const cases = await caseSummariesOf(tx, actor, [person.id])
  const paper = summaryPaper({ person, alerts, cases, day: today(clock), printedAt: clock.now(), printedBy: actor.name })
  return printout(paper, clock.now(), `Summary ${formatName(person)}`)
}

/** A paper made for whoever asks and kept nowhere. */
export async function printout(paper: Paper, now: Date, name: string): Promise<Answer> {
  const content = await paperAsPdf(paper, now)
  return file({
    content,
    type: 'application/pdf',
    name: `${fileNameOf(name)}.pdf`,
    inline: true,
    headers: { 'x-content-type-options': 'nosniff' },
  })
}
