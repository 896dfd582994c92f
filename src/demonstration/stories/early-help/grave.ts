import { earlyHelpAnswers } from '../../caseload/answers.ts'
import { caseOf } from '../../telling/case-of.ts'
import { askForConsent, goOnWithout } from '../../telling/consented.ts'
import { formAbout } from '../../telling/form-of.ts'
import { openInEmergency, restrict } from '../../telling/seen-by.ts'
import { home, mobile, somebody, testNhsNumber } from '../../telling/somebody.ts'
import type { Story } from '../../telling/tale.ts'
import { paper, plan, task } from '../../telling/written.ts'

const west = { team: 'Early Help West', service: 'early-help' }
const demelza = 'demelza.vyvyan'
const tamsin = 'tamsin.rowe'
const perran = 'perran.hocking'
const duty = 'hedra.pascoe'

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

/** Families of whom few may know, or whose work ended in something graver. */
export const familiesInGraveTrouble: readonly Story[] = [tangye, nance, skewes]
