import { listbox, make, plain, set } from './listbox.ts'

/**
 * Typing help over a long pick-list: a box takes some letters of any of the words of what is looked for and shows what fits. The list stays
 * behind it, holds the answer and is what is sent; without script there is the list alone. What stands in the box when it is left is what will be
 * sent, or it says beside the box that it is not.
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
  set(box, { role: 'combobox' })
  const describedBy = list.getAttribute('aria-describedby')
  if (describedBy) set(box, { 'aria-describedby': describedBy })
  const hadFocus = document.activeElement === list
  const place = make('div', { className: 'ly-pick' })
  list.before(place)
  list.id = `${id}-select`
  list.hidden = true
  const shown = listbox<HTMLOptionElement>(box, place, {
    id,
    named: { 'aria-labelledby': label.id },
    wordsOf: option => option.text,
    choose,
  })
  place.append(list)
  let fitting: HTMLOptionElement[] = []

  const chosen = () => (list.selectedOptions[0] && !isPrompt(list.selectedOptions[0]) ? list.selectedOptions[0].text : '')

  function open(typed: string): void {
    const words = plain(typed).split(' ').filter(Boolean)
    fitting = choices.filter(option => words.every(word => ` ${plain(option.text)}`.includes(` ${word}`)))
    shown.open(fitting, 'Nothing in the list fits')
  }

  function choose(option: HTMLOptionElement): void {
    const isNew = !option.selected
    option.selected = true
    box.value = chosen()
    shown.close()
    refuse(false)
    if (isNew) for (const kind of ['input', 'change']) list.dispatchEvent(new Event(kind, { bubbles: true }))
  }

  /** What was typed and is nothing in the list does not stay over an answer: it would look like one. With no answer yet it stays, and is said to be none. */
  function leave(): void {
    const typed = plain(box.value)
    const prompt = [...list.options].find(isPrompt)
    const same = typed === '' ? prompt : choices.find(option => plain(option.text) === typed)
    const option = shown.at() ?? (box.value === chosen() ? undefined : same)
    const isNothing = !option && typed !== '' && chosen() === ''
    if (option) choose(option)
    else {
      if (!isNothing) box.value = chosen()
      shown.close()
    }
    refuse(isNothing)
  }

  const error = make('p', { id: `${id}-not-chosen`, className: 'govuk-error-message', hidden: true })
  set(error, { role: 'alert' })
  place.before(error)
  function refuse(isNothing: boolean): void {
    error.hidden = !isNothing
    error.textContent = isNothing ? `Nothing is chosen yet: “${box.value.trim()}” is not in the list. Choose from the list` : ''
    box.classList.toggle('govuk-input--error', isNothing || list.classList.contains('govuk-select--error'))
    const described = [describedBy, isNothing && error.id].filter(Boolean).join(' ')
    if (described) set(box, { 'aria-describedby': described })
    else box.removeAttribute('aria-describedby')
  }

  box.value = chosen()
  box.addEventListener('focus', () => box.select())
  box.addEventListener('click', () => shown.isOpen() || open(''))
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
      if (!shown.isOpen()) open(box.value === chosen() ? '' : box.value)
      shown.go(event.key === 'ArrowDown' ? 1 : -1)
    } else if (shown.isOpen() && event.key === 'Enter') {
      event.preventDefault()
      const option = shown.at() ?? (fitting.length === 1 ? fitting[0] : undefined)
      if (option) choose(option)
    } else if (shown.isOpen() && event.key === 'Escape') {
      event.preventDefault()
      box.value = chosen()
      shown.close()
      refuse(false)
    }
  })
  if (hadFocus) box.focus()
}

/** 'Select', where nothing is chosen yet, is no choice; 'Nobody' is one. */
function isPrompt({ value, text }: HTMLOptionElement): boolean {
  return value === '' && /^(Select|Choose|$)/.test(text)
}
