import type { Answers } from '../../forms/index.ts'
import type { Calendar } from '../calendar.ts'

/** Cases of the demonstration's MARAC. Everybody in them is made up. */
export type MaracCase = {
  by: string
  answers: Answers
  /** What agencies have said so far, by whoever sits for them. */
  known: Readonly<Record<string, Answers>>
  /** Agencies that must not receive it, and why. */
  keptFrom?: { agency: string; reason: string }
}

const items = [
  'injury',
  'very_frightened',
  'afraid_of_more',
  'isolated',
  'low_or_suicidal',
  'separation',
  'child_contact',
  'stalking',
  'pregnant',
  'more_often',
  'getting_worse',
  'control',
  'weapons',
  'threats_to_kill',
  'strangling',
  'sexual',
  'other_threat',
  'hurt_others',
  'hurt_animals',
  'money',
  'abuser_troubles',
  'abuser_suicide',
  'breach',
  'abuser_police',
]

const checklist = (...no: string[]): Answers => Object.fromEntries(items.map(code => [code, no.includes(code) ? 'no' : 'yes']))

export const maracCases = ({ day }: Calendar): readonly MaracCase[] => [
  {
    by: 'denzil.opie',
    answers: {
      victim_family: 'Penhaligon',
      victim_given: 'Kerra',
      victim_born: '1992-04-11',
      victim_gender: 'female',
      victim_address: '6 Chough Terrace, Porthkerris',
      safe_how: 'Ring her at work before noon, never at home. Say that it is the dentist.',
      never_how: 'No letters, no text messages: he reads her telephone.',
      minoritised: 'no',
      lgbt: 'no',
      disabled: 'no',
      children: [
        { family: 'Penhaligon', given: 'Elowen', born: '2019-02-03', school: 'Porthkerris Primary' },
        { family: 'Penhaligon', given: 'Cadan', born: '2022-06-20' },
      ],
      children_note: 'Both were in the next room. Elowen rang 999.',
      perpetrators: [
        {
          family: 'Penhaligon',
          given: 'Jowan',
          born: '1989-09-30',
          relationship: 'Husband, separated since October',
          warnings: 'Keeps a diving knife in his van.',
        },
        {
          family: 'Penhaligon',
          given: 'Ruan',
          born: '1962-01-17',
          relationship: 'His father',
          address: '2 Slipway Cottages, Porthkerris',
          warnings: 'Two large dogs, loose in the yard.',
        },
      ],
      what_happened:
        'He came to the house at night, forced the back door and put his hands round her throat until their daughter rang 999. The third call in six weeks. His father waits outside the school and tells her to drop it. They have lived apart since October. She fears for the dog.',
      justice: ['reported', 'arrested', 'bail'],
      conditions: 'No contact, not within 100 metres of Chough Terrace.',
      ...checklist('pregnant', 'sexual', 'hurt_animals', 'abuser_suicide', 'other_threat', 'hurt_others', 'weapons'),
      criteria: ['VHR', 'PE'],
      incidents: 3,
      told: true,
      wishes: 'She wants to stay in her home, and for him to get help.',
      advocate: true,
    },
    known: {
      'denzil.opie': {
        known: 'Three incidents since 2 October; bail until the 12th with a no-contact condition. No warning for firearms.',
        risks: 'Officers attend in pairs.',
        offers: 'Mark the address; a TecSOS telephone today.',
      },
      'kerensa.lugg': {
        contacted: true,
        contacted_on: day(-4),
        wishes: 'She will speak to housing at work only. She is afraid that he finds the dog.',
        supported: true,
      },
      'jenna.trewin': { known: 'On a community order until March; has missed two of his last four appointments.' },
    },
  },
  {
    by: 'kerensa.lugg',
    answers: {
      victim_family: 'Kessell',
      victim_given: 'Zennor',
      victim_born: '2009-01-15',
      victim_gender: 'female',
      safe_how: 'Through her aunt, by telephone, after college.',
      minoritised: 'no',
      lgbt: 'no',
      disabled: 'yes',
      perpetrators: [
        {
          family: 'Goss',
          given: 'Piran',
          born: '2005-03-02',
          relationship: 'Former boyfriend',
        },
      ],
      what_happened:
        'He waits outside her college every day and has sent pictures of her front door. Last week he told her brother that she would not see Christmas.',
      justice: ['reported'],
      ...checklist(
        'injury',
        'pregnant',
        'child_contact',
        'strangling',
        'sexual',
        'hurt_animals',
        'money',
        'weapons',
        'breach',
        'separation',
        'abuser_suicide',
      ),
      criteria: ['PJ'],
      judgement: 'Thirteen, but a threat to kill that she believes, stalking that grows, and she is seventeen.',
      told: true,
      advocate: true,
    },
    known: {
      'kerensa.lugg': { contacted: true, contacted_on: day(-6), wishes: 'Her aunt takes her in until the new year.', supported: true },
    },
    keptFrom: { agency: 'Kerris Homes', reason: 'His mother works in its office' },
  },
  {
    by: 'ysella.bray',
    answers: {
      victim_family: 'Tripconey',
      victim_given: 'Delen',
      victim_born: '1963-08-08',
      victim_gender: 'female',
      safe_how: 'At the surgery, Tuesdays, with the nurse.',
      minoritised: 'no',
      lgbt: 'not_known',
      disabled: 'yes',
      perpetrators: [
        {
          family: 'Tripconey',
          given: 'Ryol',
          born: '1994-12-24',
          relationship: 'Son, lives with her',
        },
      ],
      what_happened: 'Bruises to both arms at a routine appointment. He takes her pension and will not let the carers in.',
      justice: ['not_reported'],
      ...checklist(
        'pregnant',
        'child_contact',
        'separation',
        'strangling',
        'sexual',
        'hurt_animals',
        'breach',
        'stalking',
        'weapons',
        'threats_to_kill',
        'other_threat',
      ),
      criteria: ['PJ'],
      judgement: 'She has no one else and cannot leave the house without him.',
      told: false,
      not_told_reason: 'He is with her whenever anybody rings.',
    },
    known: {},
  },
]
