import { earlyHelpAnswers } from '../caseload/answers.ts'
import { grouped } from '../telling/around.ts'
import { caseOf } from '../telling/case-of.ts'
import { askForConsent, goOnWithout } from '../telling/consented.ts'
import { formAbout } from '../telling/form-of.ts'
import { openInEmergency, restrict, share } from '../telling/seen-by.ts'
import { home, landline, mobile, somebody, testNhsNumber } from '../telling/somebody.ts'
import type { Story } from '../telling/tale.ts'
import { appointment, paper, plan, task } from '../telling/written.ts'

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

/** A young carer whose plan has done its work. */
const hicks: Story = {
  title: 'Isla Hicks',
  tell: tale => {
    const isla = somebody(tale, [210, '09:40'], duty, {
      given: 'Isla',
      family: 'Hicks',
      dateOfBirth: tale.day(-4_900),
      sex: 'F',
      gender: 'girl',
      nhsNumber: testNhsNumber(43_240),
      nhsNumberStatus: '01',
      ethnicCategory: 'A',
      language: 'en',
      interpreter: 'no',
      gpPractice: 'Bal Lane Medical Centre',
      addresses: [home('3 Rosevean Terrace', 'TR18 4NN')],
      contacts: [landline('812')],
    })
    const help = caseOf(tale, isla, [210, '09:50'], duty, {
      ...west,
      source: 'school',
      from: 'Form tutor',
      reason: 'Cares for her father, who has multiple sclerosis. Never late, never invited anywhere.',
      consent: 'Isla and her father',
    })
    help.accept([209, '09:15'], demelza)
    help.toWorker([207, '11:00'], demelza, tamsin, 'Runs the young carers’ evening')
    help.start([203, '15:30'], tamsin)
    help.risk([203, '16:30'], tamsin, 'low', 'Safe and tired.')
    const form = formAbout(tale, help, [190, '15:00'], tamsin, 'early-help-assessment')
    form.save([190, '15:40'], tamsin, {
      ...earlyHelpAnswers({
        given: 'Isla',
        reason: 'Cares for her father. Never late, never invited anywhere.',
        on: tale.day(-196),
        turn: 3,
      }),
      childs_words: 'I don’t mind it. I mind when people say poor you.',
    })
    form.complete([190, '16:00'], tamsin)
    form.signOff([188, '09:00'], demelza)
    const care = plan(
      tale,
      help,
      [180, '16:00'],
      tamsin,
      [
        {
          need: 'Time of her own',
          goals: [
            {
              goal: 'Two afternoons a week that are hers',
              measure: 'Her diary',
              actions: [
                { what: 'Carer for her father on Tuesdays and Thursdays', who: 'Adult social care', by: -120 },
                { what: 'Gig rowing club', who: 'Isla' },
              ],
            },
          ],
        },
      ],
      { with: 'Isla and her father', how: 'Pizza, and the plan between the boxes' },
    )
    help.review([130, '16:00'], tamsin, 'go-on', 'Carer comes, mostly. Isla is in the second boat.', 'Isla, father, school', -80)
    care.done([118, '10:00'], tamsin, 'Carer for', 'Started, and he likes her.')
    help.review([82, '16:00'], tamsin, 'go-on', 'Went away for a whole week-end. Rang home once.', 'Isla, father', -28)
    help.note([40, '17:00'], tamsin, 'visit', 'Came down to the slip to watch. She waved with the whole arm.')
    care.done([30, '17:30'], tamsin, 'Gig rowing', 'Rows bow in the second boat.')
    help.review(
      [28, '16:00'],
      tamsin,
      'ready-to-close',
      'Everyone thinks that it can end. Isla would like one more visit, with cake.',
      'Isla, father, form tutor',
      7,
    )
    help.note([9, '16:10'], tamsin, 'call', 'Father: “She shouts at me now like other people’s girls. It’s grand.”')
    task(tale, help, [9, '16:30'], tamsin, 'Last visit, with cake', 0)
  },
}

/** Pronouns, a former name, and a share of one part with one nurse. */
const faull: Story = {
  title: 'Robin Faull',
  tell: tale => {
    const robin = somebody(tale, [70, '13:40'], duty, {
      given: 'Robin',
      family: 'Faull',
      dateOfBirth: tale.day(-6_010),
      sex: 'F',
      gender: 'non-binary',
      pronouns: 'they/them',
      nhsNumber: testNhsNumber(43_250),
      nhsNumberStatus: '02',
      ethnicCategory: 'D',
      language: 'en',
      interpreter: 'no',
      gpPractice: 'The Sea Front Surgery',
      names: [{ kind: 'previous', given: 'Rosenwyn', family: 'Faull' }],
      addresses: [home('Flat 2, 31 Chapel Terrace', 'TR18 4BT')],
      contacts: [mobile('151', { use: 'text-only', note: 'Use “Robin” and “they”. Not on a screen that their stepfather may see.' })],
    })
    const help = caseOf(tale, robin, [70, '13:50'], duty, {
      ...west,
      source: 'self',
      from: 'Robin, through the school nurse',
      reason: 'Not eating at home, cannot be who they are there. Wants somebody to talk with mum and not at her.',
      consent: 'Robin, who at 16 may',
    })
    help.accept([69, '09:10'], demelza)
    help.toWorker([68, '10:00'], demelza, tamsin, 'Robin asked for her')
    help.start([65, '15:45'], tamsin)
    help.risk([65, '17:00'], tamsin, 'medium', 'Losing weight. No plan to hurt themself; asked straight out.')
    help.flag([65, '17:05'], tamsin, 'safe-contact', 'Safe contact rules', 'Text only. Never write what it is about.', 40)
    help.flag([64, '10:00'], tamsin, 'self-harm', 'Risk of self-harm or suicide', 'Scratches on the arms in August, none since.', -1)
    help.note([64, '15:40'], tamsin, 'meeting', 'Library, upstairs.', {
      facts: 'Ate two sandwiches. Arms uncovered, healed.',
      ownWords: 'She’s not horrible. She’s grieving someone who isn’t dead.',
    })
    share(tale, help, [60, '10:00'], tamsin, {
      to: 'ysella.bray',
      parts: ['notes'],
      purpose: 'Weight and wellbeing, seen weekly in school',
      lawfulBasis: 'Consent of Robin, who is 16',
      until: 60,
    })
    const form = formAbout(tale, help, [44, '15:00'], tamsin, 'early-help-assessment')
    form.save([44, '15:50'], tamsin, {
      ...earlyHelpAnswers({ given: 'Robin', reason: 'Not eating at home, cannot be who they are there.', on: tale.day(-50), turn: 2 }),
      agreed_by: { name: 'Robin, who is 16' },
      childs_words: 'She’s grieving someone who isn’t dead.',
    })
    form.complete([43, '16:00'], tamsin)
    plan(
      tale,
      help,
      [37, '15:00'],
      tamsin,
      [
        {
          need: 'Being heard at home',
          goals: [
            {
              goal: 'One meal a week with mum without a row',
              measure: 'Robin says',
              actions: [
                { what: 'Family session with the counsellor', who: tamsin, by: 2 },
                { what: 'Send mum the parents’ group', who: tamsin, by: -20, done: 'She went, and stayed behind to talk' },
              ],
            },
          ],
        },
      ],
      { with: 'Robin', how: 'By text, line by line, over three days' },
    )
    help.reviewOn([37, '15:30'], tamsin, 8)
    help.note([3, '16:15'], tamsin, 'text', 'Robin: “she said robin. by accident. then she went red and did it again on purpose”')
  },
}

/** A mother whose language is signed, a child not yet born, a boy of four whom nobody has met, a case handed over. */
const teague: Story = {
  title: 'Freya Teague',
  tell: tale => {
    const freya = somebody(tale, [33, '10:10'], duty, {
      given: 'Freya',
      family: 'Teague',
      dateOfBirth: tale.day(-1_900),
      sex: 'F',
      gender: 'girl',
      ethnicCategory: 'A',
      language: 'bfi',
      interpreter: 'sign',
      communicationNeeds: ['pictures'],
      addresses: [home('18 Lifeboat Hill', 'TR18 4PJ')],
      contacts: [mobile('160', { use: 'text-only', note: 'Mother is Deaf: text, or book the BSL interpreter' }, 'Mother, Rosenwyn')],
    })
    const help = caseOf(tale, freya, [33, '10:20'], duty, {
      ...west,
      source: 'gp',
      from: 'Health visitor',
      reason: 'Hearing child of a Deaf mother. Starts school in a fortnight’s time; nobody has told mother anything in her own language.',
      consent: 'Mother, with a BSL interpreter',
    })
    help.accept([32, '09:10'], demelza)
    help.toWorker([31, '09:30'], demelza, tamsin, 'Signs, a little')
    help.start([28, '09:50'], tamsin)
    help.risk([28, '12:00'], tamsin, 'low', 'A strong home that nobody explains anything to.')
    help.note(
      [28, '10:00'],
      tamsin,
      'visit',
      'With Jowan, BSL interpreter. Freya interprets for her mother at the shop and is proud and tired of it.',
      { ownWords: 'I do the talking and Mummy does the thinking. (signed)' },
    )
    help.note([2, '13:00'], tamsin, 'text', 'Rosenwyn: parents’ evening has an interpreter booked. First time.')
    appointment(tale, help, [2, '13:15'], tamsin, {
      kind: 'one-to-one',
      inDays: 0,
      time: '14:00',
      place: 'Family centre, quiet room',
      purpose: 'Assessment, with the interpreter',
    })
    task(tale, help, [2, '13:20'], tamsin, 'Assessment with the interpreter, 14:00', 0)
  },
}
const opie: Story = {
  title: 'Baby Opie',
  tell: tale => {
    const baby = somebody(tale, [26, '11:40'], duty, {
      given: null,
      family: 'Opie',
      expectedDate: tale.day(63),
      language: 'en',
      interpreter: 'no',
      addresses: [home('Flat 6, 2 Market Strand', 'TR18 2JB')],
      contacts: [mobile('165', { leaveMessage: false }, 'Mother, Merryn, 17')],
    })
    const help = caseOf(tale, baby, [26, '11:50'], duty, {
      ...west,
      source: 'hospital',
      from: 'Midwife, Porthkerris NHS Trust',
      reason: 'Baby due in nine weeks. Mother is 17 and in care until the spring; wants to do this well.',
      consent: 'Merryn, at the clinic',
    })
    help.accept([25, '09:15'], demelza)
    help.toWorker([24, '10:15'], demelza, tamsin, 'Has done the pre-birth course')
    help.start([23, '13:30'], tamsin)
    help.risk([23, '15:00'], tamsin, 'medium', 'Young, alone at night, well prepared in the day.')
    help.flag([23, '15:10'], tamsin, 'pregnant', 'Pregnant', 'Due in the new year. Bag is packed.', 30)
    help.note([16, '13:30'], tamsin, 'visit', 'Cot up. She has read three books and believes the worst one.', {
      ownWords: 'I’m going to be the boring kind of mum.',
    })
    help.note([4, '12:15'], tamsin, 'call', 'Blood pressure up; midwife sees her tomorrow and every week from now.')
    const form = formAbout(tale, help, [4, '14:00'], tamsin, 'early-help-assessment')
    form.save([4, '14:40'], tamsin, {
      agreed: true,
      agreed_by: { name: 'OPIE, Merryn' },
      agreed_on: tale.day(-23),
      may_share_with: ['health'],
      reason: 'Baby due in nine weeks to a mother of 17.',
    })
  },
}
const vivian: Story = {
  title: 'Zennor Vivian',
  tell: tale => {
    const zennor = somebody(tale, [5, '10:40'], duty, {
      given: 'Zennor',
      family: 'Vivian',
      dateOfBirth: tale.day(-1_560),
      sex: 'M',
      gender: 'boy',
      ethnicCategory: 'A',
      language: 'en',
      interpreter: 'no',
      addresses: [home('2 Victory Cottages', 'TR19 6SZ', 'Trenwith')],
      contacts: [mobile('171', {}, 'Father')],
    })
    const help = caseOf(tale, zennor, [5, '10:50'], duty, {
      ...west,
      source: 'gp',
      from: 'Health visitor',
      reason: 'Four, and only eats white food. Parents at their wits’ end and funny about it.',
      consent: 'Both parents',
    })
    help.accept([4, '09:10'], demelza)
    help.toWorker([1, '16:45'], demelza, tamsin, 'Trenwith is on her way home')
  },
}
const tangye: Story = {
  title: 'Gerren Tangye',
  tell: tale => {
    const gerren = somebody(tale, [190, '14:10'], duty, {
      given: 'Gerren',
      family: 'Tangye',
      dateOfBirth: tale.day(-5_100),
      sex: 'M',
      gender: 'boy',
      nhsNumber: testNhsNumber(43_260),
      nhsNumberStatus: '01',
      ethnicCategory: 'A',
      language: 'en',
      interpreter: 'no',
      gpPractice: 'Harbour Surgery',
      addresses: [home('66 Alverne Crescent', 'TR18 4SW')],
      contacts: [mobile('175')],
    })
    const help = caseOf(tale, gerren, [190, '14:20'], duty, {
      ...west,
      source: 'childrens-social-care',
      from: 'Children’s social care',
      reason: 'Stepped down after a plan of a year. Brother in prison; Gerren is not him, and tired of saying so.',
      consent: 'Gerren and his mother',
    })
    help.accept([189, '09:10'], demelza)
    help.toWorker([187, '09:30'], demelza, perran, 'Knows the older brother')
    help.start([185, '15:00'], perran)
    help.risk([185, '16:00'], perran, 'high', 'Asked to carry things for his brother’s friends. Said no twice.')
    help.note([180, '15:20'], perran, 'meeting', 'Skate park. Talked about the friends without naming any.')
    const form = formAbout(tale, help, [172, '15:00'], perran, 'early-help-assessment')
    form.save(
      [172, '15:30'],
      perran,
      earlyHelpAnswers({ given: 'Gerren', reason: 'Stepped down after a plan of a year.', on: tale.day(-176), turn: 4 }),
    )
    form.complete([172, '15:40'], perran)
    plan(
      tale,
      help,
      [165, '15:00'],
      perran,
      [
        {
          need: 'Not his brother',
          goals: [
            {
              goal: 'Somewhere to be on Friday nights',
              measure: 'Where he was, by his own account',
              actions: [
                { what: 'Apprenticeship taster at the boatyard', who: perran, by: -60, done: 'Went, and was asked back' },
                { what: 'Boxing on Fridays', who: 'Gerren' },
              ],
            },
          ],
        },
      ],
      { with: 'Gerren', how: 'On a bench' },
    )
    help.risk([120, '16:00'], perran, 'medium', 'Nobody has asked him for eight weeks.')
    help.review([100, '15:00'], perran, 'go-on', 'Boatyard wants him for the summer.', 'Gerren, mother, school', -50)
    help.review([52, '15:00'], perran, 'go-on', 'Has his own mug at the yard.', 'Gerren, mother', -4)
    help.toWorker(
      [13, '10:00'],
      demelza,
      tamsin,
      'Perran is off on paternity leave from Monday',
      'Do not ring: turn up at the yard at four with chips. He talks when his hands are busy.',
    )
    askForConsent(tale, help, [12, '16:40'], tamsin, {
      purposes: ['share'],
      shareWhat: 'What Gerren says of his brother’s friends',
      shareWith: 'The police',
      answer: 'refused',
      how: 'in-person',
      answeredBy: 'The person',
      capacity: 'child-understands',
      capacityBecause: 'Said back to me what the police could do with it and what it could cost him.',
      evidence: '“I’m not a grass.” His mother said the same on the telephone.',
    })
    goOnWithout(
      tale,
      help,
      [12, '17:30'],
      demelza,
      'child-protection',
      'Two men waited for him at the yard gate on Friday. Talked it over with children’s social care: a strategy discussion with the police today. Gerren has been told.',
    )
    help.note([11, '16:05'], tamsin, 'visit', 'Turned up at the yard at four with chips.', { ownWords: 'Did he tell you about the chips?' })
    task(tale, help, [11, '17:00'], tamsin, 'Review with Gerren and the yard', 1)
  },
}

/** Restricted to named people: the family works for the council. A commissioner opened it one night. */
const nance: Story = {
  title: 'Colan Nance',
  tell: tale => {
    const colan = somebody(tale, [95, '10:10'], demelza, {
      given: 'Colan',
      family: 'Nance',
      dateOfBirth: tale.day(-3_300),
      sex: 'M',
      gender: 'boy',
      ethnicCategory: 'A',
      language: 'en',
      interpreter: 'no',
      addresses: [{ ...home('The Net Loft', 'TR17 0AA', 'Polwhele Churchtown'), confidential: true }],
      contacts: [mobile('180', {}, 'Mother')],
    })
    const help = caseOf(tale, colan, [95, '10:20'], demelza, {
      ...west,
      source: 'self',
      from: 'Mother',
      reason:
        'Mother works in the council’s own family hub. Asks for help with a boy who has stopped going out, and that colleagues do not read of it.',
      consent: 'Mother',
    })
    help.accept([95, '10:40'], demelza)
    help.toWorker([95, '10:50'], demelza, perran, 'Does not work with the hub')
    restrict(tale, help, [95, '11:00'], demelza, [demelza, perran], 'The mother’s colleagues work in this team’s building.')
    help.start([93, '16:00'], perran)
    help.risk([93, '17:00'], perran, 'medium', 'Has not left the house since the half-term.')
    help.note([88, '16:10'], perran, 'visit', 'Talked through the letterbox for twenty minutes, then the door.')
    openInEmergency(
      tale,
      help,
      [20, '22:40'],
      'gwenna.trelawny',
      'Hospital rang: boy of this name brought in, nobody with him, asks which service knows him. Both named workers are off duty.',
    )
    help.note([19, '09:20'], perran, 'call', 'Mother: a broken wrist, off the garden wall. He had gone out. She is delighted.')
    task(tale, help, [19, '10:00'], perran, 'Visit, and sign the plaster', 2)
  },
}
/** Ended by something that early help cannot hold. */
const skewes: Story = {
  title: 'Jenna Skewes',
  tell: tale => {
    const jenna = somebody(tale, [300, '10:10'], duty, {
      given: 'Jenna',
      family: 'Skewes',
      dateOfBirth: tale.day(-4_400),
      sex: 'F',
      gender: 'girl',
      nhsNumber: testNhsNumber(43_270),
      nhsNumberStatus: '01',
      ethnicCategory: 'A',
      language: 'en',
      interpreter: 'no',
      addresses: [home('15 Coombe Park', 'TR18 3RS')],
    })
    const help = caseOf(tale, jenna, [300, '10:20'], duty, {
      ...west,
      source: 'school',
      from: 'Porthkerris Academy',
      reason: 'Comes with money that nobody gave her and a second telephone.',
      consent: 'Mother',
    })
    help.accept([299, '09:10'], demelza)
    help.toWorker([298, '09:30'], demelza, tamsin, 'Has done exploitation training')
    help.start([296, '14:00'], tamsin)
    help.risk([296, '15:00'], tamsin, 'medium', 'Signs of being used by older people; she says that they are friends.')
    help.note([290, '15:30'], tamsin, 'meeting', 'School. She counted the exits when we sat down.')
    help.risk([275, '17:30'], tamsin, 'high', 'Missing for two nights; came back with a burn that she will not explain.')
    help.flag([275, '17:35'], tamsin, 'missing', 'Missing', 'Two nights. Back.', -260)
    paper(
      tale,
      help,
      [274, '10:00'],
      tamsin,
      'Referral to children’s social care',
      'referral',
      {
        name: 'referral-skewes.pdf',
        lines: [
          'Referral to children’s social care',
          'Jenna Skewes',
          '',
          'Missing two nights. A burn, not explained. A second telephone.',
          'Mother agrees with this referral.',
          'Tamsin Rowe, Early Help West',
        ],
      },
      274,
    )
    help.close(
      [272, '12:00'],
      tamsin,
      'stepped-up',
      'not-met',
      'Social care has opened an enquiry. Early help ends; Tamsin goes along to the first visit so that Jenna sees a face she knows.',
    )
  },
}

export const earlyHelpStories: readonly Story[] = [
  nankervis,
  chegwidden,
  dingle,
  quick,
  liddicoat,
  trewin,
  hicks,
  faull,
  teague,
  opie,
  vivian,
  tangye,
  nance,
  skewes,
]
