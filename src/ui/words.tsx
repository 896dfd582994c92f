import type { VNode } from 'preact'

/** What somebody typed, with their paragraphs and line breaks. `lead` stands before it in bold: 'Facts'. */
export function Words({ text, classes = 'govuk-body', lead }: { text: string; classes?: string; lead?: string }): VNode {
  return (
    <>
      {text
        .trim()
        .split(/\n{2,}/)
        .map((paragraph, i) => (
          <p class={classes} key={i}>
            {lead && i === 0 ? <strong>{lead}: </strong> : null}
            {paragraph.split('\n').flatMap((line, j) => (j === 0 ? [line] : [<br key={j} />, line]))}
          </p>
        ))}
    </>
  )
}
