import { describe, expect, test } from 'vitest'
import { inPlace, linksIn, mentionsIn, numbered, readMessage, withoutOrigin } from './conversation.ts'

const id = '0192b1a2-0000-7000-8000-00000000000a'
const tamsin = { principal: 1, name: 'Tamsin Rowe' }
const ravi = { principal: 2, name: 'Ravi Shah' }
const raviToo = { principal: 3, name: 'Ravi Shahid' }

describe('who a message calls by name', () => {
  test.each([
    ['in full', '@Tamsin Rowe can you ring?', [tamsin, ravi], [1]],
    ['by the first name, where there is one of it', 'ask @ravi.', [tamsin, ravi], [2]],
    ['nobody, where two have it', '@Ravi?', [ravi, raviToo], []],
    ['the longer name, where one begins the other', '@Ravi Shahid', [ravi, raviToo], [3]],
    ['both, where two are called the same', '@Ravi Shah', [ravi, { ...ravi, principal: 4 }], [2, 4]],
    ['nobody who is not in the conversation', '@Demelza', [tamsin, ravi], []],
    ['nobody in an email address', 'write to me@tamsin', [tamsin], []],
    ['nobody whose name only begins so', '@Tamsinia', [tamsin], []],
    ['each, once for every call', '@Tamsin and @Ravi and @Tamsin', [tamsin, ravi], [1, 2, 1]],
  ])('%s', (_, words, members, principals) => {
    expect(mentionsIn(words, members).map(one => one.principal)).toEqual(principals)
  })
})

describe('where a message leads', () => {
  test.each([
    ['a person', `see /people/${id}`, [`/people/${id}`]],
    ['a case', `/cases/${id}.`, [`/cases/${id}`]],
    ['a document of a case', `/cases/${id}/documents/${id}`, [`/cases/${id}/documents/${id}`]],
    ['an action', `(/tasks/${id})`, [`/tasks/${id}`]],
    [
      'a date, an item or an action of a meeting',
      `/meetings/dates/${id}, /meetings/items/${id}`,
      [`/meetings/dates/${id}`, `/meetings/items/${id}`],
    ],
    ['no other page of meetings', `/meetings/series/${id}`, []],
    ['nowhere else in the product', `/users/${id} /sign-out`, []],
    ['nowhere on another host', `https://elsewhere.example/people/${id}`, []],
  ])('%s', (_, words, links) => expect(linksIn(words).map(link => link.path)).toEqual(links))

  const origin = 'https://lanyard.example.gov.uk'

  test('an address of ours that was pasted is kept as its path', () => {
    expect(withoutOrigin(`${origin}/people/${id}?tab=2#x and ${origin}/users`, origin)).toBe(`/people/${id} and ${origin}/users`)
  })

  test.each([
    ['ends a sentence', `Ask ${origin}/people/${id}. Then ring`, `Ask /people/${id}. Then ring`],
    ['stands in brackets, of a page further on', `(${origin}/cases/${id}/notes?of=2), today`, `(/cases/${id}), today`],
    ['is asked about', `Is it ${origin}/tasks/${id}/? Or not`, `Is it /tasks/${id}? Or not`],
    ['stands in quotation marks', `“${origin}/people/${id}#facts”!`, `“/people/${id}”!`],
    ['is none of ours', `${origin}/people/${id}0 it is`, `${origin}/people/${id}0 it is`],
  ])('the words round one that %s stay as they were', (_, pasted, kept) => expect(withoutOrigin(pasted, origin)).toBe(kept))
})

describe('words that are edited', () => {
  const [first, second] = [`/people/${id}`, `/cases/${id}`]

  test('hold a number where a link stands, the same for the same one, and are put together again letter for letter', () => {
    const words = `Ring ${first} (of ${second}), then ${first}.\n${second}`
    const shown = numbered(words)
    expect(shown).toEqual({ words: 'Ring [link 1] (of [link 2]), then [link 1].\n[link 2]', links: [first, second] })
    expect(inPlace(shown.words, shown.links)).toBe(words)
  })

  test('lose the link whose number is taken out, keep it apart from what is written up to it, and leave other brackets alone', () => {
    expect(inPlace('Only [link 2]', [first, second])).toBe(`Only ${second}`)
    expect(inPlace('call[link 1][link 2]now', [first, second])).toBe(`call ${first} ${second} now`)
    expect(inPlace('[link 3] [link x] [link]', [first])).toBe('[link 3] [link x] [link]')
  })

  test('may be as long as before though their addresses are longer', () => {
    expect(readMessage(`${'x'.repeat(3_999)} ${first}`).ok).toBe(true)
    expect(readMessage(`${first} `.repeat(200)).ok).toBe(false)
  })
})

test.each([
  ['', 'Enter a message'],
  [' \n ', 'Enter a message'],
  ['x'.repeat(4_001), 'Message must be 4,000 characters or fewer'],
])('a message is refused in words: %j', (typed, message) => expect(readMessage(typed)).toEqual({ ok: false, message }))
