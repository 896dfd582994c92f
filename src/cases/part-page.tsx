import type { ComponentChildren } from 'preact'
import { type Answer, notFound } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { PageTitle } from '../ui/index.ts'
import { type CasesParts, casePage } from './case-frame.tsx'
import { openPart, type PartOfCase, type WrittenPart } from './part-of-case.ts'

/** What the pages of notes, plans, documents and tasks need to stand in the case's frame. */
export type FrameParts = Pick<CasesParts, 'personBanner' | 'tabs'>

export type PartPageOptions = {
  /** The key of the sub-navigation's item. */
  current: string
  hasErrors?: boolean
  actions?: ComponentChildren
  context?: ComponentChildren
  /** A form, set in a narrow column. */
  narrow?: boolean
}

/** A page about one part of a case: under the person's banner and the case's line, with a title of its own. */
export async function partPage(
  visit: Visit,
  parts: FrameParts,
  part: PartOfCase,
  title: string,
  body: ComponentChildren,
  { current, hasErrors = false, actions, context, narrow = false }: PartPageOptions,
): Promise<Answer> {
  const inside = (
    <div class={narrow ? 'ly-narrow' : undefined}>
      {PageTitle({ title, context, actions })}
      {body}
    </div>
  )
  return casePage(visit, parts, part.theCase, { title: `${title} – ${part.personName}`, current, hasErrors }, inside)
}

/** Answers about a part of the case in the address, or one thing of it, for whoever may read it, or edit it. For everybody else there is no such page. */
export async function withPart(
  { tx, actor, params }: Visit,
  part: WrittenPart,
  to: 'read' | 'edit',
  work: (part: PartOfCase) => Promise<Answer>,
  thing?: string,
): Promise<Answer> {
  const opened = await openPart(tx, actor, params.caseId ?? '', part, thing)
  return opened && (to === 'read' || opened.mayEdit) ? work(opened) : notFound()
}
