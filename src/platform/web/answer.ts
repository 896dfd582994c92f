import type { Readable } from 'node:stream'
import type { VNode } from 'preact'

/** What a handler answers. It is sent only after the request's transaction has been committed. */
export type Answer = PageAnswer | RedirectAnswer | NotFoundAnswer | FileAnswer | FragmentAnswer | JsonAnswer

export type PageAnswer = {
  kind: 'page'
  status: number
  /** Names the page, then the case or person, then the service: `Edit address – PENROSE, Jago`. */
  title: string
  body: VNode
  /** Set when the page shows an error summary: the title then begins with "Error: ". */
  hasErrors: boolean
  /** Which item of the main navigation this page belongs to. */
  section?: string
  /** `wide` for people who use it all day; `calm` for sign-in and outsiders. */
  layout: 'wide' | 'calm'
  classification?: string
  /** Shows "Exit this page" and a neutral title: for pages that a victim may have open beside someone. */
  quickExit?: boolean
  /** An address of ours by which that leaves, where something has to be put away on the way; it leads on elsewhere at once. */
  exitBy?: string
  /** The browser asks for the page again after so many seconds: for work that goes on behind it. Say so on the page, and how to stop it. */
  refreshAfter?: number
  /** The browser goes on there by itself. For an address elsewhere, which the answer to a form may not redirect to (form-action); say so on the page, with a link. */
  leadsOnTo?: string
}
export type RedirectAnswer = { kind: 'redirect'; to: string; notice?: string; cookies?: readonly CookieChange[] }
/** `typed` is what whoever is told so had written there themself. */
export type NotFoundAnswer = { kind: 'not-found'; typed?: VNode }
export type FileAnswer = {
  kind: 'file'
  content: Readable | Buffer | string
  type: string
  /** The name under which it is saved. With `inline` the browser shows it instead. */
  name: string
  inline?: boolean
  /** Headers of its own, such as a stricter content policy for what somebody else has made. */
  headers?: Readonly<Record<string, string>>
}
export type FragmentAnswer = { kind: 'fragment'; body: VNode; status: number }
export type JsonAnswer = { kind: 'json'; body: unknown; status: number }
export type CookieChange = { name: string; value: string; maxAgeSeconds?: number } | { name: string; clear: true }

type PageOptions = Partial<Omit<PageAnswer, 'kind' | 'title' | 'body'>>

/** A whole page. Pass `hasErrors` when its error summary has something in it; the status is then 422. */
export function page(title: string, body: VNode, options: PageOptions = {}): PageAnswer {
  const hasErrors = options.hasErrors ?? false
  return { kind: 'page', status: hasErrors ? 422 : 200, layout: 'wide', ...options, hasErrors, title, body }
}

/** After a change: look at the result. The notice is shown once on the page that it leads to. */
export function redirect(to: string, options: { notice?: string; cookies?: readonly CookieChange[] } = {}): RedirectAnswer {
  return { kind: 'redirect', to, ...options }
}

/**
 * Not there, or not this actor's to see: the two read the same. Whoever posted words there gets them back (`typed`), which says nothing of what is there:
 * they are what they sent.
 */
export const notFound = (typed?: VNode | null): NotFoundAnswer => ({ kind: 'not-found', ...(typed ? { typed } : {}) })
export const file = (answer: Omit<FileAnswer, 'kind'>): FileAnswer => ({ kind: 'file', ...answer })
export const fragment = (body: VNode, status = 200): FragmentAnswer => ({ kind: 'fragment', body, status })
export const json = (body: unknown, status = 200): JsonAnswer => ({ kind: 'json', body, status })
