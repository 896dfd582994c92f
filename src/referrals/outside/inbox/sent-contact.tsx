import { sql } from 'kysely'
import type { VNode } from 'preact'
import type { CasePanel } from '../../../cases/index.ts'
import { type Answers, findAnswerSet } from '../../../forms/index.ts'
import {
  addContact,
  type Contact,
  contactInWords,
  findRecord,
  mayEdit,
  type PersonRecord,
  type SafeToContact,
  safeAlways,
  safeToContactWords,
  takesTexts,
} from '../../../people/index.ts'
import type { Visit } from '../../../platform/web/routes.ts'
import { errorFor, type FieldError, Radios } from '../../../ui/index.ts'
import { aboutWhom, textOf } from '../form.ts'
import type { OutsideReferral } from '../inbox.queries.ts'

type SentContact = Pick<Contact, 'kind' | 'value' | 'whose' | 'safe'>

/** The number that was sent of whoever it is about, with how it is safe to use it. */
export function contactSent(answers: Answers): SentContact | undefined {
  const { telephone, telephoneTyped } = aboutWhom(answers)
  if (!telephoneTyped) return undefined
  const safe = safeAsSaid(answers)
  return telephone
    ? { kind: takesTexts(telephone) ? 'mobile' : 'telephone', value: telephone, whose: null, safe }
    : { kind: 'other', value: telephoneTyped, whose: null, safe }
}

/** What its sender said of ringing them. Said nothing, nobody leaves a message: the wrong person may hear it. */
function safeAsSaid(answers: Answers): SafeToContact {
  const words = textOf(answers, 'safe_words')
  const note = words ? words.slice(0, 500) : null
  switch (textOf(answers, 'safe_contact')) {
    case 'any':
      return { ...safeAlways, note }
    case 'text_only':
      return { ...safeAlways, use: 'text-only', leaveMessage: false, note }
    case 'no_message':
      return { ...safeAlways, leaveMessage: false, note }
    default:
      return { ...safeAlways, leaveMessage: false, note: note ?? 'Not said whether it is safe to ring' }
  }
}

/** '07700 900888: Text only. No messages' */
export const sentContactInWords = (sent: SentContact): string =>
  [contactInWords(sent), safeToContactWords(sent.safe)].filter(Boolean).join(': ')

/** Whether the number that was sent goes on the person’s record, where everybody looks who rings them. Decided, since anybody can send anything. */
export function KeepContact({
  referral,
  value,
  errors,
}: {
  referral: OutsideReferral
  value: string
  errors: readonly FieldError[]
}): VNode | null {
  const sent = contactSent(referral.answers)
  if (!sent) return null
  return (
    <Radios
      name="keep-contact"
      fieldset={{ legend: { text: 'Does the number that was sent go on their record?', classes: 'govuk-fieldset__legend--s' } }}
      hint={sentContactInWords(sent)}
      errorMessage={errorFor(errors, 'keep-contact')}
      value={value}
      items={[
        {
          value: 'yes',
          text: 'Yes, with how it is safe to use it',
          hint: { text: 'A number that is on their record already stays as it is there' },
        },
        { value: 'no', text: 'No', hint: { text: 'It stands in what was sent' } },
      ]}
    />
  )
}

export function readKeepContact({ fields }: Visit, referral: OutsideReferral, errors: FieldError[]): boolean {
  const chosen = fields.text('keep-contact')
  if (contactSent(referral.answers) && chosen !== 'yes' && chosen !== 'no')
    errors.push({ field: 'keep-contact', message: 'Select whether the number goes on their record' })
  return chosen === 'yes'
}

/** The same number as somebody’s record has it. */
export const onRecord = ({ contacts }: Pick<PersonRecord, 'contacts'>, sent: Pick<SentContact, 'value'> | undefined): Contact | undefined =>
  sent && contacts.find(one => one.value === sent.value)

/**
 * Puts the number on a record that there is already. One that stands there is left alone: what a worker wrote of how it is safe is not undone by what
 * somebody sent.
 */
export async function keepContact(
  visit: Visit,
  referral: OutsideReferral,
  personId: string,
): Promise<'added' | 'was-there' | 'not-theirs' | null> {
  const sent = contactSent(referral.answers)
  if (!sent) return null
  const record = await findRecord(visit.tx, personId, true)
  if (!record || !mayEdit(visit.actor, record)) return 'not-theirs'
  if (onRecord(record, sent)) return 'was-there'
  await addContact(visit, record, sent)
  return 'added'
}

export const keptInWords = (kept: Awaited<ReturnType<typeof keepContact>>): string =>
  kept === 'was-there'
    ? ' The number was on their record already: look at how it is safe there.'
    : kept === 'not-theirs'
      ? ' The number is not on their record, which you may not change.'
      : ''

/** How to reach them, as it was sent from outside, beside the referral: whoever rings reads it before. */
export const SentContactPanel: CasePanel = async ({ tx, actor }, theCase) => {
  const { rows } = await sql<{ id: string }>`
    select id from answer_sets where case_id = ${theCase.id} and part = 'referral' and completed_at is not null
    order by completed_at desc, id desc limit 1`.execute(tx)
  const set = rows[0] && (await findAnswerSet(tx, actor, theCase.id, rows[0].id))
  if (!set) return null
  const answers: Answers = Object.assign({}, ...[...set.sections.values()].map(section => section.completed ?? {}))
  const sent = contactSent(answers)
  const words = textOf(answers, 'safe_words')
  if (!sent && !words) return null
  return (
    <section aria-labelledby="sent-contact">
      <h2 class="govuk-heading-m" id="sent-contact">
        How to reach them, as it was sent
      </h2>
      <p class="govuk-body ly-as-written">{sent ? <strong>{sentContactInWords(sent)}</strong> : words}</p>
    </section>
  )
}
