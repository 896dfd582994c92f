/**
 * A list of choices shown at a box that keeps the cursor, as the pattern of a combobox with a listbox asks
 * (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). Who uses it says what stands in it, and what a choice does.
 */
export type Listbox<T> = {
  isOpen(): boolean
  /** Shows these; with none, the words of `ifNone`, or nothing at all. What it holds is said to a screen reader. */
  open(choices: readonly T[], ifNone?: string): void
  close(): void
  /** To the next or the one before, round and round. */
  go(step: 1 | -1): void
  /** The choice that the arrows are at. */
  at(): T | undefined
}

type Box = HTMLInputElement | HTMLTextAreaElement
type Named = { 'aria-label': string } | { 'aria-labelledby': string }

/** Puts the list at the box, which goes into `place` with it. */
export function listbox<T>(
  box: Box,
  place: HTMLElement,
  { id, named, wordsOf, choose }: { id: string; named: Named; wordsOf: (choice: T) => string; choose: (choice: T) => void },
): Listbox<T> {
  const list = make('ul', { id: `${id}-list`, className: 'ly-pick__list', hidden: true })
  const status = make('span', { className: 'govuk-visually-hidden' })
  set(list, { role: 'listbox', ...named })
  set(status, { role: 'status' })
  set(box, { 'aria-autocomplete': 'list', 'aria-controls': list.id })
  place.append(box, list, status)
  let shown: readonly T[] = []
  let at = -1

  /** Of a box of several lines a screen reader is told by the status alone: those are never expanded. */
  const expanded = (is: boolean) => box.getAttribute('role') === 'combobox' && set(box, { 'aria-expanded': String(is) })

  function open(choices: readonly T[], ifNone = ''): void {
    close()
    if (choices.length === 0 && ifNone === '') return
    shown = choices
    list.replaceChildren(
      ...(choices.length > 0 ? choices.map(wordsOf) : [ifNone]).map((textContent, place) => {
        const line = make('li', { id: `${list.id}-${place}`, textContent })
        set(line, { role: 'option', 'aria-selected': 'false', ...(choices.length > 0 ? {} : { 'aria-disabled': 'true' }) })
        return line
      }),
    )
    list.hidden = false
    expanded(true)
    const how = choices.length === 1 ? '1 choice' : `${choices.length} choices`
    status.textContent = choices.length === 0 ? ifNone : `${how}, up and down arrow to go through them`
  }

  function close(): void {
    list.hidden = true
    expanded(false)
    box.removeAttribute('aria-activedescendant')
    status.textContent = ''
    shown = []
    at = -1
  }

  function moveTo(to: number): void {
    list.children[at]?.setAttribute('aria-selected', 'false')
    at = to
    const line = shown[to] !== undefined && list.children[to]
    box.removeAttribute('aria-activedescendant')
    if (!line) return
    set(line, { 'aria-selected': 'true' })
    set(box, { 'aria-activedescendant': line.id })
    line.scrollIntoView({ block: 'nearest' })
  }

  // A press on a line must not take the cursor out of the box first.
  list.addEventListener('mousedown', event => event.preventDefault())
  list.addEventListener('click', event => {
    const choice = shown[[...list.children].indexOf((event.target as Element).closest('li')!)]
    if (choice !== undefined) choose(choice)
  })
  expanded(false)

  return {
    isOpen: () => !list.hidden,
    open,
    close,
    go: step => moveTo(at < 0 ? (step === 1 ? 0 : shown.length - 1) : (at + step + shown.length) % shown.length),
    at: () => shown[at],
  }
}

/** Without capitals, accents and signs: O’Brien is found by "brien", Zoë by "zoe". */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]>,
): HTMLElementTagNameMap[K] {
  return Object.assign(document.createElement(tag), properties)
}

export function set(element: Element, attributes: Record<string, string>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
}
