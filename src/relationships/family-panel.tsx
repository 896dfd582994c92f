import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { needsInShort, type Person } from '../people/index.ts'
import { lowerFirst } from '../platform/first-letter.ts'
import { ageOn, type PlainDate } from '../platform/plain-date.ts'
import { AlertBar, SidePanel, Tag } from '../ui/index.ts'
import type { Known } from './around.ts'
import { Warnings, WhoIt } from './words.tsx'

const most = 8

/** Those around a person, for the side of their page: dangers first, then who belongs to them today. */
export function FamilyPanel({ person, known, today }: { person: Pick<Person, 'id'>; known: readonly Known[]; today: PlainDate }): VNode {
  const shown = known.filter(one => one.current || one.dangerous).slice(0, most)
  return (
    <SidePanel id="family" title="Family and network">
      {shown.length === 0 ? <p class="govuk-body">Nobody is on record that you may see.</p> : null}
      <ul class="ly-list">
        {shown.map(one => (
          <li key={one.side.id}>
            <WhoIt known={one} /> {restOf(one, today)} <Warnings known={one} />
            {one.person?.hasOpenCase ? <Tag text="also open" classes="govuk-tag--blue" /> : null}
            {one.person && needsInShort(one.person) ? <span class="ly-second">{needsInShort(one.person)}</span> : null}
          </li>
        ))}
      </ul>
      <p class="govuk-body">
        <a class="govuk-link" href={paths.network.show(person.id)}>
          {known.length > shown.length ? `All ${known.length}, picture and household` : 'Picture, household and professionals'}
        </a>
      </p>
    </SidePanel>
  )
}

function restOf({ words, person, current }: Known, today: PlainDate): string {
  const age = person?.dateOfBirth && person.deathRecordedAt === null ? ageOn(person.dateOfBirth, today) : undefined
  const kind = words.kind.toLowerCase()
  return [current ? kind : `${kind}, no longer`, ...words.roles.map(role => role.toLowerCase()), age === undefined ? '' : String(age)]
    .filter(Boolean)
    .join(', ')
}

/** What must be known of those around a person before anything is done: under the banner of every page of the record. */
export function DangersAround({ personId, known }: { personId: string; known: readonly Known[] }): VNode[] {
  return known
    .filter(one => one.words.warnings.length > 0)
    .map(one => (
      <AlertBar
        key={one.side.id}
        kind="danger"
        title={
          <>
            <WhoIt known={one} />, {one.words.kind.toLowerCase()}:
          </>
        }
        link={{ text: 'Family and network', href: paths.network.show(personId) }}
      >
        {one.words.warnings.join('. ')}.
      </AlertBar>
    ))
}

/** How those who answer for a person must be spoken with: 'Mother: speaks Ukrainian, interpreter needed' (F22). For the banner. */
export function needsAround(known: readonly Known[]): string[] {
  return known.flatMap(({ current, speaksFor, person, words }) => {
    const needs = person && current && speaksFor ? needsInShort(person) : null
    return needs === null ? [] : [`${words.kind}: ${lowerFirst(needs)}`]
  })
}
