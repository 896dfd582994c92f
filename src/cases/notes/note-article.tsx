import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import { formatInstant, londonDate } from '../../platform/clock.ts'
import { Tag, Words } from '../../ui/index.ts'
import { detailsInWords, type WordsOf } from './contact-kinds.ts'
import { type Note, quoted } from './note.ts'
import { titleOf } from './note-words.ts'

export type NoteArticleProps = {
  note: Note
  wordsOf: WordsOf
  level: 2 | 3
  /** Without links: on paper. */
  plain?: boolean
}

/** One note in full: what kind, when, by whom and when it was recorded; its words; what became of it. */
export function NoteArticle({ note, wordsOf, level, plain = false }: NoteArticleProps): VNode {
  const Heading = `h${level}` as 'h2'
  const title = `${titleOf(note, wordsOf)}, ${formatInstant(note.happenedAt)}`
  return (
    <article id={`note-${note.id}`} class="ly-timeline__entry">
      <Heading class="ly-timeline__title">
        {plain ? (
          title
        ) : (
          <a class="govuk-link" href={paths.notes.show(note.caseId, note.id)}>
            {title}
          </a>
        )}{' '}
        {note.namedReaders ? Tag({ text: 'Restricted', classes: 'govuk-tag--red' }) : null}{' '}
        {note.correctedBy ? Tag({ text: 'Corrected since', classes: 'govuk-tag--yellow' }) : null}{' '}
        {note.corrects ? Tag({ text: 'Correction', classes: 'govuk-tag--blue' }) : null}
      </Heading>
      <p class="ly-second">
        {note.author}, {note.recordedFor}
        {recordedLater(note) ? ` · recorded ${formatInstant(note.recordedAt)}` : null}
        {note.corrects ? (
          <>
            {' · '}
            {plain ? (
              'corrects an earlier note'
            ) : (
              <a class="govuk-link" href={paths.notes.show(note.caseId, note.corrects)}>
                corrects an earlier note
              </a>
            )}
            {`: ${note.correctionReason}`}
          </>
        ) : null}
        {note.correctedBy ? (
          <>
            {' · '}
            {plain ? (
              'see its correction'
            ) : (
              <a class="govuk-link" href={paths.notes.show(note.caseId, note.correctedBy)}>
                see its correction
              </a>
            )}
          </>
        ) : null}
      </p>
      <div class="ly-timeline__body">
        {detailsInWords(note.noteType, note.details, wordsOf).map(({ label, words }) => (
          <p key={label} class="govuk-body">
            {label}: {words}
          </p>
        ))}
        {note.text ? <Words text={note.text} /> : null}
        {boxed('Facts', note.facts)}
        {boxed('What it may mean', note.analysis)}
        {note.ownWords ? (
          <blockquote class="ly-own-words">
            <Words text={quoted(note.ownWords)} lead="Their own words" />
            <p class="ly-second">heard by {note.heardBy || note.author}</p>
          </blockquote>
        ) : null}
      </div>
    </article>
  )
}

function boxed(label: string, text: string): VNode | null {
  return text ? <Words text={text} lead={label} /> : null
}

/** Worth saying when it was written up on another day, or hours later. */
function recordedLater(note: Note): boolean {
  const gap = note.recordedAt.getTime() - note.happenedAt.getTime()
  return gap > 60 * 60_000 || londonDate(note.recordedAt) !== londonDate(note.happenedAt)
}
