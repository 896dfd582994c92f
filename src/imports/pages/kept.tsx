import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import { findPeople, formatName, type Person } from '../../people/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Kept } from '../import.ts'
import { counted } from './words.tsx'

export type Stayed = { person: Person; cases: number }

/** Those who stay when an import is undone, as far as the reader may see them. */
export async function whoStayed(tx: Tx, kept: readonly Kept[]): Promise<Stayed[]> {
  const people = await findPeople(
    tx,
    kept.map(one => one.personId),
  )
  return kept.flatMap(one => {
    const person = people.get(one.personId)
    return person ? [{ person, cases: one.caseIds.length }] : []
  })
}

export function KeptList({ title, kept, hidden }: { title: string; kept: readonly Stayed[]; hidden: number }): VNode | null {
  if (kept.length + hidden === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">{title}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {kept.slice(0, 200).map(({ person, cases }) => (
          <li key={person.id}>
            <a class="govuk-link" href={paths.people.show(person.id)}>
              {formatName(person)}
            </a>
            {cases > 0 ? `, with ${counted(cases, 'case')}` : ''}
          </li>
        ))}
        {kept.length > 200 ? <li>{counted(kept.length - 200, 'more person', 'more people')}</li> : null}
        {hidden > 0 ? <li>{counted(hidden, 'person', 'people')} whom you cannot see</li> : null}
      </ul>
    </>
  )
}
