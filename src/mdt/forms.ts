import type { FormDefinition } from '../forms/index.ts'
import { namesOfSomebody } from '../meetings/index.ts'

const ours = { source: 'Lanyard’s own', verified: false } as const

/** The referral to a meeting about somebody with complex needs: who, why several agencies, and whether they know. */
export const mdtReferral: FormDefinition = {
  code: 'mdt-referral',
  title: 'Referral to the multi-disciplinary team',
  version: 1,
  provenance: ours,
  pages: [
    {
      code: 'person',
      title: 'Who, and why',
      sections: [
        {
          code: 'person',
          title: 'The person',
          questions: [...namesOfSomebody('', 'the')],
        },
        {
          code: 'why',
          title: 'Why several agencies',
          questions: [
            { code: 'why_now', type: 'long-text', label: 'Why now?', name: 'why now', required: true, rows: 5, maxLength: 6000 },
            {
              code: 'criteria',
              type: 'choices',
              label: 'Which needs come together?',
              name: 'which needs come together',
              required: true,
              options: [
                { code: 'housing', label: 'Homelessness, or a home at risk' },
                { code: 'mental_health', label: 'Mental health' },
                { code: 'substances', label: 'Drugs or alcohol' },
                { code: 'offending', label: 'Offending' },
                { code: 'physical_health', label: 'Physical health' },
                { code: 'abuse', label: 'Abuse or exploitation' },
              ],
            },
            { code: 'agrees', type: 'yes-no', label: 'Does the person agree to this?', name: 'they agree', required: true },
            {
              code: 'without',
              type: 'long-text',
              label: 'On what ground do you refer without it?',
              name: 'the ground',
              shownWhen: '!agrees',
              required: true,
              rows: 2,
              maxLength: 2000,
            },
          ],
        },
      ],
    },
  ],
}

/** What everybody at the table reads and writes of one person, between meetings too. */
export const mdtShared: FormDefinition = {
  code: 'mdt-shared',
  title: 'What we know and do together',
  version: 2,
  provenance: ours,
  pages: [
    {
      code: 'person',
      title: 'The person',
      sections: [
        {
          code: 'demographics',
          title: 'About them',
          questions: [
            { code: 'called', type: 'text', label: 'What they like to be called', maxLength: 100 },
            {
              code: 'gender',
              type: 'choice',
              label: 'Gender',
              options: [
                { code: 'female', label: 'Female' },
                { code: 'male', label: 'Male' },
                { code: 'other', label: 'Another gender' },
                { code: 'not_said', label: 'Prefers not to say' },
              ],
            },
            { code: 'ethnicity', type: 'text', label: 'Ethnicity, in their words', maxLength: 100 },
            { code: 'language', type: 'text', label: 'Language and interpreter', maxLength: 200 },
            { code: 'communicates', type: 'long-text', label: 'Disability, and what helps them to communicate', rows: 2, maxLength: 1000 },
            { code: 'doctor', type: 'text', label: 'GP practice', maxLength: 200 },
            { code: 'money', type: 'text', label: 'Work, benefits and money', maxLength: 300 },
            { code: 'reach', type: 'long-text', label: 'How to reach them', rows: 2, maxLength: 1000 },
            {
              code: 'around',
              type: 'table',
              label: 'Who matters to them',
              rowName: 'person',
              columns: [
                { code: 'who', type: 'text', label: 'Who', required: true, maxLength: 200 },
                { code: 'to_them', type: 'text', label: 'What they are to them', maxLength: 100 },
                { code: 'may_know', type: 'yes-no', label: 'May we speak with them?' },
              ],
            },
          ],
        },
        {
          code: 'addresses',
          title: 'Where they live and stay',
          questions: [
            {
              code: 'addresses',
              type: 'table',
              label: 'Addresses',
              rowName: 'address',
              columns: [
                { code: 'where', type: 'text', label: 'Where', required: true, maxLength: 300 },
                { code: 'postcode', type: 'postcode', label: 'Postcode' },
                { code: 'kind', type: 'text', label: 'What it is', hint: 'Home, hostel, a friend’s sofa, a doorway', maxLength: 100 },
                { code: 'since', type: 'date', label: 'Since', within: 'past' },
                { code: 'until', type: 'date', label: 'Until', within: 'past' },
              ],
            },
          ],
        },
      ],
    },
    {
      code: 'needs',
      title: 'Needs and risks',
      sections: [
        {
          code: 'needs',
          title: 'Needs and support',
          questions: [
            {
              code: 'needs',
              type: 'table',
              label: 'Needs',
              rowName: 'need',
              columns: [
                { code: 'need', type: 'text', label: 'Need', required: true, maxLength: 300 },
                {
                  code: 'stands',
                  type: 'choice',
                  label: 'Where it stands',
                  look: 'select',
                  options: [
                    { code: 'unmet', label: 'Nothing meets it' },
                    { code: 'partly', label: 'Partly met' },
                    { code: 'met', label: 'Met' },
                  ],
                },
                { code: 'support', type: 'long-text', label: 'What support there is, and from whom', maxLength: 1000 },
              ],
            },
            { code: 'wants', type: 'long-text', label: 'What they want, in their words', rows: 3, maxLength: 3000 },
          ],
        },
        {
          code: 'risks',
          title: 'Risks',
          questions: [
            {
              code: 'risks',
              type: 'table',
              label: 'Risks',
              rowName: 'risk',
              columns: [
                { code: 'risk', type: 'text', label: 'Risk', required: true, maxLength: 300 },
                { code: 'to', type: 'text', label: 'To whom', maxLength: 200 },
                {
                  code: 'level',
                  type: 'choice',
                  label: 'How high',
                  look: 'select',
                  options: [
                    { code: 'high', label: 'High' },
                    { code: 'medium', label: 'Medium' },
                    { code: 'low', label: 'Low' },
                  ],
                },
                { code: 'keeps_safe', type: 'long-text', label: 'What keeps people safe', maxLength: 1000 },
              ],
            },
          ],
        },
      ],
    },
    {
      code: 'plan',
      title: 'Plan',
      sections: [
        {
          code: 'plan',
          title: 'Plan',
          hint: 'What the team is after. Who does what by when stands in the actions.',
          questions: [
            {
              code: 'goals',
              type: 'table',
              label: 'Goals',
              rowName: 'goal',
              columns: [
                { code: 'goal', type: 'text', label: 'Goal', required: true, maxLength: 300 },
                { code: 'how', type: 'long-text', label: 'How, and who leads', maxLength: 1000 },
                {
                  code: 'reached',
                  type: 'choice',
                  label: 'Where it stands',
                  look: 'select',
                  options: [
                    { code: 'not-begun', label: 'Not begun' },
                    { code: 'under-way', label: 'Under way' },
                    { code: 'reached', label: 'Reached' },
                    { code: 'given-up', label: 'Given up' },
                  ],
                },
                { code: 'review', type: 'date', label: 'Looked at again on' },
              ],
            },
            { code: 'crisis', type: 'long-text', label: 'What to do in a crisis', rows: 3, maxLength: 3000 },
          ],
        },
      ],
    },
  ],
}

export const mdtResearch: FormDefinition = {
  code: 'mdt-research',
  title: 'What your agency brings',
  version: 1,
  provenance: ours,
  pages: [
    {
      code: 'brings',
      title: 'What your agency brings',
      sections: [
        {
          code: 'brings',
          title: 'For the next meeting',
          questions: [
            {
              code: 'news',
              type: 'long-text',
              label: 'What has happened since, and what do you bring?',
              name: 'what you bring',
              required: true,
              rows: 5,
              maxLength: 4000,
            },
          ],
        },
      ],
    },
  ],
}
