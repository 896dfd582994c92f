import { earlyHelpAnswers } from '../../caseload/answers.ts'
import { grouped } from '../../telling/around.ts'
import { caseOf } from '../../telling/case-of.ts'
import { formAbout } from '../../telling/form-of.ts'
import { home, mobile, somebody, testNhsNumber } from '../../telling/somebody.ts'
import type { Story } from '../../telling/tale.ts'
import { plan, task } from '../../telling/written.ts'

const west = { team: 'Early Help West', service: 'early-help' }
const demelza = 'demelza.vyvyan'
const tamsin = 'tamsin.rowe'
const perran = 'perran.hocking'
const duty = 'hedra.pascoe'

/** Closed, opened again for something new, and with another worker: speech that came and went. */
const nankervis: Story = {
  title: 'Morwenna Nankervis',
  tell: tale => {
    const morwenna = somebody(tale, [430, '09:50'], duty, {
      given: 'Morwenna',
      family: 'Nankervis',
      dateOfBirth: tale.day(-3_030),
      sex: 'F',
      gender: 'girl',
      nhsNumber: testNhsNumber(43_230),
      nhsNumberStatus: '01',
      ethnicCategory: 'A',
      language: 'en',
      interpreter: 'no',
      gpPractice: 'Alverne Practice',
      addresses: [home('5 Pilchard Row', 'TR18 3FG')],
      contacts: [mobile('131', {}, 'Father, Hedrek')],
    })
    const help = caseOf(tale, morwenna, [430, '10:00'], duty, {
      ...west,
      source: 'gp',
      from: 'Health visitor',
      reason: 'Speech slow to come; father off work and low.',
      consent: 'Father, at the clinic',
    })
    help.accept([429, '09:10'], demelza)
    help.toWorker([427, '10:00'], demelza, perran, 'Has a free place')
    help.start([424, '10:30'], perran)
    help.risk([424, '12:00'], perran, 'low', 'A loving home. Nothing unsafe.')
    help.note([423, '10:10'], perran, 'visit', 'Played for an hour. She points and hums and laughs.')
    const first = formAbout(tale, help, [410, '14:00'], perran, 'early-help-assessment')
    first.save([410, '14:50'], perran, {
      ...earlyHelpAnswers({ given: 'Morwenna', reason: 'Speech slow to come; father off work and low.', on: tale.day(-414), turn: 1 }),
      childs_words: 'She points at the gulls and hums.',
    })
    first.complete([409, '09:20'], perran)
    first.signOff([408, '11:00'], demelza)
    const talking = plan(
      tale,
      help,
      [400, '11:00'],
      perran,
      [
        {
          need: 'Talking',
          goals: [
            {
              goal: 'Fifty words by her birthday',
              measure: 'Father’s list on the fridge',
              actions: [
                { what: 'Speech group on Tuesdays', who: perran, by: -330 },
                { what: 'Songs in the bath', who: 'Father' },
              ],
            },
          ],
        },
      ],
      { with: 'Both parents', how: 'At home' },
    )
    help.review([350, '10:00'], perran, 'go-on', 'Thirty-one words. Father smiles again.', 'Both parents, speech therapist', -300)
    talking.done([330, '15:00'], perran, 'Speech group', 'Went to every one; made a friend.')
    talking.done([302, '15:00'], perran, 'Songs', 'Sixty words on the list.')
    help.review(
      [301, '10:00'],
      perran,
      'ready-to-close',
      'Sixty words. Everyone at the table agrees that it can end.',
      'Both parents, nursery, speech therapist',
      null,
    )
    help.close(
      [296, '14:00'],
      perran,
      'work-done',
      'met',
      'Talks in sentences now; father back at work. The family knows how to come back.',
    )
    help.reopen([24, '09:40'], demelza, 'Father rang: the parents have separated, and she has stopped talking at nursery.')
    help.toWorker(
      [23, '10:00'],
      demelza,
      tamsin,
      'Perran is full; Tamsin knows the nursery',
      'Start with the songs: she knows them and they work.',
    )
    help.risk([21, '16:00'], tamsin, 'medium', 'Silent again since the separation. Two homes, one of them new.')
    help.note([20, '14:00'], tamsin, 'visit', 'Father’s new flat. She hid behind the curtain and hummed. I hummed too.', {
      ownWords: 'Two beds. (the only words)',
    })
    help.note(
      [6, '13:30'],
      tamsin,
      'meeting',
      'Nursery. She whispers to one friend. School nurse and speech therapist have not replied about the team around the child.',
    )
    task(tale, help, [6, '14:20'], tamsin, 'Team around the child: two have not replied', 4)
  },
}

/** Waiting: one to be decided on today, one to be given to somebody. */
const chegwidden: Story = {
  title: 'Elowen Chegwidden',
  tell: tale => {
    const elowen = somebody(tale, [1, '09:10'], duty, {
      given: 'Elowen',
      family: 'Chegwidden',
      dateOfBirth: tale.day(-5_610),
      sex: 'F',
      gender: 'girl',
      ethnicCategory: 'A',
      language: 'en',
      interpreter: 'no',
      addresses: [home('22 Gwelmor Close', 'TR18 5LN')],
      contacts: [mobile('140', {}, 'Aunt, Tegen')],
    })
    caseOf(tale, elowen, [1, '09:25'], duty, {
      ...west,
      source: 'police',
      from: 'Sgt Denzil Opie, Safeguarding Unit',
      contact: '01632 960411',
      urgency: 'urgent',
      reason:
        'Found at the bus station at 23:40 with a bag packed. Taken to her aunt’s, who can keep her until Friday. Says that she will not go home and will not say why.',
      withoutConsentBecause: 'Mother could not be reached last night, and Elowen asked that somebody be told',
    })
  },
}
const dingle: Story = {
  title: 'Poppy Dingle',
  tell: tale => {
    const poppy = somebody(tale, [6, '11:10'], duty, {
      given: 'Poppy',
      family: 'Dingle',
      dateOfBirth: tale.day(-2_290),
      sex: 'F',
      gender: 'girl',
      ethnicCategory: 'A',
      language: 'en',
      interpreter: 'no',
      addresses: [home('7 Engine House Lane', 'TR18 4DW')],
      contacts: [mobile('141', {}, 'Mother, Kensa')],
    })
    const help = caseOf(tale, poppy, [6, '11:20'], duty, {
      ...west,
      source: 'school',
      from: 'St Piran’s Primary, Mrs A Ede',
      reason: 'Comes in last winter’s shoes. Mother has three jobs and no evenings.',
      consent: 'Mother, at the school gate',
    })
    help.accept([5, '09:30'], demelza, 'Accepted. Nobody free until Thursday.')
    help.offer(
      [1, '16:10'],
      demelza,
      perran,
      'You know the school, and a case of yours closes on Friday',
      'Mother answers after nine at night',
    )
  },
}
const quick: Story = {
  title: 'Branok Quick',
  tell: tale => {
    const boy = somebody(tale, [4, '10:10'], duty, {
      given: 'Branok',
      family: 'Quick',
      dateOfBirth: tale.day(-3_700),
      sex: 'M',
      gender: 'boy',
      ethnicCategory: 'A',
      language: 'en',
      interpreter: 'no',
      addresses: [home('12 Back Road West', 'TR20 8BD')],
      contacts: [mobile('142', {}, 'Grandfather')],
    })
    const help = caseOf(tale, boy, [4, '10:20'], duty, {
      ...west,
      source: 'family',
      from: 'Grandfather, Mr R Quick',
      reason: 'Grandson sets small fires on the beach. His mother laughs about it; he does not.',
      consent: 'Mother said yes on the telephone',
    })
    help.accept([3, '09:30'], demelza)
    help.toTeam([3, '09:45'], demelza, 'Early Help West', 'To be given out at Monday’s meeting')
  },
}
/** Sent to the wrong side of the church; and one that was not for early help at all. */
const liddicoat: Story = {
  title: 'Harry Liddicoat',
  tell: tale => {
    const harry = somebody(tale, [2, '14:10'], duty, {
      given: 'Harry',
      family: 'Liddicoat',
      dateOfBirth: tale.day(-4_020),
      sex: 'M',
      gender: 'boy',
      ethnicCategory: 'A',
      language: 'en',
      interpreter: 'no',
      addresses: [home('40 Treneere Avenue', 'TR20 9TT')],
    })
    const help = caseOf(tale, harry, [2, '14:20'], duty, {
      ...west,
      source: 'school',
      from: 'Heamoor School',
      reason: 'Sleeps in class. Says that he minds the baby at night.',
      consent: 'Mother, by telephone',
    })
    help.reroute([1, '09:20'], demelza, 'Early Help East', 'Treneere is east of the church. Looks like one for you, soon.')
  },
}
const trewin: Story = {
  title: 'Gerren Trewin',
  tell: tale => {
    const before = somebody(tale, [400, '11:00'], duty, {
      given: 'Geren',
      family: 'Trewin',
      dateOfBirth: tale.day(-5_700),
      language: 'en',
      interpreter: 'no',
    })
    const earlier = caseOf(tale, before, [400, '11:10'], duty, {
      ...west,
      source: 'school',
      from: 'St Morwen Primary',
      reason: 'Comes without lunch.',
      consent: 'Grandmother',
    })
    earlier.decline([399, '10:00'], demelza, 'not-eligible', 'Does not meet the service’s criteria', 'School gives him lunch now.')
    const gerren = somebody(tale, [25, '10:00'], duty, {
      given: 'Gerren',
      family: 'Trewin',
      dateOfBirth: tale.day(-5_700),
      sex: 'M',
      gender: 'boy',
      ethnicCategory: 'A',
      language: 'en',
      interpreter: 'no',
      addresses: [home('41 Harbour Terrace', 'TR18 5AB')],
    })
    const help = caseOf(tale, gerren, [25, '10:10'], duty, {
      ...west,
      source: 'family',
      from: 'Grandmother',
      reason: 'Wants a bicycle for him.',
      consent: 'Grandmother, who has the care of him',
    })
    help.decline(
      [24, '09:30'],
      demelza,
      'not-eligible',
      'Does not meet the service’s criteria',
      'Told her of the bicycle project at the church hall, who have one for him.',
    )
    grouped(tale, [24, '09:45'], demelza, gerren, before, 'Same grandmother and date of birth; the name was misspelt last year')
  },
}

/** Families who come, come again or wait: closed and opened again, waiting for a decision, sent to the wrong team. */
export const familiesComing: readonly Story[] = [nankervis, chegwidden, dingle, quick, liddicoat, trewin]
