/** Action codes in words, as pages and exports show them. */
export { actionWords } from './action-words.ts'
/** Pages of what was done to a record and by a user. */
export { auditRoutes } from './audit.routes.tsx'
/** Records a read or a change beside it, in its transaction. */
export { type AuditEntry, audit, auditAll, auditPeopleSearch, auditUnlessTold } from './record.ts'
/** Seals what is not yet in the chain: run every minute, as the worker. */
export { sealAudit } from './seal.ts'
/** Walks the chain and names what does not fit. */
export { type Finding, findingInWords, type Verified, type VerifyOptions, verifyAudit } from './verify.ts'
