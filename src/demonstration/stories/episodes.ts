import { coordinatedBy, episodeOf, joins } from '../telling/episode-of.ts'
import { formAbout } from '../telling/form-of.ts'
import { hide } from '../telling/seen-by.ts'
import { home, mobile, somebody, testNhsNumber } from '../telling/somebody.ts'
import type { Story } from '../telling/tale.ts'
import { plan } from '../telling/written.ts'

const [desk, school, nurse] = ['loveday.nancarrow', 'jenifer.bray', 'ysella.bray']

/** A father says no, and it goes on for a lawful reason; what is said of the family is kept from a neighbour in uniform. */
export const tregear: Story = {
  title: 'Kensa Tregear’s episode',
  tell: tale => {
    const kensa = somebody(tale, [38, '09:10'], desk, {
      given: 'Kensa',
      family: 'Tregear',
      dateOfBirth: tale.day(-3_010),
      sex: 'F',
      gender: 'girl',
      nhsNumber: testNhsNumber(43_610),
      nhsNumberStatus: '01',
      ethnicCategory: 'A',
      language: 'en',
      interpreter: 'no',
      gpPractice: 'Harbour Surgery',
      addresses: [home('8 Net Loft Row', 'TR18 4QH')],
      contacts: [mobile('171', {}, 'Father, Gerren')],
    })
    const episode = episodeOf(tale, kensa, [38, '09:40'], desk, {
      why: 'The school rang: bruised arms twice in a month, hungry on Mondays, says that nobody is to know. Father will have nobody in the house.',
      coordinator: school,
      said: {
        answer: 'refused',
        answeredBy: 'TREGEAR, Gerren, father',
        capacity: 'child-does-not',
        capacityBecause: 'She is eight, and afraid of what her father would say.',
        without: [
          'child-protection',
          'Bruises that were explained in two ways, and a child who asks that nobody is told. Talked through with the safeguarding lead; he was told that it goes on, and why.',
        ],
      },
    })
    joins(tale, episode, [37, '10:00'], school, {
      who: nurse,
      role: 'lead for health',
      access: 'add',
      basis: 'safeguarding-child',
      without: 'child-protection',
      says: 'Kensa likes her. Father does not want her to come home.',
    })
    joins(tale, episode, [37, '10:20'], school, {
      who: 'tamsin.rowe',
      role: 'family worker',
      access: 'add',
      basis: 'safeguarding-child',
      without: 'child-protection',
    })
    joins(tale, episode, [36, '14:00'], school, {
      who: 'denzil.opie',
      role: 'police',
      basis: 'safeguarding-child',
      without: 'child-protection',
      says: 'Nobody has told the family who he is yet.',
    })
    joins(tale, episode, [36, '14:20'], school, {
      who: 'Rosemary Tregear',
      role: 'grandmother',
      telephone: '01632 960778',
      says: 'Kensa: “Gran makes pancakes and does not shout.”',
    })
    const assessment = formAbout(tale, episode, [35, '13:00'], school, 'common-assessment')
    assessment.save([35, '14:10'], school, {
      reason:
        'Bruises on both arms on 3 and 17 of last month, explained as a fall and as a fight. Hungry on Mondays. Otherwise ahead of her class.',
      took_part: 'Kensa, Jenifer Bray, Ysella Bray. Father was asked and did not come.',
      learning: 'well',
      learning_seen: 'Reads everything. Present every day, early on Mondays.',
    })
    hide(tale, episode, [35, '14:30'], school, {
      from: 'denzil.opie',
      reason: 'Lives across the lane and drinks with the father. What is said of the family is not for him.',
      wishOf: 'Rosemary Tregear',
      section: { form: assessment.ref, section: 'family' },
    })
    assessment.save([33, '11:00'], nurse, {
      health: 'help',
      health_seen: 'Bruises seen and drawn. Eyes not tested since reception. Sleeps on the sofa when father is out.',
      feelings: 'help',
      feelings_seen: 'Watches the door. Laughs with the little ones.',
    })
    assessment.save([33, '11:40'], school, {
      family: 'urgent',
      family_seen: 'Mother left in the spring; Kensa sees her grandmother in secret. Father drinks from Friday to Sunday.',
      care: 'urgent',
      care_seen: 'Nobody knows where she is on Saturday nights.',
    })
    assessment.save([32, '15:20'], school, {
      childs_words: 'I want to be at Gran’s when he is like that. I don’t want him to go to prison.',
      parents_words: 'Father, by telephone: “She bruises like a peach. Mind your own.”',
      strengths: 'School, her grandmother, and a child who tells somebody.',
      needs: 'Somewhere safe from Friday to Sunday; somebody whom father will talk to.',
      next_step: 'plan',
      next_step_why:
        'Safe with her grandmother at week-ends by father’s own word since last Friday; if that ends it goes to social care the same day.',
    })
    assessment.complete([32, '15:40'], school)
    const agreed = plan(
      tale,
      episode,
      [31, '10:00'],
      school,
      [
        {
          need: 'Week-ends on which she is safe',
          goals: [
            {
              goal: 'Kensa sleeps at her grandmother’s from Friday to Sunday',
              measure: 'She says so on Mondays',
              actions: [
                { what: 'Ask her every Monday, alone, how it was', who: school, by: -4 },
                { what: 'See father at home with Rosemary there', who: 'tamsin.rowe', by: 2 },
              ],
            },
          ],
        },
        {
          need: 'Somebody looks at her health',
          goals: [
            {
              goal: 'Eyes and growth are checked',
              measure: 'Written up',
              actions: [{ what: 'Take her for an eye test', who: nurse, by: 6 }],
            },
          ],
        },
      ],
      { with: 'Kensa and Rosemary Tregear', how: 'Read to them at school. Father was sent it and has not answered' },
    )
    agreed.done([4, '09:30'], school, 'Ask her every Monday', 'Four week-ends at her grandmother’s, all four.')
    episode.note([20, '12:00'], nurse, 'visit', 'Saw her at school. Slept, had breakfast, no new marks. Drew her grandmother’s kitchen.')
    episode.review(
      [12, '15:30'],
      school,
      'go-on',
      'Safe at week-ends so far. Father talked to Tamsin at the gate, for the first time. Police have nothing new.',
      'Kensa for the first ten minutes, Rosemary Tregear, Jenifer Bray, Ysella Bray, Tamsin Rowe',
      9,
    )
  },
}

/** A boy whose first episode ended well; a year later another has begun, apart from it. */
export const chenoweth: Story = {
  title: 'Talan Chenoweth’s episodes',
  tell: tale => {
    const talan = somebody(tale, [410, '10:00'], desk, {
      given: 'Talan',
      family: 'Chenoweth',
      dateOfBirth: tale.day(-4_020),
      sex: 'M',
      gender: 'boy',
      nhsNumber: testNhsNumber(43_620),
      nhsNumberStatus: '01',
      ethnicCategory: 'A',
      language: 'en',
      interpreter: 'no',
      addresses: [home('2 Chapel Steps', 'TR18 4QJ')],
      contacts: [mobile('172', {}, 'Mother, Lowena')],
    })
    const said = {
      answer: 'given',
      answeredBy: 'CHENOWETH, Lowena, mother',
      capacity: 'child-understands',
      capacityBecause: 'He asked for it himself, and could say who would read what.',
    } as const
    const earlier = episodeOf(tale, talan, [410, '10:30'], desk, {
      why: 'Soils himself at school since his father died; mother asks for help.',
      coordinator: nurse,
      said,
    })
    joins(tale, earlier, [408, '09:00'], nurse, { who: 'perran.hocking', role: 'family worker', access: 'add', basis: 'consent' })
    earlier.review(
      [330, '15:00'],
      nurse,
      'ready-to-close',
      'Dry for eight weeks. Mother and he go to the bereavement group together.',
      'Talan, Lowena, Perran Hocking',
      null,
    )
    earlier.close([322, '11:00'], nurse, 'work-done', 'met', 'Dry since September. Both have somebody to talk to.')

    const later = episodeOf(tale, talan, [24, '09:30'], desk, {
      why: 'Out of school since half-term; says that he is ill. Mother works nights and asks what she may ask for.',
      coordinator: nurse,
      said,
    })
    coordinatedBy(
      tale,
      later,
      [20, '12:00'],
      nurse,
      school,
      'School is where it is to be mended',
      'Ring mother after two: she works nights.',
    )
    joins(tale, later, [20, '12:30'], school, {
      who: 'wella.goldsworthy',
      role: 'housing',
      basis: 'consent',
      says: 'Mother asked for her.',
    })
    joins(tale, later, [19, '09:15'], school, { who: 'Lowena Chenoweth', role: 'mother', telephone: '07700 900172' })
    plan(tale, later, [18, '10:00'], school, [
      {
        need: 'Back in school',
        goals: [
          {
            goal: 'Mornings first',
            measure: 'Three a week',
            actions: [
              { what: 'Meet him at the gate', who: school, by: 1 },
              { what: 'Say which room is quiet', who: school, by: -1 },
            ],
          },
        ],
      },
    ])
    later.reviewOn([18, '10:20'], school, 5)
  },
}
