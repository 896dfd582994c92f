import { type AsAnswered, showAsAnswered } from './as-answered.ts'
import { isTypedInto } from './typed-before.ts'

/**
 * A form whose questions depend on each other and that is saved by its buttons alone: `<form data-asking="address">`. After each answer the address is
 * asked which questions apply now; nothing is kept there. Where it cannot be reached the page stays as it is, and saving shows them.
 */
function asking(form: HTMLFormElement, address: string): void {
  let asked = 0
  const ask = async () => {
    const turn = ++asked
    const body = new URLSearchParams()
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value)
    try {
      const answer = await fetch(address, { method: 'POST', body, headers: { 'x-lanyard-fetch': '1' } })
      if (!answer.ok || !answer.headers.get('content-type')?.startsWith('application/json')) return
      const reply = (await answer.json()) as AsAnswered
      // A later answer has been given meanwhile.
      if (turn === asked) showAsAnswered(form, reply)
    } catch {
      // No connection: the questions stand as they are.
    }
  }
  form.addEventListener('change', ask)
  if (isTypedInto(form)) void ask()
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-asking]')) asking(form, form.dataset.asking ?? '')
