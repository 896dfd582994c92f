import { paths } from '../../paths.ts'
import { formatInstant } from '../../platform/clock.ts'
import { type Answer, page } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { BackLink, Button, DataTable, EmptyState, PageTitle, Tag } from '../../ui/index.ts'
import { administeredTemplates, type LetterTemplate } from './templates.queries.ts'

/** Every template that the reader administers, with each of its versions. */
export async function listTemplates({ tx, actor }: Visit): Promise<Answer> {
  const templates = await administeredTemplates(tx, actor)
  const title = 'Letters'
  return page(
    title,
    <>
      <BackLink href={paths.users.list}>Users</BackLink>
      <PageTitle
        title={title}
        actions={
          <>
            {Button({ text: 'Add a template', href: paths.letters.addTemplate })}
            {Button({ text: 'Letterhead', href: paths.letters.letterhead, classes: 'govuk-button--secondary' })}
          </>
        }
      />
      <DataTable
        caption="Templates of letters"
        captionHidden
        rows={templates}
        keyOf={({ code, version }) => `${code}/${version}`}
        empty={<EmptyState title="You have no templates yet." />}
        columns={[
          {
            heading: 'Letter',
            rowHeader: true,
            cell: ({ code, version, title: name }) => (
              <a class="govuk-link" href={paths.letters.template(code, version)}>
                {name}
              </a>
            ),
            second: ({ version }) => `Version ${version}`,
          },
          { heading: 'Written by', cell: ({ agencyName }) => agencyName ?? 'Every agency' },
          { heading: 'Service', cell: ({ serviceName }) => serviceName ?? 'Every service' },
          { heading: 'Changed', cell: ({ changedAt }) => formatInstant(changedAt) },
          { heading: 'Status', cell: statusTag },
        ]}
      />
    </>,
    { section: 'users' },
  )
}

export function statusTag({ status }: Pick<LetterTemplate, 'status'>) {
  if (status === 'released') return Tag({ text: 'In use', classes: 'govuk-tag--green' })
  return status === 'draft' ? Tag({ text: 'Draft', classes: 'govuk-tag--yellow' }) : Tag({ text: 'Retired', classes: 'govuk-tag--grey' })
}
