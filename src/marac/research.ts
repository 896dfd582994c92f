import type { FormDefinition } from '../forms/index.ts'

const ours = { source: 'Lanyard’s own, from what MARAC guidance asks agencies to bring', verified: false } as const

/** What each agency is asked before the meeting. */
export const maracResearch: FormDefinition = {
  code: 'marac-research',
  title: 'What your agency knows',
  version: 1,
  provenance: ours,
  pages: [
    {
      code: 'research',
      title: 'What your agency knows',
      sections: [
        {
          code: 'research',
          title: 'What you hold',
          hint: 'Only what bears on the risk to somebody in this case. Say what is fact and what is opinion.',
          questions: [
            {
              code: 'known',
              type: 'long-text',
              label: 'What does the meeting need to know from you?',
              name: 'what the meeting needs to know',
              required: true,
              rows: 6,
              maxLength: 6000,
            },
            { code: 'last_contact', type: 'date', label: 'When you last had contact', within: 'past' },
            { code: 'risks', type: 'long-text', label: 'Risks, also to staff', rows: 3, maxLength: 2000 },
            { code: 'offers', type: 'long-text', label: 'What your agency can do', rows: 3, maxLength: 2000 },
          ],
        },
      ],
    },
  ],
}

/** The advocate speaks with the victim before the meeting, and brings what they say. */
export const advocateContact: FormDefinition = {
  code: 'marac-advocate',
  title: 'Contact before the meeting',
  version: 1,
  provenance: ours,
  pages: [
    {
      code: 'contact',
      title: 'Contact before the meeting',
      sections: [
        {
          code: 'contact',
          title: 'Contact with the victim',
          questions: [
            {
              code: 'contacted',
              type: 'yes-no',
              label: 'Have you spoken with them?',
              name: 'you have spoken with them',
              required: true,
            },
            {
              code: 'contacted_on',
              type: 'date',
              label: 'When',
              name: 'when you spoke with them',
              shownWhen: 'contacted',
              required: true,
              within: 'past',
            },
            {
              code: 'tried',
              type: 'long-text',
              label: 'What have you tried?',
              name: 'what you have tried',
              shownWhen: '!contacted',
              required: true,
              rows: 3,
              maxLength: 2000,
            },
            {
              code: 'wishes',
              type: 'long-text',
              label: 'What they say and want, in their words',
              name: 'what they say',
              shownWhen: 'contacted',
              required: true,
              rows: 5,
              maxLength: 4000,
            },
            { code: 'supported', type: 'yes-no', label: 'Do they take up support?', shownWhen: 'contacted' },
            { code: 'safe_now', type: 'long-text', label: 'How it is safe to reach them now', rows: 2, maxLength: 1000 },
            { code: 'known', type: 'long-text', label: 'What else does the meeting need to know?', rows: 4, maxLength: 4000 },
          ],
        },
      ],
    },
  ],
}
