import type pg from 'pg'
import { v7 as uuid } from 'uuid'
import { noteText } from '../src/imports/generator/notes.ts'
import { randomFrom } from '../src/imports/generator/random.ts'
import { serviceAreas } from '../src/imports/generator/sentences.ts'
import type { PlainDate } from '../src/platform/plain-date.ts'
import { copy, line, raw } from './people.ts'

/** How far back notes go. */
const years = 5
/** Rare words stand for the names, streets and medicines of real notes: some hundred notes have each. */
const rareWords = 30_000

/** Fills what is searched with so many notes of the cases that are there, by COPY past row-level security, then makes its index. */
export async function fillNotes(
  admin: pg.ClientBase & { query: pg.Client['query'] },
  notes: number,
  say: (line: string) => void,
): Promise<void> {
  const { rows: cases } = await admin.query<{ id: string; person: string; worker: string; service: string; lists: string }>(
    `select id, person_id as person, worker_id as worker, service_area as service, readers::text || E'\\t' || editors::text || E'\\t{}' as lists from cases order by reference`,
  )
  const { rows: index } = await admin.query<{ made: string }>(`select pg_get_indexdef('texts_found'::regclass) as made`)
  await admin.query('drop index texts_found')
  const random = randomFrom(11)
  const columns =
    'source, source_id, case_id, person_id, part, kind, words, author_id, at, recorded_at, service_area, readers, editors, withheld'
  const newest = Date.UTC(2026, 10, 20, 16)
  for (let done = 0; done < notes; done += 20_000) {
    const lines: string[] = []
    for (let n = done; n < Math.min(notes, done + 20_000); n++) {
      const of = cases[(n * 7919) % cases.length]!
      const at = new Date(newest - Math.floor(random.between(0, 1_000_000) * ((years * 365 * 86_400_000) / 1_000_000))).toISOString()
      const text = noteText(random, {
        service: serviceAreas[n % serviceAreas.length]!,
        stage: (['opening', 'middle', 'middle', 'worse', 'better', 'closing'] as const)[n % 6]!,
        missed: n % 9 === 0,
        given: rareWord(n % 900),
        sex: n % 2 ? 'F' : 'M',
        worker: 'Tamsin',
        on: at.slice(0, 10) as PlainDate,
      })
      const words = `${text} ${rareWord(random.between(0, rareWords))} ${rareWord(random.between(0, rareWords))}.`
      lines.push(line('note', uuid(), of.id, of.person, 'notes', 'visit', words, of.worker, at, at, of.service, raw(of.lists)))
    }
    await copy(admin, 'texts', columns, lines)
    if (done % 100_000 === 0) say(`${done} of ${notes} notes`)
  }
  say('Making their index')
  await admin.query(`set maintenance_work_mem = '512MB'`)
  await admin.query(index[0]!.made)
  await admin.query('vacuum analyze texts')
}

/** The nth of words that nobody else uses, of four syllables. */
export function rareWord(n: number): string {
  let rest = n
  let word = ''
  for (let syllable = 0; syllable < 4; syllable++) {
    word += consonants[rest % consonants.length]! + vowels[(rest + syllable) % vowels.length]!
    rest = Math.floor(rest / consonants.length) + syllable
  }
  return `${word}x`
}
const consonants = 'bdfgklmnprstvz'
const vowels = 'aeiou'

/** What people look for: a word of many notes, of some, of few; two words; a phrase; one without another; some narrowed. */
export const searches: readonly Record<string, string>[] = [
  { q: 'visit' },
  { q: 'school attendance' },
  { q: '"home visit as arranged"' },
  { q: 'housing -police' },
  { q: 'tenancy arrears', when: 'last 3 months' },
  { q: 'prescription' },
  { q: '"did not attend" or "no reply"' },
  { q: 'safeguarding', service: 'early-help' },
  { q: 'kitchen', author: 'me' },
  { q: 'visit', worker: 'me' },
  { q: 'housing', when: 'March 2024' },
  { q: 'safegarding' },
  ...Array.from({ length: 8 }, (_, n) => ({ q: rareWord(n * 977) })),
]
