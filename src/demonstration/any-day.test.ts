import { describe, expect, test } from 'vitest'
import { londonDate } from '../platform/clock.ts'
import { addDays, weekdayOf } from '../platform/plain-date.ts'
import { calendarOf } from './calendar.ts'
import { choosePeople, peopleOfTheBulk } from './caseload/choose.ts'
import { scenesOfTheBulk } from './caseload/scenes.ts'
import { scenesOfTheStories } from './stories/index.ts'

const days = [
  ['a Monday', '2026-11-23T09:00:00Z'],
  ['a Friday evening', '2026-11-27T22:59:00Z'],
  ['a Saturday', '2026-11-21T07:30:00Z'],
  ['a Sunday just after midnight', '2026-11-22T00:01:00Z'],
  ['29 February', '2028-02-29T10:00:00Z'],
  ['the day after 29 February', '2028-03-01T10:00:00Z'],
  ['the day the clocks go forward', '2026-03-29T00:59:00Z'],
  ['the Monday after it', '2026-03-30T08:00:00Z'],
  ['the hour that comes twice', '2026-10-25T01:30:00Z'],
  ['New Year', '2027-01-01T12:00:00Z'],
  ['a summer night, the day before in Greenwich', '2026-07-14T23:30:00Z'],
] as const

describe.each(days)('Porthkerris, loaded on %s', (_, at) => {
  const now = new Date(at)
  const calendar = calendarOf(now)

  test('gives everybody the caseload that is theirs', () => {
    const { people, cases } = choosePeople(calendar.day(-1))
    expect(people.length).toBe(peopleOfTheBulk)
    const open: Record<string, number> = {}
    for (const { one, worker } of cases) if (one.status === 'Open') open[worker] = (open[worker] ?? 0) + 1
    expect(open).toEqual({
      'tamsin.rowe': 22,
      'perran.hocking': 13,
      'demelza.vyvyan': 2,
      'morwenna.chegwin': 19,
      'kitto.angove': 6,
      'colan.rosewarne': 13,
      'lowenna.uren': 12,
      'petroc.nance': 2,
      'kerensa.lugg': 14,
      'bryluen.carne': 4,
      'rosen.bolitho': 17,
      'marya.kovalenko': 9,
    })
  })

  test('is told by working days, and never of the future', () => {
    const scenes = [...scenesOfTheStories(calendar), ...scenesOfTheBulk(calendar)]
    expect(scenes.length).toBeGreaterThan(1_500)
    for (const { at, what } of scenes) {
      const day = londonDate(at)
      expect(at.getTime(), what).toBeLessThanOrEqual(now.getTime())
      expect(day >= addDays(calendar.day(0), -760), `${what} on ${day}`).toBe(true)
      if (day !== calendar.day(0)) expect(weekdayOf(day), `${what} on ${day}`).toBeLessThanOrEqual(5)
    }
  })

  test('puts the people of the move on record before anything is said of them', () => {
    const scenes = scenesOfTheBulk(calendar)
    const [people, cases] = ['people', 'cases'].map(what =>
      scenes.filter(scene => /^The move of /.test(scene.what) && scene.what.endsWith(`: ${what}`)),
    )
    const last = Math.max(...people!.map(scene => scene.at.getTime()))
    const first = Math.min(...scenes.filter(scene => !people!.includes(scene)).map(scene => scene.at.getTime()))
    expect(cases!.length).toBeGreaterThan(0)
    expect(last).toBeLessThan(first)
  })
})
