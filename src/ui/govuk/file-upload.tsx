import { type Attributes, attrs, cls, i18n, type Options } from '../markup.tsx'
import { beside, type FieldOptions, fieldTop, formGroup } from './field.tsx'

export type FileUploadProps = FieldOptions & { name: string } & Options<{
    id: string
    disabled: boolean
    multiple: boolean
    javascript: boolean
    classes: string
    attributes: Attributes
    wrapperClasses: string
    wrapperAttributes: Attributes
    chooseFilesButtonText: string
    noFileChosenText: string
    multipleFilesChosenText: Record<string, string>
    dropInstructionText: string
    enteredDropZoneText: string
    leftDropZoneText: string
  }>

/** A file from the person's own machine; `javascript` lets it be dropped. */
export function FileUpload(p: FileUploadProps) {
  const id = p.id || p.name
  const { describedBy, top } = fieldTop(id, p)
  const input = (
    <input
      class={cls('govuk-file-upload', p.classes, p.errorMessage && 'govuk-file-upload--error')}
      id={id}
      name={p.name}
      type="file"
      disabled={Boolean(p.disabled)}
      multiple={Boolean(p.multiple)}
      aria-describedby={describedBy || undefined}
      {...attrs(p.attributes)}
    />
  )
  return formGroup(p.formGroup, Boolean(p.errorMessage), [
    top,
    beside(p.formGroup?.beforeInput),
    p.javascript ? (
      <div
        class={cls('govuk-file-upload-wrapper', p.wrapperClasses)}
        data-module="govuk-file-upload"
        {...i18n('choose-files-button', p.chooseFilesButtonText)}
        {...i18n('no-file-chosen', p.noFileChosenText)}
        {...i18n('multiple-files-chosen', p.multipleFilesChosenText)}
        {...i18n('drop-instruction', p.dropInstructionText)}
        {...i18n('entered-drop-zone', p.enteredDropZoneText)}
        {...i18n('left-drop-zone', p.leftDropZoneText)}
        {...attrs(p.wrapperAttributes)}
      >
        {input}
      </div>
    ) : (
      input
    ),
    beside(p.formGroup?.afterInput),
  ])
}
