import { earlyHelpAnswers } from '../../caseload/answers.ts'
import { caseOf } from '../../telling/case-of.ts'
import { askForConsent } from '../../telling/consented.ts'
import { formAbout } from '../../telling/form-of.ts'
import { share } from '../../telling/seen-by.ts'
import { home, landline, mobile, somebody, testNhsNumber } from '../../telling/somebody.ts'
import type { Story } from '../../telling/tale.ts'
import { appointment, plan, task } from '../../telling/written.ts'

const west = { team: 'Early Help West', service: 'early-help' }
const demelza = 'demelza.vyvyan'
const tamsin = 'tamsin.rowe'
const duty = 'hedra.pascoe'

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
    askForConsent(tale, help, [64, '16:10'], tamsin, {
      purposes: ['assess', 'share'],
      shareWhat: 'Weight and sleep; not what Robin is called',
      shareWith: 'The school nurse',
      answer: 'given',
      how: 'in-person',
      answeredBy: 'Robin, who is 16',
      evidence: '“Ysella can know. Mum can’t.”',
    })
    const form = formAbout(tale, help, [44, '15:00'], tamsin, 'early-help-assessment')
    form.save([44, '15:50'], tamsin, {
      ...earlyHelpAnswers({ given: 'Robin', reason: 'Not eating at home, cannot be who they are there.', on: tale.day(-50), turn: 2 }),
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
    askForConsent(tale, help, [23, '14:50'], tamsin, {
      purposes: ['assess', 'share'],
      shareWhat: 'What she needs before and after the birth',
      shareWith: 'The midwife and the health visitor',
      answer: 'given',
      how: 'in-person',
      answeredBy: 'OPIE, Merryn, mother',
      authority: 'parental-responsibility',
      capacity: 'child-does-not',
      capacityBecause: 'Not born yet.',
      evidence: 'Signed at the kitchen table.',
    })
    help.note([16, '13:30'], tamsin, 'visit', 'Cot up. She has read three books and believes the worst one.', {
      ownWords: 'I’m going to be the boring kind of mum.',
    })
    help.note([4, '12:15'], tamsin, 'call', 'Blood pressure up; midwife sees her tomorrow and every week from now.')
    const form = formAbout(tale, help, [4, '14:00'], tamsin, 'early-help-assessment')
    form.save([4, '14:40'], tamsin, {
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

/** Families with whom the work goes on: plans, signs, a case handed over, a part shared. */
export const familiesAtWork: readonly Story[] = [hicks, faull, teague, opie, vivian]
