import { paths } from '../paths.ts'
import { may } from '../platform/actor.ts'
import { isId } from '../platform/id.ts'
import { type Answer, notFound, page, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, errorFor, errorSummaryFor, type FieldError, Form, Input, PageTitle, Radios } from '../ui/index.ts'
import { findTooLong, longestFind, memberInWords, usersToWriteTo, usersWithIds } from './directory.ts'
import { backTo, type ConversationParts, type Opened, section, subjectOf, titlesOf } from './frame.tsx'
import { cannotRead, shutOutOf } from './shut-out.ts'
import { addMember, leaveConversation } from './start.ts'
import { whomToWriteTo } from './subject.ts'

/** Who is in a conversation; letting somebody in; leaving. */
export async function showPeople(
  visit: Visit,
  parts: ConversationParts,
  conversation: Opened,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const { tx, actor, fields, form } = visit
  const name = (await titlesOf(tx, actor, parts, [conversation])).get(conversation.id) ?? ''
  const mayAdd = may(actor, 'record') && !conversation.isDirect
  const called = fields.text('find')
  const shutOut = await shutOutOf(visit, parts, conversation)
  const offered = mayAdd ? await offeredTo(visit, parts, conversation, called) : []
  const body = (
    <div class="ly-narrow">
      {PageTitle({
        title: 'Who is in this conversation',
        context: (
          <a class="govuk-link" href={backTo(conversation)}>
            {name}
          </a>
        ),
      })}
      {errorSummaryFor(errors)}
      <ul class="govuk-list govuk-list--bullet">
        {conversation.members.map(one => (
          <li key={one.userId}>
            {memberInWords(one)}
            {shutOut.has(one.userId) ? cannotRead : ''}
          </li>
        ))}
      </ul>
      {mayAdd ? (
        <Form {...form} action={paths.conversations.people(conversation.id)} classes="ly-form">
          <h2 class="govuk-heading-m">Add somebody</h2>
          <p class="govuk-body">They will be able to read everything that has been written here, from the beginning.</p>
          <div class="ly-find">
            {Input({
              name: 'find',
              id: 'find',
              label: 'Name, team or agency',
              hint: conversation.subject
                ? 'Whoever may not see what the conversation is about does not see what is written in it'
                : undefined,
              value: called,
              errorMessage: errorFor(errors, 'find'),
              autocomplete: 'off',
              spellcheck: false,
            })}
            {Button({ text: 'Find', name: 'do', value: 'find', classes: 'govuk-button--secondary' })}
          </div>
          {offered.length > 0
            ? Radios({
                name: 'add',
                idPrefix: 'add',
                classes: 'govuk-radios--small',
                fieldset: { legend: { text: 'Who', classes: 'govuk-fieldset__legend--s' } },
                items: offered.map(one => ({ value: one.userId, text: memberInWords(one) })),
              })
            : null}
          {called && offered.length === 0 ? <p class="govuk-body">Nobody called “{called}” can be added.</p> : null}
          {Button({ text: 'Add', name: 'do', value: 'add', preventDoubleClick: true })}
        </Form>
      ) : null}
      {mayAdd ? (
        <Form {...form} action={paths.conversations.leave(conversation.id)} classes="ly-form">
          <h2 class="govuk-heading-m">Leave</h2>
          <p class="govuk-body">You will no longer read any of it. Another member can add you again.</p>
          {Button({ text: 'Leave this conversation', classes: 'govuk-button--secondary', preventDoubleClick: true })}
        </Form>
      ) : null}
    </div>
  )
  return page(`Who is in this conversation – ${name}`, body, { ...section, hasErrors: errors.length > 0 })
}

async function offeredTo(visit: Visit, parts: ConversationParts, conversation: Opened, called: string) {
  const { tx, actor, clock } = visit
  const subject = await subjectOf(visit, parts, conversation)
  if (conversation.subject && !subject) return []
  if (!called && !subject) return []
  const among = subject ? await whomToWriteTo(tx, subject, clock.now()) : undefined
  const found = await usersToWriteTo(tx, actor, { called, among, limit: 20 + conversation.members.length })
  return found.filter(one => !conversation.members.some(member => member.userId === one.userId)).slice(0, 20)
}

export async function postPeople(visit: Visit, parts: ConversationParts, conversation: Opened): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  if (fields.text('find').length > longestFind) return showPeople(visit, parts, conversation, [{ field: 'find', message: findTooLong }])
  if (fields.text('do') === 'find') return showPeople(visit, parts, conversation)
  const [member] = isId(fields.text('add')) ? await usersWithIds(tx, [fields.text('add')]) : []
  if (!member) return showPeople(visit, parts, conversation, [{ field: 'find', message: 'Find and choose somebody to add' }])
  const added = await addMember(tx, actor, clock.now(), conversation, await subjectOf(visit, parts, conversation), member)
  if (!added.ok) return showPeople(visit, parts, conversation, [{ field: 'find', message: refusals[added.error] }])
  return redirect(backTo(conversation), { notice: `${member.name} was added.` })
}

const refusals = {
  direct: 'Nobody can be added to a conversation between two. Begin a new one with all of you',
  'too-many': 'There are as many in this conversation as there can be',
  'may-not-read': 'They cannot be added by you. Those whose case it is say who may see what this conversation is about',
} as const

export async function postLeave({ tx, actor, clock }: Visit, conversation: Opened): Promise<Answer> {
  const left = await leaveConversation(tx, actor, clock.now(), conversation)
  return left.ok ? redirect(paths.conversations.list, { notice: 'You left the conversation.' }) : notFound()
}
