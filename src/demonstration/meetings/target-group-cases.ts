import type { Answers } from '../../forms/index.ts'
import type { Calendar } from '../calendar.ts'

// What the demonstration's target group talks about, as it was referred. Everybody in it is made up.

const born = ({ day }: Calendar, years: number, days: number) => day(-Math.round(years * 365.25) - days)

/** Two brothers whose parties keep a row of cottages awake, each at a step of their own. */
export const brothers = (calendar: Calendar): Answers => {
  const { day } = calendar
  return {
    about: 'both',
    perpetrators: [
      { family: 'Kneebone', given: 'Ruan', born: born(calendar, 21, 90), stage: 'letter', stage_on: day(-70) },
      { family: 'Kneebone', given: 'Talan', born: born(calendar, 16, 200), stage: 'advice', stage_on: day(-66) },
    ],
    locations: [
      {
        place: 'Net Loft Row, the steps by number 4',
        postcode: 'TR18 4QP',
        happens: 'Music from a car and shouting, Thursday to Sunday, until three.',
      },
    ],
    victims: [
      { family: 'Curnow', given: 'Ebrel', born: born(calendar, 81, 14) },
      { family: 'Faull', given: 'Pasco', born: born(calendar, 44, 250) },
    ],
    vulnerable: true,
    victims_contact: 'Mrs Curnow: ring 01632 960841 in the morning. Mr Faull: 07700 900261, he works nights.',
    victims_never: 'Do not call at Mrs Curnow’s door in uniform: they see it from theirs.',
    what_happens:
      'Cars pull up at the steps after eleven and play music with the doors open. When somebody asks them to stop, bottles are thrown. Mrs Curnow sleeps at her sister’s at weekends now.',
    criteria: ['persistent', 'several'],
    hate: false,
    tried: 'A letter to the elder brother, advice to the younger with his mother there, two visits by the neighbourhood team.',
    complaints: [
      { on: day(-62), kind: 'noise', told_on: day(-61), family: 'Curnow', given: 'Ebrel' },
      { on: day(-55), kind: 'gathering', told_on: day(-54), family: 'Faull', given: 'Pasco' },
      { on: day(-48), kind: 'threats', told_on: day(-48), family: 'Faull', given: 'Pasco' },
    ],
    review_asked: false,
  }
}

/** Strangers have moved in on a man who cannot say no; his neighbour asked the agencies to look at what was done. */
export const movedIn = (calendar: Calendar): Answers => {
  const { day } = calendar
  return {
    about: 'both',
    perpetrators: [{ family: 'Spider', given: '' }],
    locations: [
      { place: '14 Seiner’s Court', postcode: 'TR18 4QR', happens: 'Callers at the door all night; the lock has been changed twice.' },
    ],
    victims: [
      { family: 'Chellew', given: 'Clemo', born: born(calendar, 58, 30) },
      { family: 'Skewes', given: 'Melyor', born: born(calendar, 37, 122) },
    ],
    vulnerable: true,
    victims_contact: 'Clemo: at the lunch club on Tuesdays. Ms Skewes: 07700 900277.',
    victims_never: 'Nobody rings Clemo: others answer his telephone.',
    what_happens:
      'Two or three people whom Clemo does not know by name use his flat to sell from. He sleeps on the sofa of his own home and has stopped eating there.',
    criteria: ['exploited', 'harm', 'review'],
    hate: false,
    tried: 'Housing has changed the lock. Police have been four times and found nobody who would speak.',
    complaints: [
      { on: day(-80), kind: 'drugs', told_on: day(-79), family: 'Skewes', given: 'Melyor' },
      { on: day(-68), kind: 'noise', told_on: day(-68), family: 'Skewes', given: 'Melyor' },
      { on: day(-60), kind: 'threats', told_on: day(-59), family: 'Skewes', given: 'Melyor' },
    ],
    review_asked: true,
    review_asked_on: day(-50),
  }
}

/** A place, whoever is there. */
export const bandstand = ({ day }: Calendar): Answers => ({
  about: 'place',
  locations: [
    {
      place: 'The bandstand, Victoria Gardens',
      postcode: 'TR18 4QS',
      happens: 'Drinking from noon, dealing from dusk. Needles by the swings on most mornings.',
    },
  ],
  vulnerable: false,
  victims_contact: 'The friends of the gardens: 01632 960866.',
  what_happens: 'Up to twenty people, some of them under eighteen. The nursery no longer takes its children there. Two benches were burnt.',
  criteria: ['place', 'harm'],
  hate: false,
  tried: 'Lights until ten, a warden on Fridays.',
  complaints: [
    { on: day(-24), kind: 'drugs', told_on: day(-24) },
    { on: day(-20), kind: 'fire', told_on: day(-20) },
    { on: day(-17), kind: 'rubbish', told_on: day(-16) },
  ],
  review_asked: false,
})

/** A neighbour of whom much was complained, and whoever complained now asks for a review. */
export const neighbour = (calendar: Calendar): Answers => {
  const { day } = calendar
  return {
    about: 'people',
    perpetrators: [{ family: 'Polwhele', given: 'Gerren', born: born(calendar, 51, 77), stage: 'letter', stage_on: day(-31) }],
    locations: [{ place: 'Chough Terrace, numbers 9 to 13', postcode: 'TR18 4QT' }],
    victims: [
      { family: 'Nankervis', given: 'Hedy', born: born(calendar, 33, 210) },
      { family: 'Okafor', given: 'Adaeze', born: born(calendar, 29, 12) },
    ],
    vulnerable: true,
    victims_contact: 'Ms Okafor: by e-mail, adaeze.okafor@example.org. Ms Nankervis: 07700 900284 after six.',
    victims_never: 'He is not to learn who complained: he has guessed wrong once and broke a window.',
    what_happens:
      'Shouting through the wall, rubbish over the fence, and for a month words about where Ms Okafor comes from. She keeps her little boy indoors.',
    criteria: ['persistent', 'harm', 'review'],
    hate: true,
    tried: 'A warning letter from the landlord; mediation, to which he did not come.',
    complaints: [
      { on: day(-58), kind: 'noise', told_on: day(-57), family: 'Nankervis', given: 'Hedy' },
      { on: day(-34), kind: 'hate', told_on: day(-33), family: 'Okafor', given: 'Adaeze' },
      { on: day(-22), kind: 'harassment', told_on: day(-21), family: 'Okafor', given: 'Adaeze' },
      { on: day(-17), kind: 'rubbish', told_on: day(-17), family: 'Nankervis', given: 'Hedy' },
    ],
    review_asked: true,
    review_asked_on: day(-15),
  }
}

/** It waits to be triaged. */
export const bicycles = (calendar: Calendar): Answers => ({
  about: 'both',
  perpetrators: [{ family: 'Hocken', given: 'Massen', born: born(calendar, 15, 40) }],
  locations: [
    {
      place: 'School Hill, from the gates to the chapel',
      postcode: 'TR18 4QK',
      happens: 'Electric bicycles on the pavement at half past three.',
    },
  ],
  vulnerable: false,
  victims_contact: 'Through the head of year, 01632 960722.',
  what_happens:
    'Four or five riders go through the crowd at the gates. A girl of eleven has broken her wrist. One of them is ours and will not say who the others are.',
  criteria: ['harm', 'place'],
  hate: false,
  tried: 'His mother came in. The bicycle was locked up for a week.',
  complaints: [{ on: calendar.day(-4), kind: 'vehicles', told_on: calendar.day(-4) }],
  review_asked: false,
})
