import { once } from 'node:events'
import type { Writable } from 'node:stream'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { v7 as uuid } from 'uuid'
import { generateCaseload } from '../src/imports/generator/caseload.ts'
import { clientIdFromSequence } from '../src/people/client-id.ts'
import { parseTelephone } from '../src/people/contact.ts'
import { parseNhsNumber } from '../src/people/nhs-number.ts'
import { parsePostcode } from '../src/people/postcode.ts'
import { tokensOf } from '../src/people/tokens.ts'
import type { PlainDate } from '../src/platform/plain-date.ts'
import { holdersFor, type Worker, type World } from './world.ts'

/** Lines of the timeline that each person has: 600,000 for 20,000 people, fewer each for a million so that the disk holds them. */
const linesEach = (people: number) => (people > 100_000 ? 5 : 30)

/** Five people of each team have been in touch for ten years. */
export const longestTimeline = 5_000
export const howManyLong = (world: Pick<World, 'teams'>): number => 5 * world.teams.length
/** The reference of a person's case, by their place. References are in order. */
export const referenceOf = (index: number): string => `EH-26-${String(index + 1).padStart(7, '0')}`

/** Fills the tables that the measured pages read, by COPY past row-level security: people, tokens, cases, caseloads, timelines. */
export async function fillPeople(
  admin: pg.ClientBase & { query: pg.Client['query'] },
  world: World,
  people: number,
  seed: number,
  say: (line: string) => void,
): Promise<void> {
  const batch = 5_000
  const source = generateCaseload({ people, seed, asOf: '2026-11-20' as PlainDate })
  for (let done = 0; done < people; done += batch) {
    const rows = rowsOf(source, world, people, done, Math.min(batch, people - done), linesEach(people))
    for (const [table, { columns, lines }] of Object.entries(rows)) await copy(admin, table, columns, lines)
    if (done % 50_000 === 0) say(`${done} of ${people} people`)
  }
  await admin.query(`select setval('client_id_sequence', ${people + 1})`)
  await admin.query('vacuum analyze')
}

type Rows = Record<string, { columns: string; lines: string[] }>

function rowsOf(
  source: ReturnType<typeof generateCaseload>,
  world: World,
  people: number,
  from: number,
  count: number,
  linesOfTimeline: number,
): Rows {
  const lists = 'readers, editors, withheld'
  const rows = {
    people: {
      columns: `id, client_id, registered_by, registered_at, given_name, family_name, date_of_birth, sex, nhs_number, nhs_number_status, language, address_line, postcode, ${lists}`,
      lines: [] as string[],
    },
    person_tokens: { columns: 'principal, token, person_id', lines: [] as string[] },
    cases: {
      columns: `id, reference, person_id, service_area, team_id, agency, worker_id, status, referred_on, opened_on, ${lists}`,
      lines: [] as string[],
    },
    caseload_entries: {
      columns: `case_id, person_id, reference, service_area, team_id, worker_id, status, stage, risk, risk_order, due_on, next_step, allocated_on, allocated_at, open_since, last_contact_at, last_contact, ${lists}`,
      lines: [] as string[],
    },
    timeline_entries: {
      columns: `id, person_id, case_id, at, kind, part, title, summary, source_type, source_id, service_area, worker_id, author, ${lists}`,
      lines: [] as string[],
    },
  }
  for (let index = from; index < from + count; index++) {
    const person = source.next().value
    if (!person) break
    const worker = world.workers[index % holdersFor(people)]!
    const team = world.teams[worker.teamIndex]!
    const access = `{${world.commissioners},${team.post}}\t{${team.post}}\t{}`
    const [personId, caseId, clientId] = [uuid(), uuid(), clientIdFromSequence(index + 1)]
    const postcode = read(parsePostcode(person.postcode))
    const telephone = read(parseTelephone(person.mobile))
    const nhsNumber = read(parseNhsNumber(person.nhsNumber))
    const born = person.dateOfBirth
    rows.people.lines.push(
      line(
        personId,
        clientId,
        team.post,
        '2025-06-01',
        person.given,
        person.family,
        born,
        'female',
        nhsNumber,
        nhsNumber && '01',
        'en',
        person.address || null,
        postcode,
        raw(access),
      ),
    )
    const tokens = tokensOf({
      names: [{ given: person.given || null, family: person.family || null }],
      dateOfBirth: born,
      expectedDate: null,
      clientId,
      nhsNumber,
      postcodes: postcode ? [postcode] : [],
      telephones: telephone ? [telephone] : [],
      externalIds: [],
    })
    for (const token of tokens)
      for (const principal of [world.commissioners, team.post]) rows.person_tokens.lines.push(line(principal, token, personId))
    const reference = referenceOf(index)
    rows.cases.lines.push(
      line(caseId, reference, personId, 'early-help', team.id, team.agency, worker.userId, 'open', '2026-01-05', '2026-01-06', raw(access)),
    )
    const risk = index % 4
    const due = day(index % 90)
    rows.caseload_entries.lines.push(
      line(
        caseId,
        personId,
        reference,
        'early-help',
        team.id,
        worker.userId,
        'open',
        'plan',
        ['high', 'medium', 'low', 'not-rated'][risk],
        risk,
        due,
        'Review the plan',
        '2026-01-06',
        '2026-01-06 09:00+00',
        day(-(index % 500)),
        '2026-11-10 10:00+00',
        'Home visit',
        raw(access),
      ),
    )
    const lines = index < howManyLong(world) ? longestTimeline : linesOfTimeline
    for (let entry = 0; entry < lines; entry++) {
      const { at, kind, part, title, by } = eventOf(world, entry, lines, worker)
      rows.timeline_entries.lines.push(
        line(
          uuid(),
          personId,
          caseId,
          at,
          kind,
          part,
          title,
          'Kitchen clean, food in. Mother wants help with the tenancy; to ring housing together on Thursday.',
          'note',
          uuid(),
          'early-help',
          by.userId,
          'A worker, Early Help',
          raw(access),
        ),
      )
    }
  }
  return rows
}

const kinds = [
  ['contact', 'notes', 'Home visit'],
  ['contact', 'notes', 'Telephone call'],
  ['contact', 'notes', 'Home visit'],
  ['document', 'documents', 'Letter added'],
  ['contact', 'notes', 'Text message'],
  ['plan', 'plan', 'Action done'],
  ['risk', 'risk', 'Risk rated medium'],
] as const

/** The nth latest of so many events: a few over the last year, thousands over ten, in which workers came and went. */
function eventOf(world: World, entry: number, of: number, worker: Worker) {
  const hoursApart = of > 100 ? 17.5 : (330 * 24) / of
  const at = new Date(Date.UTC(2026, 10, 18, 16, 30) - entry * hoursApart * 3_600_000).toISOString()
  const [kind, part, title] = kinds[entry % kinds.length]!
  const by = entry < 500 ? worker : world.workers[Math.floor(entry / 500) % world.workers.length]!
  return { at, kind, part, title, by }
}

export async function copy(admin: { query: pg.Client['query'] }, table: string, columns: string, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return
  const stream = admin.query(copyFrom(`copy ${table} (${columns}) from stdin`)) as unknown as Writable
  for (let index = 0; index < lines.length; index += 2_000) {
    if (!stream.write(lines.slice(index, index + 2_000).join(''))) await once(stream, 'drain')
  }
  stream.end()
  await once(stream, 'finish')
}

class Raw {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}
/** Columns that are already in COPY's own form. */
export const raw = (text: string) => new Raw(text)

export function line(...values: unknown[]): string {
  return `${values.map(value => (value instanceof Raw ? value.text : value === null || value === undefined || value === '' ? '\\N' : String(value).replace(/[\\\t\n\r]/g, ' '))).join('\t')}\n`
}

function read<T>(reading: { ok: true; value: T } | { ok: false }): T | null {
  return reading.ok ? reading.value : null
}

function day(offset: number): string {
  return new Date(Date.UTC(2026, 10, 1) + offset * 86_400_000).toISOString().slice(0, 10)
}
