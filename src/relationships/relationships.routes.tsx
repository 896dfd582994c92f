import type { VNode } from 'preact'
import { audit } from '../audit/index.ts'
import { paths } from '../paths.ts'
import { changingPerson, editingPerson, findPerson, formatName, type PersonFrame, type PersonRecord, personPage } from '../people/index.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import { noFields } from '../platform/web/fields.ts'
import type { Routes, Visit } from '../platform/web/routes.ts'
import { Button, errorSummaryFor, type FieldError, Form } from '../ui/index.ts'
import { addRelationship, changeRelationship, removeRelationship } from './change-relationship.ts'
import { findSomebody } from './find-somebody.tsx'
import { type Relationship, type Stated, sideOf, turned } from './relationship.ts'
import { type FormAbout, RelationshipFields, readRelationship, WhoWillSee } from './relationship-form.tsx'
import { findRelationship } from './relationships.queries.ts'
import { termsOf } from './terms.ts'
import { calledBy } from './words.tsx'

const nobody = 'nobody'

/** Who is what to whom: recorded from either person's page, with somebody on record or not, corrected, ended, taken back. */
export function relationshipRoutes(routes: Routes, frame: PersonFrame): void {
  routes.get('/people/:personId/relationships/new', { may: 'record' }, visit =>
    editingPerson(visit, async record => {
      const about = await aboutWith(visit, record, visit.query.get('with') ?? '')
      return about ? addPage(frame, visit, record, about, []) : choosePage(frame, visit, record)
    }),
  )

  routes.post('/people/:personId/relationships/new', { may: 'record' }, visit =>
    changingPerson(visit, async record => {
      const { tx, actor, clock, fields } = visit
      const about = await aboutWith(visit, record, fields.text('with'))
      if (!about) return notFound()
      const stated = readRelationship(fields, await termsOf(tx), about)
      if ('errors' in stated) return addPage(frame, visit, record, about, stated.errors)
      await addRelationship(tx, actor, clock.now(), { ...stated, personId: record.id, otherId: about.otherId })
      return redirect(paths.network.show(record.id), { notice: `Recorded: what ${about.other} is to ${about.person}` })
    }),
  )

  routes.get('/people/:personId/relationships/:relationshipId', { may: 'record' }, visit =>
    editingPerson(visit, async record => {
      const open = await openOne(visit, record, false)
      return open ? editPage(frame, visit, record, open, []) : notFound()
    }),
  )

  routes.post('/people/:personId/relationships/:relationshipId', { may: 'record' }, visit =>
    changingPerson(visit, async record => {
      const { tx, actor, clock, fields } = visit
      const open = await openOne(visit, record, true)
      if (!open) return notFound()
      const { relationship, about, way, stated: before } = open
      if (fields.text('do') === 'remove') {
        await removeRelationship(tx, actor, clock.now(), relationship)
        return redirect(paths.network.show(record.id), {
          notice: 'Relationship taken back. It stays in the history, where it can be undone.',
        })
      }
      const after = readRelationship(fields, await termsOf(tx), about, before)
      const errors = 'errors' in after ? after.errors : staleError(visit, relationship)
      if ('errors' in after || errors.length > 0) return editPage(frame, visit, record, open, errors)
      await changeRelationship(tx, actor, clock.now(), relationship, way === 'there' ? after : turned(after))
      return redirect(paths.network.show(record.id), { notice: 'Relationship saved' })
    }),
  )
}

type About = FormAbout & { otherId: string | null }

/** Whom the form is with: undefined until somebody has been chosen whom the actor may see. */
async function aboutWith({ tx, actor, clock }: Visit, record: PersonRecord, chosen: string): Promise<About | undefined> {
  const about = { person: calledBy(record), personId: record.id, mayHide: true }
  if (chosen === nobody) return { ...about, other: 'this person', isOnRecord: false, otherId: null }
  const other = chosen === record.id ? undefined : await findPerson(tx, chosen)
  if (!other) return undefined
  await audit(tx, actor, clock.now(), { action: 'person-named', subject: { type: 'person', id: other.id }, personId: other.id })
  return { ...about, other: formatName(other), isOnRecord: true, otherId: other.id }
}

type Open = { relationship: Relationship; about: FormAbout; way: 'there' | 'back' /** As this person's page tells it. */; stated: Stated }

async function openOne(visit: Visit, record: PersonRecord, lock: boolean): Promise<Open | undefined> {
  const relationship = await findRelationship(visit.tx, record.id, visit.params.relationshipId ?? '', lock)
  const side = relationship && sideOf(relationship, record.id)
  if (!relationship || !side) return undefined
  const other = side.theirId === null ? undefined : await findPerson(visit.tx, side.theirId)
  if (side.theirId !== null && !other) return undefined
  const about = {
    person: calledBy(record),
    personId: record.id,
    other: other ? formatName(other) : (relationship.otherName ?? ''),
    isOnRecord: other !== undefined,
    mayHide: side.way === 'there',
  }
  return { relationship, about, way: side.way, stated: side.way === 'there' ? relationship : turned(relationship) }
}

function staleError(visit: Visit, relationship: Relationship): FieldError[] {
  if (Number(visit.fields.text('version')) === relationship.version) return []
  const message = 'Somebody else changed this while you were writing. Look at the history, then save again to put yours in its place'
  return [{ field: 'kind', message }]
}

async function choosePage(frame: PersonFrame, visit: Visit, record: PersonRecord): Promise<Answer> {
  const name = calledBy(record)
  const search = await findSomebody(visit, {
    action: paths.network.addRelationship(record.id),
    except: [record.id],
    hrefOf: id => paths.network.addRelationshipWith(record.id, id),
    choose: 'Choose',
  })
  return personPage(
    frame,
    visit,
    record,
    'Add a relationship',
    <>
      <h1 class="govuk-heading-l">Add somebody in the life of {name}</h1>
      {search}
      <p class="govuk-body">
        <a class="govuk-link" href={paths.network.addRelationshipWith(record.id, nobody)}>
          They are not on record, or must not be linked: write their name
        </a>
      </p>
    </>,
  )
}

async function addPage(
  frame: PersonFrame,
  visit: Visit,
  record: PersonRecord,
  about: About,
  errors: readonly FieldError[],
): Promise<Answer> {
  return formPage(frame, visit, record, 'Add a relationship', errors, paths.network.addRelationship(record.id), about, [
    <input type="hidden" name="with" value={about.otherId ?? nobody} />,
    <RelationshipFields about={about} terms={await termsOf(visit.tx)} typed={visit.fields} errors={errors} />,
    <div class="govuk-button-group">
      <Button text="Save" />
      <a class="govuk-link" href={paths.network.show(record.id)}>
        Cancel
      </a>
    </div>,
  ])
}

async function editPage(
  frame: PersonFrame,
  visit: Visit,
  record: PersonRecord,
  open: Open,
  errors: readonly FieldError[],
): Promise<Answer> {
  const { about, relationship, stated } = open
  const typed = errors.length > 0 ? visit.fields : noFields
  return formPage(frame, visit, record, 'Change a relationship', errors, paths.network.relationship(record.id, relationship.id), about, [
    <input type="hidden" name="version" value={relationship.version} />,
    <RelationshipFields about={about} terms={await termsOf(visit.tx)} typed={typed} errors={errors} before={stated} />,
    <div class="govuk-button-group">
      <Button text="Save" />
      <Button text="It was recorded by mistake: take it back" classes="govuk-button--warning" name="do" value="remove" />
      <a class="govuk-link" href={paths.network.show(record.id)}>
        Cancel
      </a>
    </div>,
  ])
}

function formPage(
  frame: PersonFrame,
  visit: Visit,
  record: PersonRecord,
  title: string,
  errors: readonly FieldError[],
  action: string,
  about: FormAbout,
  content: VNode[],
): Promise<Answer> {
  return personPage(
    frame,
    visit,
    record,
    title,
    <div class="ly-narrow">
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">
        {about.isOnRecord ? <bdi>{about.other}</bdi> : 'Somebody who is not on record'} and <bdi>{about.person}</bdi>
      </h1>
      <WhoWillSee about={about} />
      <Form action={action} {...visit.form}>
        {content}
      </Form>
    </div>,
    { hasErrors: errors.length > 0 },
  )
}
