import type { CalendarSource } from '../activities/index.ts'

/** What stands in workers' calendars beside appointments, in Lanyard and elsewhere. */
export const alsoInCalendar: readonly CalendarSource[] = []
