import { sql } from 'kysely'
import { breakGlass, endOwnEmergency, hasEmergency } from '../../access/index.ts'
import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import { formatTime, londonTime } from '../../platform/clock.ts'
import { isId } from '../../platform/id.ts'
import { type Answer, notFound, page, redirect } from '../../platform/web/answer.ts'
import { type Fields, noFields } from '../../platform/web/fields.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, errorFor, errorSummaryFor, type FieldError, Form, Textarea, WarningText } from '../../ui/index.ts'
import type { CasesParts } from '../case-frame.tsx'
import { findCase } from '../load-case.ts'
import { readerOf } from '../read-fields.ts'

/** How long an emergency opens a case. */
const hours = 4

type Closed = { caseId: string; personId: string; teamId: string; teamName: string; serviceName: string }

/** Opening a case in an emergency that one may not read otherwise: reason, four hours, owner told, audited (F3). */
export function breakGlassRoutes(routes: Routes, parts: CasesParts): void {
  routes.get('/cases/:caseId/break-glass', { may: 'break-glass' }, async visit => {
    const closed = await closedCase(visit)
    if (!closed) return notFound()
    return 'readable' in closed ? redirect(paths.cases.show(closed.readable)) : show(visit, closed, noFields, [])
  })

  routes.post('/cases/:caseId/break-glass', { may: 'break-glass' }, async visit => {
    const { tx, actor, clock, fields } = visit
    const closed = await closedCase(visit)
    if (!closed) return notFound()
    if ('readable' in closed) return redirect(paths.cases.show(closed.readable))
    const read = readerOf(fields)
    const reason = read.needed('reason', 'Reason', 'Enter what the emergency is', 1_000)
    if (read.errors.length > 0) return show(visit, closed, fields, read.errors)
    // Sent more than once at the same moment, it is opened once: each waits for the one before, and looks again.
    if (await hasEmergency(tx, actor, clock.now(), closed.caseId)) return redirect(paths.cases.show(closed.caseId))
    const now = clock.now()
    const endsAt = new Date(now.getTime() + hours * 3_600_000)
    const { caseId, personId, teamId } = closed
    await breakGlass(tx, actor, now, { caseId, reason, endsAt })
    await audit(tx, actor, now, {
      action: 'case-opened-in-emergency',
      subject: { type: 'case', id: caseId },
      personId,
      caseId,
      detail: { endsAt },
    })
    const opened = await findCase(tx, actor, caseId)
    if (!opened) throw new Error('A case was opened in an emergency and cannot be read.')
    await parts.tellOwner(tx, actor, now, {
      caseId,
      personId,
      teamId,
      reason,
      endsAt,
      reference: opened.reference,
      workerId: opened.workerId,
      restricted: opened.restricted,
    })
    return redirect(paths.cases.show(caseId), {
      notice: `Open to you until ${formatTime(londonTime(endsAt))}. Those who answer for it have been told, and everything you read is recorded.`,
    })
  })

  // By whoever it is open to, whatever their role says by now: nobody is kept from giving it up.
  routes.post('/cases/:caseId/break-glass/end', { may: 'read-records' }, async visit => {
    const { tx, actor, clock } = visit
    const theCase = await findCase(tx, actor, visit.params['caseId'] ?? '')
    if (!theCase) return notFound()
    const { id: caseId, personId } = theCase
    if (!(await endOwnEmergency(tx, actor, clock.now(), caseId))) return notFound()
    await audit(tx, actor, clock.now(), { action: 'case-emergency-ended', subject: { type: 'case', id: caseId }, personId, caseId })
    return redirect(paths.home, { notice: 'Closed to you again' })
  })

  async function show(visit: Visit, closed: Closed, typed: Fields, errors: readonly FieldError[]): Promise<Answer> {
    const banner = await parts.personBanner(visit, closed.personId)
    const body = (
      <>
        {banner}
        <div class="ly-narrow">
          {errorSummaryFor(errors)}
          <h1 class="govuk-heading-l">Open this case in an emergency</h1>
          <p class="govuk-body">
            {closed.serviceName}, {closed.teamName}. You may not read it otherwise.
          </p>
          <WarningText
            text={`It opens for you alone, for ${hours} hours. Those who answer for it are told at once, and can see who opened it and why. Everything that you read is recorded.`}
          />
          <Form {...visit.form} action={paths.cases.breakGlass(closed.caseId)}>
            <Textarea
              name="reason"
              rows={4}
              label={{ text: 'What is the emergency?', classes: 'govuk-label--s' }}
              hint="Who is at risk of what, and why it cannot wait for the team"
              value={typed.typed('reason')}
              errorMessage={errorFor(errors, 'reason')}
            />
            <div class="govuk-button-group">
              <Button text={`Open it for ${hours} hours`} classes="govuk-button--warning" />
              <a class="govuk-link" href={banner ? paths.people.show(closed.personId) : paths.involved}>
                Cancel
              </a>
            </div>
          </Form>
        </div>
      </>
    )
    return page('Open a case in an emergency', body, { section: 'people', hasErrors: errors.length > 0 })
  }
}

/** A case whose existence the actor may see and whose content not. One that is withheld from them does not exist here either. */
async function closedCase({ tx, actor, params }: Visit): Promise<Closed | { readable: string } | undefined> {
  const caseId = params['caseId'] ?? ''
  if (!isId(caseId)) return undefined
  if (await findCase(tx, actor, caseId)) return { readable: caseId }
  const { rows } = await sql<Closed>`
    select i.case_id as "caseId", i.person_id as "personId", i.team_id as "teamId", t.name as "teamName", s.name as "serviceName"
    from involvements i join teams t on t.id = i.team_id join service_areas s on s.code = i.service_area where i.case_id = ${caseId}`.execute(
    tx,
  )
  return rows[0]
}
