/** Letters and printouts from templates, to PDF and to Word; signatures. What they are and who sees them: README.md. */
/** What is printed, as a tagged PDF: for other modules' own papers. */
export type { AddresseesOf } from './merge/addressees.ts'
export { type Block, heading, type Paper, paragraph } from './paper/paper.ts'
export { PaperOnPage } from './paper/paper-on-page.tsx'
/** A plan with its signatures, and a person on one sheet; any other paper. */
export { printout, printoutRoutes } from './printouts/printouts.routes.tsx'
/** A letter written from beginning to end; a plan signed by its person. For stories that are told through the product. */
export { signPlan } from './signatures/sign-plan.ts'
/** What others show of it: on a document that is a letter, under a plan, beside a form. */
export { FormSignatures, PlanSignatures } from './signatures/signature-panels.tsx'
export { type SignatureParts, signatureRoutes } from './signatures/signatures.routes.tsx'
/** Puts in the letters that come with the product. */
export { installShippedLetters } from './templates/shipped.ts'
export { templateRoutes } from './templates/templates.routes.tsx'
export { LetterPanel } from './write/letter-panel.tsx'
export { type LetterParts, letterRoutes } from './write/letters.routes.tsx'
export { type LetterAtOnce, writeLetter } from './write/write-at-once.ts'
