import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeadingLevel,
  ImageRun,
  type INumberingOptions,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import { drawingAsPng } from '../paper/drawing-as-png.ts'
import type { Block, Paper, Spans } from '../paper/paper.ts'
import { wordsOf } from '../paper/paper.ts'

/** The same paper as a Word document: real headings, lists and tables, so that it can be changed further and read out as it should be. */
export async function paperAsDocx(paper: Paper): Promise<Buffer> {
  // Half points: as in the PDF, 12 point for everybody and 18 in large print.
  const size = paper.largePrint ? 36 : 24
  const heading = (scale: number) => ({
    run: { size: Math.round(size * scale), bold: true, color: '000000', font: 'Arial' },
    paragraph: { spacing: { before: 240, after: 120 }, keepNext: true },
  })
  const document = new Document({
    title: paper.title,
    creator: 'Lanyard',
    numbering: numberingFor(paper),
    styles: {
      default: {
        document: { run: { size, font: 'Arial', language: { value: paper.language } }, paragraph: { spacing: { after: 160, line: 320 } } },
        heading1: heading(1.5),
        heading2: heading(1.25),
        heading3: heading(1.08),
      },
    },
    sections: [
      {
        children: paper.blocks.flatMap((block, place) => written(block, { size, list: String(place), level: 0 })),
        footers: { default: footOf(paper, size) },
      },
    ],
  })
  return Packer.toBuffer(document)
}

type Place = { readonly size: number /** Which list of the paper: each counts from one. */; readonly list: string; readonly level: number }

function written(block: Block, place: Place): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'heading':
      return [new Paragraph({ heading: levels[block.level], ...set(block.content) })]
    case 'paragraph':
      return [new Paragraph(set(block.content))]
    case 'list':
      return block.items.flatMap(item => item.flatMap((part, index) => inList(part, block.ordered, place, index === 0)))
    case 'table':
      return [tableOf(block), new Paragraph({ children: [] })]
    case 'letterhead':
      return [
        new Paragraph({
          children: [new TextRun({ text: block.name, bold: true, size: Math.round(place.size * 1.25) })],
          spacing: { after: 40 },
        }),
        new Paragraph({
          ...set([{ text: block.lines.join('\n') }]),
          border: { bottom: { style: BorderStyle.SINGLE, size: 6, color: '6f777b', space: 6 } },
        }),
      ]
    case 'address':
      return [new Paragraph({ ...set([{ text: block.lines.join('\n') }]), spacing: { before: 480, after: 720 } })]
    case 'signature':
      return signed(block, place)
  }
}

const levels = { 1: HeadingLevel.HEADING_1, 2: HeadingLevel.HEADING_2, 3: HeadingLevel.HEADING_3 } as const

/** An item's first paragraph carries the bullet; what else is in it stands under it. */
function inList(part: Block, ordered: boolean, place: Place, isFirst: boolean): (Paragraph | Table)[] {
  if (part.kind === 'list') return written(part, { ...place, level: Math.min(place.level + 1, 3) })
  if (part.kind !== 'paragraph') return written(part, place)
  const { level } = place
  if (!isFirst) return [new Paragraph({ ...set(part.content), indent: { left: 720 * (level + 1) } })]
  return [
    new Paragraph({
      ...set(part.content),
      ...(ordered ? { numbering: { reference: `list-${place.list}`, level } } : { bullet: { level } }),
    }),
  ]
}

function tableOf({ head, rows }: Block & { kind: 'table' }): Table {
  const cell = (content: Spans, strong: boolean) =>
    new TableCell({
      children: [new Paragraph(set(strong ? content.map(span => ({ ...span, strong: true as const })) : content))],
      margins: { top: 60, bottom: 60, right: 120 },
    })
  const edge = { style: BorderStyle.SINGLE, size: 4, color: '6f777b' }
  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' }
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    borders: { top: none, left: none, right: none, bottom: edge, insideHorizontal: edge, insideVertical: none },
    rows: [
      new TableRow({ tableHeader: true, children: head.map(content => cell(content, true)) }),
      ...rows.map(row => new TableRow({ cantSplit: true, children: head.map((_, column) => cell(row[column] ?? [], false)) })),
    ],
  })
}

function signed({ signature, lines }: Block & { kind: 'signature' }, { size }: Place): Paragraph[] {
  const sign = signature?.drawing
    ? new ImageRun({
        type: 'png',
        data: drawingAsPng(signature.drawing),
        transformation: { width: 227, height: 68 },
        altText: { name: 'signature', title: `Signature of ${signature.by}`, description: `Signature of ${signature.by}` },
      })
    : new TextRun({ text: signature?.by ?? '', italics: true, size: Math.round(size * 1.4) })
  return [
    new Paragraph({ children: [sign], keepNext: true, spacing: { before: signature ? 240 : 960 } }),
    new Paragraph(set([{ text: lines.join('\n') }])),
    ...(signature
      ? [new Paragraph({ children: [new TextRun({ text: signature.words, size: Math.max(Math.round(size * 0.85), 20) })] })]
      : []),
  ]
}

function footOf(paper: Paper, size: number): Footer {
  const at = Math.max(Math.round(size * 0.75), 18)
  const parts = [paper.foot ? `${paper.foot} · ` : '', 'Page ', PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES]
  return new Footer({ children: [new Paragraph({ children: [new TextRun({ children: parts, size: at })] })] })
}

/** Word turns a line round by itself where it is told that its letters run from right to left, and where the paragraph begins. */
function set(spans: Spans): {
  children: TextRun[]
  bidirectional?: boolean
  alignment?: (typeof AlignmentType)[keyof typeof AlignmentType]
} {
  const children = spans.flatMap(span => {
    const style = { ...(span.strong ? { bold: true } : {}), ...(span.emphasis ? { italics: true } : {}) }
    return span.text.split('\n').flatMap((line, place) =>
      (
        line.match(
          /[\p{Script=Arabic}\p{Script=Hebrew}][\p{Script=Arabic}\p{Script=Hebrew}\p{M}\s،؛؟]*|[^\p{Script=Arabic}\p{Script=Hebrew}]+/gu,
        ) ?? ['']
      ).map(
        (text, part) =>
          new TextRun({
            ...style,
            text,
            ...(place > 0 && part === 0 ? { break: 1 } : {}),
            ...(isRightToLeft(text) ? { rightToLeft: true } : {}),
          }),
      ),
    )
  })
  const first = /\p{L}/u.exec(wordsOf(spans))?.[0] ?? ''
  return isRightToLeft(first) ? { children, bidirectional: true, alignment: AlignmentType.START } : { children }
}

const isRightToLeft = (text: string): boolean => /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(text)

/** Every numbered list of the paper counts from one. */
function numberingFor({ blocks }: Paper): INumberingOptions {
  const config = blocks.flatMap((block, place) => (block.kind === 'list' ? [{ reference: `list-${place}`, levels: numbered }] : []))
  return { config }
}
const numbered = [0, 1, 2, 3].map(level => ({
  level,
  format: LevelFormat.DECIMAL,
  text: `%${level + 1}.`,
  style: { paragraph: { indent: { left: 720 * (level + 1), hanging: 360 } } },
}))
