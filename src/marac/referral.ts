import type { FormDefinition } from '../forms/index.ts'
import { namesOfChildren, namesOfPeople, namesOfSomebody, yesNoNotKnown } from '../meetings/index.ts'
import { dashChecklist, dashScore } from '../services/index.ts'

const local = { source: 'Local practice, as kingston.gov.uk and safelives.org.uk describe it; wording our own', verified: false } as const
const genders = [
  { code: 'female', label: 'Female' },
  { code: 'male', label: 'Male' },
  { code: 'other', label: 'Another gender' },
  { code: 'not_known', label: 'Not known' },
]

/** The referral to MARAC: who, what happened, the checklist, why it is referred, and how the victim may safely be reached. */
export const maracReferral: FormDefinition = {
  code: 'marac-referral',
  title: 'Referral to MARAC',
  version: 2,
  besideThePerson: true,
  provenance: local,
  pages: [
    {
      code: 'people',
      title: 'Who it is about',
      sections: [
        {
          code: 'victim',
          title: 'The victim',
          questions: [
            ...namesOfSomebody('victim_', 'the victim’s'),
            { code: 'victim_gender', type: 'choice', label: 'Gender', name: 'the victim’s gender', required: true, options: genders },
            { code: 'victim_address', type: 'long-text', label: 'Address', rows: 3, maxLength: 500 },
          ],
        },
        {
          code: 'safe-contact',
          title: 'Reaching them safely',
          hint: 'A call or a letter that the wrong person sees can get somebody killed.',
          questions: [
            {
              code: 'safe_how',
              type: 'long-text',
              label: 'How and when is it safe to reach them?',
              name: 'how and when it is safe to reach them',
              required: true,
              rows: 3,
              maxLength: 1000,
            },
            { code: 'safe_telephone', type: 'text', label: 'A telephone number that is safe', maxLength: 50 },
            { code: 'never_how', type: 'long-text', label: 'What must never be done', rows: 2, maxLength: 1000 },
            { code: 'interpreter', type: 'text', label: 'Language and interpreter', hint: 'Never a relative', maxLength: 200 },
          ],
        },
        {
          code: 'equality',
          title: 'For the quarterly return',
          questions: [
            {
              code: 'minoritised',
              type: 'choice',
              label: 'Is the victim Black, Asian or racially minoritised?',
              name: 'whether they are',
              required: true,
              options: yesNoNotKnown,
            },
            {
              code: 'lgbt',
              type: 'choice',
              label: 'Is the victim LGBT+?',
              name: 'whether they are LGBT+',
              required: true,
              options: yesNoNotKnown,
            },
            {
              code: 'disabled',
              type: 'choice',
              label: 'Does the victim have a disability?',
              name: 'whether they have a disability',
              required: true,
              options: yesNoNotKnown,
            },
          ],
        },
        {
          code: 'children',
          title: 'Children in the household',
          questions: [
            {
              code: 'children',
              type: 'table',
              label: 'Children',
              rowName: 'child',
              columns: [...namesOfChildren, { code: 'school', type: 'text', label: 'School or nursery', maxLength: 200 }],
            },
            { code: 'children_note', type: 'long-text', label: 'What the children have seen or been through', rows: 3, maxLength: 2000 },
          ],
        },
        {
          code: 'perpetrator',
          title: 'The alleged perpetrators',
          hint: 'Each of them, where several take part, such as a family.',
          questions: [
            {
              code: 'perpetrators',
              type: 'table',
              label: 'Alleged perpetrators',
              name: 'who is said to do it',
              rowName: 'person',
              required: true,
              minRows: 1,
              columns: [
                ...namesOfPeople,
                { code: 'relationship', type: 'text', label: 'What they are to the victim', maxLength: 100 },
                { code: 'address', type: 'long-text', label: 'Address', rows: 3, maxLength: 500 },
                { code: 'warnings', type: 'long-text', label: 'Warnings for whoever visits', rows: 2, maxLength: 1000 },
              ],
            },
          ],
        },
      ],
    },
    {
      code: 'what-happened',
      title: 'What happened',
      sections: [
        {
          code: 'what-happened',
          title: 'What happened',
          questions: [
            { code: 'incident_on', type: 'date', label: 'When', within: 'past' },
            {
              code: 'what_happened',
              type: 'long-text',
              label: 'What happened, and what has happened before?',
              name: 'what happened',
              required: true,
              rows: 8,
              maxLength: 6000,
            },
          ],
        },
        {
          code: 'criminal-justice',
          title: 'Police and courts',
          questions: [
            { code: 'crime_number', type: 'text', label: 'Crime or incident number', maxLength: 50 },
            {
              code: 'justice',
              type: 'choices',
              label: 'Where it stands',
              options: [
                { code: 'not_reported', label: 'Not reported', exclusive: true },
                { code: 'reported', label: 'Reported to the police' },
                { code: 'arrested', label: 'Arrested' },
                { code: 'bail', label: 'On bail' },
                { code: 'charged', label: 'Charged' },
                { code: 'court', label: 'In court or sentenced' },
                { code: 'order', label: 'Protection or restraining order in force' },
              ],
            },
            { code: 'bail_until', type: 'date', label: 'Bail until', shownWhen: "'bail' in justice" },
            {
              code: 'conditions',
              type: 'long-text',
              label: 'Conditions',
              shownWhen: "'bail' in justice || 'order' in justice",
              rows: 2,
              maxLength: 1000,
            },
          ],
        },
      ],
    },
    { code: 'checklist', title: 'Risk checklist', sections: [dashChecklist] },
    {
      code: 'why',
      title: 'Why it is referred',
      sections: [
        {
          code: 'criteria',
          title: 'Criteria',
          questions: [
            dashScore,
            {
              code: 'criteria',
              type: 'choices',
              label: 'Which of these does it meet?',
              name: 'at least one criterion',
              required: true,
              options: [
                { code: 'VHR', label: 'Visible high risk: the checklist reaches the threshold' },
                { code: 'PJ', label: 'Professional judgement' },
                { code: 'PE', label: 'Escalation: more incidents, or worse ones' },
                { code: 'HBV', label: 'So-called honour-based abuse' },
                { code: 'RPT', label: 'Heard before, and abuse again since' },
              ],
              rules: [
                {
                  invalidWhen: "'VHR' in criteria && dash_score_band != 'high'",
                  message: 'The checklist does not reach the threshold: untick “Visible high risk”, and choose what else it meets',
                },
              ],
              provenance: local,
            },
            {
              code: 'judgement',
              type: 'long-text',
              label: 'Why do you judge the risk to be high?',
              name: 'why you judge the risk to be high',
              required: true,
              shownWhen: "'PJ' in criteria",
              rows: 4,
              maxLength: 3000,
            },
            {
              code: 'incidents',
              type: 'number',
              label: 'Incidents in the last 12 months',
              name: 'how many incidents there were',
              required: true,
              shownWhen: "'PE' in criteria",
              min: 1,
              max: 500,
              hint: 'Some areas refer at five incidents or three crimes of the same pair',
              provenance: local,
            },
          ],
        },
        {
          code: 'victims-view',
          title: 'What the victim knows and wants',
          questions: [
            {
              code: 'told',
              type: 'yes-no',
              label: 'Does the victim know of this referral?',
              name: 'the victim knows of it',
              required: true,
            },
            {
              code: 'not_told_reason',
              type: 'long-text',
              label: 'Why not?',
              name: 'why they do not know',
              shownWhen: '!told',
              required: true,
              rows: 2,
              maxLength: 1000,
            },
            { code: 'wishes', type: 'long-text', label: 'What they want, in their words', rows: 3, maxLength: 3000 },
            { code: 'advocate', type: 'yes-no', label: 'Has an independent advocate (IDVA) been offered?' },
          ],
        },
      ],
    },
  ],
}
