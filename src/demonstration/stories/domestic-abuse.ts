import { dashAnswers, drugAndAlcoholAnswers, earlyHelpAnswers } from '../caseload/answers.ts'
import { related } from '../telling/around.ts'
import { caseOf } from '../telling/case-of.ts'
import { formAbout } from '../telling/form-of.ts'
import { hide, restrict, share } from '../telling/seen-by.ts'
import { home, landline, mobile, somebody, testNhsNumber } from '../telling/somebody.ts'
import type { Story } from '../telling/tale.ts'
import { appointment, paper, plan, task } from '../telling/written.ts'

const kerensa = 'kerensa.lugg'
const bryluen = 'bryluen.carne'
const lowenna = 'lowenna.uren'
const petroc = 'petroc.nance'
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
    appointment(tale, help, [1, '16:05'], kerensa, {
      kind: 'call',
      inDays: 0,
      time: '16:00',
      minutes: 20,
      purpose: 'Safe call, 15:45 to 16:30 only',
    })
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

export const storiesOfDomesticAbuse: readonly Story[] = [angwin, trevorrow, uren]
