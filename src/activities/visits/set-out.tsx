import type { VNode } from 'preact'
import { auditUnlessTold } from '../../audit/index.ts'
import {
  type Flag,
  type FrameParts,
  flagsOfCase,
  InstantInput,
  readerOf,
  readInstant,
  type Typed,
  typedFrom,
  typedInstant,
} from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import { londonDate } from '../../platform/clock.ts'
import { type Answer, page, redirect } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { AlertBar, Button, errorFor, errorSummaryFor, type FieldError, Form, Input, PageTitle, Select } from '../../ui/index.ts'
import { type Appointment, spanInWords } from '../appointments/appointment.ts'
import { findAppointment } from '../appointments/appointments.queries.ts'
import { holdVisitsOf, setOut } from './change-visits.ts'
import { refuseSecretPlace } from './secret-places.ts'
import { companionsFor, isOut, ownVisitOut } from './visits.queries.ts'

export const backWords = { date: 'Date you expect to be back', time: 'Time you expect to be back' }
/** Nobody is out for longer than this without a word. */
export const longestVisit = 24 * 3_600_000

export type SetOutParts = Pick<FrameParts, 'personBanner'>

/** What to know before a visit, and until when to be missed if one does not come back. */
export async function showSetOut(visit: Visit, parts: SetOutParts): Promise<Answer> {
  const out = await ownVisitOut(visit.tx, visit.actor)
  if (out) return redirect(paths.visits.change(out.id), { notice: 'You are out already. Say when you will be back, or that you are.' })
  const to = await appointmentAsked(visit)
  const end = to ? new Date(to.endsAt.getTime() + 30 * 60_000) : new Date(visit.clock.now().getTime() + 90 * 60_000)
  return setOutPage(visit, parts, to, typedFrom({ ...typedInstant('back', end), whereabouts: [''] }), [])
}

export async function postSetOut(visit: Visit, parts: SetOutParts): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const now = clock.now()
  const to = await appointmentAsked(visit)
  const read = readerOf(fields)
  const whereabouts = read.needed('whereabouts', 'Where you will be', 'Enter where you will be, for whoever has to look for you', 300)
  await refuseSecretPlace(tx, actor, to?.personId, whereabouts, londonDate(now), read.errors)
  const back = readBack(fields, now, read.errors)
  const teamId = teamsOf(visit).find(team => team.id === fields.text('team'))?.id ?? teamsOf(visit)[0]?.id
  if (!teamId) read.refuse('team', 'You have no team that could look for you')
  const secondId = fields.text('second') || null
  const second = secondId ? (await companionsFor(tx, actor)).find(one => one.id === secondId) : undefined
  if (secondId && !second) read.refuse('second', 'Select who goes with you, or nobody')
  if (read.errors.length > 0 || !back || !teamId) return setOutPage(visit, parts, to, fields, read.errors)
  await holdVisitsOf(tx, [actor.userId, secondId])
  if (await ownVisitOut(tx, actor)) return redirect(paths.visits.board, { notice: 'You are out already.' })
  if (second && (await isOut(tx, second.id))) {
    const message = `${second.name} is out already. They have to say that they are back before they can go with you`
    return setOutPage(visit, parts, to, fields, [{ field: 'second', message }])
  }
  await setOut(tx, actor, now, { teamId, whereabouts, expectedBackAt: back, appointmentId: to?.id ?? null, secondId })
  return redirect(paths.visits.board, { notice: 'Your team can see that you are out. Say “I am back” when you are.' })
}

/** When somebody expects to be back: after now, and within a day. */
export function readBack(typed: Typed, now: Date, errors: FieldError[]): Date | undefined {
  const back = readInstant(typed, 'back', backWords, errors)
  if (back && back <= now) errors.push({ field: 'back-time', message: 'Time you expect to be back must be later than now' })
  if (back && back.getTime() - now.getTime() > longestVisit)
    errors.push({ field: 'back-day', message: 'Date you expect to be back must be within a day' })
  return back
}

/** The appointment that the address names, if it is one to come of a kind and the actor's to keep. */
async function appointmentAsked({ tx, actor, query }: Visit): Promise<Appointment | undefined> {
  const found = await findAppointment(tx, actor, query.get('appointment') ?? '')
  return found?.workerId === actor.userId && found.status === 'booked' ? found : undefined
}

const teamsOf = ({ actor }: Visit) => [
  ...new Map(actor.posts.map(post => [post.teamId, { id: post.teamId, name: post.teamName }])).values(),
]

async function setOutPage(
  visit: Visit,
  parts: SetOutParts,
  to: Appointment | undefined,
  typed: Typed,
  errors: readonly FieldError[],
): Promise<Answer> {
  const teams = teamsOf(visit)
  const companions = await companionsFor(visit.tx, visit.actor)
  const body = (
    <div class="ly-narrow">
      {/* With it come the alerts on the person, and whoever around them is dangerous. */}
      {to ? await parts.personBanner(visit, to.personId) : null}
      <PageTitle title={to ? 'Before you set out' : 'I am going on a visit'} />
      {to ? <WhatToKnow to={to} flags={await flagsFor(visit, to)} /> : null}
      <Form {...visit.form} action={paths.visits.setOut + (to ? `?appointment=${to.id}` : '')} classes="ly-form">
        {errorSummaryFor(errors)}
        {Input({
          name: 'whereabouts',
          label: 'Where you will be',
          hint: 'Your whole team reads this, so that they can look for you. Name nobody whom you visit, and no address that must stay secret',
          value: typed.typed('whereabouts'),
          errorMessage: errorFor(errors, 'whereabouts'),
        })}
        <InstantInput name="back" words={backWords} typed={typed} errors={errors} />
        {companions.length > 0
          ? Select({
              name: 'second',
              label: 'Who goes with you (optional)',
              hint: 'Either of you can say that you are back',
              value: typed.text('second'),
              items: [{ value: '', text: 'Nobody' }, ...companions.map(one => ({ value: one.id, text: one.name }))],
              errorMessage: errorFor(errors, 'second'),
            })
          : null}
        {teams.length > 1
          ? Select({
              name: 'team',
              label: 'Who looks for you',
              value: typed.text('team'),
              items: teams.map(team => ({ value: team.id, text: team.name })),
              errorMessage: errorFor(errors, 'team'),
            })
          : null}
        <p class="govuk-body">
          If you have not said by then that you are back, your team leader and whoever is on duty are told at once, and a quarter of an hour
          later everybody in the team.
        </p>
        <div class="govuk-button-group">
          {Button({ text: 'I am setting out', preventDoubleClick: true })}
          <a class="govuk-link" href={to ? paths.appointments.show(to.caseId, to.id) : paths.calendar.show}>
            Cancel
          </a>
        </div>
      </Form>
    </div>
  )
  return page(to ? 'Before you set out' : 'I am going on a visit', body, { hasErrors: errors.length > 0, section: 'calendar' })
}

/** Open flags of the case, as far as the reader may see them. */
async function flagsFor({ tx, actor, clock }: Visit, to: Appointment): Promise<Flag[]> {
  await auditUnlessTold(tx, actor, clock.now(), {
    action: 'visit-prepared',
    subject: { type: 'appointment', id: to.id },
    personId: to.personId,
    caseId: to.caseId,
  })
  return (await flagsOfCase(tx, to.caseId)).filter(flag => flag.resolvedAt === null)
}

function WhatToKnow({ to, flags }: { to: Appointment; flags: readonly Flag[] }): VNode {
  return (
    <>
      <p class="govuk-body">
        {to.kindName}
        {to.personName ? ` with ${to.personName}` : ''}, {spanInWords(to.startsAt, to.endsAt)}
        {to.place ? `, ${to.place}` : ''}.
      </p>
      {to.safety ? <AlertBar kind="danger" title="Safety note." children={to.safety} /> : null}
      {flags.map(({ id, label, note }) => (
        <AlertBar key={id} kind="danger" title={`${label}.`}>
          {note}
        </AlertBar>
      ))}
      {to.contactCare ? (
        <AlertBar kind="warning" title="Safe to contact.">
          {to.contactCare}
        </AlertBar>
      ) : null}
      {!to.safety && flags.length === 0 ? <p class="govuk-body">This case has no flag, and the appointment no safety note.</p> : null}
    </>
  )
}
