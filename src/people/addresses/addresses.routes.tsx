import { paths } from '../../paths.ts'
import { today } from '../../platform/clock.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, Checkboxes, errorSummaryFor, type FieldError, Form } from '../../ui/index.ts'
import { type Shown, shownAsTyped } from '../edit-section/section-form.tsx'
import { type Address, addressOnOneLine, isCurrent, mayChangeAddress, type PersonRecord } from '../person.ts'
import { changingPerson, editingPerson, type PersonFrame, personPage } from '../visit-person.tsx'
import { AddressFields, shownAddress } from './address-form.tsx'
import { addAddress, changeAddress, removeAddress } from './change-address.ts'
import { readAddress } from './read-address.ts'
import { type Offered, offeredReaders, readersInWords, secretReaders } from './secret-readers.ts'

/**
 * Addresses with their dates: added, changed, and removed when recorded by mistake. Moving out is a date, not a removal. A secret one is there for the
 * agencies that read it, and is changed by those that recorded it.
 */
export function addressRoutes(routes: Routes, frame: PersonFrame): void {
  routes.get('/people/:personId/addresses/new', { may: 'record' }, visit =>
    editingPerson(visit, async record =>
      addressPage(frame, visit, record, undefined, await offeredReaders(visit, record), shownAsTyped(visit.fields), []),
    ),
  )
  routes.post('/people/:personId/addresses/new', { may: 'record' }, visit =>
    changingPerson(visit, async record => {
      const offered = await offeredReaders(visit, record)
      const refused = (errors: readonly FieldError[]) =>
        addressPage(frame, visit, record, undefined, offered, shownAsTyped(visit.fields), errors)
      const reading = readAddress(visit.fields)
      if (!reading.ok) return refused(reading.errors)
      const { readers, errors } = secretReaders(visit, offered, reading.value)
      if (errors.length > 0) return refused(errors)
      await addAddress(visit, record, reading.value, readers)
      return redirect(paths.people.details(record.id), { notice: 'Address added' })
    }),
  )
  routes.get('/people/:personId/addresses/:addressId', { may: 'record' }, visit =>
    editingPerson(visit, async record => {
      const address = openOne(visit, record)
      if (!address) return notFound()
      return addressPage(frame, visit, record, address, await offeredReaders(visit, record, address), shownAddress(address), [])
    }),
  )
  routes.post('/people/:personId/addresses/:addressId', { may: 'record' }, visit =>
    changingPerson(visit, async record => {
      const address = openOne(visit, record)
      if (!address) return notFound()
      if (visit.fields.text('do') === 'remove') {
        await removeAddress(visit, record, address)
        return redirect(paths.people.details(record.id), { notice: 'Address removed' })
      }
      const offered = await offeredReaders(visit, record, address)
      const refused = (errors: readonly FieldError[]) =>
        addressPage(frame, visit, record, address, offered, shownAsTyped(visit.fields), errors)
      const reading = readAddress(visit.fields)
      if (!reading.ok) return refused(reading.errors)
      const { readers, errors } = secretReaders(visit, offered, reading.value)
      const all = [...staleError(visit, address), ...errors]
      if (all.length > 0) return refused(all)
      const readBefore = readersInWords({ others: offered.others.filter(one => one.reads).map(one => one.name) })
      await changeAddress(visit, record, address, reading.value, readers, readBefore)
      return redirect(paths.people.details(record.id), { notice: 'Address saved' })
    }),
  )
}

const openOne = ({ params, actor }: Visit, record: PersonRecord): Address | undefined =>
  record.addresses.find(each => each.id === params.addressId && mayChangeAddress(actor, each))

function staleError(visit: Visit, address: Address): FieldError[] {
  if (Number(visit.fields.text('version')) === address.version) return []
  return [
    {
      field: 'kind',
      message: 'Somebody else changed this address while you were writing. Check the history, then save again to put yours in its place',
    },
  ]
}

function addressPage(
  frame: PersonFrame,
  visit: Visit,
  record: PersonRecord,
  address: Address | undefined,
  offered: Offered,
  shown: Shown,
  errors: readonly FieldError[],
): Promise<Answer> {
  const heading = address ? 'Change address' : 'Add an address'
  const currentHome = record.addresses.find(
    each => each.kind === 'home' && isCurrent(each, today(visit.clock)) && mayChangeAddress(visit.actor, each),
  )
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
        <AddressFields shown={shown} errors={errors} offered={offered} />
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
