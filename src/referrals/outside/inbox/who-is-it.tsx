import type { VNode } from 'preact'
import { type OpenCase, openCaseInWords } from '../../../cases/index.ts'
import { paths } from '../../../paths.ts'
import { ageAndBirth, formatClientId, formatName, type LikelyMatch } from '../../../people/index.ts'
import type { PlainDate } from '../../../platform/plain-date.ts'
import type { Fields } from '../../../platform/web/fields.ts'
import { errorFor, type FieldError, Input, Radios } from '../../../ui/index.ts'
import type { OutsideReferral } from '../inbox.queries.ts'
import { contactSent, onRecord, sentContactInWords } from './sent-contact.tsx'

/** The way to the case that somebody has open with this team already. */
export function AddInstead({ referral, open }: { referral: OutsideReferral; open: readonly OpenCase[] }): VNode {
  return (
    <>
      {open.map(one => (
        <p class="govuk-body" key={one.caseId}>
          <strong>They have an open case here: {openCaseInWords(one)}.</strong>{' '}
          {one.mayEdit ? (
            <a class="govuk-link" href={paths.referrals.addOutside(referral.id, one.caseId)}>
              Put it on that case instead
            </a>
          ) : null}
        </p>
      ))}
    </>
  )
}

/** Who it is about: somebody on record who looks like them, another whose client id is known, or somebody new. */
export function Who({
  referral,
  matches,
  open,
  typed,
  errors,
  today,
}: {
  referral: OutsideReferral
  matches: readonly LikelyMatch[]
  open: ReadonlyMap<string, readonly OpenCase[]>
  typed: Fields
  errors: readonly FieldError[]
  today: PlainDate
}): VNode {
  const sent = contactSent(referral.answers)
  return (
    <Radios
      name="who"
      fieldset={{ legend: { text: 'Who is it about?', classes: 'govuk-fieldset__legend--s' } }}
      errorMessage={errorFor(errors, 'who')}
      value={typed.text('who')}
      items={[
        ...matches.map(({ person, match }) => ({
          value: person.id,
          text: `${formatName(person)}, LY ${formatClientId(person.clientId)}`,
          hint: {
            children: (
              <>
                {ageAndBirth(person, today)}. {match.reasons.join('. ')}
                <NumberThere contact={onRecord(person, sent)} />
                <AddInstead referral={referral} open={open.get(person.id) ?? []} />
              </>
            ),
          },
        })),
        ...(matches.length > 0 ? [{ divider: 'or' }] : []),
        {
          value: 'known',
          text: 'Somebody else on record',
          conditional: {
            text: (
              <Input
                name="client-id"
                label="Their client id"
                hint="Such as LY 4K7-Q92-8, from their record"
                classes="govuk-input--width-10"
                value={typed.typed('client-id')}
                errorMessage={errorFor(errors, 'client-id')}
              />
            ),
          },
        },
        {
          value: 'new',
          text: matches.length > 0 ? 'None of them: somebody new' : 'Somebody new',
          conditional: {
            text: (
              <>
                <Input name="given" label="First name" value={typed.typed('given')} errorMessage={errorFor(errors, 'given')} />
                <Input name="family" label="Surname" value={typed.typed('family')} errorMessage={errorFor(errors, 'family')} />
              </>
            ),
          },
        },
      ]}
    />
  )
}

function NumberThere({ contact }: { contact: ReturnType<typeof onRecord> }): VNode | null {
  return contact ? <>. On their record: {sentContactInWords(contact)}</> : null
}
