import {
  addMeetings,
  addMember,
  addSeat,
  allSeries,
  comingOf,
  type MeetingKind,
  pastOf,
  seatsOfSeries,
  setUpSeries,
} from '../../meetings/index.ts'
import { type ActAs, asActor, asActors } from '../../platform/actor.ts'
import type { Database, Tx } from '../../platform/db/database.ts'
import type { Files } from '../../platform/files.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import type { Calendar, When } from '../calendar.ts'
import type { Cast } from '../cast.ts'
import { mustBe } from '../telling/tale.ts'
import { firstOf, type Telling, tellingOf } from './telling.ts'

/** Who sits in it: the agency, what kind it is, its member, and a deputy. */
export type Sitting = { agency: string; category: string; member: string; deputy?: string }

export type ToldSeries = {
  kind: MeetingKind
  words: { name: string; place: string; startsAt: string; adultWomen?: number } & Partial<MeetingKind['defaults']>
  chair: string
  coordinator: string
  sitting: readonly Sitting[]
  /** When it was set up. */
  began: When
  /** Its first date, and how many it has from there. */
  dates: (calendar: Calendar) => { first: PlainDate; times: number }
  /** What is talked about in it. */
  tell: (telling: Telling) => Promise<void>
}

export type Loading = { web: Database; calendar: Calendar; files: Files; castNow: () => Promise<Cast> }

/**
 * A meeting in three steps: set up, who sits in it, what it talks about. Each is one transaction, after which those who were given a part hold it; stopped
 * in between, the next start goes on from there.
 */
export async function tellSeries({ web, calendar, files, castNow }: Loading, told: ToldSeries): Promise<void> {
  const step = async (act: (as: ActAs, cast: Cast) => Promise<void>) => {
    const cast = await castNow()
    await asActors(web, as => act(as, cast))
  }
  const stands = await howFar(web, await castNow(), told)
  const began = calendar.at(told.began)
  if (stands < 1) await step((as, cast) => as(cast.user(administrator), tx => setUp(tx, cast, began, told)))
  if (stands < 2) await step((as, cast) => as(cast.user(told.coordinator), tx => seatAll(tx, cast, began, calendar, told)))
  if (stands < 3)
    await step((as, cast) => told.tell(tellingOf({ as, cast, calendar, files, kind: told.kind, coordinator: told.coordinator })))
}

const administrator = 'austell.keast'

/** What somebody has changed since by hand stays as they left it: a series that is not the story's to run any more is told. */
async function howFar(web: Database, cast: Cast, { kind, coordinator }: ToldSeries): Promise<0 | 1 | 2 | 3> {
  const actor = cast.user(coordinator)
  return asActor(web, actor, 'read', async tx => {
    const series = firstOf(await allSeries(tx, actor), kind)
    if (!series) return 0
    if (!series.runs) return 3
    if ((await seatsOfSeries(tx, series.id)).length === 0) return 1
    const dates = [...(await comingOf(tx, series.id)), ...(await pastOf(tx, series.id, { limit: 100 }))]
    return dates.some(one => one.sentAt) ? 3 : 2
  })
}

async function setUp(tx: Tx, cast: Cast, now: Date, { kind, words, chair, coordinator }: ToldSeries): Promise<void> {
  const actor = cast.user(administrator)
  const series = await setUpSeries(tx, actor, now, kind, { adultWomen: null, ...kind.defaults, ...words })
  mustBe(await addMember(tx, actor, now, series, { userId: cast.user(chair).userId, role: 'chair', seat: null }))
  mustBe(await addMember(tx, actor, now, series, { userId: cast.user(coordinator).userId, role: 'co-ordinator', seat: null }))
}

async function seatAll(
  tx: Tx,
  cast: Cast,
  now: Date,
  calendar: Calendar,
  { kind, coordinator, sitting, dates }: ToldSeries,
): Promise<void> {
  const actor = cast.user(coordinator)
  const series = firstOf(await allSeries(tx, actor), kind)!
  for (const { agency, category, member, deputy } of sitting) {
    mustBe(await addSeat(tx, actor, now, series, cast.agencyId(agency), category))
    const seat = (await seatsOfSeries(tx, series.id)).find(one => one.name === agency)!
    mustBe(await addMember(tx, actor, now, series, { userId: cast.user(member).userId, role: 'member', seat }))
    if (deputy) mustBe(await addMember(tx, actor, now, series, { userId: cast.user(deputy).userId, role: 'deputy', seat }))
  }
  const { first, times } = dates(calendar)
  mustBe(await addMeetings(tx, actor, now, series, first, times))
}
