import { sql } from 'kysely'
import type { VNode } from 'preact'
import { v7 as uuid } from 'uuid'
import { paths } from '../../paths.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, Checkboxes, errorFor, errorSummaryFor, type FieldError, Form, Input, Radios } from '../../ui/index.ts'
import { changePerson, differences, listsOfPerson } from '../change-person.ts'
import { contactKinds, contactKindWords, safeToContactWords } from '../contact.ts'
import { type Shown, shownAsTyped } from '../edit-section/section-form.tsx'
import { findRecord } from '../person.queries.ts'
import { type Contact, contactCareOf, contactInWords, type FieldChange, type PersonRecord } from '../person.ts'
import { changingPerson, editingPerson, type PersonFrame, personPage } from '../visit-person.tsx'
import { readContact, type TypedContact } from './read-contact.ts'

/** Telephone numbers, e-mail and other ways to reach somebody, each with when and how it is safe. */
export function contactRoutes(routes: Routes, frame: PersonFrame): void {
  routes.get('/people/:personId/contacts/new', { may: 'record' }, visit =>
    editingPerson(visit, async record => contactPage(frame, visit, record, undefined, shownAsTyped(visit.fields), [])),
  )
  routes.post('/people/:personId/contacts/new', { may: 'record' }, visit =>
    changingPerson(visit, async record => {
      const reading = readContact(visit.fields)
      if (!reading.ok) return contactPage(frame, visit, record, undefined, shownAsTyped(visit.fields), reading.errors)
      await addContact(visit, record, reading.value)
      return redirect(paths.people.details(record.id), { notice: 'Contact added' })
    }),
  )
  routes.get('/people/:personId/contacts/:contactId', { may: 'record' }, visit =>
    editingPerson(visit, async record => {
      const contact = record.contacts.find(each => each.id === visit.params.contactId)
      return contact ? contactPage(frame, visit, record, contact, shownContact(contact), []) : notFound()
    }),
  )
  routes.post('/people/:personId/contacts/:contactId', { may: 'record' }, visit =>
    changingPerson(visit, async record => {
      const contact = record.contacts.find(each => each.id === visit.params.contactId)
      if (!contact) return notFound()
      if (visit.fields.text('do') === 'remove') {
        await removeContact(visit, record, contact)
        return redirect(paths.people.details(record.id), { notice: 'Contact removed' })
      }
      const reading = readContact(visit.fields)
      const errors = reading.ok ? staleError(visit, contact) : reading.errors
      if (errors.length > 0 || !reading.ok) return contactPage(frame, visit, record, contact, shownAsTyped(visit.fields), errors)
      await changeContact(visit, record, contact, reading.value)
      return redirect(paths.people.details(record.id), { notice: 'Contact saved' })
    }),
  )
}

function staleError(visit: Visit, contact: Contact): FieldError[] {
  if (Number(visit.fields.text('version')) === contact.version) return []
  return [
    {
      field: 'kind',
      message: 'Somebody else changed this contact while you were writing. Check the history, then save again to put yours in its place',
    },
  ]
}

/** Puts a way to reach somebody on their record, with how it is safe. The record was locked. */
export async function addContact(visit: Visit, record: PersonRecord, { kind, value, whose, safe }: TypedContact): Promise<void> {
  await sql`
    insert into person_contacts (id, person_id, kind, value, whose, safe_use, leave_message, safe_days, safe_from, safe_to, note, recorded_at, readers, editors, withheld)
    select ${uuid()}, p.id, ${kind}, ${value}, ${whose}, ${safe.use}, ${safe.leaveMessage}, ${[...safe.days]}::int[], ${safe.from}, ${safe.to}, ${safe.note},
      ${visit.clock.now()}, ${listsOfPerson} from people p where p.id = ${record.id}`.execute(visit.tx)
  await saveChange(
    visit,
    record,
    [{ field: contactKindWords[kind], before: null, after: inWords({ kind, value, whose, safe }) }],
    'person-contact-added',
  )
}

async function changeContact(visit: Visit, record: PersonRecord, before: Contact, after: TypedContact): Promise<void> {
  const changes = differences([[contactKindWords[after.kind], inWords(before), inWords(after)]])
  if (changes.length === 0) return
  const { safe } = after
  await sql`
    update person_contacts set kind = ${after.kind}, value = ${after.value}, whose = ${after.whose}, safe_use = ${safe.use}, leave_message = ${safe.leaveMessage},
      safe_days = ${[...safe.days]}::int[], safe_from = ${safe.from}, safe_to = ${safe.to}, note = ${safe.note}, version = version + 1
    where id = ${before.id}`.execute(visit.tx)
  await saveChange(visit, record, changes, 'person-contact-changed')
}

async function removeContact(visit: Visit, record: PersonRecord, contact: Contact): Promise<void> {
  await sql`update person_contacts set ended_at = ${visit.clock.now()}, version = version + 1 where id = ${contact.id}`.execute(visit.tx)
  await saveChange(
    visit,
    record,
    [{ field: contactKindWords[contact.kind], before: inWords(contact), after: null }],
    'person-contact-removed',
  )
}

/** Writes the version, and what must be known before any contact on to the person for the banner. */
async function saveChange(visit: Visit, record: PersonRecord, changes: readonly FieldChange[], action: string): Promise<void> {
  const now = await findRecord(visit.tx, record.id)
  await changePerson(visit.tx, visit.actor, visit.clock.now(), record, {
    section: 'Contacts',
    changes,
    set: sql`contact_care = ${contactCareOf(now?.contacts ?? [])}`,
    findable: true,
    action,
  })
}

function inWords(contact: TypedContact): string {
  const whose = contact.whose === null ? '' : ` (${contact.whose})`
  const safe = safeToContactWords(contact.safe)
  return `${contactInWords(contact)}${whose}${safe === '' ? '' : `. ${safe}`}`
}

function shownContact(contact: Contact): Shown {
  const { safe } = contact
  const values: Record<string, string> = {
    kind: contact.kind,
    value: contactInWords(contact),
    whose: contact.whose ?? '',
    use: safe.use,
    message: safe.leaveMessage ? 'yes' : 'no',
    from: safe.from ?? '',
    to: safe.to ?? '',
    note: safe.note ?? '',
  }
  return { text: name => values[name] ?? '', all: name => (name === 'days' ? safe.days.map(String) : []) }
}

function contactPage(
  frame: PersonFrame,
  visit: Visit,
  record: PersonRecord,
  contact: Contact | undefined,
  shown: Shown,
  errors: readonly FieldError[],
): Promise<Answer> {
  const heading = contact ? 'Change contact' : 'Add a contact'
  return personPage(
    frame,
    visit,
    record,
    heading,
    <>
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">{heading}</h1>
      <Form action={contact ? paths.people.editContact(record.id, contact.id) : paths.people.addContact(record.id)} {...visit.form}>
        {contact && <input type="hidden" name="version" value={contact.version} />}
        {contactFields(shown, errors)}
        <div class="govuk-button-group">
          {Button({ text: 'Save' })}
          {contact && Button({ text: 'Remove', classes: 'govuk-button--warning', name: 'do', value: 'remove' })}
          <a class="govuk-link" href={paths.people.details(record.id)}>
            Cancel
          </a>
        </div>
      </Form>
    </>,
    { hasErrors: errors.length > 0 },
  )
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

function contactFields(shown: Shown, errors: readonly FieldError[]): VNode {
  const small = 'govuk-fieldset__legend--s'
  return (
    <>
      {Radios({
        name: 'kind',
        value: shown.text('kind'),
        errorMessage: errorFor(errors, 'kind'),
        fieldset: { legend: { text: 'What kind of contact is it?', classes: small } },
        classes: 'govuk-radios--small govuk-radios--inline',
        items: contactKinds.map(kind => ({ value: kind, text: contactKindWords[kind] })),
      })}
      {Input({
        name: 'value',
        label: 'Number or address',
        value: shown.text('value'),
        errorMessage: errorFor(errors, 'value'),
        classes: 'govuk-input--width-20',
        autocomplete: 'off',
      })}
      {Input({
        name: 'whose',
        label: 'Whose is it? (optional)',
        hint: 'Leave empty if it is their own',
        value: shown.text('whose'),
        errorMessage: errorFor(errors, 'whose'),
        classes: 'govuk-input--width-20',
      })}
      {Radios({
        name: 'use',
        value: shown.text('use'),
        errorMessage: errorFor(errors, 'use'),
        fieldset: { legend: { text: 'Is it safe to use?', classes: small } },
        classes: 'govuk-radios--small',
        items: [
          { value: 'any', text: 'Yes, call or text' },
          { value: 'call-only', text: 'Call only' },
          { value: 'text-only', text: 'Text only' },
          { value: 'never', text: 'Never', hint: { text: 'It is kept on record so that nobody uses it' } },
        ],
      })}
      {Radios({
        name: 'message',
        value: shown.text('message') || 'yes',
        fieldset: { legend: { text: 'May a message be left?', classes: small } },
        classes: 'govuk-radios--small govuk-radios--inline',
        items: [
          { value: 'yes', text: 'Yes' },
          { value: 'no', text: 'No' },
        ],
      })}
      {Checkboxes({
        name: 'days',
        hint: 'Leave all empty if any day is safe',
        fieldset: { legend: { text: 'Only on these days', classes: small } },
        classes: 'govuk-checkboxes--small',
        items: weekdays.map((day, index) => ({ value: index + 1, text: day, checked: shown.all('days').includes(String(index + 1)) })),
      })}
      {Input({
        name: 'from',
        label: 'Only from (optional)',
        hint: 'For example, 9:30am',
        value: shown.text('from'),
        errorMessage: errorFor(errors, 'from'),
        classes: 'govuk-input--width-5',
      })}
      {Input({
        name: 'to',
        label: 'Until (optional)',
        value: shown.text('to'),
        errorMessage: errorFor(errors, 'to'),
        classes: 'govuk-input--width-5',
      })}
      {Input({
        name: 'note',
        label: 'What to know before (optional)',
        hint: 'Ask for the dentist. Hang up if a man answers',
        value: shown.text('note'),
        errorMessage: errorFor(errors, 'note'),
      })}
    </>
  )
}
