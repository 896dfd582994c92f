/** The pages of a case's documents. The engine under them is src/documents. */
export { type DocumentParts, documentRoutes } from './documents.routes.tsx'
export { DocumentsPanel } from './documents-panel.tsx'
