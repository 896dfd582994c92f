import type { VNode } from 'preact'
import { type Case, caseName, casePage, DayInput, findCase, leadsEpisode, lockCase, readerOf } from '../cases/index.ts'
import { AskColleague, askedColleague, type ColleagueAsked, nobodyAsked } from '../identity/index.ts'
import { paths } from '../paths.ts'
import { today } from '../platform/clock.ts'
import { orNothing } from '../platform/db/or-nothing.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, errorFor, errorSummaryFor, type FieldError, Form, InsetText, Textarea } from '../ui/index.ts'
import {
  type Appointment,
  ableToCoordinate,
  appoint,
  type Candidate,
  candidateById,
  missingCoordinator,
  type NoAppointment,
} from './coordinator.ts'
import type { EpisodesParts } from './episodes-parts.ts'

/** Who co-ordinates it from when: asked by its co-ordinator, or by its desk, where one has left. */
export async function askWhoCoordinates(visit: Visit, parts: EpisodesParts): Promise<Answer> {
  const theCase = await findCase(visit.tx, visit.actor, visit.params['caseId'] ?? '')
  return theCase && mayAppoint(visit, theCase) ? form(visit, parts, theCase, []) : notFound()
}

export async function postCoordinator(visit: Visit, parts: EpisodesParts): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const theCase = await lockCase(tx, actor, visit.params['caseId'] ?? '')
  if (!theCase || !mayAppoint(visit, theCase)) return notFound()
  const asked = await askedColleague(tx, fields, 'email', ableToCoordinate)
  const candidate = asked.chosen && (await candidateById(tx, asked.chosen.userId))
  const wish = readAppointment(visit, theCase, asked, candidate)
  if ('errors' in wish) return form(visit, parts, theCase, wish.errors, asked)
  const done = await orNothing(tx, () => appoint(tx, actor, clock.now(), theCase, wish))
  if (!done.ok) return form(visit, parts, theCase, [{ field: 'email', message: refusals[done.error] }], asked)
  // Whoever gave it up holds it by nothing else, unless they keep its desk.
  const after = await findCase(tx, actor, theCase.id)
  return redirect(after ? paths.cases.show(theCase.id) : paths.episodes.list, {
    notice: `${wish.to.name} co-ordinates it now and has been told${after ? '' : '. You see it no more'}`,
  })
}

const mayAppoint = ({ actor }: Visit, theCase: Case): boolean =>
  theCase.isEpisode && theCase.whole && theCase.mayDecide && theCase.closedOn === null && leadsEpisode(actor, theCase)

const refusals: Record<NoAppointment, string> = {
  'not-now': 'The episode has been closed',
  'is-it-already': 'They co-ordinate it already',
  withheld: 'They cannot be given this episode. Choose somebody else',
}

function readAppointment(
  { fields, clock }: Visit,
  theCase: Case,
  asked: ColleagueAsked,
  candidate: Candidate | undefined,
): Appointment | { errors: FieldError[] } {
  const read = readerOf(fields)
  if (!candidate) {
    const missing = missingCoordinator('email', asked)
    read.refuse(missing.field, missing.message)
  }
  const fromOn = read.day('from', 'The day', {
    notAfter: today(clock),
    notBefore: theCase.openedOn ?? theCase.referredOn,
    notBeforeWords: 'on or after the day it began',
  })
  const reason = read.needed('reason', 'Why', 'Enter why somebody else co-ordinates it', 1_000)
  const handOver = read.text('hand-over', 'What they must know', 4_000)
  return read.errors.length > 0 || !fromOn || !candidate ? { errors: read.errors } : { to: candidate, fromOn, reason, handOver }
}

async function form(
  visit: Visit,
  parts: EpisodesParts,
  theCase: Case,
  errors: readonly FieldError[],
  asked: ColleagueAsked = nobodyAsked,
): Promise<Answer> {
  const title = 'Change the co-ordinator'
  const body = (
    <div class="ly-narrow">
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">{title}</h1>
      <InsetText text={whatEnds(visit, theCase)} />
      <Form {...visit.form} action={paths.episodes.coordinator(theCase.id)}>
        <AppointmentFields visit={visit} errors={errors} asked={asked} />
        <div class="govuk-button-group">
          <Button text="Appoint them" />
          <a class="govuk-link" href={paths.cases.show(theCase.id)}>
            Cancel
          </a>
        </div>
      </Form>
    </div>
  )
  const options = { title: `${title} – ${caseName(theCase)}`, current: 'overview', hasErrors: errors.length > 0 }
  return casePage(visit, parts, theCase, options, body)
}

function whatEnds({ actor }: Visit, theCase: Case): string {
  if (!theCase.workerName) return 'Nobody co-ordinates it now.'
  return theCase.workerId === actor.userId
    ? 'You co-ordinate it now. What that lets you do on it ends at once, and you see no more of it unless they put you in the team.'
    : `${theCase.workerName} co-ordinates it now. What that lets them do on it ends at once.`
}

type AppointmentProps = { visit: Visit; errors: readonly FieldError[]; asked: ColleagueAsked }

function AppointmentFields({ visit: { fields: typed, clock }, errors, asked }: AppointmentProps): VNode {
  return (
    <>
      <AskColleague
        name="email"
        asked={asked}
        typed={typed}
        errors={errors}
        label="Who co-ordinates it from now on? Their name, or their email address here"
      />
      <DayInput name="from" legend="From which day?" typed={typed} errors={errors} start={today(clock)} />
      <Textarea
        name="reason"
        rows={2}
        label={{ text: 'Why?', classes: 'govuk-label--s' }}
        hint="The team around the person reads this"
        value={typed.typed('reason')}
        errorMessage={errorFor(errors, 'reason')}
      />
      <Textarea
        name="hand-over"
        rows={4}
        label={{ text: 'What must they know?', classes: 'govuk-label--s' }}
        value={typed.typed('hand-over')}
        errorMessage={errorFor(errors, 'hand-over')}
      />
    </>
  )
}
