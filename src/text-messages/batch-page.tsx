import { createHash } from 'node:crypto'
import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { formatName, formatTelephone, needsCare, safeToContactWords } from '../people/index.ts'
import { formatInstant } from '../platform/clock.ts'
import { type Answer, page } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import {
  AlertBar,
  BackLink,
  Button,
  DataTable,
  errorSummaryFor,
  Facts,
  type FieldError,
  Figures,
  Form,
  InsetText,
  PageTitle,
  Pagination,
  Words,
} from '../ui/index.ts'
import type { Batch } from './batches.ts'
import { backFrom } from './compose.tsx'
import { StatusTag } from './frame.tsx'
import { leftOutWords } from './may-text.ts'
import { type BatchFigures, figuresOf, messagesOf } from './messages.queries.ts'
import type { Omitted, Recipient, Recipients } from './recipients.ts'
import { statusWords } from './status.ts'

const pageLength = 100
const mostLeftOut = 500

/** What stands for a group as it was shown: somebody who has come or gone since is noticed. */
export const markOf = ({ to }: Recipients): string =>
  createHash('sha256')
    .update(to.map(one => `${one.candidate.personId} ${one.number} ${one.words}`).join('\n'))
    .digest('base64url')

/** Everybody whom it would go to, in the words that each would read, and everybody left out and why. */
export function previewPage(visit: Visit, batch: Batch, title: string, recipients: Recipients, errors: readonly FieldError[]): Answer {
  const { to, leftOut, fragments } = recipients
  const { shown, pages } = paged(visit, to, paths.messages.batch(batch.id))
  const alone = batch.groupKey === 'case'
  const costly = [...new Set(to.flatMap(one => one.cost.costly))]
  const body = (
    <>
      <BackLink href={backFrom(batch)}>Back</BackLink>
      {errorSummaryFor(errors)}
      <PageTitle title="Check before you send" context={title} />
      {alone ? <Cares to={to} /> : null}
      <Facts
        items={[
          { label: 'Goes to', value: people(to.length) },
          { label: 'Left out', value: leftOut.length === 0 ? 'Nobody' : people(leftOut.length) },
          {
            label: 'Costs',
            value: fragments === 1 ? '1 text' : `${fragments} texts`,
            second: 'What the network charges for: a long text counts as several.',
          },
        ]}
      />
      {costly.length > 0 ? InsetText({ text: `These characters make it cost more: ${costly.join(' ')}` }) : null}
      <Form {...visit.form} action={paths.messages.send(batch.id)}>
        <input type="hidden" name="shown" value={markOf(recipients)} />
        <div class="govuk-button-group">
          {to.length > 0
            ? Button({ text: to.length === 1 ? 'Send the text' : `Send to ${people(to.length)}`, preventDoubleClick: true })
            : null}
          <a class="govuk-link" href={paths.messages.edit(batch.id)}>
            Change
          </a>
        </div>
      </Form>
      {to.length > 0 ? (
        <DataTable
          caption={to.length > pageLength ? `Who gets it, ${people(to.length)}` : 'Who gets it'}
          rows={shown}
          keyOf={one => one.candidate.personId}
          columns={[
            { heading: 'Person', rowHeader: true, cell: one => nameOf(one), second: one => formatTelephone(one.number) },
            { heading: 'What they read', cell: one => <span class="ly-as-written">{one.words}</span> },
            { heading: 'Costs', numeric: true, cell: one => one.cost.fragments },
          ]}
        />
      ) : null}
      {pages}
      <LeftOutTable leftOut={leftOut} />
    </>
  )
  return page(`Check before you send – ${title}`, body, { section: 'messages', hasErrors: errors.length > 0 })
}

/** What must be known before one person is texted, read here and not in a group. */
function Cares({ to }: { to: readonly Recipient[] }): VNode[] {
  return to.flatMap(({ candidate, number }) => {
    const mobile = candidate.mobiles.find(one => one.number === number)
    return [
      ...(mobile && needsCare(mobile.safe)
        ? [AlertBar({ kind: 'warning', title: 'Safe contact', children: safeToContactWords(mobile.safe) })]
        : []),
      ...(mobile?.shared ? [AlertBar({ kind: 'warning', title: 'Somebody else on record has this number too' })] : []),
    ]
  })
}

function LeftOutTable({ leftOut }: { leftOut: readonly Omitted[] }): VNode | null {
  if (leftOut.length === 0) return null
  return (
    <DataTable
      caption={leftOut.length > mostLeftOut ? `Who is left out, the first ${mostLeftOut} of ${leftOut.length}` : 'Who is left out'}
      rows={leftOut.slice(0, mostLeftOut)}
      keyOf={one => one.candidate.personId}
      columns={[
        {
          heading: 'Person',
          rowHeader: true,
          cell: one => (
            <a class="govuk-link govuk-link--no-visited-state" href={paths.cases.show(one.candidate.caseId)}>
              {nameOf(one)}
            </a>
          ),
        },
        { heading: 'Why', cell: one => leftOutWords[one.why] },
      ]}
    />
  )
}

/** Where each text of a batch is now. */
export async function progressPage(visit: Visit, batch: Batch, title: string): Promise<Answer> {
  const pageNumber = pageOf(visit)
  const [figures, rows] = await Promise.all([
    figuresOf(visit.tx, batch.id),
    messagesOf(visit.tx, batch.id, pageLength, (pageNumber - 1) * pageLength),
  ])
  const isGoing = (figures.created ?? 0) > 0
  const body = (
    <>
      <BackLink href={backFrom(batch)}>Back</BackLink>
      <PageTitle title={title} context={batch.confirmedAt ? `Sent ${formatInstant(batch.confirmedAt)}` : undefined} />
      <Figures label="What became of them" items={figuresShown(figures)} />
      {isGoing ? (
        <p class="govuk-body">
          {batch.stoppedAt ? 'You have stopped them.' : 'They are going out now.'} This page looks again by itself every few seconds; you
          can leave it.
        </p>
      ) : null}
      {isGoing && !batch.stoppedAt ? (
        <Form {...visit.form} action={paths.messages.stop(batch.id)}>
          {Button({ text: 'Stop those that wait', classes: 'govuk-button--warning', preventDoubleClick: true })}
        </Form>
      ) : null}
      <Facts
        items={[
          { label: 'Words', value: <Words text={batch.words} /> },
          { label: 'Costs', value: figures.fragments === 1 ? '1 text' : `${figures.fragments} texts` },
        ]}
      />
      <DataTable
        caption="Texts"
        rows={rows}
        keyOf={row => row.id}
        columns={[
          {
            heading: 'Person',
            rowHeader: true,
            cell: row => (
              <a class="govuk-link govuk-link--no-visited-state" href={`${paths.messages.ofCase(row.caseId)}#text-${row.id}`}>
                {formatName(row)}
              </a>
            ),
            second: row => formatTelephone(row.number),
          },
          {
            heading: 'Status',
            cell: row => <StatusTag status={row.status} />,
            second: row => row.why || (row.status.endsWith('-failure') ? statusWords[row.status] : undefined),
          },
          { heading: 'When', cell: row => (row.statusAt ? formatInstant(row.statusAt) : 'Not yet') },
          { heading: 'Costs', numeric: true, cell: row => row.fragments },
        ]}
      />
      {pagesOf(figures.all, pageNumber, paths.messages.batch(batch.id))}
    </>
  )
  return page(title, body, { section: 'messages', ...(isGoing ? { refreshAfter: 5 } : {}) })
}

function figuresShown(figures: BatchFigures) {
  const failed = (figures['permanent-failure'] ?? 0) + (figures['temporary-failure'] ?? 0) + (figures['technical-failure'] ?? 0)
  return [
    { count: figures.created ?? 0, label: 'waiting to go' },
    { count: figures.sending ?? 0, label: 'on their way' },
    { count: (figures.delivered ?? 0) + (figures.sent ?? 0), label: 'delivered' },
    { count: failed, label: 'failed', urgent: true },
    { count: figures['not-sent'] ?? 0, label: 'not sent' },
  ]
}

const nameOf = ({ candidate }: { candidate: { given: string | null; family: string | null } }): string => formatName(candidate)
const people = (count: number): string => (count === 1 ? '1 person' : `${count} people`)
const pageOf = ({ query }: Visit): number => Math.max(1, Number.parseInt(query.get('page') ?? '1', 10) || 1)

function paged<T>(visit: Visit, all: readonly T[], address: string): { shown: readonly T[]; pages: VNode | null } {
  const number = pageOf(visit)
  return { shown: all.slice((number - 1) * pageLength, number * pageLength), pages: pagesOf(all.length, number, address) }
}

function pagesOf(all: number, number: number, address: string): VNode | null {
  if (all <= pageLength) return null
  return Pagination({
    landmarkLabel: 'Pages',
    ...(number > 1 ? { previous: { href: `${address}?page=${number - 1}` } } : {}),
    ...(number * pageLength < all ? { next: { href: `${address}?page=${number + 1}` } } : {}),
  })
}
