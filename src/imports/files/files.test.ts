import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { afterAll, describe, expect, it } from 'vitest'
import { filesOnDisk } from '../../platform/files.ts'
import { newDecoding, recordsOf } from './csv.ts'
import { lookAt } from './look.ts'

const folder = mkdtempSync(join(tmpdir(), 'lanyard-files-'))
const files = filesOnDisk(join(folder, 'kept'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let number = 0
async function looked(content: Buffer | string, name = 'people.csv') {
  const path = join(folder, `file-${number++}`)
  writeFileSync(path, content)
  return lookAt(files, { kind: 'people', name, ...(await files.keep(path)) })
}
async function read(content: Buffer | string) {
  const found = await looked(content)
  if (!found.ok) throw new Error(found.message)
  const decoding = newDecoding(found.file)
  const rows = []
  for await (const row of recordsOf(files, found.file.key, found.file, decoding)) rows.push(row)
  return { file: found.file, rows, decoding }
}

const text = 'surname,forename\r\nPéntreath,Zoë\r\nO’Brien,Siân\r\n'

describe('files as other systems write them', () => {
  const encodings: [string, Buffer][] = [
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)])],
    ['UTF-16, little end first, with a mark', iconv.encode(text, 'utf-16le', { addBOM: true })],
    ['UTF-16, big end first, with a mark', iconv.encode(text, 'utf-16be', { addBOM: true })],
    ['UTF-16 without a mark', iconv.encode(text, 'utf-16le', { addBOM: false })],
    ['Windows-1252', iconv.encode(text, 'win1252')],
    [
      'both UTF-8 and Windows-1252',
      Buffer.concat([Buffer.from('surname,forename\r\nPéntreath,Zoë\r\n'), iconv.encode('O’Brien,Siân\r\n', 'win1252')]),
    ],
  ]
  it.each(encodings)('[F24] are read in %s', async (_, bytes) => {
    const { rows, file } = await read(bytes)
    expect(file.headings).toEqual(['surname', 'forename'])
    expect(rows).toEqual([
      { row: 2, cells: ['Péntreath', 'Zoë'] },
      { row: 3, cells: ['O’Brien', 'Siân'] },
    ])
  })

  it.each([
    ['commas', ','],
    ['semicolons', ';'],
    ['tabs', '\t'],
    ['bars', '|'],
  ])('[F24] are read with %s between the columns', async (_, mark) => {
    const { rows, file } = await read(`a${mark}"b${mark}c"${mark}d\n1${mark}2${mark}3\n`)
    expect(file.delimiter).toBe(mark)
    expect(file.headings).toEqual(['a', `b${mark}c`, 'd'])
    expect(rows).toEqual([{ row: 2, cells: ['1', '2', '3'] }])
  })

  it('[F24] keep quotation marks and new lines within a cell, and count rows as a spreadsheet does', async () => {
    const { rows } = await read('id,text\n1,"She said ""no"".\r\n\r\n- one\n- two"\n\n,\n4,end\n')
    expect(rows).toEqual([
      { row: 2, cells: ['1', 'She said "no".\r\n\r\n- one\n- two'] },
      { row: 5, cells: ['4', 'end'] },
    ])
  })

  it('are read piece by piece: letters are never cut in two', async () => {
    const many = Array.from({ length: 20_000 }, (_, n) => `${n},ééééé ${'ü'.repeat(n % 7)}`).join('\n')
    const { rows, decoding } = await read(`id,text\n${many}\n`)
    expect(rows).toHaveLength(20_000)
    expect(rows.every((one, n) => one.cells[1] === `ééééé ${'ü'.repeat(n % 7)}`)).toBe(true)
    expect(decoding.otherLines).toBe(0)
  })

  it.each([
    ['', 'people.csv is empty'],
    ['id,name\n', 'people.csv has headings and no rows'],
    ['only\n1\n2\n', 'people.csv has one column. Export it with commas, semicolons or tabs between the columns'],
    [Buffer.from('PK\x03\x04rest'), 'people.csv is a workbook. Open it, choose Save as, “CSV UTF-8”, and upload that'],
    ['%PDF-1.7', 'people.csv is a PDF. Export the records as CSV'],
  ])('[F24] are refused in words when they are not what they should be: %j', async (content, message) => {
    expect(await looked(content)).toEqual({ ok: false, message })
  })

  it('[F24] say after which row a quotation mark was never closed', async () => {
    const found = await looked('id,text\n1,fine\n2,"never closed\n3,x\n')
    expect(found).toEqual({
      ok: false,
      message:
        'people.csv: After row 2 a quotation mark is opened and never closed, so that the rest of the file is one cell. Close it, or export the file again',
    })
  })

  it.each([
    ['only commas', ','.repeat(3_000_000), 1],
    ['a first row of very many columns', `${'a,'.repeat(600)}\n1\n`, 1],
    ['a later row of very many columns', `a,b\n1,2\n${','.repeat(600)}\n`, 3],
    ['a later row that does not end', `a,b\n1,2\n${','.repeat(4_000_000)}`, 3],
  ])('are refused where a row has no end of columns: %s', async (_, content, row) => {
    const found = await looked(content)
    expect(found.ok ? '' : found.message).toContain(`Row ${row} has more than 500 columns`)
  })

  it('are refused where nothing but empty rows follows', async () => {
    await expect(read(`a,b\n1,2\n${'\n'.repeat(2_000_000)}`)).rejects.toThrow('More than 1000 rows before row 1003 are empty')
  })

  it('let everybody else have a turn while they are read', async () => {
    let turns = 0
    const other = setInterval(() => turns++, 0)
    await looked(`a,b\n${`${'x'.repeat(900_000)},2\n`.repeat(8)}`)
    clearInterval(other)
    expect(turns).toBeGreaterThan(100)
  })

  it('keep a row of a long note whole', async () => {
    const note = 'She came, sat, spoke, '.repeat(60_000)
    const { rows } = await read(`id,text\n${`1,"${note}"\n`.repeat(40)}`)
    expect(rows).toHaveLength(40)
    expect(rows[39]?.cells[1]).toHaveLength(note.length)
  })

  it('show a few values of each column', async () => {
    const { file } = await read(`id,note\n1,${'long '.repeat(30)}\n1,b\n2,b\n`)
    expect(file.samples[0]).toEqual(['1', '2'])
    expect(file.samples[1]?.[0]).toHaveLength(40)
  })
})
