/** People who do not exist, with their cases and notes, one at a time and the same for the same seed. */
export { type CaseloadOptions, type GeneratedPerson, generateCaseload } from './caseload.ts'
export type { GeneratedCase, GeneratedNote } from './cases.ts'
/** The services whose people can be made. */
export { type ServiceArea, serviceAreas } from './sentences.ts'
/** Writes them as an old system's CSV files, clean or as such files really are. */
export { type WrittenCaseload, writeCaseload } from './write-caseload.ts'
