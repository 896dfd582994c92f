import type { FormDefinition } from '../forms/index.ts'

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
            {
              code: 'warnings',
              type: 'choice',
              label: 'The latest step that your agency took',
              look: 'select',
              options: { list: 'asb-warning-stage' },
            },
            { code: 'offers', type: 'long-text', label: 'What your agency can do', rows: 3, maxLength: 2000 },
          ],
        },
      ],
    },
  ],
}
