import type { Scanning } from '../../../documents/index.ts'
import { paths } from '../../../paths.ts'
import type { Files } from '../../../platform/files.ts'
import type { Routes } from '../../../platform/web/routes.ts'
import { addPage, postAdd } from './add-page.tsx'
import { declinePage, postDecline, postSpam } from './decide-pages.tsx'
import { fileAnswer } from './files-sent.tsx'
import { decidedPage, waitingPage } from './list-pages.tsx'
import { deciding, reading } from './of-referral.tsx'
import { passPage, postPass } from './pass-page.tsx'
import { showPage } from './show-page.tsx'
import { postTakeUp, takeUpPage } from './take-up-page.tsx'

export type OutsideInboxParts = {
  /** Where documents are kept, and where files from outside are. */
  files: Files
  outsideFiles: Files
  scanning: Pick<Scanning, 'wake'> | null
}

/** `/referrals/outside…`: what people without an account have sent, for whoever decides on it. */
export function outsideInboxRoutes(routes: Routes, { files, outsideFiles, scanning }: OutsideInboxParts): void {
  const read = { may: 'read-records' } as const
  const decide = { may: 'manage-allocation' } as const
  const { outside, outsideDecided, outsideOne, takeUp, addOutside, declineOutside, passOutside, spam, outsideFile } = paths.referrals
  const id = ':outsideId'
  routes.get(outside, read, waitingPage)
  routes.get(outsideDecided, read, decidedPage)
  routes.get(outsideOne(id), read, visit => reading(visit, one => showPage(visit, one)))
  routes.get(outsideFile(id, ':outsideFileId'), read, visit => reading(visit, one => fileAnswer(visit, one, outsideFiles)))
  routes.get(takeUp(id), decide, visit => deciding(visit, one => takeUpPage(visit, one)))
  routes.post(takeUp(id), decide, visit =>
    deciding(
      visit,
      one => {
        visit.afterCommit(() => scanning?.wake())
        return postTakeUp(visit, one, { documents: files, outside: outsideFiles, willBeScanned: scanning !== null })
      },
      { lock: true, typed: { reason: 'Reason', asks: 'What is asked', 'consent-why-not': 'Why without consent' } },
    ),
  )
  routes.get(addOutside(id, ':caseId'), decide, visit => deciding(visit, one => addPage(visit, one)))
  routes.post(addOutside(id, ':caseId'), decide, visit =>
    deciding(
      visit,
      one => {
        visit.afterCommit(() => scanning?.wake())
        return postAdd(visit, one, { documents: files, outside: outsideFiles, willBeScanned: scanning !== null })
      },
      { lock: true },
    ),
  )
  routes.get(declineOutside(id), decide, visit => deciding(visit, one => declinePage(visit, one)))
  routes.post(declineOutside(id), decide, visit => deciding(visit, one => postDecline(visit, one), { lock: true, typed: { note: 'Note' } }))
  routes.get(passOutside(id), decide, visit => deciding(visit, one => passPage(visit, one)))
  routes.post(passOutside(id), decide, visit =>
    deciding(visit, one => postPass(visit, one), {
      lock: true,
      typed: { agreed: 'Who agreed', because: 'What it is here', note: 'What they should know' },
    }),
  )
  routes.post(spam(id), decide, visit => deciding(visit, one => postSpam(visit, one), { from: ['sent', 'spam'], lock: true }))
}
