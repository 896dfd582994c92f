import { createHash } from 'node:crypto'
import type { Drawing } from './drawing.ts'

/**
 * What is printed, before it is a PDF, a Word document or a page: one model, from which all three are made, so that they say the same in
 * the same order with the same structure.
 */
export type Paper = {
  /** Names the document for whoever opens it: in the title bar, and read out first. */
  readonly title: string
  /** BCP 47, of the words: a screen reader speaks in it. */
  readonly language: string
  readonly largePrint: boolean
  readonly blocks: readonly Block[]
  /** At the foot of every page, beside the page's number. */
  readonly foot: string
}

export type Span = { readonly text: string; readonly strong?: true; readonly emphasis?: true }
/** A line break within a paragraph is `\n` in a span's text. */
export type Spans = readonly Span[]

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly content: Spans }
  | { readonly kind: 'paragraph'; readonly content: Spans }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Block[])[] }
  | { readonly kind: 'table'; readonly head: readonly Spans[]; readonly rows: readonly (readonly Spans[])[] }
  | { readonly kind: 'letterhead'; readonly name: string; readonly lines: readonly string[] }
  /** An address, set in the window of an envelope. */
  | { readonly kind: 'address'; readonly lines: readonly string[] }
  | { readonly kind: 'signature'; readonly signature: SignatureShown | null; readonly lines: readonly string[] }

/** A signature as it is printed: what was drawn or typed, and in words by whom, when and how. */
export type SignatureShown = {
  readonly by: string
  readonly drawing: Drawing | null
  /** 'Signed by Tamsin Rowe on 20 November 2026 at 9:30am, typed' */
  readonly words: string
}

/** One paragraph of plain words. */
export const paragraph = (text: string): Block => ({ kind: 'paragraph', content: [{ text }] })
export const heading = (level: 1 | 2 | 3, text: string): Block => ({ kind: 'heading', level, content: [{ text }] })
export const wordsOf = (spans: Spans): string => spans.map(span => span.text).join('')

/** Every word of a paper, for a check of what a typeface can show. */
export function allWordsOf(paper: Paper): string {
  return JSON.stringify([paper.title, paper.foot, paper.blocks])
}

/** The same as lines that somebody could read, for a check of what it tells. */
export const wordsOfPaper = (paper: Paper): string => allWordsOf(paper).replaceAll(String.raw`\n`, '\n')

/**
 * What a signature is bound to: SHA-256 of exactly what the paper says, with its own signature left out. The same words give the same
 * fingerprint in any process: keys are in one order.
 */
export function fingerprintOf(content: unknown): string {
  return createHash('sha256').update(canonical(content)).digest('hex')
}

export function fingerprintOfPaper({ blocks, ...paper }: Paper): string {
  return fingerprintOf({ ...paper, blocks: blocks.map(block => (block.kind === 'signature' ? { ...block, signature: null } : block)) })
}

function canonical(value: unknown): string {
  if (value instanceof Date) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(',')}}`
}
