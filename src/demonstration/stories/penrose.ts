import { formatLongDate, weekdayOf } from '../../platform/plain-date.ts'
import { household, outside, related } from '../telling/around.ts'
import { caseOf } from '../telling/case-of.ts'
import { askForConsent } from '../telling/consented.ts'
import { formAbout } from '../telling/form-of.ts'
import { hide, share } from '../telling/seen-by.ts'
import { home, mobile, somebody, testNhsNumber } from '../telling/somebody.ts'
import type { Story } from '../telling/tale.ts'
import { answered, talked } from '../telling/talked.ts'
import { texted } from '../telling/texted.ts'
import { appointment, letter, paper, plan, sendPlan, signs, task } from '../telling/written.ts'

const tamsin = 'tamsin.rowe'
const fore = home('14 Fore Street', 'TR18 4QA')

/** A family of early help: a boy who sleeps elsewhere, a mother who needs an interpreter, an uncle who must not be met alone. */
export const penrose: Story = {
  title: 'The Penrose family',
  tell: tale => {
    const oksana = somebody(tale, [52, '10:05'], 'hedra.pascoe', {
      given: 'Oksana',
      family: 'Penrose',
      dateOfBirth: tale.day(-13_960),
      sex: 'F',
      gender: 'woman',
      pronouns: 'she/her',
      nhsNumber: testNhsNumber(43_210),
      nhsNumberStatus: '01',
      ethnicCategory: 'C',
      language: 'uk',
      interpreter: 'spoken',
      gpPractice: 'Harbour Surgery',
      names: [
        { kind: 'other-script', given: 'Оксана', family: 'Пенроуз' },
        { kind: 'birth', given: 'Oksana', family: 'Melnyk' },
      ],
      addresses: [fore],
      contacts: [mobile('112', { note: 'Interpreter first: ring the language line, then her' })],
    })
    const jago = somebody(tale, [52, '10:12'], 'hedra.pascoe', {
      given: 'Jago',
      family: 'Penrose',
      dateOfBirth: tale.day(-4_554),
      sex: 'M',
      gender: 'boy',
      pronouns: 'he/him',
      nhsNumber: '9994326163' as never,
      nhsNumberStatus: '01',
      ethnicCategory: 'G',
      language: 'en',
      interpreter: 'no',
      gpPractice: 'Harbour Surgery',
      addresses: [fore],
      contacts: [mobile('112', {}, 'Mother, Oksana')],
    })
    const help = caseOf(tale, jago, [52, '10:20'], 'hedra.pascoe', {
      team: 'Early Help West',
      service: 'early-help',
      source: 'school',
      from: 'Mrs J Bray, head of year, Porthkerris Academy',
      contact: '01632 960700',
      reason:
        'Eleven mornings missed since September, tired and hungry when he comes. Was the first to put his hand up last year. Mother asks for help and agrees to be rung, with an interpreter.',
      consent: 'Mother told the school, and said so again when we rang with the interpreter',
    })
    help.accept([51, '09:15'], 'demelza.vyvyan', 'Fits early help. Sister of nine in the same home: see both.')
    help.toWorker([50, '11:40'], 'demelza.vyvyan', tamsin, 'Has worked with the school, and has an interpreter whom families trust')
    help.note(
      [49, '15:30'],
      tamsin,
      'call',
      'Introduced myself to Oksana with Iryna interpreting. She would like help with the tenancy and with mornings. She cried, and said that it was from being asked.',
    )
    help.risk(
      [47, '16:10'],
      tamsin,
      'medium',
      'School is worried, mother is alone with two children and no family near. Nothing seen that would need more than early help.',
    )
    help.note(
      [46, '16:00'],
      tamsin,
      'visit',
      'First visit with Iryna. Both children home. Jago showed me the boat that he is building from driftwood.',
      {
        facts: 'Flat clean, food in. One bedroom for both children. Letters from the landlord in a pile, none opened since May.',
        analysis: 'The tenancy is what she is most afraid of. School comes second for her, and may follow by itself.',
        ownWords: 'Mum reads the letters with her phone and then she goes quiet.',
      },
    )
    askForConsent(tale, help, [46, '16:30'], tamsin, {
      purposes: ['assess', 'share'],
      shareWhat: 'The assessment and the plan; not what she says of her family',
      shareWith: 'School, health and housing; not the police',
      answer: 'given',
      how: 'interpreter',
      answeredBy: 'PENROSE, Oksana, mother',
      authority: 'parental-responsibility',
      capacity: 'child-does-not',
      capacityBecause: 'He wants somebody to come; what is shared with whom is more than he could weigh.',
      evidence: 'Read to her in Ukrainian by Iryna, and signed.',
      untilOn: tale.day(180),
    })
    share(tale, help, [46, '17:00'], tamsin, {
      to: 'ysella.bray',
      parts: ['plan', 'notes', 'messages'],
      purpose: 'Team around the child: sleep and meals, seen in school',
      lawfulBasis: 'Public task (Children Act 2004 s.10), with the mother’s agreement',
      until: 120,
    })
    paper(
      tale,
      help,
      [46, '17:20'],
      tamsin,
      'Consent to share, signed by mother',
      'consent',
      {
        name: 'consent-penrose.pdf',
        lines: [
          'Consent to share',
          'Family: Penrose, 14 Fore Street',
          '',
          'I agree that Early Help may talk about us with:',
          '  school   yes',
          '  health   yes',
          '  housing  yes',
          '  police, family history   no',
          '',
          'Read to me in Ukrainian by Iryna. Signed: O. Penrose',
        ],
      },
      46,
    )
    paper(
      tale,
      help,
      [45, '10:00'],
      tamsin,
      'Attendance this term',
      'report',
      {
        name: 'attendance-autumn.pdf',
        lines: [
          'Porthkerris Academy: attendance',
          'Jago Penrose, 7B',
          '',
          'September   74 %',
          'October     69 %',
          'Mornings missed: 11.  Afternoons missed: 0.',
          '',
          '"Bright, kind, asleep by break." J Bray, head of year',
        ],
      },
      45,
    )
    help.start([31, '09:00'], tamsin)
    const assessment = formAbout(tale, help, [31, '14:00'], tamsin, 'early-help-assessment')
    assessment.save([31, '14:50'], tamsin, {
      reason: 'Eleven mornings missed since September. Tired, hungry, still kind. Mother alone since the spring, afraid for the tenancy.',
      childs_words: 'I like it when it’s just us.',
      attendance: 69,
    })
    hide(tale, help, [31, '15:10'], tamsin, {
      from: 'perran.hocking',
      reason: 'Coaches the uncle’s football team. What mother says of him is for fewer people.',
      wishOf: 'Oksana Penrose',
      section: { form: assessment.ref, section: 'family-and-environment' },
    })
    hide(tale, help, [31, '15:15'], 'demelza.vyvyan', {
      from: 'sidwell.jose',
      reason: 'Lives in the flat below. Mother does not want her neighbour to read of her.',
      wishOf: 'Oksana Penrose',
    })
    share(tale, help, [30, '09:40'], 'demelza.vyvyan', {
      to: 'Kerris Homes',
      parts: ['plan'],
      purpose: 'To keep the family in their home',
      lawfulBasis: 'Public task (Housing Act 1996), with the mother’s agreement',
      until: 90,
    })
    help.note(
      [24, '15:45'],
      tamsin,
      'meeting',
      'School: Mrs Bray, Ysella Bray for the school nurses, Oksana, Iryna. He is better on days after I have been. Nurse will ask about sleep.',
    )
    const sleep = talked(tale, [23, '09:15'], tamsin, {
      about: help.ref,
      to: ['ysella.bray', 'demelza.vyvyan'],
      title: 'Sleep and mornings',
      words: 'Jago told me he is awake until two. @Ysella could you ask about it on Friday, without saying that he told me?',
    })
    answered(tale, sleep, [23, '12:40'], 'demelza.vyvyan', 'Ask the school too: he was asleep by break again on Monday.')
    answered(tale, sleep, [20, '14:05'], tamsin, 'He brought it up himself. The phone stays in the kitchen from tonight, his idea.')
    answered(tale, sleep, [20, '15:10'], 'demelza.vyvyan', 'Good work, all of you. Let us put it in the plan.')
    help.note([17, '10:20'], tamsin, 'text', 'Oksana texted a picture of the morning chart: four stars of five.')
    assessment.save([15, '11:05'], tamsin, {
      health: 'some',
      health_notes: 'Sleeps five hours on school nights. School nurse sees him on Fridays.',
      learning: 'some',
      learning_notes: 'Ahead in science, a term behind in French because it is first lesson on Monday.',
      feelings: 'some',
      feelings_notes: 'Looks after everyone. Does not say what he needs.',
    })
    help.note(
      [12, '09:30'],
      tamsin,
      'call',
      'Police: attended Sunday 23:10 after a neighbour rang. Verbal dispute between Oksana and her brother-in-law, no offences. Children up and dressed.',
      {
        facts: 'Porthkerris Police, reference PK-2291. Shared for this episode only.',
      },
    )
    paper(
      tale,
      help,
      [12, '09:55'],
      tamsin,
      'Police report, Sunday night',
      'court',
      {
        name: 'police-report-2291.pdf',
        lines: [
          'Porthkerris Police',
          'Report PK-2291, shared for one episode of early help',
          '',
          'Attended 23:10, verbal dispute, no offences.',
          'Two children present, well, up and dressed.',
          'Male left before our arrival. Dog loose in the yard.',
        ],
      },
      13,
    )
    help.note(
      [5, '14:00'],
      tamsin,
      'visit',
      'Mother tearful, wants help with the tenancy. Kitchen clean, food in. With Perran Hocking, 55 minutes.',
      {
        later: 80,
        facts: 'A man’s boots in the hall, a large dog shut in the bathroom. Oksana asked us to speak quietly.',
        analysis: 'He is back. The good fortnight was a fortnight without him.',
        ownWords: 'I like it when it’s just us.',
      },
    )
    help.risk(
      [5, '16:40'],
      tamsin,
      'high',
      'Uncle back in the home since the weekend; Jago says that he sleeps at a friend’s. Talked through with Demelza today: strategy call tomorrow if he is not out by then.',
    )
    jago.alert([5, '16:50'], tamsin, {
      kind: 'not-alone',
      label: 'Do not visit alone',
      note: 'Large dog, and the uncle’s violence to a worker of another service last month.',
      reviewIn: 52,
    })
    related(tale, [5, '16:54'], tamsin, jago, 'aunt-or-uncle', 'Massen Penrose', {
      warnings: ['no-contact', 'alleged-harm'],
      note: 'Father’s brother. Comes at week-ends.',
    })
    help.flag([5, '16:55'], tamsin, 'child-at-risk', 'Child at risk', 'Sleeps away from home when his uncle is there.', 9)
    const housing = task(tale, help, [5, '17:00'], tamsin, 'Ring the housing officer', -1)
    task(tale, help, [5, '17:05'], tamsin, 'Ring housing about the tenancy', 0, {
      detail: 'Wella Goldsworthy is in until four. Ask what happens if only Oksana is on it.',
    })
    appointment(tale, help, [4, '09:50'], tamsin, {
      kind: 'meeting',
      inDays: 3,
      time: '15:30',
      place: 'School, room 4',
      purpose: 'Team around the child',
    })
    appointment(tale, help, [4, '09:55'], tamsin, {
      kind: 'visit',
      inDays: 0,
      time: '16:00',
      minutes: 45,
      place: '14 Fore Street',
      purpose: 'With Perran. See Jago alone',
      safety: 'Two of you. Ring Oksana from the corner first; leave if his van is there.',
    })
    task(tale, help, [4, '10:00'], tamsin, 'Papers for the team around the child', 3)
    task(tale, help, [4, '10:05'], tamsin, 'Ask the school how many mornings he came', 1, { every: { every: 1, unit: 'weeks' } })
    task(tale, help, [3, '09:30'], tamsin, 'Fetch the loan laptop from the stores', 2, { team: ['Early Help West', 'early-help'] })
    help.note(
      [3, '11:30'],
      'demelza.vyvyan',
      'other',
      'Supervision with Tamsin. High is right. If he is in the home on Friday this goes to social care, with Oksana knowing.',
      { only: [tamsin] },
    )
    help.supervision(
      [3, '15:30'],
      'demelza.vyvyan',
      'Where Jago sleeps, and who goes along while nobody visits alone. What happens if his uncle is there on Friday.',
      'Perran comes on every visit until the alert is looked at. Tamsin rings before and after.',
      11,
    )
    help.coWorker([3, '15:40'], 'demelza.vyvyan', 'perran.hocking', 'Comes on the visits while nobody goes alone')
    housing.done([2, '12:10'], tamsin, 'She rings back today; the arrears are smaller than Oksana thinks.')
    assessment.save([0, '09:12'], tamsin, {
      carers: [{ carer: { name: 'PENROSE, Oksana' }, relationship: 'mother', lives_with_child: true }],
      daily_care: 'some',
      daily_care_notes: 'Fed and clean. Not safe when his uncle is there, by his own account.',
      warmth: 'none',
      home: 'significant',
    })

    const wella = somebody(tale, [44, '09:30'], tamsin, {
      given: 'Wella',
      family: 'Penrose',
      dateOfBirth: tale.day(-3_480),
      sex: 'F',
      gender: 'girl',
      nhsNumber: testNhsNumber(43_220),
      nhsNumberStatus: '01',
      ethnicCategory: 'G',
      language: 'en',
      interpreter: 'no',
      gpPractice: 'Harbour Surgery',
      addresses: [fore],
    })
    const responsible = { legalRoles: ['parental-responsibility', 'next-of-kin'] }
    related(tale, [44, '09:32'], tamsin, wella, 'sibling', jago)
    related(tale, [44, '09:33'], tamsin, jago, 'parent', oksana, responsible)
    related(tale, [44, '09:34'], tamsin, wella, 'parent', oksana, responsible)
    related(tale, [44, '09:35'], tamsin, oksana, 'parent', 'Галина Мельник', { note: 'In Ternopil. Speaks to the children on Sundays.' })
    related(tale, [44, '09:36'], tamsin, jago, 'parent', 'Denzel Penrose', {
      note: 'At sea. Home twice a year.',
      otherContact: '07700 900119',
    })
    household(tale, [44, '09:37'], tamsin, '14 Fore Street, TR18 4QA', [oksana, jago, wella], 900)
    const head = { role: 'School', name: 'Mrs J Bray', organisation: 'Porthkerris Academy', telephone: '01632 960700' }
    outside(tale, [44, '09:38'], tamsin, jago, { ...head, email: 'j.bray@example.org', note: 'Head of year. Best before nine.' })
    const nurse = { role: 'School nurse', organisation: 'Kerris Community Health', telephone: '01632 960480' }
    outside(tale, [44, '09:39'], tamsin, jago, nurse)
    const sister = caseOf(tale, wella, [44, '09:40'], tamsin, {
      team: 'Early Help West',
      service: 'early-help',
      source: 'own-authority',
      from: 'Tamsin Rowe',
      reason: 'Sister of Jago. Mother asks that both are seen. Bites her nails until they bleed; says nothing in class.',
      consent: 'Mother, at the visit',
    })
    sister.accept([43, '09:10'], 'demelza.vyvyan')
    sister.toWorker([43, '09:20'], 'demelza.vyvyan', tamsin, 'Same worker for both children')
    sister.start([40, '13:00'], tamsin)
    askForConsent(tale, sister, [40, '13:30'], tamsin, {
      purposes: ['assess', 'share'],
      shareWhat: 'The assessment and the plan; not what her mother says of her family',
      shareWith: 'School and health',
      answer: 'given',
      how: 'interpreter',
      answeredBy: 'PENROSE, Oksana, mother',
      authority: 'parental-responsibility',
      capacity: 'child-does-not',
      capacityBecause: 'She shook her head at every question, also at whether she wanted a biscuit.',
      evidence: 'Read to her in Ukrainian by Iryna, and signed with her brother’s.',
    })
    sister.risk([40, '16:20'], tamsin, 'medium', 'As for her brother; she is with her mother more.')
    sister.note([33, '15:00'], tamsin, 'visit', 'Drew with her at the table while Iryna and Oksana did the letters.', {
      ownWords: 'The blue one is me and the big one is nobody.',
    })
    paper(
      tale,
      sister,
      [33, '16:40'],
      tamsin,
      'Drawing of the house',
      'picture',
      {
        name: 'house.png',
        picture: [
          'sssssssssssy',
          'ssssrrsssssy',
          'sssrrrrsssss',
          'ssrrrrrrssss',
          'ssbbbbbbssss',
          'ssbsbbsbssss',
          'ssbbbbbbsskk',
          'ssbbkkbbsskk',
          'gggbkkbggggg',
          'gggggggggggg',
        ],
      },
      33,
    )
    const hers = formAbout(tale, sister, [26, '10:00'], tamsin, 'early-help-assessment')
    hers.save([26, '11:00'], tamsin, {
      reason: 'Sister of Jago. Silent in class since the summer.',
      childs_words: 'The blue one is me and the big one is nobody.',
      health: 'none',
      learning: 'some',
      learning_notes: 'Reads to herself, not aloud.',
      feelings: 'significant',
      feelings_notes: 'Nails, silence, does not go to parties. Laughs with Iryna.',
      daily_care: 'none',
      warmth: 'none',
      home: 'some',
      home_notes: 'One bedroom for two; quiet nowhere.',
      abuse_at_home: 'not_known',
      going_well: 'Her mother, her brother, the library on Saturdays.',
      worries: 'What she has heard at night. What she is not saying.',
      next_step: 'plan',
      review_on: tale.day(16),
    })
    hers.complete([26, '11:20'], tamsin)
    hers.signOff([24, '09:05'], 'demelza.vyvyan')
    const together = plan(
      tale,
      sister,
      [20, '15:20'],
      tamsin,
      [
        {
          need: 'Somewhere quiet',
          detail: 'Two in one bedroom, and visitors at night',
          goals: [
            {
              goal: 'Wella has a place and a time that are hers',
              measure: 'She says so; the library card shows it',
              actions: [
                { what: 'Library on Saturdays', who: 'Oksana' },
                { what: 'Drawing group at school', who: 'Mrs Bray', by: 6 },
                { what: 'Ask Kerris Homes for a room divider', who: tamsin, by: -2 },
              ],
            },
          ],
        },
      ],
      { with: 'Wella and Oksana', how: 'With pictures at the kitchen table; Iryna read it in Ukrainian' },
    )
    signs(tale, sister, [20, '15:45'], tamsin, 'Oksana Penrose (mother)')
    together.done([9, '12:00'], tamsin, 'Drawing group', 'She went, and stayed for all of it.')
    sister.reviewOn([9, '12:10'], tamsin, 16)
    sister.note([8, '15:10'], tamsin, 'visit', 'At school, in the art room. She talked for ten minutes about cormorants.')
    sendPlan(tale, sister, [6, '09:20'], tamsin, 'With what the drawing group has changed.')

    const tenancy = caseOf(tale, oksana, [30, '10:30'], 'hedra.pascoe', {
      team: 'Tenancy Support',
      service: 'housing',
      source: 'own-authority',
      from: 'Tamsin Rowe, Early Help West',
      reason: 'Afraid of losing the tenancy: letters unopened since May, about £600 owed. Ukrainian interpreter needed.',
      consent: 'Oksana, with the interpreter',
    })
    hide(tale, tenancy, [30, '11:00'], 'wella.goldsworthy', {
      from: 'sidwell.jose',
      reason: 'Neighbour in the flat below',
      wishOf: 'Oksana Penrose',
    })
    tenancy.accept([29, '09:30'], 'wella.goldsworthy')
    tenancy.toWorker([29, '09:35'], 'wella.goldsworthy', 'wella.goldsworthy', 'Her block')
    letter(tale, tenancy, [29, '10:00'], 'wella.goldsworthy', 'introduction', wording =>
      wording.replace(
        'You can ask for this letter',
        'Please keep every letter from us, opened or not: we will read them together.\n\nYou can ask for this letter',
      ),
    )
    tenancy.start([27, '10:00'], 'wella.goldsworthy')
    tenancy.risk([27, '11:30'], 'wella.goldsworthy', 'low', 'No notice served; arrears can be managed.')
    tenancy.note(
      [27, '11:00'],
      'wella.goldsworthy',
      'visit',
      'Opened all nine letters together with the interpreter. £412 owed, not £600. She laughed out loud.',
    )
    task(tale, tenancy, [2, '12:00'], 'wella.goldsworthy', 'Ring Tamsin Rowe about who is on the tenancy', 1)
    // Her own referral to early help, waiting for somebody to decide on it.
    caseOf(tale, oksana, [1, '16:30'], 'hedra.pascoe', {
      team: 'Early Help West',
      service: 'early-help',
      source: 'self',
      from: 'Oksana Penrose',
      reason: 'Wants help of her own: letters, benefits, somebody to talk to who is not her children.',
      consent: 'Asked for it herself, by telephone with an interpreter',
    })
  },
}

/** The uncle, whom a treatment service knows. Early help sees that it is involved, and whom to ring. */
export const uncle: Story = {
  title: 'Massen Penrose',
  tell: tale => {
    const massen = somebody(tale, [88, '13:10'], 'lowenna.uren', {
      given: 'Massen',
      family: 'Penrose',
      dateOfBirth: tale.day(-13_310),
      sex: 'M',
      gender: 'man',
      ethnicCategory: 'A',
      language: 'en',
      interpreter: 'no',
      addresses: [
        home('Flat 3, 9 Quay Street', 'TR18 2BQ'),
        { kind: 'other', lines: '14 Fore Street', town: 'Porthkerris', note: 'Stays here at times' },
      ],
      contacts: [mobile('118')],
    })
    const treatment = caseOf(tale, massen, [88, '13:20'], 'lowenna.uren', {
      team: 'Harbour Community Team',
      service: 'drug-and-alcohol',
      source: 'probation',
      from: 'Probation, Mr T Keverne',
      reason: 'Cocaine and drink at week-ends, then fights. Order with a treatment requirement of six months.',
      consent: 'Signed with probation',
    })
    treatment.accept([87, '09:30'], 'petroc.nance')
    treatment.toWorker([86, '10:00'], 'petroc.nance', 'lowenna.uren', 'Her turn')
    treatment.start([80, '14:00'], 'lowenna.uren')
    treatment.risk(
      [80, '15:00'],
      'lowenna.uren',
      'high',
      'Violent in drink; said so himself. Threw a chair at the hostel worker in the spring.',
    )
    massen.alert([28, '12:00'], 'lowenna.uren', {
      kind: 'violence',
      label: 'Violence to staff',
      note: 'Pushed a worker at the needle exchange. See him in the office, two of you.',
      reviewIn: 30,
    })
    treatment.note([28, '11:20'], 'lowenna.uren', 'meeting', 'Came late and angry, pushed past reception. Left when asked. Probation told.')
    treatment.note([15, '10:40'], 'lowenna.uren', 'call', 'Says sorry. Staying “with family” again. Would not say which.', {
      ownWords: 'I’m not the one they should be looking at.',
    })
    task(tale, treatment, [15, '11:00'], 'lowenna.uren', 'Breach letter: decide with probation', -1)
    const day = tale.day(weekdayOf(tale.day(2)) > 5 ? 4 : 2)
    texted(tale, treatment.ref, [2, '10:30'], 'lowenna.uren', {
      words: `A reminder: ${formatLongDate(day)} at 2:30pm. To change it please ring ((call back)).`,
      answer: { from: '07700 900118', words: 'Can it be 3. Bus gets in at ten to' },
    })
  },
}
