import { endGrant } from '../access/index.ts'
import { audit } from '../audit/index.ts'
import { type Case, findCase, lockCase, readerOf } from '../cases/index.ts'
import { paths } from '../paths.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import type { FieldError } from '../ui/index.ts'
import { thingsOf } from './contents.ts'
import { endingForm } from './ending-form.tsx'
import { sharingPage } from './frame.tsx'
import { mayShare } from './may-share.ts'
import { partsInWords } from './parts.ts'
import { mayBeEnded, type Share, shareOf, standingOf } from './shares.queries.ts'
import type { SharingParts } from './sharing-parts.ts'

/** Asks why a share ends. */
export async function askToEnd(visit: Visit, parts: SharingParts): Promise<Answer> {
  const theCase = await findCase(visit.tx, visit.actor, visit.params['caseId'] ?? '')
  if (!theCase || !mayShare(visit.actor, theCase)) return notFound()
  const share = await endable(visit, theCase)
  return share ? form(visit, parts, theCase, share, []) : notFound()
}

/** Ends it at once: their next page is not there. */
export async function endShare(visit: Visit, parts: SharingParts): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const theCase = await lockCase(tx, actor, visit.params['caseId'] ?? '')
  const share = theCase && mayShare(actor, theCase) ? await endable(visit, theCase) : undefined
  if (!theCase || !share) return notFound()
  const read = readerOf(fields)
  const reason = read.needed('reason', 'Reason', 'Enter why it ends', 500)
  if (read.errors.length > 0) return form(visit, parts, theCase, share, read.errors)
  const now = clock.now()
  const ended = await endGrant(tx, actor, now, share.id, reason)
  if (!ended.ok) return notFound()
  const { id: caseId, personId } = theCase
  await audit(tx, actor, now, {
    action: share.kind === 'break-glass' ? 'case-emergency-ended' : 'case-share-ended',
    subject: { type: 'share', id: share.id },
    personId,
    caseId,
    detail: { with: share.holderKind, holder: share.holder },
  })
  return redirect(paths.sharing.ofCase(caseId), {
    notice: share.kind === 'break-glass' ? `Closed to ${share.name} again` : `No longer shared with ${share.name}`,
  })
}

async function endable({ tx, clock, params }: Visit, theCase: Case): Promise<Share | undefined> {
  const share = await shareOf(tx, theCase.id, params['shareId'] ?? '')
  return share && mayBeEnded.has(share.kind) && standingOf(share, clock.now()) !== 'over' ? share : undefined
}

async function form(visit: Visit, parts: SharingParts, theCase: Case, share: Share, errors: readonly FieldError[]): Promise<Answer> {
  const things = await thingsOf(visit.tx, theCase.id)
  const isEmergency = share.kind === 'break-glass'
  const title = isEmergency ? `Close the case to ${share.name} again` : `Stop sharing with ${share.name}`
  const words = isEmergency ? (
    <p class="govuk-body">
      {share.name} opened it in an emergency: {share.purpose}. It ends at once: the next page that they ask for is not there. Ring them
      first, if they may still need it. They may open it again with a reason. That they opened it, and what they read, stays on the list.
    </p>
  ) : (
    <p class="govuk-body">
      {partsInWords(share.parts, things)}. It ends at once: the next page that they ask for is not there. That it was shared, and what they
      opened, stays on the list.
    </p>
  )
  const [action, back] = [paths.sharing.end(theCase.id, share.id), paths.sharing.ofCase(theCase.id)]
  const body = endingForm(
    visit,
    { title, words, why: 'Why does it end?', button: isEmergency ? 'Close it now' : 'End the share now', action, back },
    errors,
  )
  return sharingPage(visit, parts, theCase, title, body, { hasErrors: errors.length > 0, narrow: true })
}
