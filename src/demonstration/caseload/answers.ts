import type { Answers } from '../../forms/index.ts'
import { addDays, type PlainDate } from '../../platform/plain-date.ts'

/** What the assessment of somebody of the bulk says. `turn` chooses among a few, so that neighbours in a list differ. */
type About = { given: string; reason: string; on: PlainDate; turn: number }

export function earlyHelpAnswers({ given, reason, on, turn }: About): Answers {
  const level = (place: number) => (['none', 'some', 'none', 'some', 'significant'] as const)[(turn + place) % 5]!
  const learning = level(1)
  const feelings = level(3)
  const home = level(4)
  return {
    reason,
    childs_words: pick(childsWords, turn),
    attendance: 71 + ((turn * 7) % 27),
    health: 'none',
    learning,
    ...(learning === 'none'
      ? {}
      : { learning_notes: `Behind in reading; ${given} works well one to one and loses heart in a large class.` }),
    feelings,
    ...(feelings === 'none'
      ? {}
      : { feelings_notes: `Slow to settle at night and quick to anger since the summer. ${given} can say what helps.` }),
    daily_care: 'none',
    warmth: 'none',
    home,
    ...(home === 'none' ? {} : { home_notes: 'Damp in the back bedroom. The landlord has been written to twice.' }),
    money_worries: turn % 3 === 0 ? ['heating', 'food'] : ['none'],
    abuse_at_home: 'no',
    network: 'A grandmother two streets away; the club on Thursdays.',
    going_well: pick(goingWell, turn),
    worries: pick(worries, turn),
    next_step: 'plan',
    review_on: addDays(on, 42),
  }
}

export function drugAndAlcoholAnswers({ reason, on, turn }: About): Answers {
  const opiates = turn % 3 === 1
  return {
    assessed_on: on,
    own_words: pick(wantsToChange, turn),
    referred_from: (['gp', 'self', 'hospital', 'probation'] as const)[turn % 4]!,
    treated_before: turn % 2 === 0,
    substances: opiates
      ? [{ substance: 'heroin', route: 'smoke', days: 24, amount: 'About £30 a day', age_first: 21 }]
      : [{ substance: turn % 3 === 0 ? 'alcohol' : 'ketamine', route: turn % 3 === 0 ? 'oral' : 'sniff', days: 12 + (turn % 14) }],
    drinks: !opiates,
    ...(opiates ? {} : { drinking_days: 12 + (turn % 14), units_a_day: 9 + (turn % 12), withdrawal: turn % 5 === 0 }),
    injecting: 'never',
    hepatitis_c: turn % 2 === 0 ? 'negative' : 'not_tested',
    overdosed: false,
    ...(opiates ? { naloxone: 'given' } : {}),
    medication: reason,
    mental_health: turn % 2 === 0 ? 'treated' : 'none',
    risks: turn % 4 === 0 ? ['overdose'] : ['none'],
    ...(turn % 4 === 0
      ? { risk_plan: 'Naloxone kit shown and given. Never alone on pay-day: his brother comes by. Looked at again in four weeks.' }
      : {}),
    housing: (['settled', 'family_friends', 'supported'] as const)[turn % 3]!,
    children: false,
    work: (['employed', 'unemployed', 'sick'] as const)[turn % 3]!,
    offending: false,
    interventions: opiates ? ['prescribing', 'psychosocial'] : ['psychosocial', 'groups'],
    consent_national: true,
  }
}

const yesNo = (turn: number, place: number): string => ((turn * 3 + place * 5) % 7 < 3 ? 'yes' : 'no')

export function dashAnswers({ turn }: About, at: Date, yes: readonly string[] = []): Answers {
  const chosen = Object.fromEntries(
    dashQuestions.map((question, place) => [question, yes.length > 0 ? (yes.includes(question) ? 'yes' : 'no') : yesNo(turn, place)]),
  )
  const count = Object.values(chosen).filter(one => one === 'yes').length
  const isHigh = count >= 14
  return {
    safe_to_talk: true,
    asked_at: `${at.toISOString().slice(0, 16)}:00Z`,
    ...chosen,
    concerns: ['none'],
    judged_high: isHigh,
    ...(isHigh ? { judgement_reason: 'The number, and how quickly it has gone from words to blows.' } : {}),
    marac_referral: isHigh,
    what_they_want: pick(wantsSafe, turn),
  }
}

export function housingAnswers({ reason, on, turn }: About): Answers {
  return {
    living: (['social_rent', 'private_rent', 'temporary'] as const)[turn % 3]!,
    since: addDays(on, -400 - turn * 11),
    notice: false,
    rent: 92 + turn,
    arrears: (turn % 4) * 310,
    income: ['universal_credit'],
    needs: ['tenancy'],
    needs_details: reason,
    pregnant_or_children: turn % 2 === 0,
    local_connection: true,
    safe_to_return: 'yes',
    urgency: 'month',
    goal: 'To stay where they are, with the rent paid and the neighbours on speaking terms.',
  }
}

const pick = (list: readonly string[], turn: number): string => list[turn % list.length]!

const childsWords = [
  'I like it when Gran picks me up.',
  'Mornings are too loud.',
  'I want to go back to football.',
  'Nobody asks me first.',
  'My teacher is kind but the room is full.',
]
const goingWell = [
  'Mealtimes together; older sister helps with reading; the school likes the family.',
  'A warm bond between them. They come to every appointment, early.',
  'Has one good friend, and a teacher who notices.',
]
const worries = [
  'Nights are short and mornings are missed. It has become a habit since the spring.',
  'Money runs out in the third week, and with it the patience of everyone at home.',
  'What happens at home when the older brother is back at week-ends.',
]
const wantsToChange = [
  'To wake up and not count what is left.',
  'To see my boy at week-ends without my sister sitting in.',
  'To be well enough to go back on the boat in March.',
  'I want my face back.',
]
const wantsSafe = [
  'To sleep. To know that he cannot come up the stairs.',
  'For him to have help, and for me to be somewhere else while he does.',
  'That the children stay at their school.',
]
export const dashQuestions = [
  ...['injury', 'very_frightened', 'afraid_of_more', 'isolated', 'low_or_suicidal', 'separation', 'child_contact', 'stalking'],
  ...['pregnant', 'more_often', 'getting_worse', 'control', 'weapons', 'threats_to_kill', 'strangling', 'sexual', 'other_threat'],
  ...['hurt_others', 'hurt_animals', 'money', 'abuser_troubles', 'abuser_suicide', 'breach', 'abuser_police'],
]
