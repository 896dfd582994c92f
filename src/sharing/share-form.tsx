import type { VNode } from 'preact'
import { DayInput } from '../cases/index.ts'
import { AskColleague } from '../identity/index.ts'
import type { Fields } from '../platform/web/fields.ts'
import { Checkboxes, errorFor, type FieldError, Radios, Select, Textarea } from '../ui/index.ts'
import { shareableParts } from './parts.ts'
import type { KnownForShare } from './read-share.ts'
import { AskOrganisation } from './receiver-choice.tsx'

/** What a share asks: with whom, how much, to do what, for what and by what right, from when to when (F4). */
export function ShareFields({ known, typed, errors }: { known: KnownForShare; typed: Fields; errors: readonly FieldError[] }): VNode {
  const error = (name: string) => errorFor(errors, name)
  return (
    <>
      <Radios
        name="with"
        fieldset={{ legend: { text: 'Who is it for?', classes: 'govuk-fieldset__legend--s' } }}
        errorMessage={error('with')}
        value={typed.text('with')}
        items={[
          {
            value: 'agency',
            text: 'An agency',
            hint: { text: 'Everybody in it who reads records' },
            conditional: { text: <AskOrganisation kind="agency" among={known.organisations} typed={typed} errors={errors} /> },
          },
          {
            value: 'team',
            text: 'A team',
            hint: { text: 'Whoever is in it, today and later' },
            conditional: { text: <AskOrganisation kind="team" among={known.organisations} typed={typed} errors={errors} /> },
          },
          {
            value: 'user',
            text: 'One person',
            conditional: { text: <AskColleague name="user" asked={known.asked} typed={typed} errors={errors} /> },
          },
        ]}
      />
      <Radios
        name="what"
        fieldset={{ legend: { text: 'How much of the case?', classes: 'govuk-fieldset__legend--s' } }}
        errorMessage={error('what')}
        value={typed.text('what')}
        items={[
          { value: 'all', text: 'All of it, also what is written from now on' },
          {
            value: 'person',
            text: 'The person, and nothing of the case',
            hint: { text: 'Who they are, how to reach them, warnings about them, and which service works with them' },
          },
          {
            value: 'parts',
            text: 'Some parts, also what is written in them from now on',
            conditional: {
              text: (
                <Checkboxes
                  name="parts"
                  fieldset={{ legend: { text: 'Which parts?' } }}
                  errorMessage={error('parts')}
                  values={[...typed.all('parts')]}
                  items={Object.entries(shareableParts).map(([value, text]) => ({ value, text }))}
                />
              ),
            },
          },
          ...(known.things.length > 0
            ? [
                {
                  value: 'one',
                  text: 'One document or form',
                  hint: { text: 'And nothing else of the case' },
                  conditional: {
                    text: (
                      <Select
                        name="one"
                        label="Which one?"
                        errorMessage={error('one')}
                        value={typed.text('one')}
                        items={[{ value: '', text: 'Choose one' }, ...known.things.map(one => ({ value: one.named, text: one.words }))]}
                      />
                    ),
                  },
                },
              ]
            : []),
        ]}
      />
      <Radios
        name="level"
        fieldset={{ legend: { text: 'What may they do with it?', classes: 'govuk-fieldset__legend--s' } }}
        errorMessage={error('level')}
        value={typed.text('level')}
        items={[
          { value: 'read', text: 'Read it' },
          { value: 'edit', text: 'Read it and add to it' },
        ]}
      />
      <Textarea
        name="purpose"
        rows={2}
        label={{ text: 'What do they need it for?', classes: 'govuk-label--s' }}
        hint="They read this, and so does whoever may change the case. The email that tells them of it does not say it"
        value={typed.typed('purpose')}
        errorMessage={error('purpose')}
      />
      <Select
        name="basis"
        label={{ text: 'What allows you to share it?', classes: 'govuk-label--s' }}
        hint="The lawful basis. Ask whoever answers for data protection if you are not sure"
        errorMessage={error('basis')}
        value={typed.text('basis')}
        items={[{ value: '', text: 'Choose one' }, ...known.bases.map(one => ({ value: one.code, text: one.label }))]}
      />
      {known.mayGoOnWithout ? (
        <Select
          name="without-consent"
          label={{ text: 'If it goes against a refusal, or there is no consent: by what lawful reason?', classes: 'govuk-label--s' }}
          hint="It stands on the record"
          errorMessage={error('without-consent')}
          value={typed.text('without-consent')}
          items={[{ value: '', text: 'None is needed' }, ...known.reasons.map(one => ({ value: one.code, text: one.label }))]}
        />
      ) : null}
      <DayInput name="from" legend="From which day?" hint="Leave empty to begin at once" typed={typed} errors={errors} />
      <DayInput
        name="until"
        legend="Until which day?"
        hint="It ends by itself at the end of that day. Leave empty to end it by hand"
        typed={typed}
        errors={errors}
      />
    </>
  )
}

/** The fields of a share that is being looked at, to be sent again. */
export function sameFields(fields: Fields): VNode[] {
  const names = [
    'with',
    'agency',
    'team',
    'user',
    'user-chosen',
    'what',
    'one',
    'level',
    'purpose',
    'basis',
    'without-consent',
    ...days('from'),
    ...days('until'),
  ]
  return [
    ...names.map(name => <input key={name} type="hidden" name={name} value={fields.typed(name)} />),
    ...fields.all('parts').map(part => <input key={`part-${part}`} type="hidden" name="parts" value={part} />),
  ]
}

const days = (name: string): string[] => ['day', 'month', 'year'].map(part => `${name}-${part}`)
