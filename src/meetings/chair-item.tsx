import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { formatInstant, londonDate } from '../platform/clock.ts'
import { formatDate } from '../platform/plain-date.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, Details, dueWords, errorFor, errorSummaryFor, Form, InsetText, Textarea, Words } from '../ui/index.ts'
import { type Action, actionsOfItems } from './actions.ts'
import { answersOfResearch } from './answers.ts'
import { BetweenInShort } from './between-in-short.tsx'
import { type Entry, entriesOfMeeting, isApproved } from './entries.ts'
import { itemLine, itemLink, type OfItem, type OfMeeting, peopleLine, surnames } from './frame.tsx'
import { partiesOf, withholdingsOf } from './items.queries.ts'
import { LastTime, lastTimeOf } from './last-time.tsx'
import type { Item } from './meeting.ts'
import { NewActionBoxes } from './new-action.tsx'
import { partLabel } from './own-parts.ts'
import { type Doer, seatsToGive, sittersToGive } from './read-action.ts'
import type { Recording } from './recording.ts'
import { whatHappened } from './referral.ts'
import { researchOfItem } from './research.ts'
import { ResearchPanels } from './research-panels.tsx'
import { savedReferral } from './saved-referral.ts'

/** All that the chair's page shows of one item. */
type Shown = {
  visit: Visit
  of: OfMeeting & Pick<OfItem, 'item' | 'parties'>
  happened: string
  between: VNode | null
  research: Parameters<typeof ResearchPanels>[0]['research']
  answers: Parameters<typeof ResearchPanels>[0]['answers']
  entries: readonly Entry[]
  actions: readonly Action[]
  last: Awaited<ReturnType<typeof lastTimeOf>>
  doers: readonly Doer[]
  kept: Awaited<ReturnType<typeof withholdingsOf>>
}

export async function chairItemOf(visit: Visit, of: OfMeeting, item: Item): Promise<Shown> {
  const { tx, actor } = visit
  const research = await researchOfItem(tx, actor, item.id, of.meeting.id)
  const seats = await seatsToGive(tx, { item, series: of.series })
  const sitters = await sittersToGive(tx, { item, series: of.series }, seats)
  const parties = (await partiesOf(tx, [item.id])).get(item.id) ?? []
  return {
    visit,
    of: { ...of, item, parties },
    between: await BetweenInShort(visit, { item, kind: of.kind, parties }),
    happened: whatHappened(of.kind, await savedReferral(tx, of.kind, item.id)),
    research,
    answers: await answersOfResearch(tx, research),
    entries: (await entriesOfMeeting(tx, of.meeting.id)).filter(one => one.itemId === item.id),
    actions: await actionsOfItems(tx, actor, [item.id]),
    last: await lastTimeOf(tx, actor, item),
    doers: seats.flatMap((seat): Doer[] => [{ seat, worker: null }, ...sitters.filter(one => one.seat.id === seat.id)]),
    kept: await withholdingsOf(tx, item.id),
  }
}

type Props = Shown & Recording & { mayRecord: boolean; isLast: boolean }

export function ChairItem(props: Props): VNode {
  const { visit, of, happened, research, answers, entries, actions, last, errors, changed, mayRecord } = props
  const { kind, item, parties } = of
  return (
    <>
      <div class="ly-chair__item-now">
        {errorSummaryFor(errors)}
        {entries.map(one => (changed.includes(one.kind) ? <Meanwhile entry={one} key={one.id} /> : null))}
        <h2 class="govuk-heading-l">{itemLink(item, surnames(kind, parties))}</h2>
        <p class="govuk-body">
          <bdi>{peopleLine(kind, parties)}</bdi>
          <span class="ly-second">{itemLine(item, kind)}</span>
        </p>
        <WhoHearsIt {...props} />
        <LastTime last={last} now={visit.clock.now()} />
        <Words text={happened} />
        {props.between}
        {research.length > 0 ? <ResearchPanels visit={visit} of={of} research={research} answers={answers} /> : null}
        {mayRecord ? <WhatIsSaid {...props} /> : entries.map(one => <Words key={one.id} text={one.words} />)}
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
              {action.workerName ? ` · ${action.workerName}` : ''} · {standing(action, visit)}
            </span>
          </p>
        ))}
        {mayRecord ? <NewActionBoxes {...props} people={parties} /> : null}
      </div>
    </>
  )
}

const standing = ({ state, dueOn }: Action, { clock }: Visit): string =>
  state === 'open' ? dueWords(dueOn, londonDate(clock.now())).words : state === 'done' ? 'done' : 'taken back'

/**
 * From whom it is kept, for the chair before they begin: whoever it is kept from must not hear it read. On every item, and closed: a screen that the room
 * sees must not show the very agency that there is something.
 */
function WhoHearsIt({ kept, of: { kind, parties } }: Props): VNode {
  return (
    <Details summaryText="Before you begin: who must not hear it">
      {kept.length === 0 ? 'Nobody is kept from it.' : null}
      {kept.map(one => (
        <p class="govuk-body" key={one.id}>
          <strong>{one.holderName}</strong>: {one.part ? partLabel(kind, parties, one.part) : 'the whole case'}
        </p>
      ))}
    </Details>
  )
}

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

function WhatIsSaid({ visit, of: { item, meeting }, entries, typed, errors, changed, isLast }: Props): VNode {
  const note = entries.find(one => one.kind === 'note')
  const decision = entries.find(one => one.kind === 'decision')
  const wasApproved = entries.some(one => isApproved(one, meeting))
  const start = (name: string, otherwise: string | undefined) => (typed.has(name) ? typed.typed(name) : (otherwise ?? ''))
  // What stood when the page was first shown: once the other's words have been read beside one's own, what stands now.
  const base = (kind: Entry['kind'], stands: Entry | undefined) =>
    typed.has(`_base-${kind}`) && !changed.includes(kind) ? typed.text(`_base-${kind}`) : (stands?.id ?? '')
  return (
    <Form
      {...visit.form}
      id="record"
      action={paths.meetings.record(item.id)}
      attributes={
        wasApproved
          ? { 'data-unsaved': errors.length > 0 ? 'already' : 'if-typed' }
          : { 'data-autosave': paths.meetings.keepTyped(item.id) }
      }
    >
      <input type="hidden" name="_meeting" value={meeting.id} />
      <input type="hidden" name="_base-note" value={base('note', note)} />
      <input type="hidden" name="_base-decision" value={base('decision', decision)} />
      {wasApproved && meeting.minutesApprovedAt
        ? InsetText({
            text: `The minutes were approved on ${formatDate(londonDate(meeting.minutesApprovedAt))} by ${meeting.minutesApprovedBy}. Whoever changes what was said or decided says why, and they are approved again before they go round. Nothing is saved here by itself.`,
          })
        : null}
      {Textarea({
        name: 'note',
        id: 'note',
        label: 'Notes',
        hint: 'What was said that the minutes must hold. Whoever is on this case reads it',
        rows: 5,
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
      {wasApproved
        ? Textarea({
            name: 'because',
            id: 'because',
            label: 'Why it is changed',
            hint: 'Those who run the meeting read it, under everything that happened',
            rows: 2,
            value: typed.typed('because'),
            errorMessage: errorFor(errors, 'because'),
          })
        : null}
      <div class="govuk-button-group">
        {Button({ text: isLast ? 'Save and finish this item' : 'Save and go on to the next', name: '_then', value: 'next' })}
        {Button({ text: 'Save', name: '_then', value: 'stay', classes: 'govuk-button--secondary' })}
      </div>
    </Form>
  )
}
