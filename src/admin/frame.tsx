import type { ComponentChildren } from 'preact'
import { paths } from '../paths.ts'
import { type Actor, may } from '../platform/actor.ts'
import { type PageAnswer, page } from '../platform/web/answer.ts'
import { BackLink, errorSummaryFor, type FieldError, FilterChips, PageTitle } from '../ui/index.ts'
import { isOfAuthority } from './rights.ts'

type Area =
  | 'users'
  | 'teams'
  | 'roles'
  | 'providers'
  | 'access'
  | 'agencies'
  | 'letters'
  | 'timescales'
  | 'bank-holidays'
  | 'missed'
  | 'referral-pages'
  | 'chasing'
  | 'approvals'
  | 'lists'
  | 'messages'

/** A list of administration, with the ways to the others. */
export function listPage(actor: Actor, area: Area, title: string, body: ComponentChildren, actions?: ComponentChildren): PageAnswer {
  const maySet = isOfAuthority(actor) && may(actor, 'manage-settings')
  const groups: readonly { text: string; areas: readonly { key: Area; text: string; href: string; shown: boolean }[] }[] = [
    {
      text: 'People and agencies',
      areas: [
        { key: 'users', text: 'Users', href: paths.users.list, shown: true },
        { key: 'teams', text: 'Teams', href: paths.users.teams, shown: true },
        { key: 'agencies', text: 'Agencies', href: paths.users.agencies, shown: true },
        { key: 'roles', text: 'Roles', href: paths.users.roles, shown: true },
        { key: 'providers', text: 'Signing in', href: paths.users.providers, shown: isOfAuthority(actor) },
        { key: 'access', text: 'Access report', href: paths.users.access, shown: actor.audits.length > 0 },
      ],
    },
    {
      text: 'Letters and public pages',
      areas: [
        { key: 'letters', text: 'Letters', href: paths.letters.templates, shown: true },
        { key: 'referral-pages', text: 'Referral pages', href: paths.settings.referralPages, shown: maySet },
      ],
    },
    {
      text: 'How work runs',
      areas: [
        { key: 'timescales', text: 'When things are due', href: paths.settings.timescales, shown: maySet },
        { key: 'bank-holidays', text: 'Bank holidays', href: paths.settings.bankHolidays, shown: maySet },
        { key: 'chasing', text: 'Reminders', href: paths.settings.chasing, shown: maySet },
        { key: 'approvals', text: 'Sign-off', href: paths.settings.approvals, shown: maySet },
        { key: 'lists', text: 'Lists', href: paths.settings.lists, shown: maySet },
        { key: 'missed', text: 'Missed appointments', href: paths.settings.missed, shown: maySet },
        {
          key: 'messages',
          text: 'How long messages are kept',
          href: paths.conversations.retention,
          shown: isOfAuthority(actor) && may(actor, 'manage-authority'),
        },
      ],
    },
  ]
  return page(
    title,
    <>
      {groups
        .map(group => ({ ...group, areas: group.areas.filter(one => one.shown) }))
        .filter(group => group.areas.length > 0)
        .map(group => (
          <FilterChips
            key={group.text}
            label={`Administration: ${group.text}`}
            heading={<span class="ly-second">{group.text}</span>}
            items={group.areas.map(({ key, text, href }) => ({ text, href, current: key === area }))}
          />
        ))}
      <PageTitle title={title} actions={actions} />
      {body}
    </>,
    { section: 'administration' },
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
    { section: 'administration', hasErrors: errors.length > 0 },
  )
}
