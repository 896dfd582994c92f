/**
 * Keys that lead somewhere: `/` to the search box, and those that a link of the band names by `aria-keyshortcuts`. They do nothing while somebody
 * types, and whoever speaks to their computer or presses keys by accident turns them off (WCAG 2.1.4): that is kept in this browser.
 */
const name = 'lanyard-shortcuts'

export function areOn(): boolean {
  try {
    return localStorage.getItem(name) !== 'off'
  } catch {
    // A browser that keeps nothing: they are as they come.
    return true
  }
}

export function turn(on: boolean): void {
  if (on) localStorage.removeItem(name)
  else localStorage.setItem(name, 'off')
}

export function listenForShortcuts(): void {
  if (!areOn()) {
    for (const link of document.querySelectorAll('[aria-keyshortcuts]')) link.removeAttribute('aria-keyshortcuts')
    return
  }
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || isTyping(event.target) || !areOn()) return
    if (event.key === '/' && !event.altKey) return toSearch(event)
    if (!event.altKey || !event.shiftKey) return
    // By the place of the key: with Alt the letter is another one on some keyboards.
    const link = document.querySelector<HTMLElement>(`[aria-keyshortcuts="Alt+Shift+${event.code.replace('Key', '')}"]`)
    if (!link) return
    event.preventDefault()
    link.click()
  })
}

function toSearch(event: KeyboardEvent): void {
  const box = document.querySelector<HTMLInputElement>('input[type=search][name=q]')
  if (!box) return
  event.preventDefault()
  box.focus()
  box.select()
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}
