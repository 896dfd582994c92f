import type { VNode } from 'preact'
import type { Fields } from '../../platform/web/fields.ts'
import { errorFor, type FieldError, Radios, Textarea } from '../../ui/index.ts'
import type { Fate, FateChoice, OpenAction } from '../case-frame.tsx'
import type { readerOf } from '../read-fields.ts'

/** How a thing ends with the case. */
export const endings: readonly FateChoice[] = [
  { value: 'dropped', text: 'Not needed any more' },
  { value: 'done', text: 'Done' },
]
const usual: readonly FateChoice[] = [...endings, { value: 'stays', text: 'Still to be done' }]
/** The name of the question about one thing. */
export const fateField = (key: string): string => `fate-${key}`

/** What becomes of each thing that is still to be done. Nothing is chosen beforehand: in a hurry a list would be dropped unread. */
export function StillOpen({
  open,
  desk,
  typed,
  errors,
}: {
  open: readonly OpenAction[]
  /** Who keeps the record, where nobody else sees it afterwards. */
  desk: string | null
  typed: Fields
  errors: readonly FieldError[]
}): VNode {
  return (
    <>
      <h2 class="govuk-heading-m">{open.length === 1 ? 'One thing is still to be done' : `${open.length} things are still to be done`}</h2>
      {open.map(one => (
        <Radios
          key={one.key}
          name={fateField(one.key)}
          classes="govuk-radios--inline govuk-radios--small"
          fieldset={{ legend: { children: named(one) } }}
          errorMessage={errorFor(errors, fateField(one.key))}
          value={typed.text(fateField(one.key))}
          items={[...(one.fates ?? usual)]}
        />
      ))}
      <Textarea
        name="open-because"
        rows={3}
        label={{ text: open.length === 1 ? 'Why is it not done?' : 'Why are they not done?', classes: 'govuk-label--s' }}
        hint={`Stands in the history of each. What is still to be done ${desk ? `goes to ${desk}: whoever has it now sees it no more, and is told whom to ring` : 'stays on the list of whoever does it'}`}
        value={typed.typed('open-because')}
        errorMessage={errorFor(errors, 'open-because')}
      />
    </>
  )
}

function named({ text, href }: OpenAction) {
  return href ? (
    <a class="govuk-link" href={href}>
      {text}
    </a>
  ) : (
    text
  )
}

/** What was chosen for each, and why it is not done. What came up after the page was opened is asked about: nothing is dropped unseen. */
export function readFates(
  open: readonly OpenAction[],
  read: ReturnType<typeof readerOf>,
): { fates: ReadonlyMap<string, Fate>; because: string } {
  const chosen = new Map<string, Fate>()
  for (const one of open) {
    const allowed = (one.fates ?? usual).map(({ value }) => value)
    const fate = read.choice(fateField(one.key), allowed, `Select what becomes of “${one.text}”`)
    if (fate) chosen.set(one.key, fate)
  }
  const needsReason = notDone(chosen) > 0
  const because = needsReason
    ? read.needed('open-because', 'Reason', 'Enter why it is not done', 2_000)
    : read.text('open-because', 'Reason', 2_000)
  return { fates: chosen, because: needsReason ? because : '' }
}

export const notDone = (fates: ReadonlyMap<string, Fate>): number => [...fates.values()].filter(fate => fate !== 'done').length
