import { audit } from '../../audit/index.ts'
import type { Visit } from '../../platform/web/routes.ts'
import type { PartOfCase } from '../part-of-case.ts'

/** Whoever is shown a plan has read it. */
export const auditPlan = (visit: Visit, part: Pick<PartOfCase, 'caseId' | 'personId'>, action: string) =>
  audit(visit.tx, visit.actor, visit.clock.now(), {
    action,
    subject: { type: 'case', id: part.caseId },
    personId: part.personId,
    caseId: part.caseId,
  })
