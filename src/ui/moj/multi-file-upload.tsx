import type { ComponentChildren } from 'preact'
import { type Attributes, attrs, type Content, cls, content, type Options, raw } from '../markup.tsx'

export type UploadedFile = { fileName: string; originalFileName: string; message: Content; deleteButton: { text: string } }

export type MultiFileUploadProps = { uploadedFiles: { heading: Content; items: readonly UploadedFile[] } } & Options<{
  uploadHtml: string
  /** The field and button to choose files with. */
  children: ComponentChildren
  classes: string
  attributes: Attributes
}>

/** Files already sent, each to be deleted, and a place for more. Without script it is an ordinary form. */
export function MultiFileUpload(p: MultiFileUploadProps) {
  const { heading, items } = p.uploadedFiles
  return (
    <div class={cls('moj-multi-file-upload', p.classes)} data-module="moj-multi-file-upload" {...attrs(p.attributes)}>
      <div class={cls('moj-multi-file__uploaded-files', items.length === 0 && 'moj-hidden')}>
        <h2 class="govuk-heading-m">{content(heading)}</h2>
        <div class="govuk-summary-list moj-multi-file-upload__list">
          {items.map(item => (
            <div key={item.fileName} class="govuk-summary-list__row moj-multi-file-upload__row">
              <div class="govuk-summary-list__value moj-multi-file-upload__message">{content(item.message)}</div>
              <div class="govuk-summary-list__actions moj-multi-file-upload__actions">
                <button
                  type="submit"
                  name="delete"
                  class="moj-multi-file-upload__delete govuk-button govuk-button--secondary govuk-!-margin-bottom-0"
                  value={item.fileName}
                >
                  {item.deleteButton.text} <span class="govuk-visually-hidden">{item.originalFileName}</span>
                </button>
              </div>
            </div>
          ))}
        </div>
      </div>
      <div class="moj-multi-file-upload__upload">{p.uploadHtml ? raw(p.uploadHtml) : p.children}</div>
    </div>
  )
}
