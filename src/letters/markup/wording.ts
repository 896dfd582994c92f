import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { gfmTable } from 'micromark-extension-gfm-table'
import type { Block, Span, Spans } from '../paper/paper.ts'

/**
 * The wording of a letter: Markdown's headings, paragraphs, lists, tables, **strong** and *emphasis*, and lines of their own that stand for
 * a part that the record fills: `@address`. Nothing else of Markdown: no HTML, no link, no picture, no code.
 */
export const insertedParts = {
  letterhead: 'Name, address and telephone of your agency',
  address: 'Who the letter is to and where, set for a window envelope',
  date: 'The date on which the letter is produced',
  reference: 'The case’s reference',
  signature: 'The signature, and who wrote the letter',
} as const
export type InsertedPart = keyof typeof insertedParts

export type Problem = { readonly line: number; readonly problem: string }
/** A block, or the place of a part that the record fills. */
export type WordingPart = Block | { readonly kind: 'inserted'; readonly part: InsertedPart }
export type Wording =
  | { readonly ok: true; readonly parts: readonly WordingPart[] }
  | { readonly ok: false; readonly problems: readonly Problem[] }

export function readWording(text: string): Wording {
  const parts: WordingPart[] = []
  const problems: Problem[] = []
  let waiting: string[] = []
  const flush = (before: number) => {
    const first = before - waiting.length
    const { blocks, problems: found } = blocksOf(waiting.join('\n'), first)
    parts.push(...blocks)
    problems.push(...found)
    waiting = []
  }
  const lines = text.split('\n')
  for (const [place, line] of lines.entries()) {
    const name = /^@([\w-]+)\s*$/.exec(line)?.[1]
    if (name === undefined) {
      waiting.push(line)
      continue
    }
    flush(place)
    if (name in insertedParts) parts.push({ kind: 'inserted', part: name as InsertedPart })
    else problems.push({ line: place + 1, problem: `there is no part @${name}. There are ${partsInWords}` })
  }
  flush(lines.length)
  return problems.length > 0 ? { ok: false, problems } : { ok: true, parts }
}

/** Makes words of the record safe within the wording: no name turns into a heading, a field or a part. */
export function escapeWords(words: string): string {
  return words
    .replace(/[\\*_`<>[\]|{}&~]/g, '\\$&')
    .replace(/^(\s*)([#@+-])/gm, '$1\\$2')
    .replace(/^(\s*\d{1,9})([.)])(?=\s|$)/gm, '$1\\$2')
}

const partsInWords = Object.keys(insertedParts)
  .map(name => `@${name}`)
  .join(', ')

/** Deeper lists and wider tables have no room on paper. */
const deepestList = 3
const mostColumns = 10

type Root = ReturnType<typeof fromMarkdown>
type RootContent = Root['children'][number]
type List = Extract<RootContent, { type: 'list' }>
type Table = Extract<RootContent, { type: 'table' }>
type PhrasingContent = Extract<RootContent, { type: 'paragraph' }>['children'][number]

// What a letter has no use for is ordinary text, so that nothing typed disappears or becomes more than it looks.
const plain = {
  disable: {
    null: [
      'htmlFlow',
      'htmlText',
      'autolink',
      'codeFenced',
      'codeIndented',
      'codeText',
      'definition',
      'labelStartImage',
      'labelStartLink',
      'labelEnd',
      'blockQuote',
      'thematicBreak',
      'setextUnderline',
    ],
  },
}

function blocksOf(text: string, linesBefore: number): { blocks: Block[]; problems: Problem[] } {
  const root: Root = fromMarkdown(text, { extensions: [plain, gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] })
  const problems: Problem[] = []
  const blocks = root.children.flatMap(node => blockOf(node, problems, { linesBefore, lists: 0 }))
  return { blocks, problems }
}

/** How many lines stand before the wording that is read, and how many lists one stands in. */
type Where = { readonly linesBefore: number; readonly lists: number }

function blockOf(node: RootContent, problems: Problem[], where: Where): Block[] {
  const refuse = (problem: string): Block[] => {
    problems.push({ line: where.linesBefore + (node.position?.start.line ?? 1), problem })
    return []
  }
  switch (node.type) {
    case 'heading':
      return node.depth > 3
        ? refuse('a heading has one, two or three # before it')
        : [{ kind: 'heading', level: node.depth as 1 | 2 | 3, content: spansOf(node.children) }]
    case 'paragraph':
      return [{ kind: 'paragraph', content: spansOf(node.children) }]
    case 'list':
      return where.lists === deepestList
        ? refuse('a list may stand in a list in a list, and no deeper')
        : [listOf(node, problems, { ...where, lists: where.lists + 1 })]
    case 'table':
      return (node.children[0]?.children.length ?? 0) > mostColumns ? refuse(`a table has ${mostColumns} columns at most`) : [tableOf(node)]
    default:
      return refuse(`a letter cannot hold this (${node.type})`)
  }
}

function listOf(list: List, problems: Problem[], where: Where): Block {
  return {
    kind: 'list',
    ordered: list.ordered ?? false,
    items: list.children.map(item => item.children.flatMap(node => blockOf(node, problems, where))),
  }
}

function tableOf(table: Table): Block {
  const [head, ...rows] = table.children.map(row => row.children.map(cell => spansOf(cell.children)))
  return { kind: 'table', head: head ?? [], rows }
}

function spansOf(nodes: readonly PhrasingContent[]): Spans {
  return joined(nodes.flatMap(node => spanOf(node, {})))
}

function spanOf(node: PhrasingContent, style: Omit<Span, 'text'>): Span[] {
  if (node.type === 'text') return [{ ...style, text: node.value }]
  if (node.type === 'break') return [{ ...style, text: '\n' }]
  const more =
    node.type === 'strong' ? { ...style, strong: true as const } : node.type === 'emphasis' ? { ...style, emphasis: true as const } : style
  return 'children' in node ? node.children.flatMap(child => spanOf(child, more)) : []
}

/** A line that somebody typed is a line in the letter: in an address as in a verse. Neighbours of one style become one span. */
function joined(spans: readonly Span[]): Spans {
  const all: Span[] = []
  for (const span of spans) {
    const last = all.at(-1)
    if (last && last.strong === span.strong && last.emphasis === span.emphasis)
      all[all.length - 1] = { ...last, text: last.text + span.text }
    else all.push(span)
  }
  return all.map(span => ({ ...span, text: span.text.replace(/\n{2,}/g, '\n') }))
}
