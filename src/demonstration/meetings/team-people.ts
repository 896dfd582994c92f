import type { Answers } from '../../forms/index.ts'
import type { Calendar } from '../calendar.ts'

// Whom the demonstration's multi-disciplinary team works with: what was referred, and what its members write in the one form of each. Everybody is made up.

type Written = {
  referral: Answers
  about: Answers
  stays: Answers
  moved: Answers
  needs: Answers
  since: Answers
  risks: Answers
  riskier: Answers
  plan: Answers
}

/** A man who sleeps outside, drinks, and came out of prison in the spring. */
export const digory = ({ day }: Calendar): Written => {
  const wants = '“A door that’s mine. And to see the boy at Christmas and not smell.”'
  const before = [
    { where: 'His mother’s, 3 Net Loft Row', postcode: 'TR18 4QP', kind: 'Home, until she died', until: day(-420) },
    { where: 'The bus shelter on Quay Street', kind: 'A doorway', since: day(-150) },
    { where: 'His sister’s sofa, when it rains', kind: 'Family', since: day(-90) },
  ]
  return {
    referral: {
      family: 'Nancekivell',
      given: 'Digory',
      born: day(-16_190),
      why_now:
        'Four services know him and none of them together. He was in hospital twice in the last month, both times from the bus shelter, and left before anybody could plan with him. He has asked for help with drinking for the first time.',
      criteria: ['housing', 'substances', 'offending', 'physical_health'],
      agrees: true,
    },
    about: {
      called: 'Dig',
      gender: 'male',
      ethnicity: 'Cornish',
      language: 'English',
      communicates: 'Reads little and does not say so. Short talks, in the morning.',
      doctor: 'Harbour Surgery; not seen since last winter',
      money: 'Universal Credit, paid to his sister with his agreement',
      reach: 'The kitchen at the Mission, 8 to 9. His sister passes a message on: 07700 900235.',
      around: [
        { who: 'Tegen, his sister', to_them: 'Sister', may_know: true },
        { who: 'Father Hosken at the Mission', to_them: 'Makes his breakfast', may_know: true },
      ],
    },
    stays: { addresses: before },
    moved: {
      addresses: [...before, { where: 'Room 4, the Seafarers’ Mission', postcode: 'TR18 4QV', kind: 'Hostel, four weeks', since: day(-9) }],
    },
    needs: {
      needs: [
        { need: 'A roof, and somebody to hold it with him', stands: 'unmet' },
        { need: 'To drink less without falling ill', stands: 'unmet', support: 'Harbour can begin as soon as he has a bed.' },
        { need: 'Feet and chest seen to', stands: 'unmet' },
      ],
      wants,
    },
    since: {
      needs: [
        {
          need: 'A roof, and somebody to hold it with him',
          stands: 'partly',
          support: 'The Mission, four weeks. Housing looks for a flat with support.',
        },
        { need: 'To drink less without falling ill', stands: 'unmet', support: 'The ward has a bed in the week after next.' },
        { need: 'Feet and chest seen to', stands: 'partly', support: 'Nurse at the Mission on Wednesdays' },
      ],
      wants,
    },
    risks: {
      risks: [
        {
          risk: 'Fits when he stops drinking at once',
          to: 'Himself',
          level: 'high',
          keeps_safe: 'Nobody tells him to stop. Ring Harbour, or 111.',
        },
        {
          risk: 'Recall to prison for a missed appointment',
          to: 'Himself',
          level: 'medium',
          keeps_safe: 'Probation sees him at the Mission.',
        },
        { risk: 'Shouts when he is woken', to: 'Whoever wakes him', level: 'low', keeps_safe: 'Speak from the door.' },
      ],
    },
    riskier: {
      risks: [
        {
          risk: 'Fits when he stops drinking at once',
          to: 'Himself',
          level: 'high',
          keeps_safe: 'Nobody tells him to stop. Ring Harbour, or 111.',
        },
        {
          risk: 'Recall to prison for a missed appointment',
          to: 'Himself',
          level: 'high',
          keeps_safe: 'Probation asks for leave to see him at the Mission. Ring before ten if he cannot come.',
        },
        { risk: 'Shouts when he is woken', to: 'Whoever wakes him', level: 'low', keeps_safe: 'Speak from the door.' },
      ],
    },
    plan: {
      goals: [
        { goal: 'A bed that holds until there is a flat', how: 'Housing leads, with the Mission', reached: 'under-way', review: day(18) },
        { goal: 'Detox, planned, from a bed', how: 'Harbour leads; the ward knows', reached: 'not-begun', review: day(18) },
        { goal: 'Licence kept to its end', how: 'Probation leads', reached: 'under-way', review: day(32) },
      ],
      crisis:
        'Harbour, 01632 960210, in the day. The duty officer, 01632 960199, at night. He will go to hospital if his sister asks him to.',
    },
  }
}

/** A young woman who has left care, between services for children and for adults. */
export const kensa = ({ day }: Calendar): Pick<Written, 'referral' | 'about' | 'stays' | 'risks' | 'plan'> => ({
  referral: {
    family: 'Tremorvah',
    given: 'Kensa',
    born: day(-6_960),
    why_now:
      'She is nineteen, left care last year, and each service says that another should begin. She cut herself badly in September and lost her tenancy in October.',
    criteria: ['housing', 'mental_health', 'abuse'],
    agrees: true,
  },
  about: {
    called: 'Kensa',
    gender: 'female',
    language: 'English',
    communicates: 'Writes better than she talks. Send the questions before.',
    doctor: 'Harbour Surgery',
    money: 'No income since the tenancy ended: a claim is being made',
    reach: 'Text first, 07700 900219. She does not answer numbers that she does not know.',
    around: [{ who: 'Morwen, who fostered her', to_them: 'Foster carer until she was 18', may_know: true }],
  },
  stays: {
    addresses: [
      { where: 'Flat 2, 8 Chapel Street', postcode: 'TR18 4QD', kind: 'Her tenancy', since: day(-400), until: day(-38) },
      { where: 'Morwen’s, at weekends', kind: 'Foster carer', since: day(-38) },
      { where: 'With “friends” at the Towans', kind: 'Not safe', since: day(-30) },
    ],
  },
  risks: {
    risks: [
      {
        risk: 'Self-harm, after nights at the Towans',
        to: 'Herself',
        level: 'high',
        keeps_safe: 'The plan on her telephone. Morwen may be rung at any hour.',
      },
      {
        risk: 'Older men there give her drink and want something for it',
        to: 'Herself',
        level: 'high',
        keeps_safe: 'Do not ask her about it with others near.',
      },
    ],
  },
  plan: {
    goals: [
      { goal: 'One worker, for six months, whom she chose', how: 'Early help leads', reached: 'reached' },
      { goal: 'A room with a lock by Christmas', how: 'Housing leads', reached: 'under-way', review: day(18) },
    ],
    crisis: 'Her worker in the day. Then the crisis line of the trust, 01632 960599.',
  },
})

/** A woman who is about to lose her home for what she keeps in it; new to the team. */
export const hester = ({ day }: Calendar): Pick<Written, 'referral' | 'needs'> => ({
  referral: {
    family: 'Goninan',
    given: 'Hester',
    born: day(-24_480),
    why_now: 'The fire service will not pass her flat, and her landlord has begun proceedings. She lets nobody in but the nurse.',
    criteria: ['housing', 'mental_health', 'physical_health'],
    agrees: false,
    without: 'Danger to her life and to those above her: there is one way out, and it is blocked. She was told that we would talk.',
  },
  needs: {
    needs: [
      { need: 'A way out of her flat that stays clear', stands: 'unmet', support: 'The nurse has begun with the hall, a bag a week.' },
    ],
  },
})
