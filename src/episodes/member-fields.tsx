import type { VNode } from 'preact'
import { AskColleague } from '../identity/index.ts'
import type { Fields } from '../platform/web/fields.ts'
import { errorFor, type FieldError, Input, Radios, Select, Textarea } from '../ui/index.ts'
import { accessWords } from './episode.ts'
import type { KnownForMember } from './read-member.ts'

/** Who joins the team, as what, and what they see of it. */
export function MemberFields({ known, typed, errors }: { known: KnownForMember; typed: Fields; errors: readonly FieldError[] }): VNode {
  const input = (name: string, label: string, more: { hint?: string } = {}) => (
    <Input name={name} label={label} {...more} value={typed.typed(name)} errorMessage={errorFor(errors, name)} />
  )
  return (
    <>
      <Radios
        name="who"
        fieldset={{ legend: { text: 'Who are they?', classes: 'govuk-fieldset__legend--s' } }}
        errorMessage={errorFor(errors, 'who')}
        value={typed.text('who')}
        items={[
          {
            value: 'user',
            text: 'Somebody who works with Lanyard, in any agency',
            conditional: {
              text: (
                <>
                  <AskColleague name="email" asked={known.asked} typed={typed} errors={errors} />
                  <Seeing known={known} typed={typed} errors={errors} />
                </>
              ),
            },
          },
          {
            value: 'other',
            text: 'Somebody without a log-in',
            hint: { text: 'A parent, a grandmother, a GP. They see nothing of it in Lanyard' },
            conditional: {
              text: (
                <>
                  {input('name', 'Name')}
                  {input('organisation', 'Where they work, if it is their work')}
                  {input('telephone', 'Telephone', { hint: 'It is printed for the family' })}
                </>
              ),
            },
          },
        ]}
      />
      <Input
        name="role"
        label={{ text: 'What are they in the team?', classes: 'govuk-label--s' }}
        hint="Such as lead for school, health visitor, mother"
        value={typed.typed('role')}
        errorMessage={errorFor(errors, 'role')}
      />
      <Textarea
        name="family-view"
        rows={2}
        label={{ text: 'What do the child and the family say about their being in it?', classes: 'govuk-label--s' }}
        hint="Leave it empty if you have not asked yet"
        value={typed.typed('family-view')}
        errorMessage={errorFor(errors, 'family-view')}
      />
    </>
  )
}

function Seeing({ known, typed, errors }: { known: KnownForMember; typed: Fields; errors: readonly FieldError[] }): VNode {
  const choose = (items: KnownForMember['bases']) => [
    { value: '', text: 'Choose one' },
    ...items.map(one => ({ value: one.code, text: one.label })),
  ]
  return (
    <>
      <Radios
        name="access"
        fieldset={{ legend: { text: 'What do they see of it?' } }}
        hint={{ text: 'Nobody in the team sees what is withheld from them or their agency' }}
        errorMessage={errorFor(errors, 'access')}
        value={typed.text('access')}
        items={(['read', 'add', 'none'] as const).map(value => ({ value, text: accessWords[value] }))}
      />
      <Select
        name="basis"
        label="What allows you to share it with them?"
        value={typed.text('basis')}
        errorMessage={errorFor(errors, 'basis')}
        items={choose(known.bases)}
      />
      {known.consent.state !== 'given' && known.mayGoOnWithout ? (
        <Select
          name="without-consent"
          label="By what lawful reason do you share it without consent?"
          value={typed.text('without-consent')}
          errorMessage={errorFor(errors, 'without-consent')}
          items={choose(known.reasons)}
        />
      ) : null}
    </>
  )
}
