import type { VNode } from 'preact'

/** What somebody typed, with their paragraphs and line breaks, each in the direction of its own script (F22). `lead` stands before it in bold: 'Facts'. */
export function Words({ text, classes = 'govuk-body', lead }: { text: string; classes?: string; lead?: string }): VNode {
  return (
    <>
      {text
        .trim()
        .split(/\n{2,}/)
        .map((paragraph, i) => (
          <p class={classes} key={i} dir={lead && i === 0 ? undefined : 'auto'}>
            {lead && i === 0 ? <strong>{lead}: </strong> : null}
            {paragraph.split('\n').flatMap((line, j) => (j === 0 ? [line] : [<br key={j} />, line]))}
          </p>
        ))}
    </>
  )
}
