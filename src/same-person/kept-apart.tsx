import { keptApartFor, keptFromPerson } from '../access/index.ts'
import { paths } from '../paths.ts'
import { formatClientId, formatName, type PersonFrame, type PersonRecord, personPage } from '../people/index.ts'
import type { Tx } from '../platform/db/database.ts'
import type { Answer } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'

/** For whom two records stay two: by name as far as the reader may know of it, and whether there is anybody beside. */
export type KeptApart = { readonly names: readonly string[]; readonly others: boolean }

/** Undefined where nobody is kept from the one who sees the other. Whoever is going to merge holds the cases of both from now on. */
export async function keptApart(tx: Tx, ids: readonly [string, string]): Promise<KeptApart | undefined> {
  const holders = await keptApartFor(tx, ids)
  if (holders.length === 0) return undefined
  const known = [...(await keptFromPerson(tx, ids[0])), ...(await keptFromPerson(tx, ids[1]))]
  const named = new Map(known.filter(one => holders.includes(one.principal)).map(one => [one.principal, one]))
  const names = [...named.values()].map(({ name, agencyName }) => (agencyName ? `${name}, ${agencyName}` : name))
  return { names, others: named.size < holders.length }
}

/** Two records of one person that cannot be made one while somebody is kept from the one and sees the other, and what can be done about it. */
export function keptApartPage(
  frame: PersonFrame,
  visit: Visit,
  kept: PersonRecord,
  merged: PersonRecord,
  { names, others }: KeptApart,
): Promise<Answer> {
  return personPage(
    frame,
    visit,
    kept,
    'Merge two records',
    <>
      <h1 class="govuk-heading-l">You cannot merge these two records now</h1>
      <p class="govuk-body">
        {[kept, merged].map((one, place) => (
          <>
            {place > 0 ? ' and ' : ''}
            <strong>
              LY {formatClientId(one.clientId)}, <bdi>{formatName(one)}</bdi>
            </strong>
          </>
        ))}{' '}
        stay two for somebody’s safety.
      </p>
      <p class="govuk-body">Kept out of a case of one of them, who see{names.length + (others ? 1 : 0) === 1 ? 's' : ''} the other:</p>
      <ul class="govuk-list govuk-list--bullet">
        {names.map(name => (
          <li key={name}>
            <bdi>{name}</bdi>
          </li>
        ))}
        {others ? <li>{names.length > 0 ? 'Somebody else' : 'Somebody'}, whom those whose case it is can name</li> : null}
      </ul>
      <p class="govuk-body">
        In one record they would see everything about who the person is: names, addresses and contacts too. Ask those whose cases they are.
        They can end what keeps somebody out, if it is no longer needed, or keep the case of the other record from them as well. Then merge
        the records.
      </p>
      <p class="govuk-body">
        <a class="govuk-link" href={paths.samePerson.show(kept.id)}>
          Back
        </a>
      </p>
    </>,
    { hasErrors: visit.fields.has('confirm') || visit.fields.has('versions') },
  )
}
