import type { ComponentChildren } from 'preact'
import { paths } from '../../paths.ts'
import type { Actor } from '../../platform/actor.ts'
import { formatInstant } from '../../platform/clock.ts'
import type { Answer, PageAnswer } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, DataTable, EmptyState, Tag } from '../../ui/index.ts'
import { administeredTemplates, type LetterTemplate } from './templates.queries.ts'

/** A page of administration among the others, which are of a module above. */
export type AdministrationPage = (
  actor: Actor,
  area: 'letters',
  title: string,
  body: ComponentChildren,
  actions?: ComponentChildren,
) => PageAnswer

/** Every template that the reader administers, with each of its versions. */
export async function listTemplates({ tx, actor }: Visit, administration: AdministrationPage): Promise<Answer> {
  const templates = await administeredTemplates(tx, actor)
  return administration(
    actor,
    'letters',
    'Letters',
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
    />,
    <>
      {Button({ text: 'Add a template', href: paths.letters.addTemplate })}
      {Button({ text: 'Letterhead', href: paths.letters.letterhead, classes: 'govuk-button--secondary' })}
    </>,
  )
}

export function statusTag({ status }: Pick<LetterTemplate, 'status'>) {
  if (status === 'released') return Tag({ text: 'In use', classes: 'govuk-tag--green' })
  return status === 'draft' ? Tag({ text: 'Draft', classes: 'govuk-tag--yellow' }) : Tag({ text: 'Retired', classes: 'govuk-tag--grey' })
}
