import { largestFile } from '../documents/index.ts'
import { paths } from '../paths.ts'
import type { Routes } from '../platform/web/routes.ts'
import { actionPage, withAction } from './action-page.tsx'
import { actionsPage } from './actions-page.tsx'
import { postChangeAction } from './change-action.ts'
import { postEndAction } from './end-action.ts'
import { evidenceFile, postWithdrawEvidence } from './evidence-pages.tsx'
import type { MeetingParts } from './frame.tsx'
import { inBoxes, notLost } from './not-lost.tsx'

/** `/meetings/actions/…`: what meetings gave somebody to do, and what shows that it was done. */
export function actionRoutes(routes: Routes, parts: MeetingParts): void {
  const { meetings } = paths
  const read = { may: 'read-records' } as const
  const record = { may: 'record' } as const
  const agreed = ':agreedId'
  const evidence = ':evidenceId'

  routes.get(meetings.actions, read, visit => actionsPage(visit, parts))
  routes.get(meetings.action(agreed), read, visit => withAction(visit, parts, 'read', of => actionPage(visit, of)))
  routes.post(
    meetings.changeAction(agreed),
    record,
    notLost(inBoxes({ due: 'By when', case: 'Case that it is done in', why: 'Why' }), visit =>
      withAction(visit, parts, 'edit', of => postChangeAction(visit, of)),
    ),
  )
  routes.post(
    meetings.endAction(agreed),
    { ...record, uploadLimit: largestFile },
    notLost(inBoxes({ words: 'What was done', file: 'The file, which was not kept' }), visit =>
      withAction(visit, parts, 'edit', of => postEndAction(visit, parts, of)),
    ),
  )
  routes.get(meetings.evidence(agreed, evidence), read, visit => withAction(visit, parts, 'read', of => evidenceFile(visit, parts, of)))
  routes.post(meetings.withdrawEvidence(agreed, evidence), record, visit =>
    withAction(visit, parts, 'edit', of => postWithdrawEvidence(visit, of)),
  )
}
