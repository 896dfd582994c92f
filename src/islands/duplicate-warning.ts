import { isTypedInto } from './typed-before.ts'

/**
 * While a person is being registered: asks, after a pause in typing, who on record may be them, and says so beside the form. Without
 * script, or when the line is gone, the same question is asked when the form is sent.
 */
const pause = 500
const isWide = matchMedia('(min-width: 61.25em)')

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-likely]')) watch(form)

function watch(form: HTMLFormElement): void {
  const [place, words, people, list] = ['place', 'words', 'people', 'list'].map(name =>
    form.querySelector<HTMLElement>(`[data-likely-${name}]`),
  )
  const address = form.dataset.likely
  if (!place || !words || !(people instanceof HTMLDetailsElement) || !list || !address) return
  let timer: ReturnType<typeof setTimeout> | undefined
  let asking: AbortController | undefined
  let shown = ''
  place.hidden = false
  people.open = isWide.matches

  const show = (html: string) => {
    // Put in only when it differs: a screen reader would read the same words after every letter.
    if (html === shown) return
    const answer = document.createElement('template')
    answer.innerHTML = html
    const [count, found] = answer.content.children
    // That there is nobody is news only after there was somebody.
    if (!found && shown === '') return
    shown = html
    words.textContent = count?.textContent ?? ''
    place.classList.toggle('ly-likely--found', found !== undefined)
    people.hidden = found === undefined
    list.replaceChildren(...(found ? [found] : []))
  }

  const ask = async () => {
    asking?.abort()
    asking = new AbortController()
    const typed = new URLSearchParams()
    for (const [name, value] of new FormData(form)) if (typeof value === 'string' && name !== '_once') typed.append(name, value)
    try {
      const answer = await fetch(address, { method: 'POST', body: typed, headers: { 'x-lanyard-fetch': '1' }, signal: asking.signal })
      if (answer.ok) show(await answer.text())
    } catch {
      // The line is gone, or more was typed: the question is asked again, at the latest when the form is sent.
    }
  }

  form.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(ask, pause)
  })
  if (isTypedInto(form)) void ask()
}
