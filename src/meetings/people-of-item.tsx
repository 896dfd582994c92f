import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { londonDate } from '../platform/clock.ts'
import { ageOn, formatDate } from '../platform/plain-date.ts'
import { Facts } from '../ui/index.ts'
import { type OfItem, stageInWords } from './frame.tsx'
import { roleLabel } from './kind.ts'
import { type Party, partyName } from './meeting.ts'

/** Whom, and which places, an item is about, as far as its reader sees them: with their record where that is theirs to see, and where they stand. */
export function PeopleOfItem({ of, now, isOnCase }: { of: OfItem; now: Date; isOnCase: boolean }): VNode | null {
  const { kind, parties } = of
  if (parties.length === 0) return null
  return (
    <Facts
      items={parties.map(party => ({
        label: roleLabel(kind, party.role),
        value: <Name party={party} />,
        second: party.isPlace ? party.about : <AboutSomebody of={of} party={party} now={now} isOnCase={isOnCase} />,
      }))}
    />
  )
}

const Name = ({ party }: { party: Party }): VNode =>
  party.personId ? (
    <a class="govuk-link" href={paths.people.show(party.personId)}>
      <bdi>{partyName(party)}</bdi>
    </a>
  ) : (
    <bdi>{partyName(party)}</bdi>
  )

type AboutProps = { of: OfItem; party: Party; now: Date; isOnCase: boolean }

function AboutSomebody({ of: { kind, item }, party, now, isOnCase }: AboutProps): VNode {
  const age = party.bornOn ? ageOn(party.bornOn, londonDate(now)) : undefined
  const link = (href: string, text: string) => (
    <a class="govuk-link" href={href}>
      {text}
      <span class="govuk-visually-hidden"> for {partyName(party)}</span>
    </a>
  )
  return (
    <>
      {party.bornOn ? `born ${formatDate(party.bornOn)}${age === undefined ? '' : `, ${age}`}` : 'date of birth not known'}
      {item.mayEdit ? (
        <>
          {' · '}
          {link(paths.meetings.link(item.id, party.id), party.personId ? 'Change the link' : 'Link to a record')}
        </>
      ) : null}
      {kind.stages?.role === party.role && isOnCase && item.state !== 'draft' ? (
        <>
          <br />
          {party.stage ? `${kind.stages.label}: ${stageInWords(party.stage)}` : `${kind.stages.label}: none is recorded`}
          {' · '}
          {link(paths.meetings.stage(item.id, party.id), 'Steps so far')}
        </>
      ) : null}
    </>
  )
}
