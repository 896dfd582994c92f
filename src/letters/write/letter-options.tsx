import type { VNode } from 'preact'
import type { readerOf } from '../../cases/index.ts'
import { languages } from '../../people/index.ts'
import type { Fields } from '../../platform/web/fields.ts'
import { Checkboxes, errorFor, type FieldError, InsetText, Radios, Select, Textarea } from '../../ui/index.ts'
import { deliveries } from '../merge/address-for-letters.ts'
import type { offered } from '../merge/addressees.ts'
import type { LetterOptions } from '../merge/compose.ts'

const longestAddressee = 400

type Offered = ReturnType<typeof offered>
const toThem = (personId: string): string => `to ${personId}`

/** Written languages: a screen reader speaks in it, and it says from which side the lines begin. Nobody writes in British Sign Language. */
const languageChoices = languages
  .filter(({ code }) => code !== 'bfi')
  .map(({ code, label }) => ({ value: code === 'en' ? 'en-GB' : code, text: label }))

/** Whom the letter goes to and how, in which language, and how large. */
type OptionProps = { options: LetterOptions; addressees: Offered; typed: Fields; errors: readonly FieldError[] }

export function OptionFields({ options, addressees, typed, errors }: OptionProps): VNode {
  const chosen = addressees.to.find(({ envelope }) => options.delivery === 'other' && envelope === options.addressee)
  const fresh = !typed.has('wording')
  return (
    <>
      {Radios({
        name: 'delivery',
        classes: 'govuk-radios--small',
        fieldset: { legend: { text: 'Who it goes to', classes: 'govuk-fieldset__legend--s' } },
        value: fresh ? (chosen ? toThem(chosen.id) : options.delivery) : typed.text('delivery'),
        errorMessage: errorFor(errors, 'delivery'),
        items: [
          {
            value: 'post',
            text: 'The person, by post',
            hint: { text: 'To the address for letters, where that is safe. Lanyard posts nothing itself.' },
          },
          { value: 'hand', text: 'The person, handed over', hint: { text: 'No address stands on it.' } },
          ...addressees.to.map(({ id, name, relation, envelope }) => ({
            value: toThem(id),
            text: `${name}, ${relation.toLowerCase()}`,
            hint: { text: `By post to ${envelope.split('\n').slice(1).join(', ')}. What the letter says of the person is told to them.` },
          })),
          {
            value: 'other',
            text: 'Somebody else',
            conditional: {
              children: Textarea({
                name: 'addressee',
                label: 'Their name and address',
                hint: 'Of a parent, a landlord, a school: a line each. What the letter says of the person is told to them.',
                rows: 4,
                value: fresh ? options.addressee : typed.typed('addressee'),
                errorMessage: errorFor(errors, 'addressee'),
              }),
            },
          },
        ],
      })}
      {addressees.not.length > 0 ? InsetText({ text: `Not offered: ${addressees.not.join('; ')}` }) : null}
      {Select({
        name: 'language',
        label: 'Language of the letter',
        value: fresh ? options.language : typed.text('language'),
        items: languageChoices,
        errorMessage: errorFor(errors, 'language'),
      })}
      {Checkboxes({
        name: 'largePrint',
        classes: 'govuk-checkboxes--small',
        values: (fresh ? options.largePrint : typed.all('largePrint').includes('yes')) ? ['yes'] : [],
        items: [{ value: 'yes', text: 'Large print (18 point)' }],
      })}
    </>
  )
}

export function readOptions(
  reader: ReturnType<typeof readerOf>,
  fields: Fields,
  before: LetterOptions,
  addressees: Offered,
): LetterOptions {
  const chosen = addressees.to.find(one => toThem(one.id) === fields.text('delivery'))
  // A draft is saved without it; it is not produced without it.
  const isUnchosen = before.delivery === '' && !fields.text('delivery')
  const delivery = chosen
    ? 'other'
    : isUnchosen
      ? ''
      : reader.choice('delivery', deliveries, 'Select who the letter goes to') || before.delivery
  const addressee = chosen
    ? chosen.envelope
    : delivery === 'other'
      ? reader.needed('addressee', 'Their name and address', 'Enter the name and address of whoever the letter goes to', longestAddressee)
      : ''
  const language = fields.text('language')
  if (!languageChoices.some(one => one.value === language)) reader.refuse('language', 'Select the language of the letter')
  return { delivery, addressee, language, largePrint: fields.all('largePrint').includes('yes') }
}
