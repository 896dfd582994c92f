import { describe, expect, test } from 'vitest'
import { minutesInWords, parseMinutes } from './duration.ts'

describe('how long a contact took', () => {
  test.each([
    ['55', 55],
    [' 5 minutes ', 5],
    ['1:30', 90],
    ['1h', 60],
    ['1 hour', 60],
    ['2 hours 15', 135],
    ['1h 5m', 65],
    ['1 hour and 30 minutes', 90],
    ['24:00', 1440],
    ['0', undefined],
    ['1441', undefined],
    ['24:01', undefined],
    ['1:75', undefined],
    ['-5', undefined],
    ['half an hour', undefined],
    ['1.5', undefined],
    ['', undefined],
  ])('%j is read as %s', (typed, minutes) => {
    expect(parseMinutes(typed)).toBe(minutes)
  })

  test.each([
    [55, '55 minutes'],
    [60, '1 hour'],
    [61, '1 hour 1 minute'],
    [1440, '24 hours'],
  ])('%d is said as %s', (minutes, words) => {
    expect(minutesInWords(minutes)).toBe(words)
    expect(parseMinutes(words)).toBe(minutes)
  })
})
