import { areOn, turn } from './shortcuts.ts'

/** Turns the keyboard shortcuts of this browser on and off, and says which they are. */
const button = document.querySelector<HTMLButtonElement>('[data-shortcuts]')
const state = document.querySelector<HTMLElement>('[data-shortcuts-state]')

function show(): void {
  if (!button || !state) return
  button.hidden = false
  button.textContent = areOn() ? 'Turn them off' : 'Turn them on'
  state.textContent = areOn() ? 'They are on in this browser.' : 'They are off in this browser.'
}

button?.addEventListener('click', () => {
  turn(!areOn())
  show()
})
show()
