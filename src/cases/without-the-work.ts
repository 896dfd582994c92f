import { knownWithoutTheWork } from '../access/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import type { CaseStatus } from './status.ts'

/** What the header of a case tells of its work. */
type Header = {
  id: string
  whole: boolean
  workerId: string | null
  workerName: string | null
  workerTelephone: string
  status: CaseStatus
  closedOn: PlainDate | null
}

/**
 * Cases as they are shown to this actor. Whoever referred somebody sees whether that was accepted, and when, for as long as the case lasts: not who works it, which
 * of a domestic abuse service could lead somebody to its advisor, nor when the work ended. Not beside other questions of the transaction: it is asked as the
 * keeper.
 */
export async function withoutTheWork<One extends Header>(tx: Tx, actor: Actor, cases: readonly One[]): Promise<One[]> {
  const inPart = cases.filter(one => !one.whole).map(one => one.id)
  const known = await knownWithoutTheWork(tx, actor, inPart)
  return cases.map(one => (known.has(one.id) ? { ...one, ...headerOfReferral(one) } : one))
}

/** What becomes of a referral; what comes after it is the work. */
const ofTheReferral: ReadonlySet<CaseStatus> = new Set(['referred', 'declined', 'signposted'])

const headerOfReferral = ({ status }: Header) => ({
  workerId: null,
  workerName: null,
  workerTelephone: '',
  status: ofTheReferral.has(status) ? status : ('accepted' as const),
  closedOn: null,
})
