import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { paths } from '../../paths.ts'
import { today } from '../../platform/clock.ts'
import { addDays, formatDate } from '../../platform/plain-date.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, Checkboxes, errorSummaryFor, type FieldError, Form } from '../../ui/index.ts'
import { changePerson, differences, listsOfPerson } from '../change-person.ts'
import { type Shown, shownAsTyped } from '../edit-section/section-form.tsx'
import { findRecord } from '../person.queries.ts'
import {
  type Address,
  addressKindWords,
  addressOnOneLine,
  currentAddress,
  type FieldChange,
  isCurrent,
  type PersonRecord,
} from '../person.ts'
import { changingPerson, editingPerson, type PersonFrame, personPage } from '../visit-person.tsx'
import { AddressFields, shownAddress } from './address-form.tsx'
import { readAddress, type TypedAddress } from './read-address.ts'

/** Addresses with their dates: added, changed, and removed when recorded by mistake. Moving out is a date, not a removal. */
export function addressRoutes(routes: Routes, frame: PersonFrame): void {
  routes.get('/people/:personId/addresses/new', { may: 'record' }, visit =>
    editingPerson(visit, async record => addressPage(frame, visit, record, undefined, shownAsTyped(visit.fields), [])),
  )
  routes.post('/people/:personId/addresses/new', { may: 'record' }, visit =>
    changingPerson(visit, async record => {
      const reading = readAddress(visit.fields)
      if (!reading.ok) return addressPage(frame, visit, record, undefined, shownAsTyped(visit.fields), reading.errors)
      await addAddress(visit, record, reading.value)
      return redirect(paths.people.details(record.id), { notice: 'Address added' })
    }),
  )
  routes.get('/people/:personId/addresses/:addressId', { may: 'record' }, visit =>
    editingPerson(visit, async record => {
      const address = record.addresses.find(each => each.id === visit.params.addressId)
      return address ? addressPage(frame, visit, record, address, shownAddress(address), []) : notFound()
    }),
  )
  routes.post('/people/:personId/addresses/:addressId', { may: 'record' }, visit =>
    changingPerson(visit, async record => {
      const address = record.addresses.find(each => each.id === visit.params.addressId)
      if (!address) return notFound()
      if (visit.fields.text('do') === 'remove') {
        await removeAddress(visit, record, address)
        return redirect(paths.people.details(record.id), { notice: 'Address removed' })
      }
      const reading = readAddress(visit.fields)
      const errors = reading.ok ? staleError(visit, address) : reading.errors
      if (errors.length > 0 || !reading.ok) return addressPage(frame, visit, record, address, shownAsTyped(visit.fields), errors)
      await changeAddress(visit, record, address, reading.value)
      return redirect(paths.people.details(record.id), { notice: 'Address saved' })
    }),
  )
}

function staleError(visit: Visit, address: Address): FieldError[] {
  if (Number(visit.fields.text('version')) === address.version) return []
  return [
    {
      field: 'kind',
      message: 'Somebody else changed this address while you were writing. Check the history, then save again to put yours in its place',
    },
  ]
}

async function addAddress(visit: Visit, record: PersonRecord, address: TypedAddress): Promise<void> {
  const now = visit.clock.now()
  const changes: FieldChange[] = []
  if (visit.fields.has('moved')) {
    const until = address.from ? addDays(address.from, -1) : addDays(today(visit.clock), -1)
    for (const earlier of record.addresses.filter(
      each => each.kind === 'home' && each.to === null && (each.from === null || each.from <= until),
    )) {
      await sql`update person_addresses set to_on = ${until}, version = version + 1 where id = ${earlier.id}`.execute(visit.tx)
      changes.push({ field: `${inWords(earlier)}: moved out`, before: null, after: formatDate(until) })
    }
  }
  await sql`
    insert into person_addresses (id, person_id, kind, lines, town, postcode, uprn, from_on, to_on, confidential, note, recorded_at, readers, editors, withheld)
    select ${uuid()}, p.id, ${address.kind}, ${address.lines}, ${address.town}, ${address.postcode}, ${address.uprn}, ${address.from}, ${address.to},
      ${address.confidential}, ${address.note}, ${now}, ${listsOfPerson} from people p where p.id = ${record.id}`.execute(visit.tx)
  changes.push({ field: addressKindWords[address.kind], before: null, after: inWords(address) })
  await saveChange(visit, record, changes, 'person-address-added')
}

async function changeAddress(visit: Visit, record: PersonRecord, before: Address, after: TypedAddress): Promise<void> {
  const name = addressKindWords[after.kind]
  const changes = differences([
    [name, inWords(before), inWords(after)],
    [`${name}: moved in`, before.from && formatDate(before.from), after.from && formatDate(after.from)],
    [`${name}: moved out`, before.to && formatDate(before.to), after.to && formatDate(after.to)],
    [`${name}: confidential`, before.confidential ? 'Yes' : 'No', after.confidential ? 'Yes' : 'No'],
    [`${name}: UPRN`, before.uprn, after.uprn],
    [`${name}: about`, before.note, after.note],
  ])
  if (changes.length === 0) return
  await sql`
    update person_addresses set kind = ${after.kind}, lines = ${after.lines}, town = ${after.town}, postcode = ${after.postcode}, uprn = ${after.uprn},
      from_on = ${after.from}, to_on = ${after.to}, confidential = ${after.confidential}, note = ${after.note}, version = version + 1
    where id = ${before.id}`.execute(visit.tx)
  await saveChange(visit, record, changes, 'person-address-changed')
}

async function removeAddress(visit: Visit, record: PersonRecord, address: Address): Promise<void> {
  await sql`update person_addresses set ended_at = ${visit.clock.now()}, version = version + 1 where id = ${address.id}`.execute(visit.tx)
  await saveChange(
    visit,
    record,
    [{ field: addressKindWords[address.kind], before: inWords(address), after: null }],
    'person-address-removed',
  )
}

/** Writes the version, and the address of today on to the person for the banner. */
async function saveChange(visit: Visit, record: PersonRecord, changes: readonly FieldChange[], action: string): Promise<void> {
  const now = await findRecord(visit.tx, record.id)
  const current = currentAddress(now?.addresses ?? [], today(visit.clock))
  await changePerson(visit.tx, visit.actor, visit.clock.now(), record, {
    section: 'Addresses',
    changes,
    set: sql`address_line = ${current ? addressOnOneLine(current) : null}, postcode = ${current && !current.confidential ? current.postcode : null}`,
    findable: true,
    action,
  })
}

/** An address in the history. A confidential one is written there too: the history is on the same protected record. */
function inWords(address: TypedAddress): string {
  return [addressOnOneLine({ ...address, confidential: false }), address.postcode].filter(Boolean).join(', ')
}

function addressPage(
  frame: PersonFrame,
  visit: Visit,
  record: PersonRecord,
  address: Address | undefined,
  shown: Shown,
  errors: readonly FieldError[],
): Promise<Answer> {
  const heading = address ? 'Change address' : 'Add an address'
  const currentHome = record.addresses.find(each => each.kind === 'home' && isCurrent(each, today(visit.clock)))
  return personPage(
    frame,
    visit,
    record,
    heading,
    <>
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">{heading}</h1>
      <Form action={address ? paths.people.editAddress(record.id, address.id) : paths.people.addAddress(record.id)} {...visit.form}>
        {address && <input type="hidden" name="version" value={address.version} />}
        <AddressFields shown={shown} errors={errors} />
        {!address &&
          currentHome &&
          Checkboxes({
            name: 'moved',
            classes: 'govuk-checkboxes--small',
            items: [
              {
                value: 'yes',
                text: `They have moved here from ${addressOnOneLine(currentHome)}`,
                hint: { text: 'The earlier home ends on the day before' },
                checked: shown.text('moved') === 'yes',
              },
            ],
          })}
        <div class="govuk-button-group">
          {Button({ text: 'Save' })}
          {address && Button({ text: 'Remove: recorded by mistake', classes: 'govuk-button--warning', name: 'do', value: 'remove' })}
          <a class="govuk-link" href={paths.people.details(record.id)}>
            Cancel
          </a>
        </div>
      </Form>
    </>,
    { hasErrors: errors.length > 0 },
  )
}
