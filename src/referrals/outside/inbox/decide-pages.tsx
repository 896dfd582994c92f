import { sql } from 'kysely'
import { moveToInbox } from '../../../access/index.ts'
import { readerOf, teamChosen, teamsFor, teamValue } from '../../../cases/index.ts'
import { isOption, optionsOf } from '../../../lists/index.ts'
import { tellUsers } from '../../../notifications/index.ts'
import { paths } from '../../../paths.ts'
import { type Answer, redirect } from '../../../platform/web/answer.ts'
import { type Fields, noFields } from '../../../platform/web/fields.ts'
import type { Visit } from '../../../platform/web/routes.ts'
import { Button, errorFor, type FieldError, Form, Select, Textarea } from '../../../ui/index.ts'
import type { OutsideReferral } from '../inbox.queries.ts'
import { nameOf } from './list-pages.tsx'
import { auditOutside } from './of-referral.ts'
import { outsideOnePage } from './show-page.tsx'

/** Declined with a reason. Its sender has no account and is told by whoever rings them: the page says so. */
export async function declinePage(
  visit: Visit,
  referral: OutsideReferral,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const reasons = await optionsOf(visit.tx, 'decline-reason', referral.serviceArea)
  return outsideOnePage(
    `Decline – ${nameOf(referral)}`,
    <div class="ly-narrow">
      <h1 class="govuk-heading-l">Decline</h1>
      <p class="govuk-body">Nobody is told by this. Get in touch with whoever sent it, in the way that they said is safe.</p>
      <Form {...visit.form} action={paths.referrals.declineOutside(referral.id)}>
        <Select
          name="reason"
          label={{ text: 'Why?', classes: 'govuk-label--s' }}
          errorMessage={errorFor(errors, 'reason')}
          value={typed.text('reason')}
          items={[{ value: '', text: 'Choose' }, ...reasons.map(one => ({ value: one.code, text: one.label }))]}
        />
        <Textarea
          name="note"
          rows={4}
          label={{ text: 'Note', classes: 'govuk-label--s' }}
          hint="Such as who was told, and where they were sent"
          value={typed.typed('note')}
          errorMessage={errorFor(errors, 'note')}
        />
        <Button text="Decline it" />
      </Form>
    </div>,
    errors,
  )
}

export async function postDecline(visit: Visit, referral: OutsideReferral): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const read = readerOf(fields)
  const reason = fields.text('reason')
  if (!isOption(await optionsOf(tx, 'decline-reason', referral.serviceArea), reason)) read.refuse('reason', 'Select why you decline')
  const note = read.text('note', 'Note', 2_000)
  if (read.errors.length > 0) return declinePage(visit, referral, fields, read.errors)
  await sql`
    update outside_referrals set state = 'declined', decided_at = ${clock.now()}, decided_by = ${actor.userId}, decided_reason = ${reason}, decided_note = ${note}
    where id = ${referral.id}`.execute(tx)
  await auditOutside(visit, 'outside-referral-declined', referral, { detail: { reason } })
  return redirect(paths.referrals.outside, { notice: `${referral.number} declined` })
}

/** On to another team, whose inbox it is then in, and in this one no more. */
export async function passPage(
  visit: Visit,
  referral: OutsideReferral,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const teams = await otherTeams(visit, referral)
  return outsideOnePage(
    `Pass on – ${nameOf(referral)}`,
    <div class="ly-narrow">
      <h1 class="govuk-heading-l">Pass it on</h1>
      <p class="govuk-body">The other team sees it instead of yours, as it was sent.</p>
      <Form {...visit.form} action={paths.referrals.passOutside(referral.id)}>
        <Select
          name="team"
          label={{ text: 'To which team?', classes: 'govuk-label--s' }}
          errorMessage={errorFor(errors, 'team')}
          value={typed.text('team')}
          items={[
            { value: '', text: 'Choose a team' },
            ...teams.map(team => ({ value: teamValue(team), text: `${team.serviceName} – ${team.teamName}, ${team.agencyName}` })),
          ]}
        />
        <Textarea
          name="note"
          rows={4}
          label={{ text: 'What should they know?', classes: 'govuk-label--s' }}
          value={typed.typed('note')}
          errorMessage={errorFor(errors, 'note')}
        />
        <Button text="Pass it on" />
      </Form>
    </div>,
    errors,
  )
}

export async function postPass(visit: Visit, referral: OutsideReferral): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const now = clock.now()
  const read = readerOf(fields)
  const team = teamChosen(await otherTeams(visit, referral), fields.text('team'))
  if (!team) read.refuse('team', 'Select the team that you pass it on to')
  const note = read.text('note', 'What they should know', 2_000)
  if (read.errors.length > 0 || !team) return passPage(visit, referral, fields, read.errors)
  const { rows } = await sql<{ inbox: number; userId: string | null }>`
    select s.principal as inbox, o.user_id as "userId" from team_services s
      left join (posts o join roles l on l.id = o.role_id and 'manage-allocation' = any (l.capabilities))
        on o.team_id = s.team_id and o.service_area = s.service_area and o.ended_at is null
    where s.team_id = ${team.teamId} and s.service_area = ${team.serviceArea}`.execute(tx)
  await sql`
    update outside_referrals set passed_at = ${now}, passed_by = ${actor.userId}, passed_from = ${referral.teamName}, passed_note = ${note}
    where id = ${referral.id}`.execute(tx)
  await auditOutside(visit, 'outside-referral-passed', referral, { detail: { teamId: team.teamId, serviceArea: team.serviceArea } })
  await moveToInbox(tx, referral.id, rows[0]!.inbox)
  await tellUsers(tx, now, {
    to: rows.flatMap(row => (row.userId === null || row.userId === actor.userId ? [] : [row.userId])),
    kind: 'referral-received',
    words: 'A referral from outside was passed on to your team',
    href: paths.referrals.outsideOne(referral.id),
  })
  return redirect(paths.referrals.outside, { notice: `${referral.number} passed on to ${team.teamName}, who can see it from now on` })
}

const otherTeams = async ({ tx }: Visit, { teamId, serviceArea }: OutsideReferral) =>
  (await teamsFor(tx)).filter(team => team.teamId !== teamId || team.serviceArea !== serviceArea)

/** Spam is kept for some days and then deleted; until then it can be put back. */
export async function postSpam(visit: Visit, referral: OutsideReferral): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  if (fields.text('is') === 'spam') {
    if (referral.state !== 'sent') return redirect(paths.referrals.outsideOne(referral.id))
    await sql`update outside_referrals set state = 'spam', decided_at = ${clock.now()}, decided_by = ${actor.userId} where id = ${referral.id}`.execute(
      tx,
    )
    await auditOutside(visit, 'outside-referral-spam', referral)
    return redirect(paths.referrals.outside, {
      notice: `${referral.number} taken for spam. It stands under “Decided lately” until it is deleted.`,
    })
  }
  if (referral.state !== 'spam') return redirect(paths.referrals.outsideOne(referral.id))
  await sql`update outside_referrals set state = 'sent', decided_at = null, decided_by = null where id = ${referral.id}`.execute(tx)
  await auditOutside(visit, 'outside-referral-not-spam', referral)
  return redirect(paths.referrals.outsideOne(referral.id), { notice: 'It waits again.' })
}
