import { endWithholding } from '../access/index.ts'
import { audit } from '../audit/index.ts'
import { type Case, findCase, lockCase, readerOf } from '../cases/index.ts'
import { paths } from '../paths.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { type FieldError, WarningText } from '../ui/index.ts'
import { sectionsOf } from './contents.ts'
import { endingForm } from './ending-form.tsx'
import { sharingPage } from './frame.tsx'
import { mayShare } from './may-share.ts'
import type { SharingParts } from './sharing-parts.ts'
import { type Withholding, withholdingsOf } from './withholdings.queries.ts'
import { whatIn } from './withholdings-table.tsx'

/** Asks why a withholding ends. */
export async function askToEndWithholding(visit: Visit, parts: SharingParts): Promise<Answer> {
  const theCase = await findCase(visit.tx, visit.actor, visit.params['caseId'] ?? '')
  if (!theCase || !mayShare(visit.actor, theCase)) return notFound()
  const withholding = await standing(visit, theCase)
  return withholding ? form(visit, parts, theCase, withholding, []) : notFound()
}

/** Ends it at once: they see again what their role, their team or a share shows them. */
export async function postEndWithholding(visit: Visit, parts: SharingParts): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const theCase = await lockCase(tx, actor, visit.params['caseId'] ?? '')
  const withholding = theCase && mayShare(actor, theCase) ? await standing(visit, theCase) : undefined
  if (!theCase || !withholding) return notFound()
  const read = readerOf(fields)
  const reason = read.needed('reason', 'Reason', 'Enter why they may see it again', 1_000)
  if (read.errors.length > 0) return form(visit, parts, theCase, withholding, read.errors)
  const now = clock.now()
  const ended = await endWithholding(tx, actor, now, withholding.id, reason)
  if (!ended.ok) return notFound()
  const { id: caseId, personId } = theCase
  await audit(tx, actor, now, { action: 'case-withholding-ended', subject: { type: 'withholding', id: withholding.id }, personId, caseId })
  return redirect(paths.sharing.ofCase(caseId), { notice: `No longer withheld from ${withholding.name}` })
}

async function standing({ tx, params }: Visit, theCase: Case): Promise<Withholding | undefined> {
  const all = await withholdingsOf(tx, [theCase.id])
  return all.find(one => one.id === params['withholdingId'] && one.endedAt === null)
}

async function form(
  visit: Visit,
  parts: SharingParts,
  theCase: Case,
  withholding: Withholding,
  errors: readonly FieldError[],
): Promise<Answer> {
  const sections = new Map((await sectionsOf(visit.tx, visit.actor, theCase.id)).map(one => [one.id, one.words]))
  const title = `Let ${withholding.name} see it again`
  const words = (
    <>
      <p class="govuk-body">
        {whatIn(withholding, sections)}. It was withheld because: {withholding.reason}
      </p>
      <WarningText text={`${withholding.name} sees at once whatever their role, their team or a share shows them.`} />
    </>
  )
  const [action, back] = [paths.sharing.endWithholding(theCase.id, withholding.id), paths.sharing.ofCase(theCase.id)]
  const body = endingForm(visit, { title, words, why: 'Why may they see it again?', button: 'End the withholding', action, back }, errors)
  return sharingPage(visit, parts, theCase, title, body, { hasErrors: errors.length > 0, narrow: true })
}
