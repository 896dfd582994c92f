import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clientIdCapacity, clientIdFromSequence, formatClientId, isClientId, parseClientId, sequenceOfClientId } from './client-id.ts'

const anySequence = fc.integer({ min: 0, max: clientIdCapacity - 1 })
const alphabet = '0123456789ABCDEFGHJKMNPQRTVWXYZ'

describe('the client id', () => {
  it('[U25] is one id for one person: the sequence can be had back from it', () => {
    fc.assert(
      fc.property(anySequence, n => {
        const id = clientIdFromSequence(n)
        expect(isClientId(id)).toBe(true)
        expect(sequenceOfClientId(id)).toBe(n)
      }),
    )
  })

  it('[U25] finds every single wrong character', () => {
    fc.assert(
      fc.property(anySequence, fc.integer({ min: 0, max: 6 }), fc.integer({ min: 1, max: 30 }), (n, place, shift) => {
        const id = clientIdFromSequence(n)
        const other = alphabet.charAt((alphabet.indexOf(id.charAt(place)) + shift) % 31)
        expect(parseClientId(`${id.slice(0, place)}${other}${id.slice(place + 1)}`)).toMatchObject({ ok: false, error: 'check-character' })
      }),
    )
  })

  it('[U25] finds any two characters exchanged', () => {
    const twoPlaces = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 }))
    fc.assert(
      fc.property(anySequence, twoPlaces, (n, [i, j]) => {
        const characters = [...clientIdFromSequence(n)]
        fc.pre(characters[i] !== characters[j])
        const swapped = characters.map((character, place) => (place === i ? characters[j] : place === j ? characters[i] : character))
        expect(parseClientId(swapped.join('')).ok).toBe(false)
      }),
    )
  })

  it('does not give neighbours ids that look alike', () => {
    const ids = Array.from({ length: 1_000 }, (_, n) => clientIdFromSequence(n))
    expect(new Set(ids).size).toBe(1_000)
    const alike = ids.slice(1).filter((id, n) => id.slice(0, 3) === ids[n]?.slice(0, 3))
    expect(alike.length).toBeLessThan(5)
  })

  it('is read as people write it', () => {
    const id = clientIdFromSequence(7)
    const shown = formatClientId(id)
    for (const typed of [shown, `LY ${shown}`, `ly${id.toLowerCase()}`, ` ${shown.replaceAll('-', ' ')} `, shown.replaceAll('-', '–')]) {
      expect(parseClientId(typed)).toEqual({ ok: true, value: id })
    }
  })

  it('takes O for 0, and I and L for 1', () => {
    const id = Array.from({ length: 50_000 }, (_, n) => clientIdFromSequence(n)).find(each => each.includes('0') && each.includes('1'))
    expect(id).toBeDefined()
    if (id) {
      expect(parseClientId(id.replaceAll('0', 'o').replaceAll('1', 'l'))).toEqual({ ok: true, value: id })
      expect(parseClientId(id.replaceAll('0', 'O').replaceAll('1', 'I'))).toEqual({ ok: true, value: id })
    }
  })

  it.each(['', '4K7', '4K7-Q92-88-1', 'SSSSSSS', 'Penrose'])('refuses %s', typed => {
    expect(parseClientId(typed)).toMatchObject({ ok: false, error: 'not-a-client-id' })
  })

  it('refuses numbers that it has no id for', () => {
    for (const n of [-1, 1.5, clientIdCapacity]) expect(() => clientIdFromSequence(n)).toThrow(RangeError)
  })
})
