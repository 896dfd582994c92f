import { paths } from '../paths.ts'
import type { Answer } from '../platform/web/answer.ts'
import type { Routes, Visit } from '../platform/web/routes.ts'
import { actionsBeforePage } from './actions-page.tsx'
import { agendaPage, postChase, postSend } from './agenda-page.tsx'
import { attendancePage, postAttendance } from './attendance-page.tsx'
import { chairPage } from './chair-page.tsx'
import { cancelDatePage, moveDatePage, postCancelDate, postMoveDate } from './change-date-pages.tsx'
import { postCirculate } from './circulate-page.tsx'
import { finishPage, postFinish } from './finish-page.tsx'
import { type MeetingParts, type OfMeeting, withMeeting } from './frame.tsx'
import { minutesAsPdf, minutesPage, postCirculateMinutes, postMinutes } from './minutes-pages.tsx'
import { openPage, postNotYet, postOpen } from './open-page.tsx'
import { papersAsPdf, papersPage } from './papers-pages.tsx'
import { postOrder } from './post-order.ts'

/** `/meetings/dates/…`: one date of a meeting: its agenda, what goes out before it, how it is held, its papers and its minutes. */
export function dateRoutes(routes: Routes, parts: MeetingParts): void {
  const { meetings } = paths
  const read = { may: 'read-records' } as const
  const record = { may: 'record' } as const
  const forWhom = (who: 'part' | 'runs') => (work: (visit: Visit, of: OfMeeting) => Promise<Answer>) => (visit: Visit) =>
    withMeeting(visit, parts, who, of => work(visit, of))
  const part = forWhom('part')
  const runs = forWhom('runs')
  const meeting = ':meetingId'

  routes.get(meetings.date(meeting), read, part(agendaPage))
  routes.post(meetings.order(meeting), record, runs(postOrder))
  routes.post(meetings.send(meeting), record, runs(postSend))
  routes.post(meetings.chase(meeting), record, runs(postChase))
  routes.post(meetings.circulate(meeting), record, runs(postCirculate))
  routes.get(meetings.moveDate(meeting), record, runs(moveDatePage))
  routes.post(meetings.moveDate(meeting), record, runs(postMoveDate))
  routes.get(meetings.cancelDate(meeting), record, runs(cancelDatePage))
  routes.post(meetings.cancelDate(meeting), record, runs(postCancelDate))

  routes.get(meetings.run(meeting), record, runs(chairPage))
  routes.get(meetings.actionsBefore(meeting), record, runs(actionsBeforePage))
  routes.get(meetings.open(meeting), record, runs(openPage))
  routes.post(meetings.open(meeting), record, runs(postOpen))
  routes.post(meetings.notYet(meeting), record, runs(postNotYet))
  routes.get(meetings.attendance(meeting), record, runs(attendancePage))
  routes.post(meetings.attendance(meeting), record, runs(postAttendance))
  routes.get(meetings.finish(meeting), record, runs(finishPage))
  routes.post(meetings.finish(meeting), record, runs(postFinish))

  routes.get(meetings.papers(meeting), read, part(papersPage))
  routes.get(meetings.papersAsPdf(meeting), read, part(papersAsPdf))
  routes.get(meetings.minutes(meeting), read, part(minutesPage))
  routes.post(meetings.minutes(meeting), record, runs(postMinutes))
  routes.post(meetings.circulateMinutes(meeting), record, runs(postCirculateMinutes))
  routes.get(meetings.minutesAsPdf(meeting), read, part(minutesAsPdf))
}
