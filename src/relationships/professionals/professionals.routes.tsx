import type { VNode } from 'preact'
import { DayInput, readerOf } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import {
  changingPerson,
  editingPerson,
  formatTelephone,
  type PersonFrame,
  type PersonRecord,
  parseTelephone,
  personPage,
  type Telephone,
} from '../../people/index.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import { type Fields, noFields } from '../../platform/web/fields.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, errorFor, errorSummaryFor, type FieldError, Form, Input } from '../../ui/index.ts'
import { calledBy } from '../words.tsx'
import {
  addProfessional,
  changeProfessional,
  type Professional,
  professionalsOf,
  removeProfessional,
  type StatedProfessional,
  usualRoles,
} from './professionals.ts'

/** Professionals from outside the system: a GP, a school, a health visitor, a solicitor, and how to reach each. */
export function professionalRoutes(routes: Routes, frame: PersonFrame): void {
  routes.get('/people/:personId/professionals/new', { may: 'record' }, visit =>
    editingPerson(visit, async record => formPage(frame, visit, record, undefined, [])),
  )
  routes.post('/people/:personId/professionals/new', { may: 'record' }, visit =>
    changingPerson(visit, async record => {
      const stated = readProfessional(visit.fields)
      if ('errors' in stated) return formPage(frame, visit, record, undefined, stated.errors)
      await addProfessional(visit.tx, visit.actor, visit.clock.now(), record, stated)
      return redirect(paths.network.show(record.id), { notice: `Added: ${stated.role}` })
    }),
  )
  routes.get('/people/:personId/professionals/:professionalId', { may: 'record' }, visit =>
    editingPerson(visit, async record => {
      const professional = await openOne(visit, record)
      return professional ? formPage(frame, visit, record, professional, []) : notFound()
    }),
  )
  routes.post('/people/:personId/professionals/:professionalId', { may: 'record' }, visit =>
    changingPerson(visit, async record => {
      const { tx, actor, clock, fields } = visit
      const professional = await openOne(visit, record)
      if (!professional) return notFound()
      if (fields.text('do') === 'remove') {
        await removeProfessional(tx, actor, clock.now(), record, professional)
        return redirect(paths.network.show(record.id), { notice: `Taken back: ${professional.role}` })
      }
      const stated = readProfessional(fields)
      const errors = 'errors' in stated ? stated.errors : staleError(fields, professional)
      if ('errors' in stated || errors.length > 0) return formPage(frame, visit, record, professional, errors)
      await changeProfessional(tx, actor, clock.now(), record, professional, stated)
      return redirect(paths.network.show(record.id), { notice: `Saved: ${stated.role}` })
    }),
  )
}

const openOne = async (visit: Visit, record: PersonRecord): Promise<Professional | undefined> =>
  (await professionalsOf(visit.tx, record.id)).find(one => one.id === visit.params.professionalId)

function staleError(fields: Fields, { version }: Professional): FieldError[] {
  if (Number(fields.text('version')) === version) return []
  const message = 'Somebody else changed this while you were writing. Check the history, then save again to put yours in its place'
  return [{ field: 'role', message }]
}

function readProfessional(fields: Fields): StatedProfessional | { errors: FieldError[] } {
  const read = readerOf(fields)
  const role = read.needed('role', 'What they are', 'Enter what they are, such as GP or social worker', 60)
  const name = read.text('name', 'Name', 100) || null
  const organisation = read.text('organisation', 'Organisation', 120) || null
  if (!name && !organisation) read.refuse('name', 'Enter a name or an organisation')
  const typedTelephone = fields.text('telephone')
  const telephone = typedTelephone === '' ? undefined : parseTelephone(typedTelephone)
  if (telephone && !telephone.ok) read.refuse('telephone', telephone.message)
  const email = fields.text('email').toLowerCase() || null
  if (email && !/^[^\s@]{1,100}@[^\s@]+\.[^\s@]{1,100}$/.test(email))
    read.refuse('email', 'Enter an email address in the correct format, like name@example.com')
  const from = read.maybeDay('from', 'Since when')
  const to = read.maybeDay('to', 'Until when', from ? { notBefore: from, notBeforeWords: 'the same as or after since when' } : {})
  const note = read.text('note', 'What else to know', 300) || null
  if (read.errors.length > 0) return { errors: read.errors }
  return { role, name, organisation, telephone: telephone?.ok ? telephone.value : null, email, from, to, note }
}

function formPage(
  frame: PersonFrame,
  visit: Visit,
  record: PersonRecord,
  before: Professional | undefined,
  errors: readonly FieldError[],
): Promise<Answer> {
  const typed = errors.length > 0 ? visit.fields : noFields
  const title = before ? 'Change a professional' : 'Add a professional'
  return personPage(
    frame,
    visit,
    record,
    title,
    <div class="ly-narrow">
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">{before ? title : `Who else works with ${calledBy(record)}?`}</h1>
      <p class="govuk-body">Somebody who does not use this system. Services that do are shown by themselves.</p>
      <Form action={before ? paths.network.professional(record.id, before.id) : paths.network.addProfessional(record.id)} {...visit.form}>
        {before ? <input type="hidden" name="version" value={before.version} /> : null}
        {professionalFields(typed, errors, before)}
        <div class="govuk-button-group">
          <Button text="Save" />
          {before ? (
            <Button text="It was recorded by mistake: take it back" classes="govuk-button--warning" name="do" value="remove" />
          ) : null}
          <a class="govuk-link" href={paths.network.show(record.id)}>
            Cancel
          </a>
        </div>
      </Form>
    </div>,
    { hasErrors: errors.length > 0 },
  )
}

function professionalFields(typed: Fields, errors: readonly FieldError[], before: Professional | undefined): VNode {
  const value = (name: 'role' | 'name' | 'organisation' | 'telephone' | 'email' | 'note') => {
    if (typed.has('role')) return typed.typed(name)
    if (name === 'telephone') return before?.telephone ? formatTelephone(before.telephone as Telephone) : ''
    return before?.[name] ?? ''
  }
  const input = (name: Parameters<typeof value>[0], label: string, more: object = {}) => (
    <Input
      name={name}
      label={label}
      value={value(name)}
      errorMessage={errorFor(errors, name)}
      classes="govuk-!-width-two-thirds"
      {...more}
    />
  )
  return (
    <>
      {input('role', 'What are they?', {
        hint: 'GP, health visitor, school, social worker, solicitor',
        autocomplete: 'off',
        attributes: { list: 'usual-roles' },
      })}
      <datalist id="usual-roles">
        {usualRoles.map(role => (
          <option key={role} value={role} />
        ))}
      </datalist>
      {input('name', 'Name', { autocomplete: 'off', attributes: { dir: 'auto' } })}
      {input('organisation', 'Organisation', { autocomplete: 'off', attributes: { dir: 'auto' } })}
      {input('telephone', 'Telephone (optional)', { inputmode: 'tel', autocomplete: 'off', classes: 'govuk-input--width-20' })}
      {input('email', 'Email (optional)', { type: 'email', autocomplete: 'off' })}
      <DayInput name="from" legend="Since when (optional)" typed={typed} errors={errors} start={before?.from ?? null} />
      <DayInput
        name="to"
        legend="Until when (optional)"
        hint="Leave empty while they work with the person"
        typed={typed}
        errors={errors}
        start={before?.to ?? null}
      />
      {input('note', 'What else to know (optional)', { hint: 'Ring before nine. Wants to be told of a change of medication' })}
    </>
  )
}
