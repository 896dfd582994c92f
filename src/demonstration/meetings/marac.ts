import { withholdItem } from '../../access/index.ts'
import { marac } from '../../marac/index.ts'
import {
  addMeetings,
  addMember,
  addSeat,
  allSeries,
  answerAtOnce,
  findItem,
  meetingsOf,
  referAtOnce,
  researchOfMeeting,
  seatsOfSeries,
  sendAgenda,
  setUpSeries,
  triageItem,
} from '../../meetings/index.ts'
import { type ActAs, asActor, asActors } from '../../platform/actor.ts'
import type { Database } from '../../platform/db/database.ts'
import { addDays, weekdayOf } from '../../platform/plain-date.ts'
import type { Calendar } from '../calendar.ts'
import type { Cast } from '../cast.ts'
import { mustBe } from '../telling/tale.ts'
import { maracCases } from './cases.ts'

const administrator = 'austell.keast'
const coordinator = 'meriasek.tonkin'
const chair = 'lamorna.kitto'
const kinds = [marac]

/** Who sits in it: the agency, what kind it is, its member, and a deputy. */
const sitting: readonly { agency: string; category: string; member: string; deputy?: string }[] = [
  { agency: 'Porthkerris Police', category: 'POL', member: 'denzil.opie' },
  { agency: 'Safe Haven Porthkerris', category: 'IDVA', member: 'kerensa.lugg', deputy: 'bryluen.carne' },
  { agency: 'Kerris Homes', category: 'HOU', member: 'wella.goldsworthy' },
  { agency: 'Porthkerris NHS Trust', category: 'SEC', member: 'ysella.bray' },
  { agency: 'Porthkerris Probation', category: 'PRO', member: 'jenna.trewin' },
  { agency: 'Porthkerris Council', category: 'CSC', member: 'demelza.vyvyan' },
]

type Loading = { web: Database; calendar: Calendar; castNow: () => Promise<Cast> }

/**
 * A MARAC next Wednesday, in three steps: set up, who sits in it, what is on its agenda. Each is one transaction, after which those who were given a
 * part hold it; stopped in between, the next start goes on from there.
 */
export async function tellMarac({ web, calendar, castNow }: Loading): Promise<void> {
  const { now } = calendar
  const step = async (act: (as: ActAs, cast: Cast) => Promise<void>) => {
    const cast = await castNow()
    await asActors(web, as => act(as, cast))
  }
  const stands = await howFar(web, await castNow())
  if (stands < 1) await step((as, cast) => as(cast.user(administrator), tx => setUp(tx, cast, now)))
  if (stands < 2) await step((as, cast) => as(cast.user(coordinator), tx => seatAll(tx, cast, calendar)))
  if (stands < 3) await step((as, cast) => agenda(as, cast, calendar))
}

async function howFar(web: Database, cast: Cast): Promise<number> {
  return asActor(web, cast.user(coordinator), 'read', async tx => {
    const [series] = await allSeries(tx, cast.user(coordinator))
    if (!series) return 0
    const { coming } = await meetingsOf(tx, series.id)
    if (coming.length === 0) return 1
    return coming[0]!.state === 'planned' ? 2 : 3
  })
}

type Tx = Parameters<Parameters<typeof asActor>[3]>[0]

async function setUp(tx: Tx, cast: Cast, now: Date): Promise<void> {
  const actor = cast.user(administrator)
  const words = {
    name: 'Porthkerris MARAC',
    place: 'The Old Customs House, upper room',
    startsAt: '09:30',
    adultWomen: 31_400,
    ...marac.defaults,
  }
  const series = await setUpSeries(tx, actor, now, marac, words)
  mustBe(await addMember(tx, actor, now, series, { userId: cast.user(chair).userId, role: 'chair', seat: null }))
  mustBe(await addMember(tx, actor, now, series, { userId: cast.user(coordinator).userId, role: 'co-ordinator', seat: null }))
}

async function seatAll(tx: Tx, cast: Cast, { now, day }: Calendar): Promise<void> {
  const actor = cast.user(coordinator)
  const series = (await allSeries(tx, actor))[0]!
  for (const { agency, category, member, deputy } of sitting) {
    mustBe(await addSeat(tx, actor, now, series, cast.agencyId(agency), category))
    const seat = (await seatsOfSeries(tx, series.id)).find(one => one.name === agency)!
    mustBe(await addMember(tx, actor, now, series, { userId: cast.user(member).userId, role: 'member', seat }))
    if (deputy) mustBe(await addMember(tx, actor, now, series, { userId: cast.user(deputy).userId, role: 'deputy', seat }))
  }
  // The next Wednesday, never today.
  const wednesday = addDays(day(0), ((3 - weekdayOf(day(0)) + 6) % 7) + 1)
  mustBe(await addMeetings(tx, actor, now, series, wednesday, 4))
}

async function agenda(as: ActAs, cast: Cast, { now }: Calendar): Promise<void> {
  const runs = cast.user(coordinator)
  const told = new Map<string, (typeof maracCases)[number]>()
  for (const one of maracCases) {
    const { by, answers, keptFrom } = one
    const itemId = await as(cast.user(by), async tx =>
      referAtOnce(tx, cast.user(by), now, kinds, (await allSeries(tx, cast.user(by)))[0]!, answers),
    )
    told.set(itemId, one)
    await as(runs, async tx => {
      const series = (await allSeries(tx, runs))[0]!
      const meeting = (await meetingsOf(tx, series.id)).coming[0]!
      const item = (await findItem(tx, runs, itemId))!
      const seats = (await seatsOfSeries(tx, series.id)).map(seat => seat.principal)
      mustBe(
        await triageItem(tx, runs, now, item, {
          decision: 'accept',
          meetingId: meeting.id,
          invited: seats,
          isRepeat: false,
          repeatOf: null,
          words: '',
        }),
      )
      if (keptFrom) await withholdItem(tx, runs, now, { itemId, holder: cast.agency(keptFrom.agency), part: null, reason: keptFrom.reason })
    })
  }
  await as(runs, async tx => {
    const series = (await allSeries(tx, runs))[0]!
    mustBe(await sendAgenda(tx, runs, now, (await meetingsOf(tx, series.id)).coming[0]!))
  })
  const people = [...new Set(maracCases.flatMap(one => Object.keys(one.known)))]
  for (const who of people)
    await as(cast.user(who), async tx => {
      const actor = cast.user(who)
      const series = (await allSeries(tx, actor))[0]!
      const meeting = (await meetingsOf(tx, series.id)).coming[0]!
      for (const one of (await researchOfMeeting(tx, actor, meeting.id)).filter(each => each.isOwn)) {
        const answers = told.get(one.itemId)?.known[who]
        if (answers) await answerAtOnce(tx, actor, now, kinds, series, one, answers)
      }
    })
}
