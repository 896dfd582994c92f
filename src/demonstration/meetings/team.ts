import { mdt } from '../../mdt/index.ts'
import { addDays, daysBetween } from '../../platform/plain-date.ts'
import { type Calendar, workingDayFrom } from '../calendar.ts'
import { refTo } from '../telling/tale.ts'
import { acts, brings, comesAgain, logs, says, talks, writes } from './between.ts'
import { isHeld } from './held.ts'
import type { ToldSeries } from './series.ts'
import { digory, hester, kensa } from './team-people.ts'
import { accepts, answers, refers, sendsOut, type Telling } from './telling.ts'

const [council, trust, harbour, housing, probation] = [
  'Porthkerris Council',
  'Porthkerris NHS Trust',
  'Harbour Recovery',
  'Kerris Homes',
  'Porthkerris Probation',
] as const
const [perran, ysella, petroc, wella, jenna] = [
  'perran.hocking',
  'ysella.bray',
  'petroc.nance',
  'wella.goldsworthy',
  'jenna.trewin',
] as const
const chair = 'rosen.bolitho'

const firstDate = ({ day }: Pick<Calendar, 'day'>) => addDays(workingDayFrom(day(3)), -14)
/** How long ago it was last held: two weeks before the next date, which is in a few days. */
const lastHeld = ({ day }: Calendar): number => daysBetween(firstDate({ day }), day(0))

/** A team about people with complex needs: two whom it works with since it last met, and one who is new on its next agenda. */
export const team: ToldSeries = {
  kind: mdt,
  words: { name: 'Porthkerris Complex Needs Team', place: 'The Seafarers’ Mission, back room', startsAt: '15:15' },
  chair,
  coordinator: 'meriasek.tonkin',
  sitting: [
    { agency: council, category: 'COU', member: perran, deputy: 'demelza.vyvyan' },
    { agency: trust, category: 'MH', member: ysella },
    { agency: harbour, category: 'SUB', member: petroc, deputy: 'lowenna.uren' },
    { agency: housing, category: 'HOU', member: wella, deputy: 'sidwell.jose' },
    { agency: probation, category: 'PRO', member: jenna },
  ],
  began: [58, '09:30'],
  dates: calendar => ({ first: firstDate(calendar), times: 5 }),
  tell: async telling => {
    const told = await lastTime(telling)
    await sinceThen(telling, told)
    await nextTime(telling, told)
  },
}

async function lastTime(telling: Telling) {
  const { calendar } = telling
  const [dig, ken] = [digory(calendar), kensa(calendar)]
  const his = await refers(telling, [27, '11:10'], petroc, dig.referral)
  await accepts(telling, [26, '09:30'], his)
  const hers = await refers(telling, [25, '16:20'], perran, ken.referral)
  await accepts(telling, [24, '10:00'], hers, { agency: housing, part: 'risks', reason: 'One of the men is in its repairs team' })
  await sendsOut(telling, [20, '16:00'])
  await writes(telling, [19, '09:45'], perran, his, dig.about)
  await writes(telling, [19, '11:30'], petroc, his, dig.stays)
  await writes(telling, [18, '14:00'], ysella, his, dig.needs)
  await writes(telling, [18, '16:10'], jenna, his, dig.risks)
  await writes(telling, [17, '10:20'], perran, hers, { ...ken.about, ...ken.stays })
  await answers(telling, [16, '10:00'], petroc, his, { news: 'He came to the drop-in twice and asked how a detox goes.' })
  await answers(telling, [16, '12:15'], jenna, his, {
    news: 'On licence until the spring. He has missed one appointment; a second would be a recall.',
  })
  await answers(telling, [15, '09:50'], ysella, hers, { news: 'Seen after the cut in September. Adult services have her on a list.' })
  const [bed, day, script, list] = [refTo('the bed'), refTo('the day'), refTo('the script'), refTo('the list')]
  await isHeld(telling, {
    day: lastHeld(calendar),
    hour: 15,
    chair,
    heard: [
      {
        itemId: his,
        note: 'He was asked beforehand what he wants said, and his sister came for the first ten minutes.',
        decision: 'Housing leads. A bed first, then a planned detox from it.',
        why: 'Nothing else holds while he sleeps outside.',
        actions: [
          { what: 'Find him a bed for four weeks', agency: housing, worker: wella, dueIn: -4, ref: bed },
          { what: 'See him at the Mission instead of the office', agency: probation, worker: jenna, dueIn: -2, ref: day },
          { what: 'Book the ward for a planned detox', agency: harbour, worker: petroc, dueIn: 6, ref: script },
        ],
      },
      {
        itemId: hers,
        note: 'She wrote a page for the meeting, which was read out.',
        decision: 'Early help keeps her as one worker. The trust says by the next date who begins.',
        why: 'She has told her story to eleven people since she left care.',
        actions: [{ what: 'Say which team of the trust begins, and when', agency: trust, worker: ysella, dueIn: 3, ref: list }],
      },
    ],
    minutes: 'We meet in the Mission from now on: people whom we work with can come in.',
  })
  return { his, hers, bed, day, script, list, dig, ken }
}

async function sinceThen(telling: Telling, { his, hers, bed, day, script, list, dig, ken }: Awaited<ReturnType<typeof lastTime>>) {
  await comesAgain(telling, [7, '09:20'], his)
  await comesAgain(telling, [7, '09:25'], hers)
  await logs(telling, [7, '17:00'], wella, his, {
    log: 'work',
    what: 'professionals',
    agency: housing,
    words: 'The Mission holds room 4 for him from tomorrow.',
  })
  await writes(telling, [6, '09:30'], wella, his, dig.moved)
  await acts(telling, [6, '09:40'], wella, bed, 'Room 4 at the Mission, four weeks. He slept there last night.', true)
  await brings(telling, [6, '12:30'], ysella, his, 'Discharge letter of the second stay', {
    name: 'discharge-letter.pdf',
    lines: [
      'Porthkerris NHS Trust, Trengweath House',
      'Digory Nancekivell, ward 3. Discharged himself.',
      'Chest infection, treated. Withdrawal fit on the second day.',
      'Please do not advise him to stop drinking without support.',
      'A fictional letter of a fictional trust.',
    ],
  })
  await logs(telling, [6, '15:10'], ysella, his, {
    log: 'work',
    what: 'seen',
    with: 'Nancekivell',
    agency: trust,
    words: 'Feet dressed at the Mission. He will come on Wednesday.',
  })
  await acts(
    telling,
    [5, '11:00'],
    petroc,
    script,
    'The ward has a bed in the week after next. They ask for his heart to be looked at first.',
  )
  await writes(telling, [5, '11:10'], petroc, his, dig.since)
  await writes(telling, [5, '15:00'], petroc, his, dig.plan)
  await writes(telling, [4, '09:40'], jenna, his, dig.riskier)
  await logs(telling, [4, '18:20'], perran, hers, {
    log: 'work',
    what: 'missed',
    with: 'Tremorvah',
    agency: council,
    words: 'She did not come; texted at eight that she is at Morwen’s.',
  })
  await writes(telling, [4, '18:40'], perran, hers, { ...ken.risks, ...ken.plan })
  await acts(telling, [4, '10:30'], ysella, list, 'Asked the adult team and the young people’s one. One has answered.')
  await acts(telling, [3, '16:00'], jenna, day, 'My manager wants a risk assessment of the room first.')
  await brings(telling, [3, '12:00'], perran, hers, 'What Kensa wrote for the meeting', {
    name: 'kensa-in-her-own-words.pdf',
    lines: ['For the meeting', 'Please stop asking me what happened. Ask me what I want.', 'A room. A lock. One person.'],
  })
  const talk = await talks(
    telling,
    [3, '09:10'],
    perran,
    his,
    [wella, ysella, petroc],
    'Dig was at breakfast, dry and shaved. Who tells his sister about the ward?',
  )
  await says(telling, [3, '09:25'], petroc, talk, 'I do, today. Ysella, can your nurse do an ECG on Wednesday?')
  await says(telling, [3, '10:40'], ysella, talk, 'Yes. I have put it in her book.')
}

async function nextTime(telling: Telling, { his, hers }: { his: string; hers: string }) {
  const { referral, needs } = hester(telling.calendar)
  const theirs = await refers(telling, [5, '16:30'], ysella, referral)
  await accepts(telling, [4, '09:15'], theirs)
  await sendsOut(telling, [4, '09:30'])
  await writes(telling, [3, '14:10'], ysella, theirs, needs)
  await answers(telling, [2, '10:10'], petroc, his, { news: 'The ward’s date, and what they want done before.' })
  await answers(telling, [1, '15:00'], perran, hers, { news: 'She wants to come for the first ten minutes, with Morwen.' })
}
