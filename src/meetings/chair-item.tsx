import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { formatInstant, londonDate } from '../platform/clock.ts'
import type { Fields } from '../platform/web/fields.ts'
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
  Textarea,
  Words,
} from '../ui/index.ts'
import type { Action } from './actions.ts'
import type { Saved } from './answers.ts'
import type { Entry } from './entries.ts'
import { itemLine, itemLink, type OfMeeting, peopleLine } from './frame.tsx'
import { agencyLabel } from './kind.ts'
import { type Item, type Party, partyName, type Seat } from './meeting.ts'
import type { Research } from './research.ts'
import { ResearchPanels } from './research-panels.tsx'

type ItemProps = {
  visit: Visit
  of: OfMeeting
  item: Item
  happened: string
  people: readonly Party[]
  research: { research: readonly Research[]; answers: ReadonlyMap<string, Saved> }
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

/** The form that an item's notes, decision and new action are in together: whichever button is pressed, what was typed is saved (one form, no loss). */
export const recordForm = 'record'

/** One item on the chair's page: what agencies know, what is said and decided, what is to be done. */
export function ChairItem(props: ItemProps): VNode {
  const { visit, of, item, happened, people, research, entries, actions, seats, typed, errors, changed, mayRecord, last } = props
  const { kind } = of
  const note = entries.find(one => one.kind === 'note')
  const decision = entries.find(one => one.kind === 'decision')
  const start = (name: string, otherwise: string | undefined) => (typed.has(name) ? typed.typed(name) : (otherwise ?? ''))
  // What stood when the page was first shown: once the other's words have been read beside one's own, what stands now.
  const isChanged = (kind: Entry['kind']) => changed.includes(kind)
  const base = (kind: Entry['kind'], stands: Entry | undefined) =>
    typed.has(`_base-${kind}`) && !isChanged(kind) ? typed.text(`_base-${kind}`) : (stands?.id ?? '')
  const inside = (
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
          <>
            <input type="hidden" name="_base-note" value={base('note', note)} />
            <input type="hidden" name="_base-decision" value={base('decision', decision)} />
            {Textarea({
              name: 'note',
              id: 'note',
              label: 'Notes',
              hint: 'What was said that the minutes must hold. Whoever is on this case reads it',
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
          </>
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
        {mayRecord ? <NewAction of={of} people={people} seats={seats} typed={typed} errors={errors} /> : null}
      </div>
    </>
  )
  if (!mayRecord) return inside
  return (
    <Form {...visit.form} action={paths.meetings.record(item.id)} id={recordForm} classes="ly-chair__form">
      {/* What Enter presses: in the line of a new action it sets that. */}
      <button class="govuk-visually-hidden" type="submit" name="_then" value="enter" tabindex={-1}>
        Save what is typed
      </button>
      {inside}
    </Form>
  )
}

type NewActionProps = Pick<ItemProps, 'of' | 'people' | 'seats' | 'typed' | 'errors'>

/** One line, as it is spoken: what, @who, when; or the boxes under it. */
function NewAction({ of: { kind }, people, seats, typed, errors }: NewActionProps): VNode {
  return (
    <>
      {Input({
        name: 'what',
        id: 'what',
        label: 'New action',
        hint: 'What, then @ and an agency or somebody who sits for it, and when: Change the locks @housing fri',
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
      {Button({ text: 'Set the action', classes: 'govuk-button--secondary', name: '_then', value: 'action' })}
    </>
  )
}
