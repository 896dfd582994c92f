import type { VNode } from 'preact'
import { may } from '../../platform/actor.ts'
import type { Visit } from '../../platform/web/routes.ts'
import type { ListWithViews } from '../views/views.ts'
import { textToList } from './list-to-text.ts'

/** From a list to a text to whoever is on it, for those who send texts. */
export function TextThem({ visit, list, team, found }: { visit: Visit; list: ListWithViews; team?: string; found: number }): VNode | null {
  const query = new URLSearchParams({ ...Object.fromEntries(visit.query), ...(team ? { team } : {}) })
  const href = found > 0 && may(visit.actor, 'send-texts') ? textToList(list, query) : null
  return href === null ? null : (
    <a class="govuk-link" href={href}>
      Send them a text
    </a>
  )
}
