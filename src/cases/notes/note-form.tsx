import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import type { Visit } from '../../platform/web/routes.ts'
import {
  Button,
  CharacterCount,
  Checkboxes,
  DateInput,
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
import { type Colleague, colleagueInWords } from '../part-of-case.ts'
import { happenedTwice, longestText, type Typed } from './note.ts'

export type NoteFormProps = {
  form: Visit['form']
  caseId: string
  action: string
  typed: Typed
  errors: readonly FieldError[]
  types: readonly { code: string; label: string }[]
  /** Whom the note may be restricted to, beside the author; empty where that is not asked, as for a correction. */
  nameable: readonly Colleague[]
  /** What the draft is of: the case, or the note being corrected. */
  about: string
  correction: boolean
}

/** The words first, with the cursor in them, and a button right after: for a call that has just ended nothing else needs to be touched. */
export function NoteForm(p: NoteFormProps): VNode {
  const { typed, errors } = p
  const more =
    ['facts', 'analysis', 'own-words', 'restricted'].some(name => typed.text(name)) ||
    errors.some(error => /facts|analysis|own|named/.test(error.field))
  return (
    <Form {...p.form} action={p.action} classes="ly-form" attributes={{ 'data-autosave': `${paths.notes.draft(p.caseId)}` }}>
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
        rows: 6,
        maxlength: longestText,
        threshold: 75,
        value: typed.typed('text'),
        errorMessage: errorFor(errors, 'text'),
        attributes: { autofocus: { value: !p.correction, optional: true } },
      })}
      {p.correction ? null : Button({ text: 'Save now', classes: 'govuk-button--secondary', preventDoubleClick: true })}
      {Select({
        name: 'note-type',
        label: 'Kind of note',
        value: typed.text('note-type'),
        items: p.types.map(type => ({ value: type.code, text: type.label })),
        errorMessage: errorFor(errors, 'note-type'),
      })}
      {DateInput({
        id: 'happened',
        namePrefix: 'happened',
        fieldset: { legend: { text: 'Date it happened' } },
        values: Object.fromEntries(['day', 'month', 'year'].map(part => [`happened-${part}`, typed.typed(`happened-${part}`)])),
        errorMessage: errors.find(error => /^happened-(day|month|year)$/.test(error.field))?.message,
      })}
      {Input({
        name: 'happened-time',
        id: 'happened-time',
        label: 'Time it happened',
        hint: 'For example, 14:30 or 2:30pm',
        classes: 'govuk-input--width-5',
        value: typed.typed('happened-time'),
        errorMessage: errorFor(errors, 'happened-time'),
      })}
      {happenedTwice(typed)
        ? Radios({
            name: 'happened-which',
            fieldset: { legend: { text: 'The clocks went back that night. Which of the two was it?' } },
            value: typed.text('happened-which'),
            items: [
              { value: 'first', text: 'Before the clocks went back (summer time)' },
              { value: 'second', text: 'After the clocks went back (winter time)' },
            ],
            errorMessage: errorFor(errors, 'happened-which'),
          })
        : null}
      {Details({
        summaryText: p.nameable.length > 0 ? 'Facts, analysis, their own words, who may read it' : 'Facts, analysis, their own words',
        open: more,
        children: furtherParts(p),
      })}
      <div class="govuk-button-group">
        {Button({ text: p.correction ? 'Save correction' : 'Save note', preventDoubleClick: true })}
        {Button({ text: 'Save draft and come back later', classes: 'govuk-button--secondary', name: '_then', value: 'draft' })}
        <a class="govuk-link" href={paths.cases.show(p.caseId)}>
          Cancel
        </a>
      </div>
    </Form>
  )
}

function furtherParts({ typed, errors, nameable }: NoteFormProps): VNode {
  const box = (name: string, label: string, hint: string) =>
    Textarea({ name, label, hint, rows: 4, value: typed.typed(name), errorMessage: errorFor(errors, name) })
  return (
    <>
      {box('facts', 'Facts', 'What was seen, heard and done')}
      {box('analysis', 'What it may mean', 'Your thinking, kept apart from the facts')}
      {box('own-words', 'Their own words', 'What the person said, as they said it')}
      {nameable.length > 0 ? readersQuestion(typed, errors, nameable) : null}
    </>
  )
}

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
