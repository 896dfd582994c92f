import { sql } from 'kysely'
import type { VNode } from 'preact'
import { knownWithoutTheWork, type OpenedToMe, openedToMe } from '../access/index.ts'
import { audit } from '../audit/index.ts'
import { paths } from '../paths.ts'
import { formatName } from '../people/index.ts'
import type { Actor } from '../platform/actor.ts'
import { lastDayBefore, londonDate } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import { formatDate, type PlainDate } from '../platform/plain-date.ts'
import { type Answer, page } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { DataTable, EmptyState, PageTitle, Pagination, SidePanel } from '../ui/index.ts'
import { partsInWords } from './parts.ts'

const onAPage = 25

type SharedCase = {
  id: string
  reference: string
  given: string | null
  family: string | null
  serviceName: string
  closedOn: PlainDate | null
  shares: readonly OpenedToMe[]
}

/** What others share with the reader, the latest first: whoever has no caseload finds it again here. */
export async function showSharedWithMe(visit: Visit): Promise<Answer> {
  const { tx, actor, clock, query } = visit
  const asked = Number(query.get('page') ?? 1)
  const number = Number.isInteger(asked) && asked > 0 && asked < 10_000 ? asked : 1
  const { cases, count } = await sharedCases(tx, actor, clock.now(), { limit: onAPage, offset: (number - 1) * onAPage })
  const detail = { shown: cases.length }
  await audit(tx, actor, clock.now(), { action: 'shared-listed', subject: { type: 'user', id: actor.userId ?? '' }, detail })
  const pages = Math.ceil(count / onAPage)
  const addressOf = (page: number) => (page === 1 ? paths.sharing.withMe : `${paths.sharing.withMe}?page=${page}`)
  const body = (
    <>
      {PageTitle({ title: 'Shared with you', context: 'Cases of others that you, your team or your agency were let see' })}
      <SharedTable cases={cases} />
      {pages > 1 ? (
        <Pagination
          {...(number > 1 ? { previous: { href: addressOf(number - 1) } } : {})}
          {...(number < pages ? { next: { href: addressOf(number + 1) } } : {})}
          items={Array.from({ length: pages }, (_, i) => ({ number: i + 1, href: addressOf(i + 1), current: i + 1 === number }))}
        />
      ) : null}
    </>
  )
  return page('Shared with you', body, { section: 'shared' })
}

/** The latest of them on somebody's first page; null where nothing is shared with them. */
export async function SharedWithMePanel({ tx, actor, clock }: Visit): Promise<VNode | null> {
  const { cases, count } = await sharedCases(tx, actor, clock.now(), { limit: 5, offset: 0 })
  if (count === 0) return null
  return (
    <SidePanel id="shared-with-you" title="Shared with you">
      <ul class="ly-list">
        {cases.map(one => (
          <li key={one.id}>
            <a class="govuk-link govuk-link--no-visited-state" href={paths.cases.show(one.id)}>
              {formatName(one)}
            </a>
            <span class="ly-second">{[`${one.serviceName} ${one.reference}`, ...one.shares.map(by)].join(', ')}</span>
          </li>
        ))}
      </ul>
      <a class="govuk-link" href={paths.sharing.withMe}>
        All that is shared with you
      </a>
    </SidePanel>
  )
}

function SharedTable({ cases }: { cases: readonly SharedCase[] }): VNode {
  return (
    <DataTable
      caption="Shared with you"
      captionHidden
      rows={cases}
      keyOf={one => one.id}
      empty={
        <EmptyState title="Nothing is shared with you now.">
          When somebody shares a case with you, you are told, and it stands here until the share ends.
        </EmptyState>
      }
      columns={[
        {
          heading: 'Who',
          rowHeader: true,
          cell: one => (
            <a class="govuk-link govuk-link--no-visited-state" href={paths.cases.show(one.id)}>
              {formatName(one)}
            </a>
          ),
          second: one => `${one.serviceName} ${one.reference}${one.closedOn ? `, closed on ${formatDate(one.closedOn)}` : ''}`,
        },
        { heading: 'What', cell: one => <Each shares={one.shares} words={what} /> },
        { heading: 'What for', cell: one => <Each shares={one.shares} words={share => share.purpose || 'Not said'} /> },
        { heading: 'By', cell: one => <Each shares={one.shares} words={by} /> },
        { heading: 'Until', cell: one => <Each shares={one.shares} words={untilWhen} /> },
      ]}
    />
  )
}

function Each({ shares, words }: { shares: SharedCase['shares']; words: (share: SharedCase['shares'][number]) => string }): VNode {
  return (
    <>
      {shares.map(share => (
        <span class="ly-each" key={`${share.kind}${share.grantedAt.getTime()}${share.level}`}>
          {words(share)}
        </span>
      ))}
    </>
  )
}

const what = ({ parts, level }: OpenedToMe): string => `${partsInWords(parts)}, ${level === 'edit' ? 'to read and add to' : 'to read'}`

const by = (share: OpenedToMe): string => share.by ?? 'Lanyard'

const untilWhen = ({ endsAt, grantedAt }: OpenedToMe): string =>
  endsAt ? formatDate(lastDayBefore(endsAt)) : `Until it is ended, since ${formatDate(londonDate(grantedAt))}`

/** What somebody else opened to them. What they referred themselves stands among referrals. */
const isShared = ({ kind, isOwnReferral }: OpenedToMe): boolean => kind === 'share' && !isOwnReferral

/** Cases that a share opens to the actor and that they do see: what is withheld from them, restricted or gone is not among them, nor counted. */
async function sharedCases(
  tx: Tx,
  actor: Actor,
  now: Date,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ cases: SharedCase[]; count: number }> {
  const shares = (await openedToMe(tx, actor, now)).filter(isShared)
  const ids = [...new Set(shares.map(one => one.caseId))]
  if (ids.length === 0) return { cases: [], count: 0 }
  const { rows } = await sql<Omit<SharedCase, 'shares'> & { count: number }>`
    select c.id, c.reference, p.given_name as given, p.family_name as family, s.name as "serviceName", c.closed_on as "closedOn", count(*) over ()::int as count
    from unnest(${ids}::uuid[]) with ordinality as w (id, place) join cases c on c.id = w.id
      join service_areas s on s.code = c.service_area left join people p on p.id = c.person_id
    order by w.place limit ${limit} offset ${offset}`.execute(tx)
  const own = (id: string) => shares.filter(one => one.caseId === id)
  const untold = await knownWithoutTheWork(
    tx,
    actor,
    rows.filter(one => one.closedOn !== null).map(one => one.id),
  )
  const cases = rows.map(({ count: _, closedOn, ...one }) => ({
    ...one,
    // Whoever referred somebody follows the referral, and not when the work ended.
    closedOn: untold.has(one.id) ? null : closedOn,
    shares: own(one.id),
  }))
  return { cases, count: rows[0]?.count ?? 0 }
}
