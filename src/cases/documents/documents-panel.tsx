import type { VNode } from 'preact'
import { countDocuments, documentsOf } from '../../documents/index.ts'
import { labelsOf } from '../../lists/index.ts'
import { paths } from '../../paths.ts'
import { may } from '../../platform/actor.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button } from '../../ui/index.ts'
import type { Case } from '../load-case.ts'
import { panelPart } from '../part-of-case.ts'
import { DocumentsTable } from './documents-list.tsx'

/** The latest documents on the case's page. Null for somebody who may not read its documents. */
export async function DocumentsPanel(visit: Visit, theCase: Case): Promise<VNode | null> {
  const part = await panelPart(visit.tx, visit.actor, theCase, 'documents')
  if (!part) return null
  const caseId = theCase.id
  const documents = await documentsOf(visit.tx, caseId, { limit: 5 })
  const { current } = await countDocuments(visit.tx, caseId)
  return (
    <section aria-labelledby="documents-panel">
      <h2 class="govuk-heading-m" id="documents-panel">
        Documents{current > 0 ? ` ${current}` : ''}
      </h2>
      {documents.length === 0 ? (
        <p class="govuk-body">There are no documents yet.</p>
      ) : (
        <DocumentsTable documents={documents} labels={await labelsOf(visit.tx, 'document-kind', part.serviceArea)} />
      )}
      <div class="govuk-button-group">
        {part.mayEdit && may(visit.actor, 'record')
          ? Button({ text: 'Add a document', href: paths.documents.add(caseId), classes: 'govuk-button--secondary' })
          : null}
        {current > documents.length ? (
          <a class="govuk-link" href={paths.documents.list(caseId)}>
            All documents
          </a>
        ) : null}
      </div>
    </section>
  )
}
