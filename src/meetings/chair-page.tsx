import type { VNode } from 'preact'
import { partsKeptFrom, wordsPart } from '../access/index.ts'
import { paths } from '../paths.ts'
import { formatInstant, londonDate, today } from '../platform/clock.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import {
  Button,
  dueWords,
  errorFor,
  errorSummaryFor,
  type FieldError,
  Form,
  Input,
  InsetText,
  Select,
  Tag,
  Textarea,
  Words,
} from '../ui/index.ts'
import { readActionLine, readWhen, seatMeant } from './action-line.ts'
import { type Action, actionsOfItems, setAction } from './actions.ts'
import { slots } from './agenda.ts'
import { savedAnswers } from './answers.ts'
import { auditItems } from './change-items.ts'
import {
  attendanceOf,
  changesTo,
  type Entry,
  entriesOfMeeting,
  entryWas,
  finishMeeting,
  isQuorate,
  leftOver,
  markDiscussed,
  openMeeting,
  writeEntry,
} from './entries.ts'
import { dayInWords, itemLine, itemLink, meetingLink, meetingPage, type OfItem, type OfMeeting, peopleLine, timeOf } from './frame.tsx'
import { agendaOf, partiesOf } from './items.queries.ts'
import { agencyLabel } from './kind.ts'
import { type Item, partyName, type Seat } from './meeting.ts'
import { whatHappened } from './referral.ts'
import { researchOfItem } from './research.ts'
import { ResearchPanels } from './research-panels.tsx'
import { meetingsOf, seatsOfSeries } from './series.queries.ts'
import { longestLine, longestWords, tooLong } from './too-long.ts'

/** The chair's page: item by item, what agencies know, what is decided, what is to be done. */
export async function chairPage(
  visit: Visit,
  of: OfMeeting,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
  at?: string,
  changed: readonly Entry['kind'][] = [],
): Promise<Answer> {
  const { meeting, series, kind } = of
  const { tx, actor, clock, query } = visit
  if (meeting.state === 'planned') return redirect(paths.meetings.date(meeting.id), { notice: 'Send the agenda before the meeting.' })
  const all = await agendaOf(tx, actor, meeting.id)
  const items = all.filter(one => one.state !== 'listed')
  const item = items.find(one => one.id === (at ?? query.get('item'))) ?? items.find(one => one.state === 'sent') ?? items[0]
  const actions = await actionsOfItems(
    tx,
    actor,
    items.map(one => one.id),
  )
  const attendance = await attendanceOf(tx, meeting.id)
  const seats = await seatsOfSeries(tx, series.id)
  const present = attendance.filter(one => one.status === 'present').length
  const mayRecord =
    item !== undefined && meeting.state !== 'cancelled' && item.minutesCirculatedAt === null && (await mayWriteOf(visit, item))
  await auditItems(tx, actor, clock.now(), 'meeting-item-opened', item ? [item] : [])
  const times = slots(meeting.startsAt, items)
  const body = (
    <div class="ly-chair">
      <nav class="ly-chair__agenda" aria-labelledby="agenda">
        <h2 class="govuk-heading-m" id="agenda">
          Agenda
        </h2>
        <ol class="ly-chair__items">
          {items.map(one => (
            <li key={one.id} class={one === item ? 'ly-chair__item ly-chair__item--now' : 'ly-chair__item'}>
              <a class="govuk-link" href={paths.meetings.run(meeting.id, one.id)} aria-current={one === item ? 'true' : undefined}>
                Case {one.reference}
              </a>{' '}
              {one.state === 'discussed' ? <Tag text="done" classes="govuk-tag--green" /> : null}{' '}
              {one.withheld.length > 0 ? <Tag text="kept from somebody" classes="govuk-tag--red" /> : null}
              <span class="ly-second">
                {timeOf(times.get(one.id)!)} · {actionCount(actions.filter(action => action.itemId === one.id).length)}
                {one.isRepeat ? ' · repeat' : ''}
              </span>
            </li>
          ))}
        </ol>
        <p class="govuk-body">
          <a class="govuk-link" href={paths.meetings.attendance(meeting.id)}>
            Attendance {present} of {seats.filter(seat => !seat.endedAt).length}
          </a>
          <span class="ly-second">
            {isQuorate(series.quorum, attendance) ? 'Enough agencies are there' : `At least ${series.quorum} must be there`}
          </span>
        </p>
        <Progress
          visit={visit}
          of={of}
          left={leftOver(all).length}
          next={(await meetingsOf(tx, series.id)).coming.find(one => one.startsAt > meeting.startsAt)}
        />
      </nav>
      {item ? (
        <ChairItem
          visit={visit}
          of={of}
          item={item}
          happened={whatHappened(kind, await savedAnswers(tx, { itemId: item.id, formCode: kind.referral.code }))}
          people={(await partiesOf(tx, [item.id])).get(item.id) ?? []}
          research={await researchWithAnswers(visit, of, item)}
          entries={(await entriesOfMeeting(tx, meeting.id)).filter(one => one.itemId === item.id)}
          actions={actions.filter(action => action.itemId === item.id)}
          seats={seats.filter(seat => !seat.endedAt && !item.withheld.includes(seat.agency))}
          typed={typed}
          errors={errors}
          changed={changed}
          mayRecord={mayRecord}
          last={items.at(-1) === item}
        />
      ) : (
        <p class="govuk-body">Nothing on this agenda is for you.</p>
      )}
    </div>
  )
  const place = item ? items.indexOf(item) + 1 : 0
  return meetingPage(kind, item ? `Item ${place} of ${items.length}` : 'Meeting', body, {
    context: meetingLink(series, meeting),
    inTitle: series.name,
    hasErrors: errors.length > 0,
  })
}

/** Whoever runs the meeting writes down what is said, unless an item's free words are kept from them: then somebody else who runs it does. */
const mayWriteOf = async ({ tx, actor }: Visit, item: Item): Promise<boolean> =>
  item.mayEdit && !(await partsKeptFrom(tx, actor, item.id)).includes(wordsPart)

const actionCount = (count: number): string => (count === 0 ? 'no action' : count === 1 ? '1 action' : `${count} actions`)

async function researchWithAnswers({ tx, actor }: Visit, { meeting }: OfMeeting, item: Item) {
  const research = await researchOfItem(tx, actor, item.id, meeting.id)
  const answers = new Map<string, Awaited<ReturnType<typeof savedAnswers>>>()
  for (const one of research) answers.set(one.id, await savedAnswers(tx, { itemId: item.id, researchId: one.id }))
  return { research, answers }
}

function Progress({
  visit,
  of: { meeting },
  left,
  next,
}: {
  visit: Visit
  of: OfMeeting
  left: number
  next: OfMeeting['meeting'] | undefined
}): VNode | null {
  if (meeting.state === 'sent')
    return (
      <Form {...visit.form} action={paths.meetings.open(meeting.id)}>
        {Button({ text: 'Open the meeting', preventDoubleClick: true })}
      </Form>
    )
  if (meeting.state !== 'open' && (meeting.state !== 'held' || left === 0)) return null
  return (
    <Form {...visit.form} action={paths.meetings.finish(meeting.id)}>
      {left > 0 ? (
        <p class="govuk-body">
          {left === 1 ? '1 item has' : `${left} items have`} not been talked about
          {next ? ` and would go on to ${dayInWords(next.startsAt)}` : '. Add a date to carry them over to'}.
        </p>
      ) : null}
      {Button({
        text: meeting.state === 'open' ? 'End the meeting' : left === 1 ? 'Carry it over' : 'Carry them over',
        classes: 'govuk-button--secondary',
        preventDoubleClick: true,
      })}
    </Form>
  )
}

type ItemProps = {
  visit: Visit
  of: OfMeeting
  item: Item
  happened: string
  people: Awaited<ReturnType<typeof partiesOf>> extends ReadonlyMap<string, infer P> ? P : never
  research: Awaited<ReturnType<typeof researchWithAnswers>>
  entries: readonly Entry[]
  actions: readonly Action[]
  seats: readonly Seat[]
  typed: Fields
  errors: readonly FieldError[]
  /** What somebody else wrote while these words were being typed. */
  changed: readonly Entry['kind'][]
  mayRecord: boolean
  last: boolean
}

const changedWords = (kind: Entry['kind']): string =>
  `Somebody else wrote ${kind === 'note' ? 'the notes' : 'the decision'} while you were writing. Yours has not been saved: put both together and save`

/** What stands now, beside what was typed. */
const Meanwhile = ({ entry }: { entry: Entry }): VNode =>
  InsetText({
    text: (
      <>
        <strong>{entry.kind === 'note' ? 'Notes' : 'Decision'} as they stand now</strong>
        <Words text={entry.words || 'Nothing'} />
        {entry.rationale ? <Words text={`Why: ${entry.rationale}`} /> : null}
        <span class="ly-second">
          {entry.byName}, {formatInstant(entry.at)}
        </span>
      </>
    ),
  })

function ChairItem(props: ItemProps): VNode {
  const { visit, of, item, happened, people, research, entries, actions, seats, typed, errors, changed, mayRecord, last } = props
  const { kind } = of
  const note = entries.find(one => one.kind === 'note')
  const decision = entries.find(one => one.kind === 'decision')
  const start = (name: string, otherwise: string | undefined) => (typed.has(name) ? typed.typed(name) : (otherwise ?? ''))
  // What stood when the page was first shown: once the other's words have been read beside one's own, what stands now.
  const isChanged = (kind: Entry['kind']) => changed.includes(kind)
  const base = (kind: Entry['kind'], stands: Entry | undefined) =>
    typed.has(`_base-${kind}`) && !isChanged(kind) ? typed.text(`_base-${kind}`) : (stands?.id ?? '')
  return (
    <>
      <div class="ly-chair__item-now">
        {errorSummaryFor(errors)}
        {[note, decision].map(one => (one && isChanged(one.kind) ? <Meanwhile entry={one} key={one.id} /> : null))}
        <h2 class="govuk-heading-l">{itemLink(item)}</h2>
        <p class="govuk-body">
          <bdi>{peopleLine(kind, people)}</bdi>
          <span class="ly-second">{itemLine(item, kind)}</span>
        </p>
        <Words text={happened} />
        {research.research.length > 0 ? <ResearchPanels visit={visit} of={of} {...research} /> : null}
        {mayRecord ? (
          <Form {...visit.form} action={paths.meetings.record(item.id)}>
            <input type="hidden" name="_base-note" value={base('note', note)} />
            <input type="hidden" name="_base-decision" value={base('decision', decision)} />
            {Textarea({
              name: 'note',
              id: 'note',
              label: 'Notes',
              hint: 'What was said that the minutes must hold',
              rows: 3,
              value: start('note', note?.words),
              errorMessage: errorFor(errors, 'note'),
            })}
            {Textarea({
              name: 'decision',
              id: 'decision',
              label: 'Decision',
              rows: 2,
              value: start('decision', decision?.words),
              errorMessage: errorFor(errors, 'decision'),
            })}
            {Textarea({
              name: 'rationale',
              id: 'rationale',
              label: 'Why',
              rows: 2,
              value: start('rationale', decision?.rationale),
              errorMessage: errorFor(errors, 'rationale'),
            })}
            <div class="govuk-button-group">
              {Button({ text: last ? 'Save and finish this item' : 'Save and go on to the next', name: '_then', value: 'next' })}
              {Button({ text: 'Save', name: '_then', value: 'stay', classes: 'govuk-button--secondary' })}
            </div>
          </Form>
        ) : (
          entries.map(one => <Words key={one.id} text={one.words} />)
        )}
      </div>
      <div class="ly-chair__actions">
        <h2 class="govuk-heading-m">Actions</h2>
        {actions.map(action => (
          <p class="govuk-body ly-chair__action" key={action.id}>
            <a class="govuk-link" href={paths.meetings.action(action.id)}>
              {action.what}
            </a>
            <span class="ly-second">
              {action.agencyName}
              {action.workerName ? ` · ${action.workerName}` : ''} ·{' '}
              {action.state === 'open'
                ? dueWords(action.dueOn, londonDate(visit.clock.now())).words
                : action.state === 'done'
                  ? 'done'
                  : 'taken back'}
            </span>
          </p>
        ))}
        {mayRecord ? <NewAction visit={visit} of={of} item={item} people={people} seats={seats} typed={typed} errors={errors} /> : null}
      </div>
    </>
  )
}

type NewActionProps = Pick<ItemProps, 'visit' | 'of' | 'item' | 'people' | 'seats' | 'typed' | 'errors'>

/** One line, as it is spoken: what, @who, when; or the boxes under it. */
export function NewAction({ visit, of: { kind }, item, people, seats, typed, errors }: NewActionProps): VNode {
  return (
    <Form {...visit.form} action={paths.meetings.addAction(item.id)}>
      {Input({
        name: 'what',
        id: 'what',
        label: 'New action',
        hint: 'What, then @who and when: Managed move options @housing fri',
        value: typed.typed('what'),
        errorMessage: errorFor(errors, 'what'),
      })}
      {Select({
        name: 'seat',
        id: 'seat',
        label: 'Agency',
        value: typed.text('seat'),
        items: [
          { value: '', text: 'As typed after @' },
          ...seats.map(seat => ({ value: seat.id, text: seat.name + (seat.category ? ` (${agencyLabel(kind, seat.category)})` : '') })),
        ],
        errorMessage: errorFor(errors, 'seat'),
      })}
      {Input({
        name: 'due',
        id: 'due',
        label: 'By when',
        hint: 'fri, tomorrow, in 10 days, 27/11/2026',
        value: typed.typed('due'),
        errorMessage: errorFor(errors, 'due'),
      })}
      {people.length > 0
        ? Select({
            name: 'party',
            id: 'party',
            label: 'About (optional)',
            value: typed.text('party'),
            items: [{ value: '', text: 'The whole case' }, ...people.map(one => ({ value: one.id, text: partyName(one) }))],
          })
        : null}
      {Button({ text: 'Set the action', classes: 'govuk-button--secondary' })}
    </Form>
  )
}

/** The meeting that an item is at, for those who run it. */
async function meetingOfItem(visit: Visit, of: OfItem, work: (ofMeeting: OfMeeting) => Promise<Answer>): Promise<Answer> {
  return of.meeting && of.series.runs && (await mayWriteOf(visit, of.item))
    ? work({ series: of.series, kind: of.kind, meeting: of.meeting })
    : notFound()
}

export const postRecord = (visit: Visit, of: OfItem): Promise<Answer> =>
  meetingOfItem(visit, of, async ofMeeting => {
    const { tx, actor, clock, fields } = visit
    const { meeting } = ofMeeting
    const { item } = of
    if (item.minutesCirculatedAt || meeting.state === 'planned' || meeting.state === 'cancelled')
      return redirect(paths.meetings.date(meeting.id), { notice: 'The minutes have gone round: they are no longer changed.' })
    // A box that was not touched says nothing: what somebody else has written in it meanwhile stands.
    const write = async (kind: Entry['kind'], words: string, rationale: string) => {
      const was = await entryWas(tx, item.id, meeting.id, kind, fields.text(`_base-${kind}`))
      const standing = await entriesOfMeeting(tx, meeting.id)
      return changesTo(
        { kind, words, rationale },
        was,
        standing.find(one => one.itemId === item.id && one.kind === kind),
      )
    }
    const note = await write('note', fields.text('note'), '')
    const decided = await write('decision', fields.text('decision'), fields.text('rationale'))
    const { words: decision, rationale } = decided.entry
    const goesOn = fields.text('_then') === 'next'
    const errors: FieldError[] = []
    if (goesOn && !decision) errors.push({ field: 'decision', message: 'Enter what was decided, also when nothing is to be done' })
    if (decision && !rationale && goesOn) errors.push({ field: 'rationale', message: 'Enter why it was decided' })
    errors.push(...tooLong(fields, { note: 'Notes', decision: 'Decision', rationale: 'Why' }, longestWords))
    const changed = [note, decided].filter(one => one.isConflict).map(one => one.entry.kind)
    for (const kind of changed) errors.push({ field: kind, message: changedWords(kind) })
    if (errors.length > 0) return chairPage(visit, ofMeeting, fields, errors, item.id, changed)
    const now = clock.now()
    for (const { entry } of [note, decided]) await writeEntry(tx, actor, now, item, meeting, entry)
    if (!goesOn) return redirect(paths.meetings.run(meeting.id, item.id), { notice: 'Saved.' })
    await markDiscussed(tx, now, item)
    const items = (await agendaOf(tx, actor, meeting.id)).filter(one => one.state !== 'listed')
    const next = items[items.findIndex(one => one.id === item.id) + 1]
    return redirect(paths.meetings.run(meeting.id, next?.id ?? item.id), { notice: `Case ${item.reference} is done.` })
  })

export const postAddAction = (visit: Visit, of: OfItem): Promise<Answer> =>
  meetingOfItem(visit, of, async ofMeeting => {
    const { tx, actor, clock, fields } = visit
    const { item, kind, series, parties } = of
    const line = readActionLine(fields.text('what'), today(clock))
    const seats = (await seatsOfSeries(tx, series.id)).filter(seat => !seat.endedAt && !item.withheld.includes(seat.agency))
    const seat =
      seats.find(one => one.id === fields.text('seat')) ??
      seatMeant(
        seats.map(one => ({ ...one, label: agencyLabel(kind, one.category) })),
        line.who,
      )
    const due = fields.text('due') ? readWhen(fields.text('due'), today(clock)) : line.due
    const errors: FieldError[] = []
    if (!line.what) errors.push({ field: 'what', message: 'Enter what is to be done' })
    errors.push(...tooLong(fields, { what: 'An action' }, 2 * longestLine))
    if (!seat)
      errors.push({
        field: 'seat',
        message: line.who
          ? `Choose the agency: “${line.who}” is none of them, or more than one`
          : 'Choose the agency, or type @ and its name',
      })
    if (!due) errors.push({ field: 'due', message: 'Enter by when, like fri, in 10 days or 27/11/2026' })
    if (!seat || !due || errors.length > 0) return chairPage(visit, ofMeeting, fields, errors, item.id)
    const partyId = parties.find(one => one.id === fields.text('party'))?.id ?? null
    const set = await setAction(tx, actor, clock.now(), item, {
      what: line.what,
      seat,
      workerId: null,
      dueOn: due,
      partyId,
      caseId: null,
      meetingId: ofMeeting.meeting.id,
    })
    if (!set.ok) return chairPage(visit, ofMeeting, fields, [{ field: 'seat', message: 'This agency cannot be given it' }], item.id)
    return redirect(`${paths.meetings.run(ofMeeting.meeting.id, item.id)}#what`, { notice: 'Action set.' })
  })

export async function postOpen({ tx, actor, clock }: Visit, { meeting }: OfMeeting): Promise<Answer> {
  const opened = await openMeeting(tx, actor, clock.now(), meeting)
  return redirect(paths.meetings.run(meeting.id), { notice: opened.ok ? 'The meeting is open. Who is there?' : 'It cannot be opened now.' })
}

export async function postFinish({ tx, actor, clock }: Visit, { meeting, series }: OfMeeting): Promise<Answer> {
  const next = (await meetingsOf(tx, series.id)).coming.find(one => one.startsAt > meeting.startsAt)
  const ended = await finishMeeting(tx, actor, clock.now(), meeting, next)
  if (!ended.ok) return redirect(paths.meetings.run(meeting.id), { notice: 'Add a date first, for what has not been talked about.' })
  if (meeting.state === 'held') return redirect(paths.meetings.date(meeting.id), { notice: 'Carried over to the next date.' })
  return redirect(paths.meetings.minutes(meeting.id), { notice: 'The meeting has ended. Approve its minutes and send them round.' })
}
