import { dashAnswers, drugAndAlcoholAnswers, earlyHelpAnswers, housingAnswers } from '../caseload/answers.ts'
import { related } from '../telling/around.ts'
import { caseOf } from '../telling/case-of.ts'
import { formAbout } from '../telling/form-of.ts'
import { hide, openInEmergency, restrict, share } from '../telling/seen-by.ts'
import { home, landline, mobile, noAddress, somebody, testNhsNumber } from '../telling/somebody.ts'
import type { Story } from '../telling/tale.ts'
import { paper, plan, task } from '../telling/written.ts'

const kerensa = 'kerensa.lugg'
const bryluen = 'bryluen.carne'
const colan = 'colan.rosewarne'
const lowenna = 'lowenna.uren'
const petroc = 'petroc.nance'
const rosen = 'rosen.bolitho'
const marya = 'marya.kovalenko'
const advocacy = { team: 'Advocacy', service: 'domestic-abuse' }
const treatment = { team: 'Harbour Community Team', service: 'drug-and-alcohol' }

/** Restricted, with rules for how she may be rung; her daughter is known to early help, which knows nothing of this. */
const angwin: Story = {
  title: 'Loveday Angwin',
  tell: tale => {
    const loveday = somebody(tale, [60, '10:30'], kerensa, {
      given: 'Loveday',
      family: 'Angwin',
      dateOfBirth: tale.day(-12_714),
      sex: 'F',
      gender: 'woman',
      pronouns: 'she/her',
      nhsNumber: testNhsNumber(43_310),
      nhsNumberStatus: '02',
      ethnicCategory: 'A',
      language: 'en',
      interpreter: 'no',
      gpPractice: 'Trenwith Health Centre',
      addresses: [{ ...home('2 Net Loft', 'TR26 1LP', 'St Morwen'), confidential: true }],
      contacts: [
        mobile('345', {
          use: 'call-only',
          leaveMessage: false,
          days: [1, 2, 3, 4, 5],
          from: '15:45' as never,
          to: '16:30' as never,
          note: 'Say that you are from the dentist. Hang up if a man answers.',
        }),
        landline('899', { use: 'never' }),
      ],
    })
    const help = caseOf(tale, loveday, [60, '10:45'], kerensa, {
      ...advocacy,
      source: 'police',
      from: 'Sgt Denzil Opie, Safeguarding Unit',
      contact: '01632 960411',
      urgency: 'urgent',
      reason: 'Third call in six weeks. Injury to the arm, strangulation in September. She asked for a woman to ring her.',
      consent: 'Told the officer yes, alone, outside',
    })
    help.accept([60, '11:30'], bryluen)
    help.toWorker([60, '11:40'], bryluen, kerensa, 'On duty')
    restrict(tale, help, [60, '12:00'], bryluen, [kerensa, bryluen], 'His brother works for a partner agency.')
    help.note(
      [59, '15:50'],
      kerensa,
      'call',
      'Safe to talk. Went through what to do if he comes to the door. She has a bag at her sister’s.',
      { ownWords: 'He knows what time the bus comes.' },
    )
    help.risk([59, '16:40'], kerensa, 'high', 'Strangled, frightened, separation begun, threats to come to her work.')
    help.flag([59, '16:45'], kerensa, 'safe-contact', 'Safe contact rules', 'Ring only between 15:45 and 16:30. You are the dentist.', 20)
    hide(tale, help, [57, '10:00'], bryluen, {
      from: 'sidwell.jose',
      reason: 'Lives in the same street and knows him',
      wishOf: 'Loveday Angwin',
    })
    const dash = formAbout(tale, help, [56, '15:45'], kerensa, 'dash')
    dash.save([56, '16:30'], kerensa, {
      ...dashAnswers({ given: 'Loveday', reason: '', on: tale.day(-56), turn: 1 }, tale.at([56, '15:45']), [
        'injury',
        'very_frightened',
        'afraid_of_more',
        'isolated',
        'separation',
        'child_contact',
        'stalking',
        'more_often',
        'getting_worse',
        'control',
        'threats_to_kill',
        'strangling',
        'hurt_animals',
        'money',
        'abuser_troubles',
        'breach',
        'abuser_police',
      ]),
      children_safety: 'Tegen, 7, sleeps at her grandmother’s on Fridays. School knows who may collect her.',
      what_they_want: 'To stay in St Morwen. To keep the dog. That nobody rings his brother.',
    })
    dash.complete([56, '16:40'], kerensa)
    dash.signOff([55, '09:30'], bryluen)
    paper(
      tale,
      help,
      [54, '10:00'],
      kerensa,
      'Non-molestation order',
      'court',
      {
        name: 'order.pdf',
        lines: [
          'IN THE FAMILY COURT AT PORTHKERRIS',
          'Non-molestation order',
          '',
          'Applicant: L. Angwin',
          'The respondent must not go within 100 metres of her home or her work.',
          'In force for twelve months.',
        ],
      },
      55,
    )
    help.flag([54, '10:10'], kerensa, 'court-order', 'Court order in force', '100 metres, home and work.', 300)
    plan(
      tale,
      help,
      [50, '15:50'],
      kerensa,
      [
        {
          need: 'Safe at home and on the way',
          goals: [
            {
              goal: 'He cannot come near unseen',
              measure: 'No breach; she sleeps',
              actions: [
                { what: 'Locks and camera', who: kerensa, by: -40, done: 'Fitted on Tuesday by two women' },
                { what: 'Other bus, and the manager walks with her', who: 'Her manager' },
                { what: 'Look at the safety plan again', who: kerensa, by: -1 },
              ],
            },
          ],
        },
      ],
      { with: 'Loveday', how: 'By telephone in three calls' },
    )
    share(tale, help, [50, '17:00'], kerensa, {
      to: 'denzil.opie',
      parts: ['risk', 'flags'],
      purpose: 'So that a call from her is treated as urgent',
      lawfulBasis: 'Consent; and vital interests should she not be able to give it',
      until: 180,
    })
    help.review([20, '10:00'], kerensa, 'go-on', 'Two breaches, both reported. She goes to choir again.', 'Loveday', 22)
    help.note([14, '15:55'], kerensa, 'call', 'Eleven minutes. He has written to her mother.', {
      facts: 'Letter kept, not opened, given to the officer.',
    })
    help.note([1, '16:00'], kerensa, 'call', 'No answer. No message left.')
    task(tale, help, [1, '16:10'], kerensa, 'Safe call, 15:45 to 16:30 only', 0)

    const tegen = somebody(tale, [38, '10:00'], 'hedra.pascoe', {
      given: 'Tegen',
      family: 'Angwin',
      dateOfBirth: tale.day(-2_700),
      sex: 'F',
      gender: 'girl',
      ethnicCategory: 'A',
      language: 'en',
      interpreter: 'no',
      contacts: [mobile('346', {}, 'Grandmother, Beryl')],
    })
    const child = caseOf(tale, tegen, [38, '10:10'], 'hedra.pascoe', {
      team: 'Early Help West',
      service: 'early-help',
      source: 'school',
      from: 'St Morwen Primary',
      reason: 'Bright, watchful, will not take her coat off. Grandmother collects.',
      consent: 'Grandmother, with mother’s word',
    })
    child.accept([37, '09:15'], 'demelza.vyvyan')
    child.toWorker([36, '09:30'], 'demelza.vyvyan', 'tamsin.rowe', 'Works in St Morwen on Wednesdays')
    child.start([35, '13:30'], 'tamsin.rowe')
    child.risk([35, '15:00'], 'tamsin.rowe', 'medium', 'Something at home that nobody says. Grandmother is a rock.')
    child.note([34, '13:40'], 'tamsin.rowe', 'visit', 'At school. She drew a dog and would not say its name.', {
      analysis: 'Afraid of something that has a name.',
    })
    const form = formAbout(tale, child, [18, '13:00'], 'tamsin.rowe', 'early-help-assessment')
    form.save([18, '13:40'], 'tamsin.rowe', {
      ...earlyHelpAnswers({ given: 'Tegen', reason: 'Bright, watchful, will not take her coat off.', on: tale.day(-22), turn: 2 }),
      abuse_at_home: 'not_known',
      childs_words: 'My coat is my house.',
    })
    form.complete([18, '13:55'], 'tamsin.rowe')
    related(tale, [17, '09:00'], 'tamsin.rowe', tegen, 'grandparent', 'Beryl Angwin', {
      legalRoles: ['next-of-kin'],
      otherContact: '07700 900346',
      note: 'Collects her. Has the care of her in the week.',
    })
    child.note([8, '14:00'], 'tamsin.rowe', 'visit', 'Coat over the back of the chair today.')
    task(tale, child, [8, '14:30'], 'tamsin.rowe', 'Make the plan with grandmother', 3)
  },
}

/** Two services that cannot see each other: one whose involvement is shown, one whose is not. */
const trevorrow: Story = {
  title: 'Kensa Trevorrow',
  tell: tale => {
    const kensa = somebody(tale, [130, '10:10'], lowenna, {
      given: 'Kensa',
      family: 'Trevorrow',
      dateOfBirth: tale.day(-10_100),
      sex: 'F',
      gender: 'woman',
      nhsNumber: testNhsNumber(43_320),
      nhsNumberStatus: '01',
      ethnicCategory: 'A',
      language: 'en',
      interpreter: 'no',
      gpPractice: 'Harbour Surgery',
      addresses: [home('Flat 9, 50 Clarence Row', 'TR18 2PU')],
      contacts: [mobile('351', { leaveMessage: false })],
    })
    const drink = caseOf(tale, kensa, [130, '10:20'], lowenna, {
      ...treatment,
      source: 'gp',
      from: 'Dr A Keverne',
      reason: 'Wine, two bottles a night since the spring. Liver tests up.',
      consent: 'Kensa, at the surgery',
    })
    drink.accept([129, '09:30'], petroc)
    drink.toWorker([128, '10:00'], petroc, lowenna, 'Kensa asked for a woman')
    drink.start([122, '11:00'], lowenna)
    drink.risk([122, '12:00'], lowenna, 'medium', 'Drinks alone at night. No seizures.')
    const form = formAbout(tale, drink, [115, '11:00'], lowenna, 'drug-and-alcohol-assessment')
    form.save([115, '12:00'], lowenna, {
      ...drugAndAlcoholAnswers({ given: 'Kensa', reason: 'Liver tests up; takes nothing else.', on: tale.day(-118), turn: 0 }),
      own_words: 'To be able to sleep in my own kitchen chair and not mind who comes in.',
    })
    form.complete([115, '12:10'], lowenna)
    plan(
      tale,
      drink,
      [108, '11:00'],
      lowenna,
      [
        {
          need: 'Nights',
          goals: [
            {
              goal: 'Three dry nights a week, then five',
              measure: 'Diary',
              actions: [
                { what: 'Diary', who: 'Kensa' },
                { what: 'Saturday walking group', who: lowenna, by: 9 },
              ],
            },
          ],
        },
      ],
      { with: 'Kensa', how: 'In the office' },
    )
    drink.review([66, '11:00'], lowenna, 'go-on', 'Four dry nights in a good week. She does not say what makes a bad one.', 'Kensa', -24)
    drink.review([24, '11:00'], lowenna, 'go-on', 'Five. Then two. Something happened on Sunday.', 'Kensa', 18)
    drink.note([10, '11:00'], lowenna, 'meeting', 'Long sleeves. Asked straight out whether she is safe at home; she looked at the door.', {
      analysis: 'Gave her the number of Safe Haven on a bus ticket.',
    })

    const safe = somebodyAgain(tale)
    const help = caseOf(tale, safe, [9, '13:00'], kerensa, {
      ...advocacy,
      source: 'self',
      from: 'Kensa herself',
      urgency: 'urgent',
      reason: 'Rang from the bus. Partner counts the bottles and then hits her for them.',
      consent: 'Hers; and she asked that nobody at the drink service is told',
    })
    help.accept([9, '13:20'], bryluen)
    help.toWorker([9, '13:25'], bryluen, kerensa, 'Took the call')
    help.start([8, '11:00'], kerensa)
    help.risk([8, '12:00'], kerensa, 'high', 'Hit with an object on Sunday. Wants to stay until the child benefit comes.')
    help.note([8, '11:10'], kerensa, 'call', 'Twenty minutes from the library telephone.', {
      ownWords: 'The woman at the drink place didn’t ask twice. That’s why I rang.',
    })
    task(tale, help, [8, '12:10'], kerensa, 'DASH on Tuesday, in the library', 2)
  },
}
/** The other service registered her for itself: it cannot see that she is on record already. */
const somebodyAgain = (tale: Parameters<Story['tell']>[0]) =>
  somebody(tale, [9, '12:50'], kerensa, {
    given: 'Kensa',
    family: 'Trevorrow',
    dateOfBirth: tale.day(-10_100),
    sex: 'F',
    gender: 'woman',
    ethnicCategory: 'A',
    language: 'en',
    interpreter: 'no',
    contacts: [mobile('351', { use: 'never', note: 'He reads it. She rings us.' })],
  })

/** Abuse by a son, at 74. */
const uren: Story = {
  title: 'Maureen Uren',
  tell: tale => {
    const maureen = somebody(tale, [75, '10:10'], bryluen, {
      given: 'Maureen',
      family: 'Uren',
      dateOfBirth: tale.day(-27_200),
      sex: 'F',
      gender: 'woman',
      nhsNumber: testNhsNumber(43_330),
      nhsNumberStatus: '01',
      ethnicCategory: 'A',
      language: 'en',
      interpreter: 'no',
      communicationNeeds: ['hearing-loop', 'large-print'],
      addresses: [home('1 Sea Holly, Church Hill', 'TR19 6AB', 'Trenwith')],
      contacts: [landline('833', { from: '10:00' as never, to: '12:00' as never, note: 'Son is at work then' })],
    })
    const help = caseOf(tale, maureen, [75, '10:20'], bryluen, {
      ...advocacy,
      source: 'gp',
      from: 'Trenwith Health Centre',
      reason: 'Bruises on both wrists. Son lives with her and has her bank card.',
      consent: 'Maureen, after a night’s thought',
    })
    help.accept([74, '10:00'], bryluen)
    help.toWorker([74, '10:10'], bryluen, bryluen, 'Older people are hers')
    help.start([70, '10:30'], bryluen)
    help.risk([70, '12:00'], bryluen, 'medium', 'Wrists, money, shouting. She will not have him put out.')
    help.note([70, '10:40'], bryluen, 'visit', 'Tea in the good cups.', {
      ownWords: 'He was such a gentle little boy. I keep waiting for him.',
    })
    help.note([5, '10:30'], bryluen, 'call', 'Card back in her own purse. Bank has put a word on the account.')
    help.reviewOn([5, '11:00'], bryluen, 5)
  },
}

/** Treatment over half a year, a night in hospital, and a duty officer who opened the case because somebody had to know. */
const bolitho: Story = {
  title: 'Denzil Bolitho',
  tell: tale => {
    const denzil = somebody(tale, [200, '10:10'], colan, {
      given: 'Denzil',
      family: 'Bolitho',
      dateOfBirth: tale.day(-15_043),
      sex: 'M',
      gender: 'man',
      nhsNumber: testNhsNumber(43_340),
      nhsNumberStatus: '01',
      ethnicCategory: 'A',
      language: 'en',
      interpreter: 'no',
      gpName: 'Dr A Keverne',
      gpPractice: 'Harbour Surgery',
      names: [{ kind: 'known-as', given: 'Denny', family: null }],
      addresses: [home('8 Bal Lane', 'TR18 2XZ')],
      contacts: [mobile('221'), mobile('222', {}, 'Daughter, Jenna')],
    })
    const help = caseOf(tale, denzil, [200, '10:20'], colan, {
      ...treatment,
      source: 'gp',
      from: 'Dr A Keverne',
      contact: '01632 960520',
      reason: 'A bottle of spirits a day; wants to stop before his daughter’s wedding.',
      consent: 'Denzil, at the surgery',
    })
    help.accept([199, '09:20'], petroc)
    help.toWorker([198, '10:00'], petroc, colan, 'Fished with his father')
    help.start([196, '11:00'], colan)
    help.risk([196, '12:00'], colan, 'high', 'Seizure last winter when he stopped by himself.')
    const form = formAbout(tale, help, [194, '10:00'], colan, 'drug-and-alcohol-assessment')
    form.save([194, '11:30'], colan, {
      ...drugAndAlcoholAnswers({ given: 'Denzil', reason: 'Thiamine, ramipril. Seizure last February.', on: tale.day(-196), turn: 0 }),
      own_words: 'To walk her up the aisle and know which one she is.',
      drinking_days: 28,
      units_a_day: 28,
      withdrawal: true,
      substances: [{ substance: 'alcohol', route: 'oral', days: 28, amount: 'A bottle of rum', age_first: 14 }],
      interventions: ['detox', 'psychosocial'],
    })
    form.complete([194, '11:45'], colan)
    form.signOff([193, '09:00'], petroc)
    const detox = plan(
      tale,
      help,
      [190, '11:00'],
      colan,
      [
        {
          need: 'Stopping safely',
          goals: [
            {
              goal: 'Through detoxification by the spring',
              measure: 'Breath test; his word',
              actions: [
                { what: 'Bed at the unit', who: colan, by: -150 },
                { what: 'Keyworking every week', who: colan },
              ],
            },
          ],
        },
        {
          need: 'The wedding',
          goals: [
            {
              goal: 'Sober on the day',
              measure: 'The photographs',
              actions: [{ what: 'Speech written before the summer', who: 'Denzil' }],
            },
          ],
        },
      ],
      { with: 'Denzil and Jenna', how: 'In the office; Jenna wrote it down' },
    )
    detox.done([152, '10:00'], colan, 'Bed at', 'Ten days. Home on the eleventh.')
    paper(
      tale,
      help,
      [150, '14:00'],
      colan,
      'Discharge letter from the unit',
      'health',
      {
        name: 'discharge.pdf',
        lines: [
          'Porthkerris NHS Trust',
          'Inpatient detoxification: discharge',
          '',
          'D. Bolitho completed ten days without event.',
          'Thiamine to go on. Acamprosate from today.',
          'He asked that his keyworker be told that he slept.',
        ],
      },
      151,
    )
    help.note([120, '11:00'], colan, 'meeting', 'Six weeks without a drink. Sleeping, walking the dog twice a day.', {
      ownWords: 'I had forgotten what mornings smell like.',
    })
    help.risk([118, '12:00'], colan, 'medium', 'Stable on medication, family around him.')
    help.review([110, '11:00'], colan, 'go-on', 'Going well; afraid of the reception more than of anything.', 'Denzil, Jenna', -52)
    help.note([60, '19:00'], colan, 'text', 'A photograph of a man in a grey suit holding a glass of orange juice like a lit firework.')
    help.review([52, '11:00'], colan, 'go-on', 'The wedding is over and he is still here. Now what, he asks.', 'Denzil', -6)
    openInEmergency(
      tale,
      help,
      [12, '23:10'],
      'hedra.pascoe',
      'Accident and emergency: brought in after a fall, smells of drink, cannot say what he takes. They need his medicines tonight.',
    )
    help.note([11, '09:00'], 'colan.rosewarne', 'call', 'Ward: one slip after eleven weeks, and a kerb. Home by noon. Ashamed.', {
      facts: 'Duty officer opened the case at 23:10 and told the ward of the acamprosate.',
    })
    help.note([8, '18:00'], colan, 'meeting', 'Group. He told them before I could decide whether to.')
    task(tale, help, [8, '18:40'], colan, 'Outcomes review (window closes in nine days)', 2)
    const flat = caseOf(tale, denzil, [40, '12:00'], colan, {
      team: 'Tenancy Support',
      service: 'housing',
      source: 'own-authority',
      from: 'Colan Rosewarne, Harbour Recovery',
      reason: 'Arrears from last year; he would like to keep the flat.',
      consent: 'Denzil',
    })
    flat.signpost(
      [39, '10:00'],
      'wella.goldsworthy',
      'Citizens’ advice, who hold the debt fund',
      'Not our tenant: private landlord. Rang the fund for him; they will see him on Thursday.',
    )
  },
}

/** A death, and what is left to do after one. */
const trembath: Story = {
  title: 'Clive Trembath',
  tell: tale => {
    const clive = somebody(tale, [380, '10:10'], lowenna, {
      given: 'Clive',
      family: 'Trembath',
      dateOfBirth: tale.day(-21_400),
      sex: 'M',
      gender: 'man',
      nhsNumber: testNhsNumber(43_350),
      nhsNumberStatus: '01',
      ethnicCategory: 'A',
      language: 'en',
      interpreter: 'no',
      gpPractice: 'Alverne Practice',
      addresses: [home('1 Chapel Terrace', 'TR26 4QQ', 'St Morwen')],
      contacts: [landline('845')],
    })
    const help = caseOf(tale, clive, [380, '10:20'], lowenna, {
      ...treatment,
      source: 'hospital',
      from: 'Liver clinic',
      reason: 'Cirrhosis; would like to stop, and to be at home.',
      consent: 'Clive',
    })
    help.accept([379, '09:30'], petroc)
    help.toWorker([378, '10:00'], petroc, lowenna, 'Lives near')
    help.start([375, '11:00'], lowenna)
    help.risk([375, '12:00'], lowenna, 'high', 'Very ill; drinking through it.')
    const form = formAbout(tale, help, [370, '11:00'], lowenna, 'drug-and-alcohol-assessment')
    form.save([370, '11:40'], lowenna, {
      ...drugAndAlcoholAnswers({ given: 'Clive', reason: 'Cirrhosis; varices.', on: tale.day(-373), turn: 3 }),
      own_words: 'To see the boats go out from my own window.',
    })
    form.complete([370, '11:50'], lowenna)
    plan(
      tale,
      help,
      [360, '11:00'],
      lowenna,
      [
        {
          need: 'Being at home',
          goals: [
            {
              goal: 'At home to the end, and not alone',
              measure: 'He is',
              actions: [
                { what: 'Palliative nurse twice a week', who: 'District nurses', by: -200, done: 'Since the spring' },
                { what: 'Visit on Mondays', who: lowenna },
              ],
            },
          ],
        },
      ],
      { with: 'Clive and his sister', how: 'At the window' },
    )
    help.review(
      [250, '11:00'],
      lowenna,
      'go-on',
      'Drinks less than he says and more than he should. The boats go out.',
      'Clive, sister, nurse',
      -140,
    )
    help.review([140, '11:00'], lowenna, 'go-on', 'Weaker. Sister has moved in.', 'Clive, sister', -50)
    help.note([62, '11:00'], lowenna, 'visit', 'Very tired. His sister is staying. Talked about boats.', {
      ownWords: 'That one’s mine. Was.',
    })
    help.note([49, '09:30'], lowenna, 'call', 'His sister rang: he died at home, with her, early this morning.')
    clive.died([49, '10:00'], lowenna, 49, 'His sister told us, and the surgery has said the same')
    task(tale, help, [45, '14:40'], lowenna, 'A card for his sister at Christmas', 12)
    help.close(
      [45, '15:00'],
      lowenna,
      '89',
      'partly',
      'He was at home and not alone. Went to the funeral with Petroc. His sister would like a card at Christmas; task with the team.',
      { because: 'The visits on Mondays end with him. The card is a promise', stays: 'A card' },
    )
  },
}

/** No fixed abode, an alias, and everybody at one table. */
const gluyas: Story = {
  title: 'Kenneth Gluyas',
  tell: tale => {
    const badger = somebody(tale, [92, '08:10'], rosen, {
      post: 'complex-needs',
      given: 'Kenneth',
      family: 'Gluyas',
      dateOfBirth: tale.day(-19_100),
      sex: 'M',
      gender: 'man',
      ethnicCategory: 'A',
      language: 'en',
      interpreter: 'no',
      communicationNeeds: ['cannot-read'],
      names: [
        { kind: 'known-as', given: 'Badger', family: null },
        { kind: 'alias', given: 'Kenneth', family: 'Marrack' },
      ],
      addresses: [noAddress('Doorway of the harbour office, most nights')],
    })
    const help = caseOf(tale, badger, [92, '08:30'], rosen, {
      team: 'Community Safety',
      service: 'complex-needs',
      source: 'voluntary',
      from: 'Night shelter',
      urgency: 'urgent',
      reason:
        'Sleeping in the harbour office doorway. Feet bad, will not go to hospital. Barred from the shelter for a dog that he will not leave.',
      consent: 'Nodded',
    })
    help.accept([92, '09:00'], rosen)
    help.toWorker([92, '09:05'], rosen, rosen, 'Outreach')
    help.start([91, '07:30'], rosen)
    help.risk([91, '09:00'], rosen, 'high', 'Cold, ulcers, drinking alone.')
    help.flag([91, '09:05'], rosen, 'homeless', 'Homeless or about to be', 'Doorway of the harbour office', 14)
    share(tale, help, [90, '10:00'], rosen, {
      to: 'Porthkerris Police',
      parts: ['risk', 'flags', 'notes'],
      purpose: 'Joint work with people who sleep out',
      lawfulBasis: 'Public task (Crime and Disorder Act 1998 s.115)',
      until: 200,
    })
    share(tale, help, [90, '10:10'], rosen, {
      to: 'Porthkerris NHS Trust',
      parts: ['notes', 'plan'],
      purpose: 'Outreach nurse dresses his feet',
      lawfulBasis: 'Provision of health care, with his agreement',
      until: 200,
    })
    const form = formAbout(tale, help, [80, '09:00'], rosen, 'housing-support-assessment')
    form.save([80, '09:40'], rosen, {
      ...withoutKeys(
        housingAnswers({
          given: 'Kenneth',
          reason: 'Cannot read; loses papers; keeps the dog alive before himself.',
          on: tale.day(-83),
          turn: 0,
        }),
        ['notice', 'rent', 'arrears'],
      ),
      living: 'rough',
      sleeping_place: 'Doorway of the harbour office; the lifeboat shed when it rains',
      income: ['nothing'],
      needs: ['physical_health', 'drugs_alcohol'],
      urgency: 'tonight',
      tonight_plan: 'Lifeboat shed, with the crew’s knowing. Two blankets and a dry sack.',
      goal: 'A room with a door that the dog may come through.',
    })
    form.complete([80, '09:45'], rosen)
    plan(
      tale,
      help,
      [72, '08:00'],
      rosen,
      [
        {
          need: 'A roof',
          goals: [
            {
              goal: 'Indoors before the frost, with the dog',
              measure: 'Seven nights in a row',
              actions: [
                { what: 'Hostel that takes dogs', who: rosen, by: -2 },
                { what: 'Feet dressed every other day', who: 'Outreach nurse' },
              ],
            },
          ],
        },
      ],
      { with: 'Badger', how: 'Read to him on the quay' },
    )
    help.note([17, '07:40'], rosen, 'meeting', 'Tea on the quay with the outreach nurse. He let her dress one foot.', {
      ownWords: 'You can have the left one.',
    })
    help.review(
      [14, '10:00'],
      rosen,
      'change-plan',
      'Police, nurse, shelter and harbour master at one table. Shelter will try the dog for a week.',
      'Everybody but Badger, who was outside with the dog',
      14,
    )
    help.note([3, '07:35'], rosen, 'meeting', 'Two nights indoors. Dog slept on the manager’s feet.')
  },
}

/** Known to community safety and to early help of the same council, each with its own part. */
const prisk: Story = {
  title: 'Kyle Prisk',
  tell: tale => {
    const kyle = somebody(tale, [64, '14:10'], rosen, {
      post: 'anti-social-behaviour',
      given: 'Kyle',
      family: 'Prisk',
      dateOfBirth: tale.day(-5_980),
      sex: 'M',
      gender: 'boy',
      ethnicCategory: 'A',
      language: 'en',
      interpreter: 'no',
      addresses: [home('Flat 14, 3 Parc an Gwarry', 'TR20 8HH')],
      contacts: [mobile('391')],
    })
    const nuisance = caseOf(tale, kyle, [64, '14:20'], rosen, {
      team: 'Community Safety',
      service: 'anti-social-behaviour',
      source: 'housing',
      from: 'Kerris Homes',
      reason: 'Moped on the landing, lift set alight, neighbour of 80 pushed. He says that he was not there; the film says that he was.',
      withoutConsentBecause: 'Prevention of crime (Crime and Disorder Act 1998 s.115)',
      refused: true,
    })
    nuisance.accept([63, '09:30'], rosen)
    nuisance.toWorker([63, '09:35'], rosen, rosen, 'Estate officer')
    nuisance.start([62, '16:00'], rosen)
    nuisance.risk([62, '17:00'], rosen, 'medium', 'To others more than to himself.')
    nuisance.note([60, '16:30'], rosen, 'meeting', 'Kyle, his mother, Wella Goldsworthy. Contract read out. He corrected a date.')
    nuisance.flag([46, '10:00'], rosen, 'court-order', 'Court order in force', 'Injunction: not on the landing after nine.', -3)
    paper(
      tale,
      nuisance,
      [46, '10:20'],
      rosen,
      'Injunction',
      'court',
      {
        name: 'injunction.pdf',
        lines: [
          'IN THE COUNTY COURT AT PORTHKERRIS',
          'Injunction under Part 1 of the Anti-social Behaviour, Crime and Policing Act 2014',
          '',
          'K. Prisk must not be on the third landing of Parc an Gwarry between 21:00 and 07:00.',
        ],
      },
      47,
    )
    share(tale, nuisance, [46, '10:30'], rosen, {
      to: 'wella.goldsworthy',
      purpose: 'The landlord’s part of the contract',
      lawfulBasis: 'Public task (Crime and Disorder Act 1998 s.115)',
      until: 120,
    })
    nuisance.note([4, '15:00'], rosen, 'visit', 'Three weeks quiet. Neighbour of 80 has asked him to carry her shopping, and he has.')
    task(tale, nuisance, [4, '16:00'], rosen, 'Contract: look at it again with both', 6)
    const help = caseOf(tale, kyle, [34, '11:00'], rosen, {
      team: 'Early Help West',
      service: 'early-help',
      source: 'own-authority',
      from: 'Rosen Bolitho, Community Safety',
      reason: 'Sixteen, out of school since Easter. Good with engines. Mother asks.',
      consent: 'Kyle and his mother',
    })
    help.accept([33, '09:10'], 'demelza.vyvyan')
    help.toWorker([32, '09:30'], 'demelza.vyvyan', 'tamsin.rowe', 'Next in turn')
    help.start([30, '15:00'], 'tamsin.rowe')
    help.risk([30, '16:00'], 'tamsin.rowe', 'medium', 'Bored, proud, on the edge of worse company.')
    help.note([29, '15:10'], 'tamsin.rowe', 'meeting', 'Took my bicycle apart while we talked and put it back better.', {
      ownWords: 'Nobody’s asked me what I’m good at since Year 6.',
    })
    help.note([18, '15:00'], 'tamsin.rowe', 'call', 'College will see him about motor mechanics.')
    const form = formAbout(tale, help, [16, '15:00'], 'tamsin.rowe', 'early-help-assessment')
    form.save([16, '15:30'], 'tamsin.rowe', {
      agreed: true,
      agreed_by: { name: 'PRISK, Kyle' },
      agreed_on: tale.day(-29),
      may_share_with: ['school'],
      reason: 'Sixteen, out of school since Easter.',
      childs_words: 'Nobody’s asked me what I’m good at since Year 6.',
    })
  },
}

/** Notice to leave, with the clock running. */
const warren: Story = {
  title: 'Alfie Warren',
  tell: tale => {
    const wella = 'wella.goldsworthy'
    const alfie = somebody(tale, [22, '10:10'], wella, {
      given: 'Alfie',
      family: 'Warren',
      dateOfBirth: tale.day(-9_200),
      sex: 'M',
      gender: 'man',
      ethnicCategory: 'A',
      language: 'en',
      interpreter: 'no',
      communicationNeeds: ['easy-read'],
      addresses: [home('Flat 1, 77 Smeaton Place', 'TR18 2DA')],
      contacts: [mobile('395')],
    })
    const help = caseOf(tale, alfie, [22, '10:20'], wella, {
      team: 'Tenancy Support',
      service: 'housing',
      source: 'self',
      from: 'Alfie Warren',
      urgency: 'urgent',
      reason:
        'Left care at 18, first flat at 24. Notice to leave in four weeks for £1,900 owed. Thought that the letters were for the man before.',
      consent: 'Came to the counter',
    })
    help.accept([22, '10:40'], wella)
    help.toWorker([22, '10:45'], wella, wella, 'At the counter')
    help.start([21, '09:30'], wella)
    help.risk([21, '10:00'], wella, 'high', 'Out in four weeks unless the court is asked to wait.')
    help.flag([21, '10:05'], wella, 'homeless', 'Homeless or about to be', 'Notice runs out', 6)
    const form = formAbout(tale, help, [20, '10:00'], wella, 'housing-support-assessment')
    form.save([20, '10:40'], wella, {
      ...housingAnswers({
        given: 'Alfie',
        reason: 'Letters, forms, the telephone: everything that is not in front of him.',
        on: tale.day(-22),
        turn: 0,
      }),
      notice: true,
      leave_by: tale.day(6),
      arrears: 1_900,
      needs: ['tenancy', 'care_leaver'],
      urgency: 'week',
    })
    form.complete([20, '10:45'], wella)
    paper(
      tale,
      help,
      [20, '11:00'],
      wella,
      'Notice seeking possession',
      'court',
      {
        name: 'notice.pdf',
        lines: [
          'Notice seeking possession',
          'Flat 1, 77 Smeaton Place',
          '',
          'Rent owed: £1,900.00',
          'Proceedings will not begin before the date below.',
        ],
      },
      50,
    )
    plan(
      tale,
      help,
      [18, '10:00'],
      wella,
      [
        {
          need: 'Staying',
          goals: [
            {
              goal: 'The court is asked to wait',
              measure: 'Order adjourned',
              actions: [
                { what: 'Discretionary payment: form', who: wella, by: -10, done: 'Sent, and £900 granted' },
                { what: 'Duty solicitor at court', who: wella, by: 5 },
              ],
            },
          ],
        },
      ],
      { with: 'Alfie', how: 'With a form in large type, read aloud' },
    )
    help.note([6, '10:15'], wella, 'visit', 'He has bought a folder.', { ownWords: 'Red is for angry letters.' })
    help.reviewOn([6, '11:00'], wella, 7)
  },
}

/** A guest of Homes for Ukraine, her hosts, and a family who fled further. */
const kovalenko: Story = {
  title: 'Oksana Kovalenko and her hosts',
  tell: tale => {
    const row = { lines: '3 Chapel Row', postcode: 'TR17 3HH', town: 'Polwhele Churchtown' }
    const graham = somebody(tale, [330, '10:00'], marya, {
      given: 'Graham',
      family: 'Hosking',
      dateOfBirth: tale.day(-24_300),
      sex: 'M',
      gender: 'man',
      ethnicCategory: 'A',
      language: 'en',
      interpreter: 'no',
      addresses: [home(row.lines, row.postcode, row.town)],
      contacts: [landline('861')],
    })
    const hosts = caseOf(tale, graham, [330, '10:10'], marya, {
      team: 'Resettlement',
      service: 'refugees',
      source: 'self',
      from: 'Graham Hosking',
      reason: 'Offers a room with its own bathroom. Host checks asked for: both adults, the house.',
      consent: 'Graham and Sheila Hosking',
    })
    hosts.accept([329, '10:00'], marya)
    hosts.toWorker([329, '10:05'], marya, marya, 'Host checks')
    hosts.start([325, '11:00'], marya)
    hosts.risk([325, '12:00'], marya, 'low', 'House seen, references good, dog is old.')
    hosts.note([325, '11:10'], marya, 'visit', 'Room warm and private. They have learnt to say good morning and then forgotten it.')
    hosts.note([30, '11:00'], marya, 'call', 'Sheila: she is family now, and they dread the day. Monthly payment has come late twice.')
    task(tale, hosts, [30, '11:20'], marya, 'Monthly payment to the hosts', 3)
    const guest = somebody(tale, [300, '10:00'], marya, {
      given: 'Oksana',
      family: 'Kovalenko',
      dateOfBirth: tale.day(-10_850),
      sex: 'F',
      gender: 'woman',
      nhsNumber: testNhsNumber(43_360),
      nhsNumberStatus: '01',
      ethnicCategory: 'C',
      language: 'uk',
      interpreter: 'spoken',
      gpPractice: 'Harbour Surgery',
      names: [{ kind: 'other-script', given: 'Оксана', family: 'Коваленко' }],
      addresses: [home(row.lines, row.postcode, row.town, tale.day(-300))],
      contacts: [mobile('441')],
    })
    const help = caseOf(tale, guest, [300, '10:10'], marya, {
      team: 'Resettlement',
      service: 'refugees',
      source: 'own-authority',
      from: 'Homes for Ukraine desk',
      reason: 'Arrived with one suitcase. Guest of Mr and Mrs Hosking, checks done.',
      consent: 'Oksana, in Ukrainian',
    })
    help.accept([300, '10:30'], marya)
    help.toWorker([300, '10:35'], marya, marya, 'Speaks Ukrainian')
    help.start([299, '11:00'], marya)
    help.risk([299, '12:00'], marya, 'low', 'Safe, grieving, practical.')
    const form = formAbout(tale, help, [280, '11:00'], marya, 'housing-support-assessment')
    form.save([280, '11:30'], marya, {
      ...housingAnswers({ given: 'Oksana', reason: 'English for letters; everything else she can do.', on: tale.day(-284), turn: 2 }),
      living: 'family_friends',
      safe_to_return: 'no',
      urgency: 'later',
      goal: 'Her own door, and a window to the sea.',
    })
    form.complete([280, '11:40'], marya)
    plan(
      tale,
      help,
      [270, '11:00'],
      marya,
      [
        {
          need: 'Work',
          goals: [
            {
              goal: 'In work that uses what she knows',
              measure: 'A contract',
              actions: [
                { what: 'Certificates translated', who: marya, by: -200, done: 'Stamped' },
                { what: 'English in the evening', who: 'Oksana' },
              ],
            },
          ],
        },
      ],
      { with: 'Oksana', how: 'In Ukrainian' },
    )
    help.review([180, '11:00'], marya, 'go-on', 'Two days at the bakery.', 'Oksana, Sheila Hosking', -90)
    help.review([90, '11:00'], marya, 'go-on', 'Four days at the bakery. Would like to teach again.', 'Oksana', 20)
    help.note([21, '14:00'], marya, 'visit', 'Working four days at the bakery. Would like English in the evening.', {
      ownWords: 'Here the sea is loud like our river in spring.',
    })
    task(tale, help, [21, '15:00'], marya, 'Wellbeing visit, 14:00', 0)
  },
}
const haddad: Story = {
  title: 'The Haddad family',
  tell: tale => {
    const address = home('Flat 2, 12 Station Approach', 'TR18 2LR')
    const amal = somebody(tale, [160, '10:00'], marya, {
      given: 'Amal',
      family: 'Haddad',
      dateOfBirth: tale.day(-12_100),
      sex: 'F',
      gender: 'woman',
      nhsNumber: testNhsNumber(43_370),
      nhsNumberStatus: '03',
      ethnicCategory: 'S',
      language: 'ar',
      interpreter: 'spoken',
      names: [{ kind: 'other-script', given: 'أمل', family: 'حداد' }],
      addresses: [address],
      contacts: [mobile('451', { note: 'Arabic interpreter, a woman' })],
    })
    const yusuf = somebody(tale, [160, '10:05'], marya, {
      given: 'Yusuf',
      family: 'Haddad',
      dateOfBirth: tale.day(-3_900),
      sex: 'M',
      gender: 'boy',
      ethnicCategory: 'S',
      language: 'ar',
      interpreter: 'spoken',
      names: [{ kind: 'other-script', given: 'يوسف', family: 'حداد' }],
      addresses: [address],
    })
    const help = caseOf(tale, amal, [160, '10:10'], marya, {
      team: 'Resettlement',
      service: 'refugees',
      source: 'other',
      from: 'Home Office resettlement',
      reason: 'Mother and son, arrived on Monday. Father is looked for.',
      consent: 'Amal, with an interpreter',
    })
    help.accept([160, '10:30'], marya)
    help.toWorker([160, '10:35'], marya, marya, 'Resettlement')
    help.start([159, '11:00'], marya)
    help.risk([159, '12:00'], marya, 'medium', 'Does not sleep. Safe here.')
    help.note([150, '11:00'], marya, 'visit', 'She had cooked for eight.', { ownWords: 'I cook for eight because I know how.' })
    help.note([13, '11:00'], marya, 'visit', 'A letter through the tracing service. She has not opened it yet and asks me to be there.')
    task(tale, help, [13, '12:00'], marya, 'Be there when the letter is opened', -1)
    const school = caseOf(tale, yusuf, [46, '12:00'], marya, {
      team: 'Early Help West',
      service: 'early-help',
      source: 'own-authority',
      from: 'Marya Kovalenko, Resettlement',
      reason: 'Ten. Fastest runner in the school and speaks to nobody.',
      consent: 'Mother, with an interpreter',
    })
    school.accept([45, '09:10'], 'demelza.vyvyan')
    school.toWorker([44, '09:30'], 'demelza.vyvyan', 'tamsin.rowe', 'Next in turn')
    school.start([42, '15:00'], 'tamsin.rowe')
    school.risk([42, '16:00'], 'tamsin.rowe', 'low', 'Loved, quiet, far from home.')
    school.note([41, '15:00'], 'tamsin.rowe', 'visit', 'School field. He raced me. I lost on purpose for the first ten metres only.')
    const form = formAbout(tale, school, [22, '15:00'], 'tamsin.rowe', 'early-help-assessment')
    form.save([22, '15:30'], 'tamsin.rowe', {
      ...earlyHelpAnswers({ given: 'Yusuf', reason: 'Speaks to nobody.', on: tale.day(-26), turn: 0 }),
      agreed_by: { name: 'HADDAD, Amal' },
      childs_words: 'Again. (his first English word to me)',
    })
    form.complete([22, '15:40'], 'tamsin.rowe')
    plan(
      tale,
      school,
      [12, '15:00'],
      'tamsin.rowe',
      [
        {
          need: 'Friends',
          goals: [
            {
              goal: 'One friend by Christmas',
              measure: 'He names one',
              actions: [
                { what: 'Running club on Mondays', who: 'tamsin.rowe', by: 5 },
                { what: 'Buddy in class', who: 'His teacher', by: -3, done: 'Jory, who also runs' },
              ],
            },
          ],
        },
      ],
      { with: 'Yusuf and Amal', how: 'With an interpreter and a football' },
    )
    school.note([5, '15:30'], 'tamsin.rowe', 'call', 'Teacher: he laughed. The class stopped to listen.')
  },
}

const withoutKeys = <T extends object>(from: T, keys: readonly string[]): T =>
  Object.fromEntries(Object.entries(from).filter(([key]) => !keys.includes(key))) as T

export const storiesOfOtherServices: readonly Story[] = [
  angwin,
  trevorrow,
  uren,
  bolitho,
  trembath,
  gluyas,
  prisk,
  warren,
  kovalenko,
  haddad,
]
