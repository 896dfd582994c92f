/**
 * Rows of a table question (src/forms/question-types/table.tsx) added and removed on the page, as MOJ's "add another" does it: the new row
 * takes the focus and says that it was added, and the rows that stay are counted anew. Without script the same buttons post the form.
 */
const inSight = 'name,id,for,aria-describedby,aria-labelledby,aria-controls'.split(',')

for (const table of document.querySelectorAll<HTMLElement>('[data-rows]')) rowsOf(table)

function rowsOf(table: HTMLElement): void {
  const name = table.dataset.rows ?? ''
  const [fewest, most] = [Number(table.dataset.rowsMin), Number(table.dataset.rowsMax)]
  const template = table.querySelector('template')
  const count = table.querySelector<HTMLInputElement>(`input[name="${name}-rows"]`)
  const more = table.querySelector<HTMLElement>('[data-rows-more]')
  if (!template || !count || !more) return
  const rows = () => [...table.querySelectorAll<HTMLElement>('[data-row]')]

  function add(): HTMLElement {
    const row = template!.content.firstElementChild!.cloneNode(true) as HTMLElement
    template!.before(row)
    recount()
    row.dispatchEvent(new Event('lanyard:added', { bubbles: true }))
    return row
  }

  function recount(): void {
    const all = rows()
    for (const [place, row] of all.entries()) {
      for (const part of [row, ...row.querySelectorAll('*')]) {
        for (const attribute of part.tagName === 'BUTTON' ? [...inSight, 'value'] : inSight) {
          const words = part.getAttribute(attribute)
          // Names begin with the table's, its row and a hyphen: `homes-2-place`.
          if (words) part.setAttribute(attribute, words.replace(rowInName, `$1${name}-${place}`))
        }
      }
      for (const number of row.querySelectorAll('[data-row-number]')) number.textContent = String(place + 1)
      const remove = row.querySelector<HTMLElement>('[data-row-remove]')
      if (remove) remove.hidden = all.length <= fewest
    }
    count!.value = String(all.length)
    more!.hidden = all.length >= most
  }
  const rowInName = new RegExp(`(^| )${name}-(?:\\d+|row)(?=-| |$)`, 'g')

  function focus(row: HTMLElement, words = ''): void {
    const note = Object.assign(document.createElement('span'), { className: 'govuk-visually-hidden', textContent: words })
    row.querySelector('legend')?.append(note)
    row.tabIndex = -1
    row.focus()
    row.addEventListener('blur', () => note.remove(), { once: true })
  }

  /** The list of what is wrong leads to no row that is gone, and to the others where they are now. */
  function mendErrors(gone: number): void {
    for (const link of document.querySelectorAll<HTMLAnchorElement>(`.govuk-error-summary a[href^="#${name}-"]`)) {
      const [, place, rest] = /^-(\d+)(-.*|)$/.exec(link.hash.slice(name.length + 1)) ?? []
      if (Number(place) === gone) link.closest('li')?.remove()
      else if (Number(place) > gone) link.hash = `${name}-${Number(place) - 1}${rest}`
    }
  }

  table.addEventListener('click', event => {
    const button = (event.target as Element).closest('button')
    const row = button?.closest<HTMLElement>('[data-row]')
    if (button?.name === '_add') focus(add(), ' (added)')
    else if (button?.name === '_remove' && row) {
      const place = rows().indexOf(row)
      row.remove()
      mendErrors(place)
      recount()
      const next = rows()[Math.max(0, place - 1)] ?? add()
      focus(next)
    } else return
    event.preventDefault()
    // For a form that saves itself.
    table.dispatchEvent(new Event('input', { bubbles: true }))
  })
}
