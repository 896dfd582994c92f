import type { VNode } from 'preact'
import { thingOfPart } from '../../access/index.ts'
import { audit } from '../../audit/index.ts'
import {
  changesOf,
  type Document,
  type DocumentChange,
  type DocumentVersion,
  formatOf,
  mayOpen,
  previewOf,
  sizeInWords,
  versionsOf,
} from '../../documents/index.ts'
import { labelsOf } from '../../lists/index.ts'
import { paths } from '../../paths.ts'
import { may } from '../../platform/actor.ts'
import { formatInstant } from '../../platform/clock.ts'
import { formatDate } from '../../platform/plain-date.ts'
import type { Answer } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { AlertBar, Button, DataTable, Facts, Form } from '../../ui/index.ts'
import type { PartOfCase } from '../part-of-case.ts'
import { partPage } from '../part-page.tsx'
import { type DocumentParts, isTheirs } from './document-pages.tsx'
import { scanTag } from './documents-list.tsx'

/** One document: what it is, its latest file where a browser can show it, and every file before. */
export async function showDocument(
  visit: Visit,
  parts: Pick<DocumentParts, 'personBanner' | 'tabs' | 'onDocument'>,
  part: PartOfCase,
  document: Document,
): Promise<Answer> {
  const { tx, actor, clock } = visit
  await audit(tx, actor, clock.now(), {
    action: 'document-looked-at',
    subject: { type: 'document', id: document.id },
    personId: part.personId,
    caseId: part.caseId,
  })
  const labels = await labelsOf(tx, 'document-kind', part.serviceArea)
  const { latest, withdrawn } = document
  const mayChange = part.mayEdit && actor.capabilities.has('record')
  const body = (
    <>
      {withdrawn ? (
        <AlertBar kind="warning" title="Withdrawn">
          by {withdrawn.by} on {formatInstant(withdrawn.at)}: {withdrawn.reason}. It is kept and cannot be opened.
        </AlertBar>
      ) : null}
      {scanAlert(latest)}
      <Facts
        items={[
          { label: 'Kind', value: labels.get(document.kind) ?? document.kind },
          document.datedOn ? { label: 'Dated', value: formatDate(document.datedOn) } : null,
          { label: 'Added', value: formatInstant(document.addedAt), second: document.addedBy },
          {
            label: 'File',
            value: latest.fileName,
            second: `${formatOf(latest.contentType)?.name.replace(/^an? /, '') ?? latest.contentType}, ${sizeInWords(latest.bytes)}`,
          },
          { label: 'Viruses', value: scanWords(latest) },
        ]}
      />
      {withdrawn ? null : preview(document)}
      {withdrawn ? null : await parts.onDocument?.(visit, document, mayChange)}
      <h2 class="govuk-heading-m">Files</h2>
      <FilesTable document={document} versions={await versionsOf(tx, document.id)} />
      {mayChange ? changes(visit, part, document) : null}
      <WhatChanged changes={await changesOf(tx, document.id)} labels={labels} />
    </>
  )
  return partPage(visit, parts, part, document.title, body, { current: 'documents' })
}

function preview(document: Document): VNode | null {
  const { latest, caseId, id, title } = document
  const kind = previewOf(latest)
  const file = paths.documents.file(caseId, id, latest.number)
  const take = mayOpen(latest.scan).ok ? Button({ text: 'Download', href: file, classes: 'govuk-button--secondary' }) : null
  if (!kind) return <div class="govuk-button-group ly-no-print">{take}</div>
  return (
    <>
      <div class="govuk-button-group ly-no-print">
        {Button({ text: 'Open', href: `${file}?show`, classes: 'govuk-button--secondary' })}
        {take}
      </div>
      {kind === 'picture' ? (
        <img class="ly-preview" src={`${file}?show`} alt={title} />
      ) : (
        <iframe class="ly-preview ly-preview--pdf ly-no-print" src={`${file}?show`} title={`Preview of ${title}`} loading="lazy" />
      )}
    </>
  )
}

function FilesTable({ document, versions }: { document: Document; versions: readonly DocumentVersion[] }): VNode {
  return (
    <DataTable
      caption="Every file of this document, the latest first"
      captionHidden
      rows={versions}
      keyOf={version => version.id}
      columns={[
        {
          heading: 'File',
          rowHeader: true,
          cell: version =>
            mayOpen(version.scan).ok && !document.withdrawn ? (
              <a class="govuk-link" href={paths.documents.file(document.caseId, document.id, version.number)} download>
                {version.number}: {version.fileName}
              </a>
            ) : (
              <>
                {version.number}: {version.fileName} {scanTag(version)}
              </>
            ),
          second: version => version.note || undefined,
        },
        { heading: 'Added', cell: version => formatInstant(version.addedAt), second: version => version.addedBy },
        { heading: 'Size', cell: version => sizeInWords(version.bytes), numeric: true },
      ]}
    />
  )
}

function WhatChanged({ changes: all, labels }: { changes: readonly DocumentChange[]; labels: ReadonlyMap<string, string> }): VNode | null {
  if (all.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">What changed</h2>
      <DataTable
        caption="Changes of this document beside its files, the latest first"
        captionHidden
        rows={all}
        keyOf={change => change.id}
        columns={[
          { heading: 'When', rowHeader: true, cell: change => formatInstant(change.at), second: change => change.by },
          { heading: 'What changed', cell: change => changeInWords(change, labels) },
        ]}
      />
    </>
  )
}

function changeInWords({ kind, reason, before, after }: DocumentChange, labels: ReadonlyMap<string, string>): string {
  if (kind === 'withdrawn') return `Withdrawn: ${reason}`
  if (kind === 'put-back') return 'Put back on file'
  const day = (date: DocumentChange['before']['datedOn']) => (date ? formatDate(date) : 'no date')
  const kindOf = (code = '') => labels.get(code) ?? code
  return [
    'title' in after ? `Title from “${before.title}” to “${after.title}”` : '',
    'kind' in after ? `Kind from “${kindOf(before.kind)}” to “${kindOf(after.kind)}”` : '',
    'datedOn' in after ? `Date from “${day(before.datedOn)}” to “${day(after.datedOn)}”` : '',
  ]
    .filter(Boolean)
    .join('. ')
}

function changes(visit: Visit, part: PartOfCase, document: Document): VNode {
  const { theCase } = part
  const { caseId, id, withdrawn } = document
  const isOwn = isTheirs(visit.actor, part, document)
  if (withdrawn) {
    return (
      <Form {...visit.form} action={paths.documents.putBack(caseId, id)} classes="ly-no-print">
        {Button({ text: 'Put it back on file', classes: 'govuk-button--secondary' })}
      </Form>
    )
  }
  return (
    <div class="govuk-button-group ly-no-print">
      {Button({ text: 'Add a new version', href: paths.documents.addVersion(caseId, id), classes: 'govuk-button--secondary' })}
      {isOwn ? (
        <a class="govuk-link" href={paths.documents.edit(caseId, id)}>
          Change its title, kind or date
        </a>
      ) : null}
      {theCase.whole && theCase.mayDecide && may(visit.actor, 'share') ? (
        <a class="govuk-link" href={paths.sharing.shareOne(caseId, thingOfPart('documents', id))}>
          Share it
        </a>
      ) : null}
      {isOwn ? (
        <a class="govuk-link" href={paths.documents.withdraw(caseId, id)}>
          Withdraw it
        </a>
      ) : null}
    </div>
  )
}

function scanAlert(version: DocumentVersion): VNode | null {
  if (version.scan === 'infected') {
    return (
      <AlertBar kind="danger" title="A virus was found in this file.">
        {version.scanWords}. It cannot be opened. Tell whoever sent it.
      </AlertBar>
    )
  }
  if (version.scan === 'awaiting-scan') {
    return (
      <AlertBar kind="notice" title="This file is being checked for viruses.">
        It can be opened as soon as that is done.
      </AlertBar>
    )
  }
  return null
}

function scanWords({ scan }: DocumentVersion): string {
  switch (scan) {
    case 'clean':
      return 'None found'
    case 'infected':
      return 'Found'
    case 'awaiting-scan':
      return 'Not checked yet'
    case 'not-scanned':
      return 'Not checked: no scanner is set up here'
  }
}
