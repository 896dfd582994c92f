/** On the form of a contact: only what the chosen kind asks for is there, open. Without script each kind's questions stand folded up. */
const kinds = document.querySelectorAll<HTMLDetailsElement>('[data-kind-of-contact]')
const choice = document.querySelector<HTMLSelectElement>('select[name=note-type]')

function show(): void {
  for (const kind of kinds) {
    kind.hidden = kind.dataset.kindOfContact !== choice?.value
    if (!kind.hidden) kind.open = true
  }
}

choice?.addEventListener('change', show)
show()
