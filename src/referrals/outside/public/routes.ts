import type { FastifyInstance } from 'fastify'
import type { Scanning } from '../../../documents/index.ts'
import { paths } from '../../../paths.ts'
import type { Clock } from '../../../platform/clock.ts'
import type { Database, Tx } from '../../../platform/db/database.ts'
import type { Files } from '../../../platform/files.ts'
import { enqueue } from '../../../platform/jobs.ts'
import { type PageAnswer, redirect } from '../../../platform/web/answer.ts'
import { harmlessPage } from '../../../ui/index.ts'
import { createStrangerRoutes } from '../door.ts'
import { findDraft } from '../drafts.ts'
import { largestOutsideFile } from '../files.ts'
import { sentTask } from '../jobs.ts'
import { codeInWords, keysFor } from '../keys.ts'
import { codePage, openFormsPage, postCode, postReturn, returnPage } from './come-back.tsx'
import { askedNow, postRemove, postStep, removePage, stepAgain, stepPage } from './fill-in.tsx'
import { openTooLong } from './frame.tsx'
import { postSave, savedPage, savePage } from './put-by.tsx'
import { checkPage, postCheck, sentPage } from './send-pages.tsx'
import { listPage, postStart, startPage } from './start-pages.tsx'

export type StrangersParts = {
  server: FastifyInstance
  /** Connected as lanyard_stranger. */
  stranger: Database
  /** One transaction of the gate, which puts mails and jobs in their queues: the stranger may ask for neither. */
  inGate: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
  sendMail: (tx: Tx, now: Date, mail: { to: string; subject: string; text: string; kind: string }) => Promise<void>
  clock: Clock
  secret: string
  secure: boolean
  publicOrigin: string
  /** Where files from outside are kept, apart from documents. */
  files: Files
  scanning: Pick<Scanning, 'wake'> | null
  render: (answer: PageAnswer, notice: string | undefined) => Promise<string>
}

/** `/refer…`: every page for people without an account. */
export function strangersRoutes(parts: StrangersParts): void {
  const { clock, files, scanning, inGate } = parts
  const routes = createStrangerRoutes({ ...parts, database: parts.stranger, keys: keysFor(parts.secret) })
  const filesOutside = { files, willBeScanned: scanning !== null }
  const sendCode = (email: string, code: string) =>
    inGate(tx =>
      parts.sendMail(tx, clock.now(), {
        to: email,
        kind: 'one-time-code',
        subject: 'Your code',
        text: `Your code is ${codeInWords(code)}\n\nIt works once, within a day. Enter it here:\n${parts.publicOrigin}${paths.refer.code}\n\nIf you did not ask for it, do nothing.\n`,
      }),
    )
  const sent = async (referralId: string, isUrgent: boolean) => {
    await inGate(tx => enqueue(tx, sentTask, { referralId, isUrgent }))
    scanning?.wake()
  }
  const { list, page, step, askedNow: asked, check, save, remove, open, saved, sent: sentAt } = paths.refer
  routes.get(list, listPage)
  routes.get(paths.refer.return, visit => returnPage(visit))
  routes.post(paths.refer.return, visit => postReturn(visit, sendCode), { again: visit => returnPage(visit, [openTooLong]) })
  routes.get(paths.refer.code, visit => codePage(visit))
  routes.post(paths.refer.code, postCode, { again: visit => codePage(visit, [openTooLong]) })
  routes.get(saved, savedPage)
  routes.get(open, openFormsPage)
  routes.get(sentAt, sentPage)
  // Whoever goes back after leaving in a hurry, or takes the telephone next, finds nothing that was written.
  routes.get(paths.refer.leave, async visit => {
    visit.becomeAnother()
    visit.tell('')
    return redirect(harmlessPage)
  })
  routes.get(page(':pageCode'), visit => startPage(visit))
  routes.post(page(':pageCode'), postStart, { again: visit => startPage(visit, [openTooLong]) })
  routes.get(check(':draftId'), visit => checkPage(visit))
  routes.post(check(':draftId'), visit => postCheck(visit, sent), { again: visit => checkPage(visit, [openTooLong]) })
  routes.get(save(':draftId'), visit => savePage(visit))
  routes.post(save(':draftId'), visit => postSave(visit, sendCode), { again: visit => savePage(visit, [openTooLong]) })
  routes.get(remove(':draftId'), removePage)
  routes.post(remove(':draftId'), postRemove, { again: removePage })
  routes.get(step(':draftId', ':step'), stepPage)
  routes.post(asked(':draftId', ':step'), askedNow)
  routes.post(step(':draftId', ':step'), visit => postStep(visit, filesOutside), {
    uploadLimit: largestOutsideFile,
    again: stepAgain,
    // Nobody's files are taken in who holds no draft to add them to: a stranger cannot fill the disk.
    mayUpload: async ({ tx, now, holder, params }) => (await findDraft(tx, now, holder, params['draftId'] ?? '')) !== undefined,
  })
}
