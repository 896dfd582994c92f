import { type AsAnswered, showAsAnswered } from './as-answered.ts'
import { isTypedInto } from './typed-before.ts'

/**
 * Saves a form while it is typed into: a moment after typing stops, at once after a choice, and when the page is left. Words are kept
 * by the server alone, never by the browser: the next person at a shared computer must not find them. What could not be saved stays
 * on the page, which says so, and goes when the connection or the session is back.
 *
 * For `<form data-autosave="address">`. The address answers JSON: `{ ok, message }` or, for forms, all of `Reply`. What it says is put
 * into `[data-saved]`, made at the foot of the form where there is none.
 */

/** What the server answers (src/forms/pages/autosave.ts). */
type Reply = {
  state?: 'saved' | 'clash' | 'closed'
  ok?: boolean
  saved?: string
  others?: string
  message?: string
  href?: string
  link?: string
  bases?: Record<string, string>
} & AsAnswered

const pause = 1_500
const heartbeat = 60_000
// The browser lets a leaving page send no more than this.
const farewellBytes = 60_000

function autosave(form: HTMLFormElement, address: string): void {
  let typed = 0
  let kept = 0
  let underWay = 0
  let timer = 0
  let failures = 0
  let isSaving = false
  let isOver = false
  const status = document.querySelector<HTMLElement>('[data-saved]') ?? statusIn(form)
  const others = document.querySelector<HTMLElement>('[data-others]')

  const soon = (delay: number) => {
    clearTimeout(timer)
    timer = window.setTimeout(() => void save(), delay)
  }
  const changed = (event: Event) => {
    typed += 1
    const isChoice =
      event.target instanceof HTMLSelectElement ||
      (event.target instanceof HTMLInputElement && /^(radio|checkbox)$/.test(event.target.type))
    if (!isOver) soon(isChoice ? 50 : pause)
  }

  async function save(leaving = false): Promise<void> {
    // On the way out nothing waits for a save that is under way with fewer words.
    if (isOver || (isSaving && !(leaving && typed > underWay))) return
    isSaving = true
    const upTo = typed
    underWay = upTo
    try {
      const body = new URLSearchParams()
      for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value)
      const answer = await fetch(address, {
        method: 'POST',
        body,
        // With nothing typed since it was last kept, nobody may be there: it does not hold the session open.
        headers: { 'x-lanyard-fetch': '1', ...(typed === kept && { 'x-lanyard-unattended': '1' }) },
        keepalive: leaving && String(body).length < farewellBytes,
      })
      const isOurs = answer.headers.get('content-type')?.startsWith('application/json')
      if (answer.status === 401) return signedOut()
      // A page in place of an answer: the session is a new one, so the form's proof is old.
      if (answer.ok && !isOurs) return (await renewed()) ? soon(0) : signedOut()
      if (!answer.ok || !isOurs) throw new Error(String(answer.status))
      failures = 0
      kept = upTo
      show((await answer.json()) as Reply)
    } catch {
      failures += 1
      say('Not saved: no connection. Your words are on this page; it goes on trying.')
      soon(Math.min(30_000, 2_000 * 2 ** failures))
    } finally {
      isSaving = false
      if (!isOver && failures === 0 && typed > upTo) soon(pause)
    }
  }

  function show(reply: Reply): void {
    for (const [section, words] of Object.entries(reply.bases ?? {})) {
      const base = form.elements.namedItem(`_base-${section}`)
      if (base instanceof HTMLInputElement) base.value = words
    }
    say(reply.saved ?? reply.message ?? '', reply.href, reply.link)
    if (reply.state === 'clash' || reply.state === 'closed') {
      isOver = true
      return
    }
    if (!reply.state) return
    if (others && others.textContent !== reply.others) others.textContent = reply.others ?? ''
    showAsAnswered(form, reply)
  }

  function say(words: string, href?: string, link?: string): void {
    if (status.textContent === words && !href) return
    status.textContent = words
    if (!href) return
    const anchor = Object.assign(document.createElement('a'), { href, className: 'govuk-link', textContent: link ?? '' })
    if (link?.includes('new tab')) anchor.target = '_blank'
    status.append(' ', anchor)
  }

  function signedOut(): void {
    failures = 1
    say(
      'Not saved: you have been signed out. Your words are still on this page.',
      `/sign-in?return=${encodeURIComponent(location.pathname)}`,
      'Sign in in a new tab, then come back here',
    )
  }

  /** After signing in again in another tab: takes the new session's proof, so that this page can save once more. */
  async function renewed(): Promise<boolean> {
    const page = await fetch(location.href, { headers: { 'x-lanyard-fetch': '1' } })
    const proof = page.ok ? /name="_csrf" value="([^"]+)"/.exec(await page.text())?.[1] : undefined
    const fields = document.querySelectorAll<HTMLInputElement>('input[name=_csrf]')
    if (!proof || fields[0]?.value === proof) return false
    for (const field of fields) field.value = proof
    return true
  }

  form.addEventListener('input', changed)
  if (isTypedInto(form)) {
    typed += 1
    soon(pause)
  }
  form.addEventListener('submit', () => {
    isOver = true
    clearTimeout(timer)
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' ? failures > 0 : typed > kept) void save(document.visibilityState === 'hidden')
  })
  window.addEventListener('pagehide', () => {
    if (typed > kept) void save(true)
  })
  window.addEventListener('pageshow', event => {
    if (event.persisted) isOver = false
  })
  window.addEventListener('beforeunload', event => {
    if (!isOver && failures > 0 && typed > kept) event.preventDefault()
  })
  // Says to others that this page is open, and learns of them.
  window.setInterval(() => {
    if (others && document.visibilityState === 'visible' && failures === 0) void save()
  }, heartbeat)
}

function statusIn(form: HTMLFormElement): HTMLElement {
  const status = document.createElement('p')
  status.className = 'govuk-body-s'
  status.setAttribute('role', 'status')
  form.append(status)
  return status
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-autosave]')) autosave(form, form.dataset.autosave ?? '')
