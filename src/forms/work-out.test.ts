import { describe, expect, test } from 'vitest'
import { formOf } from './definition/check.ts'
import { someSurroundings as around } from './testing/answers.ts'
import { workOut } from './work-out.ts'

const level = (code: string, score: number) => ({ code, label: code, score })
const scored = (code: string) => ({ code, type: 'choice', label: code, options: [level('none', 0), level('much', 3)] })
const form = formOf({
  code: 'needs',
  title: 'Needs',
  version: 1,
  pages: [
    {
      code: 'all',
      title: 'All',
      sections: [
        { code: 'home', title: 'Home', questions: [scored('home_need')] },
        { code: 'family', title: 'Family', questions: [scored('family_need')] },
        {
          code: 'level',
          title: 'Level',
          questions: [
            {
              code: 'total',
              type: 'score',
              label: 'Level of need',
              of: ['home_need', 'family_need'],
              bands: [
                { code: 'low', from: 0, label: 'Low' },
                { code: 'high', from: 4, label: 'High' },
              ],
            },
            { code: 'doubled', type: 'calculated', label: 'Twice', result: 'number', expression: 'total * 2.0' },
          ],
        },
      ],
    },
  ],
})

describe('what is worked out of a section that is kept from somebody', () => {
  const sections = new Set(['home', 'family', 'level'])

  test('[E5] is told to whoever sees all of it', () => {
    const { answers, shown } = workOut(form, { home_need: 'much', family_need: 'much' }, around, sections)
    expect(answers['total']).toMatchObject({ score: 6, band: 'high' })
    expect(shown).toContain('doubled')
  })

  test('[E5] is not there at all for whoever does not: no lower level, no count of what is answered, nothing that follows from it', () => {
    const seen = new Set(['home', 'level'])
    const { answers, shown, scope } = workOut(form, { home_need: 'much' }, around, seen)
    expect(answers).toEqual({ home_need: 'much' })
    expect([...shown]).not.toEqual(expect.arrayContaining(['total']))
    expect([...shown]).not.toEqual(expect.arrayContaining(['doubled']))
    expect(scope['total_band']).toBeUndefined()
  })
})
