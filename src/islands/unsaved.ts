import { isTypedInto } from './typed-before.ts'

/**
 * A form that its buttons alone save: `<form data-unsaved>`. Whoever leaves its page with words in it that were not saved is asked first, by the
 * browser. `already`: the page came with such words, as one does that says what is wrong.
 */
function askBeforeLeaving(form: HTMLFormElement): void {
  let isUnsaved = form.dataset.unsaved === 'already' || isTypedInto(form)
  let isSent = false
  for (const kind of ['input', 'change'])
    form.addEventListener(kind, () => {
      isUnsaved = true
    })
  form.addEventListener('submit', () => {
    isSent = true
  })
  window.addEventListener('pageshow', event => {
    if (event.persisted) isSent = false
  })
  window.addEventListener('beforeunload', event => {
    if (isUnsaved && !isSent) event.preventDefault()
  })
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-unsaved]')) askBeforeLeaving(form)
