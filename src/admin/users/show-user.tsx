import { type Gate, goingSessions, inGate, nameOfBrowser, passkeysOf } from '../../identity/index.ts'
import { paths } from '../../paths.ts'
import { formatInstant } from '../../platform/clock.ts'
import { page } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { AlertBar, BackLink, Button, Columns, DataTable, Facts, Form, PageTitle, SidePanel } from '../../ui/index.ts'
import { mayAdminister, mayChangePosts, mayChangeWayIn, mayEndPost, mayHandOverPassword } from '../rights.ts'
import { statusWords } from './list-users.tsx'
import { type Guest, type PostRow, postsOf, type UserShown } from './users.queries.ts'

/** Somebody's account: who they are, what they may do, where they are signed in, and what their administrator may do about it. */
export async function showUserPage(visit: Visit, gate: Gate, user: UserShown) {
  const { tx, actor } = visit
  const posts = await postsOf(tx, user.id)
  const door = await inGate(gate, async gateTx => ({
    sessions: await goingSessions(gateTx, gate, user.id),
    credentials: await gateTx
      .selectFrom('credentials')
      .select(['totp_confirmed_at', 'must_change_password'])
      .where('user_id', '=', user.id)
      .executeTakeFirst(),
    passkeys: await passkeysOf(gateTx, user.id),
  }))
  const authenticatorSince = door.credentials?.totp_confirmed_at
  const factors = [
    ...(authenticatorSince ? [`Authenticator app, set up ${formatInstant(authenticatorSince)}`] : []),
    ...door.passkeys.map(one => `Passkey or security key, set up ${formatInstant(one.createdAt)}`),
  ]
  const may = mayAdminister(actor, user)
  const mayPosts = mayChangePosts(actor, user)
  const readsAudit = actor.audits.includes(0) || actor.audits.includes(user.agency)
  return page(
    user.name,
    <>
      <BackLink href={paths.users.list}>Users</BackLink>
      <PageTitle title={user.name} context={`${user.jobTitle ? `${user.jobTitle}, ` : ''}${user.agencyName}`} />
      {user.status === 'disabled' ? (
        <AlertBar kind="warning" title="Disabled">
          {user.disabledReason} <span class="ly-second">{disabledBy(user)}</span>
        </AlertBar>
      ) : null}
      {may ? null : (
        <AlertBar kind="notice" title="Looked after by the authority">
          {user.disabledByAuthority
            ? 'The authority disabled this account, so only its administrators enable or change it. Ask them if they are to come back.'
            : 'They hold a role of the authority, so only its administrators change this account.'}
        </AlertBar>
      )}
      <Columns aside={may ? <Doings visit={visit} user={user} hasFactor={factors.length > 0} /> : undefined}>
        <Facts
          items={[
            { label: 'Email address', value: user.email },
            user.telephone && { label: 'Telephone', value: user.telephone },
            { label: 'Status', value: statusWords[user.status] },
            { label: 'Last sign-in', value: user.lastSignInAt ? formatInstant(user.lastSignInAt) : 'Never' },
            {
              label: 'Second factor',
              value: factors[0] ?? 'Not set up',
              second: factors.slice(1).join('. ') || undefined,
            },
            { label: 'Account created', value: formatInstant(user.createdAt), second: user.createdBy ? `by ${user.createdBy}` : undefined },
          ]}
        />
        {may ? (
          <p class="govuk-body">
            <a class="govuk-link" href={paths.users.edit(user.id)}>
              Change name, email address or telephone
            </a>
          </p>
        ) : null}
        <Posts user={user} posts={posts} mayEnd={post => mayEndPost(actor, user, post)} />
        {mayPosts && user.status !== 'disabled' ? (
          <Button href={paths.users.addPost(user.id)} classes="govuk-button--secondary">
            Give another post
          </Button>
        ) : null}
        <h2 class="govuk-heading-m">Where they are signed in</h2>
        <DataTable
          caption="Sessions"
          captionHidden
          rows={door.sessions}
          empty={<p class="govuk-body">Nowhere at the moment.</p>}
          columns={[
            { heading: 'Browser', rowHeader: true, cell: row => nameOfBrowser(row.browser) },
            { heading: 'Address', cell: row => row.address },
            { heading: 'Signed in', cell: row => formatInstant(row.createdAt) },
            { heading: 'Last used', cell: row => formatInstant(row.lastSeenAt) },
          ]}
        />
        {may && door.sessions.length > 0 ? (
          <Form action={paths.users.endSessions(user.id)} {...visit.form}>
            <Button classes="govuk-button--secondary">Sign them out everywhere</Button>
          </Form>
        ) : null}
        {readsAudit ? (
          <p class="govuk-body">
            <a class="govuk-link" href={paths.audit.user(user.id)}>
              What they did
            </a>
          </p>
        ) : null}
      </Columns>
    </>,
    { section: 'administration' },
  )
}

/** Somebody of another agency, as whoever administers one in which they have a post finds them: their posts there, and how to end them. */
export async function showGuestPage({ tx, actor }: Visit, guest: Guest) {
  const posts = (await postsOf(tx, guest.id)).filter(post => actor.administers.includes(post.agency))
  return page(
    guest.name,
    <>
      <BackLink href={paths.users.list}>Users</BackLink>
      <PageTitle title={guest.name} context={`${guest.jobTitle ? `${guest.jobTitle}, ` : ''}${guest.agencyName}`} />
      <AlertBar kind="notice" title="Of another agency">
        Their account is looked after by {guest.agencyName}. A post here opens your agency’s records to them, and you can end it at once.
      </AlertBar>
      <Facts items={[{ label: 'Email address', value: guest.email }, guest.telephone && { label: 'Telephone', value: guest.telephone }]} />
      <Posts user={guest} posts={posts} mayEnd={post => mayEndPost(actor, guest, post)} />
    </>,
    { section: 'administration' },
  )
}

/** 'By Austell Keast, for the authority, on 21/11/2026 07:30.' */
function disabledBy({ disabledBy: name, disabledByAuthority, disabledAt }: UserShown): string {
  if (!name || !disabledAt) return ''
  return `By ${name}${disabledByAuthority ? ', for the authority' : ''}, on ${formatInstant(disabledAt)}.`
}

function Posts({ user, posts, mayEnd }: { user: { id: string }; posts: readonly PostRow[]; mayEnd: (post: PostRow) => boolean }) {
  return (
    <>
      <h2 class="govuk-heading-m">Posts</h2>
      <DataTable
        caption="Posts"
        captionHidden
        rows={posts}
        empty={<p class="govuk-body">None: they can sign in, and see nothing.</p>}
        columns={[
          { heading: 'Role', rowHeader: true, cell: row => row.role },
          { heading: 'Team', cell: row => row.team, second: row => row.agencyName },
          { heading: 'Service', cell: row => row.serviceArea ?? 'No casework' },
          { heading: 'From', cell: row => formatInstant(row.startedAt).slice(0, 10) },
          {
            heading: 'To',
            cell: row =>
              row.endedAt ? (
                formatInstant(row.endedAt).slice(0, 10)
              ) : mayEnd(row) ? (
                <a class="govuk-link" href={paths.users.endPost(user.id, row.id)}>
                  End
                  <span class="govuk-visually-hidden">
                    {' '}
                    the post {row.role}, {row.team}
                  </span>
                </a>
              ) : (
                'Now'
              ),
          },
        ]}
      />
    </>
  )
}

function Doings({ visit, user, hasFactor }: { visit: Visit; user: UserShown; hasFactor: boolean }) {
  if (user.status === 'disabled') {
    return (
      <SidePanel id="doings" title="Account">
        <Form action={paths.users.enable(user.id)} {...visit.form}>
          <Button>Enable the account</Button>
        </Form>
      </SidePanel>
    )
  }
  const mayWayIn = mayChangeWayIn(visit.actor, user)
  return (
    <SidePanel id="doings" title="Account">
      {mayWayIn ? null : (
        <p class="govuk-body">
          They work for another agency too, so only the authority’s administrators change their password, email address and second factor.
        </p>
      )}
      <ul class="ly-list">
        {mayWayIn ? (
          <>
            <li>
              <a class="govuk-link" href={paths.users.invite(user.id)}>
                Send a link for setting a password
              </a>
            </li>
            {mayHandOverPassword(visit.actor) ? (
              <li>
                <a class="govuk-link" href={paths.users.firstPassword(user.id)}>
                  Make a new first password
                </a>
              </li>
            ) : null}
          </>
        ) : null}
        {mayWayIn && hasFactor ? (
          <li>
            <a class="govuk-link" href={paths.users.resetSecondFactor(user.id)}>
              Reset the second factor
            </a>
          </li>
        ) : null}
        {mayWayIn ? (
          <li>
            <a class="govuk-link" href={paths.users.identities(user.id)}>
              Signing in from elsewhere
            </a>
          </li>
        ) : null}
        {user.id === visit.actor.userId ? null : (
          <li>
            <a class="govuk-link" href={paths.users.disable(user.id)}>
              Disable the account
            </a>
          </li>
        )}
      </ul>
    </SidePanel>
  )
}
