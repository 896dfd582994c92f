import { describe, expect, it } from 'vitest'
import { soundsAlike, soundsLikeKeys } from './sounds-like.ts'

describe('names that sound alike', () => {
  it.each([
    ['Smith', 'Smyth'],
    ['Catherine', 'Kathryn'],
    ['Penrose', 'Penroze'],
    ['Stephen', 'Steven'],
    ['Thompson', 'Tomson'],
    ['Trevithick', 'Trevithic'],
    ['Mohammed', 'Muhammad'],
    ["O'Brien", 'Obrian'],
    ['Nguyễn', 'Nguyen'],
    ['Szymański', 'Szymanski'],
    ['Smith-Jones', 'Smyth'],
  ])('%s and %s', (a, b) => {
    expect(soundsAlike(a, b)).toBe(true)
  })

  it.each([
    ['Smith', 'Jones'],
    ['Penrose', 'Trevithick'],
    ['Шевченко', 'Шевченко'],
    ['', 'Smith'],
  ])('but not %s and %s', (a, b) => {
    expect(soundsAlike(a, b)).toBe(false)
  })

  it('has keys only for words in Latin letters', () => {
    expect(soundsLikeKeys('Олена')).toEqual([])
    expect(soundsLikeKeys('Jo')).toEqual(['J', 'A'])
  })
})
