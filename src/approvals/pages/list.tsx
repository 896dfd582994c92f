import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import { formatInstant } from '../../platform/clock.ts'
import { type Answer, page } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { type Column, DataTable, EmptyState, FilterChips, PageTitle, Tag } from '../../ui/index.ts'
import { type Approval, decisionWords } from '../approval.ts'
import { sentBy, waitingFor } from '../approvals.queries.ts'

const views = { '': 'Waiting for you', sent: 'What you sent', all: 'All that you sent' } as const
const most = 200

/** What waits for the reader's sign-off, and what they sent. */
export async function listApprovals(visit: Visit): Promise<Answer> {
  const { tx, actor, clock, query } = visit
  const asked = query.get('view') ?? ''
  const view = asked === 'sent' || asked === 'all' ? asked : ''
  const waiting = await waitingFor(tx, actor, most)
  const shown = view === '' ? waiting : await sentBy(tx, actor, view === 'all' ? 'all' : 'open', most)
  await audit(tx, actor, clock.now(), {
    action: 'approvals-listed',
    subject: { type: 'user', id: actor.userId ?? '' },
    detail: { view: view || 'waiting' },
  })
  const empty = view === '' ? 'Nothing waits for your sign-off.' : 'You have sent nothing that is open.'
  const body = (
    <>
      {PageTitle({ title: 'Sign-off', context: waiting.length > 0 ? `${waiting.length} waiting for you` : undefined })}
      <FilterChips
        label="Which"
        items={(Object.keys(views) as (keyof typeof views)[]).map(one => ({
          text: views[one],
          href: one ? `${paths.approvals.list}?view=${one}` : paths.approvals.list,
          current: one === view,
          ...(one === '' ? { count: waiting.length } : {}),
        }))}
      />
      <DataTable
        caption="Sign-off"
        captionHidden
        rows={shown}
        keyOf={one => one.id}
        columns={columnsOf(view)}
        empty={<EmptyState title={empty} />}
      />
    </>
  )
  return page('Sign-off', body, { section: 'work' })
}

function columnsOf(view: string): Column<Approval>[] {
  return [
    {
      heading: 'What',
      rowHeader: true,
      cell: one => (
        <a class="govuk-link" href={paths.approvals.show(one.id)}>
          {one.title}
        </a>
      ),
      second: one => (one.round > 1 ? `Sent for the ${one.round === 2 ? 'second' : `${one.round}th`} time` : undefined),
    },
    { heading: 'About', cell: one => one.personName || one.caseName, second: one => one.caseName },
    view === ''
      ? { heading: 'From', cell: one => one.sentBy, second: one => formatInstant(one.sentAt) }
      : { heading: 'To', cell: one => one.sentToName, second: one => formatInstant(one.sentAt) },
    { heading: 'Where it stands', cell: one => <StateTag approval={one} />, second: one => one.comment || one.message || undefined },
  ]
}

export function StateTag({ approval: { decision } }: { approval: Pick<Approval, 'decision'> }) {
  const colour =
    decision === 'approved'
      ? 'govuk-tag--green'
      : decision === 'returned'
        ? 'govuk-tag--yellow'
        : decision
          ? 'govuk-tag--grey'
          : 'govuk-tag--blue'
  return <Tag text={decision ? decisionWords[decision] : 'Waits'} classes={colour} />
}
