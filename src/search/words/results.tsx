import type { ComponentChildren, VNode } from 'preact'
import { type Answered, answersFoundIn } from '../../forms/index.ts'
import { labelsOf } from '../../lists/index.ts'
import { paths } from '../../paths.ts'
import { formatName } from '../../people/index.ts'
import { formatInstant, londonDate } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { lowerFirst } from '../../platform/first-letter.ts'
import { formatDate } from '../../platform/plain-date.ts'
import { Tag } from '../../ui/index.ts'
import type { FoundText } from './find-texts.ts'
import { marked, Snippet, stretchesIn } from './snippet.tsx'
import { hrefOf, kindInWords } from './where-found.ts'

/** What notes and documents of each service are called. */
export type KindLabels = (text: FoundText) => ReadonlyMap<string, string>

export async function kindLabelsFor(tx: Tx, texts: readonly FoundText[]): Promise<KindLabels> {
  const known = new Map<string, ReadonlyMap<string, string>>()
  const keyOf = ({ source, serviceArea }: FoundText) => `${source} ${serviceArea ?? ''}`
  for (const text of texts) {
    const list = text.source === 'note' ? 'note-type' : text.source === 'document' ? 'document-kind' : undefined
    if (list && !known.has(keyOf(text))) known.set(keyOf(text), await labelsOf(tx, list, text.serviceArea ?? ''))
  }
  return text => known.get(keyOf(text)) ?? new Map()
}

/** What the questions of a form's section were answered with; nothing of other texts. */
export type AnswersOf = (text: FoundText) => readonly Answered[]

/** Read again under the reader's own rights: what they may not see of a form stands in no snippet. */
export async function answersFor(tx: Tx, texts: readonly FoundText[]): Promise<AnswersOf> {
  const sectionOf = ({ sourceId, place }: FoundText) => ({ answerSetId: sourceId, section: place })
  const forms = texts.filter(({ source }) => source === 'form')
  const answers = await answersFoundIn(tx, forms.map(sectionOf))
  return text => (text.source === 'form' ? answers(sectionOf(text)) : [])
}

export type ResultsProps = {
  texts: readonly FoundText[]
  labels: KindLabels
  answers: AnswersOf
  /** Inside one record nobody needs to be told whose it is. */
  withPerson: boolean
  /** What is newer than this is said to be new. */
  newSince?: Date | undefined
}

/** What was found, the latest first: what it is, of whom, where, by whom, and the words that it was found by. */
export function Results({ texts, labels, answers, withPerson, newSince }: ResultsProps): VNode {
  return (
    <ol class="ly-found">
      {texts.map(text => (
        <li key={text.id} class="ly-found__item">
          <h2 class="ly-found__title">
            <a class="govuk-link" href={hrefOf(text)}>
              {titleOf(text, kindInWords(text, labels(text)))}
            </a>{' '}
            {newSince && text.recordedAt > newSince ? Tag({ text: 'New', classes: 'govuk-tag--blue' }) : null}{' '}
            {isOfMembers(text) ? Tag({ text: 'Members only' }) : null}
            {text.isRestricted && !isOfMembers(text) ? Tag({ text: 'Restricted', classes: 'govuk-tag--red' }) : null}
          </h2>
          <p class="ly-second">{spaced([...(withPerson ? [personOf(text)] : []), placeOf(text), text.author, whenOf(text)])}</p>
          <Snippet headline={text.headline} written={text.words} answers={answers(text)} />
        </li>
      ))}
    </ol>
  )
}

/** A message is read by those in its conversation, which is no restriction of the record that it is about. */
const isOfMembers = ({ source }: FoundText): boolean => source === 'message'

function titleOf(text: FoundText, kind: string): ComponentChildren {
  if (text.source === 'document') return [text.heading || marked(named(text)), ` (${lowerFirst(kind)})`]
  return text.name ? [`${kind}: `, marked(named(text))] : kind
}

const named = (text: FoundText) => stretchesIn(text.nameHeadline, text.name).flatMap(({ pieces }) => pieces)

function personOf(text: FoundText): ComponentChildren {
  if (!text.personId) return null
  return (
    <a class="govuk-link" href={paths.people.show(text.personId)}>
      {formatName(text)}
    </a>
  )
}

function placeOf({ caseId, service, reference }: FoundText): ComponentChildren {
  return caseId ? (
    <a class="govuk-link govuk-link--no-visited-state" href={paths.cases.show(caseId)}>
      {service} {reference}
    </a>
  ) : null
}

/** Notes happen at a time; of the rest the day is enough. */
function whenOf({ source, at }: FoundText): string {
  return source === 'note' ? formatInstant(at) : formatDate(londonDate(at))
}

const spaced = (parts: readonly ComponentChildren[]): ComponentChildren =>
  parts.filter(Boolean).flatMap((part, place) => (place > 0 ? [' · ', part] : [part]))
