import PDFDocument from 'pdfkit'
import type { Paper, Spans } from '../paper/paper.ts'
import { type Measure, type Run, type SetLine, setLines } from './set-lines.ts'
import { typefaceFiles } from './typefaces.ts'

/** Millimetres, as paper is measured, in the points of a PDF. */
export const mm = (millimetres: number): number => (millimetres * 72) / 25.4
export const page = { width: mm(210), height: mm(297), margin: mm(20) } as const

export type Element = PDFKit.PDFStructureElement
type ElementOptions = { alt?: string; bbox?: [number, number, number, number]; scope?: string }
export type Box = { readonly left: number; readonly width: number }

/** Words that run from left to right are shaped one by one and remembered; the others as a whole line. */
export const drawnWith = ({ isTurned }: Run) => ({ lineBreak: false, ...(isTurned ? { features: [] } : {}) })

/** Writes on one page after another, and says of everything it writes what it is. */
export type Pen = {
  readonly document: PDFKit.PDFDocument
  /** Points of ordinary text. */
  readonly size: number
  /** How far down the page the next line goes. */
  y: number
  /** Begins a new page unless so much fits on this one. */
  makeRoom(height: number): void
  lines(spans: Spans, box: Box, size?: number): readonly SetLine[]
  /** The height of a line at this size. */
  leading(size?: number): number
  /** Sets one line as a part of a structure element. */
  set(element: Element, line: SetLine, box: Box, size?: number): void
  /** A structure element within another. */
  within(parent: Element, kind: string, options?: ElementOptions): Element
}

export function penFor(paper: Paper, now: Date): Pen {
  const document = new PDFDocument({
    size: [page.width, page.height],
    margin: page.margin,
    bufferPages: true,
    pdfVersion: '1.7',
    subset: 'PDF/UA' as never,
    tagged: true,
    displayTitle: true,
    lang: paper.language,
    font: typefaceFiles.regular,
    info: { Title: paper.title, Producer: 'Lanyard', Creator: 'Lanyard', CreationDate: now, ModDate: now },
  })
  // RNIB, clear print: 12 point at least for everybody; large print from 16, 18 being usual.
  const size = paper.largePrint ? 18 : 12

  const pen: Pen = {
    document,
    size,
    y: page.margin,
    leading: (at = size) => at * 1.4,
    makeRoom(height) {
      if (pen.y + height <= page.height - page.margin) return
      document.addPage()
      pen.y = page.margin
    },
    lines: (spans, box, at = size) => setLines(spans, box.width, measureAt(at)),
    set(element, line, box, at = size) {
      pen.makeRoom(pen.leading(at))
      const content = document.markStructureContent('Span', line.isMixed ? { actual: `${line.text} ` } : {})
      let x = line.isRightToLeft ? box.left + box.width - line.width : box.left
      for (const run of line.runs) {
        document.font(typefaceFiles[run.face]).fontSize(at).text(run.text, x, pen.y, drawnWith(run))
        x += measureAt(at)(run.text, run.face)
      }
      document.endMarkedContent()
      element.add(content)
      pen.y += pen.leading(at)
    },
    within(parent, kind, options = {}) {
      const element = document.struct(kind as never, options as never)
      parent.add(element)
      return element
    },
  }
  const widths = new Map<string, number>()
  const measureAt =
    (at: number): Measure =>
    (text, face) => {
      const key = `${face} ${text}`
      const known = widths.get(key) ?? document.font(typefaceFiles[face]).fontSize(1_000).widthOfString(text, { features: [] })
      widths.set(key, known)
      return (known * at) / 1_000
    }
  return pen
}
