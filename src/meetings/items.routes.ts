import { paths } from '../paths.ts'
import type { Answer } from '../platform/web/answer.ts'
import type { Routes, Visit } from '../platform/web/routes.ts'
import { activityPage } from './activity-page.tsx'
import { postAgain } from './again.tsx'
import { arrangePage, postArrange } from './arrange-page.tsx'
import { conflictPage, postConflict } from './conflict-page.tsx'
import { endWorkPage, postEndWork } from './end-work-page.tsx'
import { type MeetingParts, type OfItem, withItem } from './frame.tsx'
import { itemPage } from './item-page.tsx'
import { linkPage, postLink, postUnlink } from './link-page.tsx'
import { inBoxes, notLost, onPage, researchForms } from './not-lost.tsx'
import { postTriage } from './post-triage.ts'
import { postAddAction, postKeepTyped, postRecord, recorded } from './record-item.ts'
import { checkPage, postCheck } from './refer-pages.tsx'
import { postReferral, postReferralAsked, postReferralTyped, referralPage } from './referral-page.tsx'
import type { Research } from './research.ts'
import { postResearch, postResearchTyped, researchPage, withOwnResearch } from './research-page.tsx'
import { triagePage } from './triage-page.tsx'
import { postWithdraw, withdrawPage } from './withdraw-page.tsx'
import { endWithholdingPage, postEndWithholding, postWithhold, withholdPage } from './withhold-page.tsx'

/** `/meetings/items/…`: one case of a meeting, from its referral to what was decided, and what its members work on between meetings. */
export function itemRoutes(routes: Routes, parts: MeetingParts): void {
  const { meetings } = paths
  const read = { may: 'read-records' } as const
  const record = { may: 'record' } as const
  const typing = { ...record, repeatable: true } as const
  const forThoseWho = (to: 'read' | 'edit') => (work: (visit: Visit, of: OfItem) => Promise<Answer>) => (visit: Visit) =>
    withItem(visit, parts, to, of => work(visit, of))
  const reads = forThoseWho('read')
  const edits = forThoseWho('edit')
  const item = ':itemId'

  routes.get(meetings.item(item), read, reads(itemPage))
  routes.get(meetings.activity(item), read, reads(activityPage))

  const referral = meetings.referral(item, ':referralPage')
  routes.get(referral, record, reads(referralPage))
  routes.post(referral, record, reads(postReferral))
  routes.post(meetings.askedNow(referral), typing, reads(postReferralAsked))
  routes.post(meetings.typed(referral), typing, reads(postReferralTyped))
  routes.get(meetings.check(item), record, reads(checkPage))
  routes.post(meetings.check(item), record, reads(postCheck))
  routes.get(meetings.withdraw(item), record, reads(withdrawPage))
  routes.post(meetings.withdraw(item), record, reads(postWithdraw))
  routes.post(meetings.again(item), record, edits(postAgain))
  routes.get(meetings.triage(item), record, edits(triagePage))
  routes.post(
    meetings.triage(item),
    record,
    notLost(inBoxes({ words: 'Reason', 'kept-why': 'Why they may receive it' }), edits(postTriage)),
  )
  routes.get(meetings.arrange(item), record, edits(arrangePage))
  routes.post(meetings.arrange(item), record, notLost(inBoxes({ reason: 'Why' }), edits(postArrange)))

  routes.post(meetings.record(item), record, notLost(inBoxes(recorded), edits(postRecord)))
  routes.post(meetings.keepTyped(item), typing, edits(postKeepTyped))
  routes.post(meetings.addAction(item), record, notLost(inBoxes(recorded), edits(postAddAction)))
  routes.get(meetings.endWork(item), record, edits(endWorkPage))
  routes.post(meetings.endWork(item), record, notLost(inBoxes({ words: 'In words' }), edits(postEndWork)))

  routes.get(meetings.conflict(item), record, reads(conflictPage))
  routes.post(meetings.conflict(item), record, notLost(inBoxes({ reason: 'What it is' }), reads(postConflict)))
  routes.get(meetings.withhold(item), record, edits(withholdPage))
  routes.post(meetings.withhold(item), record, notLost(inBoxes({ reason: 'Why' }), edits(postWithhold)))
  routes.get(meetings.endWithholding(item, ':keptFromId'), record, edits(endWithholdingPage))
  routes.post(meetings.endWithholding(item, ':keptFromId'), record, edits(postEndWithholding))

  const ofResearch = (work: (visit: Visit, of: OfItem, one: Research) => Promise<Answer>) =>
    reads((visit, of) => withOwnResearch(visit, of, one => work(visit, of, one)))
  const research = meetings.research(item, ':researchId')
  routes.get(research, record, ofResearch(researchPage))
  routes.post(research, record, notLost(onPage(parts, researchForms), ofResearch(postResearch)))
  routes.post(meetings.typed(research), typing, ofResearch(postResearchTyped))

  routes.get(meetings.link(item, ':partyId'), record, reads(linkPage))
  routes.post(meetings.link(item, ':partyId'), record, reads(postLink))
  routes.post(meetings.unlink(item, ':partyId'), record, reads(postUnlink))
}
