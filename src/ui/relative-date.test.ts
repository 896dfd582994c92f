import { renderToString } from 'preact-render-to-string'
import { describe, expect, test } from 'vitest'
import { asPlainDate } from '../platform/plain-date.ts'
import { Due, dueWords, relativeDay, shortDay, When } from './relative-date.tsx'

const today = asPlainDate('2026-11-17')

describe('a day beside today', () => {
  test.each([
    ['2026-11-17', 'today', 'today', false],
    ['2026-11-18', 'tomorrow', 'tomorrow', false],
    ['2026-11-19', 'in 2 days', 'in 2 days', false],
    ['2026-11-16', 'yesterday', '1 day overdue', true],
    ['2026-11-14', '3 days ago', '3 days overdue', true],
    ['2025-11-17', '365 days ago', '365 days overdue', true],
  ])('%s is %s, and as a due date %s', (date, relative, due, overdue) => {
    expect(relativeDay(asPlainDate(date), today)).toBe(relative)
    expect(dueWords(asPlainDate(date), today)).toEqual({ words: due, overdue })
  })

  test('counts calendar days over the change of the clocks', () => {
    expect(relativeDay(asPlainDate('2026-10-26'), asPlainDate('2026-10-24'))).toBe('in 2 days')
    expect(relativeDay(asPlainDate('2026-03-30'), asPlainDate('2026-03-28'))).toBe('in 2 days')
  })
})

test('a short day names its weekday this year, and its year otherwise', () => {
  expect(shortDay(asPlainDate('2026-11-19'), today)).toBe('Thu 19 Nov')
  expect(shortDay(asPlainDate('2027-01-03'), today)).toBe('3 Jan 2027')
})

test('what is near is told in words with its date under them, what is far by its date alone', () => {
  const shown = (date: string) => renderToString(Due({ date: asPlainDate(date), today })).replace(/<[^>]+>/g, '|')
  expect(shown('2026-11-14')).toBe('||3 days overdue||Sat 14 Nov||')
  expect(shown('2026-11-17')).toBe('||Today||')
  expect(shown('2026-11-19')).toBe('||In 2 days||Thu 19 Nov||')
  expect(shown('2026-12-18')).toBe('||Fri 18 Dec||')
})

test('lateness is in the words and in the class', () => {
  expect(renderToString(Due({ date: asPlainDate('2026-11-16'), today, time: '14:00' }))).toBe(
    '<time datetime="2026-11-16" class="ly-due"><span class="ly-due--late">1 day overdue</span> 14:00<span class="ly-second">Mon 16 Nov</span></time>',
  )
  expect(renderToString(When({ date: asPlainDate('2026-11-12'), today }))).toBe('<time datetime="2026-11-12">5 days ago</time>')
  expect(renderToString(When({ date: asPlainDate('2026-08-12'), today }))).toBe('<time datetime="2026-08-12">Wed 12 Aug</time>')
})
