import type { VNode } from 'preact'
import type { Option } from '../../lists/index.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import type { Fields } from '../../platform/web/fields.ts'
import { errorFor, type FieldError, Input, Radios, Select, Textarea } from '../../ui/index.ts'
import { DayInput } from '../day-input.tsx'
import { type TeamChoice, teamValue } from '../directory.ts'
import { urgencies, urgencyWords } from '../words.ts'

type Props = {
  typed: Fields
  errors: readonly FieldError[]
  teams: readonly TeamChoice[]
  sources: readonly Option[]
  today: PlainDate
  /** The actor's own team, chosen to begin with. */
  ownTeam: string
}

export function ReferralFields({ typed, errors, teams, sources, today, ownTeam }: Props): VNode {
  const error = (field: string) => errorFor(errors, field)
  return (
    <>
      <Select
        name="team"
        label={{ text: 'Which team?', classes: 'govuk-label--s' }}
        errorMessage={error('team')}
        value={typed.has('team') ? typed.text('team') : ownTeam}
        items={[
          { value: '', text: 'Choose a team' },
          ...teams.map(team => ({ value: teamValue(team), text: `${team.serviceName} – ${team.teamName}, ${team.agencyName}` })),
        ]}
      />
      <DayInput name="received" legend="When did the referral arrive?" typed={typed} errors={errors} start={today} />
      <Select
        name="source"
        label={{ text: 'Who asked?', classes: 'govuk-label--s' }}
        errorMessage={error('source')}
        value={typed.text('source')}
        items={[{ value: '', text: 'Choose' }, ...sources.map(one => ({ value: one.code, text: one.label }))]}
      />
      <Input
        name="referrer-name"
        label="Their name, if there is one"
        value={typed.typed('referrer-name')}
        errorMessage={error('referrer-name')}
      />
      <Input
        name="referrer-contact"
        label="How to reach them"
        hint="Telephone or email"
        value={typed.typed('referrer-contact')}
        errorMessage={error('referrer-contact')}
      />
      <Textarea
        name="reason"
        rows={6}
        label={{ text: 'Why are they referred?', classes: 'govuk-label--s' }}
        hint="What happened, what is hoped for, and who is at risk"
        value={typed.typed('reason')}
        errorMessage={error('reason')}
      />
      <Radios
        name="urgency"
        fieldset={{ legend: { text: 'How urgent is it?', classes: 'govuk-fieldset__legend--s' } }}
        errorMessage={error('urgency')}
        value={typed.text('urgency')}
        items={urgencies.map(value => ({ value, text: urgencyWords[value] }))}
      />
      <Radios
        name="consent"
        fieldset={{ legend: { text: 'Has the person agreed to this?', classes: 'govuk-fieldset__legend--s' } }}
        errorMessage={error('consent')}
        value={typed.text('consent')}
        items={[
          {
            value: 'given',
            text: 'Yes',
            conditional: {
              text: (
                <>
                  <Input
                    name="consent-how"
                    label="How did they agree?"
                    hint="Such as “on paper” or “by telephone, asked twice”"
                    value={typed.typed('consent-how')}
                    errorMessage={error('consent-how')}
                  />
                  <DayInput name="consent-on" legend="When?" typed={typed} errors={errors} start={today} />
                </>
              ),
            },
          },
          {
            value: 'refused',
            text: 'No, they refused',
            conditional: { text: <Without consent="refused" typed={typed} errors={errors} /> },
          },
          {
            value: 'not-asked',
            text: 'They have not been asked',
            conditional: { text: <Without consent="not-asked" typed={typed} errors={errors} /> },
          },
        ]}
      />
    </>
  )
}

function Without({ consent, typed, errors }: { consent: 'refused' | 'not-asked'; typed: Fields; errors: readonly FieldError[] }): VNode {
  const name = `without-${consent}`
  return (
    <Textarea
      name={name}
      rows={3}
      label="Why do you refer without their agreement?"
      hint="Such as a risk of serious harm. Whoever reads the case sees this."
      value={typed.typed(name)}
      errorMessage={errorFor(errors, name)}
    />
  )
}
