import { sql } from 'kysely'
import { optionsOf } from '../../lists/index.ts'
import { paths } from '../../paths.ts'
import { today as londonToday } from '../../platform/clock.ts'
import { isId } from '../../platform/id.ts'
import { notFound, page, redirect } from '../../platform/web/answer.ts'
import { type Fields, noFields } from '../../platform/web/fields.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, errorSummaryFor, type FieldError, Form } from '../../ui/index.ts'
import { beginCase } from '../begin-case.ts'
import type { CasesParts } from '../case-frame.tsx'
import { teamsFor } from '../directory.ts'
import { KeptFrom } from './kept-from.tsx'
import { AlreadyOpen, askAboutAnother, openCasesOf, openWith } from './open-already.tsx'
import { readReferral } from './read-referral.ts'
import { ReferralFields } from './referral-fields.tsx'
import { referrerOf } from './referrer.ts'

/** Referring somebody who is already registered, to one's own team or to another. */
export function makeReferralRoutes(routes: Routes, parts: CasesParts): void {
  routes.get('/people/:personId/refer', { may: 'record' }, async visit => {
    const personId = visit.params['personId'] ?? ''
    const sees = await howTheySee(visit, personId)
    if (sees === 'not') return notFound()
    return sees === 'for-a-time' ? onlyForATime(visit, personId, false) : show(visit, personId, noFields, [])
  })

  routes.post('/people/:personId/refer', { may: 'record' }, async visit => {
    const { tx, actor, clock, fields } = visit
    const personId = visit.params['personId'] ?? ''
    const sees = await howTheySee(visit, personId)
    if (sees === 'not') return notFound()
    if (sees === 'for-a-time') return onlyForATime(visit, personId, true)
    const [teams, sources, me] = await Promise.all([teamsFor(tx), optionsOf(tx, 'referral-source'), referrerOf(tx, actor)])
    const read = readReferral(fields, { teams, sources, today: londonToday(clock), personId, me })
    if ('errors' in read) return show(visit, personId, fields, read.errors)
    const another = askAboutAnother(fields, openWith(await openCasesOf(tx, actor, [personId]), read.referral))
    if (another.length > 0) return show(visit, personId, fields, another)
    const { caseId, reference, isOwn } = await beginCase(tx, actor, clock.now(), read.referral)
    await parts.tellOfReferral?.(tx, actor, clock.now(), { caseId, step: 'made' })
    const team = teams.find(one => one.teamId === read.referral.teamId)
    return redirect(paths.cases.show(caseId), {
      notice: isOwn
        ? `Referral ${reference} recorded`
        : `Referral ${reference} sent to ${team?.teamName}. You can follow here what becomes of it.`,
    })
  })

  async function onlyForATime(visit: Visit, personId: string, hasErrors: boolean) {
    const body = (
      <>
        {await parts.personBanner(visit, personId)}
        <div class="ly-narrow">
          <h1 class="govuk-heading-l">You cannot refer them</h1>
          <p class="govuk-body">
            You see this person for a limited time only, and a referral would last. Ask the service that holds the case to make it.
          </p>
        </div>
      </>
    )
    return page('You cannot refer them', body, { section: 'people', hasErrors })
  }

  async function show(visit: Visit, personId: string, typed: Fields, errors: readonly FieldError[]) {
    const { tx, actor, clock } = visit
    const body = (
      <>
        {await parts.personBanner(visit, personId)}
        <div class="ly-narrow">
          {errorSummaryFor(errors)}
          <h1 class="govuk-heading-l">Refer to a team</h1>
          <AlreadyOpen cases={await openCasesOf(tx, actor, [personId])} />
          {await KeptFrom(visit, personId)}
          <Form {...visit.form} action={paths.cases.refer(personId)}>
            <ReferralFields
              typed={typed}
              errors={errors}
              today={londonToday(clock)}
              teams={await teamsFor(tx)}
              sources={await optionsOf(tx, 'referral-source')}
              me={await referrerOf(tx, actor)}
            />
            <Button text="Send the referral" />
          </Form>
        </div>
      </>
    )
    return page('Refer to a team', body, { section: 'people', hasErrors: errors.length > 0 })
  }
}

/**
 * Whoever sees the person may refer them, and nobody else learns that they are there. Not whoever sees them for a time alone, by an emergency
 * or a share that ends: a referral to their own team would open the person to the whole team for good.
 */
export async function howTheySee({ tx, actor }: Visit, personId: string): Promise<'not' | 'for-a-time' | 'for-good'> {
  if (!isId(personId) || actor.writePrincipals.length === 0) return 'not'
  const { rows } = await sql<{ lasting: boolean }>`
    select readers && array(select id from principals where id = any (${[...actor.readPrincipals]}::int[]) and kind <> 'window') as lasting
    from people where id = ${personId} and removed_at is null`.execute(tx)
  if (!rows[0]) return 'not'
  return rows[0].lasting ? 'for-good' : 'for-a-time'
}
