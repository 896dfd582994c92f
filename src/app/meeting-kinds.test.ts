import { describe, expect, test } from 'vitest'
import type { Question } from '../forms/index.ts'
import { meetingKinds } from './meeting-kinds.ts'

describe.each(meetingKinds)('a kind of meeting: $name', kind => {
  const sections = kind.referral.pages.flatMap(page => page.sections)
  const withQuestion = (code: string) => sections.find(section => section.questions.some((one: Question) => one.code === code))

  test('keeps whom it is about in the part of the section that names them: what is withheld and put right there is so of them', () => {
    for (const party of kind.parties) {
      const section = withQuestion(party.from === 'questions' ? party.family : party.table)
      expect([party.role, kind.partOfSection[section!.code]]).toEqual([party.role, party.part])
    }
  })

  test('asks for its checklist and its criteria among the free words: an item shows them to nobody from whom those are kept', () => {
    for (const code of [kind.score, kind.criterion].filter(one => one !== null))
      expect([code, kind.partOfSection[withQuestion(code)!.code]]).toEqual([code, 'words'])
  })

  test('names sections that there are', () => {
    const all = [...sections, ...(kind.shared?.pages.flatMap(page => page.sections) ?? [])].map(section => section.code)
    for (const code of Object.keys(kind.partOfSection)) expect(all).toContain(code)
  })
})
