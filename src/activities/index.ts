import type { FrameParts } from '../cases/index.ts'
import type { Routes } from '../platform/web/routes.ts'
import { appointmentRoutes } from './appointments/appointments.routes.tsx'
import { calendarRoutes } from './calendar/calendar.routes.tsx'
import type { CalendarParts } from './calendar/entries.ts'
import { dropInRoutes } from './drop-ins/drop-ins.routes.tsx'
import type { LinkParts } from './drop-ins/link-drop-in.tsx'
import { outreachRoutes } from './outreach/outreach.routes.tsx'
import { visitRoutes } from './visits/visits.routes.tsx'

export type ActivitiesParts = FrameParts &
  CalendarParts &
  LinkParts & {
    /** Where people reach the service: a calendar's address begins with it. */
    origin: string
    /** Whether text messages can go anywhere. */
    texting?: boolean
  }

/** The pages of the diary: appointments and the calendar, visits, drop-ins, outreach. */
export function activitiesRoutes(routes: Routes, parts: ActivitiesParts): void {
  appointmentRoutes(routes, parts)
  calendarRoutes(routes, parts)
  visitRoutes(routes, parts)
  dropInRoutes(routes, parts)
  outreachRoutes(routes)
}

/** What follows when appointments are missed, for an authority to decide. */
export type { AttendanceRule } from './appointments/appointment.ts'
/** What is booked: on a case's page, and still to come on a person's timeline. */
export { AppointmentsPanel, comingFor } from './appointments/appointments-panel.tsx'
/** Whoever has an appointment on one of the next days, as a group that can be texted. */
export { appointmentsToText } from './appointments/appointments-to-text.ts'
export { attendanceRules, keepAttendanceRule, type SourcedRule, withdrawAttendanceRule } from './appointments/attendance-rules.ts'
/** The next hearing, as the note of one says it. */
export { bookHearing } from './appointments/book.tsx'
/** Makes an appointment, or a series of them. */
export { book } from './appointments/change-appointments.ts'
/** What still stands when a case is closed. */
export { endAppointments, openAppointmentsOf } from './appointments/open-appointments.ts'
/** What was still to come goes with a case to its next worker; and how much that is. */
export { countComing, passAppointments } from './appointments/pass-appointments.ts'
/** Reminds a worker an hour before. */
export { remindOfAppointment } from './appointments/remind.ts'
/** Ends the secret address of a calendar with its user's account. */
export { endCalendarAddress } from './calendar/address.tsx'
/** What another module puts into workers' calendars, such as the sessions of a group. */
export type { CalendarEntry, CalendarSource, CalendarWanted } from './calendar/entries.ts'
/** The secret address of a worker's calendar, for calendar programs. */
export { feedRoutes } from './calendar/feed.ts'
/** What is on today, for "My work". */
export { todayPanel } from './calendar/today-panel.tsx'
/** Somebody who came in and is not on record. */
export { addDropIn } from './drop-ins/drop-ins.queries.ts'
/** Out on a visit, and back. */
export { comeBack, setOut } from './visits/change-visits.ts'
/** Whoever has not come back, above all else of "My work". */
export { OverdueAlerts } from './visits/overdue-alerts.tsx'
export { findVisit } from './visits/visits.queries.ts'
/** Misses whoever has not come back from a visit. */
export { watchVisits } from './visits/watch-visits.ts'
