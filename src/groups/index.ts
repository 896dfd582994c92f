/** Group work and programmes: places and waiting lists, attendance, what came of it. What they are and who sees what: README.md. */
export { bookingsOfGroup } from './bookings.queries.ts'
/** What facilitators have in their calendars. */
export { sessionsInCalendars } from './calendar-of-facilitators.ts'
export { book, endBooking, placeToEdit } from './change-bookings.ts'
export { completeModule, endCourse } from './change-courses.ts'
export { addGroup } from './change-groups.ts'
export { addProgramme } from './change-programmes.ts'
export { addSessions, seriesOf } from './change-sessions.ts'
/** Gives places that have come free to those who wait. */
export { groupJobs } from './fill-places.ts'
export { findGroup, ownTeams, sessionsOf } from './groups.queries.ts'
export { groupRoutes, programmeRoutes } from './groups.routes.ts'
/** Who of a group, or of one session, can be texted at once. */
export { groupsToText } from './groups-to-text.ts'
/** What is still open on a case, as closing it asks, and what becomes of it. */
export { endPlaces, openPlacesOf } from './open-places.ts'
export { GroupsOfPerson, GroupsPanel } from './panels.tsx'
export { coursesOfCase, modulesOfCourse } from './programmes.queries.ts'
export { recordAttendance } from './record-attendance.ts'
