import { inflateSync } from 'node:zlib'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** An element of a PDF's structure tree with the words that it holds, in the order of reading. */
export type PdfElement = { role: string; alt?: string; words: string; children: PdfElement[] }
export type PdfRead = { title: string; language: string; pages: number; text: string; elements: PdfElement[]; artifacts: string }

/** Reads a PDF as a screen reader would: by its structure, not by where things stand. */
export async function readPdf(content: Buffer): Promise<PdfRead> {
  const task = getDocument({ data: new Uint8Array(content), verbosity: 0 })
  const document = await task.promise
  const { info } = (await document.getMetadata()) as { info: { Title?: string; Language?: string } }
  const elements: PdfElement[] = []
  const text: string[] = []
  const artifacts: string[] = []
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number)
    const words = new Map<string, string>()
    let marks: (string | null | undefined)[] = []
    for (const item of (await page.getTextContent({ includeMarkedContent: true })).items) {
      if ('str' in item) {
        const id = marks.findLast(mark => Boolean(mark))
        if (!id) artifacts.push(item.str)
        else words.set(id, (words.get(id) ?? '') + item.str)
        if (id) text.push(item.str)
      } else if (item.type === 'endMarkedContent') marks = marks.slice(0, -1)
      else marks = [...marks, item.id]
    }
    const tree = (await page.getStructTree()) as unknown as Node | null
    elements.push(...(tree?.children ?? []).map(child => elementOf(child, words)))
  }
  await task.destroy()
  return {
    title: info.Title ?? '',
    language: info.Language ?? '',
    pages: document.numPages,
    text: text.join(' '),
    elements,
    artifacts: artifacts.join(''),
  }
}

/** What a PDF says instead of the letters on paper, where those stand in another order (ISO 32000-1 §14.9.4). */
export function actualTexts(content: Buffer): string[] {
  const binary = content.toString('latin1')
  return [...binary.matchAll(/stream\n(.*?)\nendstream/gs)].flatMap(([, stream = '']) => {
    const words = inflated(Buffer.from(stream, 'latin1'))
    return [...words.matchAll(/\/ActualText \(((?:\\.|[^)\\])*)\)/gs)].map(([, text = '']) => {
      const bytes = Buffer.from(text.replace(/\\(.)/gs, '$1'), 'latin1')
      return new TextDecoder('utf-16be').decode(bytes).trim()
    })
  })
}

function inflated(stream: Buffer): string {
  try {
    return inflateSync(stream).toString('latin1')
  } catch {
    return ''
  }
}

type Node = { role?: string; alt?: string; type?: string; id?: string; children?: Node[] }

function elementOf({ role = '', alt, children = [] }: Node, words: ReadonlyMap<string, string>): PdfElement {
  const own = children.filter(child => child.type === 'content').map(child => words.get(child.id ?? '') ?? '')
  return {
    role,
    ...(alt ? { alt } : {}),
    words: own.join(' ').replaceAll(/\s+/g, ' ').trim(),
    children: children.filter(child => child.role).map(child => elementOf(child, words)),
  }
}

/** Every element of a role, in the order of reading. */
export function inRole(elements: readonly PdfElement[], role: string): PdfElement[] {
  return elements.flatMap(element => [...(element.role === role ? [element] : []), ...inRole(element.children, role)])
}
