import type { VNode } from 'preact'
import { errorFor, type FieldError, Input, Select } from '../../ui/index.ts'
import { type Asked, filterNames } from './asked.ts'

type FiltersProps = { asked: Asked; errors: readonly FieldError[]; services: readonly { code: string; name: string }[] }

/** What narrows a search of words; open when any of it is in use. */
export function Filters({ asked, errors, services }: FiltersProps): VNode {
  const { typed } = asked
  const inUse = filterNames.some(name => typed[name] !== '')
  const box = (name: 'author' | 'worker' | 'when', label: string, hint: string) =>
    Input({ name, id: name, label, hint, value: typed[name], errorMessage: errorFor(errors, name), spellcheck: false, autocomplete: 'off' })
  return (
    <details class="govuk-details ly-no-print" open={inUse}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">Service, worker, author, dates</span>
      </summary>
      <div class="govuk-details__text ly-search-filters">
        {Select({
          name: 'service',
          id: 'service',
          label: 'Service',
          hint: 'Of the case',
          value: typed.service,
          items: [{ value: '', text: 'Any' }, ...services.map(({ code, name }) => ({ value: code, text: name }))],
        })}
        {asked.caseId ? null : box('worker', 'Worker of the case', 'Any part of a name, or “me”')}
        {box('author', 'Written by', 'Any part of a name, or “me”')}
        {box('when', 'When', 'Like 27 March 2026, March 2026, last 3 months or since 1 June 2026')}
      </div>
    </details>
  )
}
