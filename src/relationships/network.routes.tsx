import type { VNode } from 'preact'
import { auditAll } from '../audit/index.ts'
import { paths } from '../paths.ts'
import { ageAndBirth, mayEdit, type PersonFrame, type PersonRecord, personPage, readingPerson } from '../people/index.ts'
import { today as londonToday } from '../platform/clock.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import type { Routes, Visit } from '../platform/web/routes.ts'
import { DataTable, EmptyState, FilterChips, PageTitle, Tag } from '../ui/index.ts'
import { type Known, knownAround } from './around.ts'
import { HouseholdTable } from './households/household-table.tsx'
import { householdsOf, type Member } from './households/households.ts'
import { FurtherTable } from './picture/further-table.tsx'
import { mostPeople, type Network, networkOf } from './picture/network-of.ts'
import { Picture } from './picture/picture.tsx'
import { type Professional, professionalsOf } from './professionals/professionals.ts'
import { ProfessionalsTable } from './professionals/professionals-table.tsx'
import { calledBy, Reach, Warnings, WhoIt, whenInWords } from './words.tsx'

/** Family and network: a picture of one or two steps, the same in words, the household, and professionals from outside. */
export function networkRoutes(routes: Routes, frame: PersonFrame): void {
  routes.get('/people/:personId/network', { may: 'read-records' }, visit =>
    readingPerson(visit, async record => {
      const { tx, actor, clock } = visit
      const today = londonToday(clock)
      const steps = visit.query.get('steps') === '2' ? 2 : 1
      const [known, network, household, professionals] = await Promise.all([
        knownAround(tx, record.id, today),
        networkOf(tx, { ...record, hasOpenCase: false }, steps, today),
        householdsOf(tx, record.id, today),
        professionalsOf(tx, record.id),
      ])
      await auditShown(visit, record, network, known, household)
      const parts = { visit, record, today, edits: mayEdit(actor, record) }
      return personPage(frame, visit, record, 'Family and network', networkBody(parts, steps, known, network, household, professionals), {
        tab: 'network',
      })
    }),
  )
}

/** Whoever is named on this page has been looked at: their own audit says so (U9). */
async function auditShown(visit: Visit, record: PersonRecord, network: Network, known: readonly Known[], household: readonly Member[]) {
  const ids = new Set([
    ...network.nodes.flatMap(node => node.person?.id ?? []),
    ...known.flatMap(one => one.person?.id ?? []),
    ...household.map(member => member.personId),
  ])
  ids.delete(record.id)
  await auditAll(
    visit.tx,
    visit.actor,
    visit.clock.now(),
    [...ids].map(id => ({ action: 'person-named', subject: { type: 'person', id }, personId: id })),
  )
}

type Parts = { visit: Visit; record: PersonRecord; today: PlainDate; edits: boolean }

function networkBody(
  { record, today, edits }: Parts,
  steps: 1 | 2,
  known: readonly Known[],
  network: Network,
  household: readonly Member[],
  professionals: readonly Professional[],
): VNode {
  const link = (text: string, href: string) => (
    <a class="govuk-link" href={href}>
      {text}
    </a>
  )
  const here = paths.network.show(record.id)
  return (
    <>
      <PageTitle
        title="Family and network"
        actions={
          <>
            {edits && link('Add a relationship', paths.network.addRelationship(record.id))}
            {edits && link('Household', paths.network.household(record.id))}
            {edits && link('Add a professional', paths.network.addProfessional(record.id))}
            {link('History', paths.network.relationshipHistory(record.id))}
          </>
        }
      />
      {known.length > 0 ? (
        <>
          <FilterChips
            label="How far the picture goes"
            items={[
              { text: 'Those around them', href: here, current: steps === 1 },
              { text: 'And those around these', href: `${here}?steps=2`, current: steps === 2 },
            ]}
          />
          <Picture network={network} centre={record.id} today={today} label={`Picture of the family and network of ${calledBy(record)}`} />
          {network.isCut ? (
            <p class="govuk-body">The picture stops at {mostPeople} people. Open one of them to see those around them.</p>
          ) : null}
        </>
      ) : null}
      <RelationshipsTable record={record} known={known} today={today} edits={edits} />
      {steps === 2 ? <FurtherTable network={network} centre={record.id} /> : null}
      <HouseholdTable record={record} members={household} today={today} edits={edits} />
      <ProfessionalsTable record={record} professionals={professionals} today={today} edits={edits} />
    </>
  )
}

type TableProps = { record: PersonRecord; known: readonly Known[]; today: PlainDate; edits: boolean }

function RelationshipsTable({ record, known, today, edits }: TableProps): VNode {
  return (
    <section aria-labelledby="relationships">
      <h2 class="govuk-heading-m" id="relationships">
        Relationships
      </h2>
      <DataTable<Known>
        caption="Those around them whom you may see"
        captionHidden
        rows={known}
        keyOf={({ side }) => side.id}
        rowClasses={({ dangerous }) => (dangerous ? 'ly-row--late' : undefined)}
        empty={
          <EmptyState title="Nobody is on record that you may see">
            A relationship is seen only by those who may see both people.
          </EmptyState>
        }
        columns={[
          {
            heading: 'Who',
            rowHeader: true,
            cell: one => <WhoIt known={one} />,
            second: ({ person, side }) =>
              person ? (
                ageAndBirth(person, today)
              ) : (
                <>not on record {side.stated.otherContact && <Reach contact={side.stated.otherContact} />}</>
              ),
          },
          {
            heading: `To ${calledBy(record)}`,
            cell: ({ words, current }) => (current ? words.kind : `${words.kind} (no longer)`),
            second: ({ side }) => whenInWords(side.stated.from, side.stated.to),
          },
          { heading: 'In law', cell: ({ words }) => words.roles.join('; ') },
          {
            heading: 'To know',
            cell: one => (
              <>
                <Warnings known={one} />
                {one.person?.hasOpenCase ? <Tag text="also open" classes="govuk-tag--blue" /> : null}
                {one.side.stated.oneSided ? <Tag text="told of here alone" classes="govuk-tag--grey" /> : null}
              </>
            ),
            second: ({ side }) => side.stated.note && <bdi>{side.stated.note}</bdi>,
          },
          ...(edits
            ? [
                {
                  heading: 'Change',
                  headingHidden: true,
                  cell: (one: Known) => (
                    <a class="govuk-link" href={paths.network.relationship(record.id, one.side.id)}>
                      Change<span class="govuk-visually-hidden"> what is recorded of {one.words.kind.toLowerCase()}</span>
                    </a>
                  ),
                },
              ]
            : []),
        ]}
      />
    </section>
  )
}
