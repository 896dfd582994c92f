import { audit } from '../audit/index.ts'
import { paths } from '../paths.ts'
import { formatName, formatTelephone } from '../people/index.ts'
import { type Actor, may } from '../platform/actor.ts'
import { formatInstant } from '../platform/clock.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import type { Routes, Visit } from '../platform/web/routes.ts'
import { Button, DataTable, EmptyState, errorFor, Facts, type FieldError, Form, Radios, Select, Textarea, Words } from '../ui/index.ts'
import { formPage, listPage } from './frame.tsx'
import { findInInbox, handOnReply, type InboxItem, inboxOf, otherPosts, possibleCases, settleReply } from './inbox.queries.ts'
import { recordReply } from './record-reply.ts'

/** `/messages/inbox…`: answers of which it could not be told whose they are. */
export function inboxRoutes(routes: Routes): void {
  const read = { may: 'read-records' } as const
  routes.get('/messages/inbox', read, inboxPage)
  routes.get('/messages/inbox/:replyId', read, visit => withItem(visit, item => itemPage(visit, item, [])))
  routes.post('/messages/inbox/:replyId/place', read, visit => withItem(visit, item => postPlace(visit, item)))
  routes.post('/messages/inbox/:replyId/hand-on', read, visit => withItem(visit, item => postHandOn(visit, item)))
  routes.post('/messages/inbox/:replyId/set-aside', read, visit => withItem(visit, item => postSetAside(visit, item)))
}

/** Whoever sends texts sees to what is answered; what is nobody's, the commissioners. */
const seesTo = (actor: Actor): boolean => may(actor, 'send-texts') || may(actor, 'commission')

async function inboxPage({ tx, actor, clock }: Visit): Promise<Answer> {
  if (!seesTo(actor)) return notFound()
  const items = await inboxOf(tx, actor)
  await audit(tx, actor, clock.now(), { action: 'text-replies-listed', subject: { type: 'user', id: actor.userId ?? '' } })
  const body = (
    <>
      <p class="govuk-body">Texts that came in and that could be somebody’s or another’s, or nobody’s whom we know.</p>
      <DataTable
        caption="Texts to be placed"
        captionHidden
        rows={items}
        keyOf={item => item.id}
        empty={<EmptyState title="Nothing waits to be placed." />}
        columns={[
          {
            heading: 'From',
            rowHeader: true,
            cell: item => (
              <a class="govuk-link govuk-link--no-visited-state" href={paths.messages.reply(item.id)}>
                {formatTelephone(item.number)}
              </a>
            ),
            second: item => formatInstant(item.receivedAt),
          },
          { heading: 'Words', cell: item => <span class="ly-as-written">{item.words}</span> },
        ]}
      />
    </>
  )
  return listPage(actor, 'inbox', 'Texts to be placed', body, { waiting: items.length })
}

async function withItem(visit: Visit, work: (item: InboxItem) => Promise<Answer>): Promise<Answer> {
  const item = seesTo(visit.actor) ? await findInInbox(visit.tx, visit.actor, visit.params.replyId ?? '') : undefined
  return item ? work(item) : notFound()
}

async function itemPage(visit: Visit, item: InboxItem, errors: readonly FieldError[]): Promise<Answer> {
  const { tx, actor, clock, fields, form } = visit
  const [cases, posts] = [await possibleCases(tx, actor, item.number), await otherPosts(tx, item.inbox)]
  await audit(tx, actor, clock.now(), { action: 'text-reply-opened', subject: { type: 'text-inbox', id: item.id } })
  const body = (
    <>
      <Facts
        items={[
          { label: 'From', value: formatTelephone(item.number) },
          { label: 'Came', value: formatInstant(item.receivedAt) },
          { label: 'Words', value: <Words text={item.words} /> },
        ]}
      />
      {cases.length > 0 ? (
        <Form {...form} action={paths.messages.placeReply(item.id)}>
          {Radios({
            idPrefix: 'case',
            name: 'case',
            value: fields.text('case'),
            fieldset: { legend: { text: 'Whose is it?', classes: 'govuk-fieldset__legend--s' } },
            errorMessage: errorFor(errors, 'case'),
            classes: 'govuk-radios--small',
            items: cases.map(one => ({
              value: one.caseId,
              text: formatName(one),
              hint: { text: `${one.caseName}${one.lastTextAt ? `, texted ${formatInstant(one.lastTextAt)}` : ''}` },
            })),
          })}
          {Button({ text: 'Put it on the record', preventDoubleClick: true })}
        </Form>
      ) : (
        <p class="govuk-body">Nobody whose record you may change has this number.</p>
      )}
      <Form {...form} action={paths.messages.handOnReply(item.id)}>
        {Select({
          id: 'post',
          name: 'post',
          label: { text: 'Hand it on to another team', classes: 'govuk-label--s' },
          hint: 'Its people then read it. You do not any more.',
          errorMessage: errorFor(errors, 'post'),
          value: fields.text('post'),
          items: [{ value: '', text: 'Choose a team' }, ...posts.map(one => ({ value: one.post, text: one.title }))],
        })}
        {Button({ text: 'Hand it on', classes: 'govuk-button--secondary', preventDoubleClick: true })}
      </Form>
      <Form {...form} action={paths.messages.setReplyAside(item.id)}>
        {Textarea({
          id: 'reason',
          name: 'reason',
          rows: 2,
          label: { text: 'Or set it aside, because', classes: 'govuk-label--s' },
          errorMessage: errorFor(errors, 'reason'),
          value: fields.typed('reason'),
        })}
        {Button({ text: 'Set it aside', classes: 'govuk-button--secondary', preventDoubleClick: true })}
      </Form>
    </>
  )
  return formPage({ href: paths.messages.inbox, text: 'Texts to be placed' }, 'A text to be placed', errors, body)
}

const settledAlready = () => redirect(paths.messages.inbox, { notice: 'Somebody has seen to this text already.' })

async function postPlace(visit: Visit, item: InboxItem): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const chosen = (await possibleCases(tx, actor, item.number)).find(one => one.caseId === fields.text('case'))
  if (!chosen) return itemPage(visit, item, [{ field: 'case', message: 'Select whose it is' }])
  if (!(await settleReply(tx, actor, clock.now(), item.id, 'placed'))) return settledAlready()
  const reply = { id: item.id, number: item.number, words: item.words, at: item.receivedAt }
  const placed = await recordReply(tx, actor, clock.now(), { reply, caseId: chosen.caseId, messageId: chosen.messageId, byHand: true })
  // Access was lost in this moment: nothing of this is saved, and the text waits as before.
  if (!placed) throw new Error('A text was to be placed on a record that may no longer be changed.')
  return redirect(paths.messages.ofCase(chosen.caseId), { notice: 'The text is on the record' })
}

async function postHandOn(visit: Visit, item: InboxItem): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const post = (await otherPosts(tx, item.inbox)).find(one => String(one.post) === fields.text('post'))
  if (!post) return itemPage(visit, item, [{ field: 'post', message: 'Select a team' }])
  if (!(await handOnReply(tx, item.id, post.post))) return settledAlready()
  await audit(tx, actor, clock.now(), {
    action: 'text-reply-handed-on',
    subject: { type: 'text-inbox', id: item.id },
    detail: { to: post.title },
  })
  return redirect(paths.messages.inbox, { notice: `Handed on to ${post.title}` })
}

async function postSetAside(visit: Visit, item: InboxItem): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const reason = fields.text('reason')
  if (!reason || reason.length > 500)
    return itemPage(visit, item, [
      { field: 'reason', message: reason ? 'Why must be 500 characters or fewer' : 'Enter why it is set aside' },
    ])
  if (!(await settleReply(tx, actor, clock.now(), item.id, 'set-aside', reason))) return settledAlready()
  await audit(tx, actor, clock.now(), { action: 'text-reply-set-aside', subject: { type: 'text-inbox', id: item.id } })
  return redirect(paths.messages.inbox, { notice: 'The text is set aside' })
}
