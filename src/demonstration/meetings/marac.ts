import { marac as kind } from '../../marac/index.ts'
import { addDays, weekdayOf } from '../../platform/plain-date.ts'
import type { When } from '../calendar.ts'
import { maracCases } from './marac-cases.ts'
import type { ToldSeries } from './series.ts'
import { accepts, answers, refers, sendsOut } from './telling.ts'

const now: When = [0, '23:59']

/** A MARAC next Wednesday, with three cases on its agenda. */
export const marac: ToldSeries = {
  kind,
  words: { name: 'Porthkerris MARAC', place: 'The Old Customs House, upper room', startsAt: '09:30', adultWomen: 31_400 },
  chair: 'lamorna.kitto',
  coordinator: 'meriasek.tonkin',
  sitting: [
    { agency: 'Porthkerris Police', category: 'POL', member: 'denzil.opie' },
    { agency: 'Safe Haven Porthkerris', category: 'IDVA', member: 'kerensa.lugg', deputy: 'bryluen.carne' },
    { agency: 'Kerris Homes', category: 'HOU', member: 'wella.goldsworthy' },
    { agency: 'Porthkerris NHS Trust', category: 'SEC', member: 'ysella.bray' },
    { agency: 'Porthkerris Probation', category: 'PRO', member: 'jenna.trewin' },
    { agency: 'Porthkerris Council', category: 'CSC', member: 'demelza.vyvyan' },
  ],
  began: now,
  // The next Wednesday, never today.
  dates: ({ day }) => ({ first: addDays(day(0), ((3 - weekdayOf(day(0)) + 6) % 7) + 1), times: 4 }),
  tell: async telling => {
    const known: [itemId: string, who: string, words: Parameters<typeof answers>[4]][] = []
    for (const { by, answers: referral, keptFrom, known: ofIt } of maracCases(telling.calendar)) {
      const itemId = await refers(telling, now, by, referral)
      await accepts(telling, now, itemId, keptFrom)
      for (const [who, words] of Object.entries(ofIt)) known.push([itemId, who, words])
    }
    await sendsOut(telling, now)
    for (const [itemId, who, words] of known) await answers(telling, now, who, itemId, words)
  },
}
