import type { Files } from '../../platform/files.ts'
import type { FileKind, ImportFile } from '../import.ts'
import { beginningOf, FileFault, headOf } from './csv.ts'

/** Looks at a file that has just arrived: how it is written, its headings, a few values of each column; or what is wrong with it. */
export async function lookAt(
  files: Files,
  file: { kind: FileKind; name: string; key: string; bytes: number },
): Promise<{ ok: true; file: ImportFile } | { ok: false; message: string }> {
  const { name, key, bytes } = file
  try {
    const head = await headOf(files, key)
    const refusal = notCsv(head, name)
    if (refusal) return { ok: false, message: refusal }
    const { format, headings, records } = await beginningOf(files, key, head, 60)
    if (headings.every(heading => heading === '')) return { ok: false, message: `${name} must begin with a row of headings` }
    if (records.length === 0) return { ok: false, message: `${name} has headings and no rows` }
    if (headings.length === 1)
      return { ok: false, message: `${name} has one column. Export it with commas, semicolons or tabs between the columns` }
    const samples = headings.map((_, column) => samplesOf(records.map(cells => cells[column] ?? '')))
    return { ok: true, file: { name, key, bytes, ...format, headings, samples } }
  } catch (fault) {
    if (fault instanceof FileFault) return { ok: false, message: `${name}: ${fault.message}` }
    throw fault
  }
}

function notCsv(head: Buffer, name: string): string | undefined {
  if (head.length === 0) return `${name} is empty`
  if (head.subarray(0, 4).toString('latin1') === 'PK\x03\x04' || head.subarray(0, 8).toString('hex') === 'd0cf11e0a1b11ae1')
    return `${name} is a workbook. Open it, choose Save as, “CSV UTF-8”, and upload that`
  if (head.subarray(0, 4).toString('latin1') === '%PDF') return `${name} is a PDF. Export the records as CSV`
  return undefined
}

/** Three values that differ, shortened: enough to recognise a column by. */
function samplesOf(values: readonly string[]): string[] {
  const tidy = values.map(value => value.replace(/\s+/g, ' ').trim()).filter(value => value !== '')
  return [...new Set(tidy)].slice(0, 3).map(value => ([...value].length > 40 ? `${[...value].slice(0, 39).join('')}…` : value))
}
