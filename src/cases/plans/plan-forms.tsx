import type { VNode } from 'preact'
import { formatDate, type PlainDate } from '../../platform/plain-date.ts'
import type { Fields } from '../../platform/web/fields.ts'
import { errorFor, type FieldError, Input, InsetText, Radios, Select, Textarea } from '../../ui/index.ts'
import { DayInput } from '../day-input.tsx'
import { type Colleague, colleagueInWords } from '../part-of-case.ts'
import { readerOf } from '../read-fields.ts'
import type { Action, NewAction } from './plan.ts'

export type Filled = { typed: Fields; errors: readonly FieldError[] }

const text = (f: Filled, name: string, start: string) => (f.typed.has(name) ? f.typed.typed(name) : start)

export function NeedFields({ need, ...f }: Filled & { need?: { title: string; detail: string } }): VNode {
  return (
    <>
      {Input({
        name: 'title',
        label: 'What is needed',
        hint: 'In a few words, as the person would say it',
        value: text(f, 'title', need?.title ?? ''),
        errorMessage: errorFor(f.errors, 'title'),
      })}
      {Textarea({
        name: 'detail',
        label: 'More about it (optional)',
        rows: 4,
        value: text(f, 'detail', need?.detail ?? ''),
        errorMessage: errorFor(f.errors, 'detail'),
      })}
    </>
  )
}
export function readNeed(fields: Fields): { value: { title: string; detail: string }; errors: FieldError[] } {
  const reader = readerOf(fields)
  const title = reader.needed('title', 'What is needed', 'Enter what is needed', 200)
  return { value: { title, detail: reader.text('detail', 'More about it', 4_000) }, errors: reader.errors }
}

export function GoalFields({ goal, ...f }: Filled & { goal?: { title: string; measure: string } }): VNode {
  return (
    <>
      {Input({
        name: 'title',
        label: 'Goal',
        hint: 'What will be different',
        value: text(f, 'title', goal?.title ?? ''),
        errorMessage: errorFor(f.errors, 'title'),
      })}
      {Input({
        name: 'measure',
        label: 'How everybody will know that it is reached (optional)',
        value: text(f, 'measure', goal?.measure ?? ''),
        errorMessage: errorFor(f.errors, 'measure'),
      })}
    </>
  )
}
export function readGoal(fields: Fields): { value: { title: string; measure: string }; errors: FieldError[] } {
  const reader = readerOf(fields)
  const title = reader.needed('title', 'Goal', 'Enter the goal', 200)
  return { value: { title, measure: reader.text('measure', 'How everybody will know', 500) }, errors: reader.errors }
}

export type WhoChoices = { colleagues: readonly Colleague[]; personName: string }

export function ActionFields({ action, colleagues, personName, ...f }: Filled & WhoChoices & { action?: Action }): VNode {
  const start = action ? (action.who === null ? (action.whoName === personName ? 'person' : 'other') : String(action.who)) : ''
  return (
    <>
      {Input({
        name: 'what',
        label: 'What will be done',
        value: text(f, 'what', action?.what ?? ''),
        errorMessage: errorFor(f.errors, 'what'),
      })}
      {Select({
        name: 'who',
        label: 'Who does it',
        value: text(f, 'who', start),
        errorMessage: errorFor(f.errors, 'who'),
        items: [
          { value: '', text: 'Choose' },
          { value: 'person', text: `${personName} (the person)` },
          ...colleagues.map(one => ({ value: String(one.principal), text: colleagueInWords(one) })),
          { value: 'other', text: 'Somebody else' },
        ],
      })}
      {Input({
        name: 'who-words',
        label: 'If somebody else, who',
        hint: 'Family, or somebody who has no account here. They are not told by the system',
        value: text(f, 'who-words', start === 'other' ? (action?.whoName ?? '') : ''),
        errorMessage: errorFor(f.errors, 'who-words'),
      })}
      <DayInput
        name="due"
        legend="By when (optional)"
        hint="Leave it empty for what goes on"
        typed={f.typed}
        errors={f.errors}
        start={action?.dueOn ?? null}
      />
    </>
  )
}
export function readAction(
  fields: Fields,
  { colleagues, personName }: WhoChoices,
  keep?: Action,
): { value: NewAction; errors: FieldError[] } {
  const reader = readerOf(fields)
  const what = reader.needed('what', 'What will be done', 'Enter what will be done', 500)
  const chosen = fields.text('who')
  const words = reader.text('who-words', 'Who', 200)
  const who =
    [...colleagues.map(one => one.principal), ...(keep?.who ? [keep.who] : [])].find(principal => String(principal) === chosen) ?? null
  if (chosen === 'other' && !words) reader.refuse('who-words', 'Enter who does it')
  else if (who === null && chosen !== 'person' && chosen !== 'other') reader.refuse('who', 'Select who does it')
  const dueOn = reader.maybeDay('due', 'Date')
  const whoWords = chosen === 'person' ? personName : chosen === 'other' ? words : ''
  return { value: { what, who, whoWords, dueOn }, errors: reader.errors }
}

export function AgreementFields({
  today,
  reviewOn,
  reviewPlanned,
  ...f
}: Filled & { today: PlainDate; reviewOn: PlainDate | null; reviewPlanned: boolean }): VNode {
  return (
    <>
      {Radios({
        name: 'agreed',
        fieldset: { legend: { text: 'Was the plan agreed with the person?' } },
        value: f.typed.text('agreed'),
        errorMessage: errorFor(f.errors, 'agreed'),
        items: [
          {
            value: 'yes',
            text: 'Yes',
            conditional: {
              text: (
                <>
                  {Input({ name: 'with', label: 'With whom', value: f.typed.typed('with'), errorMessage: errorFor(f.errors, 'with') })}
                  {Input({
                    name: 'how',
                    label: 'How',
                    hint: 'Such as: at home, in writing, by phone',
                    value: f.typed.typed('how'),
                    errorMessage: errorFor(f.errors, 'how'),
                  })}
                </>
              ),
            },
          },
          {
            value: 'no',
            text: 'No, and it is used all the same',
            conditional: {
              text: Input({ name: 'because', label: 'Why', value: f.typed.typed('because'), errorMessage: errorFor(f.errors, 'because') }),
            },
          },
        ],
      })}
      <DayInput name="on" legend="On what day" typed={f.typed} errors={f.errors} start={today} />
      {reviewPlanned ? (
        InsetText({ text: `The next review is planned for ${reviewOn ? formatDate(reviewOn) : ''}.` })
      ) : (
        <DayInput name="review" legend="Next review (optional)" typed={f.typed} errors={f.errors} start={reviewOn} />
      )}
    </>
  )
}
export function readAgreement(
  fields: Fields,
  today: PlainDate,
): {
  value: { with: string; how: string; on: PlainDate; reviewOn: PlainDate | null }
  errors: FieldError[]
} {
  const reader = readerOf(fields)
  const agreed = reader.choice('agreed', ['yes', 'no'], 'Select whether the plan was agreed')
  const whom = agreed === 'yes' ? reader.needed('with', 'With whom', 'Enter with whom it was agreed', 200) : ''
  const how = agreed === 'yes' ? reader.text('how', 'How', 200) : ''
  const because = agreed === 'no' ? reader.needed('because', 'Why', 'Enter why it is used without agreement', 500) : ''
  const on = reader.day('on', 'Date', { notAfter: today }) ?? today
  const reviewOn = reader.maybeDay('review', 'Date of the review', { notBefore: today })
  return { value: { with: whom, how: how || because, on, reviewOn }, errors: reader.errors }
}
