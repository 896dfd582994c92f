import { paths } from '../../paths.ts'
import { isId } from '../../platform/id.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, type FieldError, Form } from '../../ui/index.ts'
import { formPage } from '../frame.tsx'
import { isOfAuthority, mayChangePosts, mayEndPost, mayGive, opensWhatTheySetUp } from '../rights.ts'
import { endPost, givePost } from './change-user.ts'
import { readPost } from './read-user.ts'
import { PostFields } from './user-form.tsx'
import { allowedIn, allRoles, type Guest, type PostRow, placesFor, postsOf, stillAdministers, type UserShown } from './users.queries.ts'

type Holder = UserShown | Guest
type Shown = { place: string; role: string; errors: readonly FieldError[] }

/** One more post for a user. */
export async function addPostPage(visit: Visit, user: UserShown, shown: Shown = { place: '', role: '', errors: [] }): Promise<Answer> {
  if (!mayChangePosts(visit.actor, user) || user.status === 'disabled') return notFound()
  const { places, roles } = await choices(visit, user)
  return formPage(
    { href: paths.users.show(user.id), text: user.name },
    `Give ${user.name} a post`,
    shown.errors,
    <Form action={paths.users.addPost(user.id)} {...visit.form}>
      <PostFields places={places} roles={roles} chosen={shown} errors={shown.errors} />
      <Button>Give the post</Button>
    </Form>,
  )
}

/** The authority may place somebody in another agency's team; an agency's own administrator only in their own. */
async function choices({ tx, actor }: Visit, user: UserShown) {
  const places = await placesFor(tx, actor)
  return {
    places: isOfAuthority(actor) ? places : places.filter(place => place.agency === user.agency),
    roles: (await allRoles(tx)).filter(role => mayGive(actor, role)),
  }
}

export async function addPost(visit: Visit, user: UserShown): Promise<Answer> {
  const { tx, fields, actor } = visit
  if (!mayChangePosts(actor, user) || user.status === 'disabled') return notFound()
  const { places, roles } = await choices(visit, user)
  const { place, role, errors } = readPost(fields, places, roles)
  if (
    place &&
    role &&
    !isOfAuthority(actor) &&
    opensWhatTheySetUp([...role.capabilities, ...(await allowedIn(tx, user.id, place.agency))])
  ) {
    const message = `${user.name} would set up users and read records as well: only the authority gives somebody both`
    errors.push({ field: 'role', message })
  }
  if (!place || !role || errors.length > 0)
    return addPostPage(visit, user, { place: fields.text('place'), role: fields.text('role'), errors })
  await givePost(visit, user, place, role)
  return redirect(paths.users.show(user.id), { notice: `${user.name} is now ${role.name}, ${place.team}, ${place.agencyName}.` })
}

export async function endPostPage(visit: Visit, user: Holder): Promise<Answer> {
  const post = await endablePost(visit, user)
  if (!post) return notFound()
  if (await wouldLeaveNobody(visit, post)) return refusal(user, post)
  return formPage(
    { href: paths.users.show(user.id), text: user.name },
    titleOf(post),
    [],
    <>
      <p class="govuk-body">
        {user.name} stops seeing what this post opens to them, at once. What they have written stays. Cases that they work stay in their
        name until their team hands them over.
      </p>
      <p class="govuk-body">
        Where it is their last post in {post.agencyName}, they also leave what they had for it: cases, meetings, episodes and what was
        shared with them by name. A new post does not bring it back.
      </p>
      <Form action={paths.users.endPost(user.id, post.id)} {...visit.form}>
        <Button classes="govuk-button--warning">End the post</Button>
      </Form>
    </>,
  )
}

export async function endPostConfirmed(visit: Visit, user: Holder): Promise<Answer> {
  const post = await endablePost(visit, user)
  if (post && (await wouldLeaveNobody(visit, post))) return refusal(user, post)
  if (!post || !(await endPost(visit, user, post.id))) return notFound()
  return redirect(paths.users.show(user.id), { notice: `The post ${post.role}, ${post.team} has been ended.` })
}

const titleOf = (post: PostRow) => `End the post ${post.role}, ${post.team}`

/** Whoever ends the post of an administrator of the authority must be one afterwards: somebody is left who can give such a post. */
const wouldLeaveNobody = async ({ tx, actor }: Visit, post: PostRow): Promise<boolean> =>
  post.administersAuthority && !(await stillAdministers(tx, actor, { post: post.id }))

const refusal = (user: Holder, post: PostRow): Answer =>
  formPage(
    { href: paths.users.show(user.id), text: user.name },
    titleOf(post),
    [],
    <p class="govuk-body">
      You hold no other post that administers the authority, and somebody must be left who can. Give somebody else such a post first: they
      can then end this one.
    </p>,
  )

/** Whoever administers the account ends any post of it but the authority's; whoever administers the agency that a post is in, that one. */
async function endablePost({ tx, actor, params }: Visit, user: Holder) {
  const postId = params['postId'] ?? ''
  if (!isId(postId)) return undefined
  const post = (await postsOf(tx, user.id)).find(one => one.id === postId && one.endedAt === null)
  if (!post) return undefined
  return mayEndPost(actor, user, post) ? post : undefined
}
