import type { VNode } from 'preact'
import { audit } from '../../audit/index.ts'
import { type FrameParts, type PartOfCase, partPage } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import { may } from '../../platform/actor.ts'
import { formatInstant, londonDate } from '../../platform/clock.ts'
import { formatLongDate } from '../../platform/plain-date.ts'
import type { Answer } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, Form, SummaryList } from '../../ui/index.ts'
import { type Appointment, hasBegun, mayBeTakenBack, referenceOf, spanInWords, statusInWords } from './appointment.ts'
import { type AppointmentChange, changesOf } from './appointments.queries.ts'
import { textOfAppointment } from './appointments-to-text.ts'

/** One appointment: when, where, what it was before, and what can be said of it now. */
export async function showAppointment(
  visit: Visit,
  parts: FrameParts & { texting?: boolean },
  part: PartOfCase,
  found: Appointment,
): Promise<Answer> {
  const { tx, actor, clock } = visit
  await audit(tx, actor, clock.now(), {
    action: 'appointment-opened',
    subject: { type: 'appointment', id: found.id },
    personId: part.personId,
    caseId: part.caseId,
  })
  const changes = await changesOf(tx, found.id)
  const mayChange = found.mayEdit && may(actor, 'record')
  const row = (key: string, value: string) => (value ? [{ key: { text: key }, value: { text: value } }] : [])
  const body = (
    <>
      <SummaryList
        rows={[
          ...row('When', `${formatLongDate(londonDate(found.startsAt))}, ${spanInWords(found.startsAt, found.endsAt)}`),
          ...row('Who will be there', found.workerName),
          ...row('Where', found.place),
          ...row('What it is for', found.purpose),
          ...row('Safety note', found.safety),
          ...row('State', statusInWords(found)),
          ...row('Because', found.outcome),
          ...row('Reference in calendars elsewhere', referenceOf(found.id)),
        ]}
      />
      {mayChange && found.status === 'booked' ? <Actions visit={visit} found={found} /> : null}
      {mayChange && mayBeTakenBack(found) ? (
        <p class="govuk-body">
          <a class="govuk-link" href={paths.appointments.takeBack(part.caseId, found.id)}>
            This was said by mistake: take it back
          </a>
        </p>
      ) : null}
      {parts.texting && found.status === 'booked' && found.startsAt > clock.now() && part.theCase.mayEdit && may(actor, 'send-texts') ? (
        <p class="govuk-body">
          <a class="govuk-link" href={textOfAppointment(found.id)}>
            Send a reminder by text
          </a>
        </p>
      ) : null}
      <History changes={changes} />
      <p class="govuk-body">
        <a class="govuk-link" href={paths.appointments.ofCase(part.caseId)}>
          All appointments of this case
        </a>
      </p>
    </>
  )
  return partPage(visit, parts, part, `${found.kindName}, ${formatInstant(found.startsAt)}`, body, {
    current: 'appointments',
    narrow: true,
  })
}

function Actions({ visit: { form, actor, clock }, found }: { visit: Visit; found: Appointment }): VNode {
  const { caseId, id } = found
  const link = (href: string, text: string) => (
    <a class="govuk-link" key={href} href={href}>
      {text}
    </a>
  )
  const isMyVisit = found.kind === 'visit' && found.workerId === actor.userId
  const moveOrCancel = [link(paths.appointments.move(caseId, id), 'Move it'), link(paths.appointments.cancel(caseId, id), 'Cancel it')]
  if (!hasBegun(found, clock.now()))
    return (
      <>
        <div class="govuk-button-group">
          {isMyVisit ? Button({ text: 'Before you set out', href: `${paths.visits.setOut}?appointment=${id}` }) : null}
          {moveOrCancel}
        </div>
        <p class="govuk-body">From {formatInstant(found.startsAt)} on you can say here whether it went ahead or they did not come.</p>
      </>
    )
  return (
    <Form {...form} action={paths.appointments.attended(caseId, id)}>
      <div class="govuk-button-group">
        {Button({ text: 'It went ahead: record it', preventDoubleClick: true })}
        {link(paths.appointments.missed(caseId, id), 'They did not come')}
        {moveOrCancel}
      </div>
    </Form>
  )
}

function History({ changes }: { changes: readonly AppointmentChange[] }): VNode | null {
  if (changes.length === 0) return null
  return (
    <section>
      <h2 class="govuk-heading-m">What it was before</h2>
      <ul class="ly-list">
        {changes.map(({ id, at, by, reason, before }) => (
          <li key={id}>
            {before.said
              ? `Taken back: ${before.said}`
              : [`Moved from ${formatInstant(new Date(before.startsAt ?? at))}`, before.place, before.worker].filter(Boolean).join(', ')}
            {reason ? `. ${reason}` : ''}
            <span class="ly-second">
              {by}, {formatInstant(at)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
