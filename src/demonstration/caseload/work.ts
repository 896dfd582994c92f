import type { ServiceArea } from '../../imports/index.ts'

/** What the teams of Porthkerris do next, and what they agree with people, by service. */
type Work = {
  readonly tasks: readonly string[]
  readonly plans: readonly { need: string; goal: string; measure: string; action: string; done: string }[]
}

export const workOf: Readonly<Record<ServiceArea | 'housing', Work>> = {
  'early-help': {
    tasks: [
      'Ring the school',
      'Visit at home',
      'Ask the health visitor for her notes',
      'Papers for the team around the child',
      'Chase the speech therapist',
      'Write to the landlord',
    ],
    plans: [
      {
        need: 'Mornings',
        goal: 'In school by nine, four days in five',
        measure: 'The register, looked at each Friday',
        action: 'Breakfast club',
        done: 'Picture chart for the morning',
      },
      {
        need: 'A dry bedroom',
        goal: 'The damp treated before the winter',
        measure: 'The housing officer has seen it dry',
        action: 'Second letter to the landlord',
        done: 'Photographs taken together',
      },
      {
        need: 'Calm at home',
        goal: 'Evenings without shouting',
        measure: 'What the children say at each visit',
        action: 'Parenting group on Tuesdays',
        done: 'Name down for the group',
      },
    ],
  },
  'drug-and-alcohol': {
    tasks: [
      'Keyworking session',
      'Outcomes profile',
      'Chase the blood tests',
      'Ring the GP about the prescription',
      'Talk to the group leader',
    ],
    plans: [
      {
        need: 'Stopping safely',
        goal: 'Through detoxification by the spring',
        measure: 'Breath test and diary',
        action: 'Keyworking every week',
        done: 'Diary of units begun',
      },
      {
        need: 'Not going back',
        goal: 'Three months without',
        measure: 'Clear screens, and what they say',
        action: 'Saturday walking group',
        done: 'Naloxone kit given and shown',
      },
    ],
  },
  'domestic-abuse': {
    tasks: [
      'Safe call',
      'Look at the safety plan again',
      'Ring the officer in the case',
      'Letter for the housing application',
      'Court date: go with her',
    ],
    plans: [
      {
        need: 'Safe at home',
        goal: 'Nobody comes in unasked',
        measure: 'No breach for eight weeks',
        action: 'Locks and door camera',
        done: 'Bag packed and kept elsewhere',
      },
      {
        need: 'Not on her own',
        goal: 'Two people who know and can be rung at night',
        measure: 'She names them',
        action: 'Group on Wednesday mornings',
        done: 'Code word agreed with her sister',
      },
    ],
  },
  'anti-social-behaviour': {
    tasks: ['Visit the neighbours', 'Acceptable behaviour contract: look at it again', 'Ring the youth worker', 'Diary sheets to collect'],
    plans: [
      {
        need: 'Quiet nights',
        goal: 'No report for six weeks',
        measure: 'Diary sheets of three neighbours',
        action: 'Contract signed by both',
        done: 'Mediation offered and taken up',
      },
      {
        need: 'Something to do',
        goal: 'Twice a week at the boxing club',
        measure: 'The club’s book',
        action: 'Youth worker goes along the first time',
        done: 'Club fees found',
      },
    ],
  },
  refugees: {
    tasks: [
      'Wellbeing visit',
      'School place for September',
      'Go along to the Jobcentre',
      'Monthly payment to the host',
      'English class: find an evening one',
    ],
    plans: [
      {
        need: 'A home of their own',
        goal: 'Own tenancy within the year',
        measure: 'Keys',
        action: 'Look at two flats with the family',
        done: 'Bank account opened',
      },
      {
        need: 'Work',
        goal: 'In work that uses what they know',
        measure: 'A contract',
        action: 'Certificates translated',
        done: 'Letter to the college',
      },
    ],
  },
  'complex-needs': {
    tasks: ['Outreach round, 07:30', 'Ring the ward before discharge', 'Take the forms to the hostel', 'Multi-agency meeting: papers'],
    plans: [
      {
        need: 'A roof',
        goal: 'Indoors before the frost',
        measure: 'Seven nights in a row',
        action: 'Room at the hostel held for a week',
        done: 'Proof of identity found',
      },
      {
        need: 'Feet and teeth',
        goal: 'Seen by nurse and dentist',
        measure: 'Appointments kept',
        action: 'Nurse comes on the outreach round',
        done: 'Registered with the surgery',
      },
    ],
  },
  housing: {
    tasks: [
      'Rent plan: look at it again',
      'Inspection with the surveyor',
      'Discretionary payment: send the form',
      'Ring about the warrant',
    ],
    plans: [
      {
        need: 'The rent',
        goal: 'Nothing owed by the summer',
        measure: 'The rent account',
        action: '£15 a week from the next pay-day',
        done: 'Income and outgoings gone through',
      },
      {
        need: 'The flat',
        goal: 'Fit to be inspected',
        measure: 'The surveyor’s letter',
        action: 'Skip on Saturday, with two volunteers',
        done: 'Gas safety done',
      },
    ],
  },
}

/** Housing has none in the generator: people known to other services who come to it as well. */
export const housingReasons = [
  'Rent eleven weeks behind since hours were cut. Wants to pay and does not know where to begin.',
  'Neighbours complain of the state of the garden and the smell on the stairs.',
  'First tenancy after care. Bills unopened in a drawer.',
  'Notice threatened after a third missed plan. Two children at the primary school.',
  'Ladder and handrail needed; has fallen twice on the front steps.',
  'Boiler off for three weeks; tenant has not let the engineers in and will not say why.',
]
