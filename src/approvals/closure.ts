import { listsForPart } from '../access/index.ts'
import type { Closing, ClosureSignOff, Fate } from '../cases/index.ts'
import type { Visit } from '../platform/web/routes.ts'
import type { Approval } from './approval.ts'
import { roundsOf } from './approvals.queries.ts'
import { sendForSignOff } from './send.ts'
import { type Signer, signersFor } from './signers.ts'

/** A closure as its round keeps it: json knows no maps. */
type KeptClosing = Omit<Closing, 'fates'> & { fates: [key: string, fate: Fate][] }

/** The closure that was sent in this round. */
export function closingOf({ content }: Pick<Approval, 'content'>): Closing {
  const { fates, ...closure } = content as KeptClosing
  return { ...closure, fates: new Map(fates) }
}

const signers = async ({ tx, actor, clock }: Visit, caseId: string): Promise<Signer[]> =>
  signersFor(tx, actor, clock.now(), { caseId, what: 'closure', subjectId: caseId, lists: await listsForPart(tx, caseId, 'closure') })

/** Closures that are sent for sign-off, for the page that closes a case. */
export const closureSignOff: ClosureSignOff = {
  signers,
  async send(visit, theCase, closing, principal, message) {
    const { tx, actor, clock } = visit
    const to = (await signers(visit, theCase.id)).find(one => one.principal === principal)
    if (!to) throw new Error('A closure was sent to somebody who was not offered.')
    const { closedOn, reason, reasonLabel, outcome, outcomeLabel, summary, openActionsBecause, fates } = closing
    return sendForSignOff(tx, actor, clock.now(), {
      sections: [],
      caseId: theCase.id,
      personId: theCase.personId,
      part: 'closure',
      what: 'closure',
      subjectId: theCase.id,
      subjectVersion: null,
      title: 'Closing the case',
      content: {
        closedOn,
        reason,
        reasonLabel,
        outcome,
        outcomeLabel,
        summary,
        openActionsBecause,
        fates: [...fates],
      } satisfies KeptClosing,
      message,
      to,
    })
  },
  async returned({ tx, actor }, caseId) {
    const [latest] = await roundsOf(tx, actor, caseId, 'closure')
    return latest?.decision === 'returned' ? closingOf(latest) : null
  },
}
