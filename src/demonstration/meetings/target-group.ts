import { asbTargetGroup } from '../../asb-target-group/index.ts'
import { addDays, daysBetween } from '../../platform/plain-date.ts'
import { type Calendar, workingDayFrom } from '../calendar.ts'
import { refTo } from '../telling/tale.ts'
import { acts, comesAgain, logs, reviews, says, takesStep, talks } from './between.ts'
import { isHeld } from './held.ts'
import type { ToldSeries } from './series.ts'
import { bandstand, bicycles, brothers, movedIn, neighbour } from './target-group-cases.ts'
import { accepts, answers, refers, sendsOut, type Telling } from './telling.ts'

const [council, police, housing, academy, harbour] = [
  'Porthkerris Council',
  'Porthkerris Police',
  'Kerris Homes',
  'Porthkerris Academy',
  'Harbour Recovery',
] as const
const [rosen, denzil, wella, jenifer, colan] = [
  'rosen.bolitho',
  'denzil.opie',
  'wella.goldsworthy',
  'jenifer.bray',
  'colan.rosewarne',
] as const
const chair = 'lamorna.kitto'

/** How long ago it was last held: four weeks before the next date, which is in a few days. */
const lastHeld = ({ day }: Calendar): number => daysBetween(firstDate({ day }), day(0))
const firstDate = ({ day }: Pick<Calendar, 'day'>) => addDays(workingDayFrom(day(4)), -28)

/** A group about anti-social behaviour: held four weeks ago, and again in a few days with three cases; one more waits to be triaged. */
export const targetGroup: ToldSeries = {
  kind: asbTargetGroup,
  words: { name: 'Porthkerris ASB Target Group', place: 'Community Safety, the Quay', startsAt: '13:00', researchDays: 3 },
  chair,
  coordinator: 'meriasek.tonkin',
  sitting: [
    { agency: council, category: 'COU', member: rosen, deputy: 'perran.hocking' },
    { agency: police, category: 'POL', member: denzil },
    { agency: housing, category: 'HOU', member: wella, deputy: 'sidwell.jose' },
    { agency: academy, category: 'EDU', member: jenifer },
    { agency: harbour, category: 'SUB', member: colan, deputy: 'petroc.nance' },
    { agency: 'Safe Haven Porthkerris', category: 'VOL', member: 'bryluen.carne', deputy: 'kerensa.lugg' },
  ],
  began: [60, '09:15'],
  dates: calendar => ({ first: firstDate(calendar), times: 4 }),
  tell: async telling => {
    const told = await lastTime(telling)
    await sinceThen(telling, told)
    await nextTime(telling, told)
  },
}

type Told = Awaited<ReturnType<typeof lastTime>>

async function lastTime(telling: Telling) {
  const { calendar } = telling
  const held = lastHeld(calendar)
  const loud = await refers(telling, [44, '10:20'], rosen, brothers(calendar))
  await accepts(telling, [43, '09:40'], loud)
  const court = await refers(telling, [42, '14:05'], wella, movedIn(calendar))
  await accepts(telling, [41, '09:50'], court)
  await reviews(telling, [40, '11:00'], court, { step: 'acknowledged', words: 'By letter, with whom to ring.' })
  await sendsOut(telling, [36, '16:10'])
  const weighed = {
    complaints: 3,
    weighed: ['harm', 'response'],
    words: 'Three complaints in six weeks, and he is at risk in his own home.',
  }
  await reviews(telling, [34, '15:30'], court, { step: 'met', ...weighed })
  await answers(telling, [33, '11:30'], denzil, loud, {
    known: 'Nine calls since August. Both brothers were there each time; no arrest.',
    warnings: 'letter',
    offers: 'A patrol at eleven on Fridays and Saturdays.',
  })
  await answers(telling, [33, '11:50'], denzil, court, {
    known: 'A line from further up the coast. Three names, none sure.',
    offers: 'Ask for a closure order.',
  })
  await answers(telling, [32, '09:20'], wella, court, {
    known: 'He is a good tenant and has never been in arrears. The lock was changed twice.',
  })
  await answers(telling, [31, '15:40'], jenifer, loud, {
    known: 'Talan is in year eleven and has missed nine Mondays.',
    offers: 'A mentor until the summer.',
  })
  const [mentor, letters, doors, order] = [refTo('the mentor'), refTo('the letters'), refTo('the doors'), refTo('the order')]
  await isHeld(telling, {
    day: held,
    hour: 13,
    chair,
    apologies: [harbour],
    heard: [
      {
        itemId: loud,
        note: 'Talan follows Ruan. Their mother would like help and has said so. The neighbours keep a diary now.',
        decision: 'A contract for both. A community protection warning for Ruan if it goes on.',
        why: 'Letters alone have changed nothing, and the younger one can still be drawn away from it.',
        actions: [
          { what: 'Give Talan a mentor', agency: academy, worker: jenifer, dueIn: -10, ref: mentor },
          {
            what: 'Write to every house in Net Loft Row: what was agreed, and whom to ring',
            agency: council,
            worker: rosen,
            dueIn: -5,
            ref: letters,
          },
          { what: 'Put a light and a camera at the steps', agency: council, dueIn: 12 },
        ],
      },
      {
        itemId: court,
        note: 'The case review was held as part of this meeting, with an independent chair of the housing association’s board.',
        decision: 'Police ask for a partial closure order. Housing keeps the flat for Clemo and finds him a bed meanwhile.',
        why: 'He is the one who is wronged: nothing may cost him his home.',
        actions: [
          { what: 'Ask the court for a partial closure order', agency: police, worker: denzil, dueIn: -12, ref: order },
          { what: 'Fit a door that holds, and a spy-hole', agency: housing, worker: wella, dueIn: 6, ref: doors },
        ],
      },
    ],
    minutes: 'The next date is kept. Thanks to the friends of the gardens, who are heard next time.',
  })
  await reviews(telling, [held, '16:00'], court, {
    step: 'held',
    recommends: true,
    words: 'Agencies share what they know of callers within a day; housing has one officer for the court.',
  })
  return { loud, court, held, mentor, letters, doors, order }
}

async function sinceThen(telling: Telling, { loud, court, held, mentor, letters, doors, order }: Told) {
  await reviews(telling, [held - 3, '16:30'], court, { step: 'told', words: 'Ms Skewes was rung, and has the recommendations by letter.' })
  await comesAgain(telling, [19, '09:30'], loud)
  await takesStep(telling, [19, '15:00'], rosen, loud, { of: 'Ruan', stage: 'abc', reason: 'went-on', until: 160, agency: council })
  await takesStep(telling, [19, '15:20'], rosen, loud, { of: 'Talan', stage: 'abc', reason: 'went-on', until: 160, agency: council })
  await takesStep(telling, [17, '10:45'], denzil, court, { of: 'Spider', stage: 'clo', reason: 'serious', until: 72, agency: police })
  await acts(telling, [16, '12:00'], denzil, order, 'Made for three months. The sealed copy is with housing.', true)
  await acts(
    telling,
    [12, '16:15'],
    jenifer,
    mentor,
    'Mr Bolitho of the sports hall, Mondays and Thursdays. He has come to all three.',
    true,
  )
  await logs(telling, [10, '09:10'], rosen, loud, {
    log: 'complaints',
    what: 'gathering',
    with: 'Curnow',
    agency: council,
    words: 'Two cars until two. She has it on her telephone.',
  })
  await logs(telling, [9, '17:00'], denzil, loud, {
    log: 'work',
    what: 'visit',
    with: 'Ruan',
    agency: police,
    words: 'Spoke with him and his mother. He knows what a warning means.',
  })
  await takesStep(telling, [8, '11:00'], denzil, loud, { of: 'Ruan', stage: 'cpw', reason: 'breach', until: 82, agency: police })
  await acts(telling, [6, '15:45'], rosen, letters, 'The letter is written; it waits for the housing association’s list of tenants.')
  await acts(telling, [5, '10:05'], wella, doors, 'Measured and ordered. It comes in ten days.')
  const talk = await talks(
    telling,
    [8, '11:20'],
    denzil,
    loud,
    [rosen, wella, 'meriasek.tonkin'],
    'The warning is served on Ruan. Can the letter to the houses say so without naming him?',
  )
  await says(telling, [8, '11:55'], rosen, talk, 'It can: “a warning has been given”. I need the list of tenants, Wella.')
  await says(telling, [7, '16:05'], wella, talk, 'You have it by Friday.')
}

async function nextTime(telling: Telling, { loud }: Told) {
  const { calendar } = telling
  const gardens = await refers(telling, [12, '10:30'], rosen, bandstand(calendar))
  await accepts(telling, [11, '09:30'], gardens)
  const terrace = await refers(telling, [12, '15:10'], wella, neighbour(calendar))
  await accepts(telling, [11, '09:45'], terrace, { agency: harbour, part: 'victims', reason: 'One of those who complained works there' })
  await reviews(telling, [10, '14:20'], terrace, { step: 'acknowledged', words: 'By e-mail to Ms Okafor, with whom to ring.' })
  await sendsOut(telling, [7, '16:00'])
  await answers(telling, [4, '10:00'], denzil, loud, {
    known: 'Three calls since the last meeting, two of them about Ruan alone.',
    warnings: 'cpw',
  })
  await answers(telling, [4, '10:30'], denzil, gardens, {
    known: 'Six arrests in eight weeks, for dealing. Four of the young people are looked after elsewhere.',
    offers: 'Two officers on foot from four to eight.',
  })
  await answers(telling, [3, '14:40'], rosen, gardens, {
    known: 'The lights can stay on until midnight from next week.',
    offers: 'A spaces order, if the group wants one.',
  })
  await answers(telling, [3, '11:15'], wella, terrace, {
    known: 'He is our tenant since 2019. The letter of last month was not answered.',
    warnings: 'letter',
  })
  await refers(telling, [2, '15:50'], jenifer, bicycles(calendar))
}
