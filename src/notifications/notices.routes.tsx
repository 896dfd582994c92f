import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { formatInstant } from '../platform/clock.ts'
import { type Answer, notFound, page, redirect } from '../platform/web/answer.ts'
import type { Routes, Visit } from '../platform/web/routes.ts'
import { Button, EmptyState, FilterChips, Form, PageTitle, Pagination } from '../ui/index.ts'
import { noticeSettingsRoutes } from './notice-settings.tsx'
import { countUnread, findNotice, markRead, type Notice, noticesOf } from './notices.queries.ts'

export type NoticesParts = {
  /** How a person is named in a list: 'PENROSE, Jago'. */
  formatName: (name: { given: string | null; family: string | null }) => string
}

/** `/notices…`: what somebody has been told, and how they want to be. */
export function noticeRoutes(routes: Routes, parts: NoticesParts): void {
  routes.get('/notices', { may: 'anyone-signed-in' }, visit => noticesPage(visit, parts))
  routes.post('/notices/read', { may: 'anyone-signed-in' }, readAll)
  noticeSettingsRoutes(routes)
  routes.get('/notices/:noticeId', { may: 'anyone-signed-in' }, openNotice)
  routes.post('/notices/:noticeId/read', { may: 'anyone-signed-in' }, readOne)
}

const pageLength = 50

async function noticesPage(visit: Visit, parts: NoticesParts): Promise<Answer> {
  const { tx, actor, query } = visit
  const read = query.get('view') === 'earlier'
  const [found, unread] = await Promise.all([
    noticesOf(tx, actor, { read, limit: pageLength + 1, before: lastSeen(query) }),
    countUnread(tx, actor),
  ])
  const shown = found.slice(0, pageLength)
  const last = shown.at(-1)
  const address = read ? `${paths.notices.list}?view=earlier&` : `${paths.notices.list}?`
  const body = (
    <>
      {PageTitle({
        title: 'Notices',
        context: (
          <a class="govuk-link" href={paths.notices.settings}>
            Choose what you are told of and how
          </a>
        ),
      })}
      <FilterChips
        label="Which notices"
        items={[
          { text: 'New', href: paths.notices.list, current: !read, count: unread },
          { text: 'Earlier', href: `${paths.notices.list}?view=earlier`, current: read },
        ]}
      />
      {shown.length === 0 ? (
        <EmptyState title={read ? 'No earlier notices.' : 'Nothing new.'} />
      ) : (
        <ul class="ly-list ly-notices">
          {shown.map(notice => (
            <li key={notice.id}>
              <NoticeLine notice={notice} parts={parts} />
              {read ? null : <MarkRead visit={visit} notice={notice} />}
            </li>
          ))}
        </ul>
      )}
      {!read && shown.length > 1 ? (
        <Form {...visit.form} action={paths.notices.markAllRead}>
          {Button({ text: 'Mark all as read', classes: 'govuk-button--secondary' })}
        </Form>
      ) : null}
      {found.length > pageLength && last
        ? Pagination({
            landmarkLabel: 'Pages of notices',
            next: { text: 'Older notices', href: `${address}before=${last.at.getTime()}_${last.id}` },
          })
        : null}
    </>
  )
  return page('Notices', body, { section: 'notices' })
}

/** What it says, as a link where it leads somewhere, with whom it is about and when it came. */
export function NoticeLine({ notice, parts }: { notice: Notice; parts: NoticesParts }): VNode {
  return (
    <div>
      {notice.href ? (
        <a class="govuk-link govuk-link--no-visited-state" href={paths.notices.show(notice.id)}>
          {notice.words}
        </a>
      ) : (
        notice.words
      )}
      <span class="ly-second">
        {notice.person ? `${parts.formatName(notice.person)} · ` : null}
        {formatInstant(notice.at)}
      </span>
    </div>
  )
}

function MarkRead({ visit, notice }: { visit: Visit; notice: Notice }): VNode {
  return (
    <Form {...visit.form} action={paths.notices.markRead(notice.id)}>
      <button class="ly-link-button" type="submit">
        Mark as read
        <span class="govuk-visually-hidden">
          : {notice.words}, {formatInstant(notice.at)}
        </span>
      </button>
    </Form>
  )
}

async function openNotice({ tx, actor, clock, params }: Visit): Promise<Answer> {
  const notice = await findNotice(tx, actor, params.noticeId ?? '')
  if (!notice) return notFound()
  await markRead(tx, actor, clock.now(), { id: notice.id })
  return redirect(notice.href ?? `${paths.notices.list}?view=earlier`)
}

async function readOne({ tx, actor, clock, params }: Visit): Promise<Answer> {
  const notice = await findNotice(tx, actor, params.noticeId ?? '')
  if (!notice) return notFound()
  await markRead(tx, actor, clock.now(), { id: notice.id })
  return redirect(paths.notices.list, { notice: 'Marked as read' })
}

async function readAll({ tx, actor, clock }: Visit): Promise<Answer> {
  await markRead(tx, actor, clock.now(), 'all')
  return redirect(paths.notices.list, { notice: 'All notices are marked as read' })
}

/** `?before=` of a list: when the last one seen came, and which it is. */
function lastSeen(query: URLSearchParams): { at: Date; id: string } | undefined {
  const found = /^(\d{1,15})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(query.get('before') ?? '')
  return found ? { at: new Date(Number(found[1])), id: found[2]! } : undefined
}
