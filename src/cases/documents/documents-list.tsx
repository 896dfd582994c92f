import type { VNode } from 'preact'
import { audit } from '../../audit/index.ts'
import { countDocuments, type Document, documentsOf, mayOpen, sizeInWords } from '../../documents/index.ts'
import { labelsOf, optionsOf } from '../../lists/index.ts'
import { paths } from '../../paths.ts'
import { formatInstant, londonDate } from '../../platform/clock.ts'
import { formatDate } from '../../platform/plain-date.ts'
import type { Answer } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, DataTable, EmptyState, FilterChips, Pagination, Tag } from '../../ui/index.ts'
import type { PartOfCase } from '../part-of-case.ts'
import { partPage } from '../part-page.tsx'
import type { DocumentParts } from './document-pages.tsx'

const pageLength = 50

/** The documents of a case, the latest first; with `?withdrawn=1` those that were taken off the file. */
export async function listDocuments(
  visit: Visit,
  parts: Pick<DocumentParts, 'personBanner' | 'tabs' | 'write'>,
  part: PartOfCase,
): Promise<Answer> {
  const { tx, actor, clock, query } = visit
  const withdrawn = part.mayEdit && part.theCase.mayDecide && query.has('withdrawn')
  const kind = /^[a-z0-9-]+$/.exec(query.get('kind') ?? '')?.[0] ?? ''
  const place = /^(\d{1,13})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(query.get('after') ?? '')
  const found = await documentsOf(tx, part.caseId, {
    withdrawn,
    ...(kind ? { kind } : {}),
    ...(place ? { after: { at: new Date(Number(place[1])), id: place[2] ?? '' } } : {}),
    limit: pageLength + 1,
  })
  const shown = found.slice(0, pageLength)
  const labels = await labelsOf(tx, 'document-kind', part.serviceArea)
  const counts = await countDocuments(tx, part.caseId)
  await audit(tx, actor, clock.now(), {
    action: 'case-documents-listed',
    subject: { type: 'case', id: part.caseId },
    personId: part.personId,
    caseId: part.caseId,
  })
  const last = shown.at(-1)
  const address = (set: Record<string, string>) => {
    const changed = new URLSearchParams(Object.entries(set).filter(([, value]) => value !== ''))
    return changed.size > 0 ? `${paths.documents.list(part.caseId)}?${changed}` : paths.documents.list(part.caseId)
  }
  const kinds = shown.length > 0 || kind ? await optionsOf(tx, 'document-kind', part.serviceArea, kind) : []
  const body = (
    <>
      {withdrawn ? null : (
        <FilterChips
          label="Kinds of document"
          items={[
            { text: 'All', href: address({}), current: !kind },
            ...kinds.map(({ code, label }) => ({ text: label, href: address({ kind: code }), current: code === kind })),
          ]}
        />
      )}
      <DocumentsTable
        documents={shown}
        labels={labels}
        empty={<EmptyState title={kind ? 'No document of this kind.' : 'There are no documents yet.'} />}
      />
      {found.length > pageLength && last
        ? Pagination({
            landmarkLabel: 'Pages of documents',
            next: {
              text: 'Older documents',
              href: address({ kind, withdrawn: withdrawn ? '1' : '', after: `${last.addedAt.getTime()}_${last.id}` }),
            },
          })
        : null}
      {part.mayEdit && part.theCase.mayDecide && !withdrawn && counts.withdrawn > 0 ? (
        <p class="govuk-body ly-no-print">
          <a class="govuk-link" href={address({ withdrawn: '1' })}>
            {counts.withdrawn === 1 ? '1 withdrawn document' : `${counts.withdrawn} withdrawn documents`}
          </a>
        </p>
      ) : null}
    </>
  )
  const title = withdrawn ? `${counts.withdrawn} withdrawn` : counts.current === 1 ? '1 document' : `${counts.current} documents`
  const actions =
    part.mayEdit && actor.capabilities.has('record') ? (
      <>
        {parts.write ? Button({ text: 'Write a letter', href: parts.write(part.caseId), classes: 'govuk-button--secondary' }) : null}
        {Button({ text: 'Add a document', href: paths.documents.add(part.caseId) })}
      </>
    ) : null
  return partPage(visit, parts, part, title, body, { current: 'documents', actions })
}

export function DocumentsTable({
  documents,
  labels,
  empty,
}: {
  documents: readonly Document[]
  labels: ReadonlyMap<string, string>
  empty?: VNode
}): VNode {
  return (
    <DataTable
      caption="Documents"
      captionHidden
      rows={documents}
      keyOf={document => document.id}
      empty={empty}
      columns={[
        {
          heading: 'Document',
          rowHeader: true,
          cell: document => (
            <>
              <a class="govuk-link" href={paths.documents.show(document.caseId, document.id)}>
                {document.title}
              </a>{' '}
              {scanTag(document.latest)}
            </>
          ),
          second: document =>
            document.withdrawn ? `Withdrawn ${formatInstant(document.withdrawn.at)}: ${document.withdrawn.reason}` : undefined,
        },
        { heading: 'Kind', cell: document => labels.get(document.kind) ?? document.kind },
        { heading: 'Dated', cell: document => (document.datedOn ? formatDate(document.datedOn) : '–') },
        {
          heading: 'Added',
          cell: document => formatDate(londonDate(document.latest.addedAt)),
          second: document => `${document.latest.addedBy}${document.latest.number > 1 ? `, file ${document.latest.number}` : ''}`,
        },
        { heading: 'Size', cell: document => sizeInWords(document.latest.bytes), numeric: true },
      ]}
    />
  )
}

/** Why a file cannot be opened, in words. */
export function scanTag({ scan }: Pick<Document['latest'], 'scan'>): VNode | null {
  if (mayOpen(scan).ok) return null
  return scan === 'infected'
    ? Tag({ text: 'Virus found', classes: 'govuk-tag--red' })
    : Tag({ text: 'Being checked for viruses', classes: 'govuk-tag--yellow' })
}
