import type { VNode } from 'preact'
import type { Drawing } from './drawing.ts'
import { drawingHeight, drawingWidth, pathOf } from './drawing.ts'
import { type Block, type Paper, type Spans, wordsOf } from './paper.ts'

type Props = { paper: Paper; below: 0 | 1 | 2; isWide?: boolean }

/**
 * A paper as it will be printed, on a page of the product. `below` is the level of the heading that it stands under: 0 where the page's own heading is the
 * paper's.
 */
export function PaperOnPage({ paper, below, isWide = false }: Props): VNode {
  const classes = ['ly-paper', paper.largePrint && 'ly-paper--large', isWide && 'ly-paper--wide'].filter(Boolean).join(' ')
  return (
    <article class={classes} lang={paper.language} dir="auto" aria-label={paper.title}>
      {paper.blocks.map((block, place) => (
        <BlockOnPage key={place} block={block} below={below} />
      ))}
    </article>
  )
}

function BlockOnPage({ block, below }: { block: Block; below: number }): VNode {
  switch (block.kind) {
    case 'heading': {
      const Tag = `h${Math.min(below + block.level, 6)}` as 'h2'
      return <Tag class={`govuk-heading-${block.level === 1 || below + block.level < 3 ? 'm' : 's'}`}>{inline(block.content)}</Tag>
    }
    case 'paragraph':
      return (
        <p class="govuk-body" dir="auto">
          {inline(block.content)}
        </p>
      )
    case 'list': {
      const Tag = block.ordered ? 'ol' : 'ul'
      const items = block.items.map((item, place) => (
        <li key={place} dir="auto">
          {item.map((part, index) =>
            part.kind === 'paragraph' ? (
              <span key={index}>{inline(part.content)}</span>
            ) : (
              <BlockOnPage key={index} block={part} below={below} />
            ),
          )}
        </li>
      ))
      return <Tag class={`govuk-list govuk-list--${block.ordered ? 'number' : 'bullet'}`}>{items}</Tag>
    }
    case 'table':
      return <TableOnPage table={block} />
    case 'letterhead':
      return (
        <div class="ly-paper__letterhead">
          <strong>{block.name}</strong>
          <br />
          {lines(block.lines)}
        </div>
      )
    case 'address':
      return <p class="govuk-body ly-paper__address">{lines(block.lines)}</p>
    case 'signature':
      return (
        <div class="ly-paper__signature">
          {block.signature ? <SignedOnPage by={block.signature.by} drawing={block.signature.drawing} /> : null}
          <p class="govuk-body">{lines(block.lines)}</p>
          {block.signature ? <p class="govuk-body-s">{block.signature.words}</p> : null}
        </div>
      )
  }
}

/** A signature: the ways of the pen, drawn anew, or the typed name. */
export function SignedOnPage({ by, drawing }: { by: string; drawing: Drawing | null }): VNode {
  if (!drawing) return <p class="govuk-body ly-signature ly-signature--typed">{by}</p>
  return (
    <svg class="ly-signature" viewBox={`0 0 ${drawingWidth} ${drawingHeight}`} role="img" aria-label={`Signature of ${by}`}>
      <path d={pathOf(drawing)} fill="none" stroke="currentColor" stroke-width="7" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  )
}

function TableOnPage({ table: { head, rows } }: { table: Block & { kind: 'table' } }): VNode {
  return (
    <table class="govuk-table ly-table">
      <thead class="govuk-table__head">
        <tr>
          {head.map((cell, place) => (
            <th key={place} scope="col" class="govuk-table__header">
              {inline(cell)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            {head.map((_, place) => (
              <td key={place} class="govuk-table__cell" data-label={wordsOf(head[place] ?? [])}>
                {inline(row[place] ?? [])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const lines = (all: readonly string[]) => all.flatMap((line, place) => (place === 0 ? [line] : [<br />, line]))

const inline = (spans: Spans) =>
  spans.map((span, place) => {
    const words = lines(span.text.split('\n'))
    const emphasised = span.emphasis ? <em>{words}</em> : words
    return span.strong ? <strong key={place}>{emphasised}</strong> : <span key={place}>{emphasised}</span>
  })
