import { sql } from 'kysely'
import { moveToInbox } from '../../../access/index.ts'
import { readerOf, teamChosen, teamsFor, teamValue } from '../../../cases/index.ts'
import { type Option, optionsOf } from '../../../lists/index.ts'
import { tellUsers } from '../../../notifications/index.ts'
import { paths } from '../../../paths.ts'
import { type Answer, redirect } from '../../../platform/web/answer.ts'
import { type Fields, noFields } from '../../../platform/web/fields.ts'
import type { Visit } from '../../../platform/web/routes.ts'
import { Button, errorFor, type FieldError, Form, Input, Radios, Select, Textarea } from '../../../ui/index.ts'
import type { OutsideReferral } from '../inbox.queries.ts'
import { nameOf } from './list-pages.tsx'
import { auditOutside } from './of-referral.tsx'
import { outsideOnePage } from './show-page.tsx'

/** On to another team, whose inbox it is then in, and in this one no more. */
export async function passPage(
  visit: Visit,
  referral: OutsideReferral,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const [teams, reasons] = await Promise.all([otherTeams(visit, referral), optionsOf(visit.tx, 'without-consent')])
  return outsideOnePage(
    `Pass on – ${nameOf(referral)}`,
    <div class="ly-narrow">
      <h1 class="govuk-heading-l">Pass it on</h1>
      <p class="govuk-body">
        The other team sees it instead of yours, as it was sent. Its sender is not told by this. To another agency it goes as its page says:
        where the sender or the person agrees, or where the law allows or requires it.
      </p>
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
        <Radios
          name="basis"
          fieldset={{ legend: { text: 'If it is another agency: by what right?', classes: 'govuk-fieldset__legend--s' } }}
          hint={`Within ${referral.agencyName} nothing is needed`}
          errorMessage={errorFor(errors, 'basis')}
          value={typed.text('basis')}
          items={[
            {
              value: 'agreed',
              text: 'They were asked, and agree',
              conditional: {
                text: (
                  <Input
                    name="agreed"
                    label="Who agreed, when and how?"
                    hint="Such as “Morwenna Penrose, today, by telephone”"
                    value={typed.typed('agreed')}
                    errorMessage={errorFor(errors, 'agreed')}
                  />
                ),
              },
            },
            {
              value: 'law',
              text: 'Without their agreement, by a lawful reason',
              conditional: {
                text: (
                  <>
                    <Select
                      name="reason"
                      label="By what lawful reason?"
                      errorMessage={errorFor(errors, 'reason')}
                      value={typed.text('reason')}
                      items={[{ value: '', text: 'Choose one' }, ...reasons.map(one => ({ value: one.code, text: one.label }))]}
                    />
                    <Textarea
                      name="because"
                      rows={3}
                      label="What is it here?"
                      value={typed.typed('because')}
                      errorMessage={errorFor(errors, 'because')}
                    />
                  </>
                ),
              },
            },
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
  const right = team && team.agencyName !== referral.agencyName ? readRight(read, fields, await optionsOf(tx, 'without-consent')) : null
  if (read.errors.length > 0 || !team) return passPage(visit, referral, fields, read.errors)
  const { rows } = await sql<{ inbox: number; userId: string | null }>`
    select s.principal as inbox, o.user_id as "userId" from team_services s
      left join (posts o join roles l on l.id = o.role_id and 'manage-allocation' = any (l.capabilities))
        on o.team_id = s.team_id and o.service_area = s.service_area and o.ended_at is null
    where s.team_id = ${team.teamId} and s.service_area = ${team.serviceArea}`.execute(tx)
  await sql`
    update outside_referrals set passed_at = ${now}, passed_by = ${actor.userId}, passed_from = ${referral.teamName}, passed_note = ${[note, right?.words].filter(Boolean).join('\n\n')}
    where id = ${referral.id}`.execute(tx)
  await auditOutside(visit, 'outside-referral-passed', referral, {
    detail: { teamId: team.teamId, serviceArea: team.serviceArea, ...(right ? { toAnotherAgency: right.basis } : {}) },
  })
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

/** By what right another agency reads it, and the words for whoever does (E4). */
function readRight(read: ReturnType<typeof readerOf>, fields: Fields, reasons: readonly Option[]): { basis: string; words: string } | null {
  const basis = read.choice('basis', ['agreed', 'law'], 'Select by what right it goes to another agency')
  if (basis === 'agreed') {
    const agreed = read.needed('agreed', 'Who agreed', 'Enter who agreed, when and how', 300)
    return { basis, words: `They agreed that it is passed on: ${agreed}` }
  }
  if (basis !== 'law') return null
  const reason = reasons.find(one => one.code === fields.text('reason'))
  if (!reason) read.refuse('reason', 'Select the lawful reason')
  const because = read.needed('because', 'What it is here', 'Enter what it is here', 1_000)
  return { basis: reason?.code ?? basis, words: `Passed on without their agreement: ${reason?.label ?? ''}. ${because}` }
}
