import type { FormDefinition } from '../forms/index.ts'
import { namesOfPeople } from '../meetings/index.ts'

const ours = { source: 'Lanyard’s own, from what pages of councils ask', verified: false } as const

/** Who is known by a nickname alone is named by that. */
const knownAs = [
  {
    code: 'family',
    type: 'text',
    label: 'Surname, or what they are known by',
    name: 'a surname, or what they are known by',
    required: true,
    maxLength: 100,
  },
  { code: 'given', type: 'text', label: 'First name', maxLength: 100 },
  { code: 'born', type: 'date', label: 'Date of birth', within: 'past' },
] as const

/** The referral to the target group, of people or of a place: who is said to cause it, who suffers it, where, each complaint, what was tried, a case review. */
export const targetGroupReferral: FormDefinition = {
  code: 'asb-target-group-referral',
  title: 'Referral to the ASB target group',
  version: 2,
  provenance: ours,
  pages: [
    {
      code: 'people',
      title: 'Who and where',
      sections: [
        {
          code: 'about',
          title: 'What it is about',
          questions: [
            {
              code: 'about',
              type: 'choice',
              label: 'What do you refer?',
              name: 'what you refer',
              required: true,
              options: [
                { code: 'people', label: 'One person or several who are said to cause it' },
                { code: 'place', label: 'A place, whoever causes it there' },
                { code: 'both', label: 'People and a place' },
              ],
            },
          ],
        },
        {
          code: 'perpetrators',
          title: 'Who is said to cause it',
          shownWhen: "!answered(about) || about != 'place'",
          questions: [
            {
              code: 'perpetrators',
              type: 'table',
              label: 'Alleged perpetrators',
              name: 'who is said to cause it',
              rowName: 'person',
              required: true,
              minRows: 1,
              columns: [
                ...knownAs,
                {
                  code: 'stage',
                  type: 'choice',
                  label: 'Latest warning',
                  hint: 'Leave it out where there was none',
                  look: 'select',
                  options: { list: 'asb-warning-stage' },
                },
                {
                  code: 'stage_on',
                  type: 'date',
                  label: 'Given on',
                  name: 'when the latest warning was given',
                  within: 'past',
                  required: 'answered(row.stage)',
                },
              ],
            },
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
              name: 'where it happens',
              rowName: 'place',
              required: true,
              minRows: 1,
              columns: [
                { code: 'place', type: 'text', label: 'Place or address', required: true, maxLength: 200 },
                { code: 'postcode', type: 'postcode', label: 'Postcode' },
                { code: 'happens', type: 'long-text', label: 'What happens there, and when', rows: 2, maxLength: 1000 },
              ],
            },
          ],
        },
        {
          code: 'victims',
          title: 'Who suffers it',
          questions: [
            { code: 'victims', type: 'table', label: 'People', rowName: 'person', columns: [...namesOfPeople] },
            {
              code: 'vulnerable',
              type: 'yes-no',
              label: 'Is somebody who suffers it vulnerable?',
              name: 'somebody who suffers it is vulnerable',
              required: true,
            },
            { code: 'victims_contact', type: 'long-text', label: 'How to reach them, and what they want', rows: 3, maxLength: 2000 },
            {
              code: 'victims_never',
              type: 'long-text',
              label: 'What must never be done',
              hint: 'For example, letting it be known who complained',
              rows: 2,
              maxLength: 1000,
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
                { code: 'persistent', label: 'Persistent: it goes on although one agency has acted' },
                { code: 'harm', label: 'Harm: it does serious harm, or may' },
                { code: 'several', label: 'Several households: more than one suffers it' },
                { code: 'exploited', label: 'Exploitation: cuckooing, county lines' },
                { code: 'place', label: 'A place: it is not about one person' },
                { code: 'review', label: 'Case review: somebody who suffers it has asked for one' },
              ],
            },
            { code: 'hate', type: 'yes-no', label: 'Is there an element of hate?', name: 'there is an element of hate', required: true },
            { code: 'tried', type: 'long-text', label: 'What has been tried', rows: 4, maxLength: 4000 },
          ],
        },
      ],
    },
    {
      code: 'complaints',
      title: 'Complaints',
      sections: [
        {
          code: 'complaints',
          title: 'Complaints so far',
          hint: 'Each incident that somebody complained of. More can be added to the case later.',
          questions: [
            {
              code: 'complaints',
              type: 'table',
              label: 'Incidents',
              rowName: 'incident',
              columns: [
                { code: 'on', type: 'date', label: 'When it happened', name: 'when it happened', required: true, within: 'past' },
                {
                  code: 'kind',
                  type: 'choice',
                  label: 'What it was',
                  name: 'what it was',
                  required: true,
                  look: 'select',
                  options: { list: 'asb-incident-kind' },
                },
                {
                  code: 'told_on',
                  type: 'date',
                  label: 'When they complained',
                  within: 'past',
                  rules: [{ invalidWhen: 'row.told_on < row.on', message: 'They complained after it happened: put one of the days right' }],
                },
                {
                  code: 'family',
                  type: 'text',
                  label: 'Surname of who complained',
                  hint: 'Leave it out where nobody is named',
                  maxLength: 100,
                },
                { code: 'given', type: 'text', label: 'First name', maxLength: 100 },
              ],
            },
          ],
        },
        {
          code: 'case-review',
          title: 'Case review',
          hint: 'Somebody who suffers it, or somebody for them, may ask the agencies to review what was done.',
          questions: [
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
              label: 'When was it asked for?',
              name: 'when the case review was asked for',
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
