/** Records a read or a change beside it, in its transaction. */
export { type AuditEntry, audit, auditAll } from './record.ts'
