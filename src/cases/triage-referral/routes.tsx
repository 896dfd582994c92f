import type { VNode } from 'preact'
import { carryWithholdings, rewriteCase } from '../../access/index.ts'
import { isOption, type Option, optionsOf } from '../../lists/index.ts'
import { paths } from '../../paths.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import { no, ok, type Result } from '../../platform/result.ts'
import type { Fields } from '../../platform/web/fields.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { errorFor, type FieldError, Input, Radios, Select, Textarea } from '../../ui/index.ts'
import { type ActionFieldsProps, actionRoutes } from '../action-page.tsx'
import type { CasesParts, TellOfReferral } from '../case-frame.tsx'
import { DayInput } from '../day-input.tsx'
import { type TeamChoice, teamChosen, teamsFor, teamValue } from '../directory.ts'
import { record } from '../events.ts'
import type { Case } from '../load-case.ts'
import { AlreadyOpen, type OpenCase, openCasesOf } from '../make-referral/open-already.tsx'
import { readerOf } from '../read-fields.ts'
import { type ReferralFacts, referralOf } from '../show-case/case-facts.ts'
import { ReferralSection } from '../show-case/case-parts.tsx'

type Known = {
  reasons: readonly Option[]
  teams: readonly TeamChoice[]
  referral: ReferralFacts | undefined
  /** What the person has open beside this. */
  open: readonly OpenCase[]
  howToReach: VNode | null
}
type Decision = 'accept' | 'decline' | 'signpost' | 'reroute'
export type Triage = { decidedOn: PlainDate; note: string } & (
  | { decision: 'accept' }
  | { decision: 'decline'; reason: string; reasonLabel: string }
  | { decision: 'signpost'; to: string }
  | { decision: 'reroute'; team: TeamChoice }
)
const decisions: readonly Decision[] = ['accept', 'decline', 'signpost', 'reroute']

/** What the receiving team decides about a referral. */
export function triageRoutes(routes: Routes, parts: CasesParts): void {
  actionRoutes<Known, Triage, 'not-now'>(routes, parts, {
    name: 'triage',
    may: 'manage-allocation',
    moves: ['accepted'],
    title: 'Decide on the referral',
    button: 'Save the decision',
    look: async (visit, theCase) => ({
      referral: await referralOf(visit.tx, theCase.id),
      open: (await openCasesOf(visit.tx, visit.actor, [theCase.personId])).filter(one => one.caseId !== theCase.id),
      howToReach: (await parts.howToReach?.(visit, theCase)) ?? null,
      reasons: await optionsOf(visit.tx, 'decline-reason', theCase.serviceArea),
      teams: (await teamsFor(visit.tx)).filter(team => team.teamId !== theCase.teamId || team.serviceArea !== theCase.serviceArea),
    }),
    Fields: TriageFields,
    read: readTriage,
    inWords: wish => [
      { label: 'Decision', value: decisionWords[wish.decision] },
      { label: 'Note', value: wish.note || 'None' },
    ],
    act: (visit, theCase, wish) => triage(visit, theCase, wish, parts.tellOfReferral),
    refusals: { 'not-now': { field: 'decision', message: 'Somebody has already decided on this referral' } },
    done: (wish, known) => doneWords[wish.decision](wish, known),
    // Whoever passes a referral on may no longer see it.
    leadsTo: (theCase, wish) => (wish.decision === 'reroute' ? paths.referrals.inbox : paths.cases.show(theCase.id)),
  })
}

/** Records the decision with its words. The case was locked. */
export async function triage(
  { tx, actor, clock }: Pick<Visit, 'tx' | 'actor' | 'clock'>,
  theCase: Case,
  wish: Triage,
  tell?: TellOfReferral,
): Promise<Result<Case, 'not-now'>> {
  const now = clock.now()
  const occurredOn = wish.decidedOn
  const telling = { part: 'referral', kind: 'referral', summary: wish.note } as const
  switch (wish.decision) {
    case 'accept': {
      const done = await record(
        tx,
        actor,
        now,
        theCase,
        { kind: 'accepted', data: {}, occurredOn },
        { ...telling, title: 'Referral accepted' },
      )
      if (!done.ok) return done
      await decide(tx, theCase.id, { decision: 'accepted', decided_on: occurredOn, decision_note: wish.note, decided_by: actor.name })
      await showInvolvement(tx, theCase, occurredOn)
      await tell?.(tx, actor, now, { caseId: theCase.id, step: 'accepted' })
      return done
    }
    case 'decline': {
      const title = `Referral declined: ${wish.reasonLabel}`
      const done = await record(
        tx,
        actor,
        now,
        theCase,
        { kind: 'declined', data: { reason: wish.reason }, occurredOn },
        { ...telling, title },
      )
      if (!done.ok) return done
      await decide(tx, theCase.id, {
        decision: 'declined',
        decided_on: occurredOn,
        decision_reason: wish.reason,
        decision_note: wish.note,
        decided_by: actor.name,
      })
      await tell?.(tx, actor, now, { caseId: theCase.id, step: 'declined' })
      return done
    }
    case 'signpost': {
      const done = await record(
        tx,
        actor,
        now,
        theCase,
        { kind: 'signposted', data: {}, occurredOn },
        { ...telling, title: `Signposted to ${wish.to}` },
      )
      if (!done.ok) return done
      await decide(tx, theCase.id, {
        decision: 'signposted',
        decided_on: occurredOn,
        signposted_to: wish.to,
        decision_note: wish.note,
        decided_by: actor.name,
      })
      await tell?.(tx, actor, now, { caseId: theCase.id, step: 'signposted' })
      return done
    }
    case 'reroute': {
      const { teamId, serviceArea, teamName } = wish.team
      if (teamId === theCase.teamId && serviceArea === theCase.serviceArea) return no('not-now')
      const happening = { kind: 'rerouted', data: { teamId, serviceArea }, occurredOn } as const
      const done = await record(tx, actor, now, theCase, happening, { ...telling, title: `Referral passed on to ${teamName}` })
      if (!done.ok) return done
      // While the actor still sees whom it concerns.
      await tell?.(tx, actor, now, { caseId: theCase.id, step: 'rerouted' })
      await rewriteCase(tx, theCase.id)
      await carryWithholdings(tx, actor, now, theCase.id)
      return ok(done.value)
    }
  }
}

type DecisionRow = {
  decision: string
  decided_on: PlainDate
  decided_by: string
  decision_note: string
  decision_reason?: string
  signposted_to?: string
}
export async function decide(tx: Tx, caseId: string, row: DecisionRow): Promise<void> {
  await tx.updateTable('referrals').set(row).where('case_id', '=', caseId).execute()
}

/** E7: from now on others with the right may know that the service is involved. The row keeps the lists of existence. */
export async function showInvolvement(tx: Tx, theCase: Case, openedOn: PlainDate): Promise<void> {
  const known = await tx.selectFrom('involvements').select('case_id').where('case_id', '=', theCase.id).executeTakeFirst()
  if (known) return void (await tx.updateTable('involvements').set({ closed_on: null }).where('case_id', '=', theCase.id).execute())
  const whole = await tx
    .selectFrom('caseload_entries')
    .select(['readers', 'editors', 'withheld'])
    .where('case_id', '=', theCase.id)
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('involvements')
    .values({
      case_id: theCase.id,
      person_id: theCase.personId,
      service_area: theCase.serviceArea,
      team_id: theCase.teamId,
      opened_on: openedOn,
      ...whole,
    })
    .execute()
  await rewriteCase(tx, theCase.id)
}

const decisionWords: Record<Decision, string> = {
  accept: 'Accept',
  decline: 'Decline',
  signpost: 'Signpost elsewhere',
  reroute: 'Pass on to another team or service',
}
/** A colleague of another team reads the decision and has been told; whoever has no account hears it from the team. */
const toldWords = (referral: ReferralFacts | undefined): string =>
  referral?.follows ? `${referral.author} has been told, and reads why.` : 'Tell whoever asked why.'

const doneWords: { [D in Decision]: (wish: Triage, known: Pick<Known, 'referral'>) => string } = {
  accept: () => 'Referral accepted. Choose who works with it next.',
  decline: (_, { referral }) => `Referral declined. ${toldWords(referral)}`,
  signpost: () => 'Recorded where you signposted to',
  reroute: wish => (wish.decision === 'reroute' ? `Passed on to ${wish.team.teamName}, who can see it from now on` : ''),
}

function readTriage(
  fields: Fields,
  { reasons, teams }: Known,
  { theCase, today }: { theCase: Case; today: PlainDate },
): Triage | { errors: FieldError[] } {
  const read = readerOf(fields)
  const decision = read.choice('decision', decisions, 'Select what you decide')
  const bounds = { notAfter: today, notBefore: theCase.referredOn, notBeforeWords: 'on or after the day of the referral' }
  const reason = fields.text('decline-reason')
  if (decision === 'decline' && !isOption(reasons, reason)) read.refuse('decline-reason', 'Select why you decline')
  const to = decision === 'signpost' ? read.needed('signposted-to', 'Where to', 'Enter where you signpost the person to', 200) : ''
  const team = teamChosen(teams, fields.text('team'))
  if (decision === 'reroute' && !team) read.refuse('team', 'Select the team that you pass it on to')
  const note = read.text('note', 'Note', 2_000)
  const decidedOn = read.day('decided', 'Date of the decision', bounds)
  if (read.errors.length > 0 || !decidedOn || !decision) return { errors: read.errors }
  const base = { decidedOn, note }
  if (decision === 'accept') return { ...base, decision }
  if (decision === 'decline') return { ...base, decision, reason, reasonLabel: reasons.find(one => one.code === reason)?.label ?? reason }
  if (decision === 'signpost') return { ...base, decision, to }
  return { ...base, decision, team: team! }
}

/** What passing it on rests on: they agreed to this service, and another one is another question. */
function agreedWords(referral: ReferralFacts | undefined): string {
  if (referral?.consent === 'given')
    return `They agreed to this referral: ${referral.consentHow}. Ask them before it goes to a service that they did not agree to.`
  if (referral?.consent === 'refused') return `They refused to be referred. It went on because: ${referral.withoutConsentBecause}`
  return 'They have not been asked whether they agree.'
}

function TriageFields({ known, typed, errors, today }: ActionFieldsProps<Known>): VNode {
  const error = (field: string) => errorFor(errors, field)
  return (
    <>
      <AlreadyOpen cases={known.open} />
      {known.referral ? <ReferralSection referral={known.referral} /> : null}
      {known.howToReach}
      <Radios
        name="decision"
        fieldset={{ legend: { text: 'What do you decide?', classes: 'govuk-fieldset__legend--s' } }}
        errorMessage={error('decision')}
        value={typed.text('decision')}
        items={[
          { value: 'accept', text: decisionWords.accept },
          {
            value: 'decline',
            text: decisionWords.decline,
            conditional: {
              text: (
                <Select
                  name="decline-reason"
                  label="Why?"
                  errorMessage={error('decline-reason')}
                  value={typed.text('decline-reason')}
                  items={[{ value: '', text: 'Choose' }, ...known.reasons.map(one => ({ value: one.code, text: one.label }))]}
                />
              ),
            },
          },
          {
            value: 'signpost',
            text: decisionWords.signpost,
            conditional: {
              text: (
                <Input name="signposted-to" label="Where to?" value={typed.typed('signposted-to')} errorMessage={error('signposted-to')} />
              ),
            },
          },
          {
            value: 'reroute',
            text: decisionWords.reroute,
            hint: { text: `They will see the referral instead of your team. ${agreedWords(known.referral)}` },
            conditional: {
              text: (
                <Select
                  name="team"
                  label="Which team?"
                  errorMessage={error('team')}
                  value={typed.text('team')}
                  items={[
                    { value: '', text: 'Choose a team' },
                    ...known.teams.map(team => ({
                      value: teamValue(team),
                      text: `${team.serviceName} – ${team.teamName}, ${team.agencyName}`,
                    })),
                  ]}
                />
              ),
            },
          },
        ]}
      />
      <Textarea
        name="note"
        rows={4}
        label="What do you want to say about it?"
        hint="The referrer can read this."
        value={typed.typed('note')}
        errorMessage={error('note')}
      />
      <DayInput name="decided" legend="When was it decided?" typed={typed} errors={errors} start={today} />
    </>
  )
}
