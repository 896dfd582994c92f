import type { VNode } from 'preact'
import { audit } from '../audit/index.ts'
import { paths } from '../paths.ts'
import { formatInstant } from '../platform/clock.ts'
import type { Answer } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, DataTable, EmptyState, Form, Pagination } from '../ui/index.ts'
import { type Batch, batchesOf, draftsOf } from './batches.ts'
import { groupValue, isToOne, offeredGroups } from './compose.tsx'
import { listPage } from './frame.tsx'
import type { TextGroup } from './groups.ts'
import { countWaiting } from './inbox.queries.ts'
import { peopleOfCases } from './messages.queries.ts'

const pageLength = 30

/** What the actor has written and not sent, and what they have sent, with what became of it. */
export async function sentPage(visit: Visit, groups: readonly TextGroup[], outbox: boolean): Promise<Answer> {
  const { tx, actor, query, clock } = visit
  const before = /^\d{1,15}$/.test(query.get('before') ?? '') ? new Date(Number(query.get('before'))) : undefined
  const [found, drafts, waiting] = await Promise.all([
    batchesOf(tx, actor, pageLength + 1, before),
    before ? [] : draftsOf(tx, actor),
    countWaiting(tx, actor),
  ])
  const shown = found.slice(0, pageLength)
  const titleOf = await titlesOf(visit, groups, [...drafts, ...shown])
  const last = shown.at(-1)
  await audit(tx, actor, clock.now(), { action: 'texts-looked-at', subject: { type: 'user', id: actor.userId ?? '' } })
  const body = (
    <>
      {outbox ? (
        <p class="govuk-body">
          No text leaves this machine.{' '}
          <a class="govuk-link" href={paths.outbox}>
            Read in the outbox what would have been sent
          </a>
        </p>
      ) : null}
      {drafts.length > 0 ? (
        <DataTable
          caption="Written and not sent"
          rows={drafts}
          keyOf={batch => batch.id}
          columns={[
            {
              heading: 'To',
              rowHeader: true,
              cell: batch => <BatchLink batch={batch} title={titleOf(batch)} />,
              second: batch => `Written ${formatInstant(batch.madeAt)}. Forgotten after a week`,
            },
            { heading: 'Words', cell: batch => <span class="ly-as-written">{batch.words}</span> },
            {
              heading: 'Throw away',
              cell: batch => (
                <Form {...visit.form} action={paths.messages.discard(batch.id)}>
                  {Button({
                    text: (
                      <>
                        Throw away <span class="govuk-visually-hidden">the text to {titleOf(batch)}</span>
                      </>
                    ),
                    classes: 'govuk-button--secondary',
                    preventDoubleClick: true,
                  })}
                </Form>
              ),
            },
          ]}
        />
      ) : null}
      <DataTable
        caption="Sent"
        captionHidden={drafts.length === 0}
        rows={shown}
        keyOf={batch => batch.id}
        empty={<EmptyState title="You have sent no texts yet." />}
        columns={[
          {
            heading: 'To',
            rowHeader: true,
            cell: batch => <BatchLink batch={batch} title={titleOf(batch)} />,
            second: batch => formatInstant(batch.confirmedAt ?? batch.madeAt),
          },
          { heading: 'Words', cell: batch => <span class="ly-as-written">{batch.words}</span> },
          { heading: 'Delivered', numeric: true, cell: ({ counts }) => (counts.delivered ?? 0) + (counts.sent ?? 0) },
          { heading: 'On the way', numeric: true, cell: ({ counts }) => (counts.created ?? 0) + (counts.sending ?? 0) },
          {
            heading: 'Failed or not sent',
            numeric: true,
            cell: ({ counts }) =>
              (counts['permanent-failure'] ?? 0) +
              (counts['temporary-failure'] ?? 0) +
              (counts['technical-failure'] ?? 0) +
              (counts['not-sent'] ?? 0),
          },
        ]}
      />
      {found.length > pageLength && last
        ? Pagination({ landmarkLabel: 'Pages', next: { text: 'Earlier', href: `${paths.messages.list}?before=${last.madeAt.getTime()}` } })
        : null}
    </>
  )
  return listPage(actor, 'sent', 'Text messages', body, {
    waiting,
    actions: Button({ text: 'Send a text to a group', href: paths.messages.add }),
  })
}

function BatchLink({ batch, title }: { batch: Batch; title: string }): VNode {
  return (
    <a class="govuk-link govuk-link--no-visited-state" href={paths.messages.batch(batch.id)}>
      {title}
    </a>
  )
}

/** What each goes by: 'My caseload', or the name of the one person that it is to, if the actor may still see them. */
export async function titlesOf(visit: Visit, groups: readonly TextGroup[], batches: readonly Batch[]): Promise<(batch: Batch) => string> {
  const offered = batches.every(isToOne)
    ? []
    : await offeredGroups(
        visit,
        groups,
        batches.filter(batch => !isToOne(batch)).map(one => groupValue(one.groupKey, one.groupOption)),
      )
  const people = await peopleOfCases(
    visit.tx,
    batches.filter(isToOne).map(batch => batch.groupOption),
  )
  return batch =>
    isToOne(batch)
      ? (people.get(batch.groupOption)?.name ?? 'Somebody whose record you may no longer see')
      : (offered.find(one => one.group.key === batch.groupKey && one.option === batch.groupOption)?.title ?? 'A group of people')
}
