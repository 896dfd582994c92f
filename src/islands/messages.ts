/**
 * A conversation that stands open is told of new messages (server-sent events), shows them in their place and says politely who wrote. What is
 * being typed is never touched. A hidden page lets go of its line and asks for what it missed when it is looked at again: browsers allow one
 * address six lines. Without script, or while the line is gone, it is an ordinary page.
 */
const place = document.querySelector<HTMLElement>('[data-live]')
if (place && 'EventSource' in window) live(place)

function live(place: HTMLElement): void {
  const address = new URL(place.dataset.live ?? '', location.href)
  const isList = place.dataset.liveList !== undefined
  const status = document.querySelector<HTMLElement>('[data-live-status]')
  const line = document.querySelector<HTMLElement>('[data-live-line]')
  const form = document.querySelector<HTMLFormElement>('form[data-answer]')
  let after = address.searchParams.get('after') ?? ''
  let source: EventSource | undefined
  let wait = 1_000
  let timer: ReturnType<typeof setTimeout> | undefined
  let ended = false

  const open = () => {
    clearTimeout(timer)
    if (ended || source || document.hidden) return
    address.searchParams.set('after', after)
    address.searchParams.set('unattended', '')
    source = new EventSource(address)
    source.onopen = () => {
      wait = 1_000
      say('')
    }
    source.onerror = () => {
      // A browser comes again by itself when a line breaks, and gives up when it was answered that it may not, or not now.
      say('Not connected. New messages are shown when the connection is back.')
      if (source?.readyState !== EventSource.CLOSED) return
      close()
      timer = setTimeout(open, wait + Math.random() * 500)
      wait = Math.min(wait * 2, 30_000)
    }
    for (const [name, heard] of Object.entries(heards))
      source.addEventListener(name, event => {
        const { data, lastEventId } = event as MessageEvent<string>
        if (lastEventId) after = lastEventId
        heard(data)
      })
  }

  const close = () => {
    source?.close()
    source = undefined
  }

  const end = (words: string) => {
    ended = true
    close()
    say(words)
  }

  const say = (words: string) => {
    if (!line) return
    line.hidden = words === ''
    line.textContent = words
  }

  const heards: Record<string, (data: string) => void> = {
    message: html => {
      show(html)
      void markRead()
    },
    // Who can be called by name, when somebody has come or gone.
    members: names => form?.querySelector<HTMLElement>('[data-names]')?.setAttribute('data-names', names),
    unread: () => void showList(),
    reload: () => end('There are many new messages. Load the page again to read them.'),
    // Signed out, or not to be seen by this reader any more: nothing of it stays on the screen but what they were writing.
    closed: () => {
      place.replaceChildren()
      document.title = 'Messages – Lanyard'
      end('You are signed out, or this conversation is no longer open to you. Load the page again.')
    },
    crowded: () => end('Messages are open in too many tabs. Load the page again to read what is new.'),
  }

  const show = (html: string) => {
    const made = document.createElement('template')
    made.innerHTML = html
    const message = made.content.querySelector<HTMLElement>('[data-message]')
    if (!message) return
    const old = document.getElementById(message.id)
    if (old) {
      old.replaceWith(message)
      return
    }
    const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 200
    place.append(message)
    if (atEnd) message.scrollIntoView({ block: 'nearest' })
    if (status && message.dataset.own === undefined) {
      const words = message.querySelector('[data-words]')?.textContent?.trim() ?? ''
      status.textContent = `${message.querySelector('[data-author]')?.textContent ?? ''}: ${words.slice(0, 200)}`
    }
  }

  /** The list as it is now. Whoever is at a link of it stays there. */
  const showList = async () => {
    if (!isList) return
    try {
      const answer = await fetch(location.href, { headers: { 'x-lanyard-unattended': '1' } })
      if (!answer.ok || answer.redirected) return
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const list = page.querySelector('[data-live]')
      const at = place.contains(document.activeElement) ? document.activeElement?.getAttribute('href') : null
      if (list) place.replaceChildren(...list.childNodes)
      if (at) place.querySelector<HTMLElement>(`a[href="${CSS.escape(at)}"]`)?.focus()
    } catch {
      // The line is gone: the list is shown anew with the next event.
    }
  }

  const markRead = async () => {
    const { markRead: to, csrf } = place.dataset
    if (!to || !csrf || document.hidden) return
    const numbers = [...place.querySelectorAll<HTMLElement>('[data-number]')].map(one => Number(one.dataset.number))
    const body = new URLSearchParams({ _csrf: csrf, through: String(Math.max(0, ...numbers)) })
    await fetch(to, { method: 'POST', body, redirect: 'manual', headers: { 'x-lanyard-fetch': '1', 'x-lanyard-unattended': '1' } }).catch(
      () => {},
    )
  }

  document.addEventListener('visibilitychange', () => {
    if (document.hidden) close()
    else open()
  })
  addEventListener('pagehide', close)
  addEventListener('pageshow', open)
  open()
  if (form) answer(form, say)
}

/** Sends without leaving the page; the message comes back on the line like everybody's. What was not sent stays in the box. */
function answer(form: HTMLFormElement, say: (words: string) => void): void {
  const words = form.querySelector<HTMLTextAreaElement>('textarea')
  let sending = false
  form.addEventListener('submit', event => {
    const typed = new FormData(form)
    const file = typed.get('file')
    // A document, or what has to be put right, is for the page.
    if ((file instanceof File && file.name !== '') || typed.get('link') || typed.get('document') || !words?.value.trim()) return
    event.preventDefault()
    if (!sending) void send(typed)
  })
  words?.addEventListener('keydown', event => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit()
  })

  async function send(typed: FormData): Promise<void> {
    if (!words) return
    sending = true
    const sent = words.value
    const body = new URLSearchParams({ _live: '1' })
    for (const [name, value] of typed) if (typeof value === 'string') body.append(name, value)
    try {
      const reply = await fetch(form.action, { method: 'POST', body, headers: { 'x-lanyard-fetch': '1' } })
      const type = reply.headers.get('content-type') ?? ''
      if (reply.status === 401) {
        say('Not sent: you have been signed out. What you wrote is still here. Sign in in a new tab, then press Send again.')
      } else if (reply.ok && type.includes('json')) {
        const { once } = (await reply.json()) as { once: string }
        form.querySelector<HTMLInputElement>('[name=_once]')!.value = once
        if (words.value === sent) words.value = ''
        say('')
      } else if (reply.redirected || reply.status === 422 || reply.status === 404) {
        // Sent before, signed in again meanwhile, or something to put right: the page says which, and keeps what was typed.
        form.submit()
      } else throw new Error()
    } catch {
      say('Not sent: there is no connection. What you wrote is still here. Send it again in a moment.')
    } finally {
      sending = false
    }
  }
}
