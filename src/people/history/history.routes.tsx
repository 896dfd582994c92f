import { paths } from '../../paths.ts'
import { formatInstant } from '../../platform/clock.ts'
import type { Routes } from '../../platform/web/routes.ts'
import { DataTable, EmptyState, FilterChips } from '../../ui/index.ts'
import { authorsFor } from '../authors/agencies-around.ts'
import { formatClientId } from '../client-id.ts'
import { versionsOf } from '../person.queries.ts'
import type { FieldChange, PersonVersion } from '../person.ts'
import { type PersonFrame, personPage, readingPerson } from '../visit-person.tsx'

/**
 * The history of every field: who changed what, from what, to what, when and why. `?section=` shows one part of the record. Who is for those who may know that
 * their service is involved; what is for whoever reads it.
 */
export function historyRoutes(routes: Routes, frame: PersonFrame): void {
  routes.get('/people/:personId/history', { may: 'read-records' }, visit =>
    readingPerson(visit, async record => {
      const all = await versionsOf(visit.tx, record.id)
      const named = await authorsFor(visit.tx, visit.actor, [record.id])
      const wanted = visit.query.get('section')
      const here = paths.people.history(record.id)
      const sections = [...new Set(all.map(version => version.section))]
      const shown = wanted === null ? all : all.filter(version => version.section === wanted)
      return personPage(
        frame,
        visit,
        record,
        'History',
        <>
          <h1 class="govuk-heading-l">History of these details</h1>
          {FilterChips({
            label: 'Part of the record',
            items: [
              { text: 'All', href: here, current: wanted === null, count: all.length },
              ...sections.map(section => ({
                text: section,
                href: `${here}?section=${encodeURIComponent(section)}`,
                current: section === wanted,
              })),
            ],
          })}
          {DataTable<PersonVersion>({
            caption: 'Changes, the newest first',
            captionHidden: true,
            rows: shown,
            keyOf: version => `${version.ofRecord ?? ''} ${version.version}`,
            empty: <EmptyState title="No changes of this part" />,
            columns: [
              { heading: 'When', cell: version => formatInstant(version.at), rowHeader: true },
              { heading: 'Who', cell: version => named(version.author, version.agency) },
              {
                heading: 'Part',
                cell: version => version.section,
                second: version => version.ofRecord && `Record LY ${formatClientId(version.ofRecord)}, merged into this one`,
              },
              {
                heading: 'What changed',
                cell: version => changeList(version),
                second: version => version.reason && `Why: ${version.reason}`,
              },
            ],
          })}
        </>,
        { tab: 'history' },
      )
    }),
  )
}

function changeList(version: PersonVersion) {
  return (
    <ul class="ly-list">
      {version.changes.map(change => (
        <li key={change.field}>
          <strong>{change.field}</strong>: {inWords(change)}
        </li>
      ))}
    </ul>
  )
}

function inWords({ before, after }: FieldChange): string {
  if (before === null) return after ?? ''
  return after === null ? `“${before}” removed` : `from “${before}” to “${after}”`
}
