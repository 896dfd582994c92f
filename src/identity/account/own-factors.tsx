import type { ComponentChildren } from 'preact'
import { paths } from '../../paths.ts'
import { type Answer, page } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { BackLink, Button, errorFor, errorSummaryFor, type FieldError, Form, PasswordInput } from '../../ui/index.ts'
import { type Account, findAccount } from '../accounts.ts'
import type { Gate } from '../gate.ts'
import { type FactorNeeded, mostNeeded } from '../second-factor/needed.ts'

/** Whether what somebody has left is what their roles need. */
export function leavesEnough(needed: FactorNeeded, left: { authenticator: boolean; passkeys: number }): boolean {
  if (needed === 'none') return true
  return left.passkeys > 0 || (needed === 'any' && left.authenticator)
}

export async function factorNeededBy({ tx, actor }: Visit): Promise<FactorNeeded> {
  const rows = await tx
    .selectFrom('posts as o')
    .innerJoin('roles as r', 'r.id', 'o.role_id')
    .select('r.factor_needed')
    .where('o.user_id', '=', actor.userId)
    .where('o.ended_at', 'is', null)
    .execute()
  return mostNeeded(rows.map(row => row.factor_needed as FactorNeeded))
}

export async function ownAccount(visit: Visit, gate: Gate): Promise<Account> {
  const account = await findAccount(gate.database.kysely, { userId: visit.actor.userId! })
  if (!account) throw new Error('A signed-in user has no account.')
  return account
}

/** A page that asks for the password before it does something. */
export type Asking = { title: string; action: string; words: string; button: string }

export function askPassword(visit: Visit, asking: Asking, errors: readonly FieldError[]): Answer {
  return factorPage(asking.title, errors, [
    <p class="govuk-body">{asking.words}</p>,
    <Form action={asking.action} csrf={visit.form.csrf}>
      <PasswordInput name="password" label="Your password" autocomplete="current-password" errorMessage={errorFor(errors, 'password')} />
      <Button>{asking.button}</Button>
    </Form>,
  ])
}

export function factorPage(title: string, errors: readonly FieldError[], body: readonly ComponentChildren[]): Answer {
  return page(
    title,
    <>
      <BackLink href={title === overviewTitle ? paths.account.show : paths.account.secondFactor}>
        {title === overviewTitle ? 'Your account' : overviewTitle}
      </BackLink>
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">{title}</h1>
      <div class="ly-narrow">{body}</div>
    </>,
    { hasErrors: errors.length > 0 },
  )
}
export const overviewTitle = 'Your second factor'
