/**
 * Whether a form was answered before its script came: on a slow line people begin at once, and the browser fills in again what was typed when a
 * page is gone back to. No event tells of it, so a script that waits for one would miss those words.
 */
export const isTypedInto = (form: HTMLFormElement): boolean => [...form.elements].some(field => hasName(field) && differsFromSent(field))

/** The box that typing help puts over a list has none: what it holds is the list's. */
const hasName = (field: Element): boolean => 'name' in field && field.name !== ''

function differsFromSent(field: Element): boolean {
  if (field instanceof HTMLSelectElement) {
    const sent = [...field.options].findIndex(option => option.defaultSelected)
    // With nothing chosen for them, a list stands at its first; one of several choices at none.
    return field.selectedIndex !== (sent < 0 && !field.multiple ? Math.min(0, field.options.length - 1) : sent)
  }
  if (field instanceof HTMLTextAreaElement) return field.value !== field.defaultValue
  if (!(field instanceof HTMLInputElement)) return false
  return /^(radio|checkbox)$/.test(field.type) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue
}
