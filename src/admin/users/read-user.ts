import type { Fields } from '../../platform/web/fields.ts'
import type { FieldError } from '../../ui/index.ts'
import { isGivenIn } from '../rights.ts'
import type { Place, RoleRow } from './users.queries.ts'

export type Typed = { name: string; email: string; jobTitle: string; telephone: string }

/** What a mail server takes as it stands: the unquoted half of RFC 5321 §4.1.2, without `%`, which has meant "send on to". ASCII alone. */
const address = /^[a-z0-9!#$&'*+/=?^_`{|}~.-]+@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]([a-z0-9-]*[a-z0-9])$/i

/** Who somebody is, as typed, and what is wrong with it. */
export function readUser(fields: Fields): { typed: Typed; errors: FieldError[] } {
  const typed: Typed = {
    name: fields.text('name').replace(/\s+/g, ' '),
    email: fields.text('email'),
    jobTitle: fields.text('job-title'),
    telephone: fields.text('telephone'),
  }
  const errors: FieldError[] = []
  const refuse = (field: string, message: string) => void errors.push({ field, message })
  if (!typed.name) refuse('name', 'Enter their name')
  else if (typed.name.length > 120) refuse('name', 'Their name must be 120 characters or fewer')
  if (!typed.email) refuse('email', 'Enter their email address')
  else if (!address.test(typed.email) || typed.email.length > 254) {
    refuse('email', 'Enter an email address in the correct format, like name@example.gov.uk')
  }
  if (typed.jobTitle.length > 120) refuse('job-title', 'Their job title must be 120 characters or fewer')
  if (typed.telephone.length > 40 || (typed.telephone && !/^[\d\s()+.-]*( ?ext\.? ?\d+)?$/i.test(typed.telephone))) {
    refuse('telephone', 'Enter a telephone number, like 01632 960 001')
  }
  return { typed, errors }
}

/** A place as the value of a choice, and back. */
export const valueOfPlace = (place: Place): string => `${place.teamId} ${place.serviceArea ?? ''}`.trim()

/** Which post was chosen, of those that the actor may give. Anything else, forged or gone, is nothing chosen. */
export function readPost(
  fields: Fields,
  places: readonly Place[],
  roles: readonly RoleRow[],
): { place: Place | undefined; role: RoleRow | undefined; errors: FieldError[] } {
  const place = places.find(one => valueOfPlace(one) === fields.text('place'))
  const role = roles.find(one => one.id === fields.text('role'))
  const errors: FieldError[] = []
  if (!place) errors.push({ field: 'place', message: 'Select where they work' })
  if (place && role && !isGivenIn(role, place.agency))
    errors.push({ field: 'role', message: 'This role is of another agency than the team: select one of that agency’s' })
  if (!role) errors.push({ field: 'role', message: 'Select what they may do' })
  return { place, role: errors.length > 0 ? undefined : role, errors }
}
