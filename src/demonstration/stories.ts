import { type NewPerson, parseNhsNumber, parsePostcode, parseTelephone, safeAlways } from '../people/index.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import type { Staff } from './staff.ts'
import type { Teller } from './teller.ts'

/**
 * People whose stories were written by hand, so that every state of a case can be seen: a family of early help, a restricted case of domestic
 * abuse with a neighbour shut out, one person known to two services, referrals waiting and declined, a case closed and opened again, a death.
 */
export async function tellStories(tell: Teller, staff: Staff): Promise<number> {
  const stories = [penrose, angwin, bolitho, kovalenko, trewin, nankervis, hosken, tregenza]
  let people = 0
  for (const story of stories) people += await story(tell, staff)
  return people
}

const west = (staff: Staff) => staff.teamFor('early-help', 1)
const visit: [string, string] = ['visit', 'Home visit']
const call: [string, string] = ['call', 'Telephone call']
const meeting: [string, string] = ['meeting', 'Meeting']

async function penrose(tell: Teller, staff: Staff): Promise<number> {
  const home = { lines: '14 Fore Street', town: 'Porthkerris', postcode: postcode('TR18 4QA') }
  const oksana = await tell.person(
    'tamsin.rowe',
    { daysAgo: 50 },
    someone('Oksana', 'Penrose', '1988-02-19', 'female', home, { language: 'uk', interpreter: 'spoken', telephone: '07700 900112' }),
  )
  const jago = await tell.person(
    'tamsin.rowe',
    { daysAgo: 50 },
    someone('Jago', 'Penrose', '2014-06-03', 'male', home, { nhs: '9994326163', pronouns: 'he/him' }),
  )
  const wella = await tell.person('tamsin.rowe', { daysAgo: 50 }, someone('Wella', 'Penrose', '2017-05-11', 'female', home, {}))
  const team = west(staff)
  const caseId = await tell.referral('tamsin.rowe', { daysAgo: 50 }, jago, team, {
    source: ['school', 'School, nursery or college'],
    by: 'Mrs J Bray, head of year',
    reason: 'Eleven mornings missed since September, tired and hungry. Mother asks for help and agrees to be rung.',
  })
  await tell.accept('demelza.vyvyan', { daysAgo: 49 }, caseId)
  await tell.give('demelza.vyvyan', { daysAgo: 48 }, caseId, team, 'tamsin.rowe')
  await tell.risk(
    'tamsin.rowe',
    { daysAgo: 47 },
    caseId,
    'medium',
    'School worried; mother on her own with two children and no family near.',
  )
  await tell.note(
    'tamsin.rowe',
    { daysAgo: 46, hour: 14 },
    caseId,
    call,
    'Introduced myself to Oksana with an interpreter on the line. She would like help with the tenancy and with mornings.',
  )
  await tell.assessment('tamsin.rowe', { daysAgo: 31, hour: 9 }, caseId, 'early-help-assessment', 'Early help assessment')
  await tell.note(
    'tamsin.rowe',
    { daysAgo: 33, hour: 15 },
    caseId,
    visit,
    'Flat clean, food in. Bedroom shared by both children. Oksana showed letters from the landlord.',
    {
      analysis: 'The tenancy is what she is most afraid of. School comes second for her.',
    },
  )
  await tell.note(
    'tamsin.rowe',
    { daysAgo: 9, hour: 14 },
    caseId,
    visit,
    'Mother tearful, wants help with the tenancy. Kitchen clean, food in.',
    { ownWords: 'I like it when it’s just us.' },
  )
  await tell.risk(
    'tamsin.rowe',
    { daysAgo: 9, hour: 16 },
    caseId,
    'high',
    'Uncle back in the home since the weekend; Jago says that he sleeps at a friend’s.',
  )
  await tell.alert(
    'tamsin.rowe',
    { daysAgo: 9, hour: 16 },
    jago,
    'not-alone',
    'Do not visit alone',
    'Dog, and uncle’s violence to staff',
    52,
  )
  await tell.task('tamsin.rowe', { daysAgo: 8 }, caseId, 'Ring housing about the tenancy', 0)
  await tell.task('tamsin.rowe', { daysAgo: 8 }, caseId, 'Papers for the team around the child', 3)
  await tell.share(
    'demelza.vyvyan',
    { daysAgo: 12 },
    {
      caseId,
      with: 'wella.goldsworthy',
      level: 'read',
      parts: ['plan'],
      purpose: 'To keep the family in their home',
      lawfulBasis: 'Public task: Housing Act 1996, with the mother’s agreement',
      endsAt: new Date(`${tell.day(-90)}T00:00:00Z`),
    },
  )
  const sister = await tell.referral('tamsin.rowe', { daysAgo: 30 }, wella, team, {
    source: ['own-authority', 'Another team here'],
    by: 'Tamsin Rowe',
    reason: 'Sister of Jago; mother asks that both are seen.',
  })
  await tell.accept('demelza.vyvyan', { daysAgo: 29 }, sister)
  await tell.give('demelza.vyvyan', { daysAgo: 29 }, sister, team, 'tamsin.rowe')
  await tell.plan(
    'tamsin.rowe',
    { daysAgo: 20 },
    sister,
    'Wella is often late for school',
    'In school by nine, four days in five',
    'Breakfast club from Monday',
    -2,
  )
  await tell.referral('tamsin.rowe', { daysAgo: 1 }, oksana, team, {
    source: ['self', 'The person themselves'],
    by: 'Oksana Penrose',
    reason: 'Wants help of her own: letters, benefits, somebody to talk to.',
  })
  return 3
}

async function angwin(tell: Teller, staff: Staff): Promise<number> {
  const team = staff.teamFor('domestic-abuse', 0)
  const loveday = await tell.person(
    'kerensa.lugg',
    { daysAgo: 60 },
    {
      ...someone(
        'Loveday',
        'Angwin',
        '1992-01-30',
        'female',
        { lines: '2 Net Loft', town: 'St Morwen', postcode: postcode('TR26 1LP') },
        {},
      ),
      contacts: [
        {
          kind: 'mobile',
          value: telephone('07700 900345'),
          safe: {
            ...safeAlways,
            use: 'call-only',
            leaveMessage: false,
            note: 'Between 15:45 and 16:30 only. Say you are from the dentist.',
          },
        },
      ],
    },
  )
  const caseId = await tell.referral('kerensa.lugg', { daysAgo: 60 }, loveday, team, {
    source: ['police', 'Police'],
    by: 'Sgt Denzil Opie',
    reason: 'Third call in six weeks. Injury to the arm. She asked for a woman to ring her.',
    urgent: true,
  })
  await tell.accept('bryluen.carne', { daysAgo: 60, hour: 12 }, caseId)
  await tell.give('bryluen.carne', { daysAgo: 60, hour: 13 }, caseId, team, 'kerensa.lugg')
  await tell.risk('kerensa.lugg', { daysAgo: 59 }, caseId, 'high', 'Frightened, separation begun, threats to come to her work.')
  await tell.flag('kerensa.lugg', { daysAgo: 59 }, caseId, 'safe-contact', 'Safe contact rules', 'Ring only between 15:45 and 16:30.', 20)
  await tell.note(
    'kerensa.lugg',
    { daysAgo: 58, hour: 16 },
    caseId,
    call,
    'Safe to talk. Went through what to do if he comes to the door. She has a bag at her sister’s.',
    { ownWords: 'He knows what time the bus comes.' },
  )
  await tell.withhold('bryluen.carne', { daysAgo: 57 }, caseId, 'sidwell.jose', 'Lives in the same street', 'Loveday Angwin')
  await tell.restrict(
    'bryluen.carne',
    { daysAgo: 57, hour: 12 },
    caseId,
    ['kerensa.lugg', 'bryluen.carne'],
    'The partner’s brother works for a partner agency',
  )
  await tell.note('kerensa.lugg', { daysAgo: 2, hour: 16 }, caseId, call, 'No answer, no message left.')
  return 1
}

async function bolitho(tell: Teller, staff: Staff): Promise<number> {
  const treatment = staff.teamFor('drug-and-alcohol', 0)
  const denzil = await tell.person(
    'colan.rosewarne',
    { daysAgo: 200 },
    someone(
      'Denzil',
      'Bolitho',
      '1985-09-14',
      'male',
      { lines: '8 Bal Lane', town: 'Porthkerris', postcode: postcode('TR18 2XZ') },
      { nhs: '9990548609', telephone: '07700 900221' },
    ),
  )
  const caseId = await tell.referral('colan.rosewarne', { daysAgo: 200 }, denzil, treatment, {
    source: ['gp', 'GP or primary care'],
    by: 'Dr A Keverne',
    reason: 'Drinking a bottle of spirits a day; wants to stop before his daughter’s wedding.',
  })
  await tell.accept('petroc.nance', { daysAgo: 199 }, caseId)
  await tell.give('petroc.nance', { daysAgo: 198 }, caseId, treatment, 'colan.rosewarne')
  await tell.risk('colan.rosewarne', { daysAgo: 196 }, caseId, 'high', 'Seizure last winter when he stopped by himself.')
  await tell.plan(
    'colan.rosewarne',
    { daysAgo: 180 },
    caseId,
    'Stopping safely',
    'Through detoxification by the spring',
    'Keyworker session every week',
    7,
  )
  await tell.note(
    'colan.rosewarne',
    { daysAgo: 120 },
    caseId,
    meeting,
    'Six weeks without a drink. Sleeping, walking the dog twice a day.',
    { ownWords: 'I had forgotten what mornings smell like.' },
  )
  await tell.risk('colan.rosewarne', { daysAgo: 118 }, caseId, 'medium', 'Stable on medication, family around him.')
  await tell.review('colan.rosewarne', { daysAgo: 60 }, caseId, 2)
  const housing = staff.teamFor('housing', 0)
  await tell.referral('colan.rosewarne', { daysAgo: 40 }, denzil, housing, {
    source: ['own-authority', 'Another team here'],
    by: 'Colan Rosewarne',
    reason: 'Arrears from last year; he would like to keep the flat.',
  })
  return 1
}

async function kovalenko(tell: Teller, staff: Staff): Promise<number> {
  const team = staff.teamFor('refugees', 0)
  const guest = await tell.person(
    'marya.kovalenko',
    { daysAgo: 300 },
    {
      ...someone(
        'Oksana',
        'Kovalenko',
        '1997-03-08',
        'female',
        { lines: '3 Chapel Row', town: 'Polwhele Churchtown', postcode: postcode('TR17 3HH') },
        { language: 'uk', interpreter: 'spoken', telephone: '07700 900441' },
      ),
      names: [{ kind: 'other-script', given: 'Оксана', family: 'Коваленко' }],
    },
  )
  const caseId = await tell.referral('marya.kovalenko', { daysAgo: 300 }, guest, team, {
    source: ['own-authority', 'Another team here'],
    by: 'Homes for Ukraine desk',
    reason: 'Arrived with one suitcase; hosts Mr and Mrs Uren, checks done.',
  })
  await tell.note(
    'marya.kovalenko',
    { daysAgo: 299 },
    caseId,
    visit,
    'Room warm and private. Hosts kind and a little anxious. GP registration begun.',
  )
  await tell.note(
    'marya.kovalenko',
    { daysAgo: 21 },
    caseId,
    visit,
    'Working four days at the bakery. Would like English in the evening.',
    { ownWords: 'Here the sea is loud like our river in spring.' },
  )
  return 1
}

async function trewin(tell: Teller, staff: Staff): Promise<number> {
  const team = west(staff)
  const morwen = await tell.person(
    'demelza.vyvyan',
    { daysAgo: 3 },
    someone(
      'Morwen',
      'Trewin',
      '2015-10-02',
      'female',
      { lines: '41 Harbour Terrace', town: 'Porthkerris', postcode: postcode('TR18 5AB') },
      {},
    ),
  )
  await tell.referral('demelza.vyvyan', { daysAgo: 3 }, morwen, team, {
    source: ['school', 'School, nursery or college'],
    by: 'School office',
    reason: 'New to the town, not speaking in class, grandmother caring.',
    urgent: true,
  })
  const gerren = await tell.person(
    'demelza.vyvyan',
    { daysAgo: 25 },
    someone(
      'Gerren',
      'Trewin',
      '2011-04-21',
      'male',
      { lines: '41 Harbour Terrace', town: 'Porthkerris', postcode: postcode('TR18 5AB') },
      {},
    ),
  )
  const declined = await tell.referral('demelza.vyvyan', { daysAgo: 25 }, gerren, team, {
    source: ['family', 'Family or friend'],
    by: 'Grandmother',
    reason: 'Wants a bicycle for him.',
  })
  await tell.decline(
    'demelza.vyvyan',
    { daysAgo: 24 },
    declined,
    'Told her of the bicycle project at the church hall, who have one for him.',
  )
  return 2
}

async function nankervis(tell: Teller, staff: Staff): Promise<number> {
  const team = west(staff)
  const person = await tell.person(
    'perran.hocking',
    { daysAgo: 400 },
    someone(
      'Morwenna',
      'Nankervis',
      '2018-08-08',
      'female',
      { lines: '5 Pilchard Row', town: 'Porthkerris', postcode: postcode('TR18 3FG') },
      {},
    ),
  )
  const caseId = await tell.referral('perran.hocking', { daysAgo: 400 }, person, team, {
    source: ['gp', 'GP or primary care'],
    by: 'Health visitor',
    reason: 'Speech slow to come; father off work and low.',
  })
  await tell.accept('demelza.vyvyan', { daysAgo: 399 }, caseId)
  await tell.give('demelza.vyvyan', { daysAgo: 398 }, caseId, team, 'perran.hocking')
  await tell.note('perran.hocking', { daysAgo: 390 }, caseId, visit, 'Played for an hour. She points and hums and laughs.')
  await tell.plan('perran.hocking', { daysAgo: 370 }, caseId, 'Talking', 'Fifty words by her birthday', 'Speech group on Tuesdays', -200)
  await tell.close(
    'perran.hocking',
    { daysAgo: 210 },
    caseId,
    'Talks in sentences now; father back at work. Family knows how to come back.',
  )
  await tell.reopen('demelza.vyvyan', { daysAgo: 12 }, caseId, 'Father rang: separated, and she has stopped talking at nursery.')
  await tell.give('demelza.vyvyan', { daysAgo: 11 }, caseId, team, 'tamsin.rowe')
  return 1
}

async function hosken(tell: Teller, staff: Staff): Promise<number> {
  const team = staff.teamFor('complex-needs', 0)
  const person = await tell.person(
    'rosen.bolitho',
    { daysAgo: 90 },
    {
      ...someone('Clem', 'Hosken', '1969-12-01', 'male', null, {}),
      names: [{ kind: 'known-as', given: 'Sailor', family: null }],
    },
  )
  const caseId = await tell.referral('rosen.bolitho', { daysAgo: 90 }, person, team, {
    source: ['voluntary', 'Charity or community group'],
    by: 'Night shelter',
    reason: 'Sleeping in the harbour office doorway. Feet bad, will not go to hospital.',
    urgent: true,
  })
  await tell.risk('rosen.bolitho', { daysAgo: 88 }, caseId, 'high', 'Cold, ulcers, drinking alone.')
  await tell.note(
    'rosen.bolitho',
    { daysAgo: 17, hour: 8 },
    caseId,
    meeting,
    'Tea on the quay with the outreach nurse. He let her dress one foot.',
    { ownWords: 'You can have the left one.' },
  )
  return 1
}

async function tregenza(tell: Teller, staff: Staff): Promise<number> {
  const team = staff.teamFor('drug-and-alcohol', 0)
  const person = await tell.person(
    'lowenna.uren',
    { daysAgo: 320 },
    {
      ...someone(
        'Hedley',
        'Tregenza',
        '1959-07-17',
        'male',
        { lines: '1 Chapel Row', town: 'St Morwen', postcode: postcode('TR26 4QQ') },
        {},
      ),
      diedOn: tell.day(15),
    },
  )
  const caseId = await tell.referral('lowenna.uren', { daysAgo: 320 }, person, team, {
    source: ['hospital', 'Hospital'],
    by: 'Liver clinic',
    reason: 'Cirrhosis; would like to stop and to be at home.',
  })
  await tell.note('lowenna.uren', { daysAgo: 40 }, caseId, visit, 'Very tired. His sister is staying. Talked about boats.')
  await tell.note('lowenna.uren', { daysAgo: 14 }, caseId, call, 'His sister rang: he died at home, with her, yesterday morning.')
  return 1
}

type Home = { lines: string; town: string; postcode: ReturnType<typeof postcode> } | null
type More = { language?: string; interpreter?: string; telephone?: string; nhs?: string; pronouns?: string }

function someone(given: string, family: string, born: string, sex: string, home: Home, more: More): NewPerson {
  return {
    given,
    family,
    dateOfBirth: born as PlainDate,
    sex,
    pronouns: more.pronouns ?? null,
    language: more.language ?? 'en',
    interpreter: more.interpreter ?? 'no',
    nhsNumber: more.nhs ? known(parseNhsNumber(more.nhs)) : null,
    nhsNumberStatus: more.nhs ? '01' : null,
    addresses: home ? [{ kind: 'home', ...home, from: null }] : [{ kind: 'no-fixed-abode', postcode: postcode('ZZ99 3VZ') }],
    contacts: more.telephone ? [{ kind: 'mobile', value: telephone(more.telephone), safe: safeAlways }] : [],
  }
}

const postcode = (text: string) => known(parsePostcode(text))
const telephone = (text: string) => known(parseTelephone(text))

function known<T>(reading: { ok: true; value: T } | { ok: false; message: string }): T {
  if (!reading.ok) throw new Error(`The demonstration has something that is not right: ${reading.message}`)
  return reading.value
}
