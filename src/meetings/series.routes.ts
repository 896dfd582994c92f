import { paths } from '../paths.ts'
import type { Answer } from '../platform/web/answer.ts'
import type { Routes, Visit } from '../platform/web/routes.ts'
import { addDatesPage, postAddDates } from './add-dates-page.tsx'
import { casesPage } from './cases-page.tsx'
import { endMemberPage, postEndMember } from './end-member-page.tsx'
import { endSeatPage, postEndSeat } from './end-seat-page.tsx'
import { figuresAsCsv, figuresPage } from './figures-page.tsx'
import { type MeetingParts, type OfSeries, withSeries } from './frame.tsx'
import { membersPage, postMembers } from './members-page.tsx'
import { postRefer, referPage } from './refer-pages.tsx'
import { postRunBy, runByPage } from './run-by-page.tsx'
import { seriesPage } from './series-page.tsx'
import { postSeriesSettings, seriesSettingsPage } from './series-settings-page.tsx'

/** `/meetings/series/…`: a meeting of several agencies that comes again, who sits in it, and what is referred to it. */
export function seriesRoutes(routes: Routes, parts: MeetingParts): void {
  const { meetings } = paths
  const read = { may: 'read-records' } as const
  const record = { may: 'record' } as const
  const anyone = { may: 'anyone-signed-in' } as const
  const begin = { ...record, begins: true } as const
  const forWhom = (who: 'anybody' | 'part' | 'runs') => (work: (visit: Visit, of: OfSeries) => Promise<Answer>) => (visit: Visit) =>
    withSeries(visit, parts, who, of => work(visit, of))
  const part = forWhom('part')
  const runs = forWhom('runs')
  const anybody = forWhom('anybody')
  const series = ':seriesId'

  routes.get(meetings.series(series), read, part(seriesPage))
  routes.get(meetings.cases(series), read, part(casesPage))
  routes.get(meetings.members(series), read, part(membersPage))
  routes.post(meetings.members(series), record, runs(postMembers))
  routes.get(meetings.endMember(series, ':sitterId'), record, runs(endMemberPage))
  routes.post(meetings.endMember(series, ':sitterId'), record, runs(postEndMember))
  routes.get(meetings.endSeat(series, ':seatId'), record, runs(endSeatPage))
  routes.post(meetings.endSeat(series, ':seatId'), record, runs(postEndSeat))
  // Whoever runs it, and the authority.
  routes.get(meetings.editSeries(series), anyone, anybody(seriesSettingsPage))
  routes.post(meetings.editSeries(series), anyone, anybody(postSeriesSettings))
  routes.get(meetings.runBy(series), anyone, anybody(runByPage))
  routes.post(meetings.runBy(series), anyone, anybody(postRunBy))
  routes.get(meetings.addDates(series), record, runs(addDatesPage))
  routes.post(meetings.addDates(series), record, runs(postAddDates))
  routes.get(meetings.figures(series), record, runs(figuresPage))
  routes.get(meetings.figuresAsCsv(series), record, runs(figuresAsCsv))
  routes.get(meetings.refer(series), begin, anybody(referPage))
  routes.post(meetings.refer(series), begin, anybody(postRefer))
}
