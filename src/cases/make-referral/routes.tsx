import { optionsOf } from '../../lists/index.ts'
import { paths } from '../../paths.ts'
import { today as londonToday } from '../../platform/clock.ts'
import { notFound, page, redirect } from '../../platform/web/answer.ts'
import { type Fields, noFields } from '../../platform/web/fields.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, errorSummaryFor, type FieldError, Form } from '../../ui/index.ts'
import { beginCase } from '../begin-case.ts'
import type { CasesParts } from '../case-frame.tsx'
import { teamsFor, teamValue } from '../directory.ts'
import { isId } from '../load-case.ts'
import { readReferral } from './read-referral.ts'
import { ReferralFields } from './referral-fields.tsx'

/** Referring somebody who is already registered, to one's own team or to another. */
export function makeReferralRoutes(routes: Routes, parts: CasesParts): void {
  routes.get('/people/:personId/refer', { may: 'record' }, async visit => {
    const personId = visit.params['personId'] ?? ''
    return (await mayRefer(visit, personId)) ? show(visit, personId, noFields, []) : notFound()
  })

  routes.post('/people/:personId/refer', { may: 'record' }, async visit => {
    const { tx, actor, clock, fields } = visit
    const personId = visit.params['personId'] ?? ''
    if (!(await mayRefer(visit, personId))) return notFound()
    const context = { teams: await teamsFor(tx), sources: await optionsOf(tx, 'referral-source'), today: londonToday(clock), personId }
    const read = readReferral(fields, context)
    if ('errors' in read) return show(visit, personId, fields, read.errors)
    const { caseId, reference, isOwn } = await beginCase(tx, actor, clock.now(), read.referral)
    const team = context.teams.find(one => one.teamId === read.referral.teamId)
    return redirect(paths.cases.show(caseId), {
      notice: isOwn
        ? `Referral ${reference} recorded`
        : `Referral ${reference} sent to ${team?.teamName}. You can follow here what becomes of it.`,
    })
  })

  async function show(visit: Visit, personId: string, typed: Fields, errors: readonly FieldError[]) {
    const { tx, actor, clock } = visit
    const own = actor.posts.find(post => post.serviceArea !== null)
    const body = (
      <>
        {await parts.personBanner(visit, personId)}
        <div class="ly-narrow">
          {errorSummaryFor(errors)}
          <h1 class="govuk-heading-l">Refer to a team</h1>
          <Form {...visit.form} action={paths.cases.refer(personId)}>
            <ReferralFields
              typed={typed}
              errors={errors}
              today={londonToday(clock)}
              teams={await teamsFor(tx)}
              sources={await optionsOf(tx, 'referral-source')}
              ownTeam={own ? teamValue({ teamId: own.teamId, serviceArea: own.serviceArea ?? '' }) : ''}
            />
            <Button text="Send the referral" />
          </Form>
        </div>
      </>
    )
    return page('Refer to a team', body, { section: 'people', hasErrors: errors.length > 0 })
  }
}

/** Whoever sees the person may refer them, and nobody else learns that they are there. */
async function mayRefer({ tx, actor }: Visit, personId: string): Promise<boolean> {
  if (!isId(personId) || actor.writePrincipals.length === 0) return false
  const found = await tx.selectFrom('people').select('id').where('id', '=', personId).where('removed_at', 'is', null).executeTakeFirst()
  return found !== undefined
}
