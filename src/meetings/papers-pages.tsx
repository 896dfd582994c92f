import type { VNode } from 'preact'
import { answersInWords, workOut } from '../forms/index.ts'
import { type Block, type Paper, printout } from '../letters/index.ts'
import { paths } from '../paths.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, errorFor, errorSummaryFor, type FieldError, Form, InsetText, Textarea } from '../ui/index.ts'
import { actionsOfItems } from './actions.ts'
import { formOfMeeting, savedAnswers, surroundings } from './answers.ts'
import { auditItems } from './change-items.ts'
import { whatStandsOf } from './course.ts'
import { approveMinutes, attendanceOf, circulateMinutes, entriesOfMeeting, minutesLeft } from './entries.ts'
import { dayInWords, meetingLink, meetingPage, type OfMeeting } from './frame.tsx'
import { itemsAt, partiesOf } from './items.queries.ts'
import { researchForm } from './kind.ts'
import type { Item } from './meeting.ts'
import { type ItemOnPaper, minutesOf, papersOf } from './papers.ts'
import { whatHappened } from './referral.ts'
import { isAnswered, researchOfMeeting } from './research.ts'
import { seatsOfSeries } from './series.queries.ts'
import { longestWords, tooLong } from './too-long.ts'

/** The items of a meeting as its reader may see them: what they may not read of one is not in it, and what is not theirs at all leaves no number. */
async function itemsOnPaper({ tx, actor, clock }: Visit, { meeting, kind }: OfMeeting): Promise<ItemOnPaper[]> {
  const items = (await itemsAt(tx, actor, meeting.id)).filter(one => one.state !== 'listed' || one.meetingId !== meeting.id)
  const ids = items.map(one => one.id)
  const parties = await partiesOf(tx, ids)
  const research = (await researchOfMeeting(tx, actor, meeting.id)).filter(one => one.isCirculated && isAnswered(one))
  const entries = await entriesOfMeeting(tx, meeting.id)
  const actions = await actionsOfItems(tx, actor, ids)
  const around = surroundings(clock.now())
  const all: ItemOnPaper[] = []
  for (const item of items) {
    const known = []
    for (const one of research.filter(each => each.itemId === item.id)) {
      const form = formOfMeeting(researchForm(kind, one.category))
      const saved = await savedAnswers(tx, { itemId: item.id, researchId: one.id })
      const lines = answersInWords(form, workOut(form, saved.answers, around), around)
      // Kept from the reader: that it was brought is not said either.
      if (one.state === 'submitted' && lines.length === 0) continue
      known.push({ agencyName: one.agencyName, held: one.state === 'submitted', lines })
    }
    all.push({
      item,
      parties: parties.get(item.id) ?? [],
      happened: whatHappened(kind, await savedAnswers(tx, { itemId: item.id, formCode: kind.referral.code })),
      known,
      entries: entries.filter(one => one.itemId === item.id),
      actions: actions.filter(one => one.itemId === item.id),
    })
  }
  await auditItems(tx, actor, clock.now(), 'meeting-papers-read', items)
  return all
}

async function papers(visit: Visit, of: OfMeeting): Promise<Paper> {
  return papersOf({ ...of, items: await itemsOnPaper(visit, of), printedBy: visit.actor.name, now: visit.clock.now() })
}

async function minutes(visit: Visit, of: OfMeeting): Promise<Paper> {
  const { tx, actor, clock } = visit
  const seats = await seatsOfSeries(tx, of.series.id)
  const attendance = await attendanceOf(tx, of.meeting.id)
  return minutesOf({ ...of, items: await itemsOnPaper(visit, of), attendance, seats, printedBy: actor.name, now: clock.now() })
}

export async function papersPage(visit: Visit, of: OfMeeting): Promise<Answer> {
  if (!of.meeting.circulatedAt && !of.series.runs) return notFound()
  const paper = await papers(visit, of)
  const body = (
    <>
      {of.meeting.circulatedAt
        ? null
        : InsetText({ text: 'They have not gone round. What agencies have submitted joins them when they do.' })}
      <PaperShown paper={paper} />
    </>
  )
  return meetingPage(of.kind, 'Papers', body, {
    context: meetingLink(of.series, of.meeting),
    actions: Button({ text: 'As PDF', href: paths.meetings.papersAsPdf(of.meeting.id), classes: 'govuk-button--secondary' }),
    inTitle: of.series.name,
  })
}

export async function papersAsPdf(visit: Visit, of: OfMeeting): Promise<Answer> {
  if (!of.meeting.circulatedAt && !of.series.runs) return notFound()
  return printout(await papers(visit, of), visit.clock.now(), `Papers ${dayInWords(of.meeting.startsAt)}`)
}

/** Members read the minutes once they have gone round; those who run the meeting write and approve them. */
const mayRead = ({ meeting, series }: OfMeeting): boolean =>
  meeting.minutesCirculatedAt !== null || (series.runs && meeting.state !== 'planned')

export async function minutesPage(
  visit: Visit,
  of: OfMeeting,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  if (!mayRead(of)) return notFound()
  const { meeting, series, kind } = of
  const paper = await minutes(visit, of)
  const left = series.runs && meeting.state === 'held' ? await minutesLeft(visit.tx, visit.actor, meeting) : []
  const body = (
    <>
      {series.runs ? <Approve visit={visit} of={of} left={left.length} typed={typed} errors={errors} /> : null}
      <PaperShown paper={paper} />
    </>
  )
  return meetingPage(kind, 'Minutes', body, {
    hasErrors: errors.length > 0,
    context: meetingLink(series, meeting),
    actions: Button({ text: 'As PDF', href: paths.meetings.minutesAsPdf(meeting.id), classes: 'govuk-button--secondary' }),
    inTitle: series.name,
  })
}

function Approve({
  visit,
  of: { meeting },
  left,
  typed,
  errors,
}: {
  visit: Visit
  of: OfMeeting
  left: number
  typed: Fields
  errors: readonly FieldError[]
}): VNode | null {
  if (meeting.state !== 'held') return null
  const sendRound = (text: string) => (
    <Form {...visit.form} action={paths.meetings.circulateMinutes(meeting.id)}>
      {Button({ text, preventDoubleClick: true })}
    </Form>
  )
  if (meeting.minutesCirculatedAt)
    return left > 0
      ? sendRound(left === 1 ? 'Send the minutes of 1 more case round' : `Send the minutes of ${left} more cases round`)
      : null
  return (
    <>
      <Form {...visit.form} action={paths.meetings.minutes(meeting.id)} classes="ly-form">
        {errorSummaryFor(errors)}
        {Textarea({
          name: 'words',
          id: 'words',
          label: 'Anything beside the cases',
          hint: 'Everybody who sits in the meeting reads it: name nobody here',
          rows: 3,
          value: typed.has('words') ? typed.typed('words') : meeting.minutesWords,
          errorMessage: errorFor(errors, 'words'),
        })}
        {Button({
          text: meeting.minutesApprovedAt ? 'Approve again' : 'Approve the minutes',
          classes: meeting.minutesApprovedAt ? 'govuk-button--secondary' : undefined,
          preventDoubleClick: true,
        })}
      </Form>
      {meeting.minutesApprovedAt ? sendRound('Send the minutes round') : null}
    </>
  )
}

export async function postMinutes(visit: Visit, of: OfMeeting): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const { meeting } = of
  const errors = tooLong(fields, { words: 'Anything beside the cases' }, longestWords)
  const unreasoned = await withoutReason(visit, of)
  if (unreasoned.length > 0)
    errors.push({
      field: 'words',
      message: `Write down first why it was decided on case ${unreasoned.map(one => one.reference).join(', ')}`,
    })
  if (errors.length > 0) return minutesPage(visit, of, fields, errors)
  const approved = await approveMinutes(tx, actor, clock.now(), meeting, fields.text('words'))
  return redirect(paths.meetings.minutes(meeting.id), {
    notice: approved.ok ? 'Approved. Send them round when they are to go.' : 'They cannot be approved now.',
  })
}

/** Cases of this date with a decision that still lacks its reason: words are kept while they are typed, and minutes are not approved with half of them. */
async function withoutReason({ tx, actor }: Visit, { meeting }: OfMeeting): Promise<Item[]> {
  const entries = await entriesOfMeeting(tx, meeting.id)
  return (await itemsAt(tx, actor, meeting.id)).filter(item => item.mayEdit && whatStandsOf(item, meeting, entries, []).lacksReason)
}

export async function postCirculateMinutes(visit: Visit, of: OfMeeting): Promise<Answer> {
  const { tx, actor, clock } = visit
  const { meeting } = of
  if ((await withoutReason(visit, of)).length > 0)
    return redirect(paths.meetings.minutes(meeting.id), { notice: 'A decision lacks its reason: write that down first.' })
  const sent = await circulateMinutes(tx, actor, clock.now(), meeting)
  return redirect(paths.meetings.minutes(meeting.id), { notice: sent.ok ? 'The minutes have gone round.' : 'Approve them first.' })
}

export async function minutesAsPdf(visit: Visit, of: OfMeeting): Promise<Answer> {
  if (!mayRead(of)) return notFound()
  return printout(await minutes(visit, of), visit.clock.now(), `Minutes ${dayInWords(of.meeting.startsAt)}`)
}

/** A paper as a page: the same words in the same order as its PDF. Its title is the page's own. */
function PaperShown({ paper }: { paper: Paper }): VNode {
  return <div class="ly-paper ly-paper--wide">{paper.blocks.slice(1).map((block, place) => shown(block, place))}</div>
}

const words = (spans: readonly { text: string }[]): string => spans.map(one => one.text).join('')

function shown(block: Block, key: number): VNode | null {
  switch (block.kind) {
    case 'heading':
      return block.level === 3 ? (
        <h3 class="govuk-heading-s" key={key}>
          {words(block.content)}
        </h3>
      ) : (
        <h2 class="govuk-heading-m" key={key}>
          {words(block.content)}
        </h2>
      )
    case 'paragraph':
      return (
        <p class="govuk-body ly-words" key={key}>
          {words(block.content)}
        </p>
      )
    case 'list':
      return (
        <ul class="govuk-list govuk-list--bullet" key={key}>
          {block.items.map((item, place) => (
            <li key={place}>{item.map(each => (each.kind === 'paragraph' ? words(each.content) : null))}</li>
          ))}
        </ul>
      )
    case 'table':
      return (
        <table class="govuk-table ly-table" key={key}>
          <thead class="govuk-table__head">
            <tr>
              {block.head.map((cell, place) => (
                <th class="govuk-table__header" scope="col" key={place}>
                  {words(cell)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map((row, place) => (
              <tr key={place}>
                {row.map((cell, column) => (
                  <td class="govuk-table__cell" key={column} data-label={words(block.head[column] ?? [])}>
                    {words(cell)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )
    default:
      return null
  }
}
