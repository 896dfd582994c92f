import { describe, expect, test } from 'vitest'
import { readWording } from '../markup/wording.ts'
import type { Block, Paper } from '../paper/paper.ts'
import { actualTexts, inRole, readPdf } from '../testing/read-pdf.ts'
import { paperAsPdf } from './paper-as-pdf.ts'
import { setLines } from './set-lines.ts'
import { notInTypeface } from './typefaces.ts'

const now = new Date('2026-11-20T09:30:00Z')
const drawing = {
  strokes: [
    [
      [10, 10],
      [500, 200],
    ],
  ],
} as const // prettier
const paper = (wording: string, more: Partial<Paper> = {}): Paper => {
  const read = readWording(wording)
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return { title: 'Letter to Jago', language: 'en-GB', largePrint: false, foot: 'EH-26-0412', blocks: read.parts as Block[], ...more }
}
const made = async (given: Paper) => readPdf(await paperAsPdf(given, now))

describe('[F16] a PDF that a screen reader reads as it is meant', () => {
  const wording =
    '# Your plan\n\nDear Jago, **come**.\n\n## What we do\n\n1. First\n2. Second\n\n| What | Who |\n| --- | --- |\n| Ring | Tamsin |\n'

  test('it says its title and language, and claims PDF/UA', async () => {
    const content = await paperAsPdf(paper(wording), now)
    expect(await readPdf(content)).toMatchObject({ title: 'Letter to Jago', language: 'en-GB', pages: 1 })
    expect(content.toString('latin1')).toContain('<pdfuaid:part>1</pdfuaid:part>')
    expect(content.toString('latin1')).toMatch(/\/MarkInfo|\/Marked true/)
  })

  test('headings, paragraphs, lists and tables are what they are, in the order of reading', async () => {
    const { elements } = await made(paper(wording))
    const [document] = elements
    expect(document?.role).toBe('Document')
    expect(document?.children.map(({ role, words }) => `${role} ${words}`.trim())).toEqual([
      'H1 Your plan',
      'P Dear Jago, come.',
      'H2 What we do',
      'L',
      'Table',
    ])
    expect(inRole(elements, 'LI').map(item => item.children.map(({ role, words }) => `${role} ${words}`))).toEqual([
      ['Lbl 1.', 'LBody First'],
      ['Lbl 2.', 'LBody Second'],
    ])
    expect(inRole(elements, 'TH').map(cell => cell.words)).toEqual(['What', 'Who'])
    expect(inRole(elements, 'TD').map(cell => cell.words)).toEqual(['Ring', 'Tamsin'])
  })

  test('a drawn signature has words in its place, and the foot of the page is not read out', async () => {
    const signature = {
      kind: 'signature',
      signature: { by: 'Tamsin Rowe', drawing, words: 'Signed by Tamsin Rowe' },
      lines: ['Tamsin Rowe'],
    } as const
    const read = await made(paper('', { blocks: [signature] }))
    expect(inRole(read.elements, 'Figure')).toMatchObject([{ alt: 'Signature of Tamsin Rowe' }])
    expect(read.text).toContain('Signed by Tamsin Rowe')
    expect(read.text).not.toContain('Page 1')
    expect(read.artifacts).toContain('EH-26-0412 · Page 1 of 1')
  })

  test('a long letter goes on over pages and stays one document', async () => {
    const long = Array.from({ length: 24 }, (_, place) => `Paragraph ${place} ${'goes on and on '.repeat(8)}.`).join('\n\n')
    const read = await made(paper(long))
    expect(read.pages).toBe(2)
    expect(inRole(read.elements, 'P')).toHaveLength(24)
    expect((await made(paper(long, { largePrint: true }))).pages).toBeGreaterThan(read.pages)
  })

  test('a table that is longer than a page, and a word that is longer than a line', async () => {
    const rows = Array.from({ length: 20 }, (_, place) => `| row ${place} | ${'x'.repeat(300)} |`).join('\n')
    const read = await made(paper(`| a | b |\n| --- | --- |\n${rows}`))
    expect(inRole(read.elements, 'TD').filter(cell => cell.words.startsWith('row'))).toHaveLength(20)
  })
})

describe('[F16] names of every script that the typeface has', () => {
  test.each(['Łukasz Żółć', 'Олена Їжаченко', 'Ελένη Παπαδοπούλου', 'Đặng Thị Ánh', 'Ştefan Țîrlea'])('%s', async name => {
    const { elements } = await made(paper(`Dear ${name},`))
    expect(inRole(elements, 'P').map(one => one.words)).toEqual([`Dear ${name},`])
    expect(notInTypeface(name)).toEqual([])
  })

  test.each(['محمد الأحمد', 'שרה כהן'])('%s, from right to left', async name => {
    expect(notInTypeface(name)).toEqual([])
    const content = await paperAsPdf(paper(`Dear ${name},`), now)
    // What stands on paper from right to left is told to a screen reader in the order of reading.
    expect(actualTexts(content)).toEqual([`Dear ${name},`])
    expect(inRole((await readPdf(content)).elements, 'P')).toHaveLength(1)
  })

  test('letters that it has not are named', () => {
    expect(notInTypeface('Jago 張偉')).toEqual(['張', '偉'])
  })

  const width = (text: string) => text.length
  const onPaper = (text: string) => setLines([{ text }], 1_000, width).map(line => line.runs.map(run => run.text).join('|'))

  test('a line from right to left stands from its end to its beginning; numbers and other scripts keep their own way', () => {
    // Runs from left to right on paper; within one from right to left the typeface's shaping turns the letters.
    expect(onPaper('שלום 12 Porthkerris')).toEqual(['Porthkerris| |12|שלום '])
    expect(onPaper('Dear שלום עולם, come')).toEqual(['Dear |שלום עולם|, come'])
  })

  test('a bracket opens the way that the text runs, and what it says in the order of reading is kept beside', () => {
    const [line] = setLines([{ text: 'שלום (12).' }], 1_000, width)
    expect(line?.runs.map(run => run.text)).toEqual(['.(', '12', 'שלום )'])
    expect(line).toMatchObject({ text: 'שלום (12).', isRightToLeft: true, isMixed: true })
  })
})
