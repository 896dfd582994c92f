import type { VNode } from 'preact'

/** What somebody typed, with their paragraphs and line breaks. */
export function Words({ text, classes = 'govuk-body' }: { text: string; classes?: string }): VNode {
  return (
    <>
      {text
        .trim()
        .split(/\n{2,}/)
        .map((paragraph, i) => (
          <p class={classes} key={i}>
            {paragraph.split('\n').flatMap((line, j) => (j === 0 ? [line] : [<br key={j} />, line]))}
          </p>
        ))}
    </>
  )
}
