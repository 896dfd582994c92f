import type { VNode } from 'preact'
import { type Paper, PaperOnPage } from '../letters/index.ts'

/** A paper of a meeting as a page: the same words in the same order as its PDF. Its title is the page's own. */
export const OnPage = ({ paper }: { paper: Paper }): VNode => (
  <PaperOnPage paper={{ ...paper, blocks: paper.blocks.slice(1) }} below={0} isWide />
)
