import type { ComponentChildren, VNode } from 'preact'
import { paths } from '../paths.ts'
import { type Actor, may } from '../platform/actor.ts'
import { type PageAnswer, page } from '../platform/web/answer.ts'
import { BackLink, errorSummaryFor, type FieldError, FilterChips, PageTitle, Tag } from '../ui/index.ts'
import { hasFailed, statusInShort, type TextStatus } from './status.ts'

type Area = 'sent' | 'inbox' | 'templates'

/** Whether the actor keeps the wordings of their own agency. */
export const mayKeepTemplates = (actor: Actor): boolean => may(actor, 'manage-users') && actor.administers.includes(actor.agency)

/** A list of messages out, with the ways to the others. */
export function listPage(
  actor: Actor,
  area: Area,
  title: string,
  body: ComponentChildren,
  { waiting, actions }: { waiting?: number; actions?: ComponentChildren } = {},
): PageAnswer {
  const sends = may(actor, 'send-texts')
  const areas = [
    { key: 'sent', text: 'Sent', href: paths.messages.list, shown: sends },
    { key: 'inbox', text: 'To be placed', href: paths.messages.inbox, shown: sends || may(actor, 'commission'), count: waiting },
    { key: 'templates', text: 'Wordings and hours', href: paths.messages.templates, shown: sends || mayKeepTemplates(actor) },
  ]
  return page(
    title,
    <>
      <FilterChips
        label="Texts"
        items={areas.filter(one => one.shown).map(({ key, text, href, count }) => ({ text, href, count, current: key === area }))}
      />
      <PageTitle title={title} actions={actions} />
      {body}
    </>,
    { section: 'messages' },
  )
}

/** A page on one thing, with the way back and what went wrong. */
export function formPage(
  back: { href: string; text: string },
  title: string,
  errors: readonly FieldError[],
  body: ComponentChildren,
): PageAnswer {
  return page(
    title,
    <>
      <BackLink href={back.href}>{back.text}</BackLink>
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">{title}</h1>
      <div class="ly-narrow">{body}</div>
    </>,
    { section: 'messages', hasErrors: errors.length > 0 },
  )
}

/** What became of a text, in words on a colour. */
export function StatusTag({ status }: { status: TextStatus }): VNode {
  const colour = status === 'delivered' ? 'green' : hasFailed(status) ? 'red' : 'grey'
  return Tag({ text: statusInShort[status], classes: `govuk-tag--${colour} ly-tag` })
}
