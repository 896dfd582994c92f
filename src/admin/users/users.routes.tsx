import type { Gate } from '../../identity/index.ts'
import { paths } from '../../paths.ts'
import { type Answer, notFound } from '../../platform/web/answer.ts'
import type { Handler, Routes, Visit } from '../../platform/web/routes.ts'
import { forAdministrators, mayAdminister, mayChangeWayIn, mayHandOverPassword, mayReplaceWayIn, withId } from '../rights.ts'
import { addUser, addUserPage } from './add-user.tsx'
import { editUser, editUserPage } from './edit-user.tsx'
import { addIdentity, identitiesPage, removeIdentity } from './identities.tsx'
import { listUsersPage } from './list-users.tsx'
import { addPost, addPostPage, endPostConfirmed, endPostPage } from './posts.tsx'
import { showGuestPage, showUserPage } from './show-user.tsx'
import { administeredUser, type Guest, guestOf, type UserShown } from './users.queries.ts'
import {
  disable,
  disablePage,
  enable,
  endTheirSessions,
  firstPasswordPage,
  invite,
  invitePage,
  makeFirstPassword,
  resetFactor,
  resetFactorPage,
} from './way-in.tsx'

/** The pages of users. What an administrator does not administer is not there (E3). */
export function userRoutes(routes: Routes, gate: Gate): void {
  const get = (path: string, handler: Handler) => routes.get(path, { may: 'anyone-signed-in' }, forAdministrators(handler))
  const post = (path: string, handler: Handler) => routes.post(path, { may: 'anyone-signed-in' }, forAdministrators(handler))
  const on = (answer: (visit: Visit, user: UserShown) => Promise<Answer>) => (visit: Visit) => onUser(visit, user => answer(visit, user))
  const onWayIn = (answer: (visit: Visit, user: UserShown) => Promise<Answer>) =>
    on(async (visit, user) => (mayChangeWayIn(visit.actor, user) ? answer(visit, user) : notFound()))

  const onPassword = (answer: (visit: Visit, user: UserShown) => Promise<Answer>) =>
    onWayIn(async (visit, user) => (mayHandOverPassword(visit.actor) ? answer(visit, user) : notFound()))

  get(paths.users.list, listUsersPage)
  get(paths.users.add, visit => addUserPage(visit))
  post(paths.users.add, visit => addUser(visit, gate))
  get(paths.users.show(':userId'), visit =>
    withId(visit, 'userId', async userId => {
      const user = await administeredUser(visit.tx, visit.actor, userId)
      if (user) return showUserPage(visit, gate, user)
      const guest = await guestOf(visit.tx, visit.actor, userId)
      return guest ? showGuestPage(visit, guest) : notFound()
    }),
  )
  get(paths.users.edit(':userId'), on(editUserPage))
  post(
    paths.users.edit(':userId'),
    on((visit, user) => editUser(visit, gate, user)),
  )
  get(
    paths.users.addPost(':userId'),
    on((visit, user) => addPostPage(visit, user)),
  )
  post(paths.users.addPost(':userId'), on(addPost))
  get(paths.users.endPost(':userId', ':postId'), visit => onHolder(visit, user => endPostPage(visit, user)))
  post(paths.users.endPost(':userId', ':postId'), visit => onHolder(visit, user => endPostConfirmed(visit, user)))
  get(
    paths.users.disable(':userId'),
    on((visit, user) => disablePage(visit, user, '', [])),
  )
  post(
    paths.users.disable(':userId'),
    on((visit, user) => disable(visit, gate, user)),
  )
  post(
    paths.users.enable(':userId'),
    on((visit, user) => enable(visit, gate, user)),
  )
  get(paths.users.invite(':userId'), onWayIn(invitePage))
  post(
    paths.users.invite(':userId'),
    onWayIn((visit, user) => invite(visit, gate, user)),
  )
  get(paths.users.firstPassword(':userId'), onPassword(firstPasswordPage))
  post(
    paths.users.firstPassword(':userId'),
    onPassword((visit, user) => makeFirstPassword(visit, gate, user)),
  )
  get(paths.users.resetSecondFactor(':userId'), onWayIn(resetFactorPage))
  post(
    paths.users.resetSecondFactor(':userId'),
    onWayIn((visit, user) => resetFactor(visit, gate, user)),
  )
  get(
    paths.users.identities(':userId'),
    onWayIn((visit, user) => identitiesPage(visit, gate, user)),
  )
  post(
    paths.users.identities(':userId'),
    onWayIn(async (visit, user) => (mayReplaceWayIn(visit.actor, user) ? addIdentity(visit, gate, user) : notFound())),
  )
  post(
    paths.users.removeIdentity(':userId', ':providerId'),
    onWayIn((visit, user) => removeIdentity(visit, gate, user)),
  )
  post(
    paths.users.endSessions(':userId'),
    on((visit, user) => endTheirSessions(visit, gate, user)),
  )
}

/** A user of an agency that the actor administers. */
const seeUser = (visit: Visit, answer: (user: UserShown) => Promise<Answer>): Promise<Answer> =>
  withId(visit, 'userId', async userId => {
    const user = await administeredUser(visit.tx, visit.actor, userId)
    return user ? answer(user) : notFound()
  })

/** Whoever has a post that the actor may end: one whom they administer, or a guest. */
const onHolder = (visit: Visit, answer: (user: UserShown | Guest) => Promise<Answer>): Promise<Answer> =>
  withId(visit, 'userId', async userId => {
    const { tx, actor } = visit
    const user = (await administeredUser(tx, actor, userId)) ?? (await guestOf(tx, actor, userId))
    return user ? answer(user) : notFound()
  })

/** One on whose account the actor may act. */
const onUser = (visit: Visit, answer: (user: UserShown) => Promise<Answer>): Promise<Answer> =>
  seeUser(visit, async user => (mayAdminister(visit.actor, user) ? answer(user) : notFound()))
