import type { VNode } from 'preact'
import { v7 as uuid } from 'uuid'
import { audit } from '../../audit/index.ts'
import { DayInput, readerOf } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import {
  ageAndBirth,
  changingPerson,
  editingPerson,
  findRecord,
  formatName,
  mayEdit,
  type PersonFrame,
  type PersonRecord,
  personPage,
} from '../../people/index.ts'
import { today } from '../../platform/clock.ts'
import { isId } from '../../platform/id.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import { noFields } from '../../platform/web/fields.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, Checkboxes, EmptyState, errorFor, errorSummaryFor, type FieldError, Form, Input } from '../../ui/index.ts'
import { findSomebody } from '../find-somebody.tsx'
import { isCurrent } from '../relationship.ts'
import { calledBy } from '../words.tsx'
import {
  type Candidate,
  candidate,
  changeMember,
  householdsOf,
  joinHousehold,
  type Member,
  removeMember,
  suggestedFor,
} from './households.ts'

/** Who lives together: made of a shared address where there is one, each member on their own record's word. */
export function householdRoutes(routes: Routes, frame: PersonFrame): void {
  routes.get('/people/:personId/household', { may: 'record' }, visit =>
    editingPerson(visit, async record => addPage(frame, visit, record, [])),
  )
  routes.post('/people/:personId/household', { may: 'record' }, visit =>
    changingPerson(visit, async record => {
      const errors = await addMembers(visit, record)
      if (errors.length > 0) return addPage(frame, visit, record, errors)
      return redirect(paths.network.show(record.id), { notice: 'Household saved' })
    }),
  )
  routes.get('/people/:personId/household/:memberId', { may: 'record' }, visit =>
    editingPerson(visit, async record => {
      const member = await openOne(visit, record)
      return member ? memberPage(frame, visit, record, member, []) : notFound()
    }),
  )
  routes.post('/people/:personId/household/:memberId', { may: 'record' }, visit =>
    changingPerson(visit, async record => {
      const { tx, actor, clock, fields } = visit
      const member = await openOne(visit, record)
      if (!member) return notFound()
      if (fields.text('do') === 'remove') {
        await removeMember(tx, actor, clock.now(), record, member)
        return redirect(paths.network.show(record.id), { notice: 'Taken out of the household' })
      }
      const read = readerOf(fields)
      const address = member.hidden ? null : read.text('address', 'Address', 200) || null
      const role = read.text('role', 'What they are in the household', 60)
      const from = read.maybeDay('from', 'Since when')
      const to = read.maybeDay('to', 'Until when', from ? { notBefore: from, notBeforeWords: 'the same as or after since when' } : {})
      if (Number(fields.text('version')) !== member.version)
        read.refuse('role', 'Somebody else changed this while you were writing. Save again to put yours in its place')
      if (read.errors.length > 0) return memberPage(frame, visit, record, member, read.errors)
      await changeMember(tx, actor, clock.now(), record, member, { address, role, from, to })
      return redirect(paths.network.show(record.id), { notice: 'Household saved' })
    }),
  )
}

const openOne = async ({ tx, params, clock }: Visit, record: PersonRecord): Promise<Member | undefined> =>
  (await householdsOf(tx, record.id, today(clock))).find(member => member.id === params.memberId && member.personId === record.id)

/** The household that somebody is in today, if any. */
function currentHousehold(members: readonly Member[], visit: Visit, personId: string): readonly Member[] {
  const day = today(visit.clock)
  const own = members.find(member => member.personId === personId && isCurrent(member, day))
  return own ? members.filter(member => member.householdId === own.householdId && isCurrent(member, day)) : []
}

async function addMembers(visit: Visit, record: PersonRecord): Promise<FieldError[]> {
  const { tx, actor, clock, fields } = visit
  const [day, now] = [today(clock), clock.now()]
  const read = readerOf(fields)
  const from = read.maybeDay('from', 'Since when')
  const chosen = [...new Set(fields.all('who'))].filter(id => isId(id) && id !== record.id).sort()
  if (chosen.length === 0) read.refuse('who', 'Select who lives in the household')
  if (read.errors.length > 0) return read.errors
  const self = await candidate(tx, record.id, day)
  const members = currentHousehold(await householdsOf(tx, record.id, day), visit, record.id)
  const joining: PersonRecord[] = []
  for (const id of chosen) {
    const found = await candidate(tx, id, day)
    if (found && found.hidden !== self?.hidden) return [{ field: 'who', message: confidentialWords(found.hidden ? found : self!) }]
    const held = found && (await findRecord(tx, id, true))
    if (!held || !mayEdit(actor, held)) return [{ field: 'who', message: 'Select people whose record you may change' }]
    if (!members.some(member => member.personId === id)) joining.push(held)
  }
  const householdId = members[0]?.householdId ?? uuid()
  const address = self?.hidden ? null : (members[0]?.address ?? ([record.addressLine, record.postcode].filter(Boolean).join(', ') || null))
  if (members.length === 0) await joinHousehold(tx, actor, now, record, householdId, { address, role: '', from, to: null })
  for (const person of joining) await joinHousehold(tx, actor, now, person, householdId, { address, role: '', from, to: null })
  return []
}

const confidentialWords = ({ person }: Candidate): string =>
  `The address of ${formatName(person)} is confidential. To name them beside people whose address is not would tell where they live`

async function addPage(frame: PersonFrame, visit: Visit, record: PersonRecord, errors: readonly FieldError[]): Promise<Answer> {
  const day = today(visit.clock)
  const members = currentHousehold(await householdsOf(visit.tx, record.id, day), visit, record.id)
  const isIn = (id: string) => members.some(member => member.personId === id)
  const given = visit.query.get('with') ?? ''
  const suggestions = await suggestedFor(visit.tx, record, day)
  const found = isId(given) && given !== record.id ? await candidate(visit.tx, given, day) : undefined
  const posted = await Promise.all(
    visit.fields
      .all('who')
      .filter(isId)
      .map(id => candidate(visit.tx, id, day)),
  )
  const offered = new Map(
    [...suggestions, found, ...posted].flatMap(one => (one && !isIn(one.person.id) ? [[one.person.id, one] as const] : [])),
  )
  for (const id of offered.keys())
    await audit(visit.tx, visit.actor, visit.clock.now(), { action: 'person-named', subject: { type: 'person', id }, personId: id })
  const search = await findSomebody(visit, {
    action: paths.network.household(record.id),
    except: [record.id, ...members.map(member => member.personId)],
    hrefOf: id => `${paths.network.household(record.id)}?with=${id}`,
    choose: 'Choose',
  })
  return personPage(
    frame,
    visit,
    record,
    'Household',
    <>
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">Who lives with {calledBy(record)}?</h1>
      {members.length > 0 ? (
        <p class="govuk-body">
          On record already: {members.map(member => formatName(member.person)).join('; ')}. {members[0]?.address}
        </p>
      ) : null}
      {offered.size === 0 ? (
        <EmptyState title="Nobody else whom you may see is on record at this address">Find them by name.</EmptyState>
      ) : (
        <Form action={paths.network.household(record.id)} {...visit.form}>
          {whoBoxes(visit, [...offered.values()], given, errors)}
          <DayInput name="from" legend="Since when (optional)" typed={visit.fields} errors={errors} />
          <div class="govuk-button-group">
            <Button text="Save household" />
            <a class="govuk-link" href={paths.network.show(record.id)}>
              Cancel
            </a>
          </div>
        </Form>
      )}
      <h2 class="govuk-heading-m">Somebody else</h2>
      {search}
    </>,
    { hasErrors: errors.length > 0 },
  )
}

function whoBoxes(visit: Visit, offered: readonly Candidate[], given: string, errors: readonly FieldError[]): VNode {
  const day = today(visit.clock)
  const mine = offered.filter(({ person }) => mayEdit(visit.actor, person))
  const others = offered.filter(({ person }) => !mayEdit(visit.actor, person))
  return (
    <>
      <Checkboxes
        name="who"
        errorMessage={errorFor(errors, 'who')}
        fieldset={{ legend: { text: 'Who is in the household?', classes: 'govuk-fieldset__legend--s' } }}
        hint="Suggested from the address on record. Nothing is recorded until you save."
        classes="govuk-checkboxes--small"
        items={mine.map(({ person }) => ({
          value: person.id,
          text: <bdi>{formatName(person)}</bdi>,
          hint: { html: undefined, children: ageAndBirth(person, day) },
          checked: visit.fields.all('who').includes(person.id) || person.id === given,
        }))}
      />
      {others.length > 0 ? (
        <p class="govuk-body">
          Also there, on records that you may not change: {others.map(({ person }) => formatName(person)).join('; ')}.
        </p>
      ) : null}
    </>
  )
}

function memberPage(
  frame: PersonFrame,
  visit: Visit,
  record: PersonRecord,
  member: Member,
  errors: readonly FieldError[],
): Promise<Answer> {
  const typed = errors.length > 0 ? visit.fields : noFields
  const value = (name: 'address' | 'role') => (typed.has('role') ? typed.typed(name) : (member[name] ?? ''))
  return personPage(
    frame,
    visit,
    record,
    'Household',
    <div class="ly-narrow">
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">{calledBy(record)} in this household</h1>
      <Form action={paths.network.householdMember(record.id, member.id)} {...visit.form}>
        <input type="hidden" name="version" value={member.version} />
        {member.hidden ? (
          <p class="govuk-body">The address is confidential and is not shown here.</p>
        ) : (
          <Input
            name="address"
            label="Address of the household (optional)"
            value={value('address')}
            errorMessage={errorFor(errors, 'address')}
            autocomplete="off"
          />
        )}
        <Input
          name="role"
          label="What they are in the household (optional)"
          hint="Tenant, lodger, stays at weekends"
          value={value('role')}
          errorMessage={errorFor(errors, 'role')}
          classes="govuk-!-width-one-half"
        />
        <DayInput name="from" legend="Since when (optional)" typed={typed} errors={errors} start={member.from} />
        <DayInput
          name="to"
          legend="Until when (optional)"
          hint="The day on which they moved out"
          typed={typed}
          errors={errors}
          start={member.to}
        />
        <div class="govuk-button-group">
          <Button text="Save" />
          <Button text="It was recorded by mistake: take it back" classes="govuk-button--warning" name="do" value="remove" />
          <a class="govuk-link" href={paths.network.show(record.id)}>
            Cancel
          </a>
        </div>
      </Form>
    </div>,
    { hasErrors: errors.length > 0 },
  )
}
