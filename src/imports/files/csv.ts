import { Readable } from 'node:stream'
import { setImmediate as others } from 'node:timers/promises'
import { parse } from 'csv-parse'
import type { Files } from '../../platform/files.ts'
import { type Decoding, type Encoding, encodingOf, textOf } from './encoding.ts'

/** How a file is to be read. */
export type Format = { encoding: Encoding; delimiter: string }

/** A row of a file: `row` is its number in a spreadsheet, where the headings are row 1. */
export type FileRow = { readonly row: number; readonly cells: readonly string[] }

/** A file that cannot be read to its end. The message is fit to be shown. */
export class FileFault extends Error {
  override name = 'FileFault'
}

/** Every record after the headings, one at a time: a file of any size passes through. Empty rows are left out, and counted. */
export async function* recordsOf(
  files: Files,
  key: string,
  format: Format,
  decoding: Decoding = newDecoding(format),
): AsyncGenerator<FileRow> {
  let row = 0
  for await (const cells of cellsOf(await bytesOf(files, key), format, decoding)) {
    row++
    if (row > 1 && cells.some(cell => cell.trim() !== '')) yield { row, cells }
  }
}

/** The headings and the first records of a file that has just arrived. */
export async function beginningOf(
  files: Files,
  key: string,
  head: Buffer,
  count: number,
): Promise<{ format: Format; headings: string[]; records: string[][] }> {
  const encoding = encodingOf(head)
  const format = { encoding, delimiter: await delimiterOf(head, encoding) }
  const found: string[][] = []
  for await (const cells of cellsOf(await bytesOf(files, key), format, newDecoding(format))) {
    found.push([...cells])
    if (found.length > count) break
  }
  const [headings = [], ...records] = found
  return { format, headings: headings.map(heading => heading.trim()), records }
}

/** The first bytes of a file, enough to tell what it is. */
export async function headOf(files: Files, key: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of await bytesOf(files, key)) {
    chunks.push(chunk)
    length += chunk.length
    if (length >= 64_000) break
  }
  return Buffer.concat(chunks)
}

export const newDecoding = ({ encoding }: Pick<Format, 'encoding'>): Decoding => ({ encoding, bytes: 0, otherLines: 0 })

async function bytesOf(files: Files, key: string): Promise<AsyncIterable<Buffer>> {
  const kept = await files.read(key)
  if (!kept) throw new FileFault('The file is no longer in storage. Upload it again')
  return kept.content as AsyncIterable<Buffer>
}

async function* cellsOf(bytes: AsyncIterable<Buffer>, { delimiter }: Format, decoding: Decoding): AsyncGenerator<readonly string[]> {
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: largestRecord,
  })
  const text = Readable.from(
    inTurns(textOf(bytes, decoding), () => parser.info.records),
    { highWaterMark: 1 },
  )
  text.on('error', fault => parser.destroy(fault))
  text.pipe(parser)
  let last = 0
  let empty = 0
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      last++
      if (cells.length > mostCells) throw tooWide(last)
      empty = cells.length === 1 && cells[0] === '' ? empty + 1 : 0
      if (empty > mostEmptyRows)
        throw new FileFault(`More than ${mostEmptyRows} rows before row ${last} are empty. Remove the empty rows, or export the file again`)
      yield cells
    }
  } catch (fault) {
    const code = (fault as { code?: string }).code
    if (code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_MAX_RECORD_SIZE')
      throw new FileFault(
        `After row ${last} a quotation mark is opened and never closed, so that the rest of the file is one cell. Close it, or export the file again`,
      )
    if (code?.startsWith('CSV_')) throw new FileFault(`Row ${last + 1} cannot be read: ${(fault as Error).message}`)
    throw fault
  } finally {
    text.destroy()
    parser.destroy()
  }
}

/** Letters in a record, and cells. No export has so many: a file of commas alone would be millions of cells to one row. */
const largestRecord = 2_000_000
const mostCells = 500
/** One after another: a spreadsheet that was saved to its last row. */
const mostEmptyRows = 1_000
/** Letters that are parsed before whoever else is served has a turn: a few milliseconds. */
const letters = 16_000

const tooWide = (row: number) =>
  new FileFault(
    `Row ${row} has more than ${mostCells} columns. Export the file again with only the columns that are to be taken over, one row to a line`,
  )

/** The text in small pieces, with a turn for everybody else after each; refused once a row does not end. */
async function* inTurns(text: AsyncIterable<string>, rowsRead: () => number): AsyncGenerator<string> {
  let row = 0
  let since = 0
  for await (const piece of text)
    for (let at = 0; at < piece.length; at += letters) {
      if (rowsRead() !== row) since = 0
      row = rowsRead()
      // The marks between cells are not counted by the parser. Some pieces are under way still.
      since += letters
      if (since > largestRecord * 1.5) throw tooWide(row + 1)
      yield piece.slice(at, at + letters)
      await others()
    }
}

const delimiters = [',', ';', '\t', '|'] as const

/** The mark that stands most often between the headings, outside quotation marks. */
async function delimiterOf(head: Buffer, encoding: Encoding): Promise<string> {
  let text = ''
  for await (const piece of textOf(Readable.from([head]), newDecoding({ encoding }))) text += piece
  const counts = new Map<string, number>(delimiters.map(delimiter => [delimiter, 0]))
  let quoted = false
  for (const letter of text) {
    if (letter === '"') quoted = !quoted
    else if (!quoted && (letter === '\n' || letter === '\r')) break
    else if (!quoted && counts.has(letter)) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  }
  const [delimiter, count] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [',', 0]
  if (count > mostCells) throw tooWide(1)
  return delimiter
}
