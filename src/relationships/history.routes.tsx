import { paths } from '../paths.ts'
import { authorsFor, changingPerson, formatName, mayEdit, type PersonFrame, personPage, readingPerson } from '../people/index.ts'
import { formatInstant } from '../platform/clock.ts'
import { isId } from '../platform/id.ts'
import { notFound, redirect } from '../platform/web/answer.ts'
import type { Routes, Visit } from '../platform/web/routes.ts'
import { Button, DataTable, EmptyState, Form } from '../ui/index.ts'
import { undoLatest } from './change-relationship.ts'
import { inWords, sideOf } from './relationship.ts'
import { type RelationshipVersion, type Somebody, somebodies, versionsOf } from './relationships.queries.ts'
import { type Terms, termsOf } from './terms.ts'
import { whenInWords } from './words.tsx'

/** What was recorded of a person's relationships, by whom, and the latest change of each undone. */
export function relationshipHistoryRoutes(routes: Routes, frame: PersonFrame): void {
  routes.get('/people/:personId/relationships', { may: 'read-records' }, visit =>
    readingPerson(visit, async record => {
      const versions = await versionsOf(visit.tx, record.id)
      const terms = await termsOf(visit.tx)
      const people = await somebodies(
        visit.tx,
        versions.flatMap(({ state }) => sideOf(state, record.id)?.theirId ?? []),
      )
      const named = await authorsFor(visit.tx, visit.actor, [record.id, ...people.keys()])
      const rows = versions.flatMap(version => toldOf(version, record.id, people, terms) ?? [])
      const latest = new Map<string, number>()
      for (const { version } of rows) latest.set(version.relationshipId, Math.max(latest.get(version.relationshipId) ?? 0, version.version))
      const edits = mayEdit(visit.actor, record)
      return personPage(
        frame,
        visit,
        record,
        'History of relationships',
        <>
          <h1 class="govuk-heading-l">History of relationships</h1>
          {DataTable<Told>({
            caption: 'Changes, the newest first',
            captionHidden: true,
            rows,
            keyOf: ({ version }) => `${version.relationshipId} ${version.version}`,
            empty: <EmptyState title="No relationship has been recorded that you can see" />,
            columns: [
              { heading: 'When', rowHeader: true, cell: ({ version }) => formatInstant(version.at) },
              { heading: 'Who', cell: ({ version }) => named(version.author, null, pairOf(version, record.id)) },
              { heading: 'With', cell: ({ name }) => <bdi>{name}</bdi> },
              { heading: 'What', cell: ({ version }) => whatWords[version.what], second: ({ said }) => said },
              {
                heading: 'Undo',
                cell: ({ version, name }) =>
                  edits && latest.get(version.relationshipId) === version.version ? undoButton(visit, record.id, version, name) : '',
              },
            ],
          })}
          <p class="govuk-body">
            <a class="govuk-link" href={paths.network.show(record.id)}>
              Back to family and network
            </a>
          </p>
        </>,
      )
    }),
  )

  routes.post('/people/:personId/relationships/:relationshipId/undo', { may: 'record' }, visit =>
    changingPerson(visit, async record => {
      const { tx, actor, clock, fields, params } = visit
      const id = params.relationshipId ?? ''
      const versions = isId(id) ? await versionsOf(tx, record.id, id) : []
      const done = await undoLatest(tx, actor, clock.now(), versions, Number(fields.text('version')))
      if (!done.ok && done.error === 'not-there') return notFound()
      return redirect(paths.network.relationshipHistory(record.id), {
        notice: done.ok ? 'Undone' : 'Somebody else has changed this since. Nothing was undone.',
      })
    }),
  )
}

type Told = { version: RelationshipVersion; name: string; said: string }
const whatWords = { added: 'Recorded', changed: 'Changed', removed: 'Taken back', undone: 'Undone' }

function toldOf(version: RelationshipVersion, personId: string, people: ReadonlyMap<string, Somebody>, terms: Terms): Told | undefined {
  // Whether the other's page tells of it now was asked of the database; what it was then does not hide it from the page it stands on.
  const side = sideOf({ ...version.state, oneSided: false }, personId)
  const person = side?.theirId ? people.get(side.theirId) : undefined
  if (!side || (side.theirId !== null && !person)) return undefined
  const { kind, roles, warnings } = inWords(side, terms, person?.gender ?? null)
  const when = whenInWords(version.state.from, version.state.to)
  return {
    version,
    name: person ? formatName(person) : (version.state.otherName ?? ''),
    said: [version.state.removed ? 'Not on record' : kind, ...roles, ...warnings, when, version.state.note].filter(Boolean).join(' · '),
  }
}

/** The two whom a version is about: that a service works with somebody else of these pages tells nothing of them. */
const pairOf = ({ state }: RelationshipVersion, personId: string): string[] => {
  const theirs = sideOf({ ...state, oneSided: false }, personId)?.theirId
  return theirs ? [personId, theirs] : [personId]
}

function undoButton(visit: Visit, personId: string, { relationshipId, version }: RelationshipVersion, name: string) {
  return (
    <Form action={paths.network.undoRelationship(personId, relationshipId)} {...visit.form} once={crypto.randomUUID()}>
      <input type="hidden" name="version" value={version} />
      <Button classes="govuk-button--secondary ly-button--small">
        Undo<span class="govuk-visually-hidden"> what was last recorded of {name}</span>
      </Button>
    </Form>
  )
}
