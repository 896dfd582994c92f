import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import { may } from '../../platform/actor.ts'
import { startOfDay, timeInWords, today } from '../../platform/clock.ts'
import { addDays } from '../../platform/plain-date.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, Form, SidePanel } from '../../ui/index.ts'
import { whenInWords } from '../appointments/appointment.ts'
import { isOverdue, youAreOut } from '../visits/visit.ts'
import { ownVisitOut } from '../visits/visits.queries.ts'
import { type CalendarEntry, type CalendarParts, entriesOf } from './entries.ts'

/** What is on today, and whether one is out on a visit, for "My work", which audits that its reader looked at their work. */
export const todayPanel = (parts: CalendarParts) => (visit: Visit) => TodayPanel(visit, parts)

async function TodayPanel(visit: Visit, parts: CalendarParts): Promise<VNode> {
  const { tx, actor, clock } = visit
  const day = today(clock)
  const now = clock.now()
  const whose = actor.userId ?? ''
  const [from, until] = [startOfDay(day), startOfDay(addDays(day, 1))]
  const found = await entriesOf(tx, actor, { workers: [whose], from, until, limit: 30 }, parts)
  const out = await ownVisitOut(tx, actor)
  const shown = found.filter(one => !one.isCancelled)
  return (
    <SidePanel id="today-panel" title="Today">
      {out ? (
        <Form {...visit.form} action={paths.visits.back(out.id)}>
          <p class={isOverdue(out, now) ? 'govuk-body ly-strong ly-late' : 'govuk-body'}>
            {youAreOut(out)}, expected back at {whenInWords(out.expectedBackAt, now)}
            {isOverdue(out, now) ? ': overdue' : ''}.{' '}
            {out.mayChange ? (
              <a class="govuk-link" href={paths.visits.change(out.id)}>
                {out.second ? 'We will be later' : 'I will be later'}
              </a>
            ) : (
              'You may not record here any more: tell a colleague when you are back.'
            )}
          </p>
          {out.mayChange ? Button({ text: out.second ? 'We are back' : 'I am back', preventDoubleClick: true }) : null}
        </Form>
      ) : null}
      {shown.length === 0 ? <p class="govuk-body">Nothing is booked for today.</p> : null}
      <ul class="ly-list">
        {shown.map(one => (
          <li key={one.id}>
            <Line one={one} isOver={one.endsAt <= now} />
          </li>
        ))}
      </ul>
      <p class="govuk-body">
        <a class="govuk-link" href={paths.calendar.show}>
          My calendar
        </a>
        {out || !may(actor, 'record') ? null : (
          <>
            {' · '}
            <a class="govuk-link" href={paths.visits.setOut}>
              I am going on a visit
            </a>
          </>
        )}
      </p>
    </SidePanel>
  )
}

function Line({ one, isOver }: { one: CalendarEntry; isOver: boolean }): VNode {
  const state = one.isOpen ? (isOver && !one.isSaidByOthers ? 'Say what came of it' : '') : one.state
  return (
    <>
      <strong>{timeInWords(one.startsAt)}</strong>{' '}
      <a class="govuk-link" href={one.href}>
        {[one.what, one.person?.name ?? one.about].filter(Boolean).join(' · ')}
      </a>
      <span class="ly-second">{[one.place, one.contactCare, state].filter(Boolean).join(' · ')}</span>
    </>
  )
}
