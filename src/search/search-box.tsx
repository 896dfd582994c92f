import type { ComponentChildren, VNode } from 'preact'
import { paths } from '../paths.ts'
import { Button, type Chip, FilterChips, Input } from '../ui/index.ts'
import { type Asked, addressOf, wheres } from './words/asked.ts'

type SearchBoxProps = { asked: Asked; label: string; hint: string; children?: ComponentChildren }

/** The one box, with what narrows the search under it. A new search stays where the last one looked. */
export function SearchBox({ asked, label, hint, children }: SearchBoxProps): VNode {
  const kept: [string, string | undefined][] = [
    ['in', asked.where === 'people' ? undefined : asked.where],
    ['person', asked.personId],
    ['case', asked.caseId],
  ]
  return (
    <search>
      <form action={paths.search} method="get">
        {kept.map(([name, value]) => (value ? <input key={name} type="hidden" name={name} value={value} /> : null))}
        {Input({
          id: 'find',
          name: 'q',
          label,
          hint,
          value: asked.text,
          spellcheck: false,
          autocomplete: 'off',
          classes: 'govuk-!-width-two-thirds',
        })}
        {children}
        {Button({ text: 'Find' })}
      </form>
    </search>
  )
}

/** Where to look for the same words. Without counts, which would tell of what is nowhere shown. */
export function Wheres({ asked }: { asked: Asked }): VNode {
  const scoped = asked.personId ?? asked.caseId
  const items: Chip[] = wheres
    .filter(({ where }) => !(scoped && where === 'people'))
    .map(({ where, text }) => ({ text, href: addressOf(paths.search, asked, { where }), current: where === asked.where }))
  return FilterChips({ label: 'Where to look', items })
}
