import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { paths } from '../../paths.ts'
import { formatInstant, today } from '../../platform/clock.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, Checkboxes, errorSummaryFor, type FieldError, Form, Input } from '../../ui/index.ts'
import { authorsFor } from '../authors/agencies-around.ts'
import { changePerson, differences } from '../change-person.ts'
import { fieldInWords, fieldLabels } from '../field-words.ts'
import { formatName } from '../names.ts'
import { versionsOf } from '../person.queries.ts'
import type { PersonRecord, PersonVersion } from '../person.ts'
import { changingPerson, editingPerson, type PersonFrame, personPage } from '../visit-person.tsx'
import { readSection } from './read-section.ts'
import { SectionFields, type Shown, shownAsTyped, shownOf } from './section-form.tsx'
import { type Section, sectionOf, type Values } from './sections.ts'

/** Changing one section of a person's details. */
export function editSectionRoutes(routes: Routes, frame: PersonFrame): void {
  routes.get('/people/:personId/details/:section', { may: 'record' }, async visit => {
    const section = sectionOf(visit.params.section ?? '')
    if (!section) return notFound()
    return editingPerson(visit, async record => sectionPage(frame, visit, record, section, shownOf(record, section), [], record.version))
  })

  routes.post('/people/:personId/details/:section', { may: 'record' }, async visit => {
    const section = sectionOf(visit.params.section ?? '')
    if (!section) return notFound()
    return changingPerson(visit, async record => {
      const { values, errors } = readSection(section, visit.fields, today(visit.clock))
      const reason = visit.fields.text('reason')
      const all = reason.length > 300 ? [...errors, { field: 'reason', message: 'Why must be 300 characters or fewer' }] : errors
      const seen = Number(visit.fields.text('version'))
      if (all.length > 0) return sectionPage(frame, visit, record, section, shownAsTyped(visit.fields), all, seen)
      const crossed = await crossedBy(visit, record, section, seen)
      if (crossed)
        return sectionPage(
          frame,
          visit,
          record,
          section,
          shownAsTyped(visit.fields),
          [await crossingError(visit, record, section, crossed)],
          record.version,
        )
      await saveSection(visit, record, section, values, reason)
      return redirect(paths.people.details(record.id), { notice: `${section.title} saved` })
    })
  })
}

/** The latest change of the same section since the form was opened: another section's change does not stand in the way. */
async function crossedBy(visit: Visit, record: PersonRecord, section: Section, seen: number): Promise<PersonVersion | undefined> {
  if (seen === record.version) return undefined
  const later = (await versionsOf(visit.tx, record.id)).filter(version => version.version > seen)
  return later.find(version => version.section === section.title)
}

async function crossingError(visit: Visit, record: PersonRecord, section: Section, crossed: PersonVersion): Promise<FieldError> {
  const named = await authorsFor(visit.tx, visit.actor, [record.id])
  const what = crossed.changes.map(change => `${change.field} is now “${change.after ?? 'empty'}”`).join(', ')
  return {
    field: section.fields[0]?.field ?? '',
    message: `${named(crossed.author, crossed.agency)} changed this on ${formatInstant(crossed.at)}, while you were writing: ${what}. Save again to put yours in its place`,
  }
}

async function saveSection(visit: Visit, record: PersonRecord, section: Section, values: Values, reason: string): Promise<void> {
  const after = { ...record, ...values } as PersonRecord
  const changes = differences(
    section.fields.map(({ field }) => [fieldLabels[field], fieldInWords(record, field), fieldInWords(after, field)] as const),
  )
  const set = sql.join(
    section.fields.map(({ field, column }) => {
      const value = values[field] ?? null
      return Array.isArray(value) ? sql`${sql.ref(column)} = ${[...value]}::text[]` : sql`${sql.ref(column)} = ${value as string | null}`
    }),
  )
  if (section.key === 'name' && visit.fields.has('keep') && changes.some(change => change.field !== fieldLabels.pronouns))
    await keepName(visit, record)
  await changePerson(visit.tx, visit.actor, visit.clock.now(), record, {
    section: section.title,
    changes,
    reason: reason || null,
    set,
    findable: section.findable,
    action: 'person-changed',
  })
}

/** Keeps the name of before as an earlier one, by which the person is still found. */
async function keepName(visit: Visit, record: PersonRecord): Promise<void> {
  if (record.given === null && record.family === null) return
  await sql`
    insert into person_names (id, person_id, kind, given_name, family_name, recorded_at, readers, editors, withheld)
    select ${uuid()}, p.id, 'previous', p.given_name, p.family_name, ${visit.clock.now()}, p.readers, p.editors, p.withheld
    from people p where p.id = ${record.id}`.execute(visit.tx)
}

function sectionPage(
  frame: PersonFrame,
  visit: Visit,
  record: PersonRecord,
  section: Section,
  shown: Shown,
  errors: readonly FieldError[],
  version: number,
): Promise<Answer> {
  return personPage(
    frame,
    visit,
    record,
    section.heading,
    <>
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">{section.heading}</h1>
      <Form action={paths.people.editSection(record.id, section.key)} {...visit.form}>
        <input type="hidden" name="version" value={version} />
        <SectionFields section={section} shown={shown} errors={errors} />
        {section.key === 'name' &&
          Checkboxes({
            name: 'keep',
            classes: 'govuk-checkboxes--small',
            items: [
              {
                value: 'yes',
                text: `Keep “${formatName(record)}” as an earlier name`,
                hint: { text: 'The person is still found by it. Leave empty when it was only a mistake in typing' },
                checked: shown.text('keep') === 'yes',
              },
            ],
          })}
        {Input({
          id: 'reason',
          name: 'reason',
          label: 'Why this is changing (optional)',
          hint: 'It stands in the history: “Corrected from passport”, “Asked to be called so”',
          value: shown.text('reason'),
          errorMessage: errors.find(error => error.field === 'reason')?.message,
        })}
        <div class="govuk-button-group">
          {Button({ text: 'Save' })}
          <a class="govuk-link" href={paths.people.details(record.id)}>
            Cancel
          </a>
        </div>
      </Form>
    </>,
    { hasErrors: errors.length > 0 },
  )
}
