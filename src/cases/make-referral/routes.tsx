import { sql } from 'kysely'
import { isOpenedOnly } from '../../access/index.ts'
import { optionsOf } from '../../lists/index.ts'
import { paths } from '../../paths.ts'
import type { Actor } from '../../platform/actor.ts'
import { today as londonToday } from '../../platform/clock.ts'
import { isId } from '../../platform/id.ts'
import { notFound, page, redirect } from '../../platform/web/answer.ts'
import { type Fields, noFields } from '../../platform/web/fields.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, errorSummaryFor, type FieldError, Form } from '../../ui/index.ts'
import { beginCase } from '../begin-case.ts'
import type { CasesParts } from '../case-frame.tsx'
import { type TeamChoice, teamsFor } from '../directory.ts'
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
    return sees === 'for-a-time' ? onlyForATime(visit, personId, false) : show(visit, personId, sees, noFields, [])
  })

  routes.post('/people/:personId/refer', { may: 'record' }, async visit => {
    const { tx, actor, clock, fields } = visit
    const personId = visit.params['personId'] ?? ''
    const sees = await howTheySee(visit, personId)
    if (sees === 'not') return notFound()
    if (sees === 'for-a-time') return onlyForATime(visit, personId, true)
    const [teams, sources, me] = await Promise.all([teamsOpenTo(visit, sees), optionsOf(tx, 'referral-source'), referrerOf(tx, actor)])
    const read = readReferral(fields, { teams, sources, today: londonToday(clock), personId, me })
    if ('errors' in read) return show(visit, personId, sees, fields, read.errors)
    const another = askAboutAnother(fields, openWith(await openCasesOf(tx, actor, [personId]), read.referral))
    if (another.length > 0) return show(visit, personId, sees, fields, another)
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

  async function show(visit: Visit, personId: string, sees: Sees, typed: Fields, errors: readonly FieldError[]) {
    const { tx, actor, clock } = visit
    const body = (
      <>
        {await parts.personBanner(visit, personId)}
        <div class="ly-narrow">
          {errorSummaryFor(errors)}
          <h1 class="govuk-heading-l">Refer to a team</h1>
          <AlreadyOpen cases={await openCasesOf(tx, actor, [personId])} />
          {await KeptFrom(visit, personId)}
          {sees === 'by-a-share' && ownTeams(visit.actor).size > 0 ? (
            <p class="govuk-body">
              This person was shared with you, and a case of your own team would outlast that. Ask the service that holds the case to refer
              them to your team.
            </p>
          ) : null}
          <Form {...visit.form} action={paths.cases.refer(personId)}>
            <ReferralFields
              typed={typed}
              errors={errors}
              today={londonToday(clock)}
              teams={await teamsOpenTo(visit, sees)}
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

type Sees = 'not' | 'for-a-time' | 'by-a-share' | 'for-good'

const ownTeams = (actor: Actor): ReadonlySet<string> => new Set(actor.posts.map(post => post.teamId))

/** To whom they may refer. Not to their own team by a share: nobody else would have decided that the person is opened to all of it, for good. */
async function teamsOpenTo({ tx, actor }: Visit, sees: Sees): Promise<TeamChoice[]> {
  const teams = await teamsFor(tx)
  return sees === 'by-a-share' ? teams.filter(team => !ownTeams(actor).has(team.teamId)) : teams
}

/**
 * Whoever sees the person may refer them, and nobody else learns that they are there. Not whoever sees them for a time alone, by an emergency or
 * a share that ends: a referral would last. `by-a-share`: by nothing but what somebody else opened to them, which can be ended at any moment: a share,
 * an episode.
 */
export async function howTheySee({ tx, actor }: Visit, personId: string): Promise<Sees> {
  if (!isId(personId) || actor.writePrincipals.length === 0) return 'not'
  const { rows } = await sql<{ lasting: number[]; ofWork: boolean }>`
    select array(select r.id from principals r where r.id = any (p.readers) and r.id = any (${[...actor.readPrincipals]}::int[]) and r.kind <> 'window') as lasting,
      exists (select from principals r where r.id = any (p.readers) and r.id = any (${[...actor.readPrincipals]}::int[]) and r.kind in ('post', 'commissioners')) as "ofWork"
    from people p where p.id = ${personId} and p.removed_at is null`.execute(tx)
  const found = rows[0]
  if (!found) return 'not'
  if (found.lasting.length === 0) return 'for-a-time'
  return found.ofWork || !(await isOpenedOnly(tx, personId, found.lasting)) ? 'for-good' : 'by-a-share'
}

/** Whether what is begun by it may outlast it. */
export const lasts = (sees: Sees): boolean => sees === 'for-good' || sees === 'by-a-share'
