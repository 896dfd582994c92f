import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldName, formatName, nameWords, readNamePart, spokenName, tidyName } from './names.ts'

describe('showing a name', () => {
  it.each([
    ['Jago', 'Penrose', 'PENROSE, Jago', 'Jago Penrose'],
    ['Zoë', "O'Brien", "O'BRIEN, Zoë", "Zoë O'Brien"],
    ['Suharto', null, 'SUHARTO', 'Suharto'],
    [null, 'Penrose', 'PENROSE', 'Penrose'],
    ['Олена', 'Шевченко', 'ШЕВЧЕНКО, Олена', 'Олена Шевченко'],
    ['محمد', 'الخطيب', 'الخطيب, محمد', 'محمد الخطيب'],
    [null, null, 'NAME NOT KNOWN', 'Name not known'],
  ])('%s %s is %s', (given, family, shown, spoken) => {
    expect(formatName({ given, family })).toBe(shown)
    expect(spokenName({ given, family })).toBe(spoken)
  })
})

describe('reading a name', () => {
  it.each([
    ['  Mary  Jane ', 'Mary Jane'],
    ['O’Brien', "O'Brien"],
    ['Zoe\u0308', 'Zoë'],
    ['Smith-Jones', 'Smith-Jones'],
    ['', null],
    ['   ', null],
  ])('[U11] takes “%s” as %s', (typed, name) => {
    expect(readNamePart(typed)).toEqual({ ok: true, value: name })
  })

  it.each(['123', '<b>Jo</b>', 'J0', '-', 'x'.repeat(101), 'Jo#1'])('[U16] refuses “%s”', typed => {
    expect(readNamePart(typed, 'Surname').ok).toBe(false)
  })
})

describe('the folded name', () => {
  it.each([
    ['Zoë', 'zoe'],
    ["O'Brien", 'obrien'],
    ['O’Brien', 'obrien'],
    ['Smith-Jones', 'smith jones'],
    ['Łukasz', 'lukasz'],
    ['Strauß', 'strauss'],
    ['Nguyễn', 'nguyen'],
    ['Bjørn', 'bjorn'],
    ['ШЕВЧЕНКО', 'шевченко'],
    ['محمد', 'محمد'],
    ['देवी', 'देवी'],
    ['李', '李'],
    ['St. John', 'st john'],
  ])('[F22] of %s is %s', (name, folded) => {
    expect(foldName(name)).toBe(folded)
  })

  it('does not change when folded again, and does not care how the letters are composed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), name => {
        const folded = foldName(name)
        expect(foldName(folded)).toBe(folded)
        expect(foldName(name.normalize('NFD'))).toBe(foldName(name.normalize('NFC')))
        expect(tidyName(tidyName(name))).toBe(tidyName(name))
      }),
    )
  })

  it.each([
    ['Smith-Jones', ['smith', 'jones', 'smithjones']],
    ['Mac Donald', ['mac', 'donald', 'macdonald']],
    ["O'Brien", ['obrien']],
    ['Mary Jane', ['mary', 'jane']],
    ['', []],
  ])('%s is found by %j', (name, words) => {
    expect(nameWords(name)).toEqual(words)
  })
})
