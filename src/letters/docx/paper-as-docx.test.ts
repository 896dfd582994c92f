import JSZip from 'jszip'
import { expect, test } from 'vitest'
import { readWording } from '../markup/wording.ts'
import type { Paper } from '../paper/paper.ts'
import { paperAsDocx } from './paper-as-docx.ts'

const opened = async (wording: string, more: Partial<Paper> = {}) => {
  const read = readWording(wording)
  const blocks = read.ok ? (read.parts as Paper['blocks']) : []
  const zip = await JSZip.loadAsync(
    await paperAsDocx({ title: 'Letter to Jago', language: 'en-GB', largePrint: false, foot: '', blocks, ...more }),
  )
  const part = (name: string) => zip.file(name)?.async('string') ?? Promise.resolve('')
  return {
    document: await part('word/document.xml'),
    styles: await part('word/styles.xml'),
    core: await part('docProps/core.xml'),
    names: Object.keys(zip.files),
  }
}

test('[F16] the same letter as a Word document: headings, lists, tables with a row of headings, title, language', async () => {
  const { document, styles, core } = await opened('# Your plan\n\n**Come** on.\n\n- one\n\n1. two\n\n| What |\n| --- |\n| Ring |')
  expect(document).toContain('<w:pStyle w:val="Heading1"/>')
  expect(document).toMatch(/<w:b\/>.*Come/)
  expect(document.match(/<w:numPr>/g)).toHaveLength(2)
  expect(document).toContain('<w:tblHeader/>')
  expect(core).toContain('Letter to Jago')
  expect(styles).toContain('w:val="en-GB"')
  expect(styles).toContain('<w:sz w:val="24"/>')
  expect((await opened('x', { largePrint: true })).styles).toContain('<w:sz w:val="36"/>')
})

test('[F16] names from right to left run from right to left, and a Polish and a Ukrainian one come out as they are', async () => {
  const { document } = await opened('محمد الأحمد\n\nDear Łukasz Żółć and Олена Їжаченко and שרה,')
  expect(document).toContain('<w:bidi/>')
  expect(document).toMatch(/<w:rtl\/><\/w:rPr><w:t xml:space="preserve">محمد الأحمد</)
  expect(document).toMatch(/<w:rtl\/><\/w:rPr><w:t xml:space="preserve">שרה</)
  expect(document).toContain('Dear Łukasz Żółć and Олена Їжаченко and ')
})

test('a drawn signature is a picture with words in its place', async () => {
  const signature = {
    by: 'Tamsin Rowe',
    drawing: {
      strokes: [
        [
          [1, 1],
          [200, 100],
        ],
      ],
    },
    words: 'Signed by Tamsin Rowe',
  } as const // prettier
  const { document, names } = await opened('', { blocks: [{ kind: 'signature', signature, lines: ['Tamsin Rowe'] }] })
  expect(names.some(name => /word\/media\/.*\.png$/.test(name))).toBe(true)
  expect(document).toContain('descr="Signature of Tamsin Rowe"')
})
