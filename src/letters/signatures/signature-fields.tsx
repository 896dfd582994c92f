import type { VNode } from 'preact'
import type { Fields } from '../../platform/web/fields.ts'
import { errorFor, type FieldError, Input } from '../../ui/index.ts'
import { drawingHeight, drawingWidth, readDrawing } from '../paper/drawing.ts'
import type { NewSignature } from './signature.ts'

type FieldsProps = { typed: Fields; errors: readonly FieldError[] /** Whose name is to be typed. */; name: string; whose: string }

/**
 * A signature: the name typed, which works everywhere and by keyboard; or drawn, where there is script (src/islands/signature.ts shows the
 * box and writes the ways of the pen into the hidden field).
 */
export function SignatureFields({ typed, errors, name, whose }: FieldsProps): VNode {
  const error = errorFor(errors, 'drawing')
  return (
    <fieldset class="govuk-fieldset ly-sign">
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{whose}</legend>
      {Input({
        name: 'typed',
        label: 'Type the name to sign',
        hint: `As it stands here: ${name}`,
        value: typed.typed('typed'),
        autocomplete: 'off',
        errorMessage: errorFor(errors, 'typed'),
      })}
      <div class={error ? 'govuk-form-group govuk-form-group--error' : 'govuk-form-group'} data-signature hidden={!error}>
        <p class="govuk-body" id="drawing-label">
          Or draw the signature in the box, with a finger, a pen or the mouse.
        </p>
        {error ? (
          <p class="govuk-error-message" id="drawing">
            <span class="govuk-visually-hidden">Error:</span> {error}
          </p>
        ) : null}
        <canvas class="ly-sign__box" width={drawingWidth} height={drawingHeight} aria-labelledby="drawing-label" role="img" />
        <input type="hidden" name="drawing" value={typed.typed('drawing')} />
        <button type="button" class="govuk-button govuk-button--secondary" data-clear>
          Clear the drawing
        </button>
      </div>
    </fieldset>
  )
}

/** Reads a signature. Null where neither is given, which is for the caller to judge; a drawing stands before a typed name. */
export function readSignature(
  fields: Fields,
  { signer, name }: Pick<NewSignature, 'signer' | 'name'>,
): { value: NewSignature | null; errors: FieldError[] } {
  const drawing = readDrawing(fields.text('drawing'))
  if (drawing.ok) return { value: { signer, name, drawing: drawing.value }, errors: [] }
  if (drawing.error === 'not-readable')
    return { value: null, errors: [{ field: 'drawing', message: 'The drawing could not be read. Clear it and draw again' }] }
  if (drawing.error === 'too-short')
    return { value: null, errors: [{ field: 'drawing', message: 'The drawing is too short to be a signature. Clear it and draw again' }] }
  const typed = fields.text('typed')
  if (!typed) return { value: null, errors: [] }
  if (sameName(typed, name)) return { value: { signer, name, drawing: null }, errors: [] }
  return { value: null, errors: [{ field: 'typed', message: `The name typed must be the one that signs: ${name}` }] }
}

const sameName = (one: string, other: string): boolean => plain(one) === plain(other)
const plain = (name: string) => name.normalize('NFC').replace(/\s+/gu, ' ').trim().toLocaleLowerCase('en-GB')
