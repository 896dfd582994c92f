import type { ComponentChildren } from 'preact'
import { type Case, caseName, casePage } from '../cases/index.ts'
import type { Answer } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import type { SharingParts } from './sharing-parts.ts'

/** A page about who sees a case, in the case's frame. */
export async function sharingPage(
  visit: Visit,
  parts: SharingParts,
  theCase: Case,
  title: string,
  body: ComponentChildren,
  { hasErrors = false, narrow = false } = {},
): Promise<Answer> {
  const options = { title: `${title} – ${caseName(theCase)}`, current: 'sharing', hasErrors }
  return casePage(visit, parts, theCase, options, narrow ? <div class="ly-narrow">{body}</div> : body)
}
