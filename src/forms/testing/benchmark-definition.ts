/** Sixty questions on one page, of the mix that assessments have: the form that the benchmark renders and saves. */
export const benchmarkDefinition = {
  code: 'sixty-questions',
  title: 'Sixty questions',
  version: 1,
  pages: [
    {
      code: 'all',
      title: 'All questions',
      sections: Array.from({ length: 6 }, (_, part) => ({
        code: `part-${part + 1}`,
        title: `Part ${part + 1}`,
        questions: [
          { code: `name_${part}`, type: 'text', label: 'Name', required: true },
          { code: `when_${part}`, type: 'date', label: 'Date seen', within: 'past' },
          { code: `seen_${part}`, type: 'yes-no', label: 'Was the child seen?', name: 'the child was seen', required: true },
          { code: `why_not_${part}`, type: 'long-text', label: 'Why not?', name: 'why not', shownWhen: `!seen_${part}`, required: true },
          {
            code: `level_${part}`,
            type: 'choice',
            label: 'Level of need',
            options: [
              { code: 'none', label: 'None', score: 0 },
              { code: 'some', label: 'Some', score: 1 },
              { code: 'high', label: 'High', score: 2 },
            ],
          },
          { code: `notes_${part}`, type: 'long-text', label: 'What was seen and heard', maxLength: 4000 },
          {
            code: `worries_${part}`,
            type: 'choices',
            label: 'Worries',
            options: ['Food', 'Heating', 'Rent', 'Debt', 'Safety'].map(label => ({ code: label.toLowerCase(), label })),
          },
          { code: `days_${part}`, type: 'number', label: 'Days', min: 0, max: 28 },
          { code: `carer_${part}`, type: 'person', label: 'Carer', required: `level_${part} == 'high'` },
          { code: `own_words_${part}`, type: 'long-text', label: 'In their own words', rows: 4 },
        ],
      })),
    },
  ],
}
