import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import type { Visit } from '../platform/web/routes.ts'
import { SidePanel } from '../ui/index.ts'
import { noticesOf } from './notices.queries.ts'
import { NoticeLine, type NoticesParts } from './notices.routes.tsx'

/** What is new, in the narrow column of "My work". Null when there is nothing. */
export const noticesPanel =
  (parts: NoticesParts) =>
  async ({ tx, actor }: Visit): Promise<VNode | null> => {
    const found = await noticesOf(tx, actor, { read: false, limit: 6 })
    if (found.length === 0) return null
    return (
      <SidePanel id="notices-panel" title="Notices">
        <ul class="ly-list">
          {found.slice(0, 5).map(notice => (
            <li key={notice.id}>
              <NoticeLine notice={notice} parts={parts} />
            </li>
          ))}
        </ul>
        <a class="govuk-link" href={paths.notices.list}>
          {found.length > 5 ? 'All notices' : 'Notices and how you are told'}
        </a>
      </SidePanel>
    )
  }
