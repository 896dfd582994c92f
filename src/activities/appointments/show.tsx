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
import { type Appointment, referenceOf, spanInWords, statusInWords } from './appointment.ts'
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
      {found.status === 'booked' && found.mayEdit && may(actor, 'record') ? <Actions visit={visit} found={found} /> : null}
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
    <a class="govuk-link" href={href}>
      {text}
    </a>
  )
  const hasBegun = found.startsAt <= clock.now()
  const isMyVisit = found.kind === 'visit' && found.workerId === actor.userId
  return (
    <>
      {isMyVisit && !hasBegun ? Button({ text: 'Before you set out', href: `${paths.visits.setOut}?appointment=${id}` }) : null}
      <Form {...form} action={paths.appointments.attended(caseId, id)}>
        <div class="govuk-button-group">
          {Button({ text: 'It went ahead: record it', classes: hasBegun ? '' : 'govuk-button--secondary', preventDoubleClick: true })}
          {link(paths.appointments.missed(caseId, id), 'They did not come')}
          {link(paths.appointments.move(caseId, id), 'Move it')}
          {link(paths.appointments.cancel(caseId, id), 'Cancel it')}
        </div>
      </Form>
    </>
  )
}

function History({ changes }: { changes: readonly AppointmentChange[] }): VNode | null {
  if (changes.length === 0) return null
  return (
    <section>
      <h2 class="govuk-heading-m">Moved</h2>
      <ul class="ly-list">
        {changes.map(({ id, at, by, reason, before }) => (
          <li key={id}>
            From {formatInstant(new Date(before.startsAt ?? at))}
            {before.place ? `, ${before.place}` : ''}, {before.worker}
            {reason ? `: ${reason}` : ''}
            <span class="ly-second">
              {by}, {formatInstant(at)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
