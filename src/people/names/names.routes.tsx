import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { paths } from '../../paths.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, errorFor, errorSummaryFor, type FieldError, Form, Input, Radios } from '../../ui/index.ts'
import { changePerson, listsOfPerson } from '../change-person.ts'
import { readNamePart, spokenName } from '../names.ts'
import { type NameKind, nameKinds, nameKindWords, type OtherName, type PersonRecord } from '../person.ts'
import { changingPerson, editingPerson, type PersonFrame, personPage } from '../visit-person.tsx'

/** Aliases and earlier names: added, and ended when they turn out wrong. */
export function nameRoutes(routes: Routes, frame: PersonFrame): void {
  routes.get('/people/:personId/names/new', { may: 'record' }, visit =>
    editingPerson(visit, async record => addPage(frame, visit, record, [])),
  )

  routes.post('/people/:personId/names/new', { may: 'record' }, visit =>
    changingPerson(visit, async record => {
      const { fields } = visit
      const errors: FieldError[] = []
      const kind = nameKinds.find(each => each === fields.text('kind'))
      if (!kind) errors.push({ field: 'kind', message: 'Select what kind of name it is' })
      const given = readNamePart(fields.typed('given'), 'First names')
      if (!given.ok) errors.push({ field: 'given', message: given.message })
      const family = readNamePart(fields.typed('family'), 'Surname')
      if (!family.ok) errors.push({ field: 'family', message: family.message })
      if (given.ok && family.ok && given.value === null && family.value === null)
        errors.push({ field: 'given', message: 'Enter a first name or a surname' })
      const note = fields.text('note')
      if (note.length > 300) errors.push({ field: 'note', message: 'About this name must be 300 characters or fewer' })
      if (errors.length > 0 || !kind || !given.ok || !family.ok) return addPage(frame, visit, record, errors)
      await addName(visit, record, { kind, given: given.value, family: family.value, note: note || null })
      return redirect(paths.people.details(record.id), { notice: 'Name added' })
    }),
  )

  routes.get('/people/:personId/names/:nameId/end', { may: 'record' }, visit =>
    editingPerson(visit, async record => {
      const name = record.names.find(each => each.id === visit.params.nameId)
      return name ? endPage(frame, visit, record, name, []) : notFound()
    }),
  )

  routes.post('/people/:personId/names/:nameId/end', { may: 'record' }, visit =>
    changingPerson(visit, async record => {
      const name = record.names.find(each => each.id === visit.params.nameId)
      if (!name) return notFound()
      const reason = visit.fields.text('reason')
      if (reason === '') return endPage(frame, visit, record, name, [{ field: 'reason', message: 'Enter why this name is removed' }])
      if (reason.length > 300)
        return endPage(frame, visit, record, name, [{ field: 'reason', message: 'Why must be 300 characters or fewer' }])
      const now = visit.clock.now()
      await sql`update person_names set ended_at = ${now} where id = ${name.id}`.execute(visit.tx)
      await changePerson(visit.tx, visit.actor, now, record, {
        section: 'Other names',
        changes: [{ field: nameKindWords[name.kind], before: spokenName(name), after: null }],
        reason,
        findable: true,
        action: 'person-name-ended',
      })
      return redirect(paths.people.details(record.id), { notice: 'Name removed' })
    }),
  )
}

async function addName(visit: Visit, record: PersonRecord, name: Pick<OtherName, 'kind' | 'given' | 'family' | 'note'>): Promise<void> {
  const now = visit.clock.now()
  await sql`
    insert into person_names (id, person_id, kind, given_name, family_name, note, recorded_at, readers, editors, withheld)
    select ${uuid()}, p.id, ${name.kind}, ${name.given}, ${name.family}, ${name.note}, ${now}, ${listsOfPerson}
    from people p where p.id = ${record.id}`.execute(visit.tx)
  await changePerson(visit.tx, visit.actor, now, record, {
    section: 'Other names',
    changes: [{ field: nameKindWords[name.kind], before: null, after: spokenName(name) }],
    reason: name.note,
    findable: true,
    action: 'person-name-added',
  })
}

function addPage(frame: PersonFrame, visit: Visit, record: PersonRecord, errors: readonly FieldError[]): Promise<Answer> {
  const { fields } = visit
  const hints: Partial<Record<NameKind, string>> = {
    'known-as': 'What they ask to be called',
    alias: 'A name used beside their own, whatever the reason',
    'other-script': 'As they write it themselves, in any letters',
  }
  return personPage(
    frame,
    visit,
    record,
    'Add another name',
    <>
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">Add another name</h1>
      <p class="govuk-body">The person is found by all of their names.</p>
      <Form action={paths.people.addName(record.id)} {...visit.form}>
        {Radios({
          name: 'kind',
          value: fields.text('kind'),
          errorMessage: errorFor(errors, 'kind'),
          fieldset: { legend: { text: 'What kind of name is it?', classes: 'govuk-fieldset__legend--s' } },
          classes: 'govuk-radios--small',
          items: nameKinds.map(kind => ({
            value: kind,
            text: nameKindWords[kind],
            hint: hints[kind] === undefined ? undefined : { text: hints[kind] },
          })),
        })}
        {Input({
          name: 'given',
          label: 'First names',
          value: fields.typed('given'),
          errorMessage: errorFor(errors, 'given'),
          spellcheck: false,
          classes: 'govuk-!-width-one-half',
        })}
        {Input({
          name: 'family',
          label: 'Surname',
          value: fields.typed('family'),
          errorMessage: errorFor(errors, 'family'),
          spellcheck: false,
          classes: 'govuk-!-width-one-half',
        })}
        {Input({ name: 'note', label: 'About this name (optional)', value: fields.typed('note'), errorMessage: errorFor(errors, 'note') })}
        <div class="govuk-button-group">
          {Button({ text: 'Add name' })}
          <a class="govuk-link" href={paths.people.details(record.id)}>
            Cancel
          </a>
        </div>
      </Form>
    </>,
    { hasErrors: errors.length > 0 },
  )
}

function endPage(frame: PersonFrame, visit: Visit, record: PersonRecord, name: OtherName, errors: readonly FieldError[]): Promise<Answer> {
  return personPage(
    frame,
    visit,
    record,
    'Remove a name',
    <>
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">Remove “{spokenName(name)}”</h1>
      <p class="govuk-body">The person will no longer be found by it. It stays in the history.</p>
      <Form action={paths.people.endName(record.id, name.id)} {...visit.form}>
        {Input({ name: 'reason', label: 'Why', value: visit.fields.typed('reason'), errorMessage: errorFor(errors, 'reason') })}
        <div class="govuk-button-group">
          {Button({ text: 'Remove name', classes: 'govuk-button--warning' })}
          <a class="govuk-link" href={paths.people.details(record.id)}>
            Cancel
          </a>
        </div>
      </Form>
    </>,
    { hasErrors: errors.length > 0 },
  )
}
