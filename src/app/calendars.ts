import type { CalendarSource } from '../activities/index.ts'
import { sessionsInCalendars } from '../groups/index.ts'
import { datesInCalendars } from '../meetings/index.ts'
import { meetingKinds } from './meeting-kinds.ts'

/** What stands in workers' calendars beside appointments, in Lanyard and elsewhere. */
export const alsoInCalendar: readonly CalendarSource[] = [sessionsInCalendars, datesInCalendars(meetingKinds)]
