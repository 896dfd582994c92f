import type { VNode } from 'preact'
import { Checkboxes, Details, errorFor, type FieldError, Input, Select } from '../../ui/index.ts'
import { dateControl, type Shown } from '../edit-section/section-form.tsx'
import { genders, sexes } from '../sex-and-gender.ts'

/** The boxes of the registration form. Everything else about a person is added from their details page. */
export function RegistrationFields({
  shown,
  errors,
  posts,
}: {
  shown: Shown
  errors: readonly FieldError[]
  posts: readonly { principal: number; name: string }[]
}): VNode {
  const input = (name: string, label: string, classes: string, hint?: string) =>
    Input({
      name,
      label,
      hint,
      value: shown.text(name),
      errorMessage: errorFor(errors, name),
      classes,
      autocomplete: 'off',
      spellcheck: false,
    })
  const choice = (name: string, label: string, list: readonly { code: string; label: string }[]) =>
    Select({
      name,
      label,
      value: shown.text(name),
      items: [{ value: '', text: 'Not recorded' }, ...list.map(item => ({ value: item.code, text: item.label }))],
    })
  return (
    <>
      {input('given', 'First names', 'govuk-!-width-one-half', 'Leave empty if the person has one name')}
      {input('family', 'Surname', 'govuk-!-width-one-half')}
      {input('known-as', 'Known as (optional)', 'govuk-!-width-one-half', 'What they ask to be called, if it is another first name')}
      {dateControl('dateOfBirth', 'Date of birth', 'For example, 27 3 2014. Leave empty if it is not known', shown, errors)}
      {Details({
        summaryText: 'Not yet born',
        open: shown.text('expectedDate-day') !== '' || shown.text('expectedDate-year') !== '',
        children: dateControl('expectedDate', 'Expected date of birth', undefined, shown, errors),
      })}
      {choice('sex', 'Sex registered at birth', sexes)}
      {choice('gender', 'Gender', genders)}
      {input('nhsNumber', 'NHS number (optional)', 'govuk-input--width-10', '10 digits, like 999 123 4560')}
      <h2 class="govuk-heading-m">Where they live</h2>
      {input('lines', 'Building and street', 'govuk-!-width-two-thirds')}
      {input('town', 'Town or city', 'govuk-!-width-one-half')}
      {input('postcode', 'Postcode', 'govuk-input--width-10')}
      {Checkboxes({
        name: 'no-fixed-abode',
        classes: 'govuk-checkboxes--small',
        items: [{ value: 'yes', text: 'No fixed abode', checked: shown.text('no-fixed-abode') === 'yes' }],
      })}
      {input('telephone', 'Telephone (optional)', 'govuk-input--width-20', 'Say on their details page when it is safe to ring')}
      {Details({
        summaryText: 'Number in another system',
        open: shown.text('system') !== '' || shown.text('number') !== '',
        children: (
          <>
            {input('system', 'System', 'govuk-input--width-20', 'For example, Mosaic, Niche, SystmOne')}
            {input('number', 'Number', 'govuk-input--width-20')}
          </>
        ),
      })}
      {posts.length > 1
        ? Select({
            name: 'post',
            label: 'Registered for',
            hint: 'The team that sees the person until there is a case',
            value: shown.text('post') || posts[0]?.principal,
            items: posts.map(post => ({ value: post.principal, text: post.name })),
          })
        : null}
    </>
  )
}
