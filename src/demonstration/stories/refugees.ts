import { earlyHelpAnswers, housingAnswers } from '../caseload/answers.ts'
import { caseOf } from '../telling/case-of.ts'
import { askForConsent } from '../telling/consented.ts'
import { formAbout } from '../telling/form-of.ts'
import { home, landline, mobile, somebody, testNhsNumber } from '../telling/somebody.ts'
import type { Story } from '../telling/tale.ts'
import { plan, task } from '../telling/written.ts'

const marya = 'marya.kovalenko'

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
    askForConsent(tale, school, [42, '15:40'], 'tamsin.rowe', {
      purposes: ['assess', 'share'],
      shareWhat: 'The assessment',
      shareWith: 'School',
      answer: 'given',
      how: 'interpreter',
      answeredBy: 'HADDAD, Amal, mother',
      authority: 'parental-responsibility',
      capacity: 'child-does-not',
      capacityBecause: 'He is ten and nods at everything.',
      evidence: 'Read to her in Arabic, and signed.',
    })
    school.note([41, '15:00'], 'tamsin.rowe', 'visit', 'School field. He raced me. I lost on purpose for the first ten metres only.')
    const form = formAbout(tale, school, [22, '15:00'], 'tamsin.rowe', 'early-help-assessment')
    form.save([22, '15:30'], 'tamsin.rowe', {
      ...earlyHelpAnswers({ given: 'Yusuf', reason: 'Speaks to nobody.', on: tale.day(-26), turn: 0 }),
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

export const storiesOfRefugees: readonly Story[] = [kovalenko, haddad]
