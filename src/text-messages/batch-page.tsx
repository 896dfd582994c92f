import { createHash } from 'node:crypto'
import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { formatName, formatTelephone, needsCare, safeToContactWords, type Telephone } from '../people/index.ts'
import { formatInstant, londonDate } from '../platform/clock.ts'
import { ageOn, type PlainDate } from '../platform/plain-date.ts'
import { type Answer, page } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import {
  AlertBar,
  BackLink,
  Button,
  Checkboxes,
  DataTable,
  errorFor,
  errorSummaryFor,
  Facts,
  type FieldError,
  Figures,
  FlagTag,
  Form,
  InsetText,
  PageTitle,
  Pagination,
  Words,
} from '../ui/index.ts'
import type { Batch } from './batches.ts'
import { backFrom } from './compose.tsx'
import { StatusTag } from './frame.tsx'
import { type Candidate, type LeftOut, leftOutWords } from './may-text.ts'
import { type BatchFigures, figuresOf, type LeftOutRow, leftOutOf, messagesOf } from './messages.queries.ts'
import { whoseNumber } from './receivers.ts'
import { type Omitted, type Recipient, type Recipients, tellingWordsOf } from './recipients.ts'
import { statusWords } from './status.ts'

const pageLength = 100
const mostLeftOut = 500

/** What stands for a group as it was shown: somebody who has come or gone since is noticed. */
export const markOf = ({ to }: Recipients): string =>
  createHash('sha256')
    .update(to.map(one => `${one.candidate.personId} ${one.number} ${one.words}`).join('\n'))
    .digest('base64url')

/** Everybody whom it would go to, in the words that each would read, and everybody left out and why. */
export async function previewPage(
  visit: Visit,
  batch: Batch,
  title: string,
  recipients: Recipients,
  errors: readonly FieldError[],
): Promise<Answer> {
  const telling = await tellingWordsOf(visit.tx, batch.words, recipients)
  const { to, leftOut, fragments } = recipients
  const { shown, pages } = paged(visit, to, paths.messages.batch(batch.id))
  const alone = batch.groupKey === 'case'
  const today = londonDate(visit.clock.now())
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
          { label: 'Left out', value: people(leftOut.length) },
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
        {to.length > 0 ? <TellingWords telling={telling} errors={errors} /> : null}
        <div class="govuk-button-group">
          {to.length > 0
            ? Button({ text: to.length === 1 ? 'Send the text' : `Send to ${people(to.length)}`, preventDoubleClick: true })
            : null}
          <a class="govuk-link" href={paths.messages.edit(batch.id)}>
            Change
          </a>
        </div>
      </Form>
      <Form {...visit.form} action={paths.messages.discard(batch.id)}>
        {Button({ text: 'Throw it away', classes: 'govuk-button--secondary', preventDoubleClick: true })}
      </Form>
      {to.length > 0 ? (
        <DataTable
          caption={to.length > pageLength ? `Who gets it, ${people(to.length)}` : 'Who gets it'}
          rows={shown}
          keyOf={one => one.candidate.personId}
          columns={[
            {
              heading: 'Person',
              rowHeader: true,
              cell: one => nameOf(one),
              second: one => (
                <>
                  <AgeAndNumber one={one} today={today} />
                  <AboutWhom candidate={one.candidate} />
                </>
              ),
            },
            { heading: 'What they read', cell: one => <span class="ly-as-written">{one.words}</span> },
            { heading: 'Costs', numeric: true, cell: one => one.cost.fragments },
          ]}
        />
      ) : null}
      {pages}
      <LeftOutTable leftOut={leftOut} today={today} />
    </>
  )
  return page(`Check before you send – ${title}`, body, { section: 'messages', hasErrors: errors.length > 0 })
}

/** Words that somebody who looks at the phone may understand: the sender says that it is safe, and nothing is sent before they do. */
function TellingWords({ telling, errors }: { telling: readonly string[]; errors: readonly FieldError[] }): VNode | null {
  if (telling.length === 0) return null
  return (
    <>
      {AlertBar({
        kind: 'warning',
        title: telling.length === 1 ? 'A word in it may tell of their case' : 'Words in it may tell of their case',
        children: `${telling.map(word => `“${word}”`).join(', ')}. Somebody else may read it. Change the text, or say that it is safe.`,
      })}
      {Checkboxes({
        idPrefix: 'safe',
        name: 'safe',
        classes: 'govuk-checkboxes--small',
        errorMessage: errorFor(errors, 'safe'),
        items: [{ value: 'yes', text: 'It is safe for whoever may see the phone to read these words' }],
      })}
    </>
  )
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

/** Under this age, whoever sends thinks twice what it says: others may look after the phone. */
const young = 16

function AgeAndNumber({ one, today }: { one: { candidate: Candidate; number?: Telephone }; today: PlainDate }): VNode {
  const { dateOfBirth } = one.candidate
  const age = dateOfBirth === null ? undefined : ageOn(dateOfBirth, today)
  return (
    <>
      {age === undefined ? 'Age not known' : `Aged ${age}`} {age !== undefined && age < young ? <FlagTag>Under {young}</FlagTag> : null}
      {one.number ? ` ${formatTelephone(one.number)}` : null}
    </>
  )
}

const isYoung = ({ dateOfBirth }: Candidate, today: PlainDate): boolean =>
  dateOfBirth !== null && (ageOn(dateOfBirth, today) ?? young) < young

function AboutWhom({ candidate: { about } }: { candidate: Candidate }): VNode | null {
  return about && <span class="ly-second">About {formatName(about)}, on whose record it is kept</span>
}

// What is put right where the number is recorded.
const ofTheNumber: readonly LeftOut[] = ['no-mobile', 'never', 'no-texts', 'no-message', 'somebody-elses', 'not-this-day', 'not-this-time']

/** The reason in full: whose phone it is; and where it is mended. */
function WhyLeftOut({ one: { candidate, why }, today }: { one: Omitted; today: PlainDate }): VNode {
  const whose = why === 'somebody-elses' ? candidate.mobiles.find(mobile => mobile.whose !== null)?.whose : undefined
  return (
    <>
      {whose ? `${leftOutWords[why]}: it is recorded as ${whose}’s` : leftOutWords[why]}
      {ofTheNumber.includes(why) && candidate.mayEdit ? (
        <span class="ly-second">
          {why === 'no-mobile' && !candidate.about && isYoung(candidate, today) ? (
            <>
              <a class="govuk-link" href={paths.messages.addToCase(candidate.caseId)}>
                Text a parent or carer
              </a>
              , if one is on record.{' '}
            </>
          ) : null}
          {why === 'no-mobile' ? 'Add a number under ' : 'If that is not so, or not so any more, change it under '}
          <a class="govuk-link" href={paths.people.details(candidate.personId)}>
            details of {nameOf({ candidate })}
          </a>
        </span>
      ) : null}
    </>
  )
}

function LeftOutTable({ leftOut, today }: { leftOut: readonly Omitted[]; today: PlainDate }): VNode | null {
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
          second: one => (
            <>
              <AgeAndNumber one={{ candidate: one.candidate }} today={today} />
              <AboutWhom candidate={one.candidate} />
            </>
          ),
        },
        { heading: 'Why', cell: one => <WhyLeftOut one={one} today={today} /> },
      ]}
    />
  )
}

/** Where each text of a batch is now. */
export async function progressPage(visit: Visit, batch: Batch, title: string): Promise<Answer> {
  const pageNumber = pageOf(visit)
  const [figures, leftOut, rows] = await Promise.all([
    figuresOf(visit.tx, batch.id),
    leftOutOf(visit.tx, batch.id),
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
            second: row => (row.isAbout ? `To ${whoseNumber(row)}` : whoseNumber(row)),
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
      <LeftOutThen rows={leftOut} />
    </>
  )
  return page(title, body, { section: 'messages', ...(isGoing ? { refreshAfter: 5 } : {}) })
}

/** Who was left out when it was sent: how many for which reason, and who, of those whom the reader may still see. */
function LeftOutThen({ rows }: { rows: readonly LeftOutRow[] }): VNode | null {
  if (rows.length === 0) return null
  const reasons = [...new Set(rows.map(row => row.why))].map(why => ({ why, of: rows.filter(row => row.why === why) }))
  return (
    <DataTable
      caption={`Left out when it was sent: ${people(rows.length)}`}
      rows={reasons}
      keyOf={reason => reason.why}
      columns={[
        { heading: 'Why', rowHeader: true, cell: reason => leftOutWords[reason.why] },
        { heading: 'People', numeric: true, cell: reason => reason.of.length },
        {
          heading: 'Who',
          cell: reason => (
            <ul class="ly-list">
              {reason.of.slice(0, mostLeftOut).map(one => (
                <li key={one.caseId}>
                  <a class="govuk-link govuk-link--no-visited-state" href={paths.cases.show(one.caseId)}>
                    {formatName(one)}
                  </a>
                </li>
              ))}
            </ul>
          ),
        },
      ]}
    />
  )
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
const people = (count: number): string => (count === 0 ? 'Nobody' : count === 1 ? '1 person' : `${count} people`)
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
