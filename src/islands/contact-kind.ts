/**
 * On the form of a contact: only what the chosen kind asks for is there, open. Without script each kind's questions stand folded up. What was
 * typed for another kind is not sent.
 */
const kinds = document.querySelectorAll<HTMLDetailsElement>('[data-kind-of-contact]')
const choice = document.querySelector<HTMLSelectElement>('select[name=note-type]')

function show(): void {
  for (const kind of kinds) {
    const isChosen = kind.dataset.kindOfContact === choice?.value
    kind.hidden = !isChosen
    if (isChosen) kind.open = true
    for (const field of kind.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select')) field.disabled = !isChosen
  }
}

// What is typed is kept by itself: one of three buttons to save is enough. For the keyboard it is still next after the words.
for (const button of document.querySelectorAll('form[data-autosave] [data-save-now]'))
  button.classList.add('govuk-visually-hidden-focusable')

choice?.addEventListener('change', show)
show()
