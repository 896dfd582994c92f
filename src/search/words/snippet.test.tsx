import { renderToString } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'
import { foldedWords } from '../../texts/index.ts'
import { leftOut, markBegins, markEnds } from './find-texts.ts'
import { Snippet } from './snippet.tsx'

const headline = (text: string) => text.replaceAll('[', markBegins).replaceAll(']', markEnds).replaceAll('…', leftOut)
const shown = (found: string, written: string) => renderToString(<Snippet headline={headline(found)} written={written} />)

describe('a snippet', () => {
  it.each([
    ['Zoe was [home]', 'Zoë was home', '<p class="ly-found__words">Zoë was <mark>home</mark></p>'],
    ['[Zoe] was', 'Zoë was home', '<p class="ly-found__words"><mark>Zoë</mark> was …</p>'],
    [
      'was [home]…the [home] again',
      'He was home. Later he left the home again.',
      '<p class="ly-found__words">… was <mark>home</mark> … the <mark>home</mark> again …</p>',
    ],
    ['a [b] & <i>c</i>', 'a b & <i>c</i>', '<p class="ly-found__words">a <mark>b</mark> &amp; &lt;i>c&lt;/i></p>'],
    ['', '', ''],
  ])('of “%s” shows the words as they were written', (found, written, html) => {
    expect(shown(found, written)).toBe(html)
  })

  it.each([
    ['An [ark] outside', 'Seen: An <mark>ark</mark> outside'],
    ['outside\nHis [aunt] Zoe, and', 'With whom? His <mark>aunt</mark> Zoë, and …'],
    [
      'An [ark] outside\nHis aunt Zoe, and the [ark]',
      'Seen: An <mark>ark</mark> outside|With whom? His aunt Zoë, and the <mark>ark</mark> …',
    ],
    ['[aunt]…[cat]', 'With whom? … <mark>aunt</mark> … <mark>cat</mark>'],
  ])('of a form shows of “%s” the answers that have the words, each after its question', (found, lines) => {
    const answers = [
      { question: 'Seen', words: 'An ark outside' },
      { question: 'With whom?', words: 'His aunt Zoë, and the ark\nand a cat' },
    ]
    const html = renderToString(<Snippet headline={headline(found)} written={answers.map(one => one.words).join('\n')} answers={answers} />)
    expect([...html.matchAll(/<p class="ly-found__words">(.*?)<\/p>/gs)].map(([, line]) => line).join('|')).toBe(lines)
  })

  it('puts no question before words that are no longer its answer', () => {
    const written = 'An ark outside'
    const html = renderToString(
      <Snippet headline={headline('An [ark] outside')} written={written} answers={[{ question: 'Seen', words: 'A boat' }]} />,
    )
    expect(html).toBe('<p class="ly-found__words">An <mark>ark</mark> outside</p>')
  })

  it('never takes what was written for a mark of its own', () => {
    expect(shown('<mark>no</mark> [yes]', '<mark>no</mark> yes')).toBe(
      '<p class="ly-found__words">&lt;mark>no&lt;/mark> <mark>yes</mark></p>',
    )
  })

  it('finds letters at their places, however many bytes they have', () => {
    expect(foldedWords('Łódź 😀 Đặng').length).toBe('Łódź 😀 Đặng'.length)
    expect(foldedWords('Łódź Đặng O’Brien')).toBe("Lodz Dang O'Brien")
  })
})
