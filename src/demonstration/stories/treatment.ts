import { drugAndAlcoholAnswers, housingAnswers } from '../caseload/answers.ts'
import { caseOf } from '../telling/case-of.ts'
import { formAbout } from '../telling/form-of.ts'
import { openInEmergency, share } from '../telling/seen-by.ts'
import { home, landline, mobile, noAddress, somebody, testNhsNumber } from '../telling/somebody.ts'
import type { Story } from '../telling/tale.ts'
import { paper, plan, task } from '../telling/written.ts'

const colan = 'colan.rosewarne'
const lowenna = 'lowenna.uren'
const petroc = 'petroc.nance'
const rosen = 'rosen.bolitho'
const treatment = { team: 'Harbour Community Team', service: 'drug-and-alcohol' }

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

const withoutKeys = <T extends object>(from: T, keys: readonly string[]): T =>
  Object.fromEntries(Object.entries(from).filter(([key]) => !keys.includes(key))) as T

export const storiesOfTreatment: readonly Story[] = [bolitho, trembath, gluyas]
