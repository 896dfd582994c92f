import type { VNode } from 'preact'

/** Opens the browser's printing of this page. Only where there is script (src/islands/print.ts): without it the browser's own menu prints. */
export const PrintButton = (): VNode => (
  <button type="button" class="ly-link-button" data-print hidden>
    Print
  </button>
)
