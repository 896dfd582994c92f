import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { londonDate } from '../platform/clock.ts'
import { ageOn, formatDate } from '../platform/plain-date.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Facts } from '../ui/index.ts'
import { type OfItem, stageInWords } from './frame.tsx'
import { roleLabel } from './kind.ts'
import { type Party, partyName } from './meeting.ts'
import type { AgencyToLinkFor } from './our-records.ts'

type Props = { visit: Visit; of: OfItem; agencies: readonly AgencyToLinkFor[]; isOnCase: boolean }

/** Whom, and which places, an item is about, as far as its reader sees them: with the record of the reader's own agency, and where they stand. */
export function PeopleOfItem(props: Props): VNode | null {
  const { kind, parties } = props.of
  if (parties.length === 0) return null
  return (
    <Facts
      items={parties.map(party => ({
        label: roleLabel(kind, party.role),
        value: <bdi>{partyName(party)}</bdi>,
        second: party.isPlace ? party.about : <AboutSomebody {...props} party={party} />,
      }))}
    />
  )
}

function AboutSomebody({ visit, of: { kind, item }, agencies, isOnCase, party }: Props & { party: Party }): VNode {
  const age = party.bornOn ? ageOn(party.bornOn, londonDate(visit.clock.now())) : undefined
  const link = (href: string, text: string) => (
    <a class="govuk-link" href={href}>
      {text}
      <span class="govuk-visually-hidden"> of {partyName(party)}</span>
    </a>
  )
  return (
    <>
      {party.bornOn ? `born ${formatDate(party.bornOn)}${age === undefined ? '' : `, ${age}`}` : 'date of birth not known'}
      {party.records.map(({ agency, agencyName, personId }) => (
        <>
          {' · '}
          {link(paths.people.show(personId), agency === visit.actor.agency ? 'Our record' : `Record of ${agencyName}`)}
        </>
      ))}
      {agencies.length > 0 ? (
        <>
          {' · '}
          {link(paths.meetings.link(item.id, party.id), party.records.length > 0 ? 'Change or unlink' : 'Link to our record')}
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
