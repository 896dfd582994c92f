import { crc32, deflateSync } from 'node:zlib'
import { type KeptFile, keepMade } from '../documents/index.ts'
import type { Files } from '../platform/files.ts'

/** A paper that a story puts on file: a letter of a page, or a picture. */
export type Paper =
  | { readonly name: string; readonly lines: readonly string[] }
  | { readonly name: string; readonly picture: readonly string[] }

/** Keeps the paper as a real file, with every check of an upload. */
export const keepPaper = (files: Files, paper: Paper): Promise<KeptFile> =>
  keepMade(files, paper.name, 'lines' in paper ? pdfOf(paper.lines) : pngOf(paper.picture))

/** A PDF of one A4 page with these lines in Helvetica (ISO 32000-1 §7.5: header, objects, cross-reference table, trailer). */
export function pdfOf(lines: readonly string[]): Buffer {
  const text = lines.map((line, index) => `${index === 0 ? '/F2 15 Tf' : '/F1 11 Tf'} (${escaped(line)}) Tj T*`).join('\n')
  const stream = `BT 60 780 Td 18 TL\n${text}\nET`
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R/F2 6 0 R>>>>>>',
    `<</Length ${Buffer.byteLength(stream, 'latin1')}>>stream\n${stream}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>',
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>',
  ]
  let body = '%PDF-1.4\n'
  const places = objects.map((object, index) => {
    const place = body.length
    body += `${index + 1} 0 obj\n${object}\nendobj\n`
    return place
  })
  const table = places.map(place => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  const start = body.length
  body += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(body, 'latin1')
}

const escaped = (line: string): string =>
  line
    .replaceAll('’', "'")
    .replaceAll('–', '-')
    .replace(/[\\()]/g, found => `\\${found}`)

const colours: Readonly<Record<string, readonly [number, number, number]>> = {
  ' ': [255, 255, 255],
  s: [142, 190, 230],
  g: [86, 140, 70],
  r: [190, 60, 50],
  b: [110, 78, 52],
  y: [246, 204, 70],
  k: [30, 30, 30],
}

/** A PNG drawn in coarse squares, a letter each, as a child draws a house (PNG specification §5: signature, IHDR, IDAT, IEND). */
export function pngOf(rows: readonly string[], scale = 24): Buffer {
  const width = Math.max(...rows.map(row => row.length)) * scale
  const pixels = rows.flatMap(row => {
    const line = Buffer.concat([
      Buffer.from([0]),
      ...[...row.padEnd(width / scale)].flatMap(letter =>
        Array.from({ length: scale }, () => Buffer.from(colours[letter] ?? [255, 255, 255])),
      ),
    ])
    return Array.from({ length: scale }, () => line)
  })
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(rows.length * scale, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(pixels))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(kind: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind), content])
  const whole = Buffer.alloc(8 + named.length)
  whole.writeUInt32BE(content.length, 0)
  named.copy(whole, 4)
  whole.writeUInt32BE(crc32(named), 4 + named.length)
  return whole
}
