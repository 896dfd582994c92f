import { sql } from 'kysely'
import {
  addGroup,
  addProgramme,
  addSessions,
  book,
  bookingsOfGroup,
  completeModule,
  coursesOfCase,
  endBooking,
  endCourse,
  findGroup,
  modulesOfCourse,
  ownTeams,
  placeToEdit,
  recordAttendance,
  seriesOf,
  sessionsOf,
} from '../../groups/index.ts'
import { londonDate, type PlainTime } from '../../platform/clock.ts'
import { addDays, weekdayOf } from '../../platform/plain-date.ts'
import type { Stage } from '../play.ts'
import { mustBe, type Ref, refTo, type Story, type Tale } from '../telling/tale.ts'

const demelza = 'demelza.vyvyan'
const tamsin = 'tamsin.rowe'
const morwenna = 'morwenna.chegwin'
const colan = 'colan.rosewarne'

const modules = [
  'What our children need from us',
  'Play and praise',
  'Routines that hold',
  'Saying no and meaning it',
  'When we are tired ourselves',
  'Friends, screens and school',
  'What we take with us',
].map(title => ({ title, isNeeded: true }))

/** A parenting course at its fourth week: six have a place, two wait, one has left; and a recovery group that is open to everybody. */
export const groups: Story = {
  title: 'Groups',
  tell: tale => {
    parenting(tale)
    recovery(tale)
  },
}

function parenting(tale: Tale): void {
  const programme = refTo('Steadier days')
  const course = refTo('The parenting course')
  tale.happens([60, '10:00'], demelza, 'a programme', async ({ tx, actor, now }) => {
    const about = 'For parents of children from four to eleven, in seven mornings or one to one at home.'
    const team = await teamOf({ tx, actor })
    programme.become(await addProgramme(tx, actor, now, team, { name: 'Steadier days', about, openTo: 'agency' }, modules))
  })
  tale.happens([52, '10:00'], demelza, 'a group', async stage => {
    const { tx, actor, now, cast } = stage
    const words = {
      name: 'Steadier days, Tuesday mornings',
      about: 'A crèche is in the next room. Toast from half past nine.',
      place: 'St Piran’s family room',
      capacity: 6,
      openTo: 'agency' as const,
      programmeId: programme.id,
    }
    const facilitators = [tamsin, morwenna].map(who => cast.user(who)).map(({ userId, principal }) => ({ userId, principal }))
    course.become(await addGroup(tx, actor, now, await teamOf(stage), words, facilitators))
    await addWeeks(stage, tale, course, { weeks: 7, begin: 22, weekday: 2, from: '10:00', minutes: 120 })
  })
  tale.happens([40, '15:00'], demelza, 'bookings', async stage => {
    const needs = ['A place in the crèche for two', '', 'Large print', '', 'She comes by the ten o’clock bus', '', '', '']
    await bookSome(stage, course, needs)
  })
  const said = [
    'We drew a day in our house, hour by hour, and marked when it is hardest.',
    'Ten minutes of play in which the child leads. Everybody tried it in pairs and two laughed until they cried.',
    'Bedtimes. Each chose one thing to do at the same hour every evening for a week.',
  ]
  for (const [index, shared] of said.entries()) {
    tale.happens([18 - index * 7, '13:00'], tamsin, 'a register', stage => register(stage, course, index, shared))
  }
  tale.happens([3, '16:00'], demelza, 'somebody leaves', async ({ tx, actor, now }) => {
    const last = (await bookingsOfGroup(tx, actor, course.id)).filter(one => one.status === 'booked').at(-1)
    const left = { outcome: 'left', outcomeLabel: 'Left early', words: 'New shifts at the bakery. Would come to an evening course.' }
    if (last) mustBe(await endBooking(tx, actor, now, last, left))
  })
  tale.happens([2, '11:00'], demelza, 'a short programme', async stage => {
    const { tx, actor, now } = stage
    const first = { name: 'Safe at home', about: 'One morning with the fire service and the health visitor.', openTo: 'team' as const }
    await addProgramme(tx, actor, now, await teamOf(stage), first, [{ title: 'Safe at home', isNeeded: true }])
  })
  tale.happens([1, '11:30'], demelza, 'one who made up the rest at home', async ({ tx, actor, now }) => {
    const [first] = (await bookingsOfGroup(tx, actor, course.id)).filter(one => one.status === 'booked')
    const going = first && (await coursesOfCase(tx, actor, first.caseId)).find(one => one.status === 'going')
    if (!going) return
    for (const module of (await modulesOfCourse(tx, going)).filter(one => !one.done))
      mustBe(
        await completeModule(tx, actor, now, going, module, { on: londonDate(now), how: 'one-to-one', words: 'At home, before her move' }),
      )
    const words = 'Moves to Launceston at the weekend and wanted to finish before.'
    mustBe(await endCourse(tx, actor, now, going, { outcome: 'completed', on: londonDate(now), words }))
  })
}

function recovery(tale: Tale): void {
  const group = refTo('The recovery group')
  tale.happens([45, '09:30'], colan, 'a group', async stage => {
    const { tx, actor, now, cast } = stage
    const words = {
      name: 'Thursday evening, Harbour',
      about: 'Peer support. Anybody who wants to stay well is welcome, whoever works with them.',
      place: 'Harbour House, upstairs',
      capacity: null,
      openTo: 'everyone' as const,
      programmeId: null,
    }
    const { userId, principal } = cast.user(colan)
    group.become(await addGroup(tx, actor, now, await teamOf(stage), words, [{ userId, principal }]))
    await addWeeks(stage, tale, group, { weeks: 10, begin: 38, weekday: 4, from: '18:00', minutes: 90 })
  })
  tale.happens([42, '14:00'], colan, 'bookings', stage => bookSome(stage, group, ['', 'A chair by the door', '', '']))
  tale.happens([14, '20:30'], colan, 'a register', stage =>
    register(stage, group, 2, 'Cravings: what comes before them, and whom to ring.'),
  )
}

const teamOf = async ({ tx, actor }: Pick<Stage, 'tx' | 'actor'>) => {
  const [team] = await ownTeams(tx, actor)
  if (!team) throw new Error(`${actor.name} works in no team.`)
  return team
}

type Weeks = {
  weeks: number /** So many days ago, or the next such weekday. */
  begin: number
  weekday: number
  from: string
  minutes: number
}

async function addWeeks({ tx, actor, now }: Stage, tale: Tale, ref: Ref, { weeks, begin, weekday, from, minutes }: Weeks): Promise<void> {
  const day = tale.day(-begin)
  const first = addDays(day, (weekday - weekdayOf(day) + 7) % 7)
  const group = await findGroup(tx, actor, ref.id)
  const times = mustBe(seriesOf(first, from as PlainTime, minutes, 1, weeks))
  const inOrder = await modulesOfGroup({ tx, actor }, group?.programmeId ?? null)
  if (group)
    await addSessions(
      tx,
      actor,
      now,
      group,
      times.map((time, index) => ({ ...time, place: '', topic: '', moduleId: inOrder[index] ?? null })),
    )
}

async function modulesOfGroup({ tx }: Pick<Stage, 'tx' | 'actor'>, programmeId: string | null): Promise<string[]> {
  if (!programmeId) return []
  const { rows } = await sql<{
    id: string
  }>`select id from programme_modules where programme_id = ${programmeId} order by position`.execute(tx)
  return rows.map(row => row.id)
}

/** Books as many of the team's open cases as there are needs, the oldest first. */
/** In days: who books into these groups is grown up. */
const adult = 18 * 366

async function bookSome({ tx, actor, now }: Stage, ref: Ref, needs: readonly string[]): Promise<void> {
  const group = await findGroup(tx, actor, ref.id)
  if (!group) throw new Error('The group is not there.')
  const { rows } = await sql<{ id: string }>`
    select c.id from cases c join people p on p.id = c.person_id
    where c.team_id = ${group.teamId} and c.service_area = ${group.serviceArea} and c.opened_on is not null and c.closed_on is null and not c.restricted
      and p.date_of_birth < ${addDays(londonDate(now), -adult)}::date
    order by c.reference limit ${needs.length}`.execute(tx)
  for (const [index, { id }] of rows.entries()) {
    const place = await placeToEdit(tx, actor, id)
    if (place) mustBe(await book(tx, actor, now, place, group, needs[index] ?? ''))
  }
}

/** Everybody came but one or two, as it is. */
async function register({ tx, actor, now }: Stage, ref: Ref, index: number, shared: string): Promise<void> {
  const group = await findGroup(tx, actor, ref.id)
  const session = (await sessionsOf(tx, ref.id)).filter(one => one.startsAt < now)[index]
  if (!group || !session) return
  const booked = (await bookingsOfGroup(tx, actor, ref.id)).filter(one => one.status === 'booked' && one.mayEdit)
  const entries = booked.map((booking, place) => {
    const missed = place === index + 1
    const attendance = missed
      ? index === 1
        ? ('excused' as const)
        : ('did-not-attend' as const)
      : place === 4
        ? ('late' as const)
        : ('attended' as const)
    const reason = missed ? (index === 1 ? 'A hospital appointment of her son' : 'No answer at the door or by telephone') : ''
    return {
      booking,
      attendance,
      reason,
      alone: place === 0 && index === 1 ? 'Stayed to help to clear up and asked about the next course.' : '',
    }
  })
  if (entries.length > 0) await recordAttendance(tx, actor, now, { group, session, shared }, entries)
}
