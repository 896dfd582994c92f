import type { VNode } from 'preact'
import type { Option } from '../../lists/index.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import type { Fields } from '../../platform/web/fields.ts'
import { errorFor, type FieldError, Input, Radios, Select, Textarea } from '../../ui/index.ts'
import { DayInput } from '../day-input.tsx'
import { type TeamChoice, teamValue } from '../directory.ts'
import { urgencies, urgencyWords } from '../words.ts'
import { AnotherCase } from './open-already.tsx'
import type { Referrer } from './referrer.ts'

type Props = {
  typed: Fields
  errors: readonly FieldError[]
  teams: readonly TeamChoice[]
  sources: readonly Option[]
  today: PlainDate
  /** Who writes it, where it may be their own referral; without, it came in from somebody else. */
  me?: Referrer
}

export function ReferralFields({ typed, errors, teams, sources, today, me }: Props): VNode {
  const error = (field: string) => errorFor(errors, field)
  return (
    <>
      <Select
        name="team"
        label={{ text: 'Which team?', classes: 'govuk-label--s' }}
        errorMessage={error('team')}
        // Nothing is chosen to begin with: to whom somebody is referred is decided, and not left as it stands.
        value={typed.text('team')}
        items={[
          { value: '', text: 'Choose a team' },
          ...ownLast(teams, me).map(team => ({
            value: teamValue(team),
            text: `${isOwn(team, me) ? 'Your team: ' : ''}${team.serviceName} – ${team.teamName}, ${team.agencyName}`,
          })),
        ]}
      />
      <AnotherCase typed={typed} errors={errors} />
      {me ? (
        <Radios
          name="asks"
          fieldset={{ legend: { text: 'Who asks?', classes: 'govuk-fieldset__legend--s' } }}
          errorMessage={error('asks')}
          value={typed.text('asks')}
          items={[
            { value: 'me', text: 'I do', hint: { text: [me.name, me.contact].filter(Boolean).join(' · ') } },
            {
              value: 'other',
              text: 'Somebody else asked, and I write it down',
              conditional: { text: <CameIn typed={typed} errors={errors} sources={sources} today={today} /> },
            },
          ]}
        />
      ) : (
        <CameIn typed={typed} errors={errors} sources={sources} today={today} />
      )}
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

const isOwn = (team: TeamChoice, me: Referrer | undefined): boolean => me?.teams.includes(teamValue(team)) ?? false
const ownLast = (teams: readonly TeamChoice[], me: Referrer | undefined): readonly TeamChoice[] => [
  ...teams.filter(team => !isOwn(team, me)),
  ...teams.filter(team => isOwn(team, me)),
]

/** A referral that came from somebody who does not write it down themselves. */
function CameIn({ typed, errors, sources, today }: Pick<Props, 'typed' | 'errors' | 'sources' | 'today'>): VNode {
  const error = (field: string) => errorFor(errors, field)
  return (
    <>
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
