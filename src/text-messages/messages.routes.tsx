import { audit } from '../audit/index.ts'
import { paths } from '../paths.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Routes, Visit } from '../platform/web/routes.ts'
import type { FieldError } from '../ui/index.ts'
import { markOf, previewPage, progressPage } from './batch-page.tsx'
import { addBatch, type Batch, changeBatch, discardBatch, findBatch, queueTexts, stopBatch } from './batches.ts'
import { askedGroup, backFrom, ComposeForm, groupValue, isToOne, offeredGroups, readComposed } from './compose.tsx'
import { formPage } from './frame.tsx'
import { mostAtOnce, ownGroups, type TextGroup } from './groups.ts'
import { peopleOfCases } from './messages.queries.ts'
import { type Receiver, type ReceiversOf, receiversForCase } from './receivers.ts'
import { type Recipients, recipientsOf, tellingWordsOf } from './recipients.ts'
import { sentPage, titlesOf } from './sent-page.tsx'
import { templatesOf } from './templates.queries.ts'

type Parts = { groups: readonly TextGroup[]; receiversOf: ReceiversOf }

/** `/messages…`: texts to a group, or to one person from their case; a check before each; what became of them. `outbox`: there is such a page. */
export function messageRoutes(
  routes: Routes,
  groups: readonly TextGroup[],
  receiversOf: ReceiversOf,
  { outbox = false }: { outbox?: boolean } = {},
): void {
  const may = { may: 'send-texts' } as const
  const all: Parts = { groups: [...ownGroups, ...groups], receiversOf }
  routes.get('/messages', may, visit => sentPage(visit, all.groups, outbox))
  routes.get('/messages/new', may, visit => newPage(visit, all, noFields, []))
  routes.post('/messages/new', may, visit => postNew(visit, all))
  routes.get('/messages/:batchId', may, visit => withBatch(visit, batch => showBatch(visit, all, batch, [])))
  routes.post('/messages/:batchId/send', may, visit => withBatch(visit, batch => postSend(visit, all, batch)))
  routes.post('/messages/:batchId/stop', may, visit => withBatch(visit, batch => postStop(visit, batch)))
  routes.post('/messages/:batchId/discard', may, visit => withDraft(visit, batch => postDiscard(visit, batch)))
  routes.get('/messages/:batchId/edit', may, visit => withDraft(visit, batch => editPage(visit, all, batch, noFields, [])))
  routes.post('/messages/:batchId/edit', may, visit => withDraft(visit, batch => postEdit(visit, all, batch)))
}

async function newPage(visit: Visit, parts: Parts, typed: Fields, errors: readonly FieldError[]): Promise<Answer> {
  const offered = await offeredGroups(visit, parts.groups, askedGroup(visit))
  const body = ComposeForm({
    visit,
    action: paths.messages.add,
    back: paths.messages.list,
    groups: offered,
    templates: await templatesOf(visit.tx, visit.actor.agency),
    typed,
    before: { group: '', words: '', templateId: null },
    errors,
  })
  return formPage({ href: paths.messages.list, text: 'Text messages' }, 'Send a text to a group', errors, body)
}

async function postNew(visit: Visit, parts: Parts): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const composed = readComposed(fields, await offeredGroups(visit, parts.groups, askedGroup(visit)), await templatesOf(tx, actor.agency))
  if (!composed.ok) return newPage(visit, parts, fields, composed.errors)
  return redirect(paths.messages.batch(await addBatch(tx, actor, clock.now(), composed.batch)))
}

async function withBatch(visit: Visit, work: (batch: Batch) => Promise<Answer>): Promise<Answer> {
  const batch = await findBatch(visit.tx, visit.actor, visit.params.batchId ?? '')
  return batch ? work(batch) : notFound()
}

/** A batch can be said otherwise until it is sent. */
const withDraft = (visit: Visit, work: (batch: Batch) => Promise<Answer>): Promise<Answer> =>
  withBatch(visit, async batch => (batch.confirmedAt ? redirect(paths.messages.batch(batch.id)) : work(batch)))

async function showBatch(visit: Visit, parts: Parts, batch: Batch, errors: readonly FieldError[]): Promise<Answer> {
  const { tx, actor, clock } = visit
  const title = (await titlesOf(visit, parts.groups, [batch]))(batch)
  const about = isToOne(batch) ? (await peopleOfCases(tx, [batch.groupOption])).get(batch.groupOption) : undefined
  const event = {
    action: batch.confirmedAt ? 'texts-looked-at' : 'text-recipients-shown',
    subject: { type: 'text-batch', id: batch.id },
  }
  await audit(tx, actor, clock.now(), { ...event, ...(about ? { personId: about.personId, caseId: batch.groupOption } : {}) })
  if (batch.receiverId) await audit(tx, actor, clock.now(), { ...event, personId: batch.receiverId })
  if (batch.confirmedAt) return progressPage(visit, batch, title)
  const recipients = await recipientsNow(visit, parts, batch)
  return recipients ? previewPage(visit, batch, title, recipients, errors) : editPage(visit, parts, batch, noFields, [tooMany])
}

const tooMany = {
  field: 'group',
  message: `More than ${mostAtOnce.toLocaleString('en-GB')} people are in this group. Choose a smaller one`,
}

/** Whom it would go to now; undefined for a group that is too large to be texted at once. */
async function recipientsNow({ tx, actor, clock }: Visit, { groups, receiversOf }: Parts, batch: Batch): Promise<Recipients | undefined> {
  const now = clock.now()
  const group = groups.find(one => one.key === batch.groupKey)
  const alone = isToOne(batch)
  const members = alone
    ? [{ caseId: batch.groupOption, receiverId: batch.receiverId }]
    : ((await group?.members(tx, actor, now, batch.groupOption)) ?? [])
  if (members.length > mostAtOnce) return undefined
  return recipientsOf(tx, actor, now, { members, words: batch.words, alone, receiversOf })
}

async function postSend(visit: Visit, parts: Parts, batch: Batch): Promise<Answer> {
  if (batch.confirmedAt) return redirect(paths.messages.batch(batch.id), { notice: 'This had already been sent. It was not sent twice.' })
  const recipients = await recipientsNow(visit, parts, batch)
  // Nobody gets a text whom the sender has not seen on the list.
  if (!recipients || recipients.to.length === 0 || visit.fields.text('shown') !== markOf(recipients)) {
    const message = 'Who gets it has changed since you looked. Check it again, then send'
    return showBatch(visit, parts, batch, [{ field: '', message }])
  }
  const telling = await tellingWordsOf(visit.tx, batch.words, recipients)
  if (telling.length > 0 && !visit.fields.all('safe').includes('yes')) {
    const message = 'Say that it is safe to send these words, or change the text'
    return showBatch(visit, parts, batch, [{ field: 'safe', message }])
  }
  const queued = await queueTexts(visit.tx, visit.actor, visit.clock.now(), batch.id, recipients)
  const done = recipients.to.length === 1 ? 'The text is on its way' : `${recipients.to.length} texts are on their way`
  return redirect(paths.messages.batch(batch.id), { notice: queued ? done : 'This had already been sent. It was not sent twice.' })
}

async function postStop({ tx, actor, clock }: Visit, batch: Batch): Promise<Answer> {
  const stopped = await stopBatch(tx, actor, clock.now(), batch.id)
  return redirect(paths.messages.batch(batch.id), stopped ? { notice: 'Stopped. What had gone already cannot be taken back.' } : {})
}

async function postDiscard({ tx, actor }: Visit, batch: Batch): Promise<Answer> {
  await discardBatch(tx, actor, batch.id)
  return redirect(backFrom(batch), { notice: 'The text is thrown away. It was not sent.' })
}

async function editPage(visit: Visit, parts: Parts, batch: Batch, typed: Fields, errors: readonly FieldError[]): Promise<Answer> {
  const before = groupValue(batch.groupKey, batch.groupOption)
  const offered = isToOne(batch) ? null : await offeredGroups(visit, parts.groups, [before, ...askedGroup(visit)])
  const body = ComposeForm({
    visit,
    action: paths.messages.edit(batch.id),
    back: paths.messages.batch(batch.id),
    groups: offered,
    receivers: isToOne(batch) ? await receiversOfBatch(visit, parts, batch) : [],
    templates: await templatesOf(visit.tx, visit.actor.agency),
    typed,
    before: { group: before, receiver: batch.receiverId, words: batch.words, templateId: batch.templateId },
    errors,
  })
  return formPage({ href: backFrom(batch), text: 'Back' }, 'Change the text', errors, body)
}

/** Whom a text because of a case can go to instead; nobody where its record may no longer be seen. */
async function receiversOfBatch(visit: Visit, parts: Parts, batch: Batch): Promise<readonly Receiver[]> {
  const about = (await peopleOfCases(visit.tx, [batch.groupOption])).get(batch.groupOption)
  return about ? receiversForCase(visit, parts, about.personId) : []
}

async function postEdit(visit: Visit, parts: Parts, batch: Batch): Promise<Answer> {
  const { tx, actor, fields } = visit
  const among = isToOne(batch)
    ? { caseId: batch.groupOption, receivers: await receiversOfBatch(visit, parts, batch) }
    : await offeredGroups(visit, parts.groups, askedGroup(visit))
  const composed = readComposed(fields, among, await templatesOf(tx, actor.agency))
  if (!composed.ok) return editPage(visit, parts, batch, fields, composed.errors)
  await changeBatch(tx, batch.id, composed.batch)
  return redirect(paths.messages.batch(batch.id))
}
