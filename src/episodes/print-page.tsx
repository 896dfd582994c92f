import { audit } from '../audit/index.ts'
import { type Case, findCase, openPart, PlanView, planOf, reviewsOf } from '../cases/index.ts'
import { paths } from '../paths.ts'
import { linesThatTellWhere, secretAddressesOf } from '../people/index.ts'
import { today as londonToday } from '../platform/clock.ts'
import { formatDate, type PlainDate } from '../platform/plain-date.ts'
import { type Answer, notFound, page } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { AlertBar, DataTable, PrintButton } from '../ui/index.ts'
import type { Member } from './episode.ts'
import { coordinatorOf } from './episodes.queries.ts'
import { membersOf } from './members.ts'
import { readsTeam } from './team-pages.tsx'

/**
 * For the kitchen table: who is who and what was agreed, as the family may have it. No address, nothing of the assessment, no note; where the plan
 * says an address at which somebody must not be found, it is not printed at all until that is out of it.
 */
export async function printForFamily(visit: Visit): Promise<Answer> {
  const { tx, actor, clock } = visit
  const theCase = await findCase(tx, actor, visit.params['caseId'] ?? '')
  if (!theCase?.isEpisode || !(await readsTeam(visit, theCase))) return notFound()
  const { id: caseId, personId } = theCase
  await audit(tx, actor, clock.now(), { action: 'episode-printed', subject: { type: 'case', id: caseId }, personId, caseId })
  const today = londonToday(clock)
  const plan = (await openPart(tx, actor, caseId, 'plan')) ? await planOf(tx, caseId) : undefined
  const members = theCase.closedOn ? [] : (await membersOf(tx, caseId)).filter(one => one.toOn === null)
  const next = (await reviewsOf(tx, caseId)).find(one => one.heldOn === null)
  const telling = await tellsWhere(visit, personId, JSON.stringify([plan?.needs, members.map(one => [one.organisation, one.role])]), today)
  const title = `Who is who and what is planned – ${theCase.personName}`
  return page(
    title,
    <>
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body ly-no-print">
        <PrintButton />{' '}
        <a class="govuk-link" href={paths.cases.show(caseId)}>
          Back to the episode
        </a>
      </p>
      <WhoIsWho members={members} coordinator={await coordinatorOf(tx, theCase.workerId)} theCase={theCase} />
      {next ? <p class="govuk-body">We meet next on {formatDate(next.dueOn)}.</p> : null}
      <h2 class="govuk-heading-m">What is planned</h2>
      {telling ? (
        <AlertBar kind="danger" title="The plan says an address that must not be told, so it is not printed.">
          Take the address out of the plan, then print it.
        </AlertBar>
      ) : plan && plan.needs.length > 0 ? (
        <PlanView plan={{ ...plan, needs: plan.needs.filter(one => !one.endedReason) }} today={today} mayChange={false} />
      ) : (
        <p class="govuk-body">There is no plan yet.</p>
      )}
    </>,
    { section: 'episodes', classification: 'OFFICIAL-SENSITIVE' },
  )
}

/** Whether what would be printed says where somebody of the family must not be found. */
async function tellsWhere({ tx }: Visit, personId: string, text: string, today: PlainDate): Promise<boolean> {
  const addresses = [...(await secretAddressesOf(tx, [personId], today)).values()].flat()
  return linesThatTellWhere(text, { addresses }, today).length > 0
}

type WhoProps = { members: readonly Member[]; coordinator: Awaited<ReturnType<typeof coordinatorOf>>; theCase: Case }

function WhoIsWho({ members, coordinator, theCase }: WhoProps) {
  const desk = { name: theCase.teamName, role: 'Keeps this episode', organisation: theCase.agencyName, telephone: theCase.teamTelephone }
  const rows = [
    ...(coordinator
      ? [
          {
            name: coordinator.name,
            role: 'Co-ordinator: ring them first',
            organisation: coordinator.agencyName,
            telephone: coordinator.telephone,
          },
        ]
      : []),
    ...members,
    desk,
  ]
  return (
    <DataTable
      caption="Who is who"
      rows={rows}
      columns={[
        { heading: 'Who', rowHeader: true, cell: one => one.name, second: one => one.organisation },
        { heading: 'What they do', cell: one => one.role },
        { heading: 'Telephone', cell: one => one.telephone || 'Not known' },
      ]}
    />
  )
}
