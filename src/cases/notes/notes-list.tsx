import type { VNode } from 'preact'
import { audit } from '../../audit/index.ts'
import { type Option, optionsOf } from '../../lists/index.ts'
import { paths } from '../../paths.ts'
import { startOfDay } from '../../platform/clock.ts'
import { addDays, formatDate, parseDateText } from '../../platform/plain-date.ts'
import { type Answer, page } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, EmptyState, errorFor, errorSummaryFor, type FieldError, FilterChips, Input, Pagination } from '../../ui/index.ts'
import { sectionOf } from '../case-frame.tsx'
import type { PartOfCase } from '../part-of-case.ts'
import { type FrameParts, partPage } from '../part-page.tsx'
import type { WordsOf } from './contact-kinds.ts'
import type { Note } from './note.ts'
import { NoteArticle } from './note-article.tsx'
import { noteWordsOf } from './note-words.ts'
import { countNotes, type NotesWanted, notesOf } from './notes.queries.ts'

const pageLength = 25
/** More than this is not one document to print: the dates narrow it down. */
const longestPrint = 1_000

/** The notes of a case, the latest event first, with filters that are part of the address. */
export async function listNotes(visit: Visit, parts: FrameParts, part: PartOfCase): Promise<Answer> {
  const { tx, actor, clock, query } = visit
  const errors: FieldError[] = []
  const filters = readFilters(query, errors, visit)
  const found = await notesOf(tx, part.caseId, { ...filters, ...afterOf(query), limit: pageLength + 1 })
  const shown = found.slice(0, pageLength)
  const wordsOf = await noteWordsOf(tx, part.serviceArea)
  await audit(tx, actor, clock.now(), about('case-notes-read', part, { shown: shown.length }))
  const total = await countNotes(tx, part.caseId)
  const last = shown.at(-1)
  const next =
    found.length > pageLength && last ? addressWith(part, query, { after: `${last.happenedAt.getTime()}_${last.id}` }) : undefined
  const body = (
    <>
      {errorSummaryFor(errors)}
      <div class="ly-no-print">
        <FilterChips
          label="Kinds of note"
          items={chips(part, query, await optionsOf(tx, 'note-type', part.serviceArea, filters.noteType))}
        />
        {datesForm(part, query, errors)}
      </div>
      {shown.length === 0 ? (
        <EmptyState title={total === 0 ? 'There are no notes yet.' : 'No note fits these filters.'} />
      ) : (
        <div class="ly-timeline ly-timeline__list">
          {shown.map(note => (
            <NoteArticle key={note.id} note={note} wordsOf={wordsOf} level={2} />
          ))}
        </div>
      )}
      {next || query.has('after') ? (
        <div class="ly-no-print">
          {Pagination({
            landmarkLabel: 'Pages of notes',
            ...(query.has('after') ? { previous: { text: 'Newest notes', href: addressWith(part, query, { after: '' }) } } : {}),
            ...(next ? { next: { text: 'Older notes', href: next } } : {}),
          })}
        </div>
      ) : null}
    </>
  )
  const actions = (
    <>
      {part.mayEdit && actor.capabilities.has('record') ? Button({ text: 'Record a contact', href: paths.notes.add(part.caseId) }) : null}
      <a class="govuk-link ly-no-print" href={`${paths.notes.print(part.caseId)}?${query}`}>
        Print these notes
      </a>
    </>
  )
  return partPage(visit, parts, part, total === 1 ? '1 note' : `${total} notes`, body, {
    current: 'notes',
    hasErrors: errors.length > 0,
    actions,
  })
}

/** The same notes, all of them, as a document. */
export async function printNotes(visit: Visit, part: PartOfCase): Promise<Answer> {
  const { tx, actor, clock, query } = visit
  const filters = readFilters(query, [], visit)
  const found = await notesOf(tx, part.caseId, { ...filters, limit: longestPrint + 1 })
  const wordsOf = await noteWordsOf(tx, part.serviceArea)
  await audit(tx, actor, clock.now(), about('case-notes-printed', part, { shown: Math.min(found.length, longestPrint) }))
  const kind = filters.noteType && wordsOf('note-type', filters.noteType)
  const which = [
    kind,
    query.get('own-words') ? 'with their own words' : '',
    filters.from ? `from ${query.get('from')}` : '',
    filters.until ? `to ${query.get('to')}` : '',
  ].filter(Boolean)
  const title = `Case notes – ${part.personName}`
  return page(
    title,
    <>
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">
        {part.serviceName} {part.reference}. {which.length > 0 ? `Only ${which.join(', ')}. ` : ''}
        {found.length > longestPrint
          ? `The latest ${longestPrint} notes; choose dates to print those before.`
          : `${found.length} notes, the latest first.`}
      </p>
      <p class="govuk-body ly-no-print">
        Use your browser’s print button.{' '}
        <a class="govuk-link" href={`${paths.notes.list(part.caseId)}?${query}`}>
          Back to the notes
        </a>
      </p>
      {found.slice(0, longestPrint).map(note => (
        <NoteArticle key={note.id} note={note} wordsOf={wordsOf} level={2} plain />
      ))}
    </>,
    { section: sectionOf(part.theCase), classification: 'OFFICIAL-SENSITIVE' },
  )
}

/** The latest few, for the case's page. */
export function latestNotes(notes: readonly Note[], wordsOf: WordsOf): VNode {
  return (
    <div class="ly-timeline ly-timeline__list">
      {notes.map(note => (
        <NoteArticle key={note.id} note={note} wordsOf={wordsOf} level={3} />
      ))}
    </div>
  )
}

function readFilters(query: URLSearchParams, errors: FieldError[], { actor }: Visit): Omit<NotesWanted, 'limit'> {
  const day = (name: string, label: string) => {
    const typed = query.get(name)?.trim()
    if (!typed) return undefined
    const reading = parseDateText(typed, label)
    if (!reading.ok) errors.push({ field: name, message: reading.error.message })
    return reading.ok ? reading.value : undefined
  }
  const from = day('from', 'First day')
  const to = day('to', 'Last day')
  const noteType = /^[a-z0-9-]+$/.exec(query.get('type') ?? '')?.[0]
  return {
    ...(noteType ? { noteType } : {}),
    ...(query.get('own-words') ? { ownWords: true } : {}),
    ...(query.get('mine') && actor.userId ? { authorId: actor.userId } : {}),
    ...(from ? { from: startOfDay(from) } : {}),
    ...(to ? { until: startOfDay(addDays(to, 1)) } : {}),
  }
}

/** Where the page before ended; anything that is not such a place is the beginning. */
function afterOf(query: URLSearchParams): Pick<NotesWanted, 'after'> {
  const place = /^(-?\d{1,13})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(query.get('after') ?? '')
  return place ? { after: { happenedAt: new Date(Number(place[1])), id: place[2] ?? '' } } : {}
}

function chips(part: PartOfCase, query: URLSearchParams, types: readonly Option[]) {
  const type = query.get('type') ?? ''
  const plain = !type && !query.get('own-words') && !query.get('mine')
  const chip = (text: string, set: Record<string, string>, current: boolean) => ({
    text,
    href: addressWith(part, query, { type: '', 'own-words': '', mine: '', after: '', ...set }),
    current,
  })
  return [
    chip('All', {}, plain),
    ...types.map(({ code, label }) => chip(label, { type: code }, type === code)),
    chip('Their own words', { 'own-words': '1' }, Boolean(query.get('own-words'))),
    chip('Mine', { mine: '1' }, Boolean(query.get('mine'))),
  ]
}

function datesForm(part: PartOfCase, query: URLSearchParams, errors: readonly FieldError[]): VNode {
  const box = (name: string, label: string) =>
    Input({
      name,
      label,
      value: query.get(name) ?? '',
      classes: 'govuk-input--width-10',
      errorMessage: errorFor(errors, name),
      inputmode: 'text',
    })
  return (
    <details class="govuk-details" open={Boolean(query.get('from') || query.get('to'))}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">Between two days</span>
      </summary>
      <form class="govuk-details__text" method="get" action={paths.notes.list(part.caseId)}>
        {['type', 'own-words', 'mine'].map(name =>
          query.get(name) ? <input key={name} type="hidden" name={name} value={query.get(name) ?? ''} /> : null,
        )}
        {box('from', `First day, like ${formatDate('2026-03-27' as never)}`)}
        {box('to', 'Last day')}
        {Button({ text: 'Show', classes: 'govuk-button--secondary' })}
      </form>
    </details>
  )
}

function addressWith(part: PartOfCase, query: URLSearchParams, changes: Record<string, string>): string {
  const changed = new URLSearchParams(query)
  for (const [name, value] of Object.entries(changes)) {
    if (value) changed.set(name, value)
    else changed.delete(name)
  }
  const text = changed.toString()
  return text ? `${paths.notes.list(part.caseId)}?${text}` : paths.notes.list(part.caseId)
}

const about = (action: string, part: PartOfCase, detail: Record<string, unknown>) => ({
  action,
  subject: { type: 'case', id: part.caseId },
  personId: part.personId,
  caseId: part.caseId,
  detail,
})
