import type { FormDefinition } from '../forms/index.ts'
import { namesOfPeople } from '../meetings/index.ts'

const act = {
  source:
    'Anti-social Behaviour, Crime and Policing Act 2014 and its explanatory notes (legislation.gov.uk); pages of York, North Somerset, Southend and Newcastle-under-Lyme councils',
  verified: false,
} as const

/** The steps that are taken with somebody who causes anti-social behaviour, from a word to an order. Which come first is local. */
export const warningStages = [
  { code: 'none', label: 'No warning yet' },
  { code: 'letter', label: 'Advice or warning letter' },
  { code: 'ABC', label: 'Acceptable behaviour contract' },
  { code: 'CPW', label: 'Community protection warning' },
  { code: 'CPN', label: 'Community protection notice' },
  { code: 'FPN', label: 'Fixed penalty for breach of a notice' },
  { code: 'INJ', label: 'Civil injunction' },
  { code: 'CBO', label: 'Criminal behaviour order' },
  { code: 'CLO', label: 'Closure notice or order' },
  { code: 'POSS', label: 'Possession of the home' },
]

/** The referral to the target group: who causes it, who suffers it, where, which warnings there have been, and whether a case review is due. */
export const targetGroupReferral: FormDefinition = {
  code: 'asb-target-group-referral',
  title: 'Referral to the ASB target group',
  version: 1,
  provenance: act,
  pages: [
    {
      code: 'people',
      title: 'Who and where',
      sections: [
        {
          code: 'perpetrators',
          title: 'Who causes it',
          hint: 'Leave the rows out where it is about a place.',
          questions: [
            {
              code: 'perpetrators',
              type: 'table',
              label: 'People',
              rowName: 'person',
              columns: [
                ...namesOfPeople,
                { code: 'stage', type: 'choice', label: 'Latest warning', look: 'select', options: warningStages },
                { code: 'stage_on', type: 'date', label: 'Given on', within: 'past' },
              ],
            },
          ],
        },
        {
          code: 'victims',
          title: 'Who suffers it',
          questions: [
            {
              code: 'victims',
              type: 'table',
              label: 'People',
              rowName: 'person',
              columns: [...namesOfPeople],
            },
            {
              code: 'vulnerable',
              type: 'yes-no',
              label: 'Is somebody who suffers it vulnerable?',
              name: 'somebody who suffers it is vulnerable',
              required: true,
            },
            { code: 'victims_contact', type: 'long-text', label: 'How to reach them, and what they want', rows: 3, maxLength: 2000 },
          ],
        },
        {
          code: 'locations',
          title: 'Where it happens',
          questions: [
            {
              code: 'locations',
              type: 'table',
              label: 'Places',
              rowName: 'place',
              minRows: 1,
              columns: [
                { code: 'place', type: 'text', label: 'Place', required: true, maxLength: 200 },
                { code: 'postcode', type: 'postcode', label: 'Postcode' },
              ],
            },
          ],
        },
      ],
    },
    {
      code: 'behaviour',
      title: 'What happens',
      sections: [
        {
          code: 'behaviour',
          title: 'What happens',
          questions: [
            {
              code: 'what_happens',
              type: 'long-text',
              label: 'What happens, how often, and what it does to people',
              name: 'what happens',
              required: true,
              rows: 7,
              maxLength: 6000,
            },
            {
              code: 'criteria',
              type: 'choices',
              label: 'Why does it need several agencies?',
              name: 'at least one reason',
              required: true,
              options: [
                { code: 'persistent', label: 'It goes on although one agency has acted' },
                { code: 'harm', label: 'It does serious harm, or may' },
                { code: 'several', label: 'Several households or people suffer it' },
                { code: 'exploited', label: 'Somebody may be exploited: cuckooing, county lines' },
                { code: 'place', label: 'It is about a place and not one person' },
              ],
            },
            { code: 'hate', type: 'yes-no', label: 'Is there an element of hate?', name: 'there is an element of hate', required: true },
            { code: 'tried', type: 'long-text', label: 'What has been tried', rows: 4, maxLength: 4000 },
          ],
        },
        {
          code: 'case-review',
          title: 'Case review',
          hint: 'Somebody who suffers it may ask for a review once there have been three qualifying complaints in six months, or fewer where your area says so.',
          questions: [
            { code: 'complaints', type: 'number', label: 'Complaints in the last six months', min: 0, max: 1000, provenance: act },
            {
              code: 'review_asked',
              type: 'yes-no',
              label: 'Has a case review been asked for?',
              name: 'a case review has been asked for',
              required: true,
            },
            {
              code: 'review_asked_on',
              type: 'date',
              label: 'When',
              name: 'when',
              shownWhen: 'review_asked',
              required: true,
              within: 'past',
            },
          ],
        },
      ],
    },
  ],
}

/** What each agency is asked. */
export const targetGroupResearch: FormDefinition = {
  code: 'asb-target-group-research',
  title: 'What your agency knows',
  version: 1,
  pages: [
    {
      code: 'research',
      title: 'What your agency knows',
      sections: [
        {
          code: 'research',
          title: 'What you hold',
          hint: 'Only what the group needs to know. Say what is fact and what is opinion.',
          questions: [
            {
              code: 'known',
              type: 'long-text',
              label: 'What does the group need to know from you?',
              name: 'what the group needs to know',
              required: true,
              rows: 6,
              maxLength: 6000,
            },
            { code: 'warnings', type: 'choice', label: 'The latest step that your agency took', look: 'select', options: warningStages },
            { code: 'offers', type: 'long-text', label: 'What your agency can do', rows: 3, maxLength: 2000 },
          ],
        },
      ],
    },
  ],
}
