import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { paths } from '../../paths.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, errorFor, errorSummaryFor, type FieldError, Form, Input } from '../../ui/index.ts'
import { changePerson, listsOfPerson } from '../change-person.ts'
import type { ExternalId, PersonRecord } from '../person.ts'
import { externalIdToken } from '../tokens.ts'
import { changingPerson, editingPerson, type PersonFrame, personPage } from '../visit-person.tsx'

/** The numbers under which other systems know a person: added, and ended when wrong. */
export function externalIdRoutes(routes: Routes, frame: PersonFrame): void {
  routes.get('/people/:personId/numbers/new', { may: 'record' }, visit =>
    editingPerson(visit, async record => addPage(frame, visit, record, [])),
  )
  routes.post('/people/:personId/numbers/new', { may: 'record' }, visit =>
    changingPerson(visit, async record => {
      const system = visit.fields.text('system')
      const value = visit.fields.text('value')
      const errors: FieldError[] = []
      if (system === '') errors.push({ field: 'system', message: 'Enter the name of the system' })
      if (system.length > 60) errors.push({ field: 'system', message: 'System must be 60 characters or fewer' })
      if (externalIdToken(value) === undefined) errors.push({ field: 'value', message: 'Enter the number' })
      if (value.length > 60) errors.push({ field: 'value', message: 'Number must be 60 characters or fewer' })
      if (record.externalIds.some(each => each.system === system && each.value === value))
        errors.push({ field: 'value', message: 'This number is on the record already' })
      if (errors.length > 0) return addPage(frame, visit, record, errors)
      const now = visit.clock.now()
      await sql`
        insert into person_identifiers (id, person_id, system, value, recorded_at, readers, editors, withheld)
        select ${uuid()}, p.id, ${system}, ${value}, ${now}, ${listsOfPerson} from people p where p.id = ${record.id}`.execute(visit.tx)
      await changePerson(visit.tx, visit.actor, now, record, {
        section: 'Other numbers',
        changes: [{ field: system, before: null, after: value }],
        findable: true,
        action: 'person-number-added',
      })
      return redirect(paths.people.details(record.id), { notice: 'Number added' })
    }),
  )
  routes.get('/people/:personId/numbers/:externalId/end', { may: 'record' }, visit =>
    editingPerson(visit, async record => {
      const found = record.externalIds.find(each => each.id === visit.params.externalId)
      return found ? endPage(frame, visit, record, found) : notFound()
    }),
  )
  routes.post('/people/:personId/numbers/:externalId/end', { may: 'record' }, visit =>
    changingPerson(visit, async record => {
      const found = record.externalIds.find(each => each.id === visit.params.externalId)
      if (!found) return notFound()
      const now = visit.clock.now()
      await sql`update person_identifiers set ended_at = ${now} where id = ${found.id}`.execute(visit.tx)
      await changePerson(visit.tx, visit.actor, now, record, {
        section: 'Other numbers',
        changes: [{ field: found.system, before: found.value, after: null }],
        findable: true,
        action: 'person-number-ended',
      })
      return redirect(paths.people.details(record.id), { notice: 'Number removed' })
    }),
  )
}

function addPage(frame: PersonFrame, visit: Visit, record: PersonRecord, errors: readonly FieldError[]): Promise<Answer> {
  const { fields } = visit
  return personPage(
    frame,
    visit,
    record,
    'Add a number of another system',
    <>
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">Add a number of another system</h1>
      <Form action={paths.people.addExternalId(record.id)} {...visit.form}>
        {Input({
          name: 'system',
          label: 'System',
          hint: 'For example, Mosaic, Niche, SystmOne',
          value: fields.typed('system'),
          errorMessage: errorFor(errors, 'system'),
          classes: 'govuk-input--width-20',
        })}
        {Input({
          name: 'value',
          label: 'Number',
          value: fields.typed('value'),
          errorMessage: errorFor(errors, 'value'),
          classes: 'govuk-input--width-20',
          spellcheck: false,
        })}
        <div class="govuk-button-group">
          {Button({ text: 'Add number' })}
          <a class="govuk-link" href={paths.people.details(record.id)}>
            Cancel
          </a>
        </div>
      </Form>
    </>,
    { hasErrors: errors.length > 0 },
  )
}

function endPage(frame: PersonFrame, visit: Visit, record: PersonRecord, found: ExternalId): Promise<Answer> {
  return personPage(
    frame,
    visit,
    record,
    'Remove a number',
    <>
      <h1 class="govuk-heading-l">
        Remove {found.system} {found.value}
      </h1>
      <p class="govuk-body">The person will no longer be found by it. It stays in the history.</p>
      <Form action={paths.people.endExternalId(record.id, found.id)} {...visit.form}>
        <div class="govuk-button-group">
          {Button({ text: 'Remove number', classes: 'govuk-button--warning' })}
          <a class="govuk-link" href={paths.people.details(record.id)}>
            Cancel
          </a>
        </div>
      </Form>
    </>,
  )
}
