import { paths } from '../../paths.ts'
import { formatInstant } from '../../platform/clock.ts'
import { upperFirst } from '../../platform/first-letter.ts'
import { page } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { PageTitle, SummaryList } from '../../ui/index.ts'
import { type Account, findAccount } from '../accounts.ts'
import type { Gate } from '../gate.ts'
import { changePasswordRoutes } from './change-password.tsx'
import { ownPasskeysRoutes } from './own-passkeys.tsx'
import { ownSecondFactorRoutes } from './own-second-factor.tsx'
import { ownSessionsRoutes } from './own-sessions.tsx'

/** What everybody may see and change of their own account. */
export function accountRoutes(routes: Routes, gate: Gate) {
  routes.get(paths.account.show, { may: 'anyone-signed-in' }, visit => accountPage(visit, gate))
  changePasswordRoutes(routes, gate)
  ownSecondFactorRoutes(routes, gate)
  ownPasskeysRoutes(routes, gate)
  ownSessionsRoutes(routes, gate)
}

async function accountPage({ tx, actor }: Visit, gate: Gate) {
  const userId = actor.userId!
  const account = await findAccount(gate.database.kysely, { userId })
  const posts = await tx
    .selectFrom('posts as o')
    .innerJoin('teams as t', 't.id', 'o.team_id')
    .innerJoin('agencies as g', 'g.principal', 'o.agency')
    .innerJoin('roles as r', 'r.id', 'o.role_id')
    .leftJoin('service_areas as s', 's.code', 'o.service_area')
    .select(['o.id', 't.name as team', 'g.name as agency', 'r.name as role', 's.name as serviceArea', 'o.started_at as startedAt'])
    .where('o.user_id', '=', userId)
    .where('o.ended_at', 'is', null)
    .orderBy('o.started_at')
    .execute()
  const change = (href: string, what: string) => ({ items: [{ href, text: 'Change', visuallyHiddenText: what }] })
  return page(
    'Your account',
    <>
      <PageTitle title="Your account" />
      <SummaryList
        rows={[
          { key: { text: 'Name' }, value: { text: actor.name } },
          { key: { text: 'Email address' }, value: { text: account?.email } },
          { key: { text: 'Agency' }, value: { text: actor.agencyName } },
          ...posts.map((post, i) => ({
            key: { text: i === 0 ? 'Posts' : '' },
            value: {
              text: `${post.role}, ${post.team}, ${post.agency}${post.serviceArea ? ` (${post.serviceArea})` : ''}, since ${formatInstant(post.startedAt).slice(0, 10)}`,
            },
          })),
          { key: { text: 'Password' }, value: { text: 'Known to you alone' }, actions: change(paths.account.password, 'your password') },
          {
            key: { text: 'Second factor' },
            value: { text: factorsOf(account) },
            actions: change(paths.account.secondFactor, 'your second factor'),
          },
          {
            key: { text: 'Where you are signed in' },
            value: { text: 'Browsers and devices' },
            actions: { items: [{ href: paths.account.sessions, text: 'Look', visuallyHiddenText: 'where you are signed in' }] },
          },
        ]}
      />
      <p class="govuk-body">To have your name, email address or posts changed, ask your agency’s administrator.</p>
    </>,
  )
}

function factorsOf(account: Account | undefined): string {
  const has = [account?.hasPasskey && 'passkey or security key', account?.hasAuthenticator && 'authenticator app']
    .filter(Boolean)
    .join(', ')
  return has ? upperFirst(has) : 'Not set up'
}
