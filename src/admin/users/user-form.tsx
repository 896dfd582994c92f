import { errorFor, type FieldError, Input, Radios, Select } from '../../ui/index.ts'
import { type Typed, valueOfPlace } from './read-user.ts'
import type { Place, RoleRow } from './users.queries.ts'

/** Who somebody is. */
export function PersonFields({ typed, errors }: { typed: Typed; errors: readonly FieldError[] }) {
  return (
    <>
      <Input name="name" label="Name" value={typed.name} autocomplete="off" errorMessage={errorFor(errors, 'name')} />
      <Input
        name="email"
        type="email"
        label="Email address"
        hint="They sign in with it."
        value={typed.email}
        autocomplete="off"
        spellcheck={false}
        errorMessage={errorFor(errors, 'email')}
      />
      <Input
        name="job-title"
        label="Job title (optional)"
        value={typed.jobTitle}
        autocomplete="off"
        errorMessage={errorFor(errors, 'job-title')}
      />
      <Input
        name="telephone"
        type="tel"
        label="Telephone (optional)"
        value={typed.telephone}
        autocomplete="off"
        classes="govuk-input--width-20"
        errorMessage={errorFor(errors, 'telephone')}
      />
    </>
  )
}

type PostFieldsProps = {
  places: readonly Place[]
  roles: readonly RoleRow[]
  chosen: { place: string; role: string }
  errors: readonly FieldError[]
}

/** Where somebody works and what they may do there. */
export function PostFields({ places, roles, chosen, errors }: PostFieldsProps) {
  const severalAgencies = new Set(places.map(place => place.agency)).size > 1
  return (
    <>
      <Select
        name="place"
        label="Team and service"
        hint="The records of this service in this team become theirs to see, as far as their role allows."
        value={chosen.place}
        errorMessage={errorFor(errors, 'place')}
        items={[
          { value: '', text: 'Select' },
          ...places.map(place => ({
            value: valueOfPlace(place),
            text: `${severalAgencies ? `${place.agencyName}: ` : ''}${place.team} – ${place.serviceName ?? 'no casework'}`,
          })),
        ]}
      />
      <Radios
        name="role"
        fieldset={{ legend: { text: 'Role', classes: 'govuk-fieldset__legend--s' } }}
        classes="govuk-radios--small"
        value={chosen.role}
        errorMessage={errorFor(errors, 'role')}
        items={roles.map(role => ({
          value: role.id,
          text: role.name,
          hint: { text: `${role.description}${factorHints[role.factorNeeded]}` },
        }))}
      />
    </>
  )
}

const factorHints = {
  none: '',
  any: ' Needs a second factor.',
  'phishing-resistant': ' Needs a passkey or security key.',
} as const
