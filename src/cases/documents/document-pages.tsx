import type { VNode } from 'preact'
import { type Document, findDocument, type Scanning } from '../../documents/index.ts'
import { labelsOf, optionsOf } from '../../lists/index.ts'
import { paths } from '../../paths.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Files } from '../../platform/files.ts'
import { type Answer, notFound } from '../../platform/web/answer.ts'
import type { Fields } from '../../platform/web/fields.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, type FieldError } from '../../ui/index.ts'
import type { PartOfCase } from '../part-of-case.ts'
import type { FrameParts } from '../part-page.tsx'
import { recordOnTimeline } from '../timeline/record-on-timeline.ts'
import { ChangedMeanwhile, changedMeanwhile } from './document-forms.tsx'

export type DocumentParts = FrameParts & {
  files: Files
  /** Told of each new file. Null where no scanner is configured. */
  scanning: Pick<Scanning, 'wake'> | null
  /** What stands on a document's page from a module above: the letter that it is. */
  onDocument?: (visit: Visit, document: Document, mayChange: boolean) => Promise<VNode | null>
  /** Another way to add a document: writing a letter. */
  write?: (caseId: string) => string
}

/**
 * Whether somebody may say anew what a document is, take it off the file and put it back: those whose case it is, and whoever added it. With whom
 * documents are shared to add to them adds further ones and newer versions, and takes nothing from its owners.
 */
export const isTheirs = ({ userId }: Pick<Actor, 'userId'>, { theCase }: Pick<PartOfCase, 'theCase'>, document: Document): boolean =>
  theCase.mayDecide || document.addedById === userId

/** What a page of one document is about. */
export type About = { part: PartOfCase; document: Document }
/** What stands in a form: as it was typed, and what is wrong with it. */
export type Shown = { typed: Fields; errors: readonly FieldError[] }

export const kindsOf = (visit: Visit, part: PartOfCase, keep = '') => optionsOf(visit.tx, 'document-kind', part.serviceArea, keep)
export const uploadOf = (visit: Visit) => visit.uploads.find(one => one.field === 'file')

/** A line in the timeline, with the scanner woken once it is all saved. */
export async function told(
  visit: Visit,
  parts: DocumentParts | null,
  part: PartOfCase,
  id: string,
  title: string,
  summary = '',
): Promise<void> {
  const href = paths.documents.show(part.caseId, id)
  const { tx, actor, clock } = visit
  await recordOnTimeline(tx, {
    caseId: part.caseId,
    at: clock.now(),
    kind: 'document',
    part: 'documents',
    title,
    summary,
    source: { type: 'document', id },
    href,
    actor,
    lists: part.lists,
  })
  if (parts) visit.afterCommit(() => parts.scanning?.wake())
}

/** What somebody else made of the document, where they were quicker. */
export async function meanwhile(visit: Visit, { part, document }: About, errors: readonly FieldError[]) {
  if (!errors.includes(changedMeanwhile)) return null
  const labels = await labelsOf(visit.tx, 'document-kind', part.serviceArea)
  return <ChangedMeanwhile document={document} kindName={labels.get(document.kind) ?? document.kind} />
}

/** Somebody was quicker: their change is shown beside what was typed, which is on the page again. */
export async function refused(
  visit: Visit,
  document: Document,
  error: 'not-there' | 'changed-meanwhile' | 'withdrawn',
  again: (latest: Document) => Promise<Answer>,
): Promise<Answer> {
  const latest = await findDocument(visit.tx, document.id)
  if (!latest || error === 'not-there') return notFound()
  return again(latest)
}

export const buttons = (text: string, back: string, classes?: string) => (
  <div class="govuk-button-group">
    {Button({ text, classes, preventDoubleClick: true })}
    <a class="govuk-link" href={back}>
      Cancel
    </a>
  </div>
)
