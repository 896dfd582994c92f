import type { VNode } from 'preact'
import { DayInput } from '../cases/index.ts'
import { ageOn, type PlainDate } from '../platform/plain-date.ts'
import type { Fields } from '../platform/web/fields.ts'
import { Checkboxes, errorFor, type FieldError, Input, Radios, Select, Textarea } from '../ui/index.ts'
import { unlikeTheirAge } from './consent.ts'
import type { KnownForConsent } from './read-consent.ts'

type Props = { known: KnownForConsent; typed: Fields; errors: readonly FieldError[]; today: PlainDate; me: string }

/** What was asked, of whom, how, what they said and what shows it (E4). */
export function ConsentFields({ known, typed, errors, today, me }: Props): VNode {
  const error = (name: string) => errorFor(errors, name)
  const choose = (items: readonly { code: string; label: string }[]) => [
    { value: '', text: 'Choose one' },
    ...items.map(one => ({ value: one.code, text: one.label })),
  ]
  const input = (name: string, label: string, hint?: string) => (
    <Input name={name} label={label} hint={hint} value={typed.typed(name)} errorMessage={error(name)} />
  )
  return (
    <>
      <Checkboxes
        name="purposes"
        fieldset={{ legend: { text: 'What were they asked to agree to?', classes: 'govuk-fieldset__legend--s' } }}
        errorMessage={error('purposes')}
        values={[...typed.all('purposes')]}
        items={[
          { value: 'assess', text: 'An assessment' },
          {
            value: 'share',
            text: 'Sharing what is recorded',
            conditional: {
              text: (
                <>
                  {input('share-what', 'What were they asked to share?', 'Such as “the assessment and the plan, not my health”')}
                  {input('share-with', 'With whom?', 'Such as “school and the GP, not the police”')}
                </>
              ),
            },
          },
        ]}
      />
      <Radios
        name="answer"
        fieldset={{ legend: { text: 'What did they say?', classes: 'govuk-fieldset__legend--s' } }}
        errorMessage={error('answer')}
        value={typed.text('answer')}
        items={[
          {
            value: 'given',
            text: 'Yes',
            conditional: {
              text: (
                <DayInput
                  name="until"
                  legend="Until which day?"
                  hint="Leave empty if until they take it back"
                  typed={typed}
                  errors={errors}
                />
              ),
            },
          },
          { value: 'refused', text: 'No' },
          {
            value: 'not-asked',
            text: 'They have not been asked',
            conditional: {
              text: (
                <Textarea
                  name="because"
                  rows={2}
                  label="Why not?"
                  hint="Such as that it would put somebody in danger"
                  value={typed.typed('because')}
                  errorMessage={error('because')}
                />
              ),
            },
          },
        ]}
      />
      <DayInput name="asked" legend="When were they asked?" typed={typed} errors={errors} start={today} />
      <Input
        name="asked-by"
        label={{ text: 'Who asked them?', classes: 'govuk-label--s' }}
        value={typed.has('asked-by') ? typed.typed('asked-by') : me}
        errorMessage={error('asked-by')}
      />
      <Select
        name="how"
        label={{ text: 'How?', classes: 'govuk-label--s' }}
        value={typed.text('how')}
        errorMessage={error('how')}
        items={choose(known.how)}
      />
      <Select
        name="capacity"
        label={{ text: 'Can they decide this?', classes: 'govuk-label--s' }}
        hint="Somebody of 16 or over is taken to be able to unless it is shown that they are not. Somebody younger can where they understand it well enough"
        value={typed.text('capacity')}
        errorMessage={error('capacity')}
        items={choose(fittingFirst(known, today))}
      />
      {input('capacity-because', 'What does that rest on?', 'Who looked at it, when, and what they found. Needed if it was looked at')}
      <Radios
        name="by"
        fieldset={{ legend: { text: 'Who answered?', classes: 'govuk-fieldset__legend--s' } }}
        errorMessage={error('by')}
        value={typed.text('by')}
        items={[
          { value: 'person', text: 'The person' },
          ...known.mayConsent.map(one => ({
            value: one.id,
            text: one.name,
            hint: { text: [one.relation, known.authority.find(right => right.code === one.authority)?.label].filter(Boolean).join(' · ') },
          })),
          {
            value: 'other',
            text: 'Somebody else, for them',
            conditional: {
              text: (
                <>
                  {input('by-name', 'Their name')}
                  <Select
                    name="authority"
                    label="By what right?"
                    value={typed.text('authority')}
                    errorMessage={error('authority')}
                    items={choose(known.authority)}
                  />
                </>
              ),
            },
          },
        ]}
      />
      <Textarea
        name="evidence"
        rows={2}
        label={{ text: 'What shows it?', classes: 'govuk-label--s' }}
        hint="Such as what they said, or who else was there"
        value={typed.typed('evidence')}
        errorMessage={error('evidence')}
      />
      {known.papers.length > 0 ? (
        <Select
          name="document"
          label={{ text: 'Is it on file?', classes: 'govuk-label--s' }}
          hint="The paper that they signed, under Documents"
          value={typed.text('document')}
          errorMessage={error('document')}
          items={[{ value: '', text: 'No document' }, ...known.papers.map(one => ({ value: one.id, text: one.title }))]}
        />
      ) : null}
    </>
  )
}

/** Findings that fit their age come first; the others stay, for what was asked years ago. */
function fittingFirst({ capacity, born }: KnownForConsent, today: PlainDate): KnownForConsent['capacity'] {
  const age = born ? (ageOn(born, today) ?? null) : null
  const fits = (code: string) => unlikeTheirAge(code, age) === null
  return [...capacity.filter(one => fits(one.code)), ...capacity.filter(one => !fits(one.code))]
}
