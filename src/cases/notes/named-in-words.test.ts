import { describe, expect, test } from 'vitest'
import { namesIn } from './named-in-words.ts'

const name = (given: string | null, family: string | null) => ({ given, family })

describe('names in words that are for several records', () => {
  test.each([
    ['Jago spoke of the move', [name('Jago', 'Penrose')], ['Jago']],
    ['Mrs Angove came late', [name('Elowen', 'Angove')], ['Angove']],
    ['ANGOVE came, and angove left', [name('Elowen', 'Angove'), name('Jory', 'Angove')], ['Angove']],
    ['O’Brien’s sister rang', [name('Zoë', "O'Brien")], ["O'Brien"]],
    ['zoe sang', [name('Zoë', null)], ['Zoë']],
    ['Mrs Jones came', [name('Ann', 'Smith-Jones')], ['Jones']],
    ['Jane was there', [name('Mary Jane', 'Rowe')], ['Jane']],
    ['Everybody walked van and all', [name('Anna', 'van Berg')], []],
    ['We spoke of sleep', [name('Jago', 'Penrose'), name(null, 'Rowe')], []],
    ['J came', [name('J', null)], []],
  ])('%s', (words, names, found) => {
    expect(namesIn(words, names)).toEqual(found)
  })
})
