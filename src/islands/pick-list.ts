/**
 * Typing help over a long pick-list: a box takes some letters of any of the words of what is looked for and shows what fits. The list stays
 * behind it, holds the answer and is what is sent; without script there is the list alone. As the pattern of a combobox with a list asks
 * (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). What stands in the box when it is left is always what will be sent.
 */

/** So many are read through as quickly as they are typed for. */
const readThrough = 15

/** Puts a box over each long list in this part of the page that has none yet. */
export function pickLists(part: ParentNode): void {
  for (const list of part.querySelectorAll<HTMLSelectElement>('select:not([multiple], [hidden])'))
    if (list.options.length > readThrough) pickList(list)
}

function pickList(list: HTMLSelectElement): void {
  const { id } = list
  const label = document.querySelector(`label[for="${CSS.escape(id)}"]`)
  if (!id || !label) return
  label.id ||= `${id}-label`
  const choices = [...list.options].filter(option => !option.disabled && !isPrompt(option))
  const box = make('input', {
    type: 'text',
    id,
    className: list.className.replaceAll('govuk-select', 'govuk-input'),
    autocomplete: 'off',
    spellcheck: false,
    disabled: list.disabled,
  })
  const shown = make('ul', { id: `${id}-list`, className: 'ly-pick__list', hidden: true })
  const status = make('span', { className: 'govuk-visually-hidden' })
  set(box, { role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': shown.id })
  const describedBy = list.getAttribute('aria-describedby')
  if (describedBy) set(box, { 'aria-describedby': describedBy })
  set(shown, { role: 'listbox', 'aria-labelledby': label.id })
  set(status, { role: 'status' })
  const hadFocus = document.activeElement === list
  const place = make('div', { className: 'ly-pick' })
  list.before(place)
  list.id = `${id}-select`
  list.hidden = true
  place.append(box, shown, list, status)
  let fitting: HTMLOptionElement[] = []
  let at = -1

  const chosen = () => (list.selectedOptions[0] && !isPrompt(list.selectedOptions[0]) ? list.selectedOptions[0].text : '')
  const isOpen = () => !shown.hidden

  function open(typed: string): void {
    const words = plain(typed).split(' ').filter(Boolean)
    fitting = choices.filter(option => words.every(word => ` ${plain(option.text)}`.includes(` ${word}`)))
    shown.replaceChildren(
      ...(fitting.length > 0 ? fitting : [undefined]).map((option, place) => {
        const line = make('li', { id: `${shown.id}-${place}`, textContent: option?.text ?? 'Nothing in the list fits' })
        set(line, { role: 'option', 'aria-selected': 'false', ...(option ? {} : { 'aria-disabled': 'true' }) })
        return line
      }),
    )
    shown.hidden = false
    set(box, { 'aria-expanded': 'true' })
    go(-1)
    const how = fitting.length === 1 ? '1 choice' : `${fitting.length} choices`
    status.textContent = fitting.length === 0 ? 'Nothing in the list fits' : `${how}, up and down arrow to go through them`
  }

  function close(): void {
    shown.hidden = true
    set(box, { 'aria-expanded': 'false' })
    box.removeAttribute('aria-activedescendant')
    status.textContent = ''
    at = -1
  }

  function go(to: number): void {
    shown.children[at]?.setAttribute('aria-selected', 'false')
    at = to
    const line = fitting[to] && shown.children[to]
    box.removeAttribute('aria-activedescendant')
    if (!line) return
    set(line, { 'aria-selected': 'true' })
    set(box, { 'aria-activedescendant': line.id })
    line.scrollIntoView({ block: 'nearest' })
  }

  function choose(option: HTMLOptionElement): void {
    const isNew = !option.selected
    option.selected = true
    box.value = chosen()
    close()
    if (isNew) for (const kind of ['input', 'change']) list.dispatchEvent(new Event(kind, { bubbles: true }))
  }

  /** What was typed and is nothing in the list does not stay: it would look like an answer. */
  function leave(): void {
    const typed = plain(box.value)
    const prompt = [...list.options].find(isPrompt)
    const same = typed === '' ? prompt : choices.find(option => plain(option.text) === typed)
    const option = fitting[at] ?? (box.value === chosen() ? undefined : same)
    if (option) choose(option)
    else {
      box.value = chosen()
      close()
    }
  }

  box.value = chosen()
  box.addEventListener('focus', () => box.select())
  box.addEventListener('click', () => isOpen() || open(''))
  for (const kind of ['input', 'change'])
    box.addEventListener(kind, event => {
      // Nothing is answered until something is chosen: a form that saves itself need not hear of letters.
      event.stopPropagation()
      if (kind === 'input') open(box.value)
    })
  box.addEventListener('blur', leave)
  box.addEventListener('keydown', event => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (!isOpen()) open(box.value === chosen() ? '' : box.value)
      const step = event.key === 'ArrowDown' ? 1 : -1
      go(at < 0 ? (step === 1 ? 0 : fitting.length - 1) : (at + step + fitting.length) % fitting.length)
    } else if (isOpen() && event.key === 'Enter') {
      event.preventDefault()
      const only = fitting.length === 1 ? fitting[0] : undefined
      const option = fitting[at] ?? only
      if (option) choose(option)
    } else if (isOpen() && event.key === 'Escape') {
      event.preventDefault()
      box.value = chosen()
      close()
    }
  })
  // A press on a line must not take the cursor out of the box first.
  shown.addEventListener('mousedown', event => event.preventDefault())
  shown.addEventListener('click', event => {
    const option = fitting[[...shown.children].indexOf((event.target as Element).closest('li')!)]
    if (option) choose(option)
  })
  if (hadFocus) box.focus()
}

/** 'Select', where nothing is chosen yet, is no choice; 'Nobody' is one. */
function isPrompt({ value, text }: HTMLOptionElement): boolean {
  return value === '' && /^(Select|Choose|$)/.test(text)
}

/** Without capitals, accents and signs: O’Brien is found by "brien", Zoë by "zoe". */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

function make<K extends keyof HTMLElementTagNameMap>(tag: K, properties: Partial<HTMLElementTagNameMap[K]>): HTMLElementTagNameMap[K] {
  return Object.assign(document.createElement(tag), properties)
}

function set(element: Element, attributes: Record<string, string>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
}
