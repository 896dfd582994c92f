import type { VNode } from 'preact'
import { isOption, type Option, optionsOf } from '../../lists/index.ts'
import { paths } from '../../paths.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import type { Fields } from '../../platform/web/fields.ts'
import type { Routes } from '../../platform/web/routes.ts'
import { errorFor, type FieldError, Input, Radios, Select, Textarea } from '../../ui/index.ts'
import { type ActionFieldsProps, actionRoutes } from '../action-page.tsx'
import type { CasesParts } from '../case-frame.tsx'
import { DayInput } from '../day-input.tsx'
import { type TeamChoice, teamChosen, teamsFor, teamValue } from '../directory.ts'
import type { Case } from '../load-case.ts'
import { AlreadyOpen, type OpenCase, openCasesOf } from '../make-referral/open-already.tsx'
import { readerOf } from '../read-fields.ts'
import { type ReferralFacts, referralOf } from '../show-case/case-facts.ts'
import { ReferralSection } from '../show-case/referral-section.tsx'
import { type Decision, type Triage, triage } from './triage.ts'

type Known = {
  reasons: readonly Option[]
  teams: readonly TeamChoice[]
  referral: ReferralFacts | undefined
  /** What the person has open beside this. */
  open: readonly OpenCase[]
  howToReach: VNode | null
}
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
