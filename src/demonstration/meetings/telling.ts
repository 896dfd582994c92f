import { withholdItem } from '../../access/index.ts'
import type { Answers } from '../../forms/index.ts'
import {
  allSeries,
  answerAtOnce,
  comingOf,
  findItem,
  type Item,
  type Meeting,
  type MeetingKind,
  referAtOnce,
  researchOfMeeting,
  type Series,
  seatsOfSeries,
  sendAgenda,
  triageItem,
} from '../../meetings/index.ts'
import type { ActAs, Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Files } from '../../platform/files.ts'
import type { Calendar, When } from '../calendar.ts'
import type { Cast } from '../cast.ts'
import { mustBe } from '../telling/tale.ts'

/** What a meeting talks about, while it is told: one act after another, each by somebody under their own rights. */
export type Telling = {
  readonly kind: MeetingKind
  readonly cast: Cast
  readonly calendar: Calendar
  readonly files: Files
  readonly coordinator: string
  does<T>(when: When, by: string, act: (stage: StageOfMeeting) => Promise<T>): Promise<T>
}
export type StageOfMeeting = { tx: Tx; actor: Actor & { userId: string }; now: Date; series: Series }

type From = Omit<Telling, 'does'> & { as: ActAs }
export const tellingOf = ({ as, ...telling }: From): Telling => ({
  ...telling,
  does: (when, by, act) => {
    const actor = telling.cast.user(by)
    return as(actor, async tx =>
      act({ tx, actor, now: telling.calendar.at(when), series: firstOf(await allSeries(tx, actor), telling.kind)! }),
    )
  },
})

/** The series of the story among those of its kind: the first that was set up, whose id is the lowest. */
export const firstOf = (all: readonly Series[], kind: Pick<MeetingKind, 'code'>): Series | undefined =>
  all.filter(one => one.kind === kind.code).sort((a, b) => (a.id < b.id ? -1 : 1))[0]

/** The next date that has not been held. */
export async function nextDate({ tx, series }: StageOfMeeting): Promise<Meeting> {
  const [next] = await comingOf(tx, series.id)
  if (!next) throw new Error(`${series.name} has no date to come.`)
  return next
}

/** An item as somebody sees it. */
export async function itemOf({ tx, actor }: StageOfMeeting, itemId: string): Promise<Item> {
  const item = await findItem(tx, actor, itemId)
  if (!item) throw new Error(`The item is not ${actor.name}'s to see.`)
  return item
}

/** Somebody refers to it. Answers the item's id. */
export const refers = (telling: Telling, when: When, by: string, answers: Answers): Promise<string> =>
  telling.does(when, by, ({ tx, actor, now, series }) => referAtOnce(tx, actor, now, [telling.kind], series, answers))

/** From whom an item, or a part of it, is kept, and why. */
export type KeptFrom = { agency: string; part?: string; reason: string }

/** The co-ordinator puts a referral on to the next agenda, for every agency that sits there. */
export const accepts = (telling: Telling, when: When, itemId: string, keptFrom?: KeptFrom): Promise<void> =>
  telling.does(when, telling.coordinator, async stage => {
    const { tx, actor, now, series } = stage
    const invited = (await seatsOfSeries(tx, series.id)).map(seat => seat.principal)
    const accepted = { decision: 'accept', invited, isRepeat: false, repeatOf: null, words: '' } as const
    mustBe(await triageItem(tx, actor, now, await itemOf(stage, itemId), { ...accepted, meetingId: (await nextDate(stage)).id }))
    if (!keptFrom) return
    const { agency, part = null, reason } = keptFrom
    await withholdItem(tx, actor, now, { itemId, holder: telling.cast.agency(agency), part, reason })
  })

/** The agenda goes out: from now on agencies read what is on it, and are asked what they know. */
export const sendsOut = (telling: Telling, when: When): Promise<number> =>
  telling.does(when, telling.coordinator, async stage => mustBe(await sendAgenda(stage.tx, stage.actor, stage.now, await nextDate(stage))))

/** An agency says what it knows of an item at the next date. */
export const answers = (telling: Telling, when: When, by: string, itemId: string, known: Answers): Promise<void> =>
  telling.does(when, by, async stage => {
    const { tx, actor, now, series } = stage
    const asked = await researchOfMeeting(tx, actor, (await nextDate(stage)).id)
    const own = asked.find(one => one.isOwn && one.itemId === itemId)
    if (!own) throw new Error(`${actor.name} is not asked about it.`)
    await answerAtOnce(tx, actor, now, [telling.kind], series, own, known)
  })
