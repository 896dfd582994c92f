import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { type Item, type Member, memberRoleWords } from './meeting.ts'
import { membersOf } from './series.queries.ts'
import { mayHearOf } from './tell.ts'

/** The chair and the co-ordinator who may hear of an item: nobody is led to speak of it to somebody from whom it is kept. */
export async function whoRuns(tx: Tx, { seriesId, withheld }: Pick<Item, 'seriesId' | 'withheld'>): Promise<Member[]> {
  const run = (await membersOf(tx, seriesId)).filter(one => one.seatId === null)
  const hear = await mayHearOf(
    tx,
    withheld,
    run.map(one => one.userId),
  )
  return run.filter(one => hear.includes(one.userId))
}

/** 'Wenna Skewes (co-ordinator, Porthkerris Council)' */
export const inWords = (members: readonly Member[]): string =>
  members.map(one => `${one.name} (${memberRoleWords[one.role].toLowerCase()}, ${one.agencyName})`).join(' or ')

/** How each of them is reached: by telephone, or by a message. */
export function Reached({ members, actor }: { members: readonly Member[]; actor: Actor }): VNode {
  return (
    <ul class="govuk-list govuk-list--bullet">
      {members.map(one => (
        <li key={one.id}>
          {inWords([one])}
          {one.telephone ? (
            <>
              {': '}
              <a class="govuk-link" href={`tel:${one.telephone.replaceAll(' ', '')}`}>
                {one.telephone}
              </a>
            </>
          ) : null}
          {one.userId === actor.userId || !actor.capabilities.has('record') ? null : (
            <>
              {' · '}
              <a class="govuk-link" href={paths.conversations.to(one.userId)}>
                Write a message<span class="govuk-visually-hidden"> to {one.name}</span>
              </a>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}
