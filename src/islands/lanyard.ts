import {
  Button,
  CharacterCount,
  Checkboxes,
  createAll,
  ErrorSummary,
  ExitThisPage,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
} from 'govuk-frontend'
import { listenForShortcuts } from './shortcuts.ts'

/** On every page: says that there is script, wakes GOV.UK's components, and lets `/` lead to the search box. */
document.body.classList.add('js-enabled', 'govuk-frontend-supported')

const components = [Button, CharacterCount, Checkboxes, ErrorSummary, ExitThisPage, PasswordInput, Radios, ServiceNavigation, SkipLink]

/** A page when it has come, and what script adds to it later. */
function wake(part: Document | Element): void {
  for (const component of components) createAll(component, undefined, part)
  // Only where there is something to choose from.
  if (part.querySelector('select')) void import('./pick-list.ts').then(({ pickLists }) => pickLists(part))
}
wake(document)
document.addEventListener('lanyard:added', event => wake(event.target as Element))

// Only where a form saves itself: most pages never fetch it.
if (document.querySelector('form[data-autosave]')) void import('./autosave.ts')
// Only where answers decide what is asked next, and a button saves.
if (document.querySelector('form[data-asking]')) void import('./asking.ts')
// Only where leaving would lose what was typed.
if (document.querySelector('form[data-unsaved]')) void import('./unsaved.ts')
// Only where a form has a table.
if (document.querySelector('[data-rows]')) void import('./rows.ts')
// Only where a contact is being recorded.
if (document.querySelector('[data-kind-of-contact]')) void import('./contact-kind.ts')
// Only where a person is being registered.
if (document.querySelector('form[data-likely]')) void import('./duplicate-warning.ts')
// Only where shortcuts are turned on and off.
if (document.querySelector('[data-shortcuts]')) void import('./shortcuts-switch.ts')
// Only where a page has a button to print it.
if (document.querySelector('[data-print]')) void import('./print.ts')
// Only where messages are open.
if (document.querySelector('[data-live]')) void import('./messages.ts')
// Only where somebody can be called by name.
if (document.querySelector('[data-names]')) void import('./mentions.ts')
// Only where something is signed.
if (document.querySelector('[data-signature]')) void import('./signature.ts')
// Only where a passkey is asked for.
if (document.querySelector('form[data-passkey]')) void import('./passkey.ts')

listenForShortcuts()
