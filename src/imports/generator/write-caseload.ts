import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import iconv from 'iconv-lite'
import { formatDate } from '../../platform/plain-date.ts'
import { type CaseloadOptions, type GeneratedPerson, generateCaseload } from './caseload.ts'
import type { GeneratedCase, GeneratedNote } from './cases.ts'
import { type Row, soil } from './dirt.ts'
import { type Random, randomFrom } from './random.ts'

export type WrittenCaseload = {
  readonly people: number
  readonly cases: number
  readonly notes: number
  /** What the dirt did, by kind: 'people: no surname in surname' and how often. Empty when clean. */
  readonly dirt: Readonly<Record<string, number>>
}

/**
 * Writes people.csv, cases.csv and notes.csv into a folder, as an old system would have exported them: British dates, one header
 * line. With `dirty` they are as such files really are. The same options give the same bytes. Streams, so any size fits in memory.
 */
export async function writeCaseload(options: CaseloadOptions & { readonly dirty: boolean }, folder: string): Promise<WrittenCaseload> {
  await mkdir(folder, { recursive: true })
  const dirt: Record<string, number> = {}
  // Chance of its own for the dirt: a dirty file holds the same people as the clean one of the same seed.
  const random = options.dirty ? randomFrom(options.seed ^ 0x0d127) : undefined
  const files = {
    people: csvFile(join(folder, 'people.csv'), 'people', peopleColumns, random, dirt),
    cases: csvFile(join(folder, 'cases.csv'), 'cases', caseColumns, random, dirt),
    notes: csvFile(join(folder, 'notes.csv'), 'notes', noteColumns, random, dirt),
  }
  let cases = 0
  let notes = 0
  let people = 0
  for (const person of generateCaseload(options)) {
    people++
    files.people.write(personRow(person))
    for (const each of person.cases) {
      cases++
      files.cases.write(caseRow(person, each))
      for (const note of each.notes) {
        notes++
        files.notes.write(noteRow(each, note))
      }
    }
    for (const file of Object.values(files)) await file.drained()
  }
  for (const file of Object.values(files)) await file.close()
  return { people, cases, notes, dirt }
}

const peopleColumns = [
  'record_id',
  'surname',
  'forename',
  'known_as',
  'date_of_birth',
  'sex',
  'gender',
  'nhs_number',
  'ethnicity',
  'language',
  'interpreter',
  'address',
  'town',
  'postcode',
  'mobile',
  'telephone',
  'email',
  'safe_to_contact',
  'gp_practice',
  'date_of_death',
] as const
const caseColumns = [
  'case_id',
  'record_id',
  'service',
  'referral_date',
  'referral_source',
  'reason',
  'urgency',
  'worker',
  'status',
  'risk',
  'closed_date',
  'closure_reason',
] as const
const noteColumns = ['note_id', 'case_id', 'note_date', 'note_type', 'author', 'note_text'] as const

function personRow(person: GeneratedPerson): Row {
  return {
    record_id: person.recordId,
    surname: person.family,
    forename: person.given,
    known_as: person.knownAs,
    date_of_birth: formatDate(person.dateOfBirth),
    sex: person.sex,
    gender: person.gender,
    nhs_number: person.nhsNumber,
    ethnicity: person.ethnicity,
    language: person.language,
    interpreter: person.interpreter ? 'Y' : 'N',
    address: person.address,
    town: person.town,
    postcode: person.postcode,
    mobile: person.mobile,
    telephone: person.telephone,
    email: person.email,
    safe_to_contact: person.safeToContact,
    gp_practice: person.gpPractice,
    date_of_death: person.dateOfDeath === null ? '' : formatDate(person.dateOfDeath),
  }
}

function caseRow(person: GeneratedPerson, each: GeneratedCase): Row {
  return {
    case_id: each.caseId,
    record_id: person.recordId,
    service: each.service,
    referral_date: formatDate(each.referredOn),
    referral_source: each.source,
    reason: each.reason,
    urgency: each.urgency,
    worker: each.worker,
    status: each.status,
    risk: each.risk,
    closed_date: each.closedOn === null ? '' : formatDate(each.closedOn),
    closure_reason: each.closureReason,
  }
}

function noteRow(each: GeneratedCase, note: GeneratedNote): Row {
  return {
    note_id: note.noteId,
    case_id: each.caseId,
    note_date: `${formatDate(note.on)} ${note.at}`,
    note_type: note.kind,
    author: note.author,
    note_text: note.text,
  }
}

type CsvFile = { write(row: Row): void; drained(): Promise<void>; close(): Promise<void> }

function csvFile(
  path: string,
  name: 'people' | 'cases' | 'notes',
  columns: readonly string[],
  random: Random | undefined,
  dirt: Record<string, number>,
): CsvFile {
  const stream: WriteStream = createWriteStream(path)
  // Rows are gathered and written 64 kB at a time: a write for each row costs more than making it.
  let waiting: Buffer[] = []
  let text = `${columns.join(',')}\r\n`
  let bytes = 0
  let full = false
  const note = (what: string) => {
    dirt[what] = (dirt[what] ?? 0) + 1
  }
  const keepText = () => {
    if (text === '') return
    const chunk = Buffer.from(text, 'utf8')
    bytes += chunk.length
    waiting.push(chunk)
    text = ''
  }
  const flush = () => {
    keepText()
    if (waiting.length === 0) return
    full = !stream.write(Buffer.concat(waiting)) || full
    waiting = []
    bytes = 0
  }
  const line = (row: Row) => `${columns.map(column => cell(row[column] ?? '')).join(',')}\r\n`
  return {
    write(row) {
      if (random !== undefined) for (const what of soil(random, row, name)) note(what)
      const written = line(row)
      if (random?.chance(2) && /[^\x20-\x7e\s]/.test(written) && fitsWindows1252(written)) {
        // A row pasted in by a program that wrote Windows-1252 into the same file.
        keepText()
        const raw = iconv.encode(written, 'win1252')
        bytes += raw.length
        waiting.push(raw)
        note(`${name}: bytes of Windows-1252`)
      } else text += written
      if (random?.chance(0.7)) {
        text += written
        note(`${name}: row twice`)
      }
      if (text.length + bytes > 65_536) flush()
    },
    async drained() {
      if (!full) return
      await once(stream, 'drain')
      full = false
    },
    async close() {
      flush()
      stream.end()
      await finished(stream)
    },
  }
}

function cell(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}

function fitsWindows1252(text: string): boolean {
  return iconv.decode(iconv.encode(text, 'win1252'), 'win1252') === text
}
