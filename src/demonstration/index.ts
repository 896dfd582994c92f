/** Loads the made-up authority of Porthkerris into an empty schema, once. */
export { loadDemonstration } from './load-demonstration.ts'
export { demonstrationPassword, demonstrationTotpKey } from './load-organisations.ts'
/** Who is in it: for the greeting, tests and screenshots. */
export { agencies } from './porthkerris.ts'
