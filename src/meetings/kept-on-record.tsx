import type { VNode } from 'preact'
import { holdItemsKept, keptFromPerson, withholdItem } from '../access/index.ts'
import { auditPeopleSearch } from '../audit/index.ts'
import { formatName, likelyMatches, type PersonRecord } from '../people/index.ts'
import { formatDate } from '../platform/plain-date.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Checkboxes } from '../ui/index.ts'
import { auditItem } from './change-items.ts'
import { findItem } from './items.queries.ts'
import type { Item } from './meeting.ts'
import type { NewParty } from './referral.ts'

/** Somebody whom a referral names by hand, as whoever refers finds them on record, and from whom they keep them there. */
type KeptOnRecord = { person: PersonRecord; from: readonly { principal: number; name: string; agencyName: string }[] }

/**
 * Records that the actor reads of somebody of the same name and day of birth, from whom a case of theirs is withheld, as far as the actor decides that. Meetings
 * and records are kept apart (decision 25): only whoever knows both can say that the one is about the other. Not those who are linked: of them it is kept by that.
 */
export async function keptOnRecords(
  { tx, actor, clock }: Visit,
  parties: readonly NewParty[],
  linked: readonly string[] = [],
): Promise<KeptOnRecord[]> {
  const found = new Map<string, KeptOnRecord>()
  for (const { familyName, givenName, bornOn, isPlace } of parties) {
    if (isPlace || !bornOn) continue
    const matches = await likelyMatches(tx, { names: [{ given: givenName || null, family: familyName || null }], dateOfBirth: bornOn })
    for (const { person, match } of matches) {
      if (person.dateOfBirth !== bornOn || match.score < sameName || found.has(person.id) || linked.includes(person.id)) continue
      const from = await keptFromPerson(tx, person.id)
      if (from.length > 0) found.set(person.id, { person, from })
    }
  }
  const term = [...found.values()].map(one => formatName(one.person)).join('; ')
  if (found.size > 0) await auditPeopleSearch(tx, actor, clock.now(), { term, shown: [...found.keys()] })
  return [...found.values()]
}
/** For those who run the meeting, who read no record: whoever refers says why, if they are asked. */
const asOnRecord = 'They are kept from the record of somebody whom it is about. Ask whoever referred before you end it'
/** The same name or one that sounds the same, in whichever order. */
const sameName = 86

/** Ticked to begin with: a case that is kept from nobody who is kept from the record has to be chosen. */
export function KeptOnRecords({ kept }: { kept: readonly KeptOnRecord[] }): VNode | null {
  if (kept.length === 0) return null
  return (
    <>
      <input type="hidden" name="_kept" value={[...new Set(holdersOf(kept))].join(' ')} />
      {kept.map(({ person, from }) =>
        Checkboxes({
          name: 'kept',
          idPrefix: `kept-${person.id}`,
          fieldset: {
            legend: {
              text: `On the record of ${formatName(person)}${person.dateOfBirth ? `, born ${formatDate(person.dateOfBirth)},` : ''} it is kept from these. Keep this case from them too`,
              classes: 'govuk-fieldset__legend--s',
            },
          },
          hint: 'They will find no trace of it, whatever they sit in. Untick only who may receive it.',
          values: from.map(one => String(one.principal)),
          items: from.map(one => ({
            value: String(one.principal),
            text: one.agencyName ? `${one.name}, ${one.agencyName}` : one.name,
          })),
        }),
      )}
    </>
  )
}

/** Keeps a referral, before it is sent, from all of these but whom the page showed and somebody has unticked. */
export async function keepAsOnRecord({ tx, actor, clock, fields }: Visit, item: Item, kept: readonly KeptOnRecord[]): Promise<void> {
  const shown = fields.text('_kept').split(' ')
  await holdItemsKept(tx)
  // It may have been sent a moment ago, by the same form.
  if ((await findItem(tx, actor, item.id))?.state !== 'draft') return
  const holders = [...new Set(holdersOf(kept))].filter(one => fields.all('kept').includes(String(one)) || !shown.includes(String(one)))
  for (const holder of holders) {
    await auditItem(tx, actor, clock.now(), 'meeting-item-withheld', item.id, { what: 'item' })
    await withholdItem(tx, actor, clock.now(), { itemId: item.id, holder, part: null, reason: asOnRecord })
  }
}

const holdersOf = (kept: readonly KeptOnRecord[]): number[] => kept.flatMap(one => one.from.map(each => each.principal))
