/**
 * While a person is being registered: asks, after a pause in typing, who on record may be them, and shows the answer above the button.
 * Without script, or when the line is gone, the same question is asked when the form is sent.
 */
const pause = 500

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-likely]')) watch(form)

function watch(form: HTMLFormElement): void {
  const place = form.querySelector<HTMLElement>('[data-duplicate-warning]')
  const address = form.dataset.likely
  if (!place || !address) return
  let timer: ReturnType<typeof setTimeout> | undefined
  let asking: AbortController | undefined
  let shown = ''

  const ask = async () => {
    asking?.abort()
    asking = new AbortController()
    const typed = new URLSearchParams()
    for (const [name, value] of new FormData(form)) if (typeof value === 'string' && name !== '_once') typed.append(name, value)
    try {
      const answer = await fetch(address, { method: 'POST', body: typed, headers: { 'x-lanyard-fetch': '1' }, signal: asking.signal })
      if (!answer.ok) return
      const html = await answer.text()
      // Put in only when it differs: a screen reader would read the same list after every letter.
      if (html === shown) return
      shown = html
      place.innerHTML = html
    } catch {
      // The line is gone, or more was typed: the question is asked again, at the latest when the form is sent.
    }
  }

  form.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(ask, pause)
  })
}
