import type { ComponentChildren } from 'preact'
import { type Case, caseFrame, caseName } from '../cases/index.ts'
import { type Answer, page } from '../platform/web/answer.ts'
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
  const framed = await caseFrame(visit, parts, theCase, 'sharing', narrow ? <div class="ly-narrow">{body}</div> : body)
  return page(`${title} – ${caseName(theCase)}`, framed, { section: 'work', hasErrors })
}
