import { paths } from '../../paths.ts'
import { formatInstant } from '../../platform/clock.ts'
import { type Answer, page } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, DataTable, EmptyState, PageTitle } from '../../ui/index.ts'
import { kindsOf } from '../import.ts'
import { listImports } from '../imports.queries.ts'
import { counted, StateTag, totalOf } from './words.tsx'

/** Every import that the actor may see. */
export async function listPage({ tx }: Visit): Promise<Answer> {
  const imports = await listImports(tx)
  const begin = Button({ text: 'Import a caseload', href: paths.imports.add })
  return page(
    'Imports',
    <>
      <PageTitle title="Imports" context="Caseloads taken over from other systems" actions={imports.length > 0 ? begin : undefined} />
      <DataTable
        caption="Imports, the latest first"
        captionHidden
        rows={imports}
        keyOf={one => one.id}
        columns={[
          {
            heading: 'From',
            rowHeader: true,
            cell: one => (
              <a class="govuk-link" href={paths.imports.show(one.id)}>
                {one.system}
              </a>
            ),
            second: one => `to ${one.teamName}`,
          },
          { heading: 'Begun', cell: one => formatInstant(one.createdAt), second: one => `by ${one.startedBy}` },
          { heading: 'State', cell: one => <StateTag state={one.state} /> },
          {
            heading: 'Rows',
            cell: one =>
              one.state === 'undone'
                ? 'Taken back'
                : one.result
                  ? `${counted(totalOf(one.result, 'taken') + totalOf(one.result, 'linked'), 'row')} taken over`
                  : kindsOf(one)
                      .map(kind => one.files[kind]?.name)
                      .join(', '),
            second: one =>
              one.result && totalOf(one.result, 'rejected') > 0 ? `${counted(totalOf(one.result, 'rejected'), 'row')} rejected` : '',
          },
        ]}
        empty={
          <EmptyState title="Nothing has been imported yet" action={begin}>
            People, cases and case notes of an old system are taken over from CSV files. Nothing is written before you have seen what would
            be.
          </EmptyState>
        }
      />
    </>,
    { section: 'imports' },
  )
}
