import {
  approveMinutes,
  circulateMinutes,
  circulatePapers,
  findMeeting,
  finishMeeting,
  type Meeting,
  markDiscussed,
  openMeeting,
  recordAttendance,
  seatsOfSeries,
  setAction,
  writeEntry,
} from '../../meetings/index.ts'
import type { When } from '../calendar.ts'
import { mustBe, type Ref } from '../telling/tale.ts'
import { itemOf, nextDate, type StageOfMeeting, type Telling } from './telling.ts'

/** What was said of an item when it was talked about, and what agencies took on, each by a day so many from today. */
export type Heard = {
  itemId: string
  note: string
  decision: string
  why: string
  actions: readonly { what: string; agency: string; worker?: string; dueIn: number; ref?: Ref }[]
}
/** A date that has been held. `apologies`: agencies that could not come; everybody else was there. */
export type Held = { day: number; hour: number; chair: string; apologies?: readonly string[]; heard: readonly Heard[]; minutes: string }

/** The next date of the series, from its papers to its minutes. */
export async function isHeld(telling: Telling, { day, hour, chair, apologies = [], heard, minutes }: Held): Promise<void> {
  const { does, coordinator } = telling
  const at = (minutes: number): When => [day, `${hour + Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`]
  await does([day + 1, '12:10'], coordinator, async stage => {
    await circulatePapers(stage.tx, stage.actor, stage.now, await nextDate(stage))
  })
  const meeting = await does(at(20), chair, async stage => {
    const { tx, actor, now, series } = stage
    const meeting = await nextDate(stage)
    mustBe(await openMeeting(tx, actor, now, meeting))
    const seats = (await seatsOfSeries(tx, series.id)).filter(seat => !seat.endedAt)
    const came = seats.map(seat => ({
      seatId: seat.id,
      status: apologies.includes(seat.name) ? ('apologies' as const) : ('present' as const),
      names: '',
    }))
    await recordAttendance(tx, actor, now, meeting, seats, came)
    return meeting
  })
  for (const [place, one] of heard.entries()) await does(at(35 + 15 * place), chair, stage => isHeard(stage, telling, meeting, one))
  await does(at(95), chair, async stage => {
    const nothingLeft = { heard: [], goesOn: [], next: undefined }
    mustBe(await finishMeeting(stage.tx, stage.actor, stage.now, await nextDate(stage), nothingLeft))
  })
  await sendMinutes(telling, [Math.max(0, day - 2), '17:05'], meeting.id, minutes)
}

async function isHeard(stage: StageOfMeeting, { cast, calendar }: Telling, meeting: Meeting, heard: Heard): Promise<void> {
  const { tx, actor, now, series } = stage
  const item = await itemOf(stage, heard.itemId)
  await writeEntry(tx, actor, now, item, meeting, { kind: 'note', words: heard.note, rationale: '' })
  await writeEntry(tx, actor, now, item, meeting, { kind: 'decision', words: heard.decision, rationale: heard.why })
  const seats = await seatsOfSeries(tx, series.id)
  for (const { what, agency, worker, dueIn, ref } of heard.actions) {
    const seat = seats.find(one => one.name === agency)
    if (!seat) throw new Error(`${agency} does not sit in ${series.name}.`)
    const workerId = worker ? cast.user(worker).userId : null
    const action = { what, seat, workerId, dueOn: calendar.day(dueIn), partyId: null, caseId: null, meetingId: meeting.id }
    const id = mustBe(await setAction(tx, actor, now, item, action))
    ref?.become(id)
  }
  await markDiscussed(tx, now, item)
}

async function sendMinutes({ does, coordinator }: Telling, when: When, meetingId: string, words: string): Promise<void> {
  await does(when, coordinator, async ({ tx, actor, now }) => {
    const held = async () => (await findMeeting(tx, meetingId))!
    mustBe(await approveMinutes(tx, actor, now, await held(), words))
    mustBe(await circulateMinutes(tx, actor, now, await held()))
  })
}
