import { type PartOfCase, withPart } from '../cases/index.ts'
import type { Answer } from '../platform/web/answer.ts'
import type { Routes, Visit } from '../platform/web/routes.ts'
import { bookPage, choosePerson, postBook, withBooking } from './book-pages.tsx'
import { correctPage, endBookingPage, postCorrect, postEndBooking, withAttendance } from './booking-pages.tsx'
import { postNotTold, postTold } from './cancelled-session.tsx'
import { caseGroups, chooseGroup, showBooking, withBookingOf } from './case-groups.tsx'
import { certificateAsPdf, certificatePage } from './certificate.tsx'
import {
  beginCoursePage,
  finishPage,
  modulePage,
  postBeginCourse,
  postFinish,
  postModule,
  showCourse,
  withCourse,
  withModule,
} from './course-pages.tsx'
import type { Booking } from './group.ts'
import { editGroupPage, endGroupPage, newGroupPage, postEditGroup, postEndGroup, postNewGroup, withOwnGroup } from './group-pages.tsx'
import type { GroupParts } from './group-parts.ts'
import { listGroups } from './list-groups.tsx'
import type { Course } from './programme.ts'
import {
  editProgrammePage,
  listProgrammes,
  newProgrammePage,
  postEditProgramme,
  postNewProgramme,
  showProgramme,
  withOwnProgramme,
} from './programme-pages.tsx'
import { postRegister, registerPage, withRegister } from './register.tsx'
import {
  addSessionsPage,
  cancelSessionPage,
  editSessionPage,
  postAddSessions,
  postCancelSession,
  postEditSession,
  withOwnSession,
} from './session-pages.tsx'
import { showGroup } from './show-group.tsx'
import { showSession } from './show-session.tsx'

/** `/groups…` and `/cases/:caseId/groups…`. */
export function groupRoutes(routes: Routes, parts: GroupParts): void {
  const read = { may: 'read-records' } as const
  const record = { may: 'record' } as const
  routes.get('/groups', read, listGroups)
  routes.get('/groups/new', record, visit => newGroupPage(visit))
  routes.post('/groups/new', record, postNewGroup)
  routes.get('/groups/:groupId', read, visit => showGroup(visit, parts))
  routes.get('/groups/:groupId/edit', record, visit => withOwnGroup(visit, group => editGroupPage(visit, group)))
  routes.post('/groups/:groupId/edit', record, visit => withOwnGroup(visit, group => postEditGroup(visit, group)))
  routes.get('/groups/:groupId/end', record, visit => withOwnGroup(visit, group => endGroupPage(visit, group)))
  routes.post('/groups/:groupId/end', record, visit => withOwnGroup(visit, group => postEndGroup(visit, group)))
  routes.get('/groups/:groupId/sessions/new', record, visit => withOwnGroup(visit, group => addSessionsPage(visit, group)))
  routes.post('/groups/:groupId/sessions/new', record, visit => withOwnGroup(visit, group => postAddSessions(visit, group)))
  const session = '/groups/:groupId/sessions/:sessionId'
  routes.get(session, read, visit => showSession(visit, parts))
  routes.post(`${session}/told`, record, postTold)
  routes.post(`${session}/not-told`, record, postNotTold)
  routes.get(`${session}/edit`, record, visit => withOwnSession(visit, (group, one) => editSessionPage(visit, group, one)))
  routes.post(`${session}/edit`, record, visit => withOwnSession(visit, (group, one) => postEditSession(visit, group, one)))
  routes.get(`${session}/cancel`, record, visit => withOwnSession(visit, (group, one) => cancelSessionPage(visit, group, one)))
  routes.post(`${session}/cancel`, record, visit => withOwnSession(visit, (group, one) => postCancelSession(visit, group, one)))
  routes.get(`${session}/register`, record, visit => withRegister(visit, register => registerPage(visit, register)))
  routes.post(`${session}/register`, record, visit => withRegister(visit, register => postRegister(visit, register)))
  routes.get('/groups/:groupId/book', record, visit => choosePerson(visit, parts))
  routes.get('/groups/:groupId/book/:caseId', record, visit => withBooking(visit, (group, part) => bookPage(visit, parts, group, part)))
  routes.post('/groups/:groupId/book/:caseId', record, visit => withBooking(visit, (group, part) => postBook(visit, parts, group, part)))

  const ofCase = '/cases/:caseId/groups'
  routes.get(ofCase, read, visit => withPart(visit, 'groups', 'read', part => caseGroups(visit, parts, part)))
  routes.get(`${ofCase}/new`, record, visit => withPart(visit, 'groups', 'edit', part => chooseGroup(visit, parts, part)))
  const booking = `${ofCase}/:bookingId`
  routes.get(booking, read, visit => onBooking(visit, 'read', (part, one) => showBooking(visit, parts, part, one)))
  routes.get(`${booking}/end`, record, visit => onBooking(visit, 'edit', (part, one) => endBookingPage(visit, parts, part, one)))
  routes.post(`${booking}/end`, record, visit => onBooking(visit, 'edit', (part, one) => postEndBooking(visit, parts, part, one)))
  const attendance = `${booking}/sessions/:sessionId`
  routes.get(attendance, record, visit =>
    onBooking(visit, 'edit', (part, one) => withAttendance(visit, one, recorded => correctPage(visit, parts, part, one, recorded))),
  )
  routes.post(attendance, record, visit =>
    onBooking(visit, 'edit', (part, one) => withAttendance(visit, one, recorded => postCorrect(visit, parts, part, one, recorded))),
  )
}

/** `/programmes…` and `/cases/:caseId/programmes…`. */
export function programmeRoutes(routes: Routes, parts: GroupParts): void {
  const read = { may: 'read-records' } as const
  const record = { may: 'record' } as const
  routes.get('/programmes', read, listProgrammes)
  routes.get('/programmes/new', record, visit => newProgrammePage(visit))
  routes.post('/programmes/new', record, postNewProgramme)
  routes.get('/programmes/:programmeId', read, showProgramme)
  routes.get('/programmes/:programmeId/edit', record, visit => withOwnProgramme(visit, one => editProgrammePage(visit, one)))
  routes.post('/programmes/:programmeId/edit', record, visit => withOwnProgramme(visit, one => postEditProgramme(visit, one)))

  const ofCase = '/cases/:caseId/programmes'
  routes.get(`${ofCase}/new`, record, visit => withPart(visit, 'groups', 'edit', part => beginCoursePage(visit, parts, part)))
  routes.post(`${ofCase}/new`, record, visit => withPart(visit, 'groups', 'edit', part => postBeginCourse(visit, parts, part)))
  const course = `${ofCase}/:courseId`
  routes.get(course, read, visit => onCourse(visit, 'read', (part, one) => showCourse(visit, parts, part, one)))
  routes.get(`${course}/finish`, record, visit => onCourse(visit, 'edit', (part, one) => finishPage(visit, parts, part, one)))
  routes.post(`${course}/finish`, record, visit => onCourse(visit, 'edit', (part, one) => postFinish(visit, parts, part, one)))
  routes.get(`${course}/certificate`, read, visit => onCourse(visit, 'read', (part, one) => certificatePage(visit, part, one)))
  routes.get(`${course}/certificate/pdf`, read, visit => onCourse(visit, 'read', (part, one) => certificateAsPdf(visit, part, one)))
  const module = `${course}/modules/:moduleId`
  routes.get(module, record, visit =>
    onCourse(visit, 'edit', (part, one) => withModule(visit, one, each => modulePage(visit, parts, part, one, each))),
  )
  routes.post(module, record, visit =>
    onCourse(visit, 'edit', (part, one) => withModule(visit, one, each => postModule(visit, parts, part, one, each))),
  )
}

const onCourse = (visit: Visit, to: 'read' | 'edit', work: (part: PartOfCase, course: Course) => Promise<Answer>): Promise<Answer> =>
  withPart(visit, 'groups', to, part => withCourse(visit, part, course => work(part, course)))

const onBooking = (visit: Visit, to: 'read' | 'edit', work: (part: PartOfCase, booking: Booking) => Promise<Answer>): Promise<Answer> =>
  withPart(visit, 'groups', to, part => withBookingOf(visit, part, booking => work(part, booking)))
