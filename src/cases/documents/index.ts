/** The pages of a case's documents. The engine under them is src/documents. */
export type { DocumentParts } from './document-pages.tsx'
export { documentRoutes } from './documents.routes.ts'
export { DocumentsPanel } from './documents-panel.tsx'
