/** Records a read or a change beside it, in its transaction. */
export { type AuditEntry, audit } from './record.ts'
