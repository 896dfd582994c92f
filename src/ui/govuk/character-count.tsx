import { content, i18n, type Options } from '../markup.tsx'
import { Hint } from './hint.tsx'
import { Textarea, type TextareaProps } from './textarea.tsx'

export type CharacterCountProps = TextareaProps &
  Options<{
    maxlength: number | string
    maxwords: number | string
    threshold: number | string
    countType: 'characters' | 'words' | 'length'
    countMessage: Options<{ classes: string }>
    textareaDescriptionText: string
    charactersUnderLimitText: Record<string, string>
    charactersAtLimitText: string
    charactersOverLimitText: Record<string, string>
    wordsUnderLimitText: Record<string, string>
    wordsAtLimitText: string
    wordsOverLimitText: Record<string, string>
  }>

/** Several lines of text with a limit, counted as one types; the limit is said in words without script. */
export function CharacterCount(p: CharacterCountProps) {
  const countType = p.countType || (p.maxwords ? 'words' : undefined)
  const limit = p.maxwords || p.maxlength
  const wording = p.textareaDescriptionText || `You can enter up to %{count} ${countType === 'words' ? 'words' : 'characters'}`
  const id = p.id || p.name
  const after = p.formGroup?.afterInput
  return Textarea({
    ...p,
    id,
    describedBy: `${id}-info`,
    disabled: undefined,
    autocomplete: undefined,
    classes: joined('govuk-js-character-count', p.classes),
    formGroup: {
      classes: joined('govuk-character-count', p.formGroup?.classes),
      beforeInput: p.formGroup?.beforeInput,
      afterInput: {
        text: (
          <>
            {Hint({
              text: limit ? wording.replace('%{count}', String(limit)) : undefined,
              id: `${id}-info`,
              classes: joined('govuk-character-count__message', p.countMessage?.classes),
            })}
            {after && content(after)}
          </>
        ),
      },
      attributes: {
        'data-module': 'govuk-character-count',
        'data-maxlength': { value: p.maxlength, optional: true },
        'data-maxwords': { value: p.maxwords, optional: true },
        'data-threshold': { value: p.threshold, optional: true },
        'data-count-type': { value: countType, optional: true },
        ...(!limit && p.textareaDescriptionText ? i18n('textarea-description', { other: p.textareaDescriptionText }) : undefined),
        ...i18n('characters-under-limit', p.charactersUnderLimitText),
        ...i18n('characters-at-limit', p.charactersAtLimitText),
        ...i18n('characters-over-limit', p.charactersOverLimitText),
        ...i18n('words-under-limit', p.wordsUnderLimitText),
        ...i18n('words-at-limit', p.wordsAtLimitText),
        ...i18n('words-over-limit', p.wordsOverLimitText),
        ...p.formGroup?.attributes,
      },
    },
  })
}

function joined(own: string, given: string | undefined): string {
  return given ? `${own} ${given}` : own
}
