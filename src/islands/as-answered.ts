/** Questions and sections that apply now, and what is worked out: as the server says, which alone knows the conditions. */
export type AsAnswered = { shown?: string[]; sections?: string[]; workedOut?: Record<string, string> }

export function showAsAnswered(form: HTMLFormElement, { shown = [], sections = [], workedOut = {} }: AsAnswered): void {
  hideAllBut(form, 'question', shown)
  hideAllBut(form, 'section', sections)
  for (const [code, words] of Object.entries(workedOut)) {
    const place = form.querySelector(`[data-worked-out="${code}"]`)
    if (place && place.textContent !== words) place.textContent = words
  }
}

function hideAllBut(form: HTMLFormElement, kind: 'question' | 'section', shown: readonly string[]): void {
  for (const part of form.querySelectorAll<HTMLElement>(`[data-${kind}]`)) {
    const isHidden = !shown.includes(part.dataset[kind] ?? '')
    // Never from under somebody's fingers.
    if (part.hidden !== isHidden && !part.contains(document.activeElement)) part.hidden = isHidden
  }
}
