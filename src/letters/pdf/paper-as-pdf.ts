import { buffer } from 'node:stream/consumers'
import { drawingHeight, drawingWidth, pathOf } from '../paper/drawing.ts'
import type { Block, Paper, SignatureShown, Spans } from '../paper/paper.ts'
import { type Box, drawnWith, type Element, mm, type Pen, page, penFor } from './pen.ts'
import { typefaceFiles } from './typefaces.ts'

/**
 * A paper as a PDF that a screen reader reads as the author meant it (PDF/UA-1, ISO 14289-1): every word belongs to a heading, paragraph,
 * list or table; reading order is the order of the blocks; title and language are said; fonts are embedded.
 */
export async function paperAsPdf(paper: Paper, now: Date): Promise<Buffer> {
  const pen = penFor(paper, now)
  const { document } = pen
  const root = document.struct('Document')
  document.addStructure(root)
  const whole: Box = { left: page.margin, width: page.width - 2 * page.margin }
  for (const block of paper.blocks) write(pen, root, block, whole)
  writeFeet(pen, paper.foot)
  root.end()
  document.end()
  return buffer(document as unknown as AsyncIterable<Buffer>)
}

function write(pen: Pen, parent: Element, block: Block, box: Box): void {
  if (block.kind === 'heading') writeHeading(pen, parent, block, box)
  else if (block.kind === 'list') writeList(pen, parent, block, box)
  else if (block.kind === 'table') writeTable(pen, parent, block, box)
  else if (block.kind === 'letterhead') writeLetterhead(pen, parent, block, box)
  else if (block.kind === 'address') writeAddress(pen, parent, block.lines, box)
  else if (block.kind === 'signature') writeSignature(pen, parent, block, box)
  else {
    writeParagraph(pen, pen.within(parent, 'P'), block.content, box)
    pen.y += pen.leading() * 0.5
  }
}

function writeParagraph(pen: Pen, element: Element, spans: Spans, box: Box, size = pen.size): void {
  for (const line of pen.lines(spans, box, size)) pen.set(element, line, box, size)
}

const headingScale = { 1: 1.5, 2: 1.25, 3: 1.08 } as const

function writeHeading(pen: Pen, parent: Element, { level, content }: Block & { kind: 'heading' }, box: Box): void {
  const size = pen.size * headingScale[level]
  // A heading is not left alone at the foot of a page.
  pen.makeRoom(pen.leading(size) + 2 * pen.leading())
  pen.y += pen.leading() * 0.25
  const bold = content.map(span => ({ ...span, strong: true as const }))
  writeParagraph(pen, pen.within(parent, `H${level}`), bold, box, size)
  pen.y += pen.leading() * 0.25
}

function writeList(pen: Pen, parent: Element, { ordered, items }: Block & { kind: 'list' }, box: Box): void {
  const list = pen.within(parent, 'L')
  const indent = pen.size * 2
  for (const [place, item] of items.entries()) {
    pen.makeRoom(pen.leading())
    const entry = pen.within(list, 'LI')
    const [only] = item
    const isTurned = only?.kind === 'paragraph' && pen.lines(only.content, box)[0]?.isRightToLeft === true
    const inside = { left: isTurned ? box.left : box.left + indent, width: box.width - indent }
    const [label] = pen.lines([{ text: ordered ? `${place + 1}.` : '•' }], inside)
    if (label) {
      pen.set(pen.within(entry, 'Lbl'), label, {
        left: (isTurned ? box.left + box.width - indent : box.left) + pen.size * 0.5,
        width: indent,
      })
      pen.y -= pen.leading()
    }
    const body = pen.within(entry, 'LBody')
    if (item.length === 1 && only?.kind === 'paragraph') writeParagraph(pen, body, only.content, inside)
    else for (const block of item) write(pen, body, block, inside)
    pen.y += pen.leading() * 0.15
  }
  pen.y += pen.leading() * 0.35
}

function writeTable(pen: Pen, parent: Element, { head, rows }: Block & { kind: 'table' }, box: Box): void {
  const table = pen.within(parent, 'Table')
  const columns = Math.max(1, head.length, ...rows.map(row => row.length))
  const gap = pen.size * 0.6
  const width = box.width / columns
  const cellBox = (column: number): Box => ({ left: box.left + column * width, width: width - gap })
  const writeRow = (cells: readonly Spans[], kind: 'TH' | 'TD') => {
    const set = Array.from({ length: columns }, (_, column) => {
      const content = cells[column] ?? []
      return pen.lines(kind === 'TH' ? content.map(span => ({ ...span, strong: true as const })) : content, cellBox(column))
    })
    const height = Math.max(...set.map(lines => lines.length)) * pen.leading() + gap
    if (height < page.height - 2 * page.margin) pen.makeRoom(height)
    const row = pen.within(table, 'TR')
    let [top, lowest, pageOf] = [pen.y, pen.y, lastPage(pen)]
    for (const [column, lines] of set.entries()) {
      if (lastPage(pen) === pageOf) pen.y = top
      else [top, pageOf] = [pen.y, lastPage(pen)]
      const cell = pen.within(row, kind, kind === 'TH' ? { scope: 'Column' } : {})
      for (const line of lines) pen.set(cell, line, cellBox(column))
      lowest = Math.max(lowest, pen.y)
    }
    pen.y = lowest + gap * 0.4
    rule(pen, box)
    pen.y += gap * 0.6
  }
  writeRow(head, 'TH')
  for (const row of rows) writeRow(row, 'TD')
  pen.y += pen.leading() * 0.4
}

const lastPage = (pen: Pen): number => pen.document.bufferedPageRange().count

/** A line for the eye alone. */
function rule(pen: Pen, box: Box): void {
  const { document } = pen
  document.markContent('Artifact', { type: 'Layout' })
  document.lineWidth(0.6).strokeColor('#6f777b')
  document
    .moveTo(box.left, pen.y)
    .lineTo(box.left + box.width, pen.y)
    .stroke()
  document.endMarkedContent()
}

function writeLetterhead(pen: Pen, parent: Element, { name, lines }: Block & { kind: 'letterhead' }, box: Box): void {
  const size = pen.size * 1.25
  writeParagraph(pen, pen.within(parent, 'P'), [{ text: name, strong: true }], box, size)
  const small = Math.max(pen.size * 0.85, 10)
  if (lines.length > 0) writeParagraph(pen, pen.within(parent, 'P'), [{ text: lines.join('\n') }], box, small)
  pen.y += pen.leading() * 0.3
  rule(pen, box)
  pen.y += pen.leading() * 0.7
}

/** In the window of a DL envelope when it can be: 50 mm from the top of the sheet (BS 1808 and ISO 269 leave 20 mm at the left). */
function writeAddress(pen: Pen, parent: Element, lines: readonly string[], box: Box): void {
  const isFirstPage = lastPage(pen) === 1
  if (isFirstPage && pen.y < mm(50)) pen.y = mm(50)
  writeParagraph(pen, pen.within(parent, 'P'), [{ text: lines.join('\n') }], box)
  pen.y = isFirstPage && pen.y < mm(90) ? mm(90) : pen.y + pen.leading()
}

function writeSignature(pen: Pen, parent: Element, { signature, lines }: Block & { kind: 'signature' }, box: Box): void {
  // A signature is not parted from the name under it.
  pen.makeRoom(mm(28) + (lines.length + 1) * pen.leading())
  pen.y += pen.leading() * 0.5
  if (signature) drawSignature(pen, parent, signature, box)
  else pen.y += mm(18)
  writeParagraph(pen, pen.within(parent, 'P'), [{ text: lines.join('\n') }], box)
  if (signature) writeParagraph(pen, pen.within(parent, 'P'), [{ text: signature.words }], box, Math.max(pen.size * 0.85, 10))
  pen.y += pen.leading() * 0.5
}

function drawSignature(pen: Pen, parent: Element, { by, drawing }: SignatureShown, box: Box): void {
  const { document } = pen
  if (!drawing) {
    writeParagraph(pen, pen.within(parent, 'P'), [{ text: by, emphasis: true }], box, pen.size * 1.4)
    return
  }
  const [width, height] = [mm(60), mm(18)]
  const figure = pen.within(parent, 'Figure', {
    alt: `Signature of ${by}`,
    bbox: [box.left, pen.y, box.left + width, pen.y + height],
  })
  const content = document.markStructureContent('Figure')
  document
    .save()
    .translate(box.left, pen.y)
    .scale(width / drawingWidth, height / drawingHeight)
  document.lineWidth(7).lineCap('round').lineJoin('round').strokeColor('#000000').path(pathOf(drawing)).stroke()
  document.restore()
  document.endMarkedContent()
  figure.add(content)
  pen.y += height + pen.leading() * 0.2
}

/** What stands at the foot of every page: which paper, which page. Not read out with the text. */
function writeFeet(pen: Pen, foot: string): void {
  const { document } = pen
  const { count } = document.bufferedPageRange()
  const box = { left: page.margin, width: page.width - 2 * page.margin }
  for (let number = 0; number < count; number++) {
    document.switchToPage(number)
    // Below the margin pdfkit would begin another page.
    document.page.margins.bottom = 0
    document.markContent('Artifact', {
      type: 'Pagination',
      attached: ['Bottom'],
      bbox: [0, page.height - page.margin, page.width, page.height],
    })
    const size = Math.max(pen.size * 0.75, 9)
    const words = [foot, `Page ${number + 1} of ${count}`].filter(Boolean).join(' · ')
    for (const [place, line] of pen.lines([{ text: words }], box, size).entries()) {
      let x = box.left
      for (const run of line.runs) {
        document.font(typefaceFiles[run.face]).fontSize(size)
        document.text(run.text, x, page.height - page.margin + mm(6) + place * pen.leading(size), drawnWith(run))
        x += document.widthOfString(run.text, { features: [] })
      }
    }
    document.endMarkedContent()
  }
}
