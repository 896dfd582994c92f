import type { VNode } from 'preact'
import { type Actor, may } from '../platform/actor.ts'
import { londonDate } from '../platform/clock.ts'
import { formatDate } from '../platform/plain-date.ts'
import type { PageAnswer } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import type { Asset } from '../platform/web/static.ts'
import { type Link, renderDocument, WarningText } from '../ui/index.ts'
import { accountMenu, bandActions, mainNavigation, markedIn, openFor, waitingFor } from './navigation.ts'

export type Shell = {
  asset: Asset
  serviceName: string
  /** Said at the top of every page of a demonstration. */
  demonstration: string | undefined
  footer: readonly Link[]
  /** Whether text messages can go anywhere. */
  texting: boolean
}

/** Puts a page's body into the product: header with the search box, navigation, notice, footer, print heading. */
export async function renderPage(shell: Shell, visit: Visit, answer: PageAnswer, notice: string | undefined): Promise<string> {
  const { actor, clock } = visit
  const waiting = await waitingFor(visit)
  const open = await openFor(visit)
  const items = mainNavigation(visit, waiting, { texting: shell.texting, open })
  return renderDocument({
    title: answer.title,
    body: answer.body,
    wide: answer.layout === 'wide',
    asset: shell.asset,
    hasErrors: answer.hasErrors,
    serviceName: shell.serviceName,
    session: {
      name: actor.name,
      agencyName: actor.agencyName,
      posts: postsOf(actor),
      csrf: visit.form.csrf,
      canSearch: may(actor, 'read-records'),
      searched: visit.path === '/search' ? (visit.query.get('q') ?? '') : '',
      actions: bandActions(visit, waiting),
      menu: accountMenu(actor),
    },
    navigation: { items, current: markedIn(items, answer.section) },
    notice,
    demonstration: shell.demonstration,
    classification: answer.classification,
    quickExit: answer.quickExit,
    printHeader: `${answer.title} · printed ${formatDate(londonDate(clock.now()))} by ${actor.name}, ${actor.agencyName}`,
    footer: shell.footer,
  })
}

/** One log-in works in every post at once, whosever they are (M1g): whoever has several sees in which. */
function postsOf({ posts }: Actor): string[] {
  const each = [...new Set(posts.map(post => `${post.teamName}, ${post.agencyName}`))]
  return each.length > 1 ? each : []
}

/** A page for somebody who is not signed in, and the pages for when something is not there or has gone wrong. */
export function renderCalmPage(
  shell: Shell,
  title: string,
  body: preact.ComponentChildren,
  options: { hasErrors?: boolean; notice?: string | undefined; quickExit?: boolean | undefined; exitBy?: string | undefined } = {},
): string {
  return renderDocument({
    title,
    body,
    wide: false,
    asset: shell.asset,
    hasErrors: options.hasErrors,
    serviceName: shell.serviceName,
    notice: options.notice,
    quickExit: options.quickExit,
    exitBy: options.exitBy,
    demonstration: shell.demonstration,
    footer: shell.footer,
  })
}

/** Not there and not allowed read the same (deny by default). Nobody is led on to what they may not open either. */
export const notFoundFor = ({ mayFindPeople }: { mayFindPeople: boolean }) => (
  <>
    <h1 class="govuk-heading-l">Page not found</h1>
    <p class="govuk-body">
      If you typed the address, check that it is right. If you followed a link, the record may have been closed to you or merged with
      another.
    </p>
    <p class="govuk-body">
      You can{' '}
      {mayFindPeople ? (
        <>
          <a class="govuk-link" href="/search">
            find a person
          </a>{' '}
          or{' '}
        </>
      ) : null}
      go to{' '}
      <a class="govuk-link" href="/">
        your work
      </a>
      .
    </p>
  </>
)
/** The same for somebody who wrote there: what they typed is theirs, and is not lost. What it was about is not named. */
export const notOpenWithTyped = (typed: VNode) => (
  <>
    <h1 class="govuk-heading-l">It was not saved</h1>
    {WarningText({ text: 'This is no longer open to you.', iconFallbackText: 'Warning' })}
    <p class="govuk-body">
      It may have moved on, ended or been closed to you while you wrote. Nothing of what follows is kept: copy what matters.
    </p>
    <h2 class="govuk-heading-m">What you typed</h2>
    {typed}
    <p class="govuk-body">
      <a class="govuk-link" href="/">
        Go to your work
      </a>
    </p>
  </>
)
export const notFoundBody = notFoundFor({ mayFindPeople: true })

export const faultBody = (requestId: string) => (
  <>
    <h1 class="govuk-heading-l">Sorry, there is a problem with the service</h1>
    <p class="govuk-body">What you had saved is safe. Go back and try again in a moment; what you typed should still be there.</p>
    <p class="govuk-body">If it happens again, tell support this number: {requestId}</p>
  </>
)

/** More ask at once than can be served. Nobody is kept waiting for it. */
export const busyBody = (
  <>
    <h1 class="govuk-heading-l">Lanyard is very busy</h1>
    <p class="govuk-body">Too many people asked for something at the same moment. Nothing is lost and nothing was saved.</p>
    <p class="govuk-body">
      Wait a few seconds, then load this page again. If you were saving, let the browser send it again: it is never saved twice.
    </p>
  </>
)

/** A page for a refusal of the web itself: a file too large, a request that cannot be read. */
export function refusedBody(status: number) {
  const { title, words } = refusals[status] ?? { title: 'This page could not be read', words: 'Go back and try again.' }
  return (
    <>
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">{words} Nothing was saved.</p>
    </>
  )
}

const refusals: Readonly<Record<number, { title: string; words: string }>> = {
  409: { title: 'Somebody has just left their agency', words: 'Go back and choose again who it is for.' },
  413: { title: 'That is too large to send', words: 'Send a smaller file, or shorten the text.' },
}
