import { type Listbox, listbox, make, plain } from './listbox.ts'

/**
 * Offers names where an @ is typed in a message: those of `data-names`, which are the people of that conversation and nobody else. The first is chosen
 * with Enter, another with the arrows, none with Escape; whoever types on is left alone. Without script the whole name is typed by hand.
 */
type Callable = { name: string; words: string }

/** From an @ that begins a word to the cursor. */
const beingCalled = /(?<![\p{L}\p{N}])@([^@\n]{0,60})$/u

for (const box of document.querySelectorAll<HTMLTextAreaElement>('textarea[data-names]')) offerNames(box)

function offerNames(box: HTMLTextAreaElement): void {
  const hadFocus = document.activeElement === box
  const place = make('div', { className: 'ly-pick ly-pick--words' })
  box.before(place)
  const names: Listbox<Callable> = listbox(box, place, {
    id: box.id,
    named: { 'aria-label': 'People in this conversation' },
    wordsOf: one => one.words,
    choose: call,
  })
  if (hadFocus) box.focus()

  const typed = () => (box.selectionStart === box.selectionEnd ? beingCalled.exec(box.value.slice(0, box.selectionStart))?.[1] : undefined)

  function offer(): void {
    const called = plain(typed() ?? '')
    // Read each time: whoever comes or goes while the page stands open is among them, or no longer.
    const all = typed() === undefined ? [] : (JSON.parse(box.dataset.names ?? '[]') as Callable[])
    const fitting = all.filter(({ name }) => ` ${plain(name)}`.includes(` ${called}`))
    const isWhole = fitting.every(({ name }) => plain(name) === called)
    names.open(isWhole ? [] : fitting)
    if (names.isOpen()) names.go(1)
  }

  function call({ name }: Callable): void {
    const end = box.selectionStart
    const start = end - (typed()?.length ?? 0)
    const after = /^[\s.,;:!?)]/.test(box.value.slice(end)) ? '' : ' '
    box.setRangeText(name + after, start, end, 'end')
    // For whatever listens to what is typed; another name may begin with this one, and is not asked for.
    box.dispatchEvent(new Event('input', { bubbles: true }))
    names.close()
  }

  box.addEventListener('input', offer)
  // On a slow line somebody writes before this script has come.
  if (document.activeElement === box) offer()
  box.addEventListener('blur', names.close)
  box.addEventListener('click', names.close)
  box.addEventListener('keydown', event => {
    if (!names.isOpen() || event.isComposing) return
    const chosen = names.at()
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      names.go(event.key === 'ArrowDown' ? 1 : -1)
    } else if (event.key === 'Enter' && chosen && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      call(chosen)
    } else if (event.key === 'Escape') {
      event.preventDefault()
      names.close()
    } else if (/^(ArrowLeft|ArrowRight|Home|End)$/.test(event.key)) names.close()
  })
}
