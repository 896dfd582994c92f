import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import type { Visit } from '../../platform/web/routes.ts'
import {
  Button,
  CharacterCount,
  Checkboxes,
  Details,
  errorFor,
  errorSummaryFor,
  type FieldError,
  Form,
  Input,
  Radios,
  Select,
  Textarea,
} from '../../ui/index.ts'
import { InstantInput } from '../instant-input.tsx'
import { type Colleague, colleagueInWords, type PartOfCase } from '../part-of-case.ts'
import type { Typed } from '../typed.ts'
import { KindFields } from './kind-fields.tsx'
import { longestText } from './note.ts'
import type { NoteChoices } from './note-words.ts'
import { happenedWords } from './read-note.ts'
import { SeveralPeople } from './several-people.tsx'

export type NoteFormProps = {
  form: Visit['form']
  part: PartOfCase
  action: string
  typed: Typed
  errors: readonly FieldError[]
  choices: NoteChoices
  /** Whom the note may be restricted to, beside the author; empty where that is not asked, as for a correction. */
  nameable: readonly Colleague[]
  /** What the draft is of: the case, or the note being corrected. */
  about: string
  correction: boolean
  /** Others on whose records it is written as well (F20). */
  others: readonly PartOfCase[]
}

/** The words first, with the cursor in them, and a button right after: for a call that has just ended nothing else needs to be touched. */
export function NoteForm(p: NoteFormProps): VNode {
  const { typed, errors, choices, part } = p
  return (
    <Form {...p.form} action={p.action} classes="ly-form" attributes={{ 'data-autosave': `${paths.notes.draft(part.caseId)}` }}>
      {errorSummaryFor(errors)}
      <input type="hidden" name="_about" value={p.about} />
      {p.correction
        ? Input({
            name: 'correction-reason',
            label: 'What was wrong with the note',
            value: typed.typed('correction-reason'),
            errorMessage: errorFor(errors, 'correction-reason'),
          })
        : null}
      {CharacterCount({
        name: 'text',
        label: 'What happened',
        hint:
          p.others.length > 0
            ? 'For every one of these records. The facts: what was seen, heard and done'
            : 'The facts: what was seen, heard and done',
        rows: 6,
        maxlength: longestText,
        threshold: 75,
        value: typed.typed('text'),
        errorMessage: errorFor(errors, 'text'),
        attributes: { autofocus: { value: !p.correction, optional: true } },
      })}
      {p.correction
        ? null
        : Button({
            text: 'Save now',
            classes: 'govuk-button--secondary',
            preventDoubleClick: true,
            attributes: { 'data-save-now': { value: true, optional: true } },
          })}
      {p.others.length > 0 ? <SeveralPeople typed={typed} errors={errors} part={part} others={p.others} /> : null}
      {Select({
        name: 'note-type',
        label: 'Kind of contact',
        value: typed.text('note-type'),
        items: choices.types.map(type => ({ value: type.code, text: type.label })),
        errorMessage: errorFor(errors, 'note-type'),
      })}
      <KindFields typed={typed} errors={errors} choices={choices} />
      {Select({
        name: 'outcome',
        label: 'What came of it',
        value: typed.text('outcome'),
        items: [{ value: '', text: 'It went ahead' }, ...choices.outcomes.map(one => ({ value: one.code, text: one.label }))],
        errorMessage: errorFor(errors, 'outcome'),
      })}
      <InstantInput name="happened" words={happenedWords} typed={typed} errors={errors} />
      {Input({
        name: 'minutes',
        label: 'How long it took (optional)',
        hint: 'For example, 55 or 1:30',
        classes: 'govuk-input--width-5',
        value: typed.typed('minutes'),
        errorMessage: errorFor(errors, 'minutes'),
      })}
      {box(p, 'analysis', 'What it may mean (optional)', 'Your thinking, kept apart from the facts')}
      {furtherParts(p)}
      <div class="govuk-button-group">
        {Button({ text: p.correction ? 'Save correction' : 'Save note', preventDoubleClick: true })}
        {Button({ text: 'Save draft and come back later', classes: 'govuk-button--secondary', name: '_then', value: 'draft' })}
        {p.correction
          ? null
          : Button({ text: 'Write it for further people too', classes: 'govuk-button--secondary', name: '_then', value: 'others' })}
        <a class="govuk-link" href={paths.cases.show(part.caseId)}>
          Cancel
        </a>
      </div>
    </Form>
  )
}

const box = ({ typed, errors }: NoteFormProps, name: string, label: string, hint: string) =>
  Textarea({ name, label, hint, rows: 4, value: typed.typed(name), errorMessage: errorFor(errors, name) })

function furtherParts(p: NoteFormProps): VNode {
  const { typed, errors, nameable } = p
  const open =
    ['facts', 'own-words', 'restricted'].some(name => typed.text(name)) ||
    errors.some(error => /^(facts|own|heard|named)/.test(error.field))
  return Details({
    summaryText: nameable.length > 0 ? 'Their own words, who may read it' : 'Their own words',
    open,
    children: (
      <>
        {/* Notes of before had a box of facts beside what happened; a correction of one keeps it. */}
        {typed.text('facts') ? box(p, 'facts', 'Facts', 'What was seen, heard and done') : null}
        {box(p, 'own-words', 'Their own words', 'What the person said, as they said it')}
        {Input({
          name: 'heard-by',
          label: 'Who heard them, if it was not you',
          value: typed.typed('heard-by'),
          errorMessage: errorFor(errors, 'heard-by'),
        })}
        {nameable.length > 0 ? readersQuestion(typed, errors, nameable) : null}
      </>
    ),
  })
}

/** So many stand as boxes to tick, those of the writer's own teams first. That there are more is said. */
export const mostNameable = 100

/** Who may read a note: everyone who may read the notes of the case, or only people chosen by name. */
export function readersQuestion(typed: Typed, errors: readonly FieldError[], nameable: readonly Colleague[]): VNode {
  const chosen = typed.all('named')
  return Radios({
    name: 'restricted',
    fieldset: { legend: { text: 'Who may read this note' } },
    value: typed.text('restricted') || 'everyone',
    items: [
      { value: 'everyone', text: 'Everyone who may read the notes of this case' },
      {
        value: 'named',
        text: 'Only people I choose',
        hint: { text: 'Nobody else will see that there is a note' },
        conditional: {
          text: Checkboxes({
            name: 'named',
            idPrefix: 'named',
            fieldset: { legend: { text: 'Who may read it beside you' } },
            hint:
              nameable.length < mostNameable
                ? undefined
                : `More than ${mostNameable} people may read this case. Those of your own teams come first; the rest are not listed here.`,
            errorMessage: errorFor(errors, 'named'),
            items: nameable.map(one => ({
              value: String(one.principal),
              text: colleagueInWords(one),
              checked: chosen.includes(String(one.principal)),
            })),
          }),
        },
      },
    ],
  })
}
