import type { VNode } from 'preact'
import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import { lastDayBefore, londonDate, today as londonToday } from '../../platform/clock.ts'
import { formatLongDate, type PlainDate } from '../../platform/plain-date.ts'
import { type Answer, page } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, EmptyState, FilterChips, PageTitle, Select } from '../../ui/index.ts'
import { colleaguesOf } from '../appointments/appointments.queries.ts'
import { addressRoutes } from './address.tsx'
import { type CalendarEntry, type CalendarParts, entriesOf } from './entries.ts'
import { EntryTable } from './entry-table.tsx'
import { type Period, periodOf, type View, views } from './period.ts'

/** One's own calendar and that of one's team, by day, by week, or as a list. */
export function calendarRoutes(routes: Routes, parts: CalendarParts & { origin: string }): void {
  routes.get('/calendar', { may: 'read-records' }, visit => showCalendar(visit, parts))
  addressRoutes(routes, parts.origin)
}

/** More than this in one view is not read by anybody: the page says that it stops, and a shorter view has the rest. */
const most = 500

async function showCalendar(visit: Visit, parts: CalendarParts): Promise<Answer> {
  const { tx, actor, clock, query } = visit
  const today = londonToday(clock)
  const period = periodOf(query.get('view'), query.get('on'), today)
  const colleagues = await colleaguesOf(tx, actor)
  const me = actor.userId ?? ''
  const asked = query.get('of') ?? ''
  const whose = asked === 'team' ? 'team' : (colleagues.find(one => one.id === asked)?.id ?? me)
  const workers = whose === 'team' ? colleagues.map(one => one.id) : [whose]
  const all = await entriesOf(tx, actor, { workers, from: period.from, until: period.until, limit: most + 1 }, parts)
  const found = all.slice(0, most)
  await audit(tx, actor, clock.now(), {
    action: 'calendar-read',
    subject: { type: 'calendar', id: whose },
    detail: { from: period.from, until: period.until, shown: found.length },
  })
  const title =
    whose === 'team' ? 'My team’s calendar' : whose === me ? 'My calendar' : `Calendar of ${colleagues.find(one => one.id === whose)?.name}`
  const body = (
    <>
      <PageTitle
        title={title}
        context={period.title}
        actions={
          <>
            <a class="govuk-link" href={paths.visits.board}>
              Who is out
            </a>
            <a class="govuk-link" href={paths.dropIns.list}>
              Drop-ins
            </a>
            <a class="govuk-link" href={paths.outreach.list}>
              Outreach
            </a>
            <a class="govuk-link" href={paths.calendar.address}>
              Your calendar elsewhere
            </a>
          </>
        }
      />
      <Choices period={period} whose={whose} me={me} colleagues={colleagues} today={today} />
      {all.length > most ? (
        <p class="govuk-body ly-strong">
          Only the first {most} are shown, and those after them are not. Choose a shorter view or one colleague to see them.
        </p>
      ) : null}
      {period.view === 'list' ? (
        <EntryTable caption={period.title} rows={found} withDay empty={<EmptyState title="Nothing is booked in these four weeks." />} />
      ) : (
        period.days.map(day => <Day key={day} day={day} today={today} rows={found.filter(one => isOn(one, day))} />)
      )}
    </>
  )
  return page(title, body, { section: 'calendar' })
}

/** One that goes over midnight stands on both days. */
const isOn = (one: CalendarEntry, day: PlainDate): boolean => londonDate(one.startsAt) <= day && day <= lastDayBefore(one.endsAt)

function Day({ day, today, rows }: { day: PlainDate; today: PlainDate; rows: readonly CalendarEntry[] }): VNode {
  const name = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`))
  const caption = `${name} ${formatLongDate(day)}${day === today ? ', today' : ''}`
  if (rows.length > 0) return <EntryTable caption={caption} rows={rows} withDay={false} />
  return (
    <p class="govuk-body ly-calendar__free">
      <strong>{caption}</strong> Nothing booked
    </p>
  )
}

type ChoicesProps = { period: Period; whose: string; me: string; colleagues: readonly { id: string; name: string }[]; today: PlainDate }

function Choices({ period, whose, me, colleagues, today }: ChoicesProps): VNode {
  const go = (change: Partial<{ view: View; on: PlainDate; of: string }>) => {
    const to = { view: period.view, on: period.on, of: whose === me ? '' : whose, ...change }
    const query = new URLSearchParams({ view: to.view, on: to.on, ...(to.of ? { of: to.of } : {}) })
    return `${paths.calendar.show}?${query}`
  }
  return (
    <div class="ly-no-print">
      <FilterChips
        label="Views"
        items={[
          ...(Object.entries(views) as [View, string][]).map(([view, text]) => ({
            text,
            href: go({ view }),
            current: view === period.view,
          })),
          { text: 'Earlier', href: go({ on: period.earlier }), current: false },
          { text: 'Today', href: go({ on: today }), current: false },
          { text: 'Later', href: go({ on: period.later }), current: false },
        ]}
      />
      {colleagues.length > 1 ? (
        <form method="get" action={paths.calendar.show} class="ly-narrow-by">
          <input type="hidden" name="view" value={period.view} />
          <input type="hidden" name="on" value={period.on} />
          <Select
            name="of"
            label="Whose"
            value={whose === me ? '' : whose}
            items={[
              { value: '', text: 'Mine' },
              { value: 'team', text: 'My team’s' },
              ...colleagues.filter(one => one.id !== me).map(one => ({ value: one.id, text: one.name })),
            ]}
          />
          <Button text="Show" classes="govuk-button--secondary" />
        </form>
      ) : null}
    </div>
  )
}
